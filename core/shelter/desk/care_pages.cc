// The frame, who sits here, and the list of looks.
#include "core/shelter/desk/care_pages.h"

#include "core/base/text.h"
#include "core/shelter/desk/bar.h"

namespace machi::shelter {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr std::size_t kLooks = 200;

bool asks_officer(const CareView& view) { return view.desk.officer().empty() || view.place.renamed; }

// Whoever looks is named in the record: so nothing is shown before somebody sits here.
screen::Screen officer_view(const CareView& view) {
  const auto& words = view.words;
  screen::Screen out = care_frame(view, "desk.care.officer", words("desk.care.officer"));
  out.main.push_back(screen::text("why", words("desk.care.officer.why")));
  Node name = screen::field("officer", words("desk.care.officer.name"), Kind::Text, view.place.officer);
  name.max_length = 40;
  name.required = true;
  if (view.place.tried) name.error = words("desk.shelter.name.missing");
  out.main.push_back(std::move(name));
  out.foot.push_back(screen::button("sit", words("household.save"), Importance::Primary));
  return screen::finish(std::move(out));
}

screen::Screen looks_view(const CareView& view) {
  const auto& words = view.words;
  screen::Screen out = care_frame(view, "desk.care.looks", words("desk.care.looks"));
  Nodes rows;
  if (const auto looks = view.desk.looks(kLooks); looks.ok())
    for (const ProtectionLook& one : *looks)
      rows.push_back(
          screen::row("look." + one.id.hex(), one.what, one.officer + "　" + words.moment(one.at, view.now)));
  if (rows.empty())
    out.main.push_back(screen::empty("none", words("desk.care.looks.none")));
  else
    out.main.push_back(screen::list("looks", words("desk.care.looks"), std::move(rows)));
  return screen::finish(std::move(out));
}

}  // namespace

std::string needs_words(const words::Words& words, Needs needs) {
  std::string out;
  for (const household::Need need : household::list(needs))
    out += (out.empty() ? "" : "・") + words("need." + std::string(name_of(need)));
  return out;
}

screen::Screen care_frame(const CareView& view, std::string name, std::string title) {
  const auto& words = view.words;
  screen::Screen out;
  out.app = "desk";
  out.name = std::move(name);
  out.language = words.language();
  out.title = words::plain(title + " - " + view.office);
  Node where = screen::text("office", view.office);
  where.importance = Importance::Primary;
  out.bar.push_back(std::move(where));
  add_bar(out.bar, view, "desk.care.offline");
  Nodes tabs;
  const auto add = [&](const char* id, const char* key, bool current, Icon icon) {
    tabs.push_back(screen::tab(id, words(key), current));
    tabs.back().icon = icon;
  };
  if (!asks_officer(view)) {
    const bool protection = view.desk.office() == CareOffice::Protection;
    add("page.list", protection ? "desk.protect.title" : "desk.plans.title",
        view.place.at != CarePlace::At::Looks, protection ? Icon::Lock : Icon::People);
    add("page.looks", "desk.care.looks", view.place.at == CarePlace::At::Looks, Icon::Search);
    add("page.officer", "desk.care.officer.change", false, Icon::Person);
  }
  add("page.settings", "desk.shelter.page.settings", false, Icon::Settings);
  out.rail.push_back(screen::tabs("pages", words("desk.rail.pages"), std::move(tabs)));
  out.main.push_back(screen::heading("heading", std::move(title)));
  if (!view.place.notice.empty()) {
    out.main.push_back(
        screen::alert("notice", view.place.notice, view.place.warns ? Tone::Warning : Tone::Success));
    out.announce = words::plain(view.place.notice);
  }
  return out;
}

screen::Screen CarePages::view(const CareView& view) const {
  if (asks_officer(view)) return officer_view(view);
  if (place_.at == CarePlace::At::Looks) return looks_view(view);
  return view.desk.office() == CareOffice::Protection ? protect_view(view) : plans_view(view);
}

Result<CareAsk> CarePages::act(const screen::Action& action, const CareView& view) {
  CareAsk ask;
  place_.notice.clear();
  place_.warns = false;
  const std::string asking = std::exchange(place_.asking, "");
  if (action.node == "lock.now") {
    leave();
    ask.lock = true;
    return ask;
  }
  if (action.node == "page.settings") {
    ask.settings = true;
    return ask;
  }
  if (asks_officer(view)) {
    if (action.node == "officer") place_.officer = action.value;
    if (action.node == "sit") {
      place_.tried = base::trimmed(place_.officer).empty();
      if (place_.tried) return ask;
      MACHI_TRY(desk_.officer(place_.officer));
      leave();
    }
    return ask;
  }
  if (action.action == "back" || action.node == "back" || action.node == "page.list") {
    leave();
    return ask;
  }
  if (action.node == "page.looks") {
    leave();
    place_.at = CarePlace::At::Looks;
    return ask;
  }
  if (action.node == "page.officer") {
    leave();
    place_.renamed = true;
    return ask;
  }
  CareTurn turn{desk_, place_, view, !asking.empty() && action.node == asking + ".yes"};
  MACHI_TRY_SET(taken, view.desk.office() == CareOffice::Protection ? protect_act(turn, action)
                                                                    : plans_act(turn, action));
  if (!taken && action.action == "press") return base::fail(base::Code::BadInput, "press");
  return ask;
}

}  // namespace machi::shelter
