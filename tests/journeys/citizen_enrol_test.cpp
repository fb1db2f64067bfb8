// Enrolment: from a paper slip to "registered", and everything that a slip can be instead.
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

TEST(CitizenEnrolment, BeginsWithWhatThisIsAndThreeLanguages) {
  Town town;
  Device& phone = town.phone("phone");
  phone.start();
  EXPECT_EQ(phone.at(), "first");
  EXPECT_TRUE(phone.sees("登録用紙を読み取る"));
  EXPECT_TRUE(phone.sees("やさしい日本語"));
  EXPECT_TRUE(phone.sees("English"));
  phone.choose("languages", "English");
  town.run_for(100);
  EXPECT_TRUE(phone.sees("Read the slip"));
  phone.choose("languages", "やさしい日本語");
  town.run_for(100);
  EXPECT_EQ(phone.screen().language, "ja-x-easy");
  phone.choose("languages", "日本語");
  EXPECT_TRUE(phone.sees("登録用紙を読み取る"));
}

TEST(CitizenEnrolment, IsConfirmedByItselfWhenBirthDateAndTelephoneAgree) {
  School school;
  Device& phone = school.town.phone("phone");
  phone.start(school.town.slip("佐倉 みお").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  EXPECT_TRUE(phone.sees("東小学校"));
  apply_for(phone);
  EXPECT_TRUE(phone.at("slip.waiting"));
  EXPECT_TRUE(phone.sees("まだ送っていません") || phone.sees("今、送っています")) << phone.text();
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
  EXPECT_TRUE(phone.sees("佐倉 みお（3年1組）"));
  EXPECT_GE(phone.persists, 1);
  phone.press("ホームにもどる");
  EXPECT_EQ(phone.at(), "home");
  EXPECT_TRUE(phone.sees("東小学校 3年1組"));
}

TEST(CitizenEnrolment, SaysRegisteredOnlyWhenTheStorageStays) {
  School school;
  Device& phone = school.town.phone("phone");
  phone.storage = "best-effort";
  phone.start(school.town.slip("佐倉 みお").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); }));
  apply_for(phone);
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("学校が確認しました"); })) << phone.text();
  EXPECT_FALSE(phone.sees("登録できました"));
  EXPECT_TRUE(phone.sees("ホーム画面に追加して"));
  phone.press("home");
  EXPECT_TRUE(phone.sees("登録が消えることがあります"));
}

TEST(CitizenEnrolment, WorksByTypedCodeAndByScannedText) {
  School school;
  const PrintedSlip slip = school.town.slip("阿部 れん");
  Device& typed = school.town.phone("typed");
  typed.start();
  typed.press("scan");
  ASSERT_TRUE(typed.at("slip.scan"));
  std::string code = slip.number;
  for (char& sign : code) sign = static_cast<char>(std::tolower(sign));
  typed.scan(" " + code + " ");
  ASSERT_TRUE(school.town.run_until([&] { return typed.at("slip.apply"); })) << typed.text();
  EXPECT_TRUE(typed.sees("東小学校"));
  Device& scanned = school.town.phone("scanned");
  scanned.start();
  scanned.press("scan");
  scanned.scan(slip.link);
  ASSERT_TRUE(school.town.run_until([&] { return scanned.at("slip.apply"); })) << scanned.text();
  scanned.back();
  EXPECT_EQ(scanned.at(), "first");
}

TEST(CitizenEnrolment, ShowsWhatIsMissingAtEachField) {
  School school;
  Device& phone = school.town.phone("phone");
  phone.start(school.town.slip("佐倉 みお").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); }));
  EXPECT_TRUE(phone.find("guardian")->error.empty());
  phone.press("apply");
  ASSERT_TRUE(phone.at("slip.apply"));
  for (const char* field : {"guardian", "birth", "digits"}) EXPECT_FALSE(phone.find(field)->error.empty()) << field;
  phone.enter("guardian", "佐倉 花");
  phone.enter("birth", "2017-09-12");
  phone.enter("digits", "３４５６");
  for (const char* field : {"guardian", "birth", "digits"}) EXPECT_TRUE(phone.find(field)->error.empty()) << field;
  phone.press("apply");
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("登録できました"); }));
}

TEST(CitizenEnrolment, WaitsForAPersonWhenSomethingDoesNotAgree) {
  School school;
  Device& phone = school.town.phone("phone");
  phone.start(school.town.slip("佐倉 みお").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); }));
  apply_for(phone, "2017-09-12", "9999");
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("学校が確かめています"); })) << phone.text();
  EXPECT_TRUE(phone.sees("学校に電話で連絡してください"));
  const screen::Node* call = phone.find("call");
  ASSERT_TRUE(call);
  EXPECT_EQ(call->href, "tel:0000123456");
  phone.press("home");
  EXPECT_EQ(phone.at(), "home");
  EXPECT_TRUE(phone.sees("学校の確認待ち"));
  EXPECT_FALSE(phone.pressable("report"));
}

TEST(CitizenEnrolment, KeepsWhatWasReadAndTypedOverARestart) {
  School school;
  Device& phone = school.town.phone("phone");
  phone.start(school.town.slip("佐倉 みお").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); }));
  phone.enter("guardian", "佐倉 花");
  phone.stop();
  phone.start();
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  EXPECT_EQ(phone.find("guardian")->value, "佐倉 花");
  phone.back();
  phone.stop();
  phone.start();
  EXPECT_EQ(phone.at(), "first");
}

TEST(CitizenEnrolment, ChecksTheSlipWhenTheNetworkIsBack) {
  School school;
  Device& phone = school.town.phone("phone");
  const std::string link = school.town.slip("佐倉 みお").link;
  phone.start();
  phone.online(false);
  phone.press("scan");
  phone.scan(link);
  EXPECT_TRUE(phone.at("slip.check"));
  EXPECT_TRUE(phone.sees("電波がないので")) << phone.text();
  school.town.run_for(20'000);
  EXPECT_TRUE(phone.at("slip.check"));
  phone.online(true);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
}

TEST(CitizenEnrolment, TellsTheApplicationsTrueStateWhileOffline) {
  School school;
  Device& phone = school.town.phone("phone");
  phone.start(school.town.slip("佐倉 みお").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); }));
  phone.online(false);
  apply_for(phone);
  EXPECT_TRUE(phone.sees("この端末に保存しました"));
  EXPECT_TRUE(phone.sees("まだ送っていません"));
  school.town.run_for(60'000);
  EXPECT_FALSE(phone.sees("町に届きました"));
  phone.online(true);
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
}

TEST(CitizenEnrolment, OfASecondDeviceIsToldToTheFirst) {
  School school;
  Device& first = enrolled_phone(school.town, "first");
  Device& second = enrolled_phone(school.town, "second");
  EXPECT_EQ(second.at(), "home");
  ASSERT_TRUE(school.town.run_until([&] { return first.sees("ほかにも登録されました"); })) << first.text();
  first.press("確認したので消す");
  EXPECT_FALSE(first.sees("ほかにも登録されました"));
}

TEST(CitizenEnrolment, OfASecondChildStandsBesideTheFirst) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("別の登録用紙を読み取る");
  phone.scan(school.town.slip("佐倉 そら").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); }));
  apply_for(phone, "2019-11-30");
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("佐倉 そら（1年2組）"); })) << phone.text();
  phone.press("home");
  EXPECT_TRUE(phone.sees("3年1組"));
  EXPECT_TRUE(phone.sees("1年2組"));
}

struct BadSlip {
  const char* title;
  std::string text;
};

TEST(CitizenEnrolment, SaysWhatHappenedAndWhatIsNextForEverySlipThatCannotBeUsed) {
  School school;
  Town& town = school.town;
  mail::TownId other;
  other.bytes.fill(0x55);
  const mail::TownId ours = mail::peek_slip(town.slip("佐倉 みお").cose)->town;
  const Instant later = town.now().plus_seconds(86400);
  const std::vector<BadSlip> slips = {
      {"期限が切れています", town.foreign_slip(ours, Town::kOfficeKey, town.now().plus_seconds(-11 * 86400)).link},
      {"別の町の登録用紙です", town.foreign_slip(other, Town::kOfficeKey, later).link},
      {"本物の用紙か確認できません", town.foreign_slip(ours, 99, later).link},
      {"この登録用紙は見つかりません", "0123-4567-89AB-CDEF"},
      {"登録用紙のコードではありません", "https://example.com/"},
      {"登録用紙のコードではありません", "MK1:???"},
      {"登録用紙のコードではありません", std::string(20'000, 'A')},
  };
  Device& phone = enrolled_phone(town, "phone");
  for (const BadSlip& bad : slips) {
    phone.press("scan");
    phone.scan(bad.text);
    ASSERT_TRUE(town.run_until([&] { return phone.at("slip.problem"); })) << bad.title << "\n" << phone.text();
    EXPECT_TRUE(phone.sees(bad.title)) << phone.text();
    EXPECT_TRUE(phone.sees("起きたこと"));
    EXPECT_TRUE(phone.sees("次にすること"));
    EXPECT_TRUE(phone.sees("今までの登録と連絡は、消えていません"));
    phone.back();
    EXPECT_EQ(phone.at(), "home");
  }
  phone.press("scan");
  phone.scan(slips.front().text);
  town.run_for(1000);
  EXPECT_TRUE(phone.sees("用紙の期限は11月13日（金）まででした。")) << phone.text();
  ASSERT_TRUE(phone.find("call"));
  EXPECT_EQ(phone.find("call")->href, "tel:0000123456");
  phone.press("別の用紙を読み取る");
  EXPECT_TRUE(phone.at("slip.scan"));
}

TEST(CitizenEnrolment, RefusesAFifthPhoneOnOneSlip) {
  School school;
  Town& town = school.town;
  const PrintedSlip slip = town.slip("佐倉 みお");
  for (int i = 1; i <= 5; ++i) {
    Device& phone = town.phone("phone" + std::to_string(i));
    phone.start(slip.link);
    ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); }));
    apply_for(phone);
    ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました") || phone.at("slip.problem") || phone.sees("使い切っています"); }))
        << i << "\n" << phone.text();
    EXPECT_EQ(phone.sees("使い切っています"), i == 5) << phone.text();
    if (i < 5) continue;
    phone.press("この表示を消す");
    EXPECT_EQ(phone.at(), "first");
  }
}

TEST(CitizenEnrolment, ALinkFromOutsideLeavesAHalfFilledFormBelowIt) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  mail::TownId other;
  other.bytes.fill(0x55);
  phone.open_link("");
  EXPECT_EQ(phone.at(), "absence.form");
  phone.open_link(school.town.foreign_slip(other, Town::kOfficeKey, school.town.now()).link);
  EXPECT_TRUE(phone.at("slip.problem"));
  phone.back();
  EXPECT_EQ(phone.at(), "absence.form");
  EXPECT_TRUE(phone.sees("[x] かぜ・発熱"));
}

TEST(CitizenEnrolment, ReopensTheStateOfASlipThatWasUsedAlready) {
  School school;
  Device& phone = school.town.phone("phone");
  const std::string link = school.town.slip("佐倉 みお").link;
  phone.start(link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); }));
  apply_for(phone);
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("登録できました"); }));
  phone.press("home");
  phone.open_link(link);
  school.town.run_for(500);
  EXPECT_TRUE(phone.at("slip.waiting"));
  EXPECT_TRUE(phone.sees("登録できました"));
}

// A tablet of one school was stolen: with what it holds it makes no slip for another school.
TEST(CitizenEnrolment, RefusesASlipThatAnotherSchoolOfTheTownSigned) {
  School school;
  Town& town = school.town;
  town.found_second_school();
  mail::TownId ours;
  ours.bytes.fill(0x77);
  const Instant later = town.now().plus_seconds(86400);
  Device& phone = town.phone("phone");
  phone.start(town.foreign_slip(ours, Town::kOfficeKey, later).link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.problem"); })) << phone.text();
  EXPECT_TRUE(phone.sees("本物の用紙か確認できません")) << phone.text();
  phone.open_link(town.foreign_slip(ours, Town::kOfficeKey + 1, later).link);
  EXPECT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
}

}  // namespace
}  // namespace machi::journeys
