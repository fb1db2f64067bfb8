// Reading the town pack.
#include "core/app/pack.h"

#include "core/screen/json.h"

namespace machi::app {
namespace {

base::Result<ShelterKey> read_shelter(const screen::JsonView& json) {
  const auto member = [&json](std::string_view name) -> std::string {
    const auto found = json.find(name);
    return found ? found->text().value_or("") : "";
  };
  ShelterKey out;
  MACHI_TRY_SET(office, base::MailboxId::from_hex_text(member("office")));
  MACHI_TRY_SET(raw, base::from_hex(member("key")));
  MACHI_TRY_SET(key, base::fixed<32>(raw));
  const auto epoch = json.find("epoch");
  out.office = office;
  out.epoch = static_cast<std::uint64_t>(epoch ? epoch->integer().value_or(0) : 0);
  out.key = mail::SealPublic{key};
  if (out.epoch < 1 || out.epoch > 0xFFFFFFFF) return base::fail(base::Code::BadInput, "epoch");
  return out;
}

}  // namespace

base::Result<Pack> read_pack(std::string_view text) {
  MACHI_TRY_SET(json, screen::Json::parse(text));
  const auto member = [&json](std::string_view name) -> std::string {
    const auto found = json.root().find(name);
    return found ? found->text().value_or("") : "";
  };
  Pack pack;
  MACHI_TRY_SET(town, mail::TownId::from_hex_text(member("town")));
  pack.town.id = town;
  MACHI_TRY_SET(root_bytes, base::from_hex(member("root")));
  MACHI_TRY_SET(root, base::fixed<32>(root_bytes));
  pack.town.root = mail::SignPublic{root};
  pack.name = member("name");
  pack.site = member("site");
  if (const auto shelter = json.root().find("shelter")) {
    MACHI_TRY_SET(key, read_shelter(*shelter));
    pack.shelter = key;
  }
  if (const auto days = json.root().find("closedDays")) {
    for (std::size_t i = 0; i < days->size(); ++i) {
      MACHI_TRY_SET(day, base::Date::parse(days->at(i).text().value_or("")));
      pack.closed_days.push_back(day);
    }
  }
  return pack;
}

}  // namespace machi::app
