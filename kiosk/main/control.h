// A kiosk on a desk, commanded by lines (machi simulate dock): what shows, what is pressed, a picture of it.
// Only with --dock: a kiosk that serves takes nothing from its standard input. A thread of its own reads;
// everything else happens in the window's.
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <thread>

#include "kiosk/main/host.h"
#include "kiosk/window/window.h"

namespace machi::kiosk {

class Control {
 public:
  Control(Window& window, bool offscreen);
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  // Does what was said since, and answers each line with one of JSON on standard output. False: the one who
  // commands is gone.
  bool obey(Presenter& presenter, Host& host);

 private:
  void listen();
  std::string answer(const std::string& line, Presenter& presenter, Host& host);

  Window& window_;
  bool offscreen_;
  int end_[2] = {-1, -1};  // ends the thread
  std::mutex mutex_;
  std::deque<std::string> lines_;
  bool gone_ = false;
  std::thread thread_;
};

}  // namespace machi::kiosk
