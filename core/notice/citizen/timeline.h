// The timeline: what the town has said, newest first, a day at a time; what is grave stands on top. Owned by
// the app; one thread.
#pragma once

#include "core/notice/citizen/context.h"

namespace machi::notice {

class Timeline {
 public:
  screen::Screen view(const PhoneContext& context) const;
  PhoneStep act(const PhoneContext& context, const screen::Action& action);
  // For the app beside this one: how many wait, and the gravest unread.
  static int unread(const PhoneContext& context);
  static std::string urgent(const PhoneContext& context);

 private:
  PhoneStep open_tile(const MenuTile& tile);
  std::string filter_ = "all";  // "unread", "important", "theme.garbage"
  std::string words_;           // looked for
  bool searching_ = false;
  int shown_ = 60;
};

}  // namespace machi::notice
