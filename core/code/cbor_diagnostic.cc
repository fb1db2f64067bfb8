// Diagnostic notation of CBOR (RFC 8949 section 8). Pure; any thread; nothing fails.
#include "core/code/cbor_diagnostic.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace machi::code {
namespace {

class Printer {
 public:
  std::string take() && { return std::move(out_); }

  void print(const Cbor& value) {
    std::visit([this](const auto& held) { put(held); }, value.value());
  }

 private:
  void put(CborNull) { out_ += "null"; }
  void put(CborUndefined) { out_ += "undefined"; }
  void put(bool value) { out_ += value ? "true" : "false"; }
  void put(CborSimple simple) { out_ += "simple(" + std::to_string(simple.number) + ")"; }
  void put(std::uint64_t value) { out_ += std::to_string(value); }

  void put(CborNegative value) {
    // -1 - n; the least one does not fit any integer type.
    if (value.n == std::numeric_limits<std::uint64_t>::max()) {
      out_ += "-18446744073709551616";
    } else {
      out_ += "-" + std::to_string(value.n + 1);
    }
  }

  void put(double value) {
    if (std::isnan(value)) {
      out_ += "NaN";
    } else if (std::isinf(value)) {
      out_ += value < 0 ? "-Infinity" : "Infinity";
    } else {
      char digits[32];
      const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
      const std::string text(digits, end);
      out_ += text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
  }

  void put(const Bytes& value) { out_ += "h'" + base::to_hex(value) + "'"; }

  void put(const std::string& value) {
    out_ += '"';
    for (const char c : value) {
      const auto byte = static_cast<std::uint8_t>(c);
      if (c == '"' || c == '\\') {
        out_ += '\\';
        out_ += c;
      } else if (byte < 0x20 || byte == 0x7F) {
        out_ += "\\u00" + base::to_hex({&byte, 1});
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }

  void put(const CborArray& items) {
    out_ += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ", ";
      print(items[i]);
    }
    out_ += ']';
  }

  void put(const CborMap& pairs) {
    out_ += '{';
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (i > 0) out_ += ", ";
      print(pairs[i].first);
      out_ += ": ";
      print(pairs[i].second);
    }
    out_ += '}';
  }

  void put(const std::vector<CborTag>& one) {
    for (const CborTag& tag : one) {
      out_ += std::to_string(tag.number) + "(";
      print(tag.content);
      out_ += ')';
    }
  }

  std::string out_;
};

}  // namespace

std::string diagnostic(const Cbor& value) {
  Printer printer;
  printer.print(value);
  return std::move(printer).take();
}

}  // namespace machi::code
