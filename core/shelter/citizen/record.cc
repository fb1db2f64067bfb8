// What was sent last is a row beside the household's: its counter and the message.
#include "core/shelter/citizen/record.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Tone;

constexpr std::string_view kWanted = "send";
constexpr std::string_view kSent = "sent";

struct Last {
  std::uint64_t counter = 0;
  base::MessageId message;
};
std::optional<Last> last(const PhoneContext& context) {
  const auto map = code::decode(context.book.draft(kSent));
  if (!map.ok()) return std::nullopt;
  const auto counter = map->integer_at(1);
  const auto message = map->fixed_at<16>(2);
  if (!counter.ok() || !message.ok()) return std::nullopt;
  return Last{static_cast<std::uint64_t>(*counter), base::MessageId{*message}};
}

}  // namespace

Sent state_of(const PhoneContext& context, const base::MessageId& message) {
  const auto state = context.mail.state(message);
  // Long gone from the outbox: it had arrived, or it would still wait there.
  if (!state || state->arrived || state->had) return Sent::Arrived;
  return state->refused ? Sent::Refused : Sent::Saved;
}

bool sends_record(const PhoneContext& context) { return !context.book.draft(kWanted).empty(); }

Status send_records(const PhoneContext& context, bool yes) {
  household::HouseholdBook book = context.book;
  return yes ? book.save_draft(kWanted, code::encode(code::Cbor(true))) : book.drop_draft(kWanted);
}

Result<bool> send_record(const PhoneContext& context) {
  if (!context.to || !sends_record(context)) return false;
  MACHI_TRY_SET(household, context.book.load());
  if (!household || household->members.empty()) return false;
  const auto before = last(context);
  if (before && before->counter == household->counter && state_of(context, before->message) != Sent::Refused)
    return false;
  *household = household::outward(context.book, std::move(*household));
  household->language = context.words.language();
  MACHI_TRY_SET(message, context.mail.send(*context.to, household::kKindHousehold,
                                           household::encode_household(*household), context.now));
  household::HouseholdBook book = context.book;
  MACHI_TRY(
      book.save_draft(kSent, code::encode(code::Cbor::map({{1, household->counter}, {2, message.bytes}}))));
  return true;
}

screen::Nodes record_nodes(const PhoneContext& context) {
  const words::Words& words = context.words;
  if (!context.to) return {};
  if (!sends_record(context)) {
    screen::Node why = screen::alert("send-why", words("household.send.why"), Tone::Info,
                                     {screen::button("send", words("household.send"))});
    return {std::move(why)};
  }
  const auto sent = last(context);
  const Sent state = sent ? state_of(context, sent->message) : Sent::Saved;
  screen::Node said =
      screen::alert("send-state",
                    words(state == Sent::Arrived   ? "household.sent.arrived"
                          : state == Sent::Refused ? "household.sent.refused"
                                                   : "household.sent.saved"),
                    state == Sent::Arrived ? Tone::Success : Tone::Warning,
                    {screen::button("send-stop", words("household.send.stop"), Importance::Tertiary)});
  if (state == Sent::Saved) said.icon = Icon::Phone;
  return {std::move(said)};
}

}  // namespace machi::shelter
