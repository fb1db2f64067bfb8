// What the counters of the post office share: store, access states, rates, tickets, keys. Each counter
// (posting, access, reading, blobs, slips, feed) is a pair of functions: decode_* reads and verifies a
// request on any thread and touches nothing; the other carries it out inside a batch, on the store's thread.
#pragma once

#include "core/mail/post_forms.h"
#include "core/mail/town.h"
#include "platform/hub/feed_store.h"
#include "platform/hub/mailboxes.h"
#include "platform/hub/rates.h"
#include "platform/hub/restored.h"
#include "platform/hub/tickets.h"

namespace machi::hub {

// The hub's only secrets: it can freeze the feed, never forge it.
struct OfficeKeys {
  mail::Town town;
  crypto::SignKey freshness;
  crypto::SignKey receipt;
};

struct OfficeState {
  OfficeState(MessageStore& message_store, OfficeKeys office_keys, FeedStore& feed_store,
              base::Entropy& entropy)
      : store(message_store),
        keys(std::move(office_keys)),
        feed(feed_store),
        mailboxes(message_store),
        tickets(message_store, keys.receipt, entropy) {}

  MessageStore& store;
  OfficeKeys keys;
  FeedStore& feed;
  Mailboxes mailboxes;
  RestoredMailboxes restored;
  Rates rates;
  Tickets tickets;
  IncarnationId incarnation;
  std::vector<MailboxId> news;  // mailboxes with new messages or a changed access log in this batch
  Bytes fresh_of;               // the head that `fresh` was signed for, and when
  Bytes fresh;
  Instant fresh_at;
};

// What a counter answers: a finished response, or a receipt that is signed once the batch is durable.
struct Answer {
  Response response;
  std::optional<mail::Receipt> receipt;
};

inline Answer answer(Bytes body) { return {cbor_response(std::move(body)), std::nullopt}; }
inline Answer too_many(std::uint32_t seconds, int puzzle = 0) {
  return {refusal(base::Code::TooMany, seconds, puzzle), std::nullopt};
}
// {}
Answer empty_answer();

}  // namespace machi::hub
