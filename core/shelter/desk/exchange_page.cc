// Two tablets in one place, and no network: one saves a sealed file, the other opens it, and the other way
// round. Only devices of this office can read it; taking the same file twice changes nothing.
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Node;

// What helps depends on why: another file, another tablet, or the network.
std::string_view refusal(base::Code code) {
  if (code == base::Code::WrongTown) return "desk.shelter.exchange.elsewhere";
  if (code == base::Code::NotAllowed) return "desk.shelter.exchange.stranger";
  if (code == base::Code::Revoked) return "desk.shelter.exchange.removed";
  if (code == base::Code::UnknownKey) return "desk.shelter.exchange.unlisted";
  return "desk.shelter.exchange.refused";
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.exchange", words("desk.shelter.page.exchange"));
  out.main.push_back(screen::text("how", words("desk.shelter.exchange.how")));
  if (const auto size = view.book().size(); size.ok())
    out.main.push_back(screen::text("size", words.count("desk.shelter.exchange.size", *size)));
  if (view.waiting > 0)
    out.main.push_back(screen::text("waiting", words.count("desk.shelter.waiting", view.waiting)));
  out.main.push_back(
      screen::button("save", words("desk.shelter.exchange.save"), screen::Importance::Primary, Icon::Send));
  Node file = screen::file("file", words("desk.shelter.exchange.open"), ".txt,text/plain");
  file.hint = words("desk.shelter.exchange.open.hint");
  out.main.push_back(std::move(file));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  if (action.node == "save") {
    turn.ask.exchange = true;
    return true;
  }
  if (action.node != "file" || action.action != "open" || !turn.take_exchange) return false;
  const auto taken =
      turn.text ? turn.take_exchange(*turn.text) : Result<int>(base::fail(base::Code::BadInput));
  turn.place.warns = !taken.ok();
  turn.place.notice = taken.ok() ? turn.view.words.count("desk.shelter.exchange.taken", *taken)
                                 : turn.view.words(refusal(taken.code()));
  return true;
}

}  // namespace

const Page kExchangePage{PageId::Exchange, "exchange", Icon::Retry, PageId::Reception, view, act};

}  // namespace machi::shelter
