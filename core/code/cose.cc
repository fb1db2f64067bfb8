// COSE_Sign1 (RFC 9052 sections 4.2 and 4.4): written with EdDSA, read in a strict form (ours) and a lenient
// one. Pure; any thread; BadInput, WrongPurpose, UnknownKey, BadSignature, or Unsupported for critical
// headers.
#include "core/code/cose.h"

#include <set>

namespace machi::code {
namespace {

using base::Code;
using base::fail;

constexpr std::int64_t kLabelAlg = 1;
constexpr std::int64_t kLabelCrit = 2;
constexpr std::int64_t kLabelKid = 4;
constexpr std::int64_t kLabelTyp = 16;
constexpr std::uint64_t kTagSign1 = 18;
constexpr std::uint64_t kTagCwt = 61;
constexpr std::size_t kEdDsaBytes = 64;

// The array inside the tags that this form allows.
Result<const CborArray*> sign1_array(const Cbor& outer, bool lenient) {
  const Cbor* inner = &outer;
  const CborTag* tag = inner->tag();
  if (lenient && tag != nullptr && tag->number == kTagCwt) {
    inner = &tag->content;
    tag = inner->tag();
  }
  if (tag != nullptr && tag->number == kTagSign1) {
    inner = &tag->content;
  } else if (!lenient) {
    return fail(Code::BadInput, "no COSE_Sign1 tag");
  }
  const CborArray* items = inner->array();
  if (items == nullptr || items->size() != 4) return fail(Code::BadInput, "no COSE_Sign1");
  return items;
}

// Protected headers: a byte string around a map; an empty map is written as no bytes at all (section 3).
Result<Cbor> protected_map(ByteView bytes, bool lenient) {
  if (bytes.empty()) return Cbor(CborMap{});
  MACHI_TRY_SET(headers, lenient ? decode_lenient(bytes) : decode(bytes));
  if (headers.map() == nullptr) return fail(Code::BadInput, "protected headers");
  if (!lenient && headers.map()->empty()) return fail(Code::BadInput, "empty protected headers");
  return headers;
}

// Labels are integers or text, and none stands in both maps. Sorted, so that many labels cost no more than
// they weigh.
base::Status check_labels(const Sign1& sign1, bool lenient) {
  std::set<Bytes> seen;
  for (const Cbor* headers : {&sign1.protected_headers, &sign1.unprotected_headers})
    for (const CborPair& pair : *headers->map()) {
      if (!pair.first.integer().ok() && !pair.first.text().ok()) return fail(Code::BadInput, "header label");
      if (!seen.insert(encode(pair.first)).second && !lenient) return fail(Code::BadInput, "label twice");
    }
  return {};
}

base::Status check_purpose(const Sign1& sign1, std::string_view typ) {
  if (sign1.has_critical()) return fail(Code::Unsupported, "critical header");
  if (sign1.algorithm() != kAlgEdDsa) return fail(Code::Unsupported, "algorithm");
  if (!sign1.unprotected_headers.map()->empty()) return fail(Code::BadInput, "unprotected headers");
  if (typ.empty() || sign1.typ() != typ) return fail(Code::WrongPurpose, "typ");
  return {};
}

}  // namespace

std::optional<std::int64_t> Sign1::algorithm() const {
  const auto found = protected_headers.integer_at(kLabelAlg);
  return found.ok() ? std::optional(*found) : std::nullopt;
}

Bytes Sign1::kid() const {
  for (const Cbor* headers : {&protected_headers, &unprotected_headers})
    if (const auto found = headers->bytes_at(kLabelKid); found.ok()) return base::copy(*found);
  return {};
}

std::string Sign1::typ() const {
  const auto found = protected_headers.text_at(kLabelTyp);
  return found.ok() ? *found : std::string();
}

bool Sign1::has_critical() const { return protected_headers.find(kLabelCrit) != nullptr; }

namespace {

// Head and content of a byte string (RFC 8949 section 3), without a copy in between.
void append_bytes(Bytes& out, ByteView bytes) {
  const std::uint64_t n = bytes.size();
  const int more = n < 24 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : n < 0x100000000 ? 4 : 8;
  out.push_back(static_cast<std::uint8_t>(0x40 | (more == 0 ? n
                                                            : static_cast<std::uint64_t>(more == 1   ? 24
                                                                                         : more == 2 ? 25
                                                                                         : more == 4 ? 26
                                                                                                     : 27))));
  for (int i = more - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(n >> (8 * i)));
  out.insert(out.end(), bytes.begin(), bytes.end());
}

}  // namespace

// Sig_structure (RFC 9052 section 4.4): an array of four, the context's name, three byte strings.
Bytes Sign1::to_be_signed(ByteView external_aad) const {
  static constexpr std::string_view kHead = "\x84\x6aSignature1";
  const bool no_headers = protected_headers.map() != nullptr && protected_headers.map()->empty();
  Bytes out;
  out.reserve(kHead.size() + protected_bytes.size() + external_aad.size() + payload.size() + 27);
  out.insert(out.end(), kHead.begin(), kHead.end());
  append_bytes(out, no_headers ? ByteView() : ByteView(protected_bytes));
  append_bytes(out, external_aad);
  append_bytes(out, payload);
  return out;
}

Bytes sign1(const crypto::SignKey& key, std::string_view typ, ByteView payload, ByteView kid) {
  CborMap headers{{kLabelAlg, kAlgEdDsa}, {kLabelTyp, typ}};
  if (!kid.empty()) headers.emplace_back(kLabelKid, kid);
  Sign1 made;
  made.protected_headers = Cbor(std::move(headers));
  made.protected_bytes = encode(made.protected_headers);
  made.payload = base::copy(payload);
  const crypto::Signature signature = crypto::sign(key, made.to_be_signed());
  return encode(Cbor::tag(kTagSign1, Cbor::array({Cbor(std::move(made.protected_bytes)), Cbor(CborMap{}),
                                                  Cbor(std::move(made.payload)), Cbor(signature)})));
}

Result<Sign1> parse_sign1(ByteView bytes, bool lenient) {
  MACHI_TRY_SET(outer, lenient ? decode_lenient(bytes) : decode(bytes));
  MACHI_TRY_SET(items, sign1_array(outer, lenient));
  MACHI_TRY_SET(closed, (*items)[0].bytes());
  MACHI_TRY_SET(payload, (*items)[2].bytes());
  MACHI_TRY_SET(signature, (*items)[3].bytes());
  MACHI_TRY_SET(headers, protected_map(closed, lenient));
  if ((*items)[1].map() == nullptr) return fail(Code::BadInput, "unprotected headers");
  Sign1 found{base::copy(closed), std::move(headers), (*items)[1], base::copy(payload),
              base::copy(signature)};
  MACHI_TRY(check_labels(found, lenient));
  return found;
}

Result<Sign1> verify_sign1(ByteView bytes, std::string_view typ, const crypto::SignPublic& key) {
  return verify_sign1(bytes, typ, [&key](const Sign1&) { return std::optional(key); });
}

base::Status verify_sign1(const Sign1& parsed, std::string_view typ, const crypto::SignPublic& key) {
  MACHI_TRY(check_purpose(parsed, typ));
  if (parsed.signature.size() != kEdDsaBytes) return fail(Code::BadInput, "signature length");
  if (!crypto::verify(key, parsed.to_be_signed(), parsed.signature)) return fail(Code::BadSignature);
  return {};
}

Result<Sign1> verify_sign1(ByteView bytes, std::string_view typ, const KeyLookup& find) {
  MACHI_TRY_SET(found, parse_sign1(bytes));
  MACHI_TRY(check_purpose(found, typ));
  if (found.signature.size() != kEdDsaBytes) return fail(Code::BadInput, "signature length");
  const std::optional<crypto::SignPublic> key = find(found);
  if (!key.has_value()) return fail(Code::UnknownKey);
  MACHI_TRY(verify_sign1(found, typ, *key));
  return found;
}

}  // namespace machi::code
