// Challenges and tickets with a keyed hash, and the used challenges. Owned by the post office; one thread.
#include "platform/hub/tickets.h"

#include <algorithm>

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t kUsedKept = 200000;
constexpr std::size_t kDateAt = 16, kKeyAt = 20, kMarkAt = 22;

template <class T>
void put_number(T number, std::span<std::uint8_t> out) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    out[i] = static_cast<std::uint8_t>(number >> (8 * (sizeof(T) - 1 - i)));
}

template <class T>
T number_in(ByteView in) {
  T number = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) number = static_cast<T>((number << 8) | in[i]);
  return number;
}

crypto::Secret<32> secret_for(const MessageStore& store, const crypto::SignKey& hub_key,
                              base::Entropy& entropy) {
  if (store.shared()) return crypto::derive(hub_key.seed, 1, "MKticket");
  crypto::Secret<32> secret;
  entropy.fill(secret.bytes());
  return secret;
}

}  // namespace

Result<TicketClaim> read_ticket(std::string_view hex) {
  auto bytes = base::from_hex(hex);
  if (!bytes.ok() || bytes->size() != 32) return fail(Code::Expired, "ticket");
  TicketClaim claim;
  std::copy(bytes->begin(), bytes->end(), claim.ticket.begin());
  std::copy(bytes->begin(), bytes->begin() + kDateAt, claim.mailbox.bytes.begin());
  claim.until = Instant::from_seconds(number_in<std::uint32_t>(ByteView(claim.ticket).subspan(kDateAt, 4)));
  return claim;
}

Tickets::Tickets(MessageStore& store, const crypto::SignKey& hub_key, base::Entropy& entropy)
    : store_(store), entropy_(entropy), secret_(secret_for(store, hub_key, entropy)) {}

// 8 bytes of date, 8 of chance; then half of the keyed hash over these and the names.
Token Tickets::mark(ByteView front, const MailboxId& mailbox, const SignPublic& key) const {
  Bytes message = base::copy(base::view("challenge"));
  message.insert(message.end(), front.begin(), front.end());
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
  put_number(static_cast<std::uint64_t>(now.plus_seconds(kChallengeSeconds).ms), std::span(front).first(8));
  entropy_.fill(std::span(front).subspan(8));
  return mark(front, mailbox, key);
}

Status Tickets::use(const Token& challenge, const MailboxId& mailbox, const SignPublic& key, Instant now) {
  if (!crypto::same(challenge, mark(ByteView(challenge).first(16), mailbox, key)))
    return fail(Code::Expired, "challenge");
  const Instant until{static_cast<std::int64_t>(number_in<std::uint64_t>(ByteView(challenge).first(8)))};
  if (until < now) return fail(Code::Expired, "challenge");
  if (!store_.shared()) return use_here(challenge, until, now);
  MACHI_TRY_SET(first, store_.use_once(mailbox, challenge, until, now));
  if (!first) return fail(Code::Expired, "challenge");
  return {};
}

Status Tickets::use_here(const Token& challenge, Instant until, Instant now) {
  while (!used_in_order_.empty() && used_in_order_.front().first < now) {
    used_.erase(used_in_order_.front().second);
    used_in_order_.pop_front();
  }
  if (used_.contains(challenge)) return fail(Code::Expired, "challenge");
  if (used_.size() >= kUsedKept) return fail(Code::TooMany, "challenges");
  used_.insert(challenge);
  used_in_order_.emplace_back(until, challenge);
  return {};
}

Token Tickets::ticket(const MailboxId& mailbox, std::uint32_t until, const SignPublic& key,
                      const IncarnationId& incarnation) const {
  Token out;
  std::copy(mailbox.bytes.begin(), mailbox.bytes.end(), out.begin());
  put_number(until, std::span(out).subspan(kDateAt, 4));
  std::copy(key.bytes.begin(), key.bytes.begin() + (kMarkAt - kKeyAt), out.begin() + kKeyAt);
  Bytes message = base::copy(base::view("ticket"));
  message.insert(message.end(), out.begin(), out.begin() + kMarkAt);
  message.insert(message.end(), key.bytes.begin(), key.bytes.end());
  message.insert(message.end(), incarnation.bytes.begin(), incarnation.bytes.end());
  const auto hash = crypto::keyed_hash(secret_, message);
  std::copy(hash.begin(), hash.begin() + (out.size() - kMarkAt), out.begin() + kMarkAt);
  return out;
}

Token Tickets::issue(const MailboxId& mailbox, const SignPublic& key, const IncarnationId& incarnation,
                     Instant now) const {
  const Instant until{now.plus_seconds(kTicketSeconds).ms + 999};  // a date of whole seconds, never too early
  return ticket(mailbox, static_cast<std::uint32_t>(until.seconds()), key, incarnation);
}

Result<TicketHolder> Tickets::find(const TicketClaim& claim, const std::set<SignPublic>& keys,
                                   const IncarnationId& incarnation, Instant now) const {
  if (claim.until < now) return fail(Code::Expired, "ticket");
  SignPublic first;
  std::copy_n(claim.ticket.begin() + kKeyAt, kMarkAt - kKeyAt, first.bytes.begin());
  for (auto key = keys.lower_bound(first);
       key != keys.end() && std::equal(first.bytes.begin(), first.bytes.begin() + 2, key->bytes.begin());
       ++key) {
    const Token right =
        ticket(claim.mailbox, static_cast<std::uint32_t>(claim.until.seconds()), *key, incarnation);
    if (crypto::same(right, claim.ticket)) return TicketHolder{claim.mailbox, *key, claim.until};
  }
  return fail(Code::Expired, "ticket");
}

}  // namespace machi::hub
