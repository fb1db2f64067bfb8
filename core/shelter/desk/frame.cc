// The frame of every screen of a shelter's desk, and the words and nodes that pages share.
#include "core/shelter/desk/bar.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

screen::Screen frame(const DeskView& view, std::string name, std::string title) {
  const auto& words = view.words;
  screen::Screen out;
  out.app = "desk";
  out.name = std::move(name);
  out.language = words.language();
  const ShelterLine* here = view.here();
  const std::string place = view.desk.headquarters() ? words("desk.shelter.hq")
                            : here                   ? here->name
                                                     : view.office;
  out.title = words::plain(title + " - " + place);
  Node where = screen::text("shelter", place);
  where.importance = Importance::Primary;
  where.icon = Icon::Home;
  out.bar.push_back(std::move(where));
  add_bar(out.bar, view, "desk.shelter.offline");
  Nodes tabs;
  const bool placed = view.desk.headquarters() || here;
  for (const Page* page : pages_of(view))
    if (placed && !page->tab.empty()) {
      Node tab =
          screen::tab("page." + std::string(page->tab), words("desk.shelter.page." + std::string(page->tab)),
                      page->page == view.place.page);
      tab.icon = page->icon;
      tabs.push_back(std::move(tab));
    }
  Node settings = screen::tab("page.settings", words("desk.shelter.page.settings"), false);
  settings.icon = Icon::Settings;
  tabs.push_back(std::move(settings));
  out.rail.push_back(screen::tabs("pages", words("desk.rail.pages"), std::move(tabs)));
  out.main.push_back(screen::heading("heading", std::move(title)));
  if (!view.place.notice.empty()) {
    Node notice =
        screen::alert("notice", view.place.notice, view.place.warns ? Tone::Warning : Tone::Success);
    if (view.desk.can_undo()) notice.children.push_back(screen::button("undo", words("desk.shelter.undo")));
    out.main.push_back(std::move(notice));
    out.announce = words::plain(view.place.notice);
  }
  return out;
}

std::string shown_name(const Person& person) { return person.name.empty() ? person.kana : person.name; }

std::string age_text(const DeskView& view, const Person& person) {
  if (person.birth) {
    const household::Age age = household::age_of(*person.birth, base::date_of(view.now));
    if (age.years < 1) return view.words.count("desk.shelter.months", age.months);
    return view.words.count("desk.shelter.age", age.years);
  }
  return person.age ? view.words.count("desk.shelter.age", *person.age) : "";
}

std::string needs_text(const words::Words& words, const Person& person) {
  std::string out;
  const auto add = [&out](const std::string& word) { out += (out.empty() ? "" : "・") + word; };
  for (const household::Need need : household::list(person.needs))
    add(words("need." + std::string(name_of(need))));
  for (const household::Allergen one : household::list(person.allergens))
    add(words("allergen." + std::string(name_of(one))));
  if (!person.note.empty()) add(person.note);
  return out;
}

std::string manner_word(const words::Words& words, Manner manner) {
  switch (manner) {
    case Manner::Inside:
      return words("desk.shelter.manner.inside");
    case Manner::Car:
      return words("desk.shelter.manner.car");
    case Manner::Home:
      return words("desk.shelter.manner.home");
  }
  return "";
}

Node stay_row(const DeskView& view, const StayLine& line, bool with_shelter) {
  const auto& words = view.words;
  std::string hint;
  const auto add = [&hint](const std::string& part) {
    if (!part.empty()) hint += (hint.empty() ? "" : "　") + part;
  };
  if (line.person.kana != shown_name(line.person)) add(line.person.kana);
  add(age_text(view, line.person));
  add(line.room);
  if (!line.card.empty()) add(words("desk.shelter.card.number", {{"n", line.card}}));
  add(needs_text(words, line.person));
  if (with_shelter)
    if (const ShelterLine* at = view.find(line.shelter)) add(at->name);
  if (line.left) add(words("desk.shelter.left.at", {{"time", words.moment(*line.left, view.now)}}));
  const std::string id = "stay." + line.stay.hex();
  Node row = screen::row_button(id, shown_name(line.person), hint);
  if (line.open && line.manner != Manner::Inside)
    row.children.push_back(screen::badge(id + ".manner", manner_word(words, line.manner)));
  if (line.open && line.said)
    row.children.push_back(
        screen::badge(id + ".said", words("desk.shelter.said"), Tone::Warning, Icon::Clock));
  if (line.doubt || line.disputed)
    row.children.push_back(
        screen::badge(id + ".doubt", words("desk.shelter.doubt"), Tone::Warning, Icon::Warning));
  return row;
}

Node manner_choice(const DeskView& view, std::string id, Manner chosen) {
  std::vector<screen::Option> options;
  for (const Manner one : {Manner::Inside, Manner::Car, Manner::Home})
    options.push_back(
        screen::option(std::to_string(static_cast<int>(one)), manner_word(view.words, one), one == chosen));
  return screen::choice(std::move(id), view.words("desk.shelter.manner"), screen::Kind::Single,
                        std::move(options));
}

std::optional<Node> room_choice(const DeskView& view, const ShelterLine* shelter, std::string id,
                                const std::string& chosen) {
  if (!shelter || shelter->rooms.empty()) return std::nullopt;
  std::vector<screen::Option> options{
      screen::option("", view.words("desk.shelter.room.none"), chosen.empty())};
  std::set<std::string> once;
  for (const std::string& room : shelter->rooms)
    if (once.insert(room).second) options.push_back(screen::option(room, room, room == chosen));
  if (!chosen.empty() && !once.contains(chosen)) options.push_back(screen::option(chosen, chosen, true));
  return screen::choice(std::move(id), view.words("desk.shelter.room"), screen::Kind::Single,
                        std::move(options));
}

Node needs_choice(const words::Words& words, std::string id, Needs chosen) {
  std::vector<screen::Option> options;
  for (int i = 0; i < household::kNeeds; ++i) {
    const auto need = static_cast<household::Need>(i);
    const std::string name(name_of(need));
    options.push_back(screen::option(name, words("need." + name), chosen.has(need)));
  }
  return screen::choice(std::move(id), words("desk.shelter.needs"), screen::Kind::Multiple,
                        std::move(options));
}

Needs needs_of(const std::vector<std::string>& values) {
  Needs out;
  for (const std::string& value : values)
    if (const auto need = household::need_named(value)) out = out.with(*need);
  return out;
}

Node second_press(std::string id, std::string question, std::string yes) {
  Node button = screen::button(id + ".yes", std::move(yes), Importance::Secondary);
  button.tone = Tone::Danger;
  return screen::alert(id + ".ask", std::move(question), Tone::Danger, {std::move(button)});
}

}  // namespace machi::shelter
