// The notices' tables, and how the feed is followed.
#include "core/notice/feed/notice_book.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/crypto/sodium.h"

namespace machi::notice {

using base::fail;

namespace {

const std::vector<store::Migration>& migrations() {
  static const std::vector<store::Migration> kMigrations = {
      {"notice.1",
       "create table notice_feed(id integer primary key check(id=1), pages integer not null, last blob not "
       "null,"
       " head_at integer not null, fresh integer not null);"
       "create table notice_page(number integer primary key, hash blob not null, items integer not null, "
       "begun blob"
       " not null);"
       "create table notice_item(serial integer primary key, root integer not null, act integer not null,"
       " page integer not null, at integer not null, header blob not null, body blob);"
       "create index notice_item_root on notice_item(root);"
       "create table notice_text(hash blob primary key, body blob not null);"
       "create table notice_read(serial integer primary key);"},
      {"notice.2",
       "create table notice_booklet(name text primary key, serial integer not null, content blob not null);"
       "create table notice_blob(hash blob primary key, body blob not null);"}};
  return kMigrations;
}

// Of each notice that was not withdrawn, the newest of itself and its corrections.
constexpr std::string_view kInForce =
    "select max(i.serial) from notice_item i where i.act<>3 and exists(select 1 from notice_item p where "
    "p.serial=i.root and p.act=1) and not exists(select 1 from notice_item w where w.root=i.root and "
    "w.act=3) "
    "group by i.root";

// Of the page's first items.
Hash beginning(const mail::Page& page, std::size_t items) {
  Bytes all;
  for (std::size_t i = 0; i < items; ++i) {
    const Hash one = crypto::hash(page.items[i]);
    all.insert(all.end(), one.begin(), one.end());
  }
  return crypto::hash(all);
}

}  // namespace

Result<NoticeBook> NoticeBook::open(store::Database& database) {
  MACHI_TRY(database.migrate(migrations()));
  return NoticeBook(database);
}

Result<std::vector<Ask>> NoticeBook::wanted() const {
  std::vector<Ask> out;
  auto head = database_->prepare("select pages, last from notice_feed");
  MACHI_TRY_SET(known, head.step());
  if (!known) return std::vector<Ask>{Ask{}};
  const std::int64_t pages = head.integer(0);
  const auto last = head.fixed<32>(1);
  if (pages == 0) return out;
  std::int64_t held = -1;
  bool same = false;
  auto row = database_->prepare("select number, hash from notice_page order by number desc limit 1");
  MACHI_TRY_SET(there, row.step());
  if (there) {
    held = row.integer(0);
    same = held == pages - 1 && row.fixed<32>(1) == last;
  }
  // The last page held may have grown since.
  if (!same)
    for (std::int64_t number = std::max<std::int64_t>(held, 0); number < pages; ++number) {
      out.push_back({Ask::What::Page, static_cast<std::uint64_t>(number)});
      out.push_back({Ask::What::Texts, static_cast<std::uint64_t>(number)});
    }
  // Bodies that did not come the last time.
  auto lacking = database_->prepare(
      "select distinct page from notice_item where serial in (" + std::string(kInForce) +
      ") and not exists(select 1 from notice_text t where t.hash=notice_item.body) order by page");
  while (true) {
    MACHI_TRY_SET(more, lacking.step());
    if (!more) break;
    const Ask ask{Ask::What::Texts, static_cast<std::uint64_t>(lacking.integer(0))};
    if (std::find(out.begin(), out.end(), ask) == out.end()) out.push_back(ask);
  }
  return out;
}

Status NoticeBook::take_head(ByteView feed_answer, mail::Trust& trust, Instant now) {
  MACHI_TRY_SET(answer, mail::decode_feed_answer(feed_answer));
  mail::Trust wider = trust;
  MACHI_TRY_SET(checked, mail::check_head(answer, wider, now));
  auto held = database_->prepare("select pages, head_at, fresh, last from notice_feed");
  MACHI_TRY_SET(known, held.step());
  if (known) {
    const auto pages = static_cast<std::uint64_t>(held.integer(0));
    const Instant at = held.instant(1), fresh = held.instant(2);
    if (checked.head.pages < pages || checked.head.at < at || checked.fresh < fresh)
      return fail(Code::Conflict, "older than the head that is held");
  }
  trust = std::move(wider);
  return database_
      ->prepare(
          "insert into notice_feed values(1,?,?,?,?) on conflict(id) do update set pages=excluded.pages, "
          "last=excluded.last, head_at=excluded.head_at, fresh=excluded.fresh")
      .bind(static_cast<std::int64_t>(checked.head.pages))
      .bind(checked.head.last)
      .bind(checked.head.at)
      .bind(checked.fresh)
      .run();
}

Result<int> NoticeBook::take_page(std::uint64_t number, ByteView bytes, const mail::Trust& trust,
                                  Instant now) {
  auto head = database_->prepare("select pages, last from notice_feed");
  MACHI_TRY_SET(known, head.step());
  if (!known) return fail(Code::HeadNeeded, "no head is known");
  const auto pages = static_cast<std::uint64_t>(head.integer(0));
  if (number >= pages) return fail(Code::NotFound, "no such page in the head");
  MACHI_TRY_SET(page, mail::decode_page(bytes));
  const Hash hash = crypto::hash(bytes);
  if (page.number != number) return fail(Code::BadInput, "another page");
  if (number + 1 == pages && hash != head.fixed<32>(1))
    return fail(Code::BadSignature, "not the head's last page");
  if (number > 0) {
    auto before = database_->prepare("select hash from notice_page where number=?");
    before.bind(static_cast<std::int64_t>(number - 1));
    MACHI_TRY_SET(there, before.step());
    if (!there) return fail(Code::Missing, "the page before is not there yet");
    if (before.fixed<32>(0) != page.previous)
      return fail(Code::BadSignature, "does not follow the page before");
  }
  // A page that grew begins as it began: what was verified and folded then is so still.
  auto held = database_->prepare("select items, begun from notice_page where number=?");
  held.bind(static_cast<std::int64_t>(number));
  MACHI_TRY_SET(grown, held.step());
  std::size_t known_items = grown ? static_cast<std::size_t>(held.integer(0)) : 0;
  if (known_items > page.items.size() || (grown && beginning(page, known_items) != held.fixed<32>(1)))
    known_items = 0;
  store::Transaction transaction(*database_);
  int left_out = 0;
  for (std::size_t i = known_items; i < page.items.size(); ++i) {
    auto item = mail::read_item(page.items[i], trust, now);
    if (!item.ok()) {
      ++left_out;
      continue;
    }
    const bool office = item->type == "office";
    if (item->type != kNoticeType && item->type != kBookletType && !office) continue;
    const auto folded = item->type == kNoticeType ? fold(*item, number)
                        : office                  ? fold_office(*item)
                                                  : fold_booklet(*item);
    if (folded.ok()) continue;
    if (folded.code() == Code::Storage || folded.code() == Code::StorageFull) return folded.error();
    ++left_out;
  }
  // What was left out - by a key that is not known yet - is tried again with the next version of the page.
  const std::size_t done = left_out == 0 ? page.items.size() : known_items;
  MACHI_TRY(database_
                ->prepare("insert into notice_page values(?,?,?,?) on conflict(number) do update set "
                          "hash=excluded.hash, items=excluded.items, begun=excluded.begun")
                .bind(static_cast<std::int64_t>(number))
                .bind(hash)
                .bind(static_cast<std::int64_t>(done))
                .bind(beginning(page, done))
                .run());
  MACHI_TRY(transaction.commit());
  return left_out;
}

Status NoticeBook::fold(const mail::Item& item, std::uint64_t page) {
  MACHI_TRY_SET(header, decode_header(item.content));
  const std::uint64_t root = header.act == NoticeAct::Publish ? item.serial : header.of;
  if (header.act != NoticeAct::Publish && root >= item.serial)
    return fail(Code::BadInput, "about a later notice");
  auto row = database_->prepare("insert or ignore into notice_item values(?,?,?,?,?,?,?)");
  row.bind(static_cast<std::int64_t>(item.serial))
      .bind(static_cast<std::int64_t>(root))
      .bind(static_cast<int>(header.act))
      .bind(static_cast<std::int64_t>(page))
      .bind(item.at)
      .bind(code::encode(item.content));
  if (header.act == NoticeAct::Withdraw)
    row.bind_null();
  else
    row.bind(header.body);
  MACHI_TRY(row.run());
  return header.act == NoticeAct::Publish ? Status{} : forget(root);
}

// Bodies of this notice that are not in force any more: overwritten on the disk (secure_delete).
Status NoticeBook::forget(std::uint64_t root) {
  MACHI_TRY(database_
                ->prepare("delete from notice_text where hash in (select body from notice_item where "
                          "root=?1) and hash not "
                          "in (select body from notice_item where body is not null and serial in (" +
                          std::string(kInForce) + "))")
                .bind(static_cast<std::int64_t>(root))
                .run());
  return drop_blobs();
}

Result<int> NoticeBook::take_texts(ByteView bytes) {
  MACHI_TRY_SET(texts, decode_texts(bytes));
  store::Transaction transaction(*database_);
  int taken = 0;
  for (const Bytes& body : texts.bodies) {
    if (!decode_body(body).ok()) continue;
    const Hash hash = crypto::hash(body);
    auto wanted = database_->prepare("select 1 from notice_item where body=? and serial in (" +
                                     std::string(kInForce) + ")");
    wanted.bind(hash);
    MACHI_TRY_SET(named, wanted.step());
    if (!named) continue;
    MACHI_TRY(
        database_->prepare("insert or ignore into notice_text values(?,?)").bind(hash).bind(body).run());
    taken += static_cast<int>(database_->changes());
  }
  MACHI_TRY(transaction.commit());
  return taken;
}

Result<std::optional<Instant>> NoticeBook::fresh() const {
  auto row = database_->prepare("select fresh from notice_feed");
  MACHI_TRY_SET(known, row.step());
  return known ? std::optional<Instant>(row.instant(0)) : std::nullopt;
}

Result<std::vector<NoticeEntry>> NoticeBook::timeline(const Profile& profile, Instant now) const {
  std::vector<NoticeEntry> out;
  const Matcher matcher(profile, base::date_of(now));
  auto rows = database_->prepare(
      "select i.serial, i.root, p.at, i.at, i.header, t.body, r.serial from notice_item i join notice_item p "
      "on "
      "p.serial=i.root join notice_text t on t.hash=i.body left join notice_read r on r.serial=i.root where "
      "i.serial in (" +
      std::string(kInForce) + ") order by i.root desc");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    const auto content = code::decode(rows.bytes(4));
    if (!content.ok()) continue;
    auto header = decode_header(*content);
    if (!header.ok() || (header->from && *header->from > now) || (header->until && *header->until <= now))
      continue;
    const auto segment = parse_segment(header->segment);
    if (!segment.ok()) continue;
    const Truth concerns = matcher.match(*segment);
    if (concerns == Truth::No) continue;
    auto body = decode_body(rows.bytes(5));
    if (!body.ok()) continue;
    NoticeEntry entry;
    entry.serial = static_cast<std::uint64_t>(rows.integer(1));
    entry.at = rows.instant(2);
    if (rows.integer(0) != rows.integer(1)) entry.corrected = rows.instant(3);
    entry.header = std::move(*header);
    entry.body = std::move(*body);
    entry.concerns = concerns;
    entry.read = !rows.is_null(6);
    out.push_back(std::move(entry));
  }
}

Result<std::vector<NoticeEntry>> NoticeBook::search(std::string_view words, const Profile& profile,
                                                    Instant now) const {
  MACHI_TRY_SET(all, timeline(profile, now));
  const std::string wanted = base::search_form(words);
  if (wanted.empty()) return all;
  std::erase_if(all, [&](const NoticeEntry& entry) {
    return std::none_of(entry.body.texts.begin(), entry.body.texts.end(), [&](const NoticeText& text) {
      return base::search_form(text.title + "\n" + text.text).find(wanted) != std::string::npos;
    });
  });
  return all;
}

Status NoticeBook::mark_read(std::uint64_t serial) {
  return database_->prepare("insert or ignore into notice_read values(?)")
      .bind(static_cast<std::int64_t>(serial))
      .run();
}

}  // namespace machi::notice
