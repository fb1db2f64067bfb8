// One turn: wait for a touch, a device or the clock; tell the host; draw what has changed.
#include "kiosk/main/loop.h"

#include <algorithm>
#include <csignal>
#include <memory>

#include "kiosk/main/catalogues.h"
#include "kiosk/main/control.h"
#include "platform/host/supervisor.h"
#include "platform/kiosk/status.h"

namespace machi::kiosk {
namespace {

constexpr int kLongest = 60'000;   // milliseconds
constexpr int kLeaveLook = 1'000;  // between two looks at whether it may end

volatile std::sig_atomic_t told_to_end = 0;  // 1: when nobody is there; 2: at once
void end_when_idle(int) { told_to_end = told_to_end == 2 ? 2 : 1; }
void end_now(int) { told_to_end = 2; }

// A new program waits to be started: nobody is cut off for it.
bool may_end(Host& host) {
  if (told_to_end == 2) return true;
  return told_to_end == 1 && host.app().blank() && !host.app().book().open();
}

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

constexpr float kVolumeStep = 0.2F, kSpeedStep = 0.25F;

// A key of the voice: those of the keypads that are made for listeners.
bool turn_voice(host::Voice& voice, int key) {
  if (key == 9) return voice.volume(voice.volume() - kVolumeStep), true;
  if (key == 10) return voice.volume(voice.volume() + kVolumeStep), true;
  if (key == 11) return voice.speed(voice.speed() - kSpeedStep), true;
  if (key == 12) return voice.speed(voice.speed() + kSpeedStep), true;
  return false;
}

// What takes the focus is read out; a new screen speaks for itself.
class Reader {
 public:
  Reader(Host& host, host::Voice* voice) : host_(host), voice_(voice) {
    if (voice_ != nullptr)
      host_.on_speak([this](const std::string& text, const std::string& language) {
        screen_spoke_ = true;
        voice_->say(text, language);
      });
  }
  void look(const Presenter& presenter) {
    if (voice_ == nullptr) return;
    const std::string focused = presenter.focused();
    const bool is_new = focused != focused_;
    focused_ = focused;
    if (std::exchange(screen_spoke_, false) || !is_new || focused.empty()) return;
    if (host_.app().manner().voice) voice_->say(focused, host_.app().view().language);
  }

 private:
  Host& host_;
  host::Voice* voice_;
  std::string focused_;
  bool screen_spoke_ = false;
};

}  // namespace

void run_kiosk(Window& window, Presenter& presenter, Host& host, const Options& options, host::Voice* voice) {
  Reader reader(host, voice);
  window.on_function_key([&](int key) {
    host.function_key(key);
    if (voice != nullptr && turn_voice(*voice, key)) voice->repeat();
  });
  std::unique_ptr<Control> control;
  if (options.dock) control = std::make_unique<Control>(window, options.window.offscreen);
  auto supervisor = host::Supervisor::of_environment();
  std::signal(SIGHUP, end_when_idle);
  std::signal(SIGTERM, end_now);
  host.turn();
  show(presenter, host, options, window);
  bool ready = false;
  for (;;) {
    window.draw(presenter);
    reader.look(presenter);
    if (!ready) supervisor.ready();
    ready = true;
    supervisor.stands(std::string(word_of(host.app().stage(), host.app().book())));
    if (host.well()) supervisor.alive();
    if (may_end(host)) break;
    int wait = host.wait_ms();
    if (wait < 0 || wait > kLongest) wait = kLongest;
    if (supervisor.beat_ms() > 0) wait = std::min(wait, supervisor.beat_ms());
    if (told_to_end != 0) wait = std::min(wait, kLeaveLook);
    const float width = presenter.look().width;
    if (!window.pump(presenter, wait)) break;
    if (control && !control->obey(presenter, host)) break;
    for (const screen::Action& action : presenter.take()) host.act(action);
    if (host.turn() || width != static_cast<float>(window.width())) show(presenter, host, options, window);
  }
  supervisor.ends();
}

}  // namespace machi::kiosk
