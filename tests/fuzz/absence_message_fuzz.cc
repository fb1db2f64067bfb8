// What families and schools write to each other about absence. Invariant: what is read is written again as
// bytes that read to the same bytes once more, and keeps the limits that screens and tables rely on.
#include "core/absence/message.h"
#include "core/absence/message_day.h"
#include "core/base/check.h"
#include "core/base/text.h"

using namespace machi;

namespace {

template <class Read>
void check(const code::Cbor& content, Read read) {
  const auto first = read(content);
  if (!first.ok()) return;
  const auto bytes = code::encode(absence::encode(*first));
  const auto again = code::decode(bytes);
  MACHI_CHECK(again.ok());
  const auto second = read(*again);
  MACHI_CHECK(second.ok());
  MACHI_CHECK(code::encode(absence::encode(*second)) == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto content = code::decode({data, size});
  if (!content.ok()) return 0;
  if (const auto report = absence::decode_report(*content); report.ok()) {
    MACHI_CHECK(base::count_code_points(report->note) <= absence::kNoteLimit);
    const bool bare =
        report->kind == absence::ReportKind::Cancelled || report->kind == absence::ReportKind::Back;
    MACHI_CHECK(bare != report->reason.has_value());
    MACHI_CHECK(report->end() >= report->date && report->end() <= report->date.plus(absence::kRangeLimit));
  }
  check(*content, absence::decode_report);
  check(*content, absence::decode_read_mark);
  check(*content, absence::decode_enrolled);
  check(*content, absence::decode_roll);
  check(*content, absence::decode_slips);
  check(*content, absence::decode_decision);
  check(*content, absence::decode_day_closed);
  check(*content, absence::decode_pupil_note);
  check(*content, absence::decode_told_report);
  return 0;
}
