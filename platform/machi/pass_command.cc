// machi pass key, machi pass new, machi pass read: household passes (core/household/pass.h) out of JSON and
// back. Errors name places and rules, never what was written there.
#include <iostream>
#include <iterator>

#include "core/app/pack.h"
#include "core/base/text.h"
#include "core/code/qr.h"
#include "core/crypto/drbg.h"
#include "core/household/pass.h"
#include "platform/host/file.h"
#include "platform/machi/command.h"
#include "platform/machi/json_input.h"
#include "platform/machi/symbol_picture.h"

namespace machi::program {
namespace {

using base::Code;
using base::fail;
using base::Result;
using household::Pass;

constexpr std::size_t kTextFile = 65536;
constexpr std::size_t kPictureFile = 64u << 20;

struct PassOptions {
  std::string text;  // or a file
  std::string key;
  std::vector<std::string> keys;
  std::string town;
  std::string pack;
  std::uint64_t newest = 0;
};

Result<std::string> text_in(const std::string& file) {
  MACHI_TRY_SET(bytes, host::read_file(file, kTextFile));
  return base::trimmed(base::text_view(bytes));
}

// 64 hexadecimal signs, or a file that holds them.
Result<base::Array<32>> key_in(const std::string& words) {
  std::string hex = words;
  if (words.size() != 64) {
    MACHI_TRY_SET(text, text_in(words));
    hex = std::move(text);
  }
  MACHI_TRY_SET(raw, base::from_hex(hex));
  auto out = base::fixed<32>(raw);
  crypto::wipe(raw);
  return out;
}

Result<app::Pack> pack_in(const std::string& file) {
  MACHI_TRY_SET(bytes, host::read_file(file, 1u << 20));
  return app::read_pack(base::text_view(bytes));
}

struct Addressee {
  household::TownId town;
  crypto::SealPublic key;
};

Result<Addressee> addressee(const PassOptions& options) {
  Addressee out;
  if (!options.pack.empty()) {
    MACHI_TRY_SET(pack, pack_in(options.pack));
    out.town = pack.town.id;
    if (pack.shelter) out.key = pack.shelter->key;
    if (!pack.shelter && options.key.empty()) return fail(Code::NotFound, "the pack names no shelter office");
  }
  if (!options.town.empty()) {
    MACHI_TRY_SET(town, household::TownId::from_hex_text(options.town));
    out.town = town;
  }
  if (!options.key.empty()) {
    MACHI_TRY_SET(key, key_in(options.key));
    out.key = crypto::SealPublic{key};
  }
  if (out.town.is_zero()) return fail(Code::Missing, "--pack, or --town and --key");
  return out;
}

template <class Bit>
Result<household::Set<Bit>> bits_of(const Field& list, std::optional<Bit> (*named)(std::string_view)) {
  household::Set<Bit> out;
  MACHI_TRY_SET(items, list.items());
  for (const Field& item : items) {
    MACHI_TRY_SET(name, item.text());
    const auto bit = named(name);
    if (!bit) return item.fault(Code::BadInput, "no such word");
    out = out.with(*bit);
  }
  return out;
}

Result<household::PassMember> member_of(const Field& json, int place) {
  MACHI_TRY(json.only({"number", "kana", "birth", "sex", "needs", "allergens"}));
  household::PassMember out;
  out.number = place;
  if (json["number"].given()) {
    MACHI_TRY_SET(number, json["number"].integer(1, household::kNumberLimit));
    out.number = static_cast<int>(number);
  }
  MACHI_TRY_SET(kana, json["kana"].text());
  out.kana = household::cleaned(kana, household::kNameLimit);
  MACHI_TRY_SET(birth, json["birth"].day());
  out.birth = birth;
  if (json["sex"].given()) {
    MACHI_TRY_SET(sex, json["sex"].text());
    out.sex = household::sex_named(sex);
    if (!out.sex) return json["sex"].fault(Code::BadInput, "male, female or other");
  }
  MACHI_TRY_SET(needs, bits_of(json["needs"], household::need_named));
  MACHI_TRY_SET(allergens, bits_of(json["allergens"], household::allergen_named));
  out.needs = needs;
  out.allergens = allergens;
  return out;
}

Result<Pass> pass_of(const Field& json, base::Entropy& entropy, base::Instant now) {
  MACHI_TRY(
      json.only({"household", "counter", "telephone", "members", "pets", "consent", "place", "language"}));
  Pass out;
  out.household = entropy.id<household::HouseholdTag>();
  out.counter = 1;
  out.made = base::Instant::from_seconds(now.seconds());
  if (json["household"].given()) {
    MACHI_TRY_SET(text, json["household"].text());
    const auto id = household::HouseholdId::from_hex_text(text);
    if (!id.ok()) return json["household"].fault(Code::BadInput, "32 hexadecimal signs are expected");
    out.household = *id;
  }
  if (json["counter"].given()) {
    MACHI_TRY_SET(counter, json["counter"].integer(1, 0xFFFFFFFF));
    out.counter = static_cast<std::uint64_t>(counter);
  }
  if (json["telephone"].given()) {
    MACHI_TRY_SET(text, json["telephone"].text());
    auto digits = base::phone_digits(text);
    if (!digits.ok()) return json["telephone"].fault(Code::BadInput, "no telephone number of Japan");
    out.telephone = std::move(*digits);
  }
  MACHI_TRY_SET(members, json["members"].items());
  for (const Field& one : members) {
    MACHI_TRY_SET(member, member_of(one, static_cast<int>(out.members.size()) + 1));
    out.members.push_back(std::move(member));
  }
  if (out.members.empty()) return json["members"].fault(Code::Missing, "at least one person");
  MACHI_TRY_SET(pets, bits_of(json["pets"], household::pet_named));
  out.pets = pets;
  if (json["consent"].given()) {
    MACHI_TRY_SET(consent, json["consent"].truth());
    out.consent = consent;
  }
  if (json["place"].given()) {
    MACHI_TRY_SET(name, json["place"].text());
    const auto place = household::place_named(name);
    if (!place) return json["place"].fault(Code::BadInput, "shelter, car or home");
    out.place = *place;
  }
  if (json["language"].given()) {
    MACHI_TRY_SET(language, json["language"].text());
    out.language = language == "ja" ? "" : language;
  }
  return out;
}

int make(const PassOptions& options) {
  auto json = read_json(options.text, kTextFile);
  if (!json.ok()) return complain("The household cannot be read", json.error());
  crypto::SystemEntropy entropy;
  const auto pass = pass_of(Field(*json), entropy, system_now());
  if (!pass.ok()) return complain("The household cannot be read", pass.error());
  const auto to = addressee(options);
  if (!to.ok()) return complain("Nobody is named to whom it can be sealed", to.error());
  const auto text = household::write_pass(entropy, to->town, to->key, *pass);
  if (!text.ok()) return complain("The pass cannot be made", text.error());
  print({{"pass", *text},
         {"bytes", household::pass_bytes(*text)},
         {"signs", text->size()},
         {"household", pass->household.hex()},
         {"counter", pass->counter},
         {"people", pass->members.size()}});
  return kDone;
}

template <class Set>
nlohmann::json names_in(Set set) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto bit : household::list(set)) out.push_back(std::string(household::name_of(bit)));
  return out;
}

nlohmann::json shown(const Pass& pass, base::Instant now) {
  nlohmann::json members = nlohmann::json::array();
  const base::Date today = base::date_of(now);
  for (const household::PassMember& one : pass.members) {
    const auto age = household::age_of(one.birth, today);
    members.push_back(
        {{"number", one.number},
         {"person", household::person_id(pass.household, one.number).hex()},
         {"kana", one.kana},
         {"birth", one.birth.iso()},
         {"age", age.years},
         {"months", age.months},
         {"sex", one.sex ? nlohmann::json(std::string(household::name_of(*one.sex))) : nlohmann::json()},
         {"needs", names_in(one.needs)},
         {"allergens", names_in(one.allergens)}});
  }
  return {{"household", pass.household.hex()},
          {"counter", pass.counter},
          {"made", base::date_of(pass.made).iso() + "T" + base::time_of(pass.made).iso() + "+09:00"},
          {"ageDays", (today.days - base::date_of(pass.made).days)},
          {"telephone", pass.telephone},
          {"members", std::move(members)},
          {"pets", names_in(pass.pets)},
          {"consent", pass.consent},
          {"place", std::string(household::name_of(pass.place))},
          {"language", pass.language.empty() ? "ja" : pass.language}};
}

// The text itself, a file of it, a picture of its symbol, or - for standard input.
Result<std::string> pass_text(const std::string& words) {
  if (words == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {}).substr(0, kTextFile);
  std::error_code error;
  if (!std::filesystem::is_regular_file(words, error)) return words;
  MACHI_TRY_SET(bytes, host::read_file(words, kPictureFile));
  const auto picture = sample::read_picture(bytes);
  if (!picture.ok()) return std::string(base::text_view(bytes).substr(0, kTextFile));
  auto text = code::read_qr(picture->pixels, picture->width, picture->height);
  if (!text.ok()) return fail(Code::NotFound, "no symbol in the picture that can be read");
  return text;
}

int read(const PassOptions& options) {
  household::PassReader reader;
  if (!options.pack.empty()) {
    const auto pack = pack_in(options.pack);
    if (!pack.ok()) return complain("The pack cannot be read", pack.error());
    reader.town = pack->town.id;
  } else {
    const auto town = household::TownId::from_hex_text(options.town);
    if (!town.ok()) return complain("Name the town: --pack, or --town with 32 hexadecimal signs.");
    reader.town = *town;
  }
  std::vector<crypto::SealKey> keys;
  for (const std::string& file : options.keys) {
    auto seed = key_in(file);
    if (!seed.ok()) return complain("A key cannot be read", seed.error());
    keys.push_back(crypto::seal_key(crypto::Secret<32>(*seed)));
    crypto::wipe(*seed);
  }
  reader.keys = keys;
  reader.newest = [&options](const household::HouseholdId&) { return options.newest; };
  const auto text = pass_text(options.text);
  if (!text.ok()) return complain("The pass cannot be read", text.error());
  const auto reading = household::read_pass(*text, reader);
  const bool fine = reading.trouble == household::PassTrouble::None;
  print({{"read", reading.pass.has_value()},
         {"trouble",
          fine ? nlohmann::json() : nlohmann::json(std::string(household::name_of(reading.trouble)))},
         {"key", reading.pass ? nlohmann::json(reading.key) : nlohmann::json()},
         {"pass", reading.pass ? shown(*reading.pass, system_now()) : nlohmann::json()}});
  return reading.pass ? kDone : kFailed;
}

int make_key(const std::string& file) {
  crypto::SystemEntropy entropy;
  crypto::Secret<32> seed;
  entropy.fill(seed.bytes());
  std::string text = base::to_hex(seed.view()) + "\n";
  std::error_code error;
  if (std::filesystem::exists(file, error)) return complain("There is a file of that name already.");
  const auto written = host::write_file(file, base::view(text), host::Privacy::Secret);
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  if (!written.ok()) return complain("The key could not be written", written.error());
  print({{"secret", file}, {"public", base::to_hex(crypto::seal_key(std::move(seed)).open.bytes)}});
  return kDone;
}

}  // namespace

Action declare_pass_key(CLI::App& app) {
  auto file = std::make_shared<std::string>();
  app.add_option("FILE", *file, "The file to make; it holds the secret, and only its owner may read it")
      ->required();
  app.footer(
      "Prints the public key, for `machi pass new --key`. A town's own pass key is an epoch of its shelter "
      "office, "
      "made by `machi office found --shelter`, and lies on the desks of the shelters.");
  return [file] { return make_key(*file); };
}

Action declare_pass_new(CLI::App& app) {
  auto options = std::make_shared<PassOptions>();
  app.add_option("FILE", options->text, "The household as JSON, or - for standard input")->required();
  app.add_option("--pack", options->pack, "The town's pack.json: its town, and its shelter office's key");
  app.add_option("--town", options->town, "The town's id: 32 hexadecimal signs");
  app.add_option("--key", options->key, "The public pass key: 64 hexadecimal signs, or a file of them");
  app.footer(R"(The household: {"members": [{"kana": "さくら みお", "birth": "2017-06-03", "sex": "female",
  "needs": ["allergy"], "allergens": ["egg"], "number": 1}], "telephone": "0000-12-0420", "pets": ["dog"],
  "consent": false, "place": "shelter", "language": "ja", "household": 32 hex signs, "counter": 1}
Only members with kana and birth are needed. needs: infant pregnancy wheelchair dialysis oxygen allergy medicine
dementia language walking sight hearing quiet ostomy care; allergens: egg milk wheat buckwheat peanut shrimp crab
walnut; pets: dog cat other; place: shelter car home.)");
  return [options] { return make(*options); };
}

Action declare_pass_read(CLI::App& app) {
  auto options = std::make_shared<PassOptions>();
  app.add_option(
         "TEXT", options->text,
         "The pass (MH1:...), a file of it, a picture of its symbol (PNG, JPEG), or - for standard input")
      ->required();
  app.add_option("--key", options->keys, "A file with a secret pass key; several, the newest first");
  app.add_option("--pack", options->pack, "The town's pack.json");
  app.add_option("--town", options->town, "The town's id: 32 hexadecimal signs");
  app.add_option("--newest", options->newest, "The highest counter known of the household");
  app.footer(
      "One JSON object. trouble: not-pass, cut, damaged, other-town, other-key, newer; superseded is read "
      "all the same. "
      "Exit code 0 when it could be read.");
  return [options] { return read(*options); };
}

}  // namespace machi::program
