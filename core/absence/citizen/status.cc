// Stages of a report, and the words of its badge.
#include "core/absence/citizen/status.h"

#include <algorithm>

#include "core/absence/citizen/frame.h"
#include "core/absence/citizen/write.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Tone;

// Where a school has not said from when on an unread report means "please call".
constexpr base::TimeOfDay kCallFrom{8 * 60 + 30};
// What is written after that time has so long to be read before the phone says "please call".
constexpr std::int64_t kReadingSeconds = 10 * 60;

}  // namespace

Progress progress_of(const CitizenContext& context, const Entry& entry) {
  const ReportVersion& version = entry.shown();
  const Report& report = version.report;
  Progress progress;
  progress.cancelled = report.kind == ReportKind::Cancelled;
  progress.saved = version.taken;
  progress.over = report.end() < context.today();
  progress.told = is_told(entry);
  progress.arrived = progress.told;  // who told of it has it
  if (const auto post = context.mail.state(version.message)) {
    progress.arrived = post->arrived.has_value() || post->had.has_value();
    progress.arrived_at = post->arrived;
    progress.refused = post->refused;
  }
  if (const ReadMark* mark = entry.read(report.version)) {
    progress.read = *mark;
    progress.arrived = true;
  } else if (!entry.earlier_reads.empty()) {
    progress.read_before = entry.earlier_reads.back();
  }
  if (progress.read) {
    progress.stage = Stage::Read;
  } else if (progress.arrived) {
    progress.stage = Stage::Arrived;
  } else if (progress.refused) {
    progress.stage = Stage::Refused;
  }
  const auto office = context.mail.office(child_of(context, report.pupil).office);
  const base::TimeOfDay from = office && office->please_call ? *office->please_call : kCallFrom;
  progress.call_from = std::max(base::instant_of(report.date, from), version.taken.plus_seconds(kReadingSeconds));
  progress.please_call = !progress.told && !progress.read && !progress.over && context.now >= *progress.call_from;
  return progress;
}

screen::Node badge_of(const CitizenContext& context, std::string id, const Progress& progress) {
  const auto moment = [&context](Instant at) { return context.words.moment(at, context.now); };
  switch (progress.stage) {
    case Stage::Read:
      return screen::badge(std::move(id), context.words("absence.badge.read", {{"when", moment(progress.read->at)}}),
                           Tone::Success, Icon::Check);
    case Stage::Refused:
      return screen::badge(std::move(id), context.words("absence.badge.refused"), Tone::Danger, Icon::Failed);
    case Stage::Arrived:
    case Stage::Saved: break;
  }
  if (progress.please_call) {
    return screen::badge(std::move(id), context.words("absence.badge.please-call"), Tone::Warning, Icon::Telephone);
  }
  if (progress.stage == Stage::Saved) {
    return screen::badge(std::move(id), context.words("absence.badge.saved"), Tone::Warning, Icon::Clock);
  }
  if (progress.read_before) {
    return screen::badge(std::move(id), context.words("absence.badge.changed"), Tone::Info, Icon::Clock);
  }
  return screen::badge(std::move(id), context.words("absence.badge.arrived"), Tone::Info, Icon::Clock);
}

Instant next_change(const CitizenContext& context) {
  Instant next = base::instant_of(context.today().plus(1), base::TimeOfDay{0});
  const auto entries = context.reports.on(context.today());
  if (!entries.ok()) return next;
  for (const Entry& entry : *entries) {
    const Progress progress = progress_of(context, entry);
    if (!progress.told && !progress.read && *progress.call_from > context.now) next = std::min(next, *progress.call_from);
  }
  return next;
}

}  // namespace machi::absence
