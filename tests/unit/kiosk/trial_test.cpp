// A whole visit with played devices: from the attract screen to the paper, each screen laid out on the way.
#include "kiosk/trial/trial_host.h"

#include <gtest/gtest.h>

#include "tests/unit/kiosk/gallery.h"

namespace machi::kiosk {
namespace {

class TrialKiosk : public testing::Test {
 protected:
  void SetUp() override { test::room().stage().begin(1080, 1920); }
  void TearDown() override { test::room().stage().end(); }

  // A visitor touches what the presenter shows, in the middle.
  void touch(std::string_view node, std::string_view value = {}) {
    look();
    for (int page = 0; page < presenter.composed().pages; ++page) {
      presenter.turn_to(page);
      for (const Target& target : presenter.composed().targets)
        if (target.node == node && target.value == value) {
          const Box box = target.box;
          presenter.touch(box.x + box.w / 2, box.y + box.h / 2);
          presenter.release(box.x + box.w / 2, box.y + box.h / 2);
          for (const screen::Action& action : presenter.take()) host.act(action);
          return look();
        }
    }
    ADD_FAILURE() << "nothing called " << node << " on " << host.app().view().name;
  }
  void look() {
    host.turn();
    presenter.show(host.app().view());
    for (const Misfit& misfit : presenter.composed().misfits)
      ADD_FAILURE() << host.app().view().name << ": " << misfit.node;
  }
  std::string at() const { return host.app_name(); }
  void pass(int ms) {
    for (int i = 0; i < ms; i += 100) {
      now += 100;
      look();
    }
  }
  void to_confirm() {
    touch("start");
    touch("kinds", "seal-registration");
    touch("next");
    touch("next");
    host.function_key(1);
    pass(1000);
    for (const char digit : {'1', '2', '3', '4'}) touch(std::string("key.") + digit);
    touch("key.enter");
    pass(3000);
    EXPECT_EQ(host.app().view().name, "kiosk.confirm");
  }

  struct Named : TrialHost {
    using TrialHost::TrialHost;
    std::string app_name() const { return const_cast<Named*>(this)->app().view().name; }
  };
  std::int64_t now = 1795484160000;
  Named host{TrialHost::Plan{"練習町役場", [this] { return now; },
                             [](const std::string&) { return base::Bytes(); }}};
  Presenter presenter{test::room().type()};
};

TEST_F(TrialKiosk, GivesThePaperToWhoeverPays) {
  to_confirm();
  touch("pay");
  pass(12'000);
  EXPECT_EQ(at(), "kiosk.take");
}

TEST_F(TrialKiosk, StopsWhenThePaperRunsOutAndSaysWhatBecomesOfTheMoney) {
  to_confirm();
  host.function_key(3);
  touch("pay");
  pass(12'000);
  EXPECT_EQ(at().substr(0, 13), "kiosk.trouble");
}

TEST_F(TrialKiosk, LeavesOneTryWhenThePinIsWrongTwice) {
  touch("start");
  touch("kinds", "seal-registration");
  touch("next");
  touch("next");
  host.function_key(1);
  pass(1000);
  for (int i = 0; i < 4; ++i) touch("key.9");
  touch("key.enter");
  pass(2000);
  EXPECT_EQ(at(), "kiosk.pin");
  for (int i = 0; i < 4; ++i) touch("key.9");
  touch("key.enter");
  pass(2000);
  EXPECT_EQ(at().substr(0, 13), "kiosk.trouble");
}

}  // namespace
}  // namespace machi::kiosk
