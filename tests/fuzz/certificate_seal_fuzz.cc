// Seals, the log's signed objects and its proofs: the input as the text of a symbol, as a payload that we
// sign, as a proof. Invariants: what is read is written and read again as the same; no proof of random bytes
// holds; names are split and cut without loss.
#include <algorithm>

#include "core/certificate/seal.h"
#include "core/certificate/spelling.h"
#include "core/mail/town.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/keys.h"

using namespace machi;

namespace {

const certificate::TownId kTown{base::Array<16>{1}};

std::span<const certificate::SealKey> keys() {
  static const certificate::SealKey kKey{fuzz::key().open, {0}, base::Instant::from_seconds(7000000000)};
  return {&kKey, 1};
}

void check_payload(base::ByteView input) {
  const auto seal = certificate::decode_seal(input);
  const auto cose = code::sign1(fuzz::key(), "machi-seal+cwt", input, mail::key_id(fuzz::key().open));
  const auto reading = certificate::read_seal(certificate::seal_text(cose), keys(), nullptr);
  MACHI_CHECK(reading.seal.has_value() == seal.ok());
  if (!seal.ok()) return;
  const auto again = certificate::decode_seal(certificate::seal_payload(*seal));
  MACHI_CHECK(again.ok() && *again == *seal);
}

void check_log(base::ByteView input) {
  const auto head = code::sign1(fuzz::key(), "machi-log-head+cose", input);
  if (const auto read = certificate::read_log_head(head, kTown, fuzz::key().open); read.ok())
    MACHI_CHECK(*certificate::read_log_head(certificate::make_log_head(*read, fuzz::key()), kTown,
                                            fuzz::key().open) == *read);
  const auto list = code::sign1(fuzz::key(), "machi-withdrawn+cose", input);
  if (const auto read = certificate::read_withdrawals(list, kTown, fuzz::key().open); read.ok())
    MACHI_CHECK(*certificate::read_withdrawals(certificate::make_withdrawals(*read, fuzz::key()), kTown,
                                               fuzz::key().open) == *read);
}

void check_proof(base::ByteView input) {
  if (input.size() < 2) return;
  certificate::Proof proof;
  for (std::size_t at = 2; at + 32 <= input.size() && proof.size() < 70; at += 32)
    proof.push_back(*base::fixed<32>(input.subspan(at, 32)));
  const certificate::Hash root = certificate::leaf_hash(base::view("root"));
  MACHI_CHECK(!certificate::proves_inclusion(certificate::leaf_hash(input), input[0], input[1], proof, root));
  const certificate::Hash older = certificate::leaf_hash(base::view("older"));
  MACHI_CHECK(!certificate::proves_consistency(input[0], older, input[1], root, proof));
}

void check_name(std::string_view text) {
  const auto signs = certificate::signs_of(text);
  if (!signs.ok()) return;
  std::size_t count = 0;
  for (const auto& sign : *signs) count += sign.selector != 0 ? 2 : 1;
  for (std::size_t bytes = 0; bytes < std::min<std::size_t>(text.size(), 64); ++bytes) {
    const auto head = certificate::head_of(text, bytes);
    MACHI_CHECK(head.size() <= bytes && text.starts_with(head) && certificate::signs_of(head).ok());
  }
  MACHI_CHECK(count <= text.size());
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  MACHI_CHECK(!certificate::read_seal(base::text_view(input), {}, nullptr).seal);
  certificate::read_seal(base::text_view(input), keys(), nullptr);
  check_payload(input);
  check_log(input);
  check_proof(input);
  check_name(base::text_view(input));
}
