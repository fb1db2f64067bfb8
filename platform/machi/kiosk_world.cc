// world.json is written last: a world that was left half made is begun anew.
#include "platform/machi/kiosk_world.h"

#include <nlohmann/json.hpp>

#include "core/crypto/sodium.h"
#include "platform/clerk/resident_list.h"
#include "platform/clerk/sample_cards.h"
#include "platform/clerk/sample_residents.h"
#include "platform/clerk/sqlite_registry.h"
#include "platform/host/file.h"
#include "platform/town/town_folder.h"

namespace machi::program {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::fail;
using base::Result;
using base::Status;

constexpr const char* kTownName = "日和町";
constexpr std::size_t kLimit = 1 << 20;

Result<crypto::SignKey> kiosk_key(const fs::path& file) {
  MACHI_TRY_SET(bytes, host::read_file(file, 64));
  const auto seed = base::fixed<32>(bytes);
  crypto::wipe(bytes);
  if (!seed.ok()) return fail(Code::BadInput, "no kiosk key");
  return crypto::sign_key(crypto::Secret<32>(*seed));
}

// A card of this resident, with a certificate of its own.
Result<nlohmann::json> card_of(const fs::path& folder, const std::string& id, const std::string& note,
                               const clerk::Resident& who, const base::Bytes& certificate,
                               const fs::path& key) {
  const fs::path file = fs::path("cards") / (id + ".der");
  MACHI_TRY(host::write_file(folder / file, certificate));
  std::string birth;
  for (const char sign : who.person.birth.iso())
    if (sign != '-') birth.push_back(sign);
  const std::string sex = !who.person.sex ? "" : *who.person.sex == certificate::Sex::Male ? "1" : "2";
  return nlohmann::json{{"id", id},
                        {"note", note},
                        {"certificate", file.string()},
                        {"key", fs::relative(key, folder).string()},
                        {"name", who.person.name},
                        {"address", who.address},
                        {"birth", birth},
                        {"sex", sex}};
}

Result<nlohmann::json> make_cards(const fs::path& folder, std::vector<clerk::Resident>& residents,
                                  base::Date today) {
  MACHI_TRY_SET(ours, clerk::SampleAuthority::open(folder / "ca", "Sample auth CA"));
  MACHI_TRY_SET(strange, clerk::SampleAuthority::open(folder / "other-ca", "Other CA"));
  clerk::SampleHolders holders;
  MACHI_TRY_SET(given, clerk::give_sample_cards(residents, ours, today, holders));
  const struct {
    const char *id, *note;
    std::size_t index;
  } residents_cards[] = {{"resident", "世帯主。何でも出せる", holders.anybody},
                         {"untaxed", "税のかからない人", holders.untaxed},
                         {"child", "15歳未満", holders.child},
                         {"guarded", "支援措置。窓口へ", holders.guarded},
                         {"moved", "転出した人。窓口へ", holders.moved},
                         {"unsettable", "氏名の字が書体にない。窓口へ", holders.unsettable}};
  nlohmann::json out = nlohmann::json::array();
  for (const auto& one : residents_cards) {
    const clerk::Resident& who = residents[one.index];
    MACHI_TRY_SET(card, card_of(folder, one.id, one.note, who, given.at(who.number), ours.card_key()));
    out.push_back(std::move(card));
  }
  const clerk::Resident& anybody = residents[holders.anybody];
  const struct {
    const char *id, *note;
    Result<base::Bytes> certificate;
    fs::path key;
  } others[] = {{"revoked", "失効したカード", ours.card("0A88"), ours.card_key()},
                {"expired", "期限の切れたカード", ours.expired("0A77"), ours.card_key()},
                {"unknown", "どの住民のものでもないカード", ours.card("0F66"), ours.card_key()},
                {"foreign", "別の発行元のカード", strange.card("0A11"), strange.card_key()}};
  for (const auto& one : others) {
    MACHI_TRY(one.certificate);
    if (std::string_view(one.id) == "revoked") MACHI_TRY(ours.revoke(*one.certificate));
    MACHI_TRY_SET(card, card_of(folder, one.id, one.note, anybody, *one.certificate, one.key));
    out.push_back(std::move(card));
  }
  return out;
}

Status make(const WorldPlan& plan, base::Entropy& entropy) {
  const fs::path& folder = plan.folder;
  std::error_code error;
  // What lies there is only removed when it is half of such a world.
  if (fs::exists(folder, error) && !fs::is_empty(folder, error) && !fs::exists(folder / ".sample", error))
    return fail(Code::Conflict, "the folder holds something else");
  fs::remove_all(folder, error);
  fs::create_directories(folder / "cards", error);
  if (error) return fail(Code::Storage, "folder");
  MACHI_TRY(host::write_file(folder / ".sample", base::view("a kiosk's sample\n")));
  town::TownPlan town;
  town.name = kTownName;
  MACHI_TRY_SET(founded, town::found_town(folder / "town", town, entropy, plan.now));
  const base::Date today = base::date_of(plan.now);
  auto residents = clerk::sample_residents({plan.people, clerk::SamplePlan{}.seed, today, kTownName});
  MACHI_TRY_SET(cards, make_cards(folder, residents, today));
  fs::create_directories(founded.path / "clerk", error);
  MACHI_TRY_SET(registry, clerk::SqliteRegistry::open(founded.path / "clerk" / "registry.db"));
  MACHI_TRY(registry->take_over(residents, true));
  crypto::Secret<32> seed;
  entropy.fill(seed.bytes());
  MACHI_TRY(host::write_file(folder / "kiosk.key", seed.view(), host::Privacy::Secret));
  const std::string text = nlohmann::json{{"residents", residents.size()}, {"cards", cards}}.dump(2) + "\n";
  return host::write_file(folder / "world.json", base::view(text));
}

}  // namespace

Result<KioskWorld> make_kiosk_world(const WorldPlan& plan, base::Entropy& entropy) {
  std::error_code ignored;
  if (!fs::exists(plan.folder / "world.json", ignored)) {
    MACHI_TRY(make(plan, entropy));
  } else {
    MACHI_TRY(clerk::SampleAuthority::open(plan.folder / "ca"));
  }
  return open_kiosk_world(plan.folder);
}

Result<KioskWorld> open_kiosk_world(const fs::path& folder) {
  MACHI_TRY_SET(bytes, host::read_file(folder / "world.json", kLimit));
  const auto json = nlohmann::json::parse(base::text_view(bytes), nullptr, false);
  if (!json.is_object() || !json.contains("cards") || !json["cards"].is_array())
    return fail(Code::BadInput, "world.json");
  KioskWorld out;
  out.folder = fs::absolute(folder);
  out.residents = json.value("residents", std::size_t{0});
  for (const auto& one : json["cards"]) {
    WorldCard card;
    card.id = one.value("id", "");
    card.note = one.value("note", "");
    card.files.certificate = (out.folder / one.value("certificate", "")).string();
    card.files.key = (out.folder / one.value("key", "")).string();
    card.files.name = one.value("name", "");
    card.files.address = one.value("address", "");
    card.files.birth = one.value("birth", "");
    card.files.sex = one.value("sex", "");
    out.cards.push_back(std::move(card));
  }
  MACHI_TRY_SET(key, kiosk_key(out.kiosk_key()));
  out.kiosk = key.open;
  return out;
}

}  // namespace machi::program
