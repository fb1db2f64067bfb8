// One table; a photo's reference is one value, so that the smaller of two can be told.
#include "core/absence/photo_book.h"

namespace machi::absence {
namespace {

constexpr std::string_view kTable =
    "CREATE TABLE absence_photo (name BLOB PRIMARY KEY, photo BLOB NOT NULL, hash BLOB NOT NULL, "
    "written INTEGER NOT NULL) WITHOUT ROWID;";

}  // namespace

code::Cbor encode(const Photo& photo) {
  return code::Cbor::map({{1, photo.blob}, {2, photo.size}, {3, photo.key}});
}

base::Result<Photo> decode_photo(const code::Cbor& content) {
  MACHI_TRY_SET(hash, content.fixed_at<32>(1));
  MACHI_TRY_SET(size, content.integer_at(2));
  MACHI_TRY_SET(key, content.fixed_at<32>(3));
  return Photo{hash, static_cast<std::uint64_t>(size), std::string(kPhotoType), key};
}

std::vector<store::Migration> PhotoBook::migrations() { return {{"absence.photos.1", kTable}}; }

Status PhotoBook::add(base::ByteView of, const std::vector<Photo>& attachments, base::Instant written) {
  if (attachments.empty()) return {};
  const Photo& one = attachments.front();
  const auto content = code::encode(encode(one));
  return database_
      .prepare(
          "INSERT INTO absence_photo VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET photo = "
          "excluded.photo, "
          "hash = excluded.hash, written = excluded.written WHERE excluded.photo < absence_photo.photo")
      .bind(of)
      .bind(content)
      .bind(one.blob)
      .bind(written)
      .run();
}

std::optional<Photo> PhotoBook::read(store::Statement& row) const {
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  const auto content = code::decode(row.blob(0));
  if (!content.ok()) return std::nullopt;
  auto photo = decode_photo(*content);
  return photo.ok() ? std::optional(std::move(*photo)) : std::nullopt;
}

std::optional<Photo> PhotoBook::of(base::ByteView of) const {
  auto row = database_.prepare("SELECT photo FROM absence_photo WHERE name = ?");
  row.bind(of);
  return read(row);
}

std::optional<Photo> PhotoBook::named(const mail::Hash& hash) const {
  auto row = database_.prepare("SELECT photo FROM absence_photo WHERE hash = ? LIMIT 1");
  row.bind(hash);
  return read(row);
}

Status PhotoBook::drop_old(base::Instant now) {
  return database_.prepare("DELETE FROM absence_photo WHERE written < ?")
      .bind(now.plus_seconds(-kPhotoDays * 86400))
      .run();
}

}  // namespace machi::absence
