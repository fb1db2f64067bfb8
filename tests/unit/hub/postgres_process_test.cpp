// The program on PostgreSQL, from outside: a town's mail moves there by one command, two hubs serve it, it is
// backed up while they do, put back from the file, and by PostgreSQL's own log to a point in time.
#include "tests/unit/hub/machi_program.h"
#include "tests/unit/hub/postgres_server.h"

namespace machi::hub {
namespace {

class MachiOnPostgres : public MachiProgram {
 protected:
  std::unique_ptr<HubProcess> serve(const std::string& name, const std::string& url) {
    fs::create_directories(folder / name);
    return std::make_unique<HubProcess>(folder / name, town_folder(),
                                        std::vector<std::string>{"--quiet", "--database", url});
  }
  void confirm_head(const std::string& url, const Box& box) {
    const mail::AccessHead head{box.id, box.log.next_number() - 1, box.log.head(), incarnation(url),
                                founder.key.open};
    EXPECT_EQ(send(url, "/v1/access-head", mail::make_access_head(head, founder.key)).status, 200);
  }
  Member founder = new_member();
};

TEST_F(MachiOnPostgres, MovesServesBacksUpAndRestores) {
  const Box box = new_box(founder, mail::Nature::Office);
  IncarnationId before;
  {
    HubProcess hub(folder, town_folder());
    before = incarnation(hub.url());
    ASSERT_EQ(send(hub.url(), "/v1/access", list(box.entries)).status, 200);
    for (int i = 0; i < 5; ++i)
      ASSERT_EQ(send(hub.url(), "/v1/post", envelope(box, founder.key)).status, 200);
    EXPECT_EQ(run_machi(folder, {"hub", "migrate", data(), postgres().new_url()}).code, 1);  // it runs
    EXPECT_EQ(hub.process().stop(), 0);
  }
  const std::string url = postgres().new_url();
  const Ran moved = run_machi(folder, {"hub", "migrate", data(), url});
  ASSERT_EQ(moved.code, 0) << moved.err;
  const auto report = nlohmann::json::parse(moved.out);
  for (const auto& table : report["tables"]) {
    if (table["table"] != "message") continue;
    EXPECT_EQ(table["rows"], 5);
  }
  EXPECT_EQ(run_machi(folder, {"hub", "migrate", data(), url}).code, 1);  // not twice

  const std::string backup = (folder / "backup").string();
  {
    auto one = serve("one", url), two = serve("two", url);
    EXPECT_EQ(incarnation(one->url()), before);
    EXPECT_EQ(incarnation(two->url()), before);
    ASSERT_EQ(send(one->url(), "/v1/post", envelope(box, founder.key)).status, 200);
    ASSERT_EQ(send(two->url(), "/v1/post", envelope(box, founder.key)).status, 200);
    EXPECT_EQ(read_all(one->url(), box, founder.key).size(), 7u);
    const Ran saved = run_machi(folder, {"hub", "backup", "--database", url, backup});
    ASSERT_EQ(saved.code, 0) << saved.err;
    ASSERT_EQ(send(two->url(), "/v1/post", envelope(box, founder.key)).status, 200);
    EXPECT_EQ(run_machi(folder, {"hub", "restore", "--database", url, backup}).code, 1);  // hubs run on it
    EXPECT_EQ(one->process().stop(), 0);
    EXPECT_EQ(two->process().stop(), 0);
  }
  EXPECT_EQ(run_machi(folder, {"hub", "restore", "--database", url, backup}).code, 1);  // and there is mail
  const std::string fresh = postgres().new_url();
  const Ran restored = run_machi(folder, {"hub", "restore", "--database", fresh, backup});
  ASSERT_EQ(restored.code, 0) << restored.err;
  auto hub = serve("one", fresh);
  EXPECT_NE(incarnation(hub->url()), before);
  std::string ticket;
  EXPECT_EQ(ask_ticket_at(hub->url(), box, founder.key, ticket), 403);
  confirm_head(hub->url(), box);
  EXPECT_EQ(read_all(hub->url(), box, founder.key).size(), 7u);
  EXPECT_EQ(hub->process().stop(), 0);
}

// PostgreSQL's own log and base backup: to the moment between two messages.
TEST_F(MachiOnPostgres, ComesBackToAPointInTime) {
  const Box box = new_box(founder, mail::Nature::Office);
  PostgresServer server({"fsync=off", "archive_mode=on", "archive_command=cp %p ../archive/%f"});
  const std::string base = (server.folder() / "base").string();
  std::string then;
  {
    auto hub = serve("one", server.url());
    ASSERT_EQ(send(hub->url(), "/v1/access", list(box.entries)).status, 200);
    ASSERT_EQ(send(hub->url(), "/v1/post", envelope(box, founder.key)).status, 200);
    ASSERT_EQ(server.run({"pg_basebackup", "-h", server.folder().string(), "-U", "machi", "-D", base, "-c",
                          "fast", "-X", "none"}),
              0);
    ASSERT_EQ(send(hub->url(), "/v1/post", envelope(box, founder.key)).status, 200);
    auto clock = PostgresConnection::open(server.url());
    auto rows = (*clock)->run(PgQuery{"select convert_to(clock_timestamp()::text, 'UTF8')", {}});
    then = std::string(base::text_view(rows->blob(0, 0)));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ASSERT_EQ(send(hub->url(), "/v1/post", envelope(box, founder.key)).status, 200);
    ASSERT_TRUE((*clock)->execute("select pg_switch_wal()").ok());
    EXPECT_EQ(hub->process().stop(), 0);
  }
  server.stop();
  server.recover(base, "recovery_target_time='" + then + "'");
  const Ran begun = run_machi(folder, {"hub", "restore", "--database", server.url()});
  ASSERT_EQ(begun.code, 0) << begun.err;
  auto hub = serve("one", server.url());
  confirm_head(hub->url(), box);
  EXPECT_EQ(read_all(hub->url(), box, founder.key).size(), 2u);
  EXPECT_EQ(hub->process().stop(), 0);
}

}  // namespace
}  // namespace machi::hub
