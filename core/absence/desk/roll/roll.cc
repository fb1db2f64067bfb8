// The fold of rolls, slips, applications and decisions, and the questions asked of it. One thread, the
// caller's transaction. Reading cannot fail in a way that a screen could mend: what SQLite refuses there is
// an empty answer.
#include "core/absence/desk/roll/roll.h"

#include <algorithm>

#include "core/base/text.h"

namespace machi::absence {
namespace {

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// A table of one number, and triggers that move it with every row of these tables (core/store/memo.h).
std::string clock_tables(std::string_view clock, const std::vector<std::string_view>& tables) {
  const std::string name(clock);
  std::string out = "CREATE TABLE " + name + "(n INTEGER NOT NULL); INSERT INTO " + name + " VALUES(0);";
  for (const std::string_view table : tables)
    for (const char* event : {"INSERT", "UPDATE", "DELETE"})
      out.append("CREATE TRIGGER " + name + "_")
          .append(table)
          .append("_")
          .append(event)
          .append(" AFTER ")
          .append(event)
          .append(" ON ")
          .append(table)
          .append(" BEGIN UPDATE " + name + " SET n = n + 1; END;");
  return out;
}

constexpr std::string_view kPupilColumns =
    "SELECT p.id, p.number, p.name, p.reading, p.birth, p.telephones, c.id, c.grade, c.name "
    "FROM roll_pupil p JOIN roll_class c ON c.id = p.class AND c.message = p.message ";

Pupil read_pupil(const store::Statement& row) {
  Pupil pupil;
  pupil.record.pupil = row.id<PupilId>(0);
  pupil.record.number = static_cast<int>(row.integer(1));
  pupil.record.name = row.text(2);
  pupil.record.reading = row.text(3);
  pupil.record.birth = Date{static_cast<std::int32_t>(row.integer(4))};
  pupil.record.telephones = split(row.text(5));
  pupil.class_id = row.id<ClassId>(6);
  pupil.grade = static_cast<int>(row.integer(7));
  pupil.class_name = std::to_string(pupil.grade) + "年" + row.text(8);
  return pupil;
}

}  // namespace

PupilCard card_of(const Pupil& pupil) {
  return {pupil.record.pupil, pupil.record.name, pupil.record.reading, pupil.class_name, pupil.grade == 0};
}

std::vector<store::Migration> RollBook::migrations() {
  static const std::string clocks =
      clock_tables("clock_roll", {"roll_class", "roll_pupil", "roll_stay"}) +
      clock_tables("clock_enrolment", {"roll_slip", "roll_application", "roll_decision", "roll_link"});
  return {{"absence.roll.1", R"sql(
CREATE TABLE roll_class(id BLOB PRIMARY KEY, grade INTEGER NOT NULL, name TEXT NOT NULL, teacher TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roll_pupil(id BLOB PRIMARY KEY, class BLOB NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
  reading TEXT NOT NULL, birth INTEGER NOT NULL, telephones TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX roll_pupil_class ON roll_pupil(class, number);
CREATE TABLE roll_slip(id BLOB PRIMARY KEY, code BLOB NOT NULL, pupil BLOB NOT NULL, expires INTEGER NOT NULL,
  revoked INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX roll_slip_pupil ON roll_slip(pupil);
CREATE TABLE roll_application(slip BLOB NOT NULL, phone BLOB NOT NULL, code BLOB NOT NULL, guardian TEXT NOT NULL,
  birth INTEGER NOT NULL, digits TEXT NOT NULL, person BLOB NOT NULL, epoch INTEGER NOT NULL, epoch_key BLOB NOT NULL,
  language TEXT NOT NULL, message BLOB NOT NULL, written INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(slip, phone)) WITHOUT ROWID;
CREATE INDEX roll_application_phone ON roll_application(phone);
CREATE TABLE roll_decision(slip BLOB NOT NULL, phone BLOB NOT NULL, final INTEGER NOT NULL, standing INTEGER NOT NULL,
  pupil BLOB NOT NULL, desk BLOB NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(slip, phone, final)) WITHOUT ROWID;
CREATE INDEX roll_decision_pupil ON roll_decision(pupil, final, standing);
)sql"},
          {"absence.roll.2", R"sql(
ALTER TABLE roll_class ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE roll_class ADD COLUMN message BLOB NOT NULL DEFAULT x'';
ALTER TABLE roll_pupil ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE roll_pupil ADD COLUMN message BLOB NOT NULL DEFAULT x'';
ALTER TABLE roll_slip ADD COLUMN relation INTEGER NOT NULL DEFAULT 1;
ALTER TABLE roll_slip ADD COLUMN until INTEGER;
ALTER TABLE roll_slip ADD COLUMN apart INTEGER NOT NULL DEFAULT 0;
CREATE TABLE roll_link(slip BLOB NOT NULL, phone BLOB NOT NULL, pupil BLOB NOT NULL, parting INTEGER NOT NULL,
  apart INTEGER NOT NULL, relation INTEGER NOT NULL, until INTEGER, revision INTEGER NOT NULL, message BLOB NOT NULL,
  PRIMARY KEY(slip, phone)) WITHOUT ROWID;
CREATE TABLE roll_pen(one INTEGER PRIMARY KEY, seed BLOB NOT NULL, until INTEGER NOT NULL);
CREATE TABLE roll_desk(key BLOB PRIMARY KEY, name TEXT NOT NULL, written INTEGER NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
)sql"},
          {"absence.roll.3", R"sql(
CREATE TABLE roll_arrival(message BLOB PRIMARY KEY, pupil BLOB NOT NULL, content BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
)sql"},
          {"absence.roll.4", R"sql(
CREATE TABLE roll_stay(class BLOB NOT NULL, pupil BLOB NOT NULL, since INTEGER NOT NULL, until INTEGER, number INTEGER NOT NULL,
  revision INTEGER NOT NULL, message BLOB NOT NULL, PRIMARY KEY(class, pupil, since)) WITHOUT ROWID;
)sql"},
          {"absence.roll.5", "ALTER TABLE roll_slip ADD COLUMN person BLOB;"},
          {"absence.roll.6", clocks},
          {"absence.roll.begun", "CREATE TABLE roll_begun(one INTEGER PRIMARY KEY, day INTEGER NOT NULL);"}};
}

Status RollBook::fold(const std::vector<Stay>& stays, const base::MessageId& message) {
  for (const Stay& stay : stays) {
    auto row = database_.prepare(
        "INSERT INTO roll_stay(class, pupil, since, until, number, revision, message) VALUES(?, ?, ?, ?, ?, "
        "?, "
        "?) ON CONFLICT(class, pupil, since) DO UPDATE SET until = excluded.until, number = excluded.number, "
        "revision = excluded.revision, message = excluded.message "
        "WHERE (excluded.revision, excluded.message) > (roll_stay.revision, roll_stay.message)");
    row.bind(stay.class_id).bind(stay.pupil).bind(stay.from ? stay.from->days : 0);
    if (stay.last)
      row.bind(stay.last->days);
    else
      row.bind_null();
    MACHI_TRY(row.bind(stay.number).bind(static_cast<std::int64_t>(stay.revision)).bind(message).run());
  }
  return {};
}

Status RollBook::fold(const Roll& roll, const base::MessageId& message) {
  MACHI_TRY(
      database_
          .prepare(
              "INSERT INTO roll_class(id, grade, name, teacher, revision, message) VALUES(?, ?, ?, ?, ?, ?) "
              "ON CONFLICT(id) DO UPDATE SET grade = excluded.grade, name = excluded.name, "
              "teacher = excluded.teacher, revision = excluded.revision, message = excluded.message "
              "WHERE (excluded.revision, excluded.message) > (roll_class.revision, roll_class.message)")
          .bind(roll.id)
          .bind(roll.grade)
          .bind(roll.name)
          .bind(roll.teacher)
          .bind(static_cast<std::int64_t>(roll.revision))
          .bind(message)
          .run());
  for (const PupilRecord& pupil : roll.pupils) {
    MACHI_TRY(
        database_
            .prepare(
                "INSERT INTO roll_pupil(id, class, number, name, reading, birth, telephones, revision, "
                "message) "
                "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET class = excluded.class, "
                "number = excluded.number, name = excluded.name, reading = excluded.reading, "
                "birth = excluded.birth, telephones = excluded.telephones, revision = excluded.revision, "
                "message = excluded.message "
                "WHERE (excluded.revision, excluded.message) > (roll_pupil.revision, roll_pupil.message)")
            .bind(pupil.pupil)
            .bind(roll.id)
            .bind(pupil.number)
            .bind(pupil.name)
            .bind(pupil.reading)
            .bind(static_cast<std::int64_t>(pupil.birth.days))
            .bind(join(pupil.telephones))
            .bind(static_cast<std::int64_t>(roll.revision))
            .bind(message)
            .run());
  }
  return {};
}

Status RollBook::begin(Date day) {
  return database_
      .prepare(
          "INSERT INTO roll_begun(one, day) VALUES(1, ?) ON CONFLICT(one) DO UPDATE SET day = min(day, "
          "excluded.day)")
      .bind(day.days)
      .run();
}

Date RollBook::first_day() const {
  auto row = database_.prepare("SELECT day FROM roll_begun");
  const auto there = row.step();
  return there.ok() && *there ? Date{static_cast<std::int32_t>(row.integer(0))} : Date{};
}

std::uint64_t RollBook::next_revision() const {
  auto row = database_.prepare(
      "SELECT max(coalesce((SELECT max(revision) FROM roll_class), 0), "
      "coalesce((SELECT max(revision) FROM roll_pupil), 0), coalesce((SELECT max(revision) FROM roll_link), "
      "0)) + 1");
  const auto there = row.step();
  return there.ok() && *there ? static_cast<std::uint64_t>(row.integer(0)) : 1;
}

Status RollBook::fold_desk(const crypto::SignPublic& desk, std::string_view name,
                           const mail::Received& mail) {
  return database_
      .prepare(
          "INSERT INTO roll_desk(key, name, written, seen) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(key) DO UPDATE "
          "SET "
          "name = iif(excluded.name <> '' AND excluded.written >= roll_desk.written, excluded.name, "
          "roll_desk.name), "
          "written = iif(excluded.name <> '', max(roll_desk.written, excluded.written), roll_desk.written), "
          "seen = max(roll_desk.seen, excluded.seen)")
      .bind(desk.bytes)
      .bind(name)
      .bind(name.empty() ? Instant{} : mail.written)
      .bind(mail.at)
      .run();
}

bool RollBook::empty() const {
  if (only_ && only_->empty()) return true;
  auto row = database_.prepare("SELECT 1 FROM roll_class LIMIT 1");
  const auto there = row.step();
  return !there.ok() || !*there;
}

std::optional<RollBook::Roster> RollBook::read() const {
  Roster out;
  {
    auto row = database_.prepare(
        "SELECT c.id, c.grade, c.name, c.teacher, count(*) FROM roll_class c "
        "JOIN roll_pupil p ON p.class = c.id AND p.message = c.message GROUP BY c.id ORDER BY c.grade, "
        "c.name, c.id");
    auto more = row.step();
    for (; more.ok() && *more; more = row.step())
      out.classes.push_back({row.id<ClassId>(0), static_cast<int>(row.integer(1)), row.text(2), row.text(3),
                             static_cast<int>(row.integer(4))});
    if (!more.ok()) return std::nullopt;
  }
  std::erase_if(out.classes, [this](const SchoolClass& one) { return only_ && !only_->contains(one.id); });
  for (const SchoolClass& one : out.classes) {
    auto row = database_.prepare(std::string(kPupilColumns) + "WHERE p.class = ? ORDER BY p.number");
    row.bind(one.id);
    std::vector<Pupil>& pupils = out.pupils[one.id];
    pupils.reserve(static_cast<std::size_t>(one.pupils));
    auto more = row.step();
    for (; more.ok() && *more; more = row.step()) pupils.push_back(read_pupil(row));
    if (!more.ok()) return std::nullopt;
    for (const Pupil& pupil : pupils) out.by_id.emplace(pupil.record.pupil, &pupil);
  }
  auto row = database_.prepare(
      "SELECT class, pupil, since, until, number, revision FROM roll_stay ORDER BY class, pupil, since");
  auto more = row.step();
  for (; more.ok() && *more; more = row.step()) {
    Stay stay;
    stay.class_id = row.id<ClassId>(0);
    stay.pupil = row.id<PupilId>(1);
    if (row.integer(2) != 0) stay.from = Date{static_cast<std::int32_t>(row.integer(2))};
    if (!row.is_null(3)) stay.last = Date{static_cast<std::int32_t>(row.integer(3))};
    stay.number = static_cast<int>(row.integer(4));
    stay.revision = static_cast<std::uint64_t>(row.integer(5));
    out.stays[stay.class_id].push_back(stay);
  }
  if (!more.ok()) return std::nullopt;
  return out;
}

const RollBook::Roster& RollBook::now() const {
  return now_.get(database_, [this] { return read(); });
}

std::vector<SchoolClass> RollBook::classes() const { return now().classes; }

std::vector<Pupil> RollBook::pupils(const ClassId& id) const {
  const auto& all = now().pupils;
  const auto found = all.find(id);
  return found == all.end() ? std::vector<Pupil>() : found->second;
}

std::optional<Pupil> RollBook::pupil(const PupilId& id) const {
  const auto& all = now().by_id;
  const auto found = all.find(id);
  if (found == all.end()) return std::nullopt;
  return *found->second;
}

const std::vector<Sought>& RollBook::sought() const {
  const Roster& roster = now();
  if (roster.sought.empty())
    for (const SchoolClass& one : roster.classes)
      for (const Pupil& pupil : roster.pupils.at(one.id))
        roster.sought.push_back({&pupil, &one, base::search_form(pupil.record.name),
                                 base::search_form(pupil.record.reading),
                                 base::search_form(pupil.class_name)});
  return roster.sought;
}

DeskName RollBook::desk(const crypto::SignPublic& key) const {
  auto row = database_.prepare("SELECT name, seen FROM roll_desk WHERE key = ?");
  row.bind(key.bytes);
  const auto there = row.step();
  if (!there.ok() || !*there) return {};
  return {row.text(0), row.instant(1)};
}

Status RollBook::fold(const Transfer& transfer, const mail::Received& mail) {
  return database_
      .prepare("INSERT OR IGNORE INTO roll_arrival(message, pupil, content, at) VALUES(?, ?, ?, ?)")
      .bind(mail.id)
      .bind(transfer.left.pupils.front().pupil)
      .bind(code::encode(encode(transfer)))
      .bind(mail.at)
      .run();
}

std::vector<Transfer> RollBook::arrivals() const {
  std::vector<Transfer> out;
  auto row = database_.prepare(
      "SELECT a.content, max(a.at) FROM roll_arrival a WHERE NOT EXISTS(SELECT 1 FROM roll_pupil p WHERE "
      "p.id = a.pupil) "
      "GROUP BY a.pupil ORDER BY max(a.at) DESC, a.pupil");
  for (auto more = row.step(); more.ok() && *more; more = row.step()) {
    const auto content = code::decode(row.blob(0));
    if (!content.ok()) continue;
    if (auto transfer = decode_transfer(*content); transfer.ok()) out.push_back(std::move(*transfer));
  }
  return out;
}

}  // namespace machi::absence
