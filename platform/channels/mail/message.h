// An e-mail as it goes over the wire: its address checked, its subject in encoded words (RFC 2047), its text
// in base64, and how to end it with one click (RFC 2369, RFC 8058). Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/base/time.h"

namespace machi::channels {

// As it is written to an SMTP server: "a..b.@docomo.ne.jp", as carriers once gave them, is quoted. BadInput
// for a line feed, a space, a sign that is none of ASCII's, for no host or several; TooLarge past 254 signs.
base::Result<std::string> read_address(std::string_view typed);

// Words of at most 75 signs, none cut within a letter; ASCII stays as it is. No line end comes through.
std::string encoded_subject(std::string_view text);
std::string base64(std::string_view bytes, std::size_t line = 0);

struct Letter {
  std::string from, from_name, to, subject, text;
  std::string id;      // left of the @ of its Message-ID
  std::string end_at;  // https: where one click ends it; "" for a letter that was asked for just now
};
// Lines end with CR LF.
std::string letter_text(const Letter& letter, base::Instant now);

}  // namespace machi::channels
