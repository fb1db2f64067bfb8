// The pages of a shelter's desk without an app around them: two tablets over one log in memory. Every screen
// that is met keeps the rules of core/screen (finish aborts otherwise) and has all its words.
#include <algorithm>

#include "core/crypto/drbg.h"
#include "core/shelter/desk/exchange.h"
#include "core/shelter/desk/pages.h"
#include "tests/unit/shelter/stays.h"

namespace machi::shelter {
namespace {

struct Log {
  std::vector<mail::Received> all;
};

class Tablet final : public ShelterPost {
 public:
  Tablet(int number, Log& log)
      : entropy(crypto::Drbg::of_number(static_cast<std::uint64_t>(number))), log_(log) {
    key_.bytes.fill(static_cast<std::uint8_t>(number));
    database = std::move(*store::Database::open({}));
    EXPECT_TRUE(database->migrate(ShelterDesk::migrations()).ok());
    desk = std::make_unique<ShelterDesk>(*database, *this, entropy);
    pages = std::make_unique<ShelterPages>(*desk);
  }
  Status note(std::string_view kind, code::Cbor content, Instant at) override {
    mail::Received mail;
    mail.from = key_;
    mail.kind = kind;
    mail.content = std::move(content);
    mail.written = mail.at = at;
    outbox_.push_back(std::move(mail));
    return {};
  }
  bool colleague(const crypto::SignPublic& from) const override { return from.bytes[0] < 100; }
  void meet() {
    for (auto& mail : outbox_) log_.all.push_back(std::move(mail));
    outbox_.clear();
    for (; read_ < log_.all.size(); ++read_) last = desk->on_message(log_.all[read_]);
  }

  DeskView scene() const {
    DeskView view{*desk, words, pages->place(), now, "日和町避難所受付", true, now};
    view.shelters = *desk->book().shelters();
    view.waiting = static_cast<int>(outbox_.size());
    return view;
  }
  screen::Screen screen() const { return pages->view(scene()); }
  DeskAsk act(std::string node, std::string action, std::string value = {},
              std::vector<std::string> values = {}, const std::string* text = nullptr) {
    const auto shown = screen();
    screen::Action what{shown.name,       0, std::move(node), "", std::move(action), std::move(value),
                        std::move(values)};
    EXPECT_TRUE(screen::still_means(shown, what)) << shown.name << ": " << what.node;
    auto ask = pages->act(what, scene(), {text, [this](std::string_view) { return read; }, {}});
    EXPECT_TRUE(ask.ok()) << what.node << (ask.ok() ? "" : ask.error().detail);
    return ask.ok() ? std::move(*ask) : DeskAsk{};
  }
  void press(std::string node) { act(std::move(node), "press"); }
  void enter(std::string node, std::string value) { act(std::move(node), "enter", std::move(value)); }
  void choose(std::string node, std::string value) { act(std::move(node), "choose", value, {value}); }
  std::string value(const std::string& node) const {
    const auto shown = screen();
    const screen::Node* found = screen::find(shown, node);
    return found ? words::plain(found->value) : "(none)";
  }
  bool has(const std::string& node) const {
    const auto shown = screen();
    return screen::find(shown, node) != nullptr;
  }
  static void text_of(const screen::Nodes& nodes, std::string& out) {
    for (const screen::Node& node : nodes) {
      for (const std::string* part : {&node.name, &node.hint, &node.value, &node.error})
        out += words::plain(*part) + "\n";
      for (const auto& option : node.options)
        out += words::plain(option.name) + "\n" + words::plain(option.hint) + "\n";
      text_of(node.children, out);
    }
  }
  std::string text() const {
    const auto shown = screen();
    std::string out = shown.name + "\n";
    for (const auto* region : {&shown.bar, &shown.rail, &shown.main, &shown.foot}) text_of(*region, out);
    EXPECT_EQ(out.find("…"), std::string::npos) << "a sentence is missing: " << out;
    return out;
  }
  bool sees(std::string_view part) const { return text().find(part) != std::string::npos; }
  void open_gym() {
    if (has("own.make") && !sees("東小体育館")) {
      enter("own.name", "東小体育館");
      press("own.make");
    } else {
      press("shelter." + desk->book().shelters()->front().id.hex());
    }
  }
  void walk_in(const std::string& name) {
    press("walkin");
    enter("name", name);
    press("enter");
  }
  void open_first() {
    press("page.list");
    const auto shown = screen();
    const screen::Node* list = screen::find(shown, "people");
    ASSERT_TRUE(list && !list->children.empty()) << text();
    press(list->children.front().id);
  }

  crypto::Drbg entropy;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<ShelterDesk> desk;
  std::unique_ptr<ShelterPages> pages;
  words::Words words;
  Instant now = base::instant_of(*Date::of(2026, 11, 24), base::TimeOfDay{16 * 60 + 20});
  household::PassReading read;
  Status last;

 private:
  Log& log_;
  crypto::SignPublic key_;
  std::vector<mail::Received> outbox_;
  std::size_t read_ = 0;
};

struct ShelterDeskTest : testing::Test {
  ShelterDeskTest() {
    first.open_gym();
    first.meet();
    second.meet();
    second.open_gym();
    household::Pass pass;
    pass.household.bytes.fill(7);
    pass.counter = 2;
    pass.made = first.now;
    for (int i = 1; i <= 3; ++i) {
      household::PassMember one;
      one.number = i;
      one.kana = "さくら " + std::string(i == 1 ? "ゆうこ" : i == 2 ? "みお" : "そら");
      one.birth = *Date::of(i == 1 ? 1985 : 2026, 9, 1);
      pass.members.push_back(std::move(one));
    }
    pass.members[2].needs = Needs{}.with(household::Need::Infant);
    pass.pets = Pets{}.with(household::Pet::Dog);
    first.read = second.read = {household::PassTrouble::None, pass, 0};
  }
  Log log;
  Tablet first{1, log}, second{2, log};
};

TEST_F(ShelterDeskTest, TakesAHouseholdInWithOnePressAndOutWithAnother) {
  first.act("scanner", "scan", "MH1:...");
  EXPECT_TRUE(first.sees("さくらさんの世帯")) << first.text();
  EXPECT_TRUE(first.sees("3人を入所にする"));
  EXPECT_TRUE(first.sees("2か月"));
  first.press("enter");
  EXPECT_EQ(first.value("count.inside"), "3人") << first.text();
  first.act("scanner", "scan", "MH1:...");
  EXPECT_TRUE(first.sees("3人を退所にする")) << first.text();
  first.press("leave");
  EXPECT_EQ(first.value("count.inside"), "0人");
  first.press("undo");
  EXPECT_EQ(first.value("count.inside"), "3人");
}

TEST_F(ShelterDeskTest, CountsOnceWhatTwoTabletsTookInAndLetsEitherLetThemGo) {
  first.act("scanner", "scan", "x");
  first.press("enter");
  second.act("scanner", "scan", "x");
  second.press("enter");
  first.meet();
  second.meet();
  first.meet();
  EXPECT_EQ(first.value("count.inside"), "3人");
  EXPECT_EQ(second.value("count.inside"), "3人");
  second.act("scanner", "scan", "x");
  second.press("leave");
  second.meet();
  first.meet();
  EXPECT_EQ(first.value("count.inside"), "0人") << "a leave names every stay that is known";
}

TEST_F(ShelterDeskTest, NeedsANameAndNothingElse) {
  first.press("walkin");
  first.press("enter");
  EXPECT_TRUE(first.sees("名前を書いてください"));
  first.enter("name", "田中 うめ");
  first.enter("age", "ろく");
  first.press("enter");
  EXPECT_TRUE(first.sees("0から150の")) << first.text();
  first.enter("age", "８１");
  first.choose("sex", "female");
  first.act("needs", "choose", "", {"wheelchair", "medicine"});
  first.press("more");
  first.enter("name", "田中 まつ");
  first.press("enter");
  EXPECT_EQ(first.value("count.inside"), "2人");
  first.open_first();
  EXPECT_TRUE(first.sees("同じ世帯の人")) << first.text();
  first.press("page.needs");
  EXPECT_TRUE(first.sees("田中 うめ"));
}

TEST_F(ShelterDeskTest, PutsRightLeavesComesBackAndMoves) {
  first.walk_in("田中 うめ");
  first.open_first();
  first.enter("kana", "たなか うめ");
  first.enter("telephone", "090-0000-1111");
  first.choose("tell", "1");
  first.choose("manner", "2");
  first.enter("card", "12");
  first.press("leave.home");
  first.choose("only", "left");
  EXPECT_TRUE(first.sees("田中 うめ")) << first.text();
  first.press(first.desk->book().find({}, 9)->front().open
                  ? "x"
                  : "stay." + first.desk->book().find({}, 9)->front().stay.hex());
  first.press("come-back");
  EXPECT_EQ(first.desk->book().counts(first.desk->here())->inside, 1);
  EXPECT_EQ(first.desk->book().counts(first.desk->here())->doubts, 0);
  const ShelterId other = id_of<ShelterId>(9);
  ASSERT_TRUE(first.desk->say(other.bytes, Field::ShelterName, "南公民館", 0, first.now).ok());
  ASSERT_TRUE(first.desk->say(other.bytes, Field::Standing, "", 2, first.now).ok());
  first.choose("only", "here");
  first.open_first();
  first.choose("move", other.hex());
  EXPECT_TRUE(first.sees("移しました")) << first.text();
  EXPECT_EQ(first.desk->book().counts(other)->inside, 1);
  EXPECT_EQ(first.desk->book().counts(ShelterId{})->doubts, 0);
}

TEST_F(ShelterDeskTest, KeepsBothOfTwoNotesWrittenAtOnce) {
  for (Tablet* one : {&first, &second}) {
    one->press("page.shift");
    one->enter("note", one == &first ? "北口を閉める" : "水は昼まで");
    one->press("note.add");
    one->enter("request", "毛布 20枚");
    one->press("request.add");
  }
  for (int i = 0; i < 2; ++i) first.meet(), second.meet();
  EXPECT_TRUE(first.sees("北口を閉める") && first.sees("水は昼まで")) << first.text();
  EXPECT_TRUE(second.sees("北口を閉める") && second.sees("水は昼まで"));
}

TEST_F(ShelterDeskTest, GivesThePaperThoseWhoAgreedAndTheFileAll) {
  first.read.pass->consent = true;
  first.act("scanner", "scan", "x");
  first.press("enter");
  first.walk_in("秘密 のひと");
  first.press("page.list");
  const DeskAsk csv = first.act("csv", "press");
  ASSERT_TRUE(csv.save);
  EXPECT_NE(base::text_view(csv.save->bytes).find("秘密 のひと"), std::string_view::npos);
  const DeskAsk paper = first.act("print", "press");
  ASSERT_TRUE(paper.paper);
  std::string names;
  for (const auto& row : paper.paper->second.tables.front().rows) names += row.cells.front() + "\n";
  EXPECT_EQ(names.find("秘密"), std::string::npos);
  EXPECT_NE(names.find("さくら みお"), std::string::npos);
}

TEST_F(ShelterDeskTest, ShowsHeadquartersWhatIsOldAsOldAndWritesDownEveryLook) {
  Tablet hq{3, log};
  hq.meet();
  hq.press("hq");
  first.walk_in("田中 うめ");
  first.meet();
  hq.meet();
  EXPECT_EQ(hq.value("town.in"), "1人") << hq.text();
  EXPECT_FALSE(hq.has("old"));
  hq.now = hq.now.plus_seconds(11 * 60);
  EXPECT_TRUE(hq.has("old")) << hq.text();
  EXPECT_TRUE(hq.sees("11分前"));
  ASSERT_TRUE(first.desk->settle(true, hq.now).ok());
  first.meet();
  hq.meet();
  EXPECT_FALSE(hq.has("old")) << "a quiet shelter with a network says that it is there";
  const std::string list = "名称,住所,想定収容人数\n南公民館,日和町南2,40\n,x,1\n";
  hq.act("list", "open", "a.csv", {}, &list);
  EXPECT_TRUE(hq.sees("2行のうち、1か所を読めました")) << hq.text();
  EXPECT_TRUE(hq.sees("3行目：名称がありません"));
  hq.press("list.take");
  EXPECT_TRUE(hq.sees("南公民館"));
  hq.press("page.roster");
  hq.enter("search", "うめ");
  EXPECT_TRUE(hq.sees("田中 うめ")) << hq.text();
  EXPECT_TRUE(hq.has("looks"));
}

TEST_F(ShelterDeskTest, TakesOnlyAnArrivalFromAPhoneAndNothingFromAStranger) {
  mail::Received mail;
  mail.from.bytes.fill(200);
  mail.kind = kKindFacts;
  mail.content = encode(Facts{enter(1, 11, 101, 201)});
  EXPECT_EQ(first.desk->on_message(mail).code(), base::Code::NotAllowed);
  mail.kind = kKindSelf;
  EXPECT_EQ(first.desk->on_message(mail).code(), base::Code::NotAllowed)
      << "seen by staff is not a phone's to say";
  Fact said = enter(1, 11, 101, 201);
  std::get<Enter>(said.what).said = true;
  std::get<Enter>(said.what).shelter = first.desk->here();
  mail.content = encode(Facts{said});
  ASSERT_TRUE(first.desk->on_message(mail).ok());
  EXPECT_EQ(first.value("count.said"), "1人") << first.text();
  EXPECT_EQ(first.value("count.inside"), "0人") << "a photographed poster fills no shelter";
  first.press("page.list");
  first.choose("only", "said");
  first.open_first();
  first.press("seen");
  first.press("page.reception");
  EXPECT_EQ(first.value("count.inside"), "1人");
}

TEST(ExchangeFile, IsReadLineByLineAndRefusesAnother) {
  const std::vector<base::Bytes> envelopes{{1, 2, 3}, {4, 5}};
  const base::Bytes head{9, 8};
  const std::string text = write_exchange(head, envelopes);
  EXPECT_EQ(read_exchange(text)->head, head);
  EXPECT_EQ(read_exchange(text)->envelopes, envelopes);
  EXPECT_FALSE(read_exchange("MACHI-SHELTER 1\n").ok()) << "nothing opens it";
  EXPECT_FALSE(read_exchange("MACHI-SHELTER 1\n!!!\nAQID\n").ok());
  EXPECT_EQ(read_exchange("\xEF\xBB\xBF" + text)->envelopes, envelopes);
  EXPECT_EQ(read_exchange(text + "!!!\n")->damaged, 1);
  EXPECT_FALSE(read_exchange("").ok());
  EXPECT_FALSE(read_exchange("hello\n").ok());
  EXPECT_EQ(read_exchange(std::string(kExchangeBytes + 5000, 'a')).code(), base::Code::TooLarge);
}

}  // namespace
}  // namespace machi::shelter
