// Growth: the curve, what was measured, and a form that refuses what no child measures.
#include "core/parenting/citizen/family_pages.h"

namespace machi::parenting {
namespace {

struct Asked {
  const char* node;
  const char* key;
  Measure measure;
  int decimals;
  int Measured::*value;
};
const Asked kAsked[] = {
    {"weight", "parenting.growth.weight", Measure::Weight, 3, &Measured::grams},
    {"length", "parenting.growth.length", Measure::Length, 1, &Measured::length_mm},
    {"head", "parenting.growth.head", Measure::Head, 1, &Measured::head_mm},
};

}  // namespace

Screen FamilyPages::growth(const Context& context, const KnownChild& child, Screen out) const {
  const auto& words = context.words;
  std::vector<screen::Option> options;
  Measure measure = Measure::Weight;
  for (const Asked& one : kAsked) {
    options.push_back(screen::option(one.node, words(one.key), measure_ == one.node));
    if (measure_ == one.node) measure = one.measure;
  }
  out.main.push_back(
      screen::text("who", child.said.name + " / " + age_of(words, child.said, context.today())));
  out.main.push_back(
      screen::choice("measure", words("parenting.growth.what"), Kind::Single, std::move(options)));
  auto drawn = growth_chart(record_, child, measure, tables_, words, context.today());
  if (drawn) {
    if (!drawn->standing.empty()) out.main.push_back(screen::text("standing", drawn->standing));
    out.main.push_back(std::move(drawn->chart));
    out.main.push_back(
        screen::text("source", drawn->source.empty() ? words("parenting.growth.no-sex") : drawn->source));
    if (gestation_days(child.said) > 0 && gestation_days(child.said) < 259)
      out.main.push_back(screen::text("corrected", words("parenting.due.hint")));
  }
  out.main.push_back(screen::button("add", words("parenting.growth.add"), Importance::Primary, Icon::Add));
  Nodes rows;
  const auto all = record_.measurements(child.id);
  for (auto known = all.rbegin(); known != all.rend(); ++known) {
    std::string hint;
    for (const Asked& one : kAsked)
      if (const int value = known->said.*one.value; value > 0)
        hint += (hint.empty() ? "" : " / ") + words(one.key) + " " + decimal_text(words, value, one.decimals);
    rows.push_back(
        screen::row_button("at." + known->facts.front().hex(), words.birth(known->said.on), std::move(hint)));
  }
  if (!rows.empty())
    out.main.push_back(
        screen::group("all", words("parenting.growth.all"), {screen::list("all.list", "", std::move(rows))}));
  out.main.push_back(screen::button("print", words("parenting.print"), Importance::Secondary));
  return out;
}

Step FamilyPages::act_growth(const Context&, const KnownChild& child, const Action& action) {
  if (action.action == "choose" && action.node == "measure") measure_ = action.value;
  if (action.action != "press") return {};
  if (action.node == "add") return pages::go_to(kMeasure, child.id.hex());
  if (action.node.starts_with("at."))
    return pages::go_to(kMeasure, child.id.hex() + "/" + action.node.substr(3));
  return {};
}

Screen FamilyPages::measure(const Context& context, const std::string& rest, Screen out) const {
  const auto& words = context.words;
  Node on = field(context, "on", "parenting.on", Kind::Text, 20);
  on.hint = words("parenting.day.hint");
  out.main.push_back(std::move(on));
  for (const Asked& one : kAsked) out.main.push_back(field(context, one.node, one.key, Kind::Number, 10));
  out.main.push_back(screen::text("some", words("parenting.measure.some")));
  if (!rest.empty()) add_erase(context, out, "parenting.erase.ask");
  out.foot.push_back(screen::button("save", words("parenting.save"), Importance::Primary));
  return out;
}

Step FamilyPages::act_measure(const Context& context, const KnownChild& child, const std::string& rest,
                              const Action& action) {
  if (action.action != "press") return {};
  std::vector<FactId> replaces;
  for (const auto& known : record_.measurements(child.id))
    if (known.facts.front().hex() == rest) replaces = known.facts;
  if (action.node == "erase.yes" && asking_ && !replaces.empty())
    return erase(context, child.id, replaces) ? pages::back() : Step{};
  if (action.node != "save") return {};
  errors_.clear();
  Measured said;
  const auto on = typed_day(context, "on", child.said);
  for (const Asked& one : kAsked) {
    const std::string text = typed(one.node);
    if (text.empty()) continue;
    const auto value = typed_decimal(text, one.decimals);
    if (!value || *value == 0) {
      errors_[one.node] = "parenting.error.number";
      continue;
    }
    if (!on || !child.said.birth) continue;
    const double in_units = static_cast<double>(*value) / (one.decimals == 3 ? 1000 : 10);
    const auto fits = plausibility(tables_.who, one.measure, child.said.sex.value_or(Sex::Female),
                                   on->days - child.said.birth->days, in_units);
    if (fits.possible) {
      said.*one.value = static_cast<int>(*value);
    } else {
      errors_[one.node] = fits.factor > 1 ? "parenting.error.factor" : "parenting.error.impossible";
      factor_ = std::to_string(fits.factor);
    }
  }
  if (errors_.empty() && said.grams + said.length_mm + said.head_mm == 0)
    errors_["weight"] = "parenting.error.nothing";
  if (!errors_.empty() || !on) return {};
  said.on = *on;
  return write(context, child.id, said, replaces) ? pages::back() : Step{};
}

}  // namespace machi::parenting
