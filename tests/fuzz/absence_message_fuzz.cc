// What families and schools write to each other about absence. Invariant: what is read is written again as
// bytes that read to the same bytes once more, and keeps the limits that screens and tables rely on.
#include "core/absence/message.h"
#include "core/absence/message_day.h"
#include "core/base/text.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/messages.h"

using namespace machi;

namespace {

constexpr auto kWrite = [](const auto& message) { return absence::encode(message); };

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  const auto content = code::decode(input);
  if (!content.ok()) return;
  if (const auto report = absence::decode_report(*content); report.ok()) {
    MACHI_CHECK(base::count_code_points(report->note) <= absence::kNoteLimit);
    const bool bare =
        report->kind == absence::ReportKind::Cancelled || report->kind == absence::ReportKind::Back;
    MACHI_CHECK(bare != report->reason.has_value());
    MACHI_CHECK(report->end() >= report->date && report->end() <= report->date.plus(absence::kRangeLimit));
  }
  fuzz::comes_back(*content, absence::decode_report, kWrite);
  fuzz::comes_back(*content, absence::decode_read_mark, kWrite);
  fuzz::comes_back(*content, absence::decode_enrolled, kWrite);
  fuzz::comes_back(*content, absence::decode_roll, kWrite);
  fuzz::comes_back(*content, absence::decode_slips, kWrite);
  fuzz::comes_back(*content, absence::decode_decision, kWrite);
  fuzz::comes_back(*content, absence::decode_day_closed, kWrite);
  fuzz::comes_back(*content, absence::decode_pupil_note, kWrite);
  fuzz::comes_back(*content, absence::decode_told_report, kWrite);
  fuzz::comes_back(*content, absence::decode_guardian_news, kWrite);
}
