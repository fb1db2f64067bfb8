// What stands on the receipt and on the numbered slip of an open case: official paper, in Japanese as the
// certificates themselves. No person. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/certificate/kiosk/transaction.h"

namespace machi::certificate::kiosk {

std::vector<std::string> receipt_lines(const work::Receipt& receipt, const std::string& place, Instant at);
std::vector<std::string> slip_lines(const work::Slip& slip, const std::string& place, Instant at);

}  // namespace machi::certificate::kiosk
