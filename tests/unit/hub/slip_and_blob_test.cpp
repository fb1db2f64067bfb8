// Slips, blobs and the feed at the hub.
#include "core/mail/slip.h"
#include "platform/host/file.h"
#include "platform/hub/feed_writer.h"
#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

class Slips : public HubTest {
 protected:
  Bytes record(const Box& box, const crypto::SignKey& author, std::uint8_t first, Instant to) {
    mail::SlipCode code{first};
    return mail::make_slip_record(*entropy, box.id, code, Bytes{1, 2, 3}, to, author);
  }
  static std::string target(std::uint8_t first) {
    return "/v1/slip?id=" + mail::slip_id(mail::SlipCode{first}).hex();
  }
};

TEST_F(Slips, AreFoundByTheirCodeAndOpenedByIt) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const Bytes bytes = record(box, founder.key, 1, now.plus_seconds(3600));
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", bytes)), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", bytes)), "200");
  const Response found = ask("GET", target(1));
  ASSERT_EQ(outcome(found), "200");
  const auto answer = code::decode(found.body);
  EXPECT_EQ(*mail::unlock_slip(mail::SlipCode{1}, *answer->bytes_at(1)), (Bytes{1, 2, 3}));
  EXPECT_EQ(outcome(ask("GET", target(2))), "404 not-found");
  EXPECT_EQ(outcome(ask("GET", "/v1/slip?id=00")), "400 bad-input");
}

TEST_F(Slips, AreTakenFromReadersOfAnOfficeOrAPersonOnly) {
  const Member founder = new_member(), guardian = new_member(), stranger = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, guardian, mail::kPostOnly, founder.key)});
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", record(box, stranger.key, 3, now.plus_seconds(60)))),
            "401 unknown-key");
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", record(box, guardian.key, 3, now.plus_seconds(60)))),
            "403 not-allowed");
  const Box person = founded(founder, mail::Nature::Person);
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", record(person, founder.key, 7, now.plus_seconds(60)))),
            "200");
  const Box everybody = founded(founder, mail::Nature::Broadcast);
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", record(everybody, founder.key, 8, now.plus_seconds(60)))),
            "403 not-allowed");
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", record(box, founder.key, 3, now.plus_seconds(-1)))),
            "401 expired");
}

TEST_F(Slips, AreGoneAfterTheirDateAndItsGrace) {
  const Member founder = new_member();
  const Box box = founded(founder);
  ask("POST", "/v1/slip-record", record(box, founder.key, 4, now.plus_seconds(3600)));
  now = now.plus_seconds(3600 + 47 * 3600);
  EXPECT_EQ(outcome(ask("GET", target(4))), "200");
  now = now.plus_seconds(2 * 3600);
  EXPECT_EQ(outcome(ask("GET", target(4))), "404 not-found");
}

TEST_F(Slips, RefuseAnotherRecordUnderTheSameId) {
  const Member founder = new_member();
  const Box box = founded(founder);
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", record(box, founder.key, 5, now.plus_seconds(3600)))),
            "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/slip-record", record(box, founder.key, 5, now.plus_seconds(3601)))),
            "409 conflict");
}

class Blobs : public HubTest {
 protected:
  Bytes upload(const Box& box, const crypto::SignKey& key, const Bytes& bytes, const Bytes& sent) {
    const Bytes permit = mail::make_blob_permit({box.id, crypto::hash(bytes), bytes.size(), key.open}, key);
    return code::encode(code::Cbor::array({*code::decode(permit), code::Cbor(ByteView(sent))}));
  }
};

TEST_F(Blobs, ComeBackToReaders) {
  const Member founder = new_member(), guardian = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, guardian, mail::kPostOnly, founder.key)});
  const Bytes picture(300000, 42);
  EXPECT_EQ(outcome(ask("POST", "/v1/blob", upload(box, guardian.key, picture, picture))), "200");
  const std::string name = "/v1/blob?hash=" + base::to_hex(crypto::hash(picture));
  const Response found = ask("GET", name, {}, ticket(box.id, founder.key));
  EXPECT_EQ(found.status, 200);
  EXPECT_EQ(found.body, picture);
  EXPECT_EQ(found.content_type, "application/octet-stream");
  EXPECT_EQ(outcome(ask("GET", name)), "401 expired");
  const Box other = founded(founder);
  EXPECT_EQ(outcome(ask("GET", name, {}, ticket(other.id, founder.key))), "404 not-found");
}

TEST_F(Blobs, AreRefusedFromStrangersWithOtherBytesAndPastFourMegabytes) {
  const Member founder = new_member(), stranger = new_member();
  const Box box = founded(founder);
  const Bytes small{1, 2, 3}, altered{1, 2, 4}, large(kBlobLimit + 1, 1);
  EXPECT_EQ(outcome(ask("POST", "/v1/blob", upload(box, stranger.key, small, small))), "401 unknown-key");
  EXPECT_EQ(outcome(ask("POST", "/v1/blob", upload(box, founder.key, small, altered))), "400 bad-input");
  EXPECT_EQ(outcome(ask("POST", "/v1/blob", upload(box, founder.key, large, large))), "413 too-large");
}

class Feed : public HubTest {
 protected:
  Feed() {
    folder = std::filesystem::temp_directory_path() / ("machi-feed-test-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    editor = new_sign_key(*entropy);
    directory = new_sign_key(*entropy);
    std::vector<Bytes> delegations;
    for (const auto& [role, key] : {std::pair{mail::TownRole::Editor, editor.open},
                                    std::pair{mail::TownRole::Directory, directory.open},
                                    std::pair{mail::TownRole::HubFreshness, freshness_key.open}})
      delegations.push_back(mail::make_delegation({town.id, role, key, now, now.plus_seconds(86400)}, root));
    EXPECT_TRUE(host::write_file(folder / "delegations.cbor", encode_delegations(delegations)).ok());
    folder_feed = std::make_unique<FolderFeed>(folder);
    office = std::move(*PostOffice::open(*store, *folder_feed, keys(), *entropy, now));
  }
  ~Feed() override { std::filesystem::remove_all(folder); }

  void publish(int items) {
    auto writer = FeedWriter::open(folder, town.id);
    ASSERT_TRUE(writer.ok());
    for (int i = 0; i < items; ++i) {
      const mail::Item item{town.id, writer->next_serial(), "notice", now,
                            code::Cbor::map({{1, Bytes(1000, 1)}})};
      ASSERT_TRUE(writer->append(mail::make_item(item, editor)).ok());
    }
    ASSERT_TRUE(writer->publish(editor, now).ok());
  }
  // Reads head and pages as a client does; how many items.
  std::size_t read_all() {
    const Response response = ask("GET", "/v1/feed/head");
    EXPECT_EQ(response.status, 200);
    auto answer = mail::decode_feed_answer(response.body);
    mail::Trust trust(town);
    auto head = mail::check_head(*answer, trust, now);
    EXPECT_TRUE(head.ok());
    if (!head.ok()) return 0;
    EXPECT_LE(now.seconds() - head->fresh.seconds(), 60);
    mail::Hash previous{};
    std::size_t items = 0;
    for (std::uint64_t number = 0; number < head->head.pages; ++number) {
      const Bytes bytes = ask("GET", "/v1/feed/page?number=" + std::to_string(number)).body;
      auto page = mail::decode_page(bytes);
      EXPECT_TRUE(page.ok());
      EXPECT_EQ(page->previous, previous);
      previous = crypto::hash(bytes);
      for (const Bytes& item : page->items) EXPECT_TRUE(mail::read_item(item, trust, now).ok());
      items += page->items.size();
    }
    EXPECT_EQ(previous, head->head.last);
    return items;
  }

  std::filesystem::path folder;
  crypto::SignKey editor, directory;
  std::unique_ptr<FolderFeed> folder_feed;
};

TEST_F(Feed, GoesOnWhereAKillBetweenAPageAndItsHeadLeftIt) {
  for (const int grown : {2, 100}) {  // in the same page, and into the next ones
    publish(3);
    now = now.plus_seconds(2);
    const std::size_t before = read_all();
    const auto head = host::read_file(folder / "head.cbor", 4096);
    ASSERT_TRUE(head.ok());
    publish(grown);
    ASSERT_TRUE(host::write_file(folder / "head.cbor", *head).ok());
    publish(1);
    now = now.plus_seconds(2);
    EXPECT_EQ(read_all(), before + 1);
  }
}

TEST_F(Feed, IsServedAsItWasWrittenAndGrows) {
  EXPECT_EQ(outcome(ask("GET", "/v1/feed/head")), "404 not-found");
  publish(0);
  now = now.plus_seconds(2);
  EXPECT_EQ(read_all(), 0u);
  publish(3);
  now = now.plus_seconds(2);
  EXPECT_EQ(read_all(), 3u);
  publish(150);  // over two pages
  now = now.plus_seconds(2);
  EXPECT_EQ(read_all(), 153u);
  EXPECT_EQ(outcome(ask("GET", "/v1/feed/page?number=99")), "404 not-found");
  EXPECT_EQ(outcome(ask("GET", "/v1/feed/texts?number=0")), "404 not-found");  // a page without notices
  ASSERT_TRUE(host::write_file(texts_file(folder, 0), base::view("words")).ok());
  EXPECT_EQ(base::text_view(ask("GET", "/v1/feed/texts?number=0").body), "words");
  EXPECT_EQ(outcome(ask("GET", "/v1/feed/texts?number=99")), "404 not-found");
  const std::string hash = base::to_hex(crypto::hash(base::view("picture")));
  EXPECT_EQ(outcome(ask("GET", "/v1/feed/blob?hash=" + hash)), "404 not-found");
  ASSERT_TRUE(
      host::write_file(blob_file(folder, crypto::hash(base::view("picture"))), base::view("picture")).ok());
  EXPECT_EQ(base::text_view(ask("GET", "/v1/feed/blob?hash=" + hash).body), "picture");
  EXPECT_EQ(outcome(ask("GET", "/v1/feed/blob?hash=../head.cbor")), "400 bad-input");
}

TEST_F(Feed, IsServedFromTheOldHeadWhileAWriterIsBetweenPageAndHead) {
  publish(3);
  now = now.plus_seconds(2);
  EXPECT_EQ(read_all(), 3u);
  const auto head = host::read_file(folder / "head.cbor", 10000);
  publish(4);
  ASSERT_TRUE(host::write_file(folder / "head.cbor", *head).ok());  // the page is new, the head is not yet
  now = now.plus_seconds(2);
  EXPECT_EQ(read_all(), 3u);
}

}  // namespace
}  // namespace machi::hub
