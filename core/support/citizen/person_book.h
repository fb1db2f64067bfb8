// PersonBook: the people on this phone - its owner, and those whom they care for - and what was answered
// about each, in the pack's own ids, each answer erasable by itself. What a pack does not ask for any more
// stays unread. Tables of the one module that posts nothing. One thread, that of the database.
#pragma once

#include <map>

#include "core/rules/answer.h"
#include "core/store/database.h"

namespace machi::support {

struct Somebody {
  std::int64_t id = 0;
  std::string name;  // "" for the phone's owner who has given none
};

// Asked, and not known: not asked again, and counted as not known.
inline constexpr std::string_view kNotKnown = "?";
inline constexpr std::size_t kPeopleLimit = 12;

class PersonBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit PersonBook(store::Database& database) : database_(database) {}

  // Never empty: the phone's owner is there from the start.
  std::vector<Somebody> people() const;
  Somebody current() const;
  base::Status choose(std::int64_t person);
  // TooMany past kPeopleLimit.
  base::Status add(std::string_view name);
  base::Status rename(std::int64_t person, std::string_view name);
  // With all that was answered; of the last one only the answers go.
  base::Status erase(std::int64_t person);

  // By fact: "yes", "no", a number, a day, the id of a choice, or kNotKnown.
  std::map<std::string, std::string> answers(std::int64_t person) const;
  base::Status tell(std::int64_t person, std::string_view fact, std::string_view answer);
  base::Status forget(std::int64_t person, std::string_view fact);

  // Whether a change or a benefit of this name is on the person's list of reminders.
  std::map<std::string, base::Date> reminders(std::int64_t person) const;
  base::Status remind(std::int64_t person, std::string_view what, base::Date on);
  base::Status drop_reminder(std::int64_t person, std::string_view what);

  // The help card's lines, by field.
  std::map<std::string, std::string> card(std::int64_t person) const;
  base::Status write_card(std::int64_t person, std::string_view field, std::string_view text);

 private:
  std::map<std::string, std::string> texts(std::string_view sql, std::int64_t person) const;
  store::Database& database_;
};

// What the pack can use of the answers; what does not fit it is not known.
rules::Person person_of(const rules::Pack& pack, const std::map<std::string, std::string>& answers,
                        base::Date today);
// What was typed or chosen, as it is kept. BadInput; DateOutOfRange for a birth in the future or before 1900.
base::Result<std::string> answer_of(const rules::Fact& fact, std::string_view typed, base::Date today);

}  // namespace machi::support
