// What a school gives out at the end of its day: the register, the signed record, and sums to the board of
// education.
#include "core/code/zip.h"
#include "core/mail/record.h"
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

// An afternoon with one report; the board was there before the school's tablet.
struct ClosedSchool {
  Town town{1, base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{15 * 60 + 30})};
  Device* board = nullptr;
  Device* tablet = nullptr;
  ClosedSchool() {
    town.found_school();
    board = &town.board_desk("board");
    tablet = &town.desk("tablet");
    Device& phone = enrolled_phone(town, "phone");
    phone.press("report");
    phone.choose("reason", "cold");
    phone.press("send");
    EXPECT_TRUE(town.run_until([&] { return tablet->sees("佐倉 みお"); })) << tablet->text();
  }
  void close() {
    tablet->press("grade.all");
    tablet->press("day.close");
    tablet->press("day.close.now");
    town.run_for(10'000);
  }
};

std::string text_of(const SavedFile& file) { return std::string(base::text_view(file.bytes)); }

TEST(DeskRecord, ShowsTheMonthOfAClassAndGivesItOutAsCsvAndPdf) {
  ClosedSchool school;
  Device& desk = *school.tablet;
  school.close();
  desk.press("page.register");
  desk.choose("class", "3年1組");
  EXPECT_TRUE(desk.sees("3年1組 2026年11月の出席簿")) << desk.text();
  const screen::Node* sheet = desk.find("sheet");
  ASSERT_NE(sheet, nullptr);
  EXPECT_EQ(sheet->kind, screen::Kind::Sheet);
  EXPECT_EQ(sheet->columns.size(), 2U + 30U + 8U);
  const std::string mio = school.town.pupil("佐倉 みお").pupil.hex();
  EXPECT_EQ(desk.find("day-2026-11-24." + mio)->name, "病");
  EXPECT_EQ(desk.find("day-2026-11-20." + mio)->name, "―");  // before the school had this app
  EXPECT_TRUE(desk.sees("11月20日（金）までは、まだこのアプリで出欠をつけていません。")) << desk.text();
  const std::string ren = school.town.pupil("阿部 れん").pupil.hex();
  EXPECT_EQ(desk.find("day-2026-11-24." + ren)->name, "未");  // nobody called the roll
  EXPECT_TRUE(desk.sees("点呼をしていない日が")) << desk.text();
  EXPECT_EQ(desk.find("sum-3." + mio)->name, "1");  // 欠席
  desk.press("save.csv");
  ASSERT_EQ(desk.saved.size(), 1U);
  EXPECT_EQ(desk.saved[0].name, "attendance-2026-11-3-1組.csv");
  const std::string csv = text_of(desk.saved[0]);
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF番号,児童,1,2,3")) << csv;
  EXPECT_NE(csv.find("佐倉 みお"), std::string::npos);
  EXPECT_EQ(csv.find("佐倉 そら"), std::string::npos);  // another class
  desk.press("print");
  EXPECT_EQ(desk.prints, 1);
  desk.press("save.pdf");
  EXPECT_TRUE(desk.find("save.pdf")->busy);
  school.town.run_for(1000);
  ASSERT_EQ(desk.saved.size(), 2U);
  EXPECT_EQ(desk.saved[1].media_type, "application/pdf");
  EXPECT_TRUE(desk.sees("PDFを保存しました。")) << desk.text();
  EXPECT_NE(desk.papers.at(0).find("\"landscape\":true"), std::string::npos);
  desk.press("month.previous");
  EXPECT_TRUE(desk.sees("2026年10月")) << desk.text();
}

TEST(DeskRecord, IsSignedAndShowsEveryChangeOfAFile) {
  ClosedSchool school;
  Device& desk = *school.tablet;
  desk.press("page.record");
  EXPECT_EQ(desk.find("record.save"), nullptr) << "before the day is closed there is no record";
  school.close();
  desk.press("page.record");
  EXPECT_TRUE(desk.sees("かぜ・発熱")) << desk.text();
  desk.press("record.save");
  school.town.run_for(1000);
  ASSERT_EQ(desk.saved.size(), 1U) << desk.text();
  EXPECT_EQ(desk.saved[0].name, "record-2026-11-24.zip");
  EXPECT_EQ(desk.saved[0].media_type, "application/zip");
  const auto files = code::unzip(desk.saved[0].bytes);
  ASSERT_TRUE(files.ok());
  ASSERT_EQ(files->size(), 3U);
  EXPECT_EQ((*files)[0].name, "record-2026-11-24.csv");
  EXPECT_EQ((*files)[1].name, "record-2026-11-24.pdf");
  EXPECT_EQ((*files)[2].name, "record-2026-11-24.cose");
  const std::string csv(base::text_view((*files)[0].bytes));
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF")) << csv;
  EXPECT_NE(csv.find("佐倉 みお"), std::string::npos);
  EXPECT_NE(csv.find("点呼なし"), std::string::npos) << "nobody called the roll: it says so";
  const auto record = mail::read_office_record((*files)[2].bytes);
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(record->office, school.town.school());
  EXPECT_EQ(record->day.iso(), "2026-11-24");
  ASSERT_EQ(record->files.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto now = mail::record_file((*files)[i].name, "", (*files)[i].bytes);
    EXPECT_EQ(record->files[i].hash, now.hash);
    EXPECT_EQ(record->files[i].name, now.name);
    EXPECT_EQ(record->files[i].size, now.size);
  }
  const auto founder = school.town.hall().posting_key(school.town.school());
  const auto keys = mail::check_chain(record->chain, record->office, founder);
  ASSERT_TRUE(keys.ok());
  EXPECT_TRUE(keys->desks.contains(record->desk));
  EXPECT_FALSE(mail::check_chain(record->chain, record->office, crypto::SignPublic{}).ok());
  for (std::size_t at = 0; at < (*files)[2].bytes.size(); at += 7) {
    Bytes changed = (*files)[2].bytes;
    changed[at] ^= 1;
    EXPECT_FALSE(mail::read_office_record(changed).ok()) << at;
  }
}

TEST(DeskRecord, IsNotHalfSavedWhenThePdfCannotBeDrawn) {
  ClosedSchool school;
  Device& desk = *school.tablet;
  school.close();
  desk.press("page.record");
  desk.draws_pdf = false;
  desk.press("record.save");
  school.town.run_for(1000);
  EXPECT_TRUE(desk.saved.empty());
  EXPECT_TRUE(desk.sees("PDFをつくれませんでした。")) << desk.text();
  desk.draws_pdf = true;
  desk.press("record.save");
  school.town.run_for(1000);
  EXPECT_EQ(desk.saved.size(), 1U);
}

TEST(Board, SeesTheSumsOfASchoolThatClosedItsDayAndNoName) {
  ClosedSchool school;
  Device& board = *school.board;
  EXPECT_TRUE(board.at("desk.board")) << board.text();
  EXPECT_TRUE(board.sees("日和町教育委員会"));
  EXPECT_TRUE(board.sees("まだ締めていない学校")) << board.text();
  EXPECT_EQ(board.find("grades"), nullptr);
  school.close();
  ASSERT_TRUE(school.town.run_until([&] { return board.find("schools") != nullptr; })) << board.text();
  const std::string id = school.town.school().hex();
  EXPECT_EQ(board.find("class." + id)->name, "東小学校");
  EXPECT_EQ(board.find("c0." + id)->name, "3");
  EXPECT_EQ(board.find("c1." + id)->name, "1");
  EXPECT_EQ(board.text().find("佐倉"), std::string::npos);
  board.press("save.csv");
  ASSERT_EQ(board.saved.size(), 1U);
  EXPECT_NE(text_of(board.saved[0]).find("東小学校,3,1,1,0,0,0,0,0,33%"), std::string::npos)
      << text_of(board.saved[0]);
  board.press("save.pdf");
  school.town.run_for(1000);
  EXPECT_EQ(board.saved.size(), 2U);
  board.press("record.previous");
  EXPECT_TRUE(board.sees("この日を締めた学校はまだありません。")) << board.text();
}

TEST(Board, SeesNewSumsAfterTheDayWasOpenedAndClosedAgain) {
  ClosedSchool school;
  Device& board = *school.board;
  school.close();
  ASSERT_TRUE(school.town.run_until([&] { return board.find("schools") != nullptr; })) << board.text();
  Device& desk = *school.tablet;
  desk.press("day.reopen");
  school.town.run_for(5000);
  school.close();
  school.town.run_for(10'000);
  const std::string id = school.town.school().hex();
  ASSERT_NE(board.find("c1." + id), nullptr) << board.text();
  EXPECT_EQ(board.find("c1." + id)->name, "1");
}

TEST(ClosingADay, LeavesASnapshotWithWhichANewDeskBegins) {
  ClosedSchool school;
  Town& town = school.town;
  school.close();
  EXPECT_NE(std::find(town.log.begin(), town.log.end(), "tablet desk.snapshot kept"), town.log.end());
  Device& desk = *school.tablet;
  desk.press("page.devices");
  desk.press("invite");
  const std::string link = desk.find("invite.symbol")->value;
  town.run_for(5000);
  Device& fresh = town.device("second", "desk");
  fresh.start(link.substr(link.find('#') + 1));
  ASSERT_TRUE(town.run_until([&] { return fresh.sees("佐倉 みお"); })) << fresh.text();
  EXPECT_NE(std::find(town.log.begin(), town.log.end(), "second desk.snapshot taken"), town.log.end());
  fresh.press("page.record");
  EXPECT_NE(fresh.find("record.save"), nullptr) << fresh.text();
}

}  // namespace
}  // namespace machi::journeys
