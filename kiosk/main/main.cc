// machi_kiosk: the kiosk's program. With --config it serves, with devices; with --trial without; with
// --screen it shows a kept tree, in a window or as a picture.
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/crypto/sodium.h"
#include "core/screen/json.h"
#include "kiosk/main/catalogues.h"
#include "kiosk/main/device_host.h"
#include "kiosk/main/loop.h"
#include "kiosk/main/options.h"
#include "kiosk/trial/trial_host.h"
#include "kiosk/window/fonts.h"
#include "kiosk/window/png.h"
#include "kiosk/window/speaker.h"
#include "platform/host/voice/program_speech.h"

namespace machi::kiosk {
namespace {

constexpr std::int64_t kSettleMs = 5'000;
constexpr int kLookMs = 50;

int complain(const std::string& what) {
  std::fprintf(stderr, "machi_kiosk: %s\n", what.c_str());
  return 1;
}

base::Result<screen::Screen> read_tree(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::fail(base::Code::NotFound, file);
  return screen::screen_from_json(std::string(std::istreambuf_iterator<char>(in), {}));
}

void report(const Drawing& drawing) {
  for (const Misfit& misfit : drawing.misfits) {
    static constexpr const char* kWords[] = {"too wide", "too high", "too small to touch",
                                             "has a character that no font has", "no room"};
    std::fprintf(stderr, "does not fit: %s %s (%s)\n", misfit.node.c_str(),
                 kWords[static_cast<int>(misfit.kind)], misfit.detail.c_str());
  }
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Until it serves, or it is plain that it does not.
void settle(Window& window, Presenter& presenter, Host& host) {
  const std::int64_t until = now_ms() + kSettleMs;
  host.turn();
  while (host.app().stage() != certificate::kiosk::Stage::Free && now_ms() < until) {
    window.pump(presenter, kLookMs);
    host.turn();
  }
}

int serve(Window& window, Presenter& presenter, Host& host, const Options& options) {
  if (!options.picture.empty()) {  // its first screen
    settle(window, presenter, host);
    presenter.show(host.app().view());
    Look look = options.look;
    look.width = static_cast<float>(window.width());
    look.height = static_cast<float>(window.height());
    presenter.look(look);
    window.draw(presenter, true);
    report(presenter.drawing());
    return write_png(window.pixels(), options.picture) ? 0 : complain(options.picture + " cannot be written");
  }
  if (options.voice.empty()) return run_kiosk(window, presenter, host, options, nullptr), 0;
  host::SpeechPlan plan;
  plan.voice = options.voice;
  host::ProgramSpeech speech(plan);
  const auto speaker = sdl_speaker();
  host::Voice voice(speech, *speaker);
  run_kiosk(window, presenter, host, options, &voice);
  host.on_speak({});
  return 0;
}

int try_out(Window& window, Presenter& presenter, const Options& options) {
  TrialHost host({options.place, now_ms,
                  [&](const std::string& language) { return catalogue_of(options.words, language); }});
  return serve(window, presenter, host, options);
}

int work(Window& window, Presenter& presenter, Options options) {
  ::umask(0077);
  if (!crypto::ready()) return complain("libsodium does not start");
  auto config = read_host_config(options.config);
  if (!config) return complain(options.config + ": " + config.error().detail);
  options.words = config->plan.words.string();
  if (!config->voice.empty()) options.voice = config->voice.string();
  auto host = DeviceHost::open(std::move(*config), [&window] { window.wake(); });
  if (!host) return complain("the kiosk cannot begin: " + host.error().detail);
  return serve(window, presenter, **host, options);
}

int run(const Options& options) {
  auto fonts = installed_fonts();
  if (!fonts) return complain(fonts.error().detail);
  auto window = Window::open(options.window);
  if (!window) return complain("no window: " + window.error().detail);
  auto type =
      Typesetter::open(fonts.value().set, harfbuzz_shaper(fonts.value().devanagari, fonts.value().mincho));
  if (!type) return complain("the fonts cannot be read");
  Presenter presenter(*type.value());
  Look look = options.look;
  const auto fit = [&] {
    look.width = static_cast<float>(window.value()->width());
    look.height = static_cast<float>(window.value()->height());
    presenter.look(look);
  };
  if (!options.config.empty()) return work(*window.value(), presenter, options);
  if (options.trial) return try_out(*window.value(), presenter, options);
  auto tree = read_tree(options.tree);
  if (!tree) return complain(options.tree + " is no tree of a screen");
  const words::Words words = words_of(options.words, tree.value().language);
  look.page_back = words("kiosk.page.back");
  look.page_on = words("kiosk.page.on");
  presenter.show(tree.value());
  fit();
  if (!options.focus.empty() && !presenter.focus(options.focus))
    return complain("nothing called " + options.focus + " can be touched");
  if (options.page > 0) presenter.turn_to(options.page - 1);
  window.value()->draw(presenter, true);
  report(presenter.drawing());
  if (!options.picture.empty()) {
    if (!write_png(window.value()->pixels(), options.picture))
      return complain(options.picture + " cannot be written");
    return 0;
  }
  while (window.value()->pump(presenter, 1000)) {
    fit();
    for (const screen::Action& action : presenter.take())
      std::printf("%s %s %s\n", action.action.c_str(), action.node.c_str(), action.value.c_str());
    std::fflush(stdout);
    window.value()->draw(presenter);
  }
  return 0;
}

}  // namespace
}  // namespace machi::kiosk

int main(int count, char** arguments) {
  const auto options = machi::kiosk::read_options(count, arguments);
  return options ? machi::kiosk::run(*options) : 2;
}
