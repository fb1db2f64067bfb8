// The household pass and the record: the input as the text of a symbol, as the content of a pass that is
// really sealed, packed or not, and as a record. Invariants: what is read is written and read again as the
// same; nothing opens with a key that it was not sealed to.
#include "core/code/cwt.h"
#include "core/crypto/drbg.h"
#include "core/household/pass.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/keys.h"

using namespace machi;

namespace {

const household::TownId kTown{base::Array<16>{1}};

std::span<const crypto::SealKey> keys() { return {&fuzz::epoch(), 1}; }

void check_text(std::string_view text) {
  const auto reading = household::read_pass(text, {kTown, keys()});
  MACHI_CHECK(reading.pass.has_value() == (reading.trouble == household::PassTrouble::None));
  if (!reading.pass) return;
  crypto::Drbg random = crypto::Drbg::of_number(1);
  const auto written = household::write_pass(random, kTown, fuzz::epoch().open, *reading.pass);
  // Packed by somebody who packs better than we do, it may be longer from our hand.
  MACHI_CHECK(written.ok() || written.code() == base::Code::TooLarge);
  if (!written.ok()) return;
  const auto again = household::read_pass(*written, {kTown, keys()});
  MACHI_CHECK(again.pass.has_value() && *again.pass == *reading.pass);
  MACHI_CHECK(household::read_pass(*written, {kTown, {}}).trouble == household::PassTrouble::OtherKey);
}

// A frame around the content, as write_pass makes it.
std::string sealed(base::Bytes content, std::uint8_t packing) {
  static const std::string kGood = [] {
    crypto::Drbg random = crypto::Drbg::of_number(2);
    household::Pass pass;
    pass.household.bytes[0] = pass.counter = 1;
    pass.members.push_back({1, "a", {}, {}, {}, {}});
    return *household::write_pass(random, kTown, fuzz::epoch().open, pass);
  }();
  content.insert(content.begin(), packing);
  crypto::Drbg random = crypto::Drbg::of_number(3);
  const auto box = crypto::seal(random, fuzz::epoch().open, content);
  auto frame = *code::from_base45(kGood.substr(household::kPassPrefix.size()));
  frame.resize(9);
  frame.push_back(static_cast<std::uint8_t>(box.size() >> 8));
  frame.push_back(static_cast<std::uint8_t>(box.size()));
  frame.insert(frame.end(), box.begin(), box.end());
  base::Bytes named = base::copy(base::view("machi-pass"));
  named.insert(named.end(), frame.begin(), frame.end());
  const auto hash = crypto::hash(named);
  frame.insert(frame.end(), hash.begin(), hash.begin() + 4);
  return std::string(household::kPassPrefix) + code::to_base45(frame);
}

void check_record(base::ByteView input) {
  const auto content = code::decode(input);
  if (!content.ok()) return;
  const auto record = household::decode_household(*content);
  if (!record.ok()) return;
  MACHI_CHECK(household::check(*record).ok());
  MACHI_CHECK(*household::decode_household(household::encode_household(*record)) == *record);
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  check_text(base::text_view(input));
  check_text(std::string(household::kPassPrefix) + code::to_base45(input));
  if (input.size() < 900) {
    check_text(sealed(base::copy(input), 0));
    check_text(sealed(base::copy(input), 1));
    check_text(sealed(code::deflate(input), 1));
  }
  check_record(input);
}
