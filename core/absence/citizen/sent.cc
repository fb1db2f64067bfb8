// Reports after sending. The version of the cancelling button is the id that the cancellation will have, made
// from the versions that it replaces: pressing twice, or on an old screen, cancels once.
#include "core/absence/citizen/sent.h"

#include <algorithm>

#include "core/absence/citizen/form.h"
#include "core/absence/citizen/frame.h"
#include "core/absence/citizen/notes.h"
#include "core/absence/citizen/photo.h"
#include "core/absence/citizen/write.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

constexpr std::string_view kRow = "report:";

std::string stage_name(const Progress& progress) {
  switch (progress.stage) {
    case Stage::Saved:
      return "saved";
    case Stage::Refused:
      return "refused";
    case Stage::Arrived:
      return "arrived";
    case Stage::Read:
      return "read";
  }
  return "";
}

// "absence.sent." + report | change | cancel + "." + stage: what the screen says first.
std::string outcome_key(const Progress& progress) {
  const char* what = progress.cancelled ? "cancel" : progress.read_before ? "change" : "report";
  return std::string("absence.sent.") + what + "." + stage_name(progress);
}

Node hero(const CitizenContext& context, const Progress& progress) {
  Node heading = screen::heading("outcome", context.words(outcome_key(progress)));
  switch (progress.stage) {
    case Stage::Saved:
      heading.icon = Icon::Phone;
      heading.tone = Tone::Warning;
      break;
    case Stage::Refused:
      heading.icon = Icon::Failed;
      heading.tone = Tone::Danger;
      break;
    case Stage::Arrived:
      heading.icon = Icon::Mail;
      heading.tone = Tone::Info;
      break;
    case Stage::Read:
      heading.icon = Icon::School;
      heading.tone = Tone::Success;
      break;
  }
  return heading;
}

void explain(const CitizenContext& context, const Progress& progress, const Child& child,
             const Report& report, Nodes& main) {
  const words::Words& words = context.words;
  switch (progress.stage) {
    case Stage::Saved:
      main.push_back(screen::text("explain", words("absence.sent.explain.saved")));
      if (!context.online)
        main.push_back(screen::text("reach", words("absence.sent.explain.offline")));
      else if (!context.mail.reachable())
        main.push_back(screen::text("reach", words("absence.sent.explain.unreachable")));
      else
        main.push_back(screen::text("reach", words("absence.sent.explain.sending")));
      break;
    case Stage::Refused:
      main.push_back(screen::text("explain", words(base::message_key(*progress.refused) + ".what")));
      break;
    case Stage::Arrived:
      main.push_back(screen::text("explain", words("absence.sent.explain.arrived")));
      break;
    case Stage::Read:
      main.push_back(screen::text(
          "explain",
          words("absence.sent.explain.read", {{"name", called(context, child)},
                                              {"kind", word_of(words, report.kind)},
                                              {"when", words.moment(progress.read->at, context.now)}})));
      break;
  }
  if (progress.read_before && progress.stage != Stage::Read) {
    main.push_back(
        screen::text("before", words("absence.sent.explain.before",
                                     {{"when", words.moment(progress.read_before->at, context.now)}})));
  }
}

Node steps_of(const CitizenContext& context, const Progress& progress) {
  const words::Words& words = context.words;
  const auto when = [&](const std::optional<Instant>& at) {
    return at ? words.moment(*at, context.now) : std::string();
  };
  Nodes steps;
  steps.push_back(screen::step("step.saved", words("absence.step.saved"), State::Done, when(progress.saved)));
  if (progress.arrived) {
    steps.push_back(
        screen::step("step.arrived", words("absence.step.arrived"), State::Done, when(progress.arrived_at)));
  } else if (progress.refused) {
    steps.push_back(screen::step("step.arrived", words("absence.step.refused"), State::Failed));
  } else {
    steps.push_back(screen::step("step.arrived", words("absence.step.sending"), State::Waiting));
  }
  if (progress.read) {
    const std::string by =
        progress.read->by.empty() ? "" : words("absence.step.by", {{"name", progress.read->by}});
    steps.push_back(
        screen::step("step.read", words("absence.step.read"), State::Done, when(progress.read->at), by));
  } else if (progress.arrived) {
    steps.push_back(screen::step(
        "step.read", words(progress.read_before ? "absence.step.unread-change" : "absence.step.unread"),
        State::Waiting));
  } else {
    steps.push_back(screen::step("step.read", words("absence.step.reading"), State::Todo));
  }
  return screen::steps("steps", words("absence.steps"), std::move(steps));
}

// Please call: now, because the time has come or the hub refused; or later, as long as it has not arrived.
void add_call(const CitizenContext& context, const Progress& progress, const Child& child, Nodes& main) {
  if (progress.read || progress.over) return;
  const bool now = progress.please_call || progress.stage == Stage::Refused;
  if (!now && progress.stage != Stage::Saved) return;
  Nodes call;
  if (auto link = call_link(context, "call", child.office, child.office_name))
    call.push_back(std::move(*link));
  const words::Words& words = context.words;
  if (now) {
    const char* key = progress.arrived ? "absence.call.unread" : "absence.call.not-arrived";
    main.push_back(screen::alert("please-call", words(key), Tone::Danger, std::move(call)));
  } else {
    const std::string from = words.moment(*progress.call_from, context.now);
    main.push_back(screen::alert("please-call", words("absence.call.later", {{"when", from}}), Tone::Warning,
                                 std::move(call)));
  }
  main.back().icon = Icon::Telephone;
}

std::string days_of(const words::Words& words, const Report& report) {
  if (!report.last) return words.date(report.date);
  return words("absence.row.days", {{"first", words.date(report.date)}, {"last", words.date(*report.last)}});
}

Node facts_of(const CitizenContext& context, const Report& report, const Child& child) {
  const words::Words& words = context.words;
  Nodes facts;
  facts.push_back(screen::fact("fact.who", words("absence.fact.who"), full_name(context, child)));
  facts.push_back(screen::fact("fact.when", words("absence.fact.when"),
                               words("absence.fact.when.value", {{"date", days_of(words, report)},
                                                                 {"kind", word_of(words, report.kind)}})));
  if (report.time)
    facts.push_back(screen::fact("fact.time", words("absence.fact.time"), words.time(*report.time)));
  if (report.reason)
    facts.push_back(screen::fact("fact.why", words("absence.fact.why"), cause_of(words, report)));
  if (!report.note.empty()) {
    facts.push_back(screen::fact("fact.note", words("absence.fact.note"), report.note));
    facts.back().language = words.foreign(report.language);
  }
  return screen::facts("facts", "", std::move(facts));
}

// 出席停止 stands below what was reported, for as long as the family waits for the day.
void add_exclusion(const CitizenContext& context, const Report& report, const Child& child, Nodes& main) {
  if (!report.disease || report.kind == ReportKind::Cancelled) return;
  const auto days = context.children.school_days(child);
  main.push_back(exclusion_group(
      context.words, exclusion_of(*report.disease, child.card.preschool, report.onset, report.better),
      days.ok() ? *days : SchoolDays()));
}

// What can still be done about a report: change it, say that the child comes again, take it back; or write to
// the school.
void add_actions(const CitizenContext& context, const Entry& entry, const Child& child, Nodes& place) {
  const words::Words& words = context.words;
  const Report& report = entry.shown().report;
  if (child.card.name.empty()) return;
  if (!may_change(context, entry)) {
    if (!entry.cancelled())
      place.push_back(screen::button("note", words("absence.note.write"), Importance::Tertiary, Icon::Mail));
    return;
  }
  if (report.kind == ReportKind::Absent && report.date <= context.today()) {
    place.push_back(
        screen::button("back-again", words("absence.sent.back-again"), Importance::Tertiary, Icon::School));
  }
  place.push_back(screen::button("change", words("absence.sent.change"), Importance::Tertiary));
  if (!may_cancel(context, entry)) return;
  Node take_back = screen::button("cancel", words("absence.sent.cancel"), Importance::Tertiary);
  take_back.tone = Tone::Danger;
  place.push_back(std::move(take_back));
}

}  // namespace

std::optional<screen::Screen> SentReports::view(const CitizenContext& context, const Route& route) const {
  const auto id = id_of<ReportId>(route.subject);
  if (!id) return std::nullopt;
  const auto entry = context.reports.find(*id);
  if (!entry.ok() || !*entry) return std::nullopt;
  return route.name == screens::kCancel ? cancel(context, route, **entry) : sent(context, route, **entry);
}

screen::Screen SentReports::sent(const CitizenContext& context, const Route& route,
                                 const Entry& entry) const {
  const words::Words& words = context.words;
  const Report& report = entry.shown().report;
  const Child child = child_of(context, report.pupil);
  const Progress progress = progress_of(context, entry);
  if (progress.told) return told(context, route, entry, progress);
  screen::Screen out =
      outcome(context, route, words("absence.sent.title", {{"kind", word_of(words, report.kind)}}),
              hero(context, progress));
  explain(context, progress, child, report, out.main);
  out.main.push_back(steps_of(context, progress));
  add_call(context, progress, child, out.main);
  out.main.push_back(facts_of(context, report, child));
  if (auto photo = sent_photo(context, entry.shown().message)) out.main.push_back(std::move(*photo));
  add_exclusion(context, report, child, out.main);

  const bool waits = progress.stage == Stage::Saved || progress.stage == Stage::Refused;
  if (waits) {
    out.foot.push_back(screen::button("retry", words("button.retry"), Importance::Primary, Icon::Retry));
    out.foot.push_back(screen::button("home", words("button.home"), Importance::Tertiary));
  } else {
    out.foot.push_back(screen::button("home", words("button.home"), Importance::Primary));
  }
  add_actions(context, entry, child, waits ? out.main : out.foot);
  return out;
}

// Another guardian's report. Who it was is not said, and it is theirs to change.
screen::Screen SentReports::told(const CitizenContext& context, const Route& route, const Entry& entry,
                                 const Progress& progress) const {
  const words::Words& words = context.words;
  const Report& report = entry.shown().report;
  const Child child = child_of(context, report.pupil);
  Node heading = screen::heading(
      "outcome", words(entry.cancelled() ? "absence.sent.told.cancelled" : "absence.sent.told"));
  heading.icon = Icon::People;
  heading.tone = Tone::Info;
  screen::Screen out =
      outcome(context, route, words("absence.sent.title", {{"kind", word_of(words, report.kind)}}),
              std::move(heading));
  out.main.push_back(screen::text("explain", words("absence.sent.told.explain")));
  if (progress.read) {
    out.main.push_back(screen::text("read", words("absence.sent.explain.read",
                                                  {{"name", called(context, child)},
                                                   {"kind", word_of(words, report.kind)},
                                                   {"when", words.moment(progress.read->at, context.now)}})));
  }
  out.main.push_back(facts_of(context, report, child));
  add_exclusion(context, report, child, out.main);
  out.foot.push_back(screen::button("home", words("button.home"), Importance::Primary));
  add_actions(context, entry, child, out.foot);
  return out;
}

screen::Screen SentReports::cancel(const CitizenContext& context, const Route& route,
                                   const Entry& entry) const {
  const words::Words& words = context.words;
  const Report& report = entry.shown().report;
  const Child child = child_of(context, report.pupil);
  screen::Screen out = titled(context, route, words("absence.cancel.title"));
  if (trouble_)
    out.main.push_back(screen::alert("trouble", words(base::message_key(*trouble_) + ".what"), Tone::Danger));
  out.main.push_back(
      screen::text("explain", words("absence.cancel.explain", {{"name", called(context, child)}})));
  out.main.push_back(facts_of(context, report, child));
  Node confirm =
      screen::button("confirm", words("absence.cancel.confirm", {{"kind", word_of(words, report.kind)}}),
                     Importance::Secondary);
  confirm.tone = Tone::Danger;
  confirm.version = following(entry, "").hex();
  out.foot.push_back(std::move(confirm));
  out.foot.push_back(screen::button("keep", words("absence.cancel.keep"), Importance::Tertiary));
  return out;
}

Outcome SentReports::act(const CitizenContext& context, const Route& route, const screen::Action& action) {
  trouble_.reset();
  if (action.action != "press") return stay();
  if (action.node == "home") return home();
  if (action.node == "keep") return back();
  if (action.node == "retry") {
    context.mail.hurry(context.now);
    return stay();
  }
  if (action.node == "change") return go(screens::kForm, route.subject);
  if (action.node == "back-again" || action.node == "note") {
    const auto report = id_of<ReportId>(route.subject);
    const auto shown =
        report ? context.reports.find(*report) : Result<std::optional<Entry>>(std::optional<Entry>());
    if (!shown.ok() || !*shown) return home();
    const PupilId pupil = (*shown)->shown().report.pupil;
    if (action.node == "note") return go(screens::kNotes, Notes::subject(pupil, *report));
    return go(screens::kForm, std::string(kBackSubject) + pupil.hex());
  }
  if (action.node == "cancel") return go(screens::kCancel, route.subject);
  if (action.node != "confirm") return stay();
  const auto id = id_of<ReportId>(route.subject);
  const auto entry = id ? context.reports.find(*id) : Result<std::optional<Entry>>(std::optional<Entry>());
  if (!entry.ok() || !*entry) return home();
  if ((*entry)->cancelled()) return replace(screens::kSent, route.subject);
  return take_back(context, **entry);
}

Outcome SentReports::take_back(const CitizenContext& context, const Entry& entry) {
  const Child child = child_of(context, entry.shown().report.pupil);
  const Status written =
      may_cancel(context, entry)
          ? write_reports(context, {{cancellation(context, entry), child.office}}, entry.report.hex())
          : Status(base::fail(base::Code::NotAllowed, "closed meanwhile"));
  if (!written.ok()) {
    trouble_ = written.code();
    Outcome failed;
    failed.rolled_back = true;
    return failed;
  }
  Outcome out = replace(screens::kSent, entry.report.hex());
  out.sent = true;
  return out;
}

Nodes SentReports::rows(const CitizenContext& context, const std::vector<Entry>& entries) {
  const words::Words& words = context.words;
  Nodes rows;
  for (const Entry& entry : entries) {
    const Report& report = entry.shown().report;
    const Child child = child_of(context, report.pupil);
    const Progress progress = progress_of(context, entry);
    const std::string id = std::string(kRow) + entry.report.hex();
    const std::string name =
        words("absence.row", {{"name", called(context, child)}, {"kind", word_of(words, report.kind)}});
    const std::string when = days_of(words, report);
    Node row =
        screen::row_button(id, name, progress.told ? words("absence.row.told", {{"date", when}}) : when,
                           {badge_of(context, "badge:" + entry.report.hex(), progress)});
    row.icon = progress.told ? Icon::People : Icon::School;
    rows.push_back(std::move(row));
  }
  return rows;
}

Nodes SentReports::coming(const CitizenContext& context) {
  auto entries = context.reports.since(context.today());
  if (!entries.ok()) return {};
  // What was taken back leaves the home screen as soon as the town has heard of it.
  std::erase_if(*entries, [&context](const Entry& entry) {
    return entry.cancelled() && progress_of(context, entry).arrived;
  });
  return rows(context, *entries);
}

std::optional<std::string> SentReports::pressed(const screen::Action& action) {
  if (action.action != "press" || !std::string_view(action.node).starts_with(kRow)) return std::nullopt;
  return action.node.substr(kRow.size());
}

}  // namespace machi::absence
