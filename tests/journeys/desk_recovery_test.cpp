// A school without a tablet: the paper key lets a fresh one in, or the board does; everybody is told, and
// wrong keys are refused in plain words.
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

// A school with a paper key, a tablet and a board, and a family that has reported.
struct KeyedSchool {
  Town town;
  mail::PaperKey paper;
  Device* board = nullptr;
  Device* tablet = nullptr;
  KeyedSchool() {
    town.found_school();
    paper = town.paper_key(77);
    board = &town.board_desk("board");
    tablet = &town.desk("tablet");
    EXPECT_TRUE(tablet->at("desk.today")) << tablet->text();
    Device& phone = enrolled_phone(town, "phone");
    report(phone, "cold");
    EXPECT_TRUE(town.run_until([&] { return tablet->sees("佐倉 みお"); })) << tablet->text();
  }
  Device& fresh(const std::string& name) {
    Device& device = town.device(name, "desk");
    device.start();
    town.run_for(2000);
    return device;
  }
};

TEST(PaperKey, LetsAFreshTabletInAndTellsTheOthersAndTheBoard) {
  KeyedSchool school;
  Town& town = school.town;
  Device& fresh = school.fresh("fresh");
  fresh.press("key");
  std::string misread = mail::print_paper(school.paper);
  misread[3] = misread[3] == '7' ? '4' : '7';
  fresh.scan(misread);
  EXPECT_TRUE(fresh.at("desk.key"));
  EXPECT_TRUE(fresh.sees("読み違えた文字があります。")) << fresh.text();
  fresh.scan(mail::print_paper(school.paper));
  ASSERT_TRUE(fresh.at("desk.key.school")) << fresh.text();
  fresh.press("東小学校");
  ASSERT_TRUE(town.run_until([&] { return fresh.at("desk.today") && fresh.sees("佐倉 みお"); }, 600'000))
      << fresh.text();
  const std::string line = "東小学校に学校の鍵で新しい端末が入りました。";
  EXPECT_TRUE(town.run_until([&] { return school.tablet->sees(line) && school.board->sees(line); }, 600'000))
      << school.tablet->text() << school.board->text();
  // Until a person has seen it; the line stays among the devices.
  school.tablet->press("came.ok");
  EXPECT_FALSE(school.tablet->sees(line)) << school.tablet->text();
  school.tablet->press("page.devices");
  EXPECT_TRUE(school.tablet->sees(line)) << school.tablet->text();
  fresh.press("page.devices");
  EXPECT_TRUE(fresh.sees(line)) << fresh.text();
  // It works as any other: what it confirms is read.
  fresh.press("grade.all");
  EXPECT_TRUE(confirm_on(fresh));
}

TEST(PaperKey, InASymbolNamesItsSchool) {
  KeyedSchool school;
  Device& fresh = school.fresh("fresh");
  fresh.scan("https://desk.example/#" + mail::paper_fragment(school.town.school(), school.paper));
  ASSERT_TRUE(school.town.run_until([&] { return fresh.at("desk.today"); }, 600'000)) << fresh.text();
  fresh.stop();
  fresh.start();
  EXPECT_TRUE(fresh.at("desk.today")) << fresh.text();
}

TEST(PaperKey, OfAnotherSchoolIsRefusedAndTheRightOneIsTakenAfterIt) {
  KeyedSchool school;
  Town& town = school.town;
  Device& fresh = school.fresh("fresh");
  fresh.press("key");
  crypto::Drbg random = crypto::Drbg::of_number(78);
  fresh.scan(mail::print_paper(mail::make_paper(random)));
  fresh.press("東小学校");
  ASSERT_TRUE(town.run_until([&] { return fresh.sees("この鍵では、この学校に入れません。"); }, 600'000))
      << fresh.text();
  fresh.scan(mail::print_paper(school.paper));
  fresh.press("東小学校");
  EXPECT_TRUE(town.run_until([&] { return fresh.at("desk.today"); }, 600'000)) << fresh.text();
}

TEST(BoardOfEducation, InvitesATabletOfASchoolThatHasNone) {
  KeyedSchool school;
  Town& town = school.town;
  Device& board = *school.board;
  board.press("page.rescue");
  ASSERT_TRUE(town.run_until([&] { return board.sees("招待できます"); }, 600'000)) << board.text();
  school.tablet->stop();
  const std::string button = "rescue." + town.school().hex();
  board.press(button);
  EXPECT_EQ(board.find("rescue.symbol"), nullptr) << "asked once more";
  board.press(button + ".yes");
  ASSERT_NE(board.find("rescue.symbol"), nullptr) << board.text();
  const std::string link = board.find("rescue.symbol")->value;
  board.press("rescue.hide");
  EXPECT_TRUE(board.sees("東小学校の新しい端末を招待しました。")) << board.text();
  Device& fresh = town.device("fresh", "desk");
  fresh.start(link.substr(link.find('#') + 1));
  ASSERT_TRUE(town.run_until([&] { return fresh.at("desk.today") && fresh.sees("佐倉 みお"); }, 600'000))
      << fresh.text();
  const std::string line = "東小学校に教育委員会の招待で新しい端末が入りました。";
  EXPECT_TRUE(town.run_until([&] { return board.sees(line); }, 600'000)) << board.text();
  fresh.press("page.devices");
  EXPECT_TRUE(fresh.sees(line)) << fresh.text();
  EXPECT_FALSE(board.sees("佐倉"));
  school.tablet->start();
  EXPECT_TRUE(town.run_until([&] { return school.tablet->sees(line); }, 600'000)) << school.tablet->text();
}

}  // namespace
}  // namespace machi::journeys
