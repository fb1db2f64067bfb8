// One turn: wait for a touch, a device or the clock; tell the host; draw what has changed.
#include "kiosk/main/loop.h"

#include "kiosk/main/catalogues.h"

namespace machi::kiosk {
namespace {

constexpr int kLongest = 60'000;  // milliseconds

void show(Presenter& presenter, Host& host, const Options& options, const Window& window) {
  const screen::Screen& screen = host.app().view();
  const auto& manner = host.app().manner();
  Look look = presenter.look();
  const words::Words words = words_of(options.words, screen.language);
  look.page_back = words("kiosk.page.back");
  look.page_on = words("kiosk.page.on");
  look.large = manner.large || options.look.large;
  look.low = manner.low || options.look.low;
  look.contrast = manner.contrast || options.look.contrast;
  look.mm_per_pixel = options.look.mm_per_pixel;
  look.width = static_cast<float>(window.width());
  look.height = static_cast<float>(window.height());
  presenter.look(look);
  presenter.show(screen);
}

}  // namespace

void run_kiosk(Window& window, Presenter& presenter, Host& host, const Options& options) {
  window.on_function_key([&](int key) { host.function_key(key); });
  host.turn();
  show(presenter, host, options, window);
  for (;;) {
    window.draw(presenter);
    const int wait = host.wait_ms();
    const float width = presenter.look().width;
    if (!window.pump(presenter, wait < 0 || wait > kLongest ? kLongest : wait)) return;
    for (const screen::Action& action : presenter.take()) host.act(action);
    if (host.turn() || width != static_cast<float>(window.width())) show(presenter, host, options, window);
  }
}

}  // namespace machi::kiosk
