// AskedBook: what was asked of the chatbot on this phone, as counts - which answer, in which field, in which
// hour, whether it helped - and of what it did not know the words, without their order. Nothing says who, and
// nothing of it leaves this phone from here: sums() is what an owner who has not said no may give to the
// town. One thread, that of the database.
#pragma once

#include <set>

#include "core/base/time.h"
#include "core/store/database.h"

namespace machi::notice {

enum class AskedOutcome { Shown = 1, Helped, DidNotHelp, Unknown };

struct AskedSum {
  base::Date day;
  int hour = 0;
  std::string field;   // "ごみ"; "" of what was not known
  std::string answer;  // an entry's id; of what was not known a word
  AskedOutcome outcome = AskedOutcome::Shown;
  std::int64_t count = 0;
  bool operator==(const AskedSum&) const = default;
};

class AskedBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit AskedBook(store::Database& database) : database_(database) {}

  base::Status count(std::string_view field, std::string_view answer, AskedOutcome outcome,
                     base::Instant now);
  // Of a question that no answer fits: each of its words by itself, those of twelve signs at most and without
  // a figure, so that no name, number or address becomes a sum by accident.
  base::Status count_unknown(const std::vector<std::string>& words, base::Instant now);
  // Of the days before `until`, in order; older ones than kKeptDays are not kept.
  base::Result<std::vector<AskedSum>> sums(base::Date until) const;
  base::Status forget(base::Date until);

  static constexpr int kKeptDays = 62;

 private:
  store::Database& database_;
};

}  // namespace machi::notice
