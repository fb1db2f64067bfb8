// GuestBook: devices that ask to be let in for a time. What this desk heard of lately; whoever lets one in
// says its code, so that of all that ask it is the one that stands beside them. Borrows the desk's database,
// its thread and its transaction. Storage is all that can fail.
#pragma once

#include "core/mail/client.h"
#include "core/store/database.h"

namespace machi::absence {

using base::Instant;
using base::Result;
using base::Status;

inline constexpr std::int64_t kGuestAskSeconds = 30 * 60;  // so long an asking can be answered

class GuestBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit GuestBook(store::Database& database) : database_(database) {}

  Status fold(const mail::GuestAsk& ask, Instant at);
  std::optional<mail::GuestAsk> find(const mail::GuestCode& code, Instant now) const;

 private:
  store::Database& database_;
};

}  // namespace machi::absence
