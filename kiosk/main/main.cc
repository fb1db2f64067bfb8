// machi_kiosk: the kiosk's program. With --screen it shows a kept tree, in a window or as a picture.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/screen/json.h"
#include "core/words/words.h"
#include "kiosk/main/options.h"
#include "kiosk/window/fonts.h"
#include "kiosk/window/png.h"

namespace machi::kiosk {
namespace {

int complain(const std::string& what) {
  std::fprintf(stderr, "machi_kiosk: %s\n", what.c_str());
  return 1;
}

base::Result<screen::Screen> read_tree(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::fail(base::Code::NotFound, file);
  return screen::screen_from_json(std::string(std::istreambuf_iterator<char>(in), {}));
}

// Japanese where there is no such catalogue.
words::Words words_of(const std::string& folder, const std::string& language) {
  std::ifstream in(folder + "/" + language + ".mo", std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  auto catalogue = words::Catalogue::load(base::view(bytes));
  return catalogue ? words::Words(catalogue.value()) : words::Words();
}

void report(const Drawing& drawing) {
  for (const Misfit& misfit : drawing.misfits) {
    static constexpr const char* kWords[] = {"too wide", "too high", "too small to touch",
                                             "has a character that no font has", "no room"};
    std::fprintf(stderr, "does not fit: %s %s (%s)\n", misfit.node.c_str(),
                 kWords[static_cast<int>(misfit.kind)], misfit.detail.c_str());
  }
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
