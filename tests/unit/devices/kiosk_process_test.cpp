// A kiosk of real processes end to end: the bytes that the clerk set lie in the printer's tray; whatever goes
// wrong at a device, and wherever the kiosk's process is killed, the promises of KIOSK.md hold - judged by
// the terminal's own book and by the paper, not by what the kiosk believes.
#include "tests/unit/devices/kiosk_machine.h"

namespace machi::devices::test {
namespace {

class KioskMachine : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(crypto::ready());
    machine_ = std::make_unique<Machine>();
  }
  static void TearDownTestSuite() { machine_.reset(); }
  static Machine& machine() { return *machine_; }
  void SetUp() override {
    machine().anew(::testing::UnitTest::GetInstance()->current_test_info()->name());
    machine().clerk_url.clear();
    for (const char* ask : {"charge", "settle", "refund", "health"})
      EXPECT_EQ("{\"done\":true}", machine().terminal->say(std::string(ask) + " approve"));
  }
  static void say(const std::string& line) {
    EXPECT_EQ("{\"done\":true}", machine().terminal->say(line)) << line;
  }

 private:
  inline static std::unique_ptr<Machine> machine_;
};

std::string slurp(const std::filesystem::path& file) {
  const auto bytes = host::read_file(file, 64 << 20);
  return bytes.ok() ? std::string(base::text_view(*bytes)) : "";
}

TEST_F(KioskMachine, PutsTheBytesThatTheClerkSetIntoTheTray) {
  const auto life = machine().run(machine().visit());
  ASSERT_EQ(0, life.exit) << slurp(machine().folder / "err");
  EXPECT_EQ("delivered", life.said["outcome"]);
  EXPECT_TRUE(life.said["inService"]);
  EXPECT_EQ("", machine().judge());
  std::vector<certificate::Hash> offered;
  for (const Record& record : machine().records())
    for (const auto& paper : record.papers)
      for (int copy = 0; copy < paper.copies; ++copy) offered.push_back(paper.document);
  const auto tray = machine().printer.tray();
  ASSERT_EQ(3u, tray.size());
  ASSERT_EQ(offered.size(), tray.size());
  for (std::size_t i = 0; i < tray.size(); ++i) EXPECT_EQ(offered[i], crypto::sha256(tray[i].second));
  // And it is the town's: its seal holds, and it stands in the log.
  machine().save("sheet.pdf", tray[0].second);
  EXPECT_EQ(0, clerk::test::machi("certificate verify " + (machine().folder / "sheet.pdf").string() +
                                  " --town " + machine().town.town.string()));
}

TEST_F(KioskMachine, LeavesNothingOfThePersonBehind) {
  ASSERT_EQ(0, machine().run(machine().visit()).exit);
  const auto& person = machine().town.anybody();
  std::vector<std::string> facts = {person.person.name,    person.address, person.person.birth.iso(),
                                    machine().files.birth, person.card,    person.number};
  std::size_t files = 0;
  const auto search = [&](const std::filesystem::path& file) {
    ++files;
    const std::string text = slurp(file);
    for (const std::string& fact : facts)
      EXPECT_EQ(std::string::npos, text.find(fact)) << file << " has " << fact;
  };
  const std::string name = machine().journal.filename().string();
  for (const auto& one : std::filesystem::directory_iterator(machine().folder.path)) {
    const std::string file = one.path().filename().string();
    if (file.starts_with(name) || file.starts_with("book.db") || file == "err") search(one.path());
  }
  for (const auto& one : std::filesystem::recursive_directory_iterator(machine().printer.spool()))
    if (one.is_regular_file()) search(one.path());
  for (const auto& one : std::filesystem::directory_iterator("/tmp"))  // of libcups, of us
    if (one.path().filename().string().starts_with("cups")) search(one.path());
  EXPECT_GE(files, 3u);
}

TEST_F(KioskMachine, TakesMoneyOnceWhateverTheTerminalSays) {
  for (const std::string how : {"lost", "twice", "stale", "garbage", "silent", "cut", "decline", "unknown"}) {
    machine().anew("terminal-" + how);
    say("once charge " + how);
    const auto life = machine().run(machine().visit());
    EXPECT_EQ("delivered", life.said["outcome"]) << how;
    EXPECT_EQ("", machine().judge()) << how;
  }
  machine().anew("declined");
  say("charge decline");
  EXPECT_EQ("not-charged", machine().run(machine().visit()).said["outcome"]);
  EXPECT_EQ("", machine().judge());
}

TEST_F(KioskMachine, OpensACaseWhenTheTerminalSaysNothingAtAll) {
  say("charge lost");
  say("settle silent");
  auto life = machine().run(machine().visit());
  EXPECT_EQ("open-case", life.said["outcome"]);
  EXPECT_FALSE(life.said["inService"]);
  EXPECT_EQ("", machine().judge());
  EXPECT_TRUE(machine().printer.tray().empty());
  life = machine().run(machine().visit());  // nobody is served before staff have come
  EXPECT_EQ(1, life.exit);
  say("charge approve");
  say("settle approve");
  auto words = machine().visit();
  words.push_back("--staff");
  EXPECT_EQ("delivered", machine().run(words).said["outcome"]);
}

TEST_F(KioskMachine, OpensACaseForAPaperThatStoppedOnItsWay) {
  machine().printer.jam_on("2");
  machine().printer.give_up(true);
  const auto life = machine().run(machine().visit());
  EXPECT_EQ("open-case", life.said["outcome"]);
  EXPECT_FALSE(life.said["inService"]);
  EXPECT_EQ(1u, machine().printer.tray().size());
  EXPECT_EQ("", machine().judge());
}

TEST_F(KioskMachine, TakesNoMoneyWhenItCannotPrintOrMayNot) {
  machine().printer.switch_off();
  EXPECT_EQ("not-charged", machine().run(machine().visit()).said["outcome"]);
  EXPECT_EQ("", machine().judge());
  machine().printer.start();
  machine().anew("wrong-pin");
  EXPECT_EQ("not-charged", machine().run(machine().visit("wrong-pin")).said["outcome"]);
  EXPECT_EQ("", machine().judge());
  EXPECT_NE(std::string::npos, machine().card->state().find("\"tries\":2"));
  machine().anew("no-clerk");
  machine().clerk_url = "http://127.0.0.1:1";
  EXPECT_EQ("not-charged", machine().run(machine().visit()).said["outcome"]);
  EXPECT_EQ("", machine().judge());
}

// MACHIKADO_EVERY_MOMENT=1: at every one of them, and not at some.
TEST_F(KioskMachine, KeepsItsPromisesWhereverItsProcessIsKilled) {
  const int moments = machine().run(machine().visit()).said["moments"];
  ASSERT_GT(moments, 40);
  const bool all = std::getenv("MACHIKADO_EVERY_MOMENT") != nullptr;
  std::map<Outcome, int> ends;
  int killed = 0;
  for (int moment = 1; moment <= moments; moment += all ? 1 : 7) {
    machine().anew("killed-" + std::to_string(moment));
    machine().printer.give_up(moment % 2 == 0);
    const auto first = machine().run(machine().visit(), moment);
    killed += first.killed ? 1 : 0;
    // Its supervisor starts it anew; every third time that life ends early as well.
    if (all && moment % 3 == 0) machine().run({}, 1 + moment % 5);
    const auto last = machine().run({});
    EXPECT_EQ(0, last.exit) << moment << slurp(machine().folder / "err");
    EXPECT_EQ("", machine().judge()) << "killed at moment " << moment;
    if (const auto outcome = machine().outcome()) ++ends[*outcome];
  }
  EXPECT_GE(killed, moments / (all ? 1 : 7) - 8);  // how often it looks at a job varies
  EXPECT_GE(ends.size(), 2u);
}

}  // namespace
}  // namespace machi::devices::test
