// What the builder refuses, and which actions still mean what they meant.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/screen/sample_screens.h"

namespace machi::screen {
namespace {

// The problems of a screen that is sound but for these nodes.
std::vector<std::string> problems_with(Nodes nodes) {
  Screen screen = empty_screen();
  screen.bar = {heading("title", "試し")};
  screen.main = std::move(nodes);
  return problems(screen);
}

void expect_problem(Nodes nodes, const std::string& problem) {
  const auto found = problems_with(std::move(nodes));
  EXPECT_NE(std::find(found.begin(), found.end(), problem), found.end())
      << problem << "\nfound: " << ::testing::PrintToString(found);
}

TEST(Rules, FindNothingWrongWithSoundScreens) {
  EXPECT_EQ(problems(form_screen()), std::vector<std::string>());
  EXPECT_EQ(problems(every_role_screen()), std::vector<std::string>());
}

TEST(Rules, FindIdsThatAreMissingOrTwice) {
  expect_problem({text("a", "x"), group("g", "x", {text("a", "y")})}, "a stands there twice");
  expect_problem({text("", "x")}, "text \"x\" has no id");
}

TEST(Rules, FindInteractiveNodesWithoutAName) {
  Node nameless = button("b", "x");
  nameless.name.clear();
  expect_problem({nameless}, "b has no name");
  Node row_without = row("r", "");
  row_without.interactive = true;
  expect_problem({list("l", "x", {row_without})}, "r has no name");
}

TEST(Rules, FindChildrenOutsideOfTheirPlace) {
  expect_problem({row("r", "x")}, "r stands outside of its list");
  expect_problem({list("l", "x", {text("t", "x")})}, "t may not stand in l");
  expect_problem({group("g", "x", {step("s", "x", State::Done)})}, "s may not stand in g");
  expect_problem({table("t", "x", {{"a", "A", false}}, {table_row("r", {})})},
                 "r has other cells than its table has columns");
}

TEST(Rules, FindFaultsOfSingleRoles) {
  expect_problem({heading("h", "x", 4)}, "h has no level from 1 to 3");
  expect_problem({heading("h", "x", 1)}, "screen has 2 headings of level 1");
  expect_problem({choice("c", "x", Kind::Text, {option("a", "A")})}, "c is no kind of choice");
  expect_problem({choice("c", "x", Kind::Single, {})}, "c has nothing to choose");
  expect_problem({choice("c", "x", Kind::Single, {option("a", "A"), option("a", "B")})},
                 "c has an option twice");
  expect_problem({choice("c", "x", Kind::Single, {option("a", "")})}, "c has an option without a name");
  expect_problem({choice("c", "x", Kind::Cards, {option("a", "A", true), option("b", "B", true)})},
                 "c has more than one option chosen");
  expect_problem({field("f", "x", Kind::Single)}, "f does not say what is typed");
  expect_problem({link("l", "x", "javascript:alert(1)")},
                 "l leads to something that is no telephone and no page");
  expect_problem({qr("q", "x", "v", "10")}, "q has no square matrix");
  expect_problem({qr("q", "x", "v", "1020")}, "q has no square matrix");
  expect_problem({progress("p", "x", 101)}, "p has no value from 0 to 100");
  expect_problem({steps("s", "x", {step("s1", "x", State::Todo), step("s2", "x", State::None)})},
                 "s2 has a state and its neighbours have none, or the other way round");
  expect_problem({table("t", "x", {}, {})}, "t has no columns");
}

TEST(Rules, FindTooManyActions) {
  expect_problem({card("c", "x", {button("a", "A"), group("g", "x", {button("b", "B")})})},
                 "c has more than one action");
  expect_problem({alert("a", "x", Tone::Danger, {button("b", "B"), button("c", "C")})},
                 "a holds more than one button");
  expect_problem({button("a", "A", Importance::Primary), button("b", "B", Importance::Primary)},
                 "screen has more than one primary button");
  Node silent = button("b", "x");
  silent.disabled = true;
  expect_problem({silent}, "b is disabled and does not say why");
}

TEST(Rules, FindAFocusThatLeadsNowhere) {
  Screen screen = form_screen();
  screen.focus = "nowhere";
  EXPECT_EQ(problems(screen), std::vector<std::string>{"nowhere takes the focus but is not there"});
}

TEST(BuilderDeathTest, StopsAtTheCallThatForgotAName) {
  EXPECT_DEATH(button("send", ""), "bug: node send has no name at .*rules_test");
  EXPECT_DEATH(finish(empty_screen()), "bug: screen test: screen has 0 headings of level 1 at .*rules_test");
}

TEST(Action, StillMeansWhatItMeantWhileNodeAndVersionAreTheSame) {
  const Screen screen = form_screen();
  const Action send{screen.name, 1, "send", "v1", "press", "", {}};
  EXPECT_TRUE(still_means(screen, send)) << "an older revision does not matter";
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "send", "v0", "press", "", {}}));
  EXPECT_FALSE(still_means(screen, {"other", 12, "send", "v1", "press", "", {}}));
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "sent", "v1", "press", "", {}}));
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "send", "v1", "enter", "", {}}));
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "send", "v1", "explode", "", {}}));
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "privacy", "", "press", "", {}}));
  EXPECT_TRUE(still_means(screen, {screen.name, 12, "", "", "back", "", {}}));
}

TEST(Action, ChoosesOnlyWhatIsOffered) {
  Screen screen = form_screen();
  EXPECT_TRUE(still_means(screen, {screen.name, 12, "kind", "", "choose", "late", {}}));
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "kind", "", "choose", "truant", {}}));
  EXPECT_TRUE(still_means(screen, {screen.name, 12, "symptoms", "", "choose", "", {}}));
  EXPECT_TRUE(still_means(screen, {screen.name, 12, "symptoms", "", "choose", "", {"cough"}}));
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "symptoms", "", "choose", "", {"cough", "gold"}}));
  screen.main[1].options[1].disabled = true;
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "kind", "", "choose", "late", {}}));
  screen.main[2].disabled = true;
  EXPECT_FALSE(still_means(screen, {screen.name, 12, "date", "", "enter", "2026-11-25", {}}));
}

TEST(Find, ReachesEveryRegionAndDepth) {
  const Screen screen = every_role_screen();
  for (const char* id : {"h2", "g3", "t1.read", "stale", "retry"}) EXPECT_NE(find(screen, id), nullptr) << id;
  EXPECT_EQ(find(screen, "t1.nothing"), nullptr);
}

}  // namespace
}  // namespace machi::screen
