// Copies between the phones of one person: what one of them wrote to a school stands on the others too, as
// written by this person (MESSAGES.md, Between a family's phones). Functions over the phone's tables; one
// thread.
#pragma once

#include "core/absence/citizen/context.h"

namespace machi::absence {

inline constexpr std::string_view kKindCopy = "absence.copy";

// A message of this phone has arrived at the town: a report or a note goes to the other phones now, with what
// the hub's receipt says. Inside the transaction that learned it.
Status copy_arrived(const CitizenContext& context, const MessageId& message);
// A slip that this phone applies with, before the school answers all of them.
Status copy_application(const CitizenContext& context, const SlipBytes& slip, base::ByteView code,
                        const MailboxId& office, std::string_view office_name);
// NotAllowed from anybody but another phone of this person, and about a child of another school.
Status take_copy(const CitizenContext& context, const mail::Received& mail);

}  // namespace machi::absence
