// Seats are kept in order of standing; a slot holds a few dozen at most, so plain loops do. Pure; any thread.
#include "core/parenting/placement_market.h"

#include <algorithm>
#include <numeric>

namespace machi::parenting {
namespace {

constexpr std::size_t kMostJointChoices = 4096;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Every way to pick a choice for each child with this sum of ranks.
void write_with_sum(const std::vector<int>& lengths, std::size_t child, int left,
                    std::vector<std::int16_t>& picked, std::vector<std::vector<std::int16_t>>& out) {
  if (out.size() >= kMostJointChoices) return;
  if (child == lengths.size()) {
    if (left == 0) out.push_back(picked);
    return;
  }
  for (int choice = 0; choice < lengths[child] && choice <= left; ++choice) {
    picked[child] = static_cast<std::int16_t>(choice);
    write_with_sum(lengths, child + 1, left - choice, picked, out);
  }
}

}  // namespace

void write_joint_choices(const Instance& instance, const Siblings& family, Unit& unit) {
  std::vector<int> lengths;
  int longest = 0;
  for (const int child : family.children) {
    lengths.push_back(static_cast<int>(instance.children[at(child)].choices.size()));
    longest += lengths.back();
  }
  std::vector<std::vector<std::int16_t>> rows;
  if (family.wish == Wish::Same) {
    const auto& first = instance.children[at(family.children.front())].choices;
    for (std::size_t i = 0; i < first.size(); ++i) {
      std::vector<std::int16_t> row{static_cast<std::int16_t>(i)};
      for (std::size_t c = 1; c < family.children.size(); ++c) {
        const auto& own = instance.children[at(family.children[c])].choices;
        const auto found = std::find(own.begin(), own.end(), first[i]);
        if (found == own.end()) break;
        row.push_back(static_cast<std::int16_t>(found - own.begin()));
      }
      if (row.size() == family.children.size()) rows.push_back(std::move(row));
    }
    const auto sum = [](const auto& row) { return std::accumulate(row.begin(), row.end(), 0); };
    std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
      return std::pair(sum(a), *std::max_element(a.begin(), a.end())) <
             std::pair(sum(b), *std::max_element(b.begin(), b.end()));
    });
  } else {
    for (int total = 0; total < longest && rows.size() < kMostJointChoices; ++total) {
      std::vector<std::vector<std::int16_t>> level;
      std::vector<std::int16_t> picked(lengths.size());
      write_with_sum(lengths, 0, total, picked, level);
      std::stable_sort(level.begin(), level.end(), [](const auto& a, const auto& b) {
        return *std::max_element(a.begin(), a.end()) < *std::max_element(b.begin(), b.end());
      });
      rows.insert(rows.end(), level.begin(), level.end());
    }
    if (rows.size() > kMostJointChoices) rows.resize(kMostJointChoices);
  }
  unit.children = family.children;
  unit.family = true;
  unit.count = static_cast<int>(rows.size());
  for (const auto& row : rows) unit.rows.insert(unit.rows.end(), row.begin(), row.end());
}

Market::Market(const Instance& instance, bool joint) : instance_(instance) {
  for (const Nursery& nursery : instance.nurseries)
    for (const int seats : nursery.seats) capacity_.push_back(seats);
  make_units(instance, joint);
  make_standings();
  empty();
}

void Market::make_units(const Instance& instance, bool joint) {
  unit_of_.assign(instance.children.size(), -1);
  std::vector<const Siblings*> family_of(instance.children.size(), nullptr);
  for (const Siblings& family : instance.families)
    if (joint && family.wish != Wish::Either && family.children.size() > 1)
      for (const int child : family.children) family_of[at(child)] = &family;
  for (std::size_t child = 0; child < instance.children.size(); ++child) {
    if (unit_of_[child] >= 0) continue;
    Unit unit;
    if (family_of[child] != nullptr) {
      write_joint_choices(instance, *family_of[child], unit);
    } else {
      unit.children = {static_cast<int>(child)};
      unit.count = static_cast<int>(instance.children[child].choices.size());
      for (int i = 0; i < unit.count; ++i) unit.rows.push_back(static_cast<std::int16_t>(i));
    }
    for (const int member : unit.children) unit_of_[at(member)] = static_cast<int>(units_.size());
    units_.push_back(std::move(unit));
  }
}

void Market::make_standings() {
  struct Wants {
    std::int64_t points;
    std::int64_t tie;
    int child;
    std::size_t choice;
  };
  std::vector<std::vector<Wants>> wanted(capacity_.size());
  standings_.resize(instance_.children.size());
  for (std::size_t child = 0; child < instance_.children.size(); ++child) {
    const Applicant& one = instance_.children[child];
    standings_[child].assign(one.choices.size(), 0);
    for (std::size_t i = 0; i < one.choices.size(); ++i)
      wanted[at(slot(static_cast<int>(child), static_cast<int>(i)))].push_back(
          {one.points + (i < one.bonus.size() ? one.bonus[i] : 0), one.tie, static_cast<int>(child), i});
  }
  applicants_.resize(capacity_.size());
  for (std::size_t s = 0; s < wanted.size(); ++s) {
    std::sort(wanted[s].begin(), wanted[s].end(), [](const Wants& a, const Wants& b) {
      if (a.points != b.points) return a.points > b.points;
      return std::pair(a.tie, a.child) < std::pair(b.tie, b.child);
    });
    for (std::size_t i = 0; i < wanted[s].size(); ++i) {
      standings_[at(wanted[s][i].child)][wanted[s][i].choice] = static_cast<int>(i);
      applicants_[s].push_back({wanted[s][i].child, static_cast<int>(wanted[s][i].choice)});
    }
  }
}

void Market::empty() {
  seats_.assign(capacity_.size(), {});
  held_.clear();
  for (const Unit& unit : units_) held_.push_back(unit.count);
  pinned_.assign(units_.size(), 0);
}

int Market::slot(int child, int choice) const {
  const Applicant& one = instance_.children[at(child)];
  return one.choices[at(choice)] * kClasses + one.age_class;
}

int Market::standing(int child, int choice) const { return standings_[at(child)][at(choice)]; }
bool Market::full(int slot) const { return static_cast<int>(seats_[at(slot)].size()) >= capacity_[at(slot)]; }
int Market::last_in(int slot) const { return seats_[at(slot)].empty() ? -1 : seats_[at(slot)].back().child; }

bool Market::admits(int unit, int choice) const {
  const Unit& one = units_[at(unit)];
  const std::int16_t* row = one.row(choice);
  for (std::size_t i = 0; i < one.children.size(); ++i) {
    const int where = slot(one.children[i], row[i]);
    // Members who want the same slot come in together: the one who stands last decides.
    int members = 0, last = 0;
    bool looked_at = false;
    for (std::size_t j = 0; j < one.children.size(); ++j)
      if (slot(one.children[j], row[j]) == where) {
        looked_at = looked_at || j < i;
        ++members;
        last = std::max(last, standing(one.children[j], row[j]));
      }
    if (looked_at) continue;
    int before = 0;
    bool own = false;
    for (const Seat& seat : seats_[at(where)]) {
      const int other = unit_of_[at(seat.child)];
      own = own || other == unit;
      if (other != unit && (seat.standing < last || pinned_[at(other)] != 0)) ++before;
    }
    if (own) before += passed_over(where, unit, last);
    if (before + members > capacity_[at(where)]) return false;
  }
  return true;
}

// A seat that a family gives up falls to whoever stands next, not to its other child: single children who
// would rather be there and stand before it.
int Market::passed_over(int slot, int unit, int last) const {
  int count = 0;
  for (int i = 0; i < last; ++i) {
    const Wanting& wanting = applicants_[at(slot)][at(i)];
    const int other = unit_of_[at(wanting.child)];
    if (other != unit && !units_[at(other)].family && held_[at(other)] > wanting.choice) ++count;
  }
  return count;
}

bool Market::stands_in(int child, int choice) const {
  const int where = slot(child, choice);
  int before = 0;
  for (const Seat& seat : seats_[at(where)])
    if (unit_of(seat.child) != unit_of(child) && seat.standing < standing(child, choice)) ++before;
  return before < capacity_[at(where)];
}

int Market::objection(int unit) const {
  const int held = held_[at(unit)];
  for (int choice = 0; choice < held; ++choice)
    if (admits(unit, choice)) return choice;
  return -1;
}

void Market::sit(int child, int choice) {
  auto& seats = seats_[at(slot(child, choice))];
  const Seat seat{standing(child, choice), child};
  seats.insert(std::upper_bound(seats.begin(), seats.end(), seat,
                                [](const Seat& a, const Seat& b) { return a.standing < b.standing; }),
               seat);
}

void Market::fill(int unit, int choice) {
  const Unit& one = units_[at(unit)];
  const std::int16_t* row = one.row(choice);
  for (std::size_t i = 0; i < one.children.size(); ++i) sit(one.children[i], row[i]);
  held_[at(unit)] = choice;
}

void Market::leave(int unit) {
  const Unit& one = units_[at(unit)];
  const int held = held_[at(unit)];
  if (held == one.count) return;
  const std::int16_t* row = one.row(held);
  for (std::size_t i = 0; i < one.children.size(); ++i)
    std::erase_if(seats_[at(slot(one.children[i], row[i]))],
                  [&](const Seat& seat) { return seat.child == one.children[i]; });
  held_[at(unit)] = one.count;
}

void Market::claimants(int slot, int unit, std::vector<int>& out) const {
  for (const Wanting& wanting : applicants_[at(slot)]) {
    const int other = unit_of_[at(wanting.child)];
    if (other != unit && pinned_[at(other)] == 0 && held_[at(other)] > 0) out.push_back(other);
  }
}

int Market::move(int unit, int choice, std::vector<int>& asks) {
  const Unit& one = units_[at(unit)];
  const int before = held_[at(unit)];
  leave(unit);
  if (before != one.count)
    for (std::size_t i = 0; i < one.children.size(); ++i)
      claimants(slot(one.children[i], one.row(before)[i]), unit, asks);
  fill(unit, choice);
  int gone = 0;
  for (std::size_t i = 0; i < one.children.size(); ++i) {
    const int where = slot(one.children[i], one.row(choice)[i]);
    auto& seats = seats_[at(where)];
    while (static_cast<int>(seats.size()) > capacity_[at(where)]) {
      // The last who is neither pinned nor of this unit; admits() has made sure that there is one.
      int out = -1;
      for (const Seat& seat : seats) {
        const int other = unit_of_[at(seat.child)];
        if (other != unit && pinned_[at(other)] == 0) out = other;
      }
      if (out < 0) break;
      const Unit& leaving = units_[at(out)];
      const std::int16_t* left = leaving.row(held_[at(out)]);
      leave(out);
      ++gone;
      asks.push_back(out);
      // The mover too may rather have what a family leaves elsewhere.
      for (std::size_t j = 0; j < leaving.children.size(); ++j)
        if (const int freed = slot(leaving.children[j], left[j]); freed != where || !full(where))
          claimants(freed, -1, asks);
    }
  }
  // Whom a family sent away may have stood between it and seats that it would rather have, its children
  // changed about.
  if (gone > 0 && one.family) asks.push_back(unit);
  return gone;
}

void Market::pin(int unit, int choice) {
  if (choice < units_[at(unit)].count) fill(unit, choice);
  pinned_[at(unit)] = 1;
}

bool Market::overfull() const {
  for (std::size_t s = 0; s < seats_.size(); ++s)
    if (static_cast<int>(seats_[s].size()) > capacity_[s]) return true;
  return false;
}

std::vector<int> Market::choices() const {
  std::vector<int> out(unit_of_.size(), -1);
  for (std::size_t u = 0; u < units_.size(); ++u)
    if (held_[u] != units_[u].count)
      for (std::size_t i = 0; i < units_[u].children.size(); ++i)
        out[at(units_[u].children[i])] = units_[u].row(held_[u])[i];
  return out;
}

void Market::assign(const std::vector<int>& choice_of_child) {
  empty();
  for (std::size_t child = 0; child < choice_of_child.size(); ++child)
    if (choice_of_child[child] >= 0) sit(static_cast<int>(child), choice_of_child[child]);
  for (std::size_t u = 0; u < units_.size(); ++u)
    for (int choice = 0; choice < units_[u].count && held_[u] == units_[u].count; ++choice) {
      bool same = true;
      for (std::size_t i = 0; same && i < units_[u].children.size(); ++i)
        same = choice_of_child[at(units_[u].children[i])] == units_[u].row(choice)[i];
      if (same) held_[u] = choice;
    }
}

}  // namespace machi::parenting
