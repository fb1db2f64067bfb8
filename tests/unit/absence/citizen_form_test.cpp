// What people type for a temperature.
#include "core/absence/citizen/form.h"

#include <gtest/gtest.h>

namespace machi::absence {
namespace {

TEST(Temperature, IsReadAsPeopleTypeIt) {
  for (const auto& [text, tenths] : {std::pair{"38.2", 382}, {"38", 380}, {"38,2", 382}, {"３８．２", 382}, {" 38.2 ", 382},
                                     {"38.2℃", 382}, {"38.2度", 382}, {"34.0", 340}, {"43.0", 430}}) {
    const auto read = parse_temperature(text);
    ASSERT_TRUE(read.ok()) << text;
    EXPECT_EQ(*read, tenths) << text;
  }
}

TEST(Temperature, IsRefusedWhenItIsNone) {
  for (const char* text : {"", ".", "38.", "382", "38.25", "33.9", "43.1", "-38", "38.2.1", "熱", "3８.x", "99999999999"}) {
    EXPECT_FALSE(parse_temperature(text).ok()) << text;
  }
}

}  // namespace
}  // namespace machi::absence
