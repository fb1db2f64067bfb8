// The family's record as bytes: what goes into the slot of a recovery sheet and to a second device, and comes
// back on another phone (MESSAGES.md, The family's record). Functions over the phone's tables; one thread.
#pragma once

#include <map>

#include "core/absence/citizen/context.h"

namespace machi::absence {

// Every table of absence but the drafts, and the settings. Reports and notes of days before `since` stay out.
Result<base::Bytes> record_as_bytes(store::Database& database, Date since);
// Into a phone that has none, in the caller's transaction. BadInput; Unsupported for bytes of a newer
// program.
Status record_from_bytes(store::Database& database, base::ByteView bytes);

// Takes all of it off this phone, drafts too; the language stays.
Status forget_record(store::Database& database);

// Which tables, with which columns: "report, version, ...".
std::map<std::string, std::string> record_tables();

// What the record says was written and no receipt is known of is written once more: an office that has it
// already sees the same version. False while the town's directory is not here yet.
Result<bool> send_again(const CitizenContext& context);

}  // namespace machi::absence
