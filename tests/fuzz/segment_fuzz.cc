// Segments from strangers. Invariants: what is refused names a place in the text; what is taken is written in
// one form, which reads as the same segment and decides every profile alike; nobody whose everything is known
// is "not known" where no birth is known by its month only.
#include "core/base/check.h"
#include "core/base/text.h"
#include "core/notice/segment/match.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void fuzz::read(base::ByteView input) {
  const std::string_view text = base::text_view(input);
  notice::SegmentFault fault;
  const auto segment = notice::parse_segment(text, &fault);
  if (!segment.ok()) {
    MACHI_CHECK(fault.at >= 1 && fault.at <= base::count_code_points(text) + 1 && !fault.why.empty());
    return;
  }
  const std::string written = notice::segment_text(*segment);
  const auto again = notice::parse_segment(written);
  if (!again.ok()) {
    MACHI_CHECK(base::count_code_points(written) > notice::kSegmentSigns);
    return;
  }
  MACHI_CHECK(notice::segment_text(*again) == written);
  const base::Date today = *base::Date::parse("2026-11-24");
  const base::Date day = *base::Date::parse("2024-05-10");
  notice::Profile known;
  known.districts = {"3"};
  known.interests = known.languages = known.roles = std::vector<std::string>{};
  known.birth = notice::Birth{day, day};
  known.children = {notice::Birth{day, day}};
  known.handbooks = {notice::Handbook{"physical", 2}};
  for (const notice::Profile& profile : {notice::Profile{}, known}) {
    const rules::Truth truth = notice::match(*segment, profile, today);
    MACHI_CHECK(truth == notice::match(*again, profile, today));
    MACHI_CHECK((truth == rules::Truth::Unknown) == !notice::missing(*segment, profile, today).empty());
  }
  for (const std::string& name : notice::missing(*segment, known, today))
    MACHI_CHECK(name.starts_with("facts."));
}
