// Degrees as text, without any locale and without binary fractions.
#include "core/shelter/spot.h"

#include <cmath>

#include "core/base/text.h"

namespace machi::shelter {
namespace {

constexpr int kDigits = 5;  // behind the point
constexpr std::int32_t kDegree = 100'000;

bool in_japan(const Spot& spot) {
  return spot.latitude >= 20 * kDegree && spot.latitude <= 46 * kDegree && spot.longitude >= 122 * kDegree &&
         spot.longitude <= 154 * kDegree;
}

// "138.3217" from `text`; what was read is taken off it.
std::optional<std::int32_t> degrees(std::string_view& text) {
  std::int32_t value = 0;
  int whole = 0, behind = -1;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char sign = text[at];
    if (sign == '.' && behind < 0 && whole > 0) {
      behind = 0;
    } else if (sign < '0' || sign > '9') {
      break;
    } else if (behind < 0) {
      if (++whole > 3) return std::nullopt;
      value = value * 10 + (sign - '0');
    } else if (behind < kDigits) {
      value = value * 10 + (sign - '0');
      ++behind;
    }
  }
  if (whole == 0) return std::nullopt;
  for (int i = behind < 0 ? 0 : behind; i < kDigits; ++i) value *= 10;
  text.remove_prefix(at);
  return value;
}

std::string text_of(std::int32_t degrees) {
  const std::string behind = std::to_string(degrees % kDegree);
  return std::to_string(degrees / kDegree) + "." + std::string(kDigits - behind.size(), '0') + behind;
}

}  // namespace

std::optional<Spot> read_spot(std::string_view typed) {
  std::string plain;
  const std::string folded = base::trimmed(base::fold_width(typed));
  for (std::string_view rest = folded; !rest.empty();) {
    const bool comma = rest.starts_with("、");
    plain += comma ? ',' : rest.front();
    rest.remove_prefix(comma ? std::string_view("、").size() : 1);
  }
  std::string_view rest = plain;
  Spot out;
  const auto latitude = degrees(rest);
  if (!latitude || rest.empty() || (rest.front() != ',' && rest.front() != ' ')) return std::nullopt;
  while (!rest.empty() && (rest.front() == ',' || rest.front() == ' ')) rest.remove_prefix(1);
  const auto longitude = degrees(rest);
  if (!longitude || !rest.empty()) return std::nullopt;
  out = {*latitude, *longitude};
  return in_japan(out) ? std::optional(out) : std::nullopt;
}

std::optional<Spot> spot_of(double latitude, double longitude) {
  if (!(latitude > 0 && latitude < 90 && longitude > 0 && longitude < 180)) return std::nullopt;
  const Spot out{static_cast<std::int32_t>(std::lround(latitude * kDegree)),
                 static_cast<std::int32_t>(std::lround(longitude * kDegree))};
  return in_japan(out) ? std::optional(out) : std::nullopt;
}

std::string spot_text(const Spot& spot) { return text_of(spot.latitude) + "," + text_of(spot.longitude); }
std::string geo_uri(const Spot& spot) { return "geo:" + spot_text(spot); }

}  // namespace machi::shelter
