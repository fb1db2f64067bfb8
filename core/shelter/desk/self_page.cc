// A tablet that stands at the door alone: it reads passes and says "got it", large. It names nobody, shows no
// list and leads nowhere else; only staff take it back, through the screen lock. Who came in so is counted
// apart until staff have seen them, as whoever read the poster.
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Tone;

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const SelfReception& self = view.place.self;
  screen::Screen out;
  out.app = "desk";
  out.name = "desk.shelter.self";
  out.language = words.language();
  const ShelterLine* here = view.here();
  const std::string place = here ? here->name : view.office;
  const bool got = self.people > 0;
  const std::string title =
      got ? words.count(self.again ? "desk.shelter.self.again" : "desk.shelter.self.got", self.people)
      : self.trouble.empty() ? words("desk.shelter.self.title")
                             : words("desk.shelter.self.trouble");
  out.title = words::plain(words("desk.shelter.self.title") + " - " + place);
  out.bar.push_back(screen::text("shelter", place));
  out.bar.push_back(
      view.connected
          ? screen::badge("connection", words("desk.shelter.self.open"), Tone::Success, Icon::Online)
          : screen::badge("connection", words("desk.shelter.offline"), Tone::Warning, Icon::Offline));
  Node hero = screen::heading("heading", title);
  if (got) {
    hero.icon = Icon::Check;
    hero.tone = Tone::Success;
  } else if (!self.trouble.empty()) {
    hero.icon = Icon::Warning;
    hero.tone = Tone::Warning;
  }
  out.main.push_back(std::move(hero));
  const std::string next = got                    ? words("desk.shelter.self.next")
                           : self.trouble.empty() ? words("desk.shelter.self.hint")
                                                  : words(self.trouble);
  out.main.push_back(screen::text("next", next));
  if (!self.trouble.empty()) out.main.push_back(screen::text("staff-next", words("desk.shelter.self.ask")));
  // Who comes has a symbol in the hand: there is nothing to type, and no file to choose.
  Node scanner = screen::standing_scanner("scanner", words("desk.shelter.self.scan"));
  scanner.options = {screen::option("camera", words("desk.shelter.self.scan"))};
  out.main.push_back(std::move(scanner));
  if (got || !self.trouble.empty()) out.announce = words::plain(title + " " + next);
  if (view.place.asking == "staff")
    out.foot.push_back(
        second_press("staff", words("desk.shelter.self.staff.ask"), words("desk.shelter.self.staff.yes")));
  else
    out.foot.push_back(
        screen::button("staff", words("desk.shelter.self.staff"), Importance::Tertiary, Icon::Lock));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  SelfReception& self = turn.place.self;
  if (action.node == "staff") {
    turn.place.asking = "staff";
    return true;
  }
  if (turn.asked) {
    MACHI_TRY(turn.desk.set("self", ""));
    self = {};
    turn.place.page = PageId::Reception;
    turn.ask.lock = true;
    return true;
  }
  if (action.node != "scanner" || !turn.read_pass) return false;
  self = {};
  const household::PassReading read = turn.read_pass(action.value);
  if (!read.pass) {
    self.trouble = household::pass_words(read.trouble);
    return true;
  }
  std::vector<ShelterDesk::Arrival> people;
  const auto manner = static_cast<Manner>(static_cast<int>(read.pass->place) + 1);
  for (const household::PassMember& member : read.pass->members)
    people.push_back({person_of(turn.desk, *read.pass, member), read.pass->counter, manner, "", "", true});
  MACHI_TRY_SET(came, turn.desk.enter(people, turn.desk.here(), turn.view.now));
  turn.desk.forget_last();
  self.again = came == 0;
  self.people = came == 0 ? static_cast<int>(people.size()) : came;
  return true;
}

}  // namespace

const Page kSelfPage{PageId::Self, "", Icon::None, PageId::Reception, view, act};

}  // namespace machi::shelter
