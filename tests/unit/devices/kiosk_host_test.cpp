// The kiosk's app on real processes (platform/kiosk/kiosk_host.h), driven as a presenter drives it: a visitor
// touches what the screens show, lays a card, takes the paper. What really happened is judged by the
// terminal's book and the printer's tray.
#include "platform/kiosk/host_config.h"

#include <condition_variable>

#include "core/crypto/password.h"
#include "core/screen/builder.h"
#include "core/screen/json.h"
#include "tests/unit/devices/kiosk_machine.h"

namespace machi::devices::test {
namespace {

using kiosk::HostPlan;
using kiosk::KioskHost;

// Whoever stands before the screen.
class Lobby {
 public:
  explicit Lobby(const Machine& machine) {
    HostPlan plan;
    plan.config.place = "日和町役場";
    plan.config.fees = {300, 300, 300, 300, 450, 450, 300, 300, 300};
    plan.config.seal_keys = machine.town.seal_keys();
    plan.journal = machine.journal;
    plan.clerk = machine.clerk.url();
    plan.terminal = "127.0.0.1:" + std::to_string(machine.terminal_port);
    plan.printer.uri = machine.printer.uri();
    plan.printer.clear_seconds = 1;
    plan.words = machine.folder.path;
    plan.alarm = "true";
    plan.kiosk_key = [file = machine.folder / "kiosk.key"] { return *host::read_file(file, 64); };
    KioskHost::Presenter presenter;
    presenter.render = [this] { ++renders; };
    presenter.forget = [this] { ++forgets; };
    presenter.wake = [this] {
      {
        const std::lock_guard<std::mutex> guard(mutex_);
        woken_ = true;
      }
      more_.notify_one();
    };
    auto opened = KioskHost::open(std::move(plan), std::move(presenter));
    EXPECT_TRUE(opened.ok());
    if (opened.ok()) host_ = std::move(*opened);
  }

  bool stands() const { return host_ != nullptr; }
  const screen::Screen& screen() { return host_->app().view(); }
  bool blank() { return host_->app().blank(); }
  std::string shown() { return screen::to_json(screen()); }
  bool names(const std::string& who) { return shown().find(who) != std::string::npos; }
  bool has(const std::string& node) { return screen::find(screen(), node) != nullptr; }

  int clock() const { return host_->wait_ms(); }

  // Draws and waits as a window's loop does.
  template <class Is>
  bool until(const Is& is, int seconds = 20) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    for (;;) {
      host_->turn();
      if (is()) return true;
      if (std::chrono::steady_clock::now() > end) return false;
      std::unique_lock<std::mutex> guard(mutex_);
      const int clock = host_->wait_ms();
      more_.wait_for(guard, std::chrono::milliseconds(clock < 0 ? 500 : std::min(clock, 500)),
                     [this] { return woken_; });
      woken_ = false;
    }
  }
  bool see(const std::string& name, int seconds = 20) {
    const bool out = until([&] { return screen().name == name; }, seconds);
    EXPECT_TRUE(out) << "wanted " << name << ", stands at " << screen().name;
    return out;
  }
  void act(const std::string& node, const std::string& how, std::vector<std::string> values = {}) {
    const screen::Node* found = screen::find(screen(), node);
    EXPECT_NE(nullptr, found) << node << " is not on " << screen().name;
    if (found == nullptr) return;
    EXPECT_FALSE(found->disabled) << node << " on " << screen().name;
    host_->act({screen().name, screen().revision, node, found->version, how, "", std::move(values)});
  }
  void touch(const std::string& node) { act(node, "press"); }
  void type(const std::string& pin) {
    for (const char digit : pin) touch("key." + std::string(1, digit));
    touch("key.enter");
  }
  // From the attract screen to the one that asks for the card.
  bool order(const std::string& kind) {
    if (!see("kiosk.attract")) return false;
    touch("start");
    act("kinds", "choose", {kind});
    touch("next");
    touch("next");
    return see("kiosk.card");
  }

  int renders = 0, forgets = 0;

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  bool woken_ = false;
  std::unique_ptr<KioskHost> host_;  // last: its threads wake us
};

class KioskOnDevices : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(crypto::ready());
    machine_ = std::make_unique<Machine>();
  }
  static void TearDownTestSuite() { machine_.reset(); }
  static Machine& machine() { return *machine_; }
  void SetUp() override {
    machine().anew(::testing::UnitTest::GetInstance()->current_test_info()->name());
    EXPECT_EQ("{\"done\":true}", machine().terminal->say("charge approve"));
    remove();
    booked_ = booked();
  }
  static void lay() { EXPECT_TRUE(machine().card->say("insert")); }
  static void remove() { EXPECT_TRUE(machine().card->say("remove")); }
  static std::vector<std::int64_t> booked() {
    const auto book = host::SimulatedTerminal::book(machine().folder / "book.db");
    std::vector<std::int64_t> out;
    for (const auto& entry : *book)
      if (entry.done) out.push_back(entry.amount);
    return out;
  }
  // What this test alone has moved.
  std::vector<std::int64_t> charges() const {
    auto out = booked();
    out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(booked_.size()));
    return out;
  }
  static const std::string& name() { return machine().town.anybody().person.name; }

 private:
  std::vector<std::int64_t> booked_;
  inline static std::unique_ptr<Machine> machine_;
};

TEST_F(KioskOnDevices, GivesTheVisitorTheClerksPaperForOneCharge) {
  Lobby lobby(machine());
  ASSERT_TRUE(lobby.stands());
  ASSERT_TRUE(lobby.order("resident-record"));
  lay();
  ASSERT_TRUE(lobby.see("kiosk.pin"));
  lobby.type("1234");
  ASSERT_TRUE(lobby.see("kiosk.confirm"));
  EXPECT_TRUE(lobby.names(name())) << lobby.shown();
  EXPECT_TRUE(charges().empty());
  lobby.touch("pay");
  ASSERT_TRUE(lobby.see("kiosk.take"));
  EXPECT_FALSE(lobby.names(name()));
  lobby.touch("taken");
  ASSERT_TRUE(lobby.see("kiosk.farewell"));
  EXPECT_FALSE(lobby.names(name()));
  EXPECT_FALSE(lobby.has("session"));
  remove();
  EXPECT_TRUE(lobby.until([&] { return lobby.clock() > 0 && lobby.clock() <= 8'001; }));  // then it is over
  EXPECT_GT(lobby.renders, 10);
  EXPECT_EQ((std::vector<std::int64_t>{300}), charges());
  EXPECT_EQ("", machine().judge());
  EXPECT_EQ(Outcome::Delivered, machine().outcome());
  const auto tray = machine().printer.tray();
  ASSERT_EQ(1u, tray.size());
  for (const Record& record : machine().records()) {
    if (record.mark != Mark::Offered) continue;
    ASSERT_EQ(1u, record.papers.size());
    EXPECT_EQ(record.papers[0].document, crypto::sha256(tray[0].second));
  }
}

TEST_F(KioskOnDevices, ForgetsWhoTakesTheCardAwayWhileTheTerminalWaits) {
  EXPECT_EQ("{\"done\":true}", machine().terminal->say("charge wait"));
  Lobby lobby(machine());
  ASSERT_TRUE(lobby.stands());
  ASSERT_TRUE(lobby.order("resident-record"));
  lay();
  ASSERT_TRUE(lobby.see("kiosk.pin"));
  lobby.type("1234");
  ASSERT_TRUE(lobby.see("kiosk.confirm"));
  lobby.touch("pay");
  ASSERT_TRUE(lobby.see("kiosk.pay"));
  remove();
  ASSERT_TRUE(lobby.see("kiosk.trouble/card-gone"));
  EXPECT_FALSE(lobby.names(name()));
  EXPECT_TRUE(machine().printer.tray().empty());
  EXPECT_TRUE(charges().empty());
  lobby.touch("close");
  EXPECT_EQ("kiosk.attract", lobby.screen().name);
  EXPECT_EQ(1, lobby.forgets);
  EXPECT_TRUE(lobby.until([&] { return lobby.blank(); }));
  EXPECT_EQ(Outcome::NotCharged, machine().outcome());
  EXPECT_EQ("", machine().judge());
}

TEST_F(KioskOnDevices, BlanksTheNameAtOnceWhenTheCardIsTakenAway) {
  Lobby lobby(machine());
  ASSERT_TRUE(lobby.stands());
  ASSERT_TRUE(lobby.order("resident-record"));
  lay();
  ASSERT_TRUE(lobby.see("kiosk.pin"));
  lobby.type("1234");
  ASSERT_TRUE(lobby.see("kiosk.confirm"));
  EXPECT_TRUE(lobby.names(name()));
  remove();
  ASSERT_TRUE(lobby.until([&] { return lobby.screen().name != "kiosk.confirm"; }));
  EXPECT_FALSE(lobby.names(name()));
  ASSERT_TRUE(lobby.see("kiosk.trouble/card-gone"));
  EXPECT_TRUE(charges().empty());
}

TEST_F(KioskOnDevices, SaysOfACardUpsideDownThatItCannotBeRead) {
  Lobby lobby(machine());
  ASSERT_TRUE(lobby.stands());
  ASSERT_TRUE(lobby.order("resident-record"));
  EXPECT_TRUE(machine().card->say("upside-down"));
  const std::string before = lobby.shown();
  ASSERT_TRUE(lobby.until([&] { return lobby.shown() != before; }));
  EXPECT_EQ("kiosk.card", lobby.screen().name);  // and not that it is locked
  remove();
  lay();
  EXPECT_TRUE(lobby.see("kiosk.pin"));  // laid anew it is met anew
}

TEST(KioskConfig, IsReadAsTheCommandWritesIt) {
  const Folder folder;
  const clerk::test::ClerkWorld world;
  const auto file = folder / "kiosk.json";
  const std::string line =
      std::string(MACHI_PROGRAM) + " kiosk config --town " + world.town.string() +
      " --key k --journal j.db --words w --clerk http://127.0.0.1:1 --printer ipp://p/x "
      "--terminal 127.0.0.1:2 --staff-key 12 --totals sums --status k.prom --staff-pin-file " +
      (folder / "pin").string() + " >" + file.string();
  EXPECT_NE(0, std::system(line.c_str()));  // no PIN, no file
  ASSERT_TRUE(host::write_file(folder / "pin", base::view("482915\n"), host::Privacy::Secret).ok());
  ASSERT_EQ(0, std::system(line.c_str()));
  const auto read = kiosk::read_host_config(file);
  ASSERT_TRUE(read.ok()) << read.error().detail;
  EXPECT_EQ("日和町", read->plan.config.place);
  EXPECT_EQ(folder / "j.db", read->plan.journal);
  EXPECT_EQ(folder / "w", read->plan.words);
  EXPECT_EQ(12, read->staff_key);
  EXPECT_EQ(folder / "sums", read->plan.totals);
  EXPECT_EQ(folder / "k.prom", read->plan.status);
  EXPECT_FALSE(read->plan.config.staff_door);
  EXPECT_TRUE(crypto::is_password(read->plan.config.staff_pin, "482915"));
  EXPECT_EQ(0, read->tray_key);
  EXPECT_EQ(450, read->plan.config.fees[static_cast<std::size_t>(certificate::Kind::RegisterAll) - 1]);
  ASSERT_EQ(1u, read->plan.config.seal_keys.size());
  EXPECT_EQ(world.seal_keys()[0].key, read->plan.config.seal_keys[0].key);
  EXPECT_LT(read->plan.config.seal_keys[0].from.ms, clerk::test::system_now().ms);
  std::string text(base::text_view(*host::read_file(file, 1 << 20)));
  EXPECT_FALSE(kiosk::parse_host_config(text.substr(1), folder.path).ok());
  for (const std::string name : {"\"place\"", "\"sealKeys\"", "\"resident-record\"", "\"staffKey\""}) {
    std::string other = text;
    other.replace(other.find(name), name.size(), "\"other\"");
    EXPECT_FALSE(kiosk::parse_host_config(other, folder.path).ok()) << name;
  }
}

TEST_F(KioskOnDevices, ServesNobodyWithACardThatLayThereBeforeItsStart) {
  lay();
  Lobby lobby(machine());
  ASSERT_TRUE(lobby.stands());
  ASSERT_TRUE(lobby.see("kiosk.card-left"));
  remove();
  EXPECT_TRUE(lobby.see("kiosk.attract"));
}

}  // namespace
}  // namespace machi::devices::test
