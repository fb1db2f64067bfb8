// Placing children in nurseries: a stable matching that keeps siblings' wishes. Deferred acceptance, extended
// to families that apply as one; where siblings make it unstable, a search; where no stable placement is
// found, the one that fewest can object to. The same input gives the same placement on every machine, so an
// auditor can repeat it. Owned by core/parenting; any thread; pure.
//
// Stable: no single child and no family would rather have seats that, by the priorities, are theirs: free
// ones, or ones held by children who stand behind every member who wants them. A seat that a family itself
// gives up is not its to hand on: single children who want it and stand before its other child come first.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace machi::parenting {

using base::Result;

inline constexpr int kClasses = 6;  // 0 to 5 years on 1 April

struct Nursery {
  std::string id;
  std::array<int, kClasses> seats{};
};

struct Applicant {
  std::string id;
  int age_class = 0;
  std::int64_t points = 0;   // more stands before less
  std::int64_t tie = 0;      // among equal points, less stands before more; then the order of the input
  std::vector<int> choices;  // nurseries, the dearest first; 15 at most
  std::vector<std::int64_t>
      bonus;  // added to points at each choice (a brother or sister who is there already)
};

enum class Wish {
  Same,      // all at one nursery, or none
  Together,  // all at once, nurseries may differ, or none
  Either,    // each alone: as if they were no siblings
};

struct Siblings {
  std::vector<int> children;
  Wish wish = Wish::Same;
};

struct Instance {
  std::vector<Nursery> nurseries;
  std::vector<Applicant> children;
  std::vector<Siblings> families;
};

// Why a child is not at a nursery that it would rather have.
enum class Refusal {
  Full,       // everybody there stands before it
  Siblings,   // it would have been its turn, but not its siblings'
  NoSeats,    // none for its class
  Objection,  // it stands before somebody there: no stable placement was found
};
struct Refused {
  int choice = 0;
  Refusal why = Refusal::Full;
  std::int64_t last_points = 0;  // of the last child admitted there, bonus included
  std::int64_t own_points = 0;
};

struct Placed {
  int choice = -1;  // index into the child's choices; -1: not placed
  std::vector<Refused> refused;
};

// How good a placement is.
struct Quality {
  int blocking = 0;  // single children and families with a justified objection
  int placed = 0;
  int families = 0;         // with a wish of Same or Together
  int wishes_kept = 0;      // placed as wished
  int wishes_broken = 0;    // only some placed, or not at one nursery
  int siblings_at_one = 0;  // of all families, those who are placed at one nursery
  double mean_rank = 0;     // of those placed, the first choice is 1
};

struct Placement {
  std::vector<Placed> children;
  Quality quality;
  Quality plain;               // of deferred acceptance that knows no siblings, on the same input
  bool stable = true;          // quality.blocking == 0
  int attempts = 1;            // how many orders of families were tried
  int searched = 0;            // how many placements the search went through
  std::vector<int> objecting;  // children whose objection is justified when not stable
};

// BadInput or TooMany with the place: a nursery or child that does not exist or stands twice, no or more than
// 15 choices, a child in two families, seats below zero.
base::Status check_instance(const Instance& instance);
// The instance is one that check_instance takes.
Placement place(const Instance& instance);

}  // namespace machi::parenting
