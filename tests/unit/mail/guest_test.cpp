// A guest's asking and its code.
#include <gtest/gtest.h>

#include "core/mail/guest.h"

#include "tests/unit/mail/people.h"

namespace machi::mail {
namespace {

TEST(GuestAsking, ComesOutAsItWentInAndHasASoundKey) {
  const crypto::SealPublic seal = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
  const auto back = decode_guest(encode_guest(seal));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(*back, seal);
  EXPECT_EQ(decode_guest(code::Cbor::map({{1, base::Array<32>{}}})).code(), base::Code::BadInput);
  EXPECT_FALSE(decode_guest(code::Cbor::map({{1, 7}})).ok());
}

TEST(GuestCode, IsOfBothKeysAndIsReadAsPeopleTypeIt) {
  GuestAsk ask{crypto::SignPublic{base::Array<32>{1}}, crypto::SealPublic{base::Array<32>{2}}};
  const GuestCode code = guest_code(ask);
  const std::string printed = print_guest_code(code);
  ASSERT_EQ(printed.size(), 9u);
  EXPECT_EQ(printed[4], '-');
  std::string typed = " " + printed.substr(0, 4) + " " + printed.substr(5);
  for (char& sign : typed) sign = static_cast<char>(std::tolower(sign));
  ASSERT_TRUE(parse_guest_code(typed).ok()) << typed;
  EXPECT_EQ(*parse_guest_code(typed), code);
  EXPECT_FALSE(parse_guest_code(printed + "0").ok());
  EXPECT_FALSE(parse_guest_code("").ok());
  ask.seal.bytes[5] = 1;
  EXPECT_NE(guest_code(ask), code);
  ask.seal.bytes[5] = 0;
  ask.key.bytes[5] = 1;
  EXPECT_NE(guest_code(ask), code);
}

}  // namespace
}  // namespace machi::mail
