// kiosk.html: the kiosk's own presenter on a canvas of the page, by WebGL 2. The page hands in its fonts,
// touches and keys, and asks for a frame when something has changed; nothing here runs by itself. The page's
// thread.
#include <GLES3/gl3.h>
#include <emscripten/html5.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <memory>

#include "kiosk/draw/stage.h"
#include "kiosk/presenter.h"
#include "kiosk/web/canvas_shaper.h"
#include "kiosk/web/practice.h"

namespace {

namespace base = machi::base;
using machi::kiosk::Look;
using machi::kiosk::practice;

struct Canvas {
  machi::kiosk::Stage stage;
  base::Bytes regular, bold;  // they stay where they are
  std::unique_ptr<machi::kiosk::Typesetter> type;
  std::unique_ptr<machi::kiosk::Presenter> presenter;
  std::string focused, said;
  Look look;
};
std::unique_ptr<Canvas> canvas;

}  // namespace

extern "C" {

// After kiosk_open. canvas_id: a selector. 0; 1: the fonts cannot be read; 2: there is no WebGL 2.
int kiosk_stage(const char* canvas_id, const std::uint8_t* regular, int regular_size,
                const std::uint8_t* bold, int bold_size) {
  EmscriptenWebGLContextAttributes wanted;
  emscripten_webgl_init_context_attributes(&wanted);
  wanted.majorVersion = 2;
  wanted.alpha = EM_FALSE;
  wanted.depth = EM_FALSE;
  wanted.antialias = EM_FALSE;
  wanted.preserveDrawingBuffer = EM_TRUE;  // it is drawn only when something has changed
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = emscripten_webgl_create_context(canvas_id, &wanted);
  if (context <= 0 || emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS) return 2;
  canvas = std::make_unique<Canvas>();
  canvas->regular.assign(regular, regular + regular_size);
  canvas->bold.assign(bold, bold + bold_size);
  auto type = machi::kiosk::Typesetter::open({canvas->regular, canvas->bold, {}, false},
                                             machi::kiosk::canvas_shaper());
  if (!type) return 1;
  canvas->type = std::move(*type);
  ImGui_ImplOpenGL3_Init("#version 300 es");
  canvas->presenter = std::make_unique<machi::kiosk::Presenter>(*canvas->type);
  return 0;
}

// Takes the newest screen. Size in pixels of the canvas.
void kiosk_show(int width, int height, float mm_per_pixel) {
  const auto& manner = practice()->app().manner();
  Look& look = canvas->look;
  look.page_back = machi::kiosk::practice_word("kiosk.page.back");
  look.page_on = machi::kiosk::practice_word("kiosk.page.on");
  look.large = manner.large;
  look.low = manner.low;
  look.contrast = manner.contrast;
  look.mm_per_pixel = mm_per_pixel;
  look.width = static_cast<float>(width);
  look.height = static_cast<float>(height);
  canvas->presenter->look(look);
  canvas->presenter->show(practice()->app().view());
}

// Draws when something has changed. 1 when it drew.
int kiosk_draw() {
  if (!canvas->presenter->wants_frame()) return 0;
  const Look& look = canvas->look;
  ImGui_ImplOpenGL3_NewFrame();
  ImDrawList& list = canvas->stage.begin(look.width, look.height);
  canvas->presenter->frame(list);
  canvas->stage.end();
  glViewport(0, 0, static_cast<GLsizei>(look.width), static_cast<GLsizei>(look.height));
  glClearColor(1, 1, 1, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  return 1;
}

// down: 1 touch, 0 release, -1 it went elsewhere. Pixels of the canvas. Then kiosk_take.
void kiosk_touch(int down, float x, float y) {
  if (down > 0) canvas->presenter->touch(x, y);
  if (down == 0) canvas->presenter->release(x, y);
  if (down < 0) canvas->presenter->cancel_touch();
}
// 0 next, 1 previous, 2 choose, 3 back, 4 erase.
void kiosk_key(int key) { canvas->presenter->key(static_cast<machi::kiosk::Key>(key)); }
void kiosk_digit(int digit) { canvas->presenter->digit(static_cast<char>(digit)); }
// What was done goes to the kiosk. 1 when there was something.
int kiosk_take() {
  const auto actions = canvas->presenter->take();
  for (const auto& action : actions) practice()->act(action);
  return actions.empty() ? 0 : 1;
}
// What has the focus, as a voice says it.
const char* kiosk_focused() {
  canvas->focused = canvas->presenter->focused();
  return canvas->focused.c_str();
}
// Where a node can be touched: x in thousandths of the width * 1000 + y in thousandths of the height; -1:
// nowhere on this page of the screen. value: of a choice, or "".
int kiosk_find(const char* node, const char* value) {
  for (const auto& target : canvas->presenter->composed().targets) {
    if (target.node != node || target.value != value) continue;
    const float x = (target.box.x + target.box.w / 2) / canvas->look.width;
    const float y = (target.box.y + target.box.h / 2) / canvas->look.height;
    return static_cast<int>(x * 1000) * 1000 + static_cast<int>(y * 1000);
  }
  return -1;
}
// How much of this screen did not fit, or has no letter.
int kiosk_misfits() { return static_cast<int>(canvas->presenter->composed().misfits.size()); }
}
