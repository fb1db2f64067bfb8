// JSON in and out. Reading stands on nlohmann/json; writing is a few lines and quicker than building a
// document first.
#include "core/screen/json.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace machi::screen {
namespace {

using Value = nlohmann::json;
constexpr int kDepth = 64;

const Value& of(const void* node) { return *static_cast<const Value*>(node); }

// Length of the well-formed UTF-8 sequence at the start of the text, 0 when there is none (RFC 3629).
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t n = first >= 0xc2 && first < 0xe0   ? 2
                        : first >= 0xe0 && first < 0xf0 ? 3
                        : first >= 0xf0 && first < 0xf5 ? 4
                                                        : 0;
  if (n == 0 || text.size() < n) return 0;
  for (std::size_t i = 1; i < n; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  if (first == 0xe0 && byte(1) < 0xa0) return 0;  // overlong
  if (first == 0xed && byte(1) > 0x9f) return 0;  // surrogate
  if (first == 0xf0 && byte(1) < 0x90) return 0;  // overlong
  if (first == 0xf4 && byte(1) > 0x8f) return 0;  // past U+10FFFF
  return n;
}

}  // namespace

void write_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // start of what needs no change
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {  // most of it
      ++i;
      continue;
    }
    const std::size_t n = sequence(text.substr(i));
    if (n > 0 && byte >= 0x20 && byte != '"' && byte != '\\') {
      i += n;
      continue;
    }
    out.append(text.substr(plain, i - plain));
    if (n == 0) {
      out += "\xef\xbf\xbd";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += '\\';
      out += text[i];
    }
    plain = ++i;
  }
  out.append(text.substr(plain));
  out += '"';
}

void write_integer(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

base::Result<Json> Json::parse(std::string_view text) {
  // The depth is counted first: what walks a document afterwards recurses.
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char sign = text[i];
    if (quoted) {
      if (sign == '\\')
        ++i;
      else if (sign == '"')
        quoted = false;
    } else if (sign == '"') {
      quoted = true;
    } else if (sign == '{' || sign == '[') {
      if (++depth > kDepth) return base::fail(base::Code::BadInput, "json depth");
    } else if (sign == '}' || sign == ']') {
      --depth;
    }
  }
  auto value = std::make_shared<Value>(Value::parse(text, nullptr, false));
  if (value->is_discarded()) return base::fail(base::Code::BadInput, "json");
  Json json;
  json.node_ = std::move(value);
  return json;
}

bool JsonView::is_object() const { return of(node_).is_object(); }
bool JsonView::is_array() const { return of(node_).is_array(); }

std::optional<JsonView> JsonView::find(std::string_view name) const {
  if (!is_object()) return std::nullopt;
  const auto found = of(node_).find(std::string(name));
  if (found == of(node_).end()) return std::nullopt;
  return JsonView(&*found);
}

std::size_t JsonView::size() const { return is_array() ? of(node_).size() : 0; }
JsonView JsonView::at(std::size_t index) const { return JsonView(&of(node_)[index]); }

std::optional<std::string> JsonView::text() const {
  if (!of(node_).is_string()) return std::nullopt;
  return of(node_).get_ref<const std::string&>();
}

std::optional<std::int64_t> JsonView::integer() const {
  const Value& value = of(node_);
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && !std::in_range<std::int64_t>(value.get<std::uint64_t>()))
    return std::nullopt;
  return value.get<std::int64_t>();
}

std::optional<bool> JsonView::boolean() const {
  if (!of(node_).is_boolean()) return std::nullopt;
  return of(node_).get<bool>();
}

std::string JsonView::source() const { return of(node_).dump(); }

std::string to_json(const Screen& screen) {
  std::string out;
  out.reserve(4096);
  write(out, screen);
  return out;
}

namespace {

template <class T>
base::Result<T> from_json(std::string_view text) {
  MACHI_TRY_SET(json, Json::parse(text));
  T out;
  if (!read(json.root(), out)) return base::fail(base::Code::BadInput, Description<T>::kName);
  return out;
}

}  // namespace

base::Result<Screen> screen_from_json(std::string_view text) { return from_json<Screen>(text); }
base::Result<Action> action_from_json(std::string_view text) { return from_json<Action>(text); }

}  // namespace machi::screen
