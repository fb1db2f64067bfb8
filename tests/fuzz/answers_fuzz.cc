// Questions from strangers, and packs that towns wrote. Invariants: scores lie between nothing and one, best
// first, each entry once; a pack that is refused says where.
#include <set>

#include "core/base/check.h"
#include "core/notice/answers/answer_search.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void fuzz::read(base::ByteView input) {
  const std::string_view text = base::text_view(input);
  const std::size_t line = text.find('\n');
  const std::string_view question = text.substr(0, line);
  const std::string_view rest = line == std::string_view::npos ? std::string_view() : text.substr(line + 1);
  const auto pack = notice::read_answers(
      rest, "name,reading,synonyms,kind,note\nフライパン,ふらいぱん,鍋/なべ,a,\n傘,かさ,,a,\n",
      "kind,label,how,days\na,燃やさないごみ,青い袋へ。,1=水\n");
  if (!pack.ok()) {
    MACHI_CHECK(pack.error().detail.find("line") != std::string::npos);
    return;
  }
  const notice::AnswerSearch search(*pack);
  double before = 1;
  std::set<int> seen;
  for (const notice::FoundAnswer& one : search.ask(question, 10)) {
    MACHI_CHECK(one.entry >= 0 && static_cast<std::size_t>(one.entry) < pack->entries.size());
    MACHI_CHECK(one.score >= 0 && one.score <= before && seen.insert(one.entry).second);
    before = one.score;
  }
}
