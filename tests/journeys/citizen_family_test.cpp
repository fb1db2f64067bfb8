// Journeys of a family: brothers and sisters in one go, the other guardian, the day that the school has closed, notes both
// ways, and what bad input gets.
#include "core/absence/message_day.h"
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

const Instant kMorning = base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{7 * 60 + 38});

void report_cold(Device& phone) {
  phone.press("report");
  phone.choose("reason", "cold");
  phone.press("send");
}

TEST(CitizenFamily, ReportsTwoChildrenInOneGo) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  enrol_sibling(town, phone);
  phone.press("report");
  phone.choose_all("child", {town.pupil("佐倉 みお").pupil.hex(), town.pupil("佐倉 そら").pupil.hex()});
  phone.choose("reason", "stomach");
  phone.press("2人の連絡を送る");
  phone.again();
  ASSERT_EQ(phone.at(), "home") << phone.text();
  EXPECT_TRUE(phone.sees("みおさん 欠席")) << phone.text();
  EXPECT_TRUE(phone.sees("そらさん 欠席"));
  EXPECT_EQ(phone.find("reports")->children.size(), 2u);
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお") && school.tablet->sees("佐倉 そら"); }))
      << school.tablet->text();
  // Each is its own report: taking one back leaves the other.
  phone.press("そらさん 欠席");
  phone.press("cancel");
  phone.press("confirm");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("取り消しが町に届きました"); })) << phone.text();
  phone.press("home");
  EXPECT_TRUE(phone.sees("みおさん 欠席"));
  EXPECT_FALSE(phone.sees("そらさん 欠席"));
}

TEST(CitizenFamily, ReportsChildrenOfTwoSchoolsInOneGo) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  town.found_second_school();
  Device& second = town.desk("tablet of the second school");
  phone.stop();
  phone.start();  // reads the directory again
  enrol_sibling(town, phone, "佐倉 りく");
  phone.press("report");
  EXPECT_TRUE(phone.sees("北中学校")) << phone.text();
  phone.choose_all("child", {town.pupil("佐倉 みお").pupil.hex(), town.pupil("佐倉 りく").pupil.hex()});
  phone.choose("reason", "family");
  phone.press("send");
  ASSERT_EQ(phone.at(), "home") << phone.text();
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお") && second.sees("佐倉 りく"); })) << second.text();
  EXPECT_FALSE(second.sees("みお"));
  EXPECT_FALSE(school.tablet->sees("りく"));
  phone.press("りくさん 欠席");
  EXPECT_TRUE(phone.sees("佐倉 りく（7年3組）") || phone.sees("佐倉 りく")) << phone.text();
}

TEST(CitizenFamily, TellsTheOtherGuardianWithoutSayingWho) {
  School school(kMorning, true);
  Town& town = school.town;
  Device& tablet2 = town.desk("tablet 2");
  Device& mother = enrolled_phone(town, "mother");
  Device& father = enrolled_phone(town, "father");
  Device& stranger = enrolled_phone(town, "stranger", "阿部 れん");
  town.run_for(3000);
  mother.press("report");
  mother.choose("reason", "cold");
  mother.enter("temperature", "38.4");
  mother.press("send");
  ASSERT_TRUE(town.run_until([&] { return father.sees("みおさん 欠席"); })) << father.text();
  EXPECT_TRUE(father.sees("別の端末か電話で")) << father.text();
  town.run_for(5000);
  EXPECT_EQ(father.find("reports")->children.size(), 1u);
  EXPECT_FALSE(stranger.sees("欠席、") || stranger.sees("みお"));
  father.press("みおさん 欠席");
  EXPECT_TRUE(father.sees("かぜ・発熱 38.4℃"));
  EXPECT_FALSE(father.sees("佐倉 花"));
  EXPECT_FALSE(father.pressable("change"));
  EXPECT_FALSE(father.pressable("cancel"));
  EXPECT_TRUE(tablet2.sees("佐倉 みお"));
  ASSERT_TRUE(confirm_on(tablet2)) << tablet2.text();
  ASSERT_TRUE(town.run_until([&] { return father.sees("みおさんの欠席を、学校が"); })) << father.text();
  // What the mother changes and takes back is told as well.
  ASSERT_TRUE(town.run_until([&] { return mother.sees("学校が確認しました"); })) << mother.text();
  EXPECT_TRUE(mother.pressable("change"));
  mother.press("cancel");
  mother.press("confirm");
  ASSERT_TRUE(town.run_until([&] { return father.sees("この端末以外の連絡が取り消されました"); })) << father.text();
  father.press("home");
  EXPECT_FALSE(father.sees("みおさん 欠席"));
}

TEST(CitizenFamily, IsToldOnceHoweverManyTabletsTheSchoolHas) {
  School school(kMorning, true);
  Town& town = school.town;
  town.desk("tablet 2");
  Device& mother = enrolled_phone(town, "mother");
  Device& father = enrolled_phone(town, "father");
  town.run_for(3000);
  report_cold(mother);
  ASSERT_TRUE(town.run_until([&] { return father.sees("みおさん 欠席"); })) << father.text();
  town.run_for(10'000);
  // A tablet that joins later reads the same log and stays silent.
  Device& late = town.desk("tablet 4");
  ASSERT_TRUE(town.run_until([&] { return late.sees("佐倉 みお"); })) << late.text();
  town.run_for(10'000);
  EXPECT_EQ(father.find("reports")->children.size(), 1u);
  EXPECT_EQ(mother.find("explain") ? 1 : 0, 1);
  mother.press("home");
  EXPECT_EQ(mother.find("reports")->children.size(), 1u);
  EXPECT_FALSE(mother.sees("別の端末"));
}

TEST(CitizenFamily, WritesANoteAfterTheSchoolHasClosedTheDay) {
  School school(kMorning, true);
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  report_cold(phone);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); }));
  EXPECT_TRUE(phone.pressable("change"));
  town.school_writes(absence::kKindClosed, absence::encode(absence::DayClosed{*Date::of(2026, 11, 24), town.now(), "教頭"}));
  ASSERT_TRUE(town.run_until([&] { return phone.pressable("change") == nullptr; })) << phone.text();
  EXPECT_FALSE(phone.pressable("cancel"));
  // The form for the same day says so too, and leads to the note.
  phone.press("home");
  phone.press("report");
  EXPECT_TRUE(phone.sees("学校は11月24日（火）の記録を閉じました。")) << phone.text();
  phone.choose("reason", "cold");
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  phone.press("write-note");
  ASSERT_TRUE(phone.at("absence.notes")) << phone.text();
  phone.back();
  phone.press("みおさん 欠席");
  phone.press("学校にお知らせを書く");
  ASSERT_TRUE(phone.at("absence.notes")) << phone.text();
  EXPECT_TRUE(phone.sees("11月24日（火）の連絡について書きます。"));
  phone.press("send");
  EXPECT_TRUE(phone.sees("伝えることを書いてください。"));
  phone.enter("text", "欠席ではなく、遅刻でした。𠮷田医院に寄りました 🏥");
  phone.press("send");
  phone.again();
  EXPECT_TRUE(phone.sees("遅刻でした。𠮷田医院に寄りました 🏥")) << phone.text();
  EXPECT_EQ(phone.find("text")->value, "");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); })) << phone.text();
  // Opened again after all: a later word, whatever comes first.
  town.run_for(1000);
  town.school_writes(absence::kKindClosed, absence::encode(absence::DayClosed{*Date::of(2026, 11, 24), town.now(), "教頭", true}));
  phone.back();
  ASSERT_TRUE(town.run_until([&] { return phone.pressable("change") != nullptr; })) << phone.text();
}

TEST(CitizenFamily, ReadsWhatTheSchoolWritesAndAnswers) {
  School school(kMorning, true);
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  absence::PupilNote note;
  note.note.bytes.fill(7);
  note.pupil = town.pupil("佐倉 みお").pupil;
  note.text = "給食の牛乳を止めますか。";
  note.language = "ja";
  note.by = "担任 田村";
  town.school_writes(absence::kKindNote, absence::encode(note));
  ASSERT_TRUE(town.run_until([&] { return phone.sees("みおさんのことで、学校からお知らせ"); })) << phone.text();
  EXPECT_FALSE(phone.sees("牛乳")) << "the words stand on the note's own screen only";
  phone.press("みおさんのことで、学校からお知らせ");
  EXPECT_TRUE(phone.sees("給食の牛乳を止めますか。"));
  EXPECT_TRUE(phone.sees("東小学校（担任 田村）"));
  std::string lengthy;
  for (int i = 0; i < 10'000; ++i) lengthy += "あ";
  phone.enter("text", lengthy);
  EXPECT_TRUE(phone.sees("500文字までにしてください")) << phone.text().substr(0, 500);
  phone.press("send");
  phone.stop();
  phone.start();
  EXPECT_FALSE(phone.sees("学校からお知らせ")) << "it was opened";
  phone.press("佐倉 みお");
  EXPECT_EQ(phone.find("text")->value, lengthy) << "nothing that was typed is lost";
  phone.enter("text", "はい、お願いします。");
  phone.press("send");
  EXPECT_TRUE(phone.sees("はい、お願いします。"));
}

TEST(CitizenFamily, BelievesNoNoteAboutAnotherChild) {
  School school(kMorning, true);
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  absence::PupilNote note;
  note.note.bytes.fill(7);
  note.pupil = town.pupil("阿部 れん").pupil;
  note.text = "まちがい";
  town.school_writes(absence::kKindNote, absence::encode(note));
  absence::ToldReport told;
  told.report.report.bytes.fill(8);
  told.report.version.bytes.fill(9);
  told.report.pupil = note.pupil;
  told.report.date = *Date::of(2026, 11, 24);
  told.report.reason = absence::Reason::Cold;
  town.school_writes(absence::kKindTold, absence::encode(told));
  town.run_for(5000);
  EXPECT_FALSE(phone.sees("学校からお知らせ")) << phone.text();
  EXPECT_FALSE(phone.sees("欠席、") || phone.sees("別の端末")) << phone.text();
  EXPECT_EQ(phone.find("reports"), nullptr);
}

TEST(CitizenFamily, SendsNothingAboutAPupilOfAnotherFamily) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  enrol_sibling(town, phone);
  phone.press("report");
  phone.choose("reason", "cold");
  // A value that the screen never offered means nothing.
  phone.choose_all("child", {town.pupil("阿部 れん").pupil.hex()});
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  EXPECT_TRUE(phone.sees("だれの連絡か選んでください。")) << phone.text();
  phone.choose_all("child", {town.pupil("佐倉 みお").pupil.hex()});
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.sent")) << phone.text();
  town.run_for(5000);
  EXPECT_FALSE(school.tablet->sees("阿部 れん")) << school.tablet->text();
}

TEST(CitizenFamily, KeepsTenThousandCharactersAndSaysHowManyAreTooMany) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  std::string lengthy;
  for (int i = 0; i < 10'000; ++i) lengthy += i % 2 ? "𠮷" : "🤧";
  phone.enter("note", lengthy);
  EXPECT_TRUE(phone.sees("文が長すぎます。500文字までにしてください。")) << phone.text().substr(0, 400);
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  phone.stop();
  phone.start();
  phone.press("report");
  EXPECT_EQ(phone.find("note")->value, lengthy);
  std::string fits;
  for (int i = 0; i < 500; ++i) fits += "𠮷";
  phone.enter("note", fits);
  phone.enter("temperature", lengthy);
  EXPECT_TRUE(phone.sees("熱は34.0から43.0までの数字で書いてください。"));
  phone.enter("temperature", "");
  phone.enter("date", lengthy);
  EXPECT_TRUE(phone.sees("日を選んでください。"));
  phone.enter("date", "2026-11-20");
  EXPECT_TRUE(phone.sees("今日から1月23日（土）までの日を選んでください。")) << phone.text().substr(0, 800);
  phone.enter("date", "2026-11-28");
  EXPECT_TRUE(phone.sees("11月28日（土）は学校が休みです。学校のある日を選んでください。"));
  phone.press("11月30日（月）にする");
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.sent")) << phone.text().substr(0, 400);
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("町に届きました"); }));
}

TEST(CitizenFamily, HearsThatAnotherGuardianWasEnrolledWithTheSameSlip) {
  School school;
  Town& town = school.town;
  const PrintedSlip slip = town.slip("佐倉 みお");
  Device& mother = town.phone("mother");
  Device& father = town.phone("father");
  for (Device* phone : {&mother, &father}) {
    phone->start(slip.link);
    ASSERT_TRUE(town.run_until([&] { return phone->at("slip.apply"); })) << phone->text();
    apply_for(*phone);
    ASSERT_TRUE(town.run_until([&] { return phone->sees("登録できました"); })) << phone->text();
    phone->press("home");
  }
  EXPECT_TRUE(town.run_until([&] {
    const auto& main = mother.screen().main;
    return std::any_of(main.begin(), main.end(), [](const screen::Node& node) { return node.id.starts_with("news:"); });
  })) << mother.text();
}

}  // namespace
}  // namespace machi::journeys
