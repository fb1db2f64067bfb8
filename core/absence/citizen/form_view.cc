// The screen of the form. Every node that takes input carries the draft's version, so that what was meant for
// one draft never lands in the next.
#include <algorithm>

#include "core/absence/citizen/form.h"
#include "core/absence/citizen/frame.h"
#include "core/absence/words_of.h"

namespace machi::absence {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

// Marks a node with the draft's version, and with its error: at once for what was typed, after an attempt for
// what is missing.
Node ReportForm::with(Node node, const Checked& checked) const {
  node.version = draft_.version.hex();
  const auto error = checked.errors.find(node.id);
  if (error == checked.errors.end()) return node;
  const bool typed = node.id == "date" || node.id == "temperature" || node.id == "note" ||
                     (node.id == "time" && !draft_.time.empty());
  if (typed || draft_.tried) node.error = error->second;
  return node;
}

Node ReportForm::child_choice(const CitizenContext& context, const std::vector<Child>& children) const {
  std::vector<screen::Option> options;
  for (const Child& child : children) {
    const std::string place = context.words(
        "absence.child.place", {{"office", office_name(context, child.office, child.office_name)},
                                {"class", readable(context.words, child.card.class_name)}});
    options.push_back(screen::option(child.card.pupil.hex(),
                                     context.words.name(child.card.name, child.card.reading),
                                     child.card.pupil == draft_.pupil, place));
  }
  return screen::choice("child", context.words("absence.form.child"), Kind::Cards, std::move(options));
}

void ReportForm::add_when(const CitizenContext& context, const Checked& checked, Nodes& main) const {
  const words::Words& words = context.words;
  const SchoolDays open = days(context);
  Node date = screen::field("date", words("absence.form.date"), Kind::Date, draft_.date);
  date.required = true;
  date.minimum = context.today().iso();
  date.maximum = context.today().plus(kDaysAhead).iso();
  const auto day = Date::parse(draft_.date);
  if (day.ok()) {
    const char* key = *day == context.today() ? "absence.form.date.today" : "absence.form.date.other";
    date.options.push_back(screen::option(day->iso(), words(key, {{"date", words.date(*day)}}), true));
  }
  if (!changes() && !open.open(context.today()) && day.ok() && *day == open.offered(context.now)) {
    date.hint = words("absence.form.date.closed-today");
  }
  main.push_back(with(std::move(date), checked));
  if (checked.errors.contains("date")) {
    const std::string name = words("absence.form.next-day", {{"date", words.date(next_day(context))}});
    main.push_back(with(screen::button("next-day", name, Importance::Secondary, Icon::Calendar), checked));
  }
  if (draft_.kind != ReportKind::Absent) {
    const bool late = draft_.kind != ReportKind::LeavingEarly;
    Node time = screen::field("time", words(late ? "absence.form.time.late" : "absence.form.time.leaving"),
                              Kind::Time, draft_.time);
    time.required = !late;
    if (late) time.hint = words("absence.form.optional");
    main.push_back(with(std::move(time), checked));
  }
}

void ReportForm::add_why(const CitizenContext& context, const Checked& checked, Nodes& main) const {
  const words::Words& words = context.words;
  std::vector<screen::Option> reasons;
  for (Reason reason : kReasons) {
    reasons.push_back(
        screen::option(std::string(short_name(reason)), word_of(words, reason), draft_.reason == reason));
  }
  Node reason = screen::choice("reason", words("absence.form.reason"), Kind::Single, std::move(reasons));
  reason.required = true;
  main.push_back(with(std::move(reason), checked));
  if (draft_.reason && is_illness(*draft_.reason)) {
    Node temperature =
        screen::field("temperature", words("absence.form.temperature"), Kind::Number, draft_.temperature);
    temperature.minimum = temperature_text(kTemperatureLowest);
    temperature.maximum = temperature_text(kTemperatureHighest);
    std::vector<screen::Option> symptoms;
    for (Symptom symptom : kSymptoms) {
      const bool chosen =
          std::find(draft_.symptoms.begin(), draft_.symptoms.end(), symptom) != draft_.symptoms.end();
      symptoms.push_back(screen::option(std::string(short_name(symptom)), word_of(words, symptom), chosen));
    }
    Node choice =
        screen::choice("symptoms", words("absence.form.symptoms"), Kind::Multiple, std::move(symptoms));
    Node group = screen::group("illness", words("absence.form.illness"),
                               {with(std::move(temperature), checked), with(std::move(choice), checked)});
    group.hint = words("absence.form.optional");
    main.push_back(std::move(group));
  }
  Node note = screen::field("note", words("absence.form.note"), Kind::Multiline, draft_.note);
  note.max_length = static_cast<std::int32_t>(kNoteLimit);
  note.hint = words("absence.form.note.hint");
  Node group = screen::group("note-group", words("absence.form.note.open"), {with(std::move(note), checked)});
  group.collapsed = note_folded_;
  main.push_back(std::move(group));
}

screen::Screen ReportForm::view(const CitizenContext& context, const Route& route) const {
  const words::Words& words = context.words;
  const auto all = context.children.children();
  const std::vector<Child> children = all.ok() ? *all : std::vector<Child>();
  const Checked checked = check(context);
  screen::Screen out =
      titled(context, route, words(changes() ? "absence.form.title.change" : "absence.form.title"));
  const Child child = child_of(context, draft_.pupil);
  const std::string school = office_name(context, child.office, child.office_name);

  if (trouble_) {
    Nodes call;
    if (auto link = call_link(context, "trouble.call", child.office, child.office_name))
      call.push_back(std::move(*link));
    const std::string key =
        *trouble_ == base::Code::StorageFull ? "absence.trouble.full" : "absence.trouble.unsaved";
    Node alert = screen::alert("trouble", words(key), Tone::Danger, std::move(call));
    alert.hint = words("absence.trouble.next");
    out.main.push_back(std::move(alert));
  }
  if (children.size() > 1 && !changes()) {
    out.main.push_back(with(child_choice(context, children), checked));
  } else {
    out.main.push_back(screen::facts(
        "who", "", {screen::fact("child", words("absence.fact.who"), full_name(context, child))}));
  }
  std::vector<screen::Option> kinds;
  for (ReportKind kind : kReportKinds) {
    kinds.push_back(screen::option(std::string(short_name(kind)),
                                   words("absence.form.kind." + std::string(short_name(kind))),
                                   draft_.kind == kind));
  }
  out.main.push_back(
      with(screen::choice("kind", words("absence.form.kind"), Kind::Single, std::move(kinds)), checked));
  add_when(context, checked, out.main);
  if (const auto entry = already(context)) {
    Node existing =
        with(screen::button("existing", words("absence.form.existing.open"), Importance::Secondary), checked);
    out.main.push_back(screen::alert("existing-alert",
                                     words("absence.form.existing", {{"name", called(context, child)}}),
                                     Tone::Info, {std::move(existing)}));
  }
  if (draft_.kind != ReportKind::Back) add_why(context, checked, out.main);

  const std::string label =
      school.empty() ? words("absence.form.send.any") : words("absence.form.send", {{"office", school}});
  out.foot.push_back(with(screen::button("send", label, Importance::Primary, Icon::Send), checked));
  if (!context.connected()) {
    Node waits = screen::text("reach", words("absence.form.offline"));
    waits.icon = Icon::Offline;
    out.foot.push_back(std::move(waits));
  } else if (!school.empty()) {
    out.foot.push_back(screen::text("reach", words("absence.form.readers", {{"office", school}})));
  }
  return out;
}

}  // namespace machi::absence
