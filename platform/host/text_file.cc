// Line by line where the whole is no UTF-8: valid UTF-8 beyond ASCII hardly ever comes about by chance.
#include "platform/host/text_file.h"

#include <iconv.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/text.h"

namespace machi::host {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (handle_ != reinterpret_cast<iconv_t>(-1)) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;

  // Whether everything could be read; what could not is U+FFFD, a byte each.
  bool read(std::string_view bytes, std::string& out) {
    if (handle_ == reinterpret_cast<iconv_t>(-1)) return false;
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    std::string input(bytes);
    char* from = input.data();
    std::size_t left = input.size();
    bool whole = true;
    char buffer[4096];
    while (left > 0) {
      char* to = buffer;
      std::size_t room = sizeof buffer;
      const bool stopped = iconv(handle_, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
      out.append(buffer, sizeof buffer - room);
      if (!stopped || room < 16) continue;  // no room left is no trouble
      whole = false;
      out += kReplacement;
      ++from;
      --left;
    }
    return whole;
  }

 private:
  iconv_t handle_;
};

}  // namespace

TextFile read_text(base::ByteView bytes) {
  std::string_view raw = base::text_view(bytes);
  if (raw.starts_with("\xFF\xFE") || raw.starts_with("\xFE\xFF")) {
    const bool little = raw[0] == '\xFF';
    TextFile out{little ? "utf-16le" : "utf-16be", ""};
    Converter(little ? "UTF-16LE" : "UTF-16BE").read(raw.substr(2), out.text);
    return out;
  }
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  if (base::is_utf8(raw)) return {"utf-8", std::string(raw)};

  enum class Kind { Ascii, Utf8, Jis, Broken };
  std::vector<std::pair<Kind, std::string>> lines;
  Converter jis("CP932");
  while (!raw.empty()) {
    const std::string_view line =
        raw.substr(0, raw.find('\n') == std::string_view::npos ? raw.size() : raw.find('\n') + 1);
    raw.remove_prefix(line.size());
    const bool ascii = std::none_of(line.begin(), line.end(), [](char sign) { return (sign & 0x80) != 0; });
    if (ascii || base::is_utf8(line)) {
      lines.emplace_back(ascii ? Kind::Ascii : Kind::Utf8, line);
    } else {
      std::string text;
      const bool whole = jis.read(line, text);
      lines.emplace_back(whole ? Kind::Jis : Kind::Broken, std::move(text));
    }
  }
  const auto count = [&](Kind kind) {
    return std::count_if(lines.begin(), lines.end(), [&](const auto& line) { return line.first == kind; });
  };
  const bool mostly_utf8 = count(Kind::Utf8) > count(Kind::Jis);
  const Kind other = mostly_utf8 ? Kind::Jis : Kind::Utf8;
  TextFile out{count(other) > 0 ? "mixed" : mostly_utf8 ? "utf-8" : "shift_jis", ""};
  for (const auto& [kind, text] : lines) out.text += kind == other ? std::string(kReplacement) + text : text;
  return out;
}

}  // namespace machi::host
