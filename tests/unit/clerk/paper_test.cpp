// Certificates as PDF: the same bytes each time, small, with text, with the seal in symbol and keywords; and
// what the font cannot set is refused before anything is drawn.
#include <gtest/gtest.h>

#include "core/code/qr.h"
#include "platform/clerk/seal_finder.h"
#include "platform/clerk/sealed_paper.h"
#include "tests/unit/certificate/people.h"

namespace machi::clerk::test {
namespace {

using certificate::Facts;
using certificate::Kind;
using certificate::test::facts;
using certificate::test::household;
using certificate::test::key;

class PaperTest : public testing::Test {
 protected:
  PaperTest() : face_(Typeface::open("/usr/share/fonts/truetype/ipamj/ipamjm.ttf")) {
    EXPECT_TRUE(crypto::ready());
    EXPECT_TRUE(face_.ok());
    log_ = *IssueLog::open(":memory:");
  }
  SealedPaper made(const Facts& of) {
    auto paper = issue(of, *face_, *log_, key(1));
    EXPECT_TRUE(paper.ok()) << paper.error().detail;
    return std::move(*paper);
  }
  base::Result<Typeface> face_;
  std::unique_ptr<IssueLog> log_;
};

TEST_F(PaperTest, OfEveryKindIsSmallAndHasItsSeals) {
  for (int i = 1; i <= static_cast<int>(certificate::kLastKind); ++i) {
    const auto kind = static_cast<Kind>(i);
    const SealedPaper paper = made(facts(kind));
    EXPECT_TRUE(is_pdf(paper.pdf));
    EXPECT_LT(paper.pdf.size(), 80u * 1024) << certificate::name_of(kind);
    EXPECT_EQ(paper.texts, seals_in_keywords(paper.pdf)) << certificate::name_of(kind);
    std::cout << certificate::name_of(kind) << ": " << paper.pdf.size() << " bytes\n";
  }
}

TEST_F(PaperTest, HasTheSameBytesForTheSameIssue) {
  const Facts five = household(5);
  const auto first = made(five);
  log_ = *IssueLog::open(":memory:");
  const auto second = made(five);
  EXPECT_EQ(first.pdf, second.pdf);
  EXPECT_EQ(2u, first.texts.size());
  EXPECT_LT(first.pdf.size(), 80u * 1024);
}

TEST_F(PaperTest, AsksTheFontForEachVariationSequenceBeforeItIsSet) {
  Facts one = facts();
  one.people[0].name = "邉󠄙 髙﨑 𠮷郎";
  EXPECT_TRUE(check_spelling(one, *face_).ok());
  one.people[0].name = "葛󠇯城";  // U+E01EF: no collection has it
  const auto status = check_spelling(one, *face_);
  EXPECT_EQ(base::Code::Unsupported, status.code());
  EXPECT_EQ("people[0].name: sign 1 has no shape in the font", status.error().detail);
  one.people[0].name = "\xF0\x93\x80\x80";  // a hieroglyph
  EXPECT_EQ(base::Code::Unsupported, check_spelling(one, *face_).code());
}

TEST_F(PaperTest, ThatCannotBeSetIsNotInTheLog) {
  Facts one = facts();
  one.people[0].previous_address = "葛󠇯城市";
  EXPECT_EQ(base::Code::Unsupported, issue(one, *face_, *log_, key(1)).code());
  EXPECT_EQ(0u, log_->size());
}

TEST_F(PaperTest, DrawsAVariantAsAnotherShapeThanItsBase) {
  Facts plain = facts(), variant = facts();
  plain.people[0].name = "邉";
  variant.people[0].name = "邉󠄙";
  EXPECT_NE(paper_of(plain, *face_, {})->size(), 0u);
  EXPECT_NE(*paper_of(plain, *face_, {}), *paper_of(variant, *face_, {}));
}

TEST_F(PaperTest, WithoutASealIsASpecimen) {
  const auto pdf = paper_of(facts(), *face_, {});
  ASSERT_TRUE(pdf.ok());
  EXPECT_TRUE(seals_in_keywords(*pdf).empty());
}

TEST_F(PaperTest, WantsASealForEachSheet) {
  const std::vector<std::string> one = {"MK1:A"};
  EXPECT_EQ(base::Code::BadInput, paper_of(household(5), *face_, {one, ""}).code());
}

TEST_F(PaperTest, SymbolHoldsWhatTheSealSays) {
  const SealedPaper paper = made(facts());
  const auto symbol = code::write_qr(paper.texts[0], code::QrLevel::M);
  ASSERT_TRUE(symbol.ok());
  const int scale = 4, side = (symbol->size + 8) * scale;
  base::Bytes pixels(static_cast<std::size_t>(side * side), 255);
  for (int y = 0; y < symbol->size * scale; ++y)
    for (int x = 0; x < symbol->size * scale; ++x)
      if (symbol->modules[static_cast<std::size_t>(y / scale * symbol->size + x / scale)] == '1')
        pixels[static_cast<std::size_t>((y + 4 * scale) * side + x + 4 * scale)] = 0;
  EXPECT_EQ(paper.texts[0], *code::read_qr(pixels, side, side));
}

TEST_F(PaperTest, SignerSignsNothingThatIsNotInTheLog) {
  const std::vector<std::vector<std::size_t>> sheets = {{0}};
  const auto seal = (*certificate::seals_of(facts(), sheets, 0, key(1)))[0];
  EXPECT_EQ(base::Code::NotAllowed, sign_if_logged(seal, *log_, key(1)).code());
  made(facts());
  EXPECT_TRUE(sign_if_logged(seal, *log_, key(1)).ok());
  auto other = seal;
  other.people[0].name = "別人";
  EXPECT_EQ(base::Code::NotAllowed, sign_if_logged(other, *log_, key(1)).code());
}

TEST(SealFinder, TakesWhatItFindsAndNothingElse) {
  const std::string pdf = "%PDF-1.4\n<< /Keywords (MK1:ABC;other;MK1:D\\\nEF) >>";
  EXPECT_EQ((std::vector<std::string>{"MK1:ABC", "MK1:DEF"}), seals_in_keywords(base::view(pdf)));
  EXPECT_TRUE(seals_in_keywords(base::view("%PDF-1.4 /Keywords (MK1")).size() <= 1);
  EXPECT_FALSE(is_pdf(base::view("PNG")));
  EXPECT_EQ(1u, photographs_in(base::view("%PDF- stream\n\xFF\xD8\xFFxx\nendstream")).size());
}

}  // namespace
}  // namespace machi::clerk::test
