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
                     node.id == "onset" || node.id == "better" || node.id == "photo" ||
                     (node.id == "last" && !draft_.last.empty()) ||
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
    const bool chosen =
        std::find(draft_.pupils.begin(), draft_.pupils.end(), child.card.pupil) != draft_.pupils.end();
    options.push_back(screen::option(child.card.pupil.hex(),
                                     context.words.name(child.card.name, child.card.reading), chosen, place));
  }
  Node choice =
      screen::choice("child", context.words("absence.form.child"), Kind::Multiple, std::move(options));
  choice.hint = context.words("absence.form.child.hint");
  return choice;
}

void ReportForm::add_kind(const CitizenContext& context, const Checked& checked, Nodes& main) const {
  const words::Words& words = context.words;
  std::vector<screen::Option> kinds;
  for (ReportKind kind : kReportKinds) {
    // Coming again is offered where an absence runs; the usual form has three kinds side by side.
    if (kind == ReportKind::Back && draft_.kind != kind && !subject_.starts_with(kBackSubject)) continue;
    kinds.push_back(screen::option(std::string(short_name(kind)),
                                   words("absence.form.kind." + std::string(short_name(kind))),
                                   draft_.kind == kind));
  }
  main.push_back(
      with(screen::choice("kind", words("absence.form.kind"), Kind::Single, std::move(kinds)), checked));
}

void ReportForm::add_when(const CitizenContext& context, const Checked& checked, Nodes& main) const {
  const words::Words& words = context.words;
  const auto day_field = [&](const char* node, const std::string& label, const std::string& value,
                             Date minimum) {
    Node field = screen::field(node, label, Kind::Date, value);
    field.minimum = minimum.iso();
    field.maximum = context.today().plus(kDaysAhead).iso();
    const auto day = Date::parse(value);
    if (day.ok()) {
      const char* key = *day == context.today() ? "absence.form.date.today" : "absence.form.date.other";
      field.options.push_back(screen::option(day->iso(), words(key, {{"date", words.date(*day)}}), true));
    }
    return field;
  };
  const SchoolDays open = days(context);
  const auto day = Date::parse(draft_.date);
  const bool back = draft_.kind == ReportKind::Back;
  Node date = day_field("date", words(back ? "absence.form.date.back" : "absence.form.date"), draft_.date,
                        begun_ ? std::min(*begun_, context.today()) : context.today());
  date.required = true;
  if (!changes() && !open.open(context.today()) && day.ok() && *day == open.offered(context.now)) {
    date.hint = words("absence.form.date.closed-today");
  }
  main.push_back(with(std::move(date), checked));
  if (checked.closed_books && !chosen(context).empty()) {
    main.push_back(
        with(screen::button("write-note", words("absence.note.write"), Importance::Secondary, Icon::Mail),
             checked));
  } else if (checked.errors.contains("date")) {
    const std::string name = words("absence.form.next-day", {{"date", words.date(next_day(context))}});
    main.push_back(with(screen::button("next-day", name, Importance::Secondary, Icon::Calendar), checked));
  }
  if (!back) {
    main.push_back(
        with(screen::choice("days", words("absence.form.days"), Kind::Single,
                            {screen::option("one", words("absence.form.days.one"), !draft_.several),
                             screen::option("several", words("absence.form.days.several"), draft_.several)}),
             checked));
    if (draft_.several) {
      Node last =
          day_field("last", words("absence.form.last"), draft_.last, day.ok() ? *day : context.today());
      last.required = true;
      main.push_back(with(std::move(last), checked));
    }
  }
  if (draft_.kind != ReportKind::Absent) {
    const bool leaving = draft_.kind == ReportKind::LeavingEarly;
    Node time = screen::field("time", words(leaving ? "absence.form.time.leaving" : "absence.form.time.late"),
                              Kind::Time, draft_.time);
    time.required = leaving;
    if (!leaving) time.hint = words("absence.form.optional");
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
  if (!draft_.reason) return;
  if (*draft_.reason == Reason::Bereavement)
    main.push_back(screen::text("bereavement", words("absence.form.bereavement")));
  if (*draft_.reason == Reason::Infectious) add_disease(context, checked, main);
  if (is_illness(*draft_.reason)) add_symptoms(context, checked, main);
}

// A paper is about one child.
Node ReportForm::photo_node(const CitizenContext& context, const Checked& checked) const {
  Node node = with(photo_.node(context.words, ""), checked);
  if (!photo_.empty() || draft_.pupils.size() < 2) return node;
  node.disabled = true;
  node.hint = context.words("absence.photo.one-child");
  return node;
}

void ReportForm::add_note(const CitizenContext& context, const Checked& checked, Nodes& main) const {
  const words::Words& words = context.words;
  Node note = screen::field("note", words("absence.form.note"), Kind::Multiline, draft_.note);
  note.max_length = static_cast<std::int32_t>(kNoteLimit);
  note.hint = words("absence.form.note.hint");
  if (papers()) main.push_back(photo_node(context, checked));
  Node group = screen::group("note-group", words("absence.form.note.open"), {with(std::move(note), checked)});
  if (!papers()) group.children.push_back(photo_node(context, checked));
  group.collapsed = note_folded_;
  main.push_back(std::move(group));
}

void ReportForm::add_foot(const CitizenContext& context, const Checked& checked, Nodes& foot) const {
  const words::Words& words = context.words;
  const auto children = chosen(context);
  const bool one_school =
      !children.empty() && std::all_of(children.begin(), children.end(), [&](const Child& child) {
        return child.office == children.front().office;
      });
  const std::string school =
      one_school ? office_name(context, children.front().office, children.front().office_name) : "";
  std::string label =
      school.empty() ? words("absence.form.send.any") : words("absence.form.send", {{"office", school}});
  if (children.size() > 1)
    label = words.count("absence.form.send.several", static_cast<std::int64_t>(children.size()));
  foot.push_back(with(screen::button("send", label, Importance::Primary, Icon::Send), checked));
  if (!context.connected()) {
    Node waits = screen::text("reach", words("absence.form.offline"));
    waits.icon = Icon::Offline;
    foot.push_back(std::move(waits));
  } else if (!school.empty()) {
    foot.push_back(screen::text("reach", words("absence.form.readers", {{"office", school}})));
  }
}

screen::Screen ReportForm::view(const CitizenContext& context, const Route& route) const {
  const words::Words& words = context.words;
  const auto all = context.children.children();
  const std::vector<Child> children = all.ok() ? *all : std::vector<Child>();
  const Checked checked = check(context);
  screen::Screen out =
      titled(context, route, words(changes() ? "absence.form.title.change" : "absence.form.title"));
  const Child child = draft_.pupils.empty() ? Child() : child_of(context, draft_.pupils.front());

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
  add_kind(context, checked, out.main);
  add_when(context, checked, out.main);
  if (const auto entry = already(context)) {
    Node existing =
        with(screen::button("existing", words("absence.form.existing.open"), Importance::Secondary), checked);
    const std::string who = called(context, child_of(context, entry->shown().report.pupil));
    out.main.push_back(screen::alert("existing-alert", words("absence.form.existing", {{"name", who}}),
                                     Tone::Info, {std::move(existing)}));
  }
  if (draft_.kind != ReportKind::Back) add_why(context, checked, out.main);
  add_note(context, checked, out.main);
  add_foot(context, checked, out.foot);
  return out;
}

}  // namespace machi::absence
