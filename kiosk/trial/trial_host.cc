// Every answer comes a moment later, as devices answer.
#include "kiosk/trial/trial_host.h"

#include <algorithm>

#include "core/certificate/seal.h"

namespace machi::kiosk {
namespace {

namespace lobby = certificate::kiosk;
namespace work = certificate::kiosk::work;
namespace answer = certificate::kiosk::answer;
namespace event = app::kiosk_event;
namespace effect = app::kiosk_effect;

constexpr std::string_view kPin = "1234";
constexpr std::string_view kName = "練習　花子";
constexpr int kSilentMs = 4000;     // then a line that was cut is given up
constexpr int kWaitMs = 3'600'000;  // until `pay`, or until the kiosk ends the charge
constexpr std::int64_t kYear = 366LL * 24 * 3600 * 1000;

base::Date born() { return *base::Date::of(1985, 4, 1); }

crypto::SignKey fresh_key(base::Entropy& entropy) {
  crypto::ready();
  base::Array<32> seed;
  entropy.fill(seed);
  return crypto::sign_key(crypto::Secret<32>(seed));
}

certificate::Facts facts_of(const lobby::OrderItem& item, base::Date today, std::uint64_t number) {
  certificate::Facts out;
  out.kind = item.kind;
  out.number = "TRIAL-" + std::to_string(number);
  out.issued = today;
  out.municipality = "練習町";
  out.mayor = "練習町長";
  out.address = "練習町1番地";
  certificate::Person person;
  person.name = kName;
  person.kana = "レンシュウ ハナコ";
  person.birth = born();
  person.resident_since = person.notified = *base::Date::of(2015, 4, 1);
  person.domicile = "練習町1番地";
  person.register_head = kName;
  out.people = {person};
  if (item.kind == certificate::Kind::SealRegistration)
    out.imprint = certificate::Imprint{"1", *base::Date::of(2015, 4, 1), 16, base::Bytes(32, 0xAA)};
  out.addresses = {{out.address, person.notified}};
  out.entries = {{0, "出生", "練習"}};
  if (certificate::is_tax(item.kind)) out.tax = certificate::Tax{item.year, 0, {{"給与収入", 0}}};
  return out;
}

}  // namespace

TrialHost::TrialHost(Plan plan)
    : plan_(std::move(plan)),
      entropy_(plan_.entropy == nullptr ? static_cast<base::Entropy&>(own_entropy_) : *plan_.entropy),
      key_(fresh_key(entropy_)) {
  start();
}

void TrialHost::start() {
  app::KioskConfig config;
  config.place = plan_.place;
  config.fees = {300, 300, 300, 300, 450, 450, 300, 300, 300};
  const std::int64_t now = plan_.now_ms();
  config.seal_keys = {{key_.open, base::Instant{now - kYear}, base::Instant{now + kYear}}};
  due_.clear();
  app_ = app::open_kiosk(std::move(config), book_, entropy_);
  update(event::Start{});
}

void TrialHost::act(const screen::Action& action) { update(event::Act{action}); }

void TrialHost::update(What what) {
  std::vector<app::KioskEffect> effects;
  app_->update({base::Instant{plan_.now_ms()}, std::move(what)}, effects);
  for (const app::KioskEffect& one : effects) carry_out(one);
}

void TrialHost::later(int ms, What what) { due_.push_back({plan_.now_ms() + ms, std::move(what)}); }

bool TrialHost::turn() {
  for (;;) {
    const std::int64_t now = plan_.now_ms();
    const auto next = std::find_if(due_.begin(), due_.end(), [&](const Due& one) { return one.at <= now; });
    if (next == due_.end()) break;
    What what = std::move(next->what);
    due_.erase(next);
    update(std::move(what));
  }
  return std::exchange(changed_, false);
}

int TrialHost::wait_ms() const {
  if (changed_) return 0;
  if (due_.empty()) return -1;
  const auto first =
      std::min_element(due_.begin(), due_.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
  return static_cast<int>(std::clamp<std::int64_t>(first->at - plan_.now_ms(), 0, 3'600'000));
}

void TrialHost::carry_out(const app::KioskEffect& one) {
  if (const auto* asked = std::get_if<effect::Do>(&one)) {
    perform(asked->effect);
  } else if (std::holds_alternative<effect::StopCharge>(one)) {
    for (Due& due : due_)
      if (due.charge) {
        std::get<event::Answered>(due.what).answer = answer::Done{lobby::Known::No};
        due.at = plan_.now_ms();
      }
  } else if (std::holds_alternative<effect::CallStaff>(one)) {
    later(500, event::StaffCalled{true});
  } else if (const auto* timer = std::get_if<effect::Timer>(&one)) {
    std::erase_if(due_, [](const Due& due) { return due.timer; });
    if (timer->ms > 0) due_.push_back({plan_.now_ms() + timer->ms, event::Tick{}, true});
  } else if (const auto* words = std::get_if<effect::LoadWords>(&one)) {
    if (auto bytes = plan_.catalogue(words->language))
      later(0, event::WordsLoaded{words->language, std::move(*bytes)});
  } else if (std::holds_alternative<effect::Render>(one)) {
    changed_ = true;
  } else if (std::holds_alternative<effect::ReadMachine>(one)) {
    later(200, machine());
  } else if (std::holds_alternative<effect::TestPrint>(one)) {
    lobby::Machine seen = machine();
    seen.test = played_.fault == lobby::Cause::None;
    later(1500, std::move(seen));
  } else if (const auto* spoken = std::get_if<effect::Speak>(&one)) {
    if (speak_) speak_(spoken->text, spoken->language);
  }
  // Nothing is kept or wiped here.
}

void TrialHost::perform(const lobby::Effect& asked) {
  event::Answered out;
  out.number = asked.number;
  int ms = 0;
  bool charge = false;
  if (const auto* write = std::get_if<work::Write>(&asked.work)) {
    out.answer = answer::Written{book_.take(write->record).ok()};
  } else if (std::holds_alternative<work::Challenge>(asked.work)) {
    base::Array<32> nonce{};
    entropy_.fill(nonce);
    out.answer = played_.network ? answer::Challenged{nonce} : answer::Challenged{};
    if (!played_.network) {
      ms = kSilentMs;
      out.cause = lobby::Cause::Silent;
    }
  } else if (const auto* identify = std::get_if<work::Identify>(&asked.work)) {
    ms = 700;
    const base::ByteView typed(identify->pin->digits.bytes());
    const bool right = played_.card && base::equal(typed, base::view(kPin));
    answer::Identified card;
    tries_ = right ? 3 : std::max(0, tries_ - 1);
    card.tries = tries_;
    card.trouble = !played_.card ? lobby::CardTrouble::Unreadable
                   : right       ? lobby::CardTrouble::None
                   : tries_ == 1 ? lobby::CardTrouble::LastTry
                                 : lobby::CardTrouble::WrongPin;
    if (right) card.holder = {std::string(kName), born()};
    if (right) card.proof = base::Bytes(32, 1);
    out.answer = std::move(card);
  } else if (const auto* ask = std::get_if<work::Ask>(&asked.work)) {
    ms = played_.network ? 900 : kSilentMs;
    out.answer = played_.network ? answer::Offered{offer(*ask)} : answer::Offered{};
    if (!played_.network) out.cause = lobby::Cause::Silent;
  } else if (std::holds_alternative<work::LookAtPrinter>(asked.work)) {
    const bool ready = played_.fault == lobby::Cause::None;
    out.answer = answer::PrinterSeen{ready, true, true, static_cast<std::uint64_t>(played_.sheets)};
    out.cause = played_.fault;
  } else if (std::holds_alternative<work::Charge>(asked.work)) {
    ms = played_.terminal == Played::Manner::Wait ? kWaitMs : 2500;
    charge = true;
    out.answer =
        answer::Done{played_.terminal == Played::Manner::Decline ? lobby::Known::No : lobby::Known::Yes};
  } else if (std::holds_alternative<work::Settle>(asked.work)) {
    out.answer = answer::Done{lobby::Known::No};
  } else if (std::holds_alternative<work::Refund>(asked.work)) {
    ms = 1500;
    out.answer = answer::Done{lobby::Known::Yes};
  } else if (const auto* print = std::get_if<work::Print>(&asked.work)) {
    ms = 300;
    sheets_left_ = print->paper->copies * static_cast<int>(print->paper->seals.size());
    sheets_ = 0;
    out.answer = answer::Done{lobby::Known::Yes};
  } else if (std::holds_alternative<work::Watch>(asked.work)) {
    ms = 1200;
    lobby::JobState state = lobby::JobState::Working;
    if (played_.fault != lobby::Cause::None) {
      state = lobby::JobState::Stopped;
      out.cause = played_.fault;
    } else {
      ++sheets_;
      ++played_.sheets;
      if (--sheets_left_ <= 0) state = lobby::JobState::Completed;
    }
    out.sheets = sheets_;
    out.answer = answer::Watched{state};
  } else {
    out.answer = answer::Finished{true};
  }
  due_.push_back({plan_.now_ms() + ms, std::move(out), false, charge});
}

lobby::Offer TrialHost::offer(const work::Ask& ask) {
  lobby::Offer out{ask.session, ask.request, {}};
  const base::Date today = base::date_of(base::Instant{plan_.now_ms()});
  for (const lobby::OrderItem& item : ask.order) {
    const certificate::Facts facts = facts_of(item, today, leaf_);
    const std::vector<std::vector<std::size_t>> sheets = {{0}};
    const auto seals = certificate::seals_of(facts, sheets, leaf_++, key_);
    if (!seals) continue;  // then the offer is another order's, and the kiosk refuses it
    const std::int64_t fee =
        item.kind == certificate::Kind::RegisterAll || item.kind == certificate::Kind::RegisterPerson ? 450
                                                                                                      : 300;
    out.papers.push_back({item.kind,
                          base::copy(base::view(facts.number)),
                          {certificate::seal_text(certificate::make_seal(seals.value()[0], key_))},
                          item.copies,
                          fee * item.copies});
  }
  return out;
}

lobby::Machine TrialHost::machine() const {
  lobby::Machine out;
  out.known = out.terminal = true;
  out.clerk = played_.network;
  out.printer = played_.fault == lobby::Cause::None;
  out.cause = played_.fault;
  out.sheets = played_.sheets;
  out.paper = played_.fault == lobby::Cause::PaperOut ? 0 : 80;
  return out;
}

void TrialHost::words_loaded(const std::string& language, base::Bytes catalogue) {
  update(event::WordsLoaded{language, std::move(catalogue)});
}

void TrialHost::fail(lobby::Cause cause) {
  played_.fault = cause;
  update(machine());
}

bool TrialHost::lay_card(std::string_view what) {
  event::CardIn card;
  card.tries = tries_;
  if (what == "strange") {
    card.trouble = lobby::CardTrouble::NotMyNumber;
  } else if (what == "expired") {
    card.trouble = lobby::CardTrouble::Expired;
  } else if (what == "locked") {
    card.trouble = lobby::CardTrouble::Locked;
    card.tries = 0;
  } else if (what == "last-try") {
    card.trouble = lobby::CardTrouble::LastTry;
    card.tries = 1;
  } else if (what == "two") {
    card.cards = 2;
  } else if (!what.empty()) {
    return false;
  } else if (tries_ <= 1) {
    card.trouble = lobby::CardTrouble::LastTry;
  }
  if (played_.card) update(event::CardOut{});
  played_.card = true;
  update(card);
  return true;
}

bool TrialHost::on_device(std::string_view line) {
  using Manner = Played::Manner;
  if (line == "paper empty") return fail(lobby::Cause::PaperOut), true;
  if (line == "jam") return fail(lobby::Cause::Jam), true;
  if (line == "cover") return fail(lobby::Cause::Cover), true;
  if (line == "mend") return fail(lobby::Cause::None), true;
  if (line == "terminal approve") return played_.terminal = Manner::Approve, true;
  if (line == "terminal decline") return played_.terminal = Manner::Decline, true;
  if (line == "terminal wait") return played_.terminal = Manner::Wait, true;
  if (line == "pay") {
    for (Due& due : due_)
      if (due.charge) due.at = plan_.now_ms();
    return true;
  }
  if (line == "network on" || line == "network off") return played_.network = line == "network on", true;
  return false;
}

bool TrialHost::command(std::string_view line) {
  constexpr std::string_view kInsert = "insert ";
  if (line == "insert") return lay_card({});
  if (line.starts_with(kInsert)) return lay_card(line.substr(kInsert.size()));
  if (line == "remove") {
    if (played_.card) update(event::CardOut{});
    // Another visitor's card has all its tries.
    if (std::exchange(played_.card, false)) tries_ = 3;
    return true;
  }
  if (line == "staff") return update(event::StaffIn{}), true;
  if (line == "taken") return update(event::PaperTaken{}), true;
  if (line == "power") {
    start();
    if (played_.card) update(event::CardIn{lobby::CardTrouble::None, tries_, 1, true});
    changed_ = true;
    return true;
  }
  return on_device(line);
}

void TrialHost::function_key(int key) {
  if (key == 1) command(played_.card ? "remove" : "insert");
  if (key == 2) command("staff");
  if (key == 3) command(played_.fault == lobby::Cause::None ? "paper empty" : "mend");
  if (key == 4)
    command(played_.terminal == Played::Manner::Decline ? "terminal approve" : "terminal decline");
}

}  // namespace machi::kiosk
