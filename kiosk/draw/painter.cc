// One shape after the other, in the order in which they were drawn.
#include "kiosk/draw/painter.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "kiosk/draw/icons.h"

namespace machi::kiosk {
namespace {

void dashed(ImDrawList& list, const Box& box, Colour colour, float width) {
  const float dash = width * 4;
  const auto line = [&](ImVec2 from, ImVec2 to) {
    const float length = std::abs(to.x - from.x) + std::abs(to.y - from.y);
    for (float at = 0; at < length; at += 2 * dash) {
      const float a = at / length;
      const float b = std::min(1.0F, (at + dash) / length);
      list.AddLine({from.x + (to.x - from.x) * a, from.y + (to.y - from.y) * a},
                   {from.x + (to.x - from.x) * b, from.y + (to.y - from.y) * b}, colour, width);
    }
  };
  line({box.x, box.y}, {box.right(), box.y});
  line({box.right(), box.y}, {box.right(), box.bottom()});
  line({box.right(), box.bottom()}, {box.x, box.bottom()});
  line({box.x, box.bottom()}, {box.x, box.y});
}

// Black on white, whatever the palette: a camera shall read it.
void modules(ImDrawList& list, const Box& box, const std::string& matrix) {
  std::size_t side = 0;
  while (side * side < matrix.size()) ++side;
  if (side == 0) return;
  const float cell = std::floor(box.w / static_cast<float>(side));
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    if (matrix[i] != '1') continue;
    const float x = box.x + cell * static_cast<float>(i % side);
    const float y = box.y + cell * static_cast<float>(i / side);
    list.AddRectFilled({x, y}, {x + cell, y + cell}, rgb(0));
  }
}

}  // namespace

void paint(ImDrawList& list, Typesetter& type, const Drawing& drawing) {
  for (const Shape& shape : drawing.shapes) {
    const Box& box = shape.box;
    const ImVec2 a(box.x, box.y);
    const ImVec2 b(box.right(), box.bottom());
    switch (shape.what) {
      case Shape::What::Fill:
        list.AddRectFilled(a, b, shape.colour, shape.round);
        break;
      case Shape::What::Edge: {
        const float half = shape.width / 2;
        list.AddRect({a.x + half, a.y + half}, {b.x - half, b.y - half}, shape.colour, shape.round, 0,
                     shape.width);
        break;
      }
      case Shape::What::Dashed:
        dashed(list, box.inset(shape.width / 2), shape.colour, shape.width);
        break;
      case Shape::What::Text:
        type.draw(list, box.x, box.y, shape.text, shape.shaped, shape.style, shape.colour);
        break;
      case Shape::What::Icon:
        draw_icon(list, shape.text, box, shape.colour, shape.width);
        break;
      case Shape::What::Disc:
        list.AddCircleFilled({box.x + box.w / 2, box.y + box.h / 2}, box.w / 2, shape.colour);
        break;
      case Shape::What::Ring:
        list.AddCircle({box.x + box.w / 2, box.y + box.h / 2}, box.w / 2 - shape.width / 2, shape.colour, 0,
                       shape.width);
        break;
      case Shape::What::Line:
        list.AddLine(a, b, shape.colour, shape.width);
        break;
      case Shape::What::Matrix:
        modules(list, box, shape.text);
        break;
    }
  }
}

void paint_focus(ImDrawList& list, const Target& target, const Theme& theme, float unit) {
  const auto ring = [&](float outset, Colour colour, float width) {
    const Box box = target.box.inset(-outset);
    list.AddRect({box.x, box.y}, {box.right(), box.bottom()}, colour, target.round + outset, 0, width);
  };
  ring(3 * unit, theme.focus_outer, 4 * unit);
  ring(0, theme.focus_inner, 2 * unit);
}

void paint_pressed(ImDrawList& list, const Target& target, const Theme& theme) {
  list.AddRectFilled({target.box.x, target.box.y}, {target.box.right(), target.box.bottom()},
                     (theme.text & 0xffffffu) | 0x28000000u, target.round);
}

}  // namespace machi::kiosk
