// The town's answers: questions set aside before the search was tuned, and what is not guessed.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "core/base/csv_reader.h"
#include "core/notice/answers/answer_search.h"

namespace machi::notice {
namespace {

std::string slurp(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
const AnswerPack& pack() {
  static const AnswerPack kPack = [] {
    const std::string folder = MACHI_SOURCE_DIR "/assets/towns/hiyori/answers/";
    auto read = read_answers(slurp(folder + "questions.csv"), slurp(folder + "garbage.csv"),
                             slurp(folder + "kinds.csv"));
    EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().detail);
    return read.ok() ? *read : AnswerPack{};
  }();
  return kPack;
}
std::string id_of(const FoundAnswer& found) {
  return pack().entries[static_cast<std::size_t>(found.entry)].id;
}
std::string best(const std::string& question) {
  static const AnswerSearch kSearch(pack());
  const auto found = kSearch.ask(question);
  return found.empty() || found[0].score < kKnown ? "-" : id_of(found[0]);
}

struct Rate {
  int asked = 0, first = 0, among_three = 0, outside = 0, not_guessed = 0;
};
Rate rate_of(const std::string& file) {
  Rate out;
  const AnswerSearch search(pack());
  const std::string csv = slurp(file);
  base::CsvReader reader(csv);
  base::CsvRecord row;
  bool names = true;
  while (reader.next(row)) {
    if (std::exchange(names, false) || row.blank()) continue;
    const auto found = search.ask(row.fields.at(0));
    if (row.fields.at(1) == "-") {
      ++out.outside;
      out.not_guessed += found.empty() || found[0].score < kKnown ? 1 : 0;
      continue;
    }
    ++out.asked;
    for (std::size_t i = 0; i < found.size(); ++i)
      if (id_of(found[i]) == row.fields[1]) {
        out.first += i == 0 ? 1 : 0;
        out.among_three += 1;
      }
  }
  return out;
}

TEST(Answers, AreRightForQuestionsThatWereSetAside) {
  const Rate rate = rate_of(MACHI_TEST_DATA "/answers/held_out.csv");
  std::printf(
      "%d questions: first %.1f %%, among three %.1f %%; of %d that no town answers %d are not guessed\n",
      rate.asked, 100.0 * rate.first / rate.asked, 100.0 * rate.among_three / rate.asked, rate.outside,
      rate.not_guessed);
  EXPECT_GE(rate.asked, 300);
  EXPECT_GE(100 * rate.first, 90 * rate.asked);
  EXPECT_GE(100 * rate.among_three, 97 * rate.asked);
  EXPECT_GE(10 * rate.not_guessed, 9 * rate.outside);
}

TEST(Answers, NameOnlyEntriesThatAreThere) {
  for (const char* name : {"held_out.csv", "tuning.csv"}) {
    const std::string csv = slurp(std::string(MACHI_TEST_DATA "/answers/") + name);
    base::CsvReader reader(csv);
    base::CsvRecord row;
    while (reader.next(row)) {
      if (row.blank() || row.fields.at(1) == "right" || row.fields[1] == "-") continue;
      EXPECT_TRUE(std::any_of(pack().entries.begin(), pack().entries.end(), [&](const AnswerEntry& entry) {
        return entry.id == row.fields[1];
      })) << row.fields[1];
    }
  }
}

TEST(Answers, AreFoundInKanaKanjiWidthAndWithAnError) {
  for (const char* question : {"フライパン", "ふらいぱんのすてかた", "ﾌﾗｲﾊﾟﾝ", "フライハン",
                               "フライパンはどうやって捨てるのですか？"})
    EXPECT_EQ(best(question), "フライパン") << question;
  EXPECT_EQ(best("机"), "机");
  EXPECT_EQ(best("電池"), "乾電池");
}

TEST(Answers, AreNotGuessed) {
  for (const char* question : {"", "   ", "？？？", "🙂", "今日の天気は", "xyzzy", "\xff\xfe"})
    EXPECT_EQ(best(question), "-") << question;
  EXPECT_EQ(best(std::string(100000, 'a')), "-");
}

TEST(Answers, SayTheDaysOfADistrict) {
  const auto& entries = pack().entries;
  const auto pan =
      std::find_if(entries.begin(), entries.end(), [](const auto& one) { return one.id == "フライパン"; });
  ASSERT_NE(pan, entries.end());
  EXPECT_EQ(pan->days.at("3"), "第3水曜");
  EXPECT_NE(pan->answer.find("燃やさないごみ"), std::string::npos);
}

TEST(Answers, AreRefusedWithFileAndLine) {
  const std::string questions = "id,field,question,reading,others,answer\na,b,c,d,e,f\n";
  const std::string kinds = "kind,label,how,days\nburn,x,y,1=z\n";
  const auto why = [&](const std::string& garbage) {
    const auto read = read_answers(questions, "name,reading,synonyms,kind,note\n" + garbage, kinds);
    return read.ok() ? "taken" : read.error().detail;
  };
  EXPECT_EQ(why("p,p,,burn,\n"), "taken");
  EXPECT_EQ(why("p,p,,melt,\n"), "garbage line 2: there is no such kind");
  EXPECT_EQ(why("p,p\n"), "garbage line 2: 5 fields are expected");
  EXPECT_EQ(why("p,p,,burn,\np,p,,burn,\n"), "garbage line 3: this id stands there already");
}

}  // namespace
}  // namespace machi::notice
