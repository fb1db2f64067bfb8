// The client's public face: every call checks its arguments, changes the tables, and leaves the network to
// take_calls.
#include "core/mail/client.h"

#include <algorithm>

#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;

namespace {
constexpr std::int64_t kVoucherSeconds = 400 * 86400;
}

Client::Client(store::Database& database, base::Entropy& entropy, ClientOptions options, ClientEvents events)
    : state_(std::make_unique<State>(database, entropy, std::move(options), std::move(events))) {}
Client::~Client() = default;

Status Client::load(Instant now) { return state_->load(now); }

std::vector<Call> Client::take_calls(Instant now) {
  std::vector<Call> out;
  if (!state_->is_online) return out;
  state_->watch_streams(now);
  if (now < state_->not_before) return out;
  state_->plan_changes(out, now);
  if (now >= state_->errand_after) state_->plan_errand(out);
  if (auto planned = state_->plan_introductions(now); !planned.ok())
    state_->log("mail.storage", "introductions");
  if (auto planned = state_->plan_stays(now); !planned.ok()) state_->log("mail.storage", "devices");
  state_->plan_blobs(out, now);
  state_->plan_posts(out, now);
  state_->plan_snapshots(out, now);
  state_->plan_town(out, now);
  state_->plan_sessions(out, now);
  state_->plan_blob_fetches(out, now);
  return out;
}

void Client::answer(std::int64_t call, int status, ByteView body, Instant now) {
  auto found = state_->open.find(call);
  if (found == state_->open.end()) return;
  const Conversation about = found->second;
  state_->open.erase(found);
  const bool session_call = about.purpose == Purpose::Challenge || about.purpose == Purpose::Ticket ||
                            about.purpose == Purpose::Stream || about.purpose == Purpose::FoundAgain ||
                            about.purpose == Purpose::AccessHead || about.purpose == Purpose::Snapshots ||
                            about.purpose == Purpose::SnapshotChunk;
  const bool sync_call = about.purpose == Purpose::AccessGet || about.purpose == Purpose::GrantsGet;
  if (status == 0 && !session_call && !sync_call) return state_->network_failed(now);
  if (status != 0) {
    state_->failures = 0;
    state_->not_before = Instant{};
    if (!state_->answered) {
      state_->answered = true;
      state_->changed();
    }
  }
  // An answer to a session that was begun anew belongs to nobody.
  if (session_call || sync_call) {
    auto mailbox = state_->mailboxes.find(about.mailbox);
    if (mailbox == state_->mailboxes.end()) return;
    const Session& session = mailbox->second.session;
    if ((session_call && session.call != call) || (sync_call && session.sync_call != call)) return;
  }
  state_->dispatch(about, status, body, now);
}

void Client::chunk(std::int64_t call, ByteView bytes, Instant now) {
  auto found = state_->open.find(call);
  if (found == state_->open.end()) return;
  auto mailbox = state_->mailboxes.find(found->second.mailbox);
  if (mailbox == state_->mailboxes.end() || mailbox->second.session.call != call) return;
  if (!state_->answered) {
    state_->answered = true;
    state_->changed();
  }
  state_->failures = 0;
  mailbox->second.session.failures = 0;
  mailbox->second.session.heard = now;
  state_->take_frames(mailbox->second, bytes, now);
}

std::vector<std::int64_t> Client::take_cancelled() { return std::exchange(state_->cancelled, {}); }
std::optional<int> Client::wait(Instant now) const { return state_->wait(now); }

void Client::online(bool online, Instant now) {
  if (state_->is_online == online) return;
  state_->is_online = online;
  if (online) hurry(now);
  state_->changed();
}

void Client::hurry(Instant now) {
  state_->failures = 0;
  state_->not_before = Instant{};
  state_->post_after.clear();
  state_->change_after.clear();
  state_->errand_after = Instant{};
  state_->blob_after.clear();
  state_->hub_due = std::min(state_->hub_due, now);
  if (!state_->head_known) state_->feed_due = now;
  for (auto& [id, mailbox] : state_->mailboxes) mailbox.session.next_try = Instant{};
}

const Trust& Client::trust() const { return state_->trust; }
bool Client::feed_known() const { return state_->head_known; }
bool Client::directory_read() const {
  return state_->head_known && !state_->page_due && state_->pages >= state_->pages_wanted;
}
std::optional<Instant> Client::feed_fresh() const { return state_->fresh; }
std::optional<std::int64_t> Client::hub_skew_ms() const { return state_->hub_skew_ms; }
bool Client::reachable() const { return state_->is_online && state_->answered; }

std::optional<Office> Client::office(const MailboxId& mailbox) const {
  auto found = state_->offices.find(mailbox);
  return found == state_->offices.end() ? std::nullopt : std::optional<Office>(found->second);
}

std::vector<Office> Client::offices() const {
  std::vector<Office> out;
  for (const auto& [id, office] : state_->offices) out.push_back(office);
  return out;
}

std::optional<MailboxId> Client::person() const {
  for (const Belonging first : {Belonging::Joined, Belonging::Joining, Belonging::Founded})
    for (const auto& [id, mailbox] : state_->mailboxes)
      if (mailbox.nature == Nature::Person && mailbox.belonging == first) return id;
  return std::nullopt;
}

Result<MailboxId> Client::person_mailbox(Instant now) {
  if (const auto there = person()) return *there;
  return state_->found(Nature::Person, now);
}

Result<MailboxId> Client::found_office(Instant now) { return state_->found(Nature::Office, now); }

Result<Recipient> Client::self(const MailboxId& mailbox) const {
  auto found = state_->mailboxes.find(mailbox);
  if (found == state_->mailboxes.end() || found->second.log.epoch() == 0)
    return fail(Code::NotFound, "mailbox");
  return Recipient{mailbox, found->second.log.epoch(), found->second.log.epoch_key()};
}

const AccessLog* Client::access(const MailboxId& mailbox) const {
  auto found = state_->mailboxes.find(mailbox);
  return found == state_->mailboxes.end() ? nullptr : &found->second.log;
}

SignPublic Client::posting_key(const MailboxId& mailbox) const { return state_->posting(mailbox).open; }

Result<crypto::Secret<32>> Client::invite(const MailboxId& mailbox, Instant to, Instant) {
  crypto::Secret<32> secret;
  state_->entropy.fill(secret.bytes());
  const crypto::DeviceSeed invitation(secret.clone());
  MACHI_TRY(state_->wish(mailbox, AccessOp::Add, invitation.posting(mailbox).open, kAllRights,
                         invitation.seal().open, to));
  return secret;
}

Status Client::ask_in(const MailboxId& office, Instant now) {
  MACHI_TRY_SET(to, recipient(office));
  store::Transaction transaction(state_->database);
  MACHI_TRY(state_->wait_in(office));
  MACHI_TRY(send(to, kKindGuest, encode_guest(sealing_key()), now));
  return transaction.commit();
}

GuestCode Client::guest_code(const MailboxId& office) const {
  return mail::guest_code({posting_key(office), sealing_key()});
}

Status Client::admit_guest(const MailboxId& mailbox, const GuestAsk& guest, Instant until, Instant) {
  return state_->wish(mailbox, AccessOp::Add, guest.key, {true, true, false}, guest.seal, until);
}

Status Client::join(const MailboxId& mailbox, crypto::Secret<32> invitation, Instant, Nature nature) {
  return state_->join(mailbox, std::move(invitation), nature, false);
}

Status Client::join_by_paper(const MailboxId& mailbox, const PaperKey& paper, Instant) {
  return state_->join(mailbox, paper_seed(paper), Nature::Office, true);
}

Status Client::admit_spare(const MailboxId& mailbox, const SignPublic& key, const SealPublic& seal, Instant) {
  return state_->wish(mailbox, AccessOp::Add, key, kSpareRights, seal, std::nullopt);
}

Status Client::attend(const MailboxId& mailbox, Instant) { return state_->attend(mailbox); }
SealPublic Client::sealing_key() const { return state_->seed->seal().open; }

std::vector<SignPublic> Client::devices_of(const SignPublic& from) const { return state_->devices_of(from); }

Result<PaperKey> Client::make_recovery(ByteView bytes, Instant now) {
  PaperKey paper = make_paper(state_->entropy);
  store::Transaction transaction(state_->database);
  MACHI_TRY(state_->save("recovery", paper.bytes.view()));
  MACHI_TRY(state_->save("recovery-bytes", bytes));
  MACHI_TRY(state_->post_slot(now));
  MACHI_TRY(transaction.commit());
  return paper;
}

Status Client::keep_recovery(ByteView bytes, Instant now) {
  if (!has_recovery()) return {};
  store::Transaction transaction(state_->database);
  MACHI_TRY(state_->save("recovery-bytes", bytes));
  MACHI_TRY(state_->post_slot(now));
  return transaction.commit();
}

bool Client::has_recovery() const { return !state_->saved("recovery").empty(); }

bool Client::recovery_kept() const {
  auto row = state_->database.prepare("select 1 from mail_errand where path='/v1/slot' and done=0");
  const auto waits = row.step();
  return has_recovery() && waits.ok() && !*waits;
}

Client::PutOut Client::put_out() const {
  const OwnMailbox* lost = nullptr;
  for (const auto& [id, mailbox] : state_->mailboxes)
    if (mailbox.nature == Nature::Person) {
      if (mailbox.belonging != Belonging::Refused) return PutOut::No;
      lost = &mailbox;
    }
  if (lost == nullptr) return PutOut::No;
  // Only another device of the log, or who holds the sheet, can have done it.
  const SignPublic own = posting_key(lost->id);
  const bool others = std::any_of(lost->log.members().begin(), lost->log.members().end(),
                                  [&](const auto& member) { return member.first != own; });
  return !others ? PutOut::BySheet : has_recovery() ? PutOut::Either : PutOut::ByDevice;
}

void Client::recover(PaperKey paper, Instant) { state_->slot_asked = std::move(paper); }

Client::Joining Client::joining(const MailboxId& mailbox) const {
  auto found = state_->mailboxes.find(mailbox);
  if (found == state_->mailboxes.end()) return Joining::None;
  switch (found->second.belonging) {
    case Belonging::Joining:
      return Joining::Waiting;
    case Belonging::Refused:
      return Joining::Refused;
    case Belonging::Founded:
    case Belonging::Joined:
    case Belonging::Standby:
      return Joining::Joined;
  }
  return Joining::None;
}

std::optional<Code> Client::joining_waits(const MailboxId& mailbox) const {
  const auto found = state_->mailboxes.find(mailbox);
  if (found == state_->mailboxes.end() || found->second.belonging != Belonging::Joining) return std::nullopt;
  return found->second.session.trouble;
}

Status Client::admit(const MailboxId& mailbox, const SignPublic& key, Rights rights, Instant) {
  return state_->wish(mailbox, AccessOp::Add, state_->current(key), rights, std::nullopt, std::nullopt);
}

Status Client::remove(const MailboxId& mailbox, const SignPublic& key, Instant) {
  // A person is taken off with every device; one that is not listed any more is passed over.
  for (const SignPublic& device : state_->devices_of(key))
    MACHI_TRY(state_->wish(mailbox, AccessOp::Remove, device, {}, std::nullopt, std::nullopt));
  return {};
}

Result<MessageId> Client::send(const Recipient& to, std::string_view kind, code::Cbor content, Instant now,
                               std::vector<Enclosure> enclosures, std::vector<Attachment>* attachments) {
  Body body;
  body.kind = kind;
  body.content = std::move(content);
  if (attachments) body.attachments = *attachments;
  return state_->write(to, std::move(body), now, std::move(enclosures), nullptr, attachments);
}

Status Client::drop_enclosures(const MessageId& of) { return state_->drop_blobs(of); }

Result<Bytes> Client::enclosed(const Attachment& attachment) const {
  auto row = state_->database.prepare("select bytes from mail_blob where hash=?");
  row.bind(attachment.blob);
  MACHI_TRY_SET(there, row.step());
  if (!there) return fail(Code::NotFound, "enclosure");
  return crypto::unlock(crypto::Secret<32>(attachment.key), row.blob(0));
}

void Client::forget(const Hash& blob) { state_->blob_wanted.erase(blob); }

void Client::fetch(const MailboxId& mailbox, const Attachment& attachment, Instant) {
  state_->blob_wanted.insert_or_assign(
      attachment.blob, WantedBlob{mailbox, crypto::Secret<32>(attachment.key), attachment.size, {}});
}

std::uint64_t Client::folded(const MailboxId& mailbox) const {
  auto found = state_->mailboxes.find(mailbox);
  if (found == state_->mailboxes.end() || found->second.cursor_of != state_->incarnation) return 0;
  return static_cast<std::uint64_t>(found->second.cursor);
}

Status Client::post_snapshot(const MailboxId& mailbox, ByteView bytes, std::uint64_t covers, Instant now) {
  return state_->post_snapshot(mailbox, bytes, covers, now);
}

Result<MessageId> Client::send_as(const MailboxId& office, const Recipient& to, std::string_view kind,
                                  code::Cbor content, Instant now) {
  Body body;
  body.kind = kind;
  body.content = std::move(content);
  MACHI_TRY_SET(proof, state_->proof(office, to.mailbox, now.plus_seconds(kVoucherSeconds)));
  body.proof = std::move(proof);
  return state_->write(to, std::move(body), now);
}

Result<Bytes> Client::sign_record(OfficeRecord record) const {
  MACHI_TRY_SET(proof, state_->proof(record.office, record.office, record.at));
  record.chain = std::move(proof.chain);
  return make_office_record(record, state_->posting(record.office));
}

Result<Recipient> Client::recipient(const MailboxId& office) const {
  auto found = state_->offices.find(office);
  if (found == state_->offices.end()) return fail(Code::NotFound, "office");
  Recipient to{office, found->second.epoch, found->second.epoch_key};
  auto row = state_->database.prepare("select epoch, key from mail_recipient where mailbox=?");
  row.bind(office);
  MACHI_TRY_SET(there, row.step());
  if (there && static_cast<std::uint64_t>(row.integer(0)) > to.epoch)
    to = Recipient{office, static_cast<std::uint64_t>(row.integer(0)), SealPublic{row.fixed<32>(1)}};
  return to;
}

std::optional<PostState> Client::state(const MessageId& id) const {
  auto row = state_->database.prepare("select saved, arrived, had, refused from mail_out where id=?");
  row.bind(id);
  auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  PostState out;
  out.saved = row.instant(0);
  if (!row.is_null(1)) out.arrived = row.instant(1);
  if (!row.is_null(2)) out.had = row.instant(2);
  if (!row.is_null(3)) out.refused = base::code_of(row.text(3));
  return out;
}

bool Client::opened_all(const MailboxId& mailbox) const {
  const auto found = state_->mailboxes.find(mailbox);
  // A newcomer's key stands in entries that have not been read yet.
  if (found == state_->mailboxes.end() || found->second.wants_sync) return false;
  auto row = state_->database.prepare("select sender from mail_in where mailbox=? and sealed is not null");
  row.bind(mailbox);
  for (;;) {
    const auto there = row.step();
    if (!there.ok()) return false;
    if (!*there) return true;
    if (found->second.log.was_reader(SignPublic{row.fixed<32>(0)})) return false;
  }
}

std::optional<std::uint64_t> Client::last_epoch_of(const MailboxId& mailbox, const SignPublic& key) const {
  const auto found = state_->mailboxes.find(mailbox);
  if (found == state_->mailboxes.end()) return std::nullopt;
  std::optional<std::uint64_t> out;
  std::uint64_t epoch = 0;
  bool reads = false;
  for (const Bytes& bytes : found->second.entries) {
    const auto entry = read_access_entry(bytes);
    if (!entry.ok()) continue;
    if (entry->op == AccessOp::Epoch) epoch = entry->epoch;
    if (entry->op == AccessOp::Add && entry->subject == key) reads = entry->rights.read;
    if (entry->op == AccessOp::Remove && entry->subject == key) reads = false;
    if (reads) out = epoch;
  }
  return out;
}

void Client::read_access(const MailboxId& mailbox) {
  if (const auto found = state_->mailboxes.find(mailbox); found != state_->mailboxes.end())
    found->second.wants_sync = true;
}

int Client::waiting() const {
  auto row =
      state_->database.prepare("select count(*) from mail_out where arrived is null and refused is null");
  auto there = row.step();
  return there.ok() && *there ? static_cast<int>(row.integer(0)) : 0;
}

std::optional<Recipient> Client::correspondent(const SignPublic& from) const {
  auto row = state_->database.prepare("select mailbox, epoch, key from mail_correspondent where sender=?");
  row.bind(from.bytes);
  auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return Recipient{row.id<MailboxId>(0), static_cast<std::uint64_t>(row.integer(1)),
                   SealPublic{row.fixed<32>(2)}};
}

Status Client::take_receipt(ByteView receipt, Instant now) { return state_->take_receipt(receipt, now); }

Status Client::post_slip(const MailboxId& office, const SlipCode& code, ByteView slip, Instant to) {
  const Bytes record = make_slip_record(state_->entropy, office, code, slip, to, state_->posting(office));
  return state_->database
      .prepare("insert into mail_errand(path, body, until) values('/v1/slip-record', ?, ?)")
      .bind(record)
      .bind(to.plus_seconds(48 * 3600))  // as long as the hub finds it
      .run();
}

void Client::fetch_slip(const SlipCode& code, Instant) { state_->slip_wanted = code; }

}  // namespace machi::mail
