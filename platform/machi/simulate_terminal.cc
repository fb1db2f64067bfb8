// machi simulate terminal: a payment terminal that is not one (core/certificate/terminal/TERMINAL.md).
#include <unistd.h>

#include "platform/host/simulated/simulated_terminal.h"
#include "platform/machi/command.h"

namespace machi::program {
namespace {

struct SimulateTerminal {
  std::string book;
  std::uint16_t port = 0;
  std::vector<std::string> said;
};

void print_book(const std::string& file) {
  nlohmann::json out = nlohmann::json::array();
  if (const auto book = host::SimulatedTerminal::book(file); book.ok())
    for (const auto& entry : *book)
      out.push_back({{"ref", entry.ref.hex()},
                     {"what", entry.ask == certificate::terminal::Ask::Refund ? "refund" : "charge"},
                     {"yen", entry.amount},
                     {"done", entry.done},
                     {"closed", entry.closed},
                     {"of", entry.of.is_zero() ? nlohmann::json() : nlohmann::json(entry.of.hex())}});
  print_line({{"book", std::move(out)}});
}

int simulate(const SimulateTerminal& options) {
  auto terminal = host::SimulatedTerminal::open(options.book, options.port);
  if (!terminal.ok()) return complain("The terminal cannot start", terminal.error());
  for (const std::string& words : options.said)
    if (const auto done = (*terminal)->obey(words); !done.ok())
      return complain("--say cannot be understood", done.error());
  print_line({{"port", (*terminal)->port()}});
  std::string buffer;
  int input = 0;
  for (;;) {
    if (!(*terminal)->serve(input, 1000)) continue;
    char piece[512];
    const auto got = ::read(0, piece, sizeof piece);
    if (got <= 0) return kDone;
    buffer.append(piece, static_cast<std::size_t>(got));
    for (auto end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
      const std::string line = buffer.substr(0, end);
      buffer.erase(0, end + 1);
      if (line == "quit") return kDone;
      if (line == "book") {
        print_book(options.book);
        continue;
      }
      const auto done = (*terminal)->obey(line);
      print_line({{"done", done.ok()}});
    }
  }
}

}  // namespace

Action declare_simulate_terminal(CLI::App& app) {
  auto options = std::make_shared<SimulateTerminal>();
  app.add_option("--book", options->book, "Its book, an SQLite file that outlives it; made when not there")
      ->required();
  app.add_option("--port", options->port, "Port on the loopback address; 0 takes a free one");
  app.add_option("--say", options->said, "A line as on standard input, before it starts; may be repeated");
  app.footer(
      R"(Lines on standard input: [once] charge|settle|refund|health BEHAVIOUR; pay; book; quit. Behaviours:
  approve, decline
  wait      until `pay`, or until the kiosk abandons it
  silent    nothing is done and nothing is said      cut    the line is closed before anything is done
  lost      it is done, the answer does not arrive   late   the same, and done only after the answer's time
  twice     the answer comes twice                   stale  an answer to something else comes first
  garbage   the answer cannot be read                unknown  done, and "unknown" is said
One line of JSON when it stands, {"port"}, and one after each line: {"done"}, {"book": [{ref, what, yen, done, closed, of}]}.
The book is what really happened to the money, however it behaved.)");
  return [options] { return simulate(*options); };
}

}  // namespace machi::program
