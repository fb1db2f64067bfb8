// The nursery office's round: from applications to points to the placement to what a family is told, the same
// in any order and for an auditor.
#include "core/parenting/nursery/round.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "core/crypto/sodium.h"
#include "tests/unit/rules/json_pack.h"

namespace machi::parenting {
namespace {

base::Date day(std::string_view iso) { return *base::Date::parse(iso); }

ApplicationId id_of(int number) {
  ApplicationId out;
  out.bytes[0] = static_cast<std::uint8_t>(number);
  return out;
}
EntryId entry_id(int number) {
  EntryId out;
  out.bytes[0] = static_cast<std::uint8_t>(number & 255),
  out.bytes[1] = static_cast<std::uint8_t>(1 + (number >> 8));
  return out;
}

Application applies(int number, std::vector<std::vector<std::string>> choices, Wish wish = Wish::Same) {
  Application out;
  out.id = id_of(number);
  out.guardian = "保護者" + std::to_string(number);
  out.telephone = "0312345678";
  out.wish = wish;
  for (std::size_t i = 0; i < choices.size(); ++i)
    out.children.push_back(
        {"子" + std::to_string(i), i == 0 ? day("2025-06-01") : day("2023-06-01"), choices[i]});
  return out;
}
Entry points(int number, const Application& about, std::vector<std::int64_t> points,
             std::vector<EntryId> replaces = {}) {
  Entry out;
  out.id = entry_id(number);
  out.application = about.id;
  out.counter = about.counter;
  out.by = "係員";
  out.at = {number};
  out.replaces = std::move(replaces);
  out.said = PointsSet{std::move(points), {}, "書類のとおり"};
  return out;
}
Round empty_round(int seats = 1) {
  NurseryPlace east{"east", "東", {}}, west{"west", "西", {}};
  east.seats = {seats, seats, seats, seats, seats, seats};
  west.seats = {1, 1, 1, 1, 1, 1};
  return Round(2026, {east, west});
}

TEST(Application, SurvivesItsBytesAndIsRefusedWithSixteenChoicesOrOneTwice) {
  Application one = applies(1, {{"east", "west"}, {"west"}});
  EXPECT_EQ(*decode_application(encode(one)), one);
  one.children[0].choices = {"east", "east"};
  EXPECT_EQ(decode_application(encode(one)).code(), base::Code::BadInput);
  one.children[0].choices.clear();
  EXPECT_EQ(decode_application(encode(one)).code(), base::Code::BadInput);
  for (int i = 0; i < 16; ++i) one.children[0].choices.push_back("n" + std::to_string(i));
  EXPECT_EQ(decode_application(encode(one)).code(), base::Code::TooLarge);
  one.children[0].choices.pop_back();
  EXPECT_TRUE(decode_application(encode(one)).ok());
  one.children.clear();
  EXPECT_EQ(decode_application(encode(one)).code(), base::Code::BadInput);
  const Entry entry = points(1, applies(1, {{"east"}}), {36});
  EXPECT_EQ(code::encode(encode(*decode_entry(encode(entry)))), code::encode(encode(entry)));
}

TEST(Round, GoesFromApplicationToResultWithReasons) {
  Round round = empty_round();
  const Application first = applies(1, {{"east", "west"}}), second = applies(2, {{"east"}}),
                    third = applies(3, {{"east"}});
  for (const Application* one : {&first, &second, &third}) round.add(*one);
  round.add(points(1, first, {30}));
  round.add(points(2, second, {36}));
  Entry back;
  back.id = entry_id(3), back.application = third.id, back.counter = 1, back.by = "係員",
  back.said = SentBack{"就労証明書がありません"};
  round.add(back);
  EXPECT_EQ(round.find(third.id)->stage, Stage::Returned);
  EXPECT_EQ(round.find(third.id)->why, "就労証明書がありません");
  const auto input = round.input(7);
  EXPECT_EQ(input.left_out, std::vector<ApplicationId>{third.id});
  ASSERT_TRUE(check_instance(input.instance).ok());
  const auto results = told(input, place(input.instance));
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(results[0].nursery, "west");
  EXPECT_EQ(results[0].rank, 2);
  ASSERT_EQ(results[0].refused.size(), 1u);
  EXPECT_EQ(results[0].refused[0].why, Refusal::Full);
  EXPECT_EQ(results[0].refused[0].last_points, 36);
  EXPECT_EQ(results[0].refused[0].own_points, 30);
  EXPECT_EQ(results[1].nursery, "east");
}

TEST(Round, AsksForANewLookWhenTheFamilySendsAnotherVersion) {
  Round round = empty_round();
  Application one = applies(1, {{"east"}});
  round.add(one);
  round.add(points(1, one, {30}));
  EXPECT_EQ(round.find(one.id)->stage, Stage::Reviewed);
  one.counter = 2;
  one.children[0].choices = {"west"};
  round.add(one);
  EXPECT_EQ(round.find(one.id)->stage, Stage::Received);
  EXPECT_TRUE(round.input(1).instance.children.empty());
  EXPECT_EQ(round.find(one.id)->log.size(), 1u);
}

TEST(Round, LeavesOutWhatTwoDesksSettledDifferentlyUntilOneReplacesBoth) {
  Round round = empty_round();
  const Application one = applies(1, {{"east"}});
  round.add(one);
  round.add(points(1, one, {30}));
  round.add(points(2, one, {34}));
  EXPECT_TRUE(round.find(one.id)->disputed);
  EXPECT_EQ(round.input(1).left_out.size(), 1u);
  round.add(points(3, one, {34}, {entry_id(1), entry_id(2)}));
  const auto found = *round.find(one.id);
  EXPECT_FALSE(found.disputed);
  EXPECT_EQ(found.points->points[0], 34);
  EXPECT_EQ(found.log.size(), 3u);
}

TEST(Round, PutsChildrenIntoTheClassOfTheirAgeOnTheFirstOfApril) {
  const auto class_on = [](std::string_view birth) {
    Round round = empty_round();
    Application one = applies(1, {{"east"}});
    one.children[0].birth = day(birth);
    round.add(one);
    round.add(points(1, one, {30}));
    const auto input = round.input(1);
    return input.instance.children.empty() ? -1 : input.instance.children[0].age_class;
  };
  EXPECT_EQ(class_on("2026-04-01"), 0);
  EXPECT_EQ(class_on("2026-04-02"), -1);  // not born yet
  EXPECT_EQ(class_on("2025-04-02"), 0);
  EXPECT_EQ(class_on("2025-04-01"), 1);  // a year old at the end of 31 March
  EXPECT_EQ(class_on("2020-04-02"), 5);
  EXPECT_EQ(class_on("2020-04-01"), -1);  // goes to school
}

TEST(Round, IsTheSameInAnyOrderAndItsInputIsWhatAnAuditorRepeats) {
  std::mt19937 engine(20261122);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(engine() % n); };
  for (int turn = 0; turn < 60; ++turn) {
    std::vector<Application> applications;
    std::vector<Entry> entries;
    for (int i = 1; i <= 12; ++i) {
      std::vector<std::vector<std::string>> choices{{"east", "west"}};
      if (pick(3) == 0)
        choices.push_back(pick(2) == 0 ? std::vector<std::string>{"west", "east"}
                                       : std::vector<std::string>{"east"});
      Application one = applies(i, choices, static_cast<Wish>(pick(3)));
      applications.push_back(one);
      std::vector<std::int64_t> own(choices.size(), 20 + static_cast<std::int64_t>(pick(4)));
      entries.push_back(points(2 * i, one, own));
      if (pick(4) == 0) {
        own[0] += 3;
        entries.push_back(
            points(2 * i + 1, one, own,
                   pick(2) == 0 ? std::vector<EntryId>{entry_id(2 * i)} : std::vector<EntryId>{}));
      }
      if (pick(5) == 0) one.counter = 2, applications.push_back(one);
    }
    Round one = empty_round(2), two = empty_round(2);
    for (const auto& each : applications) one.add(each);
    for (const auto& each : entries) one.add(each);
    std::shuffle(applications.begin(), applications.end(), engine);
    std::shuffle(entries.begin(), entries.end(), engine);
    for (const auto& each : entries) two.add(each), two.add(each);
    for (const auto& each : applications) two.add(each);
    const auto first = one.input(99), second = two.input(99);
    ASSERT_EQ(input_json(first.instance), input_json(second.instance));
    ASSERT_EQ(input_hash(first.instance), input_hash(second.instance));
    // The hash is that of the JSON as `machi placement` reads it.
    const auto json = nlohmann::json::parse(input_json(first.instance));
    ASSERT_EQ(base::to_hex(crypto::sha256(code::encode(rules::cbor_of(json)))), input_hash(first.instance));
    ASSERT_TRUE(check_instance(first.instance).ok());
    const auto results = told(first, place(first.instance)), again = told(second, place(second.instance));
    ASSERT_EQ(results.size(), again.size());
    for (std::size_t i = 0; i < results.size(); ++i) ASSERT_EQ(results[i].nursery, again[i].nursery);
    // Another lot gives another order among equals, and never another number of points.
    const auto other = one.input(100);
    ASSERT_EQ(other.instance.children.size(), first.instance.children.size());
    for (std::size_t i = 0; i < other.instance.children.size(); ++i)
      ASSERT_EQ(other.instance.children[i].points, first.instance.children[i].points);
  }
}

}  // namespace
}  // namespace machi::parenting
