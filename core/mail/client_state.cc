// The tables of a mail client and their loading.
#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;

std::vector<store::Migration> Client::migrations() {
  return {{"mail.1", R"sql(
    create table mail_note(name text primary key, value blob not null) without rowid;
    create table mail_delegation(raw blob primary key) without rowid;
    create table mail_page(number integer primary key, hash blob not null);
    create table mail_office(mailbox blob primary key, serial integer not null, content blob not null) without rowid;
    create table mail_recipient(mailbox blob primary key, epoch integer not null, key blob not null) without rowid;
    create table mail_correspondent(sender blob primary key, mailbox blob not null, epoch integer not null,
      key blob not null) without rowid;
    create table mail_mailbox(id blob primary key, nature integer not null, belonging integer not null,
      cursor integer not null, cursor_of blob not null, invitation blob,
      -- Everything up to `start` in the numbers of that incarnation is in the tables: what a hub has deleted.
      start integer not null default 0, start_of blob not null default x'',
      stays integer not null default 0) without rowid;
    create table mail_access(mailbox blob, number integer, entry blob not null, primary key(mailbox, number)) without rowid;
    create table mail_epoch(mailbox blob, epoch integer, secret blob not null, primary key(mailbox, epoch)) without rowid;
    create table mail_wish(seq integer primary key, mailbox blob not null, op integer not null, key blob not null,
      rights integer not null, seal blob, until integer);
    create table mail_change(mailbox blob primary key, entries blob not null, grants blob not null,
      step integer not null) without rowid;
    create table mail_errand(seq integer primary key, path text not null, body blob not null,
      until integer, done integer not null default 0);
    create table mail_out(seq integer primary key, id blob not null unique, mailbox blob not null, envelope blob not null,
      hash blob not null, saved integer not null, arrived integer, had integer, refused text,
      again integer not null default 0);
    create index mail_out_due on mail_out(seq) where (arrived is null or again=1) and refused is null;
    create table mail_in(mailbox blob, id blob, sender blob not null, number integer not null, incarnation blob not null, at integer not null,
      trouble text, sealed blob, primary key(mailbox, id)) without rowid;
  )sql"},
          {"mail.2", R"sql(
    create table mail_blob(seq integer primary key, hash blob not null unique, mailbox blob not null, message blob not null,
      posted integer not null default 0, bytes blob not null);
    create index mail_blob_of on mail_blob(message);
    create table mail_snapshot(mailbox blob primary key, id blob not null, body blob not null) without rowid;
  )sql"},
          {"mail.3", R"sql(
    create table mail_device(seq integer primary key, sender blob not null unique, first blob not null,
      replaces integer not null);
    create table mail_introduce(office blob primary key, message blob) without rowid;
  )sql"},
          // The keys at the offices of this person's other devices, by their key in the person's mailbox.
          {"mail.4",
           "create table mail_peer(office blob, key blob, member blob not null, primary key(office, key)) "
           "without rowid;"}};
}

std::int64_t back_off(int failures, base::Entropy& entropy) {
  std::int64_t ms = 1000;
  for (int i = 1; i < failures && ms < 60000; ++i) ms *= 2;
  ms = std::min<std::int64_t>(ms, 60000);
  std::uint8_t jitter = 0;
  entropy.fill({&jitter, 1});
  return ms + ms * jitter / 1024;
}

void Client::State::log(std::string_view event, std::string_view detail) const {
  if (events.on_log) events.on_log(event, detail);
}

void Client::State::changed() const {
  if (events.on_change) events.on_change();
}

Status Client::State::save(std::string_view name, ByteView value) {
  return database
      .prepare("insert into mail_note values(?,?) on conflict(name) do update set value=excluded.value")
      .bind(name)
      .bind(value)
      .run();
}

Bytes Client::State::saved(std::string_view name) {
  auto row = database.prepare("select value from mail_note where name=?");
  row.bind(name);
  auto there = row.step();
  return there.ok() && *there ? row.blob(0) : Bytes{};
}

Status Client::State::load(Instant now) {
  if (Bytes kept = saved("seed"); kept.size() == 32) {
    auto raw = base::fixed<32>(kept);
    seed.emplace(crypto::Secret<32>(*raw));
    crypto::wipe(*raw);
    crypto::wipe(kept);
  } else {
    seed.emplace(crypto::DeviceSeed::make(entropy));
    MACHI_TRY(save("seed", seed->view()));
  }
  if (auto id = IncarnationId::from(saved("incarnation")); id.ok()) incarnation = *id;

  auto delegations = database.prepare("select raw from mail_delegation");
  for (;;) {
    MACHI_TRY_SET(there, delegations.step());
    if (!there) break;
    if (auto admitted = trust.admit(delegations.blob(0)); !admitted.ok())
      log("mail.delegation-refused", base::code_name(admitted.code()));
  }
  auto page_rows = database.prepare("select coalesce(max(number)+1,0) from mail_page");
  MACHI_TRY_SET(counted, page_rows.step());
  if (counted) pages = static_cast<std::uint64_t>(page_rows.integer(0));
  if (const Bytes kept = saved("head"); !kept.empty()) {
    auto map = code::decode(kept);
    if (map.ok() && map->integer_at(1).ok() && map->integer_at(2).ok()) {
      head_at = Instant{*map->integer_at(1)};
      fresh = Instant{*map->integer_at(2)};
      head_known = true;
    }
  }
  auto rows = database.prepare("select content from mail_office");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    auto content = code::decode(rows.blob(0));
    if (!content.ok()) continue;
    if (auto office = decode_office(*content); office.ok()) offices[office->mailbox] = *office;
  }
  if (auto kept = base::fixed<32>(saved("former")); kept.ok()) former.emplace(crypto::Secret<32>(*kept));
  hub_due = now;
  feed_due = now;
  MACHI_TRY(drop_old_blobs(now));
  return load_mailboxes();
}

Status Client::State::load_mailboxes() {
  auto rows = database.prepare(
      "select id, nature, belonging, cursor, cursor_of, invitation, stays from mail_mailbox");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    OwnMailbox mailbox;
    mailbox.id = rows.id<MailboxId>(0);
    mailbox.nature = static_cast<Nature>(rows.integer(1));
    mailbox.belonging = static_cast<Belonging>(rows.integer(2));
    mailbox.cursor = rows.integer(3);
    mailbox.cursor_of = rows.id<IncarnationId>(4);
    if (!rows.is_null(5)) mailbox.invitation.emplace(rows.fixed<32>(5));
    mailbox.invitation_stays = rows.integer(6) != 0;
    mailbox.wants_snapshot = mailbox.never_read();
    mailboxes.emplace(mailbox.id, std::move(mailbox));
  }
  for (auto& [id, mailbox] : mailboxes) {
    auto entries = database.prepare("select entry from mail_access where mailbox=? order by number");
    entries.bind(id);
    for (;;) {
      MACHI_TRY_SET(there, entries.step());
      if (!there) break;
      Bytes entry = entries.blob(0);
      // Dates were judged when the entry was taken; folding again must not judge them by today's clock.
      MACHI_TRY(mailbox.log.append_known(entry));
      mailbox.entries.push_back(std::move(entry));
    }
    auto secrets = database.prepare("select epoch, secret from mail_epoch where mailbox=?");
    secrets.bind(id);
    for (;;) {
      MACHI_TRY_SET(there, secrets.step());
      if (!there) break;
      crypto::Secret<32> secret(secrets.fixed<32>(1));
      crypto::SealKey key = crypto::seal_key(secret.clone());
      mailbox.epochs.emplace(static_cast<std::uint64_t>(secrets.integer(0)),
                             EpochSecret{std::move(secret), std::move(key)});
    }
  }
  return {};
}

Status Client::State::learn_incarnation(const IncarnationId& now_is, Instant now) {
  if (now_is == incarnation) return {};
  const bool first = incarnation.is_zero();
  store::Transaction transaction(database);
  MACHI_TRY(save("incarnation", now_is.view()));
  if (!first) {
    // A restored hub may have lost what it had: post again whatever was written in the last 30 days. Also
    // what one desk already has, for another desk of the office may not have read it yet; desks drop what
    // they know by its id.
    constexpr std::int64_t kKeepSeconds = 30 * 86400;
    MACHI_TRY(database
                  .prepare("update mail_out set again=1, arrived=iif(had is null, null, arrived) "
                           "where refused is null and saved>?")
                  .bind(now.plus_seconds(-kKeepSeconds))
                  .run());
    MACHI_TRY(database.prepare("update mail_errand set done=0").run());
    MACHI_TRY(post_blobs_again());
    log("mail.incarnation-changed", "");
  }
  MACHI_TRY(transaction.commit());
  incarnation = now_is;
  if (!first) {
    for (auto& [id, mailbox] : mailboxes) begin_anew(mailbox);
    MACHI_TRY(post_slot(now));
    changed();
  }
  return {};
}

}  // namespace machi::mail
