// The frame of every desk screen: the bar with school, day and connection, the rail with grades and pages;
// and the cells that more than one screen shows. Pure over the tables.
#include "core/absence/desk/devices/recovery.h"
#include "core/absence/desk/page.h"

#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::int64_t kStaleMs = 60'000;

Node connection(const DeskScene& scene) {
  const auto& words = scene.words;
  if (scene.connected && scene.contact)
    return screen::badge("connection",
                         words("desk.connected", {{"time", words.time(base::time_of(*scene.contact))}}),
                         Tone::Success, Icon::Online);
  if (scene.contact)
    return screen::badge("connection",
                         words("desk.disconnected", {{"time", words.moment(*scene.contact, scene.now)}}),
                         Tone::Warning, Icon::Offline);
  return screen::badge("connection", words("desk.connecting"), Tone::Warning, Icon::Offline);
}

struct Counts {
  int all = 0;
  int unread = 0;
};

Counts count(const std::vector<DayLine>& lines, int grade) {
  Counts counts;
  for (const DayLine& line : lines) {
    if (grade >= 0 && (!line.pupil || line.pupil->grade != grade)) continue;
    if (line.version.report.kind != ReportKind::Cancelled) ++counts.all;
    if (!line.read()) ++counts.unread;
  }
  return counts;
}

Node grade_tab(const DeskScene& scene, const std::vector<DayLine>& lines, int grade, std::string name) {
  const Counts counts = count(lines, grade);
  const bool current = scene.place.page == DeskPage::Today && scene.place.grade == grade;
  Node tab = screen::tab(grade < 0 ? "grade.all" : "grade." + std::to_string(grade), std::move(name), current,
                         std::to_string(counts.all));
  if (counts.unread > 0) tab.hint = scene.words("desk.unread", {{"n", std::to_string(counts.unread)}});
  return tab;
}

// Current on its own page, and on those that were reached from it.
Node page_tab(const DeskScene& scene, const Page& page) {
  const Page& shown = shown_page(scene);
  Node tab = screen::tab("page." + std::string(page.tab), scene.words("desk.page." + std::string(page.tab)),
                         &shown == &page || (shown.tab.empty() && shown.back == page.page));
  tab.icon = page.icon;
  if (page.hint) tab.hint = page.hint(scene);
  return tab;
}

}  // namespace

const std::vector<DayLine>& DeskScene::lines(Date day) const {
  auto& lines = lines_[day];
  if (!lines) lines = school.lines(day);
  return *lines;
}

Date day_of(const DeskScene& scene) {
  if (scene.place.day) return *scene.place.day;
  const Date today = base::date_of(scene.now);
  return scene.school.days().next(today).value_or(today);
}

bool waits_for_a_person(const DeskScene& scene, const Applicant& applicant) {
  return !applicant.decision &&
         judge(scene.school.roll(), applicant, applicant.at).standing == Standing::Pending;
}

int applications_waiting(const DeskScene& scene) {
  int waiting = 0;
  for (const Applicant& applicant : scene.school.roll().undecided())
    waiting += waits_for_a_person(scene, applicant) ? 1 : 0;
  return waiting;
}

screen::Screen desk_frame(const DeskScene& scene, std::string name, std::string title) {
  const auto& words = scene.words;
  screen::Screen out;
  out.app = "desk";
  out.name = std::move(name);
  out.title = words::plain(title + " - " + scene.school_name);
  out.language = words.language();

  Node school = screen::text("school", scene.school_name);
  school.importance = Importance::Primary;
  school.icon = Icon::School;
  out.bar.push_back(std::move(school));
  out.bar.push_back(
      screen::text("today", words("desk.bar.today", {{"date", words.date(base::date_of(scene.now))}})));
  out.bar.push_back(connection(scene));
  if (!scene.school.setting("lock.pin").empty())
    out.bar.push_back(screen::button("lock.now", words("desk.lock.now"), Importance::Tertiary, Icon::Lock));

  const auto& lines = scene.lines(day_of(scene));
  Nodes grades{grade_tab(scene, lines, -1, words("desk.rail.all"))};
  int last = -1;
  for (const SchoolClass& one : scene.school.roll().classes()) {
    if (one.grade == last) continue;
    last = one.grade;
    grades.push_back(
        grade_tab(scene, lines, one.grade, words("desk.grade", {{"n", std::to_string(one.grade)}})));
  }
  if (!scene.board && !scene.plain)
    out.rail.push_back(screen::tabs("grades", words("desk.rail.grades"), std::move(grades)));
  Nodes pages;
  for (const Page* page : desk_pages(scene))
    if (!page->tab.empty()) pages.push_back(page_tab(scene, *page));
  out.rail.push_back(screen::tabs("pages", words("desk.rail.pages"), std::move(pages)));

  if (!scene.connected && scene.now.ms - scene.contact.value_or(scene.started).ms > kStaleMs) {
    Node stale =
        screen::alert("stale",
                      scene.contact ? words("desk.stale", {{"time", words.moment(*scene.contact, scene.now)}})
                                    : words("desk.stale.never"),
                      Tone::Warning);
    stale.hint = words("desk.stale.next");
    stale.state = screen::State::Stale;
    out.main.push_back(std::move(stale));
  }
  if (scene.away) {
    const std::string since = words.moment(*scene.away, scene.now);
    if (scene.catching_up)
      out.main.push_back(
          screen::alert("catching-up", words("desk.away.catching", {{"time", since}}), Tone::Warning));
    else
      out.main.push_back(screen::alert(
          "caught-up", words("desk.away.done", {{"time", since}, {"n", std::to_string(scene.caught)}}),
          Tone::Info, {screen::button("away.ok", words("desk.away.ok"))}));
  }
  for (Node& node : came_alerts(scene)) out.main.push_back(std::move(node));
  if (scene.guest_until)
    out.main.push_back(screen::text(
        "guest.until", words("desk.guest.until", {{"time", words.moment(*scene.guest_until, scene.now)}})));
  if (scene.school.narrowed()) out.main.push_back(screen::text("guest.view", words("desk.guest.view")));
  if (const std::string& notice = scene.place.notice; notice.starts_with("error.")) {
    Node alert = screen::alert("notice", words(notice + ".what"), Tone::Warning);
    alert.hint = words(notice + ".next");
    out.main.push_back(std::move(alert));
  } else if (!notice.empty()) {
    out.main.push_back(screen::alert("notice", words(notice), Tone::Info));
  }
  return out;
}

std::string pupil_name(const words::Words& words, const Pupil& pupil) {
  return words.name(pupil.record.name, pupil.record.reading);
}

std::string channel_word(const words::Words& words, Channel channel) {
  switch (channel) {
    case Channel::Telephone:
      return words("desk.channel.telephone");
    case Channel::Paper:
      return words("desk.channel.paper");
    case Channel::InPerson:
      return words("desk.channel.person");
  }
  return "";
}

Node kind_cell(const words::Words& words, std::string id, const Report& report) {
  Node badge = screen::badge(id + ".kind", word_of(words, report.kind));
  switch (report.kind) {
    case ReportKind::Absent:
      badge.importance = Importance::Primary;
      break;
    case ReportKind::Late:
      badge.importance = Importance::Secondary;
      break;
    case ReportKind::LeavingEarly:
      badge.importance = Importance::Tertiary;
      break;
    case ReportKind::Back:
    case ReportKind::Cancelled:
      badge.importance = Importance::Tertiary;
      break;
  }
  Node cell = screen::cell(id, "", {std::move(badge)});
  if (report.time) cell.hint = words("desk.about", {{"time", words.time(*report.time)}});
  return cell;
}

Node cause_cell(const words::Words& words, std::string id, const Report& report) {
  Node cell = screen::cell(std::move(id), report.kind == ReportKind::Cancelled ? words("desk.cancelled")
                                                                               : cause_of(words, report));
  if (report.note.empty()) return cell;
  cell.hint = report.note;
  cell.language = words.foreign(report.language);
  if (!cell.language.empty()) {
    cell.children.push_back(screen::badge(cell.id + ".language", words.language_name(cell.language),
                                          Tone::Neutral, Icon::Language));
    cell.children.back().importance = Importance::Tertiary;
  }
  return cell;
}

Node second_press(std::string id, std::string question, std::string next, std::string yes) {
  Node button = screen::button(id + ".yes", std::move(yes), Importance::Secondary);
  button.tone = Tone::Danger;
  Node alert = screen::alert(id + ".ask", std::move(question), Tone::Danger, {std::move(button)});
  alert.hint = std::move(next);
  return alert;
}

std::optional<Node> symbol_node(const DeskScene& scene, std::string id, std::string name,
                                const std::string& text) {
  if (!scene.symbol || !*scene.symbol) return std::nullopt;
  auto modules = (*scene.symbol)(text);
  if (!modules.ok()) return std::nullopt;
  return screen::qr(std::move(id), std::move(name), text, std::move(*modules));
}

}  // namespace machi::absence
