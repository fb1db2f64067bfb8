// The scanner, who is here, and where the message stands. What has not left the phone is never called
// arrived.
#include "core/shelter/citizen/arrival.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

const char* next_key(Sent state) {
  switch (state) {
    case Sent::Saved:
      return "shelter.said.saved.next";
    case Sent::Arrived:
      return "shelter.said.arrived.next";
    case Sent::Refused:
      return "shelter.poster.next";
  }
  return "";
}

std::string place_of(const LastSaid& last) {
  const auto name = last.content.text_at(1);
  return name.ok() ? *name : "";
}

screen::Screen said(const PhoneContext& context, const LastSaid& last, screen::Screen out) {
  const words::Words& words = context.words;
  const Sent state = state_of(context, last.message);
  out.main.push_back(outcome(context, state));
  out.main.push_back(screen::text("next", words(next_key(state))));
  out.main.push_back(screen::facts(
      "facts", "",
      {screen::fact("where", words("shelter.where"), place_of(last)),
       screen::fact("people", words("household.people"), words.count("shelter.people", last.number(4, 0)))}));
  Nodes steps{screen::step("step.saved", words("shelter.said.saved"), State::Done,
                           words.moment(last.at, context.now))};
  steps.push_back(screen::step("step.arrived", words("shelter.said.step.arrived"),
                               state == Sent::Arrived   ? State::Done
                               : state == Sent::Refused ? State::Failed
                                                        : State::Waiting));
  steps.push_back(screen::step("step.seen", words("shelter.said.step.seen"),
                               state == Sent::Arrived ? State::Waiting : State::Todo));
  out.main.push_back(screen::steps("steps", words("shelter.said.steps"), std::move(steps)));
  out.foot.push_back(screen::button("pass", words("household.show"), Importance::Secondary, Icon::Scan));
  return out;
}

}  // namespace

screen::Screen Arrival::scan(const PhoneContext& context, screen::Screen out) const {
  const words::Words& words = context.words;
  if (!trouble_.empty()) {
    out.main.push_back(screen::alert("trouble", words(trouble_), Tone::Warning,
                                     {screen::button("pass", words("household.show"))}));
    out.main.back().hint = words("shelter.poster.next");
  }
  out.main.push_back(screen::text("explain", words("shelter.scan.explain")));
  out.main.push_back(screen::scanner("scanner", words("shelter.scan.scanner"), words("shelter.scan.hint")));
  return out;
}

screen::Screen Arrival::who(const PhoneContext& context, screen::Screen out) const {
  const words::Words& words = context.words;
  const auto home = context.book.load();
  if (!home.ok() || !*home || (*home)->members.empty()) {
    out.main.push_back(
        screen::empty("none", words("shelter.who.none"),
                      {screen::button("add", words("household.add"), Importance::Primary, Icon::Add)}));
    return out;
  }
  if (!trouble_.empty()) out.main.push_back(screen::alert("trouble", words(trouble_), Tone::Danger));
  std::vector<screen::Option> people, places;
  std::int64_t n = 0;
  for (const household::Member& one : (*home)->members) {
    const bool here = !absent_.contains(one.number);
    n += here ? 1 : 0;
    people.push_back(screen::option(std::to_string(one.number), one.kana, here));
  }
  out.main.push_back(screen::choice("here", words("shelter.who"), Kind::Multiple, std::move(people)));
  out.main.back().hint = words("shelter.who.hint");
  for (const household::Place one :
       {household::Place::Shelter, household::Place::Car, household::Place::Home})
    places.push_back(
        screen::option(std::string(name_of(one)), words(household::words_of(one)), one == place_));
  out.main.push_back(screen::choice("place", words("shelter.place"), Kind::Single, std::move(places)));
  out.main.push_back(screen::text("apart", words("shelter.who.apart")));
  Node send = screen::button("send", words.count("shelter.who.send", n), Importance::Primary, Icon::Send);
  send.disabled = n == 0;
  if (n == 0) send.hint = words("shelter.who.nobody");
  out.foot.push_back(std::move(send));
  return out;
}

std::optional<screen::Screen> Arrival::view(const PhoneContext& context, const std::string& name) const {
  const words::Words& words = context.words;
  const auto last = name == kArrivalSaid ? last_said(context, kArrivalRow) : std::nullopt;
  if (name == kArrivalSaid && !last) return std::nullopt;
  if (name == kArrivalWho && !poster_) return std::nullopt;
  const std::string title = name == kArrivalWho    ? poster_->name
                            : name == kArrivalSaid ? words("shelter.said.title")
                                                   : words("shelter.scan.title");
  screen::Screen out = phone_frame(context, name, title);
  if (name == kArrivalWho) return who(context, std::move(out));
  if (name == kArrivalSaid) return said(context, *last, std::move(out));
  return scan(context, std::move(out));
}

Nodes Arrival::nodes(const PhoneContext& context) {
  if (!context.to) return {};
  const auto last = last_said(context, kArrivalRow);
  Nodes out = said_row(context, last, "said", context.words("shelter.said.title"),
                       last ? place_of(*last) : "", Icon::Home);
  out.push_back(screen::button("arrive", context.words("shelter.arrive"), Importance::Secondary, Icon::Home));
  return out;
}

}  // namespace machi::shelter
