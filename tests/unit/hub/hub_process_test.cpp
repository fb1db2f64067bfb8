// The program `machi` from outside: killed under load, stopped, backed up, restored; and what its commands
// say.
#include "tests/unit/hub/hub_process.h"

#include <atomic>
#include <nlohmann/json.hpp>

#include "platform/host/http_client.h"
#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

namespace fs = std::filesystem;

class MachiProgram : public HubTest {
 protected:
  MachiProgram() : folder(fs::temp_directory_path() / ("machi-process-test-" + std::to_string(::getpid()))) {
    fs::remove_all(folder);
    fs::create_directories(folder);
    const Ran made = run_machi(folder, {"town", "new", town_folder(), "--name", "日和町"});
    EXPECT_EQ(made.code, 0) << made.err;
    auto said = nlohmann::json::parse(made.out);
    town.id = *mail::TownId::from_hex_text(said["town"].get<std::string>());
    town.root = {*base::fixed<32>(*base::from_hex(said["root"].get<std::string>()))};
  }
  ~MachiProgram() override { fs::remove_all(folder); }
  std::string town_folder() const { return (folder / "town").string(); }
  std::string data() const { return (folder / "town" / "hub").string(); }

  // The keys that the town's feed delegates, as a phone learns them.
  std::vector<crypto::SignPublic> receipt_keys(const std::string& url) {
    auto head = client.get(url + "/v1/feed/head");
    EXPECT_EQ(head->status, 200);
    mail::Trust trust(town);
    const Instant real{std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::system_clock::now().time_since_epoch())
                           .count()};
    EXPECT_TRUE(mail::check_head(*mail::decode_feed_answer(head->body), trust, real).ok());
    return trust.keys(mail::TownRole::HubReceipt, real);
  }
  IncarnationId incarnation(const std::string& url) {
    return *IncarnationId::from(*code::decode(client.get(url + "/v1/hub")->body)->bytes_at(1));
  }
  host::HttpAnswer send(const std::string& url, const std::string& path, const Bytes& body) {
    auto answer = client.post(url + path, body);
    EXPECT_TRUE(answer.ok());
    return answer.ok() ? *answer : host::HttpAnswer{};
  }
  int ask_ticket_at(const std::string& url, const Box& box, const crypto::SignKey& key, std::string& ticket) {
    auto challenge =
        send(url, "/v1/challenge", code::encode(code::Cbor::map({{1, box.id.view()}, {2, key.open.bytes}})));
    auto map = code::decode(challenge.body);
    auto answer =
        send(url, "/v1/ticket",
             mail::make_ticket_request({*map->fixed_at<32>(1), box.id, key.open, incarnation(url)}, key));
    if (answer.status == 200) ticket = base::to_hex(*code::decode(answer.body)->fixed_at<32>(1));
    return answer.status;
  }
  // Number to hash of everything in a mailbox.
  std::map<std::uint64_t, mail::Hash> read_all(const std::string& url, const Box& box,
                                               const crypto::SignKey& key) {
    std::string ticket;
    EXPECT_EQ(ask_ticket_at(url, box, key, ticket), 200);
    std::map<std::uint64_t, mail::Hash> out;
    for (;;) {
      const std::string after = std::to_string(out.empty() ? 0 : out.rbegin()->first);
      auto answer = client.get(url + "/v1/messages?limit=1000&after=" + after, {{"Machi-Ticket", ticket}});
      auto map = code::decode(answer->body);
      const auto& items = *map->find(2)->array();
      if (items.empty()) return out;
      for (const code::Cbor& item : items)
        out[static_cast<std::uint64_t>(*(*item.array())[0].integer())] =
            mail::envelope_hash(*(*item.array())[1].bytes());
    }
  }

  fs::path folder;
  host::HttpClient client;
};

TEST_F(MachiProgram, KeepsEveryMessageWhoseReceiptWasGivenWhenItIsKilled) {
  const Member founder = new_member();
  Box box = new_box(founder, mail::Nature::Office);
  constexpr int kWriters = 4;
  std::map<std::uint64_t, mail::Hash> promised;
  for (int round = 0; round < 3; ++round) {
    HubProcess hub(folder, town_folder());
    std::vector<std::vector<Bytes>> waiting(kWriters);
    for (int w = 0; w < kWriters; ++w)
      for (int m = 0; m < 8; ++m) {
        const Member member = new_member();
        add_key(box, member, mail::kPostOnly, founder.key);
        for (int i = 0; i < 40; ++i)
          waiting[static_cast<std::size_t>(w)].push_back(envelope(box, member.key));
      }
    ASSERT_EQ(send(hub.url(), "/v1/access", list(box.entries)).status, 200);
    const auto keys = receipt_keys(hub.url());
    ASSERT_EQ(keys.size(), 1u);
    std::mutex mutex;
    std::vector<std::thread> writers;
    std::atomic<int> given{0};
    for (const auto& own : waiting)
      writers.emplace_back([&] {
        host::HttpClient writer;
        for (const Bytes& bytes : own) {
          auto answer = writer.post(hub.url() + "/v1/post", bytes);
          if (!answer.ok()) return;  // killed
          auto receipt = mail::read_receipt(answer->body, keys[0]);
          ASSERT_TRUE(receipt.ok());
          ++given;
          const std::lock_guard lock(mutex);
          ASSERT_TRUE(promised.emplace(receipt->number, mail::envelope_hash(bytes)).second);
        }
      });
    for (int i = 0; i < 400 && given < 250 + 60 * round; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    hub.process().kill();
    for (std::thread& writer : writers) writer.join();
    EXPECT_GT(given, 100);
    EXPECT_LT(given, kWriters * 8 * 40);  // it died in the middle of it
  }
  HubProcess hub(folder, town_folder());
  const auto kept = read_all(hub.url(), box, founder.key);
  for (const auto& [number, hash] : promised) {
    ASSERT_TRUE(kept.contains(number)) << number;
    EXPECT_EQ(kept.at(number), hash);
  }
  ASSERT_FALSE(kept.empty());
  EXPECT_EQ(kept.begin()->first, 1u);
  EXPECT_EQ(kept.rbegin()->first, kept.size());  // no gap
  EXPECT_EQ(hub.process().stop(), 0);
}

TEST_F(MachiProgram, RefusesASecondHubAndABackupWhileOneRuns) {
  HubProcess hub(folder, town_folder());
  const Ran second = run_machi(folder, {"hub", "serve", "--town", town_folder(), "--port", "0"});
  EXPECT_EQ(second.code, 1);
  EXPECT_NE(second.err.find("Another hub is running"), std::string::npos);
  const std::string backup = (folder / "backup").string();
  EXPECT_EQ(run_machi(folder, {"hub", "backup", "--data", data(), backup}).code, 1);
  EXPECT_FALSE(fs::exists(backup));
  EXPECT_EQ(run_machi(folder, {"hub", "restore", "--data", data(), backup}).code, 1);
  EXPECT_EQ(hub.process().stop(), 0);
}

TEST_F(MachiProgram, RestoresABackupInANewIncarnationThatAsksForHeads) {
  const Member founder = new_member();
  Box box = new_box(founder, mail::Nature::Office);
  const std::string backup = (folder / "backup").string();
  IncarnationId before;
  std::string ticket;
  {
    HubProcess hub(folder, town_folder());
    before = incarnation(hub.url());
    ASSERT_EQ(send(hub.url(), "/v1/access", list(box.entries)).status, 200);
    ASSERT_EQ(send(hub.url(), "/v1/post", envelope(box, founder.key)).status, 200);
    EXPECT_EQ(hub.process().stop(), 0);
  }
  const Ran saved = run_machi(folder, {"hub", "backup", "--data", data(), backup});
  ASSERT_EQ(saved.code, 0) << saved.err;
  EXPECT_EQ(run_machi(folder, {"hub", "backup", "--data", data(), backup}).code, 1);  // replaces nothing
  const Bytes lost = envelope(box, founder.key);
  {
    HubProcess hub(folder, town_folder());
    EXPECT_EQ(incarnation(hub.url()), before);
    ASSERT_EQ(send(hub.url(), "/v1/post", lost).status, 200);
    EXPECT_EQ(ask_ticket_at(hub.url(), box, founder.key, ticket), 200);
    EXPECT_EQ(hub.process().stop(), 0);
  }
  const Ran restored = run_machi(folder, {"hub", "restore", "--data", data(), backup});
  ASSERT_EQ(restored.code, 0) << restored.err;
  EXPECT_TRUE(fs::exists(nlohmann::json::parse(restored.out)["kept"].get<std::string>()));
  HubProcess hub(folder, town_folder());
  EXPECT_NE(incarnation(hub.url()), before);
  EXPECT_EQ(ask_ticket_at(hub.url(), box, founder.key, ticket), 403);
  ASSERT_EQ(send(hub.url(), "/v1/post", lost).status, 200);
  const mail::AccessHead head{box.id, box.log.next_number() - 1, box.log.head(), incarnation(hub.url()),
                              founder.key.open};
  EXPECT_EQ(send(hub.url(), "/v1/access-head", mail::make_access_head(head, founder.key)).status, 200);
  EXPECT_EQ(read_all(hub.url(), box, founder.key).size(), 2u);
}

TEST_F(MachiProgram, RefusesToRestoreWhatIsNoBackup) {
  const std::string file = (folder / "rubbish").string();
  std::ofstream(file) << "no database at all, but long enough to be looked at twice";
  EXPECT_EQ(run_machi(folder, {"hub", "restore", "--data", data(), file}).code, 1);
  EXPECT_FALSE(fs::exists(fs::path(data()) / "hub.db"));
}

TEST_F(MachiProgram, LogsNothingOfWhatPeopleSend) {
  const Member founder = new_member();
  const Box box = new_box(founder, mail::Nature::Office);
  std::string ticket;
  HubProcess hub(folder, town_folder());
  ASSERT_EQ(send(hub.url(), "/v1/access", list(box.entries)).status, 200);
  ASSERT_EQ(send(hub.url(), "/v1/post", envelope(box, founder.key)).status, 200);
  ASSERT_EQ(ask_ticket_at(hub.url(), box, founder.key, ticket), 200);
  EXPECT_TRUE(client.get(hub.url() + "/v1/messages?after=0&secret=tanaka", {{"Machi-Ticket", ticket}}).ok());
  EXPECT_TRUE(client.get(hub.url() + "/tanaka/hanako", {}).ok());
  EXPECT_EQ(hub.process().stop(), 0);
  const std::string log = text_of(folder / "hub.err");
  std::istringstream lines(log);
  int requests = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto event = nlohmann::json::parse(line);
    if (event["event"] != "request") continue;
    ++requests;
    for (const auto& [name, value] : event.items())
      EXPECT_TRUE(
          std::set<std::string>({"time", "event", "method", "route", "status", "bytes", "ms"}).contains(name))
          << name;
  }
  EXPECT_EQ(requests, 7);
  for (const std::string& secret : {box.id.hex(), base::to_hex(founder.key.open.bytes), ticket,
                                    std::string("tanaka"), std::string("127.0.0.1")})
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
}

TEST_F(MachiProgram, SaysHowItIsUsed) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"--help"},
                                             {"hub", "--help"},
                                             {"hub", "serve", "--help"},
                                             {"hub", "backup", "--help"},
                                             {"hub", "restore", "--help"},
                                             {"site", "serve", "--help"},
                                             {"town", "new", "--help"},
                                             {"token", "read", "--help"}}) {
    const Ran ran = run_machi(folder, words);
    EXPECT_EQ(ran.code, 0);
    EXPECT_GT(ran.out.size(), 100u);
    EXPECT_EQ(ran.err, "");
  }
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{}, {"hub"}, {"nothing"}, {"hub", "serve"}}) {
    const Ran ran = run_machi(folder, words);
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err, "");
  }
  EXPECT_EQ(run_machi(folder, {"town", "new", town_folder(), "--name", "x"}).code, 1);
}

TEST_F(MachiProgram, ReadsTokens) {
  const crypto::SignKey key = new_sign_key(*entropy);
  const Bytes slip = mail::make_slip({town.id, {}, {}, "東小学校", now, now.plus_seconds(60)}, key);
  const std::string text = "https://app.example/#" + mail::slip_fragment(slip);
  const Ran unknown = run_machi(folder, {"token", "read", text});
  ASSERT_EQ(unknown.code, 0) << unknown.err;
  EXPECT_EQ(nlohmann::json::parse(unknown.out)["signature"], "key unknown");
  EXPECT_EQ(nlohmann::json::parse(unknown.out)["claims"]["-70003"], "東小学校");
  EXPECT_EQ(nlohmann::json::parse(unknown.out)["purpose"], "machi-slip+cwt");
  const Ran good = run_machi(folder, {"token", "read", text, "--key", base::to_hex(key.open.bytes)});
  EXPECT_EQ(nlohmann::json::parse(good.out)["signature"], true);
  const Ran bad = run_machi(folder, {"token", "read", text, "--key", base::to_hex(root.open.bytes)});
  EXPECT_EQ(nlohmann::json::parse(bad.out)["signature"], false);
  EXPECT_EQ(bad.code, 0);
  EXPECT_EQ(run_machi(folder, {"token", "read", "HC1:nonsense"}).code, 1);
}

}  // namespace
}  // namespace machi::hub
