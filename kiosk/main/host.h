// Port: whoever stands behind the screen - the kiosk's app with its devices (platform/kiosk), or with none
// (kiosk/trial). One thread, the window's.
#pragma once

#include <functional>

#include "core/app/kiosk.h"

namespace machi::kiosk {

class Host {
 public:
  virtual ~Host() = default;
  virtual void act(const screen::Action& action) = 0;
  // Takes what has happened. True when the screen has changed.
  virtual bool turn() = 0;
  // Until turn() has something to do by the clock; -1 when nothing waits for it.
  virtual int wait_ms() const = 0;
  virtual app::Kiosk& app() = 0;
  // Where what is to be said goes, an empty text means silence; without it the kiosk says nothing.
  using Speak = std::function<void(const std::string& text, const std::string& language)>;
  virtual void on_speak(Speak speak) = 0;
  // False when its process should be started anew.
  virtual bool well() const { return true; }
  // A key of the training keyboard, F1 to F12; nothing on a real kiosk.
  virtual void function_key(int) {}
};

}  // namespace machi::kiosk
