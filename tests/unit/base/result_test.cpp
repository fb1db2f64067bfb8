// The table of errors and the macros that pass them on.
#include "core/base/result.h"

#include <gtest/gtest.h>

#include "core/base/check.h"

namespace machi::base {
namespace {

Result<int> halved(int value) {
  if (value % 2 != 0) return fail(Code::BadInput, "odd");
  return value / 2;
}

Result<int> quartered(int value) {
  MACHI_TRY_SET(half, halved(value));
  MACHI_TRY(halved(half));
  return half / 2;
}

TEST(ErrorTable, NamesEveryCodeAndFindsItByName) {
  for (int i = 0; i <= static_cast<int>(Code::Unsupported); ++i) {
    const Code code = static_cast<Code>(i);
    EXPECT_EQ(code_of(code_name(code)), code);
    EXPECT_EQ(message_key(code), "error." + std::string(code_name(code)));
  }
  EXPECT_FALSE(code_of("no-such-code").has_value());
}

TEST(ErrorTable, SaysThatANetworkMayComeBackAndASignatureMayNot) {
  EXPECT_TRUE(is_retryable(Code::Unreachable));
  EXPECT_FALSE(is_retryable(Code::BadSignature));
}

TEST(Result, PassesTheFirstErrorOn) {
  EXPECT_EQ(*quartered(8), 2);
  EXPECT_EQ(quartered(7).code(), Code::BadInput);
  EXPECT_EQ(quartered(6).error().detail, "odd");
}

TEST(CheckDeathTest, StopsTheProgramWithThePlaceOfTheBug) {
  EXPECT_DEATH(MACHI_CHECK(1 + 1 == 3), "bug: 1 \\+ 1 == 3 at .*result_test.cpp:");
}

}  // namespace
}  // namespace machi::base
