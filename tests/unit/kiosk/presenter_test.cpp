// What a touch, a key and a switch mean.
#include "kiosk/presenter.h"

#include <gtest/gtest.h>

#include <set>

#include "core/screen/builder.h"
#include "tests/unit/kiosk/gallery.h"

namespace machi::kiosk {
namespace {

class KioskPresenter : public testing::Test {
 protected:
  void SetUp() override {
    list_ = &test::room().stage().begin(1080, 1920);
    presenter.show(screen());
  }
  void TearDown() override { test::room().stage().end(); }

  static screen::Screen screen(std::int64_t revision = 7) {
    screen::Screen out;
    out.app = "kiosk";
    out.name = "kiosk.choose";
    out.title = "t";
    out.language = "ja";
    out.revision = revision;
    screen::Node pad =
        screen::group("pad", "暗証番号", {screen::button("key.4", "4"), screen::button("key.clear", "消す")});
    pad.kind = screen::Kind::Secret;
    pad.value = "1";
    screen::Node off = screen::button("off", "まだです");
    off.disabled = true;
    off.hint = "えらんでから";
    out.main = {screen::heading("h", "どれですか"),
                screen::choice("kinds", "証明書", screen::Kind::Multiple,
                               {screen::option("a", "住民票", true), screen::option("b", "印鑑"),
                                screen::option("c", "戸籍", true)}),
                std::move(pad), off};
    out.foot = {screen::button("next", "つぎへ", screen::Importance::Primary)};
    for (screen::Node& node : out.main) node.version = "visit-3";
    return out;
  }
  const Target& target(std::string_view node, std::string_view value = {}) {
    for (const Target& one : presenter.composed().targets)
      if (one.node == node && one.value == value) return one;
    ADD_FAILURE() << node;
    return presenter.composed().targets.front();
  }
  static std::pair<float, float> middle(const Box& box) { return {box.x + box.w / 2, box.y + box.h / 2}; }
  void tap(std::string_view node, std::string_view value = {}) {
    const auto [x, y] = middle(target(node, value).box);
    presenter.touch(x, y);
    presenter.release(x, y);
  }

  Presenter presenter{test::room().type()};
  ImDrawList* list_ = nullptr;
};

TEST_F(KioskPresenter, GivesWhatWasTouchedBackAsAnAction) {
  tap("next");
  const auto actions = presenter.take();
  ASSERT_EQ(actions.size(), 1u);
  EXPECT_EQ(actions[0].screen, "kiosk.choose");
  EXPECT_EQ(actions[0].revision, 7);
  EXPECT_EQ(actions[0].node, "next");
  EXPECT_EQ(actions[0].action, "press");
  EXPECT_TRUE(presenter.take().empty());
}

TEST_F(KioskPresenter, SaysAllThatIsChosenAfterATouch) {
  tap("kinds", "b");
  tap("kinds", "a");
  const auto actions = presenter.take();
  ASSERT_EQ(actions.size(), 2u);
  EXPECT_EQ(actions[0].action, "choose");
  EXPECT_EQ(actions[0].version, "visit-3");
  EXPECT_EQ(actions[0].values, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(actions[1].values, (std::vector<std::string>{"c"}));
}

TEST_F(KioskPresenter, TakesEveryPointOfATargetAndNoneBeside) {
  const Box box = target("next").box;
  for (const auto& [x, y] : {std::pair{box.x + 1, box.y + 1}, {box.right() - 1, box.bottom() - 1}}) {
    presenter.touch(x, y);
    presenter.release(x, y);
  }
  EXPECT_EQ(presenter.take().size(), 2u);
  presenter.touch(box.x - 2, box.y + 5);
  presenter.release(box.x - 2, box.y + 5);
  EXPECT_TRUE(presenter.take().empty());
}

TEST_F(KioskPresenter, ForgetsATouchThatSlidesAway) {
  const auto [x, y] = middle(target("next").box);
  const auto [x2, y2] = middle(target("kinds", "a").box);
  presenter.touch(x, y);
  presenter.release(x2, y2);
  EXPECT_TRUE(presenter.take().empty());
}

TEST_F(KioskPresenter, DoesNothingForWhatIsNotReady) {
  tap("off");
  EXPECT_TRUE(presenter.take().empty());
}

// A finger lands, a new tree comes, the finger lifts: it meant the thing it landed on.
TEST_F(KioskPresenter, KnowsAThingByItsIdWhenTheTreeChangesUnderAFinger) {
  const auto [x, y] = middle(target("next").box);
  presenter.touch(x, y);
  presenter.show(screen(8));
  presenter.release(x, y);
  const auto actions = presenter.take();
  ASSERT_EQ(actions.size(), 1u);
  EXPECT_EQ(actions[0].revision, 8);
}

TEST_F(KioskPresenter, GoesThroughEverythingWithTwoSwitches) {
  std::vector<std::string> met;
  for (int i = 0; i < 6; ++i) {
    presenter.key(Key::Next);
    presenter.key(Key::Choose);
    for (const screen::Action& action : presenter.take()) met.push_back(action.node + action.value);
  }
  EXPECT_EQ(met, (std::vector<std::string>{"kindsa", "kindsb", "kindsc", "key.4", "key.clear", "next"}));
}

TEST_F(KioskPresenter, PressesThePadsKeyForADigitOfAKeyboard) {
  presenter.digit('4');
  presenter.digit('5');
  const auto actions = presenter.take();
  ASSERT_EQ(actions.size(), 1u);
  EXPECT_EQ(actions[0].node, "key.4");
}

TEST_F(KioskPresenter, KeepsTheFocusWhereItIsWhenTheSameScreenComesAnew) {
  ASSERT_TRUE(presenter.focus("kinds=b"));
  presenter.show(screen(8));
  presenter.composed();
  presenter.key(Key::Choose);
  EXPECT_EQ(presenter.take().at(0).value, "b");
  EXPECT_EQ(presenter.focused(), "印鑑");
}

TEST_F(KioskPresenter, WantsAFrameOnlyWhenSomethingHasChanged) {
  presenter.frame(*list_);
  EXPECT_FALSE(presenter.wants_frame());
  presenter.touch(1, 1);
  EXPECT_TRUE(presenter.wants_frame());
  presenter.frame(*list_);
  presenter.show(screen(8));
  EXPECT_TRUE(presenter.wants_frame());
}

TEST_F(KioskPresenter, ShowsWhatDoesNotFitOnPages) {
  screen::Screen many = screen();
  std::vector<screen::Option> options;
  for (int i = 0; i < 40; ++i)
    options.push_back(screen::option(std::to_string(i), "証明書 " + std::to_string(i), false, "300円"));
  many.main[1].options = options;
  presenter.show(many);
  const int pages = presenter.composed().pages;
  EXPECT_GT(pages, 2);
  std::set<std::string> seen;
  for (int page = 0; page < pages; ++page) {
    for (const Target& one : presenter.composed().targets) seen.insert(one.node + "=" + one.value);
    if (page + 1 < pages) tap(kPageOn);
  }
  EXPECT_TRUE(presenter.take().empty()) << "turning a page is no action";
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(seen.contains("kinds=" + std::to_string(i))) << i;
}

}  // namespace
}  // namespace machi::kiosk
