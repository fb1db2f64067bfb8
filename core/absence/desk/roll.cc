// The fold of rolls, slips, applications and decisions, and the questions asked of it. One thread, the
// caller's transaction. Reading cannot fail in a way that a screen could mend: what SQLite refuses there is
// an empty answer.
#include "core/absence/desk/roll.h"

#include <algorithm>

#include "core/absence/content.h"

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

constexpr std::string_view kPupilColumns =
    "SELECT p.id, p.number, p.name, p.reading, p.birth, p.telephones, c.id, c.grade, c.name "
    "FROM roll_pupil p JOIN roll_class c ON c.id = p.class AND c.message = p.message ";

// An enrolment with what the school said about it; its slip's terms until then.
constexpr std::string_view kEnrolments =
    "FROM roll_decision d JOIN roll_application a ON a.slip = d.slip AND a.phone = d.phone "
    "LEFT JOIN roll_slip s ON s.id = d.slip LEFT JOIN roll_link l ON l.slip = d.slip AND l.phone = d.phone "
    "WHERE d.pupil = ?1 AND d.final = 1 AND d.standing = 1 AND coalesce(l.parting, 0) = 0 ";
constexpr std::string_view kTerms =
    "iif(l.slip IS NULL, s.relation, l.relation), iif(l.slip IS NULL, s.until, l.until), "
    "iif(l.slip IS NULL, s.apart, l.apart) ";
constexpr std::string_view kInTime = "AND coalesce(iif(l.slip IS NULL, s.until, l.until), 1000000) >= ?2 ";
static_assert(static_cast<int>(Standing::Confirmed) == 1);

Relation relation_at(const store::Statement& row, int column) {
  return row.integer(column) == static_cast<int>(Relation::Delegate) ? Relation::Delegate
                                                                     : Relation::Guardian;
}
std::optional<Date> day_at(const store::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Date{static_cast<std::int32_t>(row.integer(column))};
}

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

IssuedSlip read_slip(const store::Statement& row) {
  return {row.fixed<10>(0),    row.id<PupilId>(1), row.instant(2),     row.integer(3) != 0,
          relation_at(row, 4), day_at(row, 5),     row.integer(6) != 0};
}

constexpr std::string_view kApplicantColumns =
    "SELECT a.slip, a.phone, a.code, a.guardian, a.birth, a.digits, a.person, a.epoch, a.epoch_key, "
    "a.language, a.message, "
    "a.written, a.at, n.slip IS NOT NULL, d.standing, d.pupil, coalesce(d.desk, n.desk) FROM "
    "roll_application a "
    "LEFT JOIN roll_decision n ON n.slip = a.slip AND n.phone = a.phone AND n.final = 0 "
    "LEFT JOIN roll_decision d ON d.slip = a.slip AND d.phone = a.phone AND d.final = 1 ";

Applicant read_applicant(const store::Statement& row) {
  Applicant out;
  out.asked.slip = row.id<mail::SlipId>(0);
  out.phone.bytes = row.fixed<32>(1);
  out.asked.code = row.fixed<10>(2);
  out.asked.guardian = row.text(3);
  out.asked.birth = Date{static_cast<std::int32_t>(row.integer(4))};
  out.asked.digits = row.text(5);
  out.asked.person = row.id<mail::MailboxId>(6);
  out.asked.epoch = static_cast<std::uint64_t>(row.integer(7));
  out.asked.epoch_key.bytes = row.fixed<32>(8);
  out.asked.language = row.text(9);
  out.message = row.id<base::MessageId>(10);
  out.written = row.instant(11);
  out.at = row.instant(12);
  out.noted = row.integer(13) != 0;
  if (!row.is_null(14)) {
    Decision decision;
    decision.slip = out.asked.slip.bytes;
    decision.phone = out.phone.bytes;
    decision.person = out.asked.person.bytes;
    decision.standing = static_cast<Standing>(row.integer(14));
    decision.pupil = row.id<PupilId>(15);
    out.decision = decision;
  }
  if (!row.is_null(16)) out.desk = crypto::SignPublic{row.fixed<32>(16)};
  return out;
}

}  // namespace

PupilCard card_of(const Pupil& pupil) {
  return {pupil.record.pupil, pupil.record.name, pupil.record.reading, pupil.class_name, pupil.grade == 0};
}

std::vector<store::Migration> RollBook::migrations() {
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
)sql"}};
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

std::uint64_t RollBook::next_revision() const {
  auto row = database_.prepare(
      "SELECT max(coalesce((SELECT max(revision) FROM roll_class), 0), "
      "coalesce((SELECT max(revision) FROM roll_pupil), 0), coalesce((SELECT max(revision) FROM roll_link), "
      "0)) + 1");
  const auto there = row.step();
  return there.ok() && *there ? static_cast<std::uint64_t>(row.integer(0)) : 1;
}

Status RollBook::fold(const std::vector<IssuedSlip>& slips) {
  for (const IssuedSlip& slip : slips) {
    auto row = database_.prepare(
        "INSERT INTO roll_slip(id, code, pupil, expires, revoked, relation, until, apart) VALUES(?, ?, ?, ?, "
        "?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET revoked = max(roll_slip.revoked, excluded.revoked)");
    row.bind(mail::slip_id(slip.code)).bind(slip.code).bind(slip.pupil).bind(slip.expires).bind(slip.revoked);
    row.bind(static_cast<int>(slip.relation));
    if (slip.until)
      row.bind(static_cast<std::int64_t>(slip.until->days));
    else
      row.bind_null();
    MACHI_TRY(row.bind(slip.apart).run());
  }
  return {};
}

Status RollBook::fold(const GuardianLink& link, const base::MessageId& message) {
  auto row = database_.prepare(
      "INSERT INTO roll_link(slip, phone, pupil, parting, apart, relation, until, revision, message) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(slip, phone) DO UPDATE SET "
      "apart = excluded.apart, relation = excluded.relation, until = excluded.until, revision = "
      "excluded.revision, "
      "message = excluded.message "
      "WHERE (excluded.revision, excluded.message) > (roll_link.revision, roll_link.message)");
  row.bind(link.slip).bind(link.phone).bind(link.pupil).bind(static_cast<int>(link.parting));
  row.bind(link.apart).bind(static_cast<int>(link.relation));
  if (link.until)
    row.bind(static_cast<std::int64_t>(link.until->days));
  else
    row.bind_null();
  MACHI_TRY(row.bind(static_cast<std::int64_t>(link.revision)).bind(message).run());
  return database_.prepare("UPDATE roll_link SET parting = max(parting, ?) WHERE slip = ? AND phone = ?")
      .bind(static_cast<int>(link.parting))
      .bind(link.slip)
      .bind(link.phone)
      .run();
}

Status RollBook::fold(const SlipPen& pen) {
  return database_
      .prepare(
          "INSERT INTO roll_pen(one, seed, until) VALUES(1, ?, ?) ON CONFLICT(one) DO UPDATE SET "
          "seed = excluded.seed, until = excluded.until "
          "WHERE (excluded.until, excluded.seed) > (roll_pen.until, roll_pen.seed)")
      .bind(pen.seed.view())
      .bind(pen.until)
      .run();
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

Status RollBook::fold(const mail::Application& application, const mail::Received& mail) {
  const auto before = applicant(application.slip, mail.from);
  if (before && before->decision) {
    // Decided: only the wish to hear the answer again is new.
    return database_.prepare("UPDATE roll_application SET message = ? WHERE slip = ? AND phone = ?")
        .bind(mail.id)
        .bind(application.slip)
        .bind(mail.from.bytes)
        .run();
  }
  return database_
      .prepare(
          "INSERT OR REPLACE INTO roll_application(slip, phone, code, guardian, birth, digits, person, "
          "epoch, "
          "epoch_key, language, message, written, at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(application.slip)
      .bind(mail.from.bytes)
      .bind(application.code)
      .bind(content::cleaned(application.guardian))
      .bind(static_cast<std::int64_t>(application.birth.days))
      .bind(content::cleaned(application.digits))
      .bind(application.person)
      .bind(static_cast<std::int64_t>(application.epoch))
      .bind(application.epoch_key.bytes)
      .bind(application.language)
      .bind(mail.id)
      .bind(mail.written)
      .bind(mail.at)
      .run();
}

Status RollBook::fold(const Decision& decision, const mail::Received& mail) {
  const bool final = decision.standing != Standing::Pending;
  return database_
      .prepare(
          "INSERT INTO roll_decision(slip, phone, final, standing, pupil, desk, number, at) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(slip, phone, final) DO UPDATE SET "
          "standing = excluded.standing, pupil = excluded.pupil, desk = excluded.desk, "
          "number = excluded.number, at = excluded.at WHERE excluded.number < roll_decision.number")
      .bind(decision.slip)
      .bind(decision.phone)
      .bind(final)
      .bind(static_cast<int>(decision.standing))
      .bind(decision.pupil)
      .bind(mail.from.bytes)
      .bind(static_cast<std::int64_t>(mail.number))
      .bind(mail.at)
      .run();
}

bool RollBook::empty() const {
  auto row = database_.prepare("SELECT 1 FROM roll_class LIMIT 1");
  const auto there = row.step();
  return !there.ok() || !*there;
}

std::vector<SchoolClass> RollBook::classes() const {
  std::vector<SchoolClass> out;
  auto row = database_.prepare(
      "SELECT c.id, c.grade, c.name, c.teacher, count(*) FROM roll_class c "
      "JOIN roll_pupil p ON p.class = c.id AND p.message = c.message GROUP BY c.id ORDER BY c.grade, c.name, "
      "c.id");
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    out.push_back({row.id<ClassId>(0), static_cast<int>(row.integer(1)), row.text(2), row.text(3),
                   static_cast<int>(row.integer(4))});
  return out;
}

std::vector<Pupil> RollBook::pupils(const ClassId& id) const {
  std::vector<Pupil> out;
  auto row = database_.prepare(std::string(kPupilColumns) + "WHERE p.class = ? ORDER BY p.number");
  row.bind(id);
  for (auto more = row.step(); more.ok() && *more; more = row.step()) out.push_back(read_pupil(row));
  return out;
}

std::optional<Pupil> RollBook::pupil(const PupilId& id) const {
  auto row = database_.prepare(std::string(kPupilColumns) + "WHERE p.id = ?");
  row.bind(id);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return read_pupil(row);
}

std::optional<IssuedSlip> RollBook::slip(const mail::SlipId& id) const {
  auto row = database_.prepare(
      "SELECT code, pupil, expires, revoked, relation, until, apart FROM roll_slip WHERE id = ?");
  row.bind(id);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return read_slip(row);
}

std::vector<IssuedSlip> RollBook::slips(const PupilId& id) const {
  std::vector<IssuedSlip> out;
  auto row = database_.prepare(
      "SELECT code, pupil, expires, revoked, relation, until, apart FROM roll_slip WHERE pupil = ? ORDER BY "
      "revoked, expires DESC, id");
  row.bind(id);
  for (auto more = row.step(); more.ok() && *more; more = row.step()) out.push_back(read_slip(row));
  return out;
}

std::vector<Guardian> RollBook::guardians(const PupilId& id) const {
  std::vector<Guardian> out;
  auto row = database_.prepare("SELECT a.phone, a.person, a.epoch, a.epoch_key, a.guardian, max(d.at), " +
                               std::string(kTerms) + std::string(kEnrolments) + std::string(kInTime) +
                               "GROUP BY a.phone ORDER BY max(d.at), a.phone");
  row.bind(id).bind(static_cast<std::int64_t>(today_.days));
  for (auto more = row.step(); more.ok() && *more; more = row.step()) {
    Guardian guardian;
    guardian.phone.bytes = row.fixed<32>(0);
    guardian.person.mailbox = row.id<mail::MailboxId>(1);
    guardian.person.epoch = static_cast<std::uint64_t>(row.integer(2));
    guardian.person.epoch_key.bytes = row.fixed<32>(3);
    guardian.name = row.text(4);
    guardian.from = row.instant(5);
    guardian.relation = relation_at(row, 6);
    guardian.until = day_at(row, 7);
    guardian.apart = row.integer(8) != 0;
    out.push_back(std::move(guardian));
  }
  return out;
}

std::vector<Guardian> RollBook::hearers(const PupilId& id, const crypto::SignPublic& phone) const {
  auto all = guardians(id);
  Guardian from;  // no guardian any more, or the school itself: what nobody who lives apart hears of
  from.phone = phone;
  for (const Guardian& one : all)
    if (one.phone == phone) from = one;
  std::erase_if(all, [&](const Guardian& one) { return !hears(one, from); });
  return all;
}

bool RollBook::is_guardian(const crypto::SignPublic& phone, const PupilId& id, Date day) const {
  auto row = database_.prepare("SELECT 1 " + std::string(kEnrolments) + std::string(kInTime) +
                               "AND d.phone = ?3 LIMIT 1");
  row.bind(id).bind(static_cast<std::int64_t>(day.days)).bind(phone.bytes);
  const auto there = row.step();
  return there.ok() && *there;
}

std::vector<GuardianLink> RollBook::links(const crypto::SignPublic& phone, const PupilId& id) const {
  std::vector<GuardianLink> out;
  auto row = database_.prepare("SELECT d.slip, " + std::string(kTerms) + std::string(kEnrolments) +
                               "AND d.phone = ?2 ORDER BY d.slip");
  row.bind(id).bind(phone.bytes);
  for (auto more = row.step(); more.ok() && *more; more = row.step()) {
    GuardianLink link;
    link.slip = row.fixed<16>(0);
    link.phone = phone.bytes;
    link.pupil = id;
    link.relation = relation_at(row, 1);
    link.until = day_at(row, 2);
    link.apart = row.integer(3) != 0;
    out.push_back(link);
  }
  return out;
}

std::optional<SlipPen> RollBook::pen(Instant now) const {
  auto row = database_.prepare("SELECT seed, until FROM roll_pen WHERE until > ?");
  row.bind(now);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return SlipPen{crypto::Secret<32>(row.fixed<32>(0)), row.instant(1)};
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

std::map<ClassId, int> RollBook::enrolled() const {
  std::string of_pupil(kEnrolments);
  of_pupil.replace(of_pupil.find("?1"), 2, "p.id");
  std::string in_time(kInTime);
  in_time.replace(in_time.find("?2"), 2, "?1");
  std::map<ClassId, int> out;
  auto row = database_.prepare(
      "SELECT p.class, count(*) FROM roll_pupil p JOIN roll_class c ON c.id = p.class AND c.message = "
      "p.message "
      "WHERE EXISTS(SELECT 1 " +
      of_pupil + in_time + ") GROUP BY p.class");
  row.bind(static_cast<std::int64_t>(today_.days));
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    out[row.id<ClassId>(0)] = static_cast<int>(row.integer(1));
  return out;
}

int RollBook::phones_of(const mail::SlipId& id, const crypto::SignPublic& except) const {
  auto row = database_.prepare(
      "SELECT count(*) FROM roll_decision WHERE slip = ? AND final = 1 AND standing = ? AND phone <> ?");
  row.bind(id).bind(static_cast<int>(Standing::Confirmed)).bind(except.bytes);
  const auto there = row.step();
  return there.ok() && *there ? static_cast<int>(row.integer(0)) : 0;
}

std::vector<Applicant> RollBook::applicants() const {
  std::vector<Applicant> out;
  auto row = database_.prepare(std::string(kApplicantColumns) + "ORDER BY a.at, a.slip, a.phone");
  for (auto more = row.step(); more.ok() && *more; more = row.step()) out.push_back(read_applicant(row));
  return out;
}

std::optional<Applicant> RollBook::applicant(const mail::SlipId& slip,
                                             const crypto::SignPublic& phone) const {
  auto row = database_.prepare(std::string(kApplicantColumns) + "WHERE a.slip = ? AND a.phone = ?");
  row.bind(slip).bind(phone.bytes);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return read_applicant(row);
}

std::string RollBook::name_of(const crypto::SignPublic& phone) const {
  auto row =
      database_.prepare("SELECT guardian FROM roll_application WHERE phone = ? ORDER BY at DESC LIMIT 1");
  row.bind(phone.bytes);
  const auto there = row.step();
  return there.ok() && *there ? row.text(0) : std::string();
}

}  // namespace machi::absence
