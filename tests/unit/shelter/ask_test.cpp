// A relative's question by phone at headquarters' device: what goes back is the same bytes after the same
// work for all of whom nothing is told, and as long as any other answer.
#include "core/shelter/ask.h"

#include "core/crypto/drbg.h"
#include "core/shelter/desk/shelter_desk.h"
#include "tests/unit/shelter/stays.h"

namespace machi::shelter {
namespace {

constexpr Instant kNow{1'795'600'000'000};

Ask question(int number = 7, std::string name = "さくら ゆうこ") {
  Ask out;
  out.id = id_of<AskId>(number);
  out.name = std::move(name);
  out.birth = *Date::of(1985, 4, 2);
  out.reply.mailbox = id_of<mail::MailboxId>(9);
  out.reply.epoch = 1;
  out.reply.epoch_key.bytes.fill(3);
  return out;
}

class Headquarters final : public ShelterPost {
 public:
  explicit Headquarters(bool hq = true) : entropy(crypto::Drbg::of_number(5)) {
    database = std::move(*store::Database::open({}));
    EXPECT_TRUE(database->migrate(ShelterDesk::migrations()).ok());
    desk = std::make_unique<ShelterDesk>(*database, *this, entropy);
    EXPECT_TRUE(desk->say(gym.bytes, Field::ShelterName, "東小体育館", 0, kNow).ok());
    if (hq) {
      EXPECT_TRUE(desk->set("here", "hq").ok());
    }
  }
  Status note(std::string_view, code::Cbor content, Instant) override {
    if (auto facts = decode_facts(content); facts.ok())
      noted.insert(noted.end(), facts->begin(), facts->end());
    return {};
  }
  Status tell(const mail::Recipient& to, std::string_view kind, code::Cbor content, Instant) override {
    EXPECT_EQ(kind, kKindAnswer);
    EXPECT_EQ(to.mailbox, question().reply.mailbox);
    told.push_back(code::encode(content));
    return {};
  }
  bool protects() const override { return true; }
  Status protect(code::Cbor, Instant) override { return {}; }
  bool colleague(const crypto::SignPublic&) const override { return true; }
  Status take(std::string_view kind, code::Cbor content, Instant at = kNow) {
    mail::Received mail;
    mail.kind = kind;
    mail.written = mail.at = at;
    mail.content = std::move(content);
    return desk->on_message(mail);
  }
  base::Bytes ask(const Ask& one = question()) {
    told.clear();
    EXPECT_TRUE(take(kKindAsk, encode(one)).ok());
    const auto before = database->work().run;
    EXPECT_TRUE(desk->settle(true, kNow).ok());
    work = database->work().run - before;
    return told.empty() ? base::Bytes() : told[0];
  }
  ShelterDesk::Arrival arrival(bool tell) const {
    Person one = person(11, "佐倉 ゆうこ");
    one.kana = "さくら ゆうこ";
    one.birth = *Date::of(1985, 4, 2);
    one.tell = tell;
    return {one, 1, Manner::Inside, "", "", false};
  }

  ShelterId gym = id_of<ShelterId>(50);
  crypto::Drbg entropy;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<ShelterDesk> desk;
  std::vector<base::Bytes> told;
  Facts noted;
  std::uint64_t work = 0;
};

TEST(AQuestionByPhone, IsRefusedByteForByteAlikeWithTheSameWorkWhateverTheReason) {
  Headquarters nobody, silent, hidden, willing;
  ASSERT_TRUE(silent.desk->enter({silent.arrival(false)}, silent.gym, kNow).ok());
  auto other = hidden.arrival(false);
  const Person truth = other.person;
  other.person =
      under_alias(truth, "青木 はな", id_of<PersonId>(77), id_of<HouseholdId>(78), *Date::of(2026, 1, 1));
  AliasEntry entry;
  entry.id = id_of<AliasId>(3);
  entry.counter = 1;
  entry.at = kNow;
  entry.people.push_back({other.person.id, "青木 はな", truth.name, truth.kana, truth.birth, "", ""});
  ASSERT_TRUE(hidden.desk->enter_under_alias({other}, entry, hidden.gym, kNow).ok());
  ASSERT_TRUE(willing.desk->enter({willing.arrival(true)}, willing.gym, kNow).ok());
  const base::Bytes none = nobody.ask();
  ASSERT_FALSE(none.empty());
  EXPECT_EQ(silent.ask(), none) << "does not want it told";
  EXPECT_EQ(hidden.ask(), none) << "is protected";
  EXPECT_EQ(silent.work, nobody.work) << "statements that ran";
  EXPECT_EQ(hidden.work, nobody.work);
  const base::Bytes here = willing.ask();
  EXPECT_NE(here, none);
  EXPECT_EQ(here.size(), none.size()) << "the post office sees sizes";
  EXPECT_EQ(willing.work, nobody.work);
  const auto answer = decode_answer(*code::decode(here));
  ASSERT_TRUE(answer.ok()) << answer.error().detail;
  EXPECT_EQ(*answer, (Answer{question().id, Answer::What::Here, "東小体育館"}));
}

TEST(AQuestionByPhone, IsAnsweredOnceByOneDeviceOfHeadquartersAndWrittenDown) {
  Headquarters table(false), one, two;
  EXPECT_TRUE(table.ask().empty()) << "a shelter's tablet answers nobody";
  EXPECT_FALSE(one.ask().empty());
  EXPECT_TRUE(one.ask().empty()) << "the same question came twice";
  const auto looks = *one.desk->book().heads(Field::Look, 10);
  ASSERT_EQ(looks.size(), 1u);
  EXPECT_EQ(looks[0].text, "? さくら ゆうこ");
  ASSERT_TRUE(two.take(kKindFacts, encode(one.noted)).ok());
  EXPECT_TRUE(two.ask().empty()) << "a colleague was quicker";
  Headquarters late;
  EXPECT_TRUE(late.take(kKindAsk, encode(question()), Instant{kNow.ms - 3 * 86'400'000LL}).ok());
  EXPECT_TRUE(late.desk->settle(true, kNow).ok());
  EXPECT_TRUE(late.told.empty()) << "asked too long ago";
}

TEST(AQuestionByPhone, GoesThroughNoListOfNames) {
  Headquarters hq;
  ASSERT_TRUE(hq.desk->enter({hq.arrival(true)}, hq.gym, kNow).ok());
  for (int i = 0; i < 20; ++i) hq.ask(question(100 + i, "だれか"));
  const base::Bytes last = hq.ask(question(200));
  const auto answer = decode_answer(*code::decode(last));
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->what, Answer::What::Nothing);
}

TEST(AQuestionByPhone, ComesBackAsItWasWrittenAndBadOnesAreRefused) {
  const auto again = decode_ask(encode(question()));
  ASSERT_TRUE(again.ok()) << again.error().detail;
  EXPECT_EQ(again->name, question().name);
  EXPECT_EQ(again->reply.mailbox, question().reply.mailbox);
  EXPECT_EQ(decode_ask(encode(question(1, " "))).code(), base::Code::BadInput);
  EXPECT_EQ(decode_ask(encode(question(1, std::string(41, 'a')))).code(), base::Code::TooLarge);
  EXPECT_EQ(decode_answer(encode(Answer{id_of<AskId>(1), Answer::What::Here, ""})).code(),
            base::Code::BadInput);
  EXPECT_EQ(decode_answer(encode(Answer{id_of<AskId>(1), Answer::What::Safe, "東小"})).code(),
            base::Code::BadInput);
}

}  // namespace
}  // namespace machi::shelter
