// CBOR with a padding of zeros, sealed.
#include "core/support/help_card.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/code/cbor.h"
#include "core/code/cwt.h"

namespace machi::support {

using base::Code;
using base::fail;
using base::Result;
using code::Cbor;

namespace {

constexpr std::size_t kSizes[] = {256, 512, 1024};
constexpr std::size_t kTextLimit = 2000;

Cbor content(const TownId& town, const SealedCard& card, std::size_t padding) {
  code::CborMap fields;
  for (const auto& [field, text] : card.fields) fields.emplace_back(Cbor(field), Cbor(text));
  return Cbor::map({{0, Cbor(base::Bytes(padding))},
                    {1, Cbor(town.view())},
                    {2, Cbor(card.written.ms / 1000)},
                    {3, Cbor(std::move(fields))}});
}

}  // namespace

Result<std::string> seal_card(base::Entropy& entropy, const TownId& town, const crypto::SealPublic& key,
                              const SealedCard& card) {
  for (const auto& [field, text] : card.fields)
    if (base::count_code_points(text) > kCardLine) return fail(Code::TooLarge, "field");
  const std::size_t bare = code::encode(content(town, card, 0)).size();
  for (const std::size_t size : kSizes) {
    if (bare + 3 > size) continue;
    // A longer byte string has a longer head: the rest is found in at most three steps.
    std::size_t padding = size - bare;
    while (code::encode(content(town, card, padding)).size() > size) --padding;
    const base::Bytes sealed = crypto::seal(entropy, key, code::encode(content(town, card, padding)));
    return std::string(kCardPrefix) + code::to_base45(sealed);
  }
  return fail(Code::TooLarge, "card");
}

Result<SealedCard> open_card(std::string_view text, const TownId& town, const crypto::SealKey& key) {
  if (!text.starts_with(kCardPrefix) || text.size() > kTextLimit) return fail(Code::BadInput, "no card");
  MACHI_TRY_SET(sealed, code::from_base45(text.substr(kCardPrefix.size())));
  const auto plain = crypto::open(key, sealed);
  if (!plain.ok()) return fail(Code::NotAllowed, "sealed to another key");
  MACHI_TRY_SET(written, code::decode(*plain));
  MACHI_TRY_SET(of, written.fixed_at<16>(1));
  if (TownId{of} != town) return fail(Code::WrongTown, "card");
  MACHI_TRY_SET(seconds, written.integer_at(2));
  if (seconds < 0 || seconds > 253402300799) return fail(Code::DateOutOfRange, "card");
  SealedCard out;
  out.written = base::Instant{seconds * 1000};
  const Cbor* fields = written.find(3);
  if (fields == nullptr || fields->map() == nullptr) return fail(Code::BadInput, "fields");
  for (const auto& [field, line] : *fields->map()) {
    MACHI_TRY_SET(name, field.text());
    MACHI_TRY_SET(said, line.text());
    if (base::count_code_points(said) > kCardLine) return fail(Code::TooLarge, "field");
    const bool known = std::any_of(std::begin(kSealedFields), std::end(kSealedFields),
                                   [&name = name](const char* one) { return name == one; });
    if (known) out.fields[name] = said;
  }
  return out;
}

}  // namespace machi::support
