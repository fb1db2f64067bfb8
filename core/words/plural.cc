// A parser by descent over C's precedences, from ?: down to the unary sign.
#include "core/words/plural.h"

#include <array>
#include <optional>

namespace machi::words {

class PluralParser {
 public:
  using Op = PluralRule::Op;
  using Term = PluralRule::Term;
  using Place = std::optional<std::size_t>;

  PluralParser(std::string_view text, std::vector<Term>& terms) : text_(text), terms_(terms) {}

  bool whole() { return choice(0).has_value() && (skip(), text_.empty()); }

 private:
  static constexpr int kDepth = 32;
  static constexpr std::size_t kTerms = 512;

  struct Sign {
    std::string_view text;
    Op op;
    int level;
  };
  // Longer signs before their beginnings.
  static constexpr std::array<Sign, 13> kSigns = {{{"||", Op::Or, 0},
                                                   {"&&", Op::And, 1},
                                                   {"==", Op::Equal, 2},
                                                   {"!=", Op::Unequal, 2},
                                                   {"<=", Op::LessEqual, 3},
                                                   {">=", Op::GreaterEqual, 3},
                                                   {"<", Op::Less, 3},
                                                   {">", Op::Greater, 3},
                                                   {"+", Op::Plus, 4},
                                                   {"-", Op::Minus, 4},
                                                   {"*", Op::Times, 5},
                                                   {"/", Op::Over, 5},
                                                   {"%", Op::Modulo, 5}}};
  static constexpr int kLevels = 6;

  void skip() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t')) text_.remove_prefix(1);
  }
  bool take(std::string_view sign) {
    skip();
    if (!text_.starts_with(sign)) return false;
    text_.remove_prefix(sign.size());
    return true;
  }
  Place add(Term term) {
    if (terms_.size() >= kTerms) return std::nullopt;
    terms_.push_back(term);
    return terms_.size() - 1;
  }

  Place choice(int depth) {
    if (depth > kDepth) return std::nullopt;
    const Place condition = binary(0, depth);
    if (!condition || !take("?")) return condition;
    const Place yes = choice(depth + 1);
    if (!yes || !take(":")) return std::nullopt;
    const Place no = choice(depth + 1);
    if (!no) return std::nullopt;
    return add({Op::Choose, 0, *condition, *yes, *no});
  }

  Place binary(int level, int depth) {
    if (level == kLevels) return unary(depth);
    Place left = binary(level + 1, depth);
    while (left) {
      const Sign* found = nullptr;
      for (const Sign& sign : kSigns)
        if (found == nullptr && sign.level == level && take(sign.text)) found = &sign;
      if (found == nullptr) return left;
      const Place right = binary(level + 1, depth);
      if (!right) return std::nullopt;
      left = add({found->op, 0, *left, *right, 0});
    }
    return left;
  }

  Place unary(int depth) {
    if (depth > kDepth) return std::nullopt;
    skip();
    if (take("!")) {
      const Place operand = unary(depth + 1);
      return operand ? add({Op::Not, 0, *operand, 0, 0}) : std::nullopt;
    }
    if (take("(")) {
      const Place inner = choice(depth + 1);
      return inner && take(")") ? inner : std::nullopt;
    }
    if (take("n")) return add({Op::N});
    std::uint64_t number = 0;
    std::size_t digits = 0;
    for (; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits)
      number = number * 10 + static_cast<std::uint64_t>(text_[digits] - '0');
    if (digits == 0 || digits > 9) return std::nullopt;
    text_.remove_prefix(digits);
    return add({Op::Number, number});
  }

  std::string_view text_;
  std::vector<Term>& terms_;
};

base::Result<PluralRule> PluralRule::parse(std::string_view header) {
  const auto no = [] { return base::fail(base::Code::BadInput, "plural forms"); };
  const auto after = [&](std::string_view name) -> std::optional<std::string_view> {
    const auto at = header.find(name);
    if (at == std::string_view::npos) return std::nullopt;
    std::string_view rest = header.substr(at + name.size());
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    if (!rest.starts_with('=')) return std::nullopt;
    return rest.substr(
        1, rest.find(';') == std::string_view::npos ? std::string_view::npos : rest.find(';') - 1);
  };
  PluralRule rule;
  const auto forms = after("nplurals");
  const auto semicolon = header.find(';');
  if (!forms || semicolon == std::string_view::npos) return no();
  int digits = 0;
  for (const char sign : *forms) {
    if (sign == ' ') continue;
    if (sign < '1' || sign > '6' || ++digits > 1) return no();
    rule.forms_ = sign - '0';
  }
  if (digits != 1) return no();
  header.remove_prefix(semicolon + 1);  // "plural" is also the end of "nplurals"
  const auto expression = after("plural");
  if (!expression || !PluralParser(*expression, rule.terms_).whole()) return no();
  return rule;
}

int PluralRule::form(std::uint64_t n) const {
  if (terms_.empty()) return 0;
  const std::uint64_t form = value(terms_.size() - 1, n);
  return form < static_cast<std::uint64_t>(forms_) ? static_cast<int>(form) : 0;
}

std::uint64_t PluralRule::value(std::size_t place, std::uint64_t n) const {
  const Term& term = terms_[place];
  const auto a = [&] { return value(term.a, n); };
  const auto b = [&] { return value(term.b, n); };
  switch (term.op) {
    case Op::Number:
      return term.number;
    case Op::N:
      return n;
    case Op::Not:
      return a() == 0;
    case Op::Or:
      return a() != 0 || b() != 0;
    case Op::And:
      return a() != 0 && b() != 0;
    case Op::Equal:
      return a() == b();
    case Op::Unequal:
      return a() != b();
    case Op::Less:
      return a() < b();
    case Op::Greater:
      return a() > b();
    case Op::LessEqual:
      return a() <= b();
    case Op::GreaterEqual:
      return a() >= b();
    case Op::Plus:
      return a() + b();
    case Op::Minus:
      return a() - b();
    case Op::Times:
      return a() * b();
    case Op::Over:
      return b() == 0 ? 0 : a() / b();
    case Op::Modulo:
      return b() == 0 ? 0 : a() % b();
    case Op::Choose:
      return a() != 0 ? b() : value(term.c, n);
  }
  return 0;
}

}  // namespace machi::words
