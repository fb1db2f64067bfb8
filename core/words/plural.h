// The plural rule of a catalogue: the C expression over n of its Plural-Forms header. A value; any thread;
// pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace machi::words {

class PluralRule {
 public:
  // "nplurals=3; plural=n==1 ? 0 : n>=2 && n<=4 ? 1 : 2;" BadInput when it is something else, or deeper
  // than 32.
  static base::Result<PluralRule> parse(std::string_view header);
  PluralRule() = default;  // one form for everything

  int forms() const { return forms_; }
  int form(std::uint64_t n) const;  // 0 when the expression names a form that there is none of

 private:
  friend class PluralParser;
  enum class Op {
    Number,
    N,
    Not,
    Or,
    And,
    Equal,
    Unequal,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Plus,
    Minus,
    Times,
    Over,
    Modulo,
    Choose
  };
  struct Term {
    Op op;
    std::uint64_t number = 0;
    std::size_t a = 0, b = 0, c = 0;  // operands, by place in terms_
  };
  std::uint64_t value(std::size_t term, std::uint64_t n) const;

  int forms_ = 1;
  std::vector<Term> terms_;  // the last one is the whole
};

}  // namespace machi::words
