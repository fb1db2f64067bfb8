// Another name at a shelter: what the shelter keeps of it, what the protection mailbox holds, and that who
// asks for somebody learns nothing - not by the answer, and not by the work that it takes.
#include "core/crypto/drbg.h"
#include "core/screen/json.h"
#include "core/shelter/desk/pages.h"
#include "tests/unit/shelter/care.h"
#include "tests/unit/shelter/stays.h"

namespace machi::shelter {
namespace {

AliasEntry entry(std::uint64_t counter = 1) {
  AliasEntry out;
  out.id = id_of<AliasId>(3);
  out.counter = counter;
  out.at = kNow;
  out.shelter = "東小体育館";
  out.people.push_back({id_of<PersonId>(4), "青木 はな", "佐倉 ゆうこ", "さくら ゆうこ",
                        *Date::of(1985, 4, 2), "日和町西3-4", "09012345678"});
  return out;
}

// A reception without an app around it; what it seals for the protection mailbox.
class Reception final : public ShelterPost {
 public:
  Reception() : entropy(crypto::Drbg::of_number(5)) {
    database = std::move(*store::Database::open({}));
    EXPECT_TRUE(database->migrate(ShelterDesk::migrations()).ok());
    desk = std::make_unique<ShelterDesk>(*database, *this, entropy);
    pages = std::make_unique<ShelterPages>(*desk);
    EXPECT_TRUE(desk->say(shelter.bytes, Field::ShelterName, "東小体育館", 0, kNow).ok());
    EXPECT_TRUE(desk->set("here", shelter.hex()).ok());
    desk->forget_last();
  }
  Status note(std::string_view, code::Cbor content, Instant) override {
    notes += base::to_hex(code::encode(content));
    return {};
  }
  bool colleague(const crypto::SignPublic&) const override { return true; }
  bool protects() const override { return has_protection; }
  Status protect(code::Cbor content, Instant) override {
    MACHI_TRY_SET(taken, decode_alias(content));
    sealed.push_back(std::move(taken));
    return {};
  }
  DeskView scene() const {
    DeskView view{*desk, words, pages->place(), kNow, "日和町避難所受付", true, kNow};
    view.shelters = *desk->book().shelters();
    return view;
  }
  void act(const std::string& node, const std::string& action, const std::string& value = {}) {
    const auto shown = pages->view(scene());
    const screen::Action what{shown.name, 0, node, "", action, value, {}};
    ASSERT_TRUE(screen::still_means(shown, what)) << shown.name << ": " << node;
    const auto done = pages->act(what, scene(), {nullptr, [this](std::string_view) { return read; }, {}});
    ASSERT_TRUE(done.ok()) << node << done.error().detail;
  }
  std::string tree() const { return screen::to_json(pages->view(scene())); }
  // What is asked, and what the screen says: all of it.
  std::string ask(const std::string& name, const std::string& birth) {
    act("page.answer", "press");
    act("ask.name", "enter", name);
    act("ask.birth", "enter", birth);
    const auto before = database->work().run;
    act("ask", "press");
    work = database->work().run - before;
    (void)desk->told(name, *Date::parse(birth), &compared);
    return tree();
  }

  ShelterId shelter = id_of<ShelterId>(50);
  crypto::Drbg entropy;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<ShelterDesk> desk;
  std::unique_ptr<ShelterPages> pages;
  words::Words words;
  household::PassReading read;
  std::vector<AliasEntry> sealed;
  std::string notes;
  bool has_protection = true;
  std::uint64_t work = 0;
  int compared = 0;
};

ShelterDesk::Arrival arrival(bool tell) {
  Person one = person(11, "佐倉 ゆうこ");
  one.kana = "さくら ゆうこ";
  one.birth = *Date::of(1985, 4, 2);
  one.tell = tell;
  return {one, 1, Manner::Inside, "", "", false};
}

TEST(AnotherName, ComesBackAsItWasSealedAndBadOnesAreRefused) {
  const auto again = decode_alias(encode(entry()));
  ASSERT_TRUE(again.ok()) << again.error().detail;
  EXPECT_EQ(*again, entry());
  AliasEntry nobody = entry();
  nobody.people[0].name.clear();
  nobody.people[0].kana.clear();
  EXPECT_EQ(decode_alias(encode(nobody)).code(), base::Code::BadInput);
  AliasEntry large = entry();
  for (int i = 0; i < 16; ++i) large.people.push_back(large.people[0]);
  EXPECT_EQ(decode_alias(encode(large)).code(), base::Code::TooLarge);
  AliasEntry never = entry(0);
  EXPECT_EQ(decode_alias(encode(never)).code(), base::Code::BadInput);
}

TEST(AnotherName, IsAllThatAReceptionKeepsOfSomebodyWithoutACode) {
  Reception gym;
  gym.act("walkin", "press");
  gym.act("alias", "press");
  gym.act("alias.0", "enter", "青木 はな");
  gym.act("true.name.0", "enter", "佐倉 ゆうこ");
  gym.act("true.kana.0", "enter", "さくら ゆうこ");
  gym.act("true.birth.0", "enter", "1985-04-02");
  gym.act("true.address.0", "enter", "日和町西3-4");
  gym.act("enter", "press");
  ASSERT_EQ(gym.sealed.size(), 1u);
  ASSERT_EQ(gym.sealed[0].people.size(), 1u);
  EXPECT_EQ(gym.sealed[0].people[0].name, "佐倉 ゆうこ");
  EXPECT_EQ(gym.sealed[0].people[0].birth, *Date::of(1985, 4, 2));
  EXPECT_EQ(gym.sealed[0].shelter, "東小体育館");
  // The tables, the messages to the office, the roster as a file and on paper.
  std::string all = *gym.desk->book().shown() + gym.notes;
  const auto csv = roster_csv(gym.scene(), gym.shelter);
  const auto paper = roster_paper(gym.scene(), gym.shelter);
  ASSERT_TRUE(csv.ok() && paper.ok());
  all += base::to_hex(csv->bytes);
  for (const auto& row : paper->tables[0].rows)
    for (const auto& cell : row.cells) all += base::to_hex(base::view(cell));
  for (const std::string_view told : {"佐倉", "さくら", "西3-4"}) {
    EXPECT_EQ(all.find(base::to_hex(base::view(told))), std::string::npos) << told;
    std::string upper = base::to_hex(base::view(told));
    for (char& sign : upper) sign = static_cast<char>(std::toupper(sign));
    EXPECT_EQ(all.find(upper), std::string::npos) << told;
  }
  const auto found = *gym.desk->book().find({}, 10);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].person.name, "青木 はな");
  EXPECT_FALSE(found[0].person.birth);
  EXPECT_EQ(found[0].person.age, 41);
  EXPECT_FALSE(found[0].person.tell);
  EXPECT_EQ(found[0].person.id, gym.sealed[0].people[0].person);
  EXPECT_EQ(paper->tables[0].rows.size(), 1u) << "the heads alone: who does not want it told is on no paper";
  EXPECT_EQ(gym.tree().find("佐倉"), std::string::npos) << "nor behind the screen";
}

TEST(AnotherName, IsTakenBackAtTheProtectionMailboxTooWhenTheCheckInIs) {
  Reception gym;
  gym.act("walkin", "press");
  gym.act("alias", "press");
  gym.act("alias.0", "enter", "青木 はな");
  gym.act("true.name.0", "enter", "佐倉 ゆうこ");
  gym.act("enter", "press");
  ASSERT_EQ(gym.sealed.size(), 1u);
  gym.act("undo", "press");
  ASSERT_EQ(gym.sealed.size(), 2u);
  EXPECT_EQ(gym.sealed[1].id, gym.sealed[0].id);
  EXPECT_GT(gym.sealed[1].counter, gym.sealed[0].counter);
  EXPECT_TRUE(gym.sealed[1].people.empty());
  EXPECT_TRUE(gym.desk->book().find({}, 10)->empty());
  Officers few;
  for (const AliasEntry& one : gym.sealed) ASSERT_TRUE(few.take(kKindAlias, encode(one)).ok());
  EXPECT_TRUE(few.desk->aliases(10)->empty());
  // What is undone later is another check-in, and no alias of before.
  ASSERT_TRUE(gym.desk->enter({arrival(false)}, gym.shelter, kNow).ok());
  ASSERT_TRUE(gym.desk->undo_last(kNow).ok());
  EXPECT_EQ(gym.sealed.size(), 2u);
}

TEST(AnotherName, HasNoConnectionWithTheHouseholdsPass) {
  Reception gym;
  household::Pass pass;
  pass.household.bytes.fill(0x5A);
  pass.counter = 3;
  pass.telephone = "09012345678";
  pass.members.resize(2);
  pass.members[0].number = 1;
  pass.members[0].kana = "さくら ゆうこ";
  pass.members[0].birth = *Date::of(1985, 4, 2);
  pass.members[1].number = 2;
  pass.members[1].kana = "さくら みお";
  pass.members[1].birth = *Date::of(2018, 5, 6);
  gym.read.pass = pass;
  gym.act("scanner", "scan", "pass");
  gym.act("alias", "press");
  gym.act("alias.0", "enter", "青木 はな");
  gym.act("alias.1", "enter", "青木 つき");
  gym.act("enter", "press");
  ASSERT_EQ(gym.sealed.size(), 1u);
  EXPECT_EQ(gym.sealed[0].people.size(), 2u);
  EXPECT_EQ(gym.sealed[0].people[1].kana, "さくら みお");
  const auto found = *gym.desk->book().find({}, 10);
  ASSERT_EQ(found.size(), 2u);
  for (const StayLine& line : found) {
    EXPECT_NE(line.person.household, pass.household);
    EXPECT_EQ(line.person.telephone, "");
  }
  EXPECT_EQ(gym.desk->newest(pass.household), 0u);
  for (const auto& id : {household::person_id(pass.household, 1), household::person_id(pass.household, 2)})
    EXPECT_TRUE(gym.desk->book().of_person(id)->empty());
  gym.has_protection = false;
  gym.act("walkin", "press");
  EXPECT_EQ(gym.tree().find("\"alias\""), std::string::npos) << "a town without such a mailbox offers none";
}

TEST(ARelativesQuestion, IsAnsweredByteForByteAlikeWithTheSameWork) {
  const std::string name = "さくら ゆうこ", birth = "1985-04-02";
  Reception nobody, silent, hidden, willing;
  ASSERT_TRUE(silent.desk->enter({arrival(false)}, silent.shelter, kNow).ok());
  hidden.act("walkin", "press");
  hidden.act("alias", "press");
  hidden.act("alias.0", "enter", "青木 はな");
  hidden.act("true.name.0", "enter", "佐倉 ゆうこ");
  hidden.act("true.kana.0", "enter", name);
  hidden.act("true.birth.0", "enter", birth);
  hidden.act("enter", "press");
  ASSERT_TRUE(willing.desk->enter({arrival(true)}, willing.shelter, kNow).ok());
  for (Reception* one : {&nobody, &silent, &hidden, &willing}) one->desk->forget_last();
  const std::string none = nobody.ask(name, birth);
  EXPECT_EQ(silent.ask(name, birth), none);
  EXPECT_EQ(hidden.ask(name, birth), none);
  EXPECT_EQ(silent.work, nobody.work) << "statements that ran";
  EXPECT_EQ(hidden.work, nobody.work);
  EXPECT_GT(nobody.compared, 0);
  EXPECT_EQ(silent.compared, nobody.compared) << "entries that were compared";
  EXPECT_EQ(hidden.compared, nobody.compared);
  // And it is not one answer for everybody.
  EXPECT_NE(willing.ask(name, birth), none);
  EXPECT_EQ(willing.work, nobody.work);
  EXPECT_EQ(willing.compared, nobody.compared);
}

TEST(TheProtectionMailbox, ShowsWhoIsBehindANameAfterAPressThatIsWrittenDown) {
  Officers few;
  ASSERT_TRUE(few.take(kKindAlias, encode(entry())).ok());
  EXPECT_EQ(few.tree().find("青木"), std::string::npos) << "nothing before somebody sits here";
  few.act("officer", "enter", "山本");
  few.act("sit", "press");
  EXPECT_NE(few.tree().find("青木 はな"), std::string::npos);
  EXPECT_EQ(few.tree().find("佐倉"), std::string::npos) << "the list has the other names alone";
  EXPECT_TRUE(few.desk->looks(10)->empty());
  few.act("entry." + entry().id.hex(), "press");
  EXPECT_NE(few.tree().find("佐倉 ゆうこ"), std::string::npos) << few.tree();
  EXPECT_NE(few.tree().find("1985"), std::string::npos);
  auto looks = *few.desk->looks(10);
  ASSERT_EQ(looks.size(), 1u);
  EXPECT_EQ(looks[0].officer, "山本");
  EXPECT_EQ(looks[0].what, "青木 はな");
  EXPECT_EQ(few.noted, std::vector<std::string>{std::string(kKindLook)}) << "and its colleagues have it";
  few.act("back", "press");
  few.act("search", "enter", "ゆうこ");
  EXPECT_EQ(few.desk->looks(10)->size(), 2u) << "a search is a look";
  EXPECT_NE(few.tree().find("青木 はな"), std::string::npos);
  few.act("search", "enter", "たかし");
  EXPECT_EQ(few.tree().find("青木 はな"), std::string::npos);
  few.act("page.looks", "press");
  EXPECT_NE(few.tree().find("山本"), std::string::npos);
}

TEST(TheProtectionMailbox, KeepsTheHighestCounterInAnyOrderAndForgetsWhoIsOver) {
  AliasEntry over = entry(2);
  over.people.clear();
  for (const bool turned : {false, true}) {
    Officers few;
    ASSERT_TRUE(few.take(kKindAlias, encode(turned ? over : entry())).ok());
    ASSERT_TRUE(few.take(kKindAlias, encode(turned ? entry() : over)).ok());
    EXPECT_TRUE(few.desk->aliases(10)->empty());
  }
  AliasEntry rival = entry();
  rival.people[0].alias = "赤木 はな";
  std::string first;
  for (const bool turned : {false, true}) {
    Officers few;
    ASSERT_TRUE(few.take(kKindAlias, encode(turned ? rival : entry())).ok());
    ASSERT_TRUE(few.take(kKindAlias, encode(turned ? entry() : rival)).ok());
    const auto lines = *few.desk->aliases(10);
    ASSERT_EQ(lines.size(), 1u);
    if (first.empty()) first = lines[0].entry.people[0].alias;
    EXPECT_EQ(lines[0].entry.people[0].alias, first);
  }
}

TEST(TheProtectionMailbox, IsNoOtherOfficesAndItsLooksAreItsOwnDevices) {
  Officers other;
  other.office = kSupportOffice;
  EXPECT_EQ(other.take(kKindAlias, encode(entry())).code(), base::Code::NotAllowed);
  Officers few;
  const ProtectionLook look{id_of<base::Id<FactTag>>(1), kNow, "だれか", "青木"};
  EXPECT_EQ(few.take(kKindLook, encode(look), 9).code(), base::Code::NotAllowed);
  EXPECT_TRUE(few.take(kKindLook, encode(look), 1).ok());
  EXPECT_EQ(few.desk->looks(10)->size(), 1u);
  EXPECT_EQ(few.desk->look("青木", kNow).code(), base::Code::NotAllowed) << "nobody sits here";
}

}  // namespace
}  // namespace machi::shelter
