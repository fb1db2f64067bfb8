// The kiosk's app: events in, effects out. The transaction says what happens to money and paper; this says
// what the visitor sees of it, and forgets the visitor.
#include "core/app/kiosk_state.h"

#include <algorithm>

#include "core/crypto/sodium.h"
#include "core/screen/json.h"

namespace machi::app {

using namespace kiosk_event;
using counter::Cause;
using counter::Known;
using counter::Outcome;
using counter::Stage;
using counter::Trouble;

namespace {

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

template <class T, std::size_t I = 0>
constexpr std::size_t index_of() {
  if constexpr (std::is_same_v<T, std::variant_alternative_t<I, counter::Work>>)
    return I;
  else
    return index_of<T, I + 1>();
}
constexpr std::size_t kNothing = std::variant_npos;
constexpr std::int64_t kIdleMs = 60'000;

}  // namespace

std::unique_ptr<Kiosk> open_kiosk(KioskConfig config, counter::Book book, base::Entropy& entropy) {
  return std::make_unique<KioskApp>(std::move(config), std::move(book), entropy);
}

KioskApp::KioskApp(KioskConfig config, counter::Book book, base::Entropy& entropy)
    : config_(std::move(config)),
      kiosk_(std::move(book), config_.seal_keys, entropy),
      words_(shelf_.words()),
      kind_(kNothing),
      staff_wrong_(kiosk_.book().staff_refused()),
      staff_wrong_at_(kiosk_.book().staff_refused_at()) {}
KioskApp::~KioskApp() = default;

bool KioskApp::blank() const {
  return page_ == Page::Attract && visit_.basket.items().empty() && visit_.typed == 0 &&
         visit_.session.empty() && kiosk_.holder() == nullptr && !begun();
}

void KioskApp::update(KioskEvent event, std::vector<KioskEffect>& out) {
  now_ = event.at;
  out_ = &out;
  take(event);
  follow();
  settle();
  out_ = nullptr;
}

void KioskApp::take(KioskEvent& event) {
  std::visit(
      Overload{
          [this](Start&) {
            touched_ = now_;
            turn_day();
            run(kiosk_.begin(now_));
          },
          [this](Act& it) {
            if (!screen::still_means(drawn_, it.action)) return;
            touched_ = now_;
            press(it.action);
          },
          [this](Tick&) {
            due_ = 0;
            turn_day();
            if (now_.ms >= idle_at_ && page_ == Page::Attract && doing_ == 0) {
              idle_at_ = now_.ms + kIdleMs;
              act(counter::act::Idle{});
            }
            const std::int64_t limit = limit_ms();
            if (limit > 0 && now_.ms >= touched_.ms + limit) time_is_up();
          },
          [this](Answered& it) { answered(it); }, [this](CardIn& it) { card_in(it); },
          [this](CardOut&) { card_out(); }, [this](PaperTaken&) { visit_.paper_taken = visit_.ended; },
          [this](StaffCalled& it) { visit_.help = it.ok ? counter::Help::Called : counter::Help::Failed; },
          [this](StaffIn&) { staff_in(); },
          [this](StaffOut&) {
            if (page_ == Page::Staff || page_ == Page::StaffPin) end_visit();
          },
          [this](TotalsSaved& it) {
            if (page_ == Page::Staff) machine_.saved = it.ok;
          },
          [this](WordsLoaded& it) { words_came(it); },
          [this](Machine& it) {
            it.saved = machine_.saved;
            machine_ = std::move(it);
          }},
      event.what);
}

// ---- The transaction

void KioskApp::run(std::optional<counter::Effect> effect) {
  if (!effect) return;
  doing_ = effect->number;
  kind_ = effect->work.index();
  if (const auto* charge = std::get_if<counter::work::Charge>(&effect->work)) {
    ref_ = charge->ref;
    visit_.amount = charge->amount;
    visit_.stopping = false;
  }
  if (std::holds_alternative<counter::work::Print>(effect->work)) {
    visit_.prints.sheets = 0;
    touched_ = now_;
  }
  out_->push_back(kiosk_effect::Do{std::move(*effect)});
  if (visit_.trouble != Trouble::None) stop_charge();  // cancelled while it was being written down
}

// A terminal that still waits for money need not.
void KioskApp::stop_charge() {
  if (kind_ != index_of<counter::work::Charge>() || visit_.stopping) return;
  visit_.stopping = true;
  out_->push_back(kiosk_effect::StopCharge{ref_});
}

void KioskApp::act(counter::Act what) { run(kiosk_.on(std::move(what), now_)); }

void KioskApp::answered(Answered& it) {
  if (doing_ == 0 || it.number != doing_) return;
  note(it.answer, it.cause, it.sheets);
  doing_ = 0;
  const bool identified = kind_ == index_of<counter::work::Identify>();
  kind_ = kNothing;
  run(kiosk_.on(it.number, std::move(it.answer), now_));
  // A seal is registered from fifteen on: the card says enough, and the clerk need not be asked.
  if (identified && kiosk_.holder() != nullptr && visit_.basket.find(certificate::Kind::SealRegistration)) {
    const base::Date birth = kiosk_.holder()->birth, today = base::date_of(now_);
    int age = today.year() - birth.year();
    if (std::pair(today.month(), today.day()) < std::pair(birth.month(), birth.day())) --age;
    if (age < certificate::kYoungestSealHolder) {
      trouble(Trouble::TooYoung);
      act(counter::act::Cancel{});
    }
  }
}

// What an answer means for the sentence that the visitor will read.
void KioskApp::note(const counter::Answer& answer, Cause cause, int sheets) {
  std::visit(
      Overload{[this](const counter::answer::Written& it) {
                 if (!it.ok) trouble(Trouble::Broken);
               },
               [this](const counter::answer::Challenged& it) {
                 if (!it.nonce) trouble(Trouble::ClerkSilent);
               },
               [this](const counter::answer::Identified& it) {
                 visit_.wrong = it.trouble == counter::CardTrouble::WrongPin;
                 trouble(counter::trouble_of(it.trouble));
               },
               [this, cause](const counter::answer::Offered& it) {
                 if (!it.offer)
                   trouble(cause == Cause::Refused   ? Trouble::Counter
                           : cause == Cause::Revoked ? Trouble::CardRevoked
                                                     : Trouble::ClerkSilent);
               },
               [this, cause](const counter::answer::PrinterSeen& it) {
                 if (!it.ready || !it.queue_empty) trouble(counter::trouble_of(cause));
                 const auto& open = kiosk_.book().open();
                 if (!it.tray_clear && open && open->jobs.empty()) trouble(Trouble::PaperLeft);
               },
               [this, cause](const counter::answer::Done& it) {
                 const bool money =
                     kind_ == index_of<counter::work::Charge>() || kind_ == index_of<counter::work::Settle>();
                 if (money && it.known == Known::No) visit_.declined = true;
                 if (kind_ == index_of<counter::work::Print>() && it.known != Known::Yes)
                   trouble(counter::trouble_of(cause));
               },
               [this, cause, sheets](const counter::answer::Watched& it) {
                 if (sheets > visit_.prints.sheets) touched_ = now_;
                 visit_.prints.sheets = std::max(visit_.prints.sheets, sheets);
                 // It may go on after a silence: then nothing was the matter.
                 if (it.state == counter::JobState::Working || it.state == counter::JobState::Completed)
                   visit_.trouble = Trouble::None;
                 else
                   trouble(counter::trouble_of(cause));
               },
               [](const counter::answer::Finished&) {}},
      answer);
}

void KioskApp::card_in(const CardIn& card) {
  card_new_ = card_new_ || (!card_ && !card.left);
  card_ = true;
  seen_ = card;
  touched_ = now_;
  if (page_ == Page::Card) begin_session();
  // A second one beside it: nobody knows whose paper is wanted.
  if (page_ == Page::Running && card.cards > 1) cancel(Trouble::CardTwo);
}

void KioskApp::card_out() {
  card_ = card_new_ = false;
  if (page_ == Page::Running) {
    const Stage stage = kiosk_.stage();
    // What is being printed is finished; before that the card's absence ends the session.
    if (stage != Stage::Printing && stage != Stage::Undoing && !visit_.ended) trouble(Trouble::CardGone);
    visit_.typed = 0;
    visit_.pin = {};
    visit_.pin_ready = visit_.birth = false;
    act(counter::act::CardOut{});
    stop_charge();
  }
  if (page_ == Page::Card && visit_.trouble != Trouble::None) visit_.trouble = Trouble::None;
}

// The card lies there and the order stands.
void KioskApp::begin_session() {
  if (!card_ || !card_new_) return;
  if (seen_.cards > 1) return trouble(Trouble::CardTwo);
  const Trouble bad = seen_.tries == 0   ? Trouble::CardLocked
                      : seen_.tries == 1 ? Trouble::CardLastTry
                                         : counter::trouble_of(seen_.trouble);
  visit_.trouble = Trouble::None;
  if (bad == Trouble::CardUnreadable) return trouble(bad);
  if (bad != Trouble::None) {
    trouble(bad);
    page_ = Page::Trouble;
    return;
  }
  page_ = Page::Running;
  visit_.ended = visit_.wrong = visit_.declined = visit_.paper_taken = false;
  visit_.prints = {};
  visit_.session.clear();
}

void KioskApp::follow() {
  const Stage stage = kiosk_.stage();
  if (page_ == Page::Staff) follow_staff();
  if (page_ == Page::Running && doing_ == 0 && !visit_.ended) {
    // The last visitor's outcome may still have been on its way to the clerk.
    if (visit_.session.empty() && stage == Stage::Free)
      act(counter::act::Start{visit_.basket.items(), visit_.reprint});
    if (visit_.pin_ready && kiosk_.stage() == Stage::Pin && doing_ == 0) {
      visit_.pin_ready = false;
      visit_.typed = 0;
      act(counter::act::TypePin{counter::Pin{std::move(visit_.pin.digits)}});
      visit_.pin = {};
    }
  }
  if (const auto& open = kiosk_.book().open(); open && page_ == Page::Running) {
    visit_.session = counter::number_of(open->id);
    if (!open->papers.empty()) {
      visit_.prints.papers = open->papers;
      visit_.prints.done = open->delivered();
      visit_.prints.charged = open->charged();
      visit_.amount = open->total();
    }
  }
  if (page_ == Page::Running && !visit_.ended) {
    if (kiosk_.stage() == Stage::Stuck) {
      visit_.ended = true;
      trouble(Trouble::Broken);
      page_ = Page::Trouble;
    } else if (const auto outcome = kiosk_.last_outcome(); outcome && !visit_.session.empty()) {
      ended(*outcome);
    } else if (visit_.session.empty() && doing_ == 0 && kiosk_.stage() != Stage::Free) {
      page_ = Page::Attract;  // out of service meanwhile
    }
  }
  if (page_ == Page::Running && visit_.ended) {
    if (visit_.paper_taken && doing_ == 0 && kiosk_.stage() == Stage::TakePaper)
      act(counter::act::TookPaper{});
    if (kiosk_.stage() == Stage::Free || kiosk_.stage() == Stage::OutOfService) {
      page_ = Page::Farewell;
      visit_.prints = {};
      visit_.session.clear();
    }
  }
}

void KioskApp::ended(Outcome outcome) {
  visit_.ended = true;
  visit_.money = {outcome, visit_.amount,
                  outcome == Outcome::OpenCase ? kiosk_.book().next_case() - 1 : std::uint32_t{0}};
  if (visit_.reprint != 0 && outcome != Outcome::Delivered)  // the case stands as before
    visit_.money = {Outcome::OpenCase, 0, visit_.reprint};
  if (outcome == Outcome::Delivered) {
    visit_.prints.done = visit_.prints.papers.size();
    visit_.basket.clear();
    return;  // the paper is to be taken
  }
  if (visit_.change && outcome == Outcome::NotCharged && card_) {
    visit_.change = visit_.ended = false;
    visit_.trouble = Trouble::None;
    visit_.session.clear();
    visit_.money = {};
    page_ = Page::Choose;
    return;
  }
  if (kiosk_.book().out_of_service() == counter::Reason::WrongPerson) visit_.trouble = Trouble::WrongPerson;
  if (kiosk_.book().out_of_service() == counter::Reason::Terminal) visit_.trouble = Trouble::TerminalSilent;
  if (visit_.trouble == Trouble::None)
    visit_.trouble = visit_.declined ? Trouble::NotPaid : Trouble::PrinterFailed;
  page_ = Page::Trouble;
  if (outcome == Outcome::OpenCase || kiosk_.book().out_of_service()) call_staff();
  if (visit_.trouble == Trouble::WalkedAway) end_visit();
}

// The first cause is the one that is told.
void KioskApp::trouble(Trouble what) {
  if (visit_.trouble == Trouble::None) visit_.trouble = what;
}

// ---- The visit

void KioskApp::begin_visit() {
  const counter::Help help = visit_.help;
  visit_ = {};
  visit_.help = help;
  ++visits_;
  page_ = Page::Choose;
}

void KioskApp::end_visit() {
  visit_ = {};
  ++visits_;
  page_ = Page::Attract;
  manner_ = {};
  language_failed_ = false;
  shelf_.choose("ja");
  words_ = shelf_.words();
  drawn_ = {};
  shown_ = {};
  card_new_ = false;  // a card that still lies there is the last visitor's
  out_->push_back(kiosk_effect::Forget{});
  out_->push_back(kiosk_effect::Speak{});
}

void KioskApp::call_staff() { out_->push_back(kiosk_effect::CallStaff{visit_.session}); }

void KioskApp::words_came(const WordsLoaded& loaded) {
  const std::string next = shelf_.came(loaded.language, loaded.mo);
  if (!next.empty()) out_->push_back(kiosk_effect::LoadWords{next});
  language_failed_ = shelf_.failed();
  if (language_failed_ && page_ != Page::Attract) visit_.languages = true;  // another may be had
  words_ = shelf_.words();
}

void KioskApp::settle() {
  if (std::string at = place(); at != place_) {
    place_ = std::move(at);
    touched_ = now_;
  }
  screen::Screen next = draw();
  const bool fresh = next.name != name_;
  name_ = next.name;
  // What it came to is compared, and not kept: a person's name may stand in it.
  std::string text = screen::to_json(next) + (manner_.large ? "L" : "") + (manner_.low ? "l" : "") +
                     (manner_.contrast ? "c" : "") + (manner_.voice ? "v" : "");
  const auto hash = crypto::sha256(base::view(text));
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  if (hash != shown_) {
    shown_ = hash;
    next.revision = ++revision_;
    drawn_ = std::move(next);
    out_->push_back(kiosk_effect::Render{});
    if (fresh && manner_.voice)
      out_->push_back(kiosk_effect::Speak{counter::speech_of(drawn_), drawn_.language});
  }
  // One timer: the clock's next minute, the limit's warning, its seconds, its end.
  std::int64_t due = (now_.ms / 60'000 + 1) * 60'000;
  if (const std::int64_t limit = limit_ms(); limit > 0) {
    const std::int64_t end = touched_.ms + limit, warn = end - kWarnMs;
    due = std::min(due, now_.ms < warn ? warn : std::min(end, now_.ms + 1000));
    due = std::max(due, now_.ms + 1);
  }
  if (page_ == Page::StaffPin && staff_wait_ms() > 0) due = std::min(due, now_.ms + 1000);
  if (page_ == Page::Running && now_.ms < touched_.ms + kSlowMs) due = std::min(due, touched_.ms + kSlowMs);
  if (due != due_) {
    due_ = due;
    out_->push_back(kiosk_effect::Timer{static_cast<std::int32_t>(due - now_.ms)});
  }
}

}  // namespace machi::app
