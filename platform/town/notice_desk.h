// Puts notices into a town's feed: the signed header into the page, the words into the file of texts beside
// it, and takes the words of what was corrected or withdrawn out of that file. One program at a time; one
// thread.
#pragma once

#include "core/notice/feed/booklet.h"
#include "platform/town/town_folder.h"

namespace machi::town {

// The serial of the notice. `header.body` is filled in here, and the body's salt. For a correction `of` names
// the notice. NotFound: no such notice; TooLarge: a page's texts or the body are full.
Result<std::uint64_t> publish_notice(const TownFolder& folder, notice::NoticeHeader header,
                                     notice::NoticeBody body, base::Entropy& entropy, Instant now);
// A file into the feed's folder, under its hash; the notice that names it comes after. TooLarge.
Result<notice::Attachment> put_attachment(const TownFolder& folder, base::ByteView bytes,
                                          std::string media_type, std::string name);
// What every phone has beside the notices (core/notice/feed/booklet.h); the newest of a name is in force.
Status publish_booklet(const TownFolder& folder, std::string_view name, base::ByteView bytes, Instant now);
Status withdraw_notice(const TownFolder& folder, std::uint64_t serial, Instant now);

// Copies the feed into a folder that any web server may serve: head with the hub's word that it is the
// newest, delegations, pages, texts, blobs. Files of withdrawn texts that an older export left are
// overwritten. How many files were written.
Result<int> export_feed(const TownFolder& folder, const std::filesystem::path& to, Instant now);

}  // namespace machi::town
