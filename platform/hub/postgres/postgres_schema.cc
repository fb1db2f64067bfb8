// SQL that PostgreSQL 15 and databases after its kind take: every key of mail begins with its mailbox, so
// that a table may be spread over machines by it; no sequence, no notice, no lock but of rows.
#include "platform/hub/postgres/postgres_schema.h"

#include <array>
#include <set>
#include <string>

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

struct Step {
  std::string_view name;  // never renamed, never changed once released
  std::string_view sql;
};

constexpr std::array kSteps = {Step{"hub.1", R"(
create table incarnation (
  number bigint primary key,
  id bytea not null unique,
  began bigint not null
);
create table mailbox (
  mailbox bytea primary key,
  confirmed bytea not null,
  newest bigint not null,
  oldest bigint not null default 1,
  oldest_of bytea not null default '',
  entries bigint not null default 0
);
create table message (
  mailbox bytea not null,
  number bigint not null,
  sender bytea not null,
  id bytea not null,
  hash bytea not null,
  at bigint not null,
  envelope bytea not null,
  primary key (mailbox, number)
);
create unique index message_once on message (mailbox, sender, id);
create table access (
  mailbox bytea not null,
  number bigint not null,
  entry bytea not null,
  primary key (mailbox, number)
);
create table grant_sealed (
  mailbox bytea not null,
  reader bytea not null,
  epoch bigint not null,
  sealed bytea not null,
  primary key (mailbox, reader, epoch)
);
create table blob_sealed (
  mailbox bytea not null,
  hash bytea not null,
  at bigint not null,
  bytes bytea not null,
  primary key (mailbox, hash)
);
create table snapshot (
  mailbox bytea not null,
  serial bigint not null,
  covers bigint not null,
  at bigint not null,
  snapshot bytea not null,
  primary key (mailbox, serial)
);
create table slip (
  id bytea primary key,
  office bytea not null,
  until bigint not null,
  record bytea not null
);
create table slot (
  mailbox bytea primary key,
  id bytea not null unique,
  record bytea not null
);
create table used (
  mailbox bytea not null,
  mark bytea not null,
  until bigint not null,
  primary key (mailbox, mark)
);
)"}};

}  // namespace

base::Status make_postgres_tables(PostgresConnection& connection) {
  // Two that begin at once: one of them may be told that the other was faster.
  constexpr const char* kList = "create table if not exists step (name text primary key)";
  if (!connection.execute(kList).ok()) MACHI_TRY(connection.execute(kList));
  MACHI_TRY_SET(rows, connection.run(PgQuery{"select name from step", {}}));
  std::set<std::string, std::less<>> done;
  for (int i = 0; i < rows.count(); ++i) done.emplace(base::text_view(rows.blob(i, 0)));
  std::size_t known = 0;
  for (const Step& step : kSteps) {
    if (done.contains(step.name)) {
      ++known;
      continue;
    }
    // The row of the step is the lock: who comes second waits, and is refused.
    const std::string sql = "begin; insert into step values ('" + std::string(step.name) + "'); " +
                            std::string(step.sql) + "; commit";
    if (auto made = connection.execute(sql); !made.ok()) {
      const bool by_another = connection.in_the_way();
      static_cast<void>(connection.execute("rollback"));
      if (!by_another) return made;
    }
  }
  if (known < done.size()) return fail(Code::Unsupported, "tables of a newer program");
  return {};
}

}  // namespace machi::hub
