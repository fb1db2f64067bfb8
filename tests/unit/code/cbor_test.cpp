// CBOR: RFC 8949 appendix A, the deterministic rules of section 4.2.1, and bytes that nobody should believe.
#include "core/code/cbor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/code/cbor_diagnostic.h"
#include "tests/unit/code/vectors.h"

namespace machi::code {
namespace {

using base::Code;

Cbor lenient(std::string_view text) {
  const auto value = decode_lenient(hex(text));
  EXPECT_TRUE(value.ok()) << text << (value.ok() ? "" : value.error().detail);
  return value.ok() ? *value : Cbor();
}

// What the table says in JSON, in our values; bignums and half floats of the table are told apart by the
// caller.
Cbor cbor_of(const Json& json) {
  if (json.is_null()) return Cbor();
  if (json.is_boolean()) return Cbor(json.get<bool>());
  if (json.is_number_unsigned()) return Cbor(json.get<std::uint64_t>());
  if (json.is_number_integer()) return Cbor(json.get<std::int64_t>());
  if (json.is_number_float()) return Cbor(json.get<double>());
  if (json.is_string()) return Cbor(json.get<std::string>());
  if (json.is_array()) {
    CborArray items;
    for (const Json& item : json) items.push_back(cbor_of(item));
    return Cbor(items);
  }
  CborMap pairs;
  for (const auto& [key, value] : json.items()) pairs.emplace_back(key, cbor_of(value));
  return Cbor(pairs);
}

TEST(Cbor, DecodesAllOfAppendixA) {
  const Json table = json_file(data_path("signed_qr/cbor/appendix_a.json"));
  ASSERT_EQ(table.size(), 82u);
  std::vector<std::string> refused;
  for (const Json& row : table) {
    const Bytes bytes = hex(row["hex"].get<std::string>());
    const auto value = decode_lenient(bytes);
    if (!value.ok()) {
      refused.push_back(row["hex"]);
      continue;
    }
    if (row.contains("diagnostic")) {
      // The table writes out the chunks of an indefinite byte string; joined they are one.
      const std::string expected =
          row["hex"] == "5f42010243030405ff" ? "h'0102030405'" : row["diagnostic"].get<std::string>();
      EXPECT_EQ(diagnostic(*value), expected) << row["hex"];
    } else if (value->tag() == nullptr && !std::holds_alternative<double>(value->value()) &&
               !std::holds_alternative<CborNegative>(value->value())) {
      EXPECT_EQ(*value, cbor_of(row["decoded"])) << row["hex"];
    }
    const bool deterministic = row["roundtrip"].get<bool>();
    EXPECT_EQ(base::to_hex(encode(*value)) == row["hex"].get<std::string>(), deterministic) << row["hex"];
    EXPECT_EQ(decode(bytes).ok(), deterministic) << row["hex"];
  }
  // simple(24) in two bytes was allowed by RFC 7049; RFC 8949 section 3.3 forbids it.
  EXPECT_EQ(refused, std::vector<std::string>{"f818"});
}

TEST(Cbor, ReadsTheNumbersOfAppendixA) {
  EXPECT_EQ(std::get<std::uint64_t>(lenient("1bffffffffffffffff").value()),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(std::get<CborNegative>(lenient("3bffffffffffffffff").value()).n,
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(diagnostic(lenient("3bffffffffffffffff")), "-18446744073709551616");
  EXPECT_EQ(*lenient("3903e7").integer(), -1000);
  EXPECT_EQ(std::get<double>(lenient("f90001").value()), 5.960464477539063e-08);
  EXPECT_EQ(std::get<double>(lenient("f97bff").value()), 65504.0);
  EXPECT_EQ(std::get<double>(lenient("fa7f7fffff").value()), 3.4028234663852886e+38);
  EXPECT_EQ(std::get<double>(lenient("fb7e37e43c8800759c").value()), 1e300);
  EXPECT_EQ(lenient("c249010000000000000000").tag()->number, 2u);
}

TEST(Cbor, WritesEveryHalfFloatInTwoBytes) {
  for (std::uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
    const Bytes bytes{0xF9, static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)};
    const auto value = decode_lenient(bytes);
    ASSERT_TRUE(value.ok());
    if (std::isnan(std::get<double>(value->value()))) {
      ASSERT_EQ(base::to_hex(encode(*value)), "f97e00") << bits;
    } else {
      ASSERT_EQ(encode(*value), bytes) << bits;
    }
  }
}

TEST(Cbor, WritesAFloatInTheFewestBytesThatKeepIt) {
  const auto written = [](double value) { return base::to_hex(encode(Cbor(value))); };
  EXPECT_EQ(written(0.1), "fb3fb999999999999a");
  EXPECT_EQ(written(100000.0), "fa47c35000");
  EXPECT_EQ(written(65505.0), "fa477fe100");
  EXPECT_EQ(written(-0.0), "f98000");
  EXPECT_EQ(written(std::ldexp(1.0, -25)), "fa33000000");
  EXPECT_EQ(written(std::ldexp(3.0, -24)), "f90003");
  EXPECT_EQ(written(1e39), "fb48078287f49c4a1d");
  EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), "f9fc00");
  EXPECT_EQ(written(std::nan("7")), "f97e00");
}

TEST(Cbor, ReadsAndWritesEveryTagAndSimpleValue) {
  for (std::uint64_t number = 0; number < 70'000; ++number) {
    const Cbor tagged = Cbor::tag(number, 1);
    ASSERT_EQ(*decode(encode(tagged)), tagged) << number;
  }
  for (std::uint32_t number = 0; number < 256; ++number) {
    if (number >= 20 && number < 32) continue;
    const Cbor simple(Cbor::Value(CborSimple{static_cast<std::uint8_t>(number)}));
    ASSERT_EQ(*decode(encode(simple)), simple) << number;
  }
}

TEST(Cbor, ReadsAndWritesEveryLengthOfString) {
  for (const std::size_t length : {0u, 1u, 23u, 24u, 255u, 256u, 65535u, 65536u, 70000u}) {
    EXPECT_EQ(*decode(encode(Cbor(Bytes(length, 7)))), Cbor(Bytes(length, 7)));
    EXPECT_EQ(*decode(encode(Cbor(std::string(length, 'x')))), Cbor(std::string(length, 'x')));
  }
}

TEST(Cbor, SortsTheKeysOfAMapByTheirBytes) {
  // The order of RFC 8949 section 4.2.1: 10, 100, -1, "z", "aa", [100], [-1], false.
  const Cbor map = Cbor::map({{false, 1},
                              {Cbor::array({-1}), 2},
                              {Cbor::array({100}), 3},
                              {"aa", 4},
                              {"z", 5},
                              {-1, 6},
                              {100, 7},
                              {10, 8}});
  EXPECT_EQ(base::to_hex(encode(map)),
            "a80a0818640720066"
            "17a0562616104811864038120"
            "02f401");
  EXPECT_EQ(map, *decode(encode(map)));
}

TEST(Cbor, RefusesWhatIsNotDeterministic) {
  for (const std::string_view text : {"1800",
                                      "1817",
                                      "190001",
                                      "1a00000001",
                                      "1b0000000000000001",
                                      "5800",
                                      "7800",
                                      "9800",
                                      "b800",
                                      "d80001",
                                      "3800",
                                      "fa00000000",
                                      "fa3f800000",
                                      "fb3ff0000000000000",
                                      "f97e01",
                                      "fa7fc00000",
                                      "5f4100ff",
                                      "7f6161ff",
                                      "9fff",
                                      "bfff",
                                      "a2020001"
                                      "00",
                                      "a2616100"
                                      "0000",
                                      "a1181800"
                                      "00"}) {
    EXPECT_EQ(decode(hex(text)).code(), Code::BadInput) << text;
  }
  EXPECT_TRUE(decode(hex("a201000200")).ok());
}

TEST(Cbor, RefusesEqualKeysInEitherMode) {
  for (const std::string_view text : {"a201000100", "bf01000100ff",
                                      "a2010018010"
                                      "0",
                                      "a2616100616100",
                                      "a281010081010"
                                      "0"})
    EXPECT_EQ(decode_lenient(hex(text)).code(), Code::BadInput) << text;
  EXPECT_TRUE(decode_lenient(hex("a2010020"
                                 "00"))
                  .ok());
  EXPECT_TRUE(decode_lenient(hex("a20100f93c0000")).ok()) << "1 and 1.0 are two keys";
}

TEST(Cbor, RefusesTextThatIsNoUtf8) {
  EXPECT_EQ(decode(hex("62c328")).code(), Code::BadInput);
  EXPECT_EQ(decode(hex("63eda080")).code(), Code::BadInput);
  EXPECT_EQ(decode_lenient(hex("7f61c361a9ff")).code(), Code::BadInput) << "each chunk is text of its own";
  EXPECT_TRUE(decode_lenient(hex("7f62c3a9ff")).ok());
}

TEST(Cbor, RefusesWhatIsNotWellFormed) {
  // RFC 8949 appendix F: cut short, reserved heads, breaks out of place, chunks of another type.
  for (const std::string_view text : {"",
                                      "18",
                                      "19ff",
                                      "1affffff",
                                      "1bffffffffffffff",
                                      "38",
                                      "58",
                                      "7b00000000",
                                      "61",
                                      "41",
                                      "5affffffff00",
                                      "5bffffffffffffffff010203",
                                      "7bffffffffffffffff010203",
                                      "81",
                                      "818181818181818181",
                                      "8200",
                                      "a1",
                                      "a20102",
                                      "a100",
                                      "a2000000",
                                      "c0",
                                      "9fffff",
                                      "9f",
                                      "9f01",
                                      "bf",
                                      "bf01",
                                      "bf0100",
                                      "5f",
                                      "7f",
                                      "5f4100",
                                      "1c",
                                      "1d",
                                      "1e",
                                      "3c",
                                      "5c",
                                      "7c",
                                      "9c",
                                      "bc",
                                      "dc",
                                      "fc",
                                      "fd",
                                      "fe",
                                      "1f",
                                      "3f",
                                      "df00",
                                      "ff",
                                      "81ff",
                                      "8200ff",
                                      "a1ff",
                                      "a100ff",
                                      "bf00ff",
                                      "9f81ff",
                                      "c1ff",
                                      "5f00ff",
                                      "5f6100ff",
                                      "5f80ff",
                                      "5fa0ff",
                                      "5fc000ff",
                                      "5fe0ff",
                                      "7f4100ff",
                                      "5f5f4100ffff",
                                      "7f7f6100ffff",
                                      "f800",
                                      "f81f",
                                      "f8",
                                      "f9",
                                      "f900",
                                      "fa0000",
                                      "fb000000",
                                      "0000",
                                      "f6f6"}) {
    EXPECT_EQ(decode_lenient(hex(text)).code(), Code::BadInput) << text;
    EXPECT_EQ(decode(hex(text)).code(), Code::BadInput) << text;
  }
}

TEST(Cbor, IsBoundedInDepthAndItems) {
  Bytes deep(16, 0x81);
  deep.push_back(0);
  EXPECT_TRUE(decode(deep).ok());
  deep.insert(deep.begin(), 0x81);
  EXPECT_EQ(decode(deep).code(), Code::TooLarge);
  EXPECT_EQ(decode(Bytes(1'000'000, 0xC1)).code(), Code::TooLarge);
  EXPECT_EQ(decode_lenient(Bytes(1'000'000, 0x9F)).code(), Code::TooLarge);
  EXPECT_EQ(decode(hex("9bffffffffffffffff")).code(), Code::TooLarge);
  EXPECT_EQ(decode(hex("bbffffffffffffffff")).code(), Code::TooLarge);
  EXPECT_EQ(decode(hex("bb8000000000000000")).code(), Code::TooLarge) << "twice this is zero in 64 bits";
  EXPECT_TRUE(decode(hex("83010203"), {16, 4}).ok());
  EXPECT_EQ(decode(hex("83010203"), {16, 3}).code(), Code::TooLarge);
}

TEST(Cbor, AnswersForTheTypeThatIsAskedForOnly) {
  const Cbor map = Cbor::map({{1, "text"}, {2, Bytes{1, 2}}, {-3, 4}, {"name", true}});
  EXPECT_EQ(*map.text_at(1), "text");
  EXPECT_EQ(base::to_hex(*map.bytes_at(2)), "0102");
  EXPECT_EQ(*map.integer_at(-3), 4);
  EXPECT_TRUE(*map.find("name")->boolean());
  EXPECT_EQ(map.integer_at(1).code(), Code::BadInput);
  EXPECT_EQ(map.text_at(9).code(), Code::BadInput);
  EXPECT_EQ(map.at(9).error().detail, "missing key");
  EXPECT_EQ(map.fixed_at<3>(2).code(), Code::BadInput);
  EXPECT_TRUE(map.fixed_at<2>(2).ok());
  EXPECT_EQ(Cbor("no map").find(1), nullptr);
  EXPECT_EQ(Cbor(std::numeric_limits<std::uint64_t>::max()).integer().code(), Code::BadInput);
  EXPECT_EQ(*Cbor(std::numeric_limits<std::int64_t>::min()).integer(),
            std::numeric_limits<std::int64_t>::min());
}

TEST(Cbor, IsEqualHoweverTheMapWasPutTogether) {
  EXPECT_EQ(Cbor::map({{1, 2}, {3, 4}}), Cbor::map({{3, 4}, {1, 2}}));
  EXPECT_NE(Cbor::map({{1, 2}}), Cbor::map({{1, 3}}));
  EXPECT_NE(Cbor(1), Cbor(1.0));
  EXPECT_NE(Cbor(), Cbor(false));
}

TEST(Cbor, IsShownInDiagnosticNotation) {
  const Cbor value =
      Cbor::map({{1, Cbor::array({-5, 1.5, 1e300, nullptr, "a\"\\\n"})}, {"x", Cbor::tag(61, Bytes{0x0A})}});
  EXPECT_EQ(diagnostic(value), "{1: [-5, 1.5, 1e+300, null, \"a\\\"\\\\\\u000a\"], \"x\": 61(h'0a')}");
  EXPECT_EQ(diagnostic(Cbor(2.0)), "2.0");
}

TEST(CborDeathTest, StopsForEqualKeysThatWeWouldWrite) {
  EXPECT_DEATH((void)encode(Cbor::map({{1, 2}, {1, 3}})), "bug:");
}

}  // namespace
}  // namespace machi::code
