// Deciding for one person, and the words around it.
#include "core/support/citizen/shown.h"

#include <algorithm>

namespace machi::support {

using rules::Answer;
using rules::Truth;
using words::Words;

int Shown::count(Truth truth) const {
  return static_cast<int>(
      std::count_if(decided.begin(), decided.end(), [&](const Answer& one) { return one.truth == truth; }));
}

int Shown::next_question() const {
  if (pack == nullptr) return -1;
  std::map<int, int> asked;
  for (const Answer& one : decided) {
    if (one.question < 0 || one.truth == Truth::No) continue;
    const rules::Fact& about = fact(one.question);
    if (about.each || answers.contains(about.id)) continue;
    asked[one.question] += one.truth == Truth::Unknown ? 2 : 1;
  }
  int best = -1, most = 0;
  for (const auto& [index, count] : asked)
    if (count > most) best = index, most = count;
  return best;
}

std::vector<int> Shown::decided_by(int index) const {
  std::vector<int> out;
  for (std::size_t i = 0; pack != nullptr && i < pack->benefits.size(); ++i) {
    const auto& facts = pack->benefits[i].facts;
    if (std::find(facts.begin(), facts.end(), index) != facts.end()) out.push_back(static_cast<int>(i));
  }
  return out;
}

Shown shown(const pages::Context& context, const Somebody& who) {
  Shown out;
  out.pack = context.shelf.pack();
  out.who = who;
  out.today = context.today();
  out.answers = PersonBook(context.database).answers(who.id);
  if (out.pack == nullptr) return out;
  out.version = out.pack->version;
  out.person = person_of(*out.pack, out.answers, out.today);
  out.decided = rules::decide_all(*out.pack, out.person, out.today);
  return out;
}

std::string tongue(const rules::Pack& pack, const Words& words) {
  const auto has = [&](std::string_view tag) {
    return std::find(pack.languages.begin(), pack.languages.end(), tag) != pack.languages.end();
  };
  if (has(words.language())) return words.language();
  if (words.language().starts_with("ja") && has("ja")) return "ja";
  return has("en") ? "en" : pack.languages.front();
}

std::string said(const pages::Context& context, const rules::Text& text) {
  const rules::Pack& pack = *context.shelf.pack();
  return rules::say(pack, text, tongue(pack, context.words));
}

std::string foreign_of(const pages::Context& context, const rules::Text& text) {
  const rules::Pack& pack = *context.shelf.pack();
  const std::string wanted = tongue(pack, context.words);
  return context.words.foreign(text.contains(wanted) ? wanted : pack.languages.front());
}

screen::Node in_tongue(const pages::Context& context, screen::Node node, const rules::Text* text) {
  node.language = text != nullptr ? foreign_of(context, *text)
                                  : context.words.foreign(tongue(*context.shelf.pack(), context.words));
  return node;
}

std::string called(const Words& words, const Somebody& who) {
  return who.name.empty() ? words("support.me") : who.name;
}

namespace {

std::string digits(std::int64_t value) {
  std::string out = std::to_string(value);
  for (int at = static_cast<int>(out.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3)
    out.insert(static_cast<std::size_t>(at), ",");
  return out;
}

}  // namespace

std::string_view between(const Words& words) {
  const bool han = words.language().starts_with("ja") || words.language().starts_with("zh");
  return han ? "、" : ", ";
}

std::string amount_of(const pages::Context& context, const Answer& answer) {
  // What is sure; only where nothing is, what may be.
  for (const Truth wanted : {Truth::Yes, Truth::Unknown}) {
    std::string out;
    for (const rules::Due& due : answer.due) {
      if (due.applies != wanted || !due.yen || *due.yen == 0) continue;
      // Of several that may be it is one.
      if (!out.empty() && wanted == Truth::Unknown)
        out += said(context, context.shelf.pack()->phrases.at("or"));
      else if (!out.empty())
        out += between(context.words);
      out += context.words("support.amount." + due.amount->per, {{"yen", digits(*due.yen)}});
    }
    if (!out.empty()) return out;
  }
  return "";
}

std::string shown_answer(const pages::Context& context, const rules::Fact& fact, const std::string& answer) {
  const rules::Pack& pack = *context.shelf.pack();
  if (answer == kNotKnown) return context.words("support.unknown");
  const int index = pack.fact_of(fact.id);
  if (fact.type == rules::FactType::Date) {
    const auto day = base::Date::parse(answer);
    return day.ok() ? context.words.birth(*day) : answer;
  }
  const rules::Person person = person_of(pack, {{fact.id, answer}}, context.today());
  const rules::Value value = person.facts[static_cast<std::size_t>(index)];
  if (!value) return context.words("support.unknown");
  if (fact.type == rules::FactType::Truth) {
    const rules::Text& own = *value != 0 ? fact.yes : fact.no;
    if (own.empty()) return context.words(*value != 0 ? "support.yes" : "support.no");
    return said(context, own);
  }
  return rules::value_text(pack, index, *value, tongue(pack, context.words));
}

std::string kind_name(const Words& words, const std::string& kind) {
  constexpr const char* kKinds[] = {"allowance", "pension", "medical", "tax",      "equipment",
                                    "service",   "right",   "safety",  "work",     "school",
                                    "childcare", "housing", "loan",    "discount", "procedure"};
  for (const char* one : kKinds)
    if (kind == one) return words("support.kind." + kind);
  return words("support.kind.other");
}

std::vector<Change> changes(const Shown& shown) {
  std::vector<Change> out;
  for (const Answer& one : shown.decided)
    if (one.next && (one.truth != Truth::Unknown || one.next->becomes != Truth::Unknown))
      out.push_back({one.next->on, one.benefit, -1, one.next->becomes});
  for (std::size_t i = 0; shown.pack != nullptr && i < shown.pack->facts.size(); ++i) {
    const rules::Fact& fact = shown.pack->facts[i];
    const rules::Value value = shown.person.facts[i];
    if (fact.type != rules::FactType::Date || fact.birth || !value) continue;
    const base::Date on{static_cast<std::int32_t>(*value)};
    if (on >= shown.today) out.push_back({on, -1, static_cast<int>(i), Truth::Unknown});
  }
  std::stable_sort(out.begin(), out.end(), [](const Change& a, const Change& b) { return a.on < b.on; });
  return out;
}

}  // namespace machi::support
