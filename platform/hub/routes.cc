// The hub's table of addresses and the reading of queries. Pure; any thread.
#include "platform/hub/routes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/mail/paper.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

constexpr std::array kRows = {
    RouteRow{Route::Hub, "GET", "/v1/hub", "hub", 0},
    RouteRow{Route::FeedHead, "GET", "/v1/feed/head", "feed-head", 0},
    RouteRow{Route::FeedPage, "GET", "/v1/feed/page", "feed-page", 0},
    RouteRow{Route::FeedTexts, "GET", "/v1/feed/texts", "feed-texts", 0},
    RouteRow{Route::FeedBlob, "GET", "/v1/feed/blob", "feed-blob", 0},
    RouteRow{Route::Post, "POST", "/v1/post", "post", kSmallBody},
    RouteRow{Route::Challenge, "POST", "/v1/challenge", "challenge", 1024},
    RouteRow{Route::Ticket, "POST", "/v1/ticket", "ticket", 1024},
    RouteRow{Route::Messages, "GET", "/v1/messages", "messages", 0},
    RouteRow{Route::Stream, "GET", "/v1/stream", "stream", 0},
    RouteRow{Route::AccessPost, "POST", "/v1/access", "access-post", kLogBody},
    RouteRow{Route::AccessRead, "GET", "/v1/access", "access-read", 0},
    RouteRow{Route::GrantsPost, "POST", "/v1/grants", "grants-post", kLogBody},
    RouteRow{Route::GrantsRead, "GET", "/v1/grants", "grants-read", 0},
    RouteRow{Route::AccessHead, "POST", "/v1/access-head", "access-head", 1024},
    RouteRow{Route::BlobPost, "POST", "/v1/blob", "blob-post", kBlobBody},
    RouteRow{Route::BlobRead, "GET", "/v1/blob", "blob-read", 0},
    RouteRow{Route::SnapshotPost, "POST", "/v1/snapshot", "snapshot-post", kSmallBody},
    RouteRow{Route::SnapshotRead, "GET", "/v1/snapshot", "snapshot-read", 0},
    RouteRow{Route::SlotPost, "POST", "/v1/slot", "slot-post", mail::kSlotLimit},
    RouteRow{Route::SlotRead, "GET", "/v1/slot", "slot-read", 0},
    RouteRow{Route::SlipRecord, "POST", "/v1/slip-record", "slip-record", 16 * 1024},
    RouteRow{Route::Slip, "GET", "/v1/slip", "slip", 0},
    RouteRow{Route::Health, "GET", "/health", "health", 0},
};

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

Result<std::string_view> value_in_query(std::string_view target, std::string_view name) {
  const std::size_t mark = target.find('?');
  std::string_view rest = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
  while (!rest.empty()) {
    const std::size_t end = rest.find('&');
    const std::string_view pair = rest.substr(0, end);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return fail(Code::Missing, "query");
}

}  // namespace

std::span<const RouteRow> routes() { return kRows; }

Result<RouteRow> find_route(std::string_view method, std::string_view target) {
  const std::string_view path = path_of(target);
  bool known = false;
  for (const RouteRow& row : kRows) {
    if (row.path != path) continue;
    if (row.method == method) return row;
    known = true;
  }
  return fail(known ? Code::Unsupported : Code::NotFound, "route");
}

std::size_t body_limit(std::string_view target) {
  std::size_t limit = 0;
  for (const RouteRow& row : kRows)
    if (row.path == path_of(target)) limit = std::max(limit, row.body_limit);
  return limit;
}

Result<std::uint64_t> number_in_query(std::string_view target, std::string_view name) {
  MACHI_TRY_SET(text, value_in_query(target, name));
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || number > INT64_MAX)
    return fail(Code::BadInput, "number in query");
  return number;
}

Result<Bytes> hex_in_query(std::string_view target, std::string_view name) {
  MACHI_TRY_SET(text, value_in_query(target, name));
  return base::from_hex(text);
}

}  // namespace machi::hub
