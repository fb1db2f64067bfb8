// The poster for the shelter's wall: its symbol is read by the residents' app, which says that they are here.
// Printed as the browser prints; signed with the office's key, so that nobody hangs up one of their own.
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::State;

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const ShelterLine* at = view.desk.headquarters() ? view.find(view.place.shelter) : view.here();
  screen::Screen out = frame(view, "desk.shelter.poster", at ? at->name : words("desk.shelter.poster"));
  const std::string link = at && view.poster ? view.poster(*at) : "";
  if (link.empty()) {
    out.main.push_back(screen::empty("none", words("desk.shelter.poster.none")));
  } else {
    const auto matrix = view.symbol ? view.symbol(link) : Result<std::string>("");
    screen::Nodes inside{
        screen::text("what", words("desk.shelter.poster.what")),
        screen::qr("poster", words("desk.shelter.poster.symbol"), link, matrix.ok() ? *matrix : ""),
        screen::steps("steps", words("desk.shelter.poster.steps"),
                      {screen::step("step.open", words("desk.shelter.poster.step.open"), State::None),
                       screen::step("step.scan", words("desk.shelter.poster.step.scan"), State::None),
                       screen::step("step.who", words("desk.shelter.poster.step.who"), State::None)}),
        screen::text("without", words("desk.shelter.poster.without"))};
    out.main.push_back(screen::group("sheet", "", std::move(inside)));
    out.foot.push_back(screen::button("print", words("desk.shelter.poster.print"), Importance::Primary));
  }
  out.foot.push_back(screen::button("back", words("button.back"), Importance::Tertiary, Icon::Back));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  turn.ask.print = action.node == "print";
  return turn.ask.print;
}

}  // namespace

const Page kPosterPage{PageId::Poster, "", Icon::None, PageId::Reception, view, act};

}  // namespace machi::shelter
