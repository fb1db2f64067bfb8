// The commands over certificates, the log of issues and the registry, as somebody at a keyboard meets them.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/program/program.h"

namespace machi::program_test {
namespace {

const std::string kFacts = R"({"kind": "resident-record", "number": "26-000123", "issued": "2026-11-22",
  "municipality": "日和町", "mayor": "日和町長　日和 花子", "address": "日和町大字日和一丁目2番3号",
  "people": [{"name": "渡邉󠄏 𠮷子", "kana": "ワタナベ ヨシコ", "birth": "昭和60年4月1日", "sex": "female"}]})";

class Certificates : public testing::Test {
 protected:
  Certificates() {
    char name[] = "/tmp/machi-certificate-XXXXXX";
    folder_ = mkdtemp(name);
    town_ = folder_ + "/town";
  }
  ~Certificates() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ + name) << text; }
  std::string folder_, town_;
};

TEST_F(Certificates, AreSealedLoggedAndVerified) {
  const std::string pdf = folder_ + "/one.pdf";
  ASSERT_EQ(run("town new " + town_ + " --name 日和町").code, 0);
  EXPECT_EQ(run("log verify " + town_).code, 1);
  const Said made = run("certificate render - -o " + pdf + " --town " + town_, kFacts);
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.json()["specimen"], false);
  EXPECT_EQ(made.json()["leaves"], nlohmann::json::array({0}));
  EXPECT_EQ(slurp(pdf).substr(0, 5), "%PDF-");
  const Said verified = run("certificate verify " + pdf + " --town " + town_);
  ASSERT_EQ(verified.code, 0) << verified.err;
  const auto seal = verified.json()["seals"][0];
  EXPECT_EQ(seal["number"], "26-000123");
  EXPECT_EQ(seal["people"][0]["name"], "渡邉󠄏 𠮷子");
  EXPECT_EQ(seal["people"][0]["birth"], "1985-04-01");
  EXPECT_EQ(seal["logged"], true);
  EXPECT_TRUE(seal["trouble"].is_null());
  // The same seal from its text alone; of another town it is nobody's.
  const std::string text = made.json()["seals"][0];
  EXPECT_EQ(run("certificate verify '" + text + "' --town " + town_).code, 0);
  ASSERT_EQ(run("town new " + folder_ + "/other --name 隣町").code, 0);
  const Said foreign = run("certificate verify " + pdf + " --town " + folder_ + "/other");
  EXPECT_EQ(foreign.code, 1);
  EXPECT_EQ(foreign.json()["seals"][0]["trouble"], "unknown-key");
  const Said log = run("log verify " + town_);
  EXPECT_EQ(log.code, 0) << log.err;
  EXPECT_EQ(log.json()["size"], 1);
  EXPECT_EQ(log.json()["heads"], 1);
}

TEST_F(Certificates, SayWhatIsWrongWithFactsAndFiles) {
  const std::string out = " -o " + folder_ + "/x.pdf";
  const Said typo = run("certificate render -" + out, R"({"kind": "resident-record", "numbr": "1"})");
  EXPECT_EQ(typo.code, 1);
  EXPECT_NE(typo.err.find("numbr"), std::string::npos) << typo.err;
  std::string lacking = kFacts;
  lacking.replace(lacking.find("\U000E010F"), 4, "\U000E01EE");
  const Said unsettable = run("certificate render -" + out, lacking);
  EXPECT_EQ(unsettable.code, 1);
  EXPECT_NE(unsettable.err.find("counter"), std::string::npos) << unsettable.err;
  EXPECT_EQ(unsettable.err.find("渡"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/x.pdf"));
  write("/nothing.pdf", "%PDF-1.4\n%%EOF");
  EXPECT_EQ(run("certificate verify " + folder_ + "/nothing.pdf").code, 1);
  EXPECT_EQ(run("certificate render").code, 2);
}

TEST_F(Certificates, TheRegistryTakesAListOverOrNothingOfIt) {
  const std::string csv = folder_ + "/town.csv", database = " --database " + folder_ + "/registry.db";
  const Said sample = run("registry sample --count 400 --today 2026-11-22 -o " + csv);
  ASSERT_EQ(sample.code, 0) << sample.err;
  const int residents = sample.json()["residents"];
  EXPECT_GE(residents, 400);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/registry.db"));
  ASSERT_EQ(run("registry import " + csv + database + " --check").json()["taken"], false);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/registry.db"));
  const Said first = run("registry import " + csv + database);
  ASSERT_EQ(first.code, 0) << first.err;
  EXPECT_EQ(first.json()["new"], residents);
  EXPECT_EQ(run("registry import " + csv + database).json()["same"], residents);
  // Shift_JIS, another order of columns, eras; one who is new, and one mistake afterwards.
  const std::string head = "氏名,宛名番号,世帯番号,続柄,生年月日,住所\r\n";
  write("/one.csv", head + "日和 花子,99,99,世帯主,S60.4.1,日和町本町1番\r\n");
  ASSERT_EQ(
      std::system(("iconv -f UTF-8 -t CP932 " + folder_ + "/one.csv > " + folder_ + "/sjis.csv").c_str()), 0);
  const Said more = run("registry import " + folder_ + "/sjis.csv" + database);
  ASSERT_EQ(more.code, 0) << more.err;
  EXPECT_EQ(more.json()["encoding"], "shift_jis");
  EXPECT_EQ(more.json()["new"], 1);
  EXPECT_EQ(more.json()["notInList"], residents);
  write("/bad.csv",
        head + "日和 次郎,98,99,子,H27.5.1,日和町本町1番\r\n日和 三郎,97,99,子,H27.5.32,日和町本町1番\r\n");
  const Said bad = run("registry import " + folder_ + "/bad.csv" + database);
  EXPECT_EQ(bad.code, 1);
  EXPECT_EQ(bad.json()["taken"], false);
  EXPECT_EQ(bad.json()["mistakes"][0]["line"], 3);
  EXPECT_EQ(bad.json()["mistakes"][0]["column"], "生年月日");
  EXPECT_EQ((bad.out + bad.err).find("三郎"), std::string::npos);
  EXPECT_EQ(run("registry import " + csv + database + " --whole").json()["removed"], 1);
}

TEST(ClerkServe, RefusesToStartWithoutWhatItNeeds) {
  EXPECT_EQ(run("clerk serve").code, 2);
  const Said nowhere = run("clerk serve --town /nowhere --ca a --crl b --kiosk 00");
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_NE(nowhere.err.find("no town"), std::string::npos) << nowhere.err;
  EXPECT_NE(run("clerk serve --help").out.find("signer"), std::string::npos);
}

}  // namespace
}  // namespace machi::program_test
