// The seal on each sheet: a signed token with the decisive facts in clear, to be compared with the paper by
// whoever holds it (CERTIFICATE.md). At most 300 bytes and four people; no expiry, as paper has none. Its
// signed payload is the leaf of the log of issues, and is salted. Values; any thread; pure.
#pragma once

#include <span>

#include "core/certificate/certificate.h"
#include "core/certificate/log_objects.h"
#include "core/crypto/keys.h"

namespace machi::certificate {

inline constexpr std::size_t kSealBytes = 300;
inline constexpr std::size_t kSealPeople = 4;
inline constexpr std::size_t kSealName = 96;  // bytes of a name; a longer one is cut and marked so
inline constexpr std::uint64_t kMostLeaves = 0xFFFFFFFF;

struct SealPerson {
  std::string name;
  Date birth;
  bool cut = false;  // the paper's name goes on
  bool operator==(const SealPerson&) const = default;
};

struct Seal {
  Kind kind = Kind::ResidentRecord;
  std::string number;
  Date issued;
  std::vector<SealPerson> people;  // those on this sheet
  std::optional<int> year;         // tax certificates: fiscal year and the decisive amount
  std::optional<std::int64_t> amount;
  int sheet = 1, sheets = 1;
  std::uint64_t leaf = 0;  // its place in the log
  base::Array<16> salt{};
  bool operator==(const Seal&) const = default;
};

SealPerson seal_person(const Person& person);
// The most bytes that a seal of these people takes, whatever its leaf and sheet: what a sheet is filled by.
std::size_t seal_bytes(const Facts& facts, std::span<const std::size_t> people);
// The seals of a certificate whose sheets name these people (indices), from leaf `first` on. The salts come
// of the key and the facts, so that the same issue has the same bytes. BadInput, TooLarge.
Result<std::vector<Seal>> seals_of(const Facts& facts, std::span<const std::vector<std::size_t>> sheets,
                                   std::uint64_t first, const crypto::SignKey& key);
// The same for whoever fills seals in and must not sign them: the salts' key says nothing of the signing one.
crypto::Secret<32> salt_key(const crypto::SignKey& key);
Result<std::vector<Seal>> seals_of(const Facts& facts, std::span<const std::vector<std::size_t>> sheets,
                                   std::uint64_t first, const crypto::Secret<32>& salts);

Bytes seal_payload(const Seal& seal);  // what is signed; its leaf_hash is in the log
Result<Seal> decode_seal(ByteView payload);
Bytes make_seal(const Seal& seal, const crypto::SignKey& key);  // COSE_Sign1
std::string seal_text(ByteView cose);                           // "MK1:...", as the symbol holds it

// A key that signs seals, or once did: what it signed with a date in between holds for ever.
struct SealKey {
  crypto::SignPublic key;
  base::Instant from;
  base::Instant to;
};

enum class SealTrouble {
  None,
  NotSeal,     // another symbol or token
  Damaged,     // a part is missing or wrong
  Newer,       // a form that this program does not know
  UnknownKey,  // signed by nobody on the list: of another town, or invented
  Forged,      // names a key of the list, which did not sign it
  OutOfDates,  // the key was not in use on the day that the seal names
  Withdrawn,   // issued, and taken back since
};
std::string_view name_of(SealTrouble trouble);  // "not-seal", ...

struct SealReading {
  SealTrouble trouble = SealTrouble::NotSeal;
  std::optional<Seal> seal;  // with None, OutOfDates and Withdrawn: its facts are really the signer's
  std::optional<Date> withdrawn;
  Hash leaf{};  // with a seal: to ask the log for
};
// From the text of a symbol. `withdrawn` may be null: then nothing is known of it.
SealReading read_seal(std::string_view text, std::span<const SealKey> keys, const Withdrawals* withdrawn);

}  // namespace machi::certificate
