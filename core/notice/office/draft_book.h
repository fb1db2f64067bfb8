// DraftBook: every draft of the office with its versions, approvals and what became of it, folded from the
// office's mail; the same at each desk and at the town's press, in whatever order messages come and however
// often; what somebody else says in the press's name counts for nothing. One thread, that of the database.
// Storage | StorageFull; BadInput for what no program of ours writes.
#pragma once

#include <functional>

#include "core/crypto/sodium.h"
#include "core/notice/office/message.h"
#include "core/store/database.h"

namespace machi::notice {

// Where a notice stands.
enum class DraftState {
  Waits,      // for somebody else's eyes
  Approved,   // the press has it next, or at its time
  Published,  // this version is in the feed
  Withdrawn,  // by a person; the press follows
  Gone,       // withdrawn from the feed too, or never in it
};

struct DraftLine {
  Draft draft;  // the newest version
  Hash hash{};
  crypto::SignPublic writer;  // the device that wrote it
  std::vector<Approval> approvals;
  std::vector<crypto::SignPublic> approvers;  // their devices, as approvals
  std::optional<std::uint64_t> serial;        // in the feed, some version of it
  std::optional<Printed> printed;             // this version
  std::optional<Withdrawal> withdrawal;
  bool forgotten = false;  // the press has withdrawn it
  DraftState state() const;
  // Enough eyes: a device other than the writer's, or, of an emergency, one person who said so.
  bool may_be_printed() const;
};

class DraftBook {
 public:
  static std::vector<store::Migration> migrations();
  // `press`: whose word `printed` is, as far as the directory is known by now.
  using Press = std::function<crypto::SignPublic()>;
  DraftBook(store::Database& database, Press press) : database_(database), press_(std::move(press)) {}

  static bool is_kind(std::string_view kind) { return kind.starts_with("notice."); }
  Status fold(std::string_view kind, const code::Cbor& content, const crypto::SignPublic& from);

  // Newest change first.
  Result<std::vector<DraftLine>> lines() const;
  Result<std::optional<DraftLine>> line(const DraftId& id) const;

 private:
  Result<DraftLine> read(const DraftId& id) const;
  store::Database& database_;
  Press press_;
};

}  // namespace machi::notice
