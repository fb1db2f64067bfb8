// Every disaster message that came, as it came: what could be read in threads of one event, what could not
// with the reason, for staff. In whatever order messages arrive, and however often, the events are the same.
// One thread, that of the database.
#pragma once

#include "core/notice/alert/alert.h"
#include "core/store/database.h"

namespace machi::notice {

using base::Bytes;
using base::ByteView;
using base::Status;

struct AlertEvent {
  enum class State { InForce, Over, Cancelled } state = State::InForce;
  std::string thread;                      // the least of the names by which its messages know it
  AlertStatus status = AlertStatus::Test;  // an exercise is an event of its own, whatever it is about
  Severity severity = Severity::Unknown;   // of the newest message
  std::string title, headline;             // of the newest message
  Instant first, newest;                   // sent
  std::optional<Instant> expires;
  int messages = 0;
};

struct RefusedAlert {
  Instant at;  // came
  std::string why;
  Bytes bytes;
};

class AlertBook {
 public:
  static Result<AlertBook> open(store::Database& database);

  enum class Taken { Event, Joined, Duplicate, Refused };
  // The bytes as they came and what reading them gave. Refused ones are kept too, and stop nothing.
  Result<Taken> take(ByteView bytes, const Result<Alert>& read, Instant now);

  // This message came before, in these or other bytes.
  Result<bool> knows(const Alert& alert) const;
  // Newest first.
  Result<std::vector<AlertEvent>> events() const;
  Result<std::vector<RefusedAlert>> refused() const;

 private:
  explicit AlertBook(store::Database& database) : database_(&database) {}
  store::Database* database_;
};

}  // namespace machi::notice
