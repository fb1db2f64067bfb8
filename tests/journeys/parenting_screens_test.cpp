// Every screen of parenting in every language.
#include "tests/journeys/family_town.h"

namespace machi::family {
namespace {

const std::set<std::string> kAll = {
    "parenting",        "parenting.child",   "parenting.edit", "parenting.plan",  "parenting.dose",
    "parenting.growth", "parenting.measure", "parenting.book", "parenting.entry", "parenting.share",
    "parenting.todo",   "parenting.points",  "parenting.ask"};

class EveryScreenOfParenting : public testing::TestWithParam<std::string> {
 protected:
  Town town;
  std::set<std::string> seen, kept;

  // With MACHIKADO_SCREENS=DIR as JSON, for a presenter to draw (tests/browser/presenter).
  void keep(const Phone& phone, const std::string& wanted, const std::string& what = {}) {
    const std::string name = phone.screen().name.substr(0, phone.screen().name.find('/'));
    EXPECT_EQ(name, wanted) << phone.text();
    EXPECT_EQ(phone.screen().language, GetParam());
    seen.insert(name);
    const std::string file = name + (what.empty() ? "" : "." + what);
    EXPECT_TRUE(kept.insert(file).second) << file << " was kept before";
    if (const char* folder = std::getenv("MACHIKADO_SCREENS"))
      std::ofstream(std::string(folder) + "/tour-" + GetParam() + "-" + file + ".json")
          << screen::to_json(phone.screen());
  }
};

std::vector<std::string> language_tags() {
  std::vector<std::string> out;
  for (const words::Language& one : words::languages()) out.emplace_back(one.tag);
  return out;
}
std::string tag_name(const testing::TestParamInfo<std::string>& one) {
  std::string name = one.param;
  std::erase(name, '-');
  return name;
}

TEST_P(EveryScreenOfParenting, IsMetOnAPhone) {
  town.give_out_rules();
  Phone& phone = town.phone("phone", GetParam());
  phone.press("parenting");
  keep(phone, "parenting", "empty");
  phone.press("add");
  phone.press("save");
  keep(phone, "parenting.edit", "errors");
  phone.enter("name", "佐倉 そら");
  phone.enter("birth", "2026-07-08");
  phone.enter("due", "2026-08-20");
  phone.choose("sex", "female");
  phone.press("save");
  write_child(phone, "", "", "", "2027-06-01");
  keep(phone, "parenting");
  phone.press_row("child.");
  phone.press("plan");
  keep(phone, "parenting.plan", "begin");
  for (const char* vaccine : {"pcv", "hepb", "dptipvhib", "rota5"})
    write_dose(phone, vaccine, "2026-09-10", "AB123", "ひより小児科");
  phone.press("record");
  phone.choose("vaccine", "pcv");
  phone.enter("on", "2026-09-20");
  phone.press("save");
  keep(phone, "parenting.dose", "warned");
  phone.press("save");
  keep(phone, "parenting.plan");
  phone.press_row("given.pcv/2026-09-20");
  phone.press("erase");
  keep(phone, "parenting.dose", "erase");
  phone.press("back");
  phone.press("back");
  keep(phone, "parenting.child");
  phone.press("growth");
  phone.press("add");
  phone.enter("weight", "640");
  phone.enter("length", "x");
  phone.press("save");
  keep(phone, "parenting.measure", "errors");
  const char* const days[] = {"2026-07-08", "2026-08-10", "2026-09-10", "2026-10-12", "2026-11-12"};
  const char* const weights[] = {"2.4", "3.6", "4.7", "5.5", "6.1"};
  const char* const lengths[] = {"46.5", "51.0", "55.2", "58.4", "60.9"};
  phone.press("back");
  for (int i = 0; i < 5; ++i) {
    phone.press("add");
    phone.enter("on", days[i]);
    phone.enter("weight", weights[i]);
    phone.enter("length", lengths[i]);
    phone.enter("head", "38.1");
    phone.press("save");
  }
  keep(phone, "parenting.growth");
  phone.choose("measure", "head");
  keep(phone, "parenting.growth", "head");
  phone.press("back");
  phone.press("book");
  phone.press("entry.m4");
  keep(phone, "parenting.entry", "check");
  phone.enter("place", "保健センター");
  phone.press("save");
  phone.press("entry.note");
  phone.press("save");
  keep(phone, "parenting.entry", "note");
  phone.enter("text", "笑った");
  phone.press("save");
  keep(phone, "parenting.book");
  phone.press("back");
  phone.press("back");
  phone.press("todo");
  keep(phone, "parenting.todo");
  phone.press("back");
  phone.press("points");
  phone.press("ask.0/guardian-state");
  keep(phone, "parenting.ask", "choice");
  phone.choose("answer", "0");
  phone.press("ask.0/guardian-work-hours");
  keep(phone, "parenting.ask", "number");
  phone.enter("answer", "160");
  phone.press("save");
  keep(phone, "parenting.points");
  phone.press("back");
  phone.press("share");
  phone.press("save");
  phone.choose_file("file", phone.saved.back());
  phone.press("erase");
  keep(phone, "parenting.share", "read");
  EXPECT_EQ(seen, kAll);
}

INSTANTIATE_TEST_SUITE_P(Tour, EveryScreenOfParenting, testing::ValuesIn(language_tags()), tag_name);

}  // namespace
}  // namespace machi::family
