// The list of pages, and the presses that belong to the frame: tabs, taking back, lock.
#include "core/shelter/desk/pages.h"

#include <array>

namespace machi::shelter {
namespace {

constexpr std::array<const Page*, 12> kReception = {
    &kReceptionPage, &kListPage,   &kNeedsPage, &kShiftPage,  &kAnswerPage, &kExchangePage,
    &kHouseholdPage, &kWalkInPage, &kStayPage,  &kPosterPage, &kChoosePage, &kAliasPage};
constexpr std::array<const Page*, 9> kHeadquarters = {&kHeadquartersPage, &kSafetyPage, &kRosterPage,
                                                      &kAnswerPage,       &kPlacePage,  &kExchangePage,
                                                      &kPosterPage,       &kStayPage,   &kChoosePage};

}  // namespace

const ShelterLine* DeskView::find(const ShelterId& id) const {
  for (const ShelterLine& one : shelters)
    if (one.id == id) return &one;
  return nullptr;
}
const ShelterLine* DeskView::here() const { return find(desk.here()); }

std::span<const Page* const> pages_of(const DeskView& view) {
  if (view.desk.headquarters()) return kHeadquarters;
  return kReception;
}

// A tablet that stands nowhere yet asks where.
const Page& ShelterPages::shown(const DeskView& view) const {
  if (!view.desk.headquarters() && !view.here()) return kChoosePage;
  if (view.desk.alone()) return kSelfPage;
  for (const Page* one : pages_of(view))
    if (one->page == place_.page) return *one;
  return *pages_of(view).front();
}

screen::Screen ShelterPages::view(const DeskView& view) const { return shown(view).view(view); }

Result<DeskAsk> ShelterPages::act(const screen::Action& action, const DeskView& view, Outside outside) {
  DeskAsk ask;
  const Page& page = shown(view);
  place_.notice.clear();
  place_.warns = false;
  const std::string asking = std::exchange(place_.asking, "");
  const bool alone = page.page == PageId::Self;  // nothing of the frame is there
  if (!alone && (action.action == "back" || action.node == "back")) {
    place_.page = !view.desk.headquarters()   ? page.back
                  : page.page == PageId::Stay ? PageId::Roster
                                              : PageId::Headquarters;
    place_.scanned.reset();
    place_.alias = {};
    return ask;
  }
  if (!alone && action.node == "undo") {
    MACHI_TRY(desk_.undo_last(view.now));
    place_.notice = view.words("desk.shelter.undone");
    return ask;
  }
  desk_.forget_last();
  if (!alone && action.node == "lock.now") ask.lock = true;
  if (!alone && action.node == "page.settings") ask.settings = true;
  if (ask.lock || ask.settings) return ask;
  if (const auto tab = alone ? std::nullopt : subject(action, "page"))
    for (const Page* one : pages_of(view))
      if (one->tab == *tab) {
        place_.page = one->page;
        place_.words.clear();
        place_.question = {};
        place_.scanned.reset();
        place_.alias = {};
        return ask;
      }
  Turn turn{desk_,
            place_,
            view,
            ask,
            !asking.empty() && action.node == asking + ".yes",
            outside.text,
            std::move(outside.read_pass),
            std::move(outside.take_exchange)};
  MACHI_TRY_SET(taken, page.act(turn, action));
  if (!taken && action.action == "press") return base::fail(base::Code::BadInput, "press");
  return ask;
}

}  // namespace machi::shelter
