// Pages and head of the feed's folder. One thread; Storage trouble leaves the published feed as it was.
#include "platform/hub/feed_writer.h"

#include <algorithm>

#include "core/crypto/sodium.h"
#include "platform/host/file.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

// Who was killed between a page and its head has left items that no head names: they are taken off. True when
// there were any.
Result<bool> cut_to_head(mail::Page& page, const mail::Hash& last) {
  for (const std::size_t found = page.items.size(); !page.items.empty(); page.items.pop_back())
    if (crypto::hash(mail::encode_page(page)) == last) return page.items.size() < found;
  return fail(Code::Conflict, "last page does not fit the head");
}

}  // namespace

Result<FeedWriter> FeedWriter::open(std::filesystem::path folder, mail::TownId town) {
  FeedWriter writer(std::move(folder), town);
  auto head = host::read_file(writer.folder_ / "head.cbor", 4096);
  if (!head.ok() && head.code() == Code::NotFound) return writer;
  if (!head.ok()) return head.error();
  MACHI_TRY_SET(said, peek_head(*head));
  if (said.town != town) return fail(Code::WrongTown, "feed");
  writer.last_head_ = said.at;
  for (std::uint64_t number = 0; number < said.pages; ++number) {
    MACHI_TRY_SET(bytes, host::read_file(page_file(writer.folder_, number), mail::kPageLimit));
    MACHI_TRY_SET(page, mail::decode_page(bytes));
    if (number + 1 == said.pages) {
      MACHI_TRY_SET(cut, cut_to_head(page, said.last));
      if (cut) MACHI_TRY(host::write_file(page_file(writer.folder_, number), mail::encode_page(page)));
      writer.open_.push_back(page);
    }
    writer.serial_ += page.items.size();
  }
  return writer;
}

Status FeedWriter::append(Bytes item) {
  if (open_.empty()) open_.push_back({});
  mail::Page grown = open_.back();
  grown.items.push_back(item);
  if (mail::encode_page(grown).size() > mail::kPageLimit) {
    if (open_.back().items.empty()) return fail(Code::TooLarge, "item");
    mail::Page next;
    next.number = open_.back().number + 1;
    next.previous = crypto::hash(mail::encode_page(open_.back()));
    next.items.push_back(std::move(item));
    if (mail::encode_page(next).size() > mail::kPageLimit) return fail(Code::TooLarge, "item");
    grown = std::move(next);
    open_.push_back(std::move(grown));
  } else {
    open_.back() = std::move(grown);
  }
  serial_ += 1;
  return {};
}

Status FeedWriter::publish(const crypto::SignKey& editor, Instant at) {
  mail::Head head;
  head.town = town_;
  head.at = std::max(at, last_head_);
  for (const mail::Page& page : open_) {
    const Bytes bytes = mail::encode_page(page);
    MACHI_TRY(host::write_file(page_file(folder_, page.number), bytes));
    head.pages = page.number + 1;
    head.last = crypto::hash(bytes);
  }
  MACHI_TRY(host::write_file(folder_ / "head.cbor", mail::make_head(head, editor)));
  last_head_ = head.at;
  if (open_.size() > 1) open_.erase(open_.begin(), open_.end() - 1);
  return {};
}

}  // namespace machi::hub
