// The several devices of one person among themselves: which they are, what they tell each other, and how one
// that was lost is cut off - from the person's mailbox by the access log, from the offices by a word of those
// that stay.
#include <algorithm>

#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

constexpr std::size_t kDevicesLimit = 16;

}  // namespace

OwnMailbox* Client::State::own_person() {
  for (auto& [id, mailbox] : mailboxes)
    if (mailbox.nature == Nature::Person &&
        (mailbox.belonging == Belonging::Joined || mailbox.belonging == Belonging::Founded))
      return &mailbox;
  return nullptr;
}

Cbor Client::State::own_statements(const MailboxId& person, const std::vector<MailboxId>& at) {
  code::CborArray list;
  for (const MailboxId& office : at)
    list.emplace_back(make_device_statement({office, {}, person}, posting(office)));
  return Cbor(std::move(list));
}

Status Client::State::learn_keys(const OwnMailbox& mailbox, const Envelope& envelope, const Cbor* list) {
  if (list == nullptr || list->array() == nullptr) return {};
  for (const Cbor& item : *list->array()) {
    MACHI_TRY_SET(raw, item.bytes());
    MACHI_TRY_SET(statement, read_device_statement(raw));
    if (statement.person == mailbox.id)
      MACHI_TRY(database.prepare("insert or replace into mail_peer(office, key, member) values(?,?,?)")
                    .bind(statement.office)
                    .bind(statement.device.bytes)
                    .bind(envelope.from.bytes)
                    .run());
  }
  return {};
}

// Once the mailbox itself is closed to the lost one: who stays, and the epoch to write to from now on.
Status Client::State::plan_stays(Instant now) {
  OwnMailbox* person = own_person();
  if (person == nullptr || saved("stays").empty() || has_change(person->id)) return {};
  auto wishes = database.prepare("select 1 from mail_wish where mailbox=?");
  wishes.bind(person->id);
  MACHI_TRY_SET(waits, wishes.step());
  if (waits) return {};
  store::Transaction transaction(database);
  for (const MailboxId& office : offices_written_to()) {
    code::CborArray keys{Cbor(posting(office).open.bytes)};
    auto peers = database.prepare("select key, member from mail_peer where office=?");
    peers.bind(office);
    for (;;) {
      MACHI_TRY_SET(there, peers.step());
      if (!there) break;
      if (person->log.find(SignPublic{peers.fixed<32>(1)}, now)) keys.emplace_back(peers.fixed<32>(0));
    }
    MACHI_TRY(write_to_office(
        office, "person.stays",
        Cbor::map({{1, Cbor(std::move(keys))}, {2, person->log.epoch()}, {3, person->log.epoch_key().bytes}}),
        now, nullptr, nullptr));
  }
  MACHI_TRY(save("stays", {}));
  return transaction.commit();
}

// At the office. Devices are known in the log's order: who came later is not among them.
Status Client::State::take_stays(OwnMailbox& mailbox, const Envelope& envelope, const Received& received) {
  const Cbor* list = received.content.find(1);
  MACHI_TRY_SET(epoch, received.content.integer_at(2));
  MACHI_TRY_SET(epoch_key, received.content.fixed_at<32>(3));
  if (list == nullptr || list->array() == nullptr || list->array()->size() > kDevicesLimit || epoch < 1 ||
      !crypto::is_sound(SealPublic{epoch_key}))
    return fail(Code::BadInput, "devices");
  std::vector<SignPublic> stay{envelope.from};
  for (const Cbor& item : *list->array()) {
    MACHI_TRY_SET(raw, item.bytes());
    MACHI_TRY_SET(key, base::fixed<32>(raw));
    stay.push_back(SignPublic{key});
  }
  auto known = database.prepare("select 1 from mail_correspondent where sender=?");
  known.bind(received.from.bytes);
  MACHI_TRY_SET(applied, known.step());
  if (mailbox.nature != Nature::Office || !applied) return fail(Code::NotAllowed, "person");
  MACHI_TRY(database.prepare("update mail_correspondent set epoch=?, key=? where sender=? and epoch<=?")
                .bind(epoch)
                .bind(epoch_key)
                .bind(received.from.bytes)
                .bind(epoch)
                .run());
  const auto self = mailbox.log.members().find(posting(mailbox.id).open);
  if (self == mailbox.log.members().end() || !self->second.rights.admin) return {};
  for (const SignPublic& device : devices_of(received.from)) {
    const auto listed = mailbox.log.members().find(device);
    if (std::find(stay.begin(), stay.end(), device) == stay.end() && listed != mailbox.log.members().end() &&
        !listed->second.rights.read)
      MACHI_TRY(wish(mailbox.id, AccessOp::Remove, device, {}, std::nullopt, std::nullopt));
  }
  return {};
}

// In one transaction on disk; what is in memory follows when that has held.
Status Client::State::start_over() {
  crypto::DeviceSeed next = crypto::DeviceSeed::make(entropy);
  {
    store::Transaction transaction(database);
    for (const char* table : {"mail_correspondent", "mail_mailbox", "mail_access", "mail_epoch", "mail_wish",
                              "mail_change", "mail_errand", "mail_out", "mail_in", "mail_blob",
                              "mail_snapshot", "mail_device", "mail_introduce", "mail_peer"})
      MACHI_TRY(database.execute(std::string("delete from ") + table));
    MACHI_TRY(database.execute(
        "delete from mail_note where name in ('former', 'recovery', 'recovery-bytes', 'stays')"));
    MACHI_TRY(save("seed", next.view()));
    MACHI_TRY(transaction.commit());
  }
  for (const auto& [id, about] : open) cancelled.push_back(id);
  open.clear();
  mailboxes.clear();
  post_after.clear();
  puzzles.clear();
  change_after.clear();
  blob_after.clear();
  blob_wanted.clear();
  slip_wanted.reset();
  slot_asked.reset();
  former.reset();
  seed.emplace(std::move(next));
  return {};
}

std::vector<SignPublic> Client::own_devices(Instant now) const {
  const OwnMailbox* person = state_->own_person();
  if (person == nullptr) return {};
  std::vector<SignPublic> out{posting_key(person->id)};
  for (const Member& member : person->log.readers(now))
    if (!member.to && member.key != out.front()) out.push_back(member.key);
  return out;
}

Status Client::cut_off(const SignPublic& device, Instant) {
  const OwnMailbox* person = state_->own_person();
  if (person == nullptr || device == posting_key(person->id)) return fail(Code::BadInput, "device");
  store::Transaction transaction(state_->database);
  MACHI_TRY(state_->wish(person->id, AccessOp::Remove, device, {}, std::nullopt, std::nullopt));
  MACHI_TRY(state_->save("stays", base::view("1")));
  return transaction.commit();
}

Status Client::start_over(Instant now) {
  MACHI_TRY(state_->start_over());
  hurry(now);
  state_->changed();
  return {};
}

Status Client::tell_own(std::string_view kind, code::Cbor content, Instant now) {
  const OwnMailbox* person = state_->own_person();
  if (person == nullptr || person->log.readers(now).size() < 2) return {};
  MACHI_TRY_SET(to, self(person->id));
  const auto sent = send(to, kind, std::move(content), now);
  return sent.ok() ? Status{} : Status(sent.error());
}

bool Client::from_own(const Received& received) const {
  const OwnMailbox* person = state_->own_person();
  return person != nullptr && received.mailbox == person->id && !received.office &&
         person->log.was_reader(received.from) && received.from != posting_key(person->id);
}

Status Client::know_arrival(const MessageId& id, const MailboxId& to, Instant at) {
  return state_->keep_arrivals({{id, to, at}});
}

Status Client::follow_to(const MailboxId& office, Instant now) {
  const auto known = state_->offices_written_to();
  OwnMailbox* person = state_->own_person();
  if (person == nullptr || std::find(known.begin(), known.end(), office) != known.end()) return {};
  return state_->offer_devices(*person, {office}, true, now);
}

}  // namespace machi::mail
