// The table of the hub's addresses (PROTOCOL.md, HTTP): methods, sizes, and the names that stand in the log.
// Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "platform/hub/request.h"

namespace machi::hub {

enum class Route {
  Hub,
  FeedHead,
  FeedPage,
  FeedTexts,
  FeedBlob,
  Post,
  Challenge,
  Ticket,
  Messages,
  Stream,
  AccessPost,
  AccessRead,
  GrantsPost,
  GrantsRead,
  AccessHead,
  BlobPost,
  BlobRead,
  SnapshotPost,
  SnapshotRead,
  SlotPost,
  SlotRead,
  SlipRecord,
  Slip,
  Health,
};

inline constexpr std::size_t kSmallBody = 70 * 1024;
// A whole access log, posted again after a restore.
inline constexpr std::size_t kLogBody = 512 * 1024;
inline constexpr std::size_t kBlobBody = 4 * 1024 * 1024 + 100 * 1024;

struct RouteRow {
  Route route;
  std::string_view method;
  std::string_view path;
  std::string_view name;   // for the log
  std::size_t body_limit;  // bytes
};
std::span<const RouteRow> routes();

// NotFound for an unknown path, Unsupported for a method that the path does not know.
Result<RouteRow> find_route(std::string_view method, std::string_view target);
// Largest body that any method of this path takes; 0 for an unknown path.
std::size_t body_limit(std::string_view target);

// Values of the query: decimal numbers and hexadecimal hashes only. Missing when the name is not there.
Result<std::uint64_t> number_in_query(std::string_view target, std::string_view name);
Result<Bytes> hex_in_query(std::string_view target, std::string_view name);

}  // namespace machi::hub
