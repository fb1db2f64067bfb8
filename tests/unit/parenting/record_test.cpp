// The family's record: facts in any order, two phones that write at once, erasures, the file that carries it.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/crypto/drbg.h"
#include "core/parenting/citizen/record_book.h"
#include "core/parenting/citizen/record_file.h"
#include "core/rules/date_text.h"

namespace machi::parenting {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }
const Date kToday = day("2026-11-22");
const Date kBirth = day("2026-07-08");

Fact fact(FactId child, Said said, int salt, std::int64_t at = 1'000, std::vector<FactId> replaces = {}) {
  Fact out;
  out.salt[0] = static_cast<std::uint8_t>(salt & 255);
  out.salt[1] = static_cast<std::uint8_t>(salt >> 8);
  out.child = child;
  out.at = {at};
  out.replaces = std::move(replaces);
  out.said = std::move(said);
  return named(std::move(out));
}
Fact sora(int salt = 1) {
  return fact({}, ChildSaid{"佐倉 そら", kBirth, day("2026-08-12"), Sex::Female}, salt);
}

struct Store {
  std::unique_ptr<store::Database> database = *store::Database::open({});
  RecordBook book{*database};
  Store() { EXPECT_TRUE(database->migrate(RecordBook::migrations()).ok()); }
};
struct Dice : base::Entropy {
  std::mt19937_64 engine{5};
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(engine());
  }
};

TEST(Fact, SurvivesItsBytesAndIsNamedByThem) {
  const Fact child = sora();
  for (const Fact& one :
       {child, fact(child.id, DoseGiven{"pcv", day("2026-09-10"), "AB123", "ひより小児科"}, 2),
        fact(child.id, Measured{day("2026-09-10"), 5200, 571, 381, Posture::Lying}, 3),
        fact(child.id, CheckUp{"m4", day("2026-11-10"), "保健センター", "首がすわった"}, 4),
        fact(child.id, Noted{day("2026-11-20"), "笑った"}, 5), fact(child.id, Erased{}, 6, 1, {child.id})}) {
    const auto back = decode_fact(encode_fact(one));
    ASSERT_TRUE(back.ok()) << back.error().detail;
    EXPECT_EQ(*back, one);
  }
  EXPECT_EQ(child.child, child.id);
  EXPECT_NE(sora(2).id, child.id);
}

TEST(Fact, IsRefusedWhenItSaysNothingOrWhatNobodyWrites) {
  const Fact child = sora();
  const auto refused = [](const Fact& one) { return decode_fact(encode_fact(one)).code(); };
  EXPECT_EQ(refused(fact(child.id, Measured{}, 2)), base::Code::BadInput);
  EXPECT_EQ(refused(fact(child.id, Noted{kToday, ""}, 2)), base::Code::BadInput);
  EXPECT_EQ(refused(fact(child.id, DoseGiven{"", kToday, "", ""}, 2)), base::Code::BadInput);
  EXPECT_EQ(refused(fact({}, ChildSaid{"A", {}, {}, {}}, 2)), base::Code::BadInput);
  EXPECT_EQ(refused(fact({}, ChildSaid{"A", day("2026-01-01"), day("2026-12-01"), {}}, 2)),
            base::Code::BadInput);
  EXPECT_EQ(refused(fact({}, ChildSaid{"A", day("1899-12-31"), {}, {}}, 2)), base::Code::BadInput);
  EXPECT_EQ(refused(fact(child.id, Erased{}, 2)), base::Code::BadInput);
  EXPECT_EQ(refused(fact(child.id, Noted{kToday, std::string(1001, 'x')}, 2)), base::Code::TooLarge);
  code::CborMap newer = *encode_fact(child).map();
  newer.emplace_back(9, "of tomorrow");
  EXPECT_EQ(decode_fact(code::Cbor(newer)).code(), base::Code::Unsupported);
}

TEST(Child, IsAskedForDatesThatCanBe) {
  const auto checked = [](std::string_view birth, std::string_view due) {
    ChildSaid said{"そら", {}, {}, {}};
    if (!birth.empty()) said.birth = day(birth);
    if (!due.empty()) said.due = day(due);
    const Status found = check_child(said, kToday);
    return found.ok() ? std::string("ok") : std::string(base::code_name(found.code()));
  };
  EXPECT_EQ(checked("2026-11-22", ""), "ok");
  EXPECT_EQ(checked("2026-11-23", ""), "date-out-of-range");
  EXPECT_EQ(checked("1899-12-31", ""), "date-out-of-range");
  EXPECT_EQ(checked("2024-02-29", "2024-03-10"), "ok");
  EXPECT_EQ(checked("", ""), "missing");
  EXPECT_EQ(checked("", "2027-06-01"), "ok");
  EXPECT_EQ(checked("", "2028-06-01"), "date-out-of-range");
  EXPECT_EQ(checked("2026-01-01", "2026-08-01"), "date-out-of-range");
}

TEST(Child, IsWrittenWithAnEra) {
  const auto born = [](std::string_view text) {
    const auto found = rules::parse_birth(text, kToday);
    return found.ok() ? found->iso() : std::string(base::code_name(found.code()));
  };
  EXPECT_EQ(born("令和8年7月8日"), "2026-07-08");
  EXPECT_EQ(born("R8.7.8"), "2026-07-08");
  EXPECT_EQ(born("令和6年2月29日"), "2024-02-29");
  EXPECT_EQ(born("令和7年2月29日"), "bad-input");
  EXPECT_EQ(born("平成31年5月1日"), "bad-input");
  EXPECT_EQ(born("令和9年1月1日"), "date-out-of-range");
  EXPECT_EQ(born("明治30年1月1日"), "date-out-of-range");
}

TEST(Record, IsTheSameInAnyOrderAndAnyRepetition) {
  std::mt19937 engine(20261122);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(engine() % n); };
  for (int round = 0; round < 200; ++round) {
    std::vector<Fact> all{sora()};
    for (int i = 2; i < 30; ++i) {
      std::vector<FactId> replaces;
      if (pick(2) == 0) replaces.push_back(all[pick(all.size())].id);
      const auto at = static_cast<std::int64_t>(pick(5));
      const Date on = kBirth.plus(static_cast<int>(pick(3)) * 30 + 60);
      Said said = Noted{on, "a"};
      switch (pick(6)) {
        case 0:
          said = ChildSaid{"名" + std::to_string(pick(3)), kBirth, {}, {}};
          break;
        case 1:
          said = DoseGiven{"pcv", on, pick(2) == 0 ? "L1" : "L2", ""};
          break;
        case 2:
          said = Measured{on, 5000 + static_cast<int>(pick(2)), 0, 0, {}};
          break;
        case 3:
          if (!replaces.empty()) said = Erased{};
          break;
        default:
          break;
      }
      all.push_back(fact(all[0].id, said, i, at, replaces));
    }
    Record one, two, half;
    for (const Fact& each : all) one.add(each);
    std::shuffle(all.begin(), all.end(), engine);
    for (const Fact& each : all) (pick(2) == 0 ? two : half).add(each);
    two.merge(half);
    two.merge(half);
    half.merge(two);
    ASSERT_TRUE(one == two) << round;
    ASSERT_TRUE(one == half) << round;
    const FactId child = sora().id;
    const auto dose_text = [&](const Record& record) {
      std::string out;
      for (const KnownDose& dose : record.doses(child))
        out += dose.said.on.iso() + dose.said.lot + (dose.differs ? "!" + dose.other_lot : "") + ";";
      for (const auto& known : record.children())
        out += known.said.name + (known.other ? "?" + known.other->name : "");
      return out + std::to_string(record.measurements(child).size()) + "/" +
             std::to_string(record.notes(child).size());
    };
    ASSERT_EQ(dose_text(one), dose_text(two)) << round;
    ASSERT_EQ(dose_text(one), dose_text(half)) << round;
  }
}

TEST(Record, TakesOneDoseThatBothParentsWroteAsOne) {
  Record record;
  const Fact child = sora();
  record.add(child);
  record.add(fact(child.id, DoseGiven{"pcv", day("2026-09-10"), "", "ひより小児科"}, 2));
  record.add(fact(child.id, DoseGiven{"pcv", day("2026-09-10"), "AB123", ""}, 3));
  auto doses = record.doses(child.id);
  ASSERT_EQ(doses.size(), 1u);
  EXPECT_EQ(doses[0].said.lot, "AB123");
  EXPECT_EQ(doses[0].said.place, "ひより小児科");
  EXPECT_FALSE(doses[0].differs);
  record.add(fact(child.id, DoseGiven{"pcv", day("2026-09-10"), "XY999", ""}, 4));
  doses = record.doses(child.id);
  ASSERT_EQ(doses.size(), 1u);
  EXPECT_TRUE(doses[0].differs);
}

TEST(Record, KeepsBothOfTwoChangesAndOneChoiceSettlesThem) {
  Record record;
  const Fact child = sora();
  record.add(child);
  ChildSaid mother = std::get<ChildSaid>(child.said), father = mother;
  mother.name = "佐倉 空", father.name = "佐倉 宙";
  record.add(fact(child.id, mother, 2, 10, {child.id}));
  record.add(fact(child.id, father, 3, 20, {child.id}));
  auto known = *record.child(child.id);
  EXPECT_EQ(known.said.name, "佐倉 宙");
  ASSERT_TRUE(known.other.has_value());
  EXPECT_EQ(known.other->name, "佐倉 空");
  record.add(fact(child.id, mother, 4, 30, known.facts));
  known = *record.child(child.id);
  EXPECT_EQ(known.said.name, "佐倉 空");
  EXPECT_FALSE(known.other.has_value());
}

TEST(Record, ErasesForGoodAlsoBeforeAnOlderCopyComes) {
  Record mine, theirs;
  const Fact child = sora();
  const Fact first = fact(child.id, Noted{kToday, "a"}, 2);
  const Fact second = fact(child.id, Noted{kToday, "b"}, 3, 5, {first.id});
  for (const Fact& one : {child, first, second}) mine.add(one), theirs.add(one);
  mine.add(fact(child.id, Erased{}, 4, 9, mine.with_history({second.id})));
  EXPECT_TRUE(mine.notes(child.id).empty());
  EXPECT_EQ(mine.merge(theirs), 0);
  EXPECT_TRUE(mine.notes(child.id).empty());
  EXPECT_FALSE(mine.facts().contains(second.id));
  theirs.merge(mine);
  EXPECT_TRUE(theirs == mine);
}

TEST(RecordBook, KeepsFactsAndDeletesWhatIsErased) {
  Store store;
  Dice dice;
  Record record;
  Fact child;
  child.said = ChildSaid{"そら", kBirth, {}, {}};
  const auto id = store.book.write(record, child, dice);
  ASSERT_TRUE(id.ok());
  Fact note;
  note.child = *id;
  note.said = Noted{kToday, "ひみつの言葉"};
  const auto noted = store.book.write(record, note, dice);
  ASSERT_TRUE(noted.ok());
  EXPECT_TRUE(*store.book.load() == record);
  Fact erased;
  erased.child = *id;
  erased.replaces = record.with_history({*noted});
  erased.said = Erased{};
  ASSERT_TRUE(store.book.write(record, erased, dice).ok());
  EXPECT_TRUE(*store.book.load() == record);
  auto row = store.database->prepare("SELECT count(*) FROM parenting_fact");
  ASSERT_TRUE(*row.step());
  EXPECT_EQ(row.integer(0), 2);
  const auto one = store.book.key(dice), two = store.book.key(dice);
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_EQ(one->open, two->open);
}

struct RecordFileTest : ::testing::Test {
  RecordFileTest() {
    record.add(child);
    record.add(fact(child.id, DoseGiven{"pcv", day("2026-09-10"), "AB123", "ひより小児科"}, 2));
    record.add(fact(child.id, Measured{day("2026-10-08"), 6400, 620, 401, {}}, 3));
    text = write_record_file(record, key, {1'790'000'000'000});
  }
  Fact child = sora();
  Record record;
  crypto::SignKey key = crypto::sign_key(crypto::Secret<32>(base::Array<32>{1, 2, 3}));
  std::string text;
};

TEST_F(RecordFileTest, ComesBackWhole) {
  const auto back = read_record_file(text, kToday);
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_TRUE(back->record == record);
  EXPECT_EQ(back->writer, key.open);
  EXPECT_EQ(back->unknown, 0);
  EXPECT_EQ(writer_digits(back->writer).size(), 14u);
  std::string windows = "\xEF\xBB\xBF";
  for (const char sign : text) windows += sign == '\n' ? std::string("\r\n") : std::string(1, sign);
  EXPECT_TRUE(read_record_file(windows, kToday).ok());
}

TEST_F(RecordFileTest, IsRefusedWhenASignIsAnotherOrMissing) {
  std::mt19937 engine(7);
  for (int round = 0; round < 300; ++round) {
    std::string broken = text;
    const std::size_t at = engine() % broken.size();
    if (round % 2 == 0)
      broken[at] = broken[at] == 'A' ? 'B' : 'A';
    else
      broken.erase(at, 1 + engine() % 5);
    const auto back = read_record_file(broken, kToday);
    if (broken.find_first_not_of("\r\n ") != std::string::npos && back.ok()) {
      EXPECT_TRUE(back->record == record) << round;  // a line end went, and nothing else
    }
  }
  EXPECT_EQ(read_record_file("", kToday).code(), base::Code::BadInput);
  EXPECT_EQ(read_record_file("MACHI-FAMILY-RECORD-2\nAAAA", kToday).code(), base::Code::Unsupported);
}

TEST_F(RecordFileTest, IsRefusedWhenItComesFromTheFuture) {
  EXPECT_EQ(read_record_file(text, day("2026-10-06")).code(), base::Code::DateOutOfRange);
}

}  // namespace
}  // namespace machi::parenting
