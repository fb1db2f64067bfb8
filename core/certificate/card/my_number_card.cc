// The dialogue with the card.
#include "core/certificate/card/my_number_card.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/crypto/sodium.h"

namespace machi::certificate::card {
namespace {

using base::Code;
using base::fail;

constexpr std::array<std::uint8_t, 10> kItemsApplication = {0xD3, 0x92, 0x10, 0x00, 0x31,
                                                            0x00, 0x01, 0x01, 0x04, 0x08};
constexpr std::array<std::uint8_t, 10> kKeysApplication = {0xD3, 0x92, 0xF0, 0x00, 0x26,
                                                           0x01, 0x00, 0x00, 0x00, 0x01};
constexpr std::uint16_t kItemsPin = 0x0011, kItemsFile = 0x0002;
constexpr std::uint16_t kKeysPin = 0x0018, kCertificateFile = 0x000A, kKeyFile = 0x0017;
constexpr int kLeastTries = 2;  // below it nothing is tried
constexpr std::size_t kLongestFile = 8192;
constexpr std::array<std::uint8_t, 19> kSha256Prefix = {0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60,
                                                        0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                        0x01, 0x05, 0x00, 0x04, 0x20};

// One element of BER-TLV: a tag of private class as its number, and its content.
struct Element {
  std::uint32_t tag = 0;
  ByteView content;
};

base::Result<Element> take_element(ByteView& rest) {
  const auto next = [&rest]() -> base::Result<std::uint8_t> {
    if (rest.empty()) return fail(Code::BadInput, "tlv");
    const std::uint8_t byte = rest[0];
    rest = rest.subspan(1);
    return byte;
  };
  MACHI_TRY_SET(first, next());
  Element out;
  out.tag = first & 0x1Fu;
  if (out.tag == 0x1F) {
    MACHI_TRY_SET(second, next());
    if ((second & 0x80) != 0) return fail(Code::BadInput, "tag");
    out.tag = second;
  }
  MACHI_TRY_SET(length, next());
  std::size_t size = length;
  if ((length & 0x80) != 0) {
    const int count = length & 0x7F;
    if (count < 1 || count > 2) return fail(Code::BadInput, "length");
    size = 0;
    for (int i = 0; i < count; ++i) {
      MACHI_TRY_SET(byte, next());
      size = size << 8 | byte;
    }
  }
  if (size > rest.size()) return fail(Code::BadInput, "cut short");
  out.content = rest.first(size);
  rest = rest.subspan(size);
  return out;
}

// How long the first element of a file is, from its first bytes; nothing when they do not say it.
std::optional<std::size_t> length_of_file(ByteView head) {
  std::size_t at = 1;
  if (head.size() < 2) return std::nullopt;
  if ((head[0] & 0x1F) == 0x1F) ++at;
  if (at >= head.size()) return std::nullopt;
  const std::uint8_t length = head[at++];
  if ((length & 0x80) == 0) return at + length;
  const std::size_t count = length & 0x7F;
  if (count < 1 || count > 2 || at + count > head.size()) return std::nullopt;
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) size = size << 8 | head[at++];
  return at + size;
}

struct Answer {
  Bytes content;
  std::uint16_t status = 0;
  bool ok() const { return status == 0x9000; }
};

class Dialogue {
 public:
  explicit Dialogue(const Transmit& transmit) : transmit_(transmit) {}
  bool gone() const { return gone_; }

  Answer send(ByteView command) {
    const auto bytes = gone_ ? base::Result<Bytes>(fail(Code::Unreachable, "card")) : transmit_(command);
    if (!bytes.ok() || bytes->size() < 2) {
      gone_ = true;
      return {};
    }
    Answer out;
    out.status = static_cast<std::uint16_t>((*bytes)[bytes->size() - 2] << 8 | bytes->back());
    out.content.assign(bytes->begin(), bytes->end() - 2);
    return out;
  }
  Answer send(std::initializer_list<std::uint8_t> header, ByteView content, bool answer = false) {
    Bytes command(header);
    command.push_back(static_cast<std::uint8_t>(content.size()));
    command.insert(command.end(), content.begin(), content.end());
    if (answer) command.push_back(0);
    const Answer out = send(command);
    crypto::wipe(command);
    return out;
  }
  bool application(ByteView name) { return send({0x00, 0xA4, 0x04, 0x0C}, name).ok(); }
  bool file(std::uint16_t id) {
    const std::array<std::uint8_t, 2> name = {static_cast<std::uint8_t>(id >> 8),
                                              static_cast<std::uint8_t>(id)};
    return send({0x00, 0xA4, 0x02, 0x0C}, name).ok();
  }
  // Of the PIN that is selected; nothing when the card does not say it.
  std::optional<int> tries() {
    const std::array<std::uint8_t, 4> ask = {0x00, 0x20, 0x00, 0x80};
    return tries_in(send(ask).status);
  }
  static std::optional<int> tries_in(std::uint16_t status) {
    if ((status & 0xFFF0) == 0x63C0) return status & 0x0F;
    if (status == 0x6983 || status == 0x6984) return 0;  // blocked
    return std::nullopt;
  }
  base::Result<Bytes> content() {
    Bytes out;
    std::size_t expected = kLongestFile;
    while (out.size() < expected) {
      const auto at = out.size();
      const std::array<std::uint8_t, 5> command = {0x00, 0xB0, static_cast<std::uint8_t>(at >> 8),
                                                   static_cast<std::uint8_t>(at), 0};
      const Answer answer = send(command);
      const bool ended = answer.status == 0x6282 || answer.status == 0x6B00;
      if ((!answer.ok() && !ended) || answer.content.size() > 256) return fail(Code::BadInput, "file");
      out.insert(out.end(), answer.content.begin(), answer.content.end());
      if (at == 0) {
        const auto length = length_of_file(out);
        if (!length || *length > kLongestFile) return fail(Code::BadInput, "file");
        expected = *length;
      }
      if ((ended || answer.content.empty()) && out.size() < expected)
        return fail(Code::BadInput, "cut short");
    }
    out.resize(expected);
    return out;
  }

 private:
  const Transmit& transmit_;
  bool gone_ = false;
};

Reading trouble(const Dialogue& card, Trouble what, int tries = -1) {
  Reading out;
  out.trouble = card.gone() ? Trouble::Gone : what;
  out.tries = tries;
  return out;
}

struct Place {
  ByteView application;
  std::uint16_t pin;
};
const std::array<Place, 2>& places() {
  static const std::array<Place, 2> kPlaces = {Place{kItemsApplication, kItemsPin},
                                               Place{kKeysApplication, kKeysPin}};
  return kPlaces;
}

Reading look(Dialogue& card) {
  int least = 15;
  for (const Place& place : places()) {
    if (!card.application(place.application)) return trouble(card, Trouble::NotMyNumber);
    if (!card.file(place.pin)) return trouble(card, Trouble::Unreadable);
    const auto tries = card.tries();
    if (!tries) return trouble(card, Trouble::Unreadable);
    least = std::min(least, *tries);
  }
  if (least == 0) return trouble(card, Trouble::Locked, 0);
  if (least < kLeastTries) return trouble(card, Trouble::LastTry, least);
  return trouble(card, Trouble::None, least);
}

// Selects the application and opens it by the PIN.
Reading enter(Dialogue& card, const Place& place, const crypto::Secret<4>& pin) {
  if (!card.application(place.application) || !card.file(place.pin))
    return trouble(card, Trouble::Unreadable);
  const Answer answer = card.send({0x00, 0x20, 0x00, 0x80}, pin.view());
  if (answer.ok()) return trouble(card, Trouble::None);
  const auto tries = Dialogue::tries_in(answer.status);
  if (!tries) return trouble(card, Trouble::Unreadable);
  return trouble(card, *tries == 0 ? Trouble::Locked : Trouble::WrongPin, *tries);
}

}  // namespace

base::Result<BasicItems> parse_basic_items(ByteView file) {
  MACHI_TRY_SET(outer, take_element(file));
  if (outer.tag != 0x20) return fail(Code::BadInput, "basic items");
  BasicItems out;
  bool name = false, birth = false;
  for (ByteView rest = outer.content; !rest.empty();) {
    MACHI_TRY_SET(element, take_element(rest));
    if (element.tag < 0x22 || element.tag > 0x25) continue;
    const std::string text = base::trimmed(base::text_view(element.content));
    if (!base::is_utf8(text)) return fail(Code::BadInput, "text");
    if (element.tag == 0x22) out.name = text, name = !text.empty();
    if (element.tag == 0x23) out.address = text;
    if (element.tag == 0x24) out.birth_text = text, birth = !text.empty();
    if (element.tag == 0x25) out.sex_text = text;
  }
  if (!name || !birth) return fail(Code::Missing, "basic items");
  const std::string& digits = out.birth_text;
  if (digits.size() == 8 &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    const auto number = [&](std::size_t from, std::size_t count) {
      int value = 0;
      for (std::size_t i = from; i < from + count; ++i) value = value * 10 + (digits[i] - '0');
      return value;
    };
    const auto day = base::Date::of(number(0, 4), number(4, 2), number(6, 2));
    if (day.ok()) out.birth = *day;
  }
  return out;
}

Reading look(const Transmit& transmit) {
  Dialogue card(transmit);
  return look(card);
}

Reading read(const Transmit& transmit, const crypto::Secret<4>& pin, ByteView challenge) {
  Dialogue card(transmit);
  const Reading before = look(card);
  if (before.trouble != Trouble::None) return before;
  if (Reading entered = enter(card, places()[0], pin); entered.trouble != Trouble::None) return entered;
  if (!card.file(kItemsFile)) return trouble(card, Trouble::Unreadable);
  const auto file = card.content();
  if (!file.ok()) return trouble(card, Trouble::Unreadable);
  auto items = parse_basic_items(*file);
  if (!items.ok()) return trouble(card, Trouble::Unreadable);
  if (Reading entered = enter(card, places()[1], pin); entered.trouble != Trouble::None) return entered;
  if (!card.file(kCertificateFile)) return trouble(card, Trouble::Unreadable);
  auto certificate = card.content();
  if (!certificate.ok()) return trouble(card, Trouble::Unreadable);
  if (!card.file(kKeyFile)) return trouble(card, Trouble::Unreadable);
  Bytes digest(kSha256Prefix.begin(), kSha256Prefix.end());
  const auto hash = crypto::sha256(challenge);
  digest.insert(digest.end(), hash.begin(), hash.end());
  Answer signature = card.send({0x80, 0x2A, 0x00, 0x80}, digest, true);
  if (!signature.ok() || signature.content.size() != 256) return trouble(card, Trouble::Unreadable);
  Reading out;
  out.tries = before.tries;
  out.items = std::move(*items);
  out.certificate = std::move(*certificate);
  out.signature = std::move(signature.content);
  return out;
}

}  // namespace machi::certificate::card
