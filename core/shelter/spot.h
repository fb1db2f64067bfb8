// Where a shelter stands: latitude and longitude of JGD2011 (for a map: WGS 84) in whole hundred-thousandths
// of a degree, about a metre; as people and facts write it, "34.86690, 138.32170". Values; any thread; pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace machi::shelter {

struct Spot {
  std::int32_t latitude = 0, longitude = 0;
  bool operator==(const Spot&) const = default;
};

// In Japan; signs in full width, a comma of either kind or a space between. Nothing for anything else.
std::optional<Spot> read_spot(std::string_view typed);
std::optional<Spot> spot_of(double latitude, double longitude);
std::string spot_text(const Spot& spot);  // "34.86690,138.32170"
std::string geo_uri(const Spot& spot);    // RFC 5870: "geo:34.86690,138.32170"

}  // namespace machi::shelter
