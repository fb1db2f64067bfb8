// The first step: route, size, decode, verify. Any thread; pure.
#include "platform/hub/prepared.h"

#include "platform/hub/post_office.h"
#include "platform/hub/routes.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

template <class T>
Result<Work> as_work(Result<T> decoded) {
  if (!decoded.ok()) return decoded.error();
  return Work(std::move(*decoded));
}

Result<Work> decode(Route route, const Request& request) {
  switch (route) {
    case Route::Hub:
      return Work(HubWork{});
    case Route::Health:
      return Work(HealthWork{});
    case Route::FeedHead:
      return Work(decode_feed_head(request));
    case Route::FeedPage:
      return as_work(decode_feed_page(request));
    case Route::FeedTexts:
      return as_work(decode_feed_texts(request));
    case Route::FeedBlob:
      return as_work(decode_feed_blob(request));
    case Route::Post:
      return as_work(decode_post(request));
    case Route::Challenge:
      return as_work(decode_challenge(request));
    case Route::Ticket:
      return as_work(decode_ticket(request));
    case Route::Messages:
      return as_work(decode_messages(request));
    case Route::Stream:
      return as_work(decode_stream(request));
    case Route::AccessPost:
      return as_work(decode_access(request));
    case Route::AccessRead:
      return as_work(decode_access_read(request));
    case Route::GrantsPost:
      return as_work(decode_grants(request));
    case Route::GrantsRead:
      return as_work(decode_grants_read(request));
    case Route::AccessHead:
      return as_work(decode_access_head(request));
    case Route::BlobPost:
      return as_work(decode_blob_post(request));
    case Route::BlobRead:
      return as_work(decode_blob_read(request));
    case Route::SnapshotPost:
      return as_work(decode_snapshot_post(request));
    case Route::SnapshotRead:
      return as_work(decode_snapshot_read(request));
    case Route::SlotPost:
      return as_work(decode_slot_post(request));
    case Route::SlotRead:
      return as_work(decode_slot_read(request));
    case Route::SlipRecord:
      return as_work(decode_slip_record(request));
    case Route::Slip:
      return as_work(decode_slip(request));
  }
  return fail(Code::NotFound, "route");
}

Result<Work> read(const Request& request) {
  MACHI_TRY_SET(row, find_route(request.method, request.target));
  if (request.body.size() > row.body_limit) return fail(Code::TooLarge, "body");
  return decode(row.route, request);
}

}  // namespace

bool writes(const Work& work) {
  return std::holds_alternative<PostWork>(work) || std::holds_alternative<AccessWork>(work) ||
         std::holds_alternative<GrantsWork>(work) || std::holds_alternative<AccessHeadWork>(work) ||
         std::holds_alternative<BlobPostWork>(work) || std::holds_alternative<SlipRecordWork>(work) ||
         std::holds_alternative<SnapshotPostWork>(work) || std::holds_alternative<SlotPostWork>(work);
}

Prepared PostOffice::prepare(const Request& request) {
  auto work = read(request);
  return {work.ok() ? std::move(*work) : Work(Refused{work.code()}), request.address};
}

}  // namespace machi::hub
