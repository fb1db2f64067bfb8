// 臨時休業: which classes have no lessons from when to when. What stands already can be lifted; what is
// entered is asked for twice, because families hear of it at once. Pure over the tables.
#include "core/absence/desk/page.h"
#include "core/base/text.h"

namespace machi::absence {
namespace {

using base::Code;
using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::pair<Breadth, std::string_view> kBreadths[] = {
    {Breadth::Class, "class"}, {Breadth::Grade, "grade"}, {Breadth::School, "school"}};

const SuspensionDraft& draft_of(const DeskScene& scene) { return scene.place.suspension; }

struct Checked {
  std::map<std::string, std::string> errors;
  Suspension suspension;
};

Checked check(const DeskScene& scene) {
  const auto& words = scene.words;
  const SuspensionDraft& draft = draft_of(scene);
  Checked out;
  Suspension& one = out.suspension;
  one.id = draft.id;
  one.breadth = draft.breadth;
  one.grade = draft.grade;
  one.class_id = draft.class_id;
  const Date today = base::date_of(scene.now);
  const auto first = Date::parse(draft.first), last = Date::parse(draft.last);
  if (!first.ok() || *first < today.plus(-kRangeLimit) || *first > today.plus(kDaysAhead))
    out.errors["first"] = words("desk.entry.error.date");
  else if (!scene.school.days().open(*first))
    out.errors["first"] = words("desk.entry.error.closed");
  if (!last.ok() || (first.ok() && (*last < *first || *last > first->plus(kRangeLimit))))
    out.errors["last"] = words("desk.entry.error.last");
  if (first.ok()) one.first = *first;
  if (last.ok()) one.last = *last;
  return out;
}

std::string days_of(const words::Words& words, const Suspension& one) {
  return one.first == one.last ? words.date(one.first)
                               : words("desk.suspension.days",
                                       {{"first", words.date(one.first)}, {"last", words.date(one.last)}});
}

Node with(Node node, const DeskScene& scene, const Checked& checked) {
  node.version = draft_of(scene).id.hex();
  const auto error = checked.errors.find(node.id);
  if (error != checked.errors.end()) node.error = error->second;
  return node;
}

Node day_field(const DeskScene& scene, std::string id, std::string_view key, const std::string& value) {
  Node field = screen::field(std::move(id), scene.words(key), screen::Kind::Date, value);
  if (const auto day = Date::parse(value); day.ok())
    field.options.push_back(screen::option(day->iso(), scene.words.date(*day), true));
  return field;
}

void add_standing(const DeskScene& scene, Nodes& main) {
  const auto& words = scene.words;
  const Date today = base::date_of(scene.now);
  Nodes rows;
  for (const Suspension& one : scene.school.suspensions().between(today, today.plus(kDaysAhead))) {
    const std::string id = one.id.hex();
    const std::string lift = "lift." + id;
    if (scene.place.asking == lift) {
      main.push_back(second_press(lift,
                                  words("desk.suspension.lift.sure", {{"what", suspension_name(scene, one)}}),
                                  words("desk.suspension.lift.next"), words("desk.suspension.lift.yes")));
      continue;
    }
    Node row = screen::row("standing." + id, suspension_name(scene, one), days_of(words, one),
                           {screen::button(lift, words("desk.suspension.lift"))});
    row.children.back().version = id;
    rows.push_back(std::move(row));
  }
  if (!rows.empty())
    main.push_back(screen::group("standing", words("desk.suspension.standing"),
                                 {screen::list("standing.list", "", std::move(rows))}));
}

void add_whom(const DeskScene& scene, const Checked& checked, Nodes& main) {
  const auto& words = scene.words;
  const SuspensionDraft& draft = draft_of(scene);
  std::vector<screen::Option> breadths, grades, classes;
  for (const auto& [breadth, name] : kBreadths)
    breadths.push_back(screen::option(std::string(name), words("desk.suspension." + std::string(name)),
                                      breadth == draft.breadth));
  int last = -1;
  for (const SchoolClass& one : scene.school.roll().classes()) {
    classes.push_back(screen::option(one.id.hex(), class_name(words, one), one.id == draft.class_id));
    if (one.grade != last)
      grades.push_back(screen::option(std::to_string(one.grade),
                                      words("desk.grade", {{"n", std::to_string(one.grade)}}),
                                      one.grade == draft.grade));
    last = one.grade;
  }
  main.push_back(with(
      screen::choice("breadth", words("desk.suspension.breadth"), screen::Kind::Single, std::move(breadths)),
      scene, checked));
  if (draft.breadth == Breadth::Class)
    main.push_back(
        with(screen::choice("class", words("desk.slips.class"), screen::Kind::Single, std::move(classes)),
             scene, checked));
  if (draft.breadth == Breadth::Grade)
    main.push_back(
        with(screen::choice("grade", words("desk.rail.grades"), screen::Kind::Single, std::move(grades)),
             scene, checked));
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const SuspensionDraft& draft = draft_of(scene);
  const Checked checked = check(scene);
  screen::Screen out = desk_frame(scene, "desk.suspension/" + draft.id.hex(), words("desk.suspension.title"));
  out.main.push_back(screen::link("back", words("button.back"), "", Icon::Back));
  out.main.push_back(screen::heading("heading", words("desk.suspension.title")));
  add_standing(scene, out.main);
  add_whom(scene, checked, out.main);
  out.main.push_back(with(day_field(scene, "first", "desk.entry.date", draft.first), scene, checked));
  Node last = day_field(scene, "last", "desk.entry.last", draft.last);
  last.minimum = draft.first;
  out.main.push_back(with(std::move(last), scene, checked));
  out.main.push_back(screen::text(
      "how", words(draft.breadth == Breadth::Class ? "desk.suspension.how.class" : "desk.suspension.how")));
  if (scene.place.asking == "suspend" && checked.errors.empty()) {
    const int families = scene.school.families_of(checked.suspension);
    out.main.push_back(
        with(second_press("suspend",
                          words("desk.suspension.sure", {{"what", suspension_name(scene, checked.suspension)},
                                                         {"days", days_of(words, checked.suspension)}}),
                          words("desk.suspension.next", {{"n", std::to_string(families)}}),
                          words("desk.suspension.yes")),
             scene, checked));
  } else {
    out.foot.push_back(
        with(screen::button("suspend", words("desk.suspension.enter"), Importance::Primary, Icon::Check),
             scene, checked));
  }
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  SuspensionDraft& draft = turn.place.suspension;
  if (action.node == "breadth") {
    for (const auto& [breadth, name] : kBreadths)
      if (action.value == name) draft.breadth = breadth;
    return true;
  }
  if (action.node == "grade") {
    for (const SchoolClass& one : turn.school.roll().classes())
      if (std::to_string(one.grade) == action.value) draft.grade = one.grade;
    return true;
  }
  if (action.node == "class") {
    MACHI_TRY_SET(id, ClassId::from_hex_text(action.value));
    draft.class_id = id;
    return true;
  }
  if (action.node == "first" || action.node == "last") {
    (action.node == "first" ? draft.first : draft.last) = base::trimmed(action.value);
    if (draft.last < draft.first) draft.last = draft.first;
    return true;
  }
  if (action.node == "suspend" || (subject(action, "lift") && !action.node.ends_with(".yes"))) {
    turn.place.asking = action.node;
    return true;
  }
  if (!turn.asked) return false;
  if (action.node == "suspend.yes") {
    const Checked checked = check(turn.scene);
    if (!checked.errors.empty()) return true;
    MACHI_TRY(turn.school.suspend(checked.suspension, turn.scene.now));
    turn.place.notice = "desk.suspension.entered";
  } else {
    const std::string_view lifted = *subject(action, "lift");
    MACHI_TRY_SET(id, SuspensionId::from_hex_text(lifted.substr(0, lifted.find('.'))));
    MACHI_TRY(turn.school.resume(id, turn.scene.now));
    turn.place.notice = "desk.suspension.lifted";
  }
  turn.place.page = DeskPage::Today;
  return true;
}

}  // namespace

std::string suspension_name(const DeskScene& scene, const Suspension& suspension) {
  const auto& words = scene.words;
  if (suspension.breadth == Breadth::School) return words("desk.suspension.of.school");
  if (suspension.breadth == Breadth::Grade)
    return words("desk.suspension.of.grade",
                 {{"grade", words("desk.grade", {{"n", std::to_string(suspension.grade)}})}});
  for (const SchoolClass& one : scene.school.roll().classes())
    if (one.id == suspension.class_id)
      return words("desk.suspension.of.class", {{"class", class_name(words, one)}});
  return words("desk.suspension.class");
}

void open_suspension(PageTurn& turn) {
  SuspensionDraft draft;
  draft.id = turn.entropy.id<SuspensionTag>();
  draft.first = draft.last = day_of(turn.scene).iso();
  const auto classes = turn.school.roll().classes();
  if (!classes.empty()) {
    draft.class_id = turn.place.only.is_zero() ? classes.front().id : turn.place.only;
    draft.grade = turn.place.grade >= 0 ? turn.place.grade : classes.front().grade;
  }
  turn.place.suspension = std::move(draft);
  turn.place.page = DeskPage::Suspension;
}

const Page kSuspensionPage{DeskPage::Suspension, "", Icon::Calendar, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
