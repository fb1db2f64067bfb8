// One line an event, written by one call so that lines of several threads do not mix. Any thread; a full disk
// loses lines.
#include "platform/host/log.h"

#include <sys/time.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <ctime>
#include <string>

namespace machi::host {

std::string_view event_name(Event event) {
  switch (event) {
    case Event::Started:
      return "started";
    case Event::Stopping:
      return "stopping";
    case Event::Stopped:
      return "stopped";
    case Event::Request:
      return "request";
    case Event::StreamOpened:
      return "stream-opened";
    case Event::StreamClosed:
      return "stream-closed";
    case Event::CommitRefused:
      return "commit-refused";
    case Event::ConnectionLost:
      return "connection-lost";
    case Event::Overloaded:
      return "overloaded";
    case Event::HubRestored:
      return "hub-restored";
    case Event::ProcessEnded:
      return "process-ended";
    case Event::QuestionAnswered:
      return "question-answered";
  }
  return "unknown";
}

void EventLog::write(Event event, std::initializer_list<Field> fields) const {
  if (descriptor_ < 0) return;
  timeval now{};
  ::gettimeofday(&now, nullptr);
  std::tm utc{};
  ::gmtime_r(&now.tv_sec, &utc);
  char time[40];
  const std::size_t length = std::strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%S", &utc);
  std::snprintf(time + length, sizeof time - length, ".%03dZ", static_cast<int>(now.tv_usec / 1000));

  std::string line;
  line.reserve(256);
  line.append("{\"time\": \"")
      .append(time)
      .append("\", \"event\": \"")
      .append(event_name(event))
      .append(1, '"');
  for (const auto& [name, value] : fields) {
    line.append(", \"").append(name).append("\": ");
    char text[32];
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      line.append(text, std::to_chars(text, text + sizeof text, *integer).ptr);
    } else if (const auto* number = std::get_if<double>(&value)) {
      std::snprintf(text, sizeof text, "%.2f", *number);
      line += text;
    } else {
      line.append(1, '"').append(std::get<std::string_view>(value)).append(1, '"');
    }
  }
  line += "}\n";
  const ssize_t written = ::write(descriptor_, line.data(), line.size());
  static_cast<void>(written);
}

}  // namespace machi::host
