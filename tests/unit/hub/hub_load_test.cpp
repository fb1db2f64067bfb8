// How much a hub takes: accepted messages a second and processor time for each, beside a request that does
// nothing, all over HTTP from the same clients in the same run. Prints figures; holds only that nothing was
// lost.
#include <sys/resource.h>

#include <atomic>

#include "platform/host/http_client.h"
#include "tests/unit/hub/hub_bench.h"
#include "tests/unit/hub/hub_process.h"

namespace machi::hub {
namespace {

namespace fs = std::filesystem;

// Seconds of processor time that a process used so far.
double processor_time(pid_t pid) {
  const std::string text = text_of("/proc/" + std::to_string(pid) + "/stat");
  std::istringstream in(text.substr(text.rfind(')') + 2));
  std::string word;
  double ticks = 0;
  for (int field = 3; field <= 15 && in >> word; ++field)
    if (field >= 14) ticks += std::stod(word);
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

struct Figures {
  int accepted = 0;
  double seconds = 0;
  double processor = 0;
};

class HubLoad : public HubTest {};

TEST_F(HubLoad, IsMeasured) {
  constexpr int kClients = 16, kEach = 250, kMembers = 5;
  const fs::path folder = fs::temp_directory_path() / ("machi-load-test-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  ASSERT_EQ(run_machi(folder, {"town", "new", (folder / "town").string(), "--name", "日和町"}).code, 0);
  const Member founder = new_member();
  Box box = new_box(founder, mail::Nature::Office);
  std::vector<std::vector<Bytes>> envelopes(kClients);
  for (auto& own : envelopes)
    for (int m = 0; m < kMembers; ++m) {
      const Member member = new_member();
      add_key(box, member, mail::kPostOnly, founder.key);
      for (int i = 0; i < kEach / kMembers; ++i) own.push_back(envelope(box, member.key));
    }
  HubProcess hub(folder, folder / "town");
  host::HttpClient client;
  ASSERT_EQ(client.post(hub.url() + "/v1/access", list(box.entries))->status, 200);

  const auto measure = [&](const std::function<int(host::HttpClient&, const Bytes&)>& request) {
    Figures figures;
    std::atomic<int> accepted{0};
    const double before = processor_time(hub.process().pid());
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (const auto& own : envelopes)
      threads.emplace_back([&] {
        host::HttpClient mine;
        for (const Bytes& bytes : own) accepted += request(mine, bytes) == 200 ? 1 : 0;
      });
    for (std::thread& thread : threads) thread.join();
    figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    figures.processor = processor_time(hub.process().pid()) - before;
    figures.accepted = accepted;
    return figures;
  };
  const auto status = [](const base::Result<host::HttpAnswer>& answer) {
    return answer.ok() ? answer->status : 0;
  };
  const Figures nothing =
      measure([&](host::HttpClient& c, const Bytes&) { return status(c.get(hub.url() + "/health")); });
  const Figures posts = measure(
      [&](host::HttpClient& c, const Bytes& bytes) { return status(c.post(hub.url() + "/v1/post", bytes)); });
  const Figures again = measure(
      [&](host::HttpClient& c, const Bytes& bytes) { return status(c.post(hub.url() + "/v1/post", bytes)); });
  EXPECT_EQ(posts.accepted, kClients * kEach);
  EXPECT_EQ(again.accepted, kClients * kEach);
  const auto say = [&](const char* name, const Figures& f) {
    std::printf("%-22s %6.0f a second, %5.0f us of processor each, %.2f x health\n", name,
                f.accepted / f.seconds, 1e6 * f.processor / f.accepted,
                (f.processor / f.accepted) / (nothing.processor / nothing.accepted));
  };
  say("health", nothing);
  say("accepted messages", posts);
  say("the same again", again);
  EXPECT_EQ(hub.process().stop(), 0);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace machi::hub
