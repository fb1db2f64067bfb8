// Folding what schools write to a phone into its books. Inside the mail's transaction; one thread.
#pragma once

#include "core/absence/citizen/child_book.h"
#include "core/absence/citizen/note_book.h"
#include "core/absence/report_book.h"
#include "core/mail/client.h"

namespace machi::absence {

// NotAllowed for what an office may not say (or a person says), BadInput and the like for what does not decode; a kind
// that is not about absence is left alone.
Status fold_for_citizen(ReportBook& reports, ChildBook& children, NoteBook& notes, const mail::Received& mail);

}  // namespace machi::absence
