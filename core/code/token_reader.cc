// From printed text to claims, step by step, without believing any of it. Pure; any thread; BadInput or
// TooLarge.
#include "core/code/token_reader.h"

#include "core/base/text.h"
#include "core/code/cwt.h"

namespace machi::code {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kPrefixSigns = 4;
constexpr std::size_t kTextLimit = kTokenLimit * 2 + 2048;  // a URL may stand in front of a fragment

// A context identifier: three capital letters or digits and a colon.
bool has_prefix(std::string_view text) {
  if (text.size() < kPrefixSigns || text[kPrefixSigns - 1] != ':') return false;
  for (const char c : text.substr(0, kPrefixSigns - 1))
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
  return true;
}

// The forms that a text may have, likeliest first: without a prefix, some texts are both Base45 and
// base64url.
std::vector<TokenForm> possible_forms(std::string_view text) {
  if (text.find('#') != std::string_view::npos) return {TokenForm::Fragment};
  if (has_prefix(text)) return {TokenForm::Prefixed, TokenForm::Base45};
  return {TokenForm::Base45, TokenForm::Fragment};
}

Result<Bytes> unwrap(std::string_view text, TokenForm form) {
  switch (form) {
    case TokenForm::Prefixed:
      return from_token(text, text.substr(0, kPrefixSigns));
    case TokenForm::Base45:
      return from_token(text, "");
    case TokenForm::Fragment:
      return from_fragment(text.substr(text.find('#') + 1));  // the whole text when there is none
  }
  return fail(Code::BadInput, "form");
}

Result<TokenReading> read_as(std::string_view text, TokenForm form) {
  MACHI_TRY_SET(cose, unwrap(text, form));
  MACHI_TRY_SET(sign1, parse_sign1(cose, true));
  MACHI_TRY_SET(claims, decode_lenient(sign1.payload));
  if (claims.map() == nullptr) return fail(Code::BadInput, "claims");
  TokenReading reading;
  reading.form = form;
  if (form == TokenForm::Prefixed) reading.prefix = std::string(text.substr(0, kPrefixSigns));
  reading.cose = std::move(cose);
  reading.sign1 = std::move(sign1);
  reading.claims = std::move(claims);
  return reading;
}

}  // namespace

std::optional<std::int64_t> stated_algorithm(const Sign1& sign1) {
  constexpr std::int64_t kLabelAlg = 1;
  if (sign1.protected_headers.find(kLabelAlg) != nullptr) return sign1.algorithm();
  const auto open = sign1.unprotected_headers.integer_at(kLabelAlg);
  return open.ok() ? std::optional(*open) : std::nullopt;
}

SignatureState check_signature(const Sign1& sign1, const crypto::SignPublic& key) {
  if (stated_algorithm(sign1) != kAlgEdDsa || sign1.has_critical()) return SignatureState::KeyUnknown;
  return crypto::verify(key, sign1.to_be_signed(), sign1.signature) ? SignatureState::Holds
                                                                    : SignatureState::Fails;
}

Result<TokenReading> read_token(std::string_view text, const std::optional<crypto::SignPublic>& key) {
  if (text.size() > kTextLimit) return fail(Code::TooLarge, "token text");
  const std::string bare = base::trimmed(text);
  std::optional<base::Error> first;
  for (const TokenForm form : possible_forms(bare)) {
    Result<TokenReading> reading = read_as(bare, form);
    if (reading.ok()) {
      if (key.has_value()) reading->signature = check_signature(reading->sign1, *key);
      return reading;
    }
    if (!first.has_value()) first = reading.error();
  }
  return *first;
}

}  // namespace machi::code
