// A family's record: facts put together, and what they say by now. Merging is a union: any order, any
// repetition, the same record. A fact that another one replaces is not shown; two that replace the same one,
// written on two phones without a network, are both kept. What was erased is gone from the store and does not
// come back with an older copy. Values; any thread; pure.
#pragma once

#include <map>
#include <set>

#include "core/parenting/citizen/fact.h"

namespace machi::parenting {

inline constexpr std::size_t kMostFacts = 20'000;
inline constexpr std::size_t kMostChildren = 20;

// A child as the record says it. `other`: another phone says it otherwise, at the same time (the later one is
// shown; the greater id when both are of one moment).
struct KnownChild {
  FactId id;
  ChildSaid said;
  std::optional<ChildSaid> other;
  std::vector<FactId> facts;  // what a change has to replace
};

// One dose: facts about the same vaccine on the same day are one, whoever wrote them. Lot and place are taken
// from whoever wrote them; `differs` when two wrote different ones.
struct KnownDose {
  DoseGiven said;
  std::vector<FactId> facts;
  bool differs = false;
  std::string other_lot, other_place;  // when they differ
};

template <class T>
struct Known {
  T said;
  std::vector<FactId> facts;
};

class Record {
 public:
  // False: it was there, or it is one that was erased.
  bool add(const Fact& fact);
  // How many facts were new.
  int merge(const Record& other);

  const std::map<FactId, Fact>& facts() const { return facts_; }
  bool empty() const { return facts_.empty(); }
  bool operator==(const Record& other) const { return facts_ == other.facts_; }

  // In the order of birth, those who are awaited last.
  std::vector<KnownChild> children() const;
  std::optional<KnownChild> child(const FactId& id) const;
  std::vector<KnownDose> doses(const FactId& child) const;               // by day
  std::vector<Known<Measured>> measurements(const FactId& child) const;  // by day; equal ones are one
  std::vector<Known<CheckUp>> check_ups(const FactId& child) const;
  std::vector<Known<Noted>> notes(const FactId& child) const;
  std::vector<FactId> all_about(const FactId& child) const;
  // These and whatever they replaced, and that: what an erasure has to name.
  std::vector<FactId> with_history(const std::vector<FactId>& facts) const;

 private:
  bool shown(const Fact& fact) const { return !replaced_.contains(fact.id); }
  void count_replaced();
  template <class T>
  std::vector<Known<T>> listed(const FactId& child) const;

  std::map<FactId, Fact> facts_;
  std::set<FactId> replaced_;
  std::set<FactId> erased_;
};

}  // namespace machi::parenting
