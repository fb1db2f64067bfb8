// How a school answers applications, and what it does with reports of phones that nobody confirmed.
#include "core/absence/desk/people/enrolment.h"

#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

using base::Code;
using EnrolmentTest = SchoolOfDesks;
using ReportAtTheDesk = SchoolOfDesks;

std::vector<Enrolled> answers_of(const DeskOfSchool& a, const DeskOfSchool& b) {
  auto all = a.answers();
  for (auto& one : b.answers()) all.push_back(one);
  return all;
}

TEST_F(EnrolmentTest, ConfirmsByItselfWhenBirthDateAndLastDigitsAgree) {
  apply(20, 0);
  settle();
  const auto answers = answers_of(*desk, *other);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].standing, Standing::Confirmed);
  ASSERT_EQ(answers[0].pupils.size(), 1u);
  EXPECT_EQ(answers[0].pupils[0].name, "佐倉 みお");
  EXPECT_EQ(answers[0].pupils[0].class_name, "3年1組");
  EXPECT_EQ(desk->admitted.size() + other->admitted.size(), 1u);
  EXPECT_TRUE(desk->school->roll().is_guardian(a_key(20), pupil(0)));
  EXPECT_TRUE(other->school->roll().is_guardian(a_key(20), pupil(0)));
}

TEST_F(EnrolmentTest, ComparesDigitsOfAnyWidthAndOfAnyRegisteredTelephone) {
  EXPECT_EQ(last_digits("０１００"), "0100");
  EXPECT_EQ(last_digits(" 0000-12-0100 "), "0100");
  EXPECT_EQ(last_digits("100"), "");
  apply(20, 0, "０１００");
  apply(21, 1, "0000");
  settle();
  EXPECT_TRUE(desk->school->roll().is_guardian(a_key(20), pupil(0)));
  EXPECT_TRUE(desk->school->roll().is_guardian(a_key(21), pupil(1)));
}

TEST_F(EnrolmentTest, LeavesWhatDoesNotAgreeToAPersonAndSaysSoOnce) {
  apply(20, 0, "9999");
  apply(21, 1, "0101", 1);
  settle();
  const auto answers = answers_of(*desk, *other);
  ASSERT_EQ(answers.size(), 2u);
  for (const Enrolled& one : answers) {
    EXPECT_EQ(one.standing, Standing::Pending);
    EXPECT_TRUE(one.pupils.empty());
  }
  const auto first =
      judge(desk->school->roll(), *desk->school->roll().applicant(mail::slip_id(code(0)), a_key(20)), now);
  EXPECT_TRUE(first.birth_agrees);
  EXPECT_FALSE(first.digits_agree);
  EXPECT_TRUE(desk->school->roll().guardians(pupil(0)).empty());
}

TEST_F(EnrolmentTest, TakesTheDecisionOfAPerson) {
  apply(20, 0, "9999");
  apply(21, 1, "9999");
  settle();
  ASSERT_TRUE(desk->school->decide(mail::slip_id(code(0)), a_key(20), Standing::Confirmed, now).ok());
  ASSERT_TRUE(desk->school->decide(mail::slip_id(code(1)), a_key(21), Standing::Refused, now).ok());
  EXPECT_EQ(desk->school->enrolment().proposed(mail::slip_id(code(0)), a_key(20)), Standing::Confirmed);
  settle();
  EXPECT_TRUE(other->school->roll().is_guardian(a_key(20), pupil(0)));
  EXPECT_EQ(desk->admitted, (std::vector{a_key(20)}));
  std::map<mail::SlipId, Enrolled> last;
  for (const Enrolled& one : desk->answers()) last[mail::SlipId{one.slip}] = one;
  EXPECT_EQ(last.at(mail::slip_id(code(0))).standing, Standing::Confirmed);
  EXPECT_EQ(last.at(mail::slip_id(code(1))).standing, Standing::Refused);
  EXPECT_EQ(last.at(mail::slip_id(code(1))).why, Code::NotAllowed);
}

TEST_F(EnrolmentTest, IsNotHarmedByTwoDesksThatDecideAtOnce) {
  apply(20, 0, "9999");
  settle();
  ASSERT_TRUE(desk->school->decide(mail::slip_id(code(0)), a_key(20), Standing::Confirmed, now).ok());
  ASSERT_TRUE(other->school->decide(mail::slip_id(code(0)), a_key(20), Standing::Refused, now).ok());
  ASSERT_TRUE(other->school->decide(mail::slip_id(code(0)), a_key(20), Standing::Refused, now).ok());
  other->post();
  desk->post();
  settle();
  for (const DeskOfSchool* one : {desk.get(), other.get()})
    EXPECT_TRUE(one->school->roll().guardians(pupil(0)).empty());
  EXPECT_TRUE(desk->admitted.empty());
  EXPECT_EQ(other->answers().back().standing, Standing::Refused);
  for (const Enrolled& one : desk->answers()) EXPECT_EQ(one.standing, Standing::Pending);
}

TEST_F(EnrolmentTest, RefusesAnUnknownSlip) {
  mail::Application asked;
  asked.code.fill(1);
  asked.slip = mail::slip_id(asked.code);
  asked.guardian = "だれか";
  asked.digits = "0100";
  asked.person = an_id<mail::MailboxId>(20);
  asked.epoch = 1;
  asked.epoch_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
  arrive(20, "slip.application", mail::encode_application(asked));
  settle();
  ASSERT_EQ(answers_of(*desk, *other).size(), 1u);
  EXPECT_EQ(answers_of(*desk, *other)[0].why, Code::NotFound);
}

TEST_F(EnrolmentTest, SaysNothingOfAnUnknownSlipWhileADesksMailWaitsToBeOpened) {
  // The slip stands in a message that is sealed to an epoch whose key has not come yet.
  base::Array<10> code{};
  code.fill(5);
  mail::Application asked;
  asked.code = code;
  asked.slip = mail::slip_id(code);
  asked.guardian = "佐倉 あや";
  asked.birth = birth(0);
  asked.digits = "0100";
  asked.person = an_id<mail::MailboxId>(20);
  asked.epoch = 1;
  asked.epoch_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
  desk->opened = other->opened = false;
  arrive(20, "slip.application", mail::encode_application(asked));
  settle();
  EXPECT_TRUE(answers_of(*desk, *other).empty());
  desk->opened = other->opened = true;
  ASSERT_TRUE(
      desk->note(kKindSlips, encode(std::vector{IssuedSlip{code, pupil(0), now.plus_seconds(86400)}}), now)
          .ok());
  desk->post();
  settle();
  ASSERT_EQ(answers_of(*desk, *other).size(), 1u);
  EXPECT_EQ(answers_of(*desk, *other)[0].standing, Standing::Confirmed);
}

TEST_F(EnrolmentTest, AnswersAnUnknownSlipOnceNothingWaitsAnyMore) {
  mail::Application asked;
  asked.code.fill(1);
  asked.slip = mail::slip_id(asked.code);
  asked.guardian = "だれか";
  asked.person = an_id<mail::MailboxId>(20);
  asked.epoch = 1;
  asked.epoch_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
  desk->opened = other->opened = false;
  arrive(20, "slip.application", mail::encode_application(asked));
  settle();
  EXPECT_TRUE(answers_of(*desk, *other).empty());
  desk->opened = true;  // nothing came with it: what waited was a stranger's
  settle();
  ASSERT_EQ(answers_of(*desk, *other).size(), 1u);
  EXPECT_EQ(answers_of(*desk, *other)[0].why, Code::NotFound);
}

TEST_F(EnrolmentTest, RefusesASlipThatWasTakenBack) {
  ASSERT_TRUE(desk->school->revoke(slip(0), now).ok());
  settle();
  apply(20, 0);
  settle();
  EXPECT_EQ(answers_of(*desk, *other).at(0).why, Code::Revoked);
}

TEST_F(EnrolmentTest, RefusesASlipPastItsDateAndTwoDaysOfGrace) {
  now = now.plus_seconds(15 * 86400);
  apply(20, 0);
  settle();
  EXPECT_TRUE(desk->school->roll().is_guardian(a_key(20), pupil(0)));
  now = now.plus_seconds(2 * 86400);
  apply(21, 1);
  settle();
  EXPECT_EQ(answers_of(*desk, *other).back().why, Code::Expired);
}

TEST_F(EnrolmentTest, RefusesAFifthPhone) {
  for (int phone = 20; phone < 25; ++phone) {
    apply(phone, 0);
    settle();
  }
  EXPECT_EQ(desk->school->roll().guardians(pupil(0)).size(), 4u);
  EXPECT_FALSE(desk->school->roll().is_guardian(a_key(24), pupil(0)));
  int used_up = 0;
  for (const Enrolled& one : answers_of(*desk, *other)) used_up += one.why == Code::UsedUp ? 1 : 0;
  EXPECT_EQ(used_up, 1);
}

TEST_F(EnrolmentTest, AnswersAPhoneThatAsksAgain) {
  apply(20, 0);
  settle();
  apply(20, 0);
  settle();
  const auto answers = answers_of(*desk, *other);
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[1].standing, Standing::Confirmed);
  EXPECT_EQ(desk->school->roll().guardians(pupil(0)).size(), 1u);
}

TEST_F(EnrolmentTest, TellsTheOtherGuardiansOnceAndNotWhoItIs) {
  apply(20, 0);
  settle();
  apply(21, 0);
  settle();
  apply(21, 0);
  settle();
  ASSERT_EQ(desk->count(kKindGuardian) + other->count(kKindGuardian), 1u);
  for (const DeskOfSchool* one : {desk.get(), other.get()})
    for (const Told& told : one->told)
      if (told.kind == kKindGuardian) {
        EXPECT_EQ(told.person, an_id<mail::MailboxId>(20));
        EXPECT_EQ(decode_guardian_news(told.content)->pupil, pupil(0));
      }
}

TEST_F(ReportAtTheDesk, IsReadByEveryGuardianOfThePupilWhenAPersonConfirms) {
  apply(20, 0);
  apply(21, 0);
  settle();
  arrive(20, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_TRUE(desk->school->rename("田村", now).ok());
  ASSERT_EQ(desk->school->day(today).size(), 1u);
  EXPECT_EQ(desk->school->day(today)[0].read(), nullptr);
  ASSERT_TRUE(desk->school->confirm(an_id<ReportId>(1), an_id<VersionId>(1), now).ok());
  ASSERT_TRUE(desk->school->confirm(an_id<ReportId>(1), an_id<VersionId>(1), now.plus_seconds(5)).ok());
  desk->post();
  settle();
  EXPECT_EQ(desk->count(kKindRead), 2u);
  const auto line = other->school->day(today).at(0);
  ASSERT_NE(line.read(), nullptr);
  EXPECT_EQ(line.read()->by, "田村");
}

TEST_F(ReportAtTheDesk, IsRefusedForAPupilOfAnotherFamily) {
  apply(20, 0);
  settle();
  arrive(20, kKindReport, encode(report(1, 1, today)));
  settle();
  EXPECT_TRUE(desk->school->day(today).empty());
  ASSERT_EQ(desk->school->apart(today).size(), 1u);
  EXPECT_EQ(desk->school->apart(today)[0].version.report.pupil, pupil(1));
  EXPECT_FALSE(desk->school->confirm(an_id<ReportId>(1), an_id<VersionId>(1), now).ok());
}

TEST_F(ReportAtTheDesk, CannotTakeTheNameOfAnotherFamilysReport) {
  apply(20, 0);
  apply(21, 1);
  settle();
  arrive(20, kKindReport, encode(report(1, 0, today)));
  settle();
  Report takeover = report(2, 1, today);
  takeover.report = an_id<ReportId>(1);
  takeover.replaces = {an_id<VersionId>(1)};
  arrive(21, kKindReport, encode(takeover));
  settle();
  ASSERT_EQ(desk->school->day(today).size(), 1u);
  EXPECT_EQ(desk->school->day(today)[0].version.report.pupil, pupil(0));
  EXPECT_EQ(desk->school->apart(today).size(), 1u);
}

TEST_F(ReportAtTheDesk, OfAnUnconfirmedPhoneIsKeptApartAndCountsOnceItIsConfirmed) {
  apply(20, 0, "9999");
  arrive(20, kKindReport, encode(report(1, 0, today)));
  settle();
  EXPECT_TRUE(desk->school->day(today).empty());
  ASSERT_EQ(desk->school->apart(today).size(), 1u);
  ASSERT_TRUE(desk->school->called(an_id<VersionId>(1), now).ok());
  desk->post();
  settle();
  EXPECT_TRUE(other->school->apart(today)[0].called);
  ASSERT_TRUE(desk->school->decide(mail::slip_id(code(0)), a_key(20), Standing::Confirmed, now).ok());
  desk->post();
  settle();
  for (const DeskOfSchool* one : {desk.get(), other.get()}) {
    EXPECT_TRUE(one->school->apart(today).empty());
    ASSERT_EQ(one->school->day(today).size(), 1u);
    EXPECT_EQ(one->school->day(today)[0].read(), nullptr);
  }
}

TEST_F(ReportAtTheDesk, IsUnreadAgainWhenItWasChanged) {
  apply(20, 0);
  settle();
  arrive(20, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_TRUE(desk->school->confirm(an_id<ReportId>(1), an_id<VersionId>(1), now).ok());
  Report changed = report(2, 0, today);
  changed.report = an_id<ReportId>(1);
  changed.replaces = {an_id<VersionId>(1)};
  changed.kind = ReportKind::Late;
  arrive(20, kKindReport, encode(changed));
  settle();
  const auto line = desk->school->day(today).at(0);
  EXPECT_EQ(line.version.report.kind, ReportKind::Late);
  EXPECT_EQ(line.read(), nullptr);
  EXPECT_TRUE(line.entry.changed_since_read());
}

}  // namespace
}  // namespace machi::absence
