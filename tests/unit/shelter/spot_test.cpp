// Where a shelter stands, as people type it and facts write it.
#include "core/shelter/spot.h"

#include <gtest/gtest.h>

namespace machi::shelter {
namespace {

TEST(Spot, IsReadAsPeopleTypeIt) {
  const Spot spot{3486690, 13832170};
  for (const char* typed : {"34.8669,138.3217", "34.86690, 138.32170", " 34.8669 138.3217 ",
                            "34.8669、138.3217", "３４．８６６９，１３８．３２１７", "34.866904,138.321708"})
    EXPECT_EQ(read_spot(typed), spot) << typed;
  EXPECT_EQ(read_spot("34,138"), (Spot{3400000, 13800000}));
}

TEST(Spot, IsNothingElseAndNowhereElse) {
  for (const char* typed : {"", "34.8669", "34.8669,", ",138.3217", "138.3217,34.8669", "34.8669,138.3217,1",
                            "34.86.69,138.3217", "1234.5,138", "-34.8,138.3", "abc", "0,0", "34.8669 north"})
    EXPECT_EQ(read_spot(typed), std::nullopt) << typed;
}

TEST(Spot, IsWrittenSoThatItIsReadBack) {
  const Spot spot{3400005, 13800000};
  EXPECT_EQ(spot_text(spot), "34.00005,138.00000");
  EXPECT_EQ(read_spot(spot_text(spot)), spot);
  EXPECT_EQ(geo_uri(spot), "geo:34.00005,138.00000");
  EXPECT_EQ(spot_of(34.866904, 138.321696), (Spot{3486690, 13832170}));
  EXPECT_EQ(spot_of(0, 0), std::nullopt);
  EXPECT_EQ(spot_of(1e300, 138), std::nullopt);
}

}  // namespace
}  // namespace machi::shelter
