// ProfileBook: what a person has told this phone about themselves, for notices alone, each answer erasable by
// itself, and how they want their notices. None of it has a way out: what asks the town's server for pages,
// subscribes to topics or tells counts is built without these answers. One thread, that of the database.
#pragma once

#include <set>

#include "core/notice/segment/profile.h"
#include "core/store/database.h"

namespace machi::notice {

// What may be asked, in this order.
enum class Question { Districts, Children, Birth, Handbooks, Roles, Languages };
inline constexpr Question kQuestions[] = {Question::Districts, Question::Children, Question::Birth,
                                          Question::Handbooks, Question::Roles,    Question::Languages};
std::string_view name_of(Question question);  // "districts"
std::optional<Question> question_of(std::string_view name);

class ProfileBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit ProfileBook(store::Database& database) : database_(database) {}

  // What was answered, as it is kept: words with commas between; nothing: not answered.
  std::optional<std::string> answer(Question question) const;
  // BadInput for what is no answer to it; "" is an answer too (no child, no handbook).
  base::Status tell(Question question, std::string_view answer, base::Date today);
  base::Status erase(Question question);
  base::Status erase_all();
  Profile profile(base::Date today) const;

  // Settings: "quiet" = "22:00-07:00", "themes" = those that are not wanted, "language" ...
  std::string setting(std::string_view name) const;
  base::Status set(std::string_view name, std::string_view value);

 private:
  store::Database& database_;
};

}  // namespace machi::notice
