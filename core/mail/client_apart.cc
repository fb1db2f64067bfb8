// Mail that takes another way than the hub: envelopes in a file between two devices of one office. The file
// has a key of its own, sealed to the devices that may read it, so that it does not matter which epoch either
// of them has seen; and it brings the access log along, so that each knows the other, and who was removed.
#include <algorithm>

#include "core/mail/client_state.h"
#include "core/mail/typ.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

// As many of the entries as follow; those before its end are taken to be the same ones. The next that follows
// shows by its hash when they are not.
void extend(KnownLog& known, std::uint64_t first, const std::vector<Bytes>& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (first + i < known.log.next_number()) continue;
    if (!known.log.append_known(entries[i]).ok()) return;
    known.entries.push_back(entries[i]);
  }
}

std::string note_of(const MailboxId& mailbox) { return "apart." + mailbox.hex(); }

}  // namespace

std::vector<crypto::SealKey> Client::epoch_keys(const MailboxId& mailbox) const {
  std::vector<crypto::SealKey> out;
  const auto found = state_->mailboxes.find(mailbox);
  if (found == state_->mailboxes.end()) return out;
  for (const auto& [epoch, secret] : found->second.epochs)
    out.push_back(crypto::seal_key(secret.secret.clone()));
  std::reverse(out.begin(), out.end());
  return out;
}

// What files told is kept beside the hub's log: the hub's word comes first, and what does not follow from it
// counts no more.
KnownLog Client::State::known_log(const OwnMailbox& mailbox) {
  KnownLog known{mailbox.log, mailbox.entries};
  const Bytes kept = saved(note_of(mailbox.id));
  if (kept.empty()) return known;
  const auto map = code::decode(kept);
  if (!map.ok()) return known;
  const auto first = map->integer_at(1);
  const Cbor* list = map->find(2);
  if (!first.ok() || *first < 0 || !list || !list->array()) return known;
  std::vector<Bytes> entries;
  for (const Cbor& one : *list->array())
    if (const auto bytes = one.bytes(); bytes.ok()) entries.push_back(base::copy(*bytes));
  extend(known, static_cast<std::uint64_t>(*first), entries);
  return known;
}

Status Client::State::keep_log(const OwnMailbox& mailbox, const KnownLog& known) {
  code::CborArray beyond;
  for (std::size_t i = mailbox.entries.size(); i < known.entries.size(); ++i)
    beyond.emplace_back(ByteView(known.entries[i]));
  return save(note_of(mailbox.id),
              code::encode(Cbor::map({{1, mailbox.log.next_number()}, {2, std::move(beyond)}})));
}

Result<ApartPen> Client::begin_apart(const MailboxId& office, Instant now) {
  const auto found = state_->mailboxes.find(office);
  if (found == state_->mailboxes.end() || found->second.log.empty()) return fail(Code::NotFound, "mailbox");
  const KnownLog known = state_->known_log(found->second);
  crypto::Secret<32> file;
  state_->entropy.fill(file.bytes());
  const crypto::SignKey own = state_->posting(office);
  MACHI_TRY_SET(head, make_apart_head(state_->entropy, known.log, known.entries, file, own.open, now));
  return ApartPen{write_apart_head(head, own),
                  {office, std::max<std::uint64_t>(known.log.epoch(), 1), head.file_key}};
}

Result<Bytes> Client::write_apart(const ApartPen& pen, std::string_view kind, code::Cbor content,
                                  Instant now) {
  Body body;
  body.kind = kind;
  body.written = now;
  body.content = std::move(content);
  return make_envelope(state_->entropy, state_->entropy.id<base::MessageTag>(), pen.to.mailbox, pen.to.epoch,
                       pen.to.epoch_key, state_->posting(pen.to.mailbox), body, typ::kApart);
}

Result<ApartFile> Client::open_apart(const MailboxId& office, ByteView bytes) {
  const auto found = state_->mailboxes.find(office);
  if (found == state_->mailboxes.end()) return fail(Code::NotFound, "mailbox");
  const OwnMailbox& mailbox = found->second;
  MACHI_TRY_SET(head, read_apart_head(bytes));
  if (head.office != office) return fail(Code::WrongTown, "another office");
  KnownLog known = state_->known_log(mailbox);
  const std::size_t before = known.entries.size();
  extend(known, head.first, head.entries);
  // Another file may have told another story: the longer one that follows from the hub's counts.
  KnownLog other{mailbox.log, mailbox.entries};
  if (known.entries.size() == before && before > mailbox.entries.size())
    extend(other, head.first, head.entries);
  if (other.entries.size() > known.entries.size()) known = std::move(other);
  const auto writer = known.log.members().find(head.from);
  if (writer == known.log.members().end() || !writer->second.rights.read || !writer->second.rights.post)
    return fail(known.log.was_reader(head.from) ? Code::Revoked : Code::NotAllowed, "writer");
  const auto epoch = mailbox.epochs.find(head.epoch);
  MACHI_TRY_SET(key, open_apart_head(head, state_->posting(office).open, state_->seed->seal(),
                                     epoch == mailbox.epochs.end() ? nullptr : &epoch->second.key));
  if (known.entries.size() != before) MACHI_TRY(state_->keep_log(mailbox, known));
  return ApartFile{office, head.from, std::move(key)};
}

Result<Received> Client::read_apart(const ApartFile& file, ByteView bytes, Instant now) const {
  MACHI_TRY_SET(envelope, read_envelope(bytes, typ::kApart));
  if (envelope.to != file.office || envelope.from != file.from)
    return fail(Code::NotAllowed, "another file's");
  MACHI_TRY_SET(body, open_envelope(envelope, file.key));
  return Received{file.office,  0,  envelope.id, envelope.from, body.kind, body.written, now,
                  body.content, {}, {},          envelope.epoch};
}

}  // namespace machi::mail
