// Writes the feed's folder: items into pages, the last page grows until it is full, the head is signed at the
// end. For the town's own programs, never the hub. One writer at a time; one thread.
#pragma once

#include "platform/hub/feed_store.h"

namespace machi::hub {

class FeedWriter {
 public:
  // Continues what is in the folder, or begins.
  static Result<FeedWriter> open(std::filesystem::path folder, mail::TownId town);

  // Serial of the next item that is to be made.
  std::uint64_t next_serial() const { return serial_; }
  // The page onto which the newest item went.
  std::uint64_t last_page() const { return open_.empty() ? 0 : open_.back().number; }
  // Takes a signed item (mail::make_item) in. TooLarge for one that fits on no page.
  Status append(Bytes item);
  // Writes the pages that changed, then the head. `at` is not before the present head's time.
  Status publish(const crypto::SignKey& editor, Instant at);

 private:
  FeedWriter(std::filesystem::path folder, mail::TownId town) : folder_(std::move(folder)), town_(town) {}
  std::filesystem::path folder_;
  mail::TownId town_;
  std::uint64_t serial_ = 0;
  Instant last_head_;
  std::vector<mail::Page> open_;  // the last page of the folder, and those behind it
};

}  // namespace machi::hub
