// Overview, a member, and the pass. "Registered" is said only of what the browser cannot drop.
#include "core/household/citizen/screens.h"

namespace machi::household {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr const char* kAnd = " / ";
constexpr int kHoldsDays = 365;
constexpr int kMonthsShown = 2;  // years of age below which months are shown

std::string shown_age(const ScreenContext& context, const Member& member) {
  const Age age = age_of(member.birth, base::date_of(context.now));
  return age.years < kMonthsShown ? context.words.count("household.months", age.years * 12 + age.months)
                                  : context.words("household.age", {{"n", std::to_string(age.years)}});
}

template <class Bit>
std::string shown(const ScreenContext& context, Set<Bit> set) {
  std::string out;
  for (const Bit bit : list(set)) out += (out.empty() ? "" : kAnd) + context.words(words_of(bit));
  return out;
}

Node fact(const ScreenContext& context, const std::string& who, const char* what, const std::string& value) {
  return screen::row_button("ask:" + who + what, context.words("household.ask." + std::string(what)),
                            value.empty() ? context.words("household.none") : value);
}

}  // namespace

std::optional<screen::Screen> Screens::view(const ScreenContext& context, const std::string& name,
                                            const std::string& subject) const {
  screen::Screen out;
  out.name = subject.empty() ? name : name + "/" + subject;
  out.language = context.words.language();
  Household household = household_of(context);
  if (name == kShow) household = outward(context.book, std::move(household));
  const Member* one = name == kMember ? member_of(household, subject) : nullptr;
  if (name == kMember && one == nullptr) return std::nullopt;
  if (name == kShow && (!context.key || household.members.empty())) return std::nullopt;
  const std::string title = one != nullptr  ? one->kana
                            : name == kShow ? context.words("household.pass.title")
                                            : context.words("household.title");
  out.title = words::plain(title);
  out.bar.push_back(screen::button("back", context.words("button.back"), Importance::Tertiary, Icon::Back));
  (context.words.easy() ? out.main : out.bar).push_back(screen::heading("title", title));
  if (name == kAsk) return ask(context, std::move(out));
  if (one != nullptr) return member(context, household, *one, std::move(out));
  if (name == kShow) return show(context, household, std::move(out));
  return overview(context, household, std::move(out));
}

screen::Screen Screens::overview(const ScreenContext& context, const Household& household,
                                 screen::Screen out) const {
  const words::Words& words = context.words;
  Node add = screen::button("add", words("household.add"), Importance::Secondary, Icon::Add);
  if (household.members.empty()) {
    out.main.push_back(screen::text("intro", words("household.intro")));
    add.importance = Importance::Primary;
    // Whoever helps others has plans without a household of their own.
    for (const Node& node : context.going)
      if (node.id == "plans") out.main.push_back(node);
    out.foot.push_back(std::move(add));
    return out;
  }
  if (base::date_of(household.confirmed).plus(kHoldsDays) <= base::date_of(context.now))
    out.main.push_back(screen::alert("stale", words("household.stale"), Tone::Warning,
                                     {screen::button("still", words("household.still"))}));
  const auto taken = code::decode(context.book.draft("taken"));
  const auto counter =
      taken.ok() ? taken->integer() : base::Result<std::int64_t>(base::fail(base::Code::NotFound));
  const bool on_paper = counter.ok() && static_cast<std::uint64_t>(*counter) == household.counter;
  if (context.kept || on_paper) {
    out.main.push_back(screen::alert("registered", words("household.registered"), Tone::Success));
  } else {
    out.main.push_back(screen::alert("unkept", words("household.unkept"), Tone::Warning));
    if (context.key) out.main.back().hint = words("household.unkept.next");
  }
  for (const Node& node : context.going) out.main.push_back(node);
  Nodes people;
  for (const Member& one : household.members) {
    std::string hint = shown_age(context, one);
    if (const std::string needs = shown(context, one.needs); !needs.empty()) hint += kAnd + needs;
    people.push_back(screen::row_button("member:" + std::to_string(one.number), one.kana, hint));
    people.back().icon = Icon::Person;
  }
  out.main.push_back(screen::group("people", words("household.people"),
                                   {screen::list("members", "", std::move(people)), std::move(add)}));
  Nodes facts{
      fact(context, "", "telephone", household.telephone),
      fact(context, "", "address", household.address),
      fact(context, "", "pets", shown(context, household.pets)),
      fact(context, "", "supporter", household.supporters.empty() ? "" : household.supporters[0].name),
      fact(context, "", "place", words(words_of(household.place))),
      fact(context, "", "consent",
           words(household.consent ? "household.consent.yes" : "household.consent.no"))};
  out.main.push_back(
      screen::group("facts", words("household.facts"), {screen::list("facts.list", "", std::move(facts))}));
  for (const Node& node : context.sending) out.main.push_back(node);
  if (context.key) {
    out.foot.push_back(screen::button("pass", words("household.show"), Importance::Primary, Icon::Scan));
  } else {
    out.main.push_back(screen::alert("no-key", words("household.no-key"), Tone::Info));
  }
  return out;
}

screen::Screen Screens::member(const ScreenContext& context, const Household&, const Member& one,
                               screen::Screen out) const {
  const std::string who = std::to_string(one.number) + ".";
  Nodes facts{fact(context, who, "kana", one.kana),
              fact(context, who, "birth", context.words.birth(one.birth)),
              fact(context, who, "sex", one.sex ? context.words(words_of(*one.sex)) : ""),
              fact(context, who, "needs", shown(context, one.needs)),
              fact(context, who, "allergens", shown(context, one.allergens)),
              fact(context, who, "note", one.note)};
  out.main.push_back(screen::list("facts.list", "", std::move(facts)));
  out.foot.push_back(screen::button("remove:" + std::to_string(one.number), context.words("household.remove"),
                                    Importance::Tertiary, Icon::Delete));
  return out;
}

screen::Screen Screens::show(const ScreenContext& context, const Household& household,
                             screen::Screen out) const {
  const words::Words& words = context.words;
  const auto kept = code::decode(context.book.draft("pass"));
  const auto text =
      kept.ok() ? kept->text_at(3) : base::Result<std::string>(base::fail(base::Code::NotFound));
  if (!context.online) {
    out.main.push_back(screen::alert("offline", words("household.pass.offline"), Tone::Success));
    out.main.back().icon = Icon::Offline;
  }
  if (text.ok()) {
    Node symbol = screen::qr("symbol", words("household.pass.show"), *text, "");
    symbol.options = {
        screen::option("full", words("household.pass.full"), false, words("household.pass.bright")),
        screen::option("small", words("household.pass.small"))};
    out.main.push_back(std::move(symbol));
  }
  out.main.push_back(screen::text(
      "made", words("household.pass.made", {{"date", words.date(base::date_of(household.confirmed))}})));
  Nodes people;
  for (const Member& one : household.members)
    people.push_back(screen::fact("who:" + std::to_string(one.number), one.kana, shown_age(context, one)));
  out.main.push_back(screen::facts("people", words("household.people"), std::move(people)));
  out.main.push_back(screen::text("private", words("household.pass.private")));
  out.foot.push_back(
      screen::button("picture", words("household.pass.picture"), Importance::Primary, Icon::Picture));
  out.foot.push_back(screen::button("print", words("household.pass.print")));
  out.foot.push_back(screen::button("edit", words("household.pass.edit"), Importance::Tertiary, Icon::Edit));
  return out;
}

}  // namespace machi::household
