// Snapshots: the signed object, its sealed inside, and the content that the chunks hold. Pure.
#include "core/mail/snapshot.h"

#include <algorithm>

#include "core/code/cwt.h"
#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;

constexpr std::size_t kChunksLimit = 64;
constexpr std::size_t kMessageBytes = 48;
constexpr std::size_t kPersonBytes = 32 + 16 + 8 + 32;
constexpr std::size_t kDeviceBytes = 32 + 32 + 1;
constexpr std::size_t kArrivalBytes = 40;

Result<std::uint64_t> count_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(number, map.integer_at(key));
  if (number < 0) return fail(Code::BadInput, "negative");
  return static_cast<std::uint64_t>(number);
}

void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

}  // namespace

Bytes make_snapshot(base::Entropy& entropy, const Snapshot& snapshot, const SnapshotSecret& secret,
                    const SealPublic& epoch_key, const SignKey& author) {
  Bytes inside = code::encode(Cbor::map({{1, snapshot.mailbox.view()},
                                         {2, snapshot.incarnation.view()},
                                         {3, snapshot.covers},
                                         {4, author.open.bytes},
                                         {5, secret.key.view()},
                                         {6, secret.content}}));
  const Bytes sealed = crypto::seal(entropy, epoch_key, inside);
  crypto::wipe(inside);
  CborArray chunks;
  for (const SnapshotChunk& chunk : snapshot.chunks)
    chunks.push_back(Cbor::array({Cbor(chunk.blob), Cbor(chunk.size)}));
  return code::sign1(author, typ::kSnapshot,
                     code::encode(Cbor::map({{1, snapshot.mailbox.view()},
                                             {2, snapshot.epoch},
                                             {3, snapshot.incarnation.view()},
                                             {4, snapshot.covers},
                                             {5, Cbor(std::move(chunks))},
                                             {6, author.open.bytes},
                                             {7, ByteView(sealed)}})));
}

Result<Snapshot> read_snapshot(ByteView bytes) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  Snapshot out;
  MACHI_TRY_SET(mailbox, map.bytes_at(1));
  MACHI_TRY_SET(id, MailboxId::from(mailbox));
  out.mailbox = id;
  MACHI_TRY_SET(epoch, count_at(map, 2));
  out.epoch = epoch;
  MACHI_TRY_SET(raw_incarnation, map.bytes_at(3));
  MACHI_TRY_SET(incarnation, IncarnationId::from(raw_incarnation));
  out.incarnation = incarnation;
  MACHI_TRY_SET(covers, count_at(map, 4));
  out.covers = covers;
  const Cbor* chunks = map.find(5);
  if (chunks == nullptr || chunks->array() == nullptr || chunks->array()->empty())
    return fail(Code::BadInput, "chunks");
  if (chunks->array()->size() > kChunksLimit) return fail(Code::TooLarge, "chunks");
  for (const Cbor& chunk : *chunks->array()) {
    if (chunk.array() == nullptr || chunk.array()->size() != 2) return fail(Code::BadInput, "chunk");
    MACHI_TRY_SET(raw, (*chunk.array())[0].bytes());
    MACHI_TRY_SET(blob, base::fixed<32>(raw));
    MACHI_TRY_SET(size, (*chunk.array())[1].integer());
    if (size < 0) return fail(Code::BadInput, "size");
    out.chunks.push_back({blob, static_cast<std::uint64_t>(size)});
  }
  MACHI_TRY_SET(author, map.fixed_at<32>(6));
  out.author.bytes = author;
  MACHI_TRY_SET(sealed, map.bytes_at(7));
  if (sealed.size() > 1024) return fail(Code::TooLarge, "sealed");
  out.sealed = base::copy(sealed);
  MACHI_TRY(code::verify_sign1(bytes, typ::kSnapshot, out.author));
  return out;
}

Result<SnapshotSecret> open_snapshot(const Snapshot& snapshot, const SealKey& epoch_key) {
  MACHI_TRY_SET(inside, crypto::open(epoch_key, snapshot.sealed));
  auto map = code::decode(inside);
  crypto::wipe(inside);
  if (!map.ok()) return map.error();
  MACHI_TRY_SET(mailbox, map->bytes_at(1));
  MACHI_TRY_SET(incarnation, map->bytes_at(2));
  MACHI_TRY_SET(covers, count_at(*map, 3));
  MACHI_TRY_SET(author, map->fixed_at<32>(4));
  if (!base::equal(mailbox, snapshot.mailbox.view()) ||
      !base::equal(incarnation, snapshot.incarnation.view()) || covers != snapshot.covers ||
      author != snapshot.author.bytes)
    return fail(Code::BadInput, "inside names another snapshot");
  MACHI_TRY_SET(key, map->fixed_at<32>(5));
  MACHI_TRY_SET(content, map->fixed_at<32>(6));
  return SnapshotSecret{crypto::Secret<32>(key), content};
}

Result<Bytes> encode_snapshot_content(const SnapshotContent& content) {
  Bytes messages;
  messages.reserve(content.messages.size() * kMessageBytes);
  for (const KnownMessage& message : content.messages) {
    append(messages, message.id.view());
    append(messages, message.sender.bytes);
  }
  Bytes persons;
  for (const KnownPerson& person : content.persons) {
    append(persons, person.sender.bytes);
    append(persons, person.mailbox.view());
    for (int shift = 56; shift >= 0; shift -= 8)
      persons.push_back(static_cast<std::uint8_t>(person.epoch >> shift));
    append(persons, person.epoch_key.bytes);
  }
  Bytes offices;
  for (const MailboxId& office : content.offices) append(offices, office.view());
  Bytes devices;
  for (const KnownDevice& device : content.devices) {
    append(devices, device.sender.bytes);
    append(devices, device.first.bytes);
    devices.push_back(device.replaces ? 1 : 0);
  }
  Bytes arrived;
  for (const KnownArrival& one : content.arrived) {
    append(arrived, one.id.view());
    append(arrived, one.to.view());
    for (int shift = 56; shift >= 0; shift -= 8)
      arrived.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(one.at.ms) >> shift));
  }
  code::CborMap map{{1, ByteView(messages)},
                    {2, ByteView(persons)},
                    {3, ByteView(content.service)},
                    {4, ByteView(offices)},
                    {5, ByteView(devices)}};
  if (!arrived.empty()) map.emplace_back(6, ByteView(arrived));
  const Bytes open = code::encode(Cbor(std::move(map)));
  if (open.size() > kSnapshotOpenLimit) return fail(Code::TooLarge, "snapshot");
  Bytes out = code::deflate(open);
  if (out.size() > kSnapshotLimit) return fail(Code::TooLarge, "snapshot");
  return out;
}

Result<SnapshotContent> decode_snapshot_content(ByteView bytes) {
  MACHI_TRY_SET(open, code::inflate(bytes, kSnapshotOpenLimit));
  MACHI_TRY_SET(map, code::decode(open));
  SnapshotContent out;
  MACHI_TRY_SET(messages, map.bytes_at(1));
  MACHI_TRY_SET(persons, map.bytes_at(2));
  MACHI_TRY_SET(service, map.bytes_at(3));
  MACHI_TRY_SET(offices, map.bytes_at(4));
  MACHI_TRY_SET(devices, map.bytes_at(5));
  ByteView arrived;
  if (map.find(6) != nullptr) {
    MACHI_TRY_SET(bytes_6, map.bytes_at(6));
    arrived = bytes_6;
  }
  if (messages.size() % kMessageBytes != 0 || persons.size() % kPersonBytes != 0 ||
      offices.size() % 16 != 0 || devices.size() % kDeviceBytes != 0 || arrived.size() % kArrivalBytes != 0)
    return fail(Code::BadInput, "rows");
  for (std::size_t at = 0; at < messages.size(); at += kMessageBytes) {
    MACHI_TRY_SET(id, MessageId::from(messages.subspan(at, 16)));
    MACHI_TRY_SET(sender, base::fixed<32>(messages.subspan(at + 16, 32)));
    out.messages.push_back({id, SignPublic{sender}});
  }
  for (std::size_t at = 0; at < persons.size(); at += kPersonBytes) {
    KnownPerson person;
    MACHI_TRY_SET(sender, base::fixed<32>(persons.subspan(at, 32)));
    person.sender.bytes = sender;
    MACHI_TRY_SET(mailbox, MailboxId::from(persons.subspan(at + 32, 16)));
    person.mailbox = mailbox;
    for (std::size_t i = 0; i < 8; ++i) person.epoch = (person.epoch << 8) | persons[at + 48 + i];
    MACHI_TRY_SET(key, base::fixed<32>(persons.subspan(at + 56, 32)));
    person.epoch_key.bytes = key;
    out.persons.push_back(person);
  }
  for (std::size_t at = 0; at < offices.size(); at += 16) {
    MACHI_TRY_SET(office, MailboxId::from(offices.subspan(at, 16)));
    out.offices.push_back(office);
  }
  for (std::size_t at = 0; at < devices.size(); at += kDeviceBytes) {
    MACHI_TRY_SET(sender, base::fixed<32>(devices.subspan(at, 32)));
    MACHI_TRY_SET(first, base::fixed<32>(devices.subspan(at + 32, 32)));
    out.devices.push_back({SignPublic{sender}, SignPublic{first}, devices[at + 64] != 0});
  }
  for (std::size_t at = 0; at < arrived.size(); at += kArrivalBytes) {
    MACHI_TRY_SET(id, MessageId::from(arrived.subspan(at, 16)));
    MACHI_TRY_SET(to, MailboxId::from(arrived.subspan(at + 16, 16)));
    std::uint64_t when = 0;
    for (std::size_t i = 0; i < 8; ++i) when = (when << 8) | arrived[at + 32 + i];
    out.arrived.push_back({id, to, Instant{static_cast<std::int64_t>(when)}});
  }
  out.service = base::copy(service);
  return out;
}

}  // namespace machi::mail
