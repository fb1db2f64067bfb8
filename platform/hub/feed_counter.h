// The counter for the public feed: head with the hub's own statement of freshness, and pages. See
// office_state.h.
#pragma once

#include "platform/hub/office_state.h"

namespace machi::hub {

struct FeedHeadWork {
  bool brief = false;  // short=1: without the delegations, for who has them; under 1 KB
};
FeedHeadWork decode_feed_head(const Request& request);
Result<Answer> read_feed_head(OfficeState& office, const FeedHeadWork& work, Instant now);

struct FeedPageWork {
  std::uint64_t number = 0;
};
Result<FeedPageWork> decode_feed_page(const Request& request);
Result<Answer> read_feed_page(OfficeState& office, const FeedPageWork& work, Instant now);

// The words of a page's notices (core/notice/feed/FEED.md): not signed, known by their hashes.
struct FeedTextsWork {
  std::uint64_t number = 0;
};
Result<FeedTextsWork> decode_feed_texts(const Request& request);
Result<Answer> read_feed_texts(OfficeState& office, const FeedTextsWork& work, Instant now);

// A file that a notice or the town's pack names by its hash: a picture, a document, the chatbot's answers.
struct FeedBlobWork {
  mail::Hash hash{};
};
Result<FeedBlobWork> decode_feed_blob(const Request& request);
Result<Answer> read_feed_blob(OfficeState& office, const FeedBlobWork& work, Instant now);

}  // namespace machi::hub
