// A family whose phone has what a phone may lose, for the journeys that lose it.
#pragma once

#include <string>

#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {

// A family with a report that the school has read, one that it has not, and a note of the school.
struct Family {
  School school;
  Town& town = school.town;
  Device& phone;
  Sheet sheet;
  Family() : phone(enrolled_phone(town, "first")) {
    report(phone, "cold");
    EXPECT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); }));
    EXPECT_TRUE(confirm_on(*school.tablet));
    EXPECT_TRUE(town.run_until([&] { return phone.sees("学校が確認しました"); })) << phone.text();
    phone.press("back");
    sheet = make_sheet(town, phone);
  }
  Device& fresh(const std::string& name) {
    Device& device = town.phone(name);
    device.start();
    return device;
  }
  void restored(Device& device, const std::string& typed) {
    device.press("restore");
    device.scan(typed);
    ASSERT_TRUE(town.run_until([&] { return device.at("restore.done"); })) << device.text();
    EXPECT_TRUE(device.sees("佐倉 みお"));
    device.press("home");
  }
};

}  // namespace machi::journeys
