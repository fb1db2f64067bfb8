// What bad input and bad luck get, over whole apps: names with rare kanji and emoji, a hub whose disk is
// full, a tap that would confirm more than was read; and that nothing of what people wrote is found in what
// the hub stores.
#include "core/base/text.h"
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

// A surrogate pair's kanji, one with a variation selector, one of a name that fonts often lack; and a family
// of joined emoji.
const std::string kRare = "𠮷野 葛󠄀髙";
const std::string kEmoji = "花👨‍👩‍👧 さくら";

TEST(BadInput, RareKanjiAndEmojiInNamesStayAsTheyAre) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  desk.press("page.slips");
  desk.press("list.open");
  desk.choose_file("file", "meibo.csv", "utf-8",
                   "学年,組,出席番号,氏名,ふりがな,生年月日,電話番号\n2,1,1," + kRare +
                       ",よしの かつら,2018/5/5,0000129999\n2,1,2," + kEmoji +
                       ",さくら はな,2018/6/6,0000128888\n");
  EXPECT_TRUE(desk.sees(kRare) && desk.sees(kEmoji)) << desk.text();
  desk.press("take");
  EXPECT_TRUE(desk.sees("名簿を変えました。")) << desk.text();
  turn_to_class(desk, "2年1組");
  const screen::Node* row = first_of(desk, "pupil.");
  ASSERT_NE(row, nullptr) << desk.text();
  desk.press(std::string(row->id));
  EXPECT_TRUE(desk.sees(kRare)) << desk.text();
  desk.press("slip.issue");
  ASSERT_NE(desk.find("slip.symbol"), nullptr) << desk.text();
  const std::string link = desk.find("slip.symbol")->value;
  town.run_for(5000);
  Device& phone = town.phone("phone");
  phone.start(link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  phone.enter("guardian", kEmoji);
  phone.enter("birth", "2018-05-05");
  phone.enter("digits", "9999");
  phone.press("apply");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
  EXPECT_TRUE(phone.sees(kRare)) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return desk.sees(kEmoji); })) << desk.text();
  phone.press("home");
  report(phone, "cold");
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return desk.sees(kRare); })) << desk.text();
}

TEST(BadInput, AHubWithoutRoomIsWaitedForAndNothingIsCalledArrived) {
  School school(base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{7 * 60 + 55}));
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  town.hub_full(true);
  const int before = town.requests;
  report(phone, "cold");
  town.run_for(60'000);
  EXPECT_FALSE(phone.sees("町に届きました")) << phone.text();
  EXPECT_FALSE(school.tablet->sees("佐倉 みお"));
  phone.stop();
  phone.start();
  town.run_to(8, 3);
  EXPECT_TRUE(phone.sees("まだ届いていません")) << phone.text();
  phone.press("みおさん 欠席");
  EXPECT_TRUE(phone.sees("電話")) << "please call: " << phone.text();
  EXPECT_LT(town.requests - before, 200) << "a hub in trouble is not asked without end";
  town.hub_full(false);
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); }, 10 * 60'000)) << phone.text();
}

TEST(BadInput, NoTapButARowsOwnMakesAReportRead) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& mio = enrolled_phone(town, "mio");
  Device& sora = enrolled_phone(town, "sora", "佐倉 そら");
  report(mio, "cold");
  report(sora, "stomach");
  ASSERT_TRUE(town.run_until([&] { return day_rows(desk).size() == 2; })) << desk.text();
  const auto unread = [&] {
    int count = 0;
    for (const auto& [report, row] : day_rows(desk)) count += row.waits ? 1 : 0;
    return count;
  };
  ASSERT_EQ(unread(), 2);
  // Whatever else can be pressed on the day's page, here or where it leads at once.
  std::vector<std::string> others;
  std::function<void(const std::vector<screen::Node>&)> collect =
      [&](const std::vector<screen::Node>& nodes) {
        for (const screen::Node& node : nodes) {
          const bool pressable = node.role == screen::Role::Button || node.role == screen::Role::Tab ||
                                 (node.role == screen::Role::Row && node.interactive);
          if (pressable && !node.id.starts_with("confirm.")) others.push_back(node.id);
          collect(node.children);
        }
      };
  collect(desk.screen().main);
  collect(desk.screen().bar);
  collect(desk.screen().foot);
  EXPECT_GT(others.size(), 2u);
  for (const std::string& id : others) {
    if (!desk.find(id)) continue;
    desk.press(id);
    if (!desk.at("desk.today")) desk.press("grade.all");
    desk.enter("day.date", "2026-11-24");
    EXPECT_EQ(unread(), 2) << id << " made a report read";
  }
  ASSERT_EQ(unread(), 2) << desk.text();
  desk.press(std::string(first_of(desk, "confirm.")->id));
  EXPECT_EQ(unread(), 1) << "a tap reads one row";
  desk.again();
  EXPECT_EQ(unread(), 1) << "the same tap twice reads no second row";
}

std::string utf16(std::string_view text) {
  std::string out;
  for (const char32_t sign : base::to_code_points(text)) {
    if (sign > 0xFFFF) continue;
    out += static_cast<char>(sign & 0xFF);
    out += static_cast<char>(sign >> 8);
  }
  return out;
}

TEST(Secrecy, NothingThatPeopleWroteIsFoundInWhatTheHubStores) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  phone.enter("temperature", "38.4");
  phone.choose_all("symptoms", {"vomiting"});
  phone.enter("note", "あじさい医院に行きます");
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return first_of(desk, "confirm.") != nullptr; })) << desk.text();
  desk.press(std::string(first_of(desk, "confirm.")->id));
  desk.press("page.entry");
  desk.enter("find", "あべ");
  desk.press("entry." + town.pupil("阿部 れん").pupil.hex());
  desk.choose("reason", "family");
  desk.enter("caller", "ひまわりの祖母");
  desk.press("entry.save");
  // A note and its answer, the sheet that brings the record back, a second phone with all of it.
  phone.press("home");
  phone.press("child:" + town.pupil("佐倉 みお").pupil.hex());
  phone.enter("text", "れんげ公園まで迎えに行きます");
  phone.press("send");
  town.run_for(5000);
  desk.press("page.messages");
  desk.press("thread." + town.pupil("佐倉 みお").pupil.hex());
  const screen::Node* text = first_of(desk, "text.");
  ASSERT_NE(text, nullptr) << desk.text();
  const std::string to = text->id.substr(5);
  desk.enter("text." + to, "どんぐり小屋の前でお待ちします");
  desk.press("send." + to);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("どんぐり小屋"); })) << phone.text();
  phone.back();
  make_sheet(town, phone);
  second_phone(town, phone, "second");
  desk.press("grade.all");
  desk.press("day.close");
  desk.press("day.close.now");
  town.run_for(60'000);
  const std::string stored = town.hub_bytes();
  ASSERT_GT(stored.size(), 20'000u);
  for (const char* word : {"佐倉",   "みお",     "阿部",           "れん",       "佐倉 花",
                           "田村",   "あじさい", "ひまわり",       "かぜ",       "発熱",
                           "れんげ", "どんぐり", "嘔吐",           "吐いた",     "cough",
                           "38.4",   "欠席",     "家の都合",       "2017-09-12", "0000123456",
                           "3456",   "vomiting", "absence.report", "absence.",   "slip.application"}) {
    EXPECT_EQ(stored.find(word), std::string::npos) << word << " is stored by the hub";
    EXPECT_EQ(stored.find(utf16(word)), std::string::npos) << word << " is stored by the hub as UTF-16";
  }
  for (const std::string& line : town.log)
    for (const char* word : {"佐倉", "みお", "あじさい", "かぜ", "38.4", "れんげ", "どんぐり"})
      EXPECT_EQ(line.find(word), std::string::npos) << line;
  // The same search finds what the hub may know.
  EXPECT_NE(stored.find(std::string(base::text_view(town.school().view()))), std::string::npos);
}

}  // namespace
}  // namespace machi::journeys
