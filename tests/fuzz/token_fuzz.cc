// Printed tokens and claims from strangers: as text, and, so that the depths are reached, as bytes that we
// wrap ourselves. Invariants: a token that is read has a map of claims and reads the same when printed again
// in either form; claims that are read are written and read again without changing.
#include "core/code/cwt.h"
#include "core/code/token_reader.h"
#include "tests/fuzz/frame.h"

using namespace machi;

namespace {

void check_token(const std::string& text) {
  const auto reading = code::read_token(text, crypto::SignPublic{});
  if (!reading.ok()) return;
  MACHI_CHECK(reading->claims.map() != nullptr);
  MACHI_CHECK(reading->signature != code::SignatureState::Holds);
  for (const std::string& printed : {code::to_token(reading->cose), code::to_fragment(reading->cose)}) {
    const auto again = code::read_token(printed);
    MACHI_CHECK(again.ok() && again->cose == reading->cose && again->claims == reading->claims);
  }
}

void check_claims(base::ByteView bytes) {
  const auto claims = code::decode_claims(bytes);
  if (!claims.ok()) return;
  (void)code::check_dates(*claims, base::Instant::from_seconds(1'800'000'000), 48 * 3600);
  const auto written = code::encode_claims(*claims);
  const auto again = code::decode_claims(written);
  MACHI_CHECK(again.ok() && code::encode_claims(*again) == written);
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  static const bool kReady = crypto::ready();
  MACHI_CHECK(kReady);
  const base::ByteView bytes = input;
  check_token(std::string(base::text_view(bytes)));
  check_token(code::to_token(bytes, "HC1:"));
  check_claims(bytes);
}
