// The family's first page: what must not be forgotten, each child, what is awaited; and a child's own page
// with its days, past and to come.
#include <algorithm>

#include "core/parenting/citizen/family_pages.h"
#include "core/rules/age.h"

namespace machi::parenting {
namespace {

constexpr std::size_t kMostSteps = 60;
constexpr int kNearDays = 370;

struct Moment {
  Date on;
  std::string name;
  bool done = false;
};

}  // namespace

Screen FamilyPages::family(const Context& context, Screen out) const {
  const auto& words = context.words;
  const auto children = record_.children();
  Node add = screen::button("add", words("parenting.add"), Importance::Secondary, Icon::Add);
  if (children.empty()) {
    out.main.push_back(screen::text("intro", words("parenting.intro")));
    out.main.push_back(screen::text("promise", words("parenting.promise")));
    add.importance = Importance::Primary;
    out.main.push_back(
        screen::button("share", words("parenting.share.title"), Importance::Secondary, Icon::Send));
    out.main.push_back(screen::button("points", words("parenting.points.title"), Importance::Secondary));
    out.foot.push_back(std::move(add));
    return out;
  }
  Nodes due;
  for (const Reminder& one : reminders(record_, tables_, words, context.today())) {
    due.push_back(screen::row_button(one.id, one.text, one.hint));
    due.back().icon = Icon::Clock;
  }
  if (due.empty())
    out.main.push_back(screen::alert("remind.none", words("parenting.remind.none"), Tone::Success));
  else
    out.main.push_back(screen::group("remind", words("parenting.remind.title"),
                                     {screen::list("remind.list", "", std::move(due))}));
  Nodes rows;
  for (const KnownChild& child : children) {
    const std::string called = child.said.name.empty() ? words("parenting.child.unnamed") : child.said.name;
    rows.push_back(
        screen::row_button("child." + child.id.hex(), called, age_of(words, child.said, context.today())));
    rows.back().icon = Icon::Person;
    if (child.other)
      rows.back().children.push_back(screen::badge("differs." + child.id.hex(), words("parenting.both.badge"),
                                                   Tone::Warning, Icon::Warning));
  }
  out.main.push_back(screen::group("children", words("parenting.children"),
                                   {screen::list("children.list", "", std::move(rows))}));
  out.main.push_back(std::move(add));
  Nodes more;
  more.push_back(screen::row_button("todo", words("parenting.todo.title"), ""));
  more.push_back(screen::row_button("points", words("parenting.points.title"), ""));
  more.push_back(screen::row_button("share", words("parenting.share.title"), ""));
  out.main.push_back(screen::list("more", "", std::move(more)));
  out.main.push_back(screen::text("promise", words("parenting.promise")));
  return out;
}

Step FamilyPages::act_family(const Context&, const Action& action) {
  if (action.action != "press") return {};
  if (action.node == "add") return pages::go_to(kEdit);
  if (action.node == "todo") return pages::go_to(kTodo);
  if (action.node == "points") return pages::go_to(kPoints);
  if (action.node == "share") return pages::go_to(kShare);
  constexpr std::string_view kRow = "child.", kRemind = "remind.";
  if (action.node.starts_with(kRow)) return pages::go_to(kChild, action.node.substr(kRow.size()));
  if (action.node.starts_with(kRemind)) {
    const std::string rest = action.node.substr(kRemind.size());
    const auto dot = rest.find('.');
    if (dot == std::string::npos) return {};
    const std::string child = rest.substr(0, dot), what = rest.substr(dot + 1);
    return tables_.schedule.find(what) >= 0 ? pages::go_to(kPlan, child)
                                            : pages::go_to(kEntry, child + "/" + what);
  }
  return {};
}

Screen FamilyPages::one_child(const Context& context, const KnownChild& child, Screen out) const {
  const auto& words = context.words;
  const Date today = context.today();
  if (child.other) {
    const auto said = [&](const ChildSaid& one) {
      return one.name + " " + (one.birth ? words.birth(*one.birth) : words.birth(*one.due));
    };
    out.main.push_back(screen::alert("both", words("parenting.both"), Tone::Warning));
    out.main.push_back(
        screen::button("both.this", words("parenting.both.keep", {{"what", said(child.said)}})));
    out.main.push_back(
        screen::button("both.other", words("parenting.both.keep", {{"what", said(*child.other)}})));
  }
  Nodes facts;
  facts.push_back(screen::fact("age", words("parenting.growth.age"), age_of(words, child.said, today)));
  if (child.said.birth)
    facts.push_back(screen::fact("birth", words("parenting.birth"), words.birth(*child.said.birth)));
  if (child.said.due)
    facts.push_back(screen::fact("due", words("parenting.due"), words.birth(*child.said.due)));
  if (child.said.birth) {
    const auto corrected = corrected_age(*child.said.birth, today, gestation_days(child.said));
    if (corrected.ok() && corrected->corrected && corrected->days >= 0)
      facts.push_back(screen::fact("corrected", words("parenting.corrected"),
                                   age_text(words, static_cast<int>(corrected->days / 30.4375))));
  }
  out.main.push_back(screen::facts("facts", "", std::move(facts)));
  Nodes rows;
  const auto add = [&](const char* id, const char* key, std::string hint, Icon icon) {
    rows.push_back(screen::row_button(id, words(key), std::move(hint)));
    rows.back().icon = icon;
  };
  if (child.said.birth) {
    int today_count = 0;
    const auto care = care_plan(record_, child, tables_, today);
    if (care.ok())
      for (const Next& next : care->plan.next)
        today_count += next.turn == Turn::Today && !next.late_start ? 1 : 0;
    add("plan", "parenting.plan.title", words.count("parenting.plan.count", today_count), Icon::Calendar);
    add("growth", "parenting.growth.title", "", Icon::None);
  }
  add("book", "parenting.book.title", "", Icon::Edit);
  add("edit", "parenting.child.edit", "", Icon::Settings);
  out.main.push_back(screen::list("ways", "", std::move(rows)));

  std::vector<Moment> moments;
  if (child.said.due && !child.said.birth)
    moments.push_back({*child.said.due, words("parenting.due"), false});
  if (child.said.birth) moments.push_back({*child.said.birth, words("parenting.birth"), true});
  if (const auto care = care_plan(record_, child, tables_, today); care.ok()) {
    for (const PlannedDose& dose : care->doses)
      moments.push_back(
          {dose.known.said.on, vaccine_name(words, tables_.schedule, dose.known.said.vaccine), true});
    for (const auto& proposed : care->plan.proposed)
      if (proposed.on.days - today.days < kNearDays)
        moments.push_back(
            {proposed.on,
             words("parenting.plan.dose", {{"vaccine", series_name(words, tables_.schedule, proposed.series)},
                                           {"n", std::to_string(proposed.dose)}}),
             false});
  }
  const auto done = record_.check_ups(child.id);
  for (const auto& known : done) moments.push_back({known.said.on, check_name(words, known.said.form), true});
  if (child.said.birth)
    for (const CheckForm& form : kCheckForms) {
      const auto on = rules::plus_months(*child.said.birth, form.months);
      const bool had =
          std::any_of(done.begin(), done.end(), [&](const auto& one) { return one.said.form == form.id; });
      if (form.months > 0 && on.ok() && *on >= today && on->days - today.days < kNearDays && !had)
        moments.push_back({*on, check_name(words, form.id), false});
    }
  std::stable_sort(moments.begin(), moments.end(),
                   [](const Moment& a, const Moment& b) { return a.on < b.on; });
  if (moments.size() > kMostSteps)
    moments.erase(moments.begin(), moments.end() - static_cast<std::ptrdiff_t>(kMostSteps));
  // A day a step.
  Nodes steps;
  for (std::size_t i = 0; i < moments.size();) {
    std::string all;
    const std::size_t first = i;
    for (; i < moments.size() && moments[i].on == moments[first].on && moments[i].done == moments[first].done;
         ++i)
      all += (all.empty() ? "" : kAnd) + moments[i].name;
    const bool past = moments[first].done;
    steps.push_back(screen::step("step." + std::to_string(steps.size()), words.birth(moments[first].on),
                                 past ? screen::State::Done : screen::State::Todo, "", all));
  }
  out.main.push_back(
      screen::group("days", words("parenting.days"), {screen::steps("timeline", "", std::move(steps))}));
  return out;
}

Step FamilyPages::act_child(const Context& context, const KnownChild& child, const Action& action) {
  if (action.action != "press") return {};
  const std::string id = child.id.hex();
  if (action.node == "plan") return pages::go_to(kPlan, id);
  if (action.node == "growth") return pages::go_to(kGrowth, id);
  if (action.node == "book") return pages::go_to(kBook, id);
  if (action.node == "edit") return pages::go_to(kEdit, id);
  if (child.other && action.node == "both.this") write(context, child.id, child.said, child.facts);
  if (child.other && action.node == "both.other") write(context, child.id, *child.other, child.facts);
  return {};
}

}  // namespace machi::parenting
