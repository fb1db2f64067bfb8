// Reads a segment's tokens into its tree. Private to core/notice/segment; one thread; pure.
#pragma once

#include "core/notice/segment/keyword.h"
#include "core/notice/segment/lexer.h"

namespace machi::notice {

// How the two ends of a range are written.
enum class Measure { Number, Months, Days };

class SegmentParser {
 public:
  explicit SegmentParser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}
  bool read(Segment& segment);
  const SegmentFault& fault() const { return fault_; }

 private:
  // parse.cc: each gives the index of a node, or -1
  int any(int depth);
  int all(int depth);
  int one(int depth);
  int test();
  int child();
  int handbook();
  int fact();
  int add(Node node);

  // values.cc
  bool words(std::vector<std::string>& out);
  bool ranges(Measure measure, Ranges& out);
  bool range(Measure measure, Span& out);
  bool end_of(Measure measure, const Token& token, Span& out);
  bool begins_range() const;

  const Token& now() const { return tokens_[at_]; }
  std::optional<Keyword> keyword() const {
    return now().kind == TokenKind::Word ? keyword_of(now().text) : std::nullopt;
  }
  bool take(TokenKind kind);
  bool take(Keyword keyword);
  bool wrong(std::string_view why) { return wrong(now(), why); }
  bool wrong(const Token& token, std::string_view why);

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Segment segment_;
  SegmentFault fault_;
};

}  // namespace machi::notice
