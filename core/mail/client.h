// A member of the mail: keys, directory, outbox and inbox of one device over its SQLite database, and the
// calls to the hub that they ask for. Sans I/O: whoever owns it carries the calls out and gives back answers
// and the time. One thread. Everything durable is written before it is said to be so.
#pragma once

#include <functional>
#include <memory>
#include <set>

#include "core/mail/guest.h"
#include "core/mail/paper.h"
#include "core/mail/post_forms.h"
#include "core/mail/record.h"
#include "core/mail/slip.h"
#include "core/store/database.h"

namespace machi::mail {

// A request to the hub. `path` begins with /v1/. A stream gives its bytes as they come, and has no end that
// the carrier should set: the client watches over its silence.
struct Call {
  std::int64_t id = 0;
  std::string method;
  std::string path;
  Bytes body;
  std::string ticket;  // header Machi-Ticket, hex; "" when none
  bool stream = false;
  int timeout_ms = 20000;
};

// A message that was opened and whose sender is known as far as the mail layer can tell.
struct Received {
  MailboxId mailbox;
  std::uint64_t number = 0;
  MessageId id;
  SignPublic from;  // of a person with several devices, or one that took a lost one's place: always the first
  std::string kind;
  Instant written;  // by the writer's clock
  Instant at;       // when this device took it
  code::Cbor content;
  std::optional<OfficeSender> office;   // a checked proof; nothing for a person's message
  std::vector<Attachment> attachments;  // named and locked; their bytes come with fetch()
  std::uint64_t epoch = 0;              // to which it was sealed
};

// A picture or a paper that goes with a message: image/jpeg, image/png, image/webp, from offices also
// application/pdf; at most kEnclosureLimit bytes.
struct Enclosure {
  std::string media_type;
  Bytes bytes;
};
inline constexpr std::size_t kEnclosureLimit = 3u << 20;

// Where a message that this device wrote stands. Each is only ever set by what really happened.
struct PostState {
  Instant saved;
  std::optional<Instant> arrived;     // the hub's receipt holds
  std::optional<Instant> had;         // a desk has it
  std::optional<base::Code> refused;  // the hub will not take it
};

// Whom a message goes to.
struct Recipient {
  MailboxId mailbox;
  std::uint64_t epoch = 0;
  SealPublic epoch_key;
};

// A file between two devices of an office, being written and being read.
struct ApartPen {
  Bytes head;
  Recipient to;  // with the file's key
};
struct ApartFile {
  MailboxId office;
  SignPublic from;
  SealKey key;
};

struct ClientOptions {
  Town town;
  bool sends_have = false;  // desks answer with receipt.have by themselves
};

// What the app wants to know of. All are called inside the transaction or call that caused them.
struct ClientEvents {
  // Fold a message into the service's tables: same transaction as the inbox's mark, called once per message
  // id. An error other than Storage is logged and the message kept as unreadable.
  std::function<Status(const Received&)> on_message;
  std::function<void()> on_change;  // states, directory or mailboxes changed: draw again
  std::function<void(const SlipCode&, const Result<Bytes>&)>
      on_slip;  // answer to fetch_slip: the slip's COSE bytes
  std::function<void(std::string_view event, std::string_view detail)> on_log;
  std::function<void(const MessageId&, ByteView envelope)>
      on_envelope;  // a new envelope waits (for background sync)
  std::function<void(const MessageId&)> on_arrived;
  // A new device begins with a snapshot: put the service's tables into the state that `bytes` describe, which
  // is that after message number `covers`; same transaction as the inbox's mark. Without a listener, or when
  // it gives an error, the device reads all the mail that is left instead.
  std::function<Status(const MailboxId&, ByteView bytes, std::uint64_t covers)> on_snapshot;
  // Answer to recover: put the service's tables into the state that the slot's bytes describe; same
  // transaction, an error undoes it. Or why there is nothing: NotFound, BadInput, Conflict (this device has a
  // mailbox already).
  std::function<Status(const Result<Bytes>&)> on_recovered;
  // Answer to fetch: the attachment's bytes, or NotFound, BadInput for bytes that are not the ones named.
  std::function<void(const Hash&, Result<Bytes>)> on_blob;
};

class Client {
 public:
  static std::vector<store::Migration> migrations();

  Client(store::Database& database, base::Entropy& entropy, ClientOptions options, ClientEvents events);
  ~Client();
  Client(const Client&) = delete;

  // Loads or makes the device seed and reads the state.
  Status load(Instant now);

  // --- the loop
  std::vector<Call> take_calls(Instant now);
  // Calls that nobody waits for any more: they get no answer.
  std::vector<std::int64_t> take_cancelled();
  void answer(std::int64_t call, int status, ByteView body, Instant now);  // status 0: no answer
  void chunk(std::int64_t call, ByteView bytes, Instant now);
  // ms until take_calls is wanted again; nothing when only an answer can bring news.
  std::optional<int> wait(Instant now) const;
  void online(bool online, Instant now);

  // --- the town
  const Trust& trust() const;
  bool feed_known() const;      // a head was checked at least once
  bool directory_read() const;  // and all pages that it speaks of were read
  std::optional<Instant> feed_fresh() const;
  std::optional<std::int64_t> hub_skew_ms()
      const;  // hub's clock minus ours, for "differ by more than ten minutes"
  std::optional<Office> office(const MailboxId& mailbox) const;
  std::vector<Office> offices() const;
  bool reachable() const;  // the last call was answered

  // --- mailboxes
  // This device's own mailbox of a kind; makes it when there is none yet (one person mailbox a device here).
  Result<MailboxId> person_mailbox(Instant now);
  std::optional<MailboxId> person() const;  // the one that there is
  // Epoch and key of a mailbox that this device reads.
  Result<Recipient> self(const MailboxId& mailbox) const;
  // Founds an office mailbox (town programs): entries and grants are queued like everything else.
  Result<MailboxId> found_office(Instant now);
  const AccessLog* access(const MailboxId& mailbox) const;
  SignPublic posting_key(const MailboxId& mailbox) const;
  // Invites a device to a mailbox of which this one is admin: the secret for the QR.
  Result<crypto::Secret<32>> invite(const MailboxId& mailbox, Instant to, Instant now);
  // Joins with an invitation. Progress shows in joining(). One whose entry is not at the hub yet is waited
  // for. A person's second device joins the first one's mailbox so, before it has one of its own.
  Status join(const MailboxId& mailbox, crypto::Secret<32> invitation, Instant now,
              Nature nature = Nature::Office);
  // A guest's device asks an office of the directory to be let in for a time, and waits until a member has
  // added its key. Whoever lets it in compares guest_code().
  Status ask_in(const MailboxId& office, Instant now);
  GuestCode guest_code(const MailboxId& office) const;
  // It may read and post, and add nobody; hub and members let it go at that time by themselves.
  Status admit_guest(const MailboxId& mailbox, const GuestAsk& guest, Instant until, Instant now);
  // The same with the office's paper key, which stays a member.
  Status join_by_paper(const MailboxId& mailbox, const PaperKey& paper, Instant now);
  // Spare members: a paper key, the board. They may admit and are granted every epoch, but post nothing. A
  // device whose own keys were added so looks after the mailbox with attend(): it can invite, and reads no
  // mail.
  Status admit_spare(const MailboxId& mailbox, const SignPublic& key, const SealPublic& seal, Instant now);
  Status attend(const MailboxId& mailbox, Instant now);
  SealPublic sealing_key() const;
  enum class Joining { None, Waiting, Joined, Refused };
  Joining joining(const MailboxId& mailbox) const;
  // Why a mailbox that is being joined is not open yet, as the last try had it: HeadNeeded after a restore
  // until devices of the mailbox have been there, UnknownKey for an invitation that the hub has not heard of,
  // Missing for keys that are still to come.
  std::optional<base::Code> joining_waits(const MailboxId& mailbox) const;
  // Wishes of an admin; carried out in order, rebuilt when the log moved on.
  Status admit(const MailboxId& mailbox, const SignPublic& key, Rights rights, Instant now);
  Status remove(const MailboxId& mailbox, const SignPublic& key, Instant now);

  // --- sending: inside the caller's transaction; the envelope is durable when that commits.
  // Enclosures are locked and kept with it, go to the hub first, and go again after a restore; TooLarge,
  // Unsupported (media type). The hub takes them from listed keys only: those of an unknown key wait.
  // `attachments`: those of an earlier message that this one takes over (their bytes are from now on this
  // one's, and it waits for those that the hub does not have yet); behind them come the enclosures'.
  Result<MessageId> send(const Recipient& to, std::string_view kind, code::Cbor content, Instant now,
                         std::vector<Enclosure> enclosures = {},
                         std::vector<Attachment>* attachments = nullptr);
  // The message was replaced: what goes with it, and no later one took over, is not sent and not kept any
  // more.
  Status drop_enclosures(const MessageId& of);
  // The bytes of what this device enclosed, while it still has them (30 days); NotFound.
  Result<Bytes> enclosed(const Attachment& attachment) const;
  // As the office of which this device is a reader, with proof.
  Result<MessageId> send_as(const MailboxId& office, const Recipient& to, std::string_view kind,
                            code::Cbor content, Instant now);
  // Asks for the bytes of an attachment that came to `mailbox`: they come with on_blob, checked. Not kept.
  void fetch(const MailboxId& mailbox, const Attachment& attachment, Instant now);
  // Nobody waits for it any more.
  void forget(const Hash& blob);
  // --- apart from the hub: what goes by a file, or was sealed outside of the mail
  // The keys of a mailbox's epochs that this device has, the newest first: of a shelter office, what
  // household passes are sealed to.
  std::vector<crypto::SealKey> epoch_keys(const MailboxId& mailbox) const;
  // A file of messages to the own office that nobody posts: its head, then its envelopes. Every device of the
  // office reads it, whichever epoch it has seen, except who was removed as far as this one knows. Revoked:
  // this one was.
  Result<ApartPen> begin_apart(const MailboxId& office, Instant now);
  Result<Bytes> write_apart(const ApartPen& pen, std::string_view kind, code::Cbor content, Instant now);
  // One that a colleague wrote. BadInput, BadSignature; WrongTown: another office's; NotAllowed: by nobody of
  // the office; Revoked: by a device that was removed; UnknownKey: not for this device.
  Result<ApartFile> open_apart(const MailboxId& office, ByteView head);
  Result<Received> read_apart(const ApartFile& file, ByteView envelope, Instant now) const;
  // Signs, as a device of the office, what the office keeps: key and chain are filled in.
  Result<Bytes> sign_record(OfficeRecord record) const;
  // Recipient for an office: the newest epoch known from proofs, else the directory's.
  Result<Recipient> recipient(const MailboxId& office) const;
  std::optional<PostState> state(const MessageId& id) const;
  // Nothing that a member of this mailbox ever wrote still waits for the key of its epoch, as far as the log
  // is known; what a stranger seals to an epoch of its own invention does not count.
  bool opened_all(const MailboxId& mailbox) const;
  // The newest epoch whose secret a device of the mailbox was ever given: what is sealed to later ones it
  // cannot read. Nothing for a key that never could read.
  std::optional<std::uint64_t> last_epoch_of(const MailboxId& mailbox, const SignPublic& key) const;
  // Somebody writes whom this copy of the log does not know: it is read on.
  void read_access(const MailboxId& mailbox);
  int waiting() const;  // envelopes without a hub receipt
  // The person behind a posting key that applied with a slip: whom a desk answers.
  std::optional<Recipient> correspondent(const SignPublic& from) const;
  // A receipt that came another way (the service worker posted while the app was closed).
  Status take_receipt(ByteView receipt, Instant now);
  // Try now instead of at the next back-off.
  void hurry(Instant now);

  // --- a person's recovery
  // Makes the key for the printed sheet and locks this device's keys with the service's bytes into the slot
  // that it opens; one made before opens nothing any more. keep_recovery puts newer bytes into the slot, when
  // there is one. TooLarge past 64 KB compressed.
  Result<PaperKey> make_recovery(ByteView bytes, Instant now);
  Status keep_recovery(ByteView bytes, Instant now);
  bool has_recovery() const;
  bool recovery_kept() const;  // the hub has what was kept last
  // This device was taken off the person's mailbox: by a phone that took its place with the sheet, by another
  // phone of the person, or by one of both, when there were a sheet and another phone.
  enum class PutOut { No, BySheet, ByDevice, Either };
  PutOut put_out() const;
  // New keys, and nothing more of mailboxes and mail; what it knows of the town stays. A key that was taken
  // off does not come back: this device comes back as another one.
  Status start_over(Instant now);
  // On a new device: on_recovered gives the bytes; then the device takes the lost one's place in its mailbox
  // (joining) and at every office that it wrote to, by itself. The same sheet stays good.
  void recover(PaperKey paper, Instant now);
  // A second device: an invitation to this person's mailbox, kept by the hub under the code until `to`, and a
  // snapshot of the service's bytes for it to begin with. The code may be shown when all of it is at the hub.
  Result<SlipCode> hand_over(ByteView bytes, Instant to, Instant now);
  bool handed_over() const;
  // On the new device, with what fetch_slip gave for the code: joins; on_snapshot gives the bytes, and the
  // first device makes this one known to the offices. BadInput: not such an invitation. Conflict: this device
  // has a mailbox already.
  Status take_over(ByteView invitation, Instant now);
  // --- a person's several devices (client_devices.cc)
  // Their posting keys in the person's mailbox, this one's first; none without a mailbox.
  std::vector<SignPublic> own_devices(Instant now) const;
  // Another device was lost: it reads nothing any more, and the offices take nothing from it. BadInput: it is
  // this one.
  Status cut_off(const SignPublic& device, Instant now);
  // To the person's other devices, when there are any; inside the caller's transaction.
  Status tell_own(std::string_view kind, code::Cbor content, Instant now);
  bool from_own(const Received& received) const;  // another device of this person wrote it
  // What another of them wrote to an office has arrived.
  Status know_arrival(const MessageId& id, const MailboxId& to, Instant at);
  // Another of them wrote to this office first: it shall make this one known there.
  Status follow_to(const MailboxId& office, Instant now);
  // Every key under which the person of a message ever wrote.
  std::vector<SignPublic> devices_of(const SignPublic& from) const;

  // --- snapshots
  // Number of the newest message of a mailbox that this device has folded, in the hub's present numbering:
  // what a snapshot of the tables as they are now covers. 0 when nothing was read yet.
  std::uint64_t folded(const MailboxId& mailbox) const;
  // Seals the service's tables as they are after message `covers` and posts them, by itself and when it can;
  // a newer one takes the place of one that still waits. Conflict when `covers` is not folded here or
  // something before it cannot be opened yet; TooLarge past 16 MB compressed.
  Status post_snapshot(const MailboxId& mailbox, ByteView bytes, std::uint64_t covers, Instant now);

  // --- slips
  // Desk: gives a signed slip to the hub, locked, to be found by its code. Durable, goes by itself.
  Status post_slip(const MailboxId& office, const SlipCode& code, ByteView slip, Instant to);
  void fetch_slip(const SlipCode& code, Instant now);  // phone: typed code -> on_slip

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace machi::mail
