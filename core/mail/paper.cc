// Paper keys, the slot that one opens, and the statement of a new device. Pure.
#include "core/mail/paper.h"

#include <algorithm>
#include <cctype>

#include "core/base/text.h"
#include "core/mail/slip.h"
#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::string_view kFragmentKey = "k=";
constexpr std::size_t kSigns = 16;  // of a half

crypto::Secret<32> secret_of(const PaperKey& paper) {
  Bytes named = base::copy(base::view("machi-paper"));
  named.insert(named.end(), paper.bytes.bytes().begin(), paper.bytes.bytes().end());
  crypto::Secret<32> secret(crypto::hash(named));
  crypto::wipe(named);
  return secret;
}

// The 18 bytes and the first two of their secret's hash, as two halves of ten.
std::pair<SlipCode, SlipCode> halves_of(const PaperKey& paper) {
  const auto check = crypto::hash(secret_of(paper).view());
  std::pair<SlipCode, SlipCode> out;
  const auto& bytes = paper.bytes.bytes();
  std::copy_n(bytes.begin(), 10, out.first.begin());
  std::copy_n(bytes.begin() + 10, 8, out.second.begin());
  std::copy_n(check.begin(), 2, out.second.begin() + 8);
  return out;
}

}  // namespace

PaperKey make_paper(base::Entropy& entropy) {
  PaperKey paper;
  entropy.fill(paper.bytes.bytes());
  return paper;
}

std::string print_paper(const PaperKey& paper) {
  const auto [first, second] = halves_of(paper);
  return print_code(first) + "-" + print_code(second);
}

Result<PaperKey> parse_paper(std::string_view text) {
  std::string signs;
  for (const char sign : base::fold_width(text))
    if (std::isalnum(static_cast<unsigned char>(sign)) != 0) signs += sign;
  if (signs.size() != 2 * kSigns) return fail(Code::BadInput, "signs");
  MACHI_TRY_SET(first, parse_code(std::string_view(signs).substr(0, kSigns)));
  MACHI_TRY_SET(second, parse_code(std::string_view(signs).substr(kSigns)));
  PaperKey paper;
  std::copy_n(first.begin(), 10, paper.bytes.bytes().begin());
  std::copy_n(second.begin(), 8, paper.bytes.bytes().begin() + 10);
  if (halves_of(paper).second != second) return fail(Code::BadInput, "check");
  return paper;
}

std::string paper_fragment(const MailboxId& mailbox, const PaperKey& paper) {
  Bytes raw = code::encode(Cbor::map({{1, mailbox.view()}, {2, paper.bytes.view()}}));
  std::string out = std::string(kFragmentKey) + base::to_base64url(raw);
  crypto::wipe(raw);
  return out;
}

Result<PaperSheet> paper_from_text(std::string_view text) {
  const std::string trimmed = base::trimmed(text);
  std::string_view rest = trimmed;
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) rest.remove_prefix(hash + 1);
  if (!rest.starts_with(kFragmentKey)) {
    MACHI_TRY_SET(paper, parse_paper(trimmed));
    return PaperSheet{std::nullopt, std::move(paper)};
  }
  MACHI_TRY_SET(raw, base::from_base64url(rest.substr(kFragmentKey.size())));
  MACHI_TRY_SET(map, code::decode(raw));
  MACHI_TRY_SET(id, map.bytes_at(1));
  MACHI_TRY_SET(mailbox, MailboxId::from(id));
  MACHI_TRY_SET(bytes, map.fixed_at<18>(2));
  return PaperSheet{mailbox, PaperKey{crypto::Secret<18>(bytes)}};
}

crypto::Secret<32> paper_seed(const PaperKey& paper) {
  return crypto::derive(secret_of(paper), 1, "MKpaper_");
}

SlotId slot_id(const PaperKey& paper) {
  const auto derived = crypto::derive(secret_of(paper), 2, "MKslotid");
  SlotId id;
  std::copy_n(derived.bytes().begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

Result<Bytes> make_slot(base::Entropy& entropy, const PaperKey& paper, const SlotContent& content,
                        const SignKey& author) {
  Bytes inside = code::encode(
      Cbor::map({{1, content.mailbox.view()}, {2, content.seed.view()}, {3, ByteView(content.content)}}));
  auto padded = crypto::pad(inside);
  crypto::wipe(inside);
  if (!padded.ok()) return padded.error();
  const Bytes locked = crypto::lock(entropy, crypto::derive(secret_of(paper), 3, "MKslotlk"), *padded);
  crypto::wipe(*padded);
  return code::sign1(author, typ::kSlot,
                     code::encode(Cbor::map({{1, content.mailbox.view()},
                                             {2, slot_id(paper).view()},
                                             {3, ByteView(locked)},
                                             {4, author.open.bytes}})));
}

Result<SlotRecord> read_slot(ByteView bytes) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(raw_mailbox, map.bytes_at(1));
  MACHI_TRY_SET(mailbox, MailboxId::from(raw_mailbox));
  MACHI_TRY_SET(raw_id, map.bytes_at(2));
  MACHI_TRY_SET(id, SlotId::from(raw_id));
  MACHI_TRY_SET(locked, map.bytes_at(3));
  MACHI_TRY_SET(author, map.fixed_at<32>(4));
  MACHI_TRY(code::verify_sign1(bytes, typ::kSlot, SignPublic{author}));
  return SlotRecord{mailbox, id, base::copy(locked), SignPublic{author}};
}

Result<SlotContent> open_slot(const PaperKey& paper, ByteView locked) {
  MACHI_TRY_SET(padded, crypto::unlock(crypto::derive(secret_of(paper), 3, "MKslotlk"), locked));
  auto inside = crypto::unpad(padded);
  crypto::wipe(padded);
  if (!inside.ok()) return inside.error();
  auto map = code::decode(*inside);
  crypto::wipe(*inside);
  if (!map.ok()) return map.error();
  MACHI_TRY_SET(raw_mailbox, map->bytes_at(1));
  MACHI_TRY_SET(mailbox, MailboxId::from(raw_mailbox));
  MACHI_TRY_SET(seed, map->fixed_at<32>(2));
  MACHI_TRY_SET(content, map->bytes_at(3));
  return SlotContent{mailbox, crypto::Secret<32>(seed), base::copy(content)};
}

Bytes make_device_statement(const DeviceStatement& statement, const SignKey& device) {
  return code::sign1(
      device, typ::kDevice,
      code::encode(
          Cbor::map({{1, statement.office.view()}, {2, device.open.bytes}, {3, statement.person.view()}})));
}

Result<DeviceStatement> read_device_statement(ByteView bytes) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(raw, map.bytes_at(1));
  MACHI_TRY_SET(office, MailboxId::from(raw));
  MACHI_TRY_SET(device, map.fixed_at<32>(2));
  MACHI_TRY(code::verify_sign1(bytes, typ::kDevice, SignPublic{device}));
  MACHI_TRY_SET(raw_person, map.bytes_at(3));
  MACHI_TRY_SET(person, MailboxId::from(raw_person));
  return DeviceStatement{office, SignPublic{device}, person};
}

}  // namespace machi::mail
