// The tables of the hub in PostgreSQL, made and brought up to date when a process opens them. Names and
// columns are those of SQLite's (sqlite_message_store.cc), so that mail moves between both (store_copy.h).
#pragma once

#include "platform/hub/postgres/postgres_connection.h"

namespace machi::hub {

// What is not applied yet, each step in its own transaction; several processes may do so at once. Unsupported
// when a newer program made the tables.
base::Status make_postgres_tables(PostgresConnection& connection);

}  // namespace machi::hub
