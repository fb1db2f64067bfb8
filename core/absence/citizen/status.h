// How far a report has come, as far as this phone knows it: saved here, arrived at the town, read by the school. Each is
// said only because it happened (DESIGN.md, Messages). Reads the books and the mail; one thread.
#pragma once

#include "core/absence/citizen/context.h"

namespace machi::absence {

enum class Stage { Saved, Refused, Arrived, Read };

struct Progress {
  Stage stage = Stage::Saved;
  bool cancelled = false;
  Instant saved;
  bool arrived = false;                     // a receipt holds, or a desk has it
  std::optional<Instant> arrived_at;
  std::optional<ReadMark> read;
  std::optional<ReadMark> read_before;      // an earlier version was read, this one not
  std::optional<base::Code> refused;        // the hub will not take it
  std::optional<Instant> call_from;         // from then on an unread report means "please call"
  bool please_call = false;
  bool over = false;                        // its last day has passed
  bool told = false;                        // another guardian wrote it, and the school said so
};

Progress progress_of(const CitizenContext& context, const Entry& entry);

// 学校が確認しました 7:42
screen::Node badge_of(const CitizenContext& context, std::string id, const Progress& progress);
// The next moment at which a screen would read differently although nothing comes in: a school's time to call, midnight.
Instant next_change(const CitizenContext& context);

}  // namespace machi::absence
