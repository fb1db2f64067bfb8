// Challenges and tickets: how a reader shows once, by a signature, who it is, and then reads for ten minutes.
// A challenge is not stored: it carries its own date and a keyed hash, so that strangers cannot fill a table.
// Used ones and tickets are kept in memory, bounded, and are gone after a restart. One thread.
#pragma once

#include <deque>
#include <map>
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

class Tickets {
 public:
  explicit Tickets(base::Entropy& entropy);

  Token challenge(const MailboxId& mailbox, const SignPublic& key, Instant now);
  // Expired when it is old, of another hub process or mailbox, or was used before.
  Status use(const Token& challenge, const MailboxId& mailbox, const SignPublic& key, Instant now);
  Token issue(const MailboxId& mailbox, const SignPublic& key, Instant now);
  // Expired when there is no such ticket now.
  Result<TicketHolder> find(std::string_view hex, Instant now);

 private:
  Token mark(ByteView front, const MailboxId& mailbox, const SignPublic& key) const;
  void forget_old(Instant now);

  base::Entropy& entropy_;
  crypto::Secret<32> secret_;
  std::set<Token> used_;
  std::deque<std::pair<Instant, Token>> used_in_order_;
  std::map<mail::Hash, TicketHolder> tickets_;  // by hash: looking up tells nothing about the ticket
  std::deque<std::pair<Instant, mail::Hash>> tickets_in_order_;
};

}  // namespace machi::hub
