// JSON of described structs. Pure; any thread.
// Writing cannot fail: text that is no UTF-8 is written as U+FFFD. Reading refuses a missing required field,
// another type, an unknown enum name, a number out of range; fields that it does not know are passed over.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/screen/fields.h"

namespace machi::screen {

// A value inside a Json, valid while that lives.
class JsonView {
 public:
  explicit JsonView(const void* node = nullptr) : node_(node) {}
  bool is_object() const;
  bool is_array() const;
  std::optional<JsonView> find(std::string_view name) const;      // nothing when no object or no such member
  std::vector<std::pair<std::string, JsonView>> members() const;  // of an object; else none
  std::size_t size() const;                                       // of an array; else 0
  JsonView at(std::size_t index) const;
  std::optional<std::string> text() const;
  std::optional<std::int64_t> integer() const;  // whole numbers only
  std::optional<bool> boolean() const;
  std::string source() const;  // as JSON text again

 private:
  const void* node_;
};

// A parsed text. BadInput when it is no JSON, no UTF-8, or nested deeper than 64.
class Json {
 public:
  static base::Result<Json> parse(std::string_view text);
  JsonView root() const { return JsonView(node_.get()); }

 private:
  std::shared_ptr<const void> node_;
};

// Appends a quoted string, a number.
void write_text(std::string& out, std::string_view text);
void write_integer(std::string& out, std::int64_t value);

// A name of a description: nothing in it needs an escape.
inline void write_word(std::string& out, std::string_view word) {
  out.append(1, '"').append(word).append(1, '"');
}

template <class T>
concept Described = requires {
  Description<T>::kFields;
};

template <class T>
void write_members(std::string& out, const T& value);

template <class T>
void write(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, std::string>)
    write_text(out, value);
  else if constexpr (std::is_same_v<T, bool>)
    out += value ? "true" : "false";
  else if constexpr (std::is_enum_v<T>)
    write_word(out, name_of(value));
  else if constexpr (std::is_integral_v<T>)
    write_integer(out, static_cast<std::int64_t>(value));
  else if constexpr (Described<T>) {
    out += '{';
    write_members(out, value);
    out += '}';
  } else {  // a vector
    out += '[';
    for (bool first = true; const auto& item : value) {
      if (!first) out += ',';
      first = false;
      write(out, item);
    }
    out += ']';
  }
}

template <class T>
bool is_default(const T& value, const T& standard) {
  if constexpr (requires { value.empty(); })
    return value.empty();
  else if constexpr (Described<T>)
    return false;
  else
    return value == standard;
}

// The members without braces, so that a "type" can stand before them; true in `first` = nothing stands
// before.
template <class T>
void write_members(std::string& out, const T& value, bool first) {
  [[maybe_unused]] static const T standard{};
  const auto one = [&](const auto& field) {
    if (!field.required && is_default(value.*field.member, standard.*field.member)) return;
    out.append(first ? "\"" : ",\"").append(field.name).append("\":", 2);
    first = false;
    write(out, value.*field.member);
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, Description<T>::kFields);
}
template <class T>
void write_members(std::string& out, const T& value) {
  write_members(out, value, true);
}

template <class T>
bool read(JsonView json, T& out) {
  if constexpr (std::is_same_v<T, std::string>) {
    auto text = json.text();
    if (text) out = std::move(*text);
    return text.has_value();
  } else if constexpr (std::is_same_v<T, bool>) {
    const auto value = json.boolean();
    if (value) out = *value;
    return value.has_value();
  } else if constexpr (std::is_enum_v<T>) {
    const auto text = json.text();
    for (std::size_t i = 0; text && i < Names<T>::kValues.size(); ++i)
      if (Names<T>::kValues[i] == *text) return out = static_cast<T>(i), true;
    return false;
  } else if constexpr (std::is_integral_v<T>) {
    const auto value = json.integer();
    if (!value || !std::in_range<T>(*value)) return false;
    out = static_cast<T>(*value);
    return true;
  } else if constexpr (Described<T>) {
    if (!json.is_object()) return false;
    const auto one = [&](const auto& field) {
      const auto member = json.find(field.name);
      return member ? read(*member, out.*field.member) : !field.required;
    };
    return std::apply([&](const auto&... field) { return (one(field) && ...); }, Description<T>::kFields);
  } else {
    if (!json.is_array()) return false;
    out.clear();
    for (std::size_t i = 0; i < json.size(); ++i)
      if (!read(json.at(i), out.emplace_back())) return false;
    return true;
  }
}

std::string to_json(const Screen& screen);
base::Result<Screen> screen_from_json(std::string_view text);
base::Result<Action> action_from_json(std::string_view text);

}  // namespace machi::screen
