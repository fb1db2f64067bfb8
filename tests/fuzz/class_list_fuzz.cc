// A class list from a stranger's file. Invariants: what is taken is whole and within its bounds, every
// mistake has a line of the file, and a list with too many mistakes stops.
#include "core/absence/desk/roll/class_list.h"
#include "core/base/csv_reader.h"
#include "core/base/text.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  const std::string_view text = base::text_view(input);
  base::CsvReader csv(text);
  base::CsvRecord record;
  int last = 0;
  while (csv.next(record)) {
    MACHI_CHECK(!record.fields.empty() && record.line > last);
    last = record.line;
  }
  const absence::ClassList list = absence::read_class_list(text);
  MACHI_CHECK(list.mistakes.size() <= absence::kListMistakes + 16);
  for (const auto& mistake : list.mistakes)
    MACHI_CHECK(mistake.line >= 0 && mistake.line <= last && base::is_utf8(mistake.value));
  for (const auto& pupil : list.pupils) {
    MACHI_CHECK(pupil.grade >= 1 && pupil.number >= 1 && !pupil.name.empty() && !pupil.class_name.empty());
    MACHI_CHECK(base::is_utf8(pupil.name) && base::is_utf8(pupil.reading) && pupil.telephones.size() <= 8);
  }
  (void)absence::birth_date(text);
}
