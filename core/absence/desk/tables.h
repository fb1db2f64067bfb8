// The school's tables as bytes, for a snapshot (core/mail/PROTOCOL.md, Snapshots): everything that a desk
// folded out of the school's mail, and nothing that is this desk's own. Inside the caller's transaction; one
// thread.
#pragma once

#include "core/store/database.h"

namespace machi::absence {

base::Result<base::Bytes> tables_as_bytes(store::Database& database);
// Puts the tables into the state that the bytes describe. BadInput for what is no such thing, Unsupported for
// tables that this program does not know: then nothing is to be kept of it, the mail tells the same.
base::Status tables_from_bytes(store::Database& database, base::ByteView bytes);

}  // namespace machi::absence
