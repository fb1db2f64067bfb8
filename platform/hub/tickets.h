// Challenges and tickets: how a reader shows once, by a signature, who it is, and then reads for ten minutes.
// Neither is stored: both carry their own date and a keyed hash, so that strangers cannot fill a table and
// every process on one database knows them. What is remembered is which challenges were used: in memory,
// bounded, for one process; in a shared store for several. One thread.
#pragma once

#include <deque>
#include <set>

#include "core/base/entropy.h"
#include "core/crypto/sodium.h"
#include "platform/hub/message_store.h"

namespace machi::hub {

inline constexpr std::int64_t kChallengeSeconds = 60;
inline constexpr std::int64_t kTicketSeconds = 600;

using Token = base::Array<32>;

struct TicketHolder {
  MailboxId mailbox;
  SignPublic key;
  Instant until;
};

// A ticket that nobody has believed yet: 16 bytes mailbox, 4 until (seconds, big-endian), 2 the first of the
// key, 10 of the keyed hash.
struct TicketClaim {
  MailboxId mailbox;
  Instant until;
  Token ticket;
};
// Expired when it is no ticket.
Result<TicketClaim> read_ticket(std::string_view hex);

class Tickets {
 public:
  // Of processes that share a store the secret comes from the town's hub key, else from chance: then a
  // restart voids all.
  Tickets(MessageStore& store, const crypto::SignKey& hub_key, base::Entropy& entropy);

  Token challenge(const MailboxId& mailbox, const SignPublic& key, Instant now);
  // Expired when it is old, of another town or mailbox, or was used before.
  Status use(const Token& challenge, const MailboxId& mailbox, const SignPublic& key, Instant now);
  Token issue(const MailboxId& mailbox, const SignPublic& key, const IncarnationId& incarnation,
              Instant now) const;
  // Whose it is, of the keys that the mailbox ever listed; Expired when it is nobody's or over.
  Result<TicketHolder> find(const TicketClaim& claim, const std::set<SignPublic>& keys,
                            const IncarnationId& incarnation, Instant now) const;

 private:
  Token mark(ByteView front, const MailboxId& mailbox, const SignPublic& key) const;
  Token ticket(const MailboxId& mailbox, std::uint32_t until, const SignPublic& key,
               const IncarnationId& incarnation) const;
  Status use_here(const Token& challenge, Instant until, Instant now);

  MessageStore& store_;
  base::Entropy& entropy_;
  crypto::Secret<32> secret_;
  std::set<Token> used_;
  std::deque<std::pair<Instant, Token>> used_in_order_;
};

}  // namespace machi::hub
