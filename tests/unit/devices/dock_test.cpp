// The dock as people start it: the sample town is made, every process comes up, and the page's commands reach
// the kiosk - without a display, once through.
#include <nlohmann/json.hpp>

#include "platform/host/file.h"
#include "platform/host/http_client.h"
#include "tests/unit/devices/process.h"

namespace machi::devices::test {
namespace {

class Dock : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<Folder>();
    const std::string world = (*folder_ / "world").string();
    Process sample({MACHI_PROGRAM, "kiosk", "sample", world, "--people", "1000"});
    ASSERT_EQ(0, sample.wait());
    process_ = std::make_unique<Process>(
        std::vector<std::string>{MACHI_PROGRAM, "simulate", "dock", world, "--words", MACHI_CATALOGUES,
                                 "--kiosk", MACHI_KIOSK, "--offscreen", "--port", "0", "--sheet-seconds",
                                 "0.05", "--quiet"},
        (*folder_ / "err").string());
    const auto said = nlohmann::json::parse(process_->hear(), nullptr, false);
    ASSERT_TRUE(said.is_object()) << log();
    url_ = "http://127.0.0.1:" + std::to_string(said.value("port", 0));
  }
  static void TearDownTestSuite() {
    process_.reset();
    folder_.reset();
  }
  static std::string log() {
    const auto bytes = host::read_file(*folder_ / "err", 1 << 20);
    return bytes.ok() ? std::string(base::text_view(*bytes)) : "";
  }

  // "" or why it could not be done.
  std::string obey(const std::string& line, const std::vector<host::HttpHeader>& headers = {}) {
    const auto answer = client_.post(url_ + "/do", base::view(line), headers);
    if (!answer.ok()) return "no answer";
    if (answer->status == 200) return "";
    const auto said = nlohmann::json::parse(base::text_view(answer->body), nullptr, false);
    return said.value("trouble", "?");
  }
  nlohmann::json get(const std::string& path) {
    const auto answer = client_.get(url_ + path);
    return answer.ok() ? nlohmann::json::parse(base::text_view(answer->body), nullptr, false)
                       : nlohmann::json::object();
  }
  bool see(const std::string& screen) {
    std::string name;
    const bool out = soon([&] { return (name = get("/state")["kiosk"].value("screen", "")) == screen; }, 30);
    EXPECT_TRUE(out) << "wanted " << screen << ", stands at " << name;
    return out;
  }
  bool order() {
    return see("kiosk.attract") && obey("kiosk press start").empty() &&
           obey("kiosk choose kinds resident-record").empty() && obey("kiosk press next").empty() &&
           obey("kiosk press next").empty() && see("kiosk.card");
  }
  void type(const std::string& pin) {
    for (const char digit : pin) EXPECT_EQ("", obey("kiosk press key." + std::string(1, digit)));
    EXPECT_EQ("", obey("kiosk press key.enter"));
  }

  host::HttpClient client_;
  inline static std::unique_ptr<Folder> folder_;
  inline static std::unique_ptr<Process> process_;
  inline static std::string url_;
};

TEST_F(Dock, TakesAVisitorFromTheCardToThePaper) {
  ASSERT_TRUE(order());
  ASSERT_EQ("", obey("insert resident"));
  EXPECT_TRUE(get("/state")["card"].value("in", false));
  ASSERT_TRUE(see("kiosk.pin"));
  type("1234");
  ASSERT_TRUE(see("kiosk.confirm"));
  ASSERT_EQ("", obey("kiosk press pay"));
  ASSERT_TRUE(see("kiosk.take"));
  EXPECT_EQ(1, get("/state")["printer"].value("sheets", 0));
  const auto sheet = client_.get(url_ + "/sheet/1");
  ASSERT_TRUE(sheet.ok());
  EXPECT_TRUE(base::text_view(sheet->body).starts_with("%PDF-"));
  const auto book = get("/book")["book"];
  ASSERT_EQ(1U, book.size());
  EXPECT_TRUE(book[0].value("done", false));
  EXPECT_EQ("", obey("remove"));
  EXPECT_EQ("", obey("taken"));
  EXPECT_TRUE(see("kiosk.farewell"));
}

TEST_F(Dock, StopsTheKioskAndTheKioskFindsItselfAgain) {
  EXPECT_EQ("", obey("power cut"));
  EXPECT_FALSE(get("/state")["kiosk"].value("on", true));
  EXPECT_NE("", obey("kiosk press start"));
  EXPECT_EQ("", obey("power on"));
  EXPECT_TRUE(see("kiosk.attract"));
}

TEST_F(Dock, GivesEachDeviceItsFaults) {
  for (const char* line : {"paper empty",
                           "mend",
                           "jam",
                           "mend",
                           "cover",
                           "mend",
                           "jam-on 2",
                           "mend",
                           "printer off",
                           "printer on",
                           "terminal decline",
                           "terminal once lost",
                           "terminal approve",
                           "pay",
                           "network off",
                           "network on",
                           "insert child",
                           "strange",
                           "upside-down child",
                           "remove",
                           "tray empty"})
    EXPECT_EQ("", obey(line)) << line;
  EXPECT_EQ("", get("/state")["printer"].value("fault", "?"));
  EXPECT_NE("", obey("insert nobody"));
  EXPECT_NE("", obey("terminal dance"));
  EXPECT_NE("", obey("rm -rf"));
}

TEST_F(Dock, ShowsTheScreenAsAPictureThatCanBeTouched) {
  ASSERT_TRUE(see("kiosk.attract"));
  const auto picture = client_.get(url_ + "/screen.png");
  ASSERT_TRUE(picture.ok());
  EXPECT_TRUE(base::text_view(picture->body).starts_with("\x89PNG"));
  EXPECT_EQ("", obey("kiosk touch 500 999"));
  EXPECT_NE("", obey("kiosk touch 5000 0"));
}

TEST_F(Dock, ObeysNoPageOfElsewhere) {
  EXPECT_NE("", obey("remove", {{"Origin", "https://elsewhere.example"}}));
  EXPECT_NE("", obey("remove", {{"Host", "elsewhere.example:80"}}));
  EXPECT_EQ("", obey("remove", {{"Origin", url_}}));
}

// Whether a file of 16 bit samples holds sound.
bool is_loud(const std::filesystem::path& file) {
  const auto bytes = host::read_file(file, 256 << 20);
  if (!bytes.ok()) return false;
  for (std::size_t i = 0; i + 1 < bytes->size(); i += 2) {
    const int sample = static_cast<std::int16_t>((*bytes)[i] | (*bytes)[i + 1] << 8);
    if (sample > 1000) return true;
  }
  return false;
}

TEST(KioskVoice, IsHeardWhenTheVisitorAsksForItAndNotBefore) {
  const Folder folder;
  const auto sound = folder / "sound";
  Process kiosk(
      {MACHI_KIOSK, "--trial", "--dock", "--offscreen", "--size", "540x960", "--words", MACHI_CATALOGUES,
       "--voice", MACHI_VOICE},
      "/dev/null",
      {{"SDL_AUDIODRIVER", "disk"}, {"SDL_DISKAUDIOFILE", sound.string()}, {"SDL_DISKAUDIODELAY", "20"}});
  EXPECT_NE("", kiosk.say("screen"));
  EXPECT_FALSE(std::filesystem::exists(sound));
  EXPECT_EQ("{\"done\":true}", kiosk.say("press voice"));
  EXPECT_TRUE(soon([&] { return is_loud(sound); }, 30));
}

}  // namespace
}  // namespace machi::devices::test
