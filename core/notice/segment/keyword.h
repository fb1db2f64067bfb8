// The words of the segment language, in English and in Japanese. Private to core/notice/segment; constants.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/notice/segment/segment.h"

namespace machi::notice {

enum class Keyword {
  And,
  Or,
  Not,
  Everyone,
  Any,
  Born,
  District,
  Interest,
  Language,
  Role,
  Handbook,
  Age,
  Child,
  Grade,
  Day,
  Fact
};

struct KeywordName {
  Keyword keyword;
  std::string_view name;      // as a segment is written
  std::string_view japanese;  // read as well
};
inline constexpr std::array kKeywords = {
    KeywordName{Keyword::And, "and", "かつ"},           KeywordName{Keyword::Or, "or", "または"},
    KeywordName{Keyword::Not, "not", "以外"},           KeywordName{Keyword::Everyone, "everyone", "全員"},
    KeywordName{Keyword::Any, "any", "全て"},           KeywordName{Keyword::Born, "born", "生まれ"},
    KeywordName{Keyword::District, "district", "地区"}, KeywordName{Keyword::Interest, "interest", "関心"},
    KeywordName{Keyword::Language, "language", "言語"}, KeywordName{Keyword::Role, "role", "立場"},
    KeywordName{Keyword::Handbook, "handbook", "手帳"}, KeywordName{Keyword::Age, "age", "年齢"},
    KeywordName{Keyword::Child, "child", "子"},         KeywordName{Keyword::Grade, "grade", "学年"},
    KeywordName{Keyword::Day, "day", "日付"},           KeywordName{Keyword::Fact, "fact", "事実"},
};

inline std::optional<Keyword> keyword_of(std::string_view text) {
  for (const KeywordName& one : kKeywords)
    if (one.name == text || one.japanese == text) return one.keyword;
  return std::nullopt;
}

}  // namespace machi::notice
