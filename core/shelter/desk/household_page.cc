// A household whose pass was read: who is here, all ticked, and one button. When all of them are in already,
// the button lets them out: read again and it is out.
#include <algorithm>

#include "core/shelter/desk/page.h"

namespace machi::shelter {

Person person_of(const ShelterDesk& desk, const household::Pass& pass, const household::PassMember& member) {
  Person out;
  out.id = household::person_id(pass.household, member.number);
  out.household = pass.household;
  out.kana = member.kana;
  out.birth = member.birth;
  out.sex = member.sex;
  out.needs = member.needs;
  out.allergens = member.allergens;
  out.pets = pass.pets;
  out.telephone = pass.telephone;
  out.tell = pass.consent;
  const auto record = desk.record(pass.household);
  if (!record.ok() || !*record) return out;
  out.address = (*record)->address;
  for (const household::Member& told : (*record)->members)
    if (told.number == member.number) {
      out.name = told.name;
      out.note = told.note;
    }
  return out;
}

namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

struct Member {
  Person person;
  bool here = false;    // at this shelter, seen
  ShelterId elsewhere;  // open at another
};
std::vector<Member> members_of(const DeskView& view) {
  std::vector<Member> out;
  const auto& pass = *view.place.scanned->pass;
  for (const auto& member : pass.members) {
    Member one{person_of(view.desk, pass, member), false, {}};
    if (const auto known = view.book().of_person(one.person.id); known.ok())
      for (const StayLine& line : *known) {
        if (!line.open) continue;
        if (line.shelter != view.desk.here()) one.elsewhere = line.shelter;
        one.here |= line.shelter == view.desk.here() && !line.said;
      }
    out.push_back(std::move(one));
  }
  return out;
}
bool all_here(const std::vector<Member>& members) {
  return std::all_of(members.begin(), members.end(), [](const Member& one) { return one.here; });
}
// Those whom the button speaks of.
std::vector<Member> chosen(const DeskView& view, const std::vector<Member>& members) {
  const bool out_again = all_here(members);
  std::vector<Member> out;
  for (const Member& one : members)
    if ((out_again || !one.here) && !view.place.absent.contains(one.person.id)) out.push_back(one);
  return out;
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const DeskPlace& place = view.place;
  const household::PassReading& read = *place.scanned;
  const auto members = members_of(view);
  const std::string first = shown_name(members.front().person);
  const std::string family = first.substr(0, std::min(first.find(' '), first.find("　")));
  screen::Screen out =
      frame(view, "desk.shelter.household", words("desk.shelter.household", {{"name", family}}));
  out.main.push_back(screen::badge("read", words("desk.shelter.read"), Tone::Success, Icon::Check));
  out.main.push_back(screen::text(
      "made", words("desk.shelter.pass.made", {{"date", words.date(base::date_of(read.pass->made))}})));
  if (read.trouble != household::PassTrouble::None)
    out.main.push_back(
        screen::alert("superseded", words(household::pass_words(read.trouble)), Tone::Warning));
  const bool out_again = all_here(members);
  std::vector<screen::Option> options;
  std::string in_already, elsewhere;
  for (const Member& one : members) {
    if (one.here && !out_again) {
      in_already += (in_already.empty() ? "" : "・") + shown_name(one.person);
      continue;
    }
    if (const ShelterLine* at = one.elsewhere.is_zero() ? nullptr : view.find(one.elsewhere))
      elsewhere = at->name;
    std::string hint = age_text(view, one.person);
    if (const std::string needs = needs_text(words, one.person); !needs.empty()) hint += "　" + needs;
    options.push_back(screen::option(one.person.id.hex(), shown_name(one.person),
                                     !place.absent.contains(one.person.id), hint));
  }
  if (!in_already.empty())
    out.main.push_back(screen::text("already", words("desk.shelter.already", {{"names", in_already}})));
  if (!elsewhere.empty())
    out.main.push_back(
        screen::alert("elsewhere", words("desk.shelter.elsewhere", {{"place", elsewhere}}), Tone::Warning));
  Node who = screen::choice("here", words(out_again ? "desk.shelter.who.leaves" : "desk.shelter.who"),
                            screen::Kind::Multiple, std::move(options));
  who.hint = words("desk.shelter.who.hint");
  out.main.push_back(std::move(who));
  std::string pets;
  for (const household::Pet pet : household::list(read.pass->pets))
    pets += (pets.empty() ? "" : "・") + words("pet." + std::string(name_of(pet)));
  if (!pets.empty())
    out.main.push_back(screen::alert("pets", words("desk.shelter.pets", {{"pets", pets}}), Tone::Info));
  if (!out_again) {
    out.main.push_back(manner_choice(view, "manner", place.manner));
    if (auto room = room_choice(view, view.here(), "room", place.room)) out.main.push_back(std::move(*room));
  }
  const auto n = static_cast<std::int64_t>(chosen(view, members).size());
  Node enter = screen::button(out_again ? "leave" : "enter",
                              words.count(out_again ? "desk.shelter.leave.n" : "desk.shelter.enter.n", n),
                              Importance::Primary, Icon::Check);
  enter.disabled = n == 0;
  if (n == 0) enter.hint = words("desk.shelter.nobody");
  out.foot.push_back(std::move(enter));
  if (!out_again)
    if (auto alias = alias_button(view)) out.foot.push_back(std::move(*alias));
  out.foot.push_back(screen::button("back", words("desk.shelter.stop"), Importance::Tertiary));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  DeskPlace& place = turn.place;
  if (!place.scanned || !place.scanned->pass) {
    place.page = PageId::Reception;
    return true;
  }
  const auto members = members_of(turn.view);
  if (action.node == "here") {
    place.absent.clear();
    for (const Member& one : members)
      if (std::find(action.values.begin(), action.values.end(), one.person.id.hex()) == action.values.end() &&
          (all_here(members) || !one.here))
        place.absent.insert(one.person.id);
    return true;
  }
  if (action.node == "manner") {
    place.manner = action.value == "2" ? Manner::Car : action.value == "3" ? Manner::Home : Manner::Inside;
    return true;
  }
  if (action.node == "room") {
    place.room = action.value;
    return true;
  }
  if (action.node == "alias") {
    std::vector<Person> people_here;
    for (Member& one : chosen(turn.view, members)) people_here.push_back(std::move(one.person));
    begin_alias(turn, std::move(people_here));
    return true;
  }
  if (action.node != "enter" && action.node != "leave") return false;
  std::vector<ShelterDesk::Arrival> people;
  std::vector<PersonId> ids;
  for (Member& one : chosen(turn.view, members)) {
    ids.push_back(one.person.id);
    people.push_back({std::move(one.person), place.scanned->pass->counter, place.manner, place.room, ""});
  }
  if (action.node == "enter") {
    MACHI_TRY_SET(came, turn.desk.enter(people, turn.desk.here(), turn.view.now));
    place.notice = turn.view.words.count("desk.shelter.entered", came);
  } else {
    MACHI_TRY_SET(gone, turn.desk.leave(ids, turn.desk.here(), Away::Home, turn.view.now));
    place.notice = turn.view.words.count("desk.shelter.left", gone);
  }
  place.page = PageId::Reception;
  place.scanned.reset();
  return true;
}

}  // namespace

const Page kHouseholdPage{PageId::Household, "", Icon::None, PageId::Reception, view, act};

}  // namespace machi::shelter
