// The regions are measured from the edges inwards; main has what is left.
#include "kiosk/layout/compose.h"

#include "kiosk/layout/pages.h"
#include "kiosk/layout/regions.h"

namespace machi::kiosk {
namespace {

using screen::Node;

// How many nodes of main stand before the first that can be touched.
std::size_t leading(const std::vector<Node>& nodes) {
  std::size_t count = 0;
  while (count < nodes.size() && !touchable(nodes[count])) ++count;
  return count;
}

class Composition {
 public:
  Composition(const screen::Screen& screen, const Look& look, Typesetter& type, int page)
      : screen_(screen), look_(look), type_(type), pen_(look_, type), page_(page), margin_(look_.px(20)) {}

  Drawing run() {
    pen_.chinese = screen_.language.starts_with("zh");
    pen_.ground({0, 0, look_.width, look_.height}, pen_.theme.ground);
    for (const Node& node : screen_.main) below_.push_back(&node);
    if (look_.landscape())
      landscape();
    else if (look_.low)
      low();
    else
      portrait();
    return std::move(pen_.out);
  }

 private:
  float rail_height(float w) {
    return region_height(pen_, [&] { return place_rail(pen_, screen_.rail, {0, 0, w}); });
  }
  float foot_height(float w) {
    return region_height(pen_, [&] { return place_foot(pen_, screen_.foot, {0, 0, w}); });
  }

  void portrait() {
    const float top = place_bar(pen_, screen_.bar, {0, 0, look_.width});
    column({0, top, look_.width, look_.height - top}, true);
  }

  void low() {
    const float edge = look_.height - look_.px(564);
    const float top = place_bar(pen_, screen_.bar, {0, 0, look_.width});
    read_above({margin_, top + look_.px(12), look_.width - 2 * margin_, edge - top - look_.px(20)});
    pen_.line(0, edge, look_.width, pen_.theme.primary, look_.px(2));
    column({0, edge + look_.px(2), look_.width, look_.height - edge - look_.px(2)}, true);
  }

  void landscape() {
    const float column_width = look_.px(540);
    const float side = look_.width - column_width;
    pen_.ground({0, 0, side, look_.height}, pen_.theme.surface);
    const float top = place_bar(pen_, screen_.bar, {0, 0, side});
    const float rail = rail_height(side);
    read_above({margin_, top + look_.px(12), side - 2 * margin_, look_.height - top - rail - look_.px(24)});
    pen_.ground({side, 0, look_.px(1), look_.height}, pen_.theme.divider);
    column({side, 0, column_width, look_.height}, false);
    place_rail(pen_, screen_.rail, {0, look_.height - rail, side});
  }

  // The nodes that are only read, as large as there is room for; what has none stays in the column.
  void read_above(const Box& box) {
    std::size_t count = leading(screen_.main);
    for (; count > 0; --count)
      for (const bool large : {true, false}) {
        Look bigger = look_;
        bigger.large = large;
        Pen pen(bigger, type_);
        const std::vector<Node> nodes(screen_.main.begin(),
                                      screen_.main.begin() + static_cast<std::ptrdiff_t>(count));
        const float h = place_all(pen, nodes, {box.x, box.y, box.w}, look_.px(10));
        if (h > box.h) continue;
        append(pen_.out, pen.out);
        below_.erase(below_.begin(), below_.begin() + static_cast<std::ptrdiff_t>(count));
        return;
      }
  }

  // Large letters where there is room for them: in the low half and beside a panel there may be none.
  void column(const Box& box, bool with_rail) {
    for (;;) {
      const float rail = with_rail ? rail_height(box.w) : 0;
      const float foot = foot_height(box.w);
      const float pad = look_.px(look_.low ? 8 : 14);
      const Box room{box.x + margin_, box.y + pad, box.w - 2 * margin_, box.h - rail - foot - 2 * pad};
      if (!main(room, !look_.large)) {
        look_.large = false;
        continue;
      }
      place_foot(pen_, screen_.foot, {box.x, box.bottom() - rail - foot, box.w});
      if (with_rail) place_rail(pen_, screen_.rail, {box.x, box.bottom() - rail, box.w});
      return;
    }
  }

  // False when it would not do, and nothing was drawn; what must be drawn is.
  bool main(const Box& room, bool must) {
    if (below_.empty()) return true;
    if (room.h < look_.target() * 2) {
      if (!must) return false;
      pen_.misfit(Misfit::Kind::Region, "main", std::to_string(static_cast<int>(room.h)));
    }
    for (const float gap : {18.0F, 14.0F, 8.0F}) {
      Pen pen(look_, type_);
      pen.roomy = gap > 16.0F;
      pen.tight = gap < 10.0F;
      const float h = nodes(pen, room.w, look_.px(gap));
      if (h <= room.h) {
        shift(pen.out, room.x, room.y);
        append(pen_.out, pen.out);
        return true;
      }
      if (gap > 8.0F) continue;
      Page page = cut(pen.out, room.h - page_keys_height(pen_) - look_.px(8), h, page_);
      const bool whole = page.drawing.misfits.empty();
      if (!must && (!whole || look_.low || look_.landscape())) return false;
      add_page(pen_, std::move(page), room, look_);
    }
    return true;
  }

  float nodes(Pen& pen, float w, float gap) {
    std::vector<Node> all;
    for (const Node* node : below_) all.push_back(*node);
    return place_all(pen, all, {0, 0, w}, gap);
  }

  const screen::Screen& screen_;
  Look look_;
  Typesetter& type_;
  Pen pen_;
  int page_;
  float margin_;
  std::vector<const Node*> below_;  // of main, in the column
};

}  // namespace

Drawing compose(const screen::Screen& screen, const Look& look, Typesetter& type, int page) {
  type.forget_old();
  type.speak(screen.language);
  return Composition(screen, look, type, page).run();
}

}  // namespace machi::kiosk
