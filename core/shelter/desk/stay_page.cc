// One person: what is known, put right field by field; seen by staff; leaving, coming back, another shelter.
// What two people put right in different ways is shown with both, and the next who writes it settles it.
#include <algorithm>

#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

struct TextField {
  const char* node;
  Field field;
  const char* key;
  Kind kind;
};
constexpr TextField kTexts[] = {{"name", Field::Name, "desk.shelter.name", Kind::Text},
                                {"kana", Field::Kana, "desk.shelter.kana", Kind::Text},
                                {"telephone", Field::Telephone, "desk.shelter.telephone", Kind::Telephone},
                                {"address", Field::Address, "desk.shelter.address", Kind::Text},
                                {"note", Field::Note, "desk.shelter.note", Kind::Multiline}};

std::string text_of(const Person& person, Field field) {
  if (field == Field::Name) return person.name;
  if (field == Field::Kana) return person.kana;
  if (field == Field::Telephone) return person.telephone;
  if (field == Field::Address) return person.address;
  return person.note;
}

void doubts(const DeskView& view, const StayLine& line, Nodes& out) {
  const auto& words = view.words;
  for (const TextField& one : kTexts) {
    const auto told = view.book().heads(line.person.id.bytes, one.field);
    if (!told.ok() || told->size() < 2) continue;
    std::string both;
    for (const Head& head : *told) both += (both.empty() ? "" : " / ") + head.text;
    out.push_back(screen::alert(std::string("both.") + one.node,
                                words("desk.shelter.both", {{"field", words(one.key)}, {"values", both}}),
                                Tone::Warning));
  }
  if (!line.doubt) return;
  const auto all = view.book().of_person(line.person.id);
  std::string where;
  if (all.ok())
    for (const StayLine& other : *all)
      if (other.open && other.shelter != line.shelter)
        if (const ShelterLine* at = view.find(other.shelter)) where = at->name;
  out.push_back(screen::alert("doubt",
                              where.empty() ? words("desk.shelter.doubt.left")
                                            : words("desk.shelter.doubt.place", {{"place", where}}),
                              Tone::Warning));
}

void going(const DeskView& view, const StayLine& line, Nodes& out) {
  const auto& words = view.words;
  if (!line.open) {
    out.push_back(screen::button("come-back", words("desk.shelter.come-back"), Importance::Primary));
    return;
  }
  if (line.said)
    out.push_back(screen::button("seen", words("desk.shelter.seen"), Importance::Primary, Icon::Check));
  out.push_back(screen::button("leave.home", words("desk.shelter.leave.home"), Importance::Secondary));
  Nodes more{screen::button("leave.hospital", words("desk.shelter.leave.hospital"), Importance::Tertiary),
             screen::button("leave.elsewhere", words("desk.shelter.leave.elsewhere"), Importance::Tertiary),
             screen::button("leave.mistake", words("desk.shelter.leave.mistake"), Importance::Tertiary)};
  std::vector<screen::Option> others{screen::option("", words("desk.shelter.move.none"), true)};
  for (const ShelterLine& one : view.shelters)
    if (one.id != line.shelter && one.standing == Standing::Open)
      others.push_back(screen::option(one.id.hex(), one.name));
  if (others.size() > 1)
    more.push_back(screen::choice("move", words("desk.shelter.move"), Kind::Single, std::move(others)));
  Node group = screen::group("going", words("desk.shelter.going"), std::move(more));
  group.collapsed = true;
  out.push_back(std::move(group));
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const auto found = view.book().stay(view.place.stay);
  if (!found.ok() || !*found) {
    screen::Screen gone = frame(view, "desk.shelter.stay", words("desk.shelter.page.list"));
    gone.main.push_back(screen::empty("none", words("desk.shelter.list.none")));
    gone.foot.push_back(screen::button("back", words("button.back"), Importance::Tertiary));
    return screen::finish(std::move(gone));
  }
  const StayLine& line = **found;
  const Person& person = line.person;
  screen::Screen out = frame(view, "desk.shelter.stay/" + line.stay.hex(), shown_name(person));
  doubts(view, line, out.main);
  Nodes facts;
  const ShelterLine* at = view.find(line.shelter);
  facts.push_back(screen::fact("at", words("desk.shelter.where"), at ? at->name : ""));
  facts.push_back(screen::fact("entered", words("desk.shelter.came"), words.moment(line.entered, view.now)));
  if (line.left)
    facts.push_back(screen::fact("left", words("desk.shelter.gone"), words.moment(*line.left, view.now)));
  if (const std::string age = age_text(view, person); !age.empty())
    facts.push_back(screen::fact("age.now", words("desk.shelter.age.field"), age));
  out.main.push_back(screen::facts("facts", "", std::move(facts)));
  going(view, line, out.main);
  for (const TextField& one : kTexts) {
    Node field = screen::field(one.node, words(one.key), one.kind, text_of(person, one.field));
    field.max_length = one.field == Field::Note ? 300 : one.field == Field::Telephone ? 20 : 60;
    out.main.push_back(std::move(field));
  }
  if (!person.birth)
    out.main.push_back(screen::field("age", words("desk.shelter.age.field"), Kind::Number,
                                     person.age ? std::to_string(*person.age) : ""));
  out.main.push_back(needs_choice(words, "needs", person.needs));
  out.main.push_back(manner_choice(view, "manner", line.manner));
  if (auto room = room_choice(view, at, "room", line.room)) out.main.push_back(std::move(*room));
  Node card = screen::field("card", words("desk.shelter.card"), Kind::Text, line.card);
  card.max_length = 12;
  out.main.push_back(std::move(card));
  Node tell = screen::choice("tell", words("desk.shelter.tell"), Kind::Single,
                             {screen::option("0", words("desk.shelter.tell.no"), !person.tell),
                              screen::option("1", words("desk.shelter.tell.yes"), person.tell)});
  out.main.push_back(std::move(tell));
  Nodes family;
  if (const auto all = view.book().of_household(person.household); all.ok())
    for (const StayLine& other : *all)
      if (other.open && other.person.id != person.id) family.push_back(stay_row(view, other, true));
  if (!family.empty()) {
    Nodes all{screen::list("family.people", "", std::move(family))};
    if (line.said)
      all.push_back(
          screen::button("seen.all", words("desk.shelter.seen.all"), Importance::Secondary, Icon::Check));
    Node leave_all = screen::button("leave.all", words("desk.shelter.leave.all"), Importance::Secondary);
    all.push_back(std::move(leave_all));
    out.main.push_back(screen::group("family", words("desk.shelter.family"), std::move(all)));
  }
  out.foot.push_back(screen::button("back", words("button.back"), Importance::Tertiary, Icon::Back));
  return screen::finish(std::move(out));
}

Result<bool> put_right(Turn& turn, const StayLine& line, const screen::Action& action) {
  const auto say = [&](bool of_stay, Field field, std::string text, std::int64_t number) -> Result<bool> {
    MACHI_TRY(turn.desk.say(of_stay ? line.stay.bytes : line.person.id.bytes, field, std::move(text), number,
                            turn.view.now));
    return true;
  };
  for (const TextField& one : kTexts)
    if (action.node == one.node) {
      const std::string typed = base::trimmed(action.value);
      // A person has a name or a reading.
      const bool named = one.field != Field::Name && one.field != Field::Kana;
      if (!named && typed.empty()) return true;
      if (typed == text_of(line.person, one.field) && !line.disputed) return true;
      return say(false, one.field, typed, 0);
    }
  if (action.node == "age") {
    const int age = std::atoi(base::fold_width(action.value).c_str());
    return age < 0 || age > 150 || action.value.empty() ? Result<bool>(true)
                                                        : say(false, Field::Age, "", age);
  }
  if (action.node == "needs") {
    // Bits that this program does not know stay as they are.
    const std::uint32_t known = (1u << household::kNeeds) - 1;
    return say(false, Field::NeedBits, "", (line.person.needs.bits & ~known) | needs_of(action.values).bits);
  }
  if (action.node == "manner") return say(true, Field::Manner, "", std::atoi(action.value.c_str()));
  if (action.node == "room") return say(true, Field::Room, action.value, 0);
  if (action.node == "card") return say(true, Field::Card, base::trimmed(action.value), 0);
  if (action.node == "tell") return say(false, Field::Tell, "", action.value == "1" ? 1 : 0);
  if (action.node == "seen") return say(true, Field::Seen, "", 1);
  return false;
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  const auto& words = turn.view.words;
  MACHI_TRY_SET(found, turn.view.book().stay(turn.place.stay));
  if (!found) return false;
  const StayLine& line = *found;
  if (const auto id = subject(action, "stay")) {
    MACHI_TRY_SET(stay, StayId::from_hex_text(*id));
    turn.place.stay = stay;
    return true;
  }
  if (action.node == "move") {
    MACHI_TRY_SET(to, ShelterId::from_hex_text(action.value));
    MACHI_TRY(turn.desk.move({line.person.id}, to, turn.view.now));
    const ShelterLine* there = turn.view.find(to);
    turn.place.notice =
        words("desk.shelter.moved", {{"name", shown_name(line.person)}, {"place", there ? there->name : ""}});
    turn.place.page = turn.desk.headquarters() ? PageId::Roster : PageId::List;
    return true;
  }
  if (action.node == "seen.all") {
    MACHI_TRY_SET(family, turn.view.book().of_household(line.person.household));
    Facts facts;
    for (const StayLine& other : family)
      if (other.open && other.said && other.shelter == line.shelter)
        facts.push_back(turn.desk.fact(Correct{other.stay.bytes, Field::Seen, "", 1, {}}, turn.view.now));
    const auto seen = static_cast<std::int64_t>(facts.size());
    MACHI_TRY(turn.desk.write(std::move(facts), turn.view.now));
    turn.place.notice = words.count("desk.shelter.entered", seen);
    turn.place.page = turn.desk.headquarters() ? PageId::Roster : PageId::List;
    return true;
  }
  if (action.node == "come-back") {
    MACHI_TRY_SET(came, turn.desk.enter({{line.person, 0, Manner::Inside, line.room, line.card}},
                                        line.shelter, turn.view.now));
    (void)came;
    turn.place.notice = words("desk.shelter.entered.name", {{"name", shown_name(line.person)}});
    turn.place.page = turn.desk.headquarters() ? PageId::Roster : PageId::List;
    return true;
  }
  if (const auto how = subject(action, "leave")) {
    std::vector<PersonId> people{line.person.id};
    if (*how == "all") {
      MACHI_TRY_SET(family, turn.view.book().of_household(line.person.household));
      for (const StayLine& other : family) people.push_back(other.person.id);
      std::sort(people.begin(), people.end());
      people.erase(std::unique(people.begin(), people.end()), people.end());
    }
    const Away away = *how == "hospital"    ? Away::Hospital
                      : *how == "elsewhere" ? Away::Elsewhere
                      : *how == "mistake"   ? Away::Mistake
                                            : Away::Home;
    MACHI_TRY_SET(gone, turn.desk.leave(people, line.shelter, away, turn.view.now));
    turn.place.notice = words.count("desk.shelter.left", gone);
    turn.place.page = turn.desk.headquarters() ? PageId::Roster : PageId::List;
    return true;
  }
  return put_right(turn, line, action);
}

}  // namespace

const Page kStayPage{PageId::Stay, "", Icon::None, PageId::List, view, act};

}  // namespace machi::shelter
