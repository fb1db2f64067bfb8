// ICC.1:2001-04: a header of 128 bytes, a table of tags, and what they hold: the primaries adapted to D50,
// the white point, one curve of 64 steps for all three channels, a name.
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "platform/clerk/archive_pdf.h"

namespace machi::clerk {
namespace {

using base::Bytes;

void put(Bytes& out, std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}
void put(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }

Bytes xyz(std::array<double, 3> values) {
  Bytes out;
  put(out, "XYZ ");
  put(out, 0, 4);
  for (const double one : values) put(out, static_cast<std::uint32_t>(std::lround(one * 65536)), 4);
  return out;
}

Bytes curve() {
  constexpr int kSteps = 64;
  Bytes out;
  put(out, "curv");
  put(out, 0, 4);
  put(out, kSteps, 4);
  for (int i = 0; i < kSteps; ++i) {
    const double v = static_cast<double>(i) / (kSteps - 1);
    const double light = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    put(out, static_cast<std::uint32_t>(std::lround(light * 65535)), 2);
  }
  return out;
}

Bytes description(std::string_view name) {
  Bytes out;
  put(out, "desc");
  put(out, 0, 4);
  put(out, static_cast<std::uint32_t>(name.size() + 1), 4);
  put(out, name);
  out.resize(out.size() + 1 + 8 + 3 + 67, 0);  // neither Unicode nor a Macintosh name
  return out;
}

Bytes notice(std::string_view text) {
  Bytes out;
  put(out, "text");
  put(out, 0, 4);
  put(out, text);
  out.push_back(0);
  return out;
}

}  // namespace

Bytes srgb_profile() {
  const std::array<std::pair<std::string_view, Bytes>, 7> parts = {{
      {"desc", description("sRGB IEC61966-2.1")},
      {"cprt", notice("No copyright: numbers of a standard")},
      {"wtpt", xyz({0.9642, 1.0, 0.8249})},
      {"rXYZ", xyz({0.43607, 0.22249, 0.01392})},
      {"gXYZ", xyz({0.38515, 0.71687, 0.09708})},
      {"bXYZ", xyz({0.14307, 0.06061, 0.71410})},
      {"rTRC", curve()},
  }};
  const std::size_t tags = parts.size() + 2;  // the other two channels have the same curve
  Bytes table, content;
  const std::size_t start = 128 + 4 + 12 * tags;
  put(table, static_cast<std::uint32_t>(tags), 4);
  for (const auto& [name, bytes] : parts) {
    const auto at = static_cast<std::uint32_t>(start + content.size());
    const auto named = name == "rTRC" ? std::vector<std::string_view>{"rTRC", "gTRC", "bTRC"} : std::vector<std::string_view>{name};
    for (const std::string_view one : named) {
      put(table, one);
      put(table, at, 4);
      put(table, static_cast<std::uint32_t>(bytes.size()), 4);
    }
    content.insert(content.end(), bytes.begin(), bytes.end());
    while (content.size() % 4 != 0) content.push_back(0);
  }
  Bytes out;
  put(out, static_cast<std::uint32_t>(start + content.size()), 4);
  put(out, 0, 4);
  put(out, 0x02100000, 4);  // version 2.1
  put(out, "mntrRGB XYZ ");
  for (const std::uint32_t part : {2026u, 1u, 1u, 0u, 0u, 0u}) put(out, part, 2);
  put(out, "acsp");
  out.resize(68, 0);
  for (const double one : {0.9642, 1.0, 0.8249})
    put(out, static_cast<std::uint32_t>(std::lround(one * 65536)), 4);
  out.resize(128, 0);
  out.insert(out.end(), table.begin(), table.end());
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

}  // namespace machi::clerk
