// The kiosk's app: from the attract screen to the farewell, as a pure state machine around the transaction
// (core/certificate/KIOSK.md). What happens comes in as an event; what the host shall do comes out as
// effects; the screen is a tree that any presenter draws. One thread; no I/O of its own: the journal too is
// an effect (Do with work::Write). The same events and entropy give the same effects and screens.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/certificate/kiosk/scene.h"
#include "core/screen/node.h"

namespace machi::app {

struct KioskConfig {
  std::string place;                              // 日和町役場: stands above every screen
  certificate::kiosk::Fees fees{};                // yen a copy, by kind; the clerk's offer is what is paid
  std::vector<certificate::SealKey> seal_keys{};  // of the clerk, as the feed lists them
  base::Bytes staff_pin{};                        // crypto::hash_password of it; empty = their key is enough
  bool staff_door = false;                        // a button on the first screen asks for it: there is no key
};

// ---- What the host tells the kiosk.
namespace kiosk_event {
struct Start {};  // once, first
struct Act {
  screen::Action action;
};               // "press", "choose", "back"
struct Tick {};  // the time of the Timer is over
// The answer to Do, under its number; twice or late counts for nothing. cause: what was seen when it did not
// work. sheets: of a Print or Watch, how many the job has put out.
struct Answered {
  std::uint64_t number = 0;
  certificate::kiosk::Answer answer;
  certificate::kiosk::Cause cause = certificate::kiosk::Cause::None;
  int sheets = 0;
};
// A card lies on the reader, and the host has looked at it (card::look: spends no try). trouble: None, or
// NotMyNumber, LastTry, Locked, Expired, Unreadable. cards: how many lie there. left: it lay there before
// this program began, and is somebody's who may have gone.
struct CardIn {
  certificate::kiosk::CardTrouble trouble = certificate::kiosk::CardTrouble::None;
  int tries = 3;
  int cards = 1;
  bool left = false;
};
struct CardOut {};     // none is there any more
struct PaperTaken {};  // the tray's sensor; without one the visitor says so
struct StaffCalled {
  bool ok = false;
};                  // answer to CallStaff
struct StaffIn {};  // a staff card or the key switch: they are asked for their PIN, when there is one
struct StaffOut {};
struct WordsLoaded {  // answer to LoadWords; empty = it could not be had
  std::string language;
  base::Bytes mo;
};
struct TotalsSaved {
  bool ok = false;
};  // answer to SaveTotals
// Answer to ReadMachine, for the staff's screen; also unasked, and after a TestPrint.
using Machine = certificate::kiosk::Machine;
}  // namespace kiosk_event

struct KioskEvent {
  base::Instant at;
  std::variant<kiosk_event::Start, kiosk_event::Act, kiosk_event::Tick, kiosk_event::Answered,
               kiosk_event::CardIn, kiosk_event::CardOut, kiosk_event::PaperTaken, kiosk_event::StaffCalled,
               kiosk_event::StaffIn, kiosk_event::StaffOut, kiosk_event::TotalsSaved,
               kiosk_event::WordsLoaded, kiosk_event::Machine>
      what;
};

// ---- What the kiosk asks of the host.
namespace kiosk_effect {
// The transaction's: one at a time; the host answers with Answered. What it points at holds until then.
struct Do {
  certificate::kiosk::Effect effect;
};
// The visitor has changed their mind while the terminal waits for money: it ends that charge. What became of
// it is the answer to Do, as always.
struct StopCharge {
  certificate::kiosk::Ref ref;
};
// Say this, and be silent about what was being said; readings stand for kanji. Empty: be silent.
struct Speak {
  std::string text;
  std::string language;  // BCP 47
};
struct CallStaff {
  std::string session;
};  // its number, or ""; answered with StaffCalled
struct Timer {
  std::int32_t ms = 0;
};  // there is one: a new one replaces it; 0 ends it
struct LoadWords {
  std::string language;
};
struct Render {};       // the screen has changed: ask for view() and manner()
struct Forget {};       // the visit is over: drop and wipe whatever was kept of it
struct ReadMachine {};  // for the staff's screen
struct TestPrint {};    // a page that names nobody
// The day's totals as a file, where staff find it: when staff ask for it, and of each day that is over.
struct SaveTotals {
  base::Date day;
};
struct LeaveStaff {};  // the staff's screen was closed: StaffOut is not waited for
}  // namespace kiosk_effect

using KioskEffect = std::variant<kiosk_effect::Do, kiosk_effect::StopCharge, kiosk_effect::Speak,
                                 kiosk_effect::CallStaff, kiosk_effect::Timer, kiosk_effect::LoadWords,
                                 kiosk_effect::Render, kiosk_effect::Forget, kiosk_effect::ReadMachine,
                                 kiosk_effect::TestPrint, kiosk_effect::SaveTotals, kiosk_effect::LeaveStaff>;

class Kiosk {
 public:
  virtual ~Kiosk() = default;
  // Appends what the host shall do.
  virtual void update(KioskEvent event, std::vector<KioskEffect>& out) = 0;
  // Screen::app is "kiosk". bar: place, time, steps; rail: the access bar (voice, large, low, contrast,
  // languages, help); main; foot: what it costs, the main action, the session's number. A Group of
  // Kind::Secret is a PIN pad: its value says how many digits are typed ("2"), its children are the keys
  // "key.1" to "key.9", "key.clear", "key.0", "key.enter" in their order, three in a row; what was typed
  // stands nowhere.
  virtual const screen::Screen& view() = 0;
  virtual const certificate::kiosk::Manner& manner() const = 0;
  // For whoever supervises: the state of the transaction, the cases, whether it is in service.
  virtual certificate::kiosk::Stage stage() const = 0;
  virtual const certificate::kiosk::Book& book() const = 0;
  // True while nothing of any visitor is held (the attract screen, or out of service).
  virtual bool blank() const = 0;
};

// `book` as the journal adds up. The entropy gives references and session ids.
std::unique_ptr<Kiosk> open_kiosk(KioskConfig config, certificate::kiosk::Book book, base::Entropy& entropy);

}  // namespace machi::app
