// Header by header.
#include "platform/channels/mail/message.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/text.h"

namespace machi::channels {

using base::Code;
using base::fail;

namespace {

constexpr std::string_view kAtoms = "!#$%&'*+-/=?^_`{|}~.";

bool letter_or_digit(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9');
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 253 || host.find('.') == std::string_view::npos) return false;
  while (!host.empty()) {
    const std::size_t dot = std::min(host.find('.'), host.size());
    const std::string_view label = host.substr(0, dot);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](char sign) { return letter_or_digit(sign) || sign == '-'; }))
      return false;
    if (dot + 1 == host.size()) return false;
    host.remove_prefix(std::min(dot + 1, host.size()));
  }
  return true;
}

// RFC 5322 section 3.3, of the town's clock.
std::string date_text(base::Instant at) {
  constexpr std::array<const char*, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const base::Date day = base::date_of(at);
  const int minutes = base::time_of(at).minutes;
  char out[96];
  std::snprintf(out, sizeof out, "%s, %02d %s %04d %02d:%02d:%02d +0900",
                kDays[static_cast<std::size_t>(day.weekday()) - 1], day.day(),
                kMonths[static_cast<std::size_t>(day.month()) - 1], day.year(), minutes / 60, minutes % 60,
                static_cast<int>(at.seconds() % 60));
  return out;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char sign : text) {
    if (sign == '\r') continue;
    if (sign == '\n') out += '\r';
    out += sign;
  }
  return out;
}

}  // namespace

base::Result<std::string> read_address(std::string_view typed) {
  // A line feed is refused, not taken off: nobody types one.
  if (typed.find_first_of("\r\n") != std::string_view::npos) return fail(Code::BadInput, "line feed");
  const std::string text = base::trimmed(base::fold_width(typed));
  if (text.size() > 254) return fail(Code::TooLarge, "address");
  const std::size_t at = text.find('@');
  if (at == std::string::npos || at == 0 || at > 64) return fail(Code::BadInput, "address");
  const std::string_view local = std::string_view(text).substr(0, at),
                         host = std::string_view(text).substr(at + 1);
  for (const char sign : local)
    if (!letter_or_digit(sign) && kAtoms.find(sign) == std::string_view::npos)
      return fail(Code::BadInput, "address");
  if (!is_host(host)) return fail(Code::BadInput, "host");
  const bool odd = local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos;
  std::string out = odd ? "\"" + std::string(local) + "\"" : std::string(local);
  out += '@';
  for (const char sign : host) out += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
  return out;
}

std::string base64(std::string_view bytes, std::size_t line) {
  constexpr std::string_view kSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = (three << 8) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += k <= count ? kSigns[(three >> (18 - 6 * k)) & 63u] : '=';
    column += 4;
    if (line > 0 && column >= line && i + 3 < bytes.size()) {
      out += "\r\n";
      column = 0;
    }
  }
  return out;
}

std::string encoded_subject(std::string_view text) {
  const std::u32string points = base::to_code_points(text);
  const bool plain =
      std::all_of(points.begin(), points.end(), [](char32_t c) { return c >= 0x20 && c < 0x7F; });
  if (plain && text.size() <= 60 && text.find("=?") == std::string_view::npos) return std::string(text);
  std::string out, piece;
  const auto flush = [&] {
    if (piece.empty()) return;
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(piece) + "?=");
    piece.clear();
  };
  for (const char32_t point : points) {
    const std::string sign = base::from_code_points(std::u32string_view(&point, 1));
    if (piece.size() + sign.size() > 45) flush();  // 60 signs in base64, and 12 around them
    piece += point < 0x20 || point == 0x7F ? " " : sign;
  }
  flush();
  return out;
}

std::string letter_text(const Letter& letter, base::Instant now) {
  const std::string host = letter.from.substr(letter.from.find('@') + 1);
  std::string out = "From: " + encoded_subject(letter.from_name) + " <" + letter.from + ">\r\n";
  out += "To: <" + letter.to + ">\r\n";
  out += "Subject: " + encoded_subject(letter.subject) + "\r\n";
  out += "Date: " + date_text(now) + "\r\n";
  out += "Message-ID: <" + letter.id + "@" + host + ">\r\n";
  if (!letter.end_at.empty()) {
    out += "List-Unsubscribe: <" + letter.end_at + ">\r\n";
    out += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  }
  out += "Auto-Submitted: auto-generated\r\n";
  out += "MIME-Version: 1.0\r\n";
  out += "Content-Type: text/plain; charset=UTF-8\r\n";
  out += "Content-Transfer-Encoding: base64\r\n\r\n";
  return out + base64(with_crlf(letter.text), 76) + "\r\n";
}

}  // namespace machi::channels
