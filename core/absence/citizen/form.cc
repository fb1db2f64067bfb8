// Drafts of reports: beginning, changing, checking, sending.
#include "core/absence/citizen/form.h"

#include "core/absence/citizen/frame.h"
#include "core/absence/content.h"
#include "core/absence/words_of.h"

namespace machi::absence {

using base::Code;

Result<int> parse_temperature(std::string_view text) {
  const std::string folded = base::trimmed(base::fold_width(text));
  int whole = 0;
  int tenth = 0;
  std::size_t at = 0;
  while (at < folded.size() && at < 2 && folded[at] >= '0' && folded[at] <= '9')
    whole = whole * 10 + (folded[at++] - '0');
  if (at == 0) return base::fail(Code::BadInput, "temperature");
  if (at < folded.size() && (folded[at] == '.' || folded[at] == ',')) {
    ++at;
    if (at == folded.size() || folded[at] < '0' || folded[at] > '9')
      return base::fail(Code::BadInput, "temperature");
    tenth = folded[at++] - '0';
  }
  if (std::string_view(folded).substr(at) == "℃" || std::string_view(folded).substr(at) == "度")
    at = folded.size();
  const int tenths = whole * 10 + tenth;
  if (at != folded.size() || tenths < kTemperatureLowest || tenths > kTemperatureHighest) {
    return base::fail(Code::BadInput, "temperature");
  }
  return tenths;
}

Draft ReportForm::begin(const CitizenContext& context) const {
  Draft draft;
  draft.report = context.entropy.id<ReportTag>();
  draft.version = context.entropy.id<VersionTag>();
  const auto children = context.children.children();
  if (children.ok() && children->size() == 1) draft.pupil = children->front().card.pupil;
  draft.edited = context.now;
  return draft;
}

Draft ReportForm::change(const CitizenContext& context, const Entry& entry) const {
  const Report& report = entry.shown().report;
  Draft draft;
  draft.report = entry.report;
  draft.version = context.entropy.id<VersionTag>();
  for (const ReportVersion& head : entry.heads) draft.replaces.push_back(head.report.version);
  draft.pupil = report.pupil;
  draft.date = report.date.iso();
  draft.kind = report.kind;
  draft.reason = report.reason;
  draft.symptoms = report.symptoms;
  if (report.temperature) draft.temperature = temperature_text(*report.temperature);
  if (report.time) draft.time = report.time->iso();
  draft.note = report.note;
  draft.edited = context.now;
  return draft;
}

bool ReportForm::open(const CitizenContext& context, const std::string& subject) {
  const auto children = context.children.children();
  if (!children.ok() || children->empty()) return false;
  subject_ = subject;
  trouble_.reset();
  DraftBook drafts(context.database);
  const auto kept = drafts.load(key());
  const bool fresh = kept.ok() && *kept && (*kept)->edited.plus_seconds(kDraftSeconds) > context.now;
  if (changes()) {
    const auto id = id_of<ReportId>(subject);
    const auto entry = id ? context.reports.find(*id) : Result<std::optional<Entry>>(std::optional<Entry>());
    if (!entry.ok() || !*entry || (*entry)->cancelled()) return false;
    const auto child = context.children.child((*entry)->shown().report.pupil);
    if (!child.ok() || !*child) return false;
    draft_ = change(context, **entry);
    // What was typed counts only while it still replaces what is there.
    if (fresh && (*kept)->replaces == draft_.replaces) draft_ = **kept;
  } else {
    draft_ = fresh ? **kept : begin(context);
    const auto known = context.children.child(draft_.pupil);
    if (!draft_.pupil.is_zero() && known.ok() && !*known) draft_.pupil = begin(context).pupil;
    const auto date = Date::parse(draft_.date);
    if (!date.ok() || !days(context).check(*date, context.today()).ok()) offer_day(context);
  }
  note_folded_ = draft_.note.empty();
  save(context);
  return true;
}

SchoolDays ReportForm::days(const CitizenContext& context) const {
  auto child = context.children.child(draft_.pupil);
  if (child.ok() && !*child) {
    const auto all = context.children.children();
    if (all.ok() && !all->empty()) *child = all->front();
  }
  if (!child.ok() || !*child) return {};
  const auto days = context.children.school_days((*child)->office);
  return days.ok() ? *days : SchoolDays();
}

void ReportForm::offer_day(const CitizenContext& context) {
  draft_.date = days(context).offered(context.now).iso();
}

Date ReportForm::next_day(const CitizenContext& context) const {
  const SchoolDays open = days(context);
  const auto typed = Date::parse(draft_.date);
  const Status day = typed.ok() ? open.check(*typed, context.today()) : Status(typed.error());
  if (day.ok() || day.code() != Code::NotSchoolDay) return open.offered(context.now);
  const auto next = open.next(*typed);
  return next && open.check(*next, context.today()).ok() ? *next : open.offered(context.now);
}

void ReportForm::save(const CitizenContext& context) {
  draft_.edited = context.now;
  const Status saved = DraftBook(context.database).save(key(), draft_);
  if (!saved.ok()) trouble_ = saved.code();
}

ReportForm::Checked ReportForm::check(const CitizenContext& context) const {
  const words::Words& words = context.words;
  Checked out;
  Report& report = out.report;
  report.report = draft_.report;
  report.version = draft_.version;
  report.replaces = draft_.replaces;
  report.pupil = draft_.pupil;
  report.kind = draft_.kind;
  report.language = words.language();
  if (draft_.pupil.is_zero()) out.errors["child"] = words("absence.error.child");
  const auto date = Date::parse(draft_.date);
  if (!date.ok()) {
    out.errors["date"] = words("absence.error.date");
  } else {
    report.date = *date;
    const Status open = days(context).check(*date, context.today());
    if (!open.ok() && open.code() == Code::NotSchoolDay) {
      out.errors["date"] = words("absence.error.closed", {{"date", words.date(*date)}});
    } else if (!open.ok()) {
      out.errors["date"] =
          words("absence.error.date-range", {{"last", words.date(context.today().plus(kDaysAhead))}});
    }
  }
  const bool back = draft_.kind == ReportKind::Back;
  if (!back) report.reason = draft_.reason;
  if (!back && !draft_.reason) out.errors["reason"] = words("absence.error.reason");
  if (report.reason && is_illness(*report.reason)) {
    report.symptoms = draft_.symptoms;
    if (!base::trimmed(draft_.temperature).empty()) {
      const auto tenths = parse_temperature(draft_.temperature);
      if (tenths.ok())
        report.temperature = *tenths;
      else
        out.errors["temperature"] = words("absence.error.temperature");
    }
  }
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

std::optional<Entry> ReportForm::already(const CitizenContext& context) const {
  const auto date = Date::parse(draft_.date);
  if (!date.ok() || draft_.pupil.is_zero()) return std::nullopt;
  auto entries = context.reports.on(*date);
  if (!entries.ok()) return std::nullopt;
  for (Entry& entry : *entries) {
    const bool same = entry.shown().report.pupil == draft_.pupil && entry.shown().report.date == *date;
    if (same && !entry.cancelled() && entry.report != draft_.report) return std::move(entry);
  }
  return std::nullopt;
}

void ReportForm::take(const CitizenContext& context, const screen::Action& action) {
  const std::string& node = action.node;
  if (node == "child") {
    const auto pupil = id_of<PupilId>(action.value);
    if (!pupil) return;
    draft_.pupil = *pupil;
    const auto date = Date::parse(draft_.date);
    if (!date.ok() || !days(context).check(*date, context.today()).ok()) offer_day(context);
  } else if (node == "kind") {
    if (const auto kind = kind_named(action.value)) draft_.kind = *kind;
  } else if (node == "reason") {
    draft_.reason = reason_named(action.value);
  } else if (node == "symptoms") {
    draft_.symptoms.clear();
    for (const std::string& name : action.values) {
      if (const auto symptom = symptom_named(name)) draft_.symptoms.push_back(*symptom);
    }
  } else if (node == "date") {
    draft_.date = base::trimmed(action.value);
  } else if (node == "temperature") {
    draft_.temperature = action.value;
  } else if (node == "time") {
    draft_.time = action.value;
  } else if (node == "note") {
    draft_.note = action.value;
  }
}

Outcome ReportForm::act(const CitizenContext& context, const Route&, const screen::Action& action) {
  trouble_.reset();
  if (action.action == "press") {
    if (action.node == "send") return send(context);
    if (action.node == "existing") {
      const auto entry = already(context);
      return entry ? replace(screens::kSent, entry->report.hex()) : stay();
    }
    if (action.node == "next-day") {
      draft_.date = next_day(context).iso();
    }
  } else {
    take(context, action);
  }
  save(context);
  return stay();
}

Outcome ReportForm::send(const CitizenContext& context) {
  const Checked checked = check(context);
  if (!checked.errors.empty()) {
    draft_.tried = true;
    save(context);
    return stay();
  }
  const auto child = context.children.child(draft_.pupil);
  const Status written = child.ok() && *child ? write_report(context, checked.report, (*child)->office, key())
                                              : Status(base::fail(Code::NotFound, "child"));
  if (!written.ok()) {
    trouble_ = written.code();
    Outcome failed;
    failed.rolled_back = true;
    return failed;
  }
  Outcome out = replace(screens::kSent, draft_.report.hex());
  out.sent = true;
  draft_ = Draft();
  return out;
}

Status write_report(const CitizenContext& context, const Report& report, const MailboxId& office,
                    const std::string& draft_key) {
  MACHI_TRY_SET(recipient, context.mail.recipient(office));
  store::Transaction transaction(context.database);
  MACHI_TRY_SET(message, context.mail.send(recipient, kKindReport, encode(report), context.now));
  ReportVersion version;
  version.report = report;
  version.message = message;
  version.from = context.mail.posting_key(office).bytes;
  version.written = context.now;
  version.taken = context.now;
  MACHI_TRY(context.reports.add(version));
  MACHI_TRY(DraftBook(context.database).drop(draft_key));
  return transaction.commit();
}

}  // namespace machi::absence
