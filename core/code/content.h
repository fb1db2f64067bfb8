// Reading what others sent in CBOR maps with integer keys: bounded texts, lists and enumerations, for every
// service's messages. BadInput for what no program of ours writes, TooLarge past a limit, Unsupported for a
// number that a newer program may know. Pure; any thread.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/code/cbor.h"

namespace machi::code::content {

using base::Code;

inline constexpr std::size_t kNameLimit = 100;   // characters of a name
inline constexpr std::int64_t kFirstDay = 0;     // 1970-01-01
inline constexpr std::int64_t kLastDay = 84369;  // 2200-12-31

// A day or an instant as somebody sent it.
inline Result<base::Date> date(const Cbor& value, std::int64_t first = kFirstDay) {
  MACHI_TRY_SET(days, value.integer());
  if (days < first || days > kLastDay) return base::fail(Code::BadInput, "day");
  return base::Date{static_cast<std::int32_t>(days)};
}
inline Result<base::Instant> instant(const Cbor& value) {
  MACHI_TRY_SET(ms, value.integer());
  if (ms < 0 || ms > (kLastDay + 1) * 86'400'000) return base::fail(Code::BadInput, "instant");
  return base::Instant{ms};
}

template <class Id>
Result<Id> id_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(raw, map.bytes_at(key));
  return Id::from(raw);
}
inline Result<base::Instant> instant_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(value, map.at(key));
  return instant(*value);
}

// Text without the signs that mean something to screens (ruby, phrase marks) and without control signs but
// line ends.
inline std::string cleaned(std::string_view text) {
  std::u32string out;
  for (char32_t sign : base::to_code_points(text)) {
    if (sign < 0x20 && sign != U'\n') continue;
    if (sign == 0x7F || (sign >= 0x80 && sign < 0xA0)) continue;
    if (sign >= 0xFFF9 && sign <= 0xFFFB) continue;  // ruby
    if (sign == 0x200B) continue;                    // phrase boundary
    if (sign >= 0x202A && sign <= 0x202E) continue;  // directions that would reorder what stands beside
    if (sign >= 0x2066 && sign <= 0x2069) continue;
    out.push_back(sign);
  }
  return base::from_code_points(out);
}
inline Result<std::string> text(const Cbor& value, std::size_t limit) {
  MACHI_TRY_SET(raw, value.text());
  if (base::count_code_points(raw) > limit) return base::fail(Code::TooLarge, "text");
  return cleaned(raw);
}
inline Result<std::string> text_at(const Cbor& map, std::int64_t key, std::size_t limit) {
  MACHI_TRY_SET(value, map.at(key));
  return text(*value, limit);
}

// An enumeration whose members are 1..last without a gap.
template <class Enum>
Result<Enum> member(const Cbor& value, Enum last) {
  MACHI_TRY_SET(number, value.integer());
  if (number < 1) return base::fail(Code::BadInput, "enumeration");
  if (number > static_cast<std::int64_t>(last)) return base::fail(Code::Unsupported, "enumeration");
  return static_cast<Enum>(number);
}

// A list of at most `limit` values, each read by `read`; an absent key is an empty list.
template <class T, class Read>
Result<std::vector<T>> list_at(const Cbor& map, std::int64_t key, std::size_t limit, Read read) {
  std::vector<T> out;
  const Cbor* value = map.find(key);
  if (!value) return out;
  const auto* items = value->array();
  if (!items) return base::fail(Code::BadInput, "list");
  if (items->size() > limit) return base::fail(Code::TooLarge, "list");
  out.reserve(items->size());
  for (const Cbor& item : *items) {
    MACHI_TRY_SET(one, read(item));
    out.push_back(std::move(one));
  }
  return out;
}

template <class T>
bool repeats(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return std::adjacent_find(values.begin(), values.end()) != values.end();
}

}  // namespace machi::code::content
