// Facts into book and outbox together. A stay names the stays before it that were known here, so that a
// person who comes back is told from one whom two tablets took in.
#include "core/shelter/desk/shelter_desk.h"

#include <algorithm>

#include "core/shelter/ask.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kFactsOfMessage = 60;  // far below an envelope's 64 KB
constexpr std::size_t kRelayed = 600;        // at once
constexpr std::int64_t kHereMs = 5 * 60'000;

constexpr std::string_view kTables =
    "CREATE TABLE shelter_own (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE shelter_record (household BLOB NOT NULL PRIMARY KEY, counter INTEGER NOT NULL, content "
    "BLOB NOT NULL) WITHOUT ROWID;";

constexpr std::string_view kSafetyTables =
    "CREATE TABLE shelter_safety (household BLOB NOT NULL PRIMARY KEY, number INTEGER NOT NULL, at INTEGER "
    "NOT "
    "NULL, help INTEGER NOT NULL, tell INTEGER NOT NULL, people INTEGER NOT NULL, content BLOB NOT NULL) "
    "WITHOUT "
    "ROWID;"
    "CREATE INDEX shelter_safety_order ON shelter_safety (help, at);"
    "CREATE TABLE shelter_safe_person (name TEXT NOT NULL, birth INTEGER NOT NULL, household BLOB NOT NULL, "
    "PRIMARY KEY (name, birth, household)) WITHOUT ROWID;"
    "CREATE INDEX shelter_safe_household ON shelter_safe_person (household);";

// `who`: the mailbox to which the answer goes.
constexpr std::string_view kAskTables =
    "CREATE TABLE shelter_ask (id BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL, who BLOB NOT NULL, content "
    "BLOB NOT NULL, done INTEGER NOT NULL) WITHOUT ROWID;";

}  // namespace

std::vector<store::Migration> ShelterDesk::migrations() {
  auto out = StayBook::migrations();
  out.push_back({"shelter.own.1", kTables});
  out.push_back({"shelter.safety.1", kSafetyTables});
  out.push_back({"shelter.ask.1", kAskTables});
  return out;
}

std::string ShelterDesk::setting(std::string_view name) const {
  auto row = database_.prepare("SELECT value FROM shelter_own WHERE name = ?");
  const auto there = row.bind(name).step();
  return there.ok() && *there ? row.text(0) : "";
}

Status ShelterDesk::set(std::string_view name, std::string_view value) {
  return database_.prepare("INSERT OR REPLACE INTO shelter_own VALUES (?, ?)").bind(name).bind(value).run();
}

ShelterId ShelterDesk::here() const {
  const auto id = ShelterId::from_hex_text(setting("here"));
  return id.ok() ? *id : ShelterId{};
}

Status ShelterDesk::on_message(const mail::Received& mail) {
  if (mail.kind == kKindHere) {
    if (!post_.colleague(mail.from)) return fail(Code::NotAllowed, "here");
    MACHI_TRY_SET(raw, mail.content.bytes_at(1));
    MACHI_TRY_SET(shelter, ShelterId::from(raw));
    return book_.heard(shelter, mail.written);
  }
  if (mail.kind == household::kKindHousehold) return keep_record(mail.content);
  if (mail.kind == kKindSafety) return keep_safety(mail.content);
  if (mail.kind == kKindAsk) return keep_ask(mail);
  const bool self = mail.kind == kKindSelf;
  if (!self && mail.kind != kKindFacts) return fail(Code::Unsupported, "kind");
  MACHI_TRY_SET(facts, decode_facts(mail.content));
  if (self)
    MACHI_TRY(check_self(facts));
  else if (!post_.colleague(mail.from))
    return fail(Code::NotAllowed, "facts");
  for (const Fact& fact : facts) MACHI_TRY(book_.add(fact, Whose::Mailed));
  return {};
}

Status ShelterDesk::settle(bool connected, Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY_SET(relayed, book_.take_unmailed(kRelayed));
  for (std::size_t at = 0; at < relayed.size(); at += kFactsOfMessage) {
    const auto from = relayed.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end =
        relayed.begin() + static_cast<std::ptrdiff_t>(std::min(at + kFactsOfMessage, relayed.size()));
    MACHI_TRY(post_.note(kKindFacts, encode(Facts(from, end)), now));
  }
  const std::string said = setting("said-here");
  const bool due = said.empty() || now.ms - std::atoll(said.c_str()) >= kHereMs;
  if (connected && due && !here().is_zero()) {
    MACHI_TRY(post_.note(kKindHere, code::Cbor::map({{1, here().bytes}}), now));
    MACHI_TRY(set("said-here", std::to_string(now.ms)));
  }
  if (headquarters()) MACHI_TRY(answer_asks(now));
  return transaction.commit();
}

Status ShelterDesk::write(Facts facts, Instant now) {
  if (facts.empty()) return {};
  store::Transaction transaction(database_);
  for (const Fact& fact : facts) MACHI_TRY(book_.add(fact, Whose::Own));
  for (std::size_t at = 0; at < facts.size(); at += kFactsOfMessage) {
    const auto from = facts.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end =
        facts.begin() + static_cast<std::ptrdiff_t>(std::min(at + kFactsOfMessage, facts.size()));
    MACHI_TRY(post_.note(kKindFacts, encode(Facts(from, end)), now));
  }
  MACHI_TRY(transaction.commit());
  forget_last();
  for (const Fact& fact : facts) last_.push_back(fact.id);
  return {};
}

Status ShelterDesk::undo_last(Instant now) {
  Facts facts;
  for (const FactId& id : last_) facts.push_back(fact(Undo{id}, now));
  store::Transaction transaction(database_);
  // Whom the protection officers were told of is taken back there too: a higher counter, and nobody in it.
  if (auto over = last_alias_) {
    ++over->counter;
    over->at = now;
    MACHI_TRY(post_.protect(encode(*over), now));
  }
  MACHI_TRY(write(std::move(facts), now));
  MACHI_TRY(transaction.commit());
  forget_last();
  return {};
}

Result<int> ShelterDesk::enter(const std::vector<Arrival>& people, const ShelterId& at, Instant now) {
  Facts facts;
  int came = 0;
  for (const Arrival& one : people) {
    MACHI_TRY_SET(known, book_.of_person(one.person.id));
    Enter enter{
        entropy_.id<StayTag>(), at, one.person, one.counter, one.manner, one.said, {}, one.room, one.card};
    bool here = false;
    const StayLine* said = nullptr;
    for (const StayLine& line : known) {
      if (enter.after.size() < 32) enter.after.push_back(line.stay);
      if (!line.open || line.shelter != at) continue;
      here |= !line.said || one.said;
      said = line.said ? &line : said;
    }
    if (here) continue;
    ++came;
    if (said) {
      // Their own word, and now they are seen: the same stay.
      facts.push_back(fact(Correct{said->stay.bytes, Field::Seen, "", 1, {}}, now));
      if (one.manner != said->manner)
        facts.push_back(
            fact(Correct{said->stay.bytes, Field::Manner, "", static_cast<int>(one.manner), {}}, now));
      if (!one.room.empty())
        facts.push_back(fact(Correct{said->stay.bytes, Field::Room, one.room, 0, {}}, now));
      continue;
    }
    facts.push_back(fact(std::move(enter), now));
  }
  MACHI_TRY(write(std::move(facts), now));
  return came;
}

Result<Facts> ShelterDesk::left(const PersonId& person, const ShelterId* only, const ShelterId* but, Leave as,
                                Instant now) const {
  Facts facts;
  MACHI_TRY_SET(known, book_.of_person(person));
  for (const StayLine& line : known) {
    if (!line.open || (only && line.shelter != *only) || (but && line.shelter == *but)) continue;
    as.stay = line.stay;
    facts.push_back(fact(as, now));
  }
  return facts;
}

Result<int> ShelterDesk::leave(const std::vector<PersonId>& people, const ShelterId& from, Away away,
                               Instant now) {
  Facts facts;
  int gone = 0;
  for (const PersonId& person : people) {
    MACHI_TRY_SET(closed, left(person, &from, nullptr, {{}, away, {}}, now));
    gone += closed.empty() ? 0 : 1;
    facts.insert(facts.end(), closed.begin(), closed.end());
  }
  MACHI_TRY(write(std::move(facts), now));
  return gone;
}

Status ShelterDesk::move(const std::vector<PersonId>& people, const ShelterId& to, Instant now) {
  Facts facts;
  for (const PersonId& person : people) {
    MACHI_TRY_SET(closed, left(person, nullptr, &to, {{}, Away::Shelter, to}, now));
    facts.insert(facts.end(), closed.begin(), closed.end());
    MACHI_TRY_SET(known, book_.of_person(person));
    if (known.empty()) return fail(Code::NotFound, "person");
    Enter enter{entropy_.id<StayTag>(), to, known.front().person, 0, Manner::Inside, false, {}, {}, {}};
    bool there = false;
    for (const StayLine& line : known) {
      if (enter.after.size() < 32) enter.after.push_back(line.stay);
      there |= line.open && line.shelter == to && !line.said;
    }
    if (!there) facts.push_back(fact(std::move(enter), now));
  }
  return write(std::move(facts), now);
}

Status ShelterDesk::say(const SubjectId& subject, Field field, std::string text, std::int64_t number,
                        Instant now) {
  MACHI_TRY_SET(told, book_.heads(subject, field));
  if (told.size() == 1 && told.front().text == text && told.front().number == number) return {};
  Correct correct{subject, field, std::move(text), number, {}};
  for (const Head& head : told)
    if (correct.replaces.size() < 32) correct.replaces.push_back(head.fact);
  return write({fact(std::move(correct), now)}, now);
}

Result<int> ShelterDesk::take(const Facts& facts) {
  store::Transaction transaction(database_);
  int fresh = 0;
  for (const Fact& fact : facts) {
    MACHI_TRY_SET(added, book_.add(fact, Whose::ByFile));
    fresh += added ? 1 : 0;
  }
  MACHI_TRY(transaction.commit());
  return fresh;
}

// The highest counter holds, and of two with one counter the smaller: the same on every device.
Status ShelterDesk::keep_record(const code::Cbor& content) {
  MACHI_TRY_SET(record, household::decode_household(content));
  return database_
      .prepare(
          "INSERT INTO shelter_record VALUES (?, ?, ?) ON CONFLICT (household) DO UPDATE SET counter = "
          "excluded.counter,"
          " content = excluded.content WHERE (excluded.counter, shelter_record.content) > "
          "(shelter_record.counter,"
          " excluded.content)")
      .bind(record.id)
      .bind(static_cast<std::int64_t>(record.counter))
      .bind(code::encode(content))
      .run();
}

Result<std::optional<household::Household>> ShelterDesk::record(const HouseholdId& household) const {
  auto row = database_.prepare("SELECT content FROM shelter_record WHERE household = ?");
  row.bind(household);
  MACHI_TRY_SET(there, row.step());
  if (!there) return std::optional<household::Household>();
  MACHI_TRY_SET(map, code::decode(row.blob(0)));
  MACHI_TRY_SET(record, household::decode_household(map));
  return std::optional<household::Household>(std::move(record));
}

std::uint64_t ShelterDesk::newest(const HouseholdId& household) const {
  const auto told = record(household);
  const auto seen = book_.newest_pass(household);
  return std::max(told.ok() && *told ? (*told)->counter : 0, seen.ok() ? *seen : 0);
}

}  // namespace machi::shelter
