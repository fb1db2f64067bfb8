// What the people here need, counted, and who they are: the list by which milk, beds and transport are asked
// for.
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.needs", words("desk.shelter.page.needs"));
  const auto counts = view.book().counts(view.desk.here());
  std::vector<screen::Option> options;
  Needs any;
  for (int i = 0; i < household::kNeeds; ++i) {
    const auto need = static_cast<household::Need>(i);
    const std::string name(name_of(need));
    const std::int64_t n = counts.ok() ? counts->needs[static_cast<std::size_t>(i)] : 0;
    if (n == 0 && view.place.need != need) continue;
    any = any.with(need);
    options.push_back(screen::option(name, words("need." + name), view.place.need == need,
                                     words.count("desk.shelter.people", n)));
  }
  if (options.empty()) {
    out.main.push_back(screen::empty("none", words("desk.shelter.needs.none")));
    return screen::finish(std::move(out));
  }
  options.insert(options.begin(), screen::option("", words("desk.shelter.needs.all"), !view.place.need));
  out.main.push_back(
      screen::choice("need", words("desk.shelter.needs"), screen::Kind::Cards, std::move(options)));
  StayBook::Filter filter;
  filter.shelter = view.desk.here();
  filter.open = true;
  filter.needs = view.place.need ? Needs{}.with(*view.place.need) : any;
  screen::Nodes rows;
  if (const auto found = view.book().find(filter, 500); found.ok())
    for (const StayLine& line : *found) rows.push_back(stay_row(view, line, false));
  if (!rows.empty()) out.main.push_back(screen::list("people", words("desk.shelter.needs"), std::move(rows)));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  if (action.node == "need") {
    turn.place.need = household::need_named(action.value);
    return true;
  }
  const auto id = subject(action, "stay");
  if (!id) return false;
  MACHI_TRY_SET(stay, StayId::from_hex_text(*id));
  turn.place.stay = stay;
  turn.place.page = PageId::Stay;
  return true;
}

}  // namespace

const Page kNeedsPage{PageId::NeedsList, "needs", screen::Icon::Check, PageId::Reception, view, act};

}  // namespace machi::shelter
