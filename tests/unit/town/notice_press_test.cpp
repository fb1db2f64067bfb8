// The town's press is killed again and again, wherever it just is, at moments from a printed seed. In the end
// each notice is in the feed once, with its words, and a correction and a withdrawal have happened once.
#include "platform/town/notice_press.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>

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
  notice::Draft write(SchoolFounder& office, notice::DraftId id, std::uint64_t counter, const std::string& title) {
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
                          notice::encode(notice::Approval{id, notice::hash_of(content), now, "山田", true}), now)
                    .ok());
    return draft;
  }
  // One run of the press in a process of its own, which dies after so long. True when it came to its end.
  bool run(useconds_t dies_after) {
    const pid_t child = fork();
    if (child == 0) {
      auto opened = SchoolFounder::open(*folder, entropy, now, "notice");
      if (!opened.ok() || !(*opened)->look(now).ok()) _exit(2);
      _exit(press(**opened, *folder, now).ok() ? 0 : 3);
    }
    usleep(dies_after);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "the press ended with " << WEXITSTATUS(status);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }
  int run_until_done(std::mt19937_64& chance) {
    for (int round = 1; round < 400; ++round)
      if (run(static_cast<useconds_t>(chance() % (2000 + 400 * static_cast<unsigned>(round))))) return round;
    ADD_FAILURE() << "it never came to its end";
    return 0;
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
  for_seeds(1, 2, [](std::uint64_t seed) {
    std::mt19937_64 chance(seed);
    Press town;
    std::vector<notice::Draft> drafts;
    {
      auto office = town.open();
      for (int i = 0; i < 12; ++i)
        drafts.push_back(
            town.write(*office, town.entropy.id<notice::DraftTag>(), 1, "知らせ" + std::to_string(i)));
    }
    const int killed = town.run_until_done(chance) - 1;
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
                             notice::encode(notice::Withdrawal{drafts[5].id, town.now, "山田", "まちがい"}), town.now)
                      .ok());
    }
    town.run_until_done(chance);
    report = town.verified();
    EXPECT_TRUE(report.problems.empty()) << report.problems[0].file << " " << report.problems[0].what;
    EXPECT_EQ(report.notices, 12u);
    EXPECT_EQ(report.corrections, 1u);
    EXPECT_EQ(report.withdrawn, 1u);
    EXPECT_EQ(report.bodies, 11u);
    EXPECT_GT(killed, 0) << "it was never killed before its end";
  });
}

}  // namespace
}  // namespace machi::town
