// Reads any CWT in a COSE_Sign1 that was printed as text: ours, a health certificate's, or another town's.
// For programs that show a token; what acts on one uses verify_sign1, which insists on a purpose. Any thread;
// pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/code/cose.h"

namespace machi::code {

enum class TokenForm {
  Prefixed,  // three signs and a colon, then Base45 of the zlib stream
  Base45,    // the same without a prefix
  Fragment,  // base64url of the zlib stream, alone or behind the # of a URL
};

enum class SignatureState {
  Holds,
  Fails,
  KeyUnknown,  // no key was given, or it is of another algorithm than the token's
};

struct TokenReading {
  TokenForm form = TokenForm::Prefixed;
  std::string prefix;  // "MK1:", "HC1:", ...; empty for the other forms
  Bytes cose;          // the bytes of the COSE_Sign1 as they were printed
  Sign1 sign1;         // headers protected and unprotected, payload, signature
  Cbor claims;         // the payload, a map
  SignatureState signature = SignatureState::KeyUnknown;
};

// The algorithm that a token says it is signed with; unlike Sign1::algorithm also where it is not protected,
// as the key decides what it is used for. Nothing when there is none.
std::optional<std::int64_t> stated_algorithm(const Sign1& sign1);

// The signature's state under an Ed25519 key. KeyUnknown for a token of another algorithm, or with a critical
// header, which nobody here can honour.
SignatureState check_signature(const Sign1& sign1, const crypto::SignPublic& key);

// White space around the text is dropped; the form is the first of the three that decodes. BadInput or
// TooLarge when the text cannot be decoded down to the claims; a signature that fails is no such case.
Result<TokenReading> read_token(std::string_view text, const std::optional<crypto::SignPublic>& key = {});

}  // namespace machi::code
