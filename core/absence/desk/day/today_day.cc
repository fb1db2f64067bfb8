// The day's chooser and its close. Days without school are passed over; a day to come cannot be closed.
#include "core/absence/desk/day/today_day.h"

namespace machi::absence {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr int kDaysBack = 400;  // of the calendar: a school year and what is asked about it

std::size_t reports_on(const DeskScene& scene, Date day) {
  std::size_t out = 0;
  for (const DayLine& line : scene.lines(day))
    out += line.version.report.kind == ReportKind::Cancelled ? 0 : 1;
  return out;
}

// Today and the next school day side by side: from four in the afternoon phones report for the latter.
Node day_pick(const DeskScene& scene, Date shown) {
  const auto& words = scene.words;
  const SchoolDays& days = scene.school.days();
  const Date today = base::date_of(scene.now);
  std::vector<screen::Option> options;
  const auto offer = [&](Date day, std::string_view key) {
    options.push_back(screen::option(
        day.iso(), words(key, {{"date", words.date(day)}, {"n", std::to_string(reports_on(scene, day))}}),
        day == shown));
  };
  if (days.open(today)) offer(today, "desk.day.pick.today");
  if (const auto next = days.next(today.plus(1))) offer(*next, "desk.day.pick.next");
  return screen::choice("day.pick", words("desk.day.pick"), screen::Kind::Single, std::move(options));
}

// From then on what comes in is mostly about the next day.
bool offers_next(const DeskScene& scene) { return base::time_of(scene.now) >= kSchoolIsOver; }

void show(PageTurn& turn, Date day) {
  turn.place.day = day;
  turn.place.closing = false;
  // Back at today: follow the calendar again.
  if (day == turn.school.days().next(base::date_of(turn.scene.now))) turn.place.day.reset();
}

void turn_day(PageTurn& turn, int direction) {
  const Date from = day_of(turn.scene);
  for (int n = 1; n <= kDaysBack; ++n) {
    const Date day = from.plus(direction * n);
    if (!turn.school.days().open(day)) continue;
    return show(turn, day);
  }
}

struct Open {
  int unread = 0;
  int missing = 0;
  int classes = 0;  // without a roll call
};

Open open_on(const DeskScene& scene, Date day) {
  Open out;
  for (const DayLine& line : scene.lines(day)) out.unread += line.read() ? 0 : 1;
  const auto seen = scene.school.seen(day);
  for (const ClassDay& one : *seen) {
    if (one.lessons != Lessons::Held) continue;
    for (const PupilOnDay& pupil : one.pupils) out.missing += pupil.day.status == DayStatus::Missing ? 1 : 0;
    out.classes += one.pupils.empty() || one.called() ? 0 : 1;
  }
  return out;
}

}  // namespace

void add_day_chooser(const DeskScene& scene, Date day, Nodes& main) {
  const auto& words = scene.words;
  Node shown = screen::text("day.shown", words("desk.day.shown", {{"date", words.date(day)}}));
  shown.icon = Icon::Calendar;
  main.push_back(screen::group("day", "",
                               {std::move(shown), screen::button("day.previous", words("desk.day.previous")),
                                screen::button("day.next", words("desk.day.next"))}));
  if (offers_next(scene)) main.push_back(day_pick(scene, day));
}

void add_other_days(const DeskScene& scene, Date day, Nodes& inside) {
  const auto& words = scene.words;
  if (!offers_next(scene)) inside.push_back(day_pick(scene, day));
  Node other = screen::field("day.date", words("desk.day.date"), screen::Kind::Date, day.iso());
  other.options.push_back(screen::option(day.iso(), words.date(day), true));
  other.maximum = base::date_of(scene.now).plus(kDaysAhead).iso();
  inside.push_back(std::move(other));
}

Result<bool> act_on_day(PageTurn& turn, const screen::Action& action) {
  if (action.node == "day.previous" || action.node == "day.next") {
    turn_day(turn, action.node == "day.next" ? 1 : -1);
    return true;
  }
  if (action.node != "day.pick" && action.node != "day.date") return false;
  const auto day = Date::parse(action.value);
  const Date today = base::date_of(turn.scene.now);
  if (day.ok() && *day >= today.plus(-kDaysBack) && *day <= today.plus(kDaysAhead)) show(turn, *day);
  return true;
}

void add_close(const DeskScene& scene, Date day, Nodes& main) {
  const auto& words = scene.words;
  if (day > base::date_of(scene.now) || scene.school.roll().empty() || scene.school.narrowed()) return;
  Nodes inside;
  if (const auto closed = scene.school.book().closed(day)) {
    const std::string time = words.moment(closed->at, scene.now);
    inside.push_back(screen::badge("close.done",
                                   closed->by.empty()
                                       ? words("desk.close.done", {{"time", time}})
                                       : words("desk.close.done.by", {{"time", time}, {"by", closed->by}}),
                                   Tone::Success, Icon::Lock));
    inside.push_back(screen::text("close.means", words("desk.close.means")));
    Node reopen = screen::button("day.reopen", words("desk.close.reopen"));
    reopen.version = closed->id.hex();
    inside.push_back(std::move(reopen));
  } else if (!scene.place.closing) {
    Node ask = screen::button("day.close", words("desk.close.ask", {{"date", words.date(day)}}),
                              Importance::Secondary, Icon::Lock);
    ask.hint = words("desk.close.hint");
    inside.push_back(std::move(ask));
  } else {
    const Open open = open_on(scene, day);
    if (open.unread + open.missing + open.classes > 0) {
      Node left = screen::alert("close.left",
                                words("desk.close.left", {{"unread", std::to_string(open.unread)},
                                                          {"missing", std::to_string(open.missing)},
                                                          {"classes", std::to_string(open.classes)}}),
                                Tone::Warning);
      inside.push_back(std::move(left));
    }
    inside.push_back(screen::text("close.means", words("desk.close.means")));
    Node yes = screen::button("day.close.now", words("desk.close.now"), Importance::Secondary, Icon::Lock);
    yes.version = day.iso();
    inside.push_back(std::move(yes));
    inside.push_back(screen::button("day.close.not", words("desk.close.not"), Importance::Tertiary));
  }
  inside.push_back(screen::button("suspension.open", words("desk.suspension.title"), Importance::Tertiary,
                                  Icon::Calendar));
  main.push_back(screen::group("close", words("desk.close"), std::move(inside)));
}

Result<bool> act_on_close(PageTurn& turn, const screen::Action& action) {
  const Date day = day_of(turn.scene);
  if (action.node == "day.close")
    turn.place.closing = true;
  else if (action.node == "day.close.not")
    turn.place.closing = false;
  else if (action.node == "day.close.now") {
    MACHI_TRY(turn.school.close_day(turn.entropy.id<ClosingTag>(), day, turn.scene.now));
    turn.place.closing = false;
    turn.wish.closed = true;
  } else if (action.node == "day.reopen") {
    MACHI_TRY(turn.school.reopen_day(day, turn.scene.now));
  } else {
    return false;
  }
  return true;
}

}  // namespace machi::absence
