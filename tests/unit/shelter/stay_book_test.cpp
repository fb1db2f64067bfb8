// The fold of stays: every order and every repetition of the same facts gives the same book, and the numbers
// are what people would count.
#include <algorithm>
#include <random>

#include "tests/unit/shelter/stays.h"

namespace machi::shelter {
namespace {

constexpr int kA = 201, kB = 202, kTown = 0;

// All orders of the facts, each fact twice, come to one book.
std::string in_all_orders(std::vector<Fact> facts) {
  std::vector<std::size_t> order(facts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::string first;
  do {
    Book one;
    for (const std::size_t i : order) one.add(facts[i]);
    for (const std::size_t i : order) one.add(facts[i]);
    if (first.empty()) first = one.shown();
    EXPECT_EQ(one.shown(), first);
  } while (std::next_permutation(order.begin(), order.end()));
  return first;
}
Counts counted(const std::vector<Fact>& facts, int shelter) {
  Book one;
  for (const Fact& fact : facts) one.add(fact);
  return one.counts(shelter);
}

TEST(StayBook, CountsAPersonWhoWasCheckedInTwiceOnce) {
  const std::vector facts{enter(1, 11, 101, kA), enter(2, 12, 101, kA), enter(3, 13, 102, kA)};
  in_all_orders(facts);
  EXPECT_EQ(counted(facts, kA).inside, 2);
  EXPECT_EQ(counted(facts, kTown).inside, 2);
  EXPECT_EQ(counted(facts, kA).doubts, 0);
}

TEST(StayBook, SaysThatAHouseholdIsInTwoShelters) {
  const std::vector facts{enter(1, 11, 101, kA), enter(2, 12, 102, kA), enter(3, 13, 101, kB),
                          enter(4, 14, 102, kB)};
  in_all_orders(facts);
  EXPECT_EQ(counted(facts, kA).inside, 2);
  EXPECT_EQ(counted(facts, kB).inside, 2);
  EXPECT_EQ(counted(facts, kTown).inside, 2) << "in the town everybody counts once";
  EXPECT_EQ(counted(facts, kTown).doubts, 2);
  Book one;
  for (const Fact& fact : facts) one.add(fact);
  StayBook::Filter filter;
  filter.doubt = true;
  filter.shelter = id_of<ShelterId>(kB);
  EXPECT_EQ(one.book.find(filter, 10)->size(), 2u);
  one.add(leave(5, 13, Away::Mistake));
  one.add(leave(6, 14, Away::Mistake));
  EXPECT_EQ(one.counts(kTown).doubts, 0);
  EXPECT_EQ(one.counts(kB).inside, 0);
  EXPECT_EQ(one.counts(kTown).inside, 2);
}

TEST(StayBook, TakesALeaveBeforeItsEnter) {
  const std::vector facts{leave(1, 11), enter(2, 11, 101, kA)};
  in_all_orders(facts);
  EXPECT_EQ(counted(facts, kA).inside, 0);
}

TEST(StayBook, TakesALeaveBackAndComesBack) {
  const std::vector facts{enter(1, 11, 101, kA), leave(2, 11), undo(3, 2)};
  in_all_orders(facts);
  EXPECT_EQ(counted(facts, kA).inside, 1);
  const std::vector again{enter(1, 11, 101, kA), leave(2, 11), enter(3, 12, 101, kA, {11})};
  in_all_orders(again);
  EXPECT_EQ(counted(again, kA).inside, 1);
  EXPECT_EQ(counted(again, kA).doubts, 0) << "whoever wrote it knew of the stay before";
}

TEST(StayBook, LeavesToAPersonWhetherSomebodyGoneByOneTabletAndHereByAnotherIsHere) {
  const std::vector facts{enter(1, 11, 101, kA), enter(2, 12, 101, kA), leave(3, 11)};
  in_all_orders(facts);
  EXPECT_EQ(counted(facts, kA).inside, 1) << "nobody is lost";
  EXPECT_EQ(counted(facts, kA).doubts, 1);
}

TEST(StayBook, ShowsBothOfTwoCorrectionsThatDidNotKnowOfEachOther) {
  const SubjectId who = id_of<PersonId>(101).bytes;
  std::vector facts{enter(1, 11, 101, kA), correct(2, who, Field::Name, "佐倉 優子"),
                    correct(3, who, Field::Name, "佐倉 裕子")};
  in_all_orders(facts);
  Book one;
  for (const Fact& fact : facts) one.add(fact);
  auto line = *one.book.stay(id_of<StayId>(11));
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->disputed);
  EXPECT_EQ(one.book.heads(who, Field::Name)->size(), 2u);
  facts.push_back(correct(4, who, Field::Name, "佐倉 裕子", 0, {2, 3}));
  in_all_orders(facts);
  one.add(facts.back());
  line = *one.book.stay(id_of<StayId>(11));
  EXPECT_FALSE(line->disputed);
  EXPECT_EQ(line->person.name, "佐倉 裕子");
  one.add(undo(5, 4));
  EXPECT_TRUE((*one.book.stay(id_of<StayId>(11)))->disputed) << "what was replaced stands again";
}

TEST(StayBook, HidesNothingWhenCorrectionsGoInACircle) {
  const SubjectId who = id_of<PersonId>(101).bytes;
  in_all_orders({enter(1, 11, 101, kA), correct(2, who, Field::Name, "い", 0, {3}),
                 correct(3, who, Field::Name, "ろ", 0, {2})});
}

TEST(StayBook, DoesNotLetACorrectionReplaceWhatItDoesNotSpeakOf) {
  const std::vector facts{enter(1, 11, 101, kA), enter(2, 12, 102, kA),
                          correct(3, id_of<PersonId>(101).bytes, Field::Name, "花子"),
                          correct(4, id_of<PersonId>(102).bytes, Field::Name, "太郎", 0, {3})};
  in_all_orders(facts);
  Book one;
  for (const Fact& fact : facts) one.add(fact);
  EXPECT_EQ((*one.book.stay(id_of<StayId>(11)))->person.name, "花子");
}

TEST(StayBook, CountsNeedsOfThoseWhoAreSeenAndMovesThemWithACorrection) {
  Fact baby = enter(1, 11, 101, kA);
  std::get<Enter>(baby.what).person.needs = Needs{}.with(household::Need::Infant);
  const auto infant = static_cast<std::size_t>(household::Need::Infant);
  const auto chair = static_cast<std::size_t>(household::Need::Wheelchair);
  EXPECT_EQ(counted({baby}, kA).needs[infant], 1);
  const auto bits = static_cast<std::int64_t>(Needs{}.with(household::Need::Wheelchair).bits);
  const std::vector facts{baby, correct(2, id_of<PersonId>(101).bytes, Field::NeedBits, "", bits),
                          enter(3, 12, 101, kB)};
  in_all_orders(facts);
  EXPECT_EQ(counted(facts, kA).needs[infant], 0);
  EXPECT_EQ(counted(facts, kA).needs[chair], 1);
  EXPECT_EQ(counted(facts, kTown).needs[chair], 1);
}

TEST(StayBook, CountsWhoSaysToBeHereApartUntilStaffHaveSeenThem) {
  Fact said = enter(1, 11, 101, kA);
  std::get<Enter>(said.what).said = true;
  EXPECT_EQ(counted({said}, kA).said, 1);
  EXPECT_EQ(counted({said}, kA).seen(), 0);
  const std::vector seen{said, correct(2, id_of<StayId>(11).bytes, Field::Seen, "", 1)};
  in_all_orders(seen);
  EXPECT_EQ(counted(seen, kA).said, 0);
  EXPECT_EQ(counted(seen, kA).inside, 1);
  const std::vector scanned{said, enter(3, 12, 101, kA)};
  in_all_orders(scanned);
  EXPECT_EQ(counted(scanned, kA).inside, 1) << "the desk took the same pass";
  EXPECT_EQ(counted(scanned, kA).said, 0);
}

TEST(StayBook, CountsCarsAndHomesForSupplies) {
  Fact car = enter(1, 11, 101, kA), home = enter(2, 12, 102, kA);
  std::get<Enter>(car.what).manner = Manner::Car;
  std::get<Enter>(home.what).manner = Manner::Home;
  const std::vector facts{car, home, correct(3, id_of<StayId>(11).bytes, Field::Manner, "", 1)};
  in_all_orders(facts);
  EXPECT_EQ(counted({car, home}, kA).car, 1);
  EXPECT_EQ(counted(facts, kA).car, 0);
  EXPECT_EQ(counted(facts, kA).inside, 1);
  EXPECT_EQ(counted(facts, kA).home, 1);
}

TEST(StayBook, LetsTheNewerPassSayWhoSomebodyIs) {
  Fact old = enter(1, 11, 101, kA), fresh = enter(2, 12, 101, kA);
  std::get<Enter>(old.what).person.name = "旧姓";
  std::get<Enter>(old.what).counter = 3;
  std::get<Enter>(fresh.what).person.name = "新姓";
  std::get<Enter>(fresh.what).counter = 4;
  in_all_orders({old, fresh, correct(3, id_of<PersonId>(101).bytes, Field::Telephone, "0312345678")});
  Book one;
  one.add(fresh);
  one.add(old);
  EXPECT_EQ((*one.book.stay(id_of<StayId>(11)))->person.name, "新姓");
}

TEST(StayBook, TakesAnArrivalBack) {
  in_all_orders({enter(1, 11, 101, kA), undo(2, 1)});
  EXPECT_EQ(counted({undo(2, 1), enter(1, 11, 101, kA)}, kA).seen(), 0);
}

TEST(StayBook, GivesEveryReaderTheSameOfTwoContentsUnderOneId) {
  in_all_orders({enter(1, 11, 101, kA), enter(1, 11, 102, kB), leave(2, 11),
                 correct(2, id_of<StayId>(11).bytes, Field::Room, "A")});
}

TEST(StayBook, FindsPeopleByKanaTelephoneAndAddress) {
  Book one;
  Fact fact = enter(1, 11, 101, kA);
  Person& who = std::get<Enter>(fact.what).person;
  who.name = "佐倉 ゆうこ";
  who.kana = "サクラ ユウコ";
  who.telephone = "090-1234-5678";
  who.address = "日和町南３－４";
  one.add(fact);
  one.add(enter(2, 12, 102, kA));
  for (const std::string words : {"さくらゆう", "ｻｸﾗ ﾕｳ", "佐倉", "1234-5678", "０９０１２３４", "南3-4"}) {
    StayBook::Filter filter;
    filter.shelter = id_of<ShelterId>(kA);
    filter.words = words;
    const auto found = one.book.find(filter, 10);
    ASSERT_TRUE(found.ok());
    EXPECT_TRUE(std::any_of(found->begin(), found->end(), [](const StayLine& line) {
      return line.person.name == "佐倉 ゆうこ";
    })) << words;
  }
  StayBook::Filter wild;
  wild.words = "%";
  EXPECT_TRUE(one.book.find(wild, 10)->empty());
}

TEST(StayBook, KeepsWhatCameByFileForTheMail) {
  Book one;
  ASSERT_TRUE(one.book.add(enter(1, 11, 101, kA), Whose::ByFile).ok());
  ASSERT_TRUE(one.book.add(enter(2, 12, 102, kA), Whose::ByFile).ok());
  ASSERT_TRUE(one.book.add(enter(2, 12, 102, kA), Whose::Mailed).ok());  // it came by mail after all
  EXPECT_EQ(one.book.take_unmailed(10)->size(), 1u);
  EXPECT_TRUE(one.book.take_unmailed(10)->empty());
  std::int64_t after = 0;
  EXPECT_EQ(one.book.facts(after, 1)->size(), 1u);
  EXPECT_EQ(one.book.facts(after, 9)->size(), 1u);
  EXPECT_TRUE(one.book.facts(after, 9)->empty());
}

TEST(StayBook, ListsSheltersWithWhatWasToldOfThemLast) {
  Book one;
  const SubjectId gym = id_of<ShelterId>(kA).bytes;
  one.add(correct(1, gym, Field::Capacity, "", 150));
  one.add(correct(2, gym, Field::ShelterName, "東小体育館"));
  one.add(correct(3, gym, Field::Rooms, "体育館\n図書室"));
  one.add(correct(4, gym, Field::Standing, "", 2));
  one.add(enter(5, 11, 101, kA));
  const auto all = *one.book.shelters();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].name, "東小体育館");
  EXPECT_EQ(all[0].capacity, 150);
  EXPECT_EQ(all[0].standing, Standing::Open);
  EXPECT_EQ(all[0].rooms, (std::vector<std::string>{"体育館", "図書室"}));
  EXPECT_TRUE(all[0].heard);
}

// Random facts about few people, stays and shelters, so that everything meets everything.
TEST(StayBook, ComesToTheSameInAnyOrderFromASeed) {
  const char* given = std::getenv("MACHIKADO_SEED");
  const unsigned seed = given ? static_cast<unsigned>(std::atoi(given)) : 20261124u;
  std::printf("seed %u\n", seed);
  for (unsigned round = 0; round < 25; ++round) {
    std::mt19937 dice(seed + round);
    const auto roll = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
    std::vector<Fact> facts;
    for (int i = 1; i <= 40; ++i) {
      const int stay = 11 + roll(6), who = 101 + roll(3), where = kA + roll(2);
      const int id = roll(12) == 0 ? 1 + roll(i) : i;  // sometimes one that was used
      switch (roll(7)) {
        case 0:
        case 1: {
          Fact fact =
              enter(id, stay, who, where, roll(2) ? std::vector<int>{} : std::vector<int>{11 + roll(6)});
          Enter& what = std::get<Enter>(fact.what);
          what.said = roll(3) == 0;
          what.manner = static_cast<Manner>(1 + roll(3));
          what.counter = static_cast<std::uint64_t>(roll(3));
          what.person.needs.bits = static_cast<std::uint32_t>(roll(16));
          facts.push_back(std::move(fact));
          break;
        }
        case 2:
          facts.push_back(leave(id, stay));
          break;
        case 3:
          facts.push_back(undo(id, 1 + roll(40)));
          break;
        case 4:
          facts.push_back(
              correct(id, id_of<PersonId>(who).bytes, Field::NeedBits, "", roll(16), {1 + roll(40)}));
          break;
        case 5:
          facts.push_back(
              correct(id, id_of<StayId>(stay).bytes, Field::Manner, "", 1 + roll(3), {1 + roll(40)}));
          break;
        default:
          facts.push_back(correct(id, id_of<StayId>(stay).bytes, Field::Seen, "", 1, {}));
      }
    }
    std::string first;
    for (int order = 0; order < 6; ++order) {
      Book one;
      for (const Fact& fact : facts) one.add(fact);
      for (const Fact& fact : facts)
        if (roll(3) == 0) one.add(fact);
      if (first.empty()) first = one.shown();
      ASSERT_EQ(one.shown(), first) << "seed " << seed + round << ", order " << order;
      std::shuffle(facts.begin(), facts.end(), dice);
    }
  }
}

// What a household costs must not grow with the town: sixty thousand came in two hours.
TEST(StayBook, AsksSqliteForNoMoreInAFullTownThanInAnEmptyOne) {
  Book one;
  int next = 0;
  const auto household = [&] {
    const std::uint64_t before = one.database->work().steps;
    const int who = ++next;
    one.add(enter(10 * who, 3 * who, who, kA));
    one.add(correct(10 * who + 1, id_of<StayId>(3 * who).bytes, Field::Room, "体育館"));
    one.add(correct(10 * who + 2, id_of<PersonId>(who).bytes, Field::NeedBits, "", 1));
    one.add(enter(10 * who + 3, 3 * who + 1, who, kB, {3 * who}));
    one.add(leave(10 * who + 4, 3 * who));
    one.add(undo(10 * who + 5, 10 * who + 2));
    EXPECT_EQ(one.book.of_person(id_of<PersonId>(who))->size(), 2u);
    return one.database->work().steps - before;
  };
  const auto file = [&] {
    const std::uint64_t before = one.database->work().steps;
    EXPECT_EQ(one.book.wanted_elsewhere(100, 0)->size(), 100u);
    return one.database->work().steps - before;
  };
  for (int i = 0; i < 50; ++i) household();
  const std::uint64_t empty = household(), short_file = file();
  for (int i = 0; i < 400; ++i) household();
  const std::uint64_t full = household(), long_file = file();
  EXPECT_GT(empty, 0u);
  EXPECT_LE(full, empty + empty / 10);
  EXPECT_LE(long_file, short_file + short_file / 10);
}

}  // namespace
}  // namespace machi::shelter
