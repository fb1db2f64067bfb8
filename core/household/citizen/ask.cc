// One question a page: what was typed or chosen, its check, and where it goes on. A new member is in the
// record as soon as it has a name and a birth date; what follows can be left out.
#include <algorithm>

#include "core/base/text.h"
#include "core/household/citizen/screens.h"

namespace machi::household {
namespace {

using screen::Kind;
using screen::Node;
using Move = Step::Move;

constexpr std::string_view kKanaDraft = "kana";

bool is_single(const std::string& what) { return what == "sex" || what == "place" || what == "consent"; }
bool is_choice(const std::string& what) {
  return is_single(what) || what == "needs" || what == "allergens" || what == "pets";
}

template <class Bit>
std::vector<std::string> names_in(Set<Bit> set) {
  std::vector<std::string> out;
  for (const Bit bit : list(set)) out.emplace_back(name_of(bit));
  return out;
}

template <class Bit>
void take(const std::vector<std::string>& names, std::optional<Bit> (*named)(std::string_view),
          Set<Bit>& out) {
  out = {};
  for (const std::string& name : names)
    if (const auto bit = named(name)) out = out.with(*bit);
}

// A reading: kana, or the name in Roman letters.
bool is_reading(std::string_view name) {
  bool latin = !name.empty();
  for (const char c : name) latin &= static_cast<unsigned char>(c) < 0x80;
  return latin || (!name.empty() && kana_bytes(name).has_value());
}

// What is asked behind `what`, for one member after the other question; "" at the end.
std::string next_of(const std::string& what, const Member& member) {
  if (what == "birth") return "sex";
  if (what == "sex") return "needs";
  const bool tells =
      member.needs.has(Need::Allergy) || member.needs.has(Need::Medicine) || member.needs.has(Need::Care);
  if (what == "needs" && member.needs.has(Need::Allergy)) return "allergens";
  return (what == "needs" || what == "allergens") && tells ? "note" : "";
}

}  // namespace

Household household_of(const ScreenContext& context) {
  auto loaded = context.book.load();
  return loaded.ok() && *loaded ? std::move(**loaded) : Household();
}

Member* member_of(Household& household, const std::string& number) {
  for (Member& one : household.members)
    if (std::to_string(one.number) == number) return &one;
  return nullptr;
}

void Screens::read(const Household& household) {
  text_.clear();
  more_.clear();
  chosen_.clear();
  error_.clear();
  Household copy = household;
  const Member* member = member_of(copy, who_);
  if (member != nullptr) {
    if (what_ == "kana") text_ = member->kana;
    if (what_ == "birth") text_ = member->birth.iso();
    if (what_ == "note") text_ = member->note;
    if (what_ == "sex") chosen_ = {member->sex ? std::string(name_of(*member->sex)) : "none"};
    if (what_ == "needs") chosen_ = names_in(member->needs);
    if (what_ == "allergens") chosen_ = names_in(member->allergens);
  }
  if (what_ == "telephone") text_ = household.telephone;
  if (what_ == "address") text_ = household.address;
  if (what_ == "pets") chosen_ = names_in(household.pets);
  if (what_ == "place") chosen_ = {std::string(name_of(household.place))};
  if (what_ == "consent") chosen_ = {household.consent ? "yes" : "no"};
  if (what_ == "supporter" && !household.supporters.empty()) {
    text_ = household.supporters[0].name;
    more_ = household.supporters[0].telephone;
  }
}

// Into the household; the key of what is wrong, or "".
std::string Screens::put(Household& household) {
  const std::string value = cleaned(text_, what_ == "kana" || what_ == "supporter" ? kNameLimit : kTextLimit);
  const auto telephone = [](const std::string& typed, std::string& to) {
    const auto digits = base::phone_digits(typed);
    to = digits.ok() ? *digits : "";
    return digits.ok() || base::trimmed(typed).empty();
  };
  Member* member = member_of(household, who_);
  if (!who_.empty() && who_ != "new" && member == nullptr) return "household.bad.kana";
  if (what_ == "kana") {
    const std::string kana = base::fold_width(value);
    if (!is_reading(kana)) return "household.bad.kana";
    text_ = kana;
    if (member != nullptr) member->kana = kana;
  }
  if (what_ == "birth") {
    const auto birth = Date::parse(text_);
    if (!birth.ok() || birth->days < -40000) return "household.bad.birth";
    if (member != nullptr) member->birth = *birth;
  }
  if (member != nullptr && what_ == "note") member->note = value;
  if (member != nullptr && what_ == "sex")
    member->sex = chosen_.empty() ? std::nullopt : sex_named(chosen_[0]);
  if (member != nullptr && what_ == "needs") take(chosen_, need_named, member->needs);
  if (member != nullptr && what_ == "allergens") take(chosen_, allergen_named, member->allergens);
  if (what_ == "telephone" && !telephone(text_, household.telephone)) return "household.bad.telephone";
  if (what_ == "address") household.address = value;
  if (what_ == "pets") take(chosen_, pet_named, household.pets);
  if (what_ == "place" && !chosen_.empty())
    household.place = place_named(chosen_[0]).value_or(Place::Shelter);
  if (what_ == "consent") household.consent = !chosen_.empty() && chosen_[0] == "yes";
  if (what_ == "supporter") {
    household.supporters.clear();
    Supporter one{value, ""};
    if (!telephone(more_, one.telephone)) return "household.bad.telephone";
    if (!value.empty()) household.supporters.push_back(std::move(one));
  }
  return "";
}

Step Screens::save(const ScreenContext& context) {
  Household household = household_of(context);
  error_ = put(household);
  if (!error_.empty()) return {};
  HouseholdBook book = context.book;
  if (who_ == "new" && what_ == "kana") {
    if (!book.save_draft(kKanaDraft, base::view(text_)).ok()) return error_ = "error.storage.what", Step();
    return {Move::Replace, kAsk, "new.birth+"};
  }
  if (who_ == "new") {
    const base::Bytes kana = book.draft(kKanaDraft);
    const auto birth = Date::parse(text_);
    if (household.members.size() >= kMemberLimit || household.last_number >= kNumberLimit)
      return error_ = "household.bad.full", Step();
    if (kana.empty() || !birth.ok() || *birth > base::date_of(context.now))
      return error_ = "household.bad.birth", Step();
    Member member;
    member.number = ++household.last_number;
    member.kana = std::string(base::text_view(kana));
    member.birth = *birth;
    who_ = std::to_string(member.number);
    household.members.push_back(std::move(member));
  } else if (what_ == "birth" && *Date::parse(text_) > base::date_of(context.now)) {
    return error_ = "household.bad.birth", Step();
  }
  const bool was_new = household.id.is_zero();
  if (!book.save(household, context.entropy, context.now).ok()) return error_ = "error.storage.what", Step();
  static_cast<void>(book.drop_draft(kKanaDraft));
  const Member* member = member_of(household, who_);
  const std::string next = on_ && member != nullptr ? next_of(what_, *member) : "";
  Step out = next.empty() ? Step{Move::Back, "", ""} : Step{Move::Replace, kAsk, who_ + "." + next + "+"};
  out.persist = was_new;
  return out;
}

screen::Screen Screens::ask(const ScreenContext& context, screen::Screen out) const {
  const words::Words& words = context.words;
  const std::string title = words("household.ask." + what_);
  Node node;
  if (is_choice(what_)) {
    std::vector<screen::Option> options;
    const auto add = [&](std::string_view name, const std::string& key) {
      const bool on = std::find(chosen_.begin(), chosen_.end(), name) != chosen_.end();
      options.push_back(screen::option(std::string(name), words(key), on));
    };
    if (what_ == "needs")
      for (const Need one : list(Needs{(1u << kNeeds) - 1})) add(name_of(one), words_of(one));
    if (what_ == "allergens")
      for (const Allergen one : list(Allergens{(1u << kAllergens) - 1})) add(name_of(one), words_of(one));
    if (what_ == "pets")
      for (const Pet one : list(Pets{(1u << kPets) - 1})) add(name_of(one), words_of(one));
    if (what_ == "place")
      for (const Place one : {Place::Shelter, Place::Car, Place::Home}) add(name_of(one), words_of(one));
    if (what_ == "sex") {
      for (const Sex one : {Sex::Female, Sex::Male, Sex::Other}) add(name_of(one), words_of(one));
      add("none", "household.unsaid");
    }
    if (what_ == "consent") {
      add("no", "household.consent.no");
      add("yes", "household.consent.yes");
    }
    node =
        screen::choice("answer", title, is_single(what_) ? Kind::Single : Kind::Multiple, std::move(options));
    if (!is_single(what_)) node.hint = words("household.all-that-hold");
    if (what_ == "consent") node.hint = words("household.consent.hint");
  } else {
    const Kind kind = what_ == "birth"       ? Kind::Date
                      : what_ == "telephone" ? Kind::Telephone
                      : what_ == "note"      ? Kind::Multiline
                                             : Kind::Text;
    node = screen::field("answer", title, kind, text_);
    if (what_ == "kana") node.hint = words("household.kana.hint");
    if (what_ == "birth") {
      node.maximum = base::date_of(context.now).iso();
      if (const auto day = Date::parse(text_); day.ok())
        node.options.push_back(screen::option(day->iso(), words.birth(*day), true));
    }
    node.max_length =
        kind == Kind::Text || kind == Kind::Multiline
            ? static_cast<int>(what_ == "kana" || what_ == "supporter" ? kNameLimit : kTextLimit)
            : 0;
  }
  if (!error_.empty()) node.error = words(error_);
  out.focus = "answer";
  out.main.push_back(std::move(node));
  if (what_ == "supporter")
    out.main.push_back(screen::field("more", words("household.ask.telephone"), Kind::Telephone, more_));
  out.foot.push_back(
      screen::button("save", words(on_ ? "household.next" : "household.save"), screen::Importance::Primary));
  return out;
}

bool Screens::open(const ScreenContext& context, const std::string& name, const std::string& subject) {
  Household household = household_of(context);
  if (name == kMember) return member_of(household, subject) != nullptr;
  if (name == kShow) {
    household = outward(context.book, std::move(household));
    if (!context.key || household.members.empty()) return false;
    // Sealed once for a counter and a key: the symbol on the screen stays the same one.
    const auto kept = code::decode(context.book.draft("pass"));
    const auto of =
        kept.ok() ? kept->bytes_at(2) : base::Result<base::ByteView>(base::fail(base::Code::NotFound));
    const auto counter =
        kept.ok() ? kept->integer_at(1) : base::Result<std::int64_t>(base::fail(base::Code::NotFound));
    if (of.ok() && counter.ok() && base::equal(*of, context.key->bytes) &&
        static_cast<std::uint64_t>(*counter) == household.counter)
      return true;
    const auto text =
        write_pass(context.entropy, context.town, *context.key, pass_of(household, household.confirmed));
    HouseholdBook book = context.book;
    return text.ok() &&
           book.save_draft("pass", code::encode(code::Cbor::map(
                                       {{1, household.counter}, {2, context.key->bytes}, {3, *text}})))
               .ok();
  }
  if (name != kAsk) return true;
  on_ = subject.ends_with('+');
  const std::string bare = subject.substr(0, subject.size() - (on_ ? 1 : 0));
  const auto dot = bare.find('.');
  who_ = dot == std::string::npos ? "" : bare.substr(0, dot);
  what_ = dot == std::string::npos ? bare : bare.substr(dot + 1);
  read(household);
  return true;
}

Step Screens::act(const ScreenContext& context, const std::string& name, const screen::Action& action) {
  if (name == kAsk) {
    if (action.action == "enter") (action.node == "more" ? more_ : text_) = action.value;
    if (action.action == "choose") chosen_ = is_single(what_) ? std::vector{action.value} : action.values;
    return action.action == "press" && action.node == "save" ? save(context) : Step();
  }
  if (action.action != "press") return {};
  const std::string_view node = action.node;
  HouseholdBook book = context.book;
  Household household = household_of(context);
  if (node == "add") return {Move::Push, kAsk, "new.kana+"};
  if (node == "pass") return {Move::Push, kShow, ""};
  if (node.starts_with("ask:")) return {Move::Push, kAsk, std::string(node.substr(4))};
  if (node.starts_with("member:")) return {Move::Push, kMember, std::string(node.substr(7))};
  if (node.starts_with("remove:")) {
    std::erase_if(household.members,
                  [&](const Member& one) { return std::to_string(one.number) == node.substr(7); });
    static_cast<void>(book.save(household, context.entropy, context.now));
    return {Move::Back, "", ""};
  }
  if (node == "still") static_cast<void>(book.save(household, context.entropy, context.now));
  if (node == "edit") return {Move::Back, "", ""};
  if (node != "picture" && node != "print") return {};
  // From now on it is out of the browser's mercy.
  static_cast<void>(book.save_draft("taken", code::encode(code::Cbor(household.counter))));
  Step out;
  out.print = node == "print";
  const auto kept = code::decode(book.draft("pass"));
  const auto text =
      kept.ok() ? kept->text_at(3) : base::Result<std::string>(base::fail(base::Code::NotFound));
  if (node == "picture" && text.ok()) {
    out.picture = *text;
    for (const char* key : {"household.pass.title", "household.pass.show"})
      out.lines.push_back(words::plain(context.words(key)));
    out.lines.push_back(words::plain(context.words(
        "household.pass.made", {{"date", context.words.date(base::date_of(household.confirmed))}})));
  }
  return out;
}

}  // namespace machi::household
