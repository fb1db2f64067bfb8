// The roll call: class by class who is not in the room. Reports are known here: a pupil who was reported is
// not asked for again, and one who is neither reported nor present stands on top, with the numbers to call.
// Pure over the tables.
#include "core/absence/desk/day/missing.h"
#include "core/absence/desk/page.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

// Today, or the day gone by that is shown; a roll of a day to come cannot be called.
Date day_called(const DeskScene& scene) {
  const Date today = base::date_of(scene.now);
  return scene.place.day && *scene.place.day < today ? *scene.place.day : today;
}

bool reported(const PupilDay& day) {
  return day.report.has_value() && day.report->kind != ReportKind::LeavingEarly;
}

const SchoolClass* chosen(const DeskScene& scene, const WholeDay& whole) {
  for (const ClassDay& one : whole)
    if (one.of.id == scene.place.roll.class_id) return &one.of;
  return nullptr;
}

// Whom the form shows as missing: what was ticked, else what the roll calls of the day say.
std::set<PupilId> missing_of(const DeskScene& scene, const std::vector<PupilOnDay>& pupils,
                             const std::map<PupilId, PresenceMark>& marks) {
  if (scene.place.roll.missing) return *scene.place.roll.missing;
  std::set<PupilId> out;
  for (const auto& [pupil, day] : pupils) {
    const auto mark = marks.find(pupil.record.pupil);
    if (mark != marks.end() && mark->second.presence == Presence::Missing) out.insert(pupil.record.pupil);
  }
  return out;
}

Node missing_row(const DeskScene& scene, const Pupil& pupil, const PresenceMark& mark) {
  const auto& words = scene.words;
  const std::string id = pupil.record.pupil.hex();
  Node name = screen::cell("missing-name." + id, pupil_name(words, pupil));
  name.hint = words("desk.pupil.about",
                    {{"class", pupil.class_name}, {"number", std::to_string(pupil.record.number)}});
  Node seen = screen::cell("missing-at." + id, words.moment(mark.at, scene.now));
  seen.hint = mark.by;
  Node call = screen::cell("missing-call." + id, "");
  for (const std::string& digits : pupil.record.telephones)
    call.children.push_back(
        screen::link("missing-call." + id + "." + digits, digits, "tel:" + digits, Icon::Telephone));
  Node act = screen::cell("missing-act." + id, "",
                          {screen::button("arrived." + id, words("desk.roll-call.arrived")),
                           screen::button("enter." + id, words("desk.roll-call.heard"))});
  Node row = screen::table_row("missing-row." + id,
                               {std::move(name), std::move(seen), std::move(call), std::move(act)});
  row.tone = Tone::Warning;
  return row;
}

// Neither reported nor present, over the whole school.
void add_missing(const DeskScene& scene, Date day, Nodes& main) {
  const auto& words = scene.words;
  Nodes rows;
  for (const MissingPupil& one : missing_on(scene.school, day))
    rows.push_back(missing_row(scene, one.pupil, one.mark));
  if (rows.empty()) return;
  Node group = screen::group("missing.group", words("desk.roll-call.missing"),
                             {screen::table("missing.table", words("desk.roll-call.missing"),
                                            {{"pupil", words("desk.column.pupil")},
                                             {"at", words("desk.roll-call.at")},
                                             {"telephone", words("desk.column.telephone")},
                                             {"act", words("desk.column.act"), true}},
                                            std::move(rows))});
  group.hint = words("desk.roll-call.missing.hint");
  group.tone = Tone::Warning;
  group.icon = Icon::Warning;
  main.push_back(std::move(group));
}

Node class_row(const DeskScene& scene, const ClassDay& class_day) {
  const auto& words = scene.words;
  const SchoolClass& one = class_day.of;
  int unknown = 0, missing = 0, absent = 0;
  for (const auto& [pupil, day] : class_day.pupils) {
    if (day.status == DayStatus::Missing)
      ++missing;
    else if (reported(day))
      ++absent;
    else if (day.presence == Presence::Unknown)
      ++unknown;
  }
  const std::string id = one.id.hex();
  Node row = screen::row_button(
      "class." + id, words("desk.class", {{"grade", std::to_string(one.grade)}, {"name", one.name}}),
      words("desk.roll-call.class", {{"n", std::to_string(class_day.pupils.size())},
                                     {"reported", std::to_string(absent)},
                                     {"missing", std::to_string(missing)}}));
  if (class_day.lessons != Lessons::Held)
    row.children.push_back(
        screen::badge("class-done." + id, words("desk.suspension.none"), Tone::Neutral, Icon::Calendar));
  else if (unknown == 0 && !class_day.pupils.empty())
    row.children.push_back(
        screen::badge("class-done." + id, words("desk.roll-call.done"), Tone::Success, Icon::Check));
  else
    row.children.push_back(
        screen::badge("class-done." + id, words("desk.roll-call.todo"), Tone::Neutral, Icon::Clock));
  return row;
}

Node reported_row(const DeskScene& scene, const Pupil& pupil, const PupilDay& day) {
  const auto& words = scene.words;
  const std::string id = pupil.record.pupil.hex();
  const Report& report = *day.report;
  std::string hint = cause_of(words, report);
  if (report.time) hint = words("desk.about", {{"time", words.time(*report.time)}});
  Node row = screen::row("reported." + id, pupil_name(words, pupil), std::move(hint),
                         {screen::badge("reported-kind." + id, word_of(words, report.kind))});
  if (day.presence == Presence::Here)
    row.children.push_back(
        screen::badge("reported-here." + id, words("desk.roll-call.here"), Tone::Success, Icon::Check));
  else
    row.children.push_back(screen::button("arrived." + id, words("desk.roll-call.arrived")));
  return row;
}

void add_class(const DeskScene& scene, const ClassDay& class_day, Date day, Nodes& main) {
  const auto& words = scene.words;
  if (class_day.lessons != Lessons::Held) {
    main.push_back(screen::empty("none", words("desk.suspension.none")));
    return;
  }
  const auto missing = missing_of(scene, class_day.pupils, scene.school.book().presence(day));
  std::vector<screen::Option> options;
  Nodes known;
  for (const auto& [pupil, of] : class_day.pupils) {
    if (reported(of))
      known.push_back(reported_row(scene, pupil, of));
    else
      options.push_back(screen::option(
          pupil.record.pupil.hex(),
          words("desk.roll-call.pupil",
                {{"number", std::to_string(pupil.record.number)}, {"name", pupil_name(words, pupil)}}),
          missing.contains(pupil.record.pupil)));
  }
  const std::size_t asked = options.size();
  std::size_t ticked = 0;
  for (const screen::Option& option : options) ticked += option.selected ? 1 : 0;
  if (!known.empty())
    main.push_back(screen::list("reported", words("desk.roll-call.reported"), std::move(known)));
  if (asked == 0) return;
  Node choice =
      screen::choice("missing", words("desk.roll-call.who"), screen::Kind::Multiple, std::move(options));
  choice.version = class_day.of.id.hex();
  main.push_back(std::move(choice));
  Node save = screen::button(
      "roll.save",
      ticked == 0 ? words("desk.roll-call.save.all", {{"n", std::to_string(asked)}})
                  : words("desk.roll-call.save",
                          {{"missing", std::to_string(ticked)}, {"n", std::to_string(asked - ticked)}}),
      Importance::Primary, Icon::Check);
  save.version = class_day.of.id.hex();
  main.push_back(std::move(save));
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const Date day = day_called(scene);
  const auto seen = scene.school.seen(day);
  const WholeDay& whole = *seen;
  const SchoolClass* one = chosen(scene, whole);
  screen::Screen out = desk_frame(scene, "desk.roll-call", words("desk.roll-call.title"));
  if (one) out.name += "/" + one->id.hex();
  Node heading = screen::heading(
      "heading", one ? words("desk.class", {{"grade", std::to_string(one->grade)}, {"name", one->name}})
                     : words("desk.roll-call.title"));
  heading.hint = words.date(day);
  if (one) out.main.push_back(screen::link("roll.classes", words("desk.roll-call.classes"), "", Icon::Back));
  out.main.push_back(std::move(heading));
  if (!scene.school.days().open(day)) {
    out.main.push_back(screen::empty("none", words("desk.roll-call.closed")));
    return screen::finish(std::move(out));
  }
  if (one) {
    for (const ClassDay& each : whole)
      if (each.of.id == one->id) add_class(scene, each, day, out.main);
    return screen::finish(std::move(out));
  }
  add_missing(scene, day, out.main);
  Nodes rows;
  for (const ClassDay& each : whole) rows.push_back(class_row(scene, each));
  if (rows.empty())
    out.main.push_back(screen::progress("roll", words("desk.roll.coming")));
  else
    out.main.push_back(screen::list("classes", words("desk.roll-call.classes"), std::move(rows)));
  return screen::finish(std::move(out));
}

Status save(PageTurn& turn) {
  const ClassId id = turn.place.roll.class_id;
  const Date day = day_called(turn.scene);
  std::vector<PupilId> here, missing;
  for (const ClassDay& one : turn.school.whole_day(day)) {
    if (one.of.id != id || one.lessons != Lessons::Held) continue;
    const auto ticked = missing_of(turn.scene, one.pupils, turn.school.book().presence(day));
    for (const auto& [pupil, of] : one.pupils)
      if (!reported(of)) (ticked.contains(pupil.record.pupil) ? missing : here).push_back(pupil.record.pupil);
  }
  if (here.empty() && missing.empty()) return {};  // the lessons were called off meanwhile
  MACHI_TRY(turn.school.call_roll(turn.entropy.id<RollCallTag>(), day, std::move(here), std::move(missing),
                                  turn.scene.now));
  turn.place.roll = {};
  return {};
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "missing") {
    std::set<PupilId> missing;
    for (const std::string& value : action.values) {
      MACHI_TRY_SET(id, PupilId::from_hex_text(value));
      missing.insert(id);
    }
    turn.place.roll.missing = std::move(missing);
    return true;
  }
  if (action.node == "roll.save") {
    MACHI_TRY(save(turn));
    return true;
  }
  if (action.node == "roll.classes") {
    turn.place.roll = {};
    return true;
  }
  if (const auto about = subject(action, "class")) {
    MACHI_TRY_SET(id, ClassId::from_hex_text(*about));
    turn.place.roll = {id, {}};
    return true;
  }
  if (const auto about = subject(action, "arrived")) {
    MACHI_TRY_SET(id, PupilId::from_hex_text(*about));
    MACHI_TRY(turn.school.call_roll(turn.entropy.id<RollCallTag>(), day_called(turn.scene), {id}, {},
                                    turn.scene.now));
    if (turn.place.roll.missing) turn.place.roll.missing->erase(id);
    return true;
  }
  if (const auto about = subject(action, "enter")) {
    MACHI_TRY_SET(id, PupilId::from_hex_text(*about));
    open_entry(turn, id);
    return true;
  }
  return false;
}

std::string hint(const DeskScene& scene) {
  const auto missing = missing_on(scene.school, base::date_of(scene.now)).size();
  return missing > 0 ? scene.words("desk.roll-call.waiting", {{"n", std::to_string(missing)}}) : "";
}

}  // namespace

const Page kRollCallPage{DeskPage::RollCall, "roll-call", Icon::Check, DeskPage::Today, view, act, hint};

}  // namespace machi::absence
