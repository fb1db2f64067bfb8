// Reading JSON (RFC 8259): strict, bounded in depth, into a tree that remembers where each value stood. A
// library's reader is a tenth of a phone's whole first load; this one is a page.
#include <charconv>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/screen/json.h"

namespace machi::screen {
namespace {

constexpr int kDepth = 64;

struct Value {
  enum class Kind { Null, False, True, Integer, Number, Text, Array, Object };
  Kind kind = Kind::Null;
  std::int64_t integer = 0;
  std::string text;
  std::vector<Value> items;        // of an array, or an object's values
  std::vector<std::string> names;  // an object's, beside its values
  std::string_view source;         // in the document
};

struct Document {
  std::string text;
  Value root;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool whole(Value& out) { return (space(), value(out, 0)) && (space(), at_ == text_.size()); }
  bool too_deep() const { return too_deep_; }

 private:
  char look() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char sign) {
    if (look() != sign) return false;
    ++at_;
    return true;
  }
  void space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }
  bool word(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  bool value(Value& out, int depth) {
    const std::size_t begin = at_;
    if (!unplaced(out, depth)) return false;
    out.source = text_.substr(begin, at_ - begin);
    return true;
  }

  bool unplaced(Value& out, int depth) {
    switch (look()) {
      case '"':
        out.kind = Value::Kind::Text;
        return text(out.text);
      case '{':
      case '[':
        out.kind = look() == '{' ? Value::Kind::Object : Value::Kind::Array;
        too_deep_ = depth == kDepth;
        return !too_deep_ && members(out, depth + 1);
      case 't':
        out.kind = Value::Kind::True;
        return word("true");
      case 'f':
        out.kind = Value::Kind::False;
        return word("false");
      case 'n':
        return word("null");
      default:
        return number(out);
    }
  }

  bool members(Value& out, int depth) {
    const bool named = out.kind == Value::Kind::Object;
    const char end = named ? '}' : ']';
    ++at_;
    space();
    if (take(end)) return true;
    for (;;) {
      if (named) {
        space();
        if (!text(out.names.emplace_back())) return false;
        space();
        if (!take(':')) return false;
      }
      space();
      if (!value(out.items.emplace_back(), depth)) return false;
      space();
      if (take(end)) return true;
      if (!take(',')) return false;
    }
  }

  bool digits() {
    const std::size_t begin = at_;
    while (look() >= '0' && look() <= '9') ++at_;
    return at_ > begin;
  }

  bool number(Value& out) {
    const std::size_t begin = at_;
    (void)take('-');
    if (!take('0') && !digits()) return false;
    bool whole = true;
    if (take('.')) {
      whole = false;
      if (!digits()) return false;
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) (void)take('-');
      if (!digits()) return false;
    }
    const char* last = text_.data() + at_;
    whole = whole && std::from_chars(text_.data() + begin, last, out.integer).ec == std::errc();
    out.kind = whole ? Value::Kind::Integer : Value::Kind::Number;
    return true;
  }

  bool hex(std::uint32_t& out) {
    if (text_.size() - at_ < 4) return false;
    const char* first = text_.data() + at_;
    const auto read = std::from_chars(first, first + 4, out, 16);
    at_ += 4;
    return read.ec == std::errc() && read.ptr == first + 4;
  }

  // What stands behind a backslash.
  bool escape(std::string& out) {
    constexpr std::string_view kFrom = "\"\\/bfnrt";
    constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
    const char sign = look();
    ++at_;
    if (sign != 'u') {
      const std::size_t which = kFrom.find(sign);
      if (sign == '\0' || which == std::string_view::npos) return false;
      out += kTo[which];
      return true;
    }
    std::uint32_t point = 0;
    if (!hex(point)) return false;
    if (point >= 0xd800 && point < 0xdc00) {  // the first half of a pair
      std::uint32_t second = 0;
      if (!word("\\u") || !hex(second) || second < 0xdc00 || second > 0xdfff) return false;
      point = 0x10000 + ((point - 0xd800) << 10) + (second - 0xdc00);
    } else if (point >= 0xdc00 && point < 0xe000) {
      return false;
    }
    out += base::from_code_points(std::u32string(1, point));
    return true;
  }

  bool text(std::string& out) {
    if (!take('"')) return false;
    for (;;) {
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\\' &&
             static_cast<unsigned char>(text_[at_]) >= 0x20)
        ++at_;
      out.append(text_.substr(begin, at_ - begin));
      if (take('"')) return true;
      if (!take('\\') || !escape(out)) return false;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool too_deep_ = false;
};

const Value& of(const void* node) { return *static_cast<const Value*>(node); }

}  // namespace

base::Result<Json> Json::parse(std::string_view text) {
  auto document = std::make_shared<Document>();
  document->text = text;
  Reader reader(document->text);
  if (!base::is_utf8(text) || !reader.whole(document->root))
    return base::fail(base::Code::BadInput, reader.too_deep() ? "json depth" : "json");
  Json json;
  json.node_ = std::shared_ptr<const void>(document, &document->root);
  return json;
}

bool JsonView::is_object() const { return of(node_).kind == Value::Kind::Object; }
bool JsonView::is_array() const { return of(node_).kind == Value::Kind::Array; }

// Of members with the same name the last one counts.
std::optional<JsonView> JsonView::find(std::string_view name) const {
  const Value& object = of(node_);
  for (std::size_t i = object.names.size(); i-- > 0;)
    if (object.names[i] == name) return JsonView(&object.items[i]);
  return std::nullopt;
}

std::vector<std::pair<std::string, JsonView>> JsonView::members() const {
  std::vector<std::pair<std::string, JsonView>> out;
  if (!is_object()) return out;
  const Value& value = of(node_);
  for (std::size_t i = 0; i < value.names.size(); ++i)
    out.emplace_back(value.names[i], JsonView(&value.items[i]));
  return out;
}
std::size_t JsonView::size() const { return is_array() ? of(node_).items.size() : 0; }
JsonView JsonView::at(std::size_t index) const { return JsonView(&of(node_).items[index]); }

std::optional<std::string> JsonView::text() const {
  if (of(node_).kind != Value::Kind::Text) return std::nullopt;
  return of(node_).text;
}

std::optional<std::int64_t> JsonView::integer() const {
  if (of(node_).kind != Value::Kind::Integer) return std::nullopt;
  return of(node_).integer;
}

std::optional<bool> JsonView::boolean() const {
  const Value& value = of(node_);
  if (value.kind != Value::Kind::True && value.kind != Value::Kind::False) return std::nullopt;
  return value.kind == Value::Kind::True;
}

std::string JsonView::source() const { return std::string(of(node_).source); }

}  // namespace machi::screen
