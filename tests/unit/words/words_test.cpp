// Sentences, plural forms, dates, and .mo files that are not what they say.
#include "core/words/words.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "core/base/text.h"
#include "core/words/markup.h"
#include "core/words/plural.h"
#include "core/words/shelf.h"

namespace machi::words {
namespace {

using namespace std::string_literals;

base::Bytes file_of(const std::string& language) {
  std::ifstream in(std::string(MACHI_CATALOGUES) + "/" + language + ".mo", std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  return base::copy(base::view(text));
}

Words words_of(const std::string& language) { return Words(*Catalogue::load(file_of(language))); }

// Ruby as 漢字《かんじ》, phrase boundaries as a slash: readable in a test.
std::string shown(std::string_view text) {
  std::u32string out;
  for (const char32_t sign : base::to_code_points(text)) {
    if (sign == 0xfff9) continue;
    out += sign == 0xfffa ? U'《' : sign == 0xfffb ? U'》' : sign == 0x200b ? U'/' : sign;
  }
  return base::from_code_points(out);
}

// A .mo file in memory, written as the manual says.
base::Bytes mo_of(const std::vector<std::pair<std::string, std::string>>& entries, bool big_endian = false) {
  base::Bytes out;
  std::string strings;
  const auto number = [&](std::size_t value) {
    for (int i = 0; i < 4; ++i)
      out.push_back(static_cast<std::uint8_t>(value >> (big_endian ? 24 - 8 * i : 8 * i)));
  };
  const std::size_t n = entries.size(), tables = 28, start = tables + 16 * n;
  for (const std::size_t value :
       {std::size_t{0x950412de}, std::size_t{0}, n, tables, tables + 8 * n, std::size_t{0}, start})
    number(value);
  for (const bool translations : {false, true})
    for (const auto& [key, text] : entries) {
      const std::string& one = translations ? text : key;
      number(one.size());
      number(start + strings.size());
      strings += one + '\0';
    }
  out.insert(out.end(), strings.begin(), strings.end());
  return out;
}

const std::string kHead = "Language: xx\nPlural-Forms: nplurals=2; plural=(n != 1);\nX-Reviewed: yes\n";

TEST(Markup, PutsInArgumentsRubyAndPhraseMarks) {
  EXPECT_EQ(shown(resolve("{name}さんの|{連絡|れんらく}", {{"name", "みお"}})),
            "みおさんの/連絡《れんらく》");
  EXPECT_EQ(resolve(R"(\{a\} \| \\)", {}), "{a} | \\");
}

TEST(Markup, TakesValuesAsTheyAre) {
  EXPECT_EQ(resolve("{a}", {{"a", "{b} | \\ {x|y}"}, {"b", "no"}}), "{b} | \\ {x|y}");
}

TEST(Markup, ShowsWhatIsUnknownOrUnclosed) {
  EXPECT_EQ(resolve("{who} {open", {}), "{who} {open");
  EXPECT_EQ(resolve("end\\", {}), "end\\");
}

TEST(Markup, GivesPlainTextAndReadings) {
  const std::string text = resolve("{学校|がっこう}に|{送|おく}る", {});
  EXPECT_EQ(plain(text), "学校に送る");
  EXPECT_EQ(plain(text, true), "がっこうにおくる");
}

TEST(Plural, KnowsTheRulesOfTheProductsLanguages) {
  struct Case {
    const char* header;
    std::vector<std::pair<std::uint64_t, int>> forms;
  };
  for (const Case& one : {
           Case{"nplurals=1; plural=0;", {{0, 0}, {1, 0}, {5, 0}}},
           Case{"nplurals=2; plural=(n != 1);", {{0, 1}, {1, 0}, {2, 1}}},
           Case{"nplurals=2; plural=(n > 1);", {{0, 0}, {1, 0}, {2, 1}}},
           Case{"nplurals=2; plural=(n > 1 && n != 3 && n != 5);", {{1, 0}, {2, 1}, {3, 0}}},
           Case{"nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
                {{1, 0}, {1000000, 1}, {0, 2}, {7, 2}}},
           Case{"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
                "n%100>=20) ? 1 : 2);",
                {{1, 0}, {11, 2}, {22, 1}, {25, 2}}},
           Case{"nplurals=2; plural=!(n==1);", {{1, 0}, {2, 1}}},
           Case{"nplurals=2; plural=1+n*2-n/1>3;", {{1, 0}, {0, 0}, {5, 1}}},
       }) {
    const auto rule = PluralRule::parse(one.header);
    ASSERT_TRUE(rule.ok()) << one.header;
    for (const auto& [n, form] : one.forms) EXPECT_EQ(rule->form(n), form) << one.header << " of " << n;
  }
}

TEST(Plural, RefusesWhatIsNoExpression) {
  for (const char* header : {"", "plural=0;", "nplurals=0; plural=0;", "nplurals=7; plural=0;", "nplurals=2;",
                             "nplurals=2; plural=;", "nplurals=2; plural=(n;", "nplurals=2; plural=n ? 1;",
                             "nplurals=2; plural=n = 1;", "nplurals=2; plural=m;", "nplurals=2; plural=n n;",
                             "nplurals=2; plural=99999999999;"})
    EXPECT_FALSE(PluralRule::parse(header).ok()) << header;
  EXPECT_FALSE(
      PluralRule::parse("nplurals=2; plural=" + std::string(100, '(') + "n" + std::string(100, ')') + ";")
          .ok());
  EXPECT_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(5000, '!') + "n;").ok());
  const auto divided = PluralRule::parse("nplurals=2; plural=n/(n-n)+n%0;");
  ASSERT_TRUE(divided.ok());
  EXPECT_EQ(divided->form(5), 0);
  EXPECT_EQ(PluralRule::parse("nplurals=2; plural=5;")->form(1), 0);
}

TEST(Catalogue, ReadsBothByteOrders) {
  for (const bool big_endian : {false, true}) {
    const auto loaded = Catalogue::load(
        mo_of({{"", kHead}, {"a", "A"}, {std::string("b\0b", 3), std::string("one\0many", 8)}}, big_endian));
    ASSERT_TRUE(loaded.ok());
    const Catalogue& catalogue = **loaded;
    EXPECT_EQ(catalogue.language(), "xx");
    EXPECT_TRUE(catalogue.reviewed_by_speaker());
    EXPECT_EQ(*catalogue.find("a"), "A");
    EXPECT_EQ(*catalogue.find("b", catalogue.plural_form(1)), "one");
    EXPECT_EQ(*catalogue.find("b", catalogue.plural_form(2)), "many");
    EXPECT_FALSE(catalogue.find("c").has_value());
  }
}

TEST(Catalogue, RefusesEveryFileThatIsCutOff) {
  const base::Bytes whole = mo_of({{"", kHead}, {"a", "A"}});
  for (std::size_t n = 0; n < whole.size(); ++n)
    EXPECT_FALSE(Catalogue::load(base::ByteView(whole).first(n)).ok()) << n;
}

TEST(Catalogue, RefusesNumbersThatLeadOutOfTheFile) {
  const base::Bytes whole = mo_of({{"", kHead}, {"a", "A"}});
  for (std::size_t at = 4; at + 4 <= 28 + 32; at += 4) {
    if (at == 4 || at == 20 || at == 24) continue;  // revision, and the hash table that is not read
    for (const std::uint8_t byte : base::Bytes{0x7f, 0xff}) {
      base::Bytes broken = whole;
      broken[at + 3] = byte;
      EXPECT_FALSE(Catalogue::load(broken).ok()) << "at " << at;
    }
  }
}

TEST(Catalogue, RefusesWhatHasNoLanguageNoPluralRuleOrNoUtf8) {
  EXPECT_FALSE(Catalogue::load(mo_of({{"a", "A"}})).ok());
  EXPECT_FALSE(Catalogue::load(mo_of({{"", "Language: xx\n"}})).ok());
  EXPECT_FALSE(Catalogue::load(mo_of({{"", "Plural-Forms: nplurals=1; plural=0;\n"}})).ok());
  EXPECT_FALSE(Catalogue::load(mo_of({{"", kHead}, {"a", "\xff"}})).ok());
}

TEST(Words, FallBackToEnglishAndThenToJapaneseAndNeverShowTheKey) {
  const auto empty = *Catalogue::load(mo_of({{"", kHead}}));
  const auto english =
      *Catalogue::load(mo_of({{"", kHead}, {"button.back", "Back"}, {"w\0w"s, "one\0many"s}}));
  EXPECT_EQ(Words(empty)("button.back"), "もどる");
  EXPECT_EQ(Words(empty, english)("button.back"), "Back");
  EXPECT_EQ(Words(empty, english).count("w", 2), "many");
  EXPECT_EQ(plain(Words(empty, english)("button.close")), "閉じる");
  EXPECT_EQ(Words(empty, english)("no.such.key"), "…");
  EXPECT_EQ(Words(empty, english).count("no.such.key", 2), "…");
}

TEST(Words, OfOneLanguageCallTheOthersByName) {
  EXPECT_EQ(Words().language_name("vi"), "ベトナム語");
  EXPECT_EQ(words_of("en").language_name("zh-Hant"), "Chinese (traditional)");
  EXPECT_EQ(Words().language_name("xx"), "xx");
}

TEST(Words, KnowWhatIsForeignToTheirReader) {
  EXPECT_EQ(Words().foreign("vi"), "vi");
  EXPECT_EQ(Words().foreign("ja-x-easy"), "");
  EXPECT_EQ(words_of("ja-x-easy").foreign("ja"), "");
  EXPECT_EQ(words_of("en").foreign("ja"), "ja");
  EXPECT_EQ(words_of("en").foreign("en"), "");
  EXPECT_EQ(Words().foreign(""), "");
  EXPECT_EQ(Words().foreign("xx"), "");
}

TEST(Languages, AreFoundForADevice) {
  const std::map<std::string, std::string> expected = {{"", "ja"},           {"ja", "ja"},
                                                       {"ja-JP", "ja"},      {"ja-x-easy", "ja-x-easy"},
                                                       {"en-GB", "en"},      {"de", "en"},
                                                       {"zh", "zh-Hans"},    {"zh-CN", "zh-Hans"},
                                                       {"zh-TW", "zh-Hant"}, {"zh-Hant-HK", "zh-Hant"},
                                                       {"zh-HK", "zh-Hant"}, {"zh-Hans-SG", "zh-Hans"},
                                                       {"ko-KR", "ko"},      {"vi-VN", "vi"},
                                                       {"tl-PH", "fil"},     {"fil-PH", "fil"},
                                                       {"pt-BR", "pt"},      {"pt-PT", "pt"},
                                                       {"es-419", "es"},     {"ne-NP", "ne"},
                                                       {"id-ID", "id"},      {"in", "id"},
                                                       {"it", "en"},         {"kok", "en"}};
  for (const auto& [device, tag] : expected) EXPECT_EQ(language_for(device), tag) << device;
}

TEST(Shelf, SpeaksTheOldLanguageUntilTheNewOneIsHere) {
  Shelf shelf;
  EXPECT_EQ(shelf.choose("vi"), "vi");
  EXPECT_TRUE(shelf.waiting());
  EXPECT_EQ(shelf.words().language(), "ja");
  EXPECT_EQ(shelf.came("vi", file_of("vi")), "");
  EXPECT_FALSE(shelf.waiting());
  EXPECT_EQ(shelf.words().language(), "vi");
  EXPECT_EQ(shelf.choose("ja"), "");
  EXPECT_EQ(shelf.words().language(), "ja");
  EXPECT_EQ(shelf.choose("vi"), "");  // it is here already
  EXPECT_EQ(shelf.choose("xx"), "");
  EXPECT_EQ(shelf.words().language(), "vi");
}

TEST(Shelf, StaysWithItsLanguageWhenTheNewOneCannotBeHad) {
  Shelf shelf;
  shelf.choose("ko");
  EXPECT_EQ(shelf.came("ko", {}), "");
  EXPECT_TRUE(shelf.failed());
  EXPECT_EQ(shelf.wanted(), "ja");
  shelf.choose("ko");
  EXPECT_FALSE(shelf.failed());
  shelf.came("ko", file_of("en"));  // another one under its name
  EXPECT_TRUE(shelf.failed());
  EXPECT_EQ(shelf.words().language(), "ja");
}

TEST(Shelf, TakesTheLanguageThatWasChosenLast) {
  Shelf shelf;
  shelf.choose("ko");
  shelf.choose("vi");
  shelf.came("vi", file_of("vi"));
  shelf.came("ko", file_of("ko"));
  EXPECT_EQ(shelf.words().language(), "vi");
  EXPECT_FALSE(shelf.failed());
}

TEST(Shelf, AsksForEnglishWhereACatalogueHasGaps) {
  Shelf shelf;
  shelf.choose("vi");
  const std::string head = "Language: vi\nPlural-Forms: nplurals=1; plural=0;\n";
  EXPECT_EQ(shelf.came("vi", mo_of({{"", head}, {"button.back", "Quay lại"}})), "en");
  EXPECT_EQ(plain(shelf.words()("button.close")), "閉じる");
  EXPECT_EQ(shelf.came("en", file_of("en")), "");
  EXPECT_EQ(shelf.words().language(), "vi");
  EXPECT_EQ(shelf.words()("button.back"), "Quay lại");
  EXPECT_EQ(shelf.words()("button.close"), "Close");
}

TEST(Words, CountInTheirPluralForm) {
  const Words words(*Catalogue::load(mo_of(
      {{"", kHead}, {std::string("rows\0rows", 9), std::string("{n} row of {of}\0{n} rows of {of}", 32)}})));
  EXPECT_EQ(words.count("rows", 1, {{"of", "x"}}), "1 row of x");
  EXPECT_EQ(words.count("rows", 0, {{"of", "x"}}), "0 rows of x");
}

TEST(Words, WriteDatesAsTheLanguageDoes) {
  const base::Date date = *base::Date::of(2026, 11, 24);
  EXPECT_EQ(shown(Words().date(date)), "11月24日（火）");
  EXPECT_EQ(shown(words_of("ja-x-easy").date(date)),
            "2026年《ねん》11月《がつ》24日《か》（火曜日《かようび》）");
  EXPECT_EQ(words_of("en").date(date), "Tue 24 November");
  EXPECT_EQ(words_of("zh-Hans").date(date), "11月24日（周二）");
  EXPECT_EQ(words_of("zh-Hant").date(date), "11月24日（週二）");
  EXPECT_EQ(words_of("ko").date(date), "11월 24일(화)");
  EXPECT_EQ(words_of("vi").date(date), "T3, 24 tháng 11");
  EXPECT_EQ(words_of("fil").date(date), "Mar, Nobyembre 24");
  EXPECT_EQ(words_of("pt").date(date), "ter., 24 de novembro");
  EXPECT_EQ(words_of("es").date(date), "mar., 24 de noviembre");
  EXPECT_EQ(words_of("ne").date(date), "नोभेम्बर 24, मङ्गल");
  EXPECT_EQ(words_of("id").date(date), "Sel, 24 November");
}

TEST(Words, WriteTenthsAsTheLanguageDoes) {
  EXPECT_EQ(Words().decimal(382), "38.2");
  EXPECT_EQ(words_of("pt").decimal(382), "38,2");
  EXPECT_EQ(words_of("vi").decimal(-5), "-0,5");
}

TEST(Words, ReadDaysOfTheMonthAloudAsJapaneseDoes) {
  const Words easy = words_of("ja-x-easy");
  const auto reading = [&](int day) {
    const std::string date = plain(easy.date(*base::Date::of(2026, 12, day)), true);
    return date.substr(std::string("2026ねん12がつ").size(),
                       date.find("（") - std::string("2026ねん12がつ").size());
  };
  EXPECT_EQ(reading(1), "ついたち");
  EXPECT_EQ(reading(2), "ふつか");
  EXPECT_EQ(reading(8), "ようか");
  EXPECT_EQ(reading(10), "とおか");
  EXPECT_EQ(reading(11), "11にち");
  EXPECT_EQ(reading(14), "14か");
  EXPECT_EQ(reading(19), "19にち");
  EXPECT_EQ(reading(20), "はつか");
  EXPECT_EQ(reading(24), "24か");
  EXPECT_EQ(reading(31), "31にち");
}

TEST(Words, WriteTimesAsTheLanguageDoes) {
  const Words easy = words_of("ja-x-easy");
  EXPECT_EQ(Words().time({7 * 60 + 42}), "7:42");
  EXPECT_EQ(Words().time({5}), "0:05");
  EXPECT_EQ(words_of("en").time({13 * 60 + 5}), "13:05");
  EXPECT_EQ(shown(easy.time({7 * 60 + 42})), "午前《ごぜん》 7時《じ》42分《ふん》");
  EXPECT_EQ(shown(easy.time({13 * 60 + 50})), "午後《ごご》 1時《じ》50分《ぷん》");
  EXPECT_EQ(shown(easy.time({12 * 60})), "午後《ごご》 0時《じ》");
}

TEST(Words, WriteAMomentShortWhenItIsToday) {
  const base::Instant at = base::instant_of(*base::Date::of(2026, 11, 24), {462});
  EXPECT_EQ(Words().moment(at, at.plus_seconds(3600)), "7:42");
  EXPECT_EQ(Words().moment(at, at.plus_seconds(86400)), "11月24日（火） 7:42");
  EXPECT_EQ(words_of("en").moment(at, at.plus_seconds(86400)), "Tue 24 November, 7:42");
}

TEST(Words, WriteNamesWithTheirReadingsInEasyJapaneseOnly) {
  const Words easy = words_of("ja-x-easy");
  EXPECT_EQ(Words().name("佐倉　みお", "さくら みお"), "佐倉 みお");
  EXPECT_EQ(shown(easy.name("佐倉 みお", "さくら みお")), "佐倉《さくら》 みお");
  EXPECT_EQ(shown(easy.name("佐倉みお", "さくら みお")), "佐倉みお《さくら みお》");
  EXPECT_EQ(easy.name("マリア", "まりあ"), "マリア");
  EXPECT_EQ(easy.name("佐倉", ""), "佐倉");
  EXPECT_EQ(plain(easy.name("佐\xef\xbf\xb9倉", "さくら")), "佐倉");
}

}  // namespace
}  // namespace machi::words
