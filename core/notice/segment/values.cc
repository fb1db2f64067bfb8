// The values of a test: words, and ranges of numbers, ages and days. Pure.
#include <algorithm>

#include "core/notice/segment/parser.h"
#include "core/rules/date_text.h"

namespace machi::notice {
namespace {

// Digits with a unit behind them: "6m", "3y", "18".
struct Amount {
  std::int64_t value = 0;
  std::string_view unit;
};
std::optional<Amount> amount(std::string_view text) {
  Amount out;
  std::size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at < 6)
    out.value = out.value * 10 + (text[at++] - '0');
  if (at == 0) return std::nullopt;
  out.unit = text.substr(at);
  return out;
}

// In order, apart, neighbours laid together.
void tidy(Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  Ranges out;
  for (const Span& span : ranges) {
    if (!out.empty() && (out.back().to == rules::kEndless || span.from <= out.back().to + 1))
      out.back().to = std::max(out.back().to, span.to);
    else
      out.push_back(span);
  }
  ranges = std::move(out);
}

}  // namespace

bool SegmentParser::words(std::vector<std::string>& out) {
  do {
    const bool bare = now().kind == TokenKind::Word && !keyword();
    if (!bare && now().kind != TokenKind::Quoted) return wrong("a name is expected");
    if (std::find(out.begin(), out.end(), now().text) != out.end())
      return wrong("this name stands here already");
    out.push_back(now().text);
    ++at_;
  } while (take(TokenKind::Comma));
  std::sort(out.begin(), out.end());
  return true;
}

bool SegmentParser::begins_range() const {
  return now().kind == TokenKind::Dots || (now().kind == TokenKind::Word && amount(now().text));
}

bool SegmentParser::ranges(Measure measure, Ranges& out) {
  take(TokenKind::Equals);
  do {
    Span span;
    if (!range(measure, span)) return false;
    out.push_back(span);
  } while (take(TokenKind::Comma));
  tidy(out);
  return true;
}

bool SegmentParser::range(Measure measure, Span& out) {
  const Token begin = now();
  Span first, last;
  const bool from = now().kind == TokenKind::Word && !keyword();
  if (from) {
    if (!end_of(measure, now(), first)) return false;
    ++at_;
  }
  if (!take(TokenKind::Dots)) {
    if (!from) return wrong("a value or a range is expected");
    out = first;
    return true;
  }
  const bool to = now().kind == TokenKind::Word && !keyword();
  if (to) {
    if (!end_of(measure, now(), last)) return false;
    ++at_;
  }
  if (!from && !to) return wrong(begin, "a range needs one end at least");
  out = {from ? first.from : -rules::kEndless, to ? last.to : rules::kEndless};
  if (out.from > out.to) return wrong(begin, "the range ends before it begins");
  return true;
}

bool SegmentParser::end_of(Measure measure, const Token& token, Span& out) {
  if (measure == Measure::Days) {
    const auto date = rules::parse_date_text(token.text);
    if (!date.ok()) return wrong(token, "this is no date");
    out = {date->first.days, date->last.days};
    return true;
  }
  const auto found = amount(token.text);
  if (!found) return wrong(token, "a number is expected");
  const bool years = found->unit == "y" || found->unit == "歳" || found->unit == "才";
  const bool months = found->unit == "m" || found->unit == "か月" || found->unit == "ヶ月" ||
                      found->unit == "カ月" || found->unit == "ヵ月";
  if (measure == Measure::Number) {
    if (!found->unit.empty() && !years) return wrong(token, "a number without a unit is expected");
    out = {found->value, found->value};
    return true;
  }
  if (!years && !months) return wrong(token, "a child's age is written with its unit: 6m or 3y");
  if (found->value > (years ? 120 : 1440)) return wrong(token, "nobody is as old as that");
  // An age in years lasts until the next one is reached.
  out = years ? Span{found->value * 12, found->value * 12 + 11} : Span{found->value, found->value};
  return true;
}

}  // namespace machi::notice
