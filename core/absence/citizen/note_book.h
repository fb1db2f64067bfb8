// Notes about the children of a phone: what it wrote to a school and what the school wrote back. A table of this device;
// the order is that of the times written, for display only; again is once. One thread. Storage | StorageFull.
#pragma once

#include <vector>

#include "core/absence/message_day.h"
#include "core/store/database.h"

namespace machi::absence {

using base::MessageId;
using base::Status;

struct KeptNote {
  PupilNote note;
  bool mine = false;        // this phone wrote it
  bool seen = true;         // of the school's: a person opened it
  MessageId message;        // that carried it
  Instant written;
  std::optional<NoteRead> read;  // of this phone's: a person at the school has read it
};

class NoteBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit NoteBook(store::Database& database) : database_(database) {}

  // Inside the caller's transaction. Of two notes under one id the first that came stays.
  Status add(const KeptNote& note);
  Result<std::vector<KeptNote>> about(const PupilId& pupil) const;  // oldest first
  // The school's notes that nobody has opened yet, oldest first.
  Result<std::vector<KeptNote>> unseen() const;
  Status seen(const PupilId& pupil);
  std::optional<KeptNote> find(const NoteId& note) const;
  // Of several the earliest holds, in whatever order they come.
  Status mark(const NoteRead& read);

 private:
  Result<std::vector<KeptNote>> read(store::Statement& rows) const;
  store::Database& database_;
};

}  // namespace machi::absence
