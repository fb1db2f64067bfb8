// The form of one question by the type of its fact.
#include "core/support/citizen/asking.h"

#include "core/support/citizen/rules_state.h"

namespace machi::support {

using pages::Context;
using pages::Route;
using pages::Step;
using rules::FactType;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr std::size_t kNamed = 8;  // benefits that a question's reason names

// The fact that the route asks for: its subject, or what settles most.
int asked(const Shown& shown, const Route& route) {
  if (shown.pack == nullptr) return -1;
  const int named = shown.pack->fact_of(route.subject);
  const bool own = named >= 0 && shown.fact(named).derivation == rules::Derivation::Asked;
  return own ? named : shown.next_question();
}

Node input_for(const Context& context, const rules::Fact& fact, const std::string& kept,
               const std::string& typed) {
  const auto& words = context.words;
  const std::string name = said(context, fact.label);
  const std::string value = typed.empty() ? kept : typed;
  if (fact.type == FactType::Truth) {
    std::vector<screen::Option> options{screen::option("yes", words("support.yes"), value == "yes"),
                                        screen::option("no", words("support.no"), value == "no")};
    return screen::choice("answer", name, Kind::Single, std::move(options));
  }
  if (fact.type == FactType::Choice) {
    std::vector<screen::Option> options;
    for (const rules::Choice& one : fact.choices) {
      options.push_back(screen::option(one.id, said(context, one.label), value == one.id));
      options.back().language = foreign_of(context, one.label);
    }
    return screen::choice("answer", name, Kind::Single, std::move(options));
  }
  const bool date = fact.type == FactType::Date;
  Node out = screen::field("answer", name, date ? Kind::Text : Kind::Number, value);
  out.max_length = date ? 20 : 15;
  if (date) out.hint = words("support.ask.date.hint");
  if (fact.type == FactType::Yen) out.hint = words("support.ask.yen.hint");
  return out;
}

}  // namespace

screen::Screen Asking::question(const Context& context, const Shown& shown, const Route& route) const {
  const auto& words = context.words;
  const int index = asked(shown, route);
  if (index < 0) {
    screen::Screen out = pages::frame(context, route, words("support.ask.done"));
    for (Node& node : rules_trouble(context)) out.main.push_back(std::move(node));
    if (shown.pack == nullptr) return out;
    out.main.push_back(screen::text("done", words("support.ask.done.next")));
    out.foot.push_back(
        screen::button("support.mine", words("support.mine.see"), Importance::Primary, Icon::Check));
    return out;
  }
  const rules::Fact& fact = shown.fact(index);
  screen::Screen out = pages::frame(context, route, said(context, fact.question));
  out.main.back().language = foreign_of(context, fact.question);
  if (shown.who.id != 1 || !shown.who.name.empty())
    out.main.push_back(screen::text("about", words("support.about", {{"name", called(words, shown.who)}})));
  const auto kept = shown.answers.find(fact.id);
  const std::string before = kept == shown.answers.end() || kept->second == kNotKnown ? "" : kept->second;
  Node input = input_for(context, fact, before, typed_);
  input.version = fact.id;
  if (!error_.empty())
    input.error = words(error_, {{"least", std::to_string(fact.least)}, {"most", std::to_string(fact.most)}});
  out.main.push_back(std::move(input));
  Nodes why;
  if (!fact.why.empty())
    why.push_back(in_tongue(context, screen::text("why.pack", said(context, fact.why)), &fact.why));
  const std::vector<int> decided = shown.decided_by(index);
  if (!decided.empty()) {
    std::string names;
    for (std::size_t i = 0; i < decided.size() && i < kNamed; ++i)
      names += std::string(i == 0 ? "" : between(words)) + said(context, shown.benefit(decided[i]).name);
    why.push_back(screen::text(
        "why.count", words.count("support.ask.decides", static_cast<std::int64_t>(decided.size()))));
    why.push_back(in_tongue(context, screen::text("why.names", names)));
  }
  why.push_back(screen::text("why.stays", words("support.promise")));
  Node reason = screen::group("why", words("support.ask.why"), std::move(why));
  reason.collapsed = true;
  out.main.push_back(std::move(reason));
  Node save = screen::button("save", words("support.ask.save"), Importance::Primary, Icon::Check);
  save.version = fact.id;
  out.foot.push_back(std::move(save));
  Node skip = screen::button("skip", words("support.ask.skip"));
  skip.version = fact.id;
  out.foot.push_back(std::move(skip));
  out.foot.push_back(screen::button("support.mine", words("support.mine.see"), Importance::Tertiary));
  return out;
}

screen::Screen Asking::answers(const Context& context, const Shown& shown, const Route& route) const {
  const auto& words = context.words;
  screen::Screen out = pages::frame(context, route, words("support.answers"));
  out.main.push_back(screen::text("promise", words("support.promise")));
  Nodes rows;
  for (std::size_t i = 0; shown.pack != nullptr && i < shown.pack->facts.size(); ++i) {
    const rules::Fact& fact = shown.pack->facts[i];
    const auto kept = shown.answers.find(fact.id);
    if (kept == shown.answers.end()) continue;
    rows.push_back(in_tongue(context, screen::row_button("edit." + fact.id, said(context, fact.label),
                                                         shown_answer(context, fact, kept->second))));
    rows.back().icon = Icon::Edit;
  }
  if (rows.empty()) {
    out.main.push_back(screen::empty("none", words("support.answers.none")));
    return out;
  }
  out.main.push_back(screen::list("list", words("support.answers.list"), std::move(rows)));
  if (erasing_) {
    out.main.push_back(screen::alert(
        "erase.ask", words("support.erase.ask"), Tone::Warning,
        {screen::button("erase.yes", words("support.erase.yes"), Importance::Secondary, Icon::Delete)}));
  } else {
    out.main.push_back(screen::button("erase", words("support.erase"), Importance::Tertiary, Icon::Delete));
  }
  return out;
}

// The next question in a row of questions; back to the list for one that was corrected.
Step Asking::after(const Route& route) const {
  if (!route.subject.empty()) return pages::back();
  Step out;
  out.move = Step::Move::Replace;
  out.to = {kAsk, ""};
  return out;
}

Step Asking::save(const Context& context, const Shown& shown, const Route& route, int index) {
  const rules::Fact& fact = shown.fact(index);
  const auto kept = shown.answers.find(fact.id);
  if (typed_.empty() && kept != shown.answers.end() && kept->second != kNotKnown) typed_ = kept->second;
  if (typed_.empty()) {
    error_ = "support.ask.empty";
    return {};
  }
  const auto answer = answer_of(fact, typed_, context.today());
  if (!answer.ok()) {
    const bool date = fact.type == FactType::Date;
    error_ = answer.code() == base::Code::DateOutOfRange ? "support.ask.date.range"
             : date                                      ? "support.ask.date.wrong"
             : answer.code() == base::Code::TooLarge     ? "support.ask.number.range"
                                                         : "support.ask.number.wrong";
    return {};
  }
  if (!PersonBook(context.database).tell(shown.who.id, fact.id, *answer).ok()) {
    error_ = "error.storage.what";
    return {};
  }
  open();
  return after(route);
}

Step Asking::act(const Context& context, const Shown& shown, const Route& route,
                 const screen::Action& action) {
  if (route.name == kAnswers) {
    if (action.action != "press") return {};
    if (action.node.starts_with("edit.")) return pages::go_to(kAsk, action.node.substr(5));
    if (action.node == "erase") erasing_ = true;
    if (action.node == "erase.yes") {
      erasing_ = false;
      if (PersonBook(context.database).erase(shown.who.id).ok()) return pages::back();
    }
    return {};
  }
  const int index = asked(shown, route);
  if (action.action == "press" && action.node == "support.mine") {
    Step out = pages::go_to(kMine);
    out.move = Step::Move::Replace;
    return out;
  }
  if (index < 0) return {};
  if (action.node == "answer" && (action.action == "enter" || action.action == "choose")) {
    typed_ = action.value;
    error_.clear();
    return {};
  }
  if (action.action != "press") return {};
  if (action.node == "save") return save(context, shown, route, index);
  if (action.node == "skip") {
    const std::string id = shown.fact(index).id;
    if (!PersonBook(context.database).tell(shown.who.id, id, kNotKnown).ok()) return {};
    open();
    return after(route);
  }
  return {};
}

}  // namespace machi::support
