// Searching a PDF's bytes.
#include "platform/clerk/seal_finder.h"

#include <algorithm>

#include "core/code/cwt.h"

namespace machi::clerk {
namespace {

constexpr std::size_t kMostPhotographs = 32;
constexpr std::size_t kMostSeals = 99;

}  // namespace

bool is_pdf(base::ByteView file) {
  return base::text_view(file).substr(0, 1024).find("%PDF-") != std::string_view::npos;
}

std::vector<std::string> seals_in_keywords(base::ByteView pdf) {
  std::vector<std::string> out;
  const std::string_view text = base::text_view(pdf);
  const std::string_view key = "/Keywords";
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    const std::size_t open = text.find_first_not_of(" \r\n\t", at + key.size());
    if (open == std::string_view::npos || text[open] != '(') continue;
    // A seal has no bracket and no backslash (RFC 9285); a backslash and a line's end continue a line.
    std::string value;
    for (std::size_t i = open + 1; i < text.size() && text[i] != ')' && value.size() < 65536; ++i) {
      if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '\n' || text[i + 1] == '\r')) {
        i += text[i + 1] == '\r' && i + 2 < text.size() && text[i + 2] == '\n' ? 2 : 1;
        continue;
      }
      value += text[i];
    }
    for (std::size_t from = 0; from <= value.size() && out.size() < kMostSeals;) {
      const std::size_t end = std::min(value.find(';', from), value.size());
      std::string one = value.substr(from, end - from);
      if (one.starts_with(code::kTokenPrefix)) out.push_back(std::move(one));
      from = end + 1;
    }
  }
  return out;
}

std::vector<base::ByteView> photographs_in(base::ByteView pdf) {
  std::vector<base::ByteView> out;
  const std::string_view text = base::text_view(pdf);
  for (std::size_t at = 0; out.size() < kMostPhotographs;) {
    const std::size_t begin = text.find("\xFF\xD8\xFF", at);
    if (begin == std::string_view::npos) break;
    std::size_t end = text.find("endstream", begin);
    if (end == std::string_view::npos) end = text.size();
    out.push_back(pdf.subspan(begin, end - begin));
    at = end;
  }
  return out;
}

}  // namespace machi::clerk
