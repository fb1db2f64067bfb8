// Any text as an event and as a screen: refused or read, and what was read is written and read again as the
// same.
#include <cstddef>
#include <cstdint>

#include "core/app/event_json.h"
#include "core/base/check.h"
#include "core/screen/builder.h"
#include "core/screen/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace machi;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto event = app::event_from_json(text); event.ok()) {
    const std::string written = app::to_json(*event);
    const auto again = app::event_from_json(written);
    MACHI_CHECK(again.ok() && app::to_json(*again) == written);
  }
  if (const auto screen = screen::screen_from_json(text); screen.ok()) {
    const std::string written = screen::to_json(*screen);
    const auto again = screen::screen_from_json(written);
    MACHI_CHECK(again.ok() && screen::to_json(*again) == written);
    (void)screen::problems(*screen);
  }
  return 0;
}
