// Reading JSON with places. nlohmann throws on bad text; it is caught here and nowhere else.
#include "platform/machi/json_input.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/rules/date_text.h"
#include "platform/host/file.h"
#include "platform/machi/command.h"

namespace machi::program {
namespace {

using base::Code;
using base::Error;
using base::Result;
using nlohmann::json;

base::Result<std::string> read_all(const std::string& file, std::size_t limit) {
  if (file != "-") {
    MACHI_TRY_SET(bytes, host::read_file(file, limit));
    return std::string(base::text_view(bytes));
  }
  std::string out;
  char piece[65536];
  for (;;) {
    const ssize_t got = ::read(0, piece, sizeof piece);
    if (got <= 0) return out;
    out.append(piece, static_cast<std::size_t>(got));
    if (out.size() > limit) return base::fail(Code::TooLarge, "standard input");
  }
}

std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace

Result<json> parse_json(std::string_view text) {
  std::vector<std::set<std::string>> keys;
  std::string twice;
  const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
    if (depth > 64) return false;
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end && !keys.empty()) keys.pop_back();
    if (event == json::parse_event_t::key && !keys.empty() &&
        !keys.back().insert(parsed.get<std::string>()).second)
      twice = parsed.get<std::string>();
    return true;
  };
  try {
    json value = json::parse(text, watch);
    if (!twice.empty()) return base::fail(Code::BadInput, "a key stands twice in one object: " + twice);
    return value;
  } catch (const json::parse_error& error) {
    return base::fail(Code::BadInput, "no JSON at " + place_of(text, error.byte));
  } catch (const json::exception&) {
    return base::fail(Code::BadInput, "no JSON: a number or text that cannot be held");
  }
}

Result<json> read_json(const std::string& file, std::size_t limit) {
  MACHI_TRY_SET(text, read_all(file, limit));
  return parse_json(text);
}

Field Field::operator[](const std::string& key) const {
  const std::string path = path_.empty() ? key : path_ + "." + key;
  if (value_ == nullptr || !value_->is_object()) return {nullptr, path};
  const auto found = value_->find(key);
  return {found == value_->end() ? nullptr : &*found, path};
}

base::Status Field::only(std::initializer_list<std::string_view> keys) const {
  if (!given() || !value_->is_object()) return fault(Code::BadInput, "an object is expected");
  for (const auto& [key, value] : value_->items())
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      return (*this)[key].fault(Code::BadInput, "there is no such field here");
  return {};
}

Result<std::vector<Field>> Field::items() const {
  std::vector<Field> out;
  if (!given()) return out;
  if (!value_->is_array()) return fault(Code::BadInput, "a list is expected");
  for (std::size_t i = 0; i < value_->size(); ++i)
    out.emplace_back(&(*value_)[i], path_ + "[" + std::to_string(i) + "]");
  return out;
}

Result<std::string> Field::text() const {
  if (!given()) return fault(Code::Missing, "missing");
  if (!value_->is_string()) return fault(Code::BadInput, "a text is expected");
  return value_->get<std::string>();
}

Result<std::int64_t> Field::integer(std::int64_t least, std::int64_t most) const {
  if (!given()) return fault(Code::Missing, "missing");
  const bool large =
      value_->is_number_unsigned() &&
      value_->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!value_->is_number_integer() || large) return fault(Code::BadInput, "a whole number is expected");
  const auto number = value_->get<std::int64_t>();
  if (number < least || number > most)
    return fault(Code::BadInput,
                 "a number from " + std::to_string(least) + " to " + std::to_string(most) + " is expected");
  return number;
}

Result<double> Field::number() const {
  if (!given()) return fault(Code::Missing, "missing");
  if (!value_->is_number()) return fault(Code::BadInput, "a number is expected");
  return value_->get<double>();
}

Result<bool> Field::truth() const {
  if (!given()) return fault(Code::Missing, "missing");
  if (!value_->is_boolean()) return fault(Code::BadInput, "true or false is expected");
  return value_->get<bool>();
}

Result<base::Date> Field::day() const {
  MACHI_TRY_SET(written, text());
  auto date = rules::parse_day(written);
  if (!date.ok()) return fault(date.error());
  return *date;
}

Result<base::Date> Field::birth(base::Date today) const {
  MACHI_TRY_SET(written, text());
  auto date = rules::parse_birth(written, today);
  if (!date.ok()) return fault(date.error());
  return *date;
}

Error Field::fault(Code code, std::string_view why) const {
  return base::fail(code, (path_.empty() ? std::string("the whole") : path_) + ": " + std::string(why));
}

Result<code::Cbor> as_cbor(const json& value, int depth) {
  if (depth > 30) return base::fail(Code::TooLarge, "more than 30 levels");
  switch (value.type()) {
    case json::value_t::null:
    case json::value_t::discarded:
    case json::value_t::binary:
      return code::Cbor(nullptr);
    case json::value_t::boolean:
      return code::Cbor(value.get<bool>());
    case json::value_t::number_integer:
      return code::Cbor(value.get<std::int64_t>());
    case json::value_t::number_unsigned:
      return code::Cbor(value.get<std::uint64_t>());
    case json::value_t::number_float:
      return code::Cbor(value.get<double>());
    case json::value_t::string:
      return code::Cbor(value.get<std::string>());
    case json::value_t::array: {
      code::CborArray items;
      for (const json& item : value) {
        MACHI_TRY_SET(made, as_cbor(item, depth + 1));
        items.push_back(std::move(made));
      }
      return code::Cbor(std::move(items));
    }
    case json::value_t::object: {
      code::CborMap pairs;
      for (const auto& [key, item] : value.items()) {
        MACHI_TRY_SET(made, as_cbor(item, depth + 1));
        pairs.emplace_back(code::Cbor(key), std::move(made));
      }
      return code::Cbor(std::move(pairs));
    }
  }
  return code::Cbor(nullptr);
}

Result<base::Date> day_asked(const std::string& today) {
  if (today.empty()) return base::date_of(system_now());
  return rules::parse_day(today);
}

}  // namespace machi::program
