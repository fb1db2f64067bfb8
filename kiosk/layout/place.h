// One function a kind of node: draws it into a frame, and says how high it is. Each file of this folder holds
// those of one family. One thread.
#pragma once

#include "kiosk/layout/pen.h"

namespace machi::kiosk {

// Any node.
float place(Pen& pen, const screen::Node& node, const Frame& at);
// One below the other; a page may end between them.
float place_all(Pen& pen, const std::vector<screen::Node>& nodes, const Frame& at, float gap);
// Its height, without drawing it.
float height_of(Pen& pen, const screen::Node& node, float w);
// Whether something in it can be touched.
bool touchable(const screen::Node& node);

// texts.cc
float place_heading(Pen& pen, const screen::Node& node, const Frame& at);
float place_text(Pen& pen, const screen::Node& node, const Frame& at);
float place_alert(Pen& pen, const screen::Node& node, const Frame& at);
float place_empty(Pen& pen, const screen::Node& node, const Frame& at);
// As wide as its word; right: x is its right edge.
float badge_width(Pen& pen, const screen::Node& node);
float place_badge(Pen& pen, const screen::Node& node, const Frame& at);

// buttons.cc
float place_button(Pen& pen, const screen::Node& node, const Frame& at);
// Icon above a short word: for the access bar.
float place_small_button(Pen& pen, const screen::Node& node, const Frame& at);
// Buttons beside each other where their words fit, in equal columns and heights.
float place_buttons(Pen& pen, const std::vector<const screen::Node*>& nodes, const Frame& at, int columns);
float button_width(Pen& pen, const screen::Node& node);

// choices.cc
float place_choice(Pen& pen, const screen::Node& node, const Frame& at);
// fields.cc
float place_field(Pen& pen, const screen::Node& node, const Frame& at);
float place_pin_pad(Pen& pen, const screen::Node& node, const Frame& at);
// frames.cc
float place_group(Pen& pen, const screen::Node& node, const Frame& at);
float place_card(Pen& pen, const screen::Node& node, const Frame& at);
float place_tabs(Pen& pen, const screen::Node& node, const Frame& at);
// lists.cc
float place_list(Pen& pen, const screen::Node& node, const Frame& at);
float place_facts(Pen& pen, const screen::Node& node, const Frame& at);
float place_table(Pen& pen, const screen::Node& node, const Frame& at);
// steps.cc
float place_steps(Pen& pen, const screen::Node& node, const Frame& at);
float place_steps_across(Pen& pen, const screen::Node& node, const Frame& at);
float place_progress(Pen& pen, const screen::Node& node, const Frame& at);
// pictures.cc
float place_qr(Pen& pen, const screen::Node& node, const Frame& at);
float place_picture_frame(Pen& pen, const screen::Node& node, const Frame& at);

}  // namespace machi::kiosk
