// The catalogues against each other, against the rules of each language, and against the keys that the core
// asks for.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "core/base/result.h"
#include "core/base/text.h"
#include "core/words/markup.h"
#include "core/words/words.h"

namespace machi::words {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const std::map<std::string, std::shared_ptr<const Catalogue>>& catalogues() {
  static const auto all = [] {
    std::map<std::string, std::shared_ptr<const Catalogue>> out;
    for (const Language& language : languages()) {
      const std::string bytes = read(std::string(MACHI_CATALOGUES) + "/" + std::string(language.tag) + ".mo");
      out[std::string(language.tag)] = *Catalogue::load(base::view(bytes));
    }
    return out;
  }();
  return all;
}

// Calls with (language, key, msgstr) for every sentence of every language.
template <class Visit>
void every_sentence(Visit visit) {
  for (const auto& [language, catalogue] : catalogues())
    for (const std::string& key : catalogue->keys())
      for (int form = 0; form < catalogue->forms_of(key); ++form)
        visit(language, key, std::string(*catalogue->find(key, form)));
}

// {name} arguments of a msgstr.
std::set<std::string> arguments_of(const std::string& msgstr) {
  std::set<std::string> out;
  static const std::regex argument(R"((^|[^\\])\{([a-z_0-9]+)\})");
  for (std::sregex_iterator i(msgstr.begin(), msgstr.end(), argument), end; i != end; ++i)
    out.insert((*i)[2]);
  return out;
}

// Rubies of a msgstr, and what is left without them.
std::vector<std::pair<std::string, std::string>> rubies_of(const std::string& msgstr,
                                                           std::string* rest = nullptr) {
  static const std::regex ruby(R"(\{([^{}|]+)\|([^{}|]+)\})");
  std::vector<std::pair<std::string, std::string>> out;
  for (std::sregex_iterator i(msgstr.begin(), msgstr.end(), ruby), end; i != end; ++i)
    out.emplace_back((*i)[1], (*i)[2]);
  if (rest != nullptr) *rest = std::regex_replace(msgstr, ruby, "");
  return out;
}

bool has_kanji(const std::string& text) {
  for (const char32_t sign : base::to_code_points(text))
    if (is_kanji(sign)) return true;
  return false;
}

TEST(Catalogues, OfEveryLanguageHaveTheSameKeys) {
  const auto keys = Catalogue::japanese()->keys();
  for (const auto& [language, catalogue] : catalogues()) {
    EXPECT_EQ(catalogue->language(), language);
    const auto own = catalogue->keys();
    for (const std::string& key : keys)
      EXPECT_GT(catalogue->forms_of(key), 0) << language << " lacks " << key;
    for (const std::string& key : own)
      EXPECT_GT(Catalogue::japanese()->forms_of(key), 0) << "only " << language << " has " << key;
  }
}

TEST(Catalogues, HaveEveryPluralFormWhereTheyHaveOne) {
  for (const auto& [language, catalogue] : catalogues())
    for (const std::string& key : catalogue->keys()) {
      const int forms = catalogue->forms_of(key);
      // With a single plural form a plural entry looks like a plain one; elsewhere all languages must agree
      // on which it is.
      EXPECT_TRUE(forms == 1 || forms == catalogue->forms()) << language << " " << key;
      for (const auto& [other, second] : catalogues())
        if (catalogue->forms() > 1 && second->forms() > 1) {
          EXPECT_EQ(forms > 1, second->forms_of(key) > 1) << language << " and " << other << ": " << key;
        }
    }
}

TEST(Catalogues, TakeTheSameArgumentsInEveryLanguage) {
  every_sentence([](const std::string& language, const std::string& key, const std::string& msgstr) {
    if (key.starts_with("date.") || key.starts_with("time."))
      return;  // a language takes what it needs of them
    const auto japanese = Catalogue::japanese()->find(key);
    if (!japanese) return;  // the first test tells
    std::set<std::string> expected = arguments_of(std::string(*japanese)), own = arguments_of(msgstr);
    // "one row" may leave the number out.
    if (catalogues().at(language)->forms_of(key) > 1) expected.erase("n"), own.erase("n");
    EXPECT_EQ(own, expected) << language << " " << key << ": " << msgstr;
  });
}

TEST(Catalogues, HaveNoSpaceAtAnEndAndNoDoubleSpace) {
  every_sentence([](const std::string& language, const std::string& key, const std::string& msgstr) {
    EXPECT_FALSE(msgstr.empty()) << language << " " << key;
    EXPECT_EQ(base::trimmed(msgstr), msgstr) << language << " " << key;
    EXPECT_EQ(msgstr.find("  "), std::string::npos) << language << " " << key;
  });
}

TEST(Catalogues, CloseEveryBrace) {
  every_sentence([](const std::string& language, const std::string& key, const std::string& msgstr) {
    std::string rest;
    for (const auto& [base, reading] : rubies_of(msgstr, &rest)) {
      EXPECT_TRUE(has_kanji(base)) << language << " " << key << ": ruby over " << base;
      EXPECT_FALSE(has_kanji(reading)) << language << " " << key << ": reading " << reading;
    }
    rest = std::regex_replace(rest, std::regex(R"(\{[a-z_0-9]+\}|\\.)"), "");
    EXPECT_EQ(rest.find_first_of("{}"), std::string::npos) << language << " " << key << ": " << msgstr;
  });
}

// What stays of a msgstr without its arguments, and without names that are the same everywhere.
std::string own_words(const std::string& msgstr) {
  return std::regex_replace(msgstr, std::regex(R"(\{[a-z_0-9]+\}|\\.|°C|COVID-19)"), "");
}

bool has_letters(const std::string& text) {
  for (const char32_t sign : base::to_code_points(text))
    if ((sign >= U'a' && sign <= U'z') || (sign >= U'A' && sign <= U'Z')) return true;
  return false;
}

// Sentences that are the same in English, because the words are.
const std::map<std::string, std::set<std::string>> kSameAsEnglish = {
    {"fil", {"language.name.ne"}},
    {"pt", {"desk.mark.away"}},
    {"es", {"desk.mark.away"}},
    {"id", {"date.month.4", "date.month.9", "date.month.11"}},
};

TEST(Catalogues, LeaveNothingInEnglish) {
  const Catalogue& english = *catalogues().at("en");
  every_sentence([&](const std::string& language, const std::string& key, const std::string& msgstr) {
    const auto same = kSameAsEnglish.find(language);
    if (key == "desk.paper.english") return;  // for whoever reads English, on paper in every language
    if (language == "en" || (same != kSameAsEnglish.end() && same->second.contains(key))) return;
    for (int form = 0; form < english.forms_of(key); ++form)
      EXPECT_FALSE(*english.find(key, form) == msgstr && has_letters(own_words(msgstr)))
          << language << " " << key << ": " << msgstr;
  });
}

TEST(Catalogues, NameOnlySentencesThatAreTheSameInEnglishAsSuch) {
  for (const auto& [language, keys] : kSameAsEnglish)
    for (const std::string& key : keys) {
      const auto own = catalogues().at(language)->find(key);
      const auto english = catalogues().at("en")->find(key);
      EXPECT_TRUE(own && english && *own == *english) << language << " " << key;
    }
}

// A Japanese term may stand in brackets, where a reader must know it on paper: 出席停止.
std::u32string without_brackets(const std::string& text) {
  std::u32string out;
  int depth = 0;
  for (const char32_t sign : base::to_code_points(text)) {
    if (sign == U'(' || sign == U'（') ++depth;
    if (depth == 0) out += sign;
    if (sign == U')' || sign == U'）') --depth;
  }
  return out;
}

TEST(OtherLanguages, HaveNeitherJapaneseNorItsMarks) {
  every_sentence([](const std::string& language, const std::string& key, const std::string& msgstr) {
    if (language.starts_with("ja")) return;
    EXPECT_TRUE(rubies_of(msgstr).empty()) << language << " " << key << ": " << msgstr;
    EXPECT_EQ(own_words(msgstr).find('|'), std::string::npos) << language << " " << key << ": " << msgstr;
    for (const char32_t sign : without_brackets(msgstr)) {
      const bool kana = sign >= 0x3040 && sign <= 0x30ff;
      EXPECT_FALSE(kana || (is_kanji(sign) && !language.starts_with("zh")))
          << language << " " << key << ": " << msgstr;
    }
  });
}

TEST(Catalogues, SayInEveryLanguageWhetherASpeakerHasReviewedThem) {
  for (const Language& language : languages()) {
    const std::string po =
        read(std::filesystem::path(MACHI_SOURCE_DIR) / "assets/words" / (std::string(language.tag) + ".po"));
    const bool yes = po.find("\"X-Reviewed: yes\\n\"") != std::string::npos;
    const bool no = po.find("\"X-Reviewed: no\\n\"") != std::string::npos;
    EXPECT_NE(yes, no) << language.tag;
  }
}

TEST(EasyJapanese, HasRubyOnEveryKanji) {
  for (const std::string& key : catalogues().at("ja-x-easy")->keys()) {
    std::string rest;
    rubies_of(std::string(*catalogues().at("ja-x-easy")->find(key)), &rest);
    EXPECT_FALSE(has_kanji(rest)) << key << ": " << rest;
  }
}

// The sentences of a msgstr as a person sees them, without its arguments.
std::vector<std::string> sentences_of(std::string_view msgstr, const char* end) {
  static const std::regex argument(R"(\{[a-z_0-9]+\})");
  const std::string text = std::regex_replace(plain(resolve(msgstr, {})), argument, "");
  const std::regex stop(end);
  return {std::sregex_token_iterator(text.begin(), text.end(), stop, -1), {}};
}

void expect_short(const std::string& language, std::size_t limit) {
  for (const std::string& key : catalogues().at(language)->keys())
    for (std::string sentence : sentences_of(*catalogues().at(language)->find(key), "。")) {
      sentence.erase(std::remove(sentence.begin(), sentence.end(), ' '), sentence.end());
      EXPECT_LE(base::count_code_points(sentence), limit) << key << ": " << sentence;
    }
}

TEST(EasyJapanese, HasSentencesOfAtMostTwentyFiveCharacters) { expect_short("ja-x-easy", 25); }
TEST(Japanese, HasSentencesOfAtMostFortyCharacters) { expect_short("ja", 40); }

TEST(English, HasSentencesOfAtMostFifteenWords) {
  const auto& english = *catalogues().at("en");
  for (const std::string& key : english.keys())
    for (int form = 0; form < english.forms_of(key); ++form)
      for (const std::string& sentence : sentences_of(*english.find(key, form), R"([.!?](\s|$))")) {
        std::istringstream words(sentence);
        EXPECT_LE(std::distance(std::istream_iterator<std::string>(words), {}), 15)
            << key << ": " << sentence;
      }
}

TEST(EasyJapanese, HasNoHonorificAndNoWaveDash) {
  for (const std::string& key : catalogues().at("ja-x-easy")->keys()) {
    const std::string text = plain(*catalogues().at("ja-x-easy")->find(key));
    for (const char* shunned : {"〜", "～", "いただ", "ございま", "なさい", "お客", "おります"})
      EXPECT_EQ(text.find(shunned), std::string::npos) << key << ": " << text;
  }
}

TEST(Catalogues, SayWhatHappenedWhatIsNextAndWhatIsKeptForEveryError) {
  for (int i = 0; i <= static_cast<int>(base::Code::Unsupported); ++i) {
    const std::string key = base::message_key(static_cast<base::Code>(i));
    for (const char* part : {".what", ".next", ".kept"})
      EXPECT_GT(Catalogue::japanese()->forms_of(key + part), 0) << key << part;
  }
}

// All string literals of the core's own sources, and of the kiosk's window, which has a few words of its own.
struct Sources {
  std::map<std::string, std::string> asked;  // literal keys handed to a Words, and where
  std::set<std::string> literals;

  Sources() {
    namespace fs = std::filesystem;
    const std::string name = R"(\b(?:w|words|words_|words\(\)|count)\()",
                      key = R"re("([a-z0-9-]+(?:\.[a-z0-9-]+)+)")re";
    const std::regex literal(R"re("((?:[^"\\\n]|\\.)*)")re");
    const std::regex call(name + R"(\s*)" + key + R"(\s*[,)])");
    const std::regex one_of_two(name + R"([^"(),;]*\?\s*)" + key + R"(\s*:\s*)" + key);
    std::vector<fs::path> files;
    for (const char* folder : {"core", "kiosk", "platform/channels"}) {
      for (const auto& entry : fs::recursive_directory_iterator(fs::path(MACHI_SOURCE_DIR) / folder))
        files.push_back(entry.path());
    }
    for (const fs::path& entry : files) {
      if (entry.extension() != ".cc" && entry.extension() != ".h") continue;
      const std::string text = read(entry), file = entry.filename().string();
      std::sregex_iterator end;
      for (std::sregex_iterator i(text.begin(), text.end(), literal); i != end; ++i) literals.insert((*i)[1]);
      for (std::sregex_iterator i(text.begin(), text.end(), call); i != end; ++i) asked[(*i)[1]] = file;
      for (std::sregex_iterator i(text.begin(), text.end(), one_of_two); i != end; ++i)
        asked[(*i)[1]] = asked[(*i)[2]] = file;
    }
  }
};

TEST(Catalogues, HaveEveryKeyThatTheCoreAsksFor) {
  for (const auto& [key, where] : Sources().asked)
    EXPECT_GT(Catalogue::japanese()->forms_of(key), 0) << where << " asks for " << key;
}

TEST(Catalogues, HaveNoKeyThatNobodyAsksFor) {
  const Sources sources;
  for (const std::string& key : Catalogue::japanese()->keys()) {
    // Asked for whole, or put together from a literal that ends in a dot ("error." and the code's name).
    bool used = sources.literals.contains(key);
    for (auto dot = key.find('.'); !used && dot != std::string::npos; dot = key.find('.', dot + 1))
      used = sources.literals.contains(key.substr(0, dot + 1));
    EXPECT_TRUE(used) << key;
  }
}

}  // namespace
}  // namespace machi::words
