// The table of answers, and the dates of HTTP.
#include "platform/channels/outcome.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace machi::channels {

namespace {

constexpr std::int64_t kFirstWait = 30;
constexpr std::int64_t kLongestWait = 3600;
constexpr std::int64_t kLongestAsked = 86400;  // nobody stops the town for longer

std::optional<int> number(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

// "Sun, 06 Nov 1994 08:49:37 GMT"; the two old forms are not answered by anybody that matters.
std::optional<std::int64_t> seconds_of_retry(std::string_view text, base::Instant now) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (const auto plain = number(text); plain && *plain >= 0)
    return std::min<std::int64_t>(*plain, kLongestAsked);
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() != 29 || text.substr(26) != "GMT" || text[19] != ':' || text[22] != ':')
    return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(8, 3));
  const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4)),
             hour = number(text.substr(17, 2)), minute = number(text.substr(20, 2)),
             second = number(text.substr(23, 2));
  if (month == kMonths.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
  const auto date = base::Date::of(*year, static_cast<int>(month - kMonths.begin()) + 1, *day);
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::int64_t at =
      std::int64_t{date->days} * 86400 + std::int64_t{*hour} * 3600 + *minute * 60 + *second;
  return std::clamp<std::int64_t>(at - now.seconds(), 0, kLongestAsked);
}

Outcome outcome_of(int status, std::string_view retry_after, int tries, base::Instant now) {
  if (status >= 200 && status < 300) return {Fate::Sent, {}, false};
  if (status == 404 || status == 410) return {Fate::Gone, {}, false};
  const bool busy = status == 429 || status >= 500 || status == 0 || status == 408;
  if (!busy) return {Fate::Never, {}, false};
  const std::int64_t own = std::min(kLongestWait, kFirstWait << std::clamp(tries, 0, 7));
  const std::int64_t wait = std::max(own, seconds_of_retry(retry_after, now).value_or(0));
  return {Fate::Later, now.plus_seconds(wait), true};
}

}  // namespace machi::channels
