// Asking the town, without a network: the chatbot's screen, an answer whole, and the garbage dictionary with
// its days. What is asked stays in this object until it is left; only counts are written (asked_book.h).
// Owned by the app; one thread.
#pragma once

#include <memory>

#include "core/notice/answers/answer_search.h"
#include "core/notice/citizen/asked_book.h"
#include "core/notice/citizen/context.h"

namespace machi::notice {

class Chat {
 public:
  static bool is_own(std::string_view name) { return name == kChat || name == kAnswer || name == kGarbage; }
  // `subject` of kChat is a question that is asked at once; of kAnswer an entry's id.
  void open(const PhoneContext& context, const std::string& name, const std::string& subject);
  std::optional<screen::Screen> view(const PhoneContext& context, const std::string& name,
                                     const std::string& subject) const;
  PhoneStep act(const PhoneContext& context, const std::string& name, const std::string& subject,
                const screen::Action& action);

 private:
  // How a question ended.
  enum class Found { Nothing, One, Several, Unknown };

  void load(const PhoneContext& context);
  const AnswerEntry* entry(std::string_view id) const;
  void ask(const PhoneContext& context);
  void count(const PhoneContext& context, const AnswerEntry& entry, AskedOutcome outcome);
  screen::Screen chat(const PhoneContext& context) const;
  screen::Screen garbage(const PhoneContext& context) const;
  void add_answer(const PhoneContext& context, const AnswerEntry& entry, screen::Nodes& out) const;
  void add_helped(const PhoneContext& context, const AnswerEntry& entry, screen::Nodes& out) const;
  void add_office(const PhoneContext& context, screen::Nodes& out) const;
  void add_rows(const PhoneContext& context, const std::vector<int>& entries, screen::Nodes& out) const;

  Hash hash_{};  // of the booklet that is held
  std::unique_ptr<AnswerPack> pack_;
  std::unique_ptr<AnswerSearch> search_;
  std::string typed_, asked_;
  Found found_ = Found::Nothing;
  std::vector<int> answers_;  // entries, the best first
  std::string field_;         // that is looked through
  std::string wanted_, row_;  // of the garbage: what is typed, あ-row
  std::string judged_;        // the answer of which was said whether it helped
};

// "1" of a phone whose owner has told their district, or chosen one for the garbage; "" when it is not known.
std::string garbage_district(const PhoneContext& context, const AnswerPack& pack);

}  // namespace machi::notice
