// The facts of a certificate: what each kind needs, what nobody asked for, and names sign by sign.
#include <gtest/gtest.h>

#include "core/certificate/spelling.h"
#include "tests/unit/certificate/people.h"

namespace machi::certificate::test {
namespace {

using base::Code;

std::string trouble(const Facts& facts) {
  const auto status = check(facts);
  return status.ok() ? "" : std::string(base::code_name(status.code())) + " " + status.error().detail;
}

TEST(CertificateFacts, OfEveryKindAreTaken) {
  for (int i = 1; i <= static_cast<int>(kLastKind); ++i) {
    const auto kind = static_cast<Kind>(i);
    EXPECT_EQ("", trouble(facts(kind))) << name_of(kind);
    EXPECT_EQ(kind, kind_named(name_of(kind)));
  }
  EXPECT_FALSE(kind_named("passport"));
}

TEST(CertificateFacts, ThatNobodyAskedForAreRefused) {
  Facts asked = facts();
  asked.people[0].my_number = "123456789018";
  EXPECT_EQ("bad-input people[0].myNumber: was not asked for", trouble(asked));
  asked.options = asked.options.with(Option::MyNumber);
  EXPECT_EQ("", trouble(asked));
  Facts domicile = facts();
  domicile.people[0].domicile = "日和町";
  EXPECT_EQ("bad-input people[0].domicile: was not asked for", trouble(domicile));
  Facts relation = facts();
  relation.head = "渡邉󠄏 太郎";
  EXPECT_EQ("bad-input head: was not asked for", trouble(relation));
  Facts tax = facts(Kind::Taxation);
  tax.options = tax.options.with(Option::MyNumber);
  EXPECT_EQ("bad-input options: belong to the resident record", trouble(tax));
}

TEST(CertificateFacts, ThatWereAskedForMustBeThere) {
  Facts asked = facts();
  asked.options = asked.options.with(Option::Relationship);
  asked.head = "渡邉󠄏 太郎";
  EXPECT_EQ("missing people[0].relationship: missing", trouble(asked));
  asked.people[0].relationship = "妻";
  EXPECT_EQ("", trouble(asked));
}

TEST(CertificateFacts, TellAWrongIndividualNumberByItsCheckDigit) {
  EXPECT_TRUE(is_my_number("123456789018"));
  EXPECT_FALSE(is_my_number("123456789012"));
  EXPECT_FALSE(is_my_number("12345678901"));
  EXPECT_FALSE(is_my_number("12345678901X"));
  int right = 0;  // exactly one check digit in ten
  for (char last = '0'; last <= '9'; ++last) right += is_my_number(std::string("98765432109") + last) ? 1 : 0;
  EXPECT_EQ(1, right);
}

TEST(CertificateFacts, GiveNoSealCertificateToAChild) {
  Facts seal = facts(Kind::SealRegistration);
  seal.people[0].birth = day(2011, 11, 22);
  EXPECT_EQ("", trouble(seal));
  seal.people[0].birth = day(2011, 11, 23);
  EXPECT_EQ("not-allowed people[0].birth: too young for a registered seal", trouble(seal));
}

TEST(CertificateFacts, TellTaxedFromNotTaxed) {
  Facts tax = facts(Kind::NonTaxation);
  tax.tax->amount = 1;
  EXPECT_FALSE(check(tax).ok());
  tax.kind = Kind::Taxation;
  EXPECT_TRUE(check(tax).ok());
  tax.tax->amount = 0;
  EXPECT_FALSE(check(tax).ok());
  tax.tax->year = 2027;
  EXPECT_EQ(Code::DateOutOfRange, check(tax).code());
}

TEST(CertificateFacts, NameWhereTheyAreWrongAndNeverWhatStandsThere) {
  Facts wrong = household(3);
  wrong.people[2].name = "\xEE\x80\x80";  // U+E000
  EXPECT_EQ("unsupported people[2].name: a character of private use", trouble(wrong));
  wrong.people[2].name = "  ";
  EXPECT_EQ("missing people[2].name: missing", trouble(wrong));
  wrong.people[2].name = std::string(300, 'a');
  EXPECT_EQ("too-large people[2].name: too long", trouble(wrong));
}

TEST(Spelling, JoinsASelectorToItsCharacter) {
  const auto signs = signs_of("邉󠄏𠮷a");
  ASSERT_TRUE(signs.ok());
  EXPECT_EQ((std::vector<Sign>{{U'邉', 0xE010F}, {U'𠮷', 0}, {U'a', 0}}), *signs);
}

TEST(Spelling, RefusesWhatCannotBeSet) {
  EXPECT_EQ(Code::BadInput, signs_of("\xF3\xA0\x84\x82邉").code());                  // a selector first
  EXPECT_EQ(Code::BadInput, signs_of("邉\xF3\xA0\x84\x82\xF3\xA0\x84\x82").code());  // two of them
  EXPECT_EQ(Code::BadInput, signs_of("a\nb").code());
  EXPECT_EQ(Code::BadInput, signs_of("a\u202Eb").code());
  EXPECT_EQ(Code::BadInput, signs_of("\xFF").code());
  EXPECT_EQ(Code::Unsupported, signs_of("\xEE\x80\x80").code());
}

TEST(Spelling, IsCutBetweenSignsOnly) {
  EXPECT_EQ("渡", head_of("渡邉󠄏子", 6));  // 邉 alone would be another name
  EXPECT_EQ("渡邉󠄏", head_of("渡邉󠄏子", 10));
  EXPECT_EQ("渡邉󠄏子", head_of("渡邉󠄏子", 13));
  EXPECT_EQ("", head_of("渡", 2));
}

TEST(EraDates, AreWrittenAsCertificatesDo) {
  EXPECT_EQ("令和8年11月22日", era_date(kToday));
  EXPECT_EQ("令和元年5月1日", era_date(day(2019, 5, 1)));
  EXPECT_EQ("平成31年4月30日", era_date(day(2019, 4, 30)));
  EXPECT_EQ("昭和60年4月1日", era_date(day(1985, 4, 1)));
  EXPECT_EQ("令和元年度", era_year(2019));
  EXPECT_EQ("平成30年度", era_year(2018));
  EXPECT_EQ("令和7年度", era_year(2025));
}

}  // namespace
}  // namespace machi::certificate::test
