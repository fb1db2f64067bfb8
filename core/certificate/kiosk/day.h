// What the journal says of a day: money and copies by item and by what they were paid with, how visits ended,
// and the machine's log. No person stands in it. Pure; any thread.
#pragma once

#include <span>
#include <string>

#include "core/certificate/kiosk/journal.h"

namespace machi::certificate::kiosk {

enum class Entry { Paid = 1, GivenBack = 2, Free = 3, Again = 4 };  // Again: staff let it be printed again

struct DayTotals {
  Date day;
  struct Row {
    Entry entry = Entry::Paid;
    Kind kind = Kind::ResidentRecord;
    Means means = Means::Unknown;
    int copies = 0;
    std::int64_t yen = 0;  // below zero: given back
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;  // by entry, kind, means; none of nothing
  // How visits ended on that day, and what came out of the printer by our count.
  int delivered = 0, not_charged = 0, refunded = 0, cases = 0;
  std::int64_t sheets = 0;
  std::int64_t yen() const;
  int copies() const;
};
// Money counts on the day on which it moved, copies with it: so the sums agree with the terminal's.
DayTotals totals_of(std::span<const Record> journal, Date day);

// UTF-8 with its mark, lines end with CR LF, for the office's spreadsheet; official, and so in Japanese.
std::string totals_csv(const DayTotals& totals, const std::string& place);
std::string totals_file(Date day);  // "kiosk-2026-11-22.csv"

// What staff look at to see what happened: ends of sessions, service, their own doing; the newest first.
std::vector<Record> log_of(std::span<const Record> journal, std::size_t most);

}  // namespace machi::certificate::kiosk
