// The founding of an office from the command line: set up only when what was printed has been typed back.
#include <gtest/gtest.h>

#include "core/mail/paper.h"
#include "tests/unit/hub/machi_program.h"

namespace machi::hub {
namespace {

class OfficeFound : public MachiProgram {
 protected:
  Ran confirm(const std::string& text) {
    return run_machi(folder, {"office", "confirm", town_folder(), text});
  }
};

TEST_F(OfficeFound, IsSetUpOnlyWhenThePrintedKeyWasTypedBack) {
  EXPECT_NE(confirm("3F7K").code, 0) << "there is no office yet";
  const Ran made = run_machi(
      folder, {"office", "found", town_folder(), "--name", "東小学校", "--telephone", "0000-12-3456"});
  ASSERT_EQ(made.code, 0) << made.err;
  auto said = nlohmann::json::parse(made.out);
  EXPECT_FALSE(said["setUp"].get<bool>());
  EXPECT_FALSE(said.contains("desk")) << "no tablet before the key is on paper";
  const fs::path sheet = said["paper"].get<std::string>();
  EXPECT_EQ(fs::status(sheet).permissions() & (fs::perms::group_all | fs::perms::others_all),
            fs::perms::none);
  const std::string page = text_of(sheet);
  const auto at = page.find("class=\"signs\">");
  ASSERT_NE(at, std::string::npos);
  const std::string signs = page.substr(at + 14, 39);
  ASSERT_TRUE(mail::parse_paper(signs).ok()) << signs;

  std::string misread = signs;
  misread[0] = misread[0] == '7' ? '4' : '7';
  EXPECT_NE(confirm(misread).code, 0);
  crypto::Drbg random = crypto::Drbg::of_number(4);
  EXPECT_NE(confirm(mail::print_paper(mail::make_paper(random))).code, 0);
  EXPECT_TRUE(fs::exists(sheet));

  const Ran done = confirm(signs);
  ASSERT_EQ(done.code, 0) << done.err;
  said = nlohmann::json::parse(done.out);
  EXPECT_TRUE(said["setUp"].get<bool>());
  EXPECT_NE(said["desk"].get<std::string>().find("/#d="), std::string::npos);
  EXPECT_FALSE(fs::exists(sheet)) << "the key is on paper only";
  EXPECT_EQ(done.out.find(signs), std::string::npos);
}

}  // namespace
}  // namespace machi::hub
