// What the channels tell: a notice of the feed, as its topic and a link, and nothing of its words. Values.
#pragma once

#include "core/notice/channel/topics.h"

namespace machi::channels {

struct News {
  std::uint64_t serial = 0;
  notice::NoticeHeader header;
  base::Instant until;  // nobody is told after it
};

// How long the telling of it has sense, from now.
inline std::int64_t seconds_to_tell(notice::Importance importance) {
  return importance == notice::Importance::Emergency ? 6 * 3600 : 2 * 86400;
}

}  // namespace machi::channels
