// The log of the town's programs: events from this table, one JSON object a line on standard error. There is
// no way to put free text in, so nothing personal gets in: no id, key, query, address or body. Any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>
#include <variant>

namespace machi::host {

enum class Event {
  Started,   // port
  Stopping,  // signal
  Stopped,
  Request,  // method, route, status, bytes, ms
  StreamOpened,
  StreamClosed,    // frames, bytes
  CommitRefused,   // code, requests
  ConnectionLost,  // of these, only the kind of trouble
  Overloaded,
  HubRestored,
  ProcessEnded,      // process, status; another one takes its place
  QuestionAnswered,  // reply, ms: one refusal for all causes, here too
};
std::string_view event_name(Event event);

// A field's text is a constant of the program (a route's name, an error code's), never a request's.
using Field = std::pair<std::string_view, std::variant<std::int64_t, double, std::string_view>>;

class EventLog {
 public:
  // A file descriptor, standard error by default; -1 keeps still.
  explicit EventLog(int descriptor = 2) : descriptor_(descriptor) {}
  void write(Event event, std::initializer_list<Field> fields = {}) const;

 private:
  int descriptor_;
};

}  // namespace machi::host
