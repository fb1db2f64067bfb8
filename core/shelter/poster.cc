// The poster as CWT claims inside a COSE_Sign1, like an enrolment slip. Pure.
#include "core/shelter/poster.h"

#include "core/base/text.h"
#include "core/code/cwt.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::int64_t kClaimOffice = -70002;
constexpr std::int64_t kClaimName = -70003;
constexpr std::int64_t kGraceSeconds = 48 * 3600;
constexpr std::size_t kTextLimit = 4096;
constexpr std::size_t kNameLimit = 60;  // characters
constexpr std::string_view kFragmentKey = "h=";

Result<Poster> poster_of(const code::Claims& claims) {
  Poster poster;
  MACHI_TRY_SET(town, mail::TownId::from_hex_text(claims.issuer));
  poster.town = town;
  MACHI_TRY_SET(shelter, ShelterId::from(claims.id));
  poster.shelter = shelter;
  const Cbor more{code::CborMap(claims.more)};
  MACHI_TRY_SET(office, more.bytes_at(kClaimOffice));
  MACHI_TRY_SET(office_id, base::MailboxId::from(office));
  poster.office = office_id;
  MACHI_TRY_SET(name, more.text_at(kClaimName));
  poster.name = household::cleaned(name, kNameLimit);
  if (poster.name.empty() || poster.shelter.is_zero()) return fail(Code::BadInput, "poster");
  if (!claims.expires || !claims.issued) return fail(Code::BadInput, "poster dates");
  poster.issued = *claims.issued;
  poster.expires = *claims.expires;
  return poster;
}

}  // namespace

base::Bytes make_poster(const Poster& poster, const crypto::SignKey& pen) {
  code::Claims claims;
  claims.issuer = poster.town.hex();
  claims.expires = poster.expires;
  claims.issued = poster.issued;
  claims.id = base::copy(poster.shelter.view());
  claims.more = {{kClaimOffice, poster.office.view()}, {kClaimName, poster.name}};
  return code::sign1(pen, kPosterTyp, code::encode_claims(claims), mail::key_id(pen.open));
}

std::string poster_fragment(base::ByteView cose) {
  return std::string(kFragmentKey) + code::to_fragment(cose);
}

Result<base::Bytes> poster_from_text(std::string_view text) {
  if (text.size() > kTextLimit) return fail(Code::BadInput, "no poster");
  const std::string typed = base::trimmed(text);
  std::string_view rest = typed;
  if (rest.starts_with(code::kTokenPrefix)) return code::from_token(rest);
  if (const auto mark = rest.find('#'); mark != std::string_view::npos) rest.remove_prefix(mark + 1);
  if (!rest.starts_with(kFragmentKey)) return fail(Code::BadInput, "no poster");
  return code::from_fragment(rest.substr(kFragmentKey.size()));
}

Result<Poster> peek_poster(base::ByteView cose) {
  MACHI_TRY_SET(sign1, code::parse_sign1(cose));
  if (sign1.typ() != kPosterTyp) return fail(Code::WrongPurpose, "poster");
  MACHI_TRY_SET(claims, code::decode_claims(sign1.payload));
  return poster_of(claims);
}

Result<Poster> read_poster(base::ByteView cose, const mail::Town& town, const mail::Office& office,
                           Instant now) {
  MACHI_TRY_SET(poster, peek_poster(cose));
  if (poster.town != town.id) return fail(Code::WrongTown, "poster");
  if (poster.office != office.mailbox) return fail(Code::UnknownKey, "another office's poster");
  MACHI_TRY(code::verify_sign1(cose, kPosterTyp,
                               [&](const code::Sign1& sign1) -> std::optional<crypto::SignPublic> {
                                 for (const crypto::SignPublic& key : office.slip_keys)
                                   if (base::equal(sign1.kid(), mail::key_id(key))) return key;
                                 return std::nullopt;
                               }));
  if (now > poster.expires.plus_seconds(kGraceSeconds)) return fail(Code::Expired, "poster");
  return poster;
}

}  // namespace machi::shelter
