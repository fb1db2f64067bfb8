// The question's form, and what was asked before.
#include "core/shelter/citizen/ask.h"

#include "core/base/text.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Tone;

constexpr std::string_view kRow = "asks";
constexpr std::int64_t kKeptMs = 7LL * 86'400'000;
constexpr std::int64_t kDayMs = 86'400'000;

// One that was asked: {1: question, 2: name, 3: at, 4: message, ? 5: answer}.
struct Asked {
  AskId id;
  std::string name;
  Instant at;
  base::MessageId message;
  std::optional<Answer> answer;
};

std::vector<Asked> read(const household::HouseholdBook& book) {
  std::vector<Asked> out;
  const auto kept = code::decode(book.draft(kRow));
  if (!kept.ok() || !kept->array()) return out;
  for (const Cbor& one : *kept->array()) {
    const auto id = one.fixed_at<16>(1), message = one.fixed_at<16>(4);
    const auto name = one.text_at(2);
    const auto at = one.integer_at(3);
    if (!id.ok() || !message.ok() || !name.ok() || !at.ok()) continue;
    out.push_back({AskId{*id}, std::string(*name), Instant{*at}, base::MessageId{*message}, {}});
    const Cbor* said = one.find(5);
    if (said == nullptr) continue;
    if (auto answer = decode_answer(*said); answer.ok()) out.back().answer = std::move(*answer);
  }
  return out;
}

Status keep(household::HouseholdBook book, const std::vector<Asked>& all) {
  CborArray list;
  for (const Asked& one : all) {
    code::CborMap map{{1, one.id.bytes}, {2, one.name}, {3, one.at.ms}, {4, one.message.bytes}};
    if (one.answer) map.emplace_back(5, encode(*one.answer));
    list.push_back(Cbor(std::move(map)));
  }
  return book.save_draft(kRow, code::encode(Cbor(std::move(list))));
}

std::string answer_text(const words::Words& words, const Asked& one) {
  switch (one.answer->what) {
    case Answer::What::Here:
      return words("relative.here", {{"place", one.answer->place}});
    case Answer::What::Safe:
      return words("relative.safe");
    case Answer::What::Nothing:
      break;
  }
  return words("relative.nothing");
}

Node card(const PhoneContext& context, const Asked& one) {
  const std::string id = one.id.hex();
  Node row = screen::row("asked:" + id, one.name,
                         one.answer ? answer_text(context.words, one)
                                    : context.words(outcome_key(state_of(context, one.message))));
  row.icon = one.answer ? Icon::Mail : Icon::Clock;
  row.value = context.words.moment(one.at, context.now);
  return row;
}

Status send(const PhoneContext& context, std::string name, Date birth, std::vector<Asked> all) {
  store::Transaction transaction(context.database);
  MACHI_TRY_SET(mailbox, context.mail.person_mailbox(context.now));
  MACHI_TRY_SET(reply, context.mail.self(mailbox));
  const Ask ask{context.entropy.id<AskTag>(), std::move(name), birth, reply};
  MACHI_TRY_SET(message, context.mail.send(*context.to, kKindAsk, encode(ask), context.now));
  all.insert(all.begin(), Asked{ask.id, ask.name, context.now, message, {}});
  MACHI_TRY(keep(context.book, all));
  return transaction.commit();
}

}  // namespace

Status AskForm::take(store::Database& database, const mail::Client& mail, const mail::Received& received) {
  const auto office = received.office ? mail.office(received.office->office) : std::nullopt;
  if (!office || office->kind != "shelter") return fail(Code::NotAllowed, "no shelter office behind it");
  MACHI_TRY_SET(answer, decode_answer(received.content));
  const household::HouseholdBook book(database);
  std::vector<Asked> all = read(book);
  for (Asked& one : all) {
    if (one.id != answer.id) continue;
    // Of two that differ the smaller holds: whichever came first.
    if (one.answer && code::encode(encode(*one.answer)) <= code::encode(encode(answer))) return {};
    one.answer = answer;
    return keep(book, all);
  }
  return {};  // asked longer ago than is kept
}

screen::Screen AskForm::view(const PhoneContext& context) const {
  const words::Words& words = context.words;
  screen::Screen out = phone_frame(context, kAskScreen, words("relative.title"));
  out.main.push_back(screen::text("how", words("relative.how")));
  if (!trouble_.empty()) out.main.push_back(screen::alert("trouble", words(trouble_), Tone::Danger));
  Node name = screen::field("name", words("relative.name"), Kind::Text, name_);
  name.max_length = static_cast<std::int32_t>(kAskNameLimit);
  out.main.push_back(std::move(name));
  Node birth = screen::field("birth", words("household.ask.birth"), Kind::Date, birth_);
  birth.maximum = base::date_of(context.now).iso();
  if (const auto day = Date::parse(birth_); day.ok())
    birth.options.push_back(screen::option(day->iso(), words.birth(*day), true));
  out.main.push_back(std::move(birth));
  screen::Nodes rows;
  bool nothing = false;
  for (const Asked& one : read(context.book)) {
    rows.push_back(card(context, one));
    nothing |= one.answer && one.answer->what == Answer::What::Nothing;
  }
  if (!rows.empty()) out.main.push_back(screen::list("asked", words("relative.asked"), std::move(rows)));
  if (nothing)
    out.main.push_back(
        screen::alert("nothing", words("relative.nothing.next"), Tone::Info,
                      {screen::link("call", words("relative.call"), "tel:171", Icon::Telephone)}));
  out.foot.push_back(screen::button("send", words("relative.ask"), Importance::Primary, Icon::Send));
  return out;
}

Step AskForm::act(const PhoneContext& context, const screen::Action& action) {
  if (action.action == "enter" && action.node == "name") name_ = action.value;
  if (action.action == "enter" && action.node == "birth") birth_ = action.value;
  if (action.action != "press" || action.node != "send") return {};
  trouble_.clear();
  const auto birth = Date::parse(birth_);
  const std::string name = household::cleaned(name_, kAskNameLimit);
  std::vector<Asked> all = read(context.book);
  std::erase_if(all, [&](const Asked& one) { return context.now.ms - one.at.ms >= kKeptMs; });
  std::size_t today = 0;
  for (const Asked& one : all) today += context.now.ms - one.at.ms < kDayMs ? 1 : 0;
  if (name.empty() || !birth.ok() || *birth > base::date_of(context.now) || !context.to)
    return trouble_ = "relative.missing", Step();
  if (today >= kAsksOfDay) return trouble_ = "relative.many", Step();
  Step out = after_saying(send(context, name, *birth, std::move(all)), kAskScreen, trouble_);
  if (out.sent) *this = {};
  return out;
}

screen::Nodes AskForm::nodes(const PhoneContext& context) {
  if (!context.to) return {};
  return {screen::button("relative", context.words("relative.title"), Importance::Secondary, Icon::Search)};
}

}  // namespace machi::shelter
