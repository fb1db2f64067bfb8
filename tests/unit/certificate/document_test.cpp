// The document: where it breaks, who stands on which sheet, and that what was not asked for stands nowhere.
#include <gtest/gtest.h>

#include "core/certificate/document.h"
#include "tests/unit/certificate/people.h"

namespace machi::certificate::test {
namespace {

std::string words(const Document& document) {
  std::string out;
  for (const Sheet& sheet : document.sheets)
    for (const Block& block : sheet.blocks)
      for (const Cell& cell : block.cells) out += cell.label + "=" + cell.text + "\n";
  return out;
}

TEST(CertificateDocument, OfFourPeopleIsOneSheetAndOfFiveTwo) {
  EXPECT_EQ(1u, document_of(household(4))->sheets.size());
  const Document five = *document_of(household(5));
  ASSERT_EQ(2u, five.sheets.size());
  EXPECT_EQ((std::vector<std::size_t>{4}), five.sheets[1].people);
  EXPECT_EQ(8u, document_of(household(30))->sheets.size());
}

TEST(CertificateDocument, SaysOmittedWhereNobodyAskedAndEmptyWhereNothingIsKnown) {
  const std::string text = words(*document_of(facts()));
  EXPECT_NE(std::string::npos, text.find("続柄=【省略】"));
  EXPECT_NE(std::string::npos, text.find("個人番号=【省略】"));
  EXPECT_NE(std::string::npos, text.find("本籍=【省略】"));
  EXPECT_NE(std::string::npos, text.find("住所を定めた年月日=【空欄】"));
  EXPECT_NE(std::string::npos, text.find("氏名=渡邉󠄏 𠮷子"));
  EXPECT_NE(std::string::npos, text.find("生年月日=昭和60年4月1日"));
}

TEST(CertificateDocument, BreaksALongFamilyRegisterBetweenItsEntriesAndLosesNone) {
  Facts whole = facts(Kind::RegisterAll);
  whole.people.assign(6, whole.people[0]);
  whole.entries.clear();
  for (std::size_t i = 0; i < 90; ++i)
    whole.entries.push_back({i / 15, "記録", "事項" + std::to_string(i) + "号"});
  const Document document = *document_of(whole);
  EXPECT_GE(document.sheets.size(), 3u);
  const std::string text = words(document);
  std::size_t at = 0;
  for (std::size_t i = 0; i < 90; ++i) {
    at = text.find("事項" + std::to_string(i) + "号", at);
    ASSERT_NE(std::string::npos, at) << i;
  }
  for (const Sheet& sheet : document.sheets) {
    EXPECT_GE(sheet.people.size(), 1u);
    EXPECT_LE(sheet.people.size(), 4u);
  }
}

TEST(CertificateDocument, OfEveryKindHasItsTitleAndStatement) {
  for (int i = 1; i <= static_cast<int>(kLastKind); ++i) {
    const auto document = document_of(facts(static_cast<Kind>(i)));
    ASSERT_TRUE(document.ok()) << i;
    EXPECT_EQ(title_of(static_cast<Kind>(i)), document->title);
    EXPECT_NE(std::string::npos, document->statement.find("証明"));
    EXPECT_EQ("令和8年11月22日", document->issued);
  }
}

TEST(CertificateDocument, WritesAmountsAsPeopleReadThem) {
  Facts tax = facts(Kind::Taxation);
  tax.tax->lines.push_back({"損失", -1234567});
  const std::string text = words(*document_of(tax));
  EXPECT_NE(std::string::npos, text.find("年税額=123,400円"));
  EXPECT_NE(std::string::npos, text.find("損失=△1,234,567円"));
}

TEST(CertificateDocument, OfFactsThatDoNotHoldIsNotMade) {
  Facts wrong = facts();
  wrong.people.clear();
  EXPECT_EQ(base::Code::Missing, document_of(wrong).code());
}

}  // namespace
}  // namespace machi::certificate::test
