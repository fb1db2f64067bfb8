// The hub's protocol (core/mail/PROTOCOL.md) without transport, clock, randomness or threads of its own.
// A request is served in two steps, so that a server can make many of them durable at once: `prepare` decodes
// and verifies signatures on any thread; `commit` carries out a batch in one transaction on the store's
// thread. `handle` does both for one request: simulations, tests and `machi sample` use it.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "platform/hub/prepared.h"

namespace machi::hub {

class PostOffice {
 public:
  // Begins the first incarnation when the store has none. The references live longer than the office.
  static Result<std::unique_ptr<PostOffice>> open(MessageStore& store, FeedStore& feed, OfficeKeys keys,
                                                  base::Entropy& entropy, Instant now);

  // Any thread; pure.
  static Prepared prepare(const Request& request);

  // One response for each of the batch, in order. A receipt is in a response only when its envelope is
  // durable; when the store refuses, every write of the batch is answered with storage trouble and nothing of
  // it stays.
  std::vector<Response> commit(std::span<const Prepared> batch, Instant now);

  Response handle(const Request& request, Instant now);

  // The next frames of a stream whose cursor a response carried; empty when there is nothing new. An error
  // ends the stream.
  Result<Bytes> pull(StreamCursor& cursor, Instant now);

  // Deletes the mail that snapshots cover and 90 days have passed over, and says how many messages went.
  // Between batches, on the store's thread; a transaction for each mailbox.
  Result<std::uint64_t> forget_covered_mail(Instant now);

  // For several processes on one database. What others wrote is learned by asking: of these mailboxes, those
  // that stand elsewhere than when this was last asked. Between batches, on the store's thread.
  bool shared() const { return state_.store.shared(); }
  Result<std::vector<MailboxId>> learn(std::span<const MailboxId> mailboxes);

  // Called by commit after the batch is durable, with every mailbox whose streams want a pull.
  void on_news(std::function<void(std::span<const MailboxId>)> listener) { listener_ = std::move(listener); }

  const IncarnationId& incarnation() const { return state_.incarnation; }
  const Rates& rates() const { return state_.rates; }

 private:
  PostOffice(MessageStore& store, FeedStore& feed, OfficeKeys keys, base::Entropy& entropy)
      : state_(store, std::move(keys), feed, entropy) {}
  Result<Answer> carry_out(const Prepared& prepared, Instant now);
  Status carry_out_all(std::span<const Prepared> batch, bool any_write, Instant now,
                       std::vector<Answer>& answers);
  Status look_ahead(std::span<const Prepared> batch);
  void give_up();

  OfficeState state_;
  std::map<MailboxId, Standing> learned_;
  std::function<void(std::span<const MailboxId>)> listener_;
};

}  // namespace machi::hub
