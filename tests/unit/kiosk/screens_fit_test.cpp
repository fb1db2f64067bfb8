// Every screen of the kiosk on every panel, in every language: nothing is torn, cut or without a glyph,
// nothing that is touched is smaller than 20 mm or lies on something else, every node is shown, and the focus
// goes in the order of the tree.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/unit/kiosk/gallery.h"

namespace machi::kiosk {
namespace {

using screen::Node;
using screen::Role;

void interactive(const std::vector<Node>& nodes, std::vector<std::string>& out) {
  for (const Node& node : nodes) {
    if (node.role == Role::Choice)
      for (const screen::Option& option : node.options) out.push_back(node.id + "=" + option.value);
    else if (node.role == Role::Button || (node.role == Role::Row && node.interactive) ||
             node.role == Role::Tab || node.role == Role::Field)
      out.push_back(node.id + "=");
    interactive(node.children, out);
  }
}

// The order of reading: bar, main, foot, access bar.
std::vector<std::string> in_order(const screen::Screen& screen) {
  std::vector<std::string> out;
  for (const auto* region : {&screen.bar, &screen.main, &screen.foot, &screen.rail})
    interactive(*region, out);
  return out;
}

void every_id(const std::vector<Node>& nodes, std::set<std::string>& out) {
  for (const Node& node : nodes) {
    out.insert(node.id);
    every_id(node.children, out);
  }
}

std::string words_of(const Misfit& misfit) {
  static constexpr const char* kWords[] = {"too wide", "too high", "too small", "no glyph", "no room"};
  return misfit.node + " " + kWords[static_cast<int>(misfit.kind)] + " " + misfit.detail;
}

bool overlap(const Box& a, const Box& b) {
  return a.x < b.right() - 1 && b.x < a.right() - 1 && a.y < b.bottom() - 1 && b.y < a.bottom() - 1;
}

class EveryKioskScreen : public testing::TestWithParam<std::string> {
 protected:
  void look_at(const test::Picture& picture, const test::Panel& panel) {
    SCOPED_TRACE(GetParam() + " " + picture.name + " on " + panel.name);
    const Look& look = panel.look;
    Presenter presenter(test::room().type());
    presenter.look(look);
    presenter.show(picture.screen);
    std::vector<Target> targets;
    int pages = 1;
    for (int page = 0; page < pages; ++page) {
      presenter.turn_to(page);
      const Drawing& drawing = presenter.composed();
      pages = drawing.pages;
      if (page == 0)
        for (const Misfit& misfit : drawing.misfits) ADD_FAILURE() << words_of(misfit);
      inside(drawing, look);
      apart(drawing);
      // Those around main are on each page.
      for (const Target& target : drawing.targets) {
        const auto same = [&](const Target& other) {
          return other.node == target.node && other.value == target.value;
        };
        if (target.action != "page" && std::none_of(targets.begin(), targets.end(), same))
          targets.push_back(target);
      }
      if (page > 0) continue;
      std::set<std::string> wanted;
      for (const auto* region :
           {&picture.screen.bar, &picture.screen.main, &picture.screen.foot, &picture.screen.rail})
        every_id(*region, wanted);
      EXPECT_EQ(std::set<std::string>(drawing.shown.begin(), drawing.shown.end()), wanted);
    }
    if (look.low) {
      for (const Target& target : targets) EXPECT_GE(target.box.y, look.height - look.px(564) - 1) << target.node;
    }
    std::vector<std::string> order;
    for (const Target& target : targets) order.push_back(target.node + "=" + target.value);
    std::vector<std::string> wanted = in_order(picture.screen);
    if (pages > 1) {  // the second page's targets came after the first page's foot
      std::sort(order.begin(), order.end());
      std::sort(wanted.begin(), wanted.end());
    }
    EXPECT_EQ(order, wanted);
  }

  static void inside(const Drawing& drawing, const Look& look) {
    for (const Target& target : drawing.targets) {
      EXPECT_GE(target.box.x, 0) << target.node;
      EXPECT_GE(target.box.y, 0) << target.node;
      EXPECT_LE(target.box.right(), look.width + 0.5F) << target.node;
      EXPECT_LE(target.box.bottom(), look.height + 0.5F) << target.node;
      EXPECT_TRUE(target.disabled ||
                  (target.box.w * look.mm_per_pixel >= 20 && target.box.h * look.mm_per_pixel >= 20))
          << target.node << " " << target.box.w << " x " << target.box.h;
    }
    for (const Shape& shape : drawing.shapes) {
      if (shape.what != Shape::What::Text) continue;
      EXPECT_GE(shape.box.x, -1) << shape.text;
      EXPECT_GE(shape.box.y - shape.style.em, -shape.style.em * 0.2F) << shape.text;
      EXPECT_LE(shape.box.y, look.height) << shape.text;
    }
  }

  static void apart(const Drawing& drawing) {
    for (std::size_t i = 0; i < drawing.targets.size(); ++i)
      for (std::size_t j = i + 1; j < drawing.targets.size(); ++j)
        EXPECT_FALSE(overlap(drawing.targets[i].box, drawing.targets[j].box))
            << drawing.targets[i].node << " and " << drawing.targets[j].node;
  }
};

TEST_P(EveryKioskScreen, FitsOnEveryPanel) {
  test::room().stage().begin(1080, 1920);
  for (const test::Picture& picture : test::gallery(GetParam()))
    for (const test::Panel& panel : test::panels(GetParam())) look_at(picture, panel);
  test::room().stage().end();
}

std::string tag_name(const testing::TestParamInfo<std::string>& one) {
  std::string name = one.param;
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(In, EveryKioskScreen, testing::ValuesIn(test::languages()), tag_name);

}  // namespace
}  // namespace machi::kiosk
