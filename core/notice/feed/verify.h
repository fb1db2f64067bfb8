// Checks an exported feed as a stranger would who has nothing but the town's root key: every signature, every
// link, every body. Pure; any thread; files come through a function.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/notice/feed/booklet.h"

namespace machi::notice {

// A file of the feed's folder by name; NotFound when there is none.
using FeedFile = std::function<Result<Bytes>(const std::string& name)>;

struct FeedProblem {
  std::string file;
  std::string what;
};

struct FeedReport {
  std::vector<FeedProblem> problems;  // of all files, in order
  std::uint64_t pages = 0, items = 0;
  std::uint64_t notices = 0, corrections = 0, withdrawn = 0, bodies = 0, offices = 0;
  std::uint64_t bytes = 0;
  std::optional<Instant> head, fresh;
};

inline constexpr std::string_view kHeadFile = "head.cbor";                // feed-answer, without delegations
inline constexpr std::string_view kDelegationsFile = "delegations.cbor";  // array of delegations
std::string page_file_name(std::uint64_t number);                         // page-000012.cbor
std::string texts_file_name(std::uint64_t number);                        // texts-000012.cbor
std::string blob_file_name(const Hash& hash);                             // blob-0123...

// A head is stale a day after the hub last said that it is the newest.
inline constexpr std::int64_t kStaleSeconds = 86400;

FeedReport verify_feed(const FeedFile& file, const mail::Town& town, Instant now);

}  // namespace machi::notice
