// The strokes of the pen.
#include "kiosk/layout/pen.h"

#include <limits>

#include "core/screen/fields.h"
#include "core/screen/json.h"
#include "core/words/words.h"
#include "kiosk/draw/icons.h"

namespace machi::kiosk {

std::size_t Pen::ground(const Box& box, Colour colour, float round) {
  Shape shape;
  shape.box = box;
  shape.colour = colour;
  shape.round = round;
  out.shapes.push_back(std::move(shape));
  return out.shapes.size() - 1;
}

std::size_t Pen::edge(const Box& box, Colour colour, float width, float round, bool dashed) {
  Shape shape;
  shape.what = dashed ? Shape::What::Dashed : Shape::What::Edge;
  shape.box = box;
  shape.colour = colour;
  shape.width = width;
  shape.round = round;
  out.shapes.push_back(std::move(shape));
  return out.shapes.size() - 1;
}

void Pen::line(float x, float y, float w, Colour colour, float width) {
  ground({x, y - width / 2, w, width}, colour);
}

void Pen::icon(std::string_view name, float x, float y, float size, Colour colour) {
  if (!has_icon(name)) return;
  Shape shape;
  shape.what = Shape::What::Icon;
  shape.box = {x, y, size, size};
  shape.colour = colour;
  shape.width = std::max(2.0F, size / 12);
  shape.text = name;
  out.shapes.push_back(std::move(shape));
}

void Pen::disc(float x, float y, float size, Colour colour) {
  Shape shape;
  shape.what = Shape::What::Disc;
  shape.box = {x, y, size, size};
  shape.colour = colour;
  out.shapes.push_back(std::move(shape));
}

void Pen::ring(float x, float y, float size, Colour colour, float width) {
  Shape shape;
  shape.what = Shape::What::Ring;
  shape.box = {x, y, size, size};
  shape.colour = colour;
  shape.width = width;
  out.shapes.push_back(std::move(shape));
}

Lines Pen::set(const screen::Node& node, std::string_view text, const Style& style, float width,
               float leading) {
  Lines lines = set_lines(type, text, style, width, leading);
  if (lines.torn) misfit(Misfit::Kind::TooWide, node.id, std::to_string(static_cast<int>(width)));
  for (const char32_t c : type.take_missing())
    misfit(Misfit::Kind::NoGlyph, node.id, std::to_string(static_cast<std::uint32_t>(c)));
  return lines;
}

void Pen::put(const Lines& lines, float x, float y, float w, Colour colour, Align align) {
  const auto piece = [&](const Piece& from, float px, float py, const Style& style) {
    Shape shape;
    shape.what = Shape::What::Text;
    shape.box = {px + from.x, py, 0, 0};
    shape.colour = colour;
    shape.text = from.text;
    shape.style = style;
    shape.shaped = from.shaped;
    out.shapes.push_back(std::move(shape));
  };
  for (const Line& one : lines.lines) {
    const float spare = align == Align::Left ? 0 : (w - one.width) / (align == Align::Middle ? 2.0F : 1.0F);
    const float base = y + lines.ascent;
    const float left = std::round(x + std::max(0.0F, spare));
    for (const Piece& text : one.pieces) piece(text, left, std::round(base), lines.style);
    for (const Piece& reading : one.readings)
      piece(reading, left, std::round(base - lines.style.em * 0.95F),
            {lines.style.em * kReadingShare, false});
    y += lines.line_height;
  }
}

float Pen::write(const screen::Node& node, std::string_view text, const Style& style, const Frame& at,
                 Colour colour, Align align, float leading) {
  if (text.empty()) return 0;
  const Lines lines = set(node, text, style, at.w, leading);
  put(lines, at.x, at.y, at.w, colour, align);
  return lines.height();
}

float Pen::natural(std::string_view text, const Style& style) {
  return set_lines(type, text, style, std::numeric_limits<float>::max()).width;
}

void Pen::target(Target one) {
  if (!one.disabled && (one.box.w < look.target() - 0.5F || one.box.h < look.target() - 0.5F))
    misfit(Misfit::Kind::TooSmall, one.node,
           std::to_string(static_cast<int>(one.box.w)) + "x" + std::to_string(static_cast<int>(one.box.h)));
  out.targets.push_back(std::move(one));
}

void Pen::target(const screen::Node& node, std::string action, std::string value, const Box& box,
                 float round) {
  Target one;
  one.node = node.id;
  one.version = node.version;
  one.action = std::move(action);
  one.value = std::move(value);
  one.name = spoken(node);
  one.box = box;
  one.round = round;
  one.disabled = node.disabled;
  target(std::move(one));
}

void Pen::rewind(const Mark& to) {
  out.shapes.resize(to.shapes);
  out.targets.resize(to.targets);
  out.misfits.resize(to.misfits);
  out.breaks.resize(to.breaks);
  out.shown.resize(to.shown);
}

std::string spoken(const screen::Node& node) {
  std::string out = words::plain(node.name, true);
  for (const std::string* more : {&node.value, &node.hint, &node.error})
    if (!more->empty()) out += " " + words::plain(*more, true);
  return out;
}

std::string icon_name(screen::Icon icon) {
  return icon == screen::Icon::None ? std::string() : std::string(screen::name_of(icon));
}

}  // namespace machi::kiosk
