// Slips, their printed and looked-up forms, and applications. Pure.
#include "core/mail/slip.h"

#include <algorithm>

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::int64_t kClaimCode = -70001;
constexpr std::int64_t kClaimOffice = -70002;
constexpr std::int64_t kClaimOfficeName = -70003;
constexpr std::int64_t kGraceSeconds = 48 * 3600;
constexpr std::string_view kFragmentKey = "s=";

crypto::Secret<32> slip_secret(const SlipCode& code) {
  Bytes named = base::copy(base::view("machi-slip"));
  named.insert(named.end(), code.begin(), code.end());
  crypto::Secret<32> secret(crypto::hash(named));
  crypto::wipe(named);
  return secret;
}

crypto::Secret<32> slip_lock(const SlipCode& code) {
  return crypto::derive(slip_secret(code), 2, "MKsliplk");
}

Result<Slip> slip_of(const code::Claims& claims) {
  Slip slip;
  MACHI_TRY_SET(town, TownId::from_hex_text(claims.issuer));
  slip.town = town;
  const Cbor more{code::CborMap(claims.more)};
  MACHI_TRY_SET(code, more.fixed_at<10>(kClaimCode));
  slip.code = code;
  MACHI_TRY_SET(office, more.bytes_at(kClaimOffice));
  MACHI_TRY_SET(office_id, MailboxId::from(office));
  slip.office = office_id;
  MACHI_TRY_SET(name, more.text_at(kClaimOfficeName));
  slip.office_name = name;
  if (!claims.expires || !claims.issued) return fail(Code::BadInput, "slip dates");
  slip.issued = *claims.issued;
  slip.expires = *claims.expires;
  if (!base::equal(claims.id, slip_id(slip.code).view())) return fail(Code::BadInput, "slip id");
  return slip;
}

}  // namespace

SlipId slip_id(const SlipCode& code) {
  const auto derived = crypto::derive(slip_secret(code), 1, "MKslipid");
  SlipId id;
  std::copy_n(derived.bytes().begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::string print_code(const SlipCode& code) {
  const std::string signs = base::to_crockford(code);
  std::string out;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (i != 0 && i % 4 == 0) out += '-';
    out += signs[i];
  }
  return out;
}

Result<SlipCode> parse_code(std::string_view text) {
  MACHI_TRY_SET(raw, base::from_crockford(text));
  return base::fixed<10>(raw);
}

Bytes make_slip(const Slip& slip, const SignKey& pen) {
  code::Claims claims;
  claims.issuer = slip.town.hex();
  claims.expires = slip.expires;
  claims.issued = slip.issued;
  claims.id = base::copy(slip_id(slip.code).view());
  claims.more = {
      {kClaimCode, slip.code}, {kClaimOffice, slip.office.view()}, {kClaimOfficeName, slip.office_name}};
  return code::sign1(pen, typ::kSlip, code::encode_claims(claims), key_id(pen.open));
}

Result<Slip> read_slip(ByteView cose, const Town& town, const Office& office, Instant now) {
  MACHI_TRY_SET(peeked, peek_slip(cose));
  if (peeked.town != town.id) return fail(Code::WrongTown, "slip");
  if (peeked.office != office.mailbox) return fail(Code::UnknownKey, "another office's slip");
  MACHI_TRY(code::verify_sign1(cose, typ::kSlip, [&](const code::Sign1& sign1) -> std::optional<SignPublic> {
    for (const SignPublic& key : office.slip_keys)
      if (base::equal(sign1.kid(), key_id(key))) return key;
    return std::nullopt;
  }));
  if (now > peeked.expires.plus_seconds(kGraceSeconds)) return fail(Code::Expired, "slip");
  return peeked;
}

Result<Slip> peek_slip(ByteView cose) {
  MACHI_TRY_SET(sign1, code::parse_sign1(cose));
  if (sign1.typ() != typ::kSlip) return fail(Code::WrongPurpose, "slip");
  MACHI_TRY_SET(claims, code::decode_claims(sign1.payload));
  return slip_of(claims);
}

std::string slip_fragment(ByteView cose) { return std::string(kFragmentKey) + code::to_fragment(cose); }

Result<Bytes> slip_from_text(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.remove_suffix(1);
  if (text.starts_with(code::kTokenPrefix)) return code::from_token(text);
  if (const auto mark = text.find('#'); mark != std::string_view::npos) text.remove_prefix(mark + 1);
  if (!text.starts_with(kFragmentKey)) return fail(Code::BadInput, "no slip");
  return code::from_fragment(text.substr(kFragmentKey.size()));
}

Bytes make_slip_record(base::Entropy& entropy, const MailboxId& office, const SlipCode& code, ByteView slip,
                       Instant to, const SignKey& author) {
  const Bytes locked = crypto::lock(entropy, slip_lock(code), slip);
  return code::sign1(author, typ::kSlipRecord,
                     code::encode(Cbor::map({{1, office.view()},
                                             {2, slip_id(code).view()},
                                             {3, ByteView(locked)},
                                             {4, to.seconds()},
                                             {5, author.open.bytes}})));
}

Result<SlipRecord> read_slip_record(ByteView bytes) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(office, map.bytes_at(1));
  MACHI_TRY_SET(office_id, MailboxId::from(office));
  MACHI_TRY_SET(id, map.bytes_at(2));
  MACHI_TRY_SET(slip, SlipId::from(id));
  MACHI_TRY_SET(locked, map.bytes_at(3));
  MACHI_TRY_SET(to, map.integer_at(4));
  MACHI_TRY_SET(author, map.fixed_at<32>(5));
  if (locked.size() > 2048) return fail(Code::TooLarge, "slip record");
  MACHI_TRY(code::verify_sign1(bytes, typ::kSlipRecord, SignPublic{author}));
  return SlipRecord{office_id, slip, base::copy(locked), Instant::from_seconds(to), SignPublic{author}};
}

Result<Bytes> unlock_slip(const SlipCode& code, ByteView locked) {
  return crypto::unlock(slip_lock(code), locked);
}

Cbor encode_application(const Application& a) {
  return Cbor::map({{1, a.slip.view()},
                    {2, a.code},
                    {3, a.guardian},
                    {4, static_cast<std::int64_t>(a.birth.days)},
                    {5, a.digits},
                    {6, a.person.view()},
                    {7, a.epoch},
                    {8, a.epoch_key.bytes},
                    {9, a.language}});
}

Result<Application> decode_application(const Cbor& map) {
  Application a;
  MACHI_TRY_SET(slip, map.bytes_at(1));
  MACHI_TRY_SET(slip_id_value, SlipId::from(slip));
  MACHI_TRY_SET(code, map.fixed_at<10>(2));
  MACHI_TRY_SET(guardian, map.text_at(3));
  MACHI_TRY_SET(birth, map.integer_at(4));
  MACHI_TRY_SET(digits, map.text_at(5));
  MACHI_TRY_SET(person, map.bytes_at(6));
  MACHI_TRY_SET(person_id, MailboxId::from(person));
  MACHI_TRY_SET(epoch, map.integer_at(7));
  MACHI_TRY_SET(epoch_key, map.fixed_at<32>(8));
  MACHI_TRY_SET(language, map.text_at(9));
  if (guardian.empty() || guardian.size() > 400 || digits.size() > 16 || language.size() > 32 || epoch < 1 ||
      birth < -40000 || birth > 60000)
    return fail(Code::BadInput, "application");
  if (slip_id_value != slip_id(code)) return fail(Code::BadInput, "slip id");
  if (!crypto::is_sound(SealPublic{epoch_key})) return fail(Code::BadInput, "epoch key");
  return Application{slip_id_value,
                     code,
                     guardian,
                     base::Date{static_cast<std::int32_t>(birth)},
                     digits,
                     person_id,
                     static_cast<std::uint64_t>(epoch),
                     SealPublic{epoch_key},
                     language};
}

}  // namespace machi::mail
