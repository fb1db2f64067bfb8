// Clause by clause; what stands in brackets in the segment stands in brackets in the sentence. Pure.
#include "core/notice/desk/sentence.h"

namespace machi::notice {
namespace {

class Sentence {
 public:
  Sentence(const Segment& segment, const words::Words& words) : segment_(segment), words_(words) {}

  std::string of(int index, Part above) const {
    const Node& node = segment_.nodes[static_cast<std::size_t>(index)];
    switch (node.part) {
      case Part::Everyone:
        return words_("desk.segment.everyone");
      case Part::All:
        return joined(node, "desk.segment.and", above);
      case Part::Any:
        return joined(node, "desk.segment.or", above);
      case Part::Not:
        return words_("desk.segment.not", {{"a", of(node.children[0], Part::Not)}});
      case Part::District:
        return words_("desk.segment.district", {{"values", values(node.words)}});
      case Part::Interest:
        return words_("desk.segment.interest", {{"values", values(node.words)}});
      case Part::Language:
        return words_("desk.segment.language", {{"values", values(languages(node.words))}});
      case Part::Role:
        return words_("desk.segment.role", {{"values", values(node.words)}});
      case Part::Handbook:
        return handbook(node);
      case Part::Age:
        return words_("desk.segment.age", {{"range", ranges(node.ranges, &Sentence::years)}});
      case Part::Child:
        if (node.ranges.empty()) return words_("desk.segment.child-any");
        return words_("desk.segment.child", {{"range", months(node.ranges)}});
      case Part::Born:
        return words_("desk.segment.born", {{"range", ranges(node.ranges, &Sentence::day)}});
      case Part::Grade:
        return words_("desk.segment.grade", {{"range", ranges(node.ranges, &Sentence::number)}});
      case Part::Day:
        return words_("desk.segment.day", {{"range", ranges(node.ranges, &Sentence::day)}});
      case Part::Fact:
        return fact(node);
    }
    return "";
  }

 private:
  using Say = std::string (Sentence::*)(std::int64_t) const;

  std::string joined(const Node& node, std::string_view key, Part above) const {
    std::string out = of(node.children[0], node.part);
    for (std::size_t i = 1; i < node.children.size(); ++i)
      out = words_(key, {{"a", out}, {"b", of(node.children[i], node.part)}});
    // Within a "not" the words themselves set it off.
    const bool brackets = above == Part::All && node.part == Part::Any;
    return brackets ? words_("desk.segment.group", {{"a", out}}) : out;
  }
  std::string values(const std::vector<std::string>& all) const {
    std::string out = all.empty() ? "" : all[0];
    for (std::size_t i = 1; i < all.size(); ++i)
      out = words_("desk.segment.values", {{"a", out}, {"b", all[i]}});
    return out;
  }
  std::vector<std::string> languages(const std::vector<std::string>& tags) const {
    std::vector<std::string> out;
    for (const std::string& tag : tags) out.push_back(words_.language_name(tag));
    return out;
  }
  std::string number(std::int64_t value) const { return std::to_string(value); }
  std::string years(std::int64_t value) const { return words_.count("desk.shelter.age", value); }
  std::string day(std::int64_t value) const { return words_.date(Date{static_cast<std::int32_t>(value)}); }
  std::string between(const Span& span, const std::string& from, const std::string& to) const {
    if (span.from == -rules::kEndless) return words_("desk.segment.until", {{"to", to}});
    if (span.to == rules::kEndless) return words_("desk.segment.from", {{"from", from}});
    return from == to ? from : words_("desk.segment.between", {{"from", from}, {"to", to}});
  }
  std::string ranges(const Ranges& ranges, Say say) const {
    std::vector<std::string> out;
    for (const Span& span : ranges)
      out.push_back(between(span, span.from == -rules::kEndless ? "" : (this->*say)(span.from),
                            span.to == rules::kEndless ? "" : (this->*say)(span.to)));
    return values(out);
  }
  // As the editor would write it: whole years where they are whole.
  std::string months(const Ranges& all) const {
    std::vector<std::string> out;
    for (const Span& span : all) {
      const auto say = [&](std::int64_t value, bool upper) {
        const bool whole = upper ? value % 12 == 11 && value > 11 : value % 12 == 0 && value > 0;
        if (whole && (span.from != span.to)) return years(value / 12);
        return words_.count("desk.shelter.months", value);
      };
      out.push_back(between(span, span.from == -rules::kEndless ? "" : say(span.from, false),
                            span.to == rules::kEndless ? "" : say(span.to, true)));
    }
    return values(out);
  }
  std::string handbook(const Node& node) const {
    if (node.words.empty()) return words_("desk.segment.handbook-any");
    std::vector<std::string> out;
    for (std::size_t i = 0; i < node.words.size(); ++i) {
      const Span& span = node.ranges[i];
      const bool any = span.from == -rules::kEndless && span.to == rules::kEndless;
      out.push_back(any ? node.words[i]
                        : words_("desk.segment.handbook-grade",
                                 {{"kind", node.words[i]}, {"range", ranges({span}, &Sentence::number)}}));
    }
    return words_("desk.segment.handbook", {{"values", values(out)}});
  }
  std::string fact(const Node& node) const {
    if (!node.words.empty())
      return words_("desk.segment.fact-is", {{"name", node.name}, {"values", values(node.words)}});
    if (!node.ranges.empty())
      return words_("desk.segment.fact-is",
                    {{"name", node.name}, {"values", ranges(node.ranges, &Sentence::number)}});
    return words_("desk.segment.fact", {{"name", node.name}});
  }

  const Segment& segment_;
  const words::Words& words_;
};

}  // namespace

std::string segment_sentence(const Segment& segment, const words::Words& words) {
  return Sentence(segment, words).of(segment.root, Part::Any);
}

}  // namespace machi::notice
