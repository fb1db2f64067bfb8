// A month as a table of weeks, Monday first as the school's own calendar has it.
#include "core/absence/citizen/calendar.h"

#include <algorithm>

#include "core/absence/citizen/frame.h"
#include "core/absence/citizen/sent.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::State;

constexpr std::string_view kEarlier = "month.earlier";
constexpr std::string_view kLater = "month.later";
// In easy Japanese a weekday is written out (月曜日); a column has room for one sign and its reading.
constexpr std::pair<std::string_view, std::string_view> kShortDays[] = {
    {"月", "げつ"}, {"火", "か"}, {"水", "すい"}, {"木", "もく"},
    {"金", "きん"}, {"土", "ど"}, {"日", "にち"}};

Date next_month(Date first) {
  return *Date::of(first.month() == 12 ? first.year() + 1 : first.year(), first.month() % 12 + 1, 1);
}
Date month_before(Date first) {
  const Date last = first.plus(-1);
  return last.plus(1 - last.day());
}
std::string name_of(Date first) { return first.iso().substr(0, 7); }
std::string month_text(const words::Words& words, Date first) {
  return words("absence.calendar.month", {{"year", std::to_string(first.year())},
                                          {"month", words("date.month." + std::to_string(first.month()))}});
}

// Reports that reach into the month, the newest day first.
std::vector<Entry> reports_of(const CitizenContext& context, Date first) {
  auto entries = context.reports.since(first);
  if (!entries.ok()) return {};
  const Date end = next_month(first);
  std::erase_if(*entries, [end](const Entry& entry) { return entry.shown().report.date >= end; });
  std::reverse(entries->begin(), entries->end());
  return std::move(*entries);
}

// One day: its number, and a word for each child about whom something was reported; a weekday without school
// says so.
Node day_cell(const CitizenContext& context, Date day, const std::vector<Entry>& entries,
              const std::vector<SchoolDays>& schools) {
  const words::Words& words = context.words;
  Node cell = screen::cell("day:" + day.iso(), std::to_string(day.day()));
  if (day == context.today()) cell.state = State::Current;
  for (const Entry& entry : entries) {
    const Report& report = entry.shown().report;
    if (!report.covers(day) || entry.cancelled()) continue;
    const auto school = context.children.school_days(child_of(context, report.pupil));
    if (school.ok() && !school->open(day)) continue;  // a range runs over a weekend: nothing was missed
    cell.children.push_back(screen::badge("mark:" + day.iso() + entry.report.hex(),
                                          words("absence.calendar." + std::string(short_name(report.kind)))));
  }
  const bool free_day =
      !schools.empty() &&
      std::none_of(schools.begin(), schools.end(), [day](const SchoolDays& one) { return one.open(day); });
  const bool weekend = day.weekday() == base::Weekday::Saturday || day.weekday() == base::Weekday::Sunday;
  if (free_day && !weekend) cell.hint = words("absence.calendar.free");
  return cell;
}

Node table_of(const CitizenContext& context, Date first, const std::vector<Entry>& entries) {
  std::vector<SchoolDays> schools;
  const auto children = context.children.children();
  for (const Child& child : children.ok() ? *children : std::vector<Child>()) {
    const auto days = context.children.school_days(child);
    if (days.ok()) schools.push_back(*days);
  }
  std::vector<screen::Column> columns;
  for (int weekday = 1; weekday <= 7; ++weekday) {
    const auto& [sign, reading] = kShortDays[weekday - 1];
    const std::string name = context.words.easy() ? context.words.name(sign, reading)
                                                  : context.words("date.weekday." + std::to_string(weekday));
    columns.push_back({"weekday." + std::to_string(weekday), name, false});
  }
  Nodes weeks;
  const Date end = next_month(first);
  for (Date monday = first.plus(1 - static_cast<int>(first.weekday())); monday < end;
       monday = monday.plus(7)) {
    Nodes cells;
    for (int i = 0; i < 7; ++i) {
      const Date day = monday.plus(i);
      const bool inside = first <= day && day < end;
      cells.push_back(inside ? day_cell(context, day, entries, schools)
                             : screen::cell("blank:" + day.iso(), ""));
    }
    weeks.push_back(screen::table_row("week:" + monday.iso(), std::move(cells)));
  }
  Node table =
      screen::table("calendar", month_text(context.words, first), std::move(columns), std::move(weeks));
  table.kind = screen::Kind::Date;
  return table;
}

}  // namespace

Date month_of(const CitizenContext& context, const std::string& subject) {
  const auto named = Date::parse(subject + "-01");
  if (named.ok()) return *named;
  const Date today = context.today();
  return today.plus(1 - today.day());
}

Nodes month_nodes(const CitizenContext& context, const std::string& subject) {
  const words::Words& words = context.words;
  const Date first = month_of(context, subject);
  const auto entries = reports_of(context, first);
  Nodes out;
  out.push_back(table_of(context, first, entries));
  Node earlier = screen::button(std::string(kEarlier), month_text(words, month_before(first)),
                                Importance::Secondary, Icon::Back);
  Node later = screen::button(std::string(kLater), month_text(words, next_month(first)),
                              Importance::Secondary, Icon::Calendar);
  out.push_back(std::move(earlier));
  out.push_back(std::move(later));
  Nodes rows = SentReports::rows(context, entries);
  if (rows.empty())
    out.push_back(screen::empty("no-history", words("citizen.history.empty")));
  else
    out.push_back(screen::list("history", "", std::move(rows)));
  return out;
}

std::optional<std::string> month_pressed(const CitizenContext& context, const std::string& subject,
                                         const screen::Action& action) {
  if (action.action != "press") return std::nullopt;
  const Date first = month_of(context, subject);
  if (action.node == kEarlier) return name_of(month_before(first));
  if (action.node == kLater) return name_of(next_month(first));
  return std::nullopt;
}

}  // namespace machi::absence
