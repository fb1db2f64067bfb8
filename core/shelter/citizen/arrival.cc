// From a poster to an arrival in the outbox.
#include "core/shelter/citizen/arrival.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;
using Move = Step::Move;

std::string trouble_key(Code code) {
  if (code == Code::WrongTown) return "shelter.poster.other-town";
  if (code == Code::Expired) return "shelter.poster.expired";
  if (code == Code::UnknownKey || code == Code::BadSignature) return "shelter.poster.unknown";
  return "shelter.poster.not-poster";
}

Person person_of(const household::Household& home, const household::Member& member) {
  Person out;
  out.id = household::person_id(home.id, member.number);
  out.household = home.id;
  out.name = member.name;
  out.kana = member.kana;
  out.birth = member.birth;
  out.sex = member.sex;
  out.needs = member.needs;
  out.allergens = member.allergens;
  out.pets = home.pets;
  out.note = member.note;
  out.telephone = home.telephone;
  out.address = home.address;
  out.tell = home.consent;
  return out;
}

}  // namespace

bool Arrival::is_own(std::string_view text) {
  if (const auto mark = text.find('#'); mark != std::string_view::npos) text.remove_prefix(mark + 1);
  return text.starts_with("h=");
}

// A poster that cannot be judged yet - no directory, or an old one, and no network - is taken when it names
// the office to which this phone writes anyway: what is said goes nowhere else, and staff look at it.
Status Arrival::check(const PhoneContext& context, base::ByteView cose) {
  MACHI_TRY_SET(peeked, peek_poster(cose));
  const mail::Town& town = context.mail.trust().town();
  if (peeked.town != town.id) return fail(Code::WrongTown, "poster");
  if (!context.to || peeked.office != context.to->mailbox) return fail(Code::UnknownKey, "poster");
  const bool connected = context.online && context.mail.reachable();
  const auto office = context.mail.office(peeked.office);
  if (office) {
    const auto read = read_poster(cose, town, *office, context.now);
    if (!read.ok() && (read.code() != Code::UnknownKey || connected)) return read.error();
  } else if (connected && context.mail.directory_read()) {
    return fail(Code::UnknownKey, "poster");
  }
  poster_ = std::move(peeked);
  return {};
}

Step Arrival::read(const PhoneContext& context, std::string_view text) {
  trouble_.clear();
  poster_.reset();
  const auto cose = poster_from_text(text);
  const Status checked = cose.ok() ? check(context, *cose) : Status(cose.error());
  Step out;
  out.move = Move::Replace;
  out.name = checked.ok() ? kArrivalWho : kArrivalScan;
  if (!checked.ok()) {
    trouble_ = trouble_key(checked.code());
    return out;
  }
  absent_.clear();
  const auto home = context.book.load();
  place_ = home.ok() && *home ? (*home)->place : household::Place::Shelter;
  return out;
}

Step Arrival::send(const PhoneContext& context) {
  const auto write = [&]() -> Status {
    MACHI_TRY_SET(home, context.book.load());
    if (!home || !poster_ || !context.to) return fail(Code::NotFound, "household");
    *home = household::outward(context.book, std::move(*home));
    home->language = context.words.language();
    Facts facts;
    for (const household::Member& member : home->members) {
      if (absent_.contains(member.number)) continue;
      Enter enter;
      enter.stay = context.entropy.id<StayTag>();
      enter.shelter = poster_->shelter;
      enter.person = person_of(*home, member);
      enter.counter = home->counter;
      enter.manner = static_cast<Manner>(static_cast<int>(place_) + 1);
      enter.said = true;
      facts.push_back({context.entropy.id<FactTag>(), context.now, std::move(enter)});
    }
    if (facts.empty()) return fail(Code::BadInput, "nobody");
    store::Transaction transaction(context.database);
    MACHI_TRY(say(context, kArrivalRow, kKindSelf, encode(facts), {{1, poster_->name}, {4, facts.size()}}));
    return transaction.commit();
  };
  return after_saying(write(), kArrivalSaid, trouble_);
}

Step Arrival::act(const PhoneContext& context, const std::string& name, const screen::Action& action) {
  if (name == kArrivalScan && action.node == "scanner" && action.action == "scan")
    return read(context, action.value);
  Step pass;
  pass.move = Move::Push;
  pass.name = household::kShow;
  if (action.node == "pass" && action.action == "press") return pass;
  if (name != kArrivalWho) return {};
  if (action.node == "add") return {Move::Push, household::kAsk, "new.kana+"};
  if (action.node == "here" && action.action == "choose") absent_ = not_ticked(context, action);
  if (action.node == "place")
    place_ = household::place_named(action.value).value_or(household::Place::Shelter);
  return action.action == "press" && action.node == "send" ? send(context) : Step();
}

}  // namespace machi::shelter
