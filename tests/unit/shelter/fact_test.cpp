// Facts on the wire: what is written is read back, and what nobody of ours writes is refused.
#include "core/shelter/fact.h"

#include "tests/unit/shelter/stays.h"

namespace machi::shelter {
namespace {

Facts everything() {
  Fact full = enter(1, 11, 101, 201, {12, 13});
  Enter& what = std::get<Enter>(full.what);
  what.person.birth = *Date::of(1985, 4, 1);
  what.person.age = 41;
  what.person.sex = Sex::Female;
  what.person.needs.bits = 0x8000'0005;  // one that only a newer program knows
  what.person.allergens.bits = 1;
  what.person.pets.bits = 2;
  what.person.note = "そばもだめ";
  what.person.telephone = "09012345678";
  what.person.address = "日和町南";
  what.person.tell = true;
  what.counter = 7;
  what.manner = Manner::Car;
  what.said = true;
  what.room = "体育館";
  what.card = "12";
  Fact moved = leave(2, 11, Away::Shelter);
  std::get<Leave>(moved.what).shelter = id_of<ShelterId>(202);
  return {full, moved, correct(3, id_of<StayId>(11).bytes, Field::Room, "図書室", 0, {1}),
          correct(4, id_of<ShelterId>(201).bytes, Field::Capacity, "", 150), undo(5, 2)};
}

TEST(ShelterFacts, AreReadAsTheyWereWritten) {
  const Facts facts = everything();
  const auto map = code::decode(code::encode(encode(facts)));
  ASSERT_TRUE(map.ok());
  const auto read = decode_facts(*map);
  ASSERT_TRUE(read.ok()) << read.error().detail;
  EXPECT_EQ(*read, facts);
}

// Each part of a message is changed into something else: the reader refuses it or reads a fact, and never
// falls.
TEST(ShelterFacts, AreRefusedWhenTheyAreNone) {
  using code::Cbor;
  EXPECT_FALSE(decode_facts(Cbor::map({})).ok());
  EXPECT_FALSE(decode_facts(Cbor::map({{1, Cbor::array({})}})).ok());
  EXPECT_FALSE(decode_facts(Cbor::map({{1, "text"}})).ok());
  const base::Bytes whole = code::encode(encode(everything()));
  int refused = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    base::Bytes broken = whole;
    broken[i] ^= 0x41;
    const auto map = code::decode(broken);
    if (!map.ok() || !decode_facts(*map).ok()) ++refused;
  }
  EXPECT_GT(refused, 100);
  Fact nameless = enter(1, 11, 101, 201);
  std::get<Enter>(nameless.what).person.name.clear();
  std::get<Enter>(nameless.what).person.kana.clear();
  EXPECT_EQ(decode_fact(encode(nameless)).code(), base::Code::BadInput);
  EXPECT_EQ(decode_fact(encode(enter(1, 11, 101, 0))).code(), base::Code::BadInput)
      << "no shelter is everywhere";
  EXPECT_EQ(decode_fact(encode(correct(1, {}, static_cast<Field>(19), "x"))).code(), base::Code::Unsupported);
  EXPECT_EQ(decode_fact(encode(correct(1, {}, Field::Capacity, "", -1))).code(), base::Code::BadInput);
  EXPECT_EQ(decode_fact(encode(correct(1, {}, Field::Manner, "", 0))).code(), base::Code::BadInput);
}

TEST(ShelterFacts, OfAPhoneAreItsOwnArrivalAndNothingElse) {
  Fact said = enter(1, 11, 101, 201);
  EXPECT_EQ(check_self({said}).code(), base::Code::NotAllowed) << "seen by staff is not a phone's to say";
  std::get<Enter>(said.what).said = true;
  EXPECT_TRUE(check_self({said}).ok());
  EXPECT_EQ(check_self({said, leave(2, 12)}).code(), base::Code::NotAllowed);
  EXPECT_EQ(check_self({correct(3, {}, Field::Capacity, "", 1)}).code(), base::Code::NotAllowed);
}

}  // namespace
}  // namespace machi::shelter
