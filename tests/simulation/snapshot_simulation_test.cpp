// Snapshots and attachments in bad weather. The invariants:
//   1. A desk that begins with a snapshot knows in the end exactly what a desk knows that read everything.
//   2. Mail that the hub deleted is missed by nobody: neither a new desk, nor one that slept meanwhile, nor
//   any of them after a restore.
//   3. An attachment arrives with its message, byte for byte, or the message does not arrive.
// MACHIKADO_SEED repeats a seed, MACHIKADO_SEEDS=N runs N of them.
#include "tests/simulation/morning.h"

namespace machi::simulation {
namespace {

constexpr std::int64_t kDay = 86400 * 1000;

void reports(Morning& morning, int count) {
  World& world = morning.world;
  for (int i = 0; i < count; ++i) {
    morning.report(morning.families[static_cast<std::size_t>(
        world.pick(0, static_cast<std::int64_t>(morning.families.size()) - 1))]);
    if (world.chance() < 0.1) world.crash_hub();
    if (world.chance() < 0.1) morning.desks[0]->crash();
    world.run_for(world.pick(10, 3000));
  }
}

bool settled(Morning& morning) {
  morning.world.weather = {};
  return morning.world.run_until([&] { return morning.all_told() && morning.all_folded(); }, 3600 * 1000);
}

void year_of_a_school(std::uint64_t seed) {
  Morning morning(seed);
  World& world = morning.world;
  morning.pair_desk(morning.hall, "desk1");
  morning.pair_desk(*morning.desks[0], "sleeper");
  world.weather = storm();
  for (int n = 1; n <= 3; ++n) morning.enrol_family(n);
  reports(morning, 12);
  ASSERT_TRUE(settled(morning));
  // The sleeper leaves its tablet in a drawer; a snapshot is posted at the end of each of the days.
  Device& sleeper = *morning.desks[1];
  sleeper.client().online(false, world.now());
  for (int day = 0; day < 4; ++day) {
    world.sleep(kDay);
    world.weather = storm();
    reports(morning, 5);
    world.weather = {};
    ASSERT_TRUE(world.run_until([&] { return morning.all_told(); }, 3600 * 1000));
    world.run_for(60000);
    ASSERT_TRUE(morning.post_snapshot(*morning.desks[0]).ok());
    world.run_for(60000);
  }
  world.sleep(95 * kDay);
  EXPECT_GT(world.forget_covered_mail(), 0u);
  const bool restored = world.chance() < 0.5;
  if (restored) {
    world.take_backup();
    reports(morning, 4);
    world.run_for(5000);
    world.restore_backup();
    world.run_for(60000);
  }
  // One that was there all the time goes on where it was; a new one and the sleeper begin with the snapshot.
  morning.pair_desk(*morning.desks[0], "new");
  sleeper.client().online(true, world.now());
  world.pump(sleeper);
  reports(morning, 6);
  EXPECT_TRUE(settled(morning)) << "an hour of fair weather was not enough";
  morning.check_exactly_once();
  EXPECT_EQ(morning.begun["desk1"], 0);
  EXPECT_EQ(morning.begun["new"], 1);
  EXPECT_EQ(morning.begun["sleeper"], 1);
  if (testing::Test::HasFailure()) morning.explain();
}

TEST(SnapshotSimulation, WhoBeginsWithASnapshotKnowsWhatTheOthersKnow) {
  for_seeds(2001, 4, [](std::uint64_t seed) { year_of_a_school(seed); });
}

TEST(Snapshot, OfManyMegabytesArrivesInChunks) {
  Morning morning(5);
  World& world = morning.world;
  morning.pair_desk(morning.hall, "desk1");
  Bytes large(5u << 20);
  for (std::uint8_t& byte : large) byte = static_cast<std::uint8_t>(world.pick(0, 255));  // does not compress
  Device& desk = *morning.desks[0];
  ASSERT_TRUE(desk.client()
                  .post_snapshot(morning.school, large, desk.client().folded(morning.school), world.now())
                  .ok());
  world.pump(desk);
  world.run_for(60000);
  Device& second = world.device("second");
  Bytes begun;
  second.on_snapshot = [&](ByteView bytes, std::uint64_t) {
    begun = base::copy(bytes);
    return base::Status{};
  };
  auto invitation = desk.client().invite(morning.school, world.now().plus_seconds(3600), world.now());
  ASSERT_TRUE(second.client().join(morning.school, std::move(*invitation), world.now()).ok());
  world.pump(desk);
  world.pump(second);
  ASSERT_TRUE(world.run_until([&] { return !begun.empty(); }, 600000));
  EXPECT_TRUE(begun == large);
  Bytes too_large((17u << 20));
  for (std::uint8_t& byte : too_large) byte = static_cast<std::uint8_t>(world.pick(0, 255));
  EXPECT_EQ(desk.client().post_snapshot(morning.school, too_large, 0, world.now()).code(),
            base::Code::TooLarge);
  EXPECT_EQ(desk.client().post_snapshot(morning.school, {}, 99, world.now()).code(), base::Code::Conflict);
}

void photo_of_a_note(std::uint64_t seed) {
  Morning morning(seed);
  World& world = morning.world;
  morning.pair_desk(morning.hall, "desk1");
  Device& desk = *morning.desks[0];
  std::vector<mail::Attachment> named;
  const auto fold = desk.on_message;
  desk.on_message = [&](const mail::Received& received) {
    named.insert(named.end(), received.attachments.begin(), received.attachments.end());
    return fold(received);
  };
  std::map<mail::Hash, Bytes> seen;
  desk.on_blob = [&](const mail::Hash& hash, base::Result<Bytes> bytes) {
    if (!bytes.ok()) {
      // A restored hub has it again when the phone has heard of the restore.
      EXPECT_EQ(bytes.code(), base::Code::NotFound);
      for (const mail::Attachment& one : named)
        if (one.blob == hash)
          world.at(world.now().plus_seconds(60), [&desk, &morning, one] {
            desk.client().fetch(morning.school, one, morning.world.now());
            morning.world.pump(desk);
          });
      return;
    }
    seen[hash] = std::move(*bytes);
  };
  morning.enrol_family(1);
  Family& family = morning.families[0];
  world.weather = storm();
  world.take_backup();
  std::vector<Bytes> pictures;
  for (int i = 0; i < 2; ++i) {
    pictures.emplace_back(static_cast<std::size_t>(world.pick(1, 400000)));
    for (std::uint8_t& byte : pictures.back()) byte = static_cast<std::uint8_t>(world.pick(0, 255));
  }
  auto id = family.phone->client().send(*family.phone->client().recipient(morning.school), "test.report",
                                        Cbor::map({{1, 1}}), world.now(),
                                        {{"image/jpeg", pictures[0]}, {"image/png", pictures[1]}});
  ASSERT_TRUE(id.ok());
  family.written.push_back(*id);
  world.pump(*family.phone);
  if (world.chance() < 0.5) {
    world.run_for(world.pick(0, 20000));
    family.phone->crash();
  }
  if (world.chance() < 0.5) {
    world.run_for(world.pick(0, 120000));
    world.restore_backup();
  }
  ASSERT_TRUE(settled(morning));
  ASSERT_EQ(named.size(), 2u);
  for (const mail::Attachment& one : named) desk.client().fetch(morning.school, one, world.now());
  world.weather = storm();
  world.pump(desk);
  EXPECT_TRUE(world.run_until([&] { return seen.size() == 2; }, 3600 * 1000));
  EXPECT_TRUE(seen[named[0].blob] == pictures[0]);
  EXPECT_TRUE(seen[named[1].blob] == pictures[1]);
  if (testing::Test::HasFailure()) morning.explain();
}

TEST(AttachmentSimulation, APhotoArrivesWithItsMessageAndByteForByte) {
  for_seeds(3001, 10, [](std::uint64_t seed) { photo_of_a_note(seed); });
}

TEST(Attachment, OfAnotherKindOrTooLargeIsRefusedBeforeItIsWritten) {
  Morning morning(7);
  morning.enrol_family(1);
  auto& phone = morning.families[0].phone->client();
  const auto to = *phone.recipient(morning.school);
  const auto send = [&](std::string type, std::size_t size) {
    return phone.send(to, "test.report", Cbor::map({}), morning.world.now(),
                      {{std::move(type), Bytes(size, 1)}});
  };
  EXPECT_EQ(send("application/pdf", 10).code(), base::Code::Unsupported);
  EXPECT_EQ(send("image/svg+xml", 10).code(), base::Code::Unsupported);
  EXPECT_EQ(send("image/jpeg", mail::kEnclosureLimit + 1).code(), base::Code::TooLarge);
  EXPECT_EQ(send("image/jpeg", 0).code(), base::Code::BadInput);
  EXPECT_TRUE(send("image/jpeg", 10).ok());
}

}  // namespace
}  // namespace machi::simulation
