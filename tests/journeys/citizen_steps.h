// Steps that several journeys of the citizen share. Test code.
#pragma once

#include "tests/journeys/harness.h"

namespace machi::journeys {

// Fills in the application of 佐倉 みお's guardian (or another's) and sends it; the screen is slip.apply.
inline void apply_for(Device& phone, const std::string& birth = "2017-09-12",
                      const std::string& digits = "3456") {
  ASSERT_TRUE(phone.at("slip.apply")) << phone.text();
  phone.enter("guardian", "佐倉 花");
  phone.enter("birth", birth);
  phone.enter("digits", digits);
  phone.press("apply");
}

// A phone that is enrolled for 佐倉 みお; the desk confirms by itself.
inline Device& enrolled_phone(Town& town, const std::string& name, std::string_view pupil = "佐倉 みお") {
  Device& phone = town.phone(name);
  phone.start(town.slip(pupil).link);
  EXPECT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  const std::string telephone = town.pupil(pupil).telephones.front();
  apply_for(phone, town.pupil(pupil).birth.iso(), telephone.substr(telephone.size() - 4));
  EXPECT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
  phone.press("home");
  return phone;
}

// What stands on a recovery sheet, or on the screen for a second phone.
struct Sheet {
  std::string link;
  std::string signs;
};

inline Sheet sheet_of(const Device& phone) {
  const auto* symbol = phone.find("symbol");
  const auto* code = phone.find("code");
  EXPECT_TRUE(symbol && code) << phone.text();
  return symbol && code ? Sheet{symbol->value, code->value} : Sheet{};
}

inline Sheet make_sheet(Town& town, Device& phone) {
  phone.press("recovery");
  phone.press("make");
  EXPECT_TRUE(town.run_until([&] { return phone.find("symbol") != nullptr; })) << phone.text();
  const Sheet sheet = sheet_of(phone);
  phone.press("print");
  EXPECT_EQ(phone.prints, 1);
  phone.back();
  phone.back();
  town.run_for(15'000);
  return sheet;
}

// The person's second phone, with what the first had; both are at home.
inline Device& second_phone(Town& town, Device& first, const std::string& name) {
  first.press("recovery");
  first.press("second");
  EXPECT_TRUE(town.run_until([&] { return first.find("symbol") != nullptr; })) << first.text();
  Device& phone = town.phone(name);
  phone.start();
  phone.press("restore");
  phone.scan(sheet_of(first).signs);
  EXPECT_TRUE(town.run_until([&] { return phone.at("restore.done"); })) << phone.text();
  phone.press("home");
  EXPECT_TRUE(town.run_until([&] { return first.sees("2台で使っています。"); })) << first.text();
  town.run_for(20'000);
  first.back();
  first.back();
  return phone;
}

// Presses what confirms a report on the desk's first page.
inline bool confirm_on(Device& desk) {
  for (const auto& node : desk.screen().main) {
    std::function<const screen::Node*(const screen::Node&)> search =
        [&](const screen::Node& one) -> const screen::Node* {
      if (one.role == screen::Role::Button && one.id.starts_with("confirm")) return &one;
      for (const auto& child : one.children) {
        if (const auto* found = search(child)) return found;
      }
      return nullptr;
    };
    if (const auto* button = search(node)) {
      desk.press(std::string(button->id));
      return true;
    }
  }
  return false;
}

// The guardian's other child, on the same phone.
inline void enrol_sibling(Town& town, Device& phone, std::string_view pupil = "佐倉 そら") {
  phone.press("scan");
  phone.scan(town.slip(pupil).link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone, town.pupil(pupil).birth.iso());
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました") || phone.pressable("report"); }))
      << phone.text();
  if (phone.pressable("home")) phone.press("home");
}

// A school with a tablet that has caught up.
struct School {
  Town town;
  Device* tablet = nullptr;
  explicit School(Instant start = base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{7 * 60 + 38}),
                  bool hall_listens = false)
      : town(1, start) {
    if (hall_listens) town.hall_listens();
    town.found_school();
    tablet = &town.desk("tablet");
  }
};

}  // namespace machi::journeys
