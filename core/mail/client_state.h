// Inside of mail::Client: what it knows, its tables, and the steps of its conversation with the hub. Private
// to core/mail. Everything durable lives in the tables `mail_*`; the rest is rebuilt by load().
#pragma once

#include <map>
#include <memory>

#include "core/mail/apart.h"
#include "core/mail/client.h"
#include "core/mail/paper.h"
#include "core/mail/puzzle.h"
#include "core/mail/snapshot.h"

namespace machi::mail {

// Why a call was made, and about what.
enum class Purpose {
  Hub,
  FeedHead,
  FeedPage,
  Post,
  Challenge,
  Ticket,
  AccessGet,
  GrantsGet,
  Stream,
  ChangeAccess,
  ChangeGrants,
  FoundAgain,
  AccessHead,
  Errand,
  SlipFetch,
  BlobPost,
  BlobFetch,
  SnapshotPost,
  Snapshots,
  SnapshotChunk,
  SlotFetch,
};

struct Conversation {
  Purpose purpose = Purpose::Hub;
  MailboxId mailbox{};
  MessageId message{};
  std::int64_t number = 0;  // page, errand
  SlipCode code{};
  Hash blob{};
  bool patient = false;  // an errand that an unknown key may still do later
};

// Reading one mailbox: a challenge, a ticket for it, then the stream; beside the stream, what is new in log
// and grants.
struct Session {
  enum class Step { Challenge, Ticket, Ready, Streaming, FoundAgain, AccessHead, Snapshots, Chunks };
  Step step = Step::Challenge;
  bool with_invitation = false;
  base::Array<32> challenge{};
  std::string ticket;
  Instant next_try;
  int failures = 0;
  std::optional<base::Code> trouble;  // of the last try, while nothing was opened since
  std::int64_t call = 0;              // the step's own call
  std::int64_t sync_call = 0;         // GET access or grants beside it
  Instant sync_after;
  std::size_t posted = 0;  // entries of the log that were posted again
  Instant heard;           // when the stream last gave a sign of life
  int sync_misses = 0;     // grants were asked for, and an epoch is still closed
  Bytes buffer;
};

// Standby: a spare member looks after the log and the grants, and reads no mail.
enum class Belonging { Founded = 1, Joining = 2, Joined = 3, Refused = 4, Standby = 5 };

// The secret that grants carry, and the key pair made from it.
struct EpochSecret {
  crypto::Secret<32> secret;
  crypto::SealKey key;
};

// Snapshots that the hub offers to a device that begins: the most trusted first, and how far the chunks are
// here.
struct Taking {
  std::vector<Snapshot> offered;
  std::vector<Bytes> chunks;  // of the first; locked
  std::uint64_t start = 0;    // what the hub has deleted, and in which incarnation
  IncarnationId start_of;
};

// An attachment that somebody looks at now.
struct WantedBlob {
  MailboxId mailbox;
  crypto::Secret<32> key;
  std::uint64_t size = 0;
  Instant after;
};

struct OwnMailbox {
  MailboxId id;
  Nature nature = Nature::Person;
  Belonging belonging = Belonging::Founded;
  std::int64_t cursor = 0;
  IncarnationId cursor_of;
  AccessLog log;
  std::vector<Bytes> entries;
  std::map<std::uint64_t, EpochSecret> epochs;
  std::optional<crypto::Secret<32>> invitation;
  bool invitation_stays = false;  // a paper key: it may be needed again
  bool wants_grants = false;      // a message waits for an epoch that this device cannot open yet
  bool wants_sync = false;        // the log moved on: read it before the next change
  std::optional<Instant>
      log_due;  // somebody wrote whom this copy of the log does not know: it is read on then
  bool wants_snapshot = false;
  std::optional<WireError> begins_later;  // the hub has no more what would come first
  Taking taking;
  Session session;

  // Joined, and nothing of it read yet: a snapshot is the quickest beginning.
  bool never_read() const { return cursor_of.is_zero() && belonging != Belonging::Founded; }
  bool lacks_an_epoch() const { return epochs.size() < log.epoch(); }
  // The public key of every epoch, as the log's signed entries have it.
  std::map<std::uint64_t, SealPublic> epoch_keys() const;
  // Epochs whose kept secret is not the log's: planned here, and begun by somebody else or by nobody.
  std::vector<std::uint64_t> stillborn_epochs() const;
};

// An access log and its entries, from number 0.
struct KnownLog {
  AccessLog log;
  std::vector<Bytes> entries;
};

struct Client::State {
  State(store::Database& db, base::Entropy& random, ClientOptions opts, ClientEvents evs)
      : database(db),
        entropy(random),
        options(std::move(opts)),
        events(std::move(evs)),
        trust(options.town) {}

  store::Database& database;
  base::Entropy& entropy;
  ClientOptions options;
  ClientEvents events;
  Trust trust;

  std::optional<crypto::DeviceSeed> seed;
  std::map<MailboxId, OwnMailbox> mailboxes;
  std::map<MailboxId, Office> offices;
  IncarnationId incarnation;
  std::uint64_t pages = 0;  // pages of the newest head seen
  Instant head_at;
  std::optional<Instant> fresh;
  bool head_known = false;

  // --- the moment
  bool is_online = true;
  bool answered = true;
  int failures = 0;
  Instant not_before;  // network back-off
  Instant hub_due;
  Instant feed_due;
  std::optional<std::uint64_t> page_due;
  std::uint64_t pages_wanted = 0;
  Hash head_last{};
  std::optional<std::int64_t> hub_skew_ms;
  Instant errand_after;
  std::int64_t next_call = 1;
  std::map<std::int64_t, Conversation> open;
  std::vector<std::int64_t> cancelled;
  std::map<MessageId, Instant> post_after;    // refused for now
  std::map<MessageId, PuzzleSearch> puzzles;  // asked of a key that the hub does not know, under load
  std::map<MailboxId, Instant> change_after;
  std::optional<SlipCode> slip_wanted;
  std::map<MessageId, Instant> blob_after;  // of a message or a snapshot
  std::map<Hash, WantedBlob> blob_wanted;

  // client_state.cc
  Status load(Instant now);
  Status load_mailboxes();
  Status save(std::string_view name, ByteView value);
  Bytes saved(std::string_view name);
  void log(std::string_view event, std::string_view detail) const;
  void changed() const;
  crypto::SignKey posting(const MailboxId& mailbox) const { return seed->posting(mailbox); }
  Status learn_incarnation(const IncarnationId& now_is, Instant now);

  // client_feed.cc
  void take_feed(ByteView body, Instant now);
  void take_page(std::uint64_t number, ByteView body, Instant now);
  Status fold_item(const Item& item);

  // client_outbox.cc
  Result<MessageId> write(const Recipient& to, Body body, Instant now, std::vector<Enclosure> enclosures = {},
                          const crypto::SignKey* author = nullptr,
                          std::vector<Attachment>* attached = nullptr);
  void posted(const MessageId& id, int status, ByteView body, Instant now);
  Status take_receipt(ByteView bytes, Instant now);
  Status mark_had(const MessageId& id, Instant now);
  Status mark_arrived(const MessageId& id, Instant at);
  Result<std::optional<std::pair<MessageId, Bytes>>> next_envelope(Instant now);
  bool any_due() const;
  void begin_puzzle(const MessageId& id, int bits);
  void work_on_puzzles();

  // client_inbox.cc
  void take_frames(OwnMailbox& mailbox, ByteView bytes, Instant now);
  Status take_message(OwnMailbox& mailbox, std::uint64_t number, ByteView envelope, Instant now);
  Status open_message(OwnMailbox& mailbox, std::uint64_t number, const Envelope& envelope, Instant now);
  Status retry_sealed(OwnMailbox& mailbox, Instant now);
  Status deliver(const Received& received, Instant now);
  Result<std::optional<OfficeSender>> sender_of(const Envelope& envelope, const Body& body, Instant now);
  Status remember_applicant(const Received& received);
  Status owe_have(const OwnMailbox& mailbox, const Envelope& envelope);
  Status send_haves(Instant now);
  static Bytes rewrap(const Envelope& envelope);
  static Result<Envelope> unwrap(const MailboxId& to, ByteView kept);
  std::map<SignPublic, std::vector<MessageId>> haves;  // owed within the current transaction

  // client_blobs.cc
  Result<std::vector<Attachment>> enclose(const MailboxId& to, const MessageId& message,
                                          std::vector<Enclosure> enclosures);
  Status keep_blob(const MailboxId& mailbox, const MessageId& of, const Hash& hash, ByteView locked);
  Status drop_blobs(const MessageId& of);
  Status drop_old_blobs(Instant now);
  Status post_blobs_again();  // to a restored hub
  void plan_blobs(std::vector<Call>& out, Instant now);
  void blob_posted(const Conversation& about, int status, ByteView body, Instant now);
  void plan_blob_fetches(std::vector<Call>& out, Instant now);
  void blob_fetched(const Conversation& about, int status, ByteView body, Instant now);

  // client_snapshot.cc
  Status post_snapshot(const MailboxId& mailbox, ByteView bytes, std::uint64_t covers, Instant now);
  void plan_snapshots(std::vector<Call>& out, Instant now);
  void snapshot_posted(const Conversation& about, int status, ByteView body, Instant now);
  void begins_later(OwnMailbox& mailbox, const WireError& error, Instant now);
  void snapshots_answered(OwnMailbox& mailbox, ByteView body, Instant now);
  void chunk_answered(OwnMailbox& mailbox, ByteView body, Instant now);
  void next_offer(OwnMailbox& mailbox, std::string_view why, Instant now);
  Status take_snapshot(OwnMailbox& mailbox, Instant now);
  Status begin_at(OwnMailbox& mailbox, std::uint64_t number);

  // client_person.cc
  SignPublic canonical(const SignPublic& sender);  // the first device of the person who wrote
  std::vector<SignPublic> devices_of(const SignPublic& first);
  SignPublic current(const SignPublic& key);  // that one, or what took its place
  Status take_device(OwnMailbox& mailbox, const Envelope& envelope, const Received& received);
  Status introduce_all(OwnMailbox& mailbox, const Envelope& envelope, const Received& received, Instant now);
  Status write_to_office(const MailboxId& office, std::string_view kind, code::Cbor content, Instant now,
                         const crypto::SignKey* author, MessageId* id);
  Status write_introduction(const MailboxId& office, const OwnMailbox& person, ByteView statement,
                            bool replaces, const crypto::SignKey* author, Instant now, MessageId* id);
  Status take_introduced(const OwnMailbox& mailbox, const Envelope& envelope, const Received& received);
  // `waits`: nothing goes to these offices before another device has answered.
  Status offer_devices(OwnMailbox& mailbox, const std::vector<MailboxId>& offices, bool waits, Instant now);
  Status plan_introductions(Instant now);
  Status forget_introduction(const MessageId& id);
  Result<Bytes> recovery_content(ByteView service);
  Result<std::vector<KnownArrival>> arrivals();
  Status keep_arrivals(const std::vector<KnownArrival>& arrived);
  Status post_slot(Instant now);
  void slot_answered(int status, ByteView body, Instant now);
  Status take_slot(const PaperKey& paper, ByteView body, Instant now);
  std::vector<MailboxId> offices_written_to();
  std::optional<PaperKey> slot_asked;
  Status start_over();
  std::optional<crypto::DeviceSeed>
      former;  // of the device whose place this one took, until all offices know

  // client_devices.cc
  OwnMailbox* own_person();  // the mailbox of which this device is a member; or null
  code::Cbor own_statements(const MailboxId& person, const std::vector<MailboxId>& at);
  Status learn_keys(const OwnMailbox& mailbox, const Envelope& envelope, const code::Cbor* statements);
  Status plan_stays(Instant now);
  Status take_stays(OwnMailbox& mailbox, const Envelope& envelope, const Received& received);

  // client_access.cc
  Result<MailboxId> found(Nature nature, Instant now);
  Status join(const MailboxId& mailbox, crypto::Secret<32> invitation, Nature nature, bool stays);
  Status attend(const MailboxId& mailbox);
  Status wait_in(const MailboxId& mailbox);
  void let_in(OwnMailbox& mailbox, Instant now);
  Status store_mailbox(const OwnMailbox& mailbox);
  Status append_entry(OwnMailbox& mailbox, ByteView entry);
  Status keep_epoch(OwnMailbox& mailbox, std::uint64_t epoch, const crypto::Secret<32>& secret);
  Status take_entries(OwnMailbox& mailbox, ByteView body);
  Status take_grants(OwnMailbox& mailbox, ByteView body, Instant now);
  Result<Proof> proof(const MailboxId& office, const MailboxId& target, Instant until);

  // client_apart.cc: the log as the hub gave it, and what files told of its going on since
  KnownLog known_log(const OwnMailbox& mailbox);
  Status keep_log(const OwnMailbox& mailbox, const KnownLog& known);

  // client_change.cc
  Status wish(const MailboxId& mailbox, AccessOp op, const SignPublic& key, Rights rights,
              std::optional<SealPublic> seal, std::optional<Instant> until);
  Status store_change(OwnMailbox& mailbox, const std::vector<Bytes>& entries,
                      const std::vector<Bytes>& grants);
  bool has_change(const MailboxId& mailbox);
  Status plan_wishes(OwnMailbox& mailbox, Instant now);
  Status plan_join(OwnMailbox& mailbox, Instant now);
  Status new_epoch(OwnMailbox& mailbox, AccessLog& log, const crypto::SignKey& author,
                   std::vector<Bytes>& entries, std::vector<Bytes>& grants, Instant now);
  void change_answered(OwnMailbox& mailbox, bool grants_step, int status, ByteView body, Instant now);

  // client_calls.cc
  std::int64_t call(std::vector<Call>& out, Conversation about, std::string_view method, std::string path,
                    Bytes body = {}, std::string ticket = {}, bool stream = false);
  bool busy(Purpose purpose, const MailboxId& mailbox = {}) const;
  void plan_changes(std::vector<Call>& out, Instant now);
  void plan_errand(std::vector<Call>& out);
  Status errand_done(std::int64_t seq, Instant now);
  Status keep_for_colleagues(ByteView envelope, Instant now);
  void plan_posts(std::vector<Call>& out, Instant now);
  void plan_town(std::vector<Call>& out, Instant now);
  void dispatch(const Conversation& about, int status, ByteView body, Instant now);
  void network_failed(Instant now);
  std::optional<int> wait(Instant now) const;

  // client_session.cc
  void plan_sessions(std::vector<Call>& out, Instant now);
  void session_answered(OwnMailbox& mailbox, Purpose purpose, int status, ByteView body, Instant now);
  void begin_anew(OwnMailbox& mailbox);  // a fresh session; what it had open is cancelled
  void watch_streams(Instant now);
  void session_failed(OwnMailbox& mailbox, const WireError& error, Instant now);
  Status grant_again(OwnMailbox& mailbox, Instant now);
  void sync_answered(OwnMailbox& mailbox, Purpose purpose, int status, ByteView body, Instant now);
};

// A CBOR array of byte strings: how entries and grants are posted and kept.
Bytes encode_list(const std::vector<Bytes>& list);

// Which media types may be attached: from persons pictures only.
bool is_enclosure_type(std::string_view media_type, bool from_office);

// A photo over a slow line takes its time.
inline constexpr int kBlobTimeoutMs = 120000;

// Milliseconds to wait after the n-th failure in a row: 1 s doubling to 60 s, with a quarter of jitter.
std::int64_t back_off(int failures, base::Entropy& entropy);

}  // namespace machi::mail
