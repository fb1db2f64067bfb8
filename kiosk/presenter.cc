// Targets are known by node and value, never by their place: a tree that changes under a finger changes
// nothing of what the finger means.
#include "kiosk/presenter.h"

#include <imgui.h>

#include <utility>

#include "core/screen/fields.h"
#include "kiosk/draw/painter.h"

namespace machi::kiosk {
namespace {

std::string key_of(const Target& target) { return target.node + "=" + target.value; }

const screen::Node* find_in(const std::vector<screen::Node>& nodes, const std::string& id) {
  for (const screen::Node& node : nodes) {
    if (node.id == id) return &node;
    if (const screen::Node* found = find_in(node.children, id)) return found;
  }
  return nullptr;
}

const screen::Node* find_in(const screen::Screen& screen, const std::string& id) {
  for (const auto* region : {&screen.bar, &screen.main, &screen.foot, &screen.rail})
    if (const screen::Node* found = find_in(*region, id)) return found;
  return nullptr;
}

}  // namespace

void Presenter::show(screen::Screen screen) {
  const bool other = screen.name != screen_.name;
  screen_ = std::move(screen);
  if (other) {
    page_ = 0;
    pressed_.clear();
    draft_node_.clear();
    draft_.clear();
    focus_ = screen_.focus.empty() ? "" : screen_.focus + "=";
  }
  stale_ = changed_ = true;
}

void Presenter::look(const Look& look) {
  if (look == look_) return;
  look_ = look;
  stale_ = changed_ = true;
}

const Drawing& Presenter::composed() {
  if (!stale_) return drawing_;
  stale_ = false;
  screen::Screen shown = screen_;
  if (!draft_node_.empty())
    if (const screen::Node* node = find_in(shown, draft_node_))
      const_cast<screen::Node*>(node)->value = draft_;
  drawing_ = compose(shown, look_, type_, page_);
  page_ = std::min(page_, drawing_.pages - 1);
  return drawing_;
}

void Presenter::frame(ImDrawList& list) {
  composed();
  paint(list, type_, drawing_);
  if (!pressed_.empty())
    for (const Target& target : drawing_.targets)
      if (key_of(target) == pressed_) paint_pressed(list, target, theme(look_.contrast));
  if (ring_)
    if (const auto at = focused_at())
      paint_focus(list, drawing_.targets[*at], theme(look_.contrast), look_.unit());
  changed_ = false;
}

const Target* Presenter::hit(float x, float y) const {
  for (const Target& target : drawing_.targets)
    if (!target.disabled && target.box.holds(x, y)) return &target;
  return nullptr;
}

void Presenter::touch(float x, float y) {
  composed();
  ring_ = false;
  const Target* target = hit(x, y);
  pressed_ = target == nullptr ? "" : key_of(*target);
  changed_ = true;
}

void Presenter::release(float x, float y) {
  composed();
  const std::string began = std::exchange(pressed_, {});
  changed_ = true;
  const Target* target = hit(x, y);
  if (target == nullptr || began != key_of(*target)) return;
  focus_ = began;
  act(*target);
}

void Presenter::cancel_touch() {
  changed_ = changed_ || !pressed_.empty();
  pressed_.clear();
}

void Presenter::act(const Target& target) {
  if (target.action == "page") return turn_to(page_ + (target.node == kPageOn ? 1 : -1));
  if (target.action == "type") return;
  screen::Action action;
  action.screen = screen_.name;
  action.revision = screen_.revision;
  // What was typed is handed in before whatever follows.
  if (!draft_node_.empty()) {
    action.node = std::exchange(draft_node_, {});
    action.action = "enter";
    action.value = std::exchange(draft_, {});
    if (const screen::Node* node = find_in(screen_, action.node)) action.version = node->version;
    actions_.push_back(action);
  }
  action.node = target.node;
  action.version = target.version;
  action.action = target.action;
  action.value = target.value;
  action.values = target.values;
  actions_.push_back(std::move(action));
}

std::optional<std::size_t> Presenter::focused_at() const {
  std::optional<std::size_t> same_node;
  const std::string node = focus_.substr(0, focus_.find('='));
  for (std::size_t i = 0; i < drawing_.targets.size(); ++i) {
    if (key_of(drawing_.targets[i]) == focus_) return i;
    // A number's key has another value after each press, and a choice is named by its node alone.
    if (!node.empty() && drawing_.targets[i].node == node && !same_node) same_node = i;
  }
  return same_node;
}

void Presenter::move(int by) {
  const auto count = static_cast<int>(drawing_.targets.size());
  const auto from = focused_at();
  int at = from ? static_cast<int>(*from) : (by > 0 ? -1 : count);
  for (int tried = 0; tried < count; ++tried) {
    at = (at + by + count) % count;
    const Target& target = drawing_.targets[static_cast<std::size_t>(at)];
    if (target.disabled) continue;
    focus_ = key_of(target);
    return;
  }
}

void Presenter::key(Key key) {
  composed();
  const bool shown = std::exchange(ring_, true);
  changed_ = true;
  switch (key) {
    case Key::Next:
    case Key::Previous:
      // The first press only shows where the focus is.
      if (shown || !focused_at()) move(key == Key::Next ? 1 : -1);
      break;
    case Key::Choose:
      if (const auto at = focused_at(); at && !drawing_.targets[*at].disabled)
        act(Target(drawing_.targets[*at]));
      break;
    case Key::Back:
      actions_.push_back({screen_.name, screen_.revision, {}, {}, "back", {}, {}});
      break;
    case Key::Erase:
      if (!draft_.empty()) {
        while (draft_.size() > 1 && (static_cast<unsigned char>(draft_.back()) & 0xc0) == 0x80)
          draft_.pop_back();
        draft_.pop_back();
        stale_ = true;
      }
      break;
  }
}

void Presenter::digit(char digit) {
  composed();
  const std::string id = std::string("key.") + digit;
  for (const Target& target : drawing_.targets)
    if (target.node == id && !target.disabled) return act(Target(target));
  type(std::string_view(&digit, 1));
}

void Presenter::type(std::string_view text) {
  const auto at = focused_at();
  if (!at || drawing_.targets[*at].action != "type") return;
  draft_node_ = drawing_.targets[*at].node;
  draft_ += text;
  stale_ = changed_ = true;
}

std::string Presenter::focused() const {
  const auto at = focused_at();
  return at ? drawing_.targets[*at].name : std::string();
}

bool Presenter::focus(std::string_view where) {
  composed();
  focus_ = where.find('=') == std::string_view::npos ? std::string(where) + "=" : std::string(where);
  ring_ = changed_ = true;
  return focused_at().has_value();
}

void Presenter::turn_to(int page) {
  page_ = std::max(0, page);
  stale_ = changed_ = true;
}

}  // namespace machi::kiosk
