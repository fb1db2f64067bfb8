// Reading with places. Pure; any thread.
#include "core/rules/place.h"

#include <algorithm>

namespace machi::rules {

Place Place::operator[](std::string_view key) const {
  std::string path = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  return {value_ == nullptr ? nullptr : value_->find(key), std::move(path)};
}

Status Place::only(std::initializer_list<std::string_view> keys) const {
  MACHI_TRY_SET(pairs, members());
  for (const auto& [key, member] : pairs)
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      return member.fault("there is no such field here");
  return {};
}

Result<std::vector<Place>> Place::items() const {
  std::vector<Place> out;
  if (!given()) return out;
  const code::CborArray* array = value_->array();
  if (array == nullptr) return fault("a list is expected");
  out.reserve(array->size());
  for (std::size_t i = 0; i < array->size(); ++i)
    out.emplace_back(&(*array)[i], path_ + "[" + std::to_string(i) + "]");
  return out;
}

Result<std::vector<std::pair<std::string, Place>>> Place::members() const {
  std::vector<std::pair<std::string, Place>> out;
  const code::CborMap* map = value_ == nullptr ? nullptr : value_->map();
  if (map == nullptr) return fault("an object is expected");
  for (const auto& [key, value] : *map) {
    auto name = key.text();
    if (!name.ok()) return fault("keys are texts");
    std::string path = path_.empty() ? *name : path_ + "." + *name;
    out.emplace_back(*name, Place(&value, std::move(path)));
  }
  return out;
}

Result<std::string> Place::text() const {
  if (!given()) return fault("missing", Code::Missing);
  auto found = value_->text();
  if (!found.ok()) return fault("a text is expected");
  return found;
}

Result<std::string> Place::id() const {
  MACHI_TRY_SET(found, text());
  const bool plain = std::all_of(found.begin(), found.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  if (found.empty() || found.size() > 64 || !plain)
    return fault("a name is 1 to 64 letters, digits, - and .");
  return found;
}

Result<std::int64_t> Place::integer() const {
  if (!given()) return fault("missing", Code::Missing);
  auto found = value_->integer();
  // Sums and products of such numbers stay far from the end of 64 bits.
  if (!found.ok() || *found > 1'000'000'000'000 || *found < -1'000'000'000'000)
    return fault("a whole number is expected");
  return found;
}

Result<bool> Place::truth() const {
  if (!given()) return fault("missing", Code::Missing);
  auto found = value_->boolean();
  if (!found.ok()) return fault("true or false is expected");
  return found;
}

Result<Date> Place::date() const {
  MACHI_TRY_SET(written, text());
  auto found = Date::parse(written);
  if (!found.ok()) return fault("a date as 2026-11-24 is expected");
  return found;
}

Result<std::optional<Date>> Place::date_if_given() const {
  if (!given()) return std::optional<Date>();
  MACHI_TRY_SET(found, date());
  return std::optional<Date>(found);
}

base::Error Place::fault(std::string_view why, Code code) const {
  return base::fail(code, (path_.empty() ? std::string("the pack") : path_) + ": " + std::string(why));
}

}  // namespace machi::rules
