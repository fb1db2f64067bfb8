// What somebody may ask to be told of outside of the app - by push, e-mail or LINE - and what the town then
// knows of them: a few coarse topics, and a district where they named one. Nothing finer is ever sent or
// kept; whom a notice concerns beyond that is decided on the phone. Values; pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/notice/feed/notice.h"
#include "core/notice/segment/segment.h"

namespace machi::notice {

// Written as "all,child,disaster,district:3", in this order, each once; "" is nothing.
struct Topics {
  bool all = false, child = false, disaster = false;
  std::string district;
  bool operator==(const Topics&) const = default;
  bool none() const { return !all && !child && !disaster && district.empty(); }
};

inline constexpr std::size_t kDistrictSigns = 20;

std::string topics_text(const Topics& topics);
// Any order. BadInput for a word that is none of these, TooLarge for a long district.
Result<Topics> read_topics(std::string_view text);

// Under which of its topics a notice is told to this reader: "disaster", "district", "child", "all"; "" when
// it is not. Emergencies are told to whoever asked for any of disaster, all, or a district that they name; a
// notice for everybody belongs to "all", one whose segment a district alone decides to that district. What
// needs more to be known of a person is told by no channel: the app shows it.
std::string_view topic_for(const Topics& wanted, const NoticeHeader& header, base::Date today);

}  // namespace machi::notice
