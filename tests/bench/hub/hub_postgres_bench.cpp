// The hub on PostgreSQL beside pgbench's single inserts into a table like the hub's, on the same durable
// server with the same number of clients, in one run: messages a second as a ratio, and how long the slowest
// of a hundred waited; and what both cost of the processor, all processes together, which a machine with
// other work changes less. Fails past the bounds. By `./dev bench hub`, in a release build.
#include <sys/resource.h>

#include <algorithm>

#include "platform/host/http_client.h"
#include "tests/bench/hub/posters.h"
#include "tests/unit/hub/hub_bench.h"
#include "tests/unit/hub/hub_process.h"
#include "tests/unit/hub/postgres_server.h"

namespace machi::hub {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

// Seconds of the processor: of this process, or of those that it started and that have ended.
double processor(int whose) {
  rusage used{};
  ::getrusage(whose, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void verdict(const char* what, double ratio, const char* bound, bool held) {
  std::printf("%-60s %6.2f   (%s: %s)\n", what, ratio, bound, held ? "held" : "NOT HELD");
  EXPECT_TRUE(held) << what;
}

class HubPostgresBench : public HubTest {
 protected:
  static constexpr int kClients = 32, kEach = 1200, kSeconds = 6;
  static constexpr std::size_t kThreads = 2;  // that ask, here and in pgbench
  HubPostgresBench() : folder(fs::temp_directory_path() / ("machi-pg-bench-" + std::to_string(::getpid()))) {
    fs::create_directories(folder);
  }
  ~HubPostgresBench() override { fs::remove_all(folder); }

  struct Singles {
    double a_second = 0, cost = 0;  // cost: microseconds of the processor each
  };
  // Transactions of one insert each.
  Singles singles(PostgresServer& server) {
    auto connection = PostgresConnection::open(server.url());
    EXPECT_TRUE(
        (*connection)
            ->execute(
                "create table single (mailbox bytea, number bigint, sender bytea, id bytea, hash bytea, "
                "at bigint, envelope bytea, primary key (mailbox, number)); "
                "create unique index single_once on single (mailbox, sender, id)")
            .ok());
    const std::string script = (server.folder() / "single.sql").string(),
                      log = (server.folder() / "log").string();
    std::ofstream(script)
        << "\\set n random(1, 1000000000000000)\n"
           "insert into single values (decode(md5((:n::bigint % 20)::text), 'hex'), :n::bigint, "
           "decode(repeat(md5(:n::text), "
           "2), 'hex'), decode(md5(:n::text), 'hex'), decode(repeat(md5(:n::text), 2), 'hex'), :n::bigint, "
           "decode(repeat(md5(:n::text), 36), 'hex'));\n";
    fs::permissions(script, fs::perms::others_read, fs::perm_options::add);
    const double before = server.processor() + processor(RUSAGE_CHILDREN);
    EXPECT_EQ(server.run({"pgbench", "-n", "-M", "prepared", "-c", std::to_string(kClients), "-j",
                          std::to_string(kThreads), "-T", std::to_string(kSeconds), "-f", script, "-h",
                          server.folder().string(), "-U", "machi", "postgres"}),
              0);
    const double took = server.processor() + processor(RUSAGE_CHILDREN) - before;
    const std::string said = text_of(log);
    const auto number = [&](const char* words) {
      const auto at = said.rfind(words);
      return at == std::string::npos ? 0 : std::atof(said.c_str() + at + std::string(words).size());
    };
    return {number("tps = "), 1e6 * took / std::max(1.0, number("transactions actually processed: "))};
  }

  // Transactions that were committed so far, as the server counts them.
  static double commits(PostgresServer& server) {
    auto connection = PostgresConnection::open(server.url());
    const auto rows =
        (*connection)
            ->run(PgQuery{"select xact_commit from pg_stat_database where datname = 'postgres'", {}});
    return rows.ok() ? static_cast<double>(rows->integer(0, 0)) : 0;
  }

  fs::path folder;
};

TEST_F(HubPostgresBench, TakesMessagesNearlyAsFastAsSingleInsertsGoIn) {
  PostgresServer server(PostgresServer::Words{});  // durable, as it comes
  ASSERT_EQ(run_machi(folder, {"town", "new", (folder / "town").string(), "--name", "日和町"}).code, 0);
  const Member founder = new_member();
  std::vector<Box> boxes;
  std::vector<std::vector<Bytes>> envelopes(kClients);
  for (int b = 0; b < 20; ++b) boxes.push_back(new_box(founder, mail::Nature::Office));
  std::size_t turn = 0;
  for (auto& own : envelopes) {
    Member member;
    std::size_t box = 0;
    for (int i = 0; i < kEach; ++i) {
      if (i % 50 == 0) {  // no more of a key: rates are no part of this
        box = turn++ % boxes.size();
        member = new_member();
        add_key(boxes[box], member, mail::kPostOnly, founder.key);
      }
      own.push_back(envelope(boxes[box], member.key));
    }
  }
  HubProcess hub(folder, folder / "town", {"--quiet", "--database", server.url()});
  host::HttpClient founding;
  for (const Box& box : boxes)
    ASSERT_EQ(founding.post(hub.url() + "/v1/access", list(box.entries))->status, 200);

  const std::string url = hub.url();
  Posters posters(std::atoi(url.substr(url.rfind(':') + 1).c_str()), envelopes);
  const double commits_before = commits(server);
  const auto hub_took = [&] { return PostgresServer::processor_of(hub.process().pid()); };
  const double hub_before = hub_took(), server_before = server.processor(),
               own_before = processor(RUSAGE_SELF);
  const auto began = Clock::now();
  std::vector<double> waits = posters.run(kThreads);
  const double seconds = since(began);
  ASSERT_EQ(waits.size(), static_cast<std::size_t>(kClients * kEach)) << "not all were taken";
  const double taken_together =
      static_cast<double>(waits.size()) / std::max(1.0, commits(server) - commits_before);
  const double each = 1e6 / static_cast<double>(waits.size());
  const double hub_cost = each * (hub_took() - hub_before),
               server_cost = each * (server.processor() - server_before),
               own_cost = each * (processor(RUSAGE_SELF) - own_before);
  EXPECT_EQ(hub.process().stop(), 0);
  std::sort(waits.begin(), waits.end());
  const double p99 = waits[waits.size() * 99 / 100];
  const Singles single = singles(server);
  const double ours = static_cast<double>(waits.size()) / seconds, theirs = single.a_second;
  ASSERT_GT(theirs, 0);
  std::printf(
      "of the processor, microseconds a message: %.0f (hub %.0f, PostgreSQL %.0f, who asks %.0f); pgbench: "
      "%.0f, "
      "a ratio of %.2f\n",
      hub_cost + server_cost + own_cost, hub_cost, server_cost, own_cost, single.cost,
      single.cost / (hub_cost + server_cost + own_cost));
  std::printf(
      "hub on PostgreSQL: %.0f messages a second, %.1f in a commit, p99 %.1f ms; pgbench, single inserts: "
      "%.0f a "
      "second\n",
      ours, taken_together, 1000 * p99, theirs);
  verdict("messages a second on PostgreSQL, of pgbench's single inserts", ours / theirs, ">= 0.60",
          ours / theirs >= 0.6);
  verdict("p99 of a post on PostgreSQL, of 100 ms", p99 / 0.1, "<= 1", p99 <= 0.1);
}

}  // namespace
}  // namespace machi::hub
