// The exchange file: envelopes of one office as text, a line each, so that it survives any way that a file
// takes - a cable, a card, a message between two tablets side by side. Before them stands the head with the
// file's key (core/mail/apart.h): without it nothing is read. What is sealed stays sealed; an envelope's line
// that was damaged costs its own facts alone. Pure; any thread. BadInput for another file, TooLarge past a
// limit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace machi::shelter {

inline constexpr std::string_view kExchangeHead = "MACHI-SHELTER 1";
inline constexpr std::string_view kKindExchange = "shelter.exchange";  // an envelope in a file: Facts
inline constexpr std::size_t kExchangeBytes = 3u << 20;                // of the text
inline constexpr std::size_t kExchangeFacts = 150;                     // in an envelope

struct Exchange {
  base::Bytes head;
  std::vector<base::Bytes> envelopes;
  int damaged = 0;  // lines that could not be read
};
std::string write_exchange(const base::Bytes& head, const std::vector<base::Bytes>& envelopes);
base::Result<Exchange> read_exchange(std::string_view text);

}  // namespace machi::shelter
