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

}  // namespace

base::Result<std::unique_ptr<IssueLog>> IssueLog::open(const std::filesystem::path& file) {
  MACHI_TRY_SET(database, store::Database::open({file.string(), "", true}));
  MACHI_TRY(database->migrate({{"clerk.1", kTables}}));
  std::unique_ptr<IssueLog> log(new IssueLog(std::move(database)));
  auto rows = log->database_->prepare("SELECT number, hash FROM clerk_leaf ORDER BY number");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    if (rows.integer(0) != static_cast<std::int64_t>(log->tree_.size()) || rows.bytes(1).size() != 32)
      return fail(Code::Conflict, "a leaf is missing");
    log->tree_.append(rows.fixed<32>(1));
  }
  return log;
}

base::Status IssueLog::append(std::uint64_t first, std::span<const Hash> leaves) {
  if (first != tree_.size()) return fail(Code::Conflict, "another issue came in between");
  store::Transaction transaction(*database_);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    auto row = database_->prepare("INSERT INTO clerk_leaf (number, hash) VALUES (?, ?)");
    MACHI_TRY(row.bind(static_cast<std::int64_t>(first + i)).bind(leaves[i]).run());
  }
  MACHI_TRY(transaction.commit());
  for (const Hash& leaf : leaves) tree_.append(leaf);
  return {};
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
