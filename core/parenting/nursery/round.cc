// The fold, the input, the results. Every answer is a function of the sets of applications and entries.
#include "core/parenting/nursery/round.h"

#include <algorithm>

#include "core/crypto/sodium.h"
#include "core/rules/age.h"

namespace machi::parenting {
namespace {

code::Cbor cbor_of(const Instance& instance) {
  code::CborArray nurseries, children, families;
  for (const Nursery& nursery : instance.nurseries) {
    code::CborArray seats;
    for (const int seat : nursery.seats) seats.emplace_back(seat);
    nurseries.push_back(code::Cbor::map({{"id", nursery.id}, {"seats", std::move(seats)}}));
  }
  for (const Applicant& child : instance.children) {
    code::CborArray choices;
    code::CborMap bonus;
    for (std::size_t i = 0; i < child.choices.size(); ++i) {
      const std::string& id = instance.nurseries[static_cast<std::size_t>(child.choices[i])].id;
      choices.emplace_back(id);
      if (i < child.bonus.size() && child.bonus[i] != 0) bonus.emplace_back(id, child.bonus[i]);
    }
    children.push_back(code::Cbor::map({{"id", child.id},
                                        {"class", child.age_class},
                                        {"points", child.points},
                                        {"tie", child.tie},
                                        {"choices", std::move(choices)},
                                        {"bonus", std::move(bonus)}}));
  }
  for (const Siblings& family : instance.families) {
    code::CborArray members;
    for (const int child : family.children)
      members.emplace_back(instance.children[static_cast<std::size_t>(child)].id);
    const char* const wish = family.wish == Wish::Same       ? "same"
                             : family.wish == Wish::Together ? "together"
                                                             : "either";
    families.push_back(code::Cbor::map({{"children", std::move(members)}, {"wish", wish}}));
  }
  return code::Cbor::map({{"nurseries", std::move(nurseries)},
                          {"children", std::move(children)},
                          {"families", std::move(families)}});
}

void write(std::string& out, const code::Cbor& value) {
  if (const auto* array = value.array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) out += i == 0 ? "" : ",", write(out, (*array)[i]);
    out += ']';
  } else if (const auto* map = value.map()) {
    out += '{';
    for (std::size_t i = 0; i < map->size(); ++i) {
      out += i == 0 ? "" : ",";
      write(out, (*map)[i].first);
      out += ':';
      write(out, (*map)[i].second);
    }
    out += '}';
  } else if (const auto number = value.integer(); number.ok()) {
    out += std::to_string(*number);
  } else if (const auto text = value.text(); text.ok()) {
    // Ids of nurseries and children: letters and digits, as whoever made the round checked.
    out += '"';
    for (const char sign : *text) {
      if (sign == '"' || sign == '\\') out += '\\';
      out += sign;
    }
    out += '"';
  }
}

// The class of 0 to 5 years on 1 April; nothing for a child that is too old, or not born by then.
std::optional<int> class_of(base::Date birth, int school_year) {
  const auto begin = rules::school_year_begin(school_year);
  if (!begin.ok() || birth > *begin) return std::nullopt;
  const int years = rules::years_reached(birth, begin->plus(-1));  // reached at the end of the day before
  const int age = std::max(years, 0);
  if (age >= kClasses) return std::nullopt;
  return age;
}

// A lot that nobody can choose: by the number that was drawn and who the child is.
std::int64_t lot_of(std::uint64_t lot, const std::string& id) {
  base::Bytes text = base::copy(base::view(id));
  for (int i = 0; i < 8; ++i) text.push_back(static_cast<std::uint8_t>(lot >> (8 * i)));
  const base::Array<32> hash = crypto::sha256(text);
  std::int64_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | hash[i];
  return out;
}

}  // namespace

void Round::add(const Application& application) {
  auto& versions = applications_[application.id];
  const auto [there, fresh] = versions.emplace(application.counter, application);
  if (!fresh && code::encode(encode(there->second)) < code::encode(encode(application)))
    there->second = application;
}

void Round::add(const Entry& entry) {
  const auto [there, fresh] = entries_.emplace(entry.id, entry);
  if (!fresh && code::encode(encode(there->second)) < code::encode(encode(entry))) there->second = entry;
}

std::optional<Case> Round::find(const ApplicationId& id) const {
  const auto versions = applications_.find(id);
  if (versions == applications_.end()) return std::nullopt;
  Case out;
  out.application = versions->second.rbegin()->second;
  std::set<EntryId> replaced;
  for (const auto& [key, entry] : entries_)
    if (entry.application == id) {
      out.log.push_back(entry);
      replaced.insert(entry.replaces.begin(), entry.replaces.end());
    }
  std::stable_sort(out.log.begin(), out.log.end(),
                   [](const Entry& a, const Entry& b) { return a.at < b.at; });
  for (const Entry& entry : out.log) {
    if (std::holds_alternative<TakenBack>(entry.said)) out.stage = Stage::Withdrawn;
    if (replaced.contains(entry.id) || entry.counter != out.application.counter) continue;
    if (const auto* back = std::get_if<SentBack>(&entry.said);
        back != nullptr && out.stage != Stage::Withdrawn) {
      out.stage = Stage::Returned;
      out.why = back->why;
    }
    const auto* set = std::get_if<PointsSet>(&entry.said);
    if (set == nullptr || set->points.size() != out.application.children.size()) continue;
    if (out.points && (out.points->points != set->points || out.points->bonus != set->bonus))
      out.disputed = true;
    if (!out.points || set->points < out.points->points) out.points = *set;
  }
  if (out.points && out.stage == Stage::Received) out.stage = Stage::Reviewed;
  return out;
}

std::vector<Case> Round::cases() const {
  std::vector<Case> out;
  for (const auto& [id, versions] : applications_) out.push_back(*find(id));
  return out;
}

Round::Input Round::input(std::uint64_t lot) const {
  Input out;
  std::map<std::string, int> places;
  for (const NurseryPlace& place : nurseries_) {
    places.emplace(place.id, static_cast<int>(out.instance.nurseries.size()));
    out.instance.nurseries.push_back({place.id, place.seats});
  }
  for (const Case& one : cases()) {
    if (one.stage == Stage::Withdrawn) continue;
    bool fits = one.stage == Stage::Reviewed && !one.disputed;
    std::vector<Applicant> children;
    for (std::size_t i = 0; fits && i < one.application.children.size(); ++i) {
      const ApplyingChild& child = one.application.children[i];
      const auto age = class_of(child.birth, school_year_);
      Applicant applicant;
      applicant.id = one.application.id.hex() + "-" + std::to_string(i + 1);
      applicant.age_class = age.value_or(0);
      applicant.points = one.points->points[i];
      applicant.tie = lot_of(lot, applicant.id);
      fits = age.has_value();
      for (std::size_t k = 0; fits && k < child.choices.size(); ++k) {
        const auto place = places.find(child.choices[k]);
        fits = place != places.end();
        if (fits) applicant.choices.push_back(place->second);
      }
      applicant.bonus.assign(applicant.choices.size(), 0);
      if (i < one.points->bonus.size())
        for (std::size_t k = 0; k < std::min(applicant.bonus.size(), one.points->bonus[i].size()); ++k)
          applicant.bonus[k] = one.points->bonus[i][k];
      children.push_back(std::move(applicant));
    }
    if (!fits) {
      out.left_out.push_back(one.application.id);
      continue;
    }
    Siblings family;
    family.wish = one.application.wish;
    for (std::size_t i = 0; i < children.size(); ++i) {
      family.children.push_back(static_cast<int>(out.instance.children.size()));
      out.children.emplace_back(one.application.id, i);
      out.instance.children.push_back(std::move(children[i]));
    }
    if (family.children.size() > 1) out.instance.families.push_back(std::move(family));
  }
  return out;
}

std::string input_json(const Instance& instance) {
  std::string out;
  write(out, cbor_of(instance));
  return out + "\n";
}

std::string input_hash(const Instance& instance) {
  return base::to_hex(crypto::sha256(code::encode(cbor_of(instance))));
}

std::vector<Told> told(const Round::Input& input, const Placement& placement) {
  std::vector<Told> out;
  for (std::size_t i = 0; i < placement.children.size() && i < input.children.size(); ++i) {
    const Placed& placed = placement.children[i];
    const Applicant& child = input.instance.children[i];
    Told one;
    one.application = input.children[i].first;
    one.child = input.children[i].second;
    if (placed.choice >= 0) {
      const int nursery = child.choices[static_cast<std::size_t>(placed.choice)];
      one.nursery = input.instance.nurseries[static_cast<std::size_t>(nursery)].id;
      one.rank = placed.choice + 1;
    }
    one.refused = placed.refused;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace machi::parenting
