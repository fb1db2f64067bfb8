// Snapshots at the hub: whose it takes, how many it keeps, and what mail it may delete because of them.
#include "platform/hub/snapshot_counter.h"

#include "platform/hub/hub_server.h"
#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

class Snapshots : public HubTest {
 protected:
  Snapshots() : founder(new_member()), box(founded(founder)) {}

  Bytes blob(const crypto::SignKey& key, const Bytes& bytes) {
    const Bytes permit = mail::make_blob_permit({box.id, crypto::hash(bytes), bytes.size(), key.open}, key);
    return code::encode(code::Cbor::array({*code::decode(permit), code::Cbor(ByteView(bytes))}));
  }
  // A snapshot of one chunk, which is posted before it when `with_blob`.
  Bytes snapshot(const crypto::SignKey& author, std::uint64_t covers, std::uint8_t content,
                 bool with_blob = true) {
    const Bytes chunk(1000, content);
    if (with_blob) {
      EXPECT_EQ(outcome(ask("POST", "/v1/blob", blob(author, chunk))), "200");
    }
    mail::Snapshot out;
    out.mailbox = box.id;
    out.epoch = box.log.epoch();
    out.incarnation = office->incarnation();
    out.covers = covers;
    out.chunks = {{crypto::hash(chunk), chunk.size()}};
    return mail::make_snapshot(*entropy, out, {}, box.epoch.open, author);
  }
  Response post(Bytes bytes) { return ask("POST", "/v1/snapshot", std::move(bytes)); }
  std::vector<std::uint64_t> covers() {
    const auto map = code::decode(ask("GET", "/v1/snapshot", {}, ticket(box.id, founder.key)).body);
    std::vector<std::uint64_t> out;
    for (const code::Cbor& item : *map->find(1)->array())
      out.push_back(mail::read_snapshot(*item.bytes())->covers);
    return out;
  }
  void write(int messages) {
    for (int i = 0; i < messages; ++i)
      EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key))), "200");
  }

  Member founder;
  Box box;
};

using Numbers = std::vector<std::uint64_t>;

TEST_F(Snapshots, ComeFromReadersAndGoToReaders) {
  const Member guardian = new_member(), stranger = new_member();
  post_entries({add_key(box, guardian, mail::kPostOnly, founder.key)});
  write(2);
  EXPECT_EQ(outcome(post(snapshot(stranger.key, 1, 1, false))), "401 unknown-key");
  EXPECT_EQ(outcome(post(snapshot(guardian.key, 1, 1))), "403 not-allowed");
  const Bytes good = snapshot(founder.key, 2, 2);
  EXPECT_EQ(outcome(post(good)), "200");
  EXPECT_EQ(outcome(post(good)), "200");
  EXPECT_EQ(covers(), (Numbers{2}));
  EXPECT_EQ(outcome(ask("GET", "/v1/snapshot")), "401 expired");
}

TEST_F(Snapshots, AreRefusedWithoutTheirBlobsAheadOfTheMailAndOfAnotherIncarnation) {
  write(2);
  EXPECT_EQ(outcome(post(snapshot(founder.key, 2, 1, false))), "404 not-found");
  EXPECT_EQ(outcome(post(snapshot(founder.key, 3, 2))), "409 conflict");
  const Bytes of_before = snapshot(founder.key, 2, 3);
  restore();
  EXPECT_EQ(outcome(post(of_before)), "409 conflict");
}

TEST_F(Snapshots, DoNotGoBackAndOnlyThreeStayWithTheirBlobs) {
  write(5);
  for (std::uint8_t i = 1; i <= 5; ++i) EXPECT_EQ(outcome(post(snapshot(founder.key, i, i))), "200");
  EXPECT_EQ(covers(), (Numbers{5, 4, 3}));
  EXPECT_EQ(outcome(post(snapshot(founder.key, 2, 9))), "409 conflict");
  const auto found = [&](std::uint8_t content) {
    return outcome(ask("GET", "/v1/blob?hash=" + base::to_hex(crypto::hash(Bytes(1000, content))), {},
                       ticket(box.id, founder.key)));
  };
  EXPECT_EQ(found(2), "404 not-found");
  EXPECT_EQ(found(3), "200");
}

TEST_F(Snapshots, LetTheHubDeleteCoveredMailAfterNinetyDays) {
  write(3);
  now = now.plus_seconds(50 * 86400);
  write(2);
  EXPECT_EQ(outcome(post(snapshot(founder.key, 4, 1))), "200");
  EXPECT_EQ(*office->forget_covered_mail(now), 0u);
  now = now.plus_seconds(41 * 86400);
  EXPECT_EQ(*office->forget_covered_mail(now), 3u);  // ninety-one days old, and covered
  now = now.plus_seconds(60 * 86400);
  EXPECT_EQ(*office->forget_covered_mail(now), 1u);  // the fifth is in no snapshot
  const Response refused = ask("GET", "/v1/messages?after=0", {}, ticket(box.id, founder.key));
  EXPECT_EQ(outcome(refused), "409 conflict");
  EXPECT_EQ(mail::decode_error(refused.body).starts, 5u);
  EXPECT_EQ(mail::decode_error(refused.body).starts_of, office->incarnation());
  EXPECT_EQ(outcome(ask("GET", "/v1/stream?after=3", {}, ticket(box.id, founder.key))), "409 conflict");
  EXPECT_EQ(numbers(ask("GET", "/v1/messages?after=4", {}, ticket(box.id, founder.key))),
            (std::vector<std::int64_t>{5}));
  write(1);
  EXPECT_EQ(store->mailbox(box.id)->value().newest, 6u);
  EXPECT_EQ(covers(), (Numbers{4}));  // whose blob is old, too, and stays
  EXPECT_EQ(outcome(ask("GET", "/v1/blob?hash=" + base::to_hex(crypto::hash(Bytes(1000, 1))), {},
                        ticket(box.id, founder.key))),
            "200");
}

TEST_F(Snapshots, AreWhatARunningHubForgetsMailBy) {
  write(3);
  EXPECT_EQ(outcome(post(snapshot(founder.key, 2, 1))), "200");
  HubMetrics metrics;
  HubServerOptions options;
  options.metrics = &metrics;
  const host::EventLog still(-1);
  for (const int days : {89, 91}) {
    HubServer service(
        *office, options, [&] { return now.plus_seconds(days * 86400); }, still);
    service.finish();
    EXPECT_EQ(metrics.forgotten, days < 90 ? 0u : 2u);
  }
  EXPECT_EQ(store->messages(box.id, 0, 10, 100000)->size(), 1u);
}

TEST_F(Snapshots, TakeOldAttachmentsAway) {
  const Bytes picture(5000, 77);
  EXPECT_EQ(outcome(ask("POST", "/v1/blob", blob(founder.key, picture))), "200");
  write(1);
  EXPECT_EQ(outcome(post(snapshot(founder.key, 1, 1))), "200");
  now = now.plus_seconds(91 * 86400);
  EXPECT_EQ(*office->forget_covered_mail(now), 1u);
  EXPECT_EQ(outcome(ask("GET", "/v1/blob?hash=" + base::to_hex(crypto::hash(picture)), {},
                        ticket(box.id, founder.key))),
            "404 not-found");
}

}  // namespace
}  // namespace machi::hub
