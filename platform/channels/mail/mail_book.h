// Who asked for e-mail: an address and a few coarse topics, once they have confirmed it from their own
// mailbox (double opt-in); until then a wish that goes after a day. One thread, that of the database.
#pragma once

#include <functional>

#include "core/base/entropy.h"
#include "core/notice/channel/topics.h"
#include "core/store/database.h"

namespace machi::channels {

struct MailWish {
  std::int64_t id = 0;
  std::string address, token;  // the token goes by mail alone
};
struct MailReader {
  std::int64_t id = 0;
  std::string address, token;  // what ends it
};

class MailBook {
 public:
  static std::vector<store::Migration> migrations();
  MailBook(store::Database& database, base::Entropy& entropy) : database_(database), entropy_(entropy) {}

  // A wish in place of an older one of the same address. TooMany: that address was written to just now, or
  // there are too many wishes at all.
  base::Status wish(const std::string& address, const notice::Topics& topics, base::Instant now);
  base::Result<std::vector<MailWish>> unsent(std::size_t limit, base::Instant now) const;
  base::Status sent(std::int64_t wish);
  // NotFound for a token that is none, or too old.
  base::Status confirm(std::string_view token, base::Instant now);
  base::Status end(std::string_view token);
  bool knows_wish(std::string_view token, base::Instant now) const;
  base::Status end(std::int64_t id);
  base::Result<std::optional<MailReader>> find(std::int64_t id) const;
  base::Status each(const std::function<base::Status(std::int64_t, const notice::Topics&)>& with) const;
  base::Result<std::int64_t> count() const;
  store::Database& database() { return database_; }

  static constexpr std::int64_t kWishSeconds = 86400;
  static constexpr std::int64_t kAgainSeconds = 600;
  static constexpr std::int64_t kWishes = 5000;

 private:
  std::string token() const;
  store::Database& database_;
  base::Entropy& entropy_;
};

}  // namespace machi::channels
