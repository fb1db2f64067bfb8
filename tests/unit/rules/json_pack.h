// Packs and people for tests, written as JSON; the sample town's pack from its files. Tests only.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/rules/answer.h"

namespace machi::rules {

inline code::Cbor cbor_of(const nlohmann::json& value) {
  if (value.is_boolean()) return code::Cbor(value.get<bool>());
  if (value.is_number_integer()) return code::Cbor(value.get<std::int64_t>());
  if (value.is_string()) return code::Cbor(value.get<std::string>());
  if (value.is_array()) {
    code::CborArray items;
    for (const auto& item : value) items.push_back(cbor_of(item));
    return code::Cbor(std::move(items));
  }
  if (value.is_object()) {
    code::CborMap pairs;
    for (const auto& [key, item] : value.items()) pairs.emplace_back(code::Cbor(key), cbor_of(item));
    return code::Cbor(std::move(pairs));
  }
  return code::Cbor(nullptr);
}

inline nlohmann::json part(const std::string& name) {
  std::ifstream in(MACHI_SOURCE_DIR "/assets/towns/hiyori/rules/" + name);
  return nlohmann::json::parse(in, nullptr, false);
}

inline nlohmann::json sample_json() {
  nlohmann::json whole = part("pack.json");
  for (const auto& name : whole["parts"]) {
    const nlohmann::json more = part(name.get<std::string>());
    for (const auto& [key, list] : more.items()) {
      if (whole[key].is_null()) whole[key] = nlohmann::json::array();
      whole[key].insert(whole[key].end(), list.begin(), list.end());
    }
  }
  whole.erase("parts");
  return whole;
}

// A pack of one benefit, "aid", over a birth, a grade, an income and a truth; tests change what they are
// about.
inline nlohmann::json small_json() {
  nlohmann::json pack = nlohmann::json::parse(R"({
    "format": 1, "id": "small", "version": 3, "issued": "2026-11-01", "languages": ["ja", "en"], "title": "見本",
    "facts": [
      {"id": "birth", "type": "date", "label": {"ja": "生年月日", "en": "birth"}, "question": {"ja": "いつ", "en": "When?"}},
      {"id": "grade", "type": "choice", "label": {"ja": "等級", "en": "grade"}, "question": "何級",
       "choices": [{"id": "none", "label": "なし"}, {"id": "1", "label": "1級"}, {"id": "2", "label": "2級"}]},
      {"id": "income", "type": "yen", "label": {"ja": "所得", "en": "income"}, "question": "いくら", "least": 0},
      {"id": "home", "type": "truth", "label": "在宅", "question": "在宅か", "yes": "在宅である", "no": "在宅ではない"},
      {"id": "age", "label": {"ja": "年齢", "en": "age"}, "unit": "歳", "derive": {"age": "birth"}}],
    "tables": [{"id": "sum", "inputs": ["grade"], "rows": [{"when": {"grade": "1"}, "value": 200}, {"when": {"grade": "2"}, "value": 100}], "else": 0}],
    "benefits": [{"id": "aid", "name": "手当", "level": "town", "kind": "allowance", "where": "窓口",
      "when": {"all": [{"fact": "age", "from": 20, "below": 65}, {"fact": "grade", "in": ["1", "2"]}, {"fact": "home"}]},
      "amounts": [{"per": "month", "yen": {"table": "sum"}}], "source": {"invented": true}}]
  })");
  pack["phrases"] = part("pack.json")["phrases"];
  return pack;
}

inline Result<Pack> read_json_pack(const nlohmann::json& written) { return read_pack(cbor_of(written)); }
// Why it is refused; "" when it is not.
inline std::string refusal(const nlohmann::json& written) {
  const auto pack = read_json_pack(written);
  return pack.ok() ? "" : pack.error().detail;
}
inline Person person_of(const Pack& pack, const nlohmann::json& facts, Date today) {
  auto person = read_person(pack, cbor_of({{"facts", facts}}), today);
  EXPECT_TRUE(person.ok()) << (person.ok() ? "" : person.error().detail);
  return person.ok() ? *person : nobody(pack);
}
inline Date day(std::string_view iso) { return *Date::parse(iso); }

}  // namespace machi::rules
