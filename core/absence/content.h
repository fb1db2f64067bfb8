// Reading the contents of absence messages: bounded texts, lists, dates and enumerations out of CBOR maps
// with integer keys. Private to core/absence. BadInput for what no program of ours writes, TooLarge past a
// limit, Unsupported for a number that a newer program may know. Pure; any thread.
#pragma once

#include "core/code/content.h"

namespace machi::absence::content {

using base::Code;
using base::Result;
using code::Cbor;
using code::content::cleaned;
using code::content::date;
using code::content::id_at;
using code::content::instant;
using code::content::instant_at;
using code::content::kFirstDay;
using code::content::kLastDay;
using code::content::kNameLimit;
using code::content::list_at;
using code::content::member;
using code::content::repeats;
using code::content::text;
using code::content::text_at;

inline constexpr std::size_t kLanguageLimit = 35;  // BCP 47, RFC 5646 section 4.4.1

}  // namespace machi::absence::content
