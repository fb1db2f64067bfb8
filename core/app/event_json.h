// Events and effects as JSON: {"type": "answer", "at": ..., ...} and {"type": "http", ...}. Pure; any thread.
// Reading is BadInput for anything that is not exactly a known event or effect; unknown members are passed
// over.
#pragma once

#include <string>
#include <string_view>

#include "core/app/effect.h"
#include "core/app/event.h"
#include "core/base/result.h"

namespace machi::app {

std::string to_json(const Event& event);
std::string to_json(const Effect& effect);
base::Result<Event> event_from_json(std::string_view text);
base::Result<Effect> effect_from_json(std::string_view text);

}  // namespace machi::app
