// The schedule is JSON; its reader takes CBOR, which JSON of this kind becomes one to one. Pure.
#include "core/parenting/citizen/tables.h"

#include "core/screen/json.h"

namespace machi::parenting {
namespace {

code::Cbor cbor_of(screen::JsonView json) {
  if (const auto text = json.text()) return *text;
  if (const auto number = json.integer()) return *number;
  if (const auto truth = json.boolean()) return *truth;
  if (json.is_object()) {
    code::CborMap out;
    for (const auto& [name, value] : json.members()) out.emplace_back(name, cbor_of(value));
    return out;
  }
  if (!json.is_array()) return nullptr;
  code::CborArray out;
  for (std::size_t i = 0; i < json.size(); ++i) out.push_back(cbor_of(json.at(i)));
  return out;
}

}  // namespace

Result<Tables> read_tables() {
  MACHI_TRY_SET(json, screen::Json::parse(schedule_text()));
  const code::Cbor written = cbor_of(json.root());
  MACHI_TRY_SET(schedule, read_schedule(written));
  MACHI_TRY_SET(who, GrowthTable::read(growth_text()));
  MACHI_TRY_SET(japan, JapaneseBands::read(bands_text()));
  return Tables{std::move(schedule), std::move(who), std::move(japan)};
}

}  // namespace machi::parenting
