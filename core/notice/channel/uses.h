// The words in which use is counted, on the phone, at the town's channels and on the desk's page of figures.
// Values; any thread; pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace machi::notice {

// Services and what of them is counted; "useful.yes" and "useful.no" are satisfaction.
inline constexpr std::string_view kUses[] = {"notice.opened", "notice.useful.yes", "notice.useful.no",
                                             "ask.asked",     "ask.solved",        "ask.unsolved",
                                             "push.opened"};
inline bool is_use(std::string_view word) {
  for (const std::string_view one : kUses)
    if (one == word) return true;
  return false;
}

// A phone says about how often: 1, 3 (two to five), 10 (six to nineteen) or 30. Finer would tell phones
// apart.
inline constexpr int kUseSizes[] = {1, 3, 10, 30};
inline constexpr int use_size(std::int64_t count) {
  return count <= 0 ? 0 : count == 1 ? 1 : count <= 5 ? 3 : count <= 19 ? 10 : 30;
}
inline bool is_use_size(std::int64_t size) {
  for (const int one : kUseSizes)
    if (one == size) return true;
  return false;
}

// What a person may be shown: nothing below ten, and tens from there on.
inline constexpr std::int64_t kShownFrom = 10;
inline constexpr std::int64_t shown_count(std::int64_t count) {
  return count < kShownFrom ? 0 : (count + 5) / 10 * 10;
}

}  // namespace machi::notice
