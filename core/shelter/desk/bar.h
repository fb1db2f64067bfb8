// The end of the bar over every desk of shelters, whichever office it belongs to: the day, whether the hub is
// reached, and the lock where there is one. Pure.
#pragma once

#include "core/base/time.h"
#include "core/screen/builder.h"

namespace machi::shelter {

// `offline`: the key of what is said while the hub is away. View: words, now, connected, contact, lockable.
template <class View>
void add_bar(screen::Nodes& bar, const View& view, const char* offline) {
  const auto& words = view.words;
  bar.push_back(screen::text("today", words.date(base::date_of(view.now))));
  bar.push_back(
      view.connected
          ? screen::badge("connection",
                          words("desk.connected",
                                {{"time", words.time(base::time_of(view.contact.value_or(view.now)))}}),
                          screen::Tone::Success, screen::Icon::Online)
          : screen::badge("connection", words(offline), screen::Tone::Warning, screen::Icon::Offline));
  if (view.lockable)
    bar.push_back(
        screen::button("lock.now", words("desk.lock.now"), screen::Importance::Tertiary, screen::Icon::Lock));
}

}  // namespace machi::shelter
