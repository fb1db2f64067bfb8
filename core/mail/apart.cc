// Heads of exchange files. Pure.
#include "core/mail/apart.h"

#include <algorithm>

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;

constexpr std::size_t kSealedLimit = 256;

// What is sealed names the office and the file's key: what was sealed for one file opens no other.
Bytes seal_secret(base::Entropy& entropy, const ApartHead& head, const crypto::Secret<32>& file,
                  const SealPublic& to) {
  Bytes inner =
      code::encode(Cbor::map({{1, head.office.view()}, {2, head.file_key.bytes}, {3, file.view()}}));
  Bytes sealed = crypto::seal(entropy, to, inner);
  crypto::wipe(inner);
  return sealed;
}

Result<SealKey> open_secret(const ApartHead& head, const SealKey& key, ByteView sealed) {
  MACHI_TRY_SET(inner, crypto::open(key, sealed));
  auto map = code::decode(inner);
  crypto::wipe(inner);
  if (!map.ok()) return map.error();
  MACHI_TRY_SET(office, map->bytes_at(1));
  MACHI_TRY_SET(file_key, map->fixed_at<32>(2));
  MACHI_TRY_SET(secret, map->fixed_at<32>(3));
  SealKey file = crypto::seal_key(crypto::Secret<32>(secret));
  if (!base::equal(office, head.office.view()) || file_key != head.file_key.bytes ||
      file.open != head.file_key)
    return fail(Code::BadInput, "another file's key");
  return file;
}

Result<Bytes> read_sealed(const Cbor& value) {
  MACHI_TRY_SET(bytes, value.bytes());
  if (bytes.empty() || bytes.size() > kSealedLimit) return fail(Code::BadInput, "sealed key");
  return base::copy(bytes);
}

}  // namespace

Result<ApartHead> make_apart_head(base::Entropy& entropy, const AccessLog& log,
                                  const std::vector<Bytes>& entries, const crypto::Secret<32>& file,
                                  const SignPublic& from, Instant now) {
  const Member* writer = log.find(from, now);
  if (!writer || !writer->rights.read || !writer->rights.post) return fail(Code::Revoked, "no member");
  ApartHead head;
  head.office = log.mailbox();
  head.from = from;
  head.file_key = crypto::seal_key(file.clone()).open;
  bool all_may_read = !log.owes_epoch() && log.epoch() > 0;
  for (const auto& [key, member] : log.members()) {
    if (!member.rights.read || !member.seal) continue;
    if (!log.find(key, now)) {
      all_may_read = false;
    } else if (member.rights.post) {
      if (head.for_readers.size() == kApartReaders) return fail(Code::TooLarge, "readers");
      head.for_readers[key] = seal_secret(entropy, head, file, *member.seal);
    }
  }
  if (all_may_read) {
    head.epoch = log.epoch();
    head.for_epoch = seal_secret(entropy, head, file, log.epoch_key());
  }
  std::size_t size = 0, first = entries.size();
  while (first > 0 && size + entries[first - 1].size() <= kApartLogLimit) size += entries[--first].size();
  head.first = first;
  head.entries.assign(entries.begin() + static_cast<std::ptrdiff_t>(first), entries.end());
  return head;
}

Bytes write_apart_head(const ApartHead& head, const SignKey& from) {
  CborArray readers, entries;
  for (const auto& [key, sealed] : head.for_readers)
    readers.push_back(Cbor::array({Cbor(key.bytes), Cbor(ByteView(sealed))}));
  for (const Bytes& entry : head.entries) entries.emplace_back(ByteView(entry));
  code::CborMap map{{1, head.office.view()}, {2, from.open.bytes}, {3, head.file_key.bytes},
                    {6, std::move(readers)}, {7, head.first},      {8, std::move(entries)}};
  if (!head.for_epoch.empty()) {
    map.emplace_back(4, head.epoch);
    map.emplace_back(5, ByteView(head.for_epoch));
  }
  return code::sign1(from, typ::kApartHead, code::encode(Cbor(std::move(map))));
}

Result<ApartHead> read_apart_head(ByteView bytes) {
  if (bytes.size() > kApartHeadLimit) return fail(Code::TooLarge, "head");
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  ApartHead head;
  MACHI_TRY_SET(office, map.fixed_at<16>(1));
  head.office = MailboxId{office};
  MACHI_TRY_SET(from, map.fixed_at<32>(2));
  head.from = SignPublic{from};
  MACHI_TRY(code::verify_sign1(sign1, typ::kApartHead, head.from));
  MACHI_TRY_SET(file_key, map.fixed_at<32>(3));
  head.file_key = SealPublic{file_key};
  if (!crypto::is_sound(head.file_key)) return fail(Code::BadInput, "file key");
  if ((map.find(4) == nullptr) != (map.find(5) == nullptr)) return fail(Code::BadInput, "epoch");
  if (const Cbor* sealed = map.find(5)) {
    MACHI_TRY_SET(epoch, map.integer_at(4));
    if (epoch < 1) return fail(Code::BadInput, "epoch");
    head.epoch = static_cast<std::uint64_t>(epoch);
    MACHI_TRY_SET(for_epoch, read_sealed(*sealed));
    head.for_epoch = std::move(for_epoch);
  }
  MACHI_TRY_SET(readers, map.at(6));
  if (!readers->array() || readers->array()->size() > kApartReaders) return fail(Code::BadInput, "readers");
  for (const Cbor& one : *readers->array()) {
    if (!one.array() || one.array()->size() != 2) return fail(Code::BadInput, "reader");
    MACHI_TRY_SET(raw, (*one.array())[0].bytes());
    MACHI_TRY_SET(key, base::fixed<32>(raw));
    MACHI_TRY_SET(sealed, read_sealed((*one.array())[1]));
    if (!head.for_readers.emplace(SignPublic{key}, std::move(sealed)).second)
      return fail(Code::BadInput, "reader twice");
  }
  MACHI_TRY_SET(first, map.integer_at(7));
  if (first < 0) return fail(Code::BadInput, "first");
  head.first = static_cast<std::uint64_t>(first);
  MACHI_TRY_SET(entries, map.at(8));
  if (!entries->array()) return fail(Code::BadInput, "entries");
  std::size_t size = 0;
  for (const Cbor& one : *entries->array()) {
    MACHI_TRY_SET(entry, one.bytes());
    size += entry.size();
    if (entry.empty() || size > kApartLogLimit) return fail(Code::BadInput, "entries");
    head.entries.push_back(base::copy(entry));
  }
  return head;
}

Result<SealKey> open_apart_head(const ApartHead& head, const SignPublic& own, const SealKey& device,
                                const SealKey* epoch) {
  if (const auto found = head.for_readers.find(own); found != head.for_readers.end())
    if (auto file = open_secret(head, device, found->second); file.ok() || file.code() == Code::BadInput)
      return file;
  if (epoch && !head.for_epoch.empty())
    if (auto file = open_secret(head, *epoch, head.for_epoch); file.ok() || file.code() == Code::BadInput)
      return file;
  return fail(Code::UnknownKey, "not for this device");
}

}  // namespace machi::mail
