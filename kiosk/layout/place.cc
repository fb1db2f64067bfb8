// Which function draws which role.
#include "kiosk/layout/place.h"

namespace machi::kiosk {

using screen::Role;

float place(Pen& pen, const screen::Node& node, const Frame& at) {
  pen.shown(node);
  switch (node.role) {
    case Role::Heading:
      return place_heading(pen, node, at);
    case Role::Text:
    case Role::Fact:
    case Role::Step:
    case Role::Cell:
    case Role::TableRow:
      return place_text(pen, node, at);
    case Role::Button:
    case Role::Link:
    case Role::Tab:
      return place_button(pen, node, at);
    case Role::Choice:
      return place_choice(pen, node, at);
    case Role::Field:
      return place_field(pen, node, at);
    case Role::Group:
      return node.kind == screen::Kind::Secret ? place_pin_pad(pen, node, at) : place_group(pen, node, at);
    case Role::Card:
    case Role::Row:
      return place_card(pen, node, at);
    case Role::List:
      return place_list(pen, node, at);
    case Role::Table:
      return place_table(pen, node, at);
    case Role::Facts:
      return place_facts(pen, node, at);
    case Role::Badge:
      return place_badge(pen, node, at);
    case Role::Alert:
      return place_alert(pen, node, at);
    case Role::Steps:
      return place_steps(pen, node, at);
    case Role::Qr:
      return place_qr(pen, node, at);
    case Role::Scanner:
    case Role::File:
    case Role::Photo:
      return place_picture_frame(pen, node, at);
    case Role::Tabs:
      return place_tabs(pen, node, at);
    case Role::Empty:
      return place_empty(pen, node, at);
    case Role::Progress:
      return place_progress(pen, node, at);
  }
  return 0;
}

float place_all(Pen& pen, const std::vector<screen::Node>& nodes, const Frame& at, float gap) {
  float y = at.y;
  Role before = Role::Text;
  for (const screen::Node& node : nodes) {
    if (y > at.y) {
      // What explains a heading stands close to it, and on the same page.
      const bool explains = before == Role::Heading && node.role == Role::Text;
      y += explains ? std::min(gap, pen.look.px(4)) : gap;
      if (before != Role::Heading) pen.may_break(y - gap / 2);
    }
    before = node.role;
    y += place(pen, node, {at.x, y, at.w});
  }
  return y - at.y;
}

float height_of(Pen& pen, const screen::Node& node, float w) {
  const Pen::Mark before = pen.mark();
  const float height = place(pen, node, {0, 0, w});
  pen.rewind(before);
  return height;
}

bool touchable(const screen::Node& node) {
  if (node.role == Role::Button || node.role == Role::Choice || node.role == Role::Field ||
      node.role == Role::Tab || node.role == Role::Link || node.role == Role::Scanner ||
      (node.role == Role::Row && node.interactive))
    return true;
  for (const screen::Node& child : node.children)
    if (touchable(child)) return true;
  return false;
}

}  // namespace machi::kiosk
