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

TrialHost::TrialHost(Plan plan) : plan_(std::move(plan)), key_(fresh_key(entropy_)) {
  app::KioskConfig config;
  config.place = plan_.place;
  config.fees = {300, 300, 300, 300, 450, 450, 300, 300, 300};
  const std::int64_t now = plan_.now_ms();
  config.seal_keys = {{key_.open, base::Instant{now - kYear}, base::Instant{now + kYear}}};
  app_ = app::open_kiosk(std::move(config), {}, entropy_);
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
    later(0, event::WordsLoaded{words->language, plan_.catalogue(words->language)});
  } else if (std::holds_alternative<effect::Render>(one)) {
    changed_ = true;
  } else if (std::holds_alternative<effect::ReadMachine>(one)) {
    later(200, machine());
  } else if (std::holds_alternative<effect::TestPrint>(one)) {
    lobby::Machine seen = machine();
    seen.test = !paper_out_;
    later(1500, std::move(seen));
  }
  // Nothing is spoken, kept or wiped here.
}

void TrialHost::perform(const lobby::Effect& asked) {
  event::Answered out;
  out.number = asked.number;
  int ms = 0;
  bool charge = false;
  if (std::holds_alternative<work::Write>(asked.work)) {
    out.answer = answer::Written{true};
  } else if (std::holds_alternative<work::Challenge>(asked.work)) {
    base::Array<32> nonce;
    entropy_.fill(nonce);
    out.answer = answer::Challenged{nonce};
  } else if (const auto* identify = std::get_if<work::Identify>(&asked.work)) {
    ms = 700;
    const base::ByteView typed(identify->pin->digits.bytes());
    const bool right = card_ && base::equal(typed, base::view(kPin));
    answer::Identified card;
    tries_ = right ? 3 : std::max(0, tries_ - 1);
    card.tries = tries_;
    card.trouble = !card_        ? lobby::CardTrouble::Unreadable
                   : right       ? lobby::CardTrouble::None
                   : tries_ == 1 ? lobby::CardTrouble::LastTry
                                 : lobby::CardTrouble::WrongPin;
    if (right) card.holder = {std::string(kName), born()};
    if (right) card.proof = base::Bytes(32, 1);
    out.answer = std::move(card);
  } else if (const auto* ask = std::get_if<work::Ask>(&asked.work)) {
    ms = 900;
    out.answer = answer::Offered{offer(*ask)};
  } else if (std::holds_alternative<work::LookAtPrinter>(asked.work)) {
    out.answer = answer::PrinterSeen{!paper_out_, true, true, static_cast<std::uint64_t>(printed_)};
    if (paper_out_) out.cause = lobby::Cause::PaperOut;
  } else if (std::holds_alternative<work::Charge>(asked.work)) {
    ms = 2500;
    charge = true;
    out.answer = answer::Done{declines_ ? lobby::Known::No : lobby::Known::Yes};
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
    if (paper_out_) {
      state = lobby::JobState::Stopped;
      out.cause = lobby::Cause::PaperOut;
    } else {
      ++sheets_;
      ++printed_;
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
  out.known = out.terminal = out.clerk = true;
  out.printer = !paper_out_;
  out.cause = paper_out_ ? lobby::Cause::PaperOut : lobby::Cause::None;
  out.sheets = printed_;
  out.paper = paper_out_ ? 0 : 80;
  return out;
}

void TrialHost::function_key(int key) {
  if (key == 1) {
    card_ = !card_;
    if (!card_) return update(event::CardOut{});
    update(event::CardIn{tries_ <= 1 ? lobby::CardTrouble::LastTry : lobby::CardTrouble::None, tries_, 1});
  }
  if (key == 2) update(event::StaffIn{});
  if (key == 3) {
    paper_out_ = !paper_out_;
    update(machine());
  }
  if (key == 4) declines_ = !declines_;
}

}  // namespace machi::kiosk
