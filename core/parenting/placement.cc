// The attempts, the search, and the reasons. Work is counted in steps, never in time, so that every machine
// stops at the same place. Pure; any thread.
#include "core/parenting/placement.h"

#include <algorithm>
#include <deque>
#include <set>

#include "core/parenting/placement_market.h"

namespace machi::parenting {
namespace {

using base::Code;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

constexpr int kAttempts = 6;
constexpr std::size_t kMostChoices = 15, kMostSiblings = 6;

// A short generator of the same numbers everywhere (xorshift64*); it only orders families.
struct Shuffle {
  std::uint64_t state;
  std::size_t below(std::size_t most) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return static_cast<std::size_t>((state * 0x2545F4914F6CDD1DULL) >> 33) % most;
  }
};

class Clearing {
 public:
  explicit Clearing(Market& market)
      : market_(market), moved_out_(market.units().size()), waits_(market.units().size()) {}

  // Every unit of `order` applies; who is sent away applies again, until nobody objects or the steps are used
  // up.
  bool run(const std::vector<int>& order, bool newest_first) {
    std::deque<int> queue;
    std::fill(waits_.begin(), waits_.end(), 0);
    const auto ask = [&](int unit) {
      if (waits_[at(unit)] != 0 || market_.pinned(unit)) return;
      waits_[at(unit)] = 1;
      queue.push_back(unit);
    };
    for (const int unit : order) ask(unit);
    const std::size_t most = 6 * market_.units().size() + 5000;
    std::size_t steps = most;
    std::vector<int> asks;
    while (!queue.empty() || everybody_asked(ask)) {
      if (steps-- == 0 || steps_left == 0) return false;
      --steps_left;
      const int unit = newest_first ? queue.back() : queue.front();
      newest_first ? queue.pop_back() : queue.pop_front();
      waits_[at(unit)] = 0;
      const int choice = market_.objection(unit);
      if (choice < 0) continue;
      asks.clear();
      const int gone = market_.move(unit, choice, asks);
      // What still moves when most of the steps are used up moves in a circle.
      if (gone > 0 && steps < most / 4) ++moved_out_[at(unit)];
      for (const int other : asks) ask(other);
    }
    return true;
  }

  // For all runs together; a city's placement must not take longer for being difficult.
  std::size_t steps_left = 1'000'000;

  int objections() const {
    int count = 0;
    for (std::size_t unit = 0; unit < market_.units().size(); ++unit)
      if (market_.objection(static_cast<int>(unit)) >= 0) ++count;
    return count;
  }
  // Families by how often they made others go: in a circle, those that keep it turning come first.
  std::vector<int> restless() const {
    std::vector<int> out;
    for (std::size_t unit = 0; unit < market_.units().size(); ++unit)
      if (market_.units()[unit].family) out.push_back(static_cast<int>(unit));
    std::stable_sort(out.begin(), out.end(),
                     [&](int a, int b) { return moved_out_[at(a)] > moved_out_[at(b)]; });
    return out;
  }

 private:
  // When the queue has run dry: whoever still objects is asked once more. False when nobody does.
  template <class Ask>
  bool everybody_asked(const Ask& ask) const {
    bool any = false;
    for (std::size_t unit = 0; unit < market_.units().size(); ++unit) {
      const int one = static_cast<int>(unit);
      if (market_.pinned(one) || market_.objection(one) < 0) continue;
      ask(one);
      any = true;
    }
    return any;
  }

  Market& market_;
  std::vector<int> moved_out_;
  std::vector<char> waits_;
};

struct Found {
  std::vector<int> choices;
  int objections = -1;
  bool better_than(const Found& other) const { return other.objections < 0 || objections < other.objections; }
};

// Pins the joint choices of the most restless families, every combination from the dearest on, and lets the
// rest apply. Complete over all families when nobody has a bonus: then the rest has exactly one stable
// placement.
class Search {
 public:
  Search(Market& market, Clearing& clearing, std::vector<int> families, int most_runs)
      : market_(market), clearing_(clearing), families_(std::move(families)), runs_left_(most_runs) {
    for (std::size_t unit = 0; unit < market.units().size(); ++unit) order_.push_back(static_cast<int>(unit));
  }

  bool go(Found& best) {
    const int all = runs_left_;
    for (std::size_t width = 1; width <= families_.size() && runs_left_ > 0; ++width) {
      picked_.assign(width, 0);
      if (pick(0, best)) break;
    }
    runs = all - runs_left_;
    return best.objections == 0;
  }
  int runs = 0;

 private:
  bool pick(std::size_t depth, Found& best) {
    if (runs_left_ <= 0 || clearing_.steps_left == 0) return false;
    if (depth == picked_.size()) return leaf(best);
    for (int choice = 0; choice <= market_.units()[at(families_[depth])].count; ++choice) {
      picked_[depth] = choice;
      if (pick(depth + 1, best)) return true;
      if (runs_left_ <= 0 || clearing_.steps_left == 0) return false;
    }
    return false;
  }

  bool leaf(Found& best) {
    --runs_left_;
    market_.empty();
    for (std::size_t i = 0; i < picked_.size(); ++i) market_.pin(families_[i], picked_[i]);
    if (market_.overfull()) return false;
    clearing_.run(order_, false);
    market_.unpin_all();
    const Found found{market_.choices(), clearing_.objections()};
    if (found.better_than(best)) best = found;
    return best.objections == 0;
  }

  Market& market_;
  Clearing& clearing_;
  std::vector<int> families_, order_, picked_;
  int runs_left_;
};

Found best_placement(Market& market, Placement& out) {
  Clearing clearing(market);
  std::vector<int> singles, families;
  for (std::size_t unit = 0; unit < market.units().size(); ++unit)
    (market.units()[unit].family ? families : singles).push_back(static_cast<int>(unit));
  Shuffle shuffle{0x9E3779B97F4A7C15ULL};
  Found best;
  for (out.attempts = 1; out.attempts <= kAttempts; ++out.attempts) {
    std::vector<int> order = singles;
    order.insert(order.end(), families.begin(), families.end());
    market.empty();
    const bool settled = clearing.run(order, out.attempts % 2 == 0);
    const Found found{market.choices(), settled ? 0 : clearing.objections()};
    if (found.better_than(best)) best = found;
    if (best.objections == 0) return best;
    for (std::size_t i = families.size(); i > 1; --i) std::swap(families[i - 1], families[shuffle.below(i)]);
  }
  --out.attempts;
  const int runs = static_cast<int>(std::clamp<std::size_t>(400'000 / market.units().size(), 10, 20'000));
  Search search(market, clearing, clearing.restless(), runs);
  search.go(best);
  out.searched = search.runs;
  return best;
}

Quality quality_of(const Instance& instance, Market& joint, const std::vector<int>& choices) {
  Quality out;
  joint.assign(choices);
  for (std::size_t unit = 0; unit < joint.units().size(); ++unit)
    if (joint.objection(static_cast<int>(unit)) >= 0) ++out.blocking;
  std::int64_t ranks = 0;
  for (const int choice : choices)
    if (choice >= 0) ++out.placed, ranks += choice + 1;
  out.mean_rank = out.placed == 0 ? 0 : static_cast<double>(ranks) / out.placed;
  for (const Siblings& family : instance.families) {
    std::set<int> nurseries;
    std::size_t placed = 0;
    for (const int child : family.children)
      if (const int choice = choices[at(child)]; choice >= 0) {
        ++placed;
        nurseries.insert(instance.children[at(child)].choices[at(choice)]);
      }
    const bool all = placed == family.children.size();
    const bool at_one = all && nurseries.size() == 1;
    if (at_one) ++out.siblings_at_one;
    if (family.wish == Wish::Either || family.children.size() < 2) continue;
    ++out.families;
    if (family.wish == Wish::Same ? at_one : all)
      ++out.wishes_kept;
    else if (placed > 0)
      ++out.wishes_broken;
  }
  return out;
}

std::int64_t points_at(const Applicant& child, int choice) {
  return child.points + (at(choice) < child.bonus.size() ? child.bonus[at(choice)] : 0);
}

int choice_of_slot(const Market& market, const Instance& instance, int child, int slot) {
  for (std::size_t i = 0; i < instance.children[at(child)].choices.size(); ++i)
    if (market.slot(child, static_cast<int>(i)) == slot) return static_cast<int>(i);
  return -1;
}

// `market` holds the placement; for each choice dearer than the child's: who stands before it.
void give_reasons(const Instance& instance, const Market& market, const std::vector<int>& choices,
                  Placement& out) {
  for (std::size_t child = 0; child < choices.size(); ++child) {
    const Applicant& one = instance.children[child];
    Placed placed{choices[child], {}};
    const int until = choices[child] < 0 ? static_cast<int>(one.choices.size()) : choices[child];
    for (int choice = 0; choice < until; ++choice) {
      const int self = static_cast<int>(child);
      const int slot = market.slot(self, choice);
      Refused refused{choice, Refusal::Full, 0, points_at(one, choice)};
      const int last = market.last_in(slot);
      if (last >= 0)
        refused.last_points =
            points_at(instance.children[at(last)], choice_of_slot(market, instance, last, slot));
      if (market.capacity(slot) == 0)
        refused.why = Refusal::NoSeats;
      else if (market.stands_in(self, choice))
        refused.why =
            market.units()[at(market.unit_of(self))].family ? Refusal::Siblings : Refusal::Objection;
      placed.refused.push_back(refused);
    }
    out.children.push_back(std::move(placed));
  }
}

base::Error fault(const std::string& place, std::string_view why) {
  return base::fail(Code::BadInput, place + ": " + std::string(why));
}

}  // namespace

base::Status check_instance(const Instance& instance) {
  std::set<std::string_view> names;
  if (instance.nurseries.size() > 5000 || instance.children.size() > 200'000)
    return base::fail(Code::TooMany, "more than 5,000 nurseries or 200,000 children");
  for (std::size_t i = 0; i < instance.nurseries.size(); ++i) {
    const std::string place = "nurseries[" + std::to_string(i) + "]";
    if (!names.insert(instance.nurseries[i].id).second) return fault(place, "a second nursery of this name");
    for (const int seats : instance.nurseries[i].seats)
      if (seats < 0 || seats > 1000) return fault(place, "a class has 0 to 1,000 seats");
  }
  names.clear();
  for (std::size_t i = 0; i < instance.children.size(); ++i) {
    const Applicant& child = instance.children[i];
    const std::string place = "children[" + std::to_string(i) + "]";
    if (!names.insert(child.id).second) return fault(place, "a second child of this name");
    if (child.age_class < 0 || child.age_class >= kClasses) return fault(place, "a class is 0 to 5");
    if (child.choices.empty() || child.choices.size() > kMostChoices)
      return fault(place, "a child has 1 to 15 choices");
    std::set<int> seen;
    for (const int choice : child.choices) {
      if (choice < 0 || at(choice) >= instance.nurseries.size())
        return fault(place, "a choice is no nursery");
      if (!seen.insert(choice).second) return fault(place, "a nursery is chosen twice");
    }
  }
  std::vector<char> taken(instance.children.size());
  for (std::size_t i = 0; i < instance.families.size(); ++i) {
    const std::string place = "families[" + std::to_string(i) + "]";
    const auto& children = instance.families[i].children;
    if (children.size() < 2 || children.size() > kMostSiblings)
      return fault(place, "2 to 6 siblings are placed together");
    for (const int child : children) {
      if (child < 0 || at(child) >= taken.size()) return fault(place, "there is no such child");
      if (taken[at(child)] != 0) return fault(place, "a child is named in two families, or twice");
      taken[at(child)] = 1;
    }
  }
  return {};
}

Placement place(const Instance& instance) {
  Placement out;
  if (instance.children.empty()) return out;
  Market alone(instance, false);
  std::vector<int> everybody;
  for (std::size_t unit = 0; unit < alone.units().size(); ++unit) everybody.push_back(static_cast<int>(unit));
  Clearing(alone).run(everybody, false);
  Market joint(instance, true);
  const Found found = best_placement(joint, out);
  out.plain = quality_of(instance, joint, alone.choices());
  out.quality = quality_of(instance, joint, found.choices);
  out.stable = out.quality.blocking == 0;
  for (std::size_t unit = 0; unit < joint.units().size(); ++unit)
    if (joint.objection(static_cast<int>(unit)) >= 0)
      out.objecting.insert(out.objecting.end(), joint.units()[unit].children.begin(),
                           joint.units()[unit].children.end());
  give_reasons(instance, joint, found.choices, out);
  return out;
}

}  // namespace machi::parenting
