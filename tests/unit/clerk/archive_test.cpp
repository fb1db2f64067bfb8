// Certificates are PDF/A-1b, as a judge that is not ours finds: PDFBox's preflight, with Java.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/crypto/sodium.h"
#include "platform/clerk/archive_pdf.h"
#include "platform/clerk/paper.h"
#include "tests/unit/certificate/people.h"

namespace machi::clerk::test {
namespace {

TEST(ArchivePdf, IsWhatPreflightTakesForPdfA) {
  ASSERT_TRUE(crypto::ready());
  const auto face = Typeface::open("/usr/share/fonts/truetype/ipamj/ipamjm.ttf");
  ASSERT_TRUE(face.ok());
  char name[] = "/tmp/machi-archive-XXXXXX";
  const std::filesystem::path folder = mkdtemp(name);
  std::string classes, files;
  for (const char* one :
       {"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api"})
    classes += std::string("/usr/share/java/") + one + ".jar:";
  int number = 0;
  for (const auto& facts : {certificate::test::facts(), certificate::test::household(5),
                            certificate::test::facts(certificate::Kind::SealRegistration)}) {
    const auto pdf = paper_of(facts, *face, {});
    ASSERT_TRUE(pdf.ok());
    const auto file = folder / (std::to_string(number++) + ".pdf");
    std::ofstream(file, std::ios::binary) << base::text_view(*pdf);
    const std::string line = "java -cp " + classes + " org.apache.pdfbox.preflight.Validator_A1b " +
                             file.string() + " >" + (folder / "said").string() + " 2>&1";
    const int status = std::system(line.c_str());
    std::ifstream said(folder / "said");
    const std::string words((std::istreambuf_iterator<char>(said)), {});
    EXPECT_EQ(0, status) << words;
    EXPECT_NE(std::string::npos, words.find("is a valid PDF/A-1b file")) << words;
  }
  std::filesystem::remove_all(folder);
}

TEST(ArchivePdf, RefusesWhatIsNoPdfOfOurs) {
  EXPECT_EQ(base::Code::BadInput, archived(base::view("no PDF"), {}).code());
  EXPECT_EQ(base::Code::BadInput, archived(base::view("%PDF-1.4\n%%EOF"), {}).code());
}

}  // namespace
}  // namespace machi::clerk::test
