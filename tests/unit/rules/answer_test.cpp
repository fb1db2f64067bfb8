// What a pack says about people: three values, the deciding question, grounds that are enough, the day of
// change.
#include "core/rules/answer.h"

#include <random>
#include <set>

#include "core/rules/points.h"
#include "tests/unit/rules/json_pack.h"

namespace machi::rules {
namespace {

using nlohmann::json;

const Date kToday = day("2026-11-24");

const Pack& sample() {
  static const Pack pack = [] { return *read_json_pack(sample_json()); }();
  return pack;
}

Answer aid(const Pack& pack, const json& facts, Date today = kToday) {
  return decide(pack, person_of(pack, facts, today), today, 0);
}

TEST(Answer, IsYesNoOrNotKnown) {
  const Pack pack = *read_json_pack(small_json());
  EXPECT_EQ(aid(pack, {{"birth", "1980-04-02"}, {"grade", "1"}, {"home", true}}).truth, Truth::Yes);
  EXPECT_EQ(aid(pack, {{"birth", "1980-04-02"}, {"grade", "none"}}).truth, Truth::No);
  EXPECT_EQ(aid(pack, {{"birth", "1980-04-02"}}).truth, Truth::Unknown);
  EXPECT_EQ(aid(pack, {{"home", false}}).truth, Truth::No);
  EXPECT_EQ(aid(pack, json::object()).truth, Truth::Unknown);
}

TEST(Answer, AsksTheOneQuestionThatDecides) {
  const Pack pack = *read_json_pack(small_json());
  Answer answer = aid(pack, {{"birth", "1980-04-02"}, {"home", true}});
  EXPECT_EQ(pack.facts[static_cast<std::size_t>(answer.question)].id, "grade");
  EXPECT_TRUE(answer.question_decides);
  EXPECT_EQ(explain(pack, answer, "en"), "One answer is needed: 何級");
  answer = aid(pack, {{"grade", "1"}, {"home", true}});
  EXPECT_EQ(pack.facts[static_cast<std::size_t>(answer.question)].id, "birth");
  // A yes whose amount is not known asks for what the amount stands on.
  json more = small_json();
  more["benefits"][0]["when"] = {{"fact", "home"}};
  const Pack open = *read_json_pack(more);
  answer = decide(open, person_of(open, {{"home", true}}, kToday), kToday, 0);
  EXPECT_EQ(answer.truth, Truth::Yes);
  EXPECT_FALSE(answer.due[0].yen.has_value());
  EXPECT_EQ(open.facts[static_cast<std::size_t>(answer.question)].id, "grade");
}

TEST(Answer, ExplainsItselfInASentence) {
  const Pack pack = *read_json_pack(small_json());
  EXPECT_EQ(explain(pack, aid(pack, {{"birth", "1980-04-02"}, {"grade", "1"}, {"home", true}}), "ja"),
            "年齢が46歳である、等級が1級である、在宅であるので、対象です。");
  EXPECT_EQ(explain(pack, aid(pack, {{"birth", "2010-04-02"}, {"grade", "1"}, {"home", true}}), "ja"),
            "年齢が16歳である（対象は20歳から64歳まで）ので、対象になりません。");
  EXPECT_EQ(explain(pack, aid(pack, {{"grade", "none"}}), "ja"),
            "等級がなしである（対象は1級・2級）ので、対象になりません。");
}

TEST(Answer, TellsTheDayOnWhichItChangesByItself) {
  const Pack pack = *read_json_pack(small_json());
  const json facts = {{"grade", "1"}, {"home", true}};
  json born = facts;
  born["birth"] = "2007-01-10";
  Answer answer = aid(pack, born);
  ASSERT_TRUE(answer.next.has_value());
  EXPECT_EQ(answer.truth, Truth::No);
  EXPECT_EQ(answer.next->on.iso(), "2027-01-09");
  EXPECT_EQ(answer.next->becomes, Truth::Yes);
  born["birth"] = "1961-12-01";
  answer = aid(pack, born);
  EXPECT_EQ(answer.next->on.iso(), "2026-11-30");
  EXPECT_EQ(answer.next->becomes, Truth::No);
  born["birth"] = "1950-12-01";
  EXPECT_FALSE(aid(pack, born).next.has_value());
}

TEST(Answer, EndsWithTheRulesDates) {
  json written = small_json();
  written["benefits"][0]["to"] = "2026-12-31";
  const Pack pack = *read_json_pack(written);
  const json facts = {{"birth", "1980-04-02"}, {"grade", "1"}, {"home", true}};
  EXPECT_EQ(aid(pack, facts).next->on.iso(), "2027-01-01");
  EXPECT_EQ(aid(pack, facts, day("2026-12-31")).truth, Truth::Yes);
  EXPECT_EQ(aid(pack, facts, day("2027-01-01")).truth, Truth::No);
}

// People with some answers and not others, from a seed.
Person somebody(std::mt19937_64& chance, const Pack& pack, double known) {
  Person person = nobody(pack);
  for (std::size_t i = 0; i < pack.facts.size(); ++i) {
    const Fact& fact = pack.facts[i];
    if (fact.derivation != Derivation::Asked || fact.each) continue;
    if (static_cast<double>(chance() % 1000) / 1000 >= known) continue;
    const auto values = telling_values(pack, static_cast<int>(i), kToday);
    person.facts[i] = values[chance() % values.size()];
  }
  return person;
}

TEST(Answer, StandsOnItsGroundsAlone) {
  const Pack& pack = sample();
  std::mt19937_64 chance(7);
  int checked = 0;
  for (int n = 0; n < 24; ++n) {
    const Person person = somebody(chance, pack, 0.7);
    for (const Answer& answer : decide_all(pack, person, kToday)) {
      if (answer.truth == Truth::Unknown) {
        EXPECT_TRUE(answer.grounds.empty());
        continue;
      }
      std::set<int> kept;
      for (const Ground& ground : answer.grounds) {
        if (ground.fact >= 0)
          for (const int asked : asked_behind(pack, ground.fact)) kept.insert(asked);
        if (ground.benefit >= 0)
          for (const int asked : asked_behind_benefit(pack, ground.benefit)) kept.insert(asked);
      }
      // Whatever is not named may be anything: the answer is the same.
      Person less = somebody(chance, pack, 0.5);
      for (const int fact : kept)
        less.facts[static_cast<std::size_t>(fact)] = person.facts[static_cast<std::size_t>(fact)];
      EXPECT_EQ(decide(pack, less, kToday, answer.benefit).truth, answer.truth)
          << pack.benefits[static_cast<std::size_t>(answer.benefit)].id << ": "
          << explain(pack, answer, "en");
      // And only facts of the benefit are named.
      const auto own = asked_behind_benefit(pack, answer.benefit);
      for (const int fact : kept) EXPECT_TRUE(std::find(own.begin(), own.end(), fact) != own.end());
      EXPECT_FALSE(explain(pack, answer, "ja").empty());
      ++checked;
    }
  }
  EXPECT_GT(checked, 500);
}

TEST(Answer, NeverTurnsWhenMoreIsKnown) {
  const Pack& pack = sample();
  std::mt19937_64 chance(11);
  for (int n = 0; n < 40; ++n) {
    const Person less = somebody(chance, pack, 0.4);
    Person more = somebody(chance, pack, 1.0);
    for (std::size_t i = 0; i < less.facts.size(); ++i)
      if (less.facts[i]) more.facts[i] = less.facts[i];
    Evaluator evaluator(pack);
    for (std::size_t b = 0; b < pack.benefits.size(); ++b) {
      evaluator.about(less.facts, kToday);
      const Truth before = evaluator.benefit(static_cast<int>(b));
      evaluator.about(more.facts, kToday);
      const Truth after = evaluator.benefit(static_cast<int>(b));
      EXPECT_NE(after, Truth::Unknown) << pack.benefits[b].id;
      if (before != Truth::Unknown) {
        EXPECT_EQ(before, after) << pack.benefits[b].id;
      }
    }
  }
}

// Where the pack says so, whoever has it keeps it with less (or more): of people of all kinds, not only of
// its tests'.
TEST(Answer, IsMonotoneWhereThePackSaysSo) {
  const Pack& pack = sample();
  std::mt19937_64 chance(17);
  int held = 0;
  for (std::size_t b = 0; b < pack.benefits.size(); ++b)
    for (const Monotone& claim : pack.benefits[b].monotone) {
      const auto fact = static_cast<std::size_t>(claim.fact);
      for (int n = 0; n < 4000 && held < 60; ++n) {
        Person person = somebody(chance, pack, 1.0);
        // Most are none of its people: those it is about are looked for where they are rare.
        if (const int care = pack.fact_of("always-care"); care >= 0)
          person.facts[static_cast<std::size_t>(care)] = 1;
        if (decide(pack, person, kToday, static_cast<int>(b)).truth != Truth::Yes) continue;
        const std::int64_t from = *person.facts[fact];
        const std::int64_t least = pack.facts[fact].least, most = pack.facts[fact].most;
        for (const std::int64_t value : telling_values(pack, claim.fact, kToday)) {
          if (value < least || value > most || (claim.rising ? value < from : value > from)) continue;
          person.facts[fact] = value;
          EXPECT_EQ(decide(pack, person, kToday, static_cast<int>(b)).truth, Truth::Yes)
              << pack.benefits[b].id << " " << value;
        }
        ++held;
      }
    }
  EXPECT_GT(held, 20);
}

TEST(Answer, ToTheQuestionSettlesTheMatterWhereItIsSaidSo) {
  const Pack& pack = sample();
  std::mt19937_64 chance(13);
  int questions = 0;
  for (int n = 0; n < 8; ++n) {
    const Person person = somebody(chance, pack, 0.6);
    for (const Answer& answer : decide_all(pack, person, kToday)) {
      if (answer.truth != Truth::Unknown) continue;
      ASSERT_GE(answer.question, 0) << pack.benefits[static_cast<std::size_t>(answer.benefit)].id;
      EXPECT_FALSE(person.facts[static_cast<std::size_t>(answer.question)].has_value());
      if (!answer.question_decides) continue;
      bool settles = false;
      Person told = person;
      for (const std::int64_t value : telling_values(pack, answer.question, kToday)) {
        told.facts[static_cast<std::size_t>(answer.question)] = value;
        settles = settles || decide(pack, told, kToday, answer.benefit).truth != Truth::Unknown;
      }
      EXPECT_TRUE(settles);
      ++questions;
    }
  }
  EXPECT_GT(questions, 50);
}

TEST(Answer, IsTheSameUntilTheDayThatItNames) {
  const Pack& pack = sample();
  std::mt19937_64 chance(17);
  for (int n = 0; n < 3; ++n) {
    const Person person = somebody(chance, pack, 1.0);
    const auto today = decide_all(pack, person, kToday);
    Evaluator evaluator(pack);
    for (int ahead = 1; ahead <= 420; ++ahead) {
      const Date then = kToday.plus(ahead);
      evaluator.about(person.facts, then);
      for (const Answer& answer : today) {
        if (answer.next && answer.next->on < then) continue;
        const Truth expected = answer.next && answer.next->on == then ? answer.next->becomes : answer.truth;
        ASSERT_EQ(evaluator.benefit(answer.benefit), expected)
            << pack.benefits[static_cast<std::size_t>(answer.benefit)].id << " " << then.iso();
      }
    }
  }
}

TEST(Points, AreARangeUntilEverythingIsKnown) {
  const Pack& pack = sample();
  const int kosai = pack.scheme_of("kosai-r8");
  auto person = *read_person(
      pack, cbor_of(json::parse(R"({"facts": {"lone-parent": false, "other-town": false}, "guardians":
    [{"guardian-state": "work", "guardian-work-hours": 160, "guardian-disability": "none"}, {"guardian-state": "work"}]})")),
      kToday);
  const Points open = count_points(pack, person, kToday, kosai);
  EXPECT_LT(open.least, open.most);
  person.guardians[1][static_cast<std::size_t>(pack.fact_of("guardian-work-hours"))] = 63;
  person.guardians[1][static_cast<std::size_t>(pack.fact_of("guardian-disability"))] = 0;
  const Points less = count_points(pack, person, kToday, kosai);
  EXPECT_GE(less.least, open.least);
  EXPECT_LE(less.most, open.most);
  EXPECT_EQ(less.items.front().item->points, 20);
}

TEST(PersonFile, IsRefusedWithThePlace) {
  const Pack& pack = sample();
  const auto why = [&](const char* text) {
    const auto person = read_person(pack, cbor_of(json::parse(text)), kToday);
    return person.ok() ? std::string() : person.error().detail;
  };
  EXPECT_EQ(why(R"({"facts": {"birth": "昭和55年4月2日", "physical-grade": null}})"), "");
  EXPECT_EQ(why(R"({"facts": {"birth": "2026-11-25"}})"), "facts.birth: a birth in the future");
  EXPECT_EQ(why(R"({"facts": {"birth": "1899-12-31"}})"), "facts.birth: a birth before 1900");
  EXPECT_EQ(why(R"({"facts": {"birth": "平成31年5月1日"}})"), "facts.birth: the era ended on 2019-04-30");
  EXPECT_EQ(why(R"({"facts": {"birth": "2023-02-29"}})"), "facts.birth: no such day");
  EXPECT_EQ(why(R"({"facts": {"age": 20}})"), "facts.age: this fact comes from others and is not asked for");
  EXPECT_EQ(why(R"({"facts": {"grade": 20}})"), "facts.grade: there is no such fact");
  EXPECT_EQ(why(R"({"facts": {"physical-grade": "9"}})"),
            "facts.physical-grade: this is none of the choices");
  EXPECT_EQ(why(R"({"facts": {"income": -1}})"), "facts.income: outside what is possible");
  EXPECT_EQ(why(R"({"facts": {"guardian-state": "work"}})"),
            "facts.guardian-state: this is a fact of each guardian");
  EXPECT_EQ(why(R"({"fact": {}})"), "fact: there is no such field here");
}

}  // namespace
}  // namespace machi::rules
