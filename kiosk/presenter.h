// The presenter: shows a tree, takes touches and keys, gives actions back. It knows no window: whoever has
// one calls frame() inside of a Dear ImGui frame when wants_frame() says so. Drafts, domain rules and clocks
// it has none. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/layout/compose.h"

namespace machi::kiosk {

enum class Key { Next, Previous, Choose, Back, Erase };

class Presenter {
 public:
  explicit Presenter(Typesetter& type) : type_(type) {}

  // A tree to show from the next frame on. The focus stays on its node while it is there; a new screen gives
  // it to the node that it names.
  void show(screen::Screen screen);
  void look(const Look& look);
  const Look& look() const { return look_; }

  bool wants_frame() const { return changed_; }
  // Composes when needed, and paints.
  void frame(ImDrawList& list);
  const Drawing& drawing() const { return drawing_; }
  // The same without painting: for tests.
  const Drawing& composed();

  // A finger or the pointer, in pixels. A touch counts where it ends, when it began there too.
  void touch(float x, float y);
  void release(float x, float y);
  void cancel_touch();
  // Two switches are Next and Choose.
  void key(Key key);
  void digit(char digit);            // on a keyboard: presses the pad's key
  void type(std::string_view text);  // into the field that has the focus

  // What was done, in order.
  std::vector<screen::Action> take() { return std::exchange(actions_, {}); }
  // What a voice says of the target that has the focus; empty without one.
  std::string focused() const;
  // Puts the focus there: "node" or "node=value". For tests and pictures.
  bool focus(std::string_view where);
  void turn_to(int page);

 private:
  const Target* hit(float x, float y) const;
  void act(const Target& target);
  void move(int by);
  std::optional<std::size_t> focused_at() const;

  Typesetter& type_;
  screen::Screen screen_;
  Look look_;
  Drawing drawing_;
  int page_ = 0;
  bool stale_ = true;    // to be composed anew
  bool changed_ = true;  // to be painted
  bool ring_ = false;    // keys were used last: the focus is seen
  std::string focus_;    // the target's key, "" = none
  std::string pressed_;
  std::string draft_node_, draft_;
  std::vector<screen::Action> actions_;
};

}  // namespace machi::kiosk
