// Union, and what is shown of it. Every answer is a function of the set of facts alone.
#include "core/parenting/citizen/record.h"

#include <algorithm>

namespace machi::parenting {

bool Record::add(const Fact& fact) {
  const bool erasure = std::holds_alternative<Erased>(fact.said);
  // An erasure itself stays whatever is said of it: it is what keeps an older copy from coming back.
  if (facts_.contains(fact.id) || (!erasure && erased_.contains(fact.id))) return false;
  facts_.emplace(fact.id, fact);
  replaced_.insert(fact.replaces.begin(), fact.replaces.end());
  if (!erasure) return true;
  bool gone = false;
  for (const FactId& one : fact.replaces) {
    erased_.insert(one);
    const auto there = facts_.find(one);
    if (there == facts_.end() || std::holds_alternative<Erased>(there->second.said)) continue;
    facts_.erase(there);
    gone = true;
  }
  if (gone) count_replaced();
  return true;
}

// What only an erased fact replaced is not replaced any more, as on a phone that never had it.
void Record::count_replaced() {
  replaced_.clear();
  for (const auto& [id, fact] : facts_) replaced_.insert(fact.replaces.begin(), fact.replaces.end());
}

int Record::merge(const Record& other) {
  int added = 0;
  for (const auto& [id, fact] : other.facts_) added += add(fact) ? 1 : 0;
  return added;
}

std::optional<KnownChild> Record::child(const FactId& id) const {
  KnownChild out;
  out.id = id;
  std::vector<const Fact*> said;
  for (const auto& [key, fact] : facts_)
    if (fact.child == id && std::holds_alternative<ChildSaid>(fact.said) && shown(fact))
      said.push_back(&fact);
  if (said.empty()) return std::nullopt;
  std::sort(said.begin(), said.end(),
            [](const Fact* a, const Fact* b) { return a->at != b->at ? a->at > b->at : a->id > b->id; });
  out.said = std::get<ChildSaid>(said.front()->said);
  for (const Fact* one : said) {
    out.facts.push_back(one->id);
    const auto& other = std::get<ChildSaid>(one->said);
    if (!out.other && other != out.said) out.other = other;
  }
  return out;
}

std::vector<KnownChild> Record::children() const {
  std::set<FactId> ids;
  for (const auto& [key, fact] : facts_)
    if (std::holds_alternative<ChildSaid>(fact.said)) ids.insert(fact.child);
  std::vector<KnownChild> out;
  for (const FactId& id : ids)
    if (auto known = child(id)) out.push_back(std::move(*known));
  std::stable_sort(out.begin(), out.end(), [](const KnownChild& a, const KnownChild& b) {
    if (a.said.birth.has_value() != b.said.birth.has_value()) return a.said.birth.has_value();
    const Date one = a.said.birth ? *a.said.birth : *a.said.due,
               two = b.said.birth ? *b.said.birth : *b.said.due;
    return one < two;
  });
  return out;
}

std::vector<KnownDose> Record::doses(const FactId& child) const {
  std::vector<KnownDose> out;
  for (const auto& [key, fact] : facts_) {
    const auto* dose = std::get_if<DoseGiven>(&fact.said);
    if (dose == nullptr || fact.child != child || !shown(fact)) continue;
    const auto same = std::find_if(out.begin(), out.end(), [&](const KnownDose& one) {
      return one.said.vaccine == dose->vaccine && one.said.on == dose->on;
    });
    if (same == out.end()) {
      out.push_back({*dose, {fact.id}, false, "", ""});
      continue;
    }
    same->facts.push_back(fact.id);
    // Facts stand in the order of their ids, on every phone.
    if (same->said.lot.empty()) same->said.lot = dose->lot;
    if (same->said.place.empty()) same->said.place = dose->place;
    if (!dose->lot.empty() && dose->lot != same->said.lot) same->differs = true, same->other_lot = dose->lot;
    if (!dose->place.empty() && dose->place != same->said.place)
      same->differs = true, same->other_place = dose->place;
  }
  std::sort(out.begin(), out.end(), [](const KnownDose& a, const KnownDose& b) {
    return a.said.on != b.said.on ? a.said.on < b.said.on : a.said.vaccine < b.said.vaccine;
  });
  return out;
}

template <class T>
std::vector<Known<T>> Record::listed(const FactId& child) const {
  std::vector<Known<T>> out;
  for (const auto& [key, fact] : facts_) {
    const T* said = std::get_if<T>(&fact.said);
    if (said == nullptr || fact.child != child || !shown(fact)) continue;
    const auto same =
        std::find_if(out.begin(), out.end(), [&](const Known<T>& one) { return one.said == *said; });
    if (same == out.end())
      out.push_back({*said, {fact.id}});
    else
      same->facts.push_back(fact.id);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Known<T>& a, const Known<T>& b) { return a.said.on < b.said.on; });
  return out;
}

std::vector<Known<Measured>> Record::measurements(const FactId& child) const {
  return listed<Measured>(child);
}
std::vector<Known<CheckUp>> Record::check_ups(const FactId& child) const { return listed<CheckUp>(child); }
std::vector<Known<Noted>> Record::notes(const FactId& child) const { return listed<Noted>(child); }

std::vector<FactId> Record::all_about(const FactId& child) const {
  std::vector<FactId> out;
  for (const auto& [id, fact] : facts_)
    if (fact.child == child && !std::holds_alternative<Erased>(fact.said)) out.push_back(id);
  return out;
}

std::vector<FactId> Record::with_history(const std::vector<FactId>& facts) const {
  std::vector<FactId> out;
  std::set<FactId> seen;
  std::vector<FactId> next = facts;
  while (!next.empty()) {
    const FactId id = next.back();
    next.pop_back();
    if (!seen.insert(id).second) continue;
    out.push_back(id);
    const auto there = facts_.find(id);
    if (there != facts_.end())
      next.insert(next.end(), there->second.replaces.begin(), there->second.replaces.end());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace machi::parenting
