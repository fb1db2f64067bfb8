// A town's answers as they are held for the chatbot: questions of citizens, the garbage dictionary and its
// collection days. From three CSV files of the town's pack (ANSWERS.md). Values; any thread; pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace machi::notice {

using base::Result;

// A way to say what an answer is about; the reading is in hiragana, "" when nobody gave one.
struct AnswerName {
  std::string text;
  std::string reading;
};

struct AnswerEntry {
  std::string id;
  std::string field;  // "ごみ", "子育て", ...
  std::string title;
  std::vector<AnswerName> names;  // the title first
  std::string answer;
  std::map<std::string, std::string> days;  // collection days by district
};

// A kind of garbage, for the calendar of a district.
struct GarbageKind {
  std::string id, label, how;
  std::map<std::string, std::string> days;  // by district
};

struct AnswerPack {
  std::vector<AnswerEntry> entries;
  std::vector<GarbageKind> kinds;
};
inline constexpr std::string_view kGarbageField = "ごみ";

// questions: id,field,question,reading,others,answer - others are "表記/よみ;表記".
// garbage: name,reading,synonyms,kind,note. kinds: kind,label,how,days - days are "1=月・木;2=火・金".
// BadInput with file and line: a field too few, a kind that is not there, an id twice.
Result<AnswerPack> read_answers(std::string_view questions, std::string_view garbage, std::string_view kinds);

// The three files as one, as they travel in the feed (feed/FEED.md, booklet "answers").
base::Bytes encode_answers(std::string_view questions, std::string_view garbage, std::string_view kinds);
Result<AnswerPack> decode_answers(base::ByteView bytes);

}  // namespace machi::notice
