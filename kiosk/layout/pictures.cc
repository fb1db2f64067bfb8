// Symbols to scan, and the frame of a camera: the picture in it is the host's.
#include "kiosk/layout/place.h"

namespace machi::kiosk {

// Black on white with a quiet zone of four modules.
float place_qr(Pen& pen, const screen::Node& node, const Frame& at) {
  std::size_t modules = 0;
  while (modules * modules < node.matrix.size()) ++modules;
  float y = at.y;
  if (modules > 0) {
    const float room = std::min(at.w, pen.look.px(260));
    const float cell = std::max(2.0F, std::floor(room / static_cast<float>(modules + 8)));
    const float side = cell * static_cast<float>(modules + 8);
    const float x = std::round(at.x + (at.w - side) / 2);
    pen.ground({x, y, side, side}, rgb(0xffffff));
    Shape shape;
    shape.what = Shape::What::Matrix;
    shape.box = {x + 4 * cell, y + 4 * cell, cell * static_cast<float>(modules),
                 cell * static_cast<float>(modules)};
    shape.text = node.matrix;
    pen.out.shapes.push_back(std::move(shape));
    y += side;
  }
  y += pen.write(node, node.name, pen.body(17), {at.x, y, at.w}, pen.theme.text, Align::Middle);
  return y - at.y;
}

float place_picture_frame(Pen& pen, const screen::Node& node, const Frame& at) {
  const float h = std::max(at.least, std::min(at.w * 0.6F, pen.look.px(240)));
  const Box box{at.x, at.y, at.w, h};
  pen.ground(box, pen.theme.surface);
  pen.edge(box, pen.theme.edge, pen.look.px(2), 0, true);
  const float size = pen.look.px(64);
  pen.icon("scan", at.x + (at.w - size) / 2, at.y + (h - size) / 2, size, pen.theme.primary);
  float y = at.y + h + pen.look.px(6);
  y += pen.write(node, node.name, pen.body(18, true), {at.x, y, at.w}, pen.theme.text, Align::Middle);
  if (!node.hint.empty())
    y += pen.write(node, node.hint, pen.body(16), {at.x, y, at.w}, pen.theme.secondary, Align::Middle);
  return y - at.y;
}

}  // namespace machi::kiosk
