// DeskPages: where the person at the desk is, and what each press means. The app shows view(), hands actions
// to act(), and carries out the wishes that lie outside of the school's tables. Owned by the desk app; one
// thread.
#pragma once

#include "core/absence/desk/scene.h"

namespace machi::absence {

// What a press asks of the app; at most one is set.
struct DeskWish {
  std::string language;                 // BCP 47
  std::optional<mail::SlipCode> fetch;  // a slip to be shown
  bool invite = false;                  // an invitation for another desk
  bool hide_invitation = false;
};

class DeskPages {
 public:
  explicit DeskPages(SchoolDesk& school) : school_(school) {}

  const DeskPlace& place() const { return place_; }
  screen::Screen view(const DeskScene& scene) const;
  // The action still means what it meant (screen::still_means). `scene` as the screen was drawn from.
  Result<DeskWish> act(const screen::Action& action, const DeskScene& scene);
  // A sentence to show until the next press.
  void notice(std::string key) { place_.notice = std::move(key); }

 private:
  Status press(const screen::Action& action, const DeskScene& scene, DeskWish& wish);
  Status press_with_subject(std::string_view verb, std::string_view subject, const screen::Action& action,
                            const DeskScene& scene);
  void turn_day(const DeskScene& scene, int direction);

  SchoolDesk& school_;
  DeskPlace place_;
};

}  // namespace machi::absence
