// SDL2's window. A touch panel speaks by fingers, a training room by a mouse; both become one pointer.
#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <GLES3/gl3.h>

#include <cstdlib>
#include <cstring>

#include "kiosk/window/window.h"

namespace machi::kiosk {
namespace {

class SdlWindow : public Window {
 public:
  SdlWindow(SDL_Window* window, SDL_GLContext context)
      : window_(window), context_(context), wake_(SDL_RegisterEvents(1)) {
    SDL_GetWindowSize(window_, &width_, &height_);
    ImGui_ImplOpenGL3_Init("#version 300 es");
    SDL_StartTextInput();
  }
  SdlWindow(const SdlWindow&) = delete;
  SdlWindow& operator=(const SdlWindow&) = delete;
  ~SdlWindow() override {
    ImGui_ImplOpenGL3_Shutdown();
    SDL_GL_DeleteContext(context_);
    SDL_DestroyWindow(window_);
    SDL_Quit();
  }

  bool pump(Presenter& presenter, int wait_ms) override {
    SDL_Event event;
    if (SDL_WaitEventTimeout(&event, wait_ms) == 0) return true;
    do {
      if (!handle(presenter, event)) return false;
    } while (SDL_PollEvent(&event) != 0);
    return true;
  }

  void wake() override {
    SDL_Event event;
    std::memset(&event, 0, sizeof event);
    event.type = wake_;
    SDL_PushEvent(&event);
  }

  bool draw(Presenter& presenter, bool force) override {
    if (!force && !exposed_ && !presenter.wants_frame()) return false;
    exposed_ = false;
    ImGui_ImplOpenGL3_NewFrame();
    ImDrawList& list = stage_.begin(static_cast<float>(width_), static_cast<float>(height_));
    presenter.frame(list);
    stage_.end();
    glViewport(0, 0, width_, height_);
    glClearColor(1, 1, 1, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    SDL_GL_SwapWindow(window_);
    return true;
  }

  Pixels pixels() override {
    // What was swapped away is drawn once more: a back buffer is not kept.
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glFinish();
    Pixels out;
    out.width = width_;
    out.height = height_;
    const std::size_t row = static_cast<std::size_t>(width_) * 4;
    std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(height_));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
    out.rgba.resize(upside_down.size());
    for (std::size_t y = 0; y < static_cast<std::size_t>(height_); ++y)
      std::memcpy(&out.rgba[y * row], &upside_down[(static_cast<std::size_t>(height_) - 1 - y) * row], row);
    return out;
  }

  void on_function_key(std::function<void(int)> key) override { function_key_ = std::move(key); }
  int width() const override { return width_; }
  int height() const override { return height_; }
  Stage& stage() override { return stage_; }

 private:
  bool handle(Presenter& presenter, const SDL_Event& event) {
    const auto w = static_cast<float>(width_);
    const auto h = static_cast<float>(height_);
    switch (event.type) {
      case SDL_QUIT:
        return false;
      case SDL_WINDOWEVENT:
        if (event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED) SDL_GetWindowSize(window_, &width_, &height_);
        exposed_ = true;
        break;
      case SDL_FINGERDOWN:
        presenter.touch(event.tfinger.x * w, event.tfinger.y * h);
        break;
      case SDL_FINGERUP:
        presenter.release(event.tfinger.x * w, event.tfinger.y * h);
        break;
      case SDL_MOUSEBUTTONDOWN:
        if (event.button.which != SDL_TOUCH_MOUSEID)
          presenter.touch(static_cast<float>(event.button.x), static_cast<float>(event.button.y));
        break;
      case SDL_MOUSEBUTTONUP:
        if (event.button.which != SDL_TOUCH_MOUSEID)
          presenter.release(static_cast<float>(event.button.x), static_cast<float>(event.button.y));
        break;
      case SDL_TEXTINPUT:
        // Digits are the pad's keys; the space is a switch.
        if (std::strlen(event.text.text) == 1 && event.text.text[0] >= '0' && event.text.text[0] <= '9')
          presenter.digit(event.text.text[0]);
        else if (std::strcmp(event.text.text, " ") != 0)
          presenter.type(event.text.text);
        break;
      case SDL_KEYDOWN:
        key(presenter, event.key.keysym);
        break;
      default:
        break;
    }
    return true;
  }

  // Two switches are plugged in as a keyboard of Space (on) and Enter (choose).
  void key(Presenter& presenter, const SDL_Keysym& pressed) {
    if (pressed.sym >= SDLK_F1 && pressed.sym <= SDLK_F12 && function_key_)
      function_key_(pressed.sym - SDLK_F1 + 1);
    switch (pressed.sym) {
      case SDLK_TAB:
        presenter.key((pressed.mod & KMOD_SHIFT) != 0 ? Key::Previous : Key::Next);
        break;
      case SDLK_SPACE:
      case SDLK_RIGHT:
      case SDLK_DOWN:
        presenter.key(Key::Next);
        break;
      case SDLK_LEFT:
      case SDLK_UP:
        presenter.key(Key::Previous);
        break;
      case SDLK_RETURN:
      case SDLK_KP_ENTER:
        presenter.key(Key::Choose);
        break;
      case SDLK_ESCAPE:
        presenter.key(Key::Back);
        break;
      case SDLK_BACKSPACE:
        presenter.key(Key::Erase);
        break;
      default:
        break;
    }
  }

  Stage stage_;
  SDL_Window* window_;
  SDL_GLContext context_;
  Uint32 wake_;
  int width_ = 0, height_ = 0;
  bool exposed_ = true;
  std::function<void(int)> function_key_;
};

}  // namespace

base::Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  if (options.offscreen) setenv("SDL_VIDEODRIVER", "offscreen", 1);
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return base::fail(base::Code::Unreachable, SDL_GetError());
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
  const Uint32 flags = SDL_WINDOW_OPENGL | (options.fullscreen ? Uint32{SDL_WINDOW_FULLSCREEN_DESKTOP} : Uint32{0});
  SDL_Window* window = SDL_CreateWindow("machi_kiosk", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                        options.width, options.height, flags);
  SDL_GLContext context = window == nullptr ? nullptr : SDL_GL_CreateContext(window);
  if (context == nullptr) {
    const std::string why = SDL_GetError();
    if (window != nullptr) SDL_DestroyWindow(window);
    SDL_Quit();
    return base::fail(base::Code::Unreachable, why);
  }
  // The panel sets the pace; without one nothing waits.
  SDL_GL_SetSwapInterval(options.offscreen ? 0 : 1);
  return std::unique_ptr<Window>(std::make_unique<SdlWindow>(window, context));
}

}  // namespace machi::kiosk
