// A family arrives at a shelter by itself: the poster on the wall, what the phone says of it, and what staff
// see - with a network, without one, and with posters that are none; and the tablet that stands at the door
// alone.
#include "core/household/pass.h"
#include "core/shelter/poster.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

struct Arrivals : testing::Test {
  Arrivals() {
    town.found_school();
    desk_ = &town.shelter_desk("tablet");
    desk_->enter("own.name", "東小体育館");
    desk_->press("own.make");
    town.run_for(5000);
  }
  Device& desk() { return *desk_; }
  // What the poster's symbol holds.
  std::string poster() {
    desk().press("poster");
    EXPECT_TRUE(desk().at("desk.shelter.poster")) << desk().text();
    const screen::Node* symbol = desk().find("poster");
    EXPECT_TRUE(symbol) << desk().text();
    const std::string link = symbol ? symbol->value : "";
    desk().press("print");
    EXPECT_EQ(desk().prints, 1);
    desk().back();
    return link;
  }
  Device& family(const std::string& name = "phone") {
    Device& phone = town.phone(name);
    phone.start();
    town.run_for(5000);
    phone.press("household");
    for (const char* kana : {"さくら ゆうこ", "さくら みお"}) {
      phone.press("add");
      phone.enter("answer", kana);
      phone.press("save");
      phone.enter("answer", "1985-04-02");
      phone.press("save");
      phone.back();
    }
    EXPECT_TRUE(phone.find("arrive")) << phone.text();
    return phone;
  }
  static std::string count(const Device& desk, const std::string& id) {
    const screen::Node* fact = desk.find(id);
    return fact ? words::plain(fact->value) : "";
  }
  Town town;
  Device* desk_ = nullptr;
};

TEST_F(Arrivals, AreSaidByThePhoneAndCountedApartUntilStaffHaveSeenThem) {
  const std::string link = poster();
  EXPECT_NE(link.find("/#h="), std::string::npos) << link;
  Device& phone = family();
  phone.press("arrive");
  phone.scan(link);
  ASSERT_TRUE(phone.at("shelter.who")) << phone.text();
  EXPECT_TRUE(phone.sees("東小体育館"));
  EXPECT_TRUE(phone.sees("2人の到着を知らせる")) << phone.text();
  phone.choose_all("here", {});
  EXPECT_TRUE(phone.pressable("send") == nullptr || phone.find("send")->disabled);
  phone.choose_all("here", {"1", "2"});
  phone.press("send");
  ASSERT_TRUE(phone.at("shelter.said")) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return words::plain(phone.find("outcome")->name) == "町に届きました"; }))
      << phone.text();
  ASSERT_TRUE(town.run_until([&] { return count(desk(), "count.said") == "2人"; })) << desk().text();
  EXPECT_EQ(count(desk(), "count.inside"), "0人") << "a photographed poster must not fill a shelter";
  desk().press("page.list");
  desk().press("さくら ゆうこ");
  ASSERT_TRUE(desk().find("seen.all")) << desk().text();
  desk().press("seen.all");
  desk().press("page.reception");
  EXPECT_EQ(count(desk(), "count.inside"), "2人") << desk().text();
  EXPECT_EQ(count(desk(), "count.said"), "");
}

TEST_F(Arrivals, AreOneStayWhenTheFamilyShowsItsPassAsWell) {
  const std::string link = poster();
  Device& phone = family();
  phone.press("arrive");
  phone.scan(link);
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return count(desk(), "count.said") == "2人"; })) << desk().text();
  phone.press("pass");
  ASSERT_TRUE(phone.find("symbol")) << phone.text();
  desk().scan(phone.find("symbol")->value);
  desk().press("enter");
  EXPECT_EQ(count(desk(), "count.inside"), "2人") << desk().text();
  EXPECT_EQ(count(desk(), "count.said"), "");
  desk().press("undo");
  EXPECT_EQ(count(desk(), "count.said"), "2人") << "taken back, they say it still";
  desk().scan(phone.find("symbol")->value);
  desk().press("enter");
  desk().press("page.list");
  EXPECT_EQ(desk().find("people")->children.size(), 2u) << desk().text();
}

TEST_F(Arrivals, WaitOnThePhoneWithoutANetworkAndAreSaidTo) {
  const std::string link = poster();
  Device& phone = family();
  phone.online(false);
  town.hub_away(true);
  phone.press("arrive");
  phone.scan(link);
  phone.press("send");
  EXPECT_EQ(words::plain(phone.find("outcome")->name), "この端末に保存しました") << phone.text();
  EXPECT_FALSE(phone.sees("町に届きました")) << phone.text();
  phone.stop();
  phone.start();
  phone.press("household");
  EXPECT_TRUE(phone.find("said")) << phone.text();
  phone.press("said");
  EXPECT_EQ(words::plain(phone.find("outcome")->name), "この端末に保存しました");
  town.hub_away(false);
  phone.online(true);
  ASSERT_TRUE(town.run_until([&] { return count(desk(), "count.said") == "2人"; }, 600'000)) << desk().text();
  EXPECT_EQ(words::plain(phone.find("outcome")->name), "町に届きました") << phone.text();
}

TEST_F(Arrivals, OpenTheAppWhenThePosterIsReadByThePhonesOwnCamera) {
  const std::string link = poster();
  Device& phone = family();
  phone.open_link(link.substr(link.find('#') + 1));
  EXPECT_TRUE(phone.at("shelter.who")) << phone.text();
  phone.back();
  EXPECT_TRUE(phone.at("household")) << "what was shown is there again";
}

TEST_F(Arrivals, RefuseAPosterThatIsNoneAndLeadToTheReception) {
  const std::string link = poster();
  const auto cose = shelter::poster_from_text(link);
  ASSERT_TRUE(cose.ok());
  shelter::Poster real = *shelter::peek_poster(*cose);
  const auto by = [](const shelter::Poster& poster, std::uint8_t key) {
    return "https://app.example/#" + shelter::poster_fragment(shelter::make_poster(
                                         poster, crypto::sign_key(crypto::Secret<32>(base::Array<32>{key}))));
  };
  shelter::Poster foreign = real, old = real, elsewhere = real;
  foreign.town.bytes.fill(9);
  elsewhere.office.bytes.fill(9);
  old.expires = town.now().plus_seconds(-3 * 86400);
  Device& phone = family();
  phone.press("arrive");
  for (const auto& [bad, what] :
       {std::pair<std::string, std::string>{"https://example.com/", "ポスターではありません"},
        {town.slip("佐倉 みお").link, "ポスターではありません"},
        {by(foreign, 0x70), "ほかの市町村"},
        {by(elsewhere, 0x70), "確かめられません"},
        {by(real, 0x71), "確かめられません"},
        {by(old, 0x70), "期限が切れています"}}) {
    phone.scan(bad);
    EXPECT_TRUE(phone.at("shelter.scan")) << bad << phone.text();
    EXPECT_TRUE(phone.sees(what)) << what << phone.text();
    EXPECT_TRUE(phone.sees("受付で世帯パスを見せるか、名前をお伝えください。"));
    EXPECT_TRUE(phone.find("pass")) << "the pass is one press away";
  }
  phone.scan(by(real, 0x70));
  EXPECT_TRUE(phone.at("shelter.who")) << "the real one";
}

TEST_F(Arrivals, TellTheDetailsOnlyOfAFamilyThatSentThem) {
  Device& phone = family();
  phone.press("ask:address");
  phone.enter("answer", "日和町南3");
  phone.press("save");
  town.run_for(20'000);
  phone.press("pass");
  const std::string before = phone.find("symbol")->value;
  phone.back();
  const auto address = [&](const std::string& symbol) {
    desk().scan(symbol);
    desk().press("enter");
    desk().press("page.list");
    desk().press("さくら ゆうこ");
    const std::string out = desk().find("address")->value;
    desk().press("leave.mistake");
    desk().press("page.reception");
    return out;
  };
  EXPECT_EQ(address(before), "") << "nothing is sent unasked";
  phone.press("send");
  EXPECT_TRUE(phone.sees("まだ受付に届いていません")) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return phone.sees("くわしい情報も、町に届いています"); })) << phone.text();
  town.run_for(10'000);
  EXPECT_EQ(address(before), "日和町南3");
  // A change follows by itself, until they want it no more.
  phone.press("ask:address");
  phone.enter("answer", "日和町北1");
  phone.press("save");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("くわしい情報も、町に届いています"); })) << phone.text();
  town.run_for(10'000);
  phone.press("pass");
  const std::string after = phone.find("symbol")->value;
  phone.back();
  EXPECT_EQ(address(after), "日和町北1");
  phone.press("send-stop");
  EXPECT_TRUE(phone.find("send")) << phone.text();
}

TEST_F(Arrivals, AreTakenInByATabletAloneThatNamesNobody) {
  EXPECT_TRUE(desk().find("self")->disabled) << "without a lock anybody could leave it";
  desk().press("page.settings");
  desk().press("page.lock");
  desk().enter("pin.new", "4739");
  desk().press("pin.set");
  desk().press("page.shelter");
  Device& phone = family();
  phone.press("pass");
  const std::string pass = phone.find("symbol")->value;
  desk().press("self");
  ASSERT_TRUE(desk().at("desk.shelter.self")) << desk().text();
  EXPECT_TRUE(desk().screen().rail.empty());
  desk().scan("https://example.com/");
  EXPECT_TRUE(desk().sees("読み取れませんでした")) << desk().text();
  desk().scan(pass);
  EXPECT_TRUE(desk().sees("2人を受け付けました")) << desk().text();
  EXPECT_FALSE(desk().sees("さくら")) << "it names nobody";
  EXPECT_NE(desk().screen().announce.find("2人を受け付けました"), std::string::npos) << "and says so aloud";
  desk().scan(pass);
  EXPECT_TRUE(desk().sees("2人は、もう受け付けています")) << desk().text();
  for (const char* node : {"page.list", "undo", "back", "lock.now", "page.settings"}) {
    desk().do_to(node, "press", "");
    EXPECT_TRUE(desk().at("desk.shelter.self")) << node;
  }
  town.run_for(3 * 3600'000);
  EXPECT_TRUE(desk().at("desk.shelter.self")) << "it does not lock itself before the next family comes";
  desk().stop();
  desk().start();
  EXPECT_TRUE(desk().at("desk.shelter.self")) << "nor is it left by starting anew";
  desk().press("staff");
  desk().press("staff.yes");
  EXPECT_TRUE(desk().find("pin")) << desk().text();
  desk().enter("pin", "4739");
  ASSERT_TRUE(desk().at("desk.shelter.reception")) << desk().text();
  EXPECT_EQ(count(desk(), "count.inside"), "0人");
  EXPECT_EQ(count(desk(), "count.said"), "2人") << "staff have not seen them";
}

TEST_F(Arrivals, SayThatTheyAreSafeOrNeedHelpAndHeadquartersSeesIt) {
  Device& hq = town.shelter_desk("hq");
  hq.press("hq");
  Device& phone = family();
  phone.online(false);
  town.hub_away(true);
  phone.press("safety");
  ASSERT_TRUE(phone.at("shelter.safety")) << phone.text();
  EXPECT_TRUE(phone.find("send")->disabled) << "nothing is said for them";
  phone.choose("safety", "help");
  EXPECT_TRUE(phone.sees("119番")) << phone.text();
  phone.enter("where", "自宅の2階");
  phone.enter("note", "水が来ている");
  phone.press("send");
  ASSERT_TRUE(phone.at("shelter.safety-said")) << phone.text();
  EXPECT_EQ(words::plain(phone.find("outcome")->name), "この端末に保存しました") << phone.text();
  EXPECT_TRUE(phone.sees("119番")) << "nobody has read it";
  town.hub_away(false);
  phone.online(true);
  hq.press("page.safety");
  ASSERT_TRUE(town.run_until([&] { return hq.sees("自宅の2階"); }, 600'000)) << hq.text();
  EXPECT_TRUE(hq.sees("助けが必要です"));
  EXPECT_TRUE(hq.sees("水が来ている"));
  EXPECT_EQ(count(hq, "count.unhelped"), "1世帯");
  hq.press(first_of(hq, "helped.")->id);
  EXPECT_EQ(count(hq, "count.unhelped"), "0世帯") << hq.text();
  EXPECT_EQ(count(desk(), "count.said"), "") << "no stay comes of it";
  // Later they are safe: the newer report holds.
  phone.press("again");
  phone.choose("safety", "safe");
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return count(hq, "count.safe") == "2人"; })) << hq.text();
  EXPECT_FALSE(hq.sees("自宅の2階")) << hq.text();
}

TEST_F(Arrivals, AreToldToRelativesByConsentAloneAndTheRestIsOneSentence) {
  const auto ask = [&](const std::string& name, const std::string& birth) {
    desk().press("page.answer");
    desk().enter("ask.name", name);
    desk().enter("ask.birth", birth);
    desk().press("ask");
    EXPECT_TRUE(desk().find("answer")) << desk().text();
  };
  const auto answer = [&] { return words::plain(desk().find("answer")->name); };
  Device& phone = family();
  phone.press("pass");
  const std::string silent = phone.find("symbol")->value;
  phone.back();
  desk().scan(silent);
  desk().press("enter");
  ask("さくら ゆうこ", "1985-04-02");
  const std::string no_consent = answer();
  ask("だれも いない", "1985-04-02");
  EXPECT_EQ(answer(), no_consent) << "not here, and no consent: one answer";
  EXPECT_EQ(no_consent, "お答えできる情報はありません。");
  phone.press("ask:consent");
  phone.choose("answer", "yes");
  phone.press("save");
  phone.press("pass");
  const std::string open = phone.find("symbol")->value;
  phone.back();
  desk().press("page.reception");
  desk().scan(open);
  desk().press("leave");
  desk().scan(open);
  desk().press("enter");
  ask("さくらゆうこ", "1985-04-02");
  EXPECT_EQ(answer(), "東小体育館にいらっしゃいます。") << "spaces do not matter";
  ask("さくら ゆうこ", "1985-04-03");
  EXPECT_EQ(answer(), no_consent) << "a name alone opens nothing";
  ask("さくら", "1985-04-02");
  EXPECT_EQ(answer(), no_consent) << "nor does half of one";
  // Two people of one name and birthday: nobody is told of the wrong one.
  desk().press("page.reception");
  Device& other = family("other");
  other.press("ask:consent");
  other.choose("answer", "yes");
  other.press("save");
  other.press("pass");
  desk().scan(other.find("symbol")->value);
  desk().press("enter");
  ask("さくら ゆうこ", "1985-04-02");
  EXPECT_EQ(answer(), no_consent);
}

// By phone: the same answer as at the desk, from headquarters' device alone; refusals are the same bytes.
TEST_F(Arrivals, AreAskedForByARelativesPhoneAndHeadquartersAnswersByConsentAlone) {
  Device& hq = town.shelter_desk("hq");
  hq.press("hq");
  Device& phone = family();
  phone.press("pass");
  desk().scan(phone.find("symbol")->value);
  desk().press("enter");
  Device& aunt = family("aunt");
  const auto ask = [&](const std::string& name, const std::string& birth) {
    if (!aunt.at("shelter.ask")) aunt.press("relative");
    aunt.enter("name", name);
    aunt.enter("birth", birth);
    aunt.press("send");
    EXPECT_TRUE(town.run_until(
        [&] {
          return aunt.find("asked") && !aunt.find("asked")->children.empty() &&
                 aunt.find("asked")->children[0].icon == screen::Icon::Mail;
        },
        600'000))
        << aunt.text();
    return words::plain(aunt.find("asked")->children[0].hint);
  };
  EXPECT_EQ(ask("さくら ゆうこ", "1985-04-02"), "お答えできる情報はありません。") << "no consent";
  EXPECT_EQ(ask("だれも いない", "1985-04-02"), "お答えできる情報はありません。") << "not here";
  EXPECT_TRUE(aunt.find("nothing")) << aunt.text();
  phone.back();
  phone.press("ask:consent");
  phone.choose("answer", "yes");
  phone.press("save");
  phone.press("pass");
  desk().press("page.reception");
  desk().scan(phone.find("symbol")->value);
  desk().press("leave");
  desk().scan(phone.find("symbol")->value);
  desk().press("enter");
  town.run_for(60'000);
  EXPECT_EQ(ask("さくらゆうこ", "1985-04-02"), "東小体育館にいます。");
  // Each question is written down at the town, once.
  hq.press("page.roster");
  EXPECT_TRUE(hq.sees("? だれも いない")) << hq.text();
  // Nor may a phone go through a list of names.
  ask("あ", "1985-04-02");
  ask("い", "1985-04-02");
  aunt.enter("name", "う");
  aunt.enter("birth", "1985-04-02");
  aunt.press("send");
  EXPECT_TRUE(aunt.sees("1日5回")) << aunt.text();
}

}  // namespace
}  // namespace machi::journeys
