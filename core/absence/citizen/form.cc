// Drafts of reports: beginning, changing, taking input, sending.
#include "core/absence/citizen/form.h"

#include <algorithm>
#include <utility>

#include "core/absence/citizen/frame.h"
#include "core/absence/words_of.h"
#include "core/base/text.h"

namespace machi::absence {

using base::Code;

Draft ReportForm::begin(const CitizenContext& context) const {
  Draft draft;
  draft.report = context.entropy.id<ReportTag>();
  draft.version = context.entropy.id<VersionTag>();
  const auto children = context.children.children();
  if (children.ok() && children->size() == 1) draft.pupils = {children->front().card.pupil};
  if (subject_.starts_with(kBackSubject)) {
    draft.kind = ReportKind::Back;
    if (const auto pupil = id_of<PupilId>(subject_.substr(kBackSubject.size()))) draft.pupils = {*pupil};
  }
  draft.edited = context.now;
  return draft;
}

Draft ReportForm::change(const CitizenContext& context, const Entry& entry) const {
  const Report& report = entry.shown().report;
  Draft draft;
  draft.report = entry.report;
  draft.version = context.entropy.id<VersionTag>();
  for (const ReportVersion& head : entry.heads) draft.replaces.push_back(head.report.version);
  draft.pupils = {report.pupil};
  draft.date = report.date.iso();
  draft.several = report.last.has_value();
  if (report.last) draft.last = report.last->iso();
  draft.kind = report.kind;
  draft.reason = report.reason;
  draft.disease = report.disease;
  if (report.onset) draft.onset = report.onset->iso();
  if (report.better) draft.better = report.better->iso();
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
  begun_.reset();
  DraftBook drafts(context.database);
  const auto kept = drafts.load(key());
  const bool fresh = kept.ok() && *kept && (*kept)->edited.plus_seconds(kDraftSeconds) > context.now;
  if (changes()) {
    const auto id = id_of<ReportId>(subject);
    const auto entry = id ? context.reports.find(*id) : Result<std::optional<Entry>>(std::optional<Entry>());
    if (!entry.ok() || !*entry || !may_change(context, **entry)) return false;
    begun_ = (*entry)->shown().report.date;
    draft_ = change(context, **entry);
    // What was typed counts only while it still replaces what is there.
    const bool typed = fresh && (*kept)->replaces == draft_.replaces;
    if (typed) draft_ = **kept;
    begin_photo(context, typed, PhotoBook(context.database).of((*entry)->shown().message.view()));
  } else {
    draft_ = fresh ? **kept : begin(context);
    begin_photo(context, fresh, std::nullopt);
    const auto gone = [&context](const PupilId& pupil) {
      const auto known = context.children.child(pupil);
      return known.ok() && !*known;
    };
    std::erase_if(draft_.pupils, gone);
    if (draft_.pupils.empty()) draft_.pupils = begin(context).pupils;
    std::erase_if(draft_.pupils, gone);
    const auto date = Date::parse(draft_.date);
    if (!date.ok() || !days(context).check(*date, context.today()).ok()) offer_day(context);
  }
  note_folded_ = draft_.note.empty() && photo_.empty();
  edited(context);
  return true;
}

// A draft has its photo already; else that of what is changed.
void ReportForm::begin_photo(const CitizenContext& context, bool typed, const std::optional<Photo>& photo) {
  if (typed) return photo_.open(context, key());
  if (const Status kept = photo_.keep(context, key(), photo); !kept.ok()) trouble_ = kept.code();
}

void ReportForm::take(const CitizenContext& context, const ChosenPhoto& chosen) {
  trouble_.reset();
  edited(context);
  keep(context);
  if (const Status taken = photo_.take(context, key(), chosen); !taken.ok()) trouble_ = taken.code();
  if (!papers()) note_folded_ = false;
}

std::vector<Child> ReportForm::chosen(const CitizenContext& context) const {
  std::vector<Child> out;
  for (const PupilId& pupil : draft_.pupils) {
    auto child = context.children.child(pupil);
    if (child.ok() && *child) out.push_back(std::move(**child));
  }
  return out;
}

void ReportForm::offer_day(const CitizenContext& context) {
  draft_.date = days(context).offered(context.now).iso();
}

// The screen comes before the disk: writing waits for keep().
void ReportForm::edited(const CitizenContext& context) {
  draft_.edited = context.now;
  unsaved_ = true;
}

bool ReportForm::keep(const CitizenContext& context) {
  if (!std::exchange(unsaved_, false)) return true;
  const Status saved = DraftBook(context.database).save(key(), draft_);
  if (!saved.ok()) trouble_ = saved.code();
  return saved.ok();
}

std::optional<Entry> ReportForm::already(const CitizenContext& context) const {
  const auto date = Date::parse(draft_.date);
  if (!date.ok() || draft_.kind == ReportKind::Back) return std::nullopt;
  auto entries = context.reports.on(*date);
  if (!entries.ok()) return std::nullopt;
  for (Entry& entry : *entries) {
    const Report& report = entry.shown().report;
    const bool ours =
        std::find(draft_.pupils.begin(), draft_.pupils.end(), report.pupil) != draft_.pupils.end();
    if (ours && report.covers(*date) && !entry.cancelled() && entry.report != draft_.report)
      return std::move(entry);
  }
  return std::nullopt;
}

void ReportForm::take(const CitizenContext& context, const screen::Action& action) {
  const std::string& node = action.node;
  if (node == "child") {
    draft_.pupils.clear();
    for (const std::string& value : action.values) {
      if (const auto pupil = id_of<PupilId>(value)) draft_.pupils.push_back(*pupil);
    }
    const auto date = Date::parse(draft_.date);
    if (!date.ok() || !days(context).check(*date, context.today()).ok()) offer_day(context);
  } else if (node == "kind") {
    if (const auto kind = kind_named(action.value)) draft_.kind = *kind;
  } else if (node == "days") {
    draft_.several = action.value == "several";
  } else if (node == "reason") {
    draft_.reason = reason_named(action.value);
  } else if (node == "disease") {
    draft_.disease = disease_named(action.value);
  } else if (node == "symptoms") {
    draft_.symptoms.clear();
    for (const std::string& name : action.values) {
      if (const auto symptom = symptom_named(name)) draft_.symptoms.push_back(*symptom);
    }
  } else if (node == "date") {
    draft_.date = base::trimmed(action.value);
  } else if (node == "last") {
    draft_.last = base::trimmed(action.value);
  } else if (node == "onset") {
    draft_.onset = base::trimmed(action.value);
  } else if (node == "better") {
    draft_.better = base::trimmed(action.value);
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
    if (action.node == "write-note") {
      return draft_.pupils.empty() ? stay() : replace(screens::kNotes, draft_.pupils.front().hex());
    }
    if (action.node == "next-day") draft_.date = next_day(context).iso();
    if (action.node == "home-until") {
      if (const auto last = home_until(context)) {
        draft_.several = true;
        draft_.last = last->iso();
      }
    }
  } else if (action.action == "remove") {
    if (const Status removed = photo_.remove(context, key()); !removed.ok()) trouble_ = removed.code();
  } else {
    take(context, action);
  }
  edited(context);
  return stay();
}

std::vector<Outgoing> ReportForm::outgoing(const CitizenContext& context, const Report& report) const {
  std::vector<Outgoing> out;
  for (const Child& child : chosen(context)) {
    Report one = report;
    one.pupil = child.card.pupil;
    if (!out.empty()) {
      // A brother or sister: another report, by ids that a second press would give again.
      one.report = derived<ReportId>("sibling", draft_.report.view(), one.pupil, one.date);
      one.version = derived<VersionId>("sibling", draft_.version.view(), one.pupil, one.date);
    }
    out.push_back({std::move(one), child.office, {}, out.empty() ? photo_.name() : ""});
  }
  if (report.kind == ReportKind::Back) {
    for (const Child& child : chosen(context)) {
      for (Outgoing& ended : ended_before(context, child.card.pupil, report.date, child.office))
        out.push_back(std::move(ended));
    }
  }
  return out;
}

Outcome ReportForm::send(const CitizenContext& context) {
  const Checked checked = check(context);
  if (!checked.errors.empty()) {
    draft_.tried = true;
    edited(context);
    return stay();
  }
  const Status written = write_reports(context, outgoing(context, checked.report), key());
  if (!written.ok()) {
    trouble_ = written.code();
    Outcome failed;
    failed.rolled_back = true;
    return failed;
  }
  // One report shows how far it has come; several stand beside each other on the home screen.
  Outcome out = draft_.pupils.size() == 1 ? replace(screens::kSent, draft_.report.hex()) : home();
  out.sent = true;
  draft_ = Draft();
  photo_ = {};
  unsaved_ = false;
  return out;
}

}  // namespace machi::absence
