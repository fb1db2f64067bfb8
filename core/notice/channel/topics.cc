// Words in, words out; and the one rule of what is told to whom.
#include "core/notice/channel/topics.h"

#include "core/base/text.h"
#include "core/notice/segment/match.h"

namespace machi::notice {

namespace {

constexpr std::string_view kDistrict = "district:";

bool plain(std::string_view district) {
  if (!base::is_utf8(district)) return false;
  for (const char sign : district)
    if (static_cast<unsigned char>(sign) < 0x21 || sign == ',' || sign == ':' || sign == '"' ||
        sign == '\x7F')
      return false;
  return !district.empty();
}

}  // namespace

std::string topics_text(const Topics& topics) {
  std::string out;
  const auto add = [&out](std::string_view word) { out += (out.empty() ? "" : ",") + std::string(word); };
  if (topics.all) add("all");
  if (topics.child) add("child");
  if (topics.disaster) add("disaster");
  if (!topics.district.empty()) add(std::string(kDistrict) + topics.district);
  return out;
}

Result<Topics> read_topics(std::string_view text) {
  Topics out;
  if (text.size() > 200) return base::fail(Code::TooLarge, "topics");
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view word = text.substr(0, comma);
    if (word == "all") {
      out.all = true;
    } else if (word == "child") {
      out.child = true;
    } else if (word == "disaster") {
      out.disaster = true;
    } else if (word.starts_with(kDistrict)) {
      out.district = std::string(word.substr(kDistrict.size()));
      if (!plain(out.district)) return base::fail(Code::BadInput, "district");
      if (base::count_code_points(out.district) > kDistrictSigns)
        return base::fail(Code::TooLarge, "district");
    } else {
      return base::fail(Code::BadInput, "topic");
    }
    if (comma + 1 == text.size()) return base::fail(Code::BadInput, "topic");
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

std::string_view topic_for(const Topics& wanted, const NoticeHeader& header, base::Date today) {
  const bool grave = header.importance == Importance::Emergency;
  if (grave && wanted.disaster) return "disaster";
  const auto segment = parse_segment(header.segment);
  const bool everyone =
      segment.ok() && segment->nodes[static_cast<std::size_t>(segment->root)].part == Part::Everyone;
  if (!wanted.district.empty() && segment.ok() && !everyone) {
    Profile lives;
    lives.districts.emplace().push_back(wanted.district);
    if (match(*segment, lives, today) == Truth::Yes) return "district";
  }
  if (wanted.child && header.theme == "child" && everyone) return "child";
  if (wanted.all && (everyone || grave)) return "all";
  return {};
}

}  // namespace machi::notice
