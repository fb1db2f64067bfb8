// The roll in a person's hands: what a list changes, slips given out anew, guardians let go, kept apart, or
// for a time.
#include "tests/unit/absence/school_of_desks.h"

#include "core/crypto/drbg.h"

namespace machi::absence {
namespace {

using What = PlanLine::What;

class RegisterTest : public SchoolOfDesks {
 protected:
  RegisterTest() {
    EXPECT_TRUE(
        desk->note(kKindPen,
                   encode(SlipPen{crypto::Secret<32>(base::Array<32>{7}), now.plus_seconds(400 * 86400)}),
                   now)
            .ok());
    settle();
  }
  static ListedPupil listed(int grade, std::string name, int i, int number) {
    const PupilRecord record = roll().pupils[static_cast<std::size_t>(i)];
    return {number + 1,     grade,        std::move(name),   number, record.name,
            record.reading, record.birth, record.telephones, ""};
  }
  RollPlan plan(const ClassList& list, ListScope scope = ListScope::School) {
    return plan_roll(desk->school->roll(), list, scope, desk->office());
  }
  std::vector<std::string> kinds_to(int phone) const {
    std::vector<std::string> out;
    for (const DeskOfSchool* one : {desk.get(), other.get()})
      for (const Told& told : one->told)
        if (told.person == an_id<mail::MailboxId>(phone)) out.push_back(told.kind);
    return out;
  }
  const Guardian* guardian(int i, int phone) {
    found = other->school->roll().guardians(pupil(i));
    for (const Guardian& one : found)
      if (one.phone == a_key(phone)) return &one;
    return nullptr;
  }
  std::vector<Guardian> found;
  crypto::Drbg entropy = crypto::Drbg::of_number(5);
};

TEST(DeskMessages, ComeBackAsTheyWereAndAreRefusedWhenTheyContradictThemselves) {
  GuardianLink link;
  link.slip.fill(1);
  link.phone.fill(2);
  link.pupil = an_id<PupilId>(3);
  link.revision = 9;
  link.parting = Parting::Silent;
  link.apart = true;
  link.relation = Relation::Delegate;
  link.until = *Date::of(2026, 12, 1);
  const auto read = decode_link(encode(link));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(code::encode(encode(*read)), code::encode(encode(link)));
  EXPECT_EQ(read->parting, Parting::Silent);
  EXPECT_EQ(read->until, link.until);
  link.until.reset();  // a delegate without a last day
  EXPECT_EQ(decode_link(encode(link)).code(), base::Code::BadInput);
  IssuedSlip slip;
  slip.until = *Date::of(2026, 12, 1);  // a guardian with one
  EXPECT_FALSE(decode_slips(encode(std::vector{slip})).ok());
  Transfer transfer;
  transfer.school = "東小学校";
  EXPECT_FALSE(decode_transfer(encode(transfer)).ok());  // of nobody
  EXPECT_FALSE(decode_pen(code::Cbor::map({{1, "short"}})).ok());
}

TEST_F(RegisterTest, SaysWhatAListWouldChangeAndChangesNothingBefore) {
  ClassList list;
  list.pupils = {listed(3, "1組", 0, 1), listed(3, "1組", 1, 9), listed(3, "2組", 2, 1)};
  list.pupils[0].telephones = {"0000999999"};
  ListedPupil fresh = list.pupils[0];
  fresh.name = "新井 まこと";
  fresh.reading = "あらい まこと";
  fresh.birth = *Date::of(2017, 8, 8);
  fresh.number = 4;
  list.pupils.push_back(fresh);
  const RollPlan found_plan = plan(list);
  EXPECT_EQ(found_plan.fresh, 1);
  EXPECT_EQ(found_plan.changed, 1);
  EXPECT_EQ(found_plan.moves, 2);
  EXPECT_EQ(found_plan.leaves, 0);
  EXPECT_EQ(found_plan.rolls.size(), 2u);
  EXPECT_EQ(desk->school->roll().classes().size(), 1u);
  ASSERT_TRUE(desk->school->take_over(found_plan, now).ok());
  EXPECT_EQ(desk->school->roll().pupil(pupil(2))->class_name, "3年2組");  // here at once
  settle();
  for (const DeskOfSchool* one : {desk.get(), other.get()}) {
    EXPECT_EQ(one->school->roll().pupil(pupil(2))->class_name, "3年2組");
    EXPECT_EQ(one->school->roll().pupil(pupil(0))->record.telephones.front(), "0000999999");
    EXPECT_EQ(one->school->roll().pupils(an_id<ClassId>(90)).size(), 3u);
    EXPECT_EQ(one->school->roll().pupils(an_id<ClassId>(90)).back().record.number, 9);
  }
  EXPECT_TRUE(plan(list).empty());
  EXPECT_EQ(plan(list).same, 4);
}

TEST_F(RegisterTest, KnowsAPupilAgainWhoseNameOrBirthDateWasCorrected) {
  ClassList list;
  list.pupils = {listed(3, "1組", 0, 1), listed(3, "1組", 1, 2), listed(3, "1組", 2, 3)};
  list.pupils[0].name = "長峰 みお";        // the family's name changed
  list.pupils[1].birth = birth(1).plus(1);  // a slip of the pen
  list.pupils[1].reading.clear();
  list.pupils[2].telephones.clear();  // the list has none: nothing is taken away
  const RollPlan found_plan = plan(list);
  EXPECT_EQ(found_plan.changed, 2);
  EXPECT_EQ(found_plan.same, 1);
  EXPECT_EQ(found_plan.fresh + found_plan.leaves, 0);
  for (const PlanLine& line : found_plan.lines) EXPECT_TRUE(line.look);
  ASSERT_EQ(found_plan.rolls.size(), 1u);
  EXPECT_EQ(found_plan.rolls[0].pupils[0].pupil, pupil(0));
  EXPECT_EQ(found_plan.rolls[0].pupils[1].reading, "ののみや りく");
}

TEST_F(RegisterTest, KeepsIdsAndGuardiansWhenTheSchoolMovesUp) {
  apply(20, 0);
  settle();
  ClassList list;
  list.pupils = {listed(4, "1組", 0, 1), listed(4, "2組", 1, 1)};  // the third has left
  const RollPlan found_plan = plan(list, ListScope::School);
  EXPECT_EQ(found_plan.moves, 2);
  EXPECT_EQ(found_plan.leaves, 1);
  ASSERT_TRUE(desk->school->take_over(found_plan, now).ok());
  settle();
  EXPECT_EQ(other->school->roll().pupil(pupil(0))->class_name, "4年1組");
  EXPECT_FALSE(other->school->roll().pupil(pupil(2)));
  EXPECT_TRUE(guardian(0, 20));
  for (const SchoolClass& one : other->school->roll().classes()) EXPECT_EQ(one.grade, 4);
  const Enrolled told = desk->answers().back();  // the phone's card is the new one
  EXPECT_EQ(told.standing, Standing::Confirmed);
  EXPECT_EQ(told.pupils.front().class_name, "4年1組");
}

TEST_F(RegisterTest, LetsNobodyLeaveWhoseClassTheListDoesNotName) {
  ClassList list;
  list.pupils = {listed(4, "1組", 0, 1)};
  list.pupils[0].name = "新井 まこと";
  list.pupils[0].reading = "";
  list.pupils[0].birth = *Date::of(2016, 8, 8);
  EXPECT_EQ(scope_of(desk->school->roll(), list), ListScope::Classes);
  EXPECT_EQ(plan(list, ListScope::Classes).leaves, 0);
  EXPECT_EQ(plan(list, ListScope::School).leaves, 3);
}

TEST_F(RegisterTest, TwoDesksThatTakeTheSameListOverSayTheSame) {
  ClassList list;
  list.pupils = {listed(5, "1組", 0, 1)};
  list.pupils[0].name = "新井 まこと";
  list.pupils[0].reading = "";
  list.pupils[0].birth = *Date::of(2015, 8, 8);
  for (DeskOfSchool* one : {desk.get(), other.get()})
    ASSERT_TRUE(
        one->school->take_over(plan_roll(one->school->roll(), list, ListScope::Classes, one->office()), now)
            .ok());
  settle();
  for (const DeskOfSchool* one : {desk.get(), other.get()}) {
    ASSERT_EQ(one->school->roll().classes().size(), 2u);
    EXPECT_EQ(one->school->roll().classes()[1].pupils, 1);
  }
}

TEST_F(RegisterTest, TellsAndLetsGoTheGuardiansOfWhoLeaves) {
  apply(20, 0);
  settle();
  ASSERT_TRUE(desk->school->leave(pupil(0), now).ok());
  settle();
  EXPECT_FALSE(other->school->roll().pupil(pupil(0)));
  EXPECT_FALSE(guardian(0, 20));
  const auto answers = desk->answers();
  ASSERT_FALSE(answers.empty());
  EXPECT_EQ(answers.back().standing, Standing::Refused);
}

TEST_F(RegisterTest, GivesANewSlipAndTakesTheOldOneBack) {
  const auto slip = desk->school->issue(
      pupil(0), {now.plus_seconds(14 * 86400), Relation::Guardian, {}, false}, entropy, now);
  ASSERT_TRUE(slip.ok());
  settle();
  EXPECT_TRUE(other->school->roll().slip(mail::slip_id(code(0)))->revoked);
  EXPECT_FALSE(other->school->roll().slip(mail::slip_id(slip->code))->revoked);
  EXPECT_EQ(desk->published, std::vector{slip->code});
  EXPECT_TRUE(other->school->signed_slip(*slip, now).ok());
}

TEST_F(RegisterTest, LetsAGuardianGoAndSaysSo) {
  apply(20, 0);
  apply(21, 0);
  settle();
  ASSERT_TRUE(desk->school->part(pupil(0), a_key(20), Parting::Told, now).ok());
  EXPECT_FALSE(desk->school->roll().is_guardian(a_key(20), pupil(0)));
  settle();
  EXPECT_FALSE(guardian(0, 20));
  EXPECT_TRUE(guardian(0, 21));
  EXPECT_EQ(kinds_to(20).back(), kKindEnrolled);
  // The paper that let it in lets nobody else in, and the phone itself not again.
  apply(20, 0);
  apply(22, 0);
  settle();
  EXPECT_FALSE(guardian(0, 20));
  EXPECT_FALSE(guardian(0, 22));
  // With a new one it may come back: for a younger brother, or when it was a mistake.
  const auto fresh = desk->school->issue(
      pupil(0), {now.plus_seconds(14 * 86400), Relation::Guardian, {}, false}, entropy, now);
  ASSERT_TRUE(fresh.ok());
  mail::Application asked;
  asked.code = fresh->code;
  asked.slip = mail::slip_id(asked.code);
  asked.guardian = "佐倉 あや";
  asked.birth = birth(0);
  asked.digits = "0100";
  asked.person = an_id<mail::MailboxId>(20);
  asked.epoch = 1;
  asked.epoch_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
  arrive(20, "slip.application", mail::encode_application(asked));
  settle();
  EXPECT_TRUE(guardian(0, 20));
}

TEST_F(RegisterTest, TellsAPhoneNothingThatWasLetGoInSilence) {
  apply(20, 0);
  apply(21, 0);
  settle();
  const std::size_t before = kinds_to(20).size();
  ASSERT_TRUE(desk->school->part(pupil(0), a_key(20), Parting::Silent, now).ok());
  settle();
  arrive(20, kKindReport, encode(report(1, 0, today)));
  arrive(21, kKindReport, encode(report(2, 0, today)));
  settle();
  ASSERT_TRUE(other->school->confirm(an_id<ReportId>(2), an_id<VersionId>(2), now).ok());
  EXPECT_EQ(kinds_to(20).size(), before);
  EXPECT_EQ(other->school->apart(today).size(), 1u);  // kept for a person to look at, never counted
  EXPECT_EQ(other->school->day(today).size(), 1u);
}

TEST_F(RegisterTest, KeepsNewsOfGuardiansWhoLiveApartFromEachOther) {
  apply(20, 0);
  apply(21, 0);
  settle();
  ASSERT_TRUE(desk->school->arrange(pupil(0), a_key(20), true, {}, now).ok());
  settle();
  EXPECT_TRUE(guardian(0, 20)->apart);
  const auto count = [&](int phone) { return kinds_to(phone).size(); };
  const std::size_t first = count(20), second = count(21);
  arrive(21, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_TRUE(other->school->confirm(an_id<ReportId>(1), an_id<VersionId>(1), now).ok());
  EXPECT_EQ(count(20), first);
  EXPECT_EQ(count(21), second + 1);
  arrive(20, kKindReport, encode(report(2, 0, today.plus(1))));
  settle();
  ASSERT_TRUE(other->school->confirm(an_id<ReportId>(2), an_id<VersionId>(2), now).ok());
  EXPECT_EQ(count(20), first + 1);
  EXPECT_EQ(count(21), second + 1);
  apply(22, 0);  // a third phone: only the one that is not apart hears of it
  settle();
  EXPECT_EQ(count(20), first + 1);
  EXPECT_EQ(count(21), second + 2);
}

TEST_F(RegisterTest, TellsGuardiansWhoLiveApartThatADayIsClosedWhateverTheOthersDid) {
  apply(20, 0);
  apply(21, 0);
  apply(22, 1);
  apply(23, 2);
  settle();
  ASSERT_TRUE(desk->school->arrange(pupil(0), a_key(20), true, {}, now).ok());
  ASSERT_TRUE(desk->school->arrange(pupil(2), a_key(23), true, {}, now).ok());
  settle();
  const auto closed_to = [&](int phone) {
    std::size_t out = 0;
    for (const std::string& kind : kinds_to(phone)) out += kind == kKindClosed ? 1 : 0;
    return out;
  };
  // Nobody reported: where one lives apart all hear of it all the same, so that hearing of it says nothing.
  const auto all_but_22_heard = [&](std::size_t times) {
    for (const int phone : {20, 21, 23}) EXPECT_EQ(closed_to(phone), times) << phone;
    EXPECT_EQ(closed_to(22), 0u);
  };
  ASSERT_TRUE(desk->school->close_day(an_id<ClosingId>(1), today, now).ok());
  all_but_22_heard(1);
  ASSERT_TRUE(desk->school->reopen_day(today, now.plus_seconds(1)).ok());
  all_but_22_heard(2);
  settle();
  // The other guardian reported: everybody hears what they always hear, once.
  arrive(21, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_TRUE(desk->school->close_day(an_id<ClosingId>(2), today, now.plus_seconds(2)).ok());
  all_but_22_heard(3);
  settle();
  // Who lives apart and reports late hears of it with the confirmation; the other guardian does not.
  arrive(20, kKindReport, encode(report(2, 0, today)));
  settle();
  ASSERT_TRUE(other->school->confirm(an_id<ReportId>(2), an_id<VersionId>(2), now).ok());
  EXPECT_EQ(closed_to(20), 4u);
  EXPECT_EQ(closed_to(21), 3u);
}

TEST_F(RegisterTest, LetsADelegateReportUntilTheLastDay) {
  IssuedSlip paper = slip(0);
  paper.code = code(5);
  paper.relation = Relation::Delegate;
  paper.until = today.plus(1);
  ASSERT_TRUE(desk->note(kKindSlips, encode(std::vector{paper}), now).ok());
  settle();
  mail::Application asked;
  asked.code = code(5);
  asked.slip = mail::slip_id(asked.code);
  asked.guardian = "佐倉 きよ";
  asked.birth = birth(0);
  asked.digits = "0100";
  asked.person = an_id<mail::MailboxId>(23);
  asked.epoch = 1;
  asked.epoch_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
  arrive(23, "slip.application", mail::encode_application(asked));
  settle();
  ASSERT_TRUE(guardian(0, 23));
  EXPECT_EQ(guardian(0, 23)->relation, Relation::Delegate);
  EXPECT_EQ(guardian(0, 23)->until, today.plus(1));
  const auto last_word = [&] {
    std::optional<Enrolled> out;
    for (const DeskOfSchool* one : {desk.get(), other.get()})
      for (const Told& told : one->told)
        if (told.kind == kKindEnrolled && told.person == an_id<mail::MailboxId>(23)) out = *decode_enrolled(told.content);
    return *out;
  };
  EXPECT_EQ(last_word().until, today.plus(1)) << "the phone knows its last day";
  arrive(23, kKindReport, encode(report(1, 0, today.plus(5))));
  settle();
  now = now.plus_seconds(2 * 86400);
  arrive(23, kKindReport, encode(report(2, 0, today.plus(6))));
  settle();
  EXPECT_FALSE(guardian(0, 23));
  ASSERT_EQ(desk->school->delegates_before(pupil(0), today.plus(2)).size(), 1u);
  EXPECT_EQ(desk->school->delegates_before(pupil(0), today.plus(2))[0].until, today.plus(1));
  EXPECT_EQ(desk->school->day(today.plus(5)).size(), 1u);
  EXPECT_EQ(desk->school->day(today.plus(6)).size(), 0u);
  EXPECT_EQ(desk->school->apart(today.plus(6)).size(), 1u);
  // A longer time is given by a person.
  ASSERT_TRUE(other->school->arrange(pupil(0), a_key(23), false, today.plus(30), now).ok());
  settle();
  EXPECT_TRUE(guardian(0, 23));
  EXPECT_EQ(last_word().until, today.plus(30));
  EXPECT_TRUE(desk->school->delegates_before(pupil(0), today.plus(2)).empty());
}

TEST_F(RegisterTest, SendsAPupilToAnotherSchoolWithItsRecordAndGuardians) {
  apply(20, 0);
  settle();
  const mail::Recipient to{an_id<mail::MailboxId>(77), 1, {}};
  ASSERT_TRUE(desk->school->transfer(pupil(0), to, "東小学校", now).ok());
  settle();
  EXPECT_FALSE(other->school->roll().pupil(pupil(0)));
  const auto sent = std::find_if(desk->told.begin(), desk->told.end(),
                                 [](const Told& one) { return one.kind == kKindTransfer; });
  ASSERT_NE(sent, desk->told.end());
  EXPECT_EQ(sent->person, to.mailbox);

  // The other school: a desk, and its class.
  std::vector<mail::Received> west_log;
  std::vector<crypto::SignPublic> west_desks;
  DeskOfSchool west(3, west_log, west_desks);
  west_desks = {west.key};
  Roll one = roll();
  one.id = an_id<ClassId>(60);
  one.pupils = {{an_id<PupilId>(61), 4, "西 はな", "", birth(0), {}}};
  ASSERT_TRUE(west.note(kKindRoll, encode(one), now).ok());
  west.post();
  west.read(now);
  mail::Received mail;
  mail.id = an_id<base::MessageId>(5);
  mail.kind = kKindTransfer;
  mail.content = sent->content;
  mail.written = mail.at = now;
  EXPECT_EQ(west.school->on_message(mail).code(), base::Code::NotAllowed);  // anybody may write to a school
  EXPECT_TRUE(west.school->roll().arrivals().empty());
  mail.office = mail::OfficeSender{an_id<mail::MailboxId>(99), a_key(1), 0, {}};
  ASSERT_TRUE(west.school->on_message(mail).ok());
  ASSERT_TRUE(west.school->on_message(mail).ok());
  ASSERT_EQ(west.school->roll().arrivals().size(), 1u);
  EXPECT_EQ(west.school->roll().arrivals()[0].guardians[0].name, "佐倉 あや");
  ASSERT_TRUE(west.school->receive(pupil(0), an_id<ClassId>(60), entropy, now).ok());
  west.post();
  west.read(now);
  EXPECT_TRUE(west.school->roll().arrivals().empty());
  ASSERT_TRUE(west.school->roll().pupil(pupil(0)));
  EXPECT_EQ(west.school->roll().pupil(pupil(0))->record.number, 5);
  EXPECT_EQ(west.school->roll().pupil(pupil(0))->record.telephones, roll().pupils[0].telephones);
  EXPECT_TRUE(west.school->roll().pupil(an_id<PupilId>(61)));

  // The guardian's phone is called, and gets in with what it was sent; nobody else does.
  ASSERT_EQ(west.count(kKindWelcome), 1u);
  const Told call = west.told.front();
  EXPECT_EQ(call.person, an_id<mail::MailboxId>(20));
  const auto welcome = decode_welcome(call.content);
  ASSERT_TRUE(welcome.ok());
  EXPECT_EQ(welcome->pupil, pupil(0));
  EXPECT_EQ(welcome->guardian, "佐倉 あや");
  EXPECT_TRUE(west.school->roll().slips(pupil(0)).empty()) << "no slip to print";
  for (const int phone : {66, 20}) {
    mail::Application asked;
    asked.code = welcome->code;
    asked.slip = mail::slip_id(asked.code);
    asked.guardian = welcome->guardian;
    asked.birth = welcome->birth;
    asked.person = an_id<mail::MailboxId>(phone);
    asked.epoch = 1;
    asked.epoch_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{3})).open;
    mail::Received application;
    application.number = west_log.size() + 1;
    application.id = DeskOfSchool::number_id(application.number);
    application.from = a_key(phone);
    application.kind = "slip.application";
    application.content = mail::encode_application(asked);
    application.written = application.at = now;
    west_log.push_back(application);
  }
  for (int i = 0; i < 3; ++i) {
    west.read(now);
    west.post();
  }
  ASSERT_EQ(west.answers().size(), 2u);
  for (const Told& told : west.told) {
    if (told.kind != kKindEnrolled) continue;
    EXPECT_EQ(decode_enrolled(told.content)->standing,
              told.person == call.person ? Standing::Confirmed : Standing::Refused);
  }
  ASSERT_EQ(west.school->roll().guardians(pupil(0)).size(), 1u);
}

TEST_F(RegisterTest, EndsTheSameWhenALinkIsReadBeforeWhatItReplaces) {
  apply(20, 0);
  settle();
  GuardianLink removed, kept;
  for (GuardianLink link : desk->school->roll().links(a_key(20), pupil(0))) removed = kept = link;
  removed.parting = Parting::Silent;
  removed.revision = 5;
  kept.apart = true;
  kept.revision = 6;
  for (bool swapped : {false, true}) {
    auto& book = swapped ? *desk : *other;
    mail::Received first, second;
    first.from = second.from = desk->key;
    first.kind = second.kind = kKindLink;
    first.content = encode(swapped ? kept : removed);
    second.content = encode(swapped ? removed : kept);
    first.id = an_id<base::MessageId>(swapped ? 2 : 1);
    second.id = an_id<base::MessageId>(swapped ? 1 : 2);
    ASSERT_TRUE(book.school->on_message(first).ok());
    ASSERT_TRUE(book.school->on_message(second).ok());
    EXPECT_TRUE(book.school->roll().guardians(pupil(0)).empty());
  }
}

}  // namespace
}  // namespace machi::absence
