// A payment terminal that is not one: keeps TERMINAL.md's promises with a book in SQLite that outlives it,
// and can be told to behave badly on its way - to decline, to say nothing, to carry out and lose the answer,
// to answer twice. Whatever it is told, the book is what really happened to the money. One thread.
#pragma once

#include <chrono>
#include <deque>
#include <list>
#include <map>

#include "core/certificate/terminal/messages.h"
#include "core/store/database.h"
#include "platform/host/socket.h"

namespace machi::host {

// What becomes of a request, by its word: approve, decline, silent (nothing is done, nothing is said), lost
// (done, the answer does not arrive), late (done after the answer's time), twice, stale (an answer to
// something else first), garbage, unknown, wait (until `pay`), cut (the line is closed before anything).
class SimulatedTerminal {
 public:
  using Clock = std::chrono::steady_clock;
  static base::Result<std::unique_ptr<SimulatedTerminal>> open(const std::string& book, std::uint16_t port);

  std::uint16_t port() const { return port_; }
  // "charge decline", "settle silent"; "once charge lost" for the next one only; "pay" for whom it waits;
  // "means cash" (card, e-money, code) from now on.
  base::Status obey(std::string_view words);
  // Waits for the network, and for `input` when it is 0 or more; true when there is input to read.
  bool serve(int input, int milliseconds);

  struct Entry {
    certificate::terminal::Ref ref;
    certificate::terminal::Ask ask = certificate::terminal::Ask::Charge;
    std::int64_t amount = 0;
    bool done = false, closed = false;
    certificate::terminal::Ref of;
    certificate::kiosk::Means means = certificate::kiosk::Means::Unknown;
  };
  // The book of a terminal, at work or not.
  static base::Result<std::vector<Entry>> book(const std::string& file);

 private:
  struct Line {
    Socket socket;
    certificate::terminal::Frames frames;
  };
  struct Pending {
    std::size_t line = 0;
    certificate::terminal::Request request;
    std::optional<Clock::time_point> due;  // none: until `pay`
    bool heard = true;
  };
  SimulatedTerminal() = default;
  void take(std::size_t line, const certificate::terminal::Request& request);
  void carry_out(const Pending& pending);
  void settle(std::size_t line, const certificate::terminal::Request& request, const std::string& how);
  void close(const certificate::terminal::Ref& ref, certificate::terminal::Why why);
  void say(std::size_t line, const certificate::terminal::Answer& answer, const std::string& how);
  std::optional<Entry> find(const certificate::terminal::Ref& ref);
  certificate::kiosk::Means means_of(certificate::terminal::Ask ask) const {
    return ask == certificate::terminal::Ask::Charge ? means_ : certificate::kiosk::Means::Unknown;
  }
  std::string behaviour(certificate::terminal::Ask ask);

  std::unique_ptr<store::Database> database_;
  Socket listening_;
  std::uint16_t port_ = 0;
  std::map<std::size_t, Line> lines_;
  std::size_t next_line_ = 1;
  std::list<Pending> pending_;
  certificate::kiosk::Means means_ = certificate::kiosk::Means::Card;
  std::map<certificate::terminal::Ask, std::string> always_;
  std::map<certificate::terminal::Ask, std::deque<std::string>> once_;
};

}  // namespace machi::host
