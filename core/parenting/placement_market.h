// The market in which children and families apply for seats: who holds which seat, who would be let in, who
// has to go. A unit is a single child, or a family that applies as one. Private to core/parenting.
#pragma once

#include <cstdint>

#include "core/parenting/placement.h"

namespace machi::parenting {

struct Unit {
  std::vector<int> children;
  // Joint choices, the dearest first: for each child the index of its own choice, one row of children.size()
  // each.
  std::vector<std::int16_t> rows;
  int count = 0;
  bool family = false;
  const std::int16_t* row(int choice) const {
    return rows.data() + static_cast<std::size_t>(choice) * children.size();
  }
};

class Market {
 public:
  // `joint`: families apply as one; otherwise every child applies alone.
  Market(const Instance& instance, bool joint);

  const std::vector<Unit>& units() const { return units_; }
  int unit_of(int child) const { return unit_of_[static_cast<std::size_t>(child)]; }
  void empty();  // nobody holds a seat, nobody is pinned

  // The joint choice a unit holds; count (of its choices) when none.
  int held(int unit) const { return held_[static_cast<std::size_t>(unit)]; }
  // Whether the unit would be let in there, given all others.
  bool admits(int unit, int choice) const;
  // The best choice dearer than the held one that lets the unit in; -1 when there is none: no objection.
  int objection(int unit) const;
  // Moves the unit. Into `asks`: whoever had to go and holds nothing now, and whoever may want a seat that
  // came free. How many units had to go.
  int move(int unit, int choice, std::vector<int>& asks);
  // The choice of each child, -1 for none.
  std::vector<int> choices() const;
  // A pinned unit is never moved by others, and does not move.
  void pin(int unit, int choice);
  bool pinned(int unit) const { return pinned_[static_cast<std::size_t>(unit)] != 0; }

  void unpin_all() { pinned_.assign(units_.size(), 0); }
  bool overfull() const;
  // Puts every child on its own choice (-1: none), whatever its family wishes: a unit whose children's
  // choices are none of its joint choices holds nothing, and may object to anything.
  void assign(const std::vector<int>& choice_of_child);

  int slot(int child, int choice) const;
  // A child's place in the order of all who want a slot: less stands before more.
  int standing(int child, int choice) const;
  // Whether the child alone stands among those whom the slot takes, its own family left aside.
  bool stands_in(int child, int choice) const;
  int capacity(int slot) const { return capacity_[static_cast<std::size_t>(slot)]; }
  // The last child admitted to a slot; -1 when it is empty.
  int last_in(int slot) const;
  bool full(int slot) const;

 private:
  void sit(int child, int choice);
  void fill(int unit, int choice);
  void leave(int unit);
  int passed_over(int slot, int unit, int last) const;
  void claimants(int slot, int unit, std::vector<int>& out) const;
  void make_units(const Instance& instance, bool joint);
  void make_standings();

  struct Seat {
    int standing = 0;
    int child = 0;
  };
  const Instance& instance_;
  std::vector<Unit> units_;
  std::vector<int> unit_of_;
  std::vector<int> capacity_;             // by slot: nursery and class
  std::vector<std::vector<Seat>> seats_;  // by slot, in order of standing
  struct Wanting {
    int child = 0;
    int choice = 0;
  };
  std::vector<std::vector<Wanting>> applicants_;  // by slot, in order of standing
  std::vector<std::vector<int>> standings_;       // by child and choice
  std::vector<int> held_;
  std::vector<char> pinned_;
};

// The joint choices of a family in its order: the smallest sum of ranks first, then the smallest worst rank,
// then as listed.
void write_joint_choices(const Instance& instance, const Siblings& family, Unit& unit);

}  // namespace machi::parenting
