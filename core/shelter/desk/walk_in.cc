// Somebody without a code: four fields - name, age, sex, needs - and the rest later. Nobody is turned away
// because of a form either: a name is all that it wants.
#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;

std::optional<int> age_typed(const std::string& text) {
  const std::string narrow = base::trimmed(base::fold_width(text));
  if (narrow.empty() || narrow.size() > 3 || narrow.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  const int age = std::atoi(narrow.c_str());
  return age <= 150 ? std::optional<int>(age) : std::nullopt;
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const WalkInDraft& draft = view.place.draft;
  screen::Screen out = frame(view, "desk.shelter.walkin", words("desk.shelter.walkin.title"));
  if (!draft.household.is_zero())
    out.main.push_back(screen::text("together", words("desk.shelter.walkin.together")));
  Node name = screen::field("name", words("desk.shelter.name"), Kind::Text, draft.name);
  name.max_length = 60;
  name.required = true;
  if (draft.tried && base::trimmed(draft.name).empty()) name.error = words("desk.shelter.name.missing");
  out.main.push_back(std::move(name));
  Node age = screen::field("age", words("desk.shelter.age.field"), Kind::Number, draft.age);
  age.minimum = "0";
  age.maximum = "150";
  if (!draft.age.empty() && !age_typed(draft.age)) age.error = words("desk.shelter.age.wrong");
  out.main.push_back(std::move(age));
  std::vector<screen::Option> sexes;
  for (const auto& [sex, key] :
       {std::pair{Sex::Female, "female"}, {Sex::Male, "male"}, {Sex::Other, "other"}})
    sexes.push_back(screen::option(key, words("desk.shelter.sex." + std::string(key)), draft.sex == sex));
  out.main.push_back(screen::choice("sex", words("desk.shelter.sex"), Kind::Single, std::move(sexes)));
  out.main.push_back(needs_choice(words, "needs", draft.needs));
  Nodes later{screen::field("kana", words("desk.shelter.kana"), Kind::Text, draft.kana),
              screen::field("telephone", words("desk.shelter.telephone"), Kind::Telephone, draft.telephone),
              screen::field("address", words("desk.shelter.address"), Kind::Text, draft.address),
              screen::field("card", words("desk.shelter.card"), Kind::Text, draft.card),
              manner_choice(view, "manner", view.place.manner)};
  later[0].max_length = later[2].max_length = 60;
  later[3].max_length = 12;
  if (auto room = room_choice(view, view.here(), "room", view.place.room)) later.push_back(std::move(*room));
  Node rest = screen::group("later", words("desk.shelter.walkin.later"), std::move(later));
  rest.collapsed = true;
  out.main.push_back(std::move(rest));
  out.foot.push_back(
      screen::button("enter", words("desk.shelter.walkin.enter"), Importance::Primary, Icon::Check));
  out.foot.push_back(
      screen::button("more", words("desk.shelter.walkin.more"), Importance::Secondary, Icon::Add));
  if (draft.household.is_zero())
    if (auto alias = alias_button(view)) out.foot.push_back(std::move(*alias));
  out.foot.push_back(screen::button("back", words("desk.shelter.stop"), Importance::Tertiary));
  return screen::finish(std::move(out));
}

Result<bool> take_in(Turn& turn, bool more) {
  DeskPlace& place = turn.place;
  WalkInDraft& draft = place.draft;
  draft.tried = true;
  Person person;
  person.name = base::trimmed(draft.name);
  if (person.name.empty()) return true;
  if (!draft.age.empty() && !(person.age = age_typed(draft.age))) return true;
  if (draft.household.is_zero()) draft.household = turn.desk.entropy().id<household::HouseholdTag>();
  person.id = turn.desk.entropy().id<household::PersonTag>();
  person.household = draft.household;
  person.kana = base::trimmed(draft.kana);
  person.sex = draft.sex;
  person.needs = draft.needs;
  person.address = base::trimmed(draft.address);
  const auto digits = base::phone_digits(draft.telephone);
  person.telephone = digits.ok() ? *digits : base::trimmed(draft.telephone);
  if (base::count_code_points(person.telephone) > 20) person.telephone.clear();
  const std::string name = person.name;
  MACHI_TRY_SET(came,
                turn.desk.enter({{std::move(person), 0, place.manner, place.room, base::trimmed(draft.card)}},
                                turn.desk.here(), turn.view.now));
  (void)came;
  place.notice = turn.view.words("desk.shelter.entered.name", {{"name", name}});
  if (more) {
    WalkInDraft next;
    next.household = draft.household;
    next.telephone = draft.telephone;
    next.address = draft.address;
    draft = std::move(next);
  } else {
    draft = {};
    place.page = PageId::Reception;
  }
  return true;
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  WalkInDraft& draft = turn.place.draft;
  if (action.node == "enter") return take_in(turn, false);
  if (action.node == "more") return take_in(turn, true);
  if (action.node == "alias") {
    begin_alias(turn, {});
    return true;
  }
  if (action.node == "name") draft.name = action.value;
  if (action.node == "age") draft.age = action.value;
  if (action.node == "kana") draft.kana = action.value;
  if (action.node == "telephone") draft.telephone = action.value;
  if (action.node == "address") draft.address = action.value;
  if (action.node == "card") draft.card = action.value;
  if (action.node == "needs") draft.needs = needs_of(action.values);
  if (action.node == "room") turn.place.room = action.value;
  if (action.node == "manner")
    turn.place.manner = action.value == "2"   ? Manner::Car
                        : action.value == "3" ? Manner::Home
                                              : Manner::Inside;
  if (action.node == "sex")
    draft.sex = action.value == "male" ? Sex::Male : action.value == "female" ? Sex::Female : Sex::Other;
  return action.action != "press";
}

}  // namespace

const Page kWalkInPage{PageId::WalkIn, "", Icon::None, PageId::Reception, view, act};

}  // namespace machi::shelter
