// Reads a profile with the place of each mistake. Pure.
#include "core/notice/segment/profile.h"

#include "core/rules/date_text.h"
#include "core/rules/place.h"

namespace machi::notice {
namespace {

using base::Code;
using base::Result;
using rules::Place;

constexpr std::size_t kNames = 64;
constexpr std::size_t kNameBytes = 200;

Result<std::string> name(const Place& place) {
  MACHI_TRY_SET(text, place.text());
  if (text.empty() || text.size() > kNameBytes) return place.fault("a name is 1 to 200 bytes");
  return text;
}

Result<Profile::Known<std::string>> names(const Place& place) {
  Profile::Known<std::string> out;
  if (!place.given()) return out;
  MACHI_TRY_SET(items, place.items());
  if (items.size() > kNames) return place.fault("at most 64 are kept", Code::TooMany);
  out.emplace();
  for (const Place& item : items) {
    MACHI_TRY_SET(text, name(item));
    out->push_back(std::move(text));
  }
  return out;
}

Result<Birth> birth(const Place& place, base::Date today) {
  MACHI_TRY_SET(text, place.text());
  const auto found = rules::parse_date_text(text);
  if (!found.ok()) return place.fault("this is no date");
  if (found->first > today || found->last.year() < 1900)
    return place.fault("a birth between 1900 and today is expected", Code::DateOutOfRange);
  return Birth{found->first, std::min(found->last, today)};
}

Result<Handbook> handbook(const Place& place) {
  MACHI_TRY(place.only({"kind", "grade"}));
  Handbook out;
  MACHI_TRY_SET(kind, name(place["kind"]));
  out.kind = kind;
  if (place["grade"].given()) {
    MACHI_TRY_SET(grade, place["grade"].integer());
    if (grade < 1 || grade > 9) return place["grade"].fault("a grade is 1 to 9");
    out.grade = static_cast<int>(grade);
  }
  return out;
}

Result<FactValue> fact(const Place& place) {
  if (const auto truth = place.value()->boolean(); truth.ok()) return FactValue(*truth);
  if (const auto number = place.value()->integer(); number.ok()) return FactValue(*number);
  MACHI_TRY_SET(text, name(place));
  return FactValue(std::move(text));
}

}  // namespace

Result<Profile> read_profile(const code::Cbor& written, base::Date today) {
  const Place root(&written, "");
  MACHI_TRY(
      root.only({"districts", "birth", "children", "handbooks", "interests", "languages", "roles", "facts"}));
  Profile out;
  MACHI_TRY_SET(districts, names(root["districts"]));
  MACHI_TRY_SET(interests, names(root["interests"]));
  MACHI_TRY_SET(languages, names(root["languages"]));
  MACHI_TRY_SET(roles, names(root["roles"]));
  out.districts = std::move(districts);
  out.interests = std::move(interests);
  out.languages = std::move(languages);
  out.roles = std::move(roles);
  if (root["birth"].given()) {
    MACHI_TRY_SET(own, birth(root["birth"], today));
    out.birth = own;
  }
  if (root["children"].given()) {
    MACHI_TRY_SET(items, root["children"].items());
    if (items.size() > kNames) return root["children"].fault("at most 64 are kept", Code::TooMany);
    out.children.emplace();
    for (const Place& item : items) {
      MACHI_TRY(item.only({"birth"}));
      MACHI_TRY_SET(of, birth(item["birth"], today));
      out.children->push_back(of);
    }
  }
  if (root["handbooks"].given()) {
    MACHI_TRY_SET(items, root["handbooks"].items());
    if (items.size() > kNames) return root["handbooks"].fault("at most 64 are kept", Code::TooMany);
    out.handbooks.emplace();
    for (const Place& item : items) {
      MACHI_TRY_SET(one, handbook(item));
      out.handbooks->push_back(std::move(one));
    }
  }
  if (root["facts"].given()) {
    MACHI_TRY_SET(members, root["facts"].members());
    if (members.size() > kNames) return root["facts"].fault("at most 64 are kept", Code::TooMany);
    for (const auto& [key, place] : members) {
      if (!place.given()) continue;
      MACHI_TRY_SET(value, fact(place));
      out.facts.emplace(key, std::move(value));
    }
  }
  return out;
}

}  // namespace machi::notice
