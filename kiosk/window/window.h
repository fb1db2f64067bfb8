// The window: SDL2 with OpenGL ES 3, its touches and keys given to a presenter. Draws only when the presenter
// wants it. One thread, the one that opened it. Unreachable when there is no display or no OpenGL.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "kiosk/draw/stage.h"
#include "kiosk/presenter.h"

namespace machi::kiosk {

struct WindowOptions {
  int width = 1080, height = 1920;
  bool offscreen = false;   // no display: into memory
  bool fullscreen = false;  // the whole panel, whatever its size
};

struct Pixels {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // from the top
};

class Window {
 public:
  static base::Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  virtual ~Window() = default;

  // Waits at most so long for something to happen, and hands everything that has happened to the presenter.
  // False when the window was closed.
  virtual bool pump(Presenter& presenter, int wait_ms) = 0;
  // From another thread: pump() returns at once.
  virtual void wake() = 0;
  // Draws when the presenter wants it, or when forced. Whether it drew.
  virtual bool draw(Presenter& presenter, bool force = false) = 0;
  // F1 to F12.
  virtual void on_function_key(std::function<void(int)> key) = 0;
  virtual Pixels pixels() = 0;  // of the last frame
  virtual int width() const = 0;
  virtual int height() const = 0;
  virtual Stage& stage() = 0;
};

}  // namespace machi::kiosk
