// NoticeDesk: what the desk of the town's notices can do - write, approve, take back - over the office's
// drafts. Owned by the desk app; one thread. Storage | StorageFull; NotAllowed for messages of those who may
// not write them; Conflict for a version that is not the newest any more.
#pragma once

#include "core/base/entropy.h"
#include "core/notice/office/draft_book.h"
#include "core/notice/office/sums_book.h"

namespace machi::notice {

// The office's post, as this desk uses it.
class NoticePost {
 public:
  virtual ~NoticePost() = default;
  // To the office itself, inside the caller's transaction, durable when that commits.
  virtual Status note(std::string_view kind, code::Cbor content, Instant now) = 0;
  virtual bool colleague(const crypto::SignPublic& from) const = 0;  // is, or was, a device of the office
  virtual std::string kind() const = 0;                              // of the office, by the directory
  virtual crypto::SignPublic press() const = 0;                      // whose word "printed" is
  virtual crypto::SignPublic self() const = 0;                       // this device, at the office
};

class NoticeDesk {
 public:
  static std::vector<store::Migration> migrations();
  NoticeDesk(store::Database& database, NoticePost& post, base::Entropy& entropy)
      : database_(database),
        post_(post),
        entropy_(entropy),
        book_(database, [&post] { return post.press(); }),
        sums_(database) {}

  bool open() const { return post_.kind() == kNoticeOffice; }
  const DraftBook& book() const { return book_; }
  crypto::SignPublic self() const { return post_.self(); }
  Status on_message(std::string_view kind, const code::Cbor& content, const crypto::SignPublic& from);
  // Of use, by month, newest first; as the press tells it.
  Result<std::vector<Sums>> months() const { return sums_.months(post_.press()); }

  // Who sits here: named in every version and approval.
  std::string officer() const { return setting("officer"); }
  Status officer(std::string_view name);

  // A new draft, or with `of` a new version of one: the correction when it is in the feed already.
  Result<DraftId> write(Draft draft, std::optional<DraftId> of, Instant now);
  // `seen`: the version that was read. `alone`: of an emergency, by its own writer.
  Status approve(const DraftId& id, const Hash& seen, bool alone, Instant now);
  Status take_back(const DraftId& id, std::string_view why, Instant now);

  // Drafts to begin with, kept at this desk.
  Result<std::vector<std::pair<std::string, Draft>>> templates() const;
  Status keep_template(std::string_view name, const Draft& draft);
  Status drop_template(std::string_view name);

 private:
  std::string setting(std::string_view name) const;
  Status tell(std::string_view kind, const code::Cbor& content, Instant now);

  store::Database& database_;
  NoticePost& post_;
  base::Entropy& entropy_;
  DraftBook book_;
  SumsBook sums_;
};

}  // namespace machi::notice
