// The town's press is killed again and again, wherever it just is, at moments from a printed seed. In the end
// each notice is in the feed once, with its words, and a correction and a withdrawal have happened once.
#include "platform/town/notice_press.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "core/notice/feed/verify.h"
#include "platform/town/notice_desk.h"
#include "tests/seeds.h"

namespace machi::town {
namespace {

namespace fs = std::filesystem;

struct Press {
  Press() {
    EXPECT_TRUE(crypto::ready());
    std::string name = (fs::temp_directory_path() / "machi-press-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path = fs::path(name);
    folder.emplace(*found_town(path / "town", {"日和町", {}, "", {}}, entropy, now));
    auto office = open();
    SchoolPlan plan;
    plan.kind = "notice";
    plan.name = "広報係";
    plan.telephone = "0000-12-0095";
    EXPECT_TRUE(office->found(plan, now).ok());
  }
  ~Press() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::unique_ptr<SchoolFounder> open() {
    auto opened = SchoolFounder::open(*folder, entropy, now, "notice");
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().detail);
    return opened.ok() ? std::move(*opened) : nullptr;
  }
  // An emergency, which its one writer may let out alone.
  notice::Draft write(SchoolFounder& office, notice::DraftId id, std::uint64_t counter,
                      const std::string& title) {
    notice::Draft draft;
    draft.id = id;
    draft.counter = counter;
    draft.at = now;
    draft.by = "山田";
    draft.header.importance = notice::Importance::Emergency;
    draft.body.texts = {{"ja", title, "本文です。"}};
    const code::Cbor content = notice::encode(draft);
    EXPECT_TRUE(office.tell(notice::kKindDraft, content, now).ok());
    EXPECT_TRUE(office
                    .tell(notice::kKindApprove,
                          notice::encode(notice::Approval{id, notice::hash_of(content), now, "山田", true}),
                          now)
                    .ok());
    return draft;
  }
  // One run of the press in a process of its own, which dies after so many microseconds; 0: it comes to its
  // end. `presses`: else it only opens and looks. How long it took.
  std::int64_t run(std::uint64_t dies_after, bool presses = true) {
    const auto from = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
      // Of its own: two processes that roll the same dice give two messages one name.
      crypto::SystemEntropy own;
      auto opened = SchoolFounder::open(*folder, own, now, "notice");
      if (!opened.ok() || !(*opened)->look(now).ok()) _exit(2);
      _exit(!presses || press(**opened, *folder, now).ok() ? 0 : 3);
    }
    if (dies_after != 0) {
      std::this_thread::sleep_for(std::chrono::microseconds(dies_after));
      kill(child, SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) ? dies_after != 0 : WEXITSTATUS(status) == 0)
        << "the press ended with " << status;
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - from)
        .count();
  }
  // Killed while it opens, looks or prints, however quick this machine is; then left alone.
  void run_until_done(std::mt19937_64& chance) {
    const auto opening = static_cast<std::uint64_t>(run(0, false));
    for (int round = 0; round < 15; ++round) run(1 + opening / 2 + chance() % (1 + opening));
    run(0);
  }
  notice::FeedReport verified() {
    const fs::path to = path / "export";
    EXPECT_TRUE(export_feed(*folder, to, now).ok());
    return notice::verify_feed([&](const std::string& name) { return host::read_file(to / name, 8 << 20); },
                               folder->town, now);
  }

  fs::path path;
  crypto::Drbg entropy = crypto::Drbg::of_number(3);
  base::Instant now = base::instant_of(*base::Date::of(2026, 11, 24), {420});
  std::optional<TownFolder> folder;
};

TEST(NoticePress, KilledAtAnyMomentPrintsNothingTwice) {
  for_seeds(1, 1, [](std::uint64_t seed) {
    std::mt19937_64 chance(seed);
    Press town;
    std::vector<notice::Draft> drafts;
    {
      auto office = town.open();
      for (int i = 0; i < 12; ++i)
        drafts.push_back(
            town.write(*office, town.entropy.id<notice::DraftTag>(), 1, "知らせ" + std::to_string(i)));
    }
    town.run_until_done(chance);
    auto report = town.verified();
    EXPECT_TRUE(report.problems.empty()) << report.problems[0].file << " " << report.problems[0].what;
    EXPECT_EQ(report.notices, 12u);
    EXPECT_EQ(report.bodies, 12u);
    town.now = town.now.plus_seconds(60);
    {
      auto office = town.open();
      town.write(*office, drafts[3].id, 2, "訂正した知らせ");
      EXPECT_TRUE(office
                      ->tell(notice::kKindWithdraw,
                             notice::encode(notice::Withdrawal{drafts[5].id, town.now, "山田", "まちがい"}),
                             town.now)
                      .ok());
    }
    town.run_until_done(chance);
    report = town.verified();
    EXPECT_TRUE(report.problems.empty()) << report.problems[0].file << " " << report.problems[0].what;
    EXPECT_EQ(report.notices, 12u);
    EXPECT_EQ(report.corrections, 1u);
    EXPECT_EQ(report.withdrawn, 1u);
    EXPECT_EQ(report.bodies, 11u);
  });
}

}  // namespace
}  // namespace machi::town
