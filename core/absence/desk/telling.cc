// Claims and what they lead to, in one table. Everything that is sent is sent in the transaction that
// remembers it.
#include "core/absence/desk/telling.h"

#include <algorithm>

namespace machi::absence {

code::Cbor encode(const TellingClaim& claim) {
  return code::Cbor::map({{1, claim.report.bytes}, {2, claim.version.bytes}});
}

Result<TellingClaim> decode_telling_claim(const code::Cbor& content) {
  MACHI_TRY_SET(report, content.fixed_at<16>(1));
  MACHI_TRY_SET(version, content.fixed_at<16>(2));
  return TellingClaim{ReportId{report}, VersionId{version}};
}

std::vector<store::Migration> Telling::migrations() {
  return {{"absence.telling.1", R"sql(
CREATE TABLE desk_telling(version BLOB PRIMARY KEY, report BLOB, writer BLOB, claimed INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0, number INTEGER, desk BLOB) WITHOUT ROWID;
)sql"}};
}

Status Telling::reported(const Report& report, const crypto::SignPublic& writer) {
  // A claim may have come before what it is about.
  return database_
      .prepare(
          "INSERT INTO desk_telling(version, report, writer) VALUES(?, ?, ?) ON CONFLICT(version) DO UPDATE "
          "SET "
          "report = excluded.report, writer = excluded.writer WHERE desk_telling.report IS NULL")
      .bind(report.version)
      .bind(report.report)
      .bind(writer.bytes)
      .run();
}

Status Telling::fold(const TellingClaim& claim, const mail::Received& mail) {
  return database_
      .prepare(
          "INSERT INTO desk_telling(version, number, desk) VALUES(?, ?, ?) ON CONFLICT(version) DO UPDATE "
          "SET "
          "number = excluded.number, desk = excluded.desk "
          "WHERE desk_telling.number IS NULL OR excluded.number < desk_telling.number")
      .bind(claim.version)
      .bind(static_cast<std::int64_t>(mail.number))
      .bind(mail.from.bytes)
      .run();
}

Result<std::vector<Telling::Pending>> Telling::pending() const {
  auto row = database_.prepare(
      "SELECT report, version, writer, desk, claimed FROM desk_telling WHERE done = 0 AND report IS NOT "
      "NULL");
  std::vector<Pending> out;
  while (true) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    Pending one;
    one.report = row.id<ReportId>(0);
    one.version = row.id<VersionId>(1);
    one.writer.bytes = row.fixed<32>(2);
    if (!row.is_null(3)) one.desk = crypto::SignPublic{row.fixed<32>(3)};
    one.claimed = row.integer(4) != 0;
    out.push_back(std::move(one));
  }
}

Status Telling::done(const VersionId& version) {
  return database_.prepare("UPDATE desk_telling SET done = 1 WHERE version = ?").bind(version).run();
}

Status Telling::settle(Instant now) {
  MACHI_TRY_SET(open, pending());
  for (const Pending& one : open) MACHI_TRY(settle(one, now));
  return {};
}

Status Telling::settle(const Pending& one, Instant now) {
  MACHI_TRY_SET(entry, reports_.find(one.report));
  if (!entry) return done(one.version);
  const auto head = std::find_if(entry->heads.begin(), entry->heads.end(), [&](const ReportVersion& each) {
    return each.report.version == one.version;
  });
  if (head == entry->heads.end() || head->report.end() < base::date_of(now)) return done(one.version);
  std::vector<Guardian> others = roll_.hearers(head->report.pupil, one.writer);
  std::erase_if(others, [&](const Guardian& guardian) { return guardian.phone == one.writer; });
  if (others.empty()) return done(one.version);
  if (!one.desk) {
    if (one.claimed) return {};  // the log will show whose it is
    MACHI_TRY(
        database_.prepare("UPDATE desk_telling SET claimed = 1 WHERE version = ?").bind(one.version).run());
    return post_.note(kKindTelling, encode(TellingClaim{one.report, one.version}), now);
  }
  MACHI_TRY(done(one.version));
  if (!post_.mine(*one.desk)) return {};
  for (const Guardian& other : others)
    MACHI_TRY(post_.tell(other.person, kKindTold, encode(ToldReport{head->report, head->written}), now));
  return {};
}

}  // namespace machi::absence
