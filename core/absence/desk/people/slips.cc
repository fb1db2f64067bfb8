// Who has enrolled, class by class. Pure over the tables.
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

Node class_chooser(const DeskScene& scene, const std::vector<SchoolClass>& classes, const ClassId& chosen) {
  const auto enrolled = scene.school.roll().enrolled();
  std::vector<screen::Option> options;
  for (const SchoolClass& one : classes)
    options.push_back(screen::option(
        one.id.hex(),
        scene.words(
            "desk.slips.class.count",
            {{"class", scene.words("desk.class", {{"grade", std::to_string(one.grade)}, {"name", one.name}})},
             {"n", std::to_string(enrolled.contains(one.id) ? enrolled.at(one.id) : 0)},
             {"all", std::to_string(one.pupils)}}),
        one.id == chosen));
  return screen::choice("class", scene.words("desk.slips.class"), screen::Kind::Single, std::move(options));
}

Node pupil_row(const DeskScene& scene, const Pupil& pupil, int phones) {
  const auto& words = scene.words;
  const std::string id = pupil.record.pupil.hex();
  Node name = screen::cell("name." + id, pupil_name(words, pupil));
  if (!words.easy()) name.hint = pupil.record.reading;
  Node enrolled = screen::cell("enrolled." + id, "");
  enrolled.children.push_back(phones > 0
                                  ? screen::badge("phones." + id, words.count("desk.slips.phones", phones),
                                                  Tone::Success, Icon::Check)
                                  : screen::badge("phones." + id, words("desk.slips.nobody")));
  if (phones == 0) enrolled.children.back().importance = Importance::Tertiary;
  return screen::table_row(
      "row." + id,
      {screen::cell("number." + id, std::to_string(pupil.record.number)), std::move(name),
       std::move(enrolled),
       screen::cell("open." + id, "", {screen::button("pupil." + id, words("desk.slips.open"))})});
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.slips", words("desk.slips.title"));
  out.main.push_back(screen::heading("heading", words("desk.slips.title")));
  out.main.push_back(screen::button("list.open", words("desk.list.title"), Importance::Secondary, Icon::Add));
  const auto classes = scene.school.roll().classes();
  if (classes.empty()) {
    out.main.push_back(screen::progress("roll", words("desk.roll.coming")));
    return screen::finish(std::move(out));
  }
  ClassId chosen = classes.front().id;
  for (const SchoolClass& one : classes)
    if (one.id == scene.place.class_id) chosen = one.id;
  out.main.push_back(class_chooser(scene, classes, chosen));
  Nodes arrivals;
  for (const Transfer& one : scene.school.roll().arrivals()) {
    const PupilRecord& record = one.left.pupils.front();
    arrivals.push_back(
        screen::row("arrival." + record.pupil.hex(), words.name(record.name, record.reading),
                    words("desk.arrival.from", {{"school", one.school}, {"class", one.left.name}}),
                    {screen::button("receive." + record.pupil.hex(), words("desk.arrival.receive"))}));
  }
  if (!arrivals.empty())
    out.main.push_back(screen::list("arrivals", words("desk.arrivals"), std::move(arrivals)));
  out.main.push_back(
      screen::button("sheets.open", words("desk.sheets.open"), Importance::Secondary, Icon::Scan));
  const auto pupils = scene.school.roll().pupils(chosen);
  const auto phones = scene.school.roll().phones();
  Nodes rows;
  int enrolled = 0;
  for (const Pupil& pupil : pupils) {
    const auto of = phones.find(pupil.record.pupil);
    if (of != phones.end()) ++enrolled;
    rows.push_back(pupil_row(scene, pupil, of == phones.end() ? 0 : of->second));
  }
  out.main.push_back(screen::table(
      "pupils",
      words("desk.slips.sum", {{"n", std::to_string(enrolled)}, {"all", std::to_string(pupils.size())}}),
      {{"number", words("desk.column.number")},
       {"pupil", words("desk.column.pupil")},
       {"enrolled", words("desk.column.enrolled")},
       {"act", words("desk.column.act"), true}},
      std::move(rows)));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "class") {
    MACHI_TRY_SET(id, ClassId::from_hex_text(action.value));
    turn.place.class_id = id;
    return true;
  }
  if (action.node == "list.open") {
    turn.place.page = DeskPage::List;
    return true;
  }
  if (const auto about = subject(action, "receive")) {
    MACHI_TRY_SET(id, PupilId::from_hex_text(*about));
    const auto classes = turn.school.roll().classes();
    ClassId into = classes.empty() ? ClassId{} : classes.front().id;
    for (const SchoolClass& one : classes)
      if (one.id == turn.place.class_id) into = one.id;
    MACHI_TRY(turn.school.receive(id, into, turn.entropy, turn.scene.now));
    turn.place.pupil = id;
    turn.place.page = DeskPage::Pupil;  // where the guardians' slips are made
    return true;
  }
  if (action.node == "sheets.open") {
    turn.place.page = DeskPage::Sheets;
    return true;
  }
  if (const auto about = subject(action, "pupil")) {
    MACHI_TRY_SET(id, PupilId::from_hex_text(*about));
    turn.place.pupil = id;
    turn.place.page = DeskPage::Pupil;
    return true;
  }
  return false;
}

}  // namespace

const Page kSlipsPage{DeskPage::Slips, "slips", Icon::People, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
