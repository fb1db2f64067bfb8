// The list of the desk's pages, and the presses that belong to the frame around them: the tabs of the rail.
// Everything else is the shown page's own.
#include "core/absence/desk/pages.h"

#include "core/absence/desk/day/today_day.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;

constexpr const Page* kPages[] = {&kTodayPage,  &kRollCallPage,   &kEntryPage,    &kMessagesPage,
                                  &kSearchPage, &kAttendancePage, &kRecordPage,   &kApplicationsPage,
                                  &kSlipsPage,  &kPupilPage,      &kThreadPage,   &kWhoPage,
                                  &kLockPage,   &kDevicesPage,    &kLanguagePage, &kListPage,
                                  &kSheetsPage, &kGuardianPage,   &kPhotoPage,    &kSuspensionPage};

// What changes who belongs to the school is not a guest's.
constexpr const Page* kGuestPages[] = {&kTodayPage, &kRollCallPage, &kEntryPage, &kMessagesPage, &kSearchPage,
                                       &kPupilPage, &kThreadPage,   &kWhoPage,   &kLanguagePage, &kPhotoPage};

constexpr const Page* kBoardPages[] = {&kBoardPage, &kRescuePage, &kLockPage, &kDevicesPage, &kLanguagePage};

// What every office has, whatever it does beside.
constexpr const Page* kPlainPages[] = {&kDevicesPage, &kLockPage, &kLanguagePage};

// A tab of the rail: grades lead to the day's list, the others to their page.
Result<bool> turn_to(std::string_view node, DeskPlace& place, SchoolDesk& school, const DeskScene& scene) {
  if (node.starts_with("grade.")) {
    place.page = DeskPage::Today;
    place.grade = -1;
    for (const SchoolClass& one : school.roll().classes())
      if (std::to_string(one.grade) == node.substr(6)) place.grade = one.grade;
    place.only = {};  // a class of another grade would hide everything
    MACHI_TRY(keep_filters(school, place));
    return true;
  }
  if (!node.starts_with("page.")) return false;
  for (const Page* page : desk_pages(scene)) {
    if (page->tab.empty() || page->tab != node.substr(5)) continue;
    place.page = page->page;
    return true;
  }
  return false;
}

}  // namespace

std::span<const Page* const> desk_pages(const DeskScene& scene) {
  if (scene.plain) return kPlainPages;
  if (scene.board) return kBoardPages;
  if (scene.guest_until) return kGuestPages;
  return kPages;
}

const Page& page_of(DeskPage page) {
  for (const Page* one : kPages)
    if (one->page == page) return *one;
  return kTodayPage;
}

DeskPages::DeskPages(SchoolDesk& school, base::Entropy& entropy)
    : school_(school), entropy_(entropy), lock_(school, entropy) {
  load_filters(school, place_);
}

// The board has one page where schools have many, and a guest fewer: whatever is not theirs leads to the
// first.
const Page& shown_page(const DeskScene& scene) {
  for (const Page* one : desk_pages(scene))
    if (one->page == scene.place.page) return *one;
  return scene.plain         ? kDevicesPage
         : scene.board       ? kBoardPage
         : scene.guest_until ? kTodayPage
                             : page_of(scene.place.page);
}

Status DeskPages::tick(Instant now) {
  const bool open = !lock_.locked();
  MACHI_TRY(lock_.tick(now));
  if (open && lock_.locked()) forget();
  return {};
}

Status DeskPages::lock() {
  MACHI_TRY(lock_.lock());
  forget();
  return {};
}

// What one person typed is not shown to the next.
void DeskPages::forget() {
  DeskPlace fresh;
  load_filters(school_, fresh);
  place_ = std::move(fresh);
}

screen::Screen DeskPages::view(const DeskScene& scene) const {
  if (lock_.locked()) return locked_screen(scene, lock_);
  return shown_page(scene).view(scene);
}

// Nothing but the PIN is heard; whoever opens it says who they are.
Status DeskPages::unlock(const screen::Action& action, const DeskScene& scene) {
  if (action.node != "pin" || action.action != "enter") return {};
  MACHI_TRY_SET(open, lock_.open(action.value, scene.now));
  if (open) place_.page = DeskPage::Who;
  return {};
}

Result<DeskWish> DeskPages::act(const screen::Action& action, const DeskScene& scene,
                                const OpenedFile* file) {
  DeskWish wish;
  if (lock_.locked()) {
    MACHI_TRY(unlock(action, scene));
    return wish;
  }
  lock_.touch(scene.now);
  place_.notice.clear();
  const std::string asking = std::exchange(place_.asking, "");
  const Page& page = shown_page(scene);
  if (action.action == "back" || action.node == "back") {
    place_.page = place_.page == DeskPage::Picture && place_.photo ? place_.photo->from : page.back;
    return wish;
  }
  if (action.node == "lock.now") {
    MACHI_TRY(lock());
    return wish;
  }
  if (action.node == "came.ok") {
    wish.seen_came = true;
    return wish;
  }
  if (action.node == "away.ok") {
    wish.seen_away = true;
    return wish;
  }
  if (action.action == "press") {
    MACHI_TRY_SET(turned, turn_to(action.node, place_, school_, scene));
    if (turned) return wish;
  }
  PageTurn turn{school_, place_, entropy_, scene, wish, false, file};
  turn.asked = !asking.empty() && action.node == asking + ".yes";
  if (open_photo(turn, action)) return wish;
  MACHI_TRY_SET(taken, page.act(turn, action));
  if (!taken && action.action == "press") return fail(Code::BadInput, "press");
  return wish;
}

}  // namespace machi::absence
