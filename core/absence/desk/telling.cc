// Claims and what they lead to. What the log says of them is one table, the same at every desk; what this
// desk did about them another. A claim that nothing follows is taken over by another desk in the next round:
// at once when the claimant is no member any more, else after minutes of this desk's own. Telling twice is
// harmless. Everything that is sent is sent in the transaction that remembers it.
#include "core/absence/desk/telling.h"

#include <algorithm>

namespace machi::absence {
namespace {

constexpr int kRounds = 4;                      // so often is a telling taken over
constexpr std::int64_t kPatienceSeconds = 180;  // of this desk's own clock; no two clocks are compared

// Beside report and version: 3 the round, 4 that everything was sent.
code::Cbor written(const TellingClaim& claim, int round, bool done) {
  code::CborMap map{{1, claim.report.bytes}, {2, claim.version.bytes}};
  if (round > 0) map.emplace_back(3, round);
  if (done) map.emplace_back(4, true);
  return code::Cbor(std::move(map));
}

struct Step {
  int round = 0;
  bool done = false;
};
Result<Step> step_of(const code::Cbor& content) {
  Step step;
  if (const code::Cbor* value = content.find(3)) {
    MACHI_TRY_SET(round, value->integer());
    if (round < 1 || round > kRounds) return base::fail(base::Code::BadInput, "round");
    step.round = static_cast<int>(round);
  }
  if (const code::Cbor* value = content.find(4)) {
    MACHI_TRY_SET(done, value->boolean());
    step.done = done;
  }
  return step;
}

// What this desk has done about a telling: the last round that it claimed, and since when it waits for which
// round's claimant.
struct Watch {
  int claimed = -1;
  int round = -1;
  Instant due;
};

Result<Watch> watch_of(store::Database& database, const VersionId& version) {
  auto row = database.prepare("SELECT claimed, round, due FROM desk_teller WHERE version = ?");
  row.bind(version);
  MACHI_TRY_SET(there, row.step());
  if (!there) return Watch{};
  return Watch{static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1)), row.instant(2)};
}

Status keep(store::Database& database, const VersionId& version, const Watch& watch) {
  return database
      .prepare("INSERT OR REPLACE INTO desk_teller(version, claimed, round, due) VALUES(?, ?, ?, ?)")
      .bind(version)
      .bind(watch.claimed)
      .bind(watch.round)
      .bind(watch.due)
      .run();
}

Result<int> round_of(store::Database& database, const VersionId& version) {
  auto row = database.prepare("SELECT round FROM desk_telling WHERE version = ?");
  row.bind(version);
  MACHI_TRY_SET(there, row.step());
  return there ? static_cast<int>(row.integer(0)) : 0;
}

}  // namespace

code::Cbor encode(const TellingClaim& claim) { return written(claim, 0, false); }

Result<TellingClaim> decode_telling_claim(const code::Cbor& content) {
  MACHI_TRY_SET(report, content.fixed_at<16>(1));
  MACHI_TRY_SET(version, content.fixed_at<16>(2));
  MACHI_TRY(step_of(content));
  return TellingClaim{ReportId{report}, VersionId{version}};
}

std::vector<store::Migration> Telling::migrations() {
  return {{"absence.telling.1", R"sql(
CREATE TABLE desk_telling(version BLOB PRIMARY KEY, report BLOB, writer BLOB, done INTEGER NOT NULL DEFAULT 0,
  round INTEGER NOT NULL DEFAULT 0, number INTEGER, desk BLOB) WITHOUT ROWID;
CREATE INDEX desk_telling_open ON desk_telling(version) WHERE done = 0;
CREATE TABLE desk_teller(version BLOB PRIMARY KEY, claimed INTEGER NOT NULL, round INTEGER NOT NULL,
  due INTEGER NOT NULL) WITHOUT ROWID;
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

// Of the highest round the claim with the lowest number holds; once it is done it is done.
Status Telling::fold(const TellingClaim& claim, const mail::Received& mail) {
  MACHI_TRY_SET(step, step_of(mail.content));
  if (step.done)
    return database_
        .prepare(
            "INSERT INTO desk_telling(version, done) VALUES(?, 1) ON CONFLICT(version) DO UPDATE SET done = "
            "1")
        .bind(claim.version)
        .run();
  return database_
      .prepare(
          "INSERT INTO desk_telling(version, round, number, desk) VALUES(?, ?, ?, ?) ON CONFLICT(version) DO "
          "UPDATE SET round = excluded.round, number = excluded.number, desk = excluded.desk "
          "WHERE desk_telling.number IS NULL OR excluded.round > desk_telling.round "
          "OR (excluded.round = desk_telling.round AND excluded.number < desk_telling.number)")
      .bind(claim.version)
      .bind(step.round)
      .bind(static_cast<std::int64_t>(mail.number))
      .bind(mail.from.bytes)
      .run();
}

Result<std::vector<Telling::Pending>> Telling::pending() const {
  auto row = database_.prepare(
      "SELECT t.report, t.version, t.writer, t.desk, m.claimed FROM desk_telling t LEFT JOIN desk_teller m "
      "ON m.version = t.version WHERE t.done = 0 AND t.report IS NOT NULL");
  std::vector<Pending> out;
  while (true) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    Pending one;
    one.report = row.id<ReportId>(0);
    one.version = row.id<VersionId>(1);
    one.writer.bytes = row.fixed<32>(2);
    if (!row.is_null(3)) one.desk = crypto::SignPublic{row.fixed<32>(3)};
    one.claimed = !row.is_null(4) && row.integer(4) >= 0;
    out.push_back(std::move(one));
  }
}

Status Telling::done(const VersionId& version) {
  MACHI_TRY(database_.prepare("DELETE FROM desk_teller WHERE version = ?").bind(version).run());
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

  const TellingClaim about{one.report, one.version};
  MACHI_TRY_SET(watch, watch_of(database_, one.version));
  MACHI_TRY_SET(round, round_of(database_, one.version));
  // The log will show whose it is.
  const auto claim = [&](int next) -> Status {
    if (watch.claimed >= next) return {};
    watch.claimed = next;
    MACHI_TRY(keep(database_, one.version, watch));
    return post_.note(kKindTelling, written(about, next, false), now);
  };
  if (!one.desk) return claim(0);
  if (post_.mine(*one.desk)) {
    MACHI_TRY(done(one.version));
    for (const Guardian& other : others)
      MACHI_TRY(post_.tell(other.person, kKindTold, encode(ToldReport{head->report, head->written}), now));
    // Behind the tellings in the outbox: it is in the log when they are on their way.
    return post_.note(kKindTelling, written(about, round, true), now);
  }
  if (round >= kRounds) return {};
  if (!post_.colleague(*one.desk)) return claim(round + 1);
  const Instant patience = now.plus_seconds(kPatienceSeconds);
  if (watch.round != round || watch.due > patience) {  // a new claimant, or a clock that was set back
    watch.round = round;
    watch.due = patience;
    return keep(database_, one.version, watch);
  }
  return now >= watch.due ? claim(round + 1) : Status{};
}

}  // namespace machi::absence
