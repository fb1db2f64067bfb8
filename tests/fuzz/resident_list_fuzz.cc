// A list of residents from a stranger's file. Invariants: every mistake has a line of the file, a list with
// too many of them stops, and what is taken is whole and can be written.
#include "core/base/text.h"
#include "platform/clerk/resident_list.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  const auto list = clerk::read_residents(base::text_view(input));
  MACHI_CHECK(list.mistakes.size() <= clerk::kListMistakes);
  for (const auto& mistake : list.mistakes) {
    MACHI_CHECK(mistake.line >= 0 && mistake.line <= static_cast<int>(input.size()) + 1);
    MACHI_CHECK(base::is_utf8(mistake.column) && !clerk::mistake_word(mistake.what).empty());
  }
  if (!list.mistakes.empty()) return;
  MACHI_CHECK(list.residents.size() == list.rows);
  for (const auto& one : list.residents) {
    MACHI_CHECK(!one.number.empty() && !one.person.name.empty() && !one.address.empty());
    if (one.seal)
      MACHI_CHECK(one.seal->bits.size() * 8 >= static_cast<std::size_t>(one.seal->side * one.seal->side));
  }
  const auto csv = clerk::residents_csv(list.residents, {});
  MACHI_CHECK(!csv.empty());
}
