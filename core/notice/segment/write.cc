// Writes a segment in its one form. Pure.
#include "core/notice/segment/keyword.h"
#include "core/notice/segment/lexer.h"

namespace machi::notice {
namespace {

std::string quoted(const std::string& word) {
  // A word that could be read as something else stands in quotation marks.
  const bool digit = !word.empty() && word[0] >= '0' && word[0] <= '9';
  if (is_bare_word(word) && !keyword_of(word) && !digit) return word;
  return '"' + word + '"';
}
std::string name_text(const std::string& word) {
  return is_bare_word(word) && !keyword_of(word) ? word : '"' + word + '"';
}

enum class Form { Number, Months, Days };
std::string end_text(Form form, std::int64_t value, bool upper) {
  if (form == Form::Number) return std::to_string(value);
  if (form == Form::Days) return Date{static_cast<std::int32_t>(value)}.iso();
  if (!upper && value % 12 == 0 && value > 0) return std::to_string(value / 12) + "y";
  if (upper && value % 12 == 11 && value > 11) return std::to_string(value / 12) + "y";
  return std::to_string(value) + "m";
}
std::string span_text(Form form, const Span& span) {
  if (span.from == span.to) {
    if (form == Form::Months) return std::to_string(span.from) + "m";
    return end_text(form, span.from, false);
  }
  std::string out;
  if (span.from != -rules::kEndless) out += end_text(form, span.from, false);
  std::string to;
  if (span.to != rules::kEndless) to = end_text(form, span.to, true);
  if (form == Form::Months && out == to && !out.empty()) return out;
  return out + ".." + to;
}
std::string ranges_text(Form form, const Ranges& ranges) {
  std::string out;
  for (const Span& span : ranges) out += (out.empty() ? "" : ", ") + span_text(form, span);
  return out;
}
std::string words_text(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + name_text(word);
  return out;
}

std::string text_of(const Segment& segment, int index, Part above);

std::string joined(const Segment& segment, const Node& node, std::string_view with, Part above) {
  std::string out;
  for (const int child : node.children) {
    if (!out.empty()) out += with;
    out += text_of(segment, child, node.part);
  }
  const bool brackets = above == Part::Not || (above == Part::All && node.part == Part::Any);
  return brackets ? "(" + out + ")" : out;
}

std::string handbook_text(const Node& node) {
  if (node.words.empty()) return "handbook any";
  std::string out;
  for (std::size_t i = 0; i < node.words.size(); ++i) {
    out += (out.empty() ? "handbook " : ", ") + name_text(node.words[i]);
    const Span& span = node.ranges[i];
    if (span.from != -rules::kEndless || span.to != rules::kEndless)
      out += " " + span_text(Form::Number, span);
  }
  return out;
}

std::string text_of(const Segment& segment, int index, Part above) {
  const Node& node = segment.nodes[static_cast<std::size_t>(index)];
  switch (node.part) {
    case Part::Everyone:
      return "everyone";
    case Part::All:
      return joined(segment, node, " and ", above);
    case Part::Any:
      return joined(segment, node, " or ", above);
    case Part::Not:
      return "not " + text_of(segment, node.children[0], Part::Not);
    case Part::District:
      return "district " + words_text(node.words);
    case Part::Interest:
      return "interest " + words_text(node.words);
    case Part::Language:
      return "language " + words_text(node.words);
    case Part::Role:
      return "role " + words_text(node.words);
    case Part::Handbook:
      return handbook_text(node);
    case Part::Age:
      return "age " + ranges_text(Form::Number, node.ranges);
    case Part::Child:
      return "child " + (node.ranges.empty() ? "any" : ranges_text(Form::Months, node.ranges));
    case Part::Born:
      return "child born " + ranges_text(Form::Days, node.ranges);
    case Part::Grade:
      return "child grade " + ranges_text(Form::Number, node.ranges);
    case Part::Day:
      return "day " + ranges_text(Form::Days, node.ranges);
    case Part::Fact:
      if (!node.words.empty()) return "fact " + quoted(node.name) + " = " + words_text(node.words);
      if (!node.ranges.empty())
        return "fact " + quoted(node.name) + " " + ranges_text(Form::Number, node.ranges);
      return "fact " + quoted(node.name);
  }
  return "";
}

}  // namespace

std::string segment_text(const Segment& segment) { return text_of(segment, segment.root, Part::Any); }

}  // namespace machi::notice
