// Where the hub takes the signed feed from: a folder that the town's own programs write (feed_writer.h), or
// memory. The hub can serve it or not; it can change nothing in it. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "core/mail/feed.h"
#include "platform/hub/request.h"

namespace machi::hub {

class FeedStore {
 public:
  virtual ~FeedStore() = default;
  // The newest head whose last page is there; NotFound when nothing was published yet.
  virtual Result<Bytes> head(Instant now) = 0;
  // A page of that head.
  virtual Result<Bytes> page(std::uint64_t number, Instant now) = 0;
  // The words that lie beside a page of that head; NotFound when none do.
  virtual Result<Bytes> texts(std::uint64_t number, Instant now) = 0;
  // A file by the hash of its bytes; NotFound when there is none.
  virtual Result<Bytes> blob(const mail::Hash& hash, Instant now) = 0;
  virtual Result<std::vector<Bytes>> delegations() = 0;
};

class MemoryFeed final : public FeedStore {
 public:
  Bytes head_bytes;
  std::vector<Bytes> pages;
  std::map<std::uint64_t, Bytes> raw_texts;
  std::map<mail::Hash, Bytes> raw_blobs;
  std::vector<Bytes> raw_delegations;

  Result<Bytes> head(Instant now) override;
  Result<Bytes> page(std::uint64_t number, Instant now) override;
  Result<Bytes> texts(std::uint64_t number, Instant now) override;
  Result<Bytes> blob(const mail::Hash& hash, Instant now) override;
  Result<std::vector<Bytes>> delegations() override { return raw_delegations; }
};

// DIR/head.cbor, DIR/page-000000.cbor ..., DIR/texts-000000.cbor ..., DIR/blob-HASH ..., DIR/delegations.cbor
// (an array of byte strings). Looks at most once a second whether the head changed, and keeps the old one
// until the new one's last page fits it.
class FolderFeed final : public FeedStore {
 public:
  explicit FolderFeed(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<Bytes> head(Instant now) override;
  Result<Bytes> page(std::uint64_t number, Instant now) override;
  Result<Bytes> texts(std::uint64_t number, Instant now) override;
  Result<Bytes> blob(const mail::Hash& hash, Instant now) override;
  Result<std::vector<Bytes>> delegations() override;

 private:
  Status refresh(Instant now);
  std::filesystem::path folder_;
  Instant looked_{-1000000};
  Bytes head_;
  Bytes last_page_;
  std::uint64_t pages_ = 0;
};

std::filesystem::path page_file(const std::filesystem::path& folder, std::uint64_t number);
std::filesystem::path texts_file(const std::filesystem::path& folder, std::uint64_t number);
inline constexpr std::size_t kTextsLimit = 8 << 20;
std::filesystem::path blob_file(const std::filesystem::path& folder, const mail::Hash& hash);
inline constexpr std::size_t kFeedBlobLimit = 4 << 20;

Bytes encode_delegations(const std::vector<Bytes>& delegations);
Result<std::vector<Bytes>> decode_delegations(ByteView bytes);
// What a head says, without believing it.
Result<mail::Head> peek_head(ByteView head);

}  // namespace machi::hub
