// A shelter's poster: the symbol on its wall that a resident reads from inside the app to say "I am here". A
// token signed with a key that the directory names for the shelter office (DESIGN.md, Tokens; MESSAGES.md,
// The poster), so that nobody hangs up one of a place that is none. A photograph of it reads as well: what
// is said with it is counted apart. Values; any thread; pure.
#pragma once

#include "core/mail/feed.h"
#include "core/shelter/fact.h"

namespace machi::shelter {

inline constexpr std::string_view kPosterTyp = "machi-poster+cwt";
inline constexpr std::int64_t kPosterDays = 400;  // and 48 h of grace

struct Poster {
  mail::TownId town;
  base::MailboxId office;
  ShelterId shelter;
  std::string name;
  Instant issued, expires;
  bool operator==(const Poster&) const = default;
};

base::Bytes make_poster(const Poster& poster, const crypto::SignKey& pen);
// "h=" + base64url(zlib(poster)): a URL's fragment; and the poster out of one, a whole URL, or "MK1:" text.
std::string poster_fragment(base::ByteView cose);
Result<base::Bytes> poster_from_text(std::string_view text);
// The poster without any check.
Result<Poster> peek_poster(base::ByteView cose);
// BadInput | WrongPurpose | WrongTown | UnknownKey (another office, or not one of its keys) | BadSignature |
// Expired.
Result<Poster> read_poster(base::ByteView cose, const mail::Town& town, const mail::Office& office,
                           Instant now);

}  // namespace machi::shelter
