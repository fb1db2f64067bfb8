// A rule pack as it is held after it was read and found sound (PACK.md says how it is written). Facts,
// tables, benefits and point schemes name each other by index; conditions and numbers are nodes in two
// vectors. Every value is an integer: truth 0/1, a number, yen, a day since 1970, the index of a choice.
// Values; any thread; pure.
#pragma once

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/rules/place.h"

namespace machi::rules {

using Text = std::map<std::string, std::string>;  // by language
using Value = std::optional<std::int64_t>;        // nothing: not known

enum class FactType { Truth, Number, Yen, Date, Choice };
// How a fact that nobody is asked for comes from others.
enum class Derivation { Asked, AgeYears, AgeMonths, AgeAtSchoolYear, DaysUntil, Condition, Number };

inline constexpr std::int64_t kEndless = std::numeric_limits<std::int64_t>::max();
struct Span {
  std::int64_t from = -kEndless;
  std::int64_t to = kEndless;
};
using Ranges = std::vector<Span>;  // in order, apart
bool within(const Ranges& ranges, std::int64_t value);

struct Choice {
  std::string id;
  Text label;
};

struct Fact {
  std::string id;
  FactType type = FactType::Truth;
  Derivation derivation = Derivation::Asked;
  int from = -1;       // the date of an age or a count of days; the node of a condition or number
  bool each = false;   // of each guardian
  bool birth = false;  // some age is counted from it
  std::int64_t least = -kEndless, most = kEndless;
  std::vector<Choice> choices;
  Text label, question, why, unit, yes, no;
};

enum class NodeKind { Always, All, Any, Not, Within, Compare, Benefit };
enum class Order { AtMost, Below, AtLeast, Above };
struct Node {
  NodeKind kind = NodeKind::Always;
  std::vector<int> children;
  int index = -1;  // fact or benefit
  Ranges ranges;   // Within
  Order order = Order::AtMost;
  int left = -1, right = -1;  // numbers, of Compare
};

enum class NumberKind { Constant, OfFact, OfTable, Sum, Minus, Times, Least, Most, If };
struct Number {
  NumberKind kind = NumberKind::Constant;
  std::int64_t constant = 0;
  int index = -1;             // fact, table or condition
  std::vector<int> children;  // numbers
};

struct Source {
  bool invented = false;
  std::string law, article, page, url;
  std::optional<Date> as_of;
};

struct TableRow {
  std::vector<Ranges> when;  // by input; empty: any value
  std::int64_t value = 0;
};
struct Table {
  std::string id;
  std::vector<int> inputs;
  std::vector<TableRow> rows;
  std::int64_t otherwise = 0;
  Source source;
};

struct Amount {
  Text label;
  std::string per;  // "month", "year", "once", "day", "use"
  int yen = -1;
  int when = -1;  // a condition, or none
};

struct Monotone {
  int fact = -1;
  bool rising = false;  // true: who has it keeps it with more; false: with less
};

struct Benefit {
  std::string id;
  std::string level;  // "national", "prefecture", "town", "company"
  std::string kind;   // "allowance", "medical", "tax", "discount", "service", "equipment", ...
  Text name, how, where, documents, deadline, note;
  int when = -1;
  std::vector<Amount> amounts;
  std::optional<Date> from, to;
  Source source;
  std::vector<Monotone> monotone;
  std::vector<int>
      facts;  // all that the condition can look at, derived ones and what they come from included
};

struct PointItem {
  Text label;
  int when = -1;
  std::int64_t points = 0;
};
enum class Combine { Sum, Least, Most };
struct PointScheme {
  std::string id;
  Text name;
  Combine combine = Combine::Sum;
  std::vector<PointItem> base;  // of each guardian: the highest that applies
  std::vector<PointItem> adjust;
  Source source;
};

struct PackTest {
  std::string name;
  Date today;
  const code::Cbor* person = nullptr;                 // into what is being read; only while it is
  std::vector<std::pair<int, std::string>> benefits;  // "yes", "no", "unknown"
  std::vector<std::pair<int, std::int64_t>> yen;      // of the first amount
  std::vector<std::pair<int, std::int64_t>> points;   // by scheme
  std::string path;
};

struct Pack {
  std::string id;
  std::int64_t version = 0;
  Date issued;
  std::optional<Date> from, to;
  std::vector<std::string> languages;
  Text title;
  std::map<std::string, Text> phrases;
  std::vector<Fact> facts;
  std::vector<Table> tables;
  std::vector<Benefit> benefits;
  std::vector<PointScheme> schemes;
  std::vector<Node> nodes;
  std::vector<Number> numbers;
  std::vector<std::vector<std::int64_t>> bounds;  // by fact: where some condition changes its mind
  int tests = 0;                                  // how many were run and held

  int fact_of(std::string_view id) const;  // -1: none
  int table_of(std::string_view id) const;
  int benefit_of(std::string_view id) const;
  int scheme_of(std::string_view id) const;
};

inline constexpr std::size_t kPackLimit = 4 << 20;  // bytes of CBOR

// Reads and checks: BadInput with the place and the reason for an unknown field, an undefined fact, a cycle,
// rows that overlap, a text without the pack's first language, a claim of monotony or an inner test that does
// not hold.
Result<Pack> read_pack(const code::Cbor& written);

}  // namespace machi::rules
