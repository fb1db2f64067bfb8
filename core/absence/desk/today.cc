// The day's list, class by class, in the register's order (picture 10): who is absent, late or leaving early,
// why, and what a person at the school has confirmed. Rows carry the version that they show, so that a tap
// meets what was read.
#include "core/absence/desk/page.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

constexpr int kDaysBack = 30;

// The first unread row of the screen is the next one to do.
struct NextToDo {
  bool taken = false;
};

std::vector<screen::Column> columns(const words::Words& words) {
  return {{"number", words("desk.column.number")}, {"pupil", words("desk.column.pupil")},
          {"kind", words("desk.column.kind")},     {"cause", words("desk.column.cause")},
          {"at", words("desk.column.at")},         {"seen", words("desk.column.seen")},
          {"act", words("desk.column.act"), true}};
}

std::string key_of(const DayLine& line) {
  const std::string report = line.entry.report.hex();
  return line.entry.heads.size() > 1 ? report + "." + line.version.report.version.hex() : report;
}

Node pupil_cell(const words::Words& words, std::string id, const std::optional<Pupil>& pupil) {
  if (!pupil) return screen::cell(std::move(id), words("desk.pupil.gone"));
  Node cell = screen::cell(std::move(id), pupil_name(words, *pupil));
  if (!words.easy()) cell.hint = pupil->record.reading;
  return cell;
}

Node seen_cell(const DeskScene& scene, std::string id, const DayLine& line) {
  const auto& words = scene.words;
  Node cell = screen::cell(id, "");
  if (const ReadMark* read = line.read()) {
    const std::string time = words.moment(read->at, scene.now);
    cell.children.push_back(screen::badge(id + ".badge",
                                          read->by.empty()
                                              ? words("desk.seen", {{"time", time}})
                                              : words("desk.seen.by", {{"time", time}, {"by", read->by}}),
                                          Tone::Success, Icon::Check));
    return cell;
  }
  Node unread = screen::badge(
      id + ".badge", line.entry.changed_since_read() ? words("desk.changed") : words("desk.unread.one"));
  unread.state = State::New;
  cell.children.push_back(std::move(unread));
  if (line.entry.heads.size() > 1) cell.hint = words("desk.two-versions");
  return cell;
}

Node line_row(const DeskScene& scene, const DayLine& line, NextToDo& next) {
  const auto& words = scene.words;
  const std::string key = key_of(line);
  const std::string version = line.version.report.version.hex();
  const auto cell = [&](std::string_view part) { return std::string(part) + "." + key; };
  Nodes cells;
  cells.push_back(screen::cell(cell("number"), line.pupil ? std::to_string(line.pupil->record.number) : ""));
  cells.push_back(pupil_cell(words, cell("pupil"), line.pupil));
  cells.push_back(kind_cell(words, cell("kind"), line.version.report));
  cells.push_back(cause_cell(words, cell("cause"), line.version.report));
  cells.push_back(screen::cell(cell("at"), words.moment(line.version.written, scene.now)));
  cells.push_back(seen_cell(scene, cell("seen"), line));
  Node act = screen::cell(cell("act"), "");
  if (!line.read()) {
    Node button = screen::button("confirm." + key, words("desk.confirm"),
                                 next.taken ? Importance::Secondary : Importance::Primary);
    button.version = version;
    next.taken = true;
    act.children.push_back(std::move(button));
  }
  cells.push_back(std::move(act));
  Node row = screen::table_row("row." + key, std::move(cells));
  row.version = version;
  if (!line.read()) row.state = State::New;
  return row;
}

Node apart_row(const DeskScene& scene, const ApartReport& apart) {
  const auto& words = scene.words;
  const std::string version = apart.version.report.version.hex();
  const auto cell = [&](std::string_view part) { return "apart-" + std::string(part) + "." + version; };
  const auto pupil = scene.school.roll().pupil(apart.version.report.pupil);
  const std::string who = scene.school.roll().name_of(crypto::SignPublic{apart.version.from});
  Nodes cells;
  Node name = pupil_cell(words, cell("pupil"), pupil);
  if (pupil) name.hint = pupil->class_name;
  cells.push_back(std::move(name));
  cells.push_back(kind_cell(words, cell("kind"), apart.version.report));
  cells.push_back(cause_cell(words, cell("cause"), apart.version.report));
  cells.push_back(screen::cell(cell("from"), who.empty() ? words("desk.apart.unknown") : who));
  Node telephones = screen::cell(cell("telephone"), "");
  if (pupil)
    for (const std::string& digits : pupil->record.telephones)
      telephones.children.push_back(
          screen::link(cell("call") + "." + digits, digits, "tel:" + digits, Icon::Telephone));
  cells.push_back(std::move(telephones));
  Node act = screen::cell(cell("act"), "");
  if (apart.called) {
    act.children.push_back(screen::badge(
        cell("called"), words("desk.apart.called", {{"time", words.moment(*apart.called, scene.now)}}),
        Tone::Success, Icon::Check));
  } else {
    Node button = screen::button("called." + version, words("desk.apart.call-done"));
    button.version = version;
    act.children.push_back(std::move(button));
  }
  cells.push_back(std::move(act));
  Node row = screen::table_row("apart-row." + version, std::move(cells));
  row.version = version;
  if (!apart.called) row.tone = Tone::Warning;
  return row;
}

void add_apart(const DeskScene& scene, Date day, Nodes& main) {
  const auto apart = scene.school.apart(day);
  if (apart.empty()) return;
  const auto& words = scene.words;
  Nodes rows;
  for (const ApartReport& one : apart) rows.push_back(apart_row(scene, one));
  Node group = screen::group("apart", words("desk.apart"),
                             {screen::table("apart.table", words("desk.apart"),
                                            {{"pupil", words("desk.column.pupil")},
                                             {"kind", words("desk.column.kind")},
                                             {"cause", words("desk.column.cause")},
                                             {"from", words("desk.column.from")},
                                             {"telephone", words("desk.column.telephone")},
                                             {"act", words("desk.column.act"), true}},
                                            std::move(rows))});
  group.hint = words("desk.apart.hint");
  group.tone = Tone::Warning;
  group.icon = Icon::Warning;
  main.push_back(std::move(group));
}

Node day_chooser(const DeskScene& scene, Date day) {
  const auto& words = scene.words;
  Node shown = screen::text("day.shown", words("desk.day.shown", {{"date", words.date(day)}}));
  shown.icon = Icon::Calendar;
  return screen::group("day", "",
                       {std::move(shown), screen::button("day.previous", words("desk.day.previous")),
                        screen::button("day.next", words("desk.day.next"))});
}

void add_class(const DeskScene& scene, const SchoolClass& one, const std::vector<DayLine>& lines,
               NextToDo& next, Nodes& main) {
  const auto& words = scene.words;
  Nodes rows;
  for (const DayLine& line : lines)
    if (line.pupil && line.pupil->class_id == one.id) rows.push_back(line_row(scene, line, next));
  const bool whole_school = scene.place.grade < 0;
  if (rows.empty() && whole_school) return;
  const std::string id = "class." + one.id.hex();
  const std::string name =
      whole_school ? words("desk.class", {{"grade", std::to_string(one.grade)}, {"name", one.name}})
                   : one.name;
  Nodes inside;
  if (rows.empty())
    inside.push_back(screen::text(id + ".none", words("desk.class.none")));
  else
    inside.push_back(screen::table(id + ".table", name, columns(words), std::move(rows)));
  Node group = screen::group(id, name, std::move(inside));
  group.hint = words("desk.class.about", {{"n", std::to_string(one.pupils)}, {"teacher", one.teacher}});
  main.push_back(std::move(group));
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const Date day = day_of(scene);
  const Date today = base::date_of(scene.now);
  const std::string name = scene.place.grade < 0
                               ? words("desk.grade.all")
                               : words("desk.grade", {{"n", std::to_string(scene.place.grade)}});
  screen::Screen out =
      desk_frame(scene, "desk.today", words("desk.today.title", {{"date", words.date(day)}}));

  int absent = 0, late = 0, leaving = 0, unread = 0;
  const auto all = scene.school.day(day);
  for (const DayLine& line : all) {
    if (scene.place.grade >= 0 && (!line.pupil || line.pupil->grade != scene.place.grade)) continue;
    if (!line.read()) ++unread;
    switch (line.version.report.kind) {
      case ReportKind::Absent:
        ++absent;
        break;
      case ReportKind::Late:
        ++late;
        break;
      case ReportKind::LeavingEarly:
        ++leaving;
        break;
      case ReportKind::Back:
      case ReportKind::Cancelled:
        break;
    }
  }
  Node heading = screen::heading("heading", name);
  heading.hint = words("desk.sums", {{"absent", std::to_string(absent)},
                                     {"late", std::to_string(late)},
                                     {"leaving", std::to_string(leaving)}});
  out.main.push_back(std::move(heading));
  if (unread > 0) {
    Node badge = screen::badge("unread", words("desk.unread", {{"n", std::to_string(unread)}}));
    badge.state = State::New;
    out.main.push_back(std::move(badge));
  }
  if (day != today) {
    const bool closed = !scene.school.days().open(today) && !scene.place.day;
    out.main.push_back(screen::alert(
        "other-day", words(closed ? "desk.day.closed" : "desk.day.other", {{"date", words.date(day)}}),
        Tone::Info));
  }
  out.main.push_back(day_chooser(scene, day));

  if (scene.school.roll().empty()) {
    out.main.push_back(screen::progress("roll", words("desk.roll.coming")));
    return screen::finish(std::move(out));
  }
  add_apart(scene, day, out.main);
  NextToDo next;
  for (const SchoolClass& one : scene.school.roll().classes())
    if (scene.place.grade < 0 || one.grade == scene.place.grade) add_class(scene, one, all, next, out.main);
  Nodes gone;
  if (scene.place.grade < 0)
    for (const DayLine& line : all)
      if (!line.pupil) gone.push_back(line_row(scene, line, next));
  if (!gone.empty())
    out.main.push_back(screen::group(
        "gone", words("desk.pupil.gone"),
        {screen::table("gone.table", words("desk.pupil.gone"), columns(words), std::move(gone))}));
  if (all.empty() && scene.place.grade < 0) {
    Node none = screen::empty("none", words("desk.none"));
    none.hint = words("desk.none.hint");
    out.main.push_back(std::move(none));
  }
  return screen::finish(std::move(out));
}

void turn_day(PageTurn& turn, int direction) {
  const SchoolDays& days = turn.school.days();
  const Date from = day_of(turn.scene);
  for (int n = 1; n <= kDaysBack; ++n) {
    const Date day = from.plus(direction * n);
    if (!days.open(day)) continue;
    turn.place.day = day;
    break;
  }
  // Back at today: follow the calendar again.
  if (turn.place.day == days.next(base::date_of(turn.scene.now))) turn.place.day.reset();
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "day.previous" || action.node == "day.next") {
    turn_day(turn, action.node == "day.next" ? 1 : -1);
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
