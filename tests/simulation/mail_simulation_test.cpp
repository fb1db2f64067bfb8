// Families, a school with two tablets, and a bad morning. The invariants:
//   1. A report that the hub acknowledged is folded by every desk exactly once.
//   2. In the end, when the weather is fair again, every report that was ever written is folded exactly once,
//   and every
//      phone knows that a desk has it.
//   3. Nothing that a phone did not write is folded.
// The seed is printed; MACHIKADO_SEED repeats one, MACHIKADO_SEEDS=N runs N of them.
#include <algorithm>

#include "tests/simulation/morning.h"

namespace machi::simulation {
namespace {

void bad_morning(std::uint64_t seed, bool with_restore) {
  Morning morning(seed);
  World& world = morning.world;
  morning.pair_desk(morning.hall, "desk1");
  morning.pair_desk(*morning.desks[0], "desk2");
  if (testing::Test::HasFatalFailure()) return morning.explain();
  world.weather = storm();
  const int families = static_cast<int>(world.pick(2, 6));
  for (int n = 1; n <= families; ++n) morning.enrol_family(n);
  bool backed_up = false;
  bool restored = false;
  for (int step = 0; step < 60; ++step) {
    const double dice = world.chance();
    auto& family = morning.families[static_cast<std::size_t>(world.pick(0, families - 1))];
    if (dice < 0.45)
      morning.report(family);
    else if (dice < 0.52)
      family.phone->crash();
    else if (dice < 0.57)
      morning.desks[static_cast<std::size_t>(world.pick(0, 1))]->crash();
    else if (dice < 0.62)
      world.crash_hub();
    else if (dice < 0.68 && with_restore && !backed_up) {
      world.take_backup();
      backed_up = true;
    } else if (dice < 0.76 && backed_up && !restored && step > 30) {
      world.restore_backup();
      restored = true;
    }
    world.run_for(world.pick(10, 4000));
  }
  world.weather = {};
  const bool done = world.run_until([&] { return morning.all_told() && morning.all_folded(); }, 3600 * 1000);
  EXPECT_TRUE(done) << "an hour of fair weather was not enough";
  morning.check_exactly_once();
  if (testing::Test::HasFailure()) morning.explain();
}

TEST(MailSimulation, AnApplicationGetsThroughAFloodBySolvingThePuzzle) {
  Morning morning(7);
  World& world = morning.world;
  morning.pair_desk(morning.hall, "desk1");
  ASSERT_FALSE(testing::Test::HasFatalFailure());
  auto to = morning.desks[0]->client().self(morning.school);
  ASSERT_TRUE(to.ok());
  ASSERT_GT(world.flood(*to), 0);
  for (int i = 1; i < 120; ++i)  // and it goes on
    world.at(base::Instant{world.now().ms + 500 * i}, [&world, to] { world.flood(*to); });
  morning.enrol_family(1);
  const auto solved = [&] {
    return std::any_of(world.log.begin(), world.log.end(),
                       [](const std::string& line) { return line.find("mail.puzzle") != std::string::npos; });
  };
  // At once, not after the minute that the hub tells those to wait who solve nothing.
  const auto began = world.now();
  EXPECT_TRUE(world.run_until([&] { return morning.families[0].phone->client().waiting() == 0; }, 30000));
  EXPECT_TRUE(solved());
  EXPECT_LT(world.now().ms - began.ms, 20000);
}

TEST(MailSimulation, EveryAcknowledgedReportReachesEveryDeskExactlyOnce) {
  for_seeds(1, 20, [](std::uint64_t seed) { bad_morning(seed, false); });
}

TEST(MailSimulation, AnOldBackupRestoredInTheMorningLosesNothing) {
  for_seeds(1001, 20, [](std::uint64_t seed) { bad_morning(seed, true); });
}

}  // namespace
}  // namespace machi::simulation
