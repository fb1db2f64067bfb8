// The rules of a draft: what may be sent, and the words for what may not.
#include <algorithm>

#include "core/absence/citizen/form.h"
#include "core/absence/content.h"
#include "core/absence/words_of.h"

namespace machi::absence {

using base::Code;

SchoolDays ReportForm::days(const CitizenContext& context, const Child& child) const {
  const auto known = context.children.school_days(child);
  return known.ok() ? *known : SchoolDays();
}

SchoolDays ReportForm::days(const CitizenContext& context) const {
  const auto children = chosen(context);
  if (!children.empty()) return days(context, children.front());
  const auto all = context.children.children();
  return all.ok() && !all->empty() ? days(context, all->front()) : SchoolDays();
}

Date ReportForm::next_day(const CitizenContext& context) const {
  const SchoolDays open = days(context);
  const auto typed = Date::parse(draft_.date);
  const Status day = typed.ok() ? open.check(*typed, context.today()) : Status(typed.error());
  if (day.ok() || day.code() != Code::NotSchoolDay) return open.offered(context.now);
  const auto next = open.next(*typed);
  return next && open.check(*next, context.today()).ok() ? *next : open.offered(context.now);
}

void ReportForm::check_days(const CitizenContext& context, Checked& out) const {
  const words::Words& words = context.words;
  Report& report = out.report;
  const auto date = Date::parse(draft_.date);
  if (!date.ok()) {
    out.errors["date"] = words("absence.error.date");
    return;
  }
  report.date = *date;
  // A report that runs already keeps its first day.
  const bool runs = begun_ && *begun_ == *date;
  const Date furthest = context.today().plus(kDaysAhead);
  const auto children = chosen(context);
  for (std::size_t i = 0; i < std::max<std::size_t>(children.size(), 1) && !runs; ++i) {
    const SchoolDays open = children.empty() ? days(context) : days(context, children[i]);
    const Status day = open.check(*date, context.today());
    if (!day.ok() && day.code() == Code::NotSchoolDay) {
      const auto off =
          context.children.no_lessons(*date, children.empty() ? PupilId() : children[i].card.pupil);
      const bool told = !children.empty() && off.ok() && !off->empty() && off->front().first <= *date;
      out.errors["date"] =
          words(told ? "absence.error.no-lessons" : "absence.error.closed", {{"date", words.date(*date)}});
    } else if (!day.ok()) {
      out.errors["date"] = words("absence.error.date-range", {{"last", words.date(furthest)}});
    } else if (!children.empty() && context.children.closed(children[i].office, *date)) {
      out.errors["date"] = words("absence.error.closed-books", {{"date", words.date(*date)}});
      out.closed_books = true;
    }
  }
  if (!draft_.several || draft_.kind == ReportKind::Back) return;
  const auto last = Date::parse(draft_.last);
  if (!last.ok())
    out.errors["last"] = words("absence.error.last-missing");
  else if (*last < *date || *last < context.today())
    out.errors["last"] = words("absence.error.last-early");
  else if (*last > furthest || *last > date->plus(kRangeLimit))
    out.errors["last"] = words("absence.error.last-far", {{"last", words.date(furthest)}});
  else if (*last > *date)
    report.last = *last;
}

void ReportForm::check_illness(const CitizenContext& context, Checked& out) const {
  const words::Words& words = context.words;
  Report& report = out.report;
  if (!report.reason || !is_illness(*report.reason)) return;
  report.symptoms = draft_.symptoms;
  if (!base::trimmed(draft_.temperature).empty()) {
    const auto tenths = parse_temperature(draft_.temperature);
    if (tenths.ok())
      report.temperature = *tenths;
    else
      out.errors["temperature"] = words("absence.error.temperature");
  }
  if (report.reason != Reason::Infectious || !draft_.disease) return;
  report.disease = draft_.disease;
  const auto past_day = [&](const std::string& typed, const char* node, std::optional<Date>& day) {
    if (typed.empty()) return;
    const auto read = Date::parse(typed);
    if (!read.ok())
      out.errors[node] = words("absence.error.date");
    else if (*read > context.today() || *read < context.today().plus(-kDaysAhead))
      out.errors[node] = words("absence.error.past-day");
    else
      day = *read;
  };
  if (counts_from_onset(*draft_.disease)) past_day(draft_.onset, "onset", report.onset);
  if (counts_from_better(*draft_.disease)) past_day(draft_.better, "better", report.better);
  if (report.onset && report.better && *report.better < *report.onset) {
    out.errors["better"] = words("absence.error.better-early");
    report.better.reset();
  }
}

ReportForm::Checked ReportForm::check(const CitizenContext& context) const {
  const words::Words& words = context.words;
  Checked out;
  Report& report = out.report;
  report.report = draft_.report;
  report.version = draft_.version;
  report.replaces = draft_.replaces;
  report.kind = draft_.kind;
  report.language = words.language();
  // What is chosen has to be a child of this phone: a pupil of another family never leaves here.
  const auto children = chosen(context);
  if (children.empty() || children.size() != draft_.pupils.size())
    out.errors["child"] = words("absence.error.child");
  else
    report.pupil = children.front().card.pupil;
  if (children.size() > 1 && !photo_.empty()) out.errors["photo"] = words("absence.photo.one-child");
  check_days(context, out);
  const bool back = draft_.kind == ReportKind::Back;
  if (!back) report.reason = draft_.reason;
  if (!back && !draft_.reason) out.errors["reason"] = words("absence.error.reason");
  check_illness(context, out);
  if (draft_.kind != ReportKind::Absent) {
    const std::string typed = base::trimmed(base::fold_width(draft_.time));
    const auto time = TimeOfDay::parse(typed);
    if (time.ok())
      report.time = *time;
    else if (!typed.empty())
      out.errors["time"] = words("absence.error.time");
    else if (draft_.kind == ReportKind::LeavingEarly)
      out.errors["time"] = words("absence.error.time-missing");
  }
  report.note = content::cleaned(base::trimmed(draft_.note));
  if (base::count_code_points(report.note) > kNoteLimit) {
    out.errors["note"] = words("absence.error.note", {{"limit", std::to_string(kNoteLimit)}});
  }
  return out;
}

}  // namespace machi::absence
