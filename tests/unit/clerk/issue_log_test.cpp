// The clerk's log on the disk: it comes back as it was, it refuses gaps, and a check tells of a leaf that was
// changed behind its back.
#include <gtest/gtest.h>

#include <filesystem>

#include "platform/clerk/issue_log.h"
#include "tests/unit/certificate/people.h"

namespace machi::clerk::test {
namespace {

using certificate::leaf_hash;
using certificate::test::key;
using certificate::test::kToday;

const TownId kTown{base::Array<16>{1}};
constexpr base::Instant kNow{1763740800000};

struct Folder {
  Folder() {
    char name[] = "/tmp/machi-log-XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

std::vector<Hash> leaves(int from, int to) {
  std::vector<Hash> out;
  for (int i = from; i < to; ++i) out.push_back(leaf_hash(base::view(std::to_string(i))));
  return out;
}

TEST(IssueLog, ComesBackAsItWas) {
  ASSERT_TRUE(crypto::ready());
  const Folder folder;
  Hash root{};
  {
    auto log = *IssueLog::open(folder.path / "log.db");
    EXPECT_TRUE(log->append(0, leaves(0, 5)).ok());
    EXPECT_TRUE(log->sign_head(kTown, kNow, key(2)).ok());
    EXPECT_TRUE(log->append(5, leaves(5, 12)).ok());
    EXPECT_TRUE(log->sign_head(kTown, kNow, key(2)).ok());
    EXPECT_TRUE(log->withdraw(3, kToday).ok());
    root = log->tree().root();
  }
  auto log = *IssueLog::open(folder.path / "log.db");
  EXPECT_EQ(12u, log->size());
  EXPECT_EQ(root, log->tree().root());
  EXPECT_TRUE(log->holds(4, leaves(4, 5)[0]));
  EXPECT_FALSE(log->holds(4, leaves(5, 6)[0]));
  EXPECT_EQ(kToday, log->withdrawals(kTown, kNow)->day_of(3));
  const auto check = log->check(kTown, key(2).open);
  ASSERT_TRUE(check.ok());
  EXPECT_EQ("", check->trouble);
  EXPECT_EQ(2u, check->heads);
  EXPECT_EQ(1u, check->withdrawn);
}

TEST(IssueLog, RefusesAnIssueThatAnotherOvertook) {
  auto log = *IssueLog::open(":memory:");
  EXPECT_TRUE(log->append(0, leaves(0, 2)).ok());
  EXPECT_EQ(base::Code::Conflict, log->append(0, leaves(0, 1)).code());
  EXPECT_EQ(2u, log->size());
  EXPECT_EQ(base::Code::NotFound, log->withdraw(2, kToday).code());
}

TEST(IssueLog, TellsOfALeafThatWasChangedAndOfAnotherSigner) {
  ASSERT_TRUE(crypto::ready());
  const Folder folder;
  {
    auto log = *IssueLog::open(folder.path / "log.db");
    EXPECT_TRUE(log->append(0, leaves(0, 9)).ok());
    EXPECT_TRUE(log->sign_head(kTown, kNow, key(2)).ok());
  }
  EXPECT_NE("", (*IssueLog::open(folder.path / "log.db"))->check(kTown, key(3).open)->trouble);
  {
    auto database = *store::Database::open({(folder.path / "log.db").string(), "", true});
    auto row = database->prepare("UPDATE clerk_leaf SET hash = ? WHERE number = 4");
    EXPECT_TRUE(row.bind(leaves(7, 8)[0]).run().ok());
  }
  const auto changed = (*IssueLog::open(folder.path / "log.db"))->check(kTown, key(2).open);
  EXPECT_NE(std::string::npos, changed->trouble.find("others than those that were signed"));
  {
    auto database = *store::Database::open({(folder.path / "log.db").string(), "", true});
    EXPECT_TRUE(database->execute("DELETE FROM clerk_leaf WHERE number = 4").ok());
  }
  EXPECT_EQ(base::Code::Conflict, IssueLog::open(folder.path / "log.db").code());
}

}  // namespace
}  // namespace machi::clerk::test
