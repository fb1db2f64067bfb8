// Reading a mailbox: challenge, ticket, stream; the copy of the log and the grants beside it; founding again
// after a restore.
#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using code::Cbor;
using Step = Session::Step;

namespace {

// The hub speaks every 20 s; a stream that is silent for longer than this is a dead line.
constexpr std::int64_t kSilenceMs = 50000;
constexpr std::int64_t kGuestAsksSeconds = 3;
// Somebody stands before a device that is being set up: for ten minutes it asks often.
constexpr std::int64_t kSetUpMs = 4000;
constexpr int kSetUpTries = 150;

// What the hub takes at once: 512 KB and 2,048 entries.
constexpr std::size_t kPageBytes = 400 * 1024;
constexpr std::size_t kPageEntries = 1500;

std::vector<Bytes> page_of(const std::vector<Bytes>& entries, std::size_t from) {
  std::vector<Bytes> out;
  std::size_t sum = 0;
  for (std::size_t i = from; i < entries.size() && out.size() < kPageEntries; ++i) {
    sum += entries[i].size() + 8;
    if (sum > kPageBytes && !out.empty()) break;
    out.push_back(entries[i]);
  }
  return out;
}

}  // namespace

void Client::State::plan_sessions(std::vector<Call>& out, Instant now) {
  if (incarnation.is_zero()) return;
  for (auto& [id, mailbox] : mailboxes) {
    Session& session = mailbox.session;
    if (mailbox.belonging == Belonging::Refused) continue;
    if (mailbox.belonging == Belonging::Joining && mailbox.invitation) session.with_invitation = true;
    // Not before the hub has heard of it.
    if (mailbox.belonging == Belonging::Founded && busy(Purpose::ChangeAccess, id)) continue;
    const crypto::SignKey key =
        session.with_invitation ? crypto::DeviceSeed(mailbox.invitation->clone()).posting(id) : posting(id);
    if (mailbox.log_due && *mailbox.log_due <= now && !session.ticket.empty()) {
      mailbox.log_due.reset();
      mailbox.wants_sync = true;
    }
    if (!session.ticket.empty() && session.sync_call == 0 && session.sync_after <= now &&
        (mailbox.wants_sync || mailbox.wants_grants)) {
      session.sync_call =
          mailbox.wants_sync
              ? call(out, {Purpose::AccessGet, id, {}, 0, {}}, "GET",
                     "/v1/access?after=" + std::to_string(mailbox.log.next_number()), {}, session.ticket)
              : call(out, {Purpose::GrantsGet, id, {}, 0, {}}, "GET", "/v1/grants", {}, session.ticket);
    }
    if (session.call != 0 || now < session.next_try) continue;
    switch (session.step) {
      case Step::Challenge:
        session.call = call(out, {Purpose::Challenge, id, {}, 0, {}}, "POST", "/v1/challenge",
                            code::encode(Cbor::map({{1, id.view()}, {2, key.open.bytes}})));
        break;
      case Step::Ticket:
        session.call = call(out, {Purpose::Ticket, id, {}, 0, {}}, "POST", "/v1/ticket",
                            make_ticket_request({session.challenge, id, key.open, incarnation}, key));
        break;
      case Step::Ready: {
        if (mailbox.belonging == Belonging::Joining || mailbox.belonging == Belonging::Standby ||
            mailbox.wants_sync)
          break;
        if (mailbox.wants_snapshot && events.on_snapshot) {
          // What is sealed to an epoch whose grant is still on its way could not be opened.
          if (mailbox.lacks_an_epoch()) {
            session.next_try = now.plus_seconds(2);
            break;
          }
          session.step = Step::Snapshots;
          session.call = call(out, {Purpose::Snapshots, id}, "GET", "/v1/snapshot", {}, session.ticket);
          break;
        }
        if (mailbox.cursor_of != incarnation) mailbox.cursor = 0;
        session.buffer.clear();
        session.heard = now;
        session.step = Step::Streaming;
        session.call = call(out, {Purpose::Stream, id, {}, 0, {}}, "GET",
                            "/v1/stream?after=" + std::to_string(mailbox.cursor), {}, session.ticket, true);
        break;
      }
      case Step::Streaming:
        break;
      case Step::Snapshots:
        break;
      case Step::Chunks: {
        const Taking& taking = mailbox.taking;
        Conversation about{Purpose::SnapshotChunk, id};
        about.blob = taking.offered.front().chunks[taking.chunks.size()].blob;
        session.call =
            call(out, about, "GET", "/v1/blob?hash=" + base::to_hex(about.blob), {}, session.ticket);
        out.back().timeout_ms = kBlobTimeoutMs;
        break;
      }
      case Step::FoundAgain:
        session.call = call(out, {Purpose::FoundAgain, id, {}, 0, {}}, "POST", "/v1/access",
                            encode_list(page_of(mailbox.entries, session.posted)));
        break;
      case Step::AccessHead:
        session.call =
            call(out, {Purpose::AccessHead, id, {}, 0, {}}, "POST", "/v1/access-head",
                 make_access_head(
                     {id, mailbox.log.next_number() - 1, mailbox.log.head(), incarnation, key.open}, key));
        break;
    }
  }
}

void Client::State::begin_anew(OwnMailbox& mailbox) {
  Session& session = mailbox.session;
  for (const std::int64_t id : {session.call, session.sync_call})
    if (id != 0 && open.erase(id) != 0) cancelled.push_back(id);
  const bool with_invitation = session.with_invitation;
  session = Session{};
  session.with_invitation = with_invitation;
}

void Client::State::watch_streams(Instant now) {
  for (auto& [id, mailbox] : mailboxes)
    if (mailbox.session.step == Step::Streaming && now.ms - mailbox.session.heard.ms > kSilenceMs) {
      log("mail.stream-silent", "");
      session_failed(mailbox, WireError{Code::Unreachable, 0}, now);
    }
}

void Client::State::session_failed(OwnMailbox& mailbox, const WireError& error, Instant now) {
  Session& session = mailbox.session;
  const int so_far = session.failures + 1;
  begin_anew(mailbox);
  session.failures = so_far;
  // Another incarnation: the hub is asked for it now, not at the next turn.
  if (error.code == Code::Conflict) hub_due = now;
  const bool admin = mailbox.belonging == Belonging::Founded || mailbox.belonging == Belonging::Joined ||
                     mailbox.belonging == Belonging::Standby;
  if (admin && !mailbox.log.empty() && (error.code == Code::HeadNeeded || error.code == Code::NotFound))
    session.step = Step::FoundAgain;
  session.trouble = error.code;
  std::int64_t wait_ms = error.retry_after != 0 ? error.retry_after * 1000LL : back_off(so_far, entropy);
  if (mailbox.belonging == Belonging::Joining && error.retry_after == 0 && so_far <= kSetUpTries)
    wait_ms = std::min(wait_ms, kSetUpMs);
  session.next_try = Instant{now.ms + wait_ms};
  // Whoever shall let a guest in stands beside it.
  if (mailbox.belonging == Belonging::Joining && !mailbox.invitation && error.code == Code::UnknownKey)
    session.next_try = now.plus_seconds(kGuestAsksSeconds);
  // A key that the hub does not list any more has been taken off: say so, and ask no more.
  // An invitation may be scanned before its entry is at the hub: that is waited for.
  // What is typed from paper, and what a person's other phone shows, is at the hub before it is read.
  // A spare member may wait for a desk to let it in.
  const bool at_once = mailbox.invitation_stays || mailbox.nature == Nature::Person;
  const bool waits = (mailbox.belonging == Belonging::Joining && !at_once) ||
                     (mailbox.belonging == Belonging::Standby && mailbox.log.empty());
  const bool cut_off = error.code == Code::NotAllowed || (error.code == Code::UnknownKey && !waits);
  // Who founded a person's mailbox is put out of it by the phone that took this one's place.
  const bool own = mailbox.belonging == Belonging::Founded &&
                   (mailbox.nature != Nature::Person || error.code != Code::NotAllowed);
  if (cut_off && !own && !has_change(mailbox.id)) {
    mailbox.belonging = Belonging::Refused;
    if (auto kept = store_mailbox(mailbox); !kept.ok()) log("mail.storage", "cut off");
    log("mail.cut-off", base::code_name(error.code));
  }
  changed();
}

void Client::State::session_answered(OwnMailbox& mailbox, Purpose purpose, int status, ByteView body,
                                     Instant now) {
  Session& session = mailbox.session;
  session.call = 0;
  if (purpose == Purpose::Stream && status == 200) {
    // Ended by the hub: the ticket is over, or the hub goes away. Begin again at once.
    begin_anew(mailbox);
    session.next_try = Instant{now.ms + 250};
    hub_due = now;
    return;
  }
  if (purpose == Purpose::SnapshotChunk && status == 200) return chunk_answered(mailbox, body, now);
  if (status != 200) {
    if (status == 0) network_failed(now);
    const WireError error = decode_error(body);
    if (purpose == Purpose::Stream && status != 0 && error.starts != 0)
      return begins_later(mailbox, error, now);
    if (purpose == Purpose::SnapshotChunk && error.code == Code::NotFound)
      return next_offer(mailbox, "chunk", now);
    return session_failed(mailbox, status == 0 ? WireError{Code::Unreachable, 0} : decode_error(body), now);
  }
  auto map = code::decode(body);
  if (!map.ok()) return session_failed(mailbox, WireError{Code::BadInput, 0}, now);
  if (purpose == Purpose::Challenge) {
    auto challenge = map->fixed_at<32>(1);
    if (!challenge.ok()) return session_failed(mailbox, WireError{Code::BadInput, 0}, now);
    session.challenge = *challenge;
    session.step = Step::Ticket;
  } else if (purpose == Purpose::Ticket) {
    auto ticket = map->fixed_at<32>(1);
    if (!ticket.ok()) return session_failed(mailbox, WireError{Code::BadInput, 0}, now);
    session.ticket = base::to_hex(*ticket);
    session.step = Step::Ready;
    // Where there are several members, log and grants may have moved on. Most persons' mailboxes are one
    // device's alone.
    if (mailbox.nature == Nature::Office || mailbox.belonging == Belonging::Joining ||
        mailbox.log.members().size() > 1)
      mailbox.wants_sync = mailbox.wants_grants = true;
  } else if (purpose == Purpose::Snapshots) {
    snapshots_answered(mailbox, body, now);
  } else if (purpose == Purpose::FoundAgain) {
    // A long log goes in pages.
    session.posted += page_of(mailbox.entries, session.posted).size();
    if (session.posted < mailbox.entries.size()) return;
    session.step = Step::AccessHead;
  } else {
    // Access head taken: the grants may be lost too, so they are written again before reading.
    session.step = Step::Challenge;
    session.failures = 0;
    if (auto kept = grant_again(mailbox, now); !kept.ok()) log("mail.storage", "grants");
  }
}

void Client::State::sync_answered(OwnMailbox& mailbox, Purpose purpose, int status, ByteView body,
                                  Instant now) {
  mailbox.session.sync_call = 0;
  if (status != 200) {
    if (status == 0) return network_failed(now);
    log("mail.sync-refused", base::code_name(decode_error(body).code));
    if (mailbox.session.step != Step::Streaming)
      session_failed(mailbox, decode_error(body), now);
    else
      mailbox.session.ticket.clear();
    return;
  }
  const Status taken =
      purpose == Purpose::AccessGet ? take_entries(mailbox, body) : take_grants(mailbox, body, now);
  if (!taken.ok()) {
    log("mail.sync-refused", base::code_name(taken.code()));
    if (mailbox.session.step != Step::Streaming) session_failed(mailbox, WireError{taken.code(), 0}, now);
    return;
  }
  if (purpose == Purpose::AccessGet) {
    // A restored hub whose head another device confirmed may lack entries that this one knows.
    auto map = code::decode(body);
    auto next = map.ok() ? map->integer_at(2) : Result<std::int64_t>(map.error());
    if (next.ok() && static_cast<std::uint64_t>(*next) < mailbox.log.next_number() &&
        mailbox.session.step != Step::Streaming) {
      log("mail.hub-lacks-entries", "");
      begin_anew(mailbox);
      mailbox.session.step = Step::FoundAgain;
      return;
    }
    mailbox.wants_sync = false;
    mailbox.wants_grants = true;
    let_in(mailbox, now);
  } else if (mailbox.lacks_an_epoch()) {
    // Whoever added this device posts the grants after the entry: ask again, ever more seldom.
    mailbox.wants_grants = true;
    std::int64_t wait_ms = back_off(++mailbox.session.sync_misses, entropy);
    if (mailbox.belonging == Belonging::Joining) wait_ms = std::min(wait_ms, kSetUpMs);
    mailbox.session.sync_after = Instant{now.ms + wait_ms};
    mailbox.session.trouble = Code::Missing;
  } else {
    mailbox.wants_grants = false;
    mailbox.session.sync_misses = 0;
  }
  changed();
}

// After a restore: every reader gets every epoch's grant once more, by whoever of the admins comes first.
Status Client::State::grant_again(OwnMailbox& mailbox, Instant now) {
  if (has_change(mailbox.id)) return {};
  const crypto::SignKey key = posting(mailbox.id);
  std::vector<Bytes> grants;
  for (const Member& reader : mailbox.log.readers(now))
    for (const auto& [epoch, kept] : mailbox.epochs)
      grants.push_back(make_grant(entropy, mailbox.id, epoch, kept.secret, reader.key, *reader.seal, key));
  return database.prepare("insert into mail_errand(path, body) values('/v1/grants', ?)")
      .bind(encode_list(grants))
      .run();
}

}  // namespace machi::mail
