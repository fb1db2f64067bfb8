// Reading the feed from memory or a folder. On the post office's thread.
#include "platform/hub/feed_store.h"

#include <cstdio>

#include "core/code/cose.h"
#include "core/crypto/sodium.h"
#include "platform/host/file.h"

namespace machi::hub {

using base::Code;
using base::fail;
using code::Cbor;

namespace {
constexpr std::size_t kHeadLimit = 4096;
}

namespace {
std::string numbered(std::string_view name, std::uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return std::string(name) + "-" + digits + ".cbor";
}
}  // namespace

std::filesystem::path page_file(const std::filesystem::path& folder, std::uint64_t number) {
  return folder / numbered("page", number);
}

std::filesystem::path texts_file(const std::filesystem::path& folder, std::uint64_t number) {
  return folder / numbered("texts", number);
}

std::filesystem::path blob_file(const std::filesystem::path& folder, const mail::Hash& hash) {
  return folder / ("blob-" + base::to_hex(hash));
}

Bytes encode_delegations(const std::vector<Bytes>& delegations) {
  code::CborArray items;
  for (const Bytes& delegation : delegations) items.emplace_back(ByteView(delegation));
  return code::encode(Cbor(std::move(items)));
}

Result<std::vector<Bytes>> decode_delegations(ByteView bytes) {
  MACHI_TRY_SET(list, code::decode(bytes));
  if (list.array() == nullptr) return fail(Code::BadInput, "delegations");
  std::vector<Bytes> out;
  for (const Cbor& item : *list.array()) {
    MACHI_TRY_SET(raw, item.bytes());
    out.push_back(base::copy(raw));
  }
  return out;
}

Result<mail::Head> peek_head(ByteView head) {
  MACHI_TRY_SET(sign1, code::parse_sign1(head));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(town, map.bytes_at(1));
  MACHI_TRY_SET(town_id, mail::TownId::from(town));
  MACHI_TRY_SET(pages, map.integer_at(2));
  MACHI_TRY_SET(last, map.fixed_at<32>(3));
  MACHI_TRY_SET(at, map.integer_at(4));
  if (pages < 0) return fail(Code::BadInput, "pages");
  return mail::Head{town_id, static_cast<std::uint64_t>(pages), last, Instant::from_seconds(at)};
}

Result<Bytes> MemoryFeed::head(Instant) {
  if (head_bytes.empty()) return fail(Code::NotFound, "feed");
  return head_bytes;
}

Result<Bytes> MemoryFeed::page(std::uint64_t number, Instant) {
  if (number >= pages.size()) return fail(Code::NotFound, "page");
  return pages[static_cast<std::size_t>(number)];
}

Result<Bytes> MemoryFeed::texts(std::uint64_t number, Instant) {
  const auto found = raw_texts.find(number);
  if (number >= pages.size() || found == raw_texts.end()) return fail(Code::NotFound, "texts");
  return found->second;
}

Result<Bytes> MemoryFeed::blob(const mail::Hash& hash, Instant) {
  const auto found = raw_blobs.find(hash);
  if (found == raw_blobs.end()) return fail(Code::NotFound, "blob");
  return found->second;
}

Status FolderFeed::refresh(Instant now) {
  if (now.ms >= looked_.ms && now.ms - looked_.ms < 1000) return {};
  looked_ = now;
  auto head = host::read_file(folder_ / "head.cbor", kHeadLimit);
  if (!head.ok()) return head_.empty() ? Status(head.error()) : Status{};
  if (*head == head_) return {};
  MACHI_TRY_SET(said, peek_head(*head));
  Bytes last;
  if (said.pages > 0) {
    auto page = host::read_file(page_file(folder_, said.pages - 1), mail::kPageLimit);
    // A writer is between the page and the head: the old pair still holds.
    if (!page.ok() || crypto::hash(*page) != said.last)
      return head_.empty() ? Status(fail(Code::NotFound, "feed")) : Status{};
    last = std::move(*page);
  }
  head_ = std::move(*head);
  last_page_ = std::move(last);
  pages_ = said.pages;
  return {};
}

Result<Bytes> FolderFeed::head(Instant now) {
  MACHI_TRY(refresh(now));
  return head_;
}

Result<Bytes> FolderFeed::page(std::uint64_t number, Instant now) {
  MACHI_TRY(refresh(now));
  if (number >= pages_) return fail(Code::NotFound, "page");
  if (number + 1 == pages_) return last_page_;
  return host::read_file(page_file(folder_, number), mail::kPageLimit);
}

Result<Bytes> FolderFeed::texts(std::uint64_t number, Instant now) {
  MACHI_TRY(refresh(now));
  if (number >= pages_) return fail(Code::NotFound, "texts");
  return host::read_file(texts_file(folder_, number), kTextsLimit);
}

Result<Bytes> FolderFeed::blob(const mail::Hash& hash, Instant) {
  return host::read_file(blob_file(folder_, hash), kFeedBlobLimit);
}

Result<std::vector<Bytes>> FolderFeed::delegations() {
  MACHI_TRY_SET(bytes, host::read_file(folder_ / "delegations.cbor", mail::kPageLimit));
  return decode_delegations(bytes);
}

}  // namespace machi::hub
