// What the town's rules say to this family: procedures for it now, and the points of the nursery counted from
// its answers, explained, before anybody applies. The answers stay on this phone.
#include <algorithm>

#include "core/parenting/citizen/family_pages.h"
#include "core/rules/age.h"
#include "core/rules/points.h"

namespace machi::parenting {
namespace {

constexpr std::size_t kGuardians = 2;

std::string language(const Context& context) {
  const std::string& own = context.words.language();
  return own.starts_with("ja") ? "ja" : own;
}

// "points.facts": lines "guardian/fact=value", guardian "" for a fact of the family.
std::map<std::string, std::string> answers(const RecordBook& book) {
  std::map<std::string, std::string> out;
  const std::string kept = book.setting("points");
  for (std::size_t at = 0; at < kept.size();) {
    const std::size_t end = std::min(kept.find('\n', at), kept.size());
    const std::string line = kept.substr(at, end - at);
    if (const auto equal = line.find('='); equal != std::string::npos)
      out[line.substr(0, equal)] = line.substr(equal + 1);
    at = end + 1;
  }
  return out;
}

std::optional<std::int64_t> value_of(const std::string& text) {
  const auto value = typed_decimal(text, 0);
  return value && *value <= 1'000'000'000 ? value : std::nullopt;
}

rules::Person person_of(const rules::Pack& pack, const std::map<std::string, std::string>& answers) {
  rules::Person person = rules::nobody(pack);
  const auto second = answers.find("second");
  person.guardians.assign(second != answers.end() && second->second == "1" ? kGuardians : 1,
                          std::vector<rules::Value>(pack.facts.size()));
  for (const auto& [key, text] : answers) {
    const auto slash = key.find('/');
    if (slash == std::string::npos) continue;
    const int fact = pack.fact_of(key.substr(slash + 1));
    const auto value = value_of(text);
    if (fact < 0 || !value) continue;
    const auto at = static_cast<std::size_t>(fact);
    if (*value < pack.facts[at].least || *value > pack.facts[at].most) continue;
    if (slash == 0)
      person.facts[at] = *value;
    else if (const auto who = value_of(key.substr(0, slash));
             who && static_cast<std::size_t>(*who) < person.guardians.size())
      person.guardians[static_cast<std::size_t>(*who)][at] = *value;
  }
  return person;
}

// The asked facts that the items of a scheme look at, in the pack's order.
void facts_of(const rules::Pack& pack, int node, std::vector<char>& out) {
  const rules::Node& one = pack.nodes[static_cast<std::size_t>(node)];
  if (one.kind == rules::NodeKind::Within)
    for (const int fact : rules::asked_behind(pack, one.index)) out[static_cast<std::size_t>(fact)] = 1;
  for (const int child : one.children) facts_of(pack, child, out);
}
std::vector<int> asked_by(const rules::Pack& pack, const rules::PointScheme& scheme) {
  std::vector<char> wanted(pack.facts.size());
  for (const auto* items : {&scheme.base, &scheme.adjust})
    for (const rules::PointItem& item : *items)
      if (item.when >= 0) facts_of(pack, item.when, wanted);
  std::vector<int> out;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i] != 0) out.push_back(static_cast<int>(i));
  return out;
}

int scheme_of(const rules::Pack& pack, const std::map<std::string, std::string>& answers) {
  const auto chosen = answers.find("scheme");
  const int found = chosen == answers.end() ? 0 : pack.scheme_of(chosen->second);
  return std::max(found, 0);
}

}  // namespace

Screen FamilyPages::todo(const Context& context, Screen out) const {
  const auto& words = context.words;
  const rules::Pack* pack = context.shelf.pack();
  if (pack == nullptr) {
    out.main.push_back(screen::text("rules", words("parenting.no-rules")));
    return out;
  }
  const int child_birth = pack->fact_of("child-birth"), raises = pack->fact_of("raises-child"),
            order = pack->fact_of("child-order"), pregnant = pack->fact_of("pregnant");
  const auto children = record_.children();
  const std::string tongue = language(context);
  const bool awaited =
      std::any_of(children.begin(), children.end(), [](const KnownChild& one) { return !one.said.birth; });
  int number = 0, shown = 0;
  const auto about = [&](const KnownChild* child) {
    rules::Person person = rules::nobody(*pack);
    const auto set = [&](int fact, std::int64_t value) {
      if (fact >= 0) person.facts[static_cast<std::size_t>(fact)] = value;
    };
    const bool born = child != nullptr && child->said.birth;
    set(pregnant, awaited ? 1 : 0);
    set(raises, born ? 1 : 0);
    if (born) set(child_birth, child->said.birth->days), set(order, ++number);
    Nodes rows;
    for (const rules::Answer& answer : rules::decide_all(*pack, person, context.today())) {
      const auto& benefit = pack->benefits[static_cast<std::size_t>(answer.benefit)];
      const auto facts = rules::asked_behind_benefit(*pack, answer.benefit);
      const auto asks = [&](int fact) {
        return fact >= 0 && std::find(facts.begin(), facts.end(), fact) != facts.end();
      };
      if (answer.truth == rules::Truth::No || !(born ? asks(child_birth) || asks(raises) : asks(pregnant)))
        continue;
      // Not decided by the child alone: only where little is missing.
      const bool sure = answer.truth == rules::Truth::Yes;
      std::string hint = rules::say(*pack, benefit.how, tongue);
      if (!sure && answer.question >= 0) {
        // Inside a sentence of another language a question in Japanese helps nobody.
        const rules::Text& what = pack->facts[static_cast<std::size_t>(answer.question)].question;
        hint = what.contains(tongue)
                   ? words("parenting.todo.depends", {{"what", rules::say(*pack, what, tongue)}})
                   : std::string();
      }
      const std::string id = "todo." + std::to_string(shown++);
      rows.push_back(screen::row(id, rules::say(*pack, benefit.name, tongue), hint));
      if (sure)
        rows.back().children.push_back(
            screen::badge(id + ".yes", words("parenting.todo.yes"), Tone::Success, Icon::Check));
      else
        rows.back().children.push_back(
            screen::badge(id + ".maybe", words("parenting.todo.maybe"), Tone::Neutral));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Node& a, const Node& b) {
      return a.children.front().tone == Tone::Success && b.children.front().tone != Tone::Success;
    });
    if (rows.empty()) return;
    const std::string called = born ? child->said.name : words("parenting.todo.pregnancy");
    out.main.push_back(screen::group("group." + std::to_string(shown), called,
                                     {screen::list("list." + std::to_string(shown), "", std::move(rows))}));
  };
  if (awaited) about(nullptr);
  for (const KnownChild& child : children)
    if (child.said.birth) about(&child);
  if (shown == 0) out.main.push_back(screen::text("none", words("parenting.todo.none")));
  out.main.push_back(screen::text("ask", words("parenting.todo.ask")));
  return out;
}

Screen FamilyPages::points(const Context& context, Screen out) const {
  const auto& words = context.words;
  const rules::Pack* pack = context.shelf.pack();
  if (pack == nullptr || pack->schemes.empty()) {
    out.main.push_back(screen::text("rules", words("parenting.no-rules")));
    return out;
  }
  const std::string tongue = language(context);
  const auto kept = answers(book(context));
  const int scheme = scheme_of(*pack, kept);
  const auto& about = pack->schemes[static_cast<std::size_t>(scheme)];
  const rules::Person person = person_of(*pack, kept);
  const rules::Points counted = rules::count_points(*pack, person, context.today(), scheme);
  if (pack->schemes.size() > 1) {
    std::vector<screen::Option> options;
    for (const auto& one : pack->schemes)
      options.push_back(screen::option(one.id, rules::say(*pack, one.name, tongue), one.id == about.id));
    out.main.push_back(
        screen::choice("scheme", words("parenting.points.scheme"), Kind::Single, std::move(options)));
  }
  out.main.push_back(screen::alert(
      "sum",
      counted.least == counted.most
          ? words("parenting.points.exact", {{"n", std::to_string(counted.least)}})
          : words("parenting.points.range",
                  {{"least", std::to_string(counted.least)}, {"most", std::to_string(counted.most)}}),
      Tone::Info));
  Nodes rows;
  for (const rules::CountedItem& item : counted.items) {
    if (item.applies == rules::Truth::No || (item.applies == rules::Truth::Unknown && item.guardian >= 0))
      continue;
    const std::string id = "item." + std::to_string(rows.size());
    std::string label = rules::say(*pack, item.item->label, tongue);
    if (item.guardian >= 0)
      label = words("parenting.points.guardian", {{"n", std::to_string(item.guardian + 1)}}) + " / " + label;
    const std::string sum = (item.item->points > 0 ? "+" : "") + std::to_string(item.item->points);
    rows.push_back(screen::row(id, label,
                               item.applies == rules::Truth::Yes
                                   ? words("parenting.points.counts", {{"n", sum}})
                                   : words("parenting.points.may", {{"n", sum}})));
  }
  if (!rows.empty())
    out.main.push_back(screen::group("items", words("parenting.points.items"),
                                     {screen::list("items.list", "", std::move(rows))}));
  const auto question = [&](const std::string& who, int fact) {
    const auto& one = pack->facts[static_cast<std::size_t>(fact)];
    const auto at = kept.find(who + "/" + one.id);
    const auto value = at == kept.end() ? std::nullopt : value_of(at->second);
    return screen::row_button(
        "ask." + who + "/" + one.id, rules::say(*pack, one.question, tongue),
        value ? rules::value_text(*pack, fact, *value, tongue) : words("parenting.points.unasked"));
  };
  const auto asked = asked_by(*pack, about);
  for (std::size_t who = 0; who < person.guardians.size(); ++who) {
    Nodes questions;
    for (const int fact : asked)
      if (pack->facts[static_cast<std::size_t>(fact)].each)
        questions.push_back(question(std::to_string(who), fact));
    const std::string id = "guardian." + std::to_string(who);
    out.main.push_back(screen::group(id, words("parenting.points.guardian", {{"n", std::to_string(who + 1)}}),
                                     {screen::list(id + ".list", "", std::move(questions))}));
  }
  out.main.push_back(screen::button(
      "second", words(person.guardians.size() > 1 ? "parenting.points.alone" : "parenting.points.second")));
  Nodes questions;
  for (const int fact : asked)
    if (!pack->facts[static_cast<std::size_t>(fact)].each) questions.push_back(question("", fact));
  out.main.push_back(screen::group("family", words("parenting.points.family"),
                                   {screen::list("family.list", "", std::move(questions))}));
  out.main.push_back(screen::text("note", words("parenting.points.note")));
  return out;
}

Screen FamilyPages::ask(const Context& context, const std::string& subject, Screen out) const {
  const auto& words = context.words;
  const rules::Pack* pack = context.shelf.pack();
  const auto slash = subject.find('/');
  const int fact =
      pack == nullptr || slash == std::string::npos ? -1 : pack->fact_of(subject.substr(slash + 1));
  if (fact < 0) return out;
  const auto& one = pack->facts[static_cast<std::size_t>(fact)];
  const std::string tongue = language(context);
  const auto kept = answers(book(context));
  const auto at = kept.find(subject);
  const std::string now = at == kept.end() ? "" : at->second;
  const std::string question = rules::say(*pack, one.question, tongue);
  if (!one.why.empty()) out.main.push_back(screen::text("why", rules::say(*pack, one.why, tongue)));
  if (one.type == rules::FactType::Choice || one.type == rules::FactType::Truth) {
    std::vector<screen::Option> options;
    const int count = one.type == rules::FactType::Truth ? 2 : static_cast<int>(one.choices.size());
    for (int i = 0; i < count; ++i) {
      // "Yes" stands first.
      const int value = one.type == rules::FactType::Truth ? 1 - i : i;
      options.push_back(screen::option(std::to_string(value), rules::value_text(*pack, fact, value, tongue),
                                       now == std::to_string(value)));
    }
    out.main.push_back(screen::choice("answer", question, Kind::Single, std::move(options)));
  } else {
    Node number =
        screen::field("answer", question, Kind::Number, typed("answer").empty() ? now : typed("answer"));
    if (const auto error = errors_.find("answer"); error != errors_.end())
      number.error = words(error->second);
    out.main.push_back(std::move(number));
    out.foot.push_back(screen::button("save", words("parenting.save"), Importance::Primary));
  }
  if (!now.empty())
    out.main.push_back(screen::button("forget", words("parenting.points.forget"), Importance::Tertiary));
  return out;
}

Step FamilyPages::act_points(const Context& context, const Action& action) {
  if (action.action == "press" && action.node.starts_with("ask."))
    return pages::go_to(kAsk, action.node.substr(4));
  auto kept = answers(book(context));
  if (action.action == "choose" && action.node == "scheme")
    kept["scheme"] = action.value;
  else if (action.action == "press" && action.node == "second")
    kept["second"] = kept["second"] == "1" ? "0" : "1";
  else
    return {};
  std::string all;
  for (const auto& [key, value] : kept) all += key + "=" + value + "\n";
  failed_ = !book(context).set("points", all).ok();
  return {};
}

Step FamilyPages::act_ask(const Context& context, const std::string& subject, const Action& action) {
  auto kept = answers(book(context));
  if (action.action == "choose" && action.node == "answer") {
    kept[subject] = action.value;
  } else if (action.action == "press" && action.node == "save") {
    const auto value = value_of(typed("answer"));
    if (!value) {
      errors_["answer"] = "parenting.error.number";
      return {};
    }
    kept[subject] = std::to_string(*value);
  } else if (action.action == "press" && action.node == "forget") {
    kept.erase(subject);
  } else {
    return {};
  }
  std::string all;
  for (const auto& [key, value] : kept) all += key + "=" + value + "\n";
  failed_ = !book(context).set("points", all).ok();
  return failed_ ? Step{} : pages::back();
}

}  // namespace machi::parenting
