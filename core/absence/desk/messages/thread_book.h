// ThreadBook: what a school and the guardians of a pupil wrote to each other, one thread a guardian: nobody
// reads another one's. A fold of the mail that every desk reads; any order and any repetition give the same
// threads. Borrows the desk's database, its thread and its transaction. Storage is all that can fail.
#pragma once

#include "core/absence/message_day.h"
#include "core/crypto/keys.h"
#include "core/store/database.h"

namespace machi::absence {

using base::Status;

inline constexpr std::string_view kKindNoted = "absence.noted";  // school -> itself: Noted

// What the school wrote, and to which guardian's phone.
struct Noted {
  PupilNote note;
  crypto::SignPublic phone;
  Instant at;
};
code::Cbor encode(const Noted& noted);
Result<Noted> decode_noted(const code::Cbor& content);

struct NoteLine {
  PupilNote note;
  crypto::SignPublic phone;  // of the guardian at the other end
  bool ours = false;
  Instant at;  // by its writer's clock
  std::optional<NoteRead> read;
};

// Under which its photo stands in the PhotoBook: what one phone sends never lands at another one's note.
base::Bytes photo_name(const NoteId& note, const crypto::SignPublic& phone);

class ThreadBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit ThreadBook(store::Database& database) : database_(database) {}

  // From a phone; whether it may speak of this pupil is asked when the thread is shown.
  Status fold(const PupilNote& note, const crypto::SignPublic& from, Instant written);
  Status fold(const Noted& noted);
  Status fold(const NoteRead& read);

  std::optional<NoteLine> find(const NoteId& note) const;
  std::vector<NoteLine> about(const PupilId& pupil) const;  // oldest first
  std::vector<NoteLine> unread() const;                     // from families, oldest first
  std::vector<PupilId> pupils() const;                      // with a thread, the newest first

 private:
  Status put(const PupilNote& note, const crypto::SignPublic& phone, bool ours, Instant at);
  std::vector<NoteLine> lines(store::Statement& rows) const;
  store::Database& database_;
};

}  // namespace machi::absence
