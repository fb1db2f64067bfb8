// Suspensions on the wire, in their two tables, and what they come to. Layouts are in MESSAGES.md.
#include "core/absence/desk/day/suspension.h"

#include <algorithm>

#include "core/absence/content.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborMap;

constexpr std::string_view kTables = R"sql(
CREATE TABLE desk_suspension(id BLOB PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL,
  content BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX desk_suspension_last ON desk_suspension(last, first);
CREATE TABLE desk_resumed(suspension BLOB PRIMARY KEY) WITHOUT ROWID;
)sql";
constexpr int kHighestGrade = 12;

Result<Date> day_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(value, map.at(key));
  return content::date(*value);
}

Status read_who(const Cbor& item, std::int64_t key, Instant& at, std::string& by) {
  MACHI_TRY_SET(value, item.at(key));
  MACHI_TRY_SET(when, content::instant(*value));
  at = when;
  if (!item.find(key + 1)) return {};
  MACHI_TRY_SET(name, content::text_at(item, key + 1, content::kNameLimit));
  by = std::move(name);
  return {};
}

std::optional<Suspension> read_row(const store::Statement& row) {
  const auto content = code::decode(row.blob(0));
  if (!content.ok()) return std::nullopt;
  auto suspension = decode_suspension(*content);
  if (!suspension.ok()) return std::nullopt;
  return std::move(*suspension);
}

}  // namespace

bool Suspension::concerns(const SchoolClass& one) const {
  switch (breadth) {
    case Breadth::School:
      return true;
    case Breadth::Grade:
      return one.grade == grade;
    case Breadth::Class:
      return one.id == class_id;
  }
  return false;
}

Cbor encode(const Suspension& suspension) {
  CborMap map{{1, suspension.id.bytes},
              {2, suspension.first.days},
              {3, suspension.last.days},
              {4, static_cast<int>(suspension.breadth)}};
  if (suspension.breadth == Breadth::Grade) map.emplace_back(5, suspension.grade);
  if (suspension.breadth == Breadth::Class) map.emplace_back(6, suspension.class_id.bytes);
  map.emplace_back(7, suspension.at.ms);
  if (!suspension.by.empty()) map.emplace_back(8, suspension.by);
  return Cbor(std::move(map));
}

Result<Suspension> decode_suspension(const Cbor& item) {
  Suspension out;
  MACHI_TRY_SET(raw, item.bytes_at(1));
  MACHI_TRY_SET(id, SuspensionId::from(raw));
  out.id = id;
  MACHI_TRY_SET(first, day_at(item, 2));
  out.first = first;
  MACHI_TRY_SET(last, day_at(item, 3));
  out.last = last;
  if (out.last < out.first || out.last > out.first.plus(kRangeLimit)) return fail(Code::BadInput, "days");
  MACHI_TRY_SET(breadth, item.at(4));
  MACHI_TRY_SET(wide, content::member(*breadth, Breadth::Class));
  out.breadth = wide;
  if (out.breadth == Breadth::Grade) {
    MACHI_TRY_SET(grade, item.integer_at(5));
    if (grade < 0 || grade > kHighestGrade) return fail(Code::BadInput, "grade");
    out.grade = static_cast<int>(grade);
  }
  if (out.breadth == Breadth::Class) {
    MACHI_TRY_SET(raw_class, item.bytes_at(6));
    MACHI_TRY_SET(class_id, ClassId::from(raw_class));
    out.class_id = class_id;
  }
  MACHI_TRY(read_who(item, 7, out.at, out.by));
  return out;
}

Cbor encode(const Resumed& resumed) {
  CborMap map{{1, resumed.id.bytes}, {2, resumed.at.ms}};
  if (!resumed.by.empty()) map.emplace_back(3, resumed.by);
  return Cbor(std::move(map));
}

Result<Resumed> decode_resumed(const Cbor& item) {
  Resumed out;
  MACHI_TRY_SET(raw, item.bytes_at(1));
  MACHI_TRY_SET(id, SuspensionId::from(raw));
  out.id = id;
  MACHI_TRY(read_who(item, 2, out.at, out.by));
  return out;
}

std::vector<store::Migration> SuspensionBook::migrations() { return {{"absence.suspension.1", kTables}}; }

Status SuspensionBook::fold(const Suspension& suspension) {
  return database_
      .prepare(
          "INSERT INTO desk_suspension(id, first, last, content) VALUES(?, ?, ?, ?) ON CONFLICT(id) DO "
          "UPDATE "
          "SET first = excluded.first, last = excluded.last, content = excluded.content "
          "WHERE excluded.content < desk_suspension.content")
      .bind(suspension.id)
      .bind(suspension.first.days)
      .bind(suspension.last.days)
      .bind(code::encode(encode(suspension)))
      .run();
}

Status SuspensionBook::fold(const Resumed& resumed) {
  return database_.prepare("INSERT OR IGNORE INTO desk_resumed(suspension) VALUES(?)").bind(resumed.id).run();
}

std::vector<Suspension> SuspensionBook::between(Date first, Date last) const {
  std::vector<Suspension> out;
  auto rows = database_.prepare(
      "SELECT content FROM desk_suspension WHERE last >= ? AND first <= ? AND id NOT IN (SELECT suspension "
      "FROM desk_resumed) ORDER BY first, id");
  rows.bind(first.days).bind(last.days);
  for (auto more = rows.step(); more.ok() && *more; more = rows.step())
    if (auto one = read_row(rows)) out.push_back(std::move(*one));
  return out;
}

std::optional<Suspension> SuspensionBook::find(const SuspensionId& id) const {
  auto row = database_.prepare("SELECT content FROM desk_suspension WHERE id = ?");
  row.bind(id);
  const auto there = row.step();
  return there.ok() && *there ? read_row(row) : std::nullopt;
}

LessonDays::LessonDays(const SchoolDays& days, std::vector<SchoolClass> classes,
                       std::vector<Suspension> suspensions)
    : days_(days), classes_(std::move(classes)), suspensions_(std::move(suspensions)) {
  std::stable_sort(suspensions_.begin(), suspensions_.end(),
                   [](const Suspension& a, const Suspension& b) { return a.breadth < b.breadth; });
}

const Suspension* LessonDays::why(const SchoolClass& one, Date day) const {
  for (const Suspension& suspension : suspensions_)
    if (suspension.covers(day) && suspension.concerns(one)) return &suspension;
  return nullptr;
}

Lessons LessonDays::of(const SchoolClass& one, Date day) const {
  if (!days_.open(day)) return Lessons::Off;
  const Suspension* taken = why(one, day);
  if (!taken) return Lessons::Held;
  if (taken->breadth != Breadth::Class) return Lessons::Off;
  // Every class of the grade: the whole grade has none, whatever it was entered as.
  const bool part = std::any_of(classes_.begin(), classes_.end(), [&](const SchoolClass& other) {
    return other.grade == one.grade && !why(other, day);
  });
  return part ? Lessons::PartOff : Lessons::Off;
}

}  // namespace machi::absence
