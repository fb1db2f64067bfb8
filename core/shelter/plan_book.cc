// The tables of plans, and the rules by which one word of two holds: a number, then the smaller content.
#include "core/shelter/plan_book.h"

#include <algorithm>

namespace machi::shelter {
namespace {

constexpr std::string_view kTables =
    "CREATE TABLE plan_head (plan BLOB NOT NULL PRIMARY KEY, counter INTEGER NOT NULL, content BLOB NOT "
    "NULL, "
    "role INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE plan_approval (plan BLOB NOT NULL, counter INTEGER NOT NULL, hash BLOB NOT NULL, at "
    "INTEGER "
    "NOT NULL, content BLOB NOT NULL, PRIMARY KEY (plan, counter, hash)) WITHOUT ROWID;"
    "CREATE TABLE plan_ticket (ticket BLOB NOT NULL PRIMARY KEY, plan BLOB NOT NULL, content BLOB NOT NULL) "
    "WITHOUT ROWID;"
    "CREATE INDEX plan_ticket_plan ON plan_ticket (plan);"
    "CREATE TABLE plan_held (plan BLOB NOT NULL PRIMARY KEY, ticket BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE plan_safe (ticket BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL) "
    "WITHOUT "
    "ROWID;"
    "CREATE TABLE plan_seen (plan BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL) WITHOUT "
    "ROWID;"
    "CREATE TABLE plan_told (plan BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE plan_call (one INTEGER NOT NULL PRIMARY KEY, number INTEGER NOT NULL, content BLOB NOT "
    "NULL);";

template <class T, class Read>
Result<T> read_blob(base::ByteView bytes, Read read) {
  MACHI_TRY_SET(map, code::decode(bytes));
  return read(map);
}

}  // namespace

std::vector<store::Migration> PlanBook::migrations() { return {{"plan.1", kTables}}; }

// What was withdrawn keeps its number alone; whose copy it is never changes but from a supporter's to a
// stronger one.
Status PlanBook::add(const Plan& plan, PlanRole role) {
  return database_
      .prepare(
          "INSERT INTO plan_head VALUES (?, ?, ?, ?) ON CONFLICT (plan) DO UPDATE SET counter = "
          "excluded.counter, content = excluded.content WHERE excluded.counter > plan_head.counter OR "
          "(excluded.counter = plan_head.counter AND excluded.content < plan_head.content)")
      .bind(plan.id)
      .bind(static_cast<std::int64_t>(plan.counter))
      .bind(code::encode(encode(plan)))
      .bind(static_cast<int>(role))
      .run();
}

Status PlanBook::approve(const PlanApproval& approval) {
  return database_
      .prepare(
          "INSERT INTO plan_approval VALUES (?, ?, ?, ?, ?) ON CONFLICT (plan, counter, hash) DO UPDATE SET "
          "at "
          "= excluded.at, content = excluded.content WHERE excluded.at < plan_approval.at OR (excluded.at = "
          "plan_approval.at AND excluded.content < plan_approval.content)")
      .bind(approval.plan)
      .bind(static_cast<std::int64_t>(approval.counter))
      .bind(approval.content)
      .bind(approval.at)
      .bind(code::encode(encode(approval)))
      .run();
}

Status PlanBook::share(const PlanTicket& ticket) {
  return database_
      .prepare(
          "INSERT INTO plan_ticket VALUES (?, ?, ?) ON CONFLICT (ticket) DO UPDATE SET plan = excluded.plan, "
          "content = excluded.content WHERE excluded.content < plan_ticket.content")
      .bind(ticket.ticket)
      .bind(ticket.plan)
      .bind(code::encode(encode(ticket)))
      .run();
}

Status PlanBook::hold(const PlanId& plan, const TicketId& ticket) {
  // Any of the tickets is good: the smallest is the one.
  return database_
      .prepare(
          "INSERT INTO plan_held VALUES (?, ?) ON CONFLICT (plan) DO UPDATE SET ticket = excluded.ticket "
          "WHERE "
          "excluded.ticket < plan_held.ticket")
      .bind(plan)
      .bind(ticket)
      .run();
}

Status PlanBook::safe(const PlanSafe& safe) {
  return database_
      .prepare(
          "INSERT INTO plan_safe VALUES (?, ?, ?) ON CONFLICT (ticket) DO UPDATE SET at = excluded.at, by = "
          "excluded.by WHERE excluded.at > plan_safe.at OR (excluded.at = plan_safe.at AND excluded.by < "
          "plan_safe.by)")
      .bind(safe.ticket)
      .bind(safe.at)
      .bind(safe.by)
      .run();
}

Status PlanBook::seen(const PlanSeen& seen) {
  return database_
      .prepare(
          "INSERT INTO plan_seen VALUES (?, ?, ?) ON CONFLICT (plan) DO UPDATE SET at = excluded.at, by = "
          "excluded.by WHERE excluded.at > plan_seen.at OR (excluded.at = plan_seen.at AND excluded.by < "
          "plan_seen.by)")
      .bind(seen.plan)
      .bind(seen.at)
      .bind(seen.by)
      .run();
}

Status PlanBook::call(const PlanCall& call) {
  return database_
      .prepare(
          "INSERT INTO plan_call VALUES (0, ?, ?) ON CONFLICT (one) DO UPDATE SET number = excluded.number, "
          "content = excluded.content WHERE excluded.number > plan_call.number OR (excluded.number = "
          "plan_call.number AND excluded.content < plan_call.content)")
      .bind(static_cast<std::int64_t>(call.number))
      .bind(code::encode(encode(call)))
      .run();
}

Result<PlanLine> PlanBook::line(store::Statement& row) const {
  PlanLine out;
  MACHI_TRY_SET(plan, read_blob<Plan>(row.bytes(0), decode_plan));
  out.plan = std::move(plan);
  out.role = static_cast<PlanRole>(row.integer(1));
  const PlanId& id = out.plan.id;
  {
    auto said =
        database_.prepare("SELECT content FROM plan_approval WHERE plan = ? AND counter = ? AND hash = ?");
    said.bind(id).bind(static_cast<std::int64_t>(out.plan.counter)).bind(hash_of(out.plan));
    MACHI_TRY_SET(there, said.step());
    if (there) {
      MACHI_TRY_SET(approval, read_blob<PlanApproval>(said.bytes(0), decode_approval));
      out.approved = std::move(approval);
    }
  }
  auto held = database_.prepare("SELECT ticket FROM plan_held WHERE plan = ?");
  MACHI_TRY_SET(holds, held.bind(id).step());
  if (holds) out.ticket = held.id<TicketId>(0);
  auto seen = database_.prepare("SELECT at, by FROM plan_seen WHERE plan = ?");
  MACHI_TRY_SET(was, seen.bind(id).step());
  if (was) out.safe = PlanSeen{id, seen.instant(0), seen.text(1)};
  auto tickets = database_.prepare(
      "SELECT t.content, s.at, s.by FROM plan_ticket AS t LEFT JOIN plan_safe AS s ON s.ticket = t.ticket "
      "WHERE t.plan = ? ORDER BY t.ticket");
  tickets.bind(id);
  for (;;) {
    MACHI_TRY_SET(more, tickets.step());
    if (!more) return out;
    MACHI_TRY_SET(ticket, read_blob<PlanTicket>(tickets.bytes(0), decode_ticket));
    if (!tickets.is_null(1)) {
      const std::string by = tickets.text(2);
      PlanSeen word{id, tickets.instant(1), by.empty() ? ticket.name : ticket.name + " / " + by};
      if (!out.safe || word.at > out.safe->at || (word.at == out.safe->at && word.by < out.safe->by))
        out.safe = std::move(word);
    }
    out.shared.push_back(std::move(ticket));
  }
}

Result<std::vector<PlanLine>> PlanBook::lines(bool withdrawn) const {
  std::vector<PlanLine> out;
  auto row = database_.prepare("SELECT content, role FROM plan_head ORDER BY plan");
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) break;
    MACHI_TRY_SET(one, line(row));
    if (one.plan.withdrawn == withdrawn) out.push_back(std::move(one));
  }
  std::stable_sort(out.begin(), out.end(), [](const PlanLine& a, const PlanLine& b) {
    const auto key = [](const Plan& plan) -> const std::string& {
      return plan.kana.empty() ? plan.name : plan.kana;
    };
    return key(a.plan) < key(b.plan);
  });
  return out;
}

Result<std::optional<PlanLine>> PlanBook::find(const PlanId& plan) const {
  auto row = database_.prepare("SELECT content, role FROM plan_head WHERE plan = ?");
  row.bind(plan);
  MACHI_TRY_SET(there, row.step());
  if (!there) return std::optional<PlanLine>();
  MACHI_TRY_SET(one, line(row));
  return std::optional<PlanLine>(std::move(one));
}

Result<std::optional<PlanCall>> PlanBook::called() const {
  auto row = database_.prepare("SELECT content FROM plan_call WHERE one = 0");
  MACHI_TRY_SET(there, row.step());
  if (!there) return std::optional<PlanCall>();
  MACHI_TRY_SET(call, read_blob<PlanCall>(row.bytes(0), decode_call));
  return std::optional<PlanCall>(call);
}

Result<std::vector<PlanSeen>> PlanBook::untold() const {
  std::vector<PlanSeen> out;
  const auto add = [&](const PlanSeen& seen) -> Status {
    auto row = database_.prepare("SELECT 1 FROM plan_told WHERE plan = ? AND at >= ?");
    MACHI_TRY_SET(known, row.bind(seen.plan).bind(seen.at).step());
    if (!known) out.push_back(seen);
    return {};
  };
  MACHI_TRY_SET(all, lines());
  for (const PlanLine& one : all)
    if (one.safe) MACHI_TRY(add(*one.safe));
  MACHI_TRY_SET(over, lines(true));
  for (const PlanLine& one : over)
    if (!one.shared.empty()) MACHI_TRY(add({one.plan.id, one.plan.at, ""}));
  return out;
}

Status PlanBook::told(const PlanSeen& seen) {
  return database_
      .prepare(
          "INSERT INTO plan_told VALUES (?, ?) ON CONFLICT (plan) DO UPDATE SET at = excluded.at WHERE "
          "excluded.at > plan_told.at")
      .bind(seen.plan)
      .bind(seen.at)
      .run();
}

Result<std::string> PlanBook::shown() const {
  std::string out;
  for (const bool withdrawn : {false, true}) {
    MACHI_TRY_SET(all, lines(withdrawn));
    for (const PlanLine& one : all) {
      out += base::to_hex(code::encode(encode(one.plan))) + "|";
      if (one.approved) out += base::to_hex(code::encode(encode(*one.approved)));
      out += "|";
      if (one.safe) out += std::to_string(one.safe->at.ms) + one.safe->by;
      out += "|" + (one.ticket ? one.ticket->hex() : "");
      for (const PlanTicket& ticket : one.shared) out += "|" + base::to_hex(code::encode(encode(ticket)));
      out += "\n";
    }
  }
  MACHI_TRY_SET(call, called());
  if (call) out += base::to_hex(code::encode(encode(*call)));
  return out;
}

}  // namespace machi::shelter
