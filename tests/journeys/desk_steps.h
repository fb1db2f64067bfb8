// Steps that several journeys of the desk share. Test code.
#pragma once

#include "core/words/words.h"
#include "tests/journeys/harness.h"

namespace machi::journeys {

// The first node whose id begins so.
inline const screen::Node* first_of(const std::vector<screen::Node>& nodes, std::string_view begin) {
  for (const screen::Node& node : nodes) {
    if (node.id.starts_with(begin)) return &node;
    if (const screen::Node* found = first_of(node.children, begin)) return found;
  }
  return nullptr;
}
inline const screen::Node* first_of(const Device& desk, std::string_view begin) {
  return first_of(desk.screen().main, begin);
}

// Turns to a class of the list of pupils by a part of its name.
inline void turn_to_class(Device& desk, std::string_view part) {
  const auto classes = desk.find("class")->options;  // a copy: the screen changes with the choice
  for (const auto& option : classes)
    if (option.name.find(part) != std::string::npos) desk.choose("class", option.value);
}

inline void open_pupil(Town& town, Device& desk, std::string_view name, std::string_view class_part) {
  desk.press("page.slips");
  turn_to_class(desk, class_part);
  desk.press("pupil." + town.pupil(name).pupil.hex());
  ASSERT_TRUE(desk.at("desk.pupil")) << desk.text();
}

// Another tablet, brought in by the first one.
inline Device& second_desk(Town& town, Device& first) {
  first.press("page.devices");
  first.press("invite");
  const std::string link = first.find("invite.symbol")->value;
  first.press("invite.hide");
  first.press("grade.all");
  town.run_for(5000);
  Device& desk = town.device("other-desk", "desk");
  desk.start(link.substr(link.find('#') + 1));
  EXPECT_TRUE(town.run_until([&] { return desk.at("desk.today"); })) << desk.text();
  town.run_for(2000);
  return desk;
}

// Today's table as a person reads it: report -> its row's version and words, and whether a person has still
// to confirm it.
struct DayRow {
  std::string version;
  std::string words;
  bool waits = false;
};
inline std::string words_in(const screen::Node& node) {
  std::string out = words::plain(node.name) + " " + words::plain(node.hint) + " ";
  for (const screen::Node& child : node.children) out += words_in(child);
  return out;
}
inline void day_rows(const std::vector<screen::Node>& nodes, std::map<std::string, DayRow>& out) {
  for (const screen::Node& node : nodes) {
    if (node.role == screen::Role::TableRow && node.id.starts_with("row."))
      out[node.id.substr(4)] = {node.version, words_in(node), first_of(node.children, "confirm.") != nullptr};
    day_rows(node.children, out);
  }
}
inline std::map<std::string, DayRow> day_rows(Device& desk) {
  if (!desk.at("desk.today")) desk.press("grade.all");
  std::map<std::string, DayRow> out;
  day_rows(desk.screen().main, out);
  return out;
}

inline void report(Device& phone, const std::string& reason) {
  phone.press("report");
  phone.choose("reason", reason);
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
}

}  // namespace machi::journeys
