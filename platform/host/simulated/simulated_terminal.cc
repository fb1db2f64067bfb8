// Book first, answer afterwards: a row is on the disk before anything is said of it.
#include "platform/host/simulated/simulated_terminal.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace machi::host {
namespace {

using base::Code;
using base::fail;
using base::Status;
using certificate::kiosk::Means;
using certificate::terminal::Answer;
using certificate::terminal::Ask;
using certificate::terminal::Ref;
using certificate::terminal::Request;
using certificate::terminal::State;
using certificate::terminal::Why;

constexpr std::chrono::milliseconds kLate(1'500);
constexpr std::array<std::string_view, 10> kBehaviours = {"approve", "decline", "silent",  "lost",    "late",
                                                          "twice",   "stale",   "garbage", "unknown", "wait"};

std::optional<Ask> ask_named(std::string_view name) {
  if (name == "charge") return Ask::Charge;
  if (name == "settle") return Ask::Settle;
  if (name == "refund") return Ask::Refund;
  if (name == "health") return Ask::Health;
  return std::nullopt;
}

base::Result<std::unique_ptr<store::Database>> open_book(const std::string& file) {
  store::OpenOptions options;
  options.path = file;
  options.wal = true;
  MACHI_TRY_SET(database, store::Database::open(options));
  MACHI_TRY(database->migrate(
      {{"terminal.1",
        "CREATE TABLE terminal_book (ref BLOB PRIMARY KEY, ask INTEGER NOT NULL, amount INTEGER NOT NULL, "
        "done INTEGER NOT NULL, closed INTEGER NOT NULL, of_ref BLOB, number INTEGER NOT NULL);"},
       {"terminal.2", "ALTER TABLE terminal_book ADD COLUMN means INTEGER NOT NULL DEFAULT 0;"}}));
  return database;
}

SimulatedTerminal::Entry entry_of(store::Statement& row) {
  return {row.id<Ref>(0),
          static_cast<Ask>(row.integer(1)),
          row.integer(2),
          row.integer(3) != 0,
          row.integer(4) != 0,
          row.id<Ref>(5),
          static_cast<Means>(row.integer(6))};
}

}  // namespace

base::Result<std::unique_ptr<SimulatedTerminal>> SimulatedTerminal::open(const std::string& book,
                                                                         std::uint16_t port) {
  std::unique_ptr<SimulatedTerminal> out(new SimulatedTerminal);
  MACHI_TRY_SET(database, open_book(book));
  out->database_ = std::move(database);
  MACHI_TRY_SET(listening, Socket::listen(port));
  out->listening_ = std::move(listening);
  MACHI_TRY_SET(taken, out->listening_.port());
  out->port_ = taken;
  return out;
}

base::Result<std::vector<SimulatedTerminal::Entry>> SimulatedTerminal::book(const std::string& file) {
  MACHI_TRY_SET(database, open_book(file));
  std::vector<Entry> out;
  auto rows = database->prepare(
      "SELECT ref, ask, amount, done, closed, of_ref, means FROM terminal_book ORDER BY number");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) return out;
    out.push_back(entry_of(rows));
  }
}

Status SimulatedTerminal::obey(std::string_view words) {
  std::istringstream in{std::string(words)};
  std::string first, ask, how;
  in >> first;
  if (first == "pay") {
    for (Pending& one : pending_)
      if (!one.due) one.due = Clock::now();
    return {};
  }
  if (first == "means") {
    in >> how;
    for (int i = 1; i <= static_cast<int>(Means::Cash); ++i)
      if (name_of(static_cast<Means>(i)) == how) {
        means_ = static_cast<Means>(i);
        return {};
      }
    return fail(Code::BadInput, "means card|e-money|code|cash");
  }
  const bool once = first == "once";
  if (once) {
    in >> ask;
  } else {
    ask = first;
  }
  in >> how;
  const auto which = ask_named(ask);
  const bool known =
      how == "cut" || std::find(kBehaviours.begin(), kBehaviours.end(), how) != kBehaviours.end();
  if (!which || !known) return fail(Code::BadInput, "[once] charge|settle|refund|health BEHAVIOUR, or pay");
  if (once) {
    once_[*which].push_back(how);
  } else {
    always_[*which] = how;
  }
  return {};
}

std::string SimulatedTerminal::behaviour(Ask ask) {
  auto& next = once_[ask];
  if (!next.empty()) {
    std::string out = std::move(next.front());
    next.pop_front();
    return out;
  }
  const auto found = always_.find(ask);
  return found == always_.end() ? "approve" : found->second;
}

std::optional<SimulatedTerminal::Entry> SimulatedTerminal::find(const Ref& ref) {
  auto row = database_->prepare(
      "SELECT ref, ask, amount, done, closed, of_ref, means FROM terminal_book WHERE ref = ?");
  row.bind(ref);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return entry_of(row);
}

void SimulatedTerminal::say(std::size_t line, const Answer& answer, const std::string& how) {
  const auto found = lines_.find(line);
  if (found == lines_.end() || how == "silent" || how == "lost" || how == "late") return;
  Answer said = answer;
  if (how == "unknown") said.state = State::Unknown;
  base::Bytes bytes = certificate::terminal::framed(encode(said));
  if (how == "twice") {
    const base::Bytes again = bytes;
    bytes.insert(bytes.end(), again.begin(), again.end());
  }
  if (how == "stale") {
    Answer other = said;
    other.ref.bytes[0] ^= 0xFF;
    other.state = State::Done;
    const base::Bytes before = certificate::terminal::framed(encode(other));
    bytes.insert(bytes.begin(), before.begin(), before.end());
  }
  if (how == "garbage")
    for (std::size_t i = 4; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(bytes[i] * 7 + 1);
  if (!found->second.socket.send(bytes).ok()) lines_.erase(found);
}

void SimulatedTerminal::close(const Ref& ref, Why why) {
  for (auto it = pending_.begin(); it != pending_.end();) {
    if (it->request.ref != ref) {
      ++it;
      continue;
    }
    if (it->heard) say(it->line, {it->request.ask, ref, State::Not, why, Means::Unknown}, "approve");
    it = pending_.erase(it);
  }
}

void SimulatedTerminal::settle(std::size_t line, const Request& request, const std::string& how) {
  if (how == "silent") return;
  close(request.ref, Why::Closed);
  auto row = database_->prepare(
      "INSERT INTO terminal_book (ref, ask, amount, done, closed, number) VALUES (?, 0, 0, 0, 1, (SELECT "
      "count(*) FROM terminal_book)) ON CONFLICT (ref) DO UPDATE SET closed = 1");
  if (!row.bind(request.ref).run().ok()) return;
  const auto entry = find(request.ref);
  say(line,
      {Ask::Settle, request.ref, entry && entry->done ? State::Done : State::Not,
       entry && entry->done ? Why::None : Why::Closed, entry ? entry->means : Means::Unknown},
      how);
}

void SimulatedTerminal::take(std::size_t line, const Request& request) {
  if (request.ask == Ask::Abandon) return close(request.ref, Why::Abandoned);
  const std::string how = behaviour(request.ask);
  if (how == "cut") {
    lines_.erase(line);
    return;
  }
  if (request.ask == Ask::Health)
    return say(
        line, {Ask::Health, {}, how == "decline" ? State::Not : State::Done, Why::None, Means::Unknown}, how);
  if (request.ask == Ask::Settle) return settle(line, request, how);
  if (const auto entry = find(request.ref))  // twice the same: the book's answer
    return say(line,
               {request.ask, request.ref, entry->done ? State::Done : State::Not,
                entry->done ? Why::None : Why::Closed, entry->means},
               how);
  const bool under_way = std::any_of(pending_.begin(), pending_.end(),
                                     [&](const Pending& one) { return one.request.ref == request.ref; });
  if (how == "silent" || under_way) return;
  if (request.ask == Ask::Refund) {
    const auto charge = find(request.of);
    if (!charge || !charge->done || charge->ask != Ask::Charge || charge->amount != request.amount)
      return say(line, {Ask::Refund, request.ref, State::Not, Why::Refused, Means::Unknown}, how);
  }
  if (how == "decline")
    return say(line, {request.ask, request.ref, State::Not, Why::Declined, Means::Unknown}, how);
  Pending pending{line, request, Clock::now(), true};
  if (how == "wait") pending.due.reset();
  if (how == "late") pending.due = Clock::now() + kLate, pending.heard = false;
  if (how == "late" || how == "wait") {
    pending_.push_back(std::move(pending));
    return;
  }
  carry_out(pending);
  say(line, {request.ask, request.ref, State::Done, Why::None, means_of(request.ask)}, how);
}

void SimulatedTerminal::carry_out(const Pending& pending) {
  auto row = database_->prepare(
      "INSERT OR IGNORE INTO terminal_book (ref, ask, amount, done, closed, of_ref, means, number) VALUES "
      "(?, "
      "?, ?, 1, 0, ?, ?, (SELECT count(*) FROM terminal_book))");
  static_cast<void>(row.bind(pending.request.ref)
                        .bind(static_cast<int>(pending.request.ask))
                        .bind(pending.request.amount)
                        .bind(pending.request.of)
                        .bind(static_cast<int>(means_of(pending.request.ask)))
                        .run()
                        .ok());
}

bool SimulatedTerminal::serve(int input, int milliseconds) {
  std::vector<pollfd> waiting = {{listening_.descriptor(), POLLIN, 0}};
  if (input >= 0) waiting.push_back({input, POLLIN, 0});
  std::vector<std::size_t> numbers;
  for (const auto& [number, line] : lines_) {
    waiting.push_back({line.socket.descriptor(), POLLIN, 0});
    numbers.push_back(number);
  }
  if (!pending_.empty()) milliseconds = std::min(milliseconds, 20);
  ::poll(waiting.data(), waiting.size(), milliseconds);
  for (auto it = pending_.begin(); it != pending_.end();) {
    if (!it->due || *it->due > Clock::now()) {
      ++it;
      continue;
    }
    carry_out(*it);
    if (it->heard)
      say(it->line, {it->request.ask, it->request.ref, State::Done, Why::None, means_of(it->request.ask)},
          "approve");
    it = pending_.erase(it);
  }
  if ((waiting[0].revents & POLLIN) != 0) {
    auto line = listening_.accept();
    if (line.ok()) lines_[next_line_++].socket = std::move(*line);
  }
  const std::size_t first = input >= 0 ? 2 : 1;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (waiting[first + i].revents == 0) continue;
    const auto found = lines_.find(numbers[i]);
    if (found == lines_.end()) continue;
    const auto bytes = found->second.socket.receive(0);
    if (!bytes.ok()) {
      lines_.erase(found);
      continue;
    }
    found->second.frames.feed(*bytes);
    for (auto at = found; at != lines_.end(); at = lines_.find(numbers[i])) {
      const auto message = at->second.frames.next();
      const bool whole = message.ok() && message->has_value();
      const auto request = whole ? certificate::terminal::decode_request(**message)
                                 : base::Result<Request>(fail(Code::BadInput));
      if (!message.ok() || (whole && !request.ok())) lines_.erase(at);
      if (!whole || !request.ok()) break;
      take(numbers[i], *request);
    }
  }
  return input >= 0 && (waiting[1].revents & (POLLIN | POLLHUP)) != 0;
}

}  // namespace machi::host
