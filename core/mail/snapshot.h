// Snapshots: an office's tables as bytes, sealed to an epoch and signed by the reader who posted them, with
// the number of the last message that is in them (PROTOCOL.md, Snapshots). The bytes travel as locked blobs;
// this is the object that names them, and what the mail layer puts beside the service's bytes. Values; any
// thread; pure.
#pragma once

#include "core/mail/envelope.h"
#include "core/mail/post_forms.h"

namespace machi::mail {

inline constexpr std::size_t kSnapshotLimit = 16u << 20;      // compressed
inline constexpr std::size_t kSnapshotOpenLimit = 64u << 20;  // opened
inline constexpr std::size_t kChunkBytes = 1u << 20;

struct SnapshotChunk {
  Hash blob{};
  std::uint64_t size = 0;  // of the locked blob
};

struct Snapshot {
  MailboxId mailbox;
  std::uint64_t epoch = 0;
  IncarnationId incarnation;  // in which `covers` counts
  std::uint64_t covers = 0;
  std::vector<SnapshotChunk> chunks;
  SignPublic author;
  Bytes sealed;  // SnapshotSecret to the epoch's key
};

// What only readers learn of it.
struct SnapshotSecret {
  crypto::Secret<32> key;  // unlocks every chunk
  Hash content{};          // of the chunks' bytes, joined
};

Bytes make_snapshot(base::Entropy& entropy, const Snapshot& snapshot, const SnapshotSecret& secret,
                    const SealPublic& epoch_key, const SignKey& author);
// Decodes, and verifies the signature of the author that it names.
Result<Snapshot> read_snapshot(ByteView bytes);
// BadInput when the inside names another mailbox, number or author than the outside.
Result<SnapshotSecret> open_snapshot(const Snapshot& snapshot, const SealKey& epoch_key);

// Beside the service's tables: the messages whose ids must stay known, and the persons whom a desk answers.
struct KnownMessage {
  MessageId id;
  SignPublic sender;
};
struct KnownPerson {
  SignPublic sender;
  MailboxId mailbox;
  std::uint64_t epoch = 0;
  SealPublic epoch_key;
};
// Another device of a person: what it writes counts as the first one's.
struct KnownDevice {
  SignPublic sender;
  SignPublic first;
  bool replaces = false;  // the one before it was given up
};
// A person's: a message of which the town's receipt was there.
struct KnownArrival {
  MessageId id;
  MailboxId to;
  Instant at;
};
struct SnapshotContent {
  std::vector<KnownMessage> messages;
  std::vector<KnownPerson> persons;
  Bytes service;
  std::vector<MailboxId> offices;     // a person's: to whom the person writes
  std::vector<KnownDevice> devices;   // an office's, in the order in which they were made known
  std::vector<KnownArrival> arrived;  // a person's
};
// Compressed. TooLarge past kSnapshotLimit.
Result<Bytes> encode_snapshot_content(const SnapshotContent& content);
Result<SnapshotContent> decode_snapshot_content(ByteView bytes);

}  // namespace machi::mail
