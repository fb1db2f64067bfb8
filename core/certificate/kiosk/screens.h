// The kiosk's screens, one a function: short, large, one thing each. They know the scene and what they are
// given, and nothing of devices. Pure; any thread. Every interactive node carries the visit as its version,
// so that an action of another visit counts for nothing.
#pragma once

#include "core/certificate/kiosk/scene.h"
#include "core/screen/builder.h"

namespace machi::certificate::kiosk {

// frame.cc: what all have: place and time, steps, access bar, what it costs, the session's number.
struct Plan {
  std::string name;  // of the screen: "kiosk.pin"
  std::string heading;
  screen::Nodes main;  // below the heading
  screen::Nodes foot;  // the sum stands before, the session's number behind them
  bool sum = false;
  bool bare = false;  // without the access bar's languages: a question that has to be answered now
};
screen::Screen screen_of(const Scene& scene, Plan plan);
// What the voice says of a screen: heading, alerts, texts, what can be pressed first; readings for kanji.
std::string speech_of(const screen::Screen& screen);
std::string yen(std::int64_t amount);                               // "1,200"
std::string title_of(const Scene& scene, Kind kind);                // in the visitor's language
std::string kind_key(Kind kind);                                    // "kiosk.kind.seal-registration"
std::string details_of(const Scene& scene, const OrderItem& item);  // "世帯全員・本籍", "" = nothing special

// attract_screen.cc
screen::Screen attract_screen(const Scene& scene, bool failed, bool door);
screen::Node staff_door(const Scene& scene);
screen::Screen languages_screen(const Scene& scene, bool failed);
screen::Screen still_there_screen(const Scene& scene, int seconds);
// closed_screen.cc
// door: staff come in by a button here
screen::Screen closed_screen(const Scene& scene, std::optional<Reason> reason, bool door);
screen::Screen card_left_screen(const Scene& scene);

// choose_screen.cc
screen::Screen choose_screen(const Scene& scene, const Basket& basket);
screen::Screen details_screen(const Scene& scene, const OrderItem& item, bool last);

// pin_screen.cc
// reprints: the case whose papers are printed again; 0 = none
screen::Screen card_screen(const Scene& scene, Trouble trouble, std::uint32_t reprints);
screen::Screen pin_screen(const Scene& scene, int typed, bool wrong, int tries);
screen::Screen forgot_screen(const Scene& scene);
enum class Working { Card, Clerk, Printer, Stopping };
screen::Screen working_screen(const Scene& scene, Working what, bool slow);

// confirm_screen.cc
struct ToConfirm {
  const Session& session;
  const Holder* holder;  // none once the card is out
  bool birth = false;    // its birth date was asked for
  bool declined = false;
};
screen::Screen confirm_screen(const Scene& scene, const ToConfirm& what);
screen::Screen pay_screen(const Scene& scene, std::int64_t amount, bool stopping, bool slow);

// printing_screen.cc
struct Prints {
  std::vector<OfferedPaper> papers;
  std::size_t done = 0;  // papers
  int sheets = 0;        // of the paper that is being printed
  bool charged = false;
};
screen::Screen printing_screen(const Scene& scene, const Prints& prints);
screen::Screen take_screen(const Scene& scene, const Prints& prints, bool card);
screen::Screen farewell_screen(const Scene& scene, bool card);

// trouble_screen.cc
struct Money {
  std::optional<Outcome> outcome;  // none: nothing was begun
  std::int64_t amount = 0;         // of what was begun
  std::uint32_t number = 0;        // of the case
};
screen::Screen trouble_screen(const Scene& scene, Trouble trouble, const Money& money, bool card, bool again);

// For whoever looks after the machine; no visitor's data is known there.
// staff_pin_screen.cc: wait: seconds until another PIN is taken
screen::Screen staff_pin_screen(const Scene& scene, int typed, bool wrong, std::int64_t wait);
inline constexpr int kLeastStaffDigits = 6, kMostStaffDigits = 12;
// How long after so many wrong PINs in a row none is taken.
std::int64_t staff_pause_ms(int wrong);
// staff_screen.cc: refunded: how paying a case back went
screen::Screen staff_screen(const Scene& scene, const Machine& machine, const Book& book,
                            std::optional<Known> refunded);
// staff_case_screen.cc: busy: the terminal is being asked; serves: a visitor could be served now
struct CaseView {
  const Case& one;
  bool busy = false, serves = false;
  std::optional<Known> refunded;
};
screen::Screen staff_case_screen(const Scene& scene, const CaseView& view);
// staff_totals_screen.cc
screen::Screen staff_totals_screen(const Scene& scene, const Machine& machine);
screen::Screen staff_log_screen(const Scene& scene, const Machine& machine);

}  // namespace machi::certificate::kiosk
