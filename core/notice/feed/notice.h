// A notice in the public feed (FEED.md). The signed item in the page is a header: whom it concerns, when, how
// grave, and the hash of its body; the body - the words in each language - lies beside the page, so that a
// withdrawn notice can really be forgotten while the page stays as it was signed. Values; any thread; pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/mail/feed.h"

namespace machi::notice {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::Instant;
using base::Result;
using base::Status;
using mail::Hash;

inline constexpr std::string_view kNoticeType = "notice";  // of the feed's items

enum class NoticeAct { Publish = 1, Correct, Withdraw };
enum class Importance { Normal = 1, Important, Emergency };

struct Attachment {
  Hash hash{};
  std::uint64_t size = 0;
  std::string media_type;  // image/jpeg, image/png, image/webp, application/pdf, text/plain, text/calendar
  std::string name;
  bool operator==(const Attachment&) const = default;
};
inline constexpr std::uint64_t kAttachmentLimit = 4 << 20;  // bytes: what a phone's core takes at once
inline constexpr std::size_t kAttachments = 8;
// What a phone opens as what it is. Anything else - SVG, HTML, a program - is shown as text, or not at all.
bool opens_as_itself(std::string_view media_type);

struct NoticeHeader {
  NoticeAct act = NoticeAct::Publish;
  std::uint64_t of = 0;  // serial of the notice that is corrected or withdrawn
  Hash body{};           // hash of the body; none of a withdrawal
  std::string segment;   // "" is everyone
  Importance importance = Importance::Normal;
  std::string theme;  // a town's own word: "garbage", "child-rearing"
  std::optional<Instant> from, until;
};

struct NoticeText {
  std::string language;  // BCP 47
  std::string title;
  std::string text;
  bool operator==(const NoticeText&) const = default;
};
struct NoticeBody {
  base::Array<16> salt{};               // random: the hash that stays tells nobody what was withdrawn
  std::vector<NoticeText> texts;        // the first is the original
  std::string link;                     // https, or ""
  std::string place;                    // for a map
  std::optional<Instant> begins, ends;  // of an event, for the calendar
  std::vector<Attachment> attachments;
};
inline constexpr std::size_t kTitleSigns = 200;
inline constexpr std::size_t kTextSigns = 10000;
inline constexpr std::size_t kBodyLimit = 200000;  // bytes

code::Cbor encode_header(const NoticeHeader& header);
// Unsupported for an act of a newer program; BadInput for a segment that cannot be read.
Result<NoticeHeader> decode_header(const code::Cbor& content);

Bytes encode_body(const NoticeBody& body);
Result<NoticeBody> decode_body(ByteView bytes);

// The bodies of one page, in any order; not signed, as each is known by its hash.
struct Texts {
  std::uint64_t page = 0;
  std::vector<Bytes> bodies;
};
inline constexpr std::size_t kTextsLimit = 8 << 20;
Bytes encode_texts(const Texts& texts);
Result<Texts> decode_texts(ByteView bytes);

}  // namespace machi::notice
