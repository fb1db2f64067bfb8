// What a kiosk says of itself to whoever looks after many of them: in Prometheus' text form, as a file that
// its node exporter's textfile collector reads, or that anybody may read. Counts and states; no person, no
// session, nothing of a visit that is under way. Pure but for the clock it is given; any thread.
#pragma once

#include <string>

#include "core/certificate/kiosk/scene.h"

namespace machi::kiosk {

std::string_view word_of(certificate::kiosk::Stage stage, const certificate::kiosk::Book& book);
std::string status_text(const certificate::kiosk::Machine& machine, const certificate::kiosk::Book& book,
                        certificate::kiosk::Stage stage, base::Instant now);

}  // namespace machi::kiosk
