// Which photo goes with which report or note: the keys to sealed pictures at the hub, not the pictures. On
// the phone and at the desk. Of two under one name the smaller holds, so that any order gives the same book.
// One thread. Storage | StorageFull when the database refuses.
#pragma once

#include "core/mail/client.h"

namespace machi::absence {

using base::Status;
using Photo = mail::Attachment;

inline constexpr std::string_view kPhotoType = "image/jpeg";
inline constexpr std::size_t kPhotoLimit = 1u
                                           << 20;  // bytes; a page of writing, well readable, has some 300 KB
inline constexpr std::int64_t kPhotoDays = 90;     // as the mail at the hub

// A photo's reference inside of another content: {1: hash, 2: size, 3: key}.
code::Cbor encode(const Photo& photo);
base::Result<Photo> decode_photo(const code::Cbor& content);

class PhotoBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit PhotoBook(store::Database& database) : database_(database) {}

  // `of`: the message of a report; what else it may be says the caller. Of several attachments the first
  // counts.
  Status add(base::ByteView of, const std::vector<Photo>& attachments, base::Instant written);
  std::optional<Photo> of(base::ByteView of) const;
  // By the picture's name, its hash.
  std::optional<Photo> named(const mail::Hash& hash) const;
  // Forgets the keys to what the hub has deleted by now.
  Status drop_old(base::Instant now);

 private:
  std::optional<Photo> read(store::Statement& row) const;
  store::Database& database_;
};

}  // namespace machi::absence
