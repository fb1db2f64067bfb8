// One notice, whole: its words in the reader's language or the original's, when and where, and what can be
// done with it on this phone alone. Owned by the app; one thread.
#pragma once

#include "core/notice/citizen/context.h"

namespace machi::notice {

class OneNotice {
 public:
  void open() { *this = {}; }
  // Nothing: it is not here any more - withdrawn, over, or no more for this person.
  std::optional<screen::Screen> view(const PhoneContext& context, const std::string& serial) const;
  PhoneStep act(const PhoneContext& context, const std::string& serial, const screen::Action& action);

 private:
  std::string language_;  // chosen; "": the reader's
  bool speaking_ = false;
  bool judged_ = false;  // useful or not, once while it is shown
};

// RFC 5545, for the phone's calendar.
std::string calendar_entry(const NoticeEntry& entry, const NoticeText& text, Instant now);

}  // namespace machi::notice
