// A photo of a paper with a report or a note: from the phone, offline, over crashes and changes, to the
// school's screen; and what happens to pictures that are none. The pictures have a true head and noise behind
// it: no decoder runs here.
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"
#include "tests/unit/store/faulty_slots.h"

namespace machi::journeys {
namespace {

// Width and height as given; `extra`: one more segment, of this marker.
Bytes jpeg(std::size_t size = 90'000, int side = 1600, int extra = 0) {
  const auto two = [](int n) {
    return Bytes{static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n)};
  };
  Bytes out{0xff, 0xd8};
  const auto add = [&out](const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); };
  if (extra != 0) add({0xff, static_cast<std::uint8_t>(extra), 0, 8, 'E', 'x', 'i', 'f', 0, 0});
  add({0xff, 0xc0, 0, 17, 8});
  add(two(side));
  add(two(side));
  add({3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0});
  while (out.size() + 2 < size) out.push_back(static_cast<std::uint8_t>(out.size() * 131 % 251));
  add({0xff, 0xd9});
  return out;
}

void open_influenza(Device& phone) {
  phone.press("report");
  phone.choose("reason", "infectious");
  phone.choose("disease", "influenza");
}

void report_with_photo(Device& phone, const Bytes& photo) {
  open_influenza(phone);
  phone.choose_photo(photo);
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
}

const screen::Node* photo_button(const Device& desk) { return first_of(desk, "photo."); }
const screen::Node* sent_picture(const Device& phone) { return first_of(phone, "photo:"); }

// The picture as the desk's presenter would get it, opened from the list that is shown.
Bytes opened(Town& town, Device& desk) {
  if (!town.run_until([&] { return photo_button(desk) != nullptr; })) return {};
  desk.press(std::string(photo_button(desk)->id));
  EXPECT_TRUE(desk.at("desk.photo")) << desk.text();
  town.run_until([&] { return desk.find("photo") || desk.find("trouble"); });
  return desk.picture("photo");
}

TEST(Photo, GoesWithAReportAndIsSeenAtTheSchool) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  open_influenza(phone);
  // The doctor's paper is what the rule asks for: its photo stands open there.
  ASSERT_TRUE(phone.find("photo")) << phone.text();
  EXPECT_TRUE(phone.sees("学校だけが見ます"));
  EXPECT_EQ(phone.find("photo")->options.size(), 2u);
  const Bytes first = jpeg(70'000), second = jpeg(300'000);
  phone.choose_photo(first);
  EXPECT_EQ(phone.picture("photo"), first);
  EXPECT_EQ(phone.find("photo")->options.size(), 3u);
  phone.choose_photo(second);
  EXPECT_EQ(phone.picture("photo"), second);
  phone.remove_photo();
  EXPECT_TRUE(phone.picture("photo").empty());
  phone.choose_photo(second);
  phone.press("send");
  phone.again();
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  ASSERT_TRUE(sent_picture(phone)) << phone.text();
  EXPECT_EQ(phone.picture(std::string(sent_picture(phone)->id)), second) << "what was sent can be looked at";
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
  EXPECT_EQ(town.answered["POST /v1/blob"], 1);
  // The hub has it and cannot look at it: neither its head nor a piece of what is behind it lies there.
  const std::string stored = town.hub_bytes();
  EXPECT_GT(stored.size(), second.size());
  EXPECT_EQ(stored.find(std::string(base::text_view(base::ByteView(second).first(40)))), std::string::npos);
  EXPECT_EQ(stored.find(std::string(base::text_view(base::ByteView(second).subspan(200'000, 40)))),
            std::string::npos);

  Device& tablet = *school.tablet;
  EXPECT_EQ(opened(town, tablet), second) << tablet.text();
  EXPECT_TRUE(tablet.sees("佐倉 みおの写真")) << tablet.text();
  EXPECT_TRUE(tablet.sees("写真は90日で消えます。"));
  tablet.press("print");
  EXPECT_EQ(tablet.prints, 1);
  const std::string id = tablet.find("photo")->value;
  tablet.press("back");
  EXPECT_TRUE(tablet.at("desk.today")) << tablet.at();
  EXPECT_TRUE(tablet.app().picture(id).empty()) << "kept beyond the page that shows it";
  // The next form begins without it.
  phone.press("home");
  open_influenza(phone);
  EXPECT_TRUE(phone.find("photo")->value.empty());
}

TEST(Photo, WaitsOnThePhoneOverARestartAndIsNotSaidToHaveArrivedBefore) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.online(false);
  open_influenza(phone);
  const Bytes photo = jpeg();
  phone.choose_photo(photo);
  phone.stop();  // half filled in
  phone.start();
  phone.press("report");
  EXPECT_EQ(phone.picture("photo"), photo) << phone.text();
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent"));
  EXPECT_TRUE(phone.outside.empty()) << "the service worker would post it without its picture";
  phone.stop();
  phone.start();
  phone.press("みおさん 欠席");
  EXPECT_TRUE(phone.sees("この端末に保存しました")) << phone.text();
  EXPECT_EQ(phone.find("step.arrived")->state, screen::State::Waiting);
  // The picture comes through, the report not yet: still only saved here.
  town.on_request = [](const hub::Request& request) { return request.target.starts_with("/v1/post"); };
  phone.online(true);
  ASSERT_TRUE(town.run_until([&] { return town.answered["POST /v1/blob"] > 0; }));
  town.run_for(3000);
  EXPECT_EQ(phone.find("step.arrived")->state, screen::State::Waiting) << phone.text();
  town.on_request = nullptr;
  phone.press("retry");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
  EXPECT_EQ(town.answered["POST /v1/blob"], 1);
  EXPECT_EQ(opened(town, *school.tablet), photo);
}

TEST(Photo, GoesWithTheReportThatAPhoneOutOfTheSheetSendsAgain) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  const Sheet sheet = make_sheet(town, phone);
  // The picture and the sheet's copy reach the town, the report does not: and the phone is lost.
  town.on_request = [](const hub::Request& request) { return request.target.starts_with("/v1/post"); };
  const Bytes photo = jpeg();
  report_with_photo(phone, photo);
  ASSERT_TRUE(town.run_until([&] { return town.answered["POST /v1/blob"] > 0; }));
  town.run_for(30'000);
  phone.stop();
  phone.outside.clear();
  town.on_request = nullptr;
  Device& next = town.phone("next");
  next.start();
  next.press("restore");
  next.scan(sheet.link);
  ASSERT_TRUE(town.run_until([&] { return next.at("restore.done"); })) << next.text();
  EXPECT_EQ(opened(town, *school.tablet), photo) << school.tablet->text();
}

TEST(Photo, SurvivesACrashBetweenThePictureAndTheReport) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  const Bytes photo = jpeg();
  for (const std::int64_t later : {0, 40}) {  // before the phone knows that the picture is there, and after
    town.run_for(5000);
    town.answered.clear();
    if (phone.at("absence.sent")) phone.press("home");
    if (phone.find("report") == nullptr) phone.start();
    phone.press("report");
    phone.choose("kind", later == 0 ? "absent" : "late");
    phone.choose("reason", "infectious");
    phone.choose("disease", "influenza");
    phone.choose_photo(photo);
    const int posts = town.answered["POST /v1/post"];
    phone.press("send");
    ASSERT_TRUE(town.run_until([&] { return town.answered["POST /v1/blob"] == 1; }));
    town.run_for(later);
    phone.stop();
    town.run_for(5000);
    EXPECT_EQ(town.answered["POST /v1/post"], posts) << "the report was ahead of its picture";
    phone.start();
    phone.press(later == 0 ? "みおさん 欠席" : "みおさん 遅刻");
    ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
  }
  EXPECT_EQ(opened(town, *school.tablet), photo);
}

TEST(Photo, GoesOnWithAChangeUnlessItIsReplacedOrTakenOut) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  const Bytes photo = jpeg(), other = jpeg(120'000);
  report_with_photo(phone, photo);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
  phone.press("change");
  EXPECT_EQ(phone.picture("photo"), photo);
  phone.enter("note", "明日、病院に行きます");
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("明日、病院に"); })) << school.tablet->text();
  EXPECT_EQ(town.answered["POST /v1/blob"], 1) << "the same picture went twice";
  EXPECT_EQ(opened(town, *school.tablet), photo);
  school.tablet->press("back");
  phone.press("change");
  phone.choose_photo(other);
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
  town.run_for(2000);
  EXPECT_EQ(opened(town, *school.tablet), other);
  school.tablet->press("back");
  phone.press("change");
  phone.remove_photo();
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return photo_button(*school.tablet) == nullptr; }))
      << school.tablet->text();
  EXPECT_FALSE(sent_picture(phone));
}

TEST(Photo, ThatWasTakenOutOrTakenBackBeforeItWentNeverLeavesThePhone) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.online(false);
  report_with_photo(phone, jpeg());
  phone.press("change");
  phone.remove_photo();
  phone.press("send");
  phone.press("home");
  phone.press("report");
  phone.choose("kind", "late");
  phone.choose("reason", "cold");
  phone.choose_photo(jpeg());
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent"));
  phone.press("cancel");
  phone.press("confirm");
  phone.online(true);
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("インフルエンザ"); })) << school.tablet->text();
  town.run_for(5000);
  EXPECT_EQ(town.answered["POST /v1/blob"], 0);
  EXPECT_FALSE(photo_button(*school.tablet)) << school.tablet->text();
}

TEST(Photo, ThatIsKeptInAChangeBeforeItWentArrivesWithTheChange) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.online(false);
  const Bytes photo = jpeg();
  report_with_photo(phone, photo);
  phone.press("change");
  phone.enter("note", "熱は下がりました");
  phone.press("send");
  phone.online(true);
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("熱は下がりました"); }))
      << school.tablet->text();
  EXPECT_EQ(opened(town, *school.tablet), photo) << school.tablet->text();
}

TEST(Photo, ThatIsNoneGetsClearWordsAndHindersNoReport) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  open_influenza(phone);
  const Bytes good = jpeg();
  phone.choose_photo(good);
  const std::pair<const char*, const char*> whys[] = {{"not-picture", "写真ではないファイルです。"},
                                                      {"heic", "HEIC"},
                                                      {"too-large", "写真が大きすぎて"},
                                                      {"unreadable", "写真を開けませんでした。"},
                                                      {"something new", "写真を開けませんでした。"}};
  for (const auto& [why, said] : whys) {
    phone.choose_photo({}, why);
    EXPECT_TRUE(words::plain(phone.find("photo")->error).find(said) != std::string::npos)
        << why << phone.text();
    EXPECT_EQ(phone.picture("photo"), good) << "the good one before is lost";
  }
  // Whatever a host hands over: nothing that tells where it was taken, is too large, or is no picture.
  for (const Bytes& bad : {jpeg(9000, 1600, 0xe1), jpeg((1u << 20) + 1), jpeg(9000, 5000), Bytes{1, 2, 3}}) {
    phone.choose_photo(bad);
    EXPECT_FALSE(phone.find("photo")->error.empty());
    EXPECT_EQ(phone.picture("photo"), good);
  }
  phone.remove_photo();
  EXPECT_TRUE(phone.find("photo")->error.empty());
  phone.choose_photo({}, "too-large");
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("インフルエンザ"); }));
}

TEST(Photo, GoesWithAReportAboutOneChildOnly) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  enrol_sibling(town, phone);
  const std::string mio = town.pupil("佐倉 みお").pupil.hex(), sora = town.pupil("佐倉 そら").pupil.hex();
  phone.press("report");
  phone.choose_all("child", {mio, sora});
  phone.choose("reason", "infectious");
  EXPECT_TRUE(phone.find("photo")->disabled) << phone.text();
  phone.choose_photo(jpeg());
  EXPECT_TRUE(phone.find("photo")->value.empty()) << "chosen all the same";
  phone.choose_all("child", {sora});
  phone.choose_photo(jpeg());
  phone.choose_all("child", {mio, sora});
  EXPECT_TRUE(phone.sees("写真は、お子さん1人の連絡に付けられます。")) << phone.text();
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  phone.choose_all("child", {sora});
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.sent")) << phone.text();
}

TEST(Photo, IsForTheSchoolAndNotForTheOtherGuardian) {
  School school;
  Town& town = school.town;
  Device& mother = enrolled_phone(town, "mother");
  Device& father = enrolled_phone(town, "father");
  report_with_photo(mother, jpeg());
  ASSERT_TRUE(town.run_until([&] { return father.sees("みおさん 欠席"); })) << father.text();
  father.press("みおさん 欠席");
  EXPECT_TRUE(father.sees("インフルエンザ"));
  EXPECT_FALSE(sent_picture(father));
  EXPECT_EQ(town.answered["GET /v1/blob"], 0);
}

TEST(Photo, GoesWithANoteThatNeedsNoWordsThen) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("child:" + town.pupil("佐倉 みお").pupil.hex());
  ASSERT_TRUE(phone.at("absence.notes")) << phone.text();
  const Bytes photo = jpeg();
  phone.choose_photo(photo);
  phone.stop();
  phone.start();
  phone.press("child:" + town.pupil("佐倉 みお").pupil.hex());
  EXPECT_EQ(phone.picture("photo"), photo);
  phone.press("send");
  ASSERT_TRUE(sent_picture(phone)) << phone.text();
  EXPECT_TRUE(phone.find("photo")->value.empty()) << "the next note begins without";
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); })) << phone.text();
  town.run_for(2000);
  Device& tablet = *school.tablet;
  tablet.press("page.messages");
  tablet.press("thread." + town.pupil("佐倉 みお").pupil.hex());
  EXPECT_TRUE(tablet.sees("写真を送ります。")) << tablet.text();
  EXPECT_EQ(opened(town, tablet), photo);
  tablet.press("back");
  EXPECT_TRUE(tablet.at("desk.thread")) << tablet.at();
}

TEST(Photo, ThatTheHubDoesNotHaveOrHasChangedIsSaidAndTriedAgain) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  const Bytes photo = jpeg();
  report_with_photo(phone, photo);
  Device& tablet = *school.tablet;
  town.on_answer = [](const hub::Request& request, hub::Response& response) {
    if (request.method == "GET" && request.target.starts_with("/v1/blob"))
      response = hub::refusal(base::Code::NotFound);
  };
  EXPECT_TRUE(opened(town, tablet).empty());
  EXPECT_TRUE(tablet.sees("写真はまだ町に届いていません。")) << tablet.text();
  town.on_answer = [](const hub::Request& request, hub::Response& response) {
    if (request.method == "GET" && request.target.starts_with("/v1/blob")) response.body[100] ^= 1;
  };
  tablet.press("again");
  ASSERT_TRUE(town.run_until([&] { return tablet.sees("正しい写真ではない"); })) << tablet.text();
  EXPECT_TRUE(tablet.sees("連絡の内容はそのまま使えます。"));
  town.on_answer = nullptr;
  tablet.press("back");
  EXPECT_TRUE(tablet.sees("インフルエンザ")) << tablet.text();
  town.answered.clear();
  EXPECT_EQ(opened(town, tablet), photo) << "a bad answer is not remembered";
  EXPECT_EQ(town.answered["GET /v1/blob"], 1) << "asked for more than once";
  tablet.press("back");
  tablet.online(false);
  tablet.press(std::string(photo_button(tablet)->id));
  EXPECT_TRUE(tablet.sees("つながると、写真が出ます。")) << tablet.text();
  tablet.online(true);
  ASSERT_TRUE(town.run_until([&] { return tablet.picture("photo") == photo; })) << tablet.text();
}

// A family's phone whose disk is this one.
Device& enrolled_on_disk(Town& town, const std::string& name, const store::SlotVfs& disk) {
  Device& phone = town.phone(name);
  phone.database = "phone.db";
  phone.vfs = disk.name();
  phone.start(town.slip("佐倉 みお").link);
  EXPECT_TRUE(town.run_until([&] { return phone.at("slip.apply"); }));
  apply_for(phone);
  EXPECT_TRUE(town.run_until([&] { return phone.sees("登録できました"); }));
  phone.press("home");
  return phone;
}

TEST(Photo, ThatAFullPhoneCannotKeepIsSaidAndTheReportGoesWithout) {
  School school;
  Town& town = school.town;
  store::FaultySlots slots(2, 1);
  store::SlotVfs vfs("vfs-full-photo", slots, {"phone.db"});
  Device& phone = enrolled_on_disk(town, "full", vfs);
  open_influenza(phone);
  town.run_for(2000);
  slots.capacity = slots.total() + 60'000;
  phone.choose_photo(jpeg(400'000));
  EXPECT_TRUE(phone.sees("この端末の空きが足りないので")) << phone.text();
  EXPECT_TRUE(phone.find("photo")->value.empty());
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_FALSE(sent_picture(phone));
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("インフルエンザ"); }));
  // Kept, but not room enough for the sealed one beside it: nothing is said to be sent, and nothing is lost.
  slots.capacity = std::int64_t{1} << 40;
  phone.press("change");
  const Bytes photo = jpeg(400'000);
  phone.choose_photo(photo);
  slots.capacity = slots.total() + 60'000;
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.form")) << phone.text();
  EXPECT_TRUE(phone.sees("この端末の空きが足りないので")) << phone.text();
  EXPECT_EQ(phone.picture("photo"), photo);
  slots.capacity = std::int64_t{1} << 40;
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_EQ(opened(town, *school.tablet), photo) << school.tablet->text();
  phone.stop();
}

// A phone whose program was changed: what it seals is no picture, or one that would fill a decoder's memory.
TEST(Photo, ThatWasForgedIsNotShownAndNothingElseSuffers) {
  School school;
  Town& town = school.town;
  store::FaultySlots slots(2, 1);
  store::SlotVfs vfs("vfs-forger", slots, {"phone.db"});
  Device& phone = enrolled_on_disk(town, "forger", vfs);
  Device& tablet = *school.tablet;
  const char* kinds[] = {"absent", "late", "leaving-early"};
  int kind = 0;
  for (const Bytes& forged :
       {jpeg(9000, 65000), base::copy(base::view("<svg onload='alert(1)'/>")), jpeg((1u << 20) + 1000)}) {
    phone.press("report");
    phone.choose("kind", kinds[kind++]);
    if (phone.find("time")) phone.enter("time", "10:00");
    phone.choose("reason", "infectious");
    phone.choose_photo(jpeg());
    phone.stop();
    {
      auto database = store::Database::open({"phone.db", vfs.name(), false});
      ASSERT_TRUE(database.ok());
      ASSERT_TRUE((*database)->prepare("UPDATE draft_photo SET bytes = ?").bind(forged).run().ok());
    }
    phone.start();
    phone.press("report");
    phone.press("send");
    ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
    ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
    town.run_for(2000);
    EXPECT_TRUE(opened(town, tablet).empty());
    EXPECT_TRUE(tablet.sees("正しい写真ではない")) << tablet.text();
    tablet.press("back");
    EXPECT_TRUE(confirm_on(tablet)) << tablet.text();
    ASSERT_TRUE(town.run_until([&] { return phone.sees("学校が"); })) << phone.text();
    phone.press("cancel");
    phone.press("confirm");
    ASSERT_TRUE(town.run_until([&] { return phone.sees("取り消し"); }));
    town.run_for(2000);
    phone.press("home");
  }
  phone.stop();
}

}  // namespace
}  // namespace machi::journeys
