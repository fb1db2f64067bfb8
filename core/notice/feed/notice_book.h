// A phone's copy of the notices: follows the feed's head, takes pages and texts in, forgets what was
// withdrawn, and chooses by the phone's own profile. Nothing that it asks for tells which notice concerns
// whom: it asks for whole pages. One thread, that of the database. The order of items does not matter, nor
// their repetition.
#pragma once

#include "core/notice/feed/booklet.h"
#include "core/notice/segment/match.h"
#include "core/store/database.h"

namespace machi::notice {

// What is to be fetched next; all of it at once.
struct Ask {
  enum class What { Head, Page, Texts, Blob } what = What::Head;
  std::uint64_t number = 0;
  Hash hash{};  // of a blob
  bool operator==(const Ask&) const = default;
};

struct NoticeEntry {
  std::uint64_t serial = 0;  // of the notice, whatever corrected it
  Instant at;                // published
  std::optional<Instant> corrected;
  NoticeHeader header;  // in force
  NoticeBody body;
  Truth concerns = Truth::Unknown;
  bool read = false;
};

inline constexpr std::uint64_t kBlobForAll = 300 << 10;
inline constexpr std::uint64_t kBlobsForAll = 6 << 20;

class NoticeBook {
 public:
  static Result<NoticeBook> open(store::Database& database);

  // Pages and texts that the head names and this phone lacks; the head itself when none is known.
  Result<std::vector<Ask>> wanted() const;
  // Admits delegations into `trust`. Conflict: older than the head held (a feed that was rolled back).
  Status take_head(ByteView feed_answer, mail::Trust& trust, Instant now);
  // In the order of `wanted`. BadSignature: not the page that the head or the next page names. An item that
  // is not the editor's is left out, and the rest taken; how many were, is told.
  Result<int> take_page(std::uint64_t number, ByteView page, const mail::Trust& trust, Instant now);
  // Bodies that no notice in force names are passed over; how many were taken.
  Result<int> take_texts(ByteView texts);

  // Files that every phone fetches, whomever they concern, and that this one lacks: booklets in force, and
  // what is attached to notices in force, the newest first, up to kBlobForAll each and kBlobsForAll together.
  // What is larger a person fetches by pressing.
  Result<std::vector<Ask>> wanted_blobs() const;
  // BadSignature: other bytes than its name says; NotFound: nothing in force names it.
  Status take_blob(const Hash& hash, ByteView bytes);
  // Nothing: it is not here.
  Result<std::optional<Bytes>> blob(const Hash& hash) const;
  Result<std::optional<Booklet>> booklet(std::string_view name) const;
  // The office that writes the notices, as the directory calls it.
  Result<std::optional<mail::Office>> office() const;

  // When the town's server last said that this is the newest; nothing before the first head.
  Result<std::optional<Instant>> fresh() const;

  // Newest first: what is in force now, has its body, and does not say no to this profile.
  Result<std::vector<NoticeEntry>> timeline(const Profile& profile, Instant now) const;
  // The same, of those whose title or text holds these words (widths and kana folded; two signs are enough).
  Result<std::vector<NoticeEntry>> search(std::string_view words, const Profile& profile, Instant now) const;
  Status mark_read(std::uint64_t serial);

 private:
  explicit NoticeBook(store::Database& database) : database_(&database) {}
  Status fold(const mail::Item& item, std::uint64_t page);
  Status forget(std::uint64_t root);
  Status drop_blobs();
  Status fold_office(const mail::Item& item);
  Status fold_booklet(const mail::Item& item);
  Result<std::vector<Attachment>> attached() const;
  store::Database* database_;
};

}  // namespace machi::notice
