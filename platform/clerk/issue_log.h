// The log of issues on the clerk's disk: leaf hashes in order, the heads that were signed, what was
// withdrawn. Appending is one transaction; nothing is ever taken out. One thread, one process.
#pragma once

#include <filesystem>

#include "core/certificate/kiosk/journal.h"
#include "core/certificate/log_objects.h"
#include "core/store/database.h"

namespace machi::clerk {

using certificate::Hash;
using certificate::TownId;

struct LogCheck {
  std::uint64_t size = 0;
  Hash root{};
  std::size_t heads = 0;      // signed so far
  std::size_t withdrawn = 0;  // leaves
  std::string trouble;        // "" or what does not hold
};

class IssueLog {
 public:
  static base::Result<std::unique_ptr<IssueLog>> open(const std::filesystem::path& file);

  std::uint64_t size() const { return tree_.size(); }
  const certificate::MerkleTree& tree() const { return tree_; }
  // All or none; the first one's number must be `first`: Conflict when another issue came in between.
  base::Status append(std::uint64_t first, std::span<const Hash> leaves);
  // The same, and for which of a kiosk's requests; Ref is its own random name of it.
  base::Status append(std::uint64_t first, std::span<const Hash> leaves,
                      const certificate::kiosk::Ref& request, base::Instant at);
  bool knows(const certificate::kiosk::Ref& request) const;
  // How it ended for the kiosk; the first word stands. With `withdraw` its leaves are taken back: they were
  // issued and never handed out. A request that nothing was issued for is fine.
  base::Status close(const certificate::kiosk::Ref& request, int outcome, bool withdraw, base::Date day);
  // Takes in what another process appended since.
  base::Status refresh();
  bool holds(std::uint64_t number, const Hash& leaf) const;
  // NotFound for a leaf that is not there; withdrawing twice keeps the first day.
  base::Status withdraw(std::uint64_t number, base::Date day);
  base::Result<certificate::Withdrawals> withdrawals(const TownId& town, base::Instant at) const;

  // Signs the log as it is; the same head when nothing was added since.
  base::Result<base::Bytes> sign_head(const TownId& town, base::Instant at, const crypto::SignKey& clerk);
  // Reads everything anew: numbers without a gap, heads signed by this key, each a continuation of the one
  // before and of these leaves.
  base::Result<LogCheck> check(const TownId& town, const crypto::SignPublic& clerk) const;

 private:
  base::Status insert(std::uint64_t first, std::span<const Hash> leaves);
  explicit IssueLog(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}
  std::unique_ptr<store::Database> database_;
  certificate::MerkleTree tree_;
};

}  // namespace machi::clerk
