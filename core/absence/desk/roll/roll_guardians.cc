// Who is whose guardian: the fold of slips, applications, decisions and links, and the questions asked of it.
// The other room of RollBook: classes and pupils are in roll.cc. One thread, the caller's transaction.
#include "core/absence/desk/roll/roll.h"

#include "core/absence/content.h"

namespace machi::absence {
namespace {

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

IssuedSlip read_slip(const store::Statement& row) {
  IssuedSlip slip{row.fixed<10>(0),    row.id<PupilId>(1), row.instant(2),     row.integer(3) != 0,
                  relation_at(row, 4), day_at(row, 5),     row.integer(6) != 0};
  if (!row.is_null(7)) slip.person = row.id<mail::MailboxId>(7);
  return slip;
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

Status RollBook::fold(const std::vector<IssuedSlip>& slips) {
  for (const IssuedSlip& slip : slips) {
    auto row = database_.prepare(
        "INSERT INTO roll_slip(id, code, pupil, expires, revoked, relation, until, apart, person) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT(id) DO UPDATE SET revoked = max(roll_slip.revoked, excluded.revoked)");
    row.bind(mail::slip_id(slip.code)).bind(slip.code).bind(slip.pupil).bind(slip.expires).bind(slip.revoked);
    row.bind(static_cast<int>(slip.relation));
    if (slip.until)
      row.bind(static_cast<std::int64_t>(slip.until->days));
    else
      row.bind_null();
    row.bind(slip.apart);
    if (slip.person)
      row.bind(*slip.person);
    else
      row.bind_null();
    MACHI_TRY(row.run());
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

std::optional<IssuedSlip> RollBook::slip(const mail::SlipId& id) const {
  auto row = database_.prepare(
      "SELECT code, pupil, expires, revoked, relation, until, apart, person FROM roll_slip WHERE id = ?");
  row.bind(id);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return read_slip(row);
}

std::vector<IssuedSlip> RollBook::slips(const PupilId& id) const {
  std::vector<IssuedSlip> out;
  auto row = database_.prepare(
      "SELECT code, pupil, expires, revoked, relation, until, apart, person FROM roll_slip WHERE pupil = ? "
      "AND person IS NULL ORDER BY revoked, expires DESC, id");
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

std::map<PupilId, int> RollBook::phones() const {
  if (std::exchange(phones_on_, today_) != today_) phones_.drop();
  return phones_.get(database_, [this]() -> std::optional<std::map<PupilId, int>> {
    std::string all(kEnrolments);
    all.replace(all.find("d.pupil = ?1 AND "), 17, "");
    std::map<PupilId, int> out;
    auto row = database_.prepare("SELECT d.pupil, count(DISTINCT d.phone) " + all + std::string(kInTime) +
                                 "GROUP BY d.pupil");
    row.bind_null().bind(static_cast<std::int64_t>(today_.days));
    auto more = row.step();
    for (; more.ok() && *more; more = row.step()) out[row.id<PupilId>(0)] = static_cast<int>(row.integer(1));
    if (!more.ok()) return std::nullopt;
    return out;
  });
}

std::map<ClassId, int> RollBook::enrolled() const {
  std::map<ClassId, int> out;
  for (const auto& [id, phones] : phones())
    if (const auto found = now().by_id.find(id); found != now().by_id.end()) ++out[found->second->class_id];
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

std::vector<Applicant> RollBook::undecided() const {
  return waiting_.get(database_, [this]() -> std::optional<std::vector<Applicant>> {
    std::vector<Applicant> out;
    auto row = database_.prepare(std::string(kApplicantColumns) +
                                 "WHERE d.slip IS NULL ORDER BY a.at, a.slip, a.phone");
    auto more = row.step();
    for (; more.ok() && *more; more = row.step()) out.push_back(read_applicant(row));
    if (!more.ok()) return std::nullopt;
    return out;
  });
}

std::vector<Applicant> RollBook::decided() const {
  return decided_.get(database_, [this]() -> std::optional<std::vector<Applicant>> {
    std::vector<Applicant> out;
    auto row =
        database_.prepare(std::string(kApplicantColumns) +
                          "WHERE d.slip IS NOT NULL ORDER BY a.at DESC, a.slip DESC, a.phone DESC LIMIT ?");
    row.bind(kDecidedShown);
    auto more = row.step();
    for (; more.ok() && *more; more = row.step()) out.push_back(read_applicant(row));
    if (!more.ok()) return std::nullopt;
    return out;
  });
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
