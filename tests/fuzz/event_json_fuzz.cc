// Any text as an event and as a screen: refused or read, and what was read is written and read again as the
// same.
#include "core/app/event_json.h"
#include "core/screen/builder.h"
#include "core/screen/json.h"
#include "tests/fuzz/frame.h"

void machi::fuzz::read(base::ByteView input) {
  using namespace machi;
  const std::string_view text = base::text_view(input);
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
}
