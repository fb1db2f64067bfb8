// Another name at the shelter: for somebody without a code, and for a household whose pass was read. What the
// shelter keeps is the other name, under ids that are new; who it is goes, sealed, to the town's protection
// mailbox, and is on this tablet no longer than the form.
#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const AliasDraft& draft = view.place.alias;
  screen::Screen out = frame(view, "desk.shelter.alias", words("desk.shelter.alias"));
  out.main.push_back(screen::text("how", words("desk.shelter.alias.how")));
  const auto field = [&](std::string id, const char* key, Kind kind, const std::string& value) {
    Node out_field = screen::field(std::move(id), words(key), kind, value);
    out_field.max_length = 40;
    return out_field;
  };
  for (std::size_t at = 0; at < draft.people.size(); ++at) {
    const AliasDraft::One& one = draft.people[at];
    const std::string id = "." + std::to_string(at);
    Node alias = field("alias" + id, "desk.shelter.alias.name", Kind::Text, one.alias);
    alias.required = !draft.of_pass;
    if (draft.tried && base::trimmed(one.alias).empty() && !draft.of_pass)
      alias.error = words("desk.shelter.alias.missing");
    if (draft.of_pass) {
      alias.hint = shown_name(one.person);
      out.main.push_back(std::move(alias));
      continue;
    }
    out.main.push_back(std::move(alias));
    Node age = field("age" + id, "desk.shelter.age.field", Kind::Number, one.age);
    age.minimum = "0";
    age.maximum = "150";
    out.main.push_back(std::move(age));
    out.main.push_back(needs_choice(words, "needs" + id, one.person.needs));
    Nodes sealed{
        field("true.name" + id, "desk.shelter.name", Kind::Text, one.person.name),
        field("true.kana" + id, "desk.shelter.kana", Kind::Text, one.person.kana),
        field("true.birth" + id, "household.ask.birth", Kind::Date, one.birth),
        field("true.address" + id, "desk.shelter.address", Kind::Text, one.person.address),
        field("true.telephone" + id, "desk.shelter.telephone", Kind::Telephone, one.person.telephone)};
    sealed[0].required = true;
    if (draft.tried && base::trimmed(one.person.name).empty())
      sealed[0].error = words("desk.shelter.alias.true-missing");
    sealed[2].maximum = base::date_of(view.now).iso();
    out.main.push_back(screen::group("sealed" + id, words("desk.shelter.alias.sealed"), std::move(sealed)));
  }
  out.foot.push_back(
      screen::button("enter", words("desk.shelter.walkin.enter"), Importance::Primary, Icon::Check));
  out.foot.push_back(screen::button("back", words("desk.shelter.stop"), Importance::Tertiary));
  return screen::finish(std::move(out));
}

Result<bool> take_in(Turn& turn) {
  DeskPlace& place = turn.place;
  AliasDraft& draft = place.alias;
  draft.tried = true;
  const Date today = base::date_of(turn.view.now);
  AliasEntry entry;
  entry.id = turn.desk.entropy().id<AliasTag>();
  entry.at = turn.view.now;
  if (const ShelterLine* here = turn.view.here()) entry.shelter = household::cleaned(here->name, 100);
  std::vector<ShelterDesk::Arrival> people;
  const auto household = turn.desk.entropy().id<household::HouseholdTag>();
  std::string names;
  for (AliasDraft::One& one : draft.people) {
    const std::string alias = household::cleaned(one.alias, household::kNameLimit);
    // Of a household, who is given no other name is not taken in here.
    if (alias.empty() && draft.of_pass) continue;
    Person real = one.person;
    real.name = household::cleaned(real.name, household::kNameLimit);
    real.kana = household::cleaned(real.kana, household::kNameLimit);
    if (alias.empty() || (real.name.empty() && real.kana.empty())) return true;
    if (!draft.of_pass) {
      if (const auto birth = Date::parse(one.birth); birth.ok()) real.birth = *birth;
      const std::string age = base::trimmed(base::fold_width(one.age));
      if (!age.empty() && age.size() <= 3 && age.find_first_not_of("0123456789") == std::string::npos)
        real.age = std::min(std::atoi(age.c_str()), 150);
    }
    const auto id = turn.desk.entropy().id<household::PersonTag>();
    entry.people.push_back({id, alias, real.name, real.kana, real.birth,
                            household::cleaned(real.address, household::kTextLimit),
                            household::cleaned(real.telephone, 20)});
    people.push_back(
        {under_alias(real, alias, id, household, today), 0, place.manner, place.room, "", false});
    names += (names.empty() ? "" : "・") + alias;
  }
  if (people.empty()) return true;
  MACHI_TRY(turn.desk.enter_under_alias(people, entry, turn.desk.here(), turn.view.now));
  // Nothing of who they are stays behind the screen.
  draft = {};
  place.draft = {};
  place.scanned.reset();
  place.absent.clear();
  place.page = PageId::Reception;
  place.notice = turn.view.words("desk.shelter.entered.name", {{"name", names}});
  return true;
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  AliasDraft& draft = turn.place.alias;
  if (action.node == "enter") return take_in(turn);
  for (std::size_t at = 0; at < draft.people.size(); ++at) {
    AliasDraft::One& one = draft.people[at];
    const std::string id = "." + std::to_string(at);
    if (action.node == "alias" + id) one.alias = action.value;
    if (action.node == "age" + id) one.age = action.value;
    if (action.node == "needs" + id) one.person.needs = needs_of(action.values);
    if (action.node == "true.name" + id) one.person.name = action.value;
    if (action.node == "true.kana" + id) one.person.kana = action.value;
    if (action.node == "true.birth" + id) one.birth = action.value;
    if (action.node == "true.address" + id) one.person.address = action.value;
    if (action.node == "true.telephone" + id) one.person.telephone = action.value;
  }
  return action.action != "press";
}

}  // namespace

std::optional<Node> alias_button(const DeskView& view) {
  if (!view.desk.protects()) return std::nullopt;
  return screen::button("alias", view.words("desk.shelter.alias"), Importance::Tertiary, Icon::Lock);
}

void begin_alias(Turn& turn, std::vector<Person> of_pass) {
  AliasDraft& draft = turn.place.alias;
  draft = {};
  draft.of_pass = !of_pass.empty();
  if (of_pass.empty()) of_pass.emplace_back();
  for (Person& one : of_pass) draft.people.push_back({"", "", "", std::move(one)});
  turn.place.draft = {};
  turn.place.page = PageId::Alias;
}

Status ShelterDesk::enter_under_alias(const std::vector<Arrival>& people, const AliasEntry& entry,
                                      const ShelterId& at, Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY(post_.protect(encode(entry), now));
  MACHI_TRY_SET(came, enter(people, at, now));
  (void)came;
  MACHI_TRY(transaction.commit());
  last_alias_ = AliasEntry{};
  last_alias_->id = entry.id;
  last_alias_->counter = entry.counter;
  return {};
}

const Page kAliasPage{PageId::Alias, "", Icon::None, PageId::Reception, view, act};

}  // namespace machi::shelter
