// Counting points in ranges. Pure; any thread.
#include "core/rules/points.h"

#include <algorithm>

#include "core/rules/reasoner.h"

namespace machi::rules {
namespace {

struct Range {
  std::int64_t least = 0, most = 0;
};

// The highest item that applies; what may apply can only raise it.
Range best_of(const Pack& pack, Evaluator& evaluator, const PointScheme& scheme, int guardian, Points& out) {
  Range range;
  const PointItem* best = nullptr;
  for (const PointItem& item : scheme.base)
    if (evaluator.truth(item.when) == Truth::Yes && (best == nullptr || item.points > best->points))
      best = &item;
  if (best != nullptr) {
    range = {best->points, best->points};
    CountedItem counted{best, Truth::Yes, guardian, {}};
    Reasoner(pack, evaluator).grounds(best->when, false, counted.grounds);
    out.items.push_back(std::move(counted));
  }
  for (const PointItem& item : scheme.base)
    if (evaluator.truth(item.when) == Truth::Unknown && item.points > range.least) {
      range.most = std::max(range.most, item.points);
      out.items.push_back({&item, Truth::Unknown, guardian, {}});
    }
  return range;
}

}  // namespace

Points count_points(const Pack& pack, const Person& person, Date today, int index) {
  const PointScheme& scheme = pack.schemes[static_cast<std::size_t>(index)];
  Points out;
  Evaluator evaluator(pack);
  std::vector<Range> each;
  for (std::size_t g = 0; g < person.guardians.size(); ++g) {
    std::vector<Value> answers = person.facts;
    for (std::size_t i = 0; i < answers.size(); ++i)
      if (pack.facts[i].each) answers[i] = person.guardians[g][i];
    evaluator.about(answers, today);
    each.push_back(best_of(pack, evaluator, scheme, static_cast<int>(g), out));
  }
  for (std::size_t g = 0; g < each.size(); ++g) {
    const bool first = g == 0;
    switch (scheme.combine) {
      case Combine::Sum:
        out.least += each[g].least, out.most += each[g].most;
        break;
      case Combine::Least:
        out.least = first ? each[g].least : std::min(out.least, each[g].least);
        out.most = first ? each[g].most : std::min(out.most, each[g].most);
        break;
      case Combine::Most:
        out.least = first ? each[g].least : std::max(out.least, each[g].least);
        out.most = first ? each[g].most : std::max(out.most, each[g].most);
        break;
    }
  }
  evaluator.about(person.facts, today);
  for (const PointItem& item : scheme.adjust) {
    const Truth applies = evaluator.truth(item.when);
    if (applies == Truth::No) continue;
    CountedItem counted{&item, applies, -1, {}};
    if (applies == Truth::Yes) {
      out.least += item.points, out.most += item.points;
      Reasoner(pack, evaluator).grounds(item.when, false, counted.grounds);
    } else {
      out.least += std::min<std::int64_t>(0, item.points), out.most += std::max<std::int64_t>(0, item.points);
    }
    out.items.push_back(std::move(counted));
  }
  return out;
}

}  // namespace machi::rules
