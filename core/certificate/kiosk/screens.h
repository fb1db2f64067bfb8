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
screen::Screen attract_screen(const Scene& scene, bool failed);
screen::Screen languages_screen(const Scene& scene, bool failed);
screen::Screen still_there_screen(const Scene& scene, int seconds);
// closed_screen.cc
screen::Screen closed_screen(const Scene& scene, std::optional<Reason> reason);
screen::Screen card_left_screen(const Scene& scene);

// choose_screen.cc
screen::Screen choose_screen(const Scene& scene, const Basket& basket);
screen::Screen details_screen(const Scene& scene, const OrderItem& item, bool last);

// pin_screen.cc
screen::Screen card_screen(const Scene& scene, Trouble trouble);
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

// staff_screen.cc: for whoever looks after the machine; no visitor's data is known there.
screen::Screen staff_screen(const Scene& scene, const Machine& machine, const Book& book);

}  // namespace machi::certificate::kiosk
