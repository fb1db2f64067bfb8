// Which calls to the hub are due, and where their answers go.
#include <algorithm>

#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using code::Cbor;

namespace {
constexpr int kPostsAtOnce = 4;
constexpr std::int64_t kHubEverySeconds = 600;
constexpr std::int64_t kTownRetrySeconds = 15;
}  // namespace

std::int64_t Client::State::call(std::vector<Call>& out, Conversation about, std::string_view method,
                                 std::string path, Bytes body, std::string ticket, bool stream) {
  const std::int64_t id = next_call++;
  open.emplace(id, about);
  Call call;
  call.id = id;
  call.method = method;
  call.path = std::move(path);
  call.body = std::move(body);
  call.ticket = std::move(ticket);
  call.stream = stream;
  out.push_back(std::move(call));
  return id;
}

bool Client::State::busy(Purpose purpose, const MailboxId& mailbox) const {
  return std::any_of(open.begin(), open.end(), [&](const auto& item) {
    return item.second.purpose == purpose && item.second.mailbox == mailbox;
  });
}

void Client::State::plan_changes(std::vector<Call>& out, Instant now) {
  for (auto& [id, mailbox] : mailboxes) {
    if (auto after = change_after.find(id); after != change_after.end() && now < after->second) continue;
    if (busy(Purpose::ChangeAccess, id) || busy(Purpose::ChangeGrants, id)) continue;
    // A missing grant is no reason to keep an admin from changing the list; a log that moved on is.
    const bool synced = !mailbox.wants_sync;
    if (mailbox.belonging == Belonging::Joining && synced && !mailbox.lacks_an_epoch() &&
        !mailbox.session.ticket.empty())
      if (auto planned = plan_join(mailbox, now); !planned.ok()) {
        log("mail.join-refused", base::code_name(planned.code()));
        change_after[id] = now.plus_seconds(kTownRetrySeconds);
      }
    // A spare member that has just come to look has to know the log and every epoch first.
    const bool looks =
        mailbox.belonging == Belonging::Standby && (mailbox.log.empty() || mailbox.lacks_an_epoch());
    if (mailbox.belonging != Belonging::Joining && synced && !looks)
      if (auto planned = plan_wishes(mailbox, now); !planned.ok())
        log("mail.wishes", base::code_name(planned.code()));
    auto row = database.prepare("select entries, grants, step from mail_change where mailbox=?");
    row.bind(id);
    auto there = row.step();
    if (!there.ok() || !*there) continue;
    const bool grants_step = row.integer(2) == 1;
    call(out, {grants_step ? Purpose::ChangeGrants : Purpose::ChangeAccess, id, {}, 0, {}}, "POST",
         grants_step ? "/v1/grants" : "/v1/access", row.blob(grants_step ? 1 : 0));
  }
}

void Client::State::plan_errand(std::vector<Call>& out) {
  if (busy(Purpose::Errand)) return;
  // Errands speak for a mailbox: not before the hub knows it.
  for (const auto& [id, mailbox] : mailboxes)
    if (busy(Purpose::ChangeAccess, id)) return;
  // What others wrote goes last: it takes time, and nobody waits for it but their readers.
  auto row = database.prepare(
      "select seq, path, body from mail_errand where done=0 order by path='/v1/post', seq limit 1");
  auto there = row.step();
  if (!there.ok() || !*there) return;
  Conversation about{Purpose::Errand, {}, {}, row.integer(0), {}};
  about.patient = row.text(1) != "/v1/grants";
  call(out, about, "POST", row.text(1), row.blob(2));
}

// A restored hub may have lost what only its writer, whose app may be closed for days, and this desk have:
// the newest envelopes that a desk has read stay, to be posted again for the other desks.
Status Client::State::keep_for_colleagues(ByteView envelope, Instant now) {
  constexpr std::int64_t kEnvelopes = 500;
  constexpr std::int64_t kKeepSeconds = 7 * 86400;
  MACHI_TRY(database.prepare("insert into mail_errand(path, body, until, done) values('/v1/post',?,?,1)")
                .bind(envelope)
                .bind(now.plus_seconds(kKeepSeconds))
                .run());
  return database.prepare("delete from mail_errand where seq<=? and path='/v1/post' and done=1")
      .bind(database.last_row() - kEnvelopes)
      .run();
}

// What has a date stays until then: a restored hub asks for it again.
Status Client::State::errand_done(std::int64_t seq, Instant now) {
  MACHI_TRY(database.prepare("update mail_errand set done=1 where seq=?").bind(seq).run());
  return database.prepare("delete from mail_errand where done=1 and (until is null or until<?)")
      .bind(now)
      .run();
}

void Client::State::plan_posts(std::vector<Call>& out, Instant now) {
  work_on_puzzles();
  auto in_flight = std::count_if(open.begin(), open.end(),
                                 [](const auto& item) { return item.second.purpose == Purpose::Post; });
  while (in_flight < kPostsAtOnce) {
    auto next = next_envelope(now);
    if (!next.ok() || !*next) return;
    std::string path = "/v1/post";
    if (auto puzzle = puzzles.find((*next)->first); puzzle != puzzles.end())
      path += "?puzzle=" + base::to_hex(puzzle->second.answer());
    call(out, {Purpose::Post, {}, (*next)->first, 0, {}}, "POST", std::move(path),
         std::move((*next)->second));
    ++in_flight;
  }
}

void Client::State::plan_town(std::vector<Call>& out, Instant now) {
  if (hub_due <= now && !busy(Purpose::Hub)) call(out, {Purpose::Hub, {}, {}, 0, {}}, "GET", "/v1/hub");
  if (feed_due <= now && !busy(Purpose::FeedHead))
    call(out, {Purpose::FeedHead, {}, {}, 0, {}}, "GET", "/v1/feed/head");
  if (page_due && !busy(Purpose::FeedPage))
    call(out, {Purpose::FeedPage, {}, {}, static_cast<std::int64_t>(*page_due), {}}, "GET",
         "/v1/feed/page?number=" + std::to_string(*page_due));
  if (slip_wanted && !busy(Purpose::SlipFetch))
    call(out, {Purpose::SlipFetch, {}, {}, 0, *slip_wanted}, "GET",
         "/v1/slip?id=" + slip_id(*slip_wanted).hex());
  if (slot_asked && !busy(Purpose::SlotFetch))
    call(out, {Purpose::SlotFetch, {}, {}, 0, {}}, "GET", "/v1/slot?id=" + slot_id(*slot_asked).hex());
}

void Client::State::network_failed(Instant now) {
  ++failures;
  not_before = Instant{now.ms + back_off(failures, entropy)};
  if (answered) {
    answered = false;
    changed();
  }
}

void Client::State::dispatch(const Conversation& about, int status, ByteView body, Instant now) {
  const bool fine = status == 200;
  auto mailbox = mailboxes.find(about.mailbox);
  switch (about.purpose) {
    case Purpose::Hub: {
      auto map = code::decode(body);
      if (!fine || !map.ok()) {
        hub_due = now.plus_seconds(kTownRetrySeconds);
        return;
      }
      hub_due = now.plus_seconds(kHubEverySeconds);
      if (auto at = map->integer_at(2); at.ok()) hub_skew_ms = *at - now.ms;
      if (auto raw = map->bytes_at(1); raw.ok())
        if (auto id = IncarnationId::from(*raw); id.ok())
          if (auto learned = learn_incarnation(*id, now); !learned.ok()) log("mail.storage", "incarnation");
      changed();
      return;
    }
    case Purpose::FeedHead:
      feed_due = now.plus_seconds(kTownRetrySeconds);
      if (fine) take_feed(body, now);
      return;
    case Purpose::FeedPage:
      page_due.reset();
      if (fine)
        take_page(static_cast<std::uint64_t>(about.number), body, now);
      else
        feed_due = now.plus_seconds(kTownRetrySeconds);
      return;
    case Purpose::Post:
      posted(about.message, status, body, now);
      return;
    case Purpose::ChangeAccess:
    case Purpose::ChangeGrants:
      if (mailbox != mailboxes.end())
        change_answered(mailbox->second, about.purpose == Purpose::ChangeGrants, status, body, now);
      return;
    case Purpose::Errand: {
      const Code code = decode_error(body).code;
      // A slot or a slip's record may be ahead of the entry that lets its author in.
      const bool early = code == Code::NotFound || (about.patient && code == Code::UnknownKey);
      if (!fine && (status >= 500 || base::is_retryable(code) || early)) {
        errand_after = now.plus_seconds(kTownRetrySeconds);
        return;
      }
      if (!fine) log("mail.errand-refused", base::code_name(code));
      if (auto done = errand_done(about.number, now); !done.ok()) log("mail.storage", "errand");
      changed();
      return;
    }
    case Purpose::SlipFetch: {
      slip_wanted.reset();
      if (!events.on_slip) return;
      if (!fine) return events.on_slip(about.code, base::fail(decode_error(body).code, "slip"));
      auto map = code::decode(body);
      auto locked = map.ok() ? map->bytes_at(1) : Result<ByteView>(map.error());
      if (!locked.ok()) return events.on_slip(about.code, locked.error());
      return events.on_slip(about.code, unlock_slip(about.code, *locked));
    }
    case Purpose::SlotFetch:
      return slot_answered(status, body, now);
    case Purpose::BlobPost:
      return blob_posted(about, status, body, now);
    case Purpose::BlobFetch:
      return blob_fetched(about, status, body, now);
    case Purpose::SnapshotPost:
      return snapshot_posted(about, status, body, now);
    case Purpose::AccessGet:
    case Purpose::GrantsGet:
      if (mailbox != mailboxes.end()) sync_answered(mailbox->second, about.purpose, status, body, now);
      return;
    case Purpose::Challenge:
    case Purpose::Ticket:
    case Purpose::Stream:
    case Purpose::FoundAgain:
    case Purpose::AccessHead:
    case Purpose::Snapshots:
    case Purpose::SnapshotChunk:
      if (mailbox != mailboxes.end()) session_answered(mailbox->second, about.purpose, status, body, now);
      return;
  }
}

std::optional<int> Client::State::wait(Instant now) const {
  if (!is_online) return std::nullopt;
  std::optional<std::int64_t> earliest;
  auto consider = [&](Instant at) {
    const std::int64_t ms = std::max<std::int64_t>(0, std::max(at.ms, not_before.ms) - now.ms);
    if (!earliest || ms < *earliest) earliest = ms;
  };
  if (not_before > now) consider(not_before);  // whatever failed is tried again then
  if (!busy(Purpose::Hub)) consider(hub_due);
  if (!busy(Purpose::FeedHead)) consider(feed_due);
  for (const auto& [id, mailbox] : mailboxes) {
    if (mailbox.belonging == Belonging::Refused) continue;
    // A spare member that has its ticket waits for wishes.
    const bool idle = mailbox.belonging == Belonging::Standby && mailbox.session.step == Session::Step::Ready;
    if (mailbox.session.call == 0 && !idle) consider(mailbox.session.next_try);
    if (mailbox.log_due && *mailbox.log_due > now) consider(*mailbox.log_due);
    if (mailbox.session.sync_after > now) consider(mailbox.session.sync_after);
    if (mailbox.session.step == Session::Step::Streaming) consider(mailbox.session.heard.plus_seconds(51));
    if (auto after = change_after.find(id); after != change_after.end() && after->second > now)
      consider(after->second);
  }
  for (const auto& [id, after] : post_after)
    if (after > now) consider(after);
  for (const auto& [id, after] : blob_after)
    if (after > now) consider(after);
  for (const auto& [hash, wanted] : blob_wanted)
    if (wanted.after > now) consider(wanted.after);
  if (errand_after > now) consider(errand_after);
  if (any_due()) consider(not_before);
  if (!earliest) return std::nullopt;
  // Never a busy loop: what is due at once was taken by take_calls before.
  return static_cast<int>(std::clamp<std::int64_t>(*earliest, 50, 600000));
}

}  // namespace machi::mail
