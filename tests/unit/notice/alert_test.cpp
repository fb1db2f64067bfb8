// Disaster messages: every real file that is at hand, what each becomes, and what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/notice/alert/alert.h"
#include "platform/host/file.h"
#include "platform/host/xml/xml_reader.h"

namespace machi::notice {
namespace {

namespace fs = std::filesystem;

const AlertMeanings& meanings() {
  static const AlertMeanings read = [] {
    const auto csv = host::read_file(MACHI_SOURCE_DIR "/assets/alerts/jma.csv", 1 << 20);
    EXPECT_TRUE(csv.ok());
    auto out = AlertMeanings::read(base::text_view(*csv));
    EXPECT_TRUE(out.ok()) << (out.ok() ? "" : out.error().detail);
    return *out;
  }();
  return read;
}
Result<Alert> of_text(std::string_view xml) {
  MACHI_TRY_SET(root, host::read_xml(base::view(xml)));
  return read_alert(root, meanings());
}
Result<Alert> of_file(const fs::path& file) {
  MACHI_TRY_SET(bytes, host::read_file(file, host::kXmlLimit));
  return of_text(base::text_view(bytes));
}
Result<Alert> of(const char* name) { return of_file(fs::path(MACHI_TEST_DATA) / "alerts" / name); }
std::vector<fs::path> files(const char* folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(MACHI_TEST_DATA) / "alerts" / folder))
    if (!entry.path().filename().string().starts_with("LICENSE")) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}
const AlertPart* part(const Alert& alert, std::string_view event) {
  for (const AlertPart& one : alert.parts)
    if (one.event == event) return &one;
  return nullptr;
}

TEST(Alert, OfTheAgencyIsReadFromEverySampleAndTelegram) {
  std::map<AlertStatus, int> status;
  std::map<AlertType, int> types;
  int known = 0, all = 0, areas = 0;
  for (const char* folder : {"jma", "jma_seismic"}) {
    for (const fs::path& file : files(folder)) {
      const auto alert = of_file(file);
      ASSERT_TRUE(alert.ok()) << file << ": " << alert.error().detail;
      ++all;
      ++status[alert->status];
      ++types[alert->type];
      EXPECT_FALSE(alert->identifier.empty()) << file;
      EXPECT_FALSE(alert->texts.at(0).title.empty()) << file;
      for (const AlertPart& one : alert->parts) {
        EXPECT_TRUE(one.lifted || one.severity != Severity::Unknown) << file << ": " << one.event;
        for (const AlertArea& area : one.areas) EXPECT_FALSE(area.name.empty() && area.code.empty()) << file;
        areas += static_cast<int>(one.areas.size());
      }
      known += alert->all_clear || alert->severity != Severity::Unknown ? 1 : 0;
    }
  }
  EXPECT_GE(all, 470);
  EXPECT_EQ(known, all);
  EXPECT_GT(areas, 5000);
  EXPECT_GT(status[AlertStatus::Exercise], 10);
  EXPECT_GE(status[AlertStatus::Test], 1);
  EXPECT_GT(types[AlertType::Cancel], 10);
  EXPECT_GT(types[AlertType::Update], 10);
}

TEST(Alert, OfAPrefectureSaysWhichWarningWhere) {
  const auto alert = of("jma/15_11_01_150916_VPWW54.xml");
  ASSERT_TRUE(alert.ok()) << alert.error().detail;
  EXPECT_EQ(alert->source, "下関地方気象台");
  EXPECT_EQ(alert->status, AlertStatus::Actual);
  EXPECT_EQ(alert->type, AlertType::Issue);
  EXPECT_EQ(alert->severity, Severity::Severe);
  EXPECT_EQ(moment_text(alert->sent), "2015-06-22T18:00:00+09:00");
  EXPECT_EQ(alert->thread, "jma/気象警報・注意報（Ｈ２７）/下関地方気象台/山口県気象警報・注意報");
  const AlertPart* surge = part(*alert, "高潮警報");
  ASSERT_NE(surge, nullptr);
  EXPECT_EQ(surge->code, "08");
  EXPECT_EQ(surge->hazard, "surge");
  EXPECT_FALSE(surge->areas.empty());
  EXPECT_EQ(surge->areas[0], (AlertArea{"山口県", "350000", "気象情報／府県予報区・細分区域等", {}}));
  EXPECT_EQ(alert->texts[0].headline, "山口県では、２３日朝まで高潮に警戒してください。");
}

TEST(Alert, OfATsunamiIsAsGraveAsItsGravestPart) {
  int extreme = 0;
  for (const fs::path& file : files("jma")) {
    if (file.string().find("VTSE41") == std::string::npos) continue;
    const auto alert = of_file(file);
    ASSERT_TRUE(alert.ok()) << file;
    const AlertPart* major = part(*alert, "大津波警報");
    if (!major) continue;
    ++extreme;
    EXPECT_EQ(alert->severity, Severity::Extreme) << file;
    EXPECT_EQ(major->urgency, "Immediate");
    EXPECT_EQ(alert->thread.rfind("jma/20", 0), 0u);
  }
  EXPECT_GT(extreme, 0);
}

TEST(Alert, OfOneEarthquakeIsOneThread) {
  const auto first = of("jma/32-35_01_02_240613_VXSE52.xml"),
             second = of("jma/32-35_01_03_240613_VXSE53.xml");
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->thread, second->thread);
  EXPECT_NE(first->identifier, second->identifier);
  EXPECT_NE(first->status, AlertStatus::Actual);
}

TEST(Alert, OfCapIsReadOrRefusedWithTheReason) {
  const std::map<std::string, std::string> refused = {{"amber.atom", "neither"},
                                                      {"bushfire_invalid.edxlde", "neither"},
                                                      {"bushfire_valid.edxlde", "neither"},
                                                      {"canada_signed.atom", "neither"},
                                                      {"xee.cap", "DOCTYPE"},
                                                      {"xee.atom", "DOCTYPE"},
                                                      {"invalid.cap", "scope"},
                                                      {"ny_index.rss", "neither"}};
  int taken = 0;
  for (const fs::path& file : files("cap")) {
    const auto alert = of_file(file);
    const auto why = refused.find(file.filename().string());
    if (why != refused.end()) {
      ASSERT_FALSE(alert.ok()) << file;
      EXPECT_NE(alert.error().detail.find(why->second), std::string::npos) << file << alert.error().detail;
    }
    if (file.extension() == ".cap" && why == refused.end() &&
        file.string().find("errors") == std::string::npos) {
      EXPECT_TRUE(alert.ok()) << file << ": " << (alert.ok() ? "" : alert.error().detail);
      ++taken;
    }
    if (file.extension() != ".cap") {
      EXPECT_FALSE(alert.ok()) << file;
    }
  }
  EXPECT_GE(taken, 8);
}

TEST(Alert, OfCanadaIsAnUpdateThatSaysAllIsClear) {
  const auto alert = of("cap/canada.cap");
  ASSERT_TRUE(alert.ok()) << alert.error().detail;
  EXPECT_EQ(alert->identifier, "2.49.0.1.124.6bddbc91.2012");
  EXPECT_EQ(alert->type, AlertType::Update);
  EXPECT_EQ(alert->references.size(), 2u);
  EXPECT_EQ(alert->thread, "cap/cap@ec.gc.ca,2.49.0.1.124.a3f342a4.2012");
  EXPECT_TRUE(alert->all_clear);
  ASSERT_GE(alert->texts.size(), 2u);
  EXPECT_EQ(alert->texts[0].language, "en-CA");
}

TEST(Alert, WrittenAsCapIsReadAgainAsTheSame) {
  int written = 0;
  for (const char* folder : {"jma", "jma_seismic", "cap"}) {
    for (const fs::path& file : files(folder)) {
      const auto alert = of_file(file);
      if (!alert.ok()) continue;
      ++written;
      const auto again = of_text(write_cap(*alert, "machikado"));
      ASSERT_TRUE(again.ok()) << file << ": " << again.error().detail;
      EXPECT_EQ(again->status, alert->status) << file;
      EXPECT_EQ(again->type, alert->type) << file;
      EXPECT_EQ(again->severity, alert->severity) << file;
      EXPECT_EQ(again->all_clear, alert->all_clear) << file;
      EXPECT_EQ(again->sent, alert->sent) << file;
      ASSERT_EQ(again->parts.size(), alert->parts.size()) << file;
      for (std::size_t i = 0; i < alert->parts.size(); ++i) {
        EXPECT_EQ(again->parts[i].event, alert->parts[i].event) << file;
        ASSERT_EQ(again->parts[i].areas.size(), alert->parts[i].areas.size()) << file;
        for (std::size_t a = 0; a < alert->parts[i].areas.size(); ++a)
          EXPECT_EQ(again->parts[i].areas[a].code, alert->parts[i].areas[a].code) << file;
      }
    }
  }
  EXPECT_GT(written, 480);
}

TEST(Xml, WithABillionLaughsIsRefusedAtOnce) {
  std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\">";
  for (char name = 'b'; name <= 'z'; ++name) {
    laughs += std::string("<!ENTITY ") + name + " \"";
    for (int i = 0; i < 10; ++i) laughs += std::string("&") + static_cast<char>(name - 1) + ";";
    laughs += "\">";
  }
  laughs += "]><alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">&z;</alert>";
  const auto alert = of_text(laughs);
  ASSERT_FALSE(alert.ok());
  EXPECT_EQ(alert.code(), Code::NotAllowed);
}

TEST(Xml, ThatIsBrokenIsRefusedWithLineAndColumn) {
  const auto cut = of_text("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n<identifier>x");
  ASSERT_FALSE(cut.ok());
  EXPECT_EQ(cut.error().detail.rfind("line 2, column", 0), 0u) << cut.error().detail;
  EXPECT_FALSE(of_text("").ok());
  EXPECT_FALSE(of_text("not XML at all").ok());
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "<a>";
  EXPECT_EQ(of_text(deep).code(), Code::TooLarge);
}

TEST(Alert, OfAnUnknownStatusIsNeverTakenForReal) {
  const auto file =
      host::read_file(fs::path(MACHI_TEST_DATA) / "alerts/jma/15_11_01_150916_VPWW54.xml", 1 << 20);
  ASSERT_TRUE(file.ok());
  std::string text(base::text_view(*file));
  const std::string was = "<Status>通常</Status>";
  text.replace(text.find(was), was.size(), "<Status>CCA</Status>");
  EXPECT_EQ(of_text(text).code(), Code::Unsupported);
}

TEST(Moment, IsReadWithItsOffset) {
  EXPECT_EQ(parse_moment("2015-06-22T18:00:00+09:00")->ms, parse_moment("2015-06-22T09:00:00Z")->ms);
  EXPECT_EQ(parse_moment("2015-06-22T09:00:00.25-00:00")->ms, parse_moment("2015-06-22T09:00:00Z")->ms);
  for (const char* wrong : {"", "2015-06-22", "2015-06-22T09:00:00", "2015-02-30T09:00:00Z",
                            "2015-06-22T24:00:00Z", "2015-06-22T09:00:00+0900", "2015-06-22T09:00:00.Z"})
    EXPECT_FALSE(parse_moment(wrong).ok()) << wrong;
}

}  // namespace
}  // namespace machi::notice
