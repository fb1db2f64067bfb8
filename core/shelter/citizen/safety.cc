// The form, and what became of the report that was sent last.
#include "core/shelter/citizen/safety.h"

#include <algorithm>

#include "core/shelter/citizen/arrival.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;
using Move = Step::Move;

constexpr std::string_view kRow = "safety";
constexpr std::int64_t kShownMs = 7LL * 86'400'000;

struct Last {
  std::uint64_t number = 0;
  Instant at;
  base::MessageId message;
  Safety safety = Safety::Safe;
};
std::optional<Last> last_of(const PhoneContext& context) {
  const auto map = code::decode(context.book.draft(kRow));
  if (!map.ok()) return std::nullopt;
  const auto number = map->integer_at(1), at = map->integer_at(2), safety = map->integer_at(4);
  const auto message = map->fixed_at<16>(3);
  if (!number.ok() || !at.ok() || !safety.ok() || !message.ok()) return std::nullopt;
  return Last{static_cast<std::uint64_t>(*number), Instant{*at}, base::MessageId{*message},
              *safety == 2 ? Safety::Help : Safety::Safe};
}
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
  screen::Screen out;
  out.name = name;
  out.language = words.language();
  const std::string title = words("safety.title");
  out.title = words::plain(title);
  out.bar.push_back(screen::button("back", words("button.back"), Importance::Tertiary, Icon::Back));
  (words.easy() ? out.main : out.bar).push_back(screen::heading("title", title));
  if (name == kSafetyForm) return form(context, std::move(out));
  const auto last = last_of(context);
  if (!last) return std::nullopt;
  const Sent state = state_of(context, last->message);
  Node hero = screen::heading("outcome",
                              words(state == Sent::Saved     ? "shelter.said.saved"
                                    : state == Sent::Arrived ? "shelter.said.arrived"
                                                             : "shelter.said.refused"),
                              2);
  hero.icon = state == Sent::Saved ? Icon::Phone : state == Sent::Arrived ? Icon::Mail : Icon::Failed;
  hero.tone = state == Sent::Saved ? Tone::Warning : state == Sent::Arrived ? Tone::Info : Tone::Danger;
  out.main.push_back(std::move(hero));
  out.main.push_back(
      screen::text("next", words(state == Sent::Arrived ? "safety.arrived.next" : "safety.saved.next")));
  out.main.push_back(
      screen::facts("facts", "",
                    {screen::fact("what", words("safety.how"), words(key_of(last->safety))),
                     screen::fact("when", words("safety.when"), words.moment(last->at, context.now))}));
  if (last->safety == Safety::Help && state != Sent::Arrived)
    out.main.push_back(
        screen::alert("danger", words("safety.danger"), Tone::Danger,
                      {screen::link("call", words("safety.call"), "tel:119", Icon::Telephone)}));
  out.foot.push_back(screen::button("again", words("safety.again"), Importance::Secondary, Icon::Edit));
  return out;
}

Step SafetyForm::send(const PhoneContext& context) {
  const auto before = last_of(context);
  const auto write = [&]() -> Status {
    MACHI_TRY_SET(home, context.book.load());
    if (!home || !safety_ || !context.to) return base::fail(base::Code::NotFound, "household");
    *home = household::outward(context.book, std::move(*home));
    SafetyReport report;
    report.household = home->id;
    report.number = before ? before->number + 1 : 1;
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
    MACHI_TRY_SET(message, context.mail.send(*context.to, kKindSafety, encode(report), context.now));
    household::HouseholdBook book = context.book;
    MACHI_TRY(book.save_draft(kRow, code::encode(code::Cbor::map({{1, report.number},
                                                                  {2, context.now.ms},
                                                                  {3, message.bytes},
                                                                  {4, static_cast<int>(report.safety)}}))));
    return transaction.commit();
  };
  Step out;
  if (const Status written = write(); !written.ok()) {
    trouble_ = base::message_key(written.code()) + ".what";
    out.rolled_back = true;
    return out;
  }
  *this = {};
  out.move = Move::Replace;
  out.name = kSafetySaid;
  out.sent = true;
  out.persist = true;
  return out;
}

Step SafetyForm::act(const PhoneContext& context, const std::string& name, const screen::Action& action) {
  if (name == kSafetySaid) {
    if (action.action == "press" && action.node == "again") return {Move::Replace, kSafetyForm, ""};
    return {};
  }
  trouble_.clear();
  if (action.node == "safety" && action.action == "choose")
    safety_ = action.value == "help" ? Safety::Help : Safety::Safe;
  if (action.node == "where") where_ = action.value;
  if (action.node == "note") note_ = action.value;
  if (action.node == "people" && action.action == "choose") {
    const auto home = context.book.load();
    absent_.clear();
    if (home.ok() && *home)
      for (const household::Member& one : (*home)->members)
        if (std::find(action.values.begin(), action.values.end(), std::to_string(one.number)) ==
            action.values.end())
          absent_.insert(one.number);
  }
  return action.action == "press" && action.node == "send" ? send(context) : Step();
}

Nodes SafetyForm::nodes(const PhoneContext& context) {
  if (!context.to) return {};
  Nodes out;
  const auto last = last_of(context);
  if (last && context.now.ms - last->at.ms < kShownMs) {
    const Sent state = state_of(context, last->message);
    Node row = screen::row_button("safety-said", context.words(key_of(last->safety)),
                                  context.words(state == Sent::Saved     ? "shelter.said.saved"
                                                : state == Sent::Arrived ? "shelter.said.arrived"
                                                                         : "shelter.said.refused"));
    row.icon = Icon::Mail;
    out.push_back(screen::list("safety.list", context.words("safety.title"), {std::move(row)}));
  }
  out.push_back(screen::button("safety", context.words("safety.title"), Importance::Secondary, Icon::Phone));
  return out;
}

}  // namespace machi::shelter
