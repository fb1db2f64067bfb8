// What the pages of disability support show: one person, what the town's rules say to them, and in which of
// the pack's languages they are told. Made for a call, kept until an answer, the rules or the day change.
#pragma once

#include "core/pages/page_set.h"
#include "core/support/citizen/person_book.h"

namespace machi::support {

inline constexpr const char* kOverview = "support";
inline constexpr const char* kAsk = "support.ask";          // subject: fact, "" = the one that settles most
inline constexpr const char* kAnswers = "support.answers";  // what was answered
inline constexpr const char* kMine = "support.mine";
inline constexpr const char* kOne = "support.one";  // subject: benefit
inline constexpr const char* kChanges = "support.changes";
inline constexpr const char* kGuide = "support.guide";
inline constexpr const char* kCard = "support.card";
inline constexpr const char* kCardForm = "support.card-form";
inline constexpr const char* kPeople = "support.people";

struct Shown {
  const rules::Pack* pack = nullptr;  // nothing: the town's rules are not here
  std::int64_t version = 0;           // of the pack
  Somebody who;
  std::map<std::string, std::string> answers;
  rules::Person person;
  std::vector<rules::Answer> decided;  // of every benefit, in the pack's order
  base::Date today;

  const rules::Benefit& benefit(int index) const { return pack->benefits[static_cast<std::size_t>(index)]; }
  const rules::Fact& fact(int index) const { return pack->facts[static_cast<std::size_t>(index)]; }
  int count(rules::Truth truth) const;
  // The question that settles most of what is not known yet, and has not been put aside; -1: none.
  int next_question() const;
  // Benefits whose rule looks at this fact.
  std::vector<int> decided_by(int fact) const;
};
Shown shown(const pages::Context& context, const Somebody& who);

// The pack's words in the language that this reader understands best.
std::string tongue(const rules::Pack& pack, const words::Words& words);
std::string said(const pages::Context& context, const rules::Text& text);
// The language that these words come in, where it is not the reader's; "" where it is.
std::string foreign_of(const pages::Context& context, const rules::Text& text);
// A node whose words are the pack's: these words, or those that the pack puts together.
screen::Node in_tongue(const pages::Context& context, screen::Node node, const rules::Text* text = nullptr);
// "{name}さん", or the word for the phone's owner.
std::string called(const words::Words& words, const Somebody& who);
// What stands between the names of a list.
std::string_view between(const words::Words& words);
// "月 29,590円"; "" where no amount is known.
std::string amount_of(const pages::Context& context, const rules::Answer& answer);
std::string shown_answer(const pages::Context& context, const rules::Fact& fact, const std::string& answer);
std::string kind_name(const words::Words& words, const std::string& kind);

// What changes by itself: a day, and what becomes of which benefit or fact on it. Sorted by day.
struct Change {
  base::Date on;
  int benefit = -1;
  int fact = -1;  // a day that was answered itself: until when a certificate is valid
  rules::Truth becomes = rules::Truth::No;
};
std::vector<Change> changes(const Shown& shown);

}  // namespace machi::support
