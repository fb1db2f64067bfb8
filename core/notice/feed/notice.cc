// Notices as CBOR. Pure.
#include "core/notice/feed/notice.h"

#include <algorithm>

#include "core/code/content.h"
#include "core/notice/segment/segment.h"

namespace machi::notice {

using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;
namespace content = code::content;

namespace {

constexpr std::size_t kThemeSigns = 64;
constexpr std::size_t kLinkSigns = 1000;
constexpr std::size_t kTexts = 24;
constexpr std::size_t kBodies = 4096;

Result<std::optional<Instant>> moment(const Cbor& map, std::int64_t key) {
  const Cbor* value = map.find(key);
  if (!value) return std::optional<Instant>{};
  MACHI_TRY_SET(seconds, value->integer());
  if (seconds < 0 || seconds > (content::kLastDay + 1) * 86400) return fail(Code::BadInput, "moment");
  return std::optional<Instant>{Instant::from_seconds(seconds)};
}

Result<std::string> text_if(const Cbor& map, std::int64_t key, std::size_t limit) {
  if (!map.find(key)) return std::string();
  return content::text_at(map, key, limit);
}

Result<Attachment> attachment(const Cbor& map) {
  Attachment out;
  MACHI_TRY_SET(hash, map.fixed_at<32>(1));
  MACHI_TRY_SET(size, map.integer_at(2));
  MACHI_TRY_SET(type, content::text_at(map, 3, 100));
  MACHI_TRY_SET(name, content::text_at(map, 4, 200));
  if (size < 0 || static_cast<std::uint64_t>(size) > kAttachmentLimit)
    return fail(Code::TooLarge, "attachment");
  return Attachment{hash, static_cast<std::uint64_t>(size), type, name};
}

Result<NoticeText> text(const Cbor& map) {
  MACHI_TRY_SET(language, content::text_at(map, 1, 35));
  MACHI_TRY_SET(title, content::text_at(map, 2, kTitleSigns));
  MACHI_TRY_SET(words, content::text_at(map, 3, kTextSigns));
  if (language.empty() || title.empty()) return fail(Code::BadInput, "text");
  return NoticeText{language, title, words};
}

}  // namespace

bool opens_as_itself(std::string_view media_type) {
  constexpr std::string_view kTypes[] = {"image/jpeg",      "image/png",  "image/webp",
                                         "application/pdf", "text/plain", "text/calendar"};
  return std::find(std::begin(kTypes), std::end(kTypes), media_type) != std::end(kTypes);
}

Cbor encode_header(const NoticeHeader& header) {
  CborMap map{{1, static_cast<int>(header.act)}};
  if (header.act != NoticeAct::Publish) map.emplace_back(2, header.of);
  if (header.act == NoticeAct::Withdraw) return Cbor(std::move(map));
  map.emplace_back(3, header.body);
  if (!header.segment.empty()) map.emplace_back(4, header.segment);
  if (header.importance != Importance::Normal) map.emplace_back(5, static_cast<int>(header.importance));
  if (!header.theme.empty()) map.emplace_back(6, header.theme);
  if (header.from) map.emplace_back(7, header.from->seconds());
  if (header.until) map.emplace_back(8, header.until->seconds());
  return Cbor(std::move(map));
}

Result<NoticeHeader> decode_header(const Cbor& map) {
  NoticeHeader out;
  MACHI_TRY_SET(act_value, map.at(1));
  MACHI_TRY_SET(act, content::member(*act_value, NoticeAct::Withdraw));
  out.act = act;
  if (act != NoticeAct::Publish) {
    MACHI_TRY_SET(of, map.integer_at(2));
    if (of < 0) return fail(Code::BadInput, "serial");
    out.of = static_cast<std::uint64_t>(of);
  }
  if (act == NoticeAct::Withdraw) return out;
  MACHI_TRY_SET(body, map.fixed_at<32>(3));
  out.body = body;
  MACHI_TRY_SET(segment, text_if(map, 4, kSegmentSigns));
  if (const auto read = parse_segment(segment); !read.ok()) return read.error();
  out.segment = segment;
  if (const Cbor* value = map.find(5)) {
    MACHI_TRY_SET(importance, content::member(*value, Importance::Emergency));
    out.importance = importance;
  }
  MACHI_TRY_SET(theme, text_if(map, 6, kThemeSigns));
  MACHI_TRY_SET(from, moment(map, 7));
  MACHI_TRY_SET(until, moment(map, 8));
  out.theme = theme;
  out.from = from;
  out.until = until;
  return out;
}

Bytes encode_body(const NoticeBody& body) {
  CborArray texts, attachments;
  for (const NoticeText& one : body.texts)
    texts.push_back(Cbor::map({{1, one.language}, {2, one.title}, {3, one.text}}));
  CborMap map{{1, body.salt}, {2, std::move(texts)}};
  if (!body.link.empty()) map.emplace_back(3, body.link);
  if (!body.place.empty()) map.emplace_back(4, body.place);
  if (body.begins) map.emplace_back(5, body.begins->seconds());
  if (body.ends) map.emplace_back(6, body.ends->seconds());
  for (const Attachment& one : body.attachments)
    attachments.push_back(Cbor::map({{1, one.hash}, {2, one.size}, {3, one.media_type}, {4, one.name}}));
  if (!attachments.empty()) map.emplace_back(7, std::move(attachments));
  return code::encode(Cbor(std::move(map)));
}

Result<NoticeBody> decode_body(ByteView bytes) {
  if (bytes.size() > kBodyLimit) return fail(Code::TooLarge, "body");
  MACHI_TRY_SET(map, code::decode(bytes));
  NoticeBody out;
  MACHI_TRY_SET(salt, map.fixed_at<16>(1));
  MACHI_TRY_SET(texts, content::list_at<NoticeText>(map, 2, kTexts, text));
  if (texts.empty()) return fail(Code::BadInput, "no text");
  MACHI_TRY_SET(link, text_if(map, 3, kLinkSigns));
  // A link that a phone opens is one to the web: nothing that runs in the app.
  if (!link.empty() && !link.starts_with("https://")) return fail(Code::BadInput, "link");
  MACHI_TRY_SET(place, text_if(map, 4, kTitleSigns));
  MACHI_TRY_SET(begins, moment(map, 5));
  MACHI_TRY_SET(ends, moment(map, 6));
  MACHI_TRY_SET(attachments, content::list_at<Attachment>(map, 7, kAttachments, attachment));
  out.salt = salt;
  out.texts = std::move(texts);
  out.link = link;
  out.place = place;
  out.begins = begins;
  out.ends = ends;
  out.attachments = std::move(attachments);
  return out;
}

Bytes encode_texts(const Texts& texts) {
  CborArray bodies;
  for (const Bytes& body : texts.bodies) bodies.emplace_back(ByteView(body));
  return code::encode(Cbor::map({{1, texts.page}, {2, std::move(bodies)}}));
}

Result<Texts> decode_texts(ByteView bytes) {
  if (bytes.size() > kTextsLimit) return fail(Code::TooLarge, "texts");
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(page, map.integer_at(1));
  if (page < 0) return fail(Code::BadInput, "page");
  MACHI_TRY_SET(bodies, content::list_at<Bytes>(map, 2, kBodies, [](const Cbor& item) -> Result<Bytes> {
                  MACHI_TRY_SET(body, item.bytes());
                  return base::copy(body);
                }));
  return Texts{static_cast<std::uint64_t>(page), std::move(bodies)};
}

}  // namespace machi::notice
