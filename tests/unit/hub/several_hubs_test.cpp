// Several post offices on one PostgreSQL, as behind a proxy that asks now this one, now that: nothing that
// one of them knows may be missing at another.
#include "core/mail/post_forms.h"
#include "tests/unit/hub/hub_bench.h"
#include "tests/unit/hub/postgres_server.h"

namespace machi::hub {
namespace {

class SeveralHubs : public HubTest {
 protected:
  SeveralHubs() : url(postgres().new_url()) {
    for (auto& [own, at] : hubs) {
      own = PostgresServer::open(url);
      at = std::move(*PostOffice::open(*own, feed, keys(), *entropy, now));
    }
    office = nullptr;  // the one on SQLite
    to(0);
  }
  ~SeveralHubs() override { office = nullptr; }
  // The next request goes to this one.
  void to(std::size_t hub) {
    if (office) hubs[current].second = std::move(office);
    current = hub;
    office = std::move(hubs[hub].second);
  }
  std::string url;
  std::array<std::pair<std::unique_ptr<PostgresMessageStore>, std::unique_ptr<PostOffice>>, 2> hubs;
  std::size_t current = 0;
};

TEST_F(SeveralHubs, AreOneHubToWhoWritesAndReads) {
  const Member founder = new_member();
  const Box box = founded(founder);
  to(1);
  const Bytes note = envelope(box, founder.key);
  const mail::Receipt receipt = receipt_in(ask("POST", "/v1/post", note));
  EXPECT_EQ(receipt.number, 1u);
  to(0);
  EXPECT_EQ(receipt_in(ask("POST", "/v1/post", note)).number, 1u);  // the same again
  EXPECT_EQ(receipt_in(ask("POST", "/v1/post", envelope(box, founder.key))).number, 2u);
  const Bytes asked = ticket_request(box.id, founder.key);  // the challenge from here, its ticket from there
  to(1);
  const Response given = ask("POST", "/v1/ticket", asked);
  ASSERT_EQ(outcome(given), "200");
  const std::string t = base::to_hex(*code::decode(given.body)->fixed_at<32>(1));
  to(0);
  EXPECT_EQ(outcome(ask("POST", "/v1/ticket", asked)), "401 expired");  // once, wherever
  EXPECT_EQ(numbers(ask("GET", "/v1/messages?after=0", {}, t)), (std::vector<std::int64_t>{1, 2}));
}

TEST_F(SeveralHubs, PutADeviceOutEverywhereAtOnce) {
  const Member founder = new_member(), lost = new_member();
  Box box = founded(founder);
  to(1);
  EXPECT_EQ(outcome(post_entries({add_key(box, lost, mail::kAllRights, founder.key)})), "200");
  to(0);
  const std::string t = ticket(box.id, lost.key);
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, t)), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, lost.key))), "200");
  to(1);
  EXPECT_EQ(
      outcome(post_entries({remove_key(box, lost.key.open, founder.key), begin_epoch(box, founder.key)})),
      "200");
  to(0);
  EXPECT_EQ(outcome(ask("GET", "/v1/messages?after=0", {}, t)), "403 not-allowed");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, lost.key))), "403 not-allowed");
}

TEST_F(SeveralHubs, LearnOfEachOthersNewsByAsking) {
  const Member founder = new_member();
  const Box box = founded(founder), quiet = founded(founder);
  const std::vector<MailboxId> read = {box.id, quiet.id};
  const std::string t = ticket(box.id, founder.key);
  Response stream = ask("GET", "/v1/stream?after=0", {}, t);
  ASSERT_TRUE(stream.stream.has_value());
  EXPECT_EQ(office->learn(read)->size(), 2u);
  EXPECT_TRUE(office->learn(read)->empty());
  to(1);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key))), "200");
  to(0);
  EXPECT_EQ(*office->learn(read), std::vector<MailboxId>{box.id});
  EXPECT_FALSE(office->pull(*stream.stream, now)->empty());
  EXPECT_TRUE(office->learn(read)->empty());
}

TEST_F(SeveralHubs, GoOnTogetherInANewIncarnation) {
  const Member founder = new_member();
  const Box box = founded(founder);
  to(1);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key))), "200");
  const auto next = entropy->id<base::IncarnationTag>();
  ASSERT_TRUE(hubs[0].first->begin().ok());
  ASSERT_TRUE(hubs[0].first->begin_incarnation(next, now).ok());
  ASSERT_TRUE(hubs[0].first->commit().ok());
  EXPECT_EQ(receipt_in(ask("POST", "/v1/post", envelope(box, founder.key))).incarnation, next);
}

TEST_F(SeveralHubs, TakeTheSameEnvelopeOnceThoughItComesToAllAtOnce) {
  const Member founder = new_member();
  const Box box = founded(founder);
  to(0);
  std::vector<Prepared> batch;
  for (int i = 0; i < 40; ++i)
    batch.push_back(PostOffice::prepare({"POST", "/v1/post", envelope(box, founder.key), "", ""}));
  std::vector<std::vector<Response>> answers(hubs.size());
  PostOffice* const both[] = {office.get(), hubs[1].second.get()};
  std::vector<std::thread> threads;
  for (std::size_t h = 0; h < hubs.size(); ++h)
    threads.emplace_back([&, h] {
      for (std::size_t i = 0; i < batch.size(); i += 4)
        for (Response& one : both[h]->commit(std::span(batch).subspan(i, 4), now))
          answers[h].push_back(std::move(one));
    });
  for (std::thread& thread : threads) thread.join();
  std::set<std::uint64_t> given;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const mail::Receipt one = receipt_in(answers[0][i]);
    EXPECT_EQ(one.number, receipt_in(answers[1][i]).number);
    given.insert(one.number);
  }
  EXPECT_EQ(given.size(), batch.size());
  EXPECT_EQ(*given.rbegin(), batch.size());
}

TEST_F(SeveralHubs, SayWhenToComeAgainWhileTheDatabaseIsAwayAndGoOnAfterIt) {
  PostgresServer server;
  auto own = PostgresServer::open(server.url());
  office = nullptr;
  auto alone = std::move(*PostOffice::open(*own, feed, keys(), *entropy, now));
  const Member founder = new_member();
  const Box box = new_box(founder, mail::Nature::Office);
  const auto asked = [&](const std::string& method, const std::string& target, const Bytes& body) {
    return alone->handle({method, target, body, "", ""}, now);
  };
  ASSERT_EQ(outcome(asked("POST", "/v1/access", list(box.entries))), "200");
  const Bytes note = envelope(box, founder.key);
  server.kill();
  for (int i = 0; i < 3; ++i) {
    const Response away = asked("POST", "/v1/post", note);
    EXPECT_EQ(outcome(away), "503 storage");
    EXPECT_GT(mail::decode_error(away.body).retry_after, 0u);
  }
  EXPECT_EQ(asked("GET", "/health", {}).status, 503);
  EXPECT_EQ(asked("GET", "/v1/hub", {}).status, 200);
  server.start();
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  EXPECT_EQ(receipt_in(asked("POST", "/v1/post", note)).number, 1u);
  EXPECT_EQ(asked("GET", "/health", {}).status, 200);
}

}  // namespace
}  // namespace machi::hub
