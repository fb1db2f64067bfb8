// Segments: what is read, where a mistake stands, and whom each concerns.
#include <gtest/gtest.h>

#include "core/notice/segment/match.h"

namespace machi::notice {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }
const Date kToday = day("2026-11-24");

std::string written(std::string_view text) {
  const auto segment = parse_segment(text);
  return segment.ok() ? segment_text(*segment) : segment.error().detail;
}
std::size_t place(std::string_view text) {
  SegmentFault fault;
  EXPECT_FALSE(parse_segment(text, &fault).ok()) << text;
  return fault.at;
}
Birth on(std::string_view iso) { return {day(iso), day(iso)}; }
Birth month(std::string_view first, std::string_view last) { return {day(first), day(last)}; }

Truth concerns(std::string_view text, const Profile& profile, Date today = kToday) {
  const auto segment = parse_segment(text);
  EXPECT_TRUE(segment.ok()) << text << ": " << (segment.ok() ? "" : segment.error().detail);
  return segment.ok() ? match(*segment, profile, today) : Truth::Unknown;
}
Profile family() {
  Profile out;
  out.districts = {"3", "11"};
  out.birth = on("1985-04-10");
  out.children = {on("2024-05-10"), on("2018-04-01")};
  out.handbooks = {Handbook{"physical", 2}};
  out.interests = {"sports"};
  out.languages = {"ja"};
  out.roles = std::vector<std::string>{};
  out.facts["car"] = true;
  out.facts["members"] = std::int64_t{4};
  out.facts["bath"] = std::string("none");
  return out;
}

TEST(Segment, IsWrittenInOneFormHoweverItWasTyped) {
  EXPECT_EQ(written(""), "everyone");
  EXPECT_EQ(written("child 6m..3y and (district 4, 3)"), "child 6m..3y and district 3, 4");
  EXPECT_EQ(written("子 ６か月〜３歳 かつ 地区 ３、４"), "child 6m..3y and district 3, 4");
  EXPECT_EQ(written("(age 65.. or (role carer or language vi)) and interest music"),
            "(age 65.. or role carer or language vi) and interest music");
  EXPECT_EQ(written("not (district 小川 and not role business)"),
            "not (district 小川 and not role business)");
  EXPECT_EQ(written("age 20, 18..19, 40..30"), "at 17: the range ends before it begins");
  EXPECT_EQ(written("age 20, 18..19, 65.."), "age 18..20, 65..");
  EXPECT_EQ(written("child grade 1..6"), "child grade 1..6");
  EXPECT_EQ(written("day 令和8年12月"), "day 2026-12-01..2026-12-31");
  EXPECT_EQ(written("fact members 4.. or fact bath = none, \"a b\""),
            "fact members 4.. or fact bath = \"a b\", none");
  EXPECT_EQ(written("district \"and\""), "district \"and\"");
  EXPECT_EQ(written("child 12m"), "child 12m");
  EXPECT_EQ(written("child 1y"), "child 1y");
}

TEST(Segment, NamesTheSignAtWhichAMistakeStands) {
  EXPECT_EQ(place("child 6m..3y und district 3"), 14u);
  EXPECT_EQ(place("district 3,"), 12u);
  EXPECT_EQ(place("district"), 9u);
  EXPECT_EQ(place("child 6..3"), 7u);
  EXPECT_EQ(place("(district 3"), 12u);
  EXPECT_EQ(place("district 3)"), 11u);
  EXPECT_EQ(place("age .."), 5u);
  EXPECT_EQ(place("day 2026-13-01"), 5u);
  EXPECT_EQ(place("地区 3 かつ 年齢 い"), 12u);
  EXPECT_EQ(place("district \"3"), 10u);
  EXPECT_EQ(place("district 3, 3"), 13u);
  EXPECT_EQ(place("district \xff"), 1u);
  EXPECT_EQ(place(std::string(3000, ' ')), 2001u);
  EXPECT_EQ(place("birthday 3"), 1u);
  EXPECT_EQ(place("district 3 and"), 15u);
}

TEST(Segment, RefusesWhatWouldTakeTooMuch) {
  EXPECT_FALSE(parse_segment(std::string(60, '(') + "age 1" + std::string(60, ')')).ok());
  std::string nots;
  for (int i = 0; i < 100; ++i) nots += "not ";
  EXPECT_FALSE(parse_segment(nots + "age 1").ok());
  std::string many = "age 1";
  for (int i = 0; i < 190; ++i) many += " or age 1";
  EXPECT_TRUE(parse_segment(many).ok());
}

TEST(Segment, OfAChildOfSixMonthsToThreeYearsInADistrict) {
  const std::string_view text = "child 6m..3y and district 3, 4";
  EXPECT_EQ(concerns(text, family()), Truth::Yes);
  Profile elsewhere = family();
  elsewhere.districts = {"5"};
  EXPECT_EQ(concerns(text, elsewhere), Truth::No);
  Profile older = family();
  older.children = {on("2018-04-01")};
  EXPECT_EQ(concerns(text, older), Truth::No);
  // By law an age is reached on the day before the birthday: the fourth one ends it.
  Profile edge = family();
  edge.children = {on("2024-05-10")};
  EXPECT_EQ(concerns(text, edge, day("2028-05-08")), Truth::Yes);
  EXPECT_EQ(concerns(text, edge, day("2028-05-09")), Truth::No);
  EXPECT_EQ(concerns(text, edge, day("2024-11-08")), Truth::No);
  EXPECT_EQ(concerns(text, edge, day("2024-11-09")), Truth::Yes);
}

TEST(Segment, IsNotKnownWhereTheMonthOfBirthLeavesItOpen) {
  Profile baby;
  baby.children = {month("2026-05-01", "2026-05-31")};
  EXPECT_EQ(concerns("child 6m..", baby, day("2026-10-30")), Truth::No);
  EXPECT_EQ(concerns("child 6m..", baby, day("2026-11-15")), Truth::Unknown);
  EXPECT_EQ(concerns("child 6m..", baby, day("2026-11-30")), Truth::Yes);
}

TEST(Segment, OfOnesOwnAgeHandbookAndWords) {
  const Profile one = family();
  EXPECT_EQ(concerns("age 40..", one), Truth::Yes);
  EXPECT_EQ(concerns("age 42..", one), Truth::No);
  EXPECT_EQ(concerns("handbook physical 1..2, mental", one), Truth::Yes);
  EXPECT_EQ(concerns("handbook physical 3..", one), Truth::No);
  EXPECT_EQ(concerns("handbook mental", one), Truth::No);
  EXPECT_EQ(concerns("handbook any", one), Truth::Yes);
  Profile ungraded = one;
  ungraded.handbooks = {Handbook{"physical", std::nullopt}};
  EXPECT_EQ(concerns("handbook physical 3..", ungraded), Truth::Unknown);
  EXPECT_EQ(concerns("handbook physical", ungraded), Truth::Yes);
  EXPECT_EQ(concerns("interest music, sports", one), Truth::Yes);
  EXPECT_EQ(concerns("not language ja", one), Truth::No);
  EXPECT_EQ(concerns("role carer", one), Truth::No);
  EXPECT_EQ(concerns("fact car and fact members 4.. and fact bath = none", one), Truth::Yes);
  EXPECT_EQ(concerns("fact members ..3 or fact bath = own", one), Truth::No);
  EXPECT_EQ(concerns("fact car = yes", one), Truth::Yes);
}

TEST(Segment, OfSchoolYearsCountsThoseBornOnTheFirstOfAprilWithTheYearBefore) {
  Profile one;
  one.children = {on("2018-04-01")};
  EXPECT_EQ(concerns("child grade 3", one), Truth::Yes);
  one.children = {on("2018-04-02")};
  EXPECT_EQ(concerns("child grade 2", one), Truth::Yes);
  one.children = {on("2020-06-01")};
  EXPECT_EQ(concerns("child grade 0", one), Truth::Yes);
}

TEST(Segment, OfDaysTurnsWithTheDay) {
  const Profile nobody;
  EXPECT_EQ(concerns("day 2026-12-01..2026-12-24", nobody, day("2026-11-30")), Truth::No);
  EXPECT_EQ(concerns("day 2026-12-01..2026-12-24", nobody, day("2026-12-24")), Truth::Yes);
  Profile born;
  born.children = {on("2024-05-10")};
  EXPECT_EQ(concerns("child born 2024-04-02..2025-04-01", born), Truth::Yes);
  EXPECT_EQ(concerns("child born 令和7年", born), Truth::No);
}

TEST(Segment, WithoutAProfileIsNotKnownAndSaysWhatItWaitsFor) {
  const Profile nobody;
  const auto segment = parse_segment("(child 6m..3y and district 3) or fact car or not everyone");
  ASSERT_TRUE(segment.ok());
  EXPECT_EQ(match(*segment, nobody, kToday), Truth::Unknown);
  EXPECT_EQ(missing(*segment, nobody, kToday),
            (std::vector<std::string>{"children", "districts", "facts.car"}));
  Profile childless;
  childless.children = std::vector<Birth>{};
  EXPECT_EQ(missing(*segment, childless, kToday), std::vector<std::string>{"facts.car"});
  EXPECT_EQ(concerns("not (child any and district 3)", childless), Truth::Yes);
  EXPECT_TRUE(missing(*parse_segment("age 3 or everyone"), nobody, kToday).empty());
}

TEST(Profile, IsReadWithThePlaceOfAMistake) {
  using code::Cbor;
  const auto why = [](const char* key, Cbor value) {
    const auto profile = read_profile(Cbor::map({{Cbor(key), std::move(value)}}), kToday);
    return profile.ok() ? std::string("taken") : profile.error().detail;
  };
  EXPECT_EQ(why("districts", Cbor::array({Cbor("3")})), "taken");
  EXPECT_EQ(why("children", Cbor::array({Cbor::map({{Cbor("birth"), Cbor("令和6年5月")}})})), "taken");
  EXPECT_EQ(why("children", Cbor::array({Cbor::map({{Cbor("birth"), Cbor("2027-01")}})}))
                .rfind("children[0].birth", 0),
            0u);
  EXPECT_EQ(why("district", Cbor::array({Cbor("3")})).rfind("district", 0), 0u);
  EXPECT_EQ(
      why("handbooks", Cbor::array({Cbor::map({{Cbor("kind"), Cbor("physical")}, {Cbor("grade"), Cbor(0)}})}))
          .rfind("handbooks[0].grade", 0),
      0u);
  EXPECT_EQ(why("facts", Cbor::map({{Cbor("car"), Cbor(true)}})), "taken");
  const auto empty = read_profile(Cbor::map({}), kToday);
  ASSERT_TRUE(empty.ok());
  EXPECT_FALSE(empty->districts.has_value());
}

}  // namespace
}  // namespace machi::notice
