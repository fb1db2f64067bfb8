// What phones tell of their use, as sums: each report names one service, one month and one of a few sizes,
// comes alone, at a time of its own and without a sender, so that two reports of one phone cannot be joined.
// Nothing is kept of a report but the sum that it went into. One thread, that of the database.
#pragma once

#include <string_view>

#include "platform/channels/sums.h"

namespace machi::channels {

// {"month": "2026-11", "what": "notice.opened", "size": 3}. `what`: words of a fixed list; size: 1, 3, 10 or
// 30, as phones round. BadInput for anything else, also for a month that is not this or the last one.
struct UseReport {
  std::string month, what;
  int size = 0;
};
base::Result<UseReport> read_use_report(std::string_view json, base::Instant now);
base::Status add_use(store::Database& database, const UseReport& report);

}  // namespace machi::channels
