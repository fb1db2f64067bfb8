// The client's copy of the directory: head, pages in order, items verified before they are believed.
#include <algorithm>

#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

namespace {
constexpr std::int64_t kFeedEverySeconds = 900;
}

void Client::State::take_feed(ByteView body, Instant now) {
  feed_due = now.plus_seconds(kFeedEverySeconds);
  auto answer = decode_feed_answer(body);
  if (!answer.ok()) return log("mail.feed-refused", base::code_name(answer.code()));
  Trust wider = trust;
  auto checked = check_head(*answer, wider, now);
  if (!checked.ok()) return log("mail.feed-refused", base::code_name(checked.code()));
  if (checked->head.pages < pages || checked->head.at < head_at) return log("mail.feed-rollback", "");

  store::Transaction transaction(database);
  for (const Bytes& raw : wider.raw())
    if (!database.prepare("insert or ignore into mail_delegation values(?)").bind(raw).run().ok()) return;
  const Bytes kept = code::encode(Cbor::map({{1, checked->head.at.ms}, {2, checked->fresh.ms}}));
  if (!save("head", kept).ok() || !transaction.commit().ok()) return log("mail.storage", "feed");
  trust = std::move(wider);
  head_at = checked->head.at;
  fresh = checked->fresh;
  head_last = checked->head.last;
  head_known = true;

  // The last page may have grown; the ones before it never change.
  if (checked->head.pages > 0) {
    auto row = database.prepare("select hash from mail_page where number=?");
    row.bind(static_cast<std::int64_t>(checked->head.pages - 1));
    auto there = row.step();
    const bool same = there.ok() && *there && row.fixed<32>(0) == checked->head.last;
    if (!same) page_due = pages > 0 ? pages - 1 : 0;
    pages_wanted = checked->head.pages;
  }
  changed();
}

void Client::State::take_page(std::uint64_t number, ByteView body, Instant now) {
  page_due.reset();
  auto page = decode_page(body);
  if (!page.ok() || page->number != number) return log("mail.page-refused", "form");
  const Hash hash = crypto::hash(body);
  if (number + 1 == pages_wanted && hash != head_last) return log("mail.page-refused", "hash");
  if (number > 0) {
    auto row = database.prepare("select hash from mail_page where number=?");
    row.bind(static_cast<std::int64_t>(number - 1));
    auto there = row.step();
    if (!there.ok() || !*there || row.fixed<32>(0) != page->previous) {
      // The page before grew since it was read: take it again first.
      page_due = number - 1;
      return;
    }
  }
  store::Transaction transaction(database);
  for (const Bytes& raw : page->items) {
    auto item = read_item(raw, trust, now);
    if (!item.ok()) {
      log("mail.item-refused", base::code_name(item.code()));
      continue;
    }
    if (auto folded = fold_item(*item); !folded.ok()) {
      log("mail.item-refused", base::code_name(folded.code()));
      if (folded.code() == Code::Storage || folded.code() == Code::StorageFull) return;
    }
  }
  auto kept =
      database
          .prepare("insert into mail_page values(?,?) on conflict(number) do update set hash=excluded.hash")
          .bind(static_cast<std::int64_t>(number))
          .bind(hash)
          .run();
  if (!kept.ok() || !transaction.commit().ok()) return log("mail.storage", "page");
  pages = std::max(pages, number + 1);
  if (number + 1 < pages_wanted) page_due = number + 1;
  changed();
}

Status Client::State::fold_item(const Item& item) {
  if (item.type != "office") return {};
  MACHI_TRY_SET(office, decode_office(item.content));
  MACHI_TRY(
      database
          .prepare(
              "insert into mail_office values(?,?,?) on conflict(mailbox) do update set "
              "serial=excluded.serial, content=excluded.content where excluded.serial>=mail_office.serial")
          .bind(office.mailbox)
          .bind(static_cast<std::int64_t>(item.serial))
          .bind(code::encode(item.content))
          .run());
  if (database.changes() > 0) offices[office.mailbox] = office;
  return {};
}

}  // namespace machi::mail
