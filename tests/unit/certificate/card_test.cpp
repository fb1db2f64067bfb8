// The My Number card's dialogue against a scripted card: what is sent byte by byte, that the last try is
// never spent, and that whatever a card answers, or wherever it is pulled, ends in a word for it.
#include <gtest/gtest.h>

#include "core/certificate/card/my_number_card.h"
#include "core/crypto/drbg.h"
#include "tests/unit/certificate/people.h"

namespace machi::certificate::card::test {
namespace {

Bytes hex(std::string_view text) { return *base::from_hex(text); }

void put(Bytes& out, std::uint8_t tag, ByteView content) {
  out.insert(out.end(), {0xDF, tag});
  if (content.size() >= 128) out.push_back(0x81);
  out.push_back(static_cast<std::uint8_t>(content.size()));
  out.insert(out.end(), content.begin(), content.end());
}

Bytes items_file(std::string_view name, std::string_view birth = "19850401") {
  Bytes inner;
  put(inner, 0x21, hex("000e0020"));
  put(inner, 0x22, base::view(name));
  put(inner, 0x23,
      base::view(std::string(60, 'a') +
                 "日和町大字日和一丁目2番3号 日和団地 第三号棟 四〇五号室 ひより様方 乙の部屋"));
  put(inner, 0x24, base::view(birth));
  put(inner, 0x25, base::view("2"));
  Bytes out = {0xFF, 0x20, 0x82, static_cast<std::uint8_t>(inner.size() >> 8),
               static_cast<std::uint8_t>(inner.size())};
  out.insert(out.end(), inner.begin(), inner.end());
  out.resize(out.size() + 300, 0xFF);  // a file is longer than what stands in it
  return out;
}

struct ScriptedCard {
  std::string pin = "1234";
  int items_tries = 3, keys_tries = 3;
  Bytes items = items_file("渡邉 吉子");
  Bytes certificate = [] {
    Bytes out = {0x30, 0x82, 0x03, 0xE8};
    for (int i = 0; i < 1000; ++i) out.push_back(static_cast<std::uint8_t>(i));
    return out;
  }();
  int pulled_after = -1;
  std::vector<Bytes> seen;

  std::string application;
  std::uint16_t file = 0;
  bool open = false;

  base::Result<Bytes> transmit(ByteView command) {
    if (pulled_after >= 0 && static_cast<int>(seen.size()) >= pulled_after)
      return base::fail(base::Code::Unreachable, "no card");
    seen.push_back(base::copy(command));
    return answer(command);
  }
  Transmit link() {
    return [this](ByteView command) { return transmit(command); };
  }
  Bytes answer(ByteView c) {
    const std::string head = base::to_hex(c.first(4));
    if (head == "00a4040c") {
      const std::string name = base::to_hex(c.subspan(5));
      open = false;
      application = name == "d3921000310001010408" ? "items" : name == "d392f000260100000001" ? "keys" : "";
      return hex(application.empty() ? "6a82" : "9000");
    }
    if (head == "00a4020c") {
      file = static_cast<std::uint16_t>(c[5] << 8 | c[6]);
      return hex("9000");
    }
    if (head == "00200080") {
      int& tries = application == "items" ? items_tries : keys_tries;
      if (file != (application == "items" ? 0x11 : 0x18)) return hex("6a88");
      if (c.size() == 4) return {0x63, static_cast<std::uint8_t>(0xC0 | tries)};
      if (tries == 0) return hex("6984");
      if (base::text_view(c.subspan(5)) != pin) return {0x63, static_cast<std::uint8_t>(0xC0 | --tries)};
      tries = 3;
      open = true;
      return hex("9000");
    }
    if (head.starts_with("00b0")) {
      const Bytes& content = application == "items" ? items : certificate;
      if (application == "items" && (!open || file != 2)) return hex("6982");
      const auto at = static_cast<std::size_t>(c[2] << 8 | c[3]);
      if (at >= content.size()) return hex("6b00");
      const auto count = std::min<std::size_t>(256, content.size() - at);
      Bytes out(content.begin() + static_cast<std::ptrdiff_t>(at),
                content.begin() + static_cast<std::ptrdiff_t>(at + count));
      out.insert(out.end(), {0x90, 0x00});
      return out;
    }
    if (head == "802a0080") {
      if (!open || file != 0x17) return hex("6982");
      Bytes out(256, 7);
      out.insert(out.end(), {0x90, 0x00});
      return out;
    }
    return hex("6d00");
  }
};

crypto::Secret<4> pin(std::string_view digits) {
  return crypto::Secret<4>(*base::fixed<4>(base::view(digits)));
}
const Bytes kChallenge = {1, 2, 3};

TEST(MyNumberCard, IsReadAndSigns) {
  ASSERT_TRUE(crypto::ready());
  ScriptedCard card;
  const Reading reading = read(card.link(), pin("1234"), kChallenge);
  ASSERT_EQ(Trouble::None, reading.trouble);
  EXPECT_EQ("渡邉 吉子", reading.items.name);
  EXPECT_EQ(*base::Date::of(1985, 4, 1), reading.items.birth);
  EXPECT_EQ("2", reading.items.sex_text);
  EXPECT_EQ(card.certificate, reading.certificate);
  EXPECT_EQ(256u, reading.signature.size());
  EXPECT_EQ(
      "802a008033"
      "3031300d060960864801650304020105000420" +
          base::to_hex(crypto::sha256(kChallenge)) + "00",
      base::to_hex(card.seen.back()));
}

TEST(MyNumberCard, TellsTheTriesWithoutSpendingOne) {
  ScriptedCard card;
  card.keys_tries = 2;
  const Reading reading = look(card.link());
  EXPECT_EQ(Trouble::None, reading.trouble);
  EXPECT_EQ(2, reading.tries);
  EXPECT_EQ(3, card.items_tries);
  EXPECT_EQ(2, card.keys_tries);
}

TEST(MyNumberCard, SpendsNeverTheLastTryOfEitherPin) {
  for (const bool keys : {false, true}) {
    ScriptedCard card;
    (keys ? card.keys_tries : card.items_tries) = 1;
    const Reading reading = read(card.link(), pin("9999"), kChallenge);
    EXPECT_EQ(Trouble::LastTry, reading.trouble);
    EXPECT_EQ(1, keys ? card.keys_tries : card.items_tries);
    EXPECT_EQ(3, keys ? card.items_tries : card.keys_tries);  // not the other's either
  }
}

TEST(MyNumberCard, CountsAWrongPinDownToTheLastTryAndStopsThere) {
  ScriptedCard card;
  EXPECT_EQ(2, read(card.link(), pin("9999"), kChallenge).tries);
  EXPECT_EQ(1, read(card.link(), pin("9999"), kChallenge).tries);
  EXPECT_EQ(Trouble::LastTry, read(card.link(), pin("1234"), kChallenge).trouble);
  EXPECT_EQ(1, card.items_tries);
  card.items_tries = 0;
  EXPECT_EQ(Trouble::Locked, read(card.link(), pin("1234"), kChallenge).trouble);
}

TEST(MyNumberCard, IsToldFromAnotherCard) {
  const Reading reading =
      read([](ByteView) { return base::Result<Bytes>(hex("6a82")); }, pin("1234"), kChallenge);
  EXPECT_EQ(Trouble::NotMyNumber, reading.trouble);
}

TEST(MyNumberCard, PulledAtAnyMomentIsGoneAndSpendsNoSecondTry) {
  ScriptedCard whole;
  ASSERT_EQ(Trouble::None, read(whole.link(), pin("1234"), kChallenge).trouble);
  for (int after = 0; after < static_cast<int>(whole.seen.size()); ++after) {
    ScriptedCard card;
    card.pulled_after = after;
    const Reading reading = read(card.link(), pin("1234"), kChallenge);
    EXPECT_EQ(Trouble::Gone, reading.trouble) << after;
    EXPECT_TRUE(reading.items.name.empty());
    EXPECT_EQ(after, static_cast<int>(card.seen.size()));
  }
}

TEST(MyNumberCard, ThatAnswersGarbageIsUnreadable) {
  crypto::Drbg random = crypto::Drbg::of_number(3);
  for (int round = 0; round < 3000; ++round) {
    ScriptedCard card;
    int calls = 0;
    base::Array<4> dice{};
    random.fill(dice);
    const int wrong = dice[0] % 20;
    const Reading reading = read(
        [&](ByteView command) {
          if (calls++ != wrong) return card.transmit(command);
          Bytes out(2 + dice[1] % 40);
          random.fill(out);
          if (dice[2] % 2 == 0) out[out.size() - 2] = 0x90, out.back() = 0;
          return base::Result<Bytes>(out);
        },
        pin("1234"), kChallenge);
    if (reading.trouble != Trouble::None) {
      EXPECT_TRUE(reading.signature.empty());
    }
  }
}

TEST(BasicItems, TakeTheirTagsInAnyOrderAndIgnoreOthers) {
  Bytes inner;
  put(inner, 0x24, base::view("19991231"));
  put(inner, 0x30, hex("00ff"));
  put(inner, 0x22, base::view("日和 花子"));
  Bytes file = {0xFF, 0x20, static_cast<std::uint8_t>(inner.size())};
  file.insert(file.end(), inner.begin(), inner.end());
  const auto items = parse_basic_items(file);
  ASSERT_TRUE(items.ok());
  EXPECT_EQ("日和 花子", items->name);
  EXPECT_EQ(*base::Date::of(1999, 12, 31), items->birth);
  for (std::size_t size = 0; size < file.size(); ++size)
    EXPECT_FALSE(parse_basic_items(ByteView(file).first(size)).ok()) << size;
}

TEST(BasicItems, KeepABirthDateOfAnotherFormAsItStands) {
  const auto items = parse_basic_items(items_file("日和", "S600401"));
  ASSERT_TRUE(items.ok());
  EXPECT_EQ("S600401", items->birth_text);
  EXPECT_FALSE(items->birth);
}

}  // namespace
}  // namespace machi::certificate::card::test
