// The registry: a list comes in whole or not at all, mistakes have a line and a column, and the clerk's
// questions get what the certificate shows and nothing about those whom the law protects.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "platform/clerk/resident_list.h"
#include "platform/clerk/sample_residents.h"
#include "platform/clerk/sqlite_registry.h"
#include "tests/unit/certificate/people.h"

namespace machi::clerk::test {
namespace {

using base::Code;
using certificate::Kind;
using certificate::Option;
using certificate::test::kToday;
using What = ListMistake::What;

const std::string kHead =
    "宛名番号,世帯番号,氏名,生年月日,続柄,住所,支援措置,利用者証明用電子証明書の番号\r\n";

const std::vector<Resident>& town() {
  static const auto kTown = sample_residents({1500, 7, kToday, "日和町"});
  return kTown;
}

std::unique_ptr<SqliteRegistry> registry_of(const std::vector<Resident>& residents) {
  auto registry = *SqliteRegistry::open(":memory:");
  EXPECT_TRUE(registry->take_over(residents, false).ok());
  return registry;
}

IssuePlan plan(Kind kind, int year = 0) {
  IssuePlan out;
  out.item.kind = kind;
  out.item.year = year;
  out.number = "26-000001";
  out.today = kToday;
  out.municipality = "日和町";
  out.mayor = "日和町長　日和 花子";
  return out;
}

template <class Is>
const Resident& somebody(const Is& is) {
  for (const Resident& one : town())
    if (is(one)) return one;
  ADD_FAILURE() << "nobody is so";
  return town()[0];
}
bool free(const Resident& one) { return one.standing == Standing::Resident && !one.guarded; }

TEST(Registry, TakesTheSampleTownOverAndGivesItBack) {
  ASSERT_TRUE(crypto::ready());
  const auto years = sample_tax_years(kToday);
  const base::Bytes csv = residents_csv(town(), years);
  const ResidentList list = read_residents(base::text_view(csv));
  ASSERT_TRUE(list.mistakes.empty()) << list.mistakes[0].line << list.mistakes[0].column
                                     << mistake_word(list.mistakes[0].what);
  ASSERT_EQ(town().size(), list.residents.size());
  for (std::size_t i = 0; i < town().size(); ++i) ASSERT_EQ(town()[i], list.residents[i]) << i;
  EXPECT_EQ(0u, list.unknown);
  EXPECT_EQ(csv, residents_csv(sample_residents({1500, 7, kToday, "日和町"}), years));
}

TEST(Registry, TheSampleTownHasEverybodyWhomACertificateMayMeet) {
  std::set<std::string> number, relations;
  std::size_t rare = 0, guarded = 0, dead = 0, away = 0, abroad = 0, children = 0, seals = 0;
  for (const Resident& one : town()) {
    EXPECT_TRUE(number.insert(one.number).second);
    EXPECT_TRUE(certificate::is_my_number(one.person.my_number));
    EXPECT_LE(one.person.birth, kToday);
    relations.insert(one.person.relationship);
    rare += one.person.name.find("\U000E010F") != std::string::npos || one.person.name.starts_with("𠮷");
    guarded += one.guarded;
    dead += one.standing == Standing::Dead;
    away += one.standing == Standing::MovedOut;
    abroad += !one.person.nationality.empty();
    children += one.person.birth.year() > kToday.year() - 14;
    seals += one.seal.has_value();
  }
  EXPECT_EQ((std::set<std::string>{"世帯主", "妻", "夫", "子", "母", "父"}), relations);
  for (const std::size_t some : {rare, guarded, dead, away, abroad, children, seals}) EXPECT_GT(some, 0u);
}

TEST(Registry, ASecondListUpdatesAndTheSameOneChangesNothing) {
  ASSERT_TRUE(crypto::ready());
  auto residents = town();
  auto registry = registry_of(residents);
  const auto again = *registry->take_over(residents, false);
  EXPECT_EQ(residents.size(), again.same);
  EXPECT_EQ(0u, again.fresh + again.changed + again.absent);
  // Two cards change hands: that is no conflict inside of one list.
  std::vector<Resident> two;
  for (const Resident& one : residents)
    if (!one.card.empty() && free(one) && two.size() < 2) two.push_back(one);
  std::swap(two[0].card, two[1].card);
  two[0].address = "日和町本町9番9号";
  const auto changed = *registry->take_over(two, false);
  EXPECT_EQ(2u, changed.changed);
  EXPECT_EQ(residents.size() - 2, changed.absent);
  EXPECT_EQ(0u, changed.removed);
  EXPECT_EQ("日和町本町9番9号", registry->holder(two[0].card)->address);
  EXPECT_EQ(two[1].number, registry->holder(two[1].card)->number);
  EXPECT_EQ(residents.size() - 2, registry->take_over(two, true)->removed);
  EXPECT_EQ(2u, *registry->size());
}

TEST(Registry, TakesNothingOverWhenACardIsSomebodyElses) {
  ASSERT_TRUE(crypto::ready());
  const auto registry = registry_of(town());
  Resident thief = town()[0], fresh = town()[1];
  fresh.number = "9999999998";
  fresh.card = "ABC";
  thief.number = "9999999999";
  thief.card = somebody([](const Resident& one) { return !one.card.empty(); }).card;
  EXPECT_EQ(Code::Conflict, registry->take_over({fresh, thief}, false).code());
  EXPECT_EQ(town().size(), *registry->size());
  EXPECT_EQ(Code::NotFound, registry->holder("ABC").code());
}

TEST(Registry, NamesMistakesByLineAndColumn) {
  const auto list = read_residents(kHead +
                                   "1,1,日和 花子,1985-04-01,世帯主,日和町1番,,0A1b\r\n"
                                   "2,1,,1985-02-30,妻,日和町1番,はい,xyz\r\n"
                                   "1,1,日和 次郎,H27.5.1,子,日和町1番,○,A1B\r\n"
                                   "4,2,日和 三郎,H27.5.1,子,日和町1番,○,\r\n");
  std::vector<std::tuple<int, std::string, What, int>> found;
  for (const auto& one : list.mistakes) found.emplace_back(one.line, one.column, one.what, one.other);
  const decltype(found) expected = {
      {3, "支援措置", What::NotAChoice, 0},  {3, "氏名", What::Empty, 0},
      {3, "生年月日", What::NotADate, 0},    {3, "利用者証明用電子証明書の番号", What::NotANumber, 0},
      {4, "宛名番号", What::NumberTwice, 2}, {4, "利用者証明用電子証明書の番号", What::CardTwice, 2},
      {5, "続柄", What::NoHead, 0}};
  EXPECT_EQ(expected, found);
  EXPECT_EQ(What::NoLines, read_residents("\r\n \r\n").mistakes[0].what);
  const auto headless = read_residents("氏名,氏名,令和7年度年税額,2025年度年税額\r\n");
  std::set<What> whats;
  for (const auto& one : headless.mistakes) whats.insert(one.what);
  EXPECT_EQ((std::set<What>{What::ColumnTwice, What::ColumnMissing}), whats);
  EXPECT_EQ(kListMistakes, read_residents(kHead +
                                          [] {
                                            std::string rows;
                                            for (int i = 0; i < 300; ++i) rows += "x\r\n";
                                            return rows;
                                          }())
                               .mistakes.size());
}

TEST(Registry, AnswersWithTheColumnsOfTheCertificateOnly) {
  ASSERT_TRUE(crypto::ready());
  const auto registry = registry_of(town());
  const Resident& one = somebody([](const Resident& who) {
    return free(who) && !who.card.empty() && who.person.nationality.empty() &&
           who.person.relationship == "妻";
  });
  const auto holder = registry->holder(one.card);
  ASSERT_TRUE(holder.ok());
  EXPECT_EQ(one.number, holder->number);
  const auto bare = registry->facts(one.number, plan(Kind::ResidentRecord));
  ASSERT_TRUE(bare.ok()) << bare.error().detail;
  ASSERT_EQ(1u, bare->people.size());
  EXPECT_EQ(one.person.name, bare->people[0].name);
  EXPECT_EQ("",
            bare->people[0].my_number + bare->people[0].domicile + bare->people[0].relationship + bare->head);
  IssuePlan full = plan(Kind::ResidentRecord);
  full.item.options = certificate::Options{}.with(Option::MyNumber).with(Option::Relationship);
  full.item.household = true;
  const auto all = registry->facts(one.number, full);
  ASSERT_TRUE(all.ok()) << all.error().detail;
  EXPECT_EQ("世帯主", all->people[0].relationship);
  EXPECT_EQ(all->head, all->people[0].name);
  EXPECT_TRUE(certificate::is_my_number(all->people[1].my_number));
  EXPECT_EQ("", all->people[1].domicile);
}

TEST(Registry, RefusesWhoIsGuardedWhoLeftAndWhatIsNotHere) {
  ASSERT_TRUE(crypto::ready());
  const auto registry = registry_of(town());
  EXPECT_EQ(Code::NotFound, registry->holder("DEADBEEF").code());
  const auto carded = [](const Resident& one) { return !one.card.empty(); };
  const auto& guarded = somebody([&](const Resident& one) { return carded(one) && one.guarded; });
  EXPECT_EQ(Code::NotAllowed, registry->holder(guarded.card).code());
  EXPECT_EQ(Code::NotAllowed, registry->facts(guarded.number, plan(Kind::ResidentRecord)).code());
  const auto& left =
      somebody([&](const Resident& one) { return carded(one) && one.standing == Standing::MovedOut; });
  EXPECT_EQ(Code::NotAllowed, registry->holder(left.card).code());
  const auto& child = somebody(
      [&](const Resident& one) { return free(one) && one.person.birth.year() > kToday.year() - 14; });
  EXPECT_EQ(Code::NotFound, registry->facts(child.number, plan(Kind::SealRegistration)).code());
  // Even one that somebody entered by mistake.
  Resident sealed = child;
  sealed.seal = somebody([](const Resident& one) { return one.seal.has_value(); }).seal;
  ASSERT_TRUE(registry->take_over({sealed}, false).ok());
  EXPECT_EQ(Code::NotAllowed, registry->facts(child.number, plan(Kind::SealRegistration)).code());
  EXPECT_EQ(Code::NotFound, registry->facts(child.number, plan(Kind::TaxPayment, 2025)).code());
  const auto& elsewhere =
      somebody([&](const Resident& one) { return free(one) && one.person.domicile.starts_with("東京都"); });
  EXPECT_EQ(Code::NotAllowed, registry->facts(elsewhere.number, plan(Kind::RegisterPerson)).code());
  // A paper that names somebody who is guarded is refused to the others of the household too.
  auto residents = town();
  std::vector<Resident> home;
  const auto& mother =
      somebody([](const Resident& one) { return free(one) && one.person.relationship == "母"; });
  for (Resident one : residents)
    if (one.household == mother.household) {
      one.guarded = one.number == mother.number;
      home.push_back(one);
    }
  ASSERT_TRUE(registry->take_over(home, false).ok());
  IssuePlan whole = plan(Kind::ResidentRecord);
  EXPECT_TRUE(registry->facts(home[0].number, whole).ok());
  whole.item.household = true;
  EXPECT_EQ(Code::NotAllowed, registry->facts(home[0].number, whole).code());
}

TEST(Registry, CertifiesEveryKindForSomebody) {
  ASSERT_TRUE(crypto::ready());
  const auto registry = registry_of(town());
  const Resident& one = somebody([](const Resident& who) {
    return free(who) && who.seal && who.person.domicile.starts_with("日和町") && who.taxes[1].amount > 0;
  });
  for (const Kind kind : {Kind::ResidentRecord, Kind::ResidentEntries, Kind::SealRegistration,
                          Kind::AddressHistory, Kind::RegisterAll, Kind::RegisterPerson}) {
    const auto facts = registry->facts(one.number, plan(kind));
    EXPECT_TRUE(facts.ok()) << certificate::name_of(kind) << facts.error().detail;
  }
  for (const Kind kind : {Kind::Taxation, Kind::TaxPayment})
    EXPECT_TRUE(registry->facts(one.number, plan(kind, one.taxes[1].year)).ok());
  EXPECT_EQ(Code::NotFound, registry->facts(one.number, plan(Kind::Taxation, 1999)).code());
  const Resident& poor = somebody(
      [](const Resident& who) { return free(who) && !who.taxes.empty() && who.taxes[1].amount == 0; });
  EXPECT_EQ(Kind::NonTaxation, registry->facts(poor.number, plan(Kind::Taxation, poor.taxes[1].year))->kind);
}

}  // namespace
}  // namespace machi::clerk::test
