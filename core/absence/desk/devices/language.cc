// The languages of this desk. Pure.
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.language", words("language.title"));
  out.main.push_back(screen::heading("heading", words("language.title")));
  std::vector<screen::Option> options;
  for (const words::Language& language : words::languages()) {
    options.push_back(screen::option(std::string(language.tag), std::string(language.own_name),
                                     language.tag == words.language()));
    options.back().language = language.tag;
  }
  out.main.push_back(
      screen::choice("language", words("button.language"), screen::Kind::Single, std::move(options)));
  if (!words.reviewed()) out.main.push_back(screen::text("unreviewed", words("language.unreviewed")));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node != "language") return false;
  turn.wish.language = action.value;
  return true;
}

}  // namespace

const Page kLanguagePage{
    DeskPage::Language, "language", screen::Icon::Language, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
