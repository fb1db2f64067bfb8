// Who is offered "still ill", and the report that it makes: absent for the same cause, without yesterday's
// temperature.
#include "core/absence/citizen/again.h"

#include <algorithm>

#include "core/absence/citizen/frame.h"
#include "core/absence/citizen/write.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;

constexpr std::string_view kButton = "again:";
constexpr int kLongestGap = 14;  // days between two school days: winter holidays end an illness

std::optional<Date> school_day_before(const SchoolDays& days, Date day) {
  for (int back = 1; back <= kLongestGap; ++back) {
    if (days.open(day.plus(-back))) return day.plus(-back);
  }
  return std::nullopt;
}

bool lasts(const Report& report) {
  return report.kind == ReportKind::Absent && report.reason &&
         (is_illness(*report.reason) || *report.reason == Reason::Injury);
}

}  // namespace

std::vector<Again> still_ill(const CitizenContext& context) {
  std::vector<Again> out;
  const auto children = context.children.children();
  if (!children.ok()) return out;
  for (const Child& child : *children) {
    const auto days = context.children.school_days(child);
    if (!days.ok()) continue;
    const Date day = days->offered(context.now);
    if (context.children.closed(child.office, day)) continue;
    const auto before = school_day_before(*days, day);
    if (!before) continue;
    const auto entries = context.reports.since(*before);
    if (!entries.ok()) continue;
    const Entry* last = nullptr;
    bool said = false;
    for (const Entry& entry : *entries) {
      const Report& report = entry.shown().report;
      if (report.pupil != child.card.pupil || entry.cancelled()) continue;
      if (report.covers(day) || (report.kind == ReportKind::Back && report.date <= day))
        said = true;
      else if (report.covers(*before) && lasts(report))
        last = &entry;
    }
    if (!last || said) continue;
    out.push_back(
        {child, *last, day, derived<ReportId>("again", last->report.view(), child.card.pupil, day)});
  }
  return out;
}

Nodes again_cards(const CitizenContext& context) {
  const words::Words& words = context.words;
  Nodes out;
  for (const Again& one : still_ill(context)) {
    const Report& before = one.before.shown().report;
    const bool today = one.day == context.today();
    const std::string hex = one.child.card.pupil.hex();
    const std::string label = today ? words("absence.again.today", {{"name", called(context, one.child)}})
                                    : words("absence.again.other", {{"name", called(context, one.child)},
                                                                    {"date", words.date(one.day)}});
    Node button = screen::button(std::string(kButton) + hex, label, Importance::Secondary, Icon::Send);
    button.version = one.id.hex();
    Node what = screen::text("again-text:" + hex,
                             words("absence.again.before",
                                   {{"date", words.date(before.end())}, {"cause", cause_of(words, before)}}));
    Node card = screen::card("again-card:" + hex,
                             words("absence.again.title", {{"name", called(context, one.child)}}),
                             {std::move(what), std::move(button)});
    out.push_back(std::move(card));
  }
  return out;
}

std::optional<Outcome> again_pressed(const CitizenContext& context, const screen::Action& action) {
  if (action.action != "press" || !std::string_view(action.node).starts_with(kButton)) return std::nullopt;
  for (const Again& one : still_ill(context)) {
    if (one.child.card.pupil.hex() != std::string_view(action.node).substr(kButton.size()) ||
        one.id.hex() != action.version)
      continue;
    const Report& before = one.before.shown().report;
    Report report;
    report.report = one.id;
    report.version = derived<VersionId>("again", one.before.report.view(), before.pupil, one.day);
    report.pupil = before.pupil;
    report.date = one.day;
    report.kind = ReportKind::Absent;
    report.reason = before.reason;
    report.disease = before.disease;
    report.onset = before.onset;
    report.better = before.better;
    report.language = context.words.language();
    if (!write_reports(context, {{report, one.child.office}}, "").ok()) {
      // The form says what is wrong, and offers the telephone.
      Outcome failed = go(screens::kForm);
      failed.rolled_back = true;
      return failed;
    }
    Outcome out = go(screens::kSent, one.id.hex());
    out.sent = true;
    return out;
  }
  return stay();
}

}  // namespace machi::absence
