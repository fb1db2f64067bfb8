// Writing, reading and folding sums. Keys are in MESSAGES.md.
#include "core/absence/desk/sheets/sums.h"

#include <set>

#include "core/absence/content.h"
#include "core/absence/desk/school.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::int64_t kMostPupils = 100'000;
constexpr std::size_t kMostClosings = 64;

constexpr std::string_view kTables = R"sql(
CREATE TABLE board_sums(school BLOB NOT NULL, closing BLOB NOT NULL, day INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY(school, closing)) WITHOUT ROWID;
CREATE INDEX board_sums_day ON board_sums(day);
)sql";

Result<int> number_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(number, map.integer_at(key));
  if (number < 0 || number > kMostPupils) return fail(Code::BadInput, "count");
  return static_cast<int>(number);
}

Result<ClosingId> closing_id(const Cbor& value) {
  MACHI_TRY_SET(raw, value.bytes());
  MACHI_TRY_SET(id, base::fixed<16>(raw));
  return ClosingId{id};
}

}  // namespace

Cbor encode(const DaySums& sums) {
  code::CborMap map{{1, sums.closing.view()},  {3, sums.day.days},        {4, sums.classes},
                    {5, sums.counts.pupils},   {6, sums.counts.absent},   {7, sums.counts.ill},
                    {8, sums.counts.excluded}, {9, sums.counts.bereaved}, {10, sums.counts.late},
                    {11, sums.counts.early}};
  if (!sums.replaces.empty()) {
    code::CborArray replaces;
    for (const ClosingId& id : sums.replaces) replaces.emplace_back(id.view());
    map.emplace_back(2, std::move(replaces));
  }
  if (sums.counts.suspended > 0) map.emplace_back(13, sums.counts.suspended);
  if (!sums.counts.diseases.empty()) {
    code::CborMap diseases;
    for (const auto& [disease, n] : sums.counts.diseases) diseases.emplace_back(static_cast<int>(disease), n);
    map.emplace_back(12, std::move(diseases));
  }
  return Cbor(std::move(map));
}

Result<DaySums> decode_day_sums(const Cbor& content) {
  DaySums sums;
  MACHI_TRY_SET(closing, content.fixed_at<16>(1));
  sums.closing = ClosingId{closing};
  MACHI_TRY_SET(replaces, content::list_at<ClosingId>(content, 2, kMostClosings, closing_id));
  sums.replaces = std::move(replaces);
  MACHI_TRY_SET(raw_day, content.at(3));
  MACHI_TRY_SET(day, content::date(*raw_day));
  sums.day = day;
  int* const numbers[] = {&sums.classes,     &sums.counts.pupils,   &sums.counts.absent,
                          &sums.counts.ill,  &sums.counts.excluded, &sums.counts.bereaved,
                          &sums.counts.late, &sums.counts.early};
  std::int64_t key = 4;
  for (int* number : numbers) {
    MACHI_TRY_SET(value, number_at(content, key++));
    *number = value;
  }
  if (content.find(13)) {
    MACHI_TRY_SET(suspended, number_at(content, 13));
    sums.counts.suspended = suspended;
  }
  const Counts& counts = sums.counts;
  if (counts.ill > counts.absent ||
      counts.absent + counts.excluded + counts.bereaved + counts.suspended > counts.pupils)
    return fail(Code::BadInput, "sums");
  if (const Cbor* diseases = content.find(12)) {
    if (!diseases->map()) return fail(Code::BadInput, "diseases");
    int all = 0;
    for (const auto& [name, n] : *diseases->map()) {
      MACHI_TRY_SET(disease, content::member(name, Disease::OtherThirdClass));
      MACHI_TRY_SET(count, n.integer());
      if (count < 1 || count > counts.excluded - all) return fail(Code::BadInput, "diseases");
      all += static_cast<int>(count);
      sums.counts.diseases[disease] = static_cast<int>(count);
    }
  }
  return sums;
}

std::vector<store::Migration> BoardBook::migrations() { return {{"absence.board.1", kTables}}; }

Status BoardBook::on_message(const mail::Received& mail) {
  if (mail.kind != kKindSums) return {};
  if (!mail.office) return fail(Code::NotAllowed, "sums without proof");
  MACHI_TRY_SET(sums, decode_day_sums(mail.content));
  return database_
      .prepare(
          "INSERT INTO board_sums(school, closing, day, content) VALUES(?, ?, ?, ?) "
          "ON CONFLICT(school, closing) DO UPDATE SET day = excluded.day, content = excluded.content "
          "WHERE excluded.content < board_sums.content")
      .bind(mail.office->office)
      .bind(sums.closing)
      .bind(static_cast<std::int64_t>(sums.day.days))
      .bind(code::encode(encode(sums)))
      .run();
}

std::vector<SchoolSums> BoardBook::on(Date day) const {
  std::map<mail::MailboxId, std::vector<DaySums>> all;
  auto rows =
      database_.prepare("SELECT school, content FROM board_sums WHERE day = ? ORDER BY school, closing");
  rows.bind(static_cast<std::int64_t>(day.days));
  for (auto more = rows.step(); more.ok() && *more; more = rows.step()) {
    const auto content = code::decode(rows.blob(1));
    if (!content.ok()) continue;
    if (auto sums = decode_day_sums(*content); sums.ok())
      all[rows.id<mail::MailboxId>(0)].push_back(std::move(*sums));
  }
  std::vector<SchoolSums> out;
  for (auto& [school, told] : all) {
    std::set<ClosingId> replaced;
    for (const DaySums& one : told)
      for (const ClosingId& id : one.replaces)
        if (id != one.closing) replaced.insert(id);
    const DaySums* holds = nullptr;
    for (const DaySums& one : told)
      if (!holds && !replaced.contains(one.closing)) holds = &one;
    out.push_back({school, holds ? *holds : told.front()});  // a circle hides nothing
  }
  return out;
}

}  // namespace machi::absence
