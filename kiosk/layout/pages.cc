// A ground that lies below several pages is cut; letters and what can be touched belong to one page whole.
#include "kiosk/layout/pages.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "kiosk/layout/compose.h"

namespace machi::kiosk {
namespace {

bool stretches(const Shape& shape) {
  return shape.what == Shape::What::Fill || shape.what == Shape::What::Edge ||
         shape.what == Shape::What::Dashed;
}

std::vector<std::pair<float, float>> spans(const Drawing& whole, float room, float h, bool& forced) {
  std::vector<float> breaks = whole.breaks;
  std::sort(breaks.begin(), breaks.end());
  breaks.push_back(h);
  std::vector<std::pair<float, float>> out;
  float from = 0;
  while (from < h - 1) {
    float to = from;
    for (const float one : breaks)
      if (one > from + 1 && one <= from + room) to = one;
    if (to <= from) {
      to = std::min(h, from + room);
      forced = true;
    }
    out.emplace_back(from, to);
    from = to;
  }
  return out;
}

screen::Node key(const char* id, const std::string& name) {
  screen::Node node;
  node.id = id;
  node.role = screen::Role::Button;
  node.name = name;
  return node;
}

void page_key(Pen& pen, const char* id, const std::string& name, std::string_view icon, const Box& box,
              bool disabled) {
  const screen::Node node = key(id, name);
  const float round = pen.look.px(8);
  pen.ground(box, disabled ? pen.theme.disabled : pen.theme.surface, round);
  pen.edge(box, disabled ? pen.theme.edge : pen.theme.primary, pen.look.px(1.5F), round, disabled);
  const float size = pen.look.px(24);
  const Lines text = pen.set(node, name, {pen.look.px(17), true}, box.w - size - pen.look.px(20), 1.2F);
  const float x = box.x + (box.w - size - text.width - pen.look.px(6)) / 2;
  const Colour colour = disabled ? pen.theme.secondary : pen.theme.primary;
  pen.icon(icon, x, box.y + (box.h - size) / 2, size, colour);
  pen.put(text, x + size + pen.look.px(6), box.y + (box.h - text.height()) / 2, text.width, colour,
          Align::Middle);
  Target target;
  target.node = id;
  target.action = "page";
  target.name = name;
  target.box = box;
  target.round = round;
  target.disabled = disabled;
  pen.target(std::move(target));
}

}  // namespace

void shift(Drawing& drawing, float x, float y) {
  for (Shape& shape : drawing.shapes) {
    shape.box.x += x;
    shape.box.y += y;
  }
  for (Target& target : drawing.targets) {
    target.box.x += x;
    target.box.y += y;
  }
}

void append(Drawing& to, Drawing& from) {
  const auto all = [](auto& out, auto& in) {
    out.insert(out.end(), std::make_move_iterator(in.begin()), std::make_move_iterator(in.end()));
  };
  all(to.shapes, from.shapes);
  all(to.targets, from.targets);
  all(to.misfits, from.misfits);
  all(to.shown, from.shown);
}

Page cut(const Drawing& whole, float room, float h, int page) {
  Page out;
  bool forced = false;
  const auto all = spans(whole, std::max(room, 40.0F), h, forced);  // never without an end
  out.count = static_cast<int>(all.size());
  out.number = std::clamp(page, 0, out.count - 1);
  const auto [from, to] = all[static_cast<std::size_t>(out.number)];
  out.drawing.shown = whole.shown;
  out.drawing.misfits = whole.misfits;
  if (forced)
    out.drawing.misfits.push_back({Misfit::Kind::TooHigh, "main", std::to_string(static_cast<int>(room))});
  for (Shape shape : whole.shapes) {
    const float top = shape.box.y;
    const float bottom = shape.box.bottom();
    if (stretches(shape)) {
      if (bottom <= from || top >= to) continue;
      shape.box.y = std::max(top, from);
      shape.box.h = std::min(bottom, to) - shape.box.y;
    } else if ((top + bottom) / 2 < from || (top + bottom) / 2 >= to) {
      continue;
    }
    out.drawing.shapes.push_back(std::move(shape));
  }
  for (const Target& target : whole.targets)
    if (const float middle = target.box.y + target.box.h / 2; middle >= from && middle < to)
      out.drawing.targets.push_back(target);
  shift(out.drawing, 0, -from);
  return out;
}

float page_keys_height(Pen& pen) { return pen.look.target(); }

void add_page(Pen& pen, Page page, const Box& room, const Look& look) {
  shift(page.drawing, room.x, room.y);
  append(pen.out, page.drawing);
  pen.out.pages = page.count;
  const float h = page_keys_height(pen);
  const float y = room.bottom() - h;
  const float w = room.w * 0.38F;
  page_key(pen, kPageBack, look.page_back, "up", {room.x, y, w, h}, page.number == 0);
  const screen::Node middle = key("presenter.page", "");
  const std::string count = std::to_string(page.number + 1) + " / " + std::to_string(page.count);
  const Lines text = pen.set(middle, count, {look.px(19), true}, room.w * 0.24F, 1.2F);
  pen.put(text, room.x + w, y + (h - text.height()) / 2, room.w * 0.24F, pen.theme.text, Align::Middle);
  page_key(pen, kPageOn, look.page_on, "down", {room.right() - w, y, w, h}, page.number + 1 >= page.count);
}

}  // namespace machi::kiosk
