// The day's list, class by class, in the register's order (picture 10): who is absent, late or leaving early,
// why, and what a person at the school has confirmed. Rows carry the version that they show, so that a tap
// meets what was read.
#include "core/absence/desk/day/missing.h"
#include "core/absence/desk/day/today_day.h"
#include "core/absence/desk/day/today_rows.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

void add_class(const DeskScene& scene, const SchoolClass& one, const std::vector<DayLine>& shown,
               NextToDo& next, Nodes& main) {
  const auto& words = scene.words;
  std::vector<DayLine> lines;
  for (const DayLine& line : shown)
    if (line.pupil && line.pupil->class_id == one.id) lines.push_back(line);
  const bool whole_school = scene.place.grade < 0;
  if (lines.empty() && whole_school) return;
  const std::string id = "class." + one.id.hex();
  const std::string name =
      whole_school ? words("desk.class", {{"grade", std::to_string(one.grade)}, {"name", one.name}})
                   : one.name;
  Nodes inside;
  if (lines.empty())
    inside.push_back(screen::text(id + ".none", words("desk.class.none")));
  else
    inside.push_back(lines_table(scene, id + ".table", name, lines, next));
  Node group = screen::group(id, name, std::move(inside));
  group.hint = words("desk.class.about", {{"n", std::to_string(one.pupils)}, {"teacher", one.teacher}});
  main.push_back(std::move(group));
}

// What needs a person stands before the classes: what came after closing. Behind them, folded, what was taken
// back and a person has seen; and pupils who left the roll.
void add_lines(const DeskScene& scene, const std::vector<DayLine>& shown, Nodes& main) {
  const auto& words = scene.words;
  NextToDo next;
  std::vector<DayLine> in_time, late, gone, cancelled;
  const auto over = [](const DayLine& line) {
    return line.version.report.kind == ReportKind::Cancelled && line.read();
  };
  for (const DayLine& line : shown)
    (over(line) ? cancelled : line.after_closing ? late : line.pupil ? in_time : gone).push_back(line);
  if (!late.empty()) {
    Node group =
        screen::group("after-closing", words("desk.after-closing"),
                      {lines_table(scene, "after-closing.table", words("desk.after-closing"), late, next)});
    group.hint = words("desk.after-closing.hint");
    group.tone = Tone::Warning;
    group.icon = Icon::Clock;
    main.push_back(std::move(group));
  }
  for (const SchoolClass& one : scene.school.roll().classes())
    if ((scene.place.grade < 0 || one.grade == scene.place.grade) &&
        (scene.place.only.is_zero() || one.id == scene.place.only))
      add_class(scene, one, in_time, next, main);
  if (!cancelled.empty()) {
    const std::string name = words("desk.cancelled.fold", {{"n", std::to_string(cancelled.size())}});
    Node group =
        screen::group("cancelled", name, {lines_table(scene, "cancelled.table", name, cancelled, next)});
    group.collapsed = true;
    main.push_back(std::move(group));
  }
  if (!gone.empty())
    main.push_back(screen::group("gone", words("desk.pupil.gone"),
                                 {lines_table(scene, "gone.table", words("desk.pupil.gone"), gone, next)}));
}

// Neither reported nor present: the first thing to look after.
void add_missing(const DeskScene& scene, Date day, Nodes& main) {
  const auto missing = missing_on(scene.school, day).size();
  if (missing == 0) return;
  main.push_back(screen::alert("missing", scene.words("desk.missing", {{"n", std::to_string(missing)}}),
                               Tone::Danger,
                               {screen::button("missing.open", scene.words("desk.missing.open"))}));
}

// Which classes have no lessons on the day, and until when.
void add_suspensions(const DeskScene& scene, Date day, Nodes& main) {
  const auto& words = scene.words;
  for (const Suspension& one : scene.school.suspensions().between(day, day)) {
    Node alert = screen::alert("suspended." + one.id.hex(),
                               words("desk.suspension.until",
                                     {{"what", suspension_name(scene, one)}, {"date", words.date(one.last)}}),
                               Tone::Info);
    alert.icon = Icon::Calendar;
    main.push_back(std::move(alert));
  }
}

struct Sums {
  int absent = 0, late = 0, leaving = 0, unread = 0;
};

Sums sums_of(const DeskScene& scene, const std::vector<DayLine>& all) {
  Sums out;
  for (const DayLine& line : all) {
    if (scene.place.grade >= 0 && (!line.pupil || line.pupil->grade != scene.place.grade)) continue;
    if (!line.read()) ++out.unread;
    switch (line.version.report.kind) {
      case ReportKind::Absent:
        ++out.absent;
        break;
      case ReportKind::Late:
        ++out.late;
        break;
      case ReportKind::LeavingEarly:
        ++out.leaving;
        break;
      case ReportKind::Back:
      case ReportKind::Cancelled:
        break;
    }
  }
  return out;
}

void add_head(const DeskScene& scene, Date day, const std::vector<DayLine>& all, Nodes& main) {
  const auto& words = scene.words;
  const Sums sums = sums_of(scene, all);
  Node heading = screen::heading(
      "heading", scene.place.grade < 0 ? words("desk.grade.all")
                                       : words("desk.grade", {{"n", std::to_string(scene.place.grade)}}));
  heading.hint = words("desk.sums", {{"absent", std::to_string(sums.absent)},
                                     {"late", std::to_string(sums.late)},
                                     {"leaving", std::to_string(sums.leaving)}});
  main.push_back(std::move(heading));
  if (sums.unread > 0) {
    Node badge = screen::badge("unread", words("desk.unread", {{"n", std::to_string(sums.unread)}}));
    badge.state = State::New;
    main.push_back(std::move(badge));
  }
  const Date today = base::date_of(scene.now);
  if (day == today) return;
  const bool closed = !scene.school.days().open(today) && !scene.place.day;
  main.push_back(screen::alert(
      "other-day", words(closed ? "desk.day.closed" : "desk.day.other", {{"date", words.date(day)}}),
      Tone::Info));
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const Date day = day_of(scene);
  screen::Screen out =
      desk_frame(scene, "desk.today", words("desk.today.title", {{"date", words.date(day)}}));
  const auto& all = scene.lines(day);
  add_head(scene, day, all, out.main);
  add_day_chooser(scene, day, out.main);
  if (scene.school.roll().empty()) {
    out.main.push_back(screen::progress("roll", words("desk.roll.coming")));
    return screen::finish(std::move(out));
  }
  add_suspensions(scene, day, out.main);
  add_missing(scene, day, out.main);
  add_apart(scene, day, out.main);
  std::vector<DayLine> shown;
  std::size_t hidden = 0;
  for (const DayLine& line : all) {
    if (passes(scene.place, line))
      shown.push_back(line);
    else if (scene.place.grade < 0 || (line.pupil && line.pupil->grade == scene.place.grade))
      ++hidden;
  }
  add_filters(scene, day, hidden, out.main);
  add_lines(scene, shown, out.main);
  if (all.empty() && scene.place.grade < 0) {
    Node none = screen::empty("none", words("desk.none"));
    none.hint = words("desk.none.hint");
    out.main.push_back(std::move(none));
  }
  add_close(scene, day, out.main);
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  for (const auto part : {act_on_day, act_on_filters, act_on_close}) {
    MACHI_TRY_SET(taken, part(turn, action));
    if (taken) return true;
  }
  if (action.node == "suspension.open") {
    open_suspension(turn);
    return true;
  }
  if (action.node == "missing.open") {
    turn.place.roll = {};
    turn.place.page = DeskPage::RollCall;
    return true;
  }
  if (const auto about = subject(action, "confirm")) {
    MACHI_TRY_SET(report, ReportId::from_hex_text(about->substr(0, about->find('.'))));
    MACHI_TRY_SET(version, VersionId::from_hex_text(action.version));
    MACHI_TRY(turn.school.confirm(report, version, turn.scene.now));
    return true;
  }
  if (const auto about = subject(action, "called")) {
    MACHI_TRY_SET(version, VersionId::from_hex_text(*about));
    MACHI_TRY(turn.school.called(version, turn.scene.now));
    return true;
  }
  return false;
}

}  // namespace

const Page kTodayPage{DeskPage::Today, "", Icon::Home, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
