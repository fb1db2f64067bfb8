// The grammar: any of, all of, not, brackets, and the tests. Equal neighbours are laid together, so that a
// segment has one tree however its brackets stood. Pure.
#include "core/base/text.h"
#include "core/notice/segment/parser.h"

namespace machi::notice {

bool Node::operator==(const Node& other) const {
  const auto same = [](const Span& a, const Span& b) { return a.from == b.from && a.to == b.to; };
  return part == other.part && children == other.children && words == other.words && name == other.name &&
         std::equal(ranges.begin(), ranges.end(), other.ranges.begin(), other.ranges.end(), same);
}

bool SegmentParser::wrong(const Token& token, std::string_view why) {
  if (fault_.at == 0) fault_ = {token.at, std::string(why)};
  return false;
}

bool SegmentParser::take(TokenKind kind) {
  if (now().kind != kind) return false;
  ++at_;
  return true;
}

bool SegmentParser::take(Keyword wanted) {
  if (keyword() != wanted) return false;
  ++at_;
  return true;
}

int SegmentParser::add(Node node) {
  if (segment_.nodes.size() >= kSegmentNodes) {
    wrong("the segment has too many parts");
    return -1;
  }
  segment_.nodes.push_back(std::move(node));
  return static_cast<int>(segment_.nodes.size()) - 1;
}

bool SegmentParser::read(Segment& segment) {
  int root = -1;
  if (now().kind == TokenKind::End)
    root = add({});
  else
    root = any(0);
  if (root < 0) return false;
  if (now().kind != TokenKind::End) return wrong("\"and\", \"or\" or the end is expected");
  segment_.root = root;
  segment = std::move(segment_);
  return true;
}

int SegmentParser::any(int depth) {
  if (depth > kSegmentDepth) {
    wrong("too many brackets in one another");
    return -1;
  }
  std::vector<int> children;
  do {
    const int child = all(depth);
    if (child < 0) return -1;
    const Node& node = segment_.nodes[static_cast<std::size_t>(child)];
    if (node.part == Part::Any)
      children.insert(children.end(), node.children.begin(), node.children.end());
    else
      children.push_back(child);
  } while (take(Keyword::Or));
  return children.size() == 1 ? children[0] : add({Part::Any, std::move(children), {}, {}, {}});
}

int SegmentParser::all(int depth) {
  std::vector<int> children;
  do {
    const int child = one(depth);
    if (child < 0) return -1;
    const Node& node = segment_.nodes[static_cast<std::size_t>(child)];
    if (node.part == Part::All)
      children.insert(children.end(), node.children.begin(), node.children.end());
    else
      children.push_back(child);
  } while (take(Keyword::And));
  return children.size() == 1 ? children[0] : add({Part::All, std::move(children), {}, {}, {}});
}

int SegmentParser::one(int depth) {
  if (depth > kSegmentDepth) {
    wrong("too many brackets in one another");
    return -1;
  }
  if (take(Keyword::Not)) {
    const int child = one(depth + 1);
    return child < 0 ? -1 : add({Part::Not, {child}, {}, {}, {}});
  }
  if (take(TokenKind::Open)) {
    const int inner = any(depth + 1);
    if (inner < 0) return -1;
    if (!take(TokenKind::Close)) {
      wrong("a closing bracket is expected");
      return -1;
    }
    return inner;
  }
  return test();
}

int SegmentParser::test() {
  const auto word = keyword();
  const Token begin = now();
  if (!word) {
    wrong(begin.kind == TokenKind::End ? "a condition is expected" : "no condition begins like this");
    return -1;
  }
  ++at_;
  Node node;
  switch (*word) {
    case Keyword::Everyone:
      return add({});
    case Keyword::District:
    case Keyword::Interest:
    case Keyword::Language:
    case Keyword::Role:
      node.part = *word == Keyword::District   ? Part::District
                  : *word == Keyword::Interest ? Part::Interest
                  : *word == Keyword::Language ? Part::Language
                                               : Part::Role;
      take(TokenKind::Equals);
      return words(node.words) ? add(std::move(node)) : -1;
    case Keyword::Age:
      node.part = Part::Age;
      return ranges(Measure::Number, node.ranges) ? add(std::move(node)) : -1;
    case Keyword::Grade:
      node.part = Part::Grade;
      return ranges(Measure::Number, node.ranges) ? add(std::move(node)) : -1;
    case Keyword::Day:
      node.part = Part::Day;
      return ranges(Measure::Days, node.ranges) ? add(std::move(node)) : -1;
    case Keyword::Child:
      return child();
    case Keyword::Handbook:
      return handbook();
    case Keyword::Fact:
      return fact();
    case Keyword::And:
    case Keyword::Or:
    case Keyword::Not:
    case Keyword::Any:
    case Keyword::Born:
      break;
  }
  wrong(begin, "no condition begins like this");
  return -1;
}

int SegmentParser::child() {
  Node node;
  node.part = Part::Child;
  if (take(Keyword::Any)) return add(std::move(node));
  if (take(Keyword::Born)) {
    node.part = Part::Born;
    return ranges(Measure::Days, node.ranges) ? add(std::move(node)) : -1;
  }
  if (take(Keyword::Grade)) {
    node.part = Part::Grade;
    return ranges(Measure::Number, node.ranges) ? add(std::move(node)) : -1;
  }
  return ranges(Measure::Months, node.ranges) ? add(std::move(node)) : -1;
}

int SegmentParser::handbook() {
  Node node;
  node.part = Part::Handbook;
  if (take(Keyword::Any)) return add(std::move(node));
  do {
    const bool word = (now().kind == TokenKind::Word && !keyword()) || now().kind == TokenKind::Quoted;
    if (!word) {
      wrong("the kind of a handbook, or \"any\", is expected");
      return -1;
    }
    node.words.push_back(now().text);
    ++at_;
    Span grades;
    if (begins_range() && !range(Measure::Number, grades)) return -1;
    node.ranges.push_back(grades);
  } while (take(TokenKind::Comma));
  return add(std::move(node));
}

int SegmentParser::fact() {
  Node node;
  node.part = Part::Fact;
  const bool word = (now().kind == TokenKind::Word && !keyword()) || now().kind == TokenKind::Quoted;
  if (!word) {
    wrong("the name of a fact is expected");
    return -1;
  }
  node.name = now().text;
  ++at_;
  if (take(TokenKind::Equals)) return words(node.words) ? add(std::move(node)) : -1;
  if (begins_range() && !ranges(Measure::Number, node.ranges)) return -1;
  return add(std::move(node));
}

Result<Segment> parse_segment(std::string_view text, SegmentFault* fault) {
  SegmentFault found;
  const auto refused = [&](Code code) {
    if (fault) *fault = found;
    return base::fail(code, "at " + std::to_string(found.at) + ": " + found.why);
  };
  if (!base::is_utf8(text)) {
    found = {1, "the text is no UTF-8"};
    return refused(Code::BadInput);
  }
  if (base::count_code_points(text) > kSegmentSigns) {
    found = {kSegmentSigns + 1, "a segment has at most 2000 signs"};
    return refused(Code::TooLarge);
  }
  std::vector<Token> tokens;
  if (!lex_segment(text, tokens, found)) return refused(Code::BadInput);
  SegmentParser parser(std::move(tokens));
  Segment segment;
  if (!parser.read(segment)) {
    found = parser.fault();
    return refused(Code::BadInput);
  }
  return segment;
}

}  // namespace machi::notice
