// The opacity of white letters is the coverage.
#include "kiosk/web/canvas_shaper.h"

#include <emscripten/em_js.h>

#include <cmath>

// clang-format off
EM_JS(void, machi_brush, (double em, int bold), {
  if (!Module["machi_canvas"]) Module["machi_canvas"] = new OffscreenCanvas(8, 8);
  if (!Module["machi_brush"]) Module["machi_brush"] = Module["machi_canvas"].getContext("2d", { willReadFrequently: true });
  Module["machi_brush"].font = (bold ? "bold " : "") + em + "px Noto Sans Devanagari, Lohit Devanagari, IPAmjMincho, sans-serif";
});
EM_JS(double, machi_measure, (const char* text, int size), {
  return Module["machi_brush"].measureText(new TextDecoder().decode(HEAPU8.slice(text, text + size))).width;
});
EM_JS(void, machi_paint, (const char* text, int size, int width, int height, double left, double top, void* out), {
  const brush = Module["machi_brush"];
  const font = brush.font;
  Module["machi_canvas"].width = width;
  Module["machi_canvas"].height = height;
  brush.font = font;
  brush.fillStyle = "#fff";
  brush.fillText(new TextDecoder().decode(HEAPU8.slice(text, text + size)), -left, top);
  const pixels = brush.getImageData(0, 0, width, height).data;
  for (let i = 0; i < width * height; ++i) HEAPU8[out + i] = pixels[4 * i + 3];
});
// clang-format on

namespace machi::kiosk {
namespace {

class CanvasShaper final : public Shaper {
 public:
  std::optional<RunPicture> draw(std::string_view run, float em, bool bold) override {
    const int size = static_cast<int>(run.size());
    machi_brush(em, bold ? 1 : 0);
    RunPicture out;
    out.advance = static_cast<float>(machi_measure(run.data(), size));
    const int margin = static_cast<int>(std::ceil(em / 4));
    const int up = static_cast<int>(std::ceil(em * 1.1F));
    out.width = static_cast<int>(std::ceil(out.advance)) + 2 * margin;
    out.height = up + static_cast<int>(std::ceil(em * 0.6F));
    out.left = static_cast<float>(-margin);
    out.top = static_cast<float>(up);
    out.coverage.assign(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height), 0);
    machi_paint(run.data(), size, out.width, out.height, out.left, out.top, out.coverage.data());
    return out;
  }
};

}  // namespace

std::unique_ptr<Shaper> canvas_shaper() { return std::make_unique<CanvasShaper>(); }

}  // namespace machi::kiosk
