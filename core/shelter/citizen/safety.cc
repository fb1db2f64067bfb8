// The form, and what became of the report that was sent last.
#include "core/shelter/citizen/safety.h"

#include <algorithm>

#include "core/shelter/citizen/plan.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;
using Move = Step::Move;

Safety safety_of(const LastSaid& last) { return last.number(4, 1) == 2 ? Safety::Help : Safety::Safe; }
const char* key_of(Safety safety) { return safety == Safety::Help ? "safety.help" : "safety.safe"; }

}  // namespace

screen::Screen SafetyForm::form(const PhoneContext& context, screen::Screen out) const {
  const words::Words& words = context.words;
  const auto home = context.book.load();
  if (!trouble_.empty()) out.main.push_back(screen::alert("trouble", words(trouble_), Tone::Danger));
  out.main.push_back(screen::choice("safety", words("safety.how"), Kind::Single,
                                    {screen::option("safe", words("safety.safe"), safety_ == Safety::Safe),
                                     screen::option("help", words("safety.help"), safety_ == Safety::Help)}));
  if (safety_ == Safety::Help)
    out.main.push_back(
        screen::alert("danger", words("safety.danger"), Tone::Danger,
                      {screen::link("call", words("safety.call"), "tel:119", Icon::Telephone)}));
  std::vector<screen::Option> people;
  if (home.ok() && *home)
    for (const household::Member& one : (*home)->members)
      people.push_back(screen::option(std::to_string(one.number), one.kana, !absent_.contains(one.number)));
  const bool nobody =
      std::none_of(people.begin(), people.end(), [](const auto& one) { return one.selected; });
  out.main.push_back(screen::choice("people", words("safety.people"), Kind::Multiple, std::move(people)));
  Node where = screen::field("where", words("safety.where"), Kind::Text, where_);
  where.hint = words("safety.where.hint");
  where.max_length = static_cast<std::int32_t>(kWhereLimit);
  out.main.push_back(std::move(where));
  Node note = screen::field("note", words("safety.note"), Kind::Multiline, note_);
  note.max_length = static_cast<std::int32_t>(kWhereLimit);
  out.main.push_back(std::move(note));
  const bool tell = home.ok() && *home && (*home)->consent;
  out.main.push_back(screen::text("consent", words(tell ? "safety.tell" : "safety.tell-nobody")));
  Node send = screen::button("send", words("safety.send"), Importance::Primary, Icon::Send);
  send.disabled = nobody || !safety_;
  if (send.disabled) send.hint = words("safety.choose");
  out.foot.push_back(std::move(send));
  return out;
}

std::optional<screen::Screen> SafetyForm::view(const PhoneContext& context, const std::string& name) const {
  const words::Words& words = context.words;
  screen::Screen out = phone_frame(context, name, words("safety.title"));
  if (name == kSafetyForm) return form(context, std::move(out));
  const auto last = last_said(context, kSafetyRow);
  if (!last) return std::nullopt;
  const Safety safety = safety_of(*last);
  const Sent state = state_of(context, last->message);
  out.main.push_back(outcome(context, state));
  out.main.push_back(
      screen::text("next", words(state == Sent::Arrived ? "safety.arrived.next" : "safety.saved.next")));
  out.main.push_back(
      screen::facts("facts", "",
                    {screen::fact("what", words("safety.how"), words(key_of(safety))),
                     screen::fact("when", words("safety.when"), words.moment(last->at, context.now))}));
  if (safety == Safety::Help && state != Sent::Arrived)
    out.main.push_back(
        screen::alert("danger", words("safety.danger"), Tone::Danger,
                      {screen::link("call", words("safety.call"), "tel:119", Icon::Telephone)}));
  // The plan to get away, where there is one: now it is needed.
  for (Node& node : PlanScreens::top(context)) out.main.push_back(std::move(node));
  out.foot.push_back(screen::button("again", words("safety.again"), Importance::Secondary, Icon::Edit));
  return out;
}

Step SafetyForm::send(const PhoneContext& context) {
  const auto before = last_said(context, kSafetyRow);
  const auto write = [&]() -> Status {
    MACHI_TRY_SET(home, context.book.load());
    if (!home || !safety_ || !context.to) return base::fail(base::Code::NotFound, "household");
    *home = household::outward(context.book, std::move(*home));
    SafetyReport report;
    report.household = home->id;
    report.number = before ? static_cast<std::uint64_t>(before->number(1, 0)) + 1 : 1;
    report.at = context.now;
    report.safety = *safety_;
    report.where = household::cleaned(where_, kWhereLimit);
    report.note = household::cleaned(note_, kWhereLimit);
    report.telephone = home->telephone;
    report.tell = home->consent;
    for (const household::Member& one : home->members)
      if (!absent_.contains(one.number))
        report.people.push_back({household::person_id(home->id, one.number), one.kana, one.birth});
    store::Transaction transaction(context.database);
    MACHI_TRY(say(context, kSafetyRow, kKindSafety, encode(report),
                  {{1, report.number}, {4, static_cast<int>(report.safety)}}));
    return transaction.commit();
  };
  Step out = after_saying(write(), kSafetySaid, trouble_);
  if (out.sent) *this = {};
  return out;
}

Step SafetyForm::act(const PhoneContext& context, const std::string& name, const screen::Action& action) {
  if (name == kSafetySaid) {
    if (action.action == "press" && action.node == "again") return {Move::Replace, kSafetyForm, ""};
    return PlanScreens::pressed(context, action).value_or(Step());
  }
  trouble_.clear();
  if (action.node == "safety" && action.action == "choose")
    safety_ = action.value == "help" ? Safety::Help : Safety::Safe;
  if (action.node == "where") where_ = action.value;
  if (action.node == "note") note_ = action.value;
  if (action.node == "people" && action.action == "choose") absent_ = not_ticked(context, action);
  return action.action == "press" && action.node == "send" ? send(context) : Step();
}

Nodes SafetyForm::nodes(const PhoneContext& context) {
  if (!context.to) return {};
  const auto last = last_said(context, kSafetyRow);
  Nodes out = said_row(context, last, "safety-said", context.words("safety.title"),
                       last ? context.words(key_of(safety_of(*last))) : "", Icon::Mail);
  out.push_back(screen::button("safety", context.words("safety.title"), Importance::Secondary, Icon::Phone));
  return out;
}

}  // namespace machi::shelter
