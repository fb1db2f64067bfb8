// The household pass: its size, what is told apart, and that whatever was written is read as the same. Its
// vectors: tests/data/household/pass.txt, written anew only on purpose with MACHIKADO_REWRITE=1.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "core/base/text.h"
#include "core/code/cwt.h"
#include "tests/unit/household/family.h"

namespace machi::household::test {
namespace {

std::string vectors_file() { return std::string(MACHI_TEST_DATA) + "/household/pass.txt"; }

PassReading read(std::string_view text, std::initializer_list<std::uint8_t> numbers = {1}) {
  const auto there = keys(numbers);
  return read_pass(text, {kTown, there});
}

Pass eight_pass() { return pass_of(eight(), kNow); }

Pass random_pass(crypto::Drbg& random) {
  const auto number = [&random](std::uint32_t below) {
    base::Array<4> raw{};
    random.fill(raw);
    return (raw[0] | raw[1] << 8 | raw[2] << 16 | static_cast<std::uint32_t>(raw[3]) << 24) % below;
  };
  Pass pass;
  pass.household = random.id<HouseholdTag>();
  pass.counter = 1 + number(0xFFFFFFFE);
  pass.made = Instant::from_seconds(number(0xFFFFFFFF));
  if (number(3) != 0) pass.telephone = "0" + std::to_string(900000000 + number(90000000));
  pass.pets.bits = number(8);
  pass.consent = number(2) == 1;
  pass.place = static_cast<Place>(number(3));
  if (number(2) == 1) pass.language = "vi";
  const std::u32string signs = U"あいぅぇおがぱんゔゖァヴーヶ・ヽ ABＺ佐𠮷é'";
  const int count = 1 + static_cast<int>(number(kMemberLimit));
  for (int i = 1; i <= count; ++i) {
    PassMember member;
    member.number = i * 3;
    std::u32string name;
    for (std::uint32_t at = 0, size = 1 + number(kNameLimit); at < size; ++at)
      name.push_back(signs[number(number(2) == 0 ? 16u : static_cast<std::uint32_t>(signs.size()))]);
    member.kana = base::from_code_points(name);
    member.birth = Date{static_cast<std::int32_t>(number(60000)) - 36000};
    if (number(2) == 1) member.sex = static_cast<Sex>(1 + number(3));
    member.needs.bits = number(2) == 0 ? 0 : number(0xFFFFFFFF);
    member.allergens.bits = number(2) == 0 ? 0 : number(0xFFFFFFFF);
    pass.members.push_back(std::move(member));
  }
  return pass;
}

TEST(HouseholdPass, IsReadAsItWasWritten) {
  const Pass pass = eight_pass();
  const PassReading reading = read(text_of(pass));
  ASSERT_EQ(reading.trouble, PassTrouble::None);
  EXPECT_EQ(*reading.pass, pass);
  EXPECT_EQ(reading.pass->members[3].kana, "てしがわら マリア・フェルナンダ");
  EXPECT_TRUE(reading.pass->members[4].allergens.has(Allergen::Peanut));
}

TEST(HouseholdPass, HoldsEightPeopleWithLongNamesInFourHundredBytes) {
  const std::string text = text_of(eight_pass());
  EXPECT_LE(pass_bytes(text), kPassBytes);
  EXPECT_LE(text.size(), kPassBytes + kPassBytes / 2 + kPassPrefix.size());
  RecordProperty("bytes", static_cast<int>(pass_bytes(text)));
  std::cout << "pass of eight: " << pass_bytes(text) << " bytes, " << text.size() << " signs\n";
  // Names that share nothing, each as long as a long name is.
  Pass strangers = eight_pass();
  const char* names[] = {"ちょうそかべ よしざえもん", "くさかべ しょうたろう", "いじゅういん ふみよし",
                         "むしゃのこうじ さねあつ",   "ほうじょう けいのすけ", "きのした れいこ",
                         "やまのうち とよしげ",       "えのもと ひさみつこ"};
  for (std::size_t i = 0; i < 8; ++i) strangers.members[i].kana = names[i];
  EXPECT_LE(pass_bytes(text_of(strangers)), kPassBytes);
  std::cout << "eight families: " << pass_bytes(text_of(strangers)) << " bytes\n";
}

TEST(HouseholdPass, HoldsAFullHouseInWhatAReaderTakes) {
  Pass pass = eight_pass();
  pass.members.clear();
  for (int i = 1; i <= static_cast<int>(kMemberLimit); ++i)
    pass.members.push_back(
        {i, "むしゃのこうじ きんしろうざえもん", Date{-1000 * i}, Sex::Male, {0x7FFF}, {0xFF}});
  const std::string text = text_of(pass);
  ASSERT_FALSE(text.empty());
  EXPECT_EQ(*read(text).pass, pass);
}

TEST(HouseholdPass, SaysNothingInClear) {
  const std::string text = text_of(eight_pass());
  const auto bytes = code::from_base45(text.substr(kPassPrefix.size()));
  ASSERT_TRUE(bytes.ok());
  const auto holds = [&bytes](base::ByteView part) {
    return std::search(bytes->begin(), bytes->end(), part.begin(), part.end()) != bytes->end();
  };
  EXPECT_FALSE(holds(*kana_bytes("てしがわら")));
  EXPECT_FALSE(holds(base::view("てしがわら")));
  EXPECT_FALSE(holds(eight().id.view()));
  // Written twice it is another text, which nobody can hold beside the first.
  EXPECT_NE(text, text_of(eight_pass(), 1, 6));
}

TEST(HouseholdPass, OfAHouseholdThatHasANewerOneIsReadAndSaidToBeOld) {
  const auto there = keys({1});
  const std::string text = text_of(eight_pass());
  for (const auto& [newest, trouble] : {std::pair{std::uint64_t{0}, PassTrouble::None},
                                        {std::uint64_t{22}, PassTrouble::None},
                                        {std::uint64_t{23}, PassTrouble::None},
                                        {std::uint64_t{24}, PassTrouble::Superseded}}) {
    HouseholdId asked;
    const auto reading =
        read_pass(text, {kTown, there, [&](const HouseholdId& id) { return asked = id, newest; }});
    EXPECT_EQ(reading.trouble, trouble) << newest;
    EXPECT_EQ(asked, eight().id);
    ASSERT_TRUE(reading.pass.has_value());
    EXPECT_EQ(reading.pass->members.size(), 8u);
  }
}

TEST(HouseholdPass, SealedToAnOldKeyIsReadWhileTheKeyIsKept) {
  const std::string text = text_of(eight_pass(), 2);
  const PassReading kept = read(text, {3, 2, 1});
  EXPECT_EQ(kept.trouble, PassTrouble::None);
  EXPECT_EQ(kept.key, 1u);
  EXPECT_EQ(read(text, {3}).trouble, PassTrouble::OtherKey);
  EXPECT_EQ(read(text, {}).trouble, PassTrouble::OtherKey);
}

TEST(HouseholdPass, OfAnotherTownIsToldFromADamagedOne) {
  const auto there = keys({1});
  TownId other = kTown;
  other.bytes[15] ^= 1;
  EXPECT_EQ(read_pass(text_of(eight_pass()), {other, there}).trouble, PassTrouble::OtherTown);
}

TEST(HouseholdPass, WithAnyWrongSignIsDamaged) {
  const std::string text = text_of(eight_pass());
  for (std::size_t at = kPassPrefix.size(); at < text.size(); ++at) {
    std::string broken = text;
    broken[at] = text[at] == '7' ? '8' : '7';
    const PassReading reading = read(broken);
    // A wrong length says that more is to come.
    const bool cut = reading.trouble == PassTrouble::Cut && at < kPassPrefix.size() + 18;
    EXPECT_TRUE(reading.trouble == PassTrouble::Damaged || cut) << at;
    EXPECT_FALSE(reading.pass.has_value());
  }
}

TEST(HouseholdPass, OfWhichAPartIsMissingIsSaidToBeCut) {
  const std::string text = text_of(eight_pass());
  for (std::size_t size = kPassPrefix.size(); size < text.size(); ++size) {
    const PassTrouble trouble = read(text.substr(0, size)).trouble;
    EXPECT_EQ(trouble, PassTrouble::Cut) << size;
  }
  EXPECT_EQ(read(text.substr(0, text.size() / 6 * 3 + 1)).trouble, PassTrouble::Cut);
}

TEST(HouseholdPass, IsNotTakenForAnythingElse) {
  for (const char* text : {"", "M", "MH1", "https://www.example/", "MK1:ABC", "HC1:6BF", "4901234567894",
                           "mh1:abc", "佐倉さんの世帯パス"})
    EXPECT_EQ(read(text).trouble, PassTrouble::NotPass) << text;
  EXPECT_EQ(read("MH2:ABCDEF").trouble, PassTrouble::Newer);
  EXPECT_EQ(read("MH1:" + std::string(5000, 'A')).trouble, PassTrouble::Damaged);
}

TEST(HouseholdPass, TakesTheLineEndThatAScannerAdds) {
  const std::string text = text_of(eight_pass());
  EXPECT_EQ(read("  " + text + "\r\n").trouble, PassTrouble::None);
}

TEST(HouseholdPass, NeverUnpacksABomb) {
  // A stream of a megabyte of zeros, sealed to the right key.
  base::Bytes content = code::deflate(base::Bytes(1u << 20, 0));
  content.insert(content.begin(), 1);
  crypto::Drbg random = crypto::Drbg::of_number(9);
  const std::string good = text_of(eight_pass());
  auto frame = *code::from_base45(good.substr(kPassPrefix.size()));
  frame.resize(9);
  const auto box = crypto::seal(random, pass_key(1).open, content);
  frame.push_back(static_cast<std::uint8_t>(box.size() >> 8));
  frame.push_back(static_cast<std::uint8_t>(box.size()));
  frame.insert(frame.end(), box.begin(), box.end());
  base::Bytes named = base::copy(base::view("machi-pass"));
  named.insert(named.end(), frame.begin(), frame.end());
  const auto hash = crypto::hash(named);
  frame.insert(frame.end(), hash.begin(), hash.begin() + 4);
  EXPECT_EQ(read(std::string(kPassPrefix) + code::to_base45(frame)).trouble, PassTrouble::Damaged);
}

TEST(HouseholdPass, RefusesToBeWrittenWithWhatNoPassMaySay) {
  crypto::Drbg random = crypto::Drbg::of_number(1);
  const auto refuses = [&random](auto change) {
    Pass pass = eight_pass();
    change(pass);
    return !write_pass(random, kTown, pass_key(1).open, pass).ok();
  };
  EXPECT_FALSE(refuses([](Pass&) {}));
  EXPECT_TRUE(refuses([](Pass& p) { p.members.clear(); }));
  EXPECT_TRUE(refuses([](Pass& p) { p.counter = 0; }));
  EXPECT_TRUE(refuses([](Pass& p) { p.members[0].kana = ""; }));
  EXPECT_TRUE(refuses([](Pass& p) { p.members[0].kana = "あ\xE2\x80\xAEい"; }));  // a mark of direction
  EXPECT_TRUE(refuses([](Pass& p) { p.members[1].number = p.members[0].number; }));
  EXPECT_TRUE(refuses([](Pass& p) { p.telephone = "12345"; }));
  EXPECT_TRUE(refuses([](Pass& p) { p.members.resize(kMemberLimit + 1, p.members[0]); }));
  const Pass pass = eight_pass();
  EXPECT_FALSE(write_pass(random, kTown, crypto::SealPublic{}, pass).ok());  // nothing can be sealed to it
}

TEST(HouseholdPass, OfAnyHouseholdIsReadAsTheSame) {
  crypto::Drbg random = crypto::Drbg::of_number(20261121);
  const auto there = keys({1});
  int written = 0;
  for (int i = 0; i < 400; ++i) {
    const Pass pass = random_pass(random);
    const auto text = write_pass(random, kTown, there[0].open, pass);
    if (!text.ok()) {
      EXPECT_TRUE(text.code() == base::Code::TooLarge || text.code() == base::Code::BadInput) << i;
      continue;
    }
    ++written;
    const auto reading = read_pass(*text, {kTown, there});
    ASSERT_EQ(reading.trouble, PassTrouble::None) << i;
    EXPECT_EQ(*reading.pass, pass) << i;
  }
  EXPECT_GT(written, 300);
}

TEST(HouseholdPass, HasNamesForEveryTrouble) {
  EXPECT_EQ(pass_words(PassTrouble::None), "");
  EXPECT_EQ(pass_words(PassTrouble::OtherKey), "desk.pass.other-key");
  EXPECT_EQ(pass_words(PassTrouble::Superseded), "desk.pass.superseded");
}

TEST(KanaBytes, HoldEveryKanaAndTheSpaceInOneByte) {
  for (char32_t point = 0x3041; point <= 0x30FE; ++point) {
    const std::string name = base::from_code_points(std::u32string(1, point));
    const auto bytes = kana_bytes(name);
    const bool kana = point <= 0x3096 || point >= 0x30A1;
    ASSERT_EQ(bytes.has_value(), kana) << static_cast<std::uint32_t>(point);
    if (kana) {
      EXPECT_EQ(*kana_text(*bytes), name);
    }
  }
  EXPECT_EQ(*kana_text(*kana_bytes("さくら みお")), "さくら みお");
  EXPECT_FALSE(kana_bytes("佐倉").has_value());
  for (const int byte : {0x00, 0x1F, 0x40, 0x97, 0xA0, 0xFF})
    EXPECT_FALSE(kana_text(base::Bytes{static_cast<std::uint8_t>(byte)}).ok()) << byte;
}

TEST(HouseholdPass, IsTheOneOfItsVectors) {
  std::vector<std::pair<std::string, std::string>> now;
  now.emplace_back("town", kTown.hex());
  now.emplace_back("secret-seed", base::to_hex(base::Array<32>{1}));
  now.emplace_back("public", base::to_hex(pass_key(1).open.bytes));
  now.emplace_back("eight", text_of(eight_pass()));
  Pass one = eight_pass();
  one.members.resize(1);
  one.telephone.clear();
  now.emplace_back("one", text_of(one));
  if (std::getenv("MACHIKADO_REWRITE") != nullptr) {
    std::ofstream out(vectors_file());
    for (const auto& [name, value] : now) out << name << ' ' << value << '\n';
  }
  std::ifstream in(vectors_file());
  std::string line;
  for (const auto& [name, value] : now) {
    ASSERT_TRUE(std::getline(in, line)) << name;
    EXPECT_EQ(line, name + " " + value);
  }
  EXPECT_EQ(*read(now[3].second).pass, eight_pass());
}

}  // namespace
}  // namespace machi::household::test
