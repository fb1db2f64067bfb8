// The second step: a batch in one transaction, receipts signed once it is durable. On the store's thread.
#include "platform/hub/post_office.h"

#include <algorithm>

#include "core/code/cbor.h"
#include "platform/hub/expected.h"

namespace machi::hub {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

template <class... F>
struct Cases : F... {
  using F::operator()...;
};
template <class... F>
Cases(F...) -> Cases<F...>;  // clang 14 deduces no aggregate by itself

// After a refused batch; a database that was restarted is back by then.
constexpr std::uint32_t kComeAgainSeconds = 5;
// Of a batch that other processes are in the way of.
constexpr int kTries = 8;

// A message is the last thing that posting writes: what is refused has left nothing that were to be taken
// back.
bool writes_last(const Work& work) { return std::holds_alternative<PostWork>(work); }

bool is_storage(Code code) { return code == Code::Storage || code == Code::StorageFull; }

Response health(bool ok) {
  Response response;
  response.status = ok ? 200 : 503;
  response.content_type = "application/json";
  response.body =
      base::copy(base::view(ok ? R"({"ok": true, "store": "ok"})" : R"({"ok": false, "store": "refused"})"));
  return response;
}

}  // namespace

Result<std::unique_ptr<PostOffice>> PostOffice::open(MessageStore& store, FeedStore& feed, OfficeKeys keys,
                                                     base::Entropy& entropy, Instant now) {
  MACHI_TRY_SET(incarnation, store.incarnation());
  if (incarnation.is_zero()) {
    incarnation = entropy.id<base::IncarnationTag>();
    MACHI_TRY(store.begin());
    if (auto begun = store.begin_incarnation(incarnation, now); !begun.ok()) {
      store.rollback();
      return begun.error();
    }
    MACHI_TRY(store.commit());
  }
  std::unique_ptr<PostOffice> office(new PostOffice(store, feed, std::move(keys), entropy));
  office->state_.incarnation = incarnation;
  return office;
}

Result<Answer> PostOffice::carry_out(const Prepared& prepared, Instant now) {
  OfficeState& office = state_;
  return std::visit(
      Cases{
          [&](const Refused& work) { return Result<Answer>(fail(work.code)); },
          [&](const HubWork&) -> Result<Answer> {
            return answer(code::encode(Cbor::map({{1, office.incarnation.view()},
                                                  {2, now.ms},
                                                  {3, office.keys.town.id.view()},
                                                  {4, 0},
                                                  {5, Cbor::array({1})}})));
          },
          [&](const HealthWork&) -> Result<Answer> {
            return Answer{health(office.store.incarnation().ok()), std::nullopt};
          },
          [&](const FeedHeadWork& work) { return read_feed_head(office, work, now); },
          [&](const FeedPageWork& work) { return read_feed_page(office, work, now); },
          [&](const FeedTextsWork& work) { return read_feed_texts(office, work, now); },
          [&](const FeedBlobWork& work) { return read_feed_blob(office, work, now); },
          [&](const PostWork& work) { return post(office, work, now); },
          [&](const ChallengeWork& work) { return give_challenge(office, work, now); },
          [&](const TicketWork& work) { return give_ticket(office, work, now); },
          [&](const MessagesWork& work) { return read_messages(office, work, now); },
          [&](const StreamWork& work) { return open_stream(office, work, now); },
          [&](const AccessWork& work) { return post_access(office, work, prepared.address, now); },
          [&](const AccessReadWork& work) { return read_access(office, work, now); },
          [&](const GrantsWork& work) { return post_grants(office, work, now); },
          [&](const GrantsReadWork& work) { return read_grants(office, work, now); },
          [&](const AccessHeadWork& work) { return post_access_head(office, work, now); },
          [&](const BlobPostWork& work) { return post_blob(office, work, now); },
          [&](const BlobReadWork& work) { return read_blob(office, work, now); },
          [&](const SlipRecordWork& work) { return post_slip_record(office, work, now); },
          [&](const SnapshotPostWork& work) { return post_snapshot(office, work, now); },
          [&](const SnapshotReadWork& work) { return read_snapshots(office, work, now); },
          [&](const SlotPostWork& work) { return post_slot(office, work, now); },
          [&](const SlotReadWork& work) { return read_slot(office, work, now); },
          [&](const SlipWork& work) { return read_slip_record(office, work, now); },
      },
      prepared.work);
}

// A shared store is told what will be asked, and whether it was begun anew behind our back.
Status PostOffice::look_ahead(std::span<const Prepared> batch) {
  MACHI_TRY(state_.store.expect(expected_of(batch)));
  MACHI_TRY_SET(incarnation, state_.store.incarnation());
  if (incarnation == state_.incarnation) return {};
  state_.incarnation = incarnation;
  state_.mailboxes.forget();
  state_.restored = {};
  return {};
}

Status PostOffice::carry_out_all(std::span<const Prepared> batch, bool any_write, Instant now,
                                 std::vector<Answer>& answers) {
  Status durable;
  if (any_write) durable = state_.store.begin();
  // Reads alone go on without: each says for itself what the store refuses.
  if (durable.ok() && state_.store.shared())
    if (Status seen = look_ahead(batch); !seen.ok() && any_write) durable = seen;
  for (const Prepared& prepared : batch) {
    // A transaction that lost a write to a full disk is given up whole: what is left of it proves nothing.
    if (!durable.ok()) break;
    Result<Answer> done = fail(Code::Storage);
    if (writes_last(prepared.work)) {
      done = carry_out(prepared, now);
      if (!done.ok() && is_storage(done.code())) durable = done.error();
    } else if (writes(prepared.work)) {
      const Status kept = state_.store.attempt([&]() -> Status {
        done = carry_out(prepared, now);
        return done.ok() ? Status{} : Status(done.error());
      });
      if (!kept.ok() && is_storage(kept.code())) durable = kept;
    } else {
      done = carry_out(prepared, now);
    }
    answers.push_back(
        done.ok()
            ? std::move(*done)
            : Answer{refusal(done.code(), is_storage(done.code()) ? kComeAgainSeconds : 0), std::nullopt});
  }
  if (any_write && durable.ok()) return state_.store.commit();
  state_.store.release();
  return durable;
}

void PostOffice::give_up() {
  state_.store.rollback();
  state_.mailboxes.forget();
  state_.news.clear();
}

std::vector<Response> PostOffice::commit(std::span<const Prepared> batch, Instant now) {
  const bool any_write =
      std::any_of(batch.begin(), batch.end(), [](const Prepared& p) { return writes(p.work); });
  state_.news.clear();
  std::vector<Answer> answers;
  answers.reserve(batch.size());
  Status durable = carry_out_all(batch, any_write, now, answers);
  for (int tries = 1; !durable.ok() && state_.store.again() && tries < kTries; ++tries) {
    give_up();
    answers.clear();
    durable = carry_out_all(batch, any_write, now, answers);
  }

  std::vector<Response> responses;
  if (!durable.ok()) {
    give_up();
    responses.assign(batch.size(),
                     refusal(is_storage(durable.code()) ? durable.code() : Code::Storage, kComeAgainSeconds));
    return responses;
  }
  responses.reserve(answers.size());
  for (Answer& done : answers) {
    if (done.receipt) done.response.body = mail::make_receipt(*done.receipt, state_.keys.receipt);
    responses.push_back(std::move(done.response));
  }
  std::sort(state_.news.begin(), state_.news.end());
  state_.news.erase(std::unique(state_.news.begin(), state_.news.end()), state_.news.end());
  if (listener_ && !state_.news.empty()) listener_(state_.news);
  return responses;
}

Result<std::vector<MailboxId>> PostOffice::learn(std::span<const MailboxId> mailboxes) {
  MACHI_TRY_SET(standings, state_.store.standings(mailboxes));
  std::vector<MailboxId> news;
  std::map<MailboxId, Standing> learned;
  for (const Standing& now : standings) {
    const auto before = learned_.find(now.mailbox);
    if (before == learned_.end() || before->second != now) news.push_back(now.mailbox);
    learned.emplace(now.mailbox, now);
  }
  learned_ = std::move(learned);
  return news;
}

Response PostOffice::handle(const Request& request, Instant now) {
  const Prepared prepared = prepare(request);
  return std::move(commit(std::span(&prepared, 1), now)[0]);
}

Result<std::uint64_t> PostOffice::forget_covered_mail(Instant now) {
  MACHI_TRY_SET(mailboxes, state_.store.snapshot_mailboxes());
  std::uint64_t sum = 0;
  for (const MailboxId& mailbox : mailboxes) {
    MACHI_TRY(state_.store.begin());
    auto gone = forget_covered(state_.store, mailbox, state_.incarnation, now);
    if (!gone.ok()) {
      state_.store.rollback();
      return gone.error();
    }
    MACHI_TRY(state_.store.commit());
    sum += *gone;
  }
  return sum;
}

Result<Bytes> PostOffice::pull(StreamCursor& cursor, Instant now) { return pull_stream(state_, cursor, now); }

}  // namespace machi::hub
