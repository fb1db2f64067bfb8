// Sending, keeping and showing what was said.
#include "core/shelter/citizen/said.h"

#include <algorithm>

namespace machi::shelter {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Tone;

namespace {

constexpr std::int64_t kShownMs = 7LL * 86'400'000;  // on the overview

}  // namespace

std::optional<LastSaid> last_said(const PhoneContext& context, std::string_view row) {
  auto map = code::decode(context.book.draft(row));
  if (!map.ok()) return std::nullopt;
  const auto at = map->integer_at(2);
  const auto message = map->fixed_at<16>(3);
  if (!at.ok() || !message.ok()) return std::nullopt;
  return LastSaid{Instant{*at}, base::MessageId{*message}, std::move(*map)};
}

Status say(const PhoneContext& context, std::string_view row, std::string_view kind, code::Cbor word,
           code::CborMap about) {
  MACHI_TRY_SET(message, context.mail.send(*context.to, kind, std::move(word), context.now));
  about.emplace_back(2, context.now.ms);
  about.emplace_back(3, message.bytes);
  household::HouseholdBook book = context.book;
  return book.save_draft(row, code::encode(code::Cbor(std::move(about))));
}

Step after_saying(const Status& written, const char* said, std::string& trouble) {
  Step out;
  if (!written.ok()) {
    trouble = base::message_key(written.code()) + ".what";
    out.rolled_back = true;
    return out;
  }
  out.move = Step::Move::Replace;
  out.name = said;
  out.sent = true;
  out.persist = true;
  return out;
}

std::set<int> not_ticked(const PhoneContext& context, const screen::Action& action) {
  std::set<int> out;
  const auto home = context.book.load();
  if (home.ok() && *home)
    for (const household::Member& one : (*home)->members)
      if (std::find(action.values.begin(), action.values.end(), std::to_string(one.number)) ==
          action.values.end())
        out.insert(one.number);
  return out;
}

screen::Screen phone_frame(const PhoneContext& context, const std::string& name, const std::string& title) {
  screen::Screen out;
  out.name = name;
  out.language = context.words.language();
  out.title = words::plain(title);
  out.bar.push_back(screen::button("back", context.words("button.back"), Importance::Tertiary, Icon::Back));
  (context.words.easy() ? out.main : out.bar).push_back(screen::heading("title", title));
  return out;
}

std::string_view outcome_key(Sent state) {
  switch (state) {
    case Sent::Saved:
      return "shelter.said.saved";
    case Sent::Arrived:
      return "shelter.said.arrived";
    case Sent::Refused:
      return "shelter.said.refused";
  }
  return "";
}

Node outcome(const PhoneContext& context, Sent state) {
  Node hero = screen::heading("outcome", context.words(outcome_key(state)), 2);
  hero.icon = state == Sent::Saved ? Icon::Phone : state == Sent::Arrived ? Icon::Mail : Icon::Failed;
  hero.tone = state == Sent::Saved ? Tone::Warning : state == Sent::Arrived ? Tone::Info : Tone::Danger;
  return hero;
}

screen::Nodes said_row(const PhoneContext& context, const std::optional<LastSaid>& last, std::string id,
                       std::string title, std::string name, Icon icon) {
  if (!last || context.now.ms - last->at.ms >= kShownMs) return {};
  Node row =
      screen::row_button(id, std::move(name), context.words(outcome_key(state_of(context, last->message))));
  row.icon = icon;
  screen::Nodes out;
  out.push_back(screen::list(id + ".list", std::move(title), {std::move(row)}));
  return out;
}

}  // namespace machi::shelter
