// The program `machi` from outside: stopped, backed up, restored; and what its commands say.
#include "tests/unit/hub/machi_program.h"

namespace machi::hub {
namespace {

TEST_F(MachiProgram, RefusesASecondHubAndARestoreWhileOneRuns) {
  HubProcess hub(folder, town_folder());
  const Ran second = run_machi(folder, {"hub", "serve", "--town", town_folder(), "--port", "0"});
  EXPECT_EQ(second.code, 1);
  EXPECT_NE(second.err.find("Another hub is running"), std::string::npos);
  const std::string backup = (folder / "backup").string();
  EXPECT_EQ(run_machi(folder, {"hub", "backup", "--data", data(), backup}).code, 0);
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

// A tablet is lost while the school day goes on: nobody stops the hub to look.
TEST_F(MachiProgram, SaysWhoseDataADeviceHeldWhileTheHubRuns) {
  const std::string sample = (folder / "sample").string();
  ASSERT_EQ(run_machi(folder, {"sample", sample}).code, 0);
  HubProcess hub(folder, sample);
  const Ran list = run_machi(folder, {"office", "exposure", sample, "--hub", hub.url() + "/"});
  ASSERT_EQ(list.code, 0) << list.err;
  const auto devices = nlohmann::json::parse(list.out)["devices"];
  ASSERT_FALSE(devices.empty());
  const std::string founder = devices[0]["device"];
  const Ran held = run_machi(folder, {"office", "exposure", sample, founder, "--hub", hub.url()});
  ASSERT_EQ(held.code, 0) << held.err;
  const auto said = nlohmann::json::parse(held.out);
  EXPECT_EQ(said["pupils"].size(), 90u);
  EXPECT_EQ(said["removed"], false);
  EXPECT_TRUE(said["pupils"][0]["onRoll"]);
  EXPECT_EQ(run_machi(folder, {"office", "exposure", sample, std::string(64, '0'), "--hub", hub.url()}).code, 1);
  EXPECT_EQ(run_machi(folder, {"office", "exposure", sample, "--hub", "http://127.0.0.1:9"}).code, 1);
}

}  // namespace
}  // namespace machi::hub
