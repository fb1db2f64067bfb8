// CBOR as JSON, for showing: keys become texts, bytes {"hex": ...}, tags {"tag": n, "value": ...}. Pure; any
// thread.
#pragma once

#include <nlohmann/json.hpp>

#include "core/code/cbor.h"

namespace machi::program {

nlohmann::ordered_json as_ordered_json(const code::Cbor& value);
inline nlohmann::json as_json(const code::Cbor& value) { return as_ordered_json(value); }

}  // namespace machi::program
