// Head and pages of the feed. decode_* on any thread, the rest on the store's.
#include "platform/hub/feed_counter.h"

#include "platform/hub/routes.h"

namespace machi::hub {

namespace {
constexpr std::int64_t kFreshForMs = 60000;  // one signature a minute
}

FeedHeadWork decode_feed_head(const Request& request) {
  const auto number = number_in_query(request.target, "short");
  return {number.ok() && *number == 1};
}

Result<Answer> read_feed_head(OfficeState& office, const FeedHeadWork& work, Instant now) {
  MACHI_TRY_SET(head, office.feed.head(now));
  std::vector<Bytes> delegations;
  if (!work.brief) {
    MACHI_TRY_SET(all, office.feed.delegations());
    delegations = std::move(all);
  }
  const std::int64_t age = now.ms - office.fresh_at.ms;
  if (office.fresh_of != head || age < 0 || age > kFreshForMs) {
    office.fresh = mail::make_fresh(office.keys.town.id, head, now, office.keys.freshness);
    office.fresh_of = head;
    office.fresh_at = now;
  }
  Answer out = answer(mail::encode_feed_answer({head, office.fresh, delegations}));
  out.response.headers.push_back({"Cache-Control", "no-cache"});
  return out;
}

Result<FeedPageWork> decode_feed_page(const Request& request) {
  MACHI_TRY_SET(number, number_in_query(request.target, "number"));
  return FeedPageWork{number};
}

Result<Answer> read_feed_page(OfficeState& office, const FeedPageWork& work, Instant now) {
  MACHI_TRY_SET(page, office.feed.page(work.number, now));
  Answer out = answer(std::move(page));
  // Whether a page is the last one is known from the head only, and the last one grows.
  MACHI_TRY_SET(head, office.feed.head(now));
  MACHI_TRY_SET(said, peek_head(head));
  out.response.headers.push_back(
      {"Cache-Control", work.number + 1 < said.pages ? "public, max-age=31536000, immutable" : "no-cache"});
  return out;
}

Result<FeedTextsWork> decode_feed_texts(const Request& request) {
  MACHI_TRY_SET(number, number_in_query(request.target, "number"));
  return FeedTextsWork{number};
}

Result<Answer> read_feed_texts(OfficeState& office, const FeedTextsWork& work, Instant now) {
  MACHI_TRY_SET(texts, office.feed.texts(work.number, now));
  Answer out = answer(std::move(texts));
  // What was withdrawn is taken out of them: no copy on the way may outlive that.
  out.response.headers.push_back({"Cache-Control", "no-cache"});
  return out;
}

Result<FeedBlobWork> decode_feed_blob(const Request& request) {
  MACHI_TRY_SET(raw, hex_in_query(request.target, "hash"));
  MACHI_TRY_SET(hash, base::fixed<32>(raw));
  return FeedBlobWork{hash};
}

Result<Answer> read_feed_blob(OfficeState& office, const FeedBlobWork& work, Instant now) {
  MACHI_TRY_SET(blob, office.feed.blob(work.hash, now));
  Answer out = answer(std::move(blob));
  // Its name is its content; but what is withdrawn goes, so that no copy may outlive a day.
  out.response.headers.push_back({"Cache-Control", "public, max-age=86400"});
  // It is for the app alone, never to be opened as a page of this origin.
  out.response.headers.push_back({"Content-Disposition", "attachment"});
  return out;
}

}  // namespace machi::hub
