// The household's whole record as mail to the shelter office (core/household/PASS.md, The record): what a
// pass has no room for is there before the family is. Goes once the family has said so, and after every
// change of it from then on. One thread. Storage | StorageFull.
#pragma once

#include "core/shelter/citizen/context.h"

namespace machi::shelter {

// Whether the family wants it sent.
bool sends_record(const PhoneContext& context);
Status send_records(const PhoneContext& context, bool yes);
// Sends it when it is wanted, known where to, and not sent as it is now; inside the caller's transaction.
Result<bool> send_record(const PhoneContext& context);
// For the household's overview: whether it was sent, has arrived, and the button for it.
screen::Nodes record_nodes(const PhoneContext& context);

}  // namespace machi::shelter
