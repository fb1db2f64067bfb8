// JSON to a plan. A name that is not known is refused: a misspelt one would be a device that is missing.
#include "platform/kiosk/host_config.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/certificate/certificate.h"

namespace machi::kiosk {
namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Status;
using Json = nlohmann::json;

constexpr std::size_t kLimit = 1 << 20;
constexpr int kFunctionKeys = 12;
constexpr std::string_view kNames[] = {
    "place",    "key",      "journal",      "clerk",    "terminal",  "chargeMs", "settleMs", "printer",
    "media",    "tray",     "clearSeconds", "receipts", "words",     "alarm",    "fees",     "sealKeys",
    "staffKey", "paperKey", "voice",        "staffPin", "staffDoor", "totals",   "status"};
constexpr std::size_t kPinHash = 48;  // crypto::hash_password

Status text(const Json& from, const char* name, bool needed, std::string& to) {
  const auto found = from.find(name);
  if (found == from.end()) {
    if (needed) return fail(Code::BadInput, std::string(name) + " is missing");
    return {};
  }
  if (!found->is_string()) return fail(Code::BadInput, std::string(name) + " is no text");
  to = found->get<std::string>();
  if (needed && to.empty()) return fail(Code::BadInput, std::string(name) + " is empty");
  return {};
}

Status number(const Json& from, const char* name, int most, int& to) {
  const auto found = from.find(name);
  if (found == from.end()) return {};
  if (!found->is_number_integer() || found->get<std::int64_t>() < 1 || found->get<std::int64_t>() > most)
    return fail(Code::BadInput, std::string(name) + " is a number from 1 to " + std::to_string(most));
  to = found->get<int>();
  return {};
}

Status fees(const Json& from, certificate::kiosk::Fees& to) {
  const auto found = from.find("fees");
  if (found == from.end() || !found->is_object()) return fail(Code::BadInput, "fees: yen by kind");
  std::size_t known = 0;
  for (const auto& [name, yen] : found->items()) {
    const auto kind = certificate::kind_named(name);
    if (!kind || !yen.is_number_integer() || yen.get<std::int64_t>() < 0 || yen.get<std::int64_t>() > 100'000)
      return fail(Code::BadInput, "fees: " + name);
    to[static_cast<std::size_t>(*kind) - 1] = yen.get<std::int64_t>();
    ++known;
  }
  if (known != to.size()) return fail(Code::BadInput, "fees: each of the nine kinds has one");
  return {};
}

Result<std::vector<certificate::SealKey>> seal_keys(const Json& from) {
  const auto found = from.find("sealKeys");
  if (found == from.end() || !found->is_array() || found->empty())
    return fail(Code::BadInput, "sealKeys: [{key, from, to}]");
  std::vector<certificate::SealKey> out;
  for (const Json& one : *found) {
    const bool whole = one.is_object() && one.contains("key") && one["key"].is_string() &&
                       one.contains("from") && one["from"].is_number_integer() && one.contains("to") &&
                       one["to"].is_number_integer();
    if (!whole) return fail(Code::BadInput, "sealKeys: [{key, from, to}]");
    const auto bytes = base::from_hex(one["key"].get<std::string>());
    const auto key = bytes.ok() ? base::fixed<32>(*bytes) : Result<base::Array<32>>(bytes.error());
    if (!key.ok()) return fail(Code::BadInput, "sealKeys: a key has 64 hexadecimal digits");
    out.push_back(
        {crypto::SignPublic{*key}, {one["from"].get<std::int64_t>()}, {one["to"].get<std::int64_t>()}});
  }
  return out;
}

}  // namespace

Result<HostConfig> parse_host_config(const std::string& words, const std::filesystem::path& folder) {
  const Json json = Json::parse(words, nullptr, false);
  if (!json.is_object()) return fail(Code::BadInput, "it is no JSON object");
  for (const auto& [name, value] : json.items()) {
    if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames))
      return fail(Code::BadInput, name + " is not known");
  }
  HostConfig out;
  HostPlan& plan = out.plan;
  std::string key, journal, catalogues, voice;
  MACHI_TRY(text(json, "place", true, plan.config.place));
  MACHI_TRY(text(json, "key", true, key));
  MACHI_TRY(text(json, "journal", true, journal));
  MACHI_TRY(text(json, "clerk", true, plan.clerk));
  MACHI_TRY(text(json, "terminal", true, plan.terminal));
  MACHI_TRY(text(json, "printer", true, plan.printer.uri));
  MACHI_TRY(text(json, "media", false, plan.printer.media));
  MACHI_TRY(text(json, "tray", false, plan.printer.tray));
  MACHI_TRY(text(json, "receipts", false, plan.receipts));
  MACHI_TRY(text(json, "words", true, catalogues));
  MACHI_TRY(text(json, "voice", false, voice));
  MACHI_TRY(text(json, "alarm", false, plan.alarm));
  MACHI_TRY(number(json, "chargeMs", 600'000, plan.times.charge));
  MACHI_TRY(number(json, "settleMs", 60'000, plan.times.settle));
  MACHI_TRY(number(json, "clearSeconds", 600, plan.printer.clear_seconds));
  MACHI_TRY(number(json, "staffKey", kFunctionKeys, out.staff_key));
  MACHI_TRY(number(json, "paperKey", kFunctionKeys, out.tray_key));
  std::string staff_pin, totals, status;
  MACHI_TRY(text(json, "staffPin", false, staff_pin));
  MACHI_TRY(text(json, "totals", false, totals));
  if (!staff_pin.empty()) {
    auto hash = base::from_hex(staff_pin);
    if (!hash.ok() || hash->size() != kPinHash)
      return fail(Code::BadInput, "staffPin: what `machi kiosk config --staff-pin-file` writes");
    plan.config.staff_pin = std::move(*hash);
  }
  if (const auto door = json.find("staffDoor"); door != json.end()) {
    if (!door->is_boolean()) return fail(Code::BadInput, "staffDoor is true or false");
    plan.config.staff_door = door->get<bool>();
  }
  if (plan.config.staff_door && plan.config.staff_pin.empty())
    return fail(Code::BadInput, "staffDoor without staffPin would let everybody in");
  MACHI_TRY(text(json, "status", false, status));
  if (!status.empty()) plan.status = folder / status;
  if (!totals.empty()) plan.totals = folder / totals;
  MACHI_TRY(fees(json, plan.config.fees));
  MACHI_TRY_SET(seals, seal_keys(json));
  plan.config.seal_keys = std::move(seals);
  plan.journal = folder / journal;
  plan.words = folder / catalogues;
  if (!voice.empty()) out.voice = folder / voice;
  plan.kiosk_key = [file = folder / key] {
    auto bytes = host::read_file(file, 64);
    return bytes.ok() ? std::move(*bytes) : base::Bytes();
  };
  return out;
}

Result<HostConfig> read_host_config(const std::filesystem::path& file) {
  MACHI_TRY_SET(bytes, host::read_file(file, kLimit));
  return parse_host_config(std::string(base::text_view(bytes)), file.parent_path());
}

}  // namespace machi::kiosk
