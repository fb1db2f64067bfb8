// Disaster messages as drafts at the desks: an event's messages are one draft, exercises say what they are,
// broken messages are kept and stop nothing.
#include "platform/town/alert_desk.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"

namespace machi::town {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct AlertDeskTest : testing::Test {
  AlertDeskTest() {
    EXPECT_TRUE(crypto::ready());
    std::string name = (fs::temp_directory_path() / "machi-alert-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    path = fs::path(name);
    fs::create_directory(path / "inbox");
    folder.emplace(*found_town(path / "town", {"日和町", {}, "", {}}, entropy, now));
    auto opened = SchoolFounder::open(*folder, entropy, now, "notice");
    EXPECT_TRUE(opened.ok());
    office = std::move(*opened);
    SchoolPlan plan;
    plan.kind = "notice";
    plan.name = "広報係";
    plan.telephone = "0000-12-0095";
    EXPECT_TRUE(office->found(plan, now).ok());
  }
  ~AlertDeskTest() override {
    office.reset();
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  static AlertTexts texts() { return *AlertTexts::read(slurp(MACHI_SOURCE_DIR "/assets/alerts/texts.csv")); }
  AlertDesk desk(std::vector<std::string> areas = {}) {
    auto meanings = notice::AlertMeanings::read(slurp(MACHI_SOURCE_DIR "/assets/alerts/jma.csv"));
    auto opened = AlertDesk::open(*folder, "notice", std::move(*meanings), texts(), std::move(areas));
    EXPECT_TRUE(opened.ok());
    return std::move(*opened);
  }
  void put(const std::string& name, const std::string& text) { std::ofstream(path / "inbox" / name) << text; }
  AlertRun look(AlertDesk& from) {
    auto run = from.look(*office, path / "inbox", now);
    EXPECT_TRUE(run.ok()) << (run.ok() ? "" : run.error().detail);
    return run.ok() ? *run : AlertRun{};
  }
  static std::string cap(const std::string& id, const std::string& type, const std::string& sent,
                         const std::string& reference = "", const std::string& status = "Actual") {
    return "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>" + id +
           "</identifier><sender>a@example</sender><sent>" + sent + "</sent><status>" + status +
           "</status><msgType>" + type + "</msgType><scope>Public</scope>" +
           (reference.empty() ? "" : "<references>" + reference + "</references>") +
           "<info><language>en</language><category>Met</category><event>Flood</event><urgency>Immediate</"
           "urgency>"
           "<severity>Extreme</severity><certainty>Observed</certainty><headline>Flood of " +
           id + "</headline><area><areaDesc>Hiyori</areaDesc></area></info></alert>";
  }

  fs::path path;
  crypto::Drbg entropy = crypto::Drbg::of_number(3);
  base::Instant now = base::instant_of(*base::Date::of(2026, 11, 24), {420});
  std::optional<TownFolder> folder;
  std::unique_ptr<SchoolFounder> office;
};

TEST_F(AlertDeskTest, AMessageOfTheAgencyIsADraftInTwelveLanguages) {
  put("a.xml", slurp(MACHI_TEST_DATA "/alerts/jma/15_11_01_150916_VPWW54.xml"));
  auto from = desk();
  EXPECT_EQ(look(from).drafted, 1);
  EXPECT_EQ(look(from).drafted, 0);
  const auto lines = *office->drafts().lines();
  ASSERT_EQ(lines.size(), 1u);
  const notice::Draft& draft = lines[0].draft;
  EXPECT_EQ(lines[0].state(), notice::DraftState::Waits);
  EXPECT_EQ(draft.header.importance, notice::Importance::Emergency);
  EXPECT_EQ(draft.header.theme, "disaster");
  EXPECT_EQ(draft.by, "下関地方気象台");
  std::set<std::string> languages;
  for (const notice::NoticeText& text : draft.body.texts) languages.insert(text.language);
  EXPECT_EQ(languages.size(), 12u);
  for (const char* one : {"ja", "ja-x-easy", "en", "ne"}) EXPECT_TRUE(languages.contains(one)) << one;
}

TEST_F(AlertDeskTest, UpdateAndCancelAreNextVersionsInWhateverOrderTheyCome) {
  const std::string first = "a@example,one,2026-11-24T07:00:00+09:00",
                    second = "a@example,two,2026-11-24T08:00:00+09:00";
  put("1", cap("one", "Alert", "2026-11-24T07:00:00+09:00"));
  auto from = desk();
  look(from);
  put("2", cap("three", "Cancel", "2026-11-24T09:00:00+09:00", first + " " + second));
  put("3", cap("two", "Update", "2026-11-24T08:00:00+09:00", first));
  EXPECT_EQ(look(from).drafted, 1);  // the update came late: it says nothing new
  const auto lines = *office->drafts().lines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].draft.counter, 2u);
  EXPECT_TRUE(lines[0].draft.body.texts[0].title.starts_with("[Over]")) << lines[0].draft.body.texts[0].title;
  EXPECT_EQ(lines[0].draft.header.importance, notice::Importance::Important);
}

TEST_F(AlertDeskTest, AnExerciseIsNeverShownAsReal) {
  put("1", cap("one", "Alert", "2026-11-24T07:00:00+09:00", "", "Exercise"));
  put("2", cap("one", "Alert", "2026-11-24T07:00:00+09:00", "", "Test"));
  auto from = desk();
  EXPECT_EQ(look(from).drafted, 2);
  const auto lines = *office->drafts().lines();
  for (const notice::DraftLine& line : lines) {
    EXPECT_EQ(line.draft.header.importance, notice::Importance::Normal);
    for (const notice::NoticeText& text : line.draft.body.texts)
      EXPECT_TRUE(text.title.starts_with("[") || text.title.starts_with("（")) << text.language << text.title;
  }
}

TEST_F(AlertDeskTest, WhatIsBrokenIsKeptWithItsReasonAndStopsNothing) {
  put("1-laughs.xml", slurp(MACHI_TEST_DATA "/alerts/cap/xee.cap"));
  put("2-cut.xml", cap("one", "Alert", "2026-11-24T07:00:00+09:00").substr(0, 200));
  put("3-other.xml", "<html/>");
  put("4.xml", cap("four", "Alert", "2026-11-24T07:00:00+09:00"));
  auto from = desk();
  const AlertRun run = look(from);
  EXPECT_EQ(run.drafted, 1);
  EXPECT_EQ(run.refused, 3);
  ASSERT_EQ(run.reasons.size(), 3u);
  EXPECT_TRUE(run.reasons[0].starts_with("1-laughs.xml: ")) << run.reasons[0];
  EXPECT_EQ(from.book().refused()->size(), 3u);
}

TEST_F(AlertDeskTest, OnlyTheTownsAreasAreDrafted) {
  put("1", cap("one", "Alert", "2026-11-24T07:00:00+09:00"));
  {
    auto elsewhere = desk({"012345"});
    const AlertRun run = look(elsewhere);
    EXPECT_EQ(run.drafted, 0);
    EXPECT_EQ(run.elsewhere, 1);
    EXPECT_EQ(elsewhere.book().events()->size(), 1u);  // kept all the same
  }
  put("2", cap("two", "Alert", "2026-11-24T07:00:00+09:00"));
  auto ours = desk({"Hiyori"});
  EXPECT_EQ(look(ours).drafted, 1);
}

TEST_F(AlertDeskTest, EveryDangerOfTheTableHasItsNameInEveryLanguage) {
  const AlertTexts all = texts();
  EXPECT_EQ(all.languages().size(), 11u);
  std::istringstream lines(slurp(MACHI_SOURCE_DIR "/assets/alerts/jma.csv"));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    std::string field, hazard;
    for (int i = 0; i < 4 && std::getline(fields, field, ','); ++i) hazard = field;
    if (hazard.empty() || line.starts_with("#")) continue;
    for (std::size_t i = 0; i < all.languages().size(); ++i)
      EXPECT_FALSE(all.say(hazard, i).empty()) << hazard << " " << all.languages()[i];
  }
}

}  // namespace
}  // namespace machi::town
