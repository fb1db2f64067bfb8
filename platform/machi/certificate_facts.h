// The facts of a certificate out of JSON (core/certificate/CERTIFICATE.md). One thread.
#pragma once

#include "core/certificate/certificate.h"
#include "platform/machi/json_input.h"

namespace machi::program {

// BadInput, Missing ... with the member's place; checked as a whole (certificate::check).
base::Result<certificate::Facts> facts_of(const Field& json);

}  // namespace machi::program
