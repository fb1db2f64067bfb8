// The program `machi hub serve` while many write to it: killed at any moment, backed up meanwhile. The
// invariants:
//   1. An envelope whose receipt was given is there after every restart, once, under the number of the
//   receipt.
//   2. The numbers of a mailbox have no gap, and what a reader once saw under a number never changes.
//   3. A backup holds at least what was acknowledged before it began, and the hub takes mail all the while.
// MACHIKADO_SEED repeats the moments of the kills.
#include <cstdlib>
#include <random>

#include "tests/unit/hub/machi_program.h"

namespace machi::hub {
namespace {

using namespace std::chrono_literals;

// Writers that post their envelopes one after another and do not give up: what was not answered is sent
// again.
class Writers {
 public:
  Writers(const std::string& url, const crypto::SignPublic& receipt_key,
          std::vector<std::vector<Bytes>> envelopes)
      : url_(url), key_(receipt_key), envelopes_(std::move(envelopes)) {
    for (const auto& own : envelopes_) threads_.emplace_back([this, &own] { write(own); });
  }
  ~Writers() { join(); }
  void join() {
    for (std::thread& thread : threads_)
      if (thread.joinable()) thread.join();
  }
  int given() const { return given_; }
  // No new envelope is begun past this number: so that there is still something to do at the last kill.
  std::atomic<int> limit{1 << 30};
  // Waits until so many have their receipt; false when that takes too long.
  bool reach(int count) const {
    for (int i = 0; i < 30000; ++i) {
      if (given_ >= count) return true;
      std::this_thread::sleep_for(1ms);
    }
    return false;
  }
  std::map<mail::Hash, std::uint64_t> receipts() const {
    const std::lock_guard lock(mutex_);
    return receipts_;
  }

 private:
  void write(const std::vector<Bytes>& own) {
    host::HttpClient client;
    client.timeout_ms = 10000;
    for (const Bytes& bytes : own) {
      while (given_ >= limit) std::this_thread::sleep_for(1ms);
      for (int tries = 0;; ++tries) {
        auto answer = client.post(url_ + "/v1/post", bytes);
        if (answer.ok() && answer->status == 200) {
          auto receipt = mail::read_receipt(answer->body, key_);
          ASSERT_TRUE(receipt.ok());
          ++given_;
          const std::lock_guard lock(mutex_);
          ASSERT_TRUE(receipts_.emplace(mail::envelope_hash(bytes), receipt->number).second);
          break;
        }
        // No hub, or one that shuts down; never a refusal of the mail itself.
        ASSERT_TRUE(!answer.ok() || answer->status >= 429) << answer->status;
        ASSERT_LT(tries, 5000) << "the hub did not come back";
        std::this_thread::sleep_for(5ms);
      }
    }
  }

  std::string url_;
  crypto::SignPublic key_;
  std::vector<std::vector<Bytes>> envelopes_;
  mutable std::mutex mutex_;
  std::map<mail::Hash, std::uint64_t> receipts_;  // guarded by mutex_
  std::atomic<int> given_{0};
  std::vector<std::thread> threads_;
};

class HubUnderLoad : public MachiProgram {
 protected:
  // Each writer has keys of its own, no more than 50 envelopes a key: rates are no part of this.
  std::vector<std::vector<Bytes>> work_for(Box& box, int writers, int each) {
    std::vector<std::vector<Bytes>> out(static_cast<std::size_t>(writers));
    for (auto& own : out)
      for (int i = 0; i < each; ++i) {
        if (i % 50 == 0) {
          writer = new_member();
          add_key(box, writer, mail::kPostOnly, founder.key);
        }
        own.push_back(envelope(box, writer.key));
      }
    return out;
  }
  // The port stays the same over all lives of the hub, as behind a proxy.
  std::unique_ptr<HubProcess> start(const std::string& port) {
    auto hub = std::make_unique<HubProcess>(folder, town_folder(), std::vector<std::string>{"--quiet"}, port);
    EXPECT_GT(hub->url().size(), std::string("http://127.0.0.1:").size());
    return hub;
  }
  void check(const std::map<std::uint64_t, mail::Hash>& kept,
             const std::map<mail::Hash, std::uint64_t>& receipts) {
    std::map<mail::Hash, int> times;
    for (const auto& [number, hash] : kept) times[hash] += 1;
    for (const auto& [hash, count] : times) EXPECT_EQ(count, 1) << "an envelope lies there twice";
    for (const auto& [hash, number] : receipts) {
      ASSERT_TRUE(kept.contains(number)) << "an acknowledged envelope is gone: number " << number;
      EXPECT_EQ(kept.at(number), hash) << "another envelope has the number " << number;
    }
    if (kept.empty()) return;
    EXPECT_EQ(kept.begin()->first, 1u);
    EXPECT_EQ(kept.rbegin()->first, kept.size()) << "the numbers have a gap";
  }

  Member founder = new_member();
  Member writer;
};

TEST_F(HubUnderLoad, KeepsWhatItAcknowledgedOnceAndGaplessHoweverOftenItIsKilled) {
  const char* given = std::getenv("MACHIKADO_SEED");
  const std::uint64_t seed = given == nullptr ? std::random_device{}() : std::strtoull(given, nullptr, 10);
  SCOPED_TRACE("MACHIKADO_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  constexpr int kWriters = 6, kEach = 150, kKills = 6, kAtOnce = 120;
  Box box = new_box(founder, mail::Nature::Office);
  auto work = work_for(box, kWriters, kEach);
  auto hub = start("0");
  const std::string url = hub->url(), port = url.substr(url.rfind(':') + 1);
  ASSERT_EQ(send(url, "/v1/access", list(box.entries)).status, 200);
  const auto keys = receipt_keys(url);
  ASSERT_EQ(keys.size(), 1u);

  Writers writers(url, keys[0], std::move(work));
  std::map<std::uint64_t, mail::Hash> seen;
  for (int kill = 1; kill <= kKills; ++kill) {
    const int from = kill * (kWriters * kEach - kAtOnce) / (kKills + 1);
    writers.limit = from + kAtOnce;
    ASSERT_TRUE(writers.reach(from));
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 20000));
    if (kill % 2 == 0)  // what a reader is shown must outlive the kill as well
      for (const auto& [number, hash] : read_all(url, box, founder.key)) {
        const auto [place, first] = seen.emplace(number, hash);
        EXPECT_EQ(place->second, hash);
      }
    hub->process().kill();
    EXPECT_LT(writers.given(), kWriters * kEach) << "it died when all was over";
    hub = start(port);
  }
  writers.limit = 1 << 30;
  writers.join();
  const auto receipts = writers.receipts();
  EXPECT_EQ(receipts.size(), static_cast<std::size_t>(kWriters * kEach));
  const auto kept = read_all(url, box, founder.key);
  check(kept, receipts);
  EXPECT_EQ(kept.size(), receipts.size());
  for (const auto& [number, hash] : seen) EXPECT_EQ(kept.at(number), hash);
  EXPECT_EQ(hub->process().stop(), 0);
}

TEST_F(HubUnderLoad, IsBackedUpWhileItTakesMail) {
  constexpr int kWriters = 4, kEach = 300;
  Box box = new_box(founder, mail::Nature::Office);
  auto work = work_for(box, kWriters, kEach);
  auto hub = start("0");
  const std::string url = hub->url();
  ASSERT_EQ(send(url, "/v1/access", list(box.entries)).status, 200);
  const auto keys = receipt_keys(url);
  const std::string backup = (folder / "backup").string();
  Writers writers(url, keys[0], std::move(work));
  ASSERT_TRUE(writers.reach(200));
  const auto before = writers.receipts();
  const Ran saved = run_machi(folder, {"hub", "backup", "--data", data(), backup});
  ASSERT_EQ(saved.code, 0) << saved.err;
  EXPECT_TRUE(nlohmann::json::parse(saved.out)["running"].get<bool>());
  const auto after = writers.receipts();
  EXPECT_GT(after.size(), before.size()) << "the hub stood still";
  EXPECT_LT(after.size(), static_cast<std::size_t>(kWriters * kEach)) << "nothing was going on any more";
  writers.join();
  const auto all = writers.receipts();
  EXPECT_EQ(hub->process().stop(), 0);

  ASSERT_EQ(run_machi(folder, {"hub", "restore", "--data", data(), backup}).code, 0);
  hub = start("0");
  const mail::AccessHead head{box.id, box.log.next_number() - 1, box.log.head(), incarnation(hub->url()),
                              founder.key.open};
  ASSERT_EQ(send(hub->url(), "/v1/access-head", mail::make_access_head(head, founder.key)).status, 200);
  const auto kept = read_all(hub->url(), box, founder.key);
  check(kept, before);
  EXPECT_GE(kept.size(), before.size());
  for (const auto& [number, hash] : kept) {  // and nothing that was not sent
    ASSERT_TRUE(all.contains(hash));
    EXPECT_EQ(all.at(hash), number);
  }
  EXPECT_EQ(hub->process().stop(), 0);
}

}  // namespace
}  // namespace machi::hub
