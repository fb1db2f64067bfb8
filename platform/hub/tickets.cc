// Challenges with a keyed hash, the used ones, and the table of tickets. Owned by the post office; one
// thread.
#include "platform/hub/tickets.h"

#include <algorithm>

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t kTicketsKept = 200000;
constexpr std::size_t kUsedKept = 200000;

Instant date_in(const Token& challenge) {
  std::uint64_t ms = 0;
  for (std::size_t i = 0; i < 8; ++i) ms = (ms << 8) | challenge[i];
  return {static_cast<std::int64_t>(ms)};
}

}  // namespace

Tickets::Tickets(base::Entropy& entropy) : entropy_(entropy) { entropy_.fill(secret_.bytes()); }

// 8 bytes of date, 8 of chance; then half of the keyed hash over these and the names.
Token Tickets::mark(ByteView front, const MailboxId& mailbox, const SignPublic& key) const {
  Bytes message = base::copy(front);
  message.insert(message.end(), mailbox.bytes.begin(), mailbox.bytes.end());
  message.insert(message.end(), key.bytes.begin(), key.bytes.end());
  const auto hash = crypto::keyed_hash(secret_, message);
  Token out;
  std::copy(front.begin(), front.end(), out.begin());
  std::copy(hash.begin(), hash.begin() + 16, out.begin() + 16);
  return out;
}

Token Tickets::challenge(const MailboxId& mailbox, const SignPublic& key, Instant now) {
  base::Array<16> front;
  const auto until = static_cast<std::uint64_t>(now.plus_seconds(kChallengeSeconds).ms);
  for (std::size_t i = 0; i < 8; ++i) front[i] = static_cast<std::uint8_t>(until >> (56 - 8 * i));
  entropy_.fill(std::span(front).subspan(8));
  return mark(front, mailbox, key);
}

Status Tickets::use(const Token& challenge, const MailboxId& mailbox, const SignPublic& key, Instant now) {
  forget_old(now);
  if (!crypto::same(challenge, mark(ByteView(challenge).first(16), mailbox, key)))
    return fail(Code::Expired, "challenge");
  const Instant until = date_in(challenge);
  if (until < now || used_.contains(challenge)) return fail(Code::Expired, "challenge");
  if (used_.size() >= kUsedKept) return fail(Code::TooMany, "challenges");
  used_.insert(challenge);
  used_in_order_.emplace_back(until, challenge);
  return {};
}

Token Tickets::issue(const MailboxId& mailbox, const SignPublic& key, Instant now) {
  Token ticket;
  entropy_.fill(ticket);
  const mail::Hash name = crypto::hash(ticket);
  const Instant until = now.plus_seconds(kTicketSeconds);
  if (tickets_.size() >= kTicketsKept) {
    tickets_.erase(tickets_in_order_.front().second);
    tickets_in_order_.pop_front();
  }
  tickets_[name] = TicketHolder{mailbox, key, until};
  tickets_in_order_.emplace_back(until, name);
  return ticket;
}

Result<TicketHolder> Tickets::find(std::string_view hex, Instant now) {
  forget_old(now);
  auto ticket = base::from_hex(hex);
  if (!ticket.ok() || ticket->size() != 32) return fail(Code::Expired, "ticket");
  const auto found = tickets_.find(crypto::hash(*ticket));
  if (found == tickets_.end() || found->second.until < now) return fail(Code::Expired, "ticket");
  return found->second;
}

void Tickets::forget_old(Instant now) {
  while (!used_in_order_.empty() && used_in_order_.front().first < now) {
    used_.erase(used_in_order_.front().second);
    used_in_order_.pop_front();
  }
  while (!tickets_in_order_.empty() && tickets_in_order_.front().first < now) {
    tickets_.erase(tickets_in_order_.front().second);
    tickets_in_order_.pop_front();
  }
}

}  // namespace machi::hub
