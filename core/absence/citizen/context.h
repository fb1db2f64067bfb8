// What the citizen's screens of absence stand on, and how they say where to go next. The app owns all of it and makes a
// context for each call; nothing here outlives one. One thread.
#pragma once

#include "core/absence/citizen/child_book.h"
#include "core/absence/report_book.h"
#include "core/mail/client.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::absence {

struct CitizenContext {
  store::Database& database;
  base::Entropy& entropy;
  mail::Client& mail;
  ReportBook& reports;
  ChildBook& children;
  const words::Words& words;
  Instant now;
  bool online = true;
  bool kept = false;  // the app is installed, or the browser keeps its storage: "registered" may be said

  Date today() const { return base::date_of(now); }
  bool connected() const { return online && mail.reachable(); }
};

// A screen and what it is about: "absence.sent" and the report's id in hex.
struct Route {
  std::string name;
  std::string subject;
  std::string screen() const { return subject.empty() ? name : name + "/" + subject; }
  bool operator==(const Route&) const = default;
};

// Where an action leads. Replace: the next screen takes this one's place, so that "back" does not return to it.
struct Outcome {
  enum class Move { Stay, Push, Replace, Back, Home };
  Move move = Move::Stay;
  Route to;
  bool sent = false;      // something was sent: worth a sound
  bool persist = false;   // ask the browser to keep the storage
  bool rolled_back = false;  // a transaction did not commit: nothing that it made may leave the phone
};

inline Outcome stay() { return {}; }
inline Outcome go(std::string name, std::string subject = {}) {
  return {Outcome::Move::Push, {std::move(name), std::move(subject)}};
}
inline Outcome replace(std::string name, std::string subject = {}) {
  return {Outcome::Move::Replace, {std::move(name), std::move(subject)}};
}
inline Outcome back() { return {Outcome::Move::Back, {}}; }
inline Outcome home() { return {Outcome::Move::Home, {}}; }

// Names of screens.
namespace screens {
inline constexpr const char* kForm = "absence.form";        // subject: the report that is changed, or nothing
inline constexpr const char* kSent = "absence.sent";        // subject: report
inline constexpr const char* kCancel = "absence.cancel";    // subject: report
inline constexpr const char* kNotes = "absence.notes";      // subject: pupil, or pupil.report
inline constexpr const char* kScan = "slip.scan";
inline constexpr const char* kCheck = "slip.check";
inline constexpr const char* kApply = "slip.apply";
inline constexpr const char* kWaiting = "slip.waiting";     // subject: slip
inline constexpr const char* kProblem = "slip.problem";     // subject: slip, or nothing for the one just read
}  // namespace screens

}  // namespace machi::absence
