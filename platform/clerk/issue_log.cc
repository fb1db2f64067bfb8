// The log's three tables.
#include "platform/clerk/issue_log.h"

namespace machi::clerk {
namespace {

using base::Code;
using base::fail;

constexpr std::string_view kTables =
    "CREATE TABLE clerk_leaf (number INTEGER PRIMARY KEY, hash BLOB NOT NULL);"
    "CREATE TABLE clerk_head (size INTEGER PRIMARY KEY, head BLOB NOT NULL);"
    "CREATE TABLE clerk_withdrawn (number INTEGER PRIMARY KEY, day INTEGER NOT NULL);";

// Of a request: its leaves and its end; no person.
constexpr std::string_view kIssues =
    "CREATE TABLE clerk_issue (request BLOB NOT NULL, first INTEGER NOT NULL, leaves INTEGER NOT NULL, at "
    "INTEGER "
    "NOT NULL, outcome INTEGER, PRIMARY KEY (request, first)) WITHOUT ROWID;";

}  // namespace

base::Result<std::unique_ptr<IssueLog>> IssueLog::open(const std::filesystem::path& file) {
  MACHI_TRY_SET(database, store::Database::open({file.string(), "", true}));
  MACHI_TRY(database->migrate({{"clerk.1", kTables}, {"clerk.2", kIssues}}));
  std::unique_ptr<IssueLog> log(new IssueLog(std::move(database)));
  MACHI_TRY(log->refresh());
  return log;
}

base::Status IssueLog::refresh() {
  auto rows = database_->prepare("SELECT number, hash FROM clerk_leaf WHERE number >= ? ORDER BY number");
  rows.bind(static_cast<std::int64_t>(tree_.size()));
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) return {};
    if (rows.integer(0) != static_cast<std::int64_t>(tree_.size()) || rows.bytes(1).size() != 32)
      return fail(Code::Conflict, "a leaf is missing");
    tree_.append(rows.fixed<32>(1));
  }
}

base::Status IssueLog::append(std::uint64_t first, std::span<const Hash> leaves) {
  if (first != tree_.size()) return fail(Code::Conflict, "another issue came in between");
  store::Transaction transaction(*database_);
  MACHI_TRY(insert(first, leaves));
  MACHI_TRY(transaction.commit());
  for (const Hash& leaf : leaves) tree_.append(leaf);
  return {};
}

base::Status IssueLog::append(std::uint64_t first, std::span<const Hash> leaves,
                              const certificate::kiosk::Ref& request, base::Instant at) {
  if (first != tree_.size()) return fail(Code::Conflict, "another issue came in between");
  store::Transaction transaction(*database_);
  MACHI_TRY(insert(first, leaves));
  auto row = database_->prepare("INSERT INTO clerk_issue (request, first, leaves, at) VALUES (?, ?, ?, ?)");
  MACHI_TRY(row.bind(request)
                .bind(static_cast<std::int64_t>(first))
                .bind(static_cast<std::int64_t>(leaves.size()))
                .bind(at)
                .run());
  MACHI_TRY(transaction.commit());
  for (const Hash& leaf : leaves) tree_.append(leaf);
  return {};
}

base::Status IssueLog::insert(std::uint64_t first, std::span<const Hash> leaves) {
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    auto row = database_->prepare("INSERT INTO clerk_leaf (number, hash) VALUES (?, ?)");
    MACHI_TRY(row.bind(static_cast<std::int64_t>(first + i)).bind(leaves[i]).run());
  }
  return {};
}

bool IssueLog::knows(const certificate::kiosk::Ref& request) const {
  auto row = database_->prepare("SELECT 1 FROM clerk_issue WHERE request = ? LIMIT 1");
  const auto there = row.bind(request).step();
  return !there.ok() || *there;
}

// What ended as an open case may be paid back, or printed again, by staff: then it is withdrawn after all.
base::Status IssueLog::close(const certificate::kiosk::Ref& request, int outcome, bool withdraw,
                             base::Date day) {
  store::Transaction transaction(*database_);
  {
    auto rows = database_->prepare(
        "SELECT first, leaves FROM clerk_issue WHERE request = ? AND (outcome IS NULL OR (outcome = 4 AND ? "
        "= 3))");
    rows.bind(request).bind(outcome);
    for (;;) {
      MACHI_TRY_SET(there, rows.step());
      if (!there) break;
      for (std::int64_t i = 0; withdraw && i < rows.integer(1); ++i)
        MACHI_TRY(this->withdraw(static_cast<std::uint64_t>(rows.integer(0) + i), day));
    }
  }
  auto row = database_->prepare(
      "UPDATE clerk_issue SET outcome = ? WHERE request = ? AND (outcome IS NULL OR (outcome = 4 AND ? = "
      "3))");
  MACHI_TRY(row.bind(outcome).bind(request).bind(outcome).run());
  return transaction.commit();
}

bool IssueLog::holds(std::uint64_t number, const Hash& leaf) const {
  return number < tree_.size() && tree_.leaf(number) == leaf;
}

base::Status IssueLog::withdraw(std::uint64_t number, base::Date day) {
  if (number >= tree_.size()) return fail(Code::NotFound, "no such leaf");
  auto row = database_->prepare("INSERT OR IGNORE INTO clerk_withdrawn (number, day) VALUES (?, ?)");
  return row.bind(static_cast<std::int64_t>(number)).bind(static_cast<std::int64_t>(day.days)).run();
}

base::Result<certificate::Withdrawals> IssueLog::withdrawals(const TownId& town, base::Instant at) const {
  certificate::Withdrawals out{town, base::Instant::from_seconds(at.seconds()), {}};
  auto rows = database_->prepare("SELECT number, day FROM clerk_withdrawn");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) return out;
    out.leaves[static_cast<std::uint64_t>(rows.integer(0))] =
        base::Date{static_cast<std::int32_t>(rows.integer(1))};
  }
}

base::Result<base::Bytes> IssueLog::sign_head(const TownId& town, base::Instant at,
                                              const crypto::SignKey& clerk) {
  const auto size = static_cast<std::int64_t>(tree_.size());
  {
    auto row = database_->prepare("SELECT head FROM clerk_head WHERE size = ?");
    MACHI_TRY_SET(there, row.bind(size).step());
    if (there) return row.blob(0);
  }
  const certificate::LogHead head{town, tree_.size(), tree_.root(),
                                  base::Instant::from_seconds(at.seconds())};
  base::Bytes bytes = certificate::make_log_head(head, clerk);
  auto row = database_->prepare("INSERT INTO clerk_head (size, head) VALUES (?, ?)");
  MACHI_TRY(row.bind(size).bind(bytes).run());
  return bytes;
}

base::Result<LogCheck> IssueLog::check(const TownId& town, const crypto::SignPublic& clerk) const {
  LogCheck out{tree_.size(), tree_.root(), 0, 0, ""};
  auto rows = database_->prepare("SELECT size, head FROM clerk_head ORDER BY size");
  certificate::LogHead before{town, 0, *tree_.root(0), {}};
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    ++out.heads;
    const auto head = certificate::read_log_head(rows.bytes(1), town, clerk);
    const std::string name = "the head of size " + std::to_string(rows.integer(0));
    if (!head.ok()) {
      out.trouble = name + ": " + std::string(base::code_name(head.code()));
      return out;
    }
    const auto root = tree_.root(head->size);
    const auto proof = tree_.consistency(before.size, head->size);
    if (static_cast<std::int64_t>(head->size) != rows.integer(0) || !root.ok() || *root != head->root ||
        !proof.ok() || !certificate::check_growth(before, *head, *proof).ok()) {
      out.trouble = name + ": the leaves are others than those that were signed";
      return out;
    }
    before = *head;
  }
  auto withdrawn = database_->prepare("SELECT count(*), coalesce(max(number), -1) FROM clerk_withdrawn");
  MACHI_TRY(withdrawn.step());
  out.withdrawn = static_cast<std::size_t>(withdrawn.integer(0));
  if (withdrawn.integer(1) >= static_cast<std::int64_t>(tree_.size()))
    out.trouble = "a withdrawal of no issue";
  return out;
}

}  // namespace machi::clerk
