// The names as a row beside the household's.
#include "core/household/alias.h"

namespace machi::household {
namespace {

constexpr std::string_view kRow = "alias";

std::optional<Aliases> read(const code::Cbor& map) {
  const auto household = map.fixed_at<16>(1), entry = map.fixed_at<16>(2), message = map.fixed_at<16>(4);
  const auto counter = map.integer_at(3);
  const code::Cbor* names = map.find(5);
  if (!household.ok() || !entry.ok() || !message.ok() || !counter.ok() || !names || !names->array())
    return std::nullopt;
  Aliases out;
  out.household.bytes = *household;
  out.entry = *entry;
  out.message.bytes = *message;
  out.counter = static_cast<std::uint64_t>(*counter);
  for (const code::Cbor& one : *names->array()) {
    const auto number = one.integer_at(1);
    const auto name = one.text_at(2);
    if (number.ok() && name.ok()) out.names[static_cast<int>(*number)] = *name;
  }
  return out;
}

}  // namespace

std::optional<Aliases> aliases_of(const HouseholdBook& book) {
  const auto map = code::decode(book.draft(kRow));
  return map.ok() ? read(*map) : std::nullopt;
}

Status save_aliases(HouseholdBook& book, const Aliases& aliases) {
  code::CborArray names;
  for (const auto& [number, name] : aliases.names) names.push_back(code::Cbor::map({{1, number}, {2, name}}));
  return book.save_draft(kRow, code::encode(code::Cbor::map({{1, aliases.household.bytes},
                                                             {2, aliases.entry},
                                                             {3, aliases.counter},
                                                             {4, aliases.message.bytes},
                                                             {5, std::move(names)}})));
}

Status drop_aliases(HouseholdBook& book) { return book.drop_draft(kRow); }

Household outward(const HouseholdBook& book, Household household) {
  const auto aliases = aliases_of(book);
  if (!aliases || aliases->names.empty()) return household;
  household.id = aliases->household;
  household.address.clear();
  household.telephone.clear();
  household.supporters.clear();
  household.consent = false;
  for (Member& one : household.members) {
    const auto named = aliases->names.find(one.number);
    one.kana = named != aliases->names.end()
                   ? named->second
                   : aliases->names.begin()->second + " " + std::to_string(one.number);
    one.name.clear();
    one.note.clear();
    if (const auto year = Date::of(one.birth.year(), 1, 1); year.ok()) one.birth = *year;
  }
  return household;
}

}  // namespace machi::household
