// The hub beside a peer, in one run on one machine: processor time for an accepted message at 32 connections
// (Fastify and PostgreSQL do the same insert), commits a second of the one writer beside the disk's own rate
// at that moment, and the memory of a hub with 100,000 messages and 1,000 open streams. Prints ratios beside
// their bounds; fails past them. By `./dev bench hub`, in a release build. MACHIKADO_PEER is the script that
// starts the peer.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <atomic>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

#include "platform/host/http_client.h"
#include "tests/unit/hub/hub_bench.h"
#include "tests/unit/hub/hub_process.h"

namespace machi::hub {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }

// Processor seconds of a process and all below it, those that ended included.
double processor_time(pid_t root) {
  struct Row {
    pid_t parent;
    double ticks;
  };
  std::map<pid_t, Row> rows;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    if (pid == 0) continue;
    const std::string text = text_of(entry.path() / "stat");
    if (text.empty()) continue;
    std::istringstream in(text.substr(text.rfind(')') + 2));
    std::string word;
    Row row{0, 0};
    for (int field = 3; field <= 17 && in >> word; ++field) {
      if (field == 4) row.parent = std::atoi(word.c_str());
      if (field >= 14) row.ticks += std::stod(word);
    }
    rows[pid] = row;
  }
  double sum = 0;
  for (const auto& [pid, row] : rows) {
    pid_t at = pid;
    while (at != root && rows.contains(at)) at = rows.at(at).parent;
    if (at == root) sum += row.ticks;
  }
  return sum / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double memory_mb(pid_t pid, const std::string& field) {
  std::istringstream in(text_of("/proc/" + std::to_string(pid) + "/status"));
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(field + ":")) return std::stod(line.substr(field.size() + 1)) / 1024;
  return 0;
}

void verdict(const char* what, double ratio, const char* bound, bool held) {
  std::printf("%-60s %6.2f   (%s: %s)\n", what, ratio, bound, held ? "held" : "NOT HELD");
  EXPECT_TRUE(held) << what;
}

class HubBench : public HubTest {
 protected:
  HubBench() {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    // Beside the build: /tmp may be memory, and memory is no disk.
    folder = fs::current_path() / ("hub-bench-" + std::to_string(::getpid()));
    fs::create_directories(folder);
  }
  ~HubBench() override {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  // Mailboxes with members, and envelopes of theirs in turn; at most 50 of a key.
  struct Mail {
    std::vector<Box> boxes;
    std::vector<std::vector<Bytes>> envelopes;  // by connection
  };
  Mail mail_for(int connections, int each, int mailboxes) {
    Mail out;
    founder = new_member();
    for (int b = 0; b < mailboxes; ++b) out.boxes.push_back(new_box(founder, mail::Nature::Office));
    std::size_t turn = 0;
    out.envelopes.resize(static_cast<std::size_t>(connections));
    for (auto& own : out.envelopes) {
      Member member;
      std::size_t box = 0;
      for (int i = 0; i < each; ++i) {
        if (i % 50 == 0) {
          box = turn++ % out.boxes.size();
          member = new_member();
          add_key(out.boxes[box], member, mail::kPostOnly, founder.key);
        }
        own.push_back(envelope(out.boxes[box], member.key));
      }
    }
    return out;
  }
  // Each connection posts its envelopes one after another. Seconds; every one must be taken.
  static double post_all(const std::string& url, const std::vector<std::vector<Bytes>>& envelopes) {
    std::atomic<int> taken{0};
    std::size_t all = 0;
    const auto began = Clock::now();
    std::vector<std::thread> threads;
    for (const auto& own : envelopes) {
      all += own.size();
      threads.emplace_back([&] {
        host::HttpClient client;
        for (const Bytes& bytes : own) {
          auto answer = client.post(url + "/v1/post", bytes, {{"Content-Type", "application/cbor"}});
          taken += answer.ok() && answer->status == 200 ? 1 : 0;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(static_cast<std::size_t>(taken), all) << url;
    return since(began);
  }

  fs::path folder;
  Member founder;
};

TEST_F(HubBench, CostsAQuarterOfTheProcessorOfACommonService) {
  const char* peer_script = std::getenv("MACHIKADO_PEER");
  ASSERT_NE(peer_script, nullptr);
  constexpr int kConnections = 32, kEach = 400, kMailboxes = 20, kWarm = 50;
  const Mail mail = mail_for(kConnections, kEach, kMailboxes);
  std::vector<std::vector<Bytes>> warm, measured;
  for (const auto& own : mail.envelopes) {
    warm.emplace_back(own.begin(), own.begin() + kWarm);
    measured.emplace_back(own.begin() + kWarm, own.end());
  }
  const double count = kConnections * (kEach - kWarm);

  struct Figures {
    double processor, seconds;
  };
  const auto measure = [&](pid_t pid, const std::string& url) {
    post_all(url, warm);
    const double before = processor_time(pid);
    const double seconds = post_all(url, measured);
    return Figures{processor_time(pid) - before, seconds};
  };
  host::HttpClient client;
  Figures ours{}, theirs{};
  {
    ASSERT_EQ(run_machi(folder, {"town", "new", (folder / "town").string(), "--name", "日和町"}).code, 0);
    HubProcess hub(folder, folder / "town");
    for (const Box& box : mail.boxes)
      ASSERT_EQ(client.post(hub.url() + "/v1/access", list(box.entries))->status, 200);
    ours = measure(hub.process().pid(), hub.url());
    EXPECT_EQ(hub.process().stop(), 0);
  }
  {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::execl(peer_script, peer_script, folder.c_str(), static_cast<char*>(nullptr));
      ::_exit(127);
    }
    const fs::path port = folder / "port";
    fs::remove(port);
    for (int i = 0; i < 600 && text_of(port).empty(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const std::string url = "http://127.0.0.1:" + text_of(port);
    for (const Box& box : mail.boxes) {
      auto made = client.post(url + "/mailbox", box.id.view(), {{"Content-Type", "application/cbor"}});
      EXPECT_TRUE(made.ok() && made->status == 200) << text_of(folder / "service.log");
    }
    theirs = measure(pid, url);
    ::kill(pid, SIGTERM);
    int status = 0;
    ::waitpid(pid, &status, 0);
  }
  std::printf("hub: %.0f us of processor a message, %.0f messages a second\n", 1e6 * ours.processor / count,
              count / ours.seconds);
  std::printf("Fastify and PostgreSQL: %.0f us of processor a message, %.0f messages a second\n",
              1e6 * theirs.processor / count, count / theirs.seconds);
  const double ratio = ours.processor / theirs.processor;
  verdict("processor for an accepted message, of the peer's", ratio, "<= 0.25", ratio <= 0.25);
}

// One message a transaction, on the writer's own thread; between, the disk alone: the same bytes appended and
// synced.
TEST_F(HubBench, CommitsNearlyAsOftenAsTheDiskCanSync) {
  constexpr int kRounds = 12, kEach = 200;
  const Mail mail = mail_for(kRounds, kEach, 10);
  auto disk_store = SqliteMessageStore::open({(folder / "hub.db").string(), "", true});
  ASSERT_TRUE(disk_store.ok());
  auto post_office = PostOffice::open(**disk_store, feed, keys(), *entropy, now);
  ASSERT_TRUE(post_office.ok());
  for (const Box& box : mail.boxes)
    ASSERT_EQ((*post_office)->handle({"POST", "/v1/access", list(box.entries), "", ""}, now).status, 200);
  const int file = ::open((folder / "raw").c_str(), O_CREAT | O_WRONLY, 0600);
  const Bytes page(4096, 0x5a);
  double committing = 0, syncing = 0;
  for (const auto& own : mail.envelopes) {
    std::vector<Prepared> prepared;
    for (const Bytes& bytes : own)
      prepared.push_back(PostOffice::prepare({"POST", "/v1/post", bytes, "", ""}));
    auto began = Clock::now();
    for (const Prepared& one : prepared)
      ASSERT_EQ((*post_office)->commit(std::span(&one, 1), now)[0].status, 200);
    committing += since(began);
    began = Clock::now();
    for (int i = 0; i < kEach; ++i) {
      ASSERT_EQ(::write(file, page.data(), page.size()), static_cast<ssize_t>(page.size()));
      ASSERT_EQ(::fdatasync(file), 0);
    }
    syncing += since(began);
  }
  ::close(file);
  constexpr double kAll = kRounds * kEach;
  std::printf("commits: %.0f a second; write and fdatasync alone: %.0f a second\n", kAll / committing,
              kAll / syncing);
  const double ratio = syncing / committing;
  verdict("commits a second of one writer, of the disk's syncs", ratio, ">= 0.70", ratio >= 0.7);
  post_office->reset();
  disk_store->reset();
}

// A reader's open connection: the stream's own bytes, as they come.
class RawStream {
 public:
  RawStream(int port, const std::string& ticket, std::uint64_t after)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string asked = "GET /v1/stream?after=" + std::to_string(after) +
                              " HTTP/1.1\r\nHost: hub\r\nMachi-Ticket: " + ticket + "\r\n\r\n";
    ok_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 &&
          ::send(socket_, asked.data(), asked.size(), 0) == static_cast<ssize_t>(asked.size());
    timeval patience{30, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~RawStream() { ::close(socket_); }
  RawStream(const RawStream&) = delete;
  // Waits until so many bytes came since the last call.
  bool hears(std::size_t bytes) {
    char buffer[65536];
    std::size_t sum = 0;
    while (ok_ && sum < bytes) {
      const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
      if (got <= 0) return false;
      sum += static_cast<std::size_t>(got);
    }
    return ok_;
  }

 private:
  int socket_;
  bool ok_ = false;
};

TEST_F(HubBench, HoldsAHundredThousandMessagesAndAThousandStreamsInSixtyFourMegabytes) {
  constexpr int kMailboxes = 100, kEach = 1000, kStreams = 1000;
  ASSERT_EQ(run_machi(folder, {"town", "new", (folder / "town").string(), "--name", "日和町"}).code, 0);
  founder = new_member();
  std::vector<Box> boxes;
  {
    // Put there by the hub's own store; what counts is what a hub holds that starts upon it.
    fs::create_directories(folder / "town" / "hub");
    auto full = SqliteMessageStore::open({(folder / "town" / "hub" / "hub.db").string(), "", true});
    ASSERT_TRUE(full.ok());
    auto post_office = PostOffice::open(**full, feed, keys(), *entropy, now);
    ASSERT_TRUE(post_office.ok());
    for (int b = 0; b < kMailboxes; ++b) {
      boxes.push_back(new_box(founder, mail::Nature::Office));
      ASSERT_EQ(
          (*post_office)->handle({"POST", "/v1/access", list(boxes.back().entries), "", ""}, now).status,
          200);
      const Bytes bytes = envelope(boxes.back(), founder.key);
      ASSERT_TRUE((*full)->begin().ok());
      for (int i = 0; i < kEach; ++i) {
        mail::Hash hash{};
        entropy->fill(hash);
        ASSERT_TRUE((*full)
                        ->append_message(boxes.back().id, founder.key.open, entropy->id<base::MessageTag>(),
                                         hash, now, bytes)
                        .ok());
      }
      ASSERT_TRUE((*full)->commit().ok());
    }
  }
  HubProcess hub(folder, folder / "town", {"--quiet"});
  const std::string url = hub.url();
  const int port = std::atoi(url.substr(url.rfind(':') + 1).c_str());
  host::HttpClient client;
  const auto incarnation = code::decode(client.get(url + "/v1/hub")->body)->fixed_at<16>(1);
  ASSERT_TRUE(incarnation.ok());
  std::vector<std::string> tickets;
  for (const Box& box : boxes) {
    auto challenge =
        client.post(url + "/v1/challenge",
                    code::encode(code::Cbor::map({{1, box.id.view()}, {2, founder.key.open.bytes}})));
    auto token = code::decode(challenge->body)->fixed_at<32>(1);
    ASSERT_TRUE(token.ok());
    auto answer =
        client.post(url + "/v1/ticket",
                    mail::make_ticket_request(
                        {*token, box.id, founder.key.open, base::IncarnationId{*incarnation}}, founder.key));
    ASSERT_EQ(answer->status, 200);
    tickets.push_back(base::to_hex(*code::decode(answer->body)->fixed_at<32>(1)));
  }
  std::vector<std::unique_ptr<RawStream>> streams;
  for (int s = 0; s < kStreams; ++s)
    streams.push_back(
        std::make_unique<RawStream>(port, tickets[static_cast<std::size_t>(s % kMailboxes)], kEach));
  for (auto& stream : streams) ASSERT_TRUE(stream->hears(1)) << "a stream did not open";
  // News for all of them, and reads of a page from every mailbox.
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    ASSERT_EQ(client.post(url + "/v1/post", envelope(boxes[b], founder.key))->status, 200);
    ASSERT_EQ(client.get(url + "/v1/messages?after=0&limit=200", {{"Machi-Ticket", tickets[b]}})->status,
              200);
  }
  for (auto& stream : streams) ASSERT_TRUE(stream->hears(300)) << "a stream heard nothing of the news";
  const double present = memory_mb(hub.process().pid(), "VmRSS"),
               most = memory_mb(hub.process().pid(), "VmHWM");
  std::printf("memory with %d messages and %d streams: %.1f MB, at most %.1f MB\n", kMailboxes * (kEach + 1),
              kStreams, present, most);
  verdict("memory at most, of 64 MB", most / 64, "<= 1", most <= 64);
  streams.clear();
  EXPECT_EQ(hub.process().stop(), 0);
}

}  // namespace
}  // namespace machi::hub
