// Growth tables of a stranger's pack. Invariant: whatever is taken answers every age with a finite z-score or
// not at all.
#include <cmath>

#include "core/base/check.h"
#include "core/parenting/growth.h"

using namespace machi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto table = parenting::GrowthTable::read(text); table.ok())
    for (const int at : {0, 1, 450, 730, 1826, 5000})
      for (const auto sex : {parenting::Sex::Male, parenting::Sex::Female})
        if (const auto lms = table->at(parenting::Measure::Weight, sex, at))
          MACHI_CHECK(lms->m > 0 && lms->s > 0 && std::isfinite(parenting::lms_z(lms->m, *lms)));
  if (const auto bands = parenting::JapaneseBands::read(text); bands.ok())
    for (int months = -1; months < 100; ++months)
      if (const auto* row = bands->row(parenting::Sex::Male, months))
        MACHI_CHECK(row->from_months <= months && row->weight[0] < row->weight[2]);
  return 0;
}
