// Claims and what they lead to. What the log says of them is one table, the same at every desk; what this
// desk did about them another. Everything that is sent is sent in the transaction that remembers it.
#include "core/absence/desk/messages/telling.h"

#include <algorithm>

namespace machi::absence {
namespace {

constexpr std::int64_t kPatienceSeconds = 180;  // of this desk's own clock; no two clocks are compared
constexpr std::int64_t kLookSeconds = 2;

}  // namespace

code::Cbor encode(const TellingClaim& claim) {
  code::CborMap map{{1, claim.report.bytes}, {2, claim.version.bytes}};
  if (claim.round > 0) map.emplace_back(3, claim.round);
  if (claim.done) map.emplace_back(4, true);
  return code::Cbor(std::move(map));
}

Result<TellingClaim> decode_telling_claim(const code::Cbor& content) {
  MACHI_TRY_SET(report, content.fixed_at<16>(1));
  MACHI_TRY_SET(version, content.fixed_at<16>(2));
  TellingClaim claim{ReportId{report}, VersionId{version}};
  if (const code::Cbor* value = content.find(3)) {
    MACHI_TRY_SET(round, value->integer());
    if (round < 1 || round > kTellingRounds) return base::fail(base::Code::BadInput, "round");
    claim.round = static_cast<int>(round);
  }
  if (const code::Cbor* value = content.find(4)) {
    MACHI_TRY_SET(done, value->boolean());
    claim.done = done;
  }
  return claim;
}

std::vector<store::Migration> Telling::migrations() {
  return {{"absence.telling.1", R"sql(
CREATE TABLE desk_telling(version BLOB PRIMARY KEY, report BLOB, writer BLOB, open INTEGER NOT NULL DEFAULT 1,
  round INTEGER NOT NULL DEFAULT 0, number INTEGER, desk BLOB) WITHOUT ROWID;
CREATE INDEX desk_telling_open ON desk_telling(version) WHERE open = 1;
CREATE TABLE desk_teller(version BLOB PRIMARY KEY, claimed INTEGER NOT NULL, told INTEGER NOT NULL,
  watched INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE desk_teller_post(message BLOB PRIMARY KEY, version BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX desk_teller_post_version ON desk_teller_post(version);
)sql"}};
}

Status Telling::reported(const Report& report, const crypto::SignPublic& writer) {
  // A claim may have come before what it is about.
  return database_
      .prepare(
          "INSERT INTO desk_telling(version, report, writer) VALUES(?, ?, ?) ON CONFLICT(version) DO UPDATE "
          "SET report = excluded.report, writer = excluded.writer WHERE desk_telling.report IS NULL")
      .bind(report.version)
      .bind(report.report)
      .bind(writer.bytes)
      .run();
}

Status Telling::fold(const TellingClaim& claim, const mail::Received& mail) {
  if (claim.done)
    return database_
        .prepare(
            "INSERT INTO desk_telling(version, open) VALUES(?, 0) ON CONFLICT(version) DO UPDATE SET open = "
            "0")
        .bind(claim.version)
        .run();
  return database_
      .prepare(
          "INSERT INTO desk_telling(version, round, number, desk) VALUES(?, ?, ?, ?) ON CONFLICT(version) DO "
          "UPDATE "
          "SET round = excluded.round, number = excluded.number, desk = excluded.desk "
          "WHERE desk_telling.number IS NULL OR excluded.round > desk_telling.round "
          "OR (excluded.round = desk_telling.round AND excluded.number < desk_telling.number)")
      .bind(claim.version)
      .bind(claim.round)
      .bind(static_cast<std::int64_t>(mail.number))
      .bind(mail.from.bytes)
      .run();
}

Result<std::vector<Telling::Pending>> Telling::pending() const {
  auto row = database_.prepare(
      "SELECT t.report, t.version, t.writer, t.desk, t.round, m.claimed, m.told, m.watched, m.since FROM "
      "desk_telling t "
      "LEFT JOIN desk_teller m ON m.version = t.version WHERE t.open = 1 AND t.report IS NOT NULL");
  std::vector<Pending> out;
  while (true) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    Pending one;
    one.report = row.id<ReportId>(0);
    one.version = row.id<VersionId>(1);
    one.writer.bytes = row.fixed<32>(2);
    if (!row.is_null(3)) one.desk = crypto::SignPublic{row.fixed<32>(3)};
    one.round = static_cast<int>(row.integer(4));
    if (!row.is_null(5)) {
      one.claimed = static_cast<int>(row.integer(5));
      one.told = row.integer(6) != 0;
      one.watched = static_cast<int>(row.integer(7));
      one.since = row.instant(8);
    }
    out.push_back(std::move(one));
  }
}

Status Telling::remember(const Pending& one) {
  return database_
      .prepare(
          "INSERT OR REPLACE INTO desk_teller(version, claimed, told, watched, since) VALUES(?, ?, ?, ?, ?)")
      .bind(one.version)
      .bind(one.claimed)
      .bind(one.told)
      .bind(one.watched)
      .bind(one.since)
      .run();
}

Status Telling::close(const VersionId& version) {
  MACHI_TRY(database_.prepare("UPDATE desk_telling SET open = 0 WHERE version = ?").bind(version).run());
  MACHI_TRY(database_.prepare("DELETE FROM desk_teller_post WHERE version = ?").bind(version).run());
  return database_.prepare("DELETE FROM desk_teller WHERE version = ?").bind(version).run();
}

Status Telling::settle(Instant now) {
  due_.reset();
  MACHI_TRY_SET(open, pending());
  for (const Pending& one : open) MACHI_TRY(settle(one, now));
  return {};
}

Status Telling::settle(const Pending& one, Instant now) {
  MACHI_TRY_SET(entry, reports_.find(one.report));
  if (!entry) return close(one.version);
  const auto head = std::find_if(entry->heads.begin(), entry->heads.end(), [&](const ReportVersion& each) {
    return each.report.version == one.version;
  });
  if (head == entry->heads.end() || head->report.end() < base::date_of(now)) return close(one.version);
  std::vector<Guardian> others = roll_.hearers(head->report.pupil, one.writer);
  std::erase_if(others, [&](const Guardian& guardian) { return guardian.phone == one.writer; });
  if (others.empty()) return close(one.version);
  if (one.told) {
    MACHI_TRY_SET(all, arrived(one.version));
    if (!all) return look_again(now.plus_seconds(kLookSeconds)), Status{};
    MACHI_TRY(close(one.version));
    return post_.note(kKindTelling, encode(TellingClaim{one.report, one.version, 0, true}), now);
  }
  if (!one.desk) return claim(one, 0, now);
  if (post_.mine(*one.desk)) return tell(one, *head, others, now);
  if (one.round >= kTellingRounds) return {};
  if (!post_.present(*one.desk, now)) return claim(one, one.round + 1, now);
  Pending watching = one;
  if (one.watched != one.round || now < one.since) {
    watching.watched = one.round;
    watching.since = now;
    MACHI_TRY(remember(watching));
  }
  const Instant patience = watching.since.plus_seconds(kPatienceSeconds);
  if (now >= patience) return claim(watching, one.round + 1, now);
  look_again(patience);
  return {};
}

// The log will show whose it is.
Status Telling::claim(const Pending& one, int round, Instant now) {
  if (one.claimed >= round) return {};
  Pending claimed = one;
  claimed.claimed = round;
  MACHI_TRY(remember(claimed));
  return post_.note(kKindTelling, encode(TellingClaim{one.report, one.version, round}), now);
}

Status Telling::tell(const Pending& one, const ReportVersion& version, const std::vector<Guardian>& others,
                     Instant now) {
  Pending told = one;
  told.told = true;
  MACHI_TRY(remember(told));
  for (const Guardian& other : others) {
    MACHI_TRY_SET(message, post_.tell(other.person, kKindTold,
                                      encode(ToldReport{version.report, version.written}), now));
    MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO desk_teller_post(message, version) VALUES(?, ?)")
                  .bind(message)
                  .bind(one.version)
                  .run());
  }
  look_again(now.plus_seconds(kLookSeconds));
  return {};
}

Result<bool> Telling::arrived(const VersionId& version) const {
  auto row = database_.prepare("SELECT message FROM desk_teller_post WHERE version = ?");
  row.bind(version);
  while (true) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return true;
    if (!post_.arrived(row.id<base::MessageId>(0))) return false;
  }
}

}  // namespace machi::absence
