// What of the day's list is shown. Filters stay until a person takes them away, and the list says how much
// they hide: nobody may miss a child because of yesterday's choice.
#include "core/absence/desk/day/today_day.h"
#include "core/absence/words_of.h"

namespace machi::absence {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr ReportKind kFilterKinds[] = {ReportKind::Absent, ReportKind::Late, ReportKind::LeavingEarly};

bool filtered(const DeskPlace& place) { return !place.kind.empty() || !place.only.is_zero() || place.unread; }

}  // namespace

bool passes(const DeskPlace& place, const DayLine& line) {
  if (place.grade >= 0 && (!line.pupil || line.pupil->grade != place.grade)) return false;
  if (!place.only.is_zero() && (!line.pupil || line.pupil->class_id != place.only)) return false;
  if (!place.kind.empty() && short_name(line.version.report.kind) != place.kind) return false;
  return !place.unread || !line.read();
}

void add_filters(const DeskScene& scene, Date day, std::size_t hidden, Nodes& main) {
  const auto& words = scene.words;
  const DeskPlace& place = scene.place;
  if (hidden > 0)
    main.push_back(screen::alert("filter.hidden",
                                 words("desk.filter.hidden", {{"n", std::to_string(hidden)}}), Tone::Warning,
                                 {screen::button("filter.clear", words("desk.filter.clear"))}));
  std::vector<screen::Option> kinds{screen::option("all", words("desk.filter.all"), place.kind.empty())};
  for (const ReportKind kind : kFilterKinds)
    kinds.push_back(
        screen::option(std::string(short_name(kind)), word_of(words, kind), place.kind == short_name(kind)));
  Nodes inside;
  add_other_days(scene, day, inside);
  inside.push_back(
      screen::choice("filter.kind", words("desk.column.kind"), screen::Kind::Single, std::move(kinds)));
  std::vector<screen::Option> classes{screen::option("all", words("desk.filter.all"), place.only.is_zero())};
  for (const SchoolClass& one : scene.school.roll().classes())
    if (place.grade < 0 || one.grade == place.grade)
      classes.push_back(screen::option(
          one.id.hex(), words("desk.class", {{"grade", std::to_string(one.grade)}, {"name", one.name}}),
          one.id == place.only));
  inside.push_back(
      screen::choice("filter.class", words("desk.filter.class"), screen::Kind::Single, std::move(classes)));
  inside.push_back(screen::choice("filter.unread", words("desk.column.seen"), screen::Kind::Single,
                                  {screen::option("all", words("desk.filter.all"), !place.unread),
                                   screen::option("unread", words("desk.filter.unread"), place.unread)}));
  Node group = screen::group("filter", words("desk.filter"), std::move(inside));
  group.collapsed = !filtered(place);
  main.push_back(std::move(group));
}

Result<bool> act_on_filters(PageTurn& turn, const screen::Action& action) {
  DeskPlace& place = turn.place;
  if (action.node == "filter.clear") {
    place.kind.clear();
    place.only = {};
    place.unread = false;
  } else if (action.node == "filter.kind") {
    place.kind = action.value == "all" ? "" : action.value;
  } else if (action.node == "filter.unread") {
    place.unread = action.value == "unread";
  } else if (action.node == "filter.class") {
    place.only = {};
    if (action.value != "all") {
      MACHI_TRY_SET(id, ClassId::from_hex_text(action.value));
      place.only = id;
    }
  } else {
    return false;
  }
  MACHI_TRY(keep_filters(turn.school, place));
  return true;
}

void load_filters(const SchoolDesk& school, DeskPlace& place) {
  place.kind = school.setting("filter.kind");
  place.unread = school.setting("filter.unread") == "1";
  if (const auto only = ClassId::from_hex_text(school.setting("filter.class")); only.ok()) place.only = *only;
  const std::string grade = school.setting("filter.grade");
  for (const SchoolClass& one : school.roll().classes())
    if (std::to_string(one.grade) == grade) place.grade = one.grade;
}

Status keep_filters(SchoolDesk& school, const DeskPlace& place) {
  MACHI_TRY(school.set("filter.kind", place.kind));
  MACHI_TRY(school.set("filter.unread", place.unread ? "1" : ""));
  MACHI_TRY(school.set("filter.class", place.only.is_zero() ? "" : place.only.hex()));
  return school.set("filter.grade", place.grade < 0 ? "" : std::to_string(place.grade));
}

}  // namespace machi::absence
