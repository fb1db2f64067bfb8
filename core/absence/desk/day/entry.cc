// What came by telephone, on paper or at the gate, entered by the school for the family: first the pupil,
// then what they said. When there is a report about the day already, the entry takes its place. Saving it is
// reading it; every guardian of the pupil is told. Pure over the tables.
#include "core/absence/desk/day/entry.h"
#include "core/absence/content.h"
#include "core/absence/desk/page.h"
#include "core/absence/desk/roll/find.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using base::Code;
using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::size_t kCallerLimit = 20;
constexpr int kDaysBack = 30;  // what a family says afterwards about a day gone by

std::string_view short_name(Channel channel) {
  switch (channel) {
    case Channel::Telephone:
      return "telephone";
    case Channel::Paper:
      return "paper";
    case Channel::InPerson:
      return "person";
  }
  return "";
}
constexpr Channel kChannels[] = {Channel::Telephone, Channel::Paper, Channel::InPerson};

std::string shortened(const std::string& typed, std::size_t limit) {
  return base::from_code_points(
      base::to_code_points(base::trimmed(content::cleaned(typed))).substr(0, limit));
}

// The report about the pupil's day that stands already: the entry becomes its next version.
std::optional<Entry> standing(const DeskScene& scene, const EntryDraft& draft) {
  const auto date = Date::parse(draft.date);
  if (!date.ok()) return std::nullopt;
  for (Entry& entry : scene.school.reports(draft.pupil)) {
    const Report& report = entry.shown().report;
    if (report.version != draft.version && report.covers(*date) && report.kind != ReportKind::Cancelled)
      return std::move(entry);
  }
  return std::nullopt;
}

using Checked = CheckedEntry;

}  // namespace

Checked check_entry(const DeskScene& scene) {
  const auto& words = scene.words;
  const EntryDraft& draft = scene.place.entry;
  Checked out;
  Report& report = out.report;
  report.report = draft.report;
  report.version = draft.version;
  report.pupil = draft.pupil;
  if (const auto there = standing(scene, draft)) {
    report.report = there->report;
    for (const ReportVersion& head : there->heads) report.replaces.push_back(head.report.version);
  }
  const Date today = base::date_of(scene.now);
  const auto date = Date::parse(draft.date);
  if (!date.ok() || *date < today.plus(-kDaysBack) || *date > today.plus(kDaysAhead))
    out.errors["date"] = words("desk.entry.error.date");
  else if (!scene.school.days().open(*date))
    out.errors["date"] = words("desk.entry.error.closed");
  else if (const auto pupil = scene.school.roll().pupil(draft.pupil);
           pupil &&
           scene.school.lessons(*date, *date).why({pupil->class_id, pupil->grade, {}, {}, 0}, *date) !=
               nullptr)
    out.errors["date"] = words("desk.entry.error.suspended");
  else
    report.date = *date;
  report.kind =
      kind_named(draft.kind).value_or(draft.kind == "cancelled" ? ReportKind::Cancelled : ReportKind::Absent);
  report.note = draft.note;
  if (!draft.note.empty()) report.language = "ja";
  if (report.kind == ReportKind::Cancelled) return out;
  if (report.kind == ReportKind::Absent && !draft.last.empty()) {
    const auto last = Date::parse(draft.last);
    if (!last.ok() || *last < report.date || *last > report.date.plus(kRangeLimit))
      out.errors["last"] = words("desk.entry.error.last");
    else if (*last > report.date)
      report.last = *last;
  }
  if (report.kind != ReportKind::Back) {
    report.reason = reason_named(draft.reason);
    if (!report.reason) out.errors["reason"] = words("desk.entry.error.reason");
  }
  check_illness(scene, report, out.errors);
  if (report.kind != ReportKind::Absent && !draft.time.empty()) {
    const auto time = TimeOfDay::parse(draft.time);
    if (time.ok())
      report.time = *time;
    else
      out.errors["time"] = words("desk.entry.error.time");
  }
  return out;
}

Node entry_node(Node node, const DeskScene& scene, const Checked& checked) {
  node.version = scene.place.entry.version.hex();
  const auto error = checked.errors.find(node.id);
  if (error != checked.errors.end() && (scene.place.entry.tried || node.id != "reason"))
    node.error = error->second;
  return node;
}

namespace {

Node with(Node node, const DeskScene& scene, const Checked& checked) {
  return entry_node(std::move(node), scene, checked);
}

Node kind_choice(const DeskScene& scene, bool may_cancel) {
  const EntryDraft& draft = scene.place.entry;
  std::vector<screen::Option> options;
  for (const ReportKind kind : kReportKinds)
    options.push_back(screen::option(std::string(short_name(kind)), word_of(scene.words, kind),
                                     draft.kind == short_name(kind)));
  if (may_cancel)
    options.push_back(
        screen::option("cancelled", scene.words("desk.entry.cancel"), draft.kind == "cancelled"));
  return screen::choice("kind", scene.words("desk.column.kind"), screen::Kind::Single, std::move(options));
}

void add_what(const DeskScene& scene, const Checked& checked, Nodes& main) {
  const auto& words = scene.words;
  const EntryDraft& draft = scene.place.entry;
  const ReportKind kind = checked.report.kind;
  Node date = screen::field("date", words("desk.entry.date"), screen::Kind::Date, draft.date);
  const Date today = base::date_of(scene.now);
  date.minimum = today.plus(-kDaysBack).iso();
  date.maximum = today.plus(kDaysAhead).iso();
  if (const auto day = Date::parse(draft.date); day.ok())
    date.options.push_back(screen::option(day->iso(), words.date(*day), true));
  main.push_back(with(std::move(date), scene, checked));
  if (kind == ReportKind::Absent) {
    Node last = screen::field("last", words("desk.entry.last"), screen::Kind::Date, draft.last);
    last.hint = words("desk.entry.last.hint");
    last.minimum = draft.date;
    if (const auto day = Date::parse(draft.last); day.ok())
      last.options.push_back(screen::option(day->iso(), words.date(*day), true));
    main.push_back(with(std::move(last), scene, checked));
  } else if (kind != ReportKind::Cancelled) {
    main.push_back(with(screen::field("time", words("desk.entry.time"), screen::Kind::Time, draft.time),
                        scene, checked));
  }
  if (kind != ReportKind::Cancelled && kind != ReportKind::Back) {
    std::vector<screen::Option> reasons;
    for (const Reason reason : kReasons)
      reasons.push_back(screen::option(std::string(short_name(reason)), word_of(words, reason),
                                       draft.reason == short_name(reason)));
    main.push_back(
        with(screen::choice("reason", words("desk.column.cause"), screen::Kind::Single, std::move(reasons)),
             scene, checked));
    add_illness(scene, checked, main);
  }
  Node note = screen::field("note", words("desk.entry.note"), screen::Kind::Multiline, draft.note);
  note.max_length = static_cast<std::int32_t>(kNoteLimit);
  main.push_back(with(std::move(note), scene, checked));
}

void add_who(const DeskScene& scene, const Checked& checked, Nodes& main) {
  const auto& words = scene.words;
  const EntryDraft& draft = scene.place.entry;
  std::vector<screen::Option> channels;
  for (const Channel channel : kChannels)
    channels.push_back(screen::option(std::string(short_name(channel)), channel_word(words, channel),
                                      channel == draft.channel));
  main.push_back(
      with(screen::choice("channel", words("desk.entry.channel"), screen::Kind::Single, std::move(channels)),
           scene, checked));
  Node caller = screen::field("caller", words("desk.entry.caller"), screen::Kind::Text, draft.caller);
  caller.hint = words("desk.entry.caller.hint");
  caller.max_length = kCallerLimit;
  main.push_back(with(std::move(caller), scene, checked));
}

void add_form(const DeskScene& scene, const Pupil& pupil, screen::Screen& out) {
  const auto& words = scene.words;
  const Checked checked = check_entry(scene);
  Node who = screen::text("who", pupil_name(words, pupil));
  who.importance = Importance::Primary;
  who.icon = Icon::Person;
  who.hint = words("desk.pupil.about",
                   {{"class", pupil.class_name}, {"number", std::to_string(pupil.record.number)}});
  out.main.push_back(std::move(who));
  out.main.push_back(screen::link("entry.other", words("desk.entry.other"), "", Icon::Back));
  const auto there = standing(scene, scene.place.entry);
  if (there) {
    const Report& report = there->shown().report;
    Node already = screen::alert(
        "already", words("desk.entry.already", {{"kind", word_of(words, report.kind)}}), Tone::Info);
    already.hint = cause_of(words, report);
    out.main.push_back(std::move(already));
  }
  out.main.push_back(with(kind_choice(scene, there.has_value()), scene, checked));
  add_what(scene, checked, out.main);
  add_who(scene, checked, out.main);
  Node save = screen::button("entry.save", words("desk.entry.save"), Importance::Primary, Icon::Check);
  save.hint = words("desk.entry.save.hint");
  out.foot.push_back(with(std::move(save), scene, checked));
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const EntryDraft& draft = scene.place.entry;
  screen::Screen out = desk_frame(scene, "desk.entry", words("desk.entry.title"));
  out.main.push_back(screen::heading("heading", words("desk.entry.title")));
  const auto pupil = scene.school.roll().pupil(draft.pupil);
  if (pupil) {
    out.name += "/" + draft.version.hex();
    add_form(scene, *pupil, out);
    return screen::finish(std::move(out));
  }
  if (draft.saved)
    if (const auto last = scene.school.roll().pupil(*draft.saved))
      out.main.push_back(screen::alert(
          "saved", words("desk.entry.saved", {{"name", pupil_name(words, *last)}}), Tone::Success));
  out.main.push_back(screen::text("how", words("desk.entry.how")));
  add_finder(scene, "entry", draft.find, out.main);
  return screen::finish(std::move(out));
}

Status save(PageTurn& turn) {
  EntryDraft& draft = turn.place.entry;
  draft.tried = true;
  Checked checked = check_entry(turn.scene);
  // The scene was drawn before this press; nothing of the draft has changed since.
  if (!checked.errors.empty()) return {};
  const PupilId pupil = draft.pupil;
  MACHI_TRY(turn.school.enter(std::move(checked.report), draft.channel, draft.caller, turn.scene.now));
  draft = {};
  draft.saved = pupil;
  return {};
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  EntryDraft& draft = turn.place.entry;
  const auto& node = action.node;
  if (act_on_illness(turn, action)) return true;
  if (node == "find")
    draft.find = action.value;
  else if (node == "entry.other")
    draft = {};
  else if (node == "entry.save")
    MACHI_TRY(save(turn));
  else if (node == "kind")
    draft.kind = action.value;
  else if (node == "date")
    draft.date = base::trimmed(action.value);
  else if (node == "last")
    draft.last = base::trimmed(action.value);
  else if (node == "reason")
    draft.reason = action.value;
  else if (node == "time")
    draft.time = base::trimmed(action.value);
  else if (node == "note")
    draft.note = shortened(action.value, kNoteLimit);
  else if (node == "caller")
    draft.caller = shortened(action.value, kCallerLimit);
  else if (node == "channel") {
    for (const Channel channel : kChannels)
      if (action.value == short_name(channel)) draft.channel = channel;
  } else if (const auto about = subject(action, "entry")) {
    MACHI_TRY_SET(id, PupilId::from_hex_text(*about));
    open_entry(turn, id);
  } else {
    return false;
  }
  return true;
}

}  // namespace

void open_entry(PageTurn& turn, const PupilId& pupil) {
  EntryDraft draft;
  draft.pupil = pupil;
  draft.report = turn.entropy.id<ReportTag>();
  draft.version = turn.entropy.id<VersionTag>();
  const Date shown = day_of(turn.scene);
  draft.date = shown.iso();
  turn.place.entry = std::move(draft);
  turn.place.page = DeskPage::Entry;
}

const Page kEntryPage{DeskPage::Entry, "entry", Icon::Telephone, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
