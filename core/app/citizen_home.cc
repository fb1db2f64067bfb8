// The citizen's own screens: first run, home, history, language, and the one that stands there when nothing
// can be stored.
#include "core/absence/citizen/again.h"
#include "core/absence/citizen/calendar.h"
#include "core/absence/citizen/frame.h"
#include "core/app/citizen_state.h"

namespace machi::app {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::int64_t kClockDiffers = 10 * 60'000;
constexpr std::int64_t kFeedStaleSeconds = 24 * 3600;

}  // namespace

// A screen at the top: the town's name, the tabs.
screen::Screen Citizen::top(const Route& route, const std::string& title) const {
  screen::Screen out;
  out.name = route.screen();
  out.title = words::plain(title);
  out.language = words_.language();
  if (!pack_.name.empty()) out.bar.push_back(screen::text("town", pack_.name));
  if (route.name != "language")
    out.bar.push_back(screen::link("language", words_("button.language"), {}, Icon::Language));
  const std::string here = route.name == "language" || route.name == "history" ? route.name : "home";
  Nodes tabs;
  const auto add = [&](const char* name, const char* key, Icon icon) {
    Node tab = screen::tab(std::string("tab.") + name, words_(key), here == name);
    tab.icon = icon;
    tabs.push_back(std::move(tab));
  };
  add("home", "citizen.tab.home", Icon::Home);
  add("notices", "citizen.tab.notices", Icon::Mail);
  if (beside_.unread > 0) tabs.back().value = std::to_string(beside_.unread);
  add("history", "citizen.tab.history", Icon::Calendar);
  add("language", "citizen.tab.language", Icon::Language);
  out.rail.push_back(screen::tabs("tabs", words_("citizen.tabs"), std::move(tabs)));
  return out;
}

void Citizen::add_language_choice(Nodes& main) const {
  std::vector<screen::Option> options;
  for (const words::Language& one : words::languages()) {
    options.push_back(
        screen::option(std::string(one.tag), std::string(one.own_name), one.tag == shelf_.wanted()));
    options.back().language = one.tag;
  }
  Node choice =
      screen::choice("languages", words_("language.title"), screen::Kind::Single, std::move(options));
  choice.busy = shelf_.waiting();
  if (shelf_.failed()) choice.error = words_("language.unavailable");
  main.push_back(std::move(choice));
  // The first screen is Japanese before anybody chose it, and says so on the screen of languages.
  if (!words_.reviewed() && (words_.language() != "ja" || routes_.back().name == "language"))
    main.push_back(screen::text("unreviewed", words_("language.unreviewed")));
}

screen::Screen Citizen::first(const Route& route) const {
  screen::Screen out = top(route, words_("citizen.first.title"));
  out.bar.pop_back();
  out.rail.clear();
  out.main.push_back(screen::heading("title", words_("citizen.first.title")));
  for (Node& node : shelter::PlanScreens::top(shelter_context())) out.main.push_back(std::move(node));
  if (evicted_) {
    out.main.push_back(screen::alert("evicted", words_("citizen.evicted"), Tone::Danger));
    out.main.back().hint = words_("citizen.evicted.next");
  } else {
    out.main.push_back(screen::text("what", words_("citizen.first.what")));
  }
  out.main.push_back(screen::text("how", words_("citizen.first.how")));
  add_language_choice(out.main);
  if (storage_ == "refused")
    out.main.push_back(screen::alert("storage", words_("citizen.storage.refused"), Tone::Danger));
  if (beside_failed_)
    out.main.push_back(screen::alert("beside-failed", words_("citizen.notices.failed"), Tone::Warning));
  out.main.push_back(
      screen::button("notices", words_("citizen.tab.notices"), Importance::Secondary, Icon::Mail));
  out.main.push_back(
      screen::button("household", words_("household.title"), Importance::Secondary, Icon::People));
  out.main.push_back(screen::button("support", words_("citizen.support"), Importance::Secondary, Icon::Help));
  out.foot.push_back(screen::button("scan", words_("citizen.first.scan"),
                                    evicted_ ? Importance::Secondary : Importance::Primary, Icon::Scan));
  out.foot.push_back(screen::button("restore", words_("citizen.restore.title"),
                                    evicted_ ? Importance::Primary : Importance::Tertiary));
  if (evicted_) std::swap(out.foot.front(), out.foot.back());
  out.foot.push_back(screen::text("private", words_("citizen.first.private")));
  return out;
}

// Trouble that a person should know of, the most pressing first. Nothing when all is well.
void Citizen::add_notices(Nodes& main) const {
  if (!beside_.urgent.empty())
    main.push_back(screen::alert(
        "urgent", beside_.urgent, Tone::Danger,
        {screen::button("notices", words_("citizen.notices.read"), Importance::Primary, Icon::Mail)}));
  if (beside_failed_)
    main.push_back(screen::alert("beside-failed", words_("citizen.notices.failed"), Tone::Warning));
  if (storage_ == "refused") {
    main.push_back(screen::alert("storage", words_("citizen.storage.refused"), Tone::Danger));
  } else if (storage_ == "best-effort" && !installed_ && has_children() && !backed_up()) {
    Node alert = screen::alert("storage", words_("citizen.storage.best-effort"), Tone::Warning);
    alert.hint = words_("citizen.storage.next");
    main.push_back(std::move(alert));
  }
  if (const auto by = mail_->client.put_out(); by != mail::Client::PutOut::No) {
    const char* what = by == mail::Client::PutOut::BySheet    ? "citizen.replaced"
                       : by == mail::Client::PutOut::ByDevice ? "citizen.put-out.device"
                                                              : "citizen.put-out.either";
    main.push_back(screen::alert(
        "replaced", words_(what), Tone::Danger,
        {screen::button("restore.anew", words_("citizen.anew.title"), Importance::Primary, Icon::Retry)}));
    main.back().hint = words_("citizen.replaced.next");
  }
  const auto skew = mail_->client.hub_skew_ms();
  if (skew && (*skew > kClockDiffers || *skew < -kClockDiffers)) {
    Node alert = screen::alert("clock-differs", words_("citizen.clock"), Tone::Warning);
    alert.icon = Icon::Clock;
    main.push_back(std::move(alert));
  }
  const int waiting = mail_->client.waiting();
  if (!online_ || !mail_->client.reachable()) {
    Node alert =
        screen::alert("reach", words_(online_ ? "citizen.unreachable" : "citizen.offline"), Tone::Info);
    alert.icon = Icon::Offline;
    if (waiting > 0) alert.hint = words_.count("citizen.waiting", waiting);
    main.push_back(std::move(alert));
  }
  const auto fresh = mail_->client.feed_fresh();
  if (fresh && fresh->plus_seconds(kFeedStaleSeconds) < now_) {
    main.push_back(
        screen::text("feed-stale", words_("citizen.feed.stale", {{"when", words_.moment(*fresh, now_)}})));
  }
}

screen::Screen Citizen::home(const Route& route) const {
  const absence::CitizenContext context = this->context();
  const base::Date today = context.today();
  const auto children = children_.children();
  const bool any = children.ok() && !children->empty();
  const std::string title = words_("citizen.home.title", {{"date", words_.date(today)}});
  screen::Screen out = top(route, title);
  out.main.push_back(screen::heading("title", title));
  for (Node& node : shelter::PlanScreens::top(shelter_context())) out.main.push_back(std::move(node));
  add_notices(out.main);

  const auto news = children_.news();
  for (const auto& one : news.ok() ? *news : std::vector<absence::ChildBook::News>()) {
    const absence::Child child = absence::child_of(context, one.pupil);
    Node seen =
        screen::button("news-seen:" + one.pupil.hex(), words_("citizen.news.seen"), Importance::Secondary);
    Node alert = screen::alert("news:" + one.pupil.hex(),
                               words_("citizen.news.guardian", {{"name", absence::called(context, child)}}),
                               Tone::Info, {std::move(seen)});
    alert.hint = words_("citizen.news.next");
    out.main.push_back(std::move(alert));
  }

  if (const auto off = children_.no_lessons(today); off.ok()) {
    for (const absence::NoLessons& one : *off) {
      const std::string what = words_(one.breadth == absence::Breadth::Class   ? "citizen.off.class"
                                      : one.breadth == absence::Breadth::Grade ? "citizen.off.grade"
                                                                               : "citizen.off.school");
      const absence::Child child = absence::child_of(context, one.pupil);
      Node alert = screen::alert("off:" + one.id.hex() + one.pupil.hex(),
                                 words_("citizen.off", {{"name", absence::called(context, child)},
                                                        {"what", what},
                                                        {"first", words_.date(one.first)},
                                                        {"last", words_.date(one.last)}}),
                                 Tone::Info);
      alert.icon = Icon::Calendar;
      out.main.push_back(std::move(alert));
    }
  }

  Nodes notes = absence::Notes::rows(context);
  if (!notes.empty()) {
    out.main.push_back(screen::group("notes", words_("citizen.home.notes"),
                                     {screen::list("notes.list", "", std::move(notes))}));
  }
  const bool out_of_it = put_out();  // nothing that is written here would be sent
  if (!out_of_it)
    for (Node& card : absence::again_cards(context)) out.main.push_back(std::move(card));

  Nodes rows = absence::SentReports::coming(context);
  if (!rows.empty()) {
    out.main.push_back(screen::group("today", words_("citizen.home.reports"),
                                     {screen::list("reports", "", std::move(rows))}));
  } else if (any) {
    out.main.push_back(screen::empty("no-reports", words_("citizen.home.no-reports")));
  }
  if (any && !out_of_it)
    out.main.push_back(screen::button("report", words_("citizen.report"), Importance::Primary, Icon::School));

  if (any) {
    Nodes family;
    for (const absence::Child& child : *children) {
      const std::string place = words_(
          "absence.child.place", {{"office", absence::office_name(context, child.office, child.office_name)},
                                  {"class", absence::readable(words_, child.card.class_name)}});
      Node row = screen::row_button(
          "child:" + child.card.pupil.hex(), words_.name(child.card.name, child.card.reading),
          child.until ? words_("citizen.child.until", {{"place", place}, {"date", words_.date(*child.until)}})
                      : place);
      row.icon = Icon::Person;
      family.push_back(std::move(row));
    }
    out.main.push_back(screen::group("children", words_("citizen.home.children"),
                                     {screen::list("family", "", std::move(family))}));
  }
  const auto over = children_.over();
  for (const absence::Child& child : over.ok() ? *over : std::vector<absence::Child>()) {
    out.main.push_back(screen::text("over:" + child.card.pupil.hex(),
                                    words_("citizen.child.over", {{"name", absence::called(context, child)},
                                                                  {"date", words_.date(*child.until)}})));
  }
  Nodes applications = absence::SlipFlow::rows(context);
  if (!applications.empty()) {
    out.main.push_back(screen::group("applications", words_("citizen.home.applications"),
                                     {screen::list("waiting", "", std::move(applications))}));
  }
  out.main.push_back(
      screen::button("household", words_("household.title"), Importance::Secondary, Icon::People));
  out.main.push_back(screen::button("support", words_("citizen.support"), Importance::Secondary, Icon::Help));
  if (out_of_it) return out;
  out.main.push_back(screen::button("scan", words_("citizen.home.scan"), Importance::Secondary, Icon::Add));
  if (any)
    out.main.push_back(
        screen::button("recovery", words_("citizen.recovery.title"), Importance::Secondary, Icon::Lock));
  return out;
}

screen::Screen Citizen::history(const Route& route) const {
  screen::Screen out = top(route, words_("citizen.history.title"));
  out.bar.insert(out.bar.begin(),
                 screen::button("back", words_("button.back"), Importance::Tertiary, Icon::Back));
  out.main.push_back(screen::heading("title", words_("citizen.history.title")));
  for (Node& node : absence::month_nodes(context(), route.subject)) out.main.push_back(std::move(node));
  return out;
}

screen::Screen Citizen::languages(const Route& route) const {
  screen::Screen out = top(route, words_("citizen.tab.language"));
  out.bar.insert(out.bar.begin(),
                 screen::button("back", words_("button.back"), Importance::Tertiary, Icon::Back));
  if (root().name == "first") out.rail.clear();
  out.main.push_back(screen::heading("title", words_("citizen.tab.language")));
  add_language_choice(out.main);
  return out;
}

screen::Screen Citizen::refused() const {
  screen::Screen out;
  out.name = mail_ ? "storage" : "start";
  out.language = words_.language();
  const std::string title = words_(mail_ ? "error.storage.what" : "citizen.first.title");
  out.title = words::plain(title);
  out.main.push_back(screen::heading("title", title));
  if (!mail_) return out;
  out.main.push_back(screen::group("next", words_("error.heading.next"),
                                   {screen::text("next.text", words_("error.storage.next"))}));
  out.main.push_back(screen::group("kept", words_("error.heading.kept"),
                                   {screen::text("kept.text", words_("error.storage.kept"))}));
  return out;
}

}  // namespace machi::app
