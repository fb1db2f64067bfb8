// The frame, who sits here, and which page an action belongs to.
#include "core/notice/desk/pages.h"

#include "core/base/text.h"

namespace machi::notice {

using screen::Icon;
using screen::Kind;
using screen::Nodes;
using screen::Tone;

namespace {

bool asks_officer(const NoticeView& view) { return view.desk.officer().empty() || view.place.renamed; }

// Whoever writes or approves is named: so nothing is done before somebody sits here.
screen::Screen officer_view(const NoticeView& view) {
  const auto& words = view.words;
  screen::Screen out = notice_frame(view, "desk.notice.officer", words("desk.care.officer"));
  out.main.push_back(screen::text("why", words("desk.notice.officer.why")));
  screen::Node name =
      screen::field("officer", words("desk.care.officer.name"), Kind::Text, view.place.officer);
  name.max_length = static_cast<std::int32_t>(kEditorSigns);
  name.required = true;
  if (view.place.tried) name.error = words("desk.shelter.name.missing");
  out.main.push_back(std::move(name));
  out.foot.push_back(screen::button("sit", words("household.save"), screen::Importance::Primary));
  return screen::finish(std::move(out));
}

}  // namespace

screen::Screen notice_frame(const NoticeView& view, std::string name, std::string title) {
  const auto& words = view.words;
  screen::Screen out;
  out.app = "desk";
  out.name = std::move(name);
  out.language = words.language();
  out.title = words::plain(title + " - " + view.office);
  screen::Node where = screen::text("office", view.office);
  where.importance = screen::Importance::Primary;
  out.bar.push_back(std::move(where));
  out.bar.push_back(screen::text("today", words.date(base::date_of(view.now))));
  out.bar.push_back(
      view.connected
          ? screen::badge("connection",
                          words("desk.connected",
                                {{"time", words.time(base::time_of(view.contact.value_or(view.now)))}}),
                          Tone::Success, Icon::Online)
          : screen::badge("connection", words("desk.notice.offline"), Tone::Warning, Icon::Offline));
  if (view.lockable)
    out.bar.push_back(
        screen::button("lock.now", words("desk.lock.now"), screen::Importance::Tertiary, Icon::Lock));
  Nodes tabs;
  const auto add = [&](const char* id, std::string label, bool current, Icon icon) {
    tabs.push_back(screen::tab(id, std::move(label), current));
    tabs.back().icon = icon;
  };
  if (!asks_officer(view)) {
    add("page.list", words("desk.notice.title"),
        view.place.at == NoticePlace::At::List || view.place.at == NoticePlace::At::One, Icon::Mail);
    add("page.new", words("desk.notice.new"), view.place.at == NoticePlace::At::Form, Icon::Edit);
    add("page.figures", words("desk.kpi.title"), view.place.at == NoticePlace::At::Figures, Icon::People);
    add("page.officer", words("desk.care.officer.change"), false, Icon::Person);
  }
  add("page.settings", words("desk.shelter.page.settings"), false, Icon::Settings);
  out.rail.push_back(screen::tabs("pages", words("desk.rail.pages"), std::move(tabs)));
  out.main.push_back(screen::heading("heading", std::move(title)));
  if (!view.place.notice.empty()) {
    out.main.push_back(
        screen::alert("notice", view.place.notice, view.place.warns ? Tone::Warning : Tone::Success));
    out.announce = words::plain(view.place.notice);
  }
  return out;
}

screen::Screen NoticePages::view(const NoticeView& view) const {
  if (asks_officer(view)) return officer_view(view);
  if (place_.at == NoticePlace::At::Form) return form_view(view);
  if (place_.at == NoticePlace::At::Figures) return figures_view(view);
  if (place_.at == NoticePlace::At::One)
    if (const auto line = desk_.book().line(place_.draft); line.ok() && *line) return one_view(view, **line);
  return list_view(view);
}

Result<NoticeAsk> NoticePages::act(const screen::Action& action, const NoticeView& view) {
  NoticeAsk ask;
  place_.notice.clear();
  place_.warns = false;
  const std::string asked = std::exchange(place_.asking, "");
  if (action.node == "lock.now") {
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
      place_.renamed = place_.tried = false;
    }
    return ask;
  }
  if (action.action == "back" || action.node == "back" || action.node == "page.list") {
    place_.at = NoticePlace::At::List;
    return ask;
  }
  if (action.node == "page.new") {
    // What was being written is still there.
    if (place_.form.of) place_.form = {};
    place_.at = NoticePlace::At::Form;
    return ask;
  }
  if (action.node == "page.figures") {
    place_.at = NoticePlace::At::Figures;
    return ask;
  }
  if (action.node == "page.officer") {
    place_.renamed = true;
    place_.officer.clear();
    return ask;
  }
  NoticeTurn turn{desk_, place_, view, asked};
  Result<bool> taken = place_.at == NoticePlace::At::Figures ? figures_act(turn, action, ask)
                       : place_.at == NoticePlace::At::Form  ? form_act(turn, action)
                       : place_.at == NoticePlace::At::One   ? one_act(turn, action)
                                                             : list_act(turn, action);
  if (!taken.ok()) return taken.error();
  if (!*taken && action.action == "press") return base::fail(Code::BadInput, "press");
  return ask;
}

}  // namespace machi::notice
