// The hub's store on a disk that loses its power, refuses, and runs full, each at any single operation. The
// invariants:
//   1. A message whose receipt was given is there after every power cut, once, under the receipt's number,
//   unchanged.
//   2. The numbers of a mailbox have no gap, and the mailbox knows its newest one.
//   3. What was not acknowledged may be there or not, but whole; posted again it is acknowledged, under one
//   number.
//   4. The file holds against SQLite's own check, and the access log against its chain.
// A disk that lies about its syncs is noticed by the same checks: so they can fail.
// MACHIKADO_SEED repeats one seed, MACHIKADO_SEEDS=N runs N.
#include <cstdlib>
#include <random>

#include "tests/unit/hub/hub_bench.h"
#include "tests/unit/hub/message_store_contract.h"
#include "tests/unit/store/faulty_vfs.h"

namespace machi::hub {
namespace {

constexpr const char* kVfs = "faulty-hub";

struct Disk {
  explicit Disk(std::uint64_t seed) : slots(store::FaultyVfs::kSlots, seed), vfs(kVfs, slots) {}
  store::FaultySlots slots;
  store::FaultyVfs vfs;
};

store::OpenOptions on_disk() { return {"/hub.db", kVfs, true}; }

// A hub on such a disk, people who write to it, and what they were promised.
class Life : private Disk, public HubTest {
 public:
  explicit Life(std::uint64_t seed) : Disk(seed), HubTest(on_disk()), random(seed) {
    founder = new_member();
    box = founded(founder);
    for (int i = 0; i < 3; ++i) {
      writers.push_back(new_member());
      EXPECT_EQ(outcome(post_entries({add_key(box, writers.back(), mail::kPostOnly, founder.key)})), "200");
    }
  }
  void TestBody() override {}

  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  }
  Bytes new_envelope() { return envelope(box, writers[static_cast<std::size_t>(pick(0, 2))].key); }
  // One transaction with new envelopes and some that were sent before.
  void write() {
    std::vector<Bytes> sent;
    for (std::int64_t i = pick(1, 5); i > 0; --i)
      sent.push_back(!all.empty() && pick(0, 3) == 0
                         ? all[static_cast<std::size_t>(pick(0, static_cast<std::int64_t>(all.size()) - 1))]
                         : new_envelope());
    post(sent);
  }
  void post(const std::vector<Bytes>& sent) {
    now = now.plus_seconds(60);  // rates are no part of this
    std::vector<Prepared> batch;
    for (const Bytes& bytes : sent) batch.push_back(PostOffice::prepare({"POST", "/v1/post", bytes, "", ""}));
    all.insert(all.end(), sent.begin(), sent.end());
    const auto responses = office->commit(batch, now);
    for (std::size_t i = 0; i < sent.size(); ++i) {
      if (responses[i].status != 200) {
        EXPECT_EQ(responses[i].status, 503) << outcome(responses[i]);
        continue;
      }
      const mail::Hash hash = mail::envelope_hash(sent[i]);
      const std::uint64_t number = receipt_in(responses[i]).number;
      const auto [place, first] = promised.emplace(hash, number);
      EXPECT_EQ(place->second, number) << "another number for the same envelope";
    }
  }
  void cut_power_after(std::int64_t operations) { slots.crash_at = slots.operations + operations; }
  bool dark() const { return slots.crashed(); }
  // The power comes back, and may go again while the store recovers.
  void restart() {
    office.reset();
    store.reset();
    for (;;) {
      vfs.restart();
      if (pick(0, 2) == 0) cut_power_after(pick(0, 12));
      auto opened = SqliteMessageStore::open(on_disk());
      if (opened.ok()) {
        store = std::move(*opened);
        auto again = PostOffice::open(*store, feed, keys(), *entropy, now);
        if (again.ok() && !dark()) {
          office = std::move(*again);
          slots.crash_at = -1;
          return;
        }
        store.reset();
      }
      ASSERT_TRUE(dark()) << "the store cannot be opened any more";
    }
  }
  // How many promises are broken.
  int check() {
    int broken = 0;
    auto kept = store->messages(box.id, 0, 1000000, 1 << 30);
    if (!kept.ok()) return 1000;
    std::map<mail::Hash, std::uint64_t> numbers;
    std::uint64_t next = 1;
    for (const StoredMessage& message : *kept) {
      if (message.number != next++) ++broken;
      if (!mail::read_envelope(message.envelope).ok()) ++broken;
      if (!numbers.emplace(mail::envelope_hash(message.envelope), message.number).second) ++broken;
    }
    auto row = store->mailbox(box.id);
    if (!row.ok() || !*row || (*row)->newest != kept->size()) ++broken;
    for (const auto& [hash, number] : promised)
      if (!numbers.contains(hash) || numbers.at(hash) != number) ++broken;
    auto entries = store->access(box.id, 0);
    if (!entries.ok() || *entries != box.entries) ++broken;
    auto found = store->check();
    if (!found.ok() || !found->empty()) ++broken;
    return broken;
  }
  void room(std::int64_t bytes) { slots.capacity = slots.total() + bytes; }
  void refuse(std::int64_t operation) { slots.refuse_at = slots.operations + operation; }
  void lie() { vfs.lies = true; }

  std::mt19937_64 random;
  Member founder;
  Box box;
  std::vector<Member> writers;
  std::vector<Bytes> all;
  std::map<mail::Hash, std::uint64_t> promised;
};

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

void for_each_seed(std::uint64_t count, const std::function<void(std::uint64_t)>& run) {
  const bool one = std::getenv("MACHIKADO_SEED") != nullptr;
  const std::uint64_t first = number_from("MACHIKADO_SEED", 1);
  const std::uint64_t seeds = number_from("MACHIKADO_SEEDS", one ? 1 : count);
  for (std::uint64_t seed = first; seed < first + seeds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("MACHIKADO_SEED=" + std::to_string(seed));
    run(seed);
  }
}

INSTANTIATE_TEST_SUITE_P(SqliteOnAFaultyDisk, MessageStoreContract, testing::Values([] {
                           static std::unique_ptr<Disk> disk;
                           disk.reset();
                           disk = std::make_unique<Disk>(1);
                           return std::unique_ptr<MessageStore>(
                               std::move(*SqliteMessageStore::open(on_disk())));
                         }));

TEST(PowerLoss, TakesNoMessageThatWasAcknowledged) {
  for_each_seed(40, [](std::uint64_t seed) {
    Life life(seed);
    for (int cut = 0; cut < 5; ++cut) {
      life.cut_power_after(life.pick(0, 80));
      while (!life.dark()) life.write();
      life.restart();
      if (testing::Test::HasFatalFailure()) return;
      EXPECT_EQ(life.check(), 0) << "after cut " << cut;
    }
    life.post(std::vector<Bytes>(life.all));
    EXPECT_EQ(life.check(), 0);
    std::set<mail::Hash> sent;
    for (const Bytes& bytes : life.all) sent.insert(mail::envelope_hash(bytes));
    EXPECT_EQ(life.promised.size(), sent.size());
  });
}

// Long enough that the log of changes is folded into the database, with the power going at that moment too.
TEST(PowerLoss, TakesNothingWhileTheLogOfChangesIsFolded) {
  for_each_seed(4, [](std::uint64_t seed) {
    Life life(seed + 1000);
    for (int cut = 0; cut < 3; ++cut) {
      life.cut_power_after(life.pick(1000, 1800));
      while (!life.dark()) life.write();
      life.restart();
      if (testing::Test::HasFatalFailure()) return;
      EXPECT_EQ(life.check(), 0) << "after cut " << cut;
    }
  });
}

TEST(PowerLoss, IsNoticedOnADiskThatLiesAboutItsSyncs) {
  int broken = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Life life(seed);
    life.write();
    life.lie();
    life.cut_power_after(life.pick(40, 80));
    while (!life.dark()) life.write();
    life.restart();
    if (life.check() > 0) ++broken;
  }
  EXPECT_GT(broken, 5);
}

TEST(RefusedOperation, LosesNothingWhicheverItIs) {
  for (std::int64_t operation = 0; operation < 24; ++operation) {
    SCOPED_TRACE(operation);
    Life life(static_cast<std::uint64_t>(operation) + 1);
    life.write();
    life.refuse(operation);
    for (int i = 0; i < 6; ++i) life.write();
    EXPECT_EQ(life.check(), 0);
    life.post(std::vector<Bytes>(life.all));  // the disk is well again
    EXPECT_EQ(life.check(), 0);
    for (const Bytes& bytes : life.all) EXPECT_TRUE(life.promised.contains(mail::envelope_hash(bytes)));
  }
}

TEST(FullDisk, TakesNoMoreMailKeepsWhatItHasAndGoesOnWhenThereIsRoom) {
  for (std::int64_t bytes = 0; bytes <= 60000; bytes += 7000) {
    SCOPED_TRACE(bytes);
    Life life(static_cast<std::uint64_t>(bytes) + 1);
    life.write();
    life.room(bytes);
    for (int i = 0; i < 12; ++i) life.write();
    EXPECT_LT(life.promised.size(), life.all.size());
    EXPECT_EQ(life.check(), 0);
    life.room(10000000);
    life.post(std::vector<Bytes>(life.all));
    EXPECT_EQ(life.check(), 0);
    for (const Bytes& sent : life.all) EXPECT_TRUE(life.promised.contains(mail::envelope_hash(sent)));
  }
}

}  // namespace
}  // namespace machi::hub
