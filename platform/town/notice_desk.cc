// Header first, texts before the head: who reads between the two sees the old feed.
#include "platform/town/notice_desk.h"

#include <algorithm>
#include <functional>
#include <set>

#include "core/crypto/sodium.h"
#include "core/notice/feed/verify.h"
#include "platform/host/file.h"
#include "platform/hub/feed_writer.h"

namespace machi::town {

namespace fs = std::filesystem;
using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using notice::NoticeAct;

namespace {

constexpr std::size_t kDelegationsLimit = 1 << 20;

struct Version {
  std::uint64_t page = 0;
  mail::Hash body{};
};
struct Known {
  bool published = false, withdrawn = false;
  std::vector<Version> versions;
};

// Every notice's item in the feed, in order, until `look` says that it has seen enough. The folder is the
// town's own: what it signed is not verified again here.
using Look =
    std::function<bool(std::uint64_t page, std::uint64_t serial, const notice::NoticeHeader& header)>;
Status read_notices(const TownFolder& folder, const Look& look) {
  MACHI_TRY_SET(head_bytes, host::read_file(folder.feed() / "head.cbor", 4096));
  MACHI_TRY_SET(head, hub::peek_head(head_bytes));
  for (std::uint64_t number = 0; number < head.pages; ++number) {
    MACHI_TRY_SET(bytes, host::read_file(hub::page_file(folder.feed(), number), mail::kPageLimit));
    MACHI_TRY_SET(page, mail::decode_page(bytes));
    for (const Bytes& raw : page.items) {
      MACHI_TRY_SET(sign1, code::parse_sign1(raw));
      MACHI_TRY_SET(map, code::decode(sign1.payload));
      MACHI_TRY_SET(type, map.text_at(3));
      if (type != notice::kNoticeType) continue;
      MACHI_TRY_SET(serial, map.integer_at(2));
      MACHI_TRY_SET(content, map.at(5));
      MACHI_TRY_SET(header, notice::decode_header(*content));
      if (!look(number, static_cast<std::uint64_t>(serial), header)) return {};
    }
  }
  return {};
}

// What the feed says of a notice.
Result<Known> known(const TownFolder& folder, std::uint64_t serial) {
  Known out;
  MACHI_TRY(
      read_notices(folder, [&](std::uint64_t page, std::uint64_t its, const notice::NoticeHeader& header) {
        const bool own = header.act == NoticeAct::Publish && its == serial;
        if (!own && (header.act == NoticeAct::Publish || header.of != serial)) return true;
        out.published = out.published || own;
        out.withdrawn = out.withdrawn || header.act == NoticeAct::Withdraw;
        if (header.act != NoticeAct::Withdraw) out.versions.push_back({page, header.body});
        return true;
      }));
  return out;
}

// The notice whose words have this hash, when the feed has it.
Result<std::optional<std::uint64_t>> number_of(const TownFolder& folder, const mail::Hash& body) {
  std::optional<std::uint64_t> out;
  MACHI_TRY(read_notices(folder, [&](std::uint64_t, std::uint64_t its, const notice::NoticeHeader& header) {
    if (header.act == NoticeAct::Withdraw || header.body != body) return true;
    out = header.act == NoticeAct::Publish ? its : header.of;
    return false;
  }));
  return out;
}

fs::path texts_file(const TownFolder& folder, std::uint64_t page) {
  return hub::texts_file(folder.feed(), page);
}

Result<notice::Texts> texts_of(const TownFolder& folder, std::uint64_t page) {
  auto bytes = host::read_file(texts_file(folder, page), notice::kTextsLimit);
  if (!bytes.ok() && bytes.code() == Code::NotFound) return notice::Texts{page, {}};
  if (!bytes.ok()) return bytes.error();
  return notice::decode_texts(*bytes);
}

// Files of these names that no words of the feed name any more.
Status forget_blobs(const TownFolder& folder, std::set<mail::Hash> gone) {
  if (gone.empty()) return {};
  MACHI_TRY_SET(head_bytes, host::read_file(folder.feed() / "head.cbor", 4096));
  MACHI_TRY_SET(head, hub::peek_head(head_bytes));
  for (std::uint64_t page = 0; page < head.pages; ++page) {
    MACHI_TRY_SET(texts, texts_of(folder, page));
    for (const Bytes& one : texts.bodies)
      if (const auto body = notice::decode_body(one); body.ok())
        for (const notice::Attachment& still : body->attachments) gone.erase(still.hash);
  }
  std::error_code error;
  for (const mail::Hash& hash : gone) fs::remove(hub::blob_file(folder.feed(), hash), error);
  return {};
}

Status forget(const TownFolder& folder, const std::vector<Version>& versions) {
  std::set<mail::Hash> blobs;
  for (const Version& version : versions) {
    MACHI_TRY_SET(texts, texts_of(folder, version.page));
    const std::size_t before = texts.bodies.size();
    std::erase_if(texts.bodies, [&](const Bytes& bytes) {
      if (crypto::hash(bytes) != version.body) return false;
      if (const auto body = notice::decode_body(bytes); body.ok())
        for (const notice::Attachment& one : body->attachments) blobs.insert(one.hash);
      return true;
    });
    if (texts.bodies.size() == before) continue;
    MACHI_TRY(host::write_file(texts_file(folder, version.page), notice::encode_texts(texts)));
  }
  return forget_blobs(folder, std::move(blobs));
}

}  // namespace

Result<std::uint64_t> publish_notice(const TownFolder& folder, notice::NoticeHeader header,
                                     notice::NoticeBody body, base::Entropy& entropy, Instant now) {
  Known before;
  if (header.act == NoticeAct::Withdraw) return fail(Code::BadInput, "a withdrawal has no words");
  // First, for it takes off what no head names: of that nothing was printed.
  MACHI_TRY_SET(writer, hub::FeedWriter::open(folder.feed(), folder.town.id));
  if (header.act == NoticeAct::Correct) {
    MACHI_TRY_SET(found, known(folder, header.of));
    if (!found.published || found.withdrawn) return fail(Code::NotFound, "no such notice in force");
    before = std::move(found);
  }
  entropy.fill(body.salt);
  const Bytes words = notice::encode_body(body);
  MACHI_TRY(notice::decode_body(words).ok() ? Status{} : Status(notice::decode_body(words).error()));
  header.body = crypto::hash(words);
  // A press that died between the feed and its own book has printed it already: the same words with the same
  // salt are the same notice.
  MACHI_TRY_SET(printed, number_of(folder, header.body));
  if (printed) {  // what it corrects may still have its words
    std::erase_if(before.versions, [&](const Version& version) { return version.body == header.body; });
    MACHI_TRY(forget(folder, before.versions));
    return *printed;
  }
  const code::Cbor content = notice::encode_header(header);
  if (const auto read = notice::decode_header(content); !read.ok()) return read.error();

  MACHI_TRY_SET(editor, read_key(folder, "editor"));
  const std::uint64_t serial = writer.next_serial();
  const std::uint64_t root = header.act == NoticeAct::Publish ? serial : header.of;
  MACHI_TRY(writer.append(
      mail::make_item({folder.town.id, serial, std::string(notice::kNoticeType), now, content}, editor)));
  MACHI_TRY_SET(texts, texts_of(folder, writer.last_page()));
  // A press that was killed between the words and the head has left them here.
  if (std::find(texts.bodies.begin(), texts.bodies.end(), words) == texts.bodies.end())
    texts.bodies.push_back(words);
  const Bytes encoded = notice::encode_texts(texts);
  if (encoded.size() > notice::kTextsLimit) return fail(Code::TooLarge, "the texts of this page are full");
  MACHI_TRY(host::write_file(texts_file(folder, writer.last_page()), encoded));
  MACHI_TRY(writer.publish(editor, now));
  MACHI_TRY(forget(folder, before.versions));
  return root;
}

Result<notice::Attachment> put_attachment(const TownFolder& folder, ByteView bytes, std::string media_type,
                                          std::string name) {
  if (bytes.size() > notice::kAttachmentLimit) return fail(Code::TooLarge, "attachment");
  const notice::Attachment out{crypto::hash(bytes), bytes.size(), std::move(media_type), std::move(name)};
  MACHI_TRY(host::write_file(hub::blob_file(folder.feed(), out.hash), bytes));
  return out;
}

Status publish_booklet(const TownFolder& folder, std::string_view name, ByteView bytes, Instant now) {
  MACHI_TRY_SET(file, put_attachment(folder, bytes, "", std::string(name)));
  MACHI_TRY_SET(editor, read_key(folder, "editor"));
  MACHI_TRY_SET(writer, hub::FeedWriter::open(folder.feed(), folder.town.id));
  MACHI_TRY(
      writer.append(mail::make_item({folder.town.id, writer.next_serial(), std::string(notice::kBookletType),
                                     now, notice::encode_booklet({std::string(name), file.hash, file.size})},
                                    editor)));
  return writer.publish(editor, now);
}

Status withdraw_notice(const TownFolder& folder, std::uint64_t serial, Instant now) {
  MACHI_TRY_SET(writer, hub::FeedWriter::open(folder.feed(), folder.town.id));
  MACHI_TRY_SET(found, known(folder, serial));
  if (!found.published) return fail(Code::NotFound, "no such notice");
  if (!found.withdrawn) {
    notice::NoticeHeader header;
    header.act = NoticeAct::Withdraw;
    header.of = serial;
    MACHI_TRY_SET(editor, read_key(folder, "editor"));
    MACHI_TRY(
        writer.append(mail::make_item({folder.town.id, writer.next_serial(), std::string(notice::kNoticeType),
                                       now, notice::encode_header(header)},
                                      editor)));
    MACHI_TRY(writer.publish(editor, now));
  }
  return forget(folder, found.versions);
}

Result<int> export_feed(const TownFolder& folder, const fs::path& to, Instant now) {
  if (const auto mended = hub::FeedWriter::open(folder.feed(), folder.town.id); !mended.ok())
    return mended.error();
  MACHI_TRY_SET(keys, read_hub_keys(folder));
  MACHI_TRY_SET(head_bytes, host::read_file(folder.feed() / "head.cbor", 4096));
  MACHI_TRY_SET(head, hub::peek_head(head_bytes));
  std::error_code error;
  fs::create_directories(to, error);
  if (error) return fail(Code::Storage, "the folder cannot be made");
  int written = 0;
  const auto put = [&](const std::string& name, const Bytes& bytes) -> Status {
    ++written;
    return host::write_file(to / name, bytes);
  };
  MACHI_TRY_SET(delegations, host::read_file(folder.feed() / "delegations.cbor", kDelegationsLimit));
  MACHI_TRY(put(std::string(notice::kDelegationsFile), delegations));
  for (std::uint64_t number = 0; number < head.pages; ++number) {
    MACHI_TRY_SET(page, host::read_file(hub::page_file(folder.feed(), number), mail::kPageLimit));
    MACHI_TRY(put(notice::page_file_name(number), page));
    const auto texts = host::read_file(texts_file(folder, number), notice::kTextsLimit);
    if (texts.ok())
      MACHI_TRY(put(notice::texts_file_name(number), *texts));
    else if (texts.code() != Code::NotFound)
      return texts.error();
  }
  for (const auto& entry : fs::directory_iterator(folder.feed(), error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("blob-")) continue;
    MACHI_TRY_SET(blob, host::read_file(entry.path(), hub::kFeedBlobLimit));
    MACHI_TRY(put(name, blob));
  }
  // The head last: it names nothing that is not there.
  mail::FeedAnswer answer;
  answer.head = head_bytes;
  answer.fresh = mail::make_fresh(folder.town.id, head_bytes, now, keys.freshness);
  MACHI_TRY(put(std::string(notice::kHeadFile), mail::encode_feed_answer(answer)));
  return written;
}

}  // namespace machi::town
