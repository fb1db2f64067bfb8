// Making and reading seals. Pure.
#include "core/certificate/seal.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/certificate/spelling.h"
#include "core/code/content.h"
#include "core/code/cwt.h"
#include "core/mail/town.h"

namespace machi::certificate {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;

constexpr std::string_view kTyp = "machi-seal+cwt";
constexpr std::int64_t kClaim = -70101;
constexpr int kMostSheets = 99;
constexpr std::array<std::string_view, 8> kTroubles = {
    "", "not-seal", "damaged", "newer", "unknown-key", "forged", "out-of-dates", "withdrawn"};

base::Instant start_of(Date day) { return base::instant_of(day, {}); }

Cbor encode_person(const SealPerson& person) {
  CborArray out{person.name, person.birth.days};
  if (person.cut) out.emplace_back(true);
  return Cbor(std::move(out));
}

Result<SealPerson> decode_person(const Cbor& value) {
  const auto* items = value.array();
  if (items == nullptr || items->size() < 2) return fail(Code::BadInput, "person");
  SealPerson out;
  MACHI_TRY_SET(name, (*items)[0].text());
  MACHI_TRY_SET(days, (*items)[1].integer());
  if (name.empty() || name.size() > kSealName || !signs_of(name).ok()) return fail(Code::BadInput, "name");
  if (days < -43829 || days > code::content::kLastDay) return fail(Code::BadInput, "birth");  // from 1850
  out.name = std::move(name);
  out.birth = Date{static_cast<std::int32_t>(days)};
  if (items->size() > 2) {
    MACHI_TRY_SET(cut, (*items)[2].boolean());
    out.cut = cut;
  }
  return out;
}

Result<Seal> decode_facts(const Cbor& map) {
  if (map.map() == nullptr) return fail(Code::BadInput, "seal");
  Seal seal;
  MACHI_TRY_SET(kind_value, map.at(1));
  MACHI_TRY_SET(kind, code::content::member(*kind_value, kLastKind));
  seal.kind = kind;
  MACHI_TRY_SET(number, map.text_at(2));
  const bool plain = std::all_of(number.begin(), number.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (number.empty() || number.size() > kNumberLimit || !plain) return fail(Code::BadInput, "number");
  seal.number = std::move(number);
  MACHI_TRY_SET(people, code::content::list_at<SealPerson>(map, 3, kSealPeople, decode_person));
  if (people.empty()) return fail(Code::BadInput, "people");
  seal.people = std::move(people);
  if (is_tax(seal.kind)) {
    MACHI_TRY_SET(year, map.integer_at(4));
    MACHI_TRY_SET(amount, map.integer_at(5));
    if (year < 1900 || year > 2200 || amount < 0) return fail(Code::BadInput, "tax");
    seal.year = static_cast<int>(year);
    seal.amount = amount;
  }
  MACHI_TRY_SET(sheet, map.integer_at(6));
  MACHI_TRY_SET(sheets, map.integer_at(7));
  MACHI_TRY_SET(leaf, map.integer_at(8));
  if (sheet < 1 || sheets < sheet || sheets > kMostSheets) return fail(Code::BadInput, "sheet");
  if (leaf < 0 || leaf > static_cast<std::int64_t>(kMostLeaves)) return fail(Code::BadInput, "leaf");
  seal.sheet = static_cast<int>(sheet);
  seal.sheets = static_cast<int>(sheets);
  seal.leaf = static_cast<std::uint64_t>(leaf);
  return seal;
}

Seal draft_of(const Facts& facts, std::span<const std::size_t> people) {
  Seal seal;
  seal.kind = facts.kind;
  seal.number = facts.number;
  seal.issued = facts.issued;
  for (const std::size_t index : people) seal.people.push_back(seal_person(facts.people[index]));
  if (facts.tax) {
    seal.year = facts.tax->year;
    seal.amount = facts.tax->amount;
  }
  return seal;
}

// The salt is nobody's guess without the key, and no accident of the moment either.
base::Array<16> salt_of(const Seal& unsalted, const crypto::Secret<32>& salts) {
  const auto hash = crypto::keyed_hash(salts, seal_payload(unsalted));
  base::Array<16> out{};
  std::copy_n(hash.begin(), out.size(), out.begin());
  return out;
}

SealReading with(SealTrouble trouble) {
  SealReading out;
  out.trouble = trouble;
  return out;
}

}  // namespace

SealPerson seal_person(const Person& person) {
  const auto head = head_of(person.name, kSealName);
  return {std::string(head), person.birth, head.size() != person.name.size()};
}

std::size_t seal_bytes(const Facts& facts, std::span<const std::size_t> people) {
  Seal seal = draft_of(facts, people);
  seal.sheet = seal.sheets = kMostSheets;
  seal.leaf = kMostLeaves;
  constexpr std::size_t kAround = 102;  // headers with typ and key id, lengths, signature
  return seal_payload(seal).size() + kAround;
}

crypto::Secret<32> salt_key(const crypto::SignKey& key) { return crypto::derive(key.seed, 1, "MKsealsl"); }

Result<std::vector<Seal>> seals_of(const Facts& facts, std::span<const std::vector<std::size_t>> sheets,
                                   std::uint64_t first, const crypto::SignKey& key) {
  return seals_of(facts, sheets, first, salt_key(key));
}

Result<std::vector<Seal>> seals_of(const Facts& facts, std::span<const std::vector<std::size_t>> sheets,
                                   std::uint64_t first, const crypto::Secret<32>& salts) {
  if (sheets.empty() || sheets.size() > static_cast<std::size_t>(kMostSheets))
    return fail(Code::TooLarge, "sheets");
  if (first + sheets.size() > kMostLeaves) return fail(Code::TooLarge, "the log is full");
  std::vector<Seal> out;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    if (sheets[i].empty() || sheets[i].size() > kSealPeople) return fail(Code::BadInput, "people of a sheet");
    for (const std::size_t person : sheets[i])
      if (person >= facts.people.size()) return fail(Code::BadInput, "people of a sheet");
    if (seal_bytes(facts, sheets[i]) > kSealBytes) return fail(Code::TooLarge, "seal");
    Seal seal = draft_of(facts, sheets[i]);
    seal.sheet = static_cast<int>(i) + 1;
    seal.sheets = static_cast<int>(sheets.size());
    seal.leaf = first + i;
    seal.salt = salt_of(seal, salts);
    out.push_back(std::move(seal));
  }
  return out;
}

Bytes seal_payload(const Seal& seal) {
  CborArray people;
  for (const SealPerson& person : seal.people) people.push_back(encode_person(person));
  CborMap facts{{1, static_cast<int>(seal.kind)},
                {2, seal.number},
                {3, std::move(people)},
                {6, seal.sheet},
                {7, seal.sheets},
                {8, seal.leaf}};
  if (seal.year) facts.emplace_back(4, *seal.year);
  if (seal.amount) facts.emplace_back(5, *seal.amount);
  code::Claims claims;
  claims.issued = start_of(seal.issued);
  claims.id = base::copy(seal.salt);
  claims.more = {{kClaim, Cbor(std::move(facts))}};
  return code::encode_claims(claims);
}

Result<Seal> decode_seal(ByteView payload) {
  MACHI_TRY_SET(claims, code::decode_claims(payload));
  if (!claims.issued) return fail(Code::BadInput, "seal date");
  const Date issued = base::date_of(*claims.issued);
  if (start_of(issued) != *claims.issued || issued.days < 0 || issued.days > code::content::kLastDay)
    return fail(Code::BadInput, "seal date");
  MACHI_TRY_SET(salt, base::fixed<16>(claims.id));
  const Cbor more{CborMap(claims.more)};
  MACHI_TRY_SET(facts, more.at(kClaim));
  MACHI_TRY_SET(seal, decode_facts(*facts));
  seal.issued = issued;
  seal.salt = salt;
  return seal;
}

Bytes make_seal(const Seal& seal, const crypto::SignKey& key) {
  return code::sign1(key, kTyp, seal_payload(seal), mail::key_id(key.open));
}

std::string seal_text(ByteView cose) { return code::to_token(cose); }

std::string_view name_of(SealTrouble trouble) { return kTroubles[static_cast<std::size_t>(trouble)]; }

SealReading read_seal(std::string_view text, std::span<const SealKey> keys, const Withdrawals* withdrawn) {
  const std::string trimmed = base::trimmed(text);
  if (!trimmed.starts_with(code::kTokenPrefix)) return with(SealTrouble::NotSeal);
  const auto cose = code::from_token(trimmed);
  if (!cose.ok()) return with(SealTrouble::Damaged);
  const auto sign1 = code::parse_sign1(*cose);
  if (!sign1.ok()) return with(SealTrouble::Damaged);
  if (sign1->typ() != kTyp) return with(SealTrouble::NotSeal);
  // Key ids may collide: every key that has it is tried.
  const SealKey* signer = nullptr;
  bool named = false;
  for (const SealKey& key : keys) {
    if (!base::equal(sign1->kid(), mail::key_id(key.key))) continue;
    named = true;
    if (code::verify_sign1(*sign1, kTyp, key.key).ok()) signer = &key;
  }
  if (signer == nullptr) return with(named ? SealTrouble::Forged : SealTrouble::UnknownKey);
  auto seal = decode_seal(sign1->payload);
  if (!seal.ok()) return with(seal.code() == Code::Unsupported ? SealTrouble::Newer : SealTrouble::Damaged);
  SealReading out;
  out.leaf = leaf_hash(sign1->payload);
  const auto day = [](base::Instant at) { return base::date_of(at); };
  out.trouble = seal->issued < day(signer->from) || seal->issued > day(signer->to) ? SealTrouble::OutOfDates
                                                                                   : SealTrouble::None;
  if (withdrawn != nullptr) {
    out.withdrawn = withdrawn->day_of(seal->leaf);
    if (out.withdrawn) out.trouble = SealTrouble::Withdrawn;
  }
  out.seal = std::move(*seal);
  return out;
}

}  // namespace machi::certificate
