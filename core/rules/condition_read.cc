// Conditions and numbers of a pack. A node is made after its children; names are looked up at once, so what
// is read is whole. Pure; any thread.
#include <algorithm>

#include "core/rules/pack_reader.h"

namespace machi::rules {
namespace {

constexpr int kDeepest = 12;
constexpr std::size_t kMostNodes = 50000;

bool is_number(FactType type) { return type == FactType::Number || type == FactType::Yen; }

void tidy(Ranges& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  Ranges out;
  for (const Span& span : ranges) {
    if (!out.empty() && (out.back().to == kEndless || span.from <= out.back().to + 1))
      out.back().to = std::max(out.back().to, span.to);
    else
      out.push_back(span);
  }
  ranges = std::move(out);
}

}  // namespace

bool within(const Ranges& ranges, std::int64_t value) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Span& span) { return value >= span.from && value <= span.to; });
}

int PackReader::add(Node node) {
  pack_.nodes.push_back(std::move(node));
  return static_cast<int>(pack_.nodes.size()) - 1;
}

int PackReader::add(Number number) {
  pack_.numbers.push_back(std::move(number));
  return static_cast<int>(pack_.numbers.size()) - 1;
}

Result<int> PackReader::fact_named(const Place& place) {
  MACHI_TRY_SET(name, place.id());
  const int found = pack_.fact_of(name);
  if (found < 0) return place.fault("no fact is called " + name);
  return found;
}

Result<std::int64_t> PackReader::value(const Place& place, const Fact& fact) {
  switch (fact.type) {
    case FactType::Truth: {
      MACHI_TRY_SET(truth, place.truth());
      return std::int64_t{truth};
    }
    case FactType::Number:
    case FactType::Yen:
      return place.integer();
    case FactType::Date: {
      MACHI_TRY_SET(date, place.date());
      return std::int64_t{date.days};
    }
    case FactType::Choice: {
      MACHI_TRY_SET(name, place.text());
      for (std::size_t i = 0; i < fact.choices.size(); ++i)
        if (fact.choices[i].id == name) return static_cast<std::int64_t>(i);
      return place.fault("the fact " + fact.id + " has no choice " + name);
    }
  }
  return place.fault("no value");
}

// {"is": v}, {"in": [v, ...]}, or any of from, to, below, above. Nothing of these: a truth that holds.
Result<Ranges> PackReader::ranges(const Place& place, const Fact& fact) {
  Ranges out;
  const bool bounded = place.has("from") || place.has("to") || place.has("below") || place.has("above");
  if (int(place.has("is")) + int(place.has("in")) + int(bounded) > 1)
    return place.fault("is, in and bounds exclude each other");
  if (place.has("is")) {
    MACHI_TRY_SET(one, value(place["is"], fact));
    out.push_back({one, one});
  } else if (place.has("in")) {
    MACHI_TRY_SET(items, place["in"].items());
    if (items.empty()) return place["in"].fault("a list of values is expected");
    for (const Place& item : items) {
      MACHI_TRY_SET(one, value(item, fact));
      out.push_back({one, one});
    }
  } else if (bounded) {
    if (fact.type == FactType::Truth || fact.type == FactType::Choice)
      return place.fault("the fact " + fact.id + " has no order");
    Span span;
    if (place.has("from")) {
      MACHI_TRY_SET(from, value(place["from"], fact));
      span.from = from;
    }
    if (place.has("above")) {
      MACHI_TRY_SET(above, value(place["above"], fact));
      span.from = std::max(span.from, above + 1);
    }
    if (place.has("to")) {
      MACHI_TRY_SET(to, value(place["to"], fact));
      span.to = to;
    }
    if (place.has("below")) {
      MACHI_TRY_SET(below, value(place["below"], fact));
      span.to = std::min(span.to, below - 1);
    }
    if (span.from > span.to) return place.fault("no value lies between these bounds");
    out.push_back(span);
  } else {
    if (fact.type != FactType::Truth) return place.fault("is, in or bounds are missing for " + fact.id);
    out.push_back({1, 1});
  }
  tidy(out);
  return out;
}

Result<int> PackReader::about_fact(const Place& place) {
  MACHI_TRY(place.only({"fact", "is", "in", "from", "to", "below", "above"}));
  MACHI_TRY_SET(fact, fact_named(place["fact"]));
  Node node;
  node.kind = NodeKind::Within;
  node.index = fact;
  MACHI_TRY_SET(found, ranges(place, pack_.facts[static_cast<std::size_t>(fact)]));
  node.ranges = std::move(found);
  return add(std::move(node));
}

Result<int> PackReader::condition(const Place& place, int depth) {
  if (depth > kDeepest) return place.fault("conditions are nested too deep");
  if (pack_.nodes.size() > kMostNodes) return place.fault("too many conditions", Code::TooLarge);
  if (!place.given()) return place.fault("missing", Code::Missing);
  if (!place.is_map()) return place.fault("a condition is an object");
  if (place.has("fact")) return about_fact(place);
  Node node;
  for (const auto& [key, kind] : {std::pair{"all", NodeKind::All}, std::pair{"any", NodeKind::Any}}) {
    if (!place.has(key)) continue;
    MACHI_TRY(place.only({key}));
    MACHI_TRY_SET(items, place[key].items());
    if (items.empty()) return place[key].fault("a list of conditions is expected");
    node.kind = kind;
    for (const Place& item : items) {
      MACHI_TRY_SET(child, condition(item, depth + 1));
      node.children.push_back(child);
    }
    return add(std::move(node));
  }
  if (place.has("not")) {
    MACHI_TRY(place.only({"not"}));
    node.kind = NodeKind::Not;
    MACHI_TRY_SET(child, condition(place["not"], depth + 1));
    node.children.push_back(child);
    return add(std::move(node));
  }
  if (place.has("benefit")) {
    MACHI_TRY(place.only({"benefit"}));
    MACHI_TRY_SET(name, place["benefit"].id());
    node.kind = NodeKind::Benefit;
    node.index = pack_.benefit_of(name);
    if (node.index < 0) return place["benefit"].fault("no benefit is called " + name);
    return add(std::move(node));
  }
  if (place.has("everybody")) {
    MACHI_TRY(place.only({"everybody"}));
    MACHI_TRY_SET(always, place["everybody"].truth());
    if (!always) return place.fault("everybody is true or not said");
    return add(std::move(node));
  }
  if (place.has("value")) {
    MACHI_TRY(place.only({"value", "atMost", "below", "atLeast", "above"}));
    node.kind = NodeKind::Compare;
    MACHI_TRY_SET(left, number(place["value"], depth + 1));
    node.left = left;
    for (const auto& [key, order] :
         {std::pair{"atMost", Order::AtMost}, std::pair{"below", Order::Below},
          std::pair{"atLeast", Order::AtLeast}, std::pair{"above", Order::Above}}) {
      if (!place.has(key)) continue;
      if (node.right >= 0) return place.fault("one comparison at a time");
      node.order = order;
      MACHI_TRY_SET(right, number(place[key], depth + 1));
      node.right = right;
    }
    if (node.right < 0) return place.fault("atMost, below, atLeast or above is missing");
    return add(std::move(node));
  }
  return place.fault("a condition is all, any, not, fact, value, benefit or everybody");
}

Result<int> PackReader::numbers_of(const Place& place, NumberKind kind, std::size_t least, int depth) {
  MACHI_TRY_SET(items, place.items());
  if (items.size() < least || (least == 2 && items.size() > 2))
    return place.fault("a list of numbers is expected");
  Number made;
  made.kind = kind;
  for (const Place& item : items) {
    MACHI_TRY_SET(child, number(item, depth + 1));
    made.children.push_back(child);
  }
  return add(std::move(made));
}

Result<int> PackReader::number(const Place& place, int depth) {
  if (depth > kDeepest) return place.fault("numbers are nested too deep");
  if (pack_.numbers.size() > kMostNodes) return place.fault("too many numbers", Code::TooLarge);
  Number made;
  if (!place.is_map()) {
    MACHI_TRY_SET(constant, place.integer());
    made.constant = constant;
    return add(std::move(made));
  }
  if (place.has("fact")) {
    MACHI_TRY(place.only({"fact"}));
    MACHI_TRY_SET(fact, fact_named(place["fact"]));
    if (!is_number(pack_.facts[static_cast<std::size_t>(fact)].type))
      return place["fact"].fault("this fact is no number");
    made.kind = NumberKind::OfFact;
    made.index = fact;
    return add(std::move(made));
  }
  if (place.has("table")) {
    MACHI_TRY(place.only({"table"}));
    MACHI_TRY_SET(name, place["table"].id());
    made.kind = NumberKind::OfTable;
    made.index = pack_.table_of(name);
    if (made.index < 0) return place["table"].fault("no table is called " + name);
    return add(std::move(made));
  }
  if (place.has("if")) {
    MACHI_TRY(place.only({"if", "then", "else"}));
    made.kind = NumberKind::If;
    MACHI_TRY_SET(when, condition(place["if"], depth + 1));
    MACHI_TRY_SET(yes, number(place["then"], depth + 1));
    MACHI_TRY_SET(no, number(place["else"], depth + 1));
    made.index = when;
    made.children = {yes, no};
    return add(std::move(made));
  }
  for (const auto& [key, kind, least] : {std::tuple{"sum", NumberKind::Sum, std::size_t{1}},
                                         std::tuple{"minus", NumberKind::Minus, std::size_t{2}},
                                         std::tuple{"times", NumberKind::Times, std::size_t{2}},
                                         std::tuple{"least", NumberKind::Least, std::size_t{1}},
                                         std::tuple{"most", NumberKind::Most, std::size_t{1}}})
    if (place.has(key)) {
      MACHI_TRY(place.only({key}));
      return numbers_of(place[key], kind, least, depth);
    }
  return place.fault("a number is written out, or fact, table, sum, minus, times, least, most or if");
}

}  // namespace machi::rules
