// The files beside the notices in a phone's copy: which are wanted, which are let go.
#include <algorithm>
#include <set>

#include "core/crypto/sodium.h"
#include "core/notice/feed/notice_book.h"

namespace machi::notice {

using base::fail;

// Of all notices whose words are here: forget() has taken out what is not in force. Newest first.
Result<std::vector<Attachment>> NoticeBook::attached() const {
  std::vector<Attachment> out;
  auto rows = database_->prepare(
      "select t.body from notice_text t join notice_item i on i.body=t.hash order by i.serial desc");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    const auto body = decode_body(rows.bytes(0));
    if (!body.ok()) continue;
    for (const Attachment& one : body->attachments) out.push_back(one);
  }
}

Status NoticeBook::fold_booklet(const mail::Item& item) {
  MACHI_TRY_SET(booklet, decode_booklet(item.content));
  MACHI_TRY(database_
                ->prepare("insert into notice_booklet values(?,?,?) on conflict(name) do update set "
                          "serial=excluded.serial, content=excluded.content where excluded.serial>serial")
                .bind(booklet.name)
                .bind(static_cast<std::int64_t>(item.serial))
                .bind(code::encode(item.content))
                .run());
  return drop_blobs();
}

// Kept as a booklet that has no file: of several offices of this kind the one that was written last.
Status NoticeBook::fold_office(const mail::Item& item) {
  MACHI_TRY_SET(office, mail::decode_office(item.content));
  if (office.kind != "notice") return {};
  return database_
      ->prepare(
          "insert into notice_booklet values('office',?,?) on conflict(name) do update set "
          "serial=excluded.serial, content=excluded.content where excluded.serial>serial")
      .bind(static_cast<std::int64_t>(item.serial))
      .bind(code::encode(item.content))
      .run();
}

Result<std::optional<mail::Office>> NoticeBook::office() const {
  auto row = database_->prepare("select content from notice_booklet where name='office'");
  MACHI_TRY_SET(there, row.step());
  if (!there) return std::optional<mail::Office>{};
  MACHI_TRY_SET(map, code::decode(row.bytes(0)));
  MACHI_TRY_SET(office, mail::decode_office(map));
  return std::optional<mail::Office>(std::move(office));
}

Result<std::optional<Booklet>> NoticeBook::booklet(std::string_view name) const {
  auto row = database_->prepare("select content from notice_booklet where name=?");
  row.bind(name);
  MACHI_TRY_SET(there, row.step());
  if (!there) return std::optional<Booklet>{};
  MACHI_TRY_SET(map, code::decode(row.bytes(0)));
  MACHI_TRY_SET(booklet, decode_booklet(map));
  return std::optional<Booklet>(std::move(booklet));
}

Result<std::vector<Ask>> NoticeBook::wanted_blobs() const {
  std::set<Hash> held;
  auto rows = database_->prepare("select hash from notice_blob");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) break;
    held.insert(rows.fixed<32>(0));
  }
  std::vector<Ask> out;
  const auto want = [&](const Hash& hash) {
    if (!held.insert(hash).second) return;
    out.push_back({Ask::What::Blob, 0, hash});
  };
  for (const std::string_view name : {kAnswersBooklet, kMenuBooklet}) {
    MACHI_TRY_SET(one, booklet(name));
    if (one) want(one->hash);
  }
  MACHI_TRY_SET(all, attached());
  std::uint64_t sum = 0;
  for (const Attachment& one : all) {
    if (one.size > kBlobForAll || sum + one.size > kBlobsForAll) continue;
    sum += one.size;
    want(one.hash);
  }
  return out;
}

Status NoticeBook::take_blob(const Hash& hash, ByteView bytes) {
  if (crypto::hash(bytes) != hash) return fail(Code::BadSignature, "other bytes than its name says");
  bool named = false;
  for (const std::string_view name : {kAnswersBooklet, kMenuBooklet}) {
    MACHI_TRY_SET(one, booklet(name));
    named = named || (one && one->hash == hash);
  }
  MACHI_TRY_SET(all, attached());
  named =
      named || std::any_of(all.begin(), all.end(), [&](const Attachment& one) { return one.hash == hash; });
  if (!named) return fail(Code::NotFound, "nothing names it");
  return database_->prepare("insert or ignore into notice_blob values(?,?)").bind(hash).bind(bytes).run();
}

Result<std::optional<Bytes>> NoticeBook::blob(const Hash& hash) const {
  auto row = database_->prepare("select body from notice_blob where hash=?");
  row.bind(hash);
  MACHI_TRY_SET(there, row.step());
  return there ? std::optional<Bytes>(row.blob(0)) : std::nullopt;
}

// Those that nothing in force names: overwritten on the disk (secure_delete).
Status NoticeBook::drop_blobs() {
  std::set<Hash> named;
  for (const std::string_view name : {kAnswersBooklet, kMenuBooklet}) {
    MACHI_TRY_SET(one, booklet(name));
    if (one) named.insert(one->hash);
  }
  MACHI_TRY_SET(all, attached());
  for (const Attachment& one : all) named.insert(one.hash);
  std::vector<Hash> gone;
  auto rows = database_->prepare("select hash from notice_blob");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) break;
    if (const Hash hash = rows.fixed<32>(0); !named.contains(hash)) gone.push_back(hash);
  }
  for (const Hash& hash : gone)
    MACHI_TRY(database_->prepare("delete from notice_blob where hash=?").bind(hash).run());
  return {};
}

}  // namespace machi::notice
