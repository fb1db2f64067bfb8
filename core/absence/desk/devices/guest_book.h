// GuestBook: devices that ask to be let in for a time. What this desk heard of lately; whoever lets one in
// says its code, so that of all that ask it is the one that stands beside them. And what each of them shall
// show. Borrows the desk's database, its thread and its transaction. Storage is all that can fail.
#pragma once

#include <set>

#include "core/absence/message.h"
#include "core/mail/client.h"
#include "core/store/database.h"

namespace machi::absence {

using base::Instant;
using base::Result;
using base::Status;

inline constexpr std::int64_t kGuestAskSeconds = 30 * 60;  // so long an asking can be answered

// What a guest's device shows: the whole school, or some classes. Its mail is the whole school's all the
// same: this is a matter of its screens (MESSAGES.md).
inline constexpr std::string_view kKindGuestView = "absence.guest-view";  // school -> itself: GuestView
struct GuestView {
  crypto::SignPublic key;
  std::set<ClassId> only;  // none: the whole school
};
code::Cbor encode(const GuestView& view);
Result<GuestView> decode_guest_view(const code::Cbor& content);

class GuestBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit GuestBook(store::Database& database) : database_(database) {}

  Status fold(const mail::GuestAsk& ask, Instant at);
  // Of two about one device the one with the larger encoding holds: some classes before the whole school.
  Status fold(const GuestView& view);
  std::vector<GuestView> views() const;
  std::optional<mail::GuestAsk> find(const mail::GuestCode& code, Instant now) const;

 private:
  store::Database& database_;
};

}  // namespace machi::absence
