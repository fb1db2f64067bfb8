// Children, closed days and applications of one phone, in three tables. A child belongs to the slip that
// brought it: when the school takes the slip back, the child goes with it; what was reported stays in the
// book of reports.
#include "core/absence/citizen/child_book.h"

#include <utility>

namespace machi::absence {
namespace {

using base::Code;

constexpr std::string_view kTables = R"sql(
  CREATE TABLE absence_application (
    slip BLOB PRIMARY KEY, code BLOB NOT NULL, office BLOB NOT NULL, office_name TEXT NOT NULL, message BLOB NOT NULL,
    made INTEGER NOT NULL, standing INTEGER NOT NULL, answered INTEGER NOT NULL, why TEXT) WITHOUT ROWID;
  CREATE TABLE absence_child (
    slip BLOB NOT NULL, pupil BLOB NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, reading TEXT NOT NULL,
    class_name TEXT NOT NULL, preschool INTEGER NOT NULL, until INTEGER, PRIMARY KEY (slip, pupil)) WITHOUT ROWID;
  CREATE TABLE absence_closed_day (
    office BLOB NOT NULL, day INTEGER NOT NULL, PRIMARY KEY (office, day)) WITHOUT ROWID;
  CREATE TABLE absence_guardian_news (
    pupil BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE absence_books_closed (
    office BLOB NOT NULL, day INTEGER NOT NULL, at INTEGER NOT NULL, open INTEGER NOT NULL,
    PRIMARY KEY (office, day)) WITHOUT ROWID;
  CREATE TABLE absence_no_lessons (
    pupil BLOB NOT NULL, id BLOB NOT NULL, day INTEGER NOT NULL, last INTEGER NOT NULL, breadth INTEGER NOT NULL,
    at INTEGER NOT NULL, lifted INTEGER NOT NULL, PRIMARY KEY (pupil, id)) WITHOUT ROWID;
)sql";

constexpr std::string_view kApplications =
    "SELECT slip, code, office, office_name, message, made, standing, answered, why FROM absence_application";

ApplicationState application_of(const store::Statement& row) {
  ApplicationState state;
  state.slip = row.fixed<16>(0);
  state.code = row.fixed<10>(1);
  state.office = row.id<MailboxId>(2);
  state.office_name = row.text(3);
  state.message = row.id<MessageId>(4);
  state.made = row.instant(5);
  state.standing = static_cast<Standing>(row.integer(6));
  state.answered = row.integer(7) != 0;
  if (!row.is_null(8)) state.why = base::code_of(row.text(8));
  return state;
}

std::string behind_space(const std::string& name) {
  for (std::string_view space : {std::string_view(" "), std::string_view("\u3000")}) {
    const auto at = name.rfind(space);
    if (at != std::string::npos && at + space.size() < name.size()) return name.substr(at + space.size());
  }
  return name;
}

}  // namespace

std::vector<store::Migration> ChildBook::migrations() { return {{"absence.children.1", kTables}}; }

std::string Child::given_name() const { return behind_space(card.name); }
std::string Child::given_reading() const { return behind_space(card.reading); }

Status ChildBook::apply(const ApplicationState& application) {
  auto row = database_.prepare(
      "INSERT OR REPLACE INTO absence_application (slip, code, office, office_name, message, made, standing, "
      "answered, why)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, 0, NULL)");
  row.bind(application.slip).bind(application.code).bind(application.office).bind(application.office_name);
  row.bind(application.message).bind(application.made).bind(static_cast<int>(Standing::Pending));
  return row.run();
}

Status ChildBook::fold(const MailboxId& office, const Enrolled& enrolled) {
  MACHI_TRY_SET(known, application(enrolled.slip));
  if (!known || known->office != office)
    return base::fail(Code::NotAllowed, "enrolled without an application");
  const bool decided = known->answered && known->standing != Standing::Pending;
  if (enrolled.standing == Standing::Pending && decided) return {};
  {
    auto row = database_.prepare(
        "UPDATE absence_application SET standing = ?, answered = 1, why = ? WHERE slip = ?");
    row.bind(static_cast<int>(enrolled.standing));
    if (enrolled.why) {
      row.bind(base::code_name(*enrolled.why));
    } else {
      row.bind_null();
    }
    MACHI_TRY(row.bind(enrolled.slip).run());
  }
  // What a refused slip brought stays in the table, and is shown no more: another school may welcome that
  // child.
  if (enrolled.standing == Standing::Confirmed) {
    auto row = database_.prepare("DELETE FROM absence_child WHERE slip = ?");
    MACHI_TRY(row.bind(enrolled.slip).run());
  }
  int place = 0;
  for (const PupilCard& card : enrolled.pupils) {
    auto row = database_.prepare(
        "INSERT OR REPLACE INTO absence_child (slip, pupil, place, name, reading, class_name, preschool, "
        "until)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(enrolled.slip)
        .bind(card.pupil)
        .bind(place++)
        .bind(card.name)
        .bind(card.reading)
        .bind(card.class_name);
    row.bind(card.preschool ? 1 : 0);
    if (enrolled.until)
      row.bind(enrolled.until->days);
    else
      row.bind_null();
    MACHI_TRY(row.run());
    // The school that it left has nothing more to say.
    auto left = database_.prepare(
        "DELETE FROM absence_application WHERE office <> ? AND slip IN (SELECT slip FROM absence_child WHERE "
        "pupil = ?)");
    MACHI_TRY(left.bind(office).bind(card.pupil).run());
  }
  if (enrolled.standing != Standing::Confirmed) return {};
  {
    auto row = database_.prepare("DELETE FROM absence_closed_day WHERE office = ?");
    MACHI_TRY(row.bind(office).run());
  }
  for (Date day : enrolled.closed_days) {
    auto row = database_.prepare("INSERT OR IGNORE INTO absence_closed_day (office, day) VALUES (?, ?)");
    MACHI_TRY(row.bind(office).bind(day.days).run());
  }
  return {};
}

Status ChildBook::refuse(const MailboxId& office, const SlipBytes& slip, Code why) {
  Enrolled answer;
  answer.slip = slip;
  answer.standing = Standing::Refused;
  answer.why = why;
  return fold(office, answer);
}

Status ChildBook::guardian_news(const MailboxId& office, const PupilId& pupil, Instant at) {
  MACHI_TRY_SET(known, child(pupil));
  if (!known || known->office != office) return base::fail(Code::NotAllowed, "news of another child");
  auto row = database_.prepare("INSERT OR REPLACE INTO absence_guardian_news (pupil, at) VALUES (?, ?)");
  return row.bind(pupil).bind(at).run();
}

Result<std::vector<ChildBook::News>> ChildBook::news() const {
  auto rows = database_.prepare("SELECT pupil, at FROM absence_guardian_news ORDER BY at, pupil");
  std::vector<News> out;
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back({rows.id<PupilId>(0), rows.instant(1)});
  }
}

Status ChildBook::news_seen(const PupilId& pupil) {
  auto row = database_.prepare("DELETE FROM absence_guardian_news WHERE pupil = ?");
  return row.bind(pupil).run();
}

Status ChildBook::day_closed(const MailboxId& office, const DayClosed& closed) {
  // Of two at one time the opening holds: a family rather writes once too often.
  auto row = database_.prepare(
      "INSERT INTO absence_books_closed (office, day, at, open) VALUES (?, ?, ?, ?) ON CONFLICT (office, "
      "day) DO UPDATE"
      " SET at = excluded.at, open = excluded.open"
      " WHERE (excluded.at, excluded.open) > (absence_books_closed.at, absence_books_closed.open)");
  return row.bind(office).bind(closed.day.days).bind(closed.at).bind(closed.reopened ? 1 : 0).run();
}

bool ChildBook::closed(const MailboxId& office, Date day) const {
  auto row =
      database_.prepare("SELECT 1 FROM absence_books_closed WHERE office = ? AND day = ? AND open = 0");
  row.bind(office).bind(day.days);
  const auto there = row.step();
  return there.ok() && *there;
}

Status ChildBook::no_lessons(const MailboxId& office, const NoLessons& told) {
  MACHI_TRY_SET(known, child(told.pupil));
  if (!known || known->office != office) return base::fail(Code::NotAllowed, "days of another child");
  auto row = database_.prepare(
      "INSERT INTO absence_no_lessons (pupil, id, day, last, breadth, at, lifted) VALUES (?, ?, ?, ?, ?, ?, "
      "?)"
      " ON CONFLICT (pupil, id) DO UPDATE SET at = excluded.at, lifted = excluded.lifted"
      " WHERE (excluded.at, excluded.lifted) > (absence_no_lessons.at, absence_no_lessons.lifted)");
  row.bind(told.pupil).bind(told.id).bind(told.first.days).bind(told.last.days);
  return row.bind(static_cast<int>(told.breadth)).bind(told.at).bind(told.lifted).run();
}

Result<std::vector<NoLessons>> ChildBook::no_lessons(Date from, const PupilId& pupil) const {
  auto rows = database_.prepare(
      "SELECT id, pupil, day, last, breadth, at FROM absence_no_lessons"
      " WHERE lifted = 0 AND last >= ?1 AND (?2 = x'00000000000000000000000000000000' OR pupil = ?2) ORDER "
      "BY day, pupil, id");
  rows.bind(from.days).bind(pupil);
  std::vector<NoLessons> out;
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back({rows.id<SuspensionId>(0), rows.id<PupilId>(1),
                   Date{static_cast<std::int32_t>(rows.integer(2))},
                   Date{static_cast<std::int32_t>(rows.integer(3))}, static_cast<Breadth>(rows.integer(4)),
                   rows.instant(5)});
  }
}

Status ChildBook::forget(const SlipBytes& slip) {
  auto row = database_.prepare("DELETE FROM absence_application WHERE slip = ? AND standing = ?");
  return row.bind(slip).bind(static_cast<int>(Standing::Refused)).run();
}

// As core/store/memo.h: good until a row is written.
void ChildBook::forget_old() const {
  if (std::exchange(version_, database_.version()) == database_.version()) return;
  all_.reset();
  days_.clear();
}

Result<std::vector<Child>> ChildBook::all() const {
  forget_old();
  if (!all_) {
    MACHI_TRY_SET(read, read_all());
    all_ = std::move(read);
  }
  return *all_;
}

Result<SchoolDays> ChildBook::school_days(const Child& child) const {
  forget_old();
  for (const auto& [pupil, days] : days_)
    if (pupil == child.card.pupil) return days;
  MACHI_TRY_SET(read, read_days(child));
  days_.emplace_back(child.card.pupil, read);
  return read;
}

Result<std::vector<Child>> ChildBook::read_all() const {
  auto rows = database_.prepare(
      "SELECT c.pupil, c.name, c.reading, c.class_name, c.preschool, a.office, a.office_name, c.until FROM "
      "absence_child c"
      " JOIN absence_application a ON a.slip = c.slip WHERE a.standing = ? ORDER BY a.made, c.slip, c.place");
  rows.bind(static_cast<int>(Standing::Confirmed));
  std::vector<Child> children;
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return children;
    Child child{{rows.id<PupilId>(0), rows.text(1), rows.text(2), rows.text(3), rows.integer(4) != 0},
                rows.id<MailboxId>(5),
                rows.text(6),
                {}};
    if (!rows.is_null(7)) child.until = Date{static_cast<std::int32_t>(rows.integer(7))};
    bool known = false;  // two slips may have brought the same child
    for (const Child& other : children) known = known || other.card.pupil == child.card.pupil;
    if (!known) children.push_back(std::move(child));
  }
}

Result<std::vector<Child>> ChildBook::children() const {
  MACHI_TRY_SET(out, all());
  std::erase_if(out, [this](const Child& one) { return one.until && *one.until < today_; });
  return out;
}

Result<std::vector<Child>> ChildBook::over() const {
  MACHI_TRY_SET(out, all());
  std::erase_if(out, [this](const Child& one) { return !one.until || *one.until >= today_; });
  return out;
}

bool ChildBook::brought(const SlipBytes& slip) const {
  auto row = database_.prepare("SELECT 1 FROM absence_child WHERE slip = ? LIMIT 1");
  const auto there = row.bind(slip).step();
  return there.ok() && *there;
}

bool ChildBook::was_let_go(const PupilId& pupil) const {
  auto row = database_.prepare(
      "SELECT 1 FROM absence_child WHERE pupil = ?1 AND NOT EXISTS (SELECT 1 FROM absence_child c JOIN "
      "absence_application a"
      " ON a.slip = c.slip WHERE c.pupil = ?1 AND a.standing = ?2)");
  row.bind(pupil).bind(static_cast<int>(Standing::Confirmed));
  const auto there = row.step();
  return there.ok() && *there;
}

Result<std::optional<Child>> ChildBook::child(const PupilId& pupil) const {
  MACHI_TRY_SET(known, all());
  for (Child& one : known) {
    if (one.card.pupil == pupil) return std::optional<Child>(std::move(one));
  }
  return std::optional<Child>();
}

Result<SchoolDays> ChildBook::read_days(const Child& child) const {
  std::set<Date> closed;
  {
    auto rows = database_.prepare("SELECT day FROM absence_closed_day WHERE office = ?");
    rows.bind(child.office);
    while (true) {
      MACHI_TRY_SET(more, rows.step());
      if (!more) break;
      closed.insert(Date{static_cast<std::int32_t>(rows.integer(0))});
    }
  }
  MACHI_TRY_SET(off, no_lessons(Date{}, child.card.pupil));
  for (const NoLessons& one : off)
    for (Date day = one.first; day <= one.last; day = day.plus(1)) closed.insert(day);
  return SchoolDays(std::move(closed));
}

Result<std::vector<ApplicationState>> ChildBook::applications() const {
  auto rows = database_.prepare(std::string(kApplications) + " ORDER BY made, slip");
  std::vector<ApplicationState> out;
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back(application_of(rows));
  }
}

Result<std::optional<ApplicationState>> ChildBook::application(const SlipBytes& slip) const {
  auto rows = database_.prepare(std::string(kApplications) + " WHERE slip = ?");
  rows.bind(slip);
  MACHI_TRY_SET(more, rows.step());
  if (!more) return std::optional<ApplicationState>();
  return std::optional<ApplicationState>(application_of(rows));
}

}  // namespace machi::absence
