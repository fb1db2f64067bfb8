// The kiosk's program without a window, for the test that looks into its memory: the same host, presenter,
// fonts and wiped memory as machi_kiosk; touches come as lines. CONFIG.json; then "act NODE HOW [VALUE]" or
// "where", each answered with the screen's name.
#include <poll.h>
#include <unistd.h>

#include <cstdio>
#include <sstream>
#include <string>

#include "core/crypto/sodium.h"
#include "core/screen/builder.h"
#include "kiosk/draw/stage.h"
#include "kiosk/presenter.h"
#include "kiosk/text/shaper.h"
#include "kiosk/window/fonts.h"
#include "platform/kiosk/host_config.h"

namespace machi::kiosk {
namespace {

int run(const char* file) {
  if (!crypto::ready()) return 1;
  auto config = read_host_config(file);
  auto fonts = installed_fonts();
  if (!config || !fonts) return 2;
  Stage stage;
  stage.no_renderer();
  auto type =
      Typesetter::open(fonts.value().set, harfbuzz_shaper(fonts.value().devanagari, fonts.value().mincho));
  if (!type) return 3;
  Presenter presenter(*type.value());
  presenter.look({});
  bool changed = true;
  KioskHost::Presenter shown;
  shown.render = [&changed] { changed = true; };
  auto host = KioskHost::open(std::move(config->plan), std::move(shown));
  if (!host) return 4;
  std::string heard;
  for (;;) {
    (*host)->turn();
    if (std::exchange(changed, false)) {
      presenter.show((*host)->app().view());
      presenter.frame(stage.begin(1080, 1920));
      stage.end();
    }
    pollfd one{0, POLLIN, 0};
    if (::poll(&one, 1, 20) > 0) {
      char piece[256];
      const auto got = ::read(0, piece, sizeof piece);
      if (got <= 0) return 0;
      heard.append(piece, static_cast<std::size_t>(got));
    }
    for (auto end = heard.find('\n'); end != std::string::npos; end = heard.find('\n')) {
      std::istringstream words(heard.substr(0, end));
      heard.erase(0, end + 1);
      std::string what, node, how, value;
      words >> what >> node >> how >> value;
      const screen::Screen& screen = (*host)->app().view();
      if (const screen::Node* found = what == "act" ? screen::find(screen, node) : nullptr)
        (*host)->act({screen.name, screen.revision, node, found->version, how, value,
                      value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value}});
      std::printf("%s\n", (*host)->app().view().name.c_str());
      std::fflush(stdout);
    }
  }
}

}  // namespace
}  // namespace machi::kiosk

int main(int count, char** arguments) { return count == 2 ? machi::kiosk::run(arguments[1]) : 64; }
