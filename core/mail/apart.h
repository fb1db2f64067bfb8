// The head of a file that goes from one device of an office to another without the hub: the file's own key,
// sealed to the devices that may read it, and the end of the access log as the writer knows it, so that
// devices that saw different epochs understand each other (PROTOCOL.md, Apart from the hub). Values; any
// thread; pure.
#pragma once

#include "core/mail/envelope.h"

namespace machi::mail {

inline constexpr std::size_t kApartHeadLimit = 1u << 20;
inline constexpr std::size_t kApartLogLimit = 256u << 10;  // of entries in a head, the newest
inline constexpr std::size_t kApartReaders = 2000;

struct ApartHead {
  MailboxId office;
  SignPublic from;      // the writer's key at the office; it signs
  SealPublic file_key;  // to which the file's envelopes are sealed
  // The file's secret, sealed to an epoch: for who came in later than the writer knows. Empty: to none.
  std::uint64_t epoch = 0;
  Bytes for_epoch;
  std::map<SignPublic, Bytes> for_readers;  // and to each device that may read, by its key at the office
  std::uint64_t first = 0;                  // number of the first entry
  std::vector<Bytes> entries;               // of the access log, without a gap, up to its end
};
// `log` and `entries` as the writer knows them (all, from number 0): every reader within its dates, except
// spare members, may read. The epoch is left out while somebody has its key who may not.
Result<ApartHead> make_apart_head(base::Entropy& entropy, const AccessLog& log,
                                  const std::vector<Bytes>& entries, const crypto::Secret<32>& file,
                                  const SignPublic& from, Instant now);
Bytes write_apart_head(const ApartHead& head, const SignKey& from);
// Checks form and signature by the key that the head names; whether that is one of the office's says the log.
Result<ApartHead> read_apart_head(ByteView bytes);
// The file's key with what this device has: its own sealing key, or that of the head's epoch (or null).
// UnknownKey when neither opens it, BadInput when what is inside is not the key that the head names.
Result<SealKey> open_apart_head(const ApartHead& head, const SignPublic& own, const SealKey& device,
                                const SealKey* epoch);

}  // namespace machi::mail
