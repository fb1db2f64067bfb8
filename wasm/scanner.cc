// The scanner's module: reads a QR symbol from a grey picture or from the frames of a camera, and writes one.
// Its worker's one thread; of a scan nothing is kept but where the symbol was and what its modules showed.
#include "core/code/qr.h"

#include <emscripten.h>

#include <cstdint>
#include <cstring>
#include <string>

#include "core/code/qr_scan.h"

namespace {

machi::base::ByteView picture(const std::uint8_t* pixels, int width, int height) {
  if (pixels == nullptr || width <= 0 || height <= 0) return {};
  return {pixels, static_cast<std::size_t>(width) * static_cast<std::size_t>(height)};
}

// Valid until the next call.
const char* kept(machi::base::Result<std::string> read) {
  static std::string text;
  if (!read.ok()) return nullptr;
  text = std::move(*read);
  return text.c_str();
}

machi::code::QrScan& scan() {
  static machi::code::QrScan one;
  return one;
}

}  // namespace

// Grey as the eye sees it, from a canvas's RGBA; transparent counts as white.
extern "C" EMSCRIPTEN_KEEPALIVE void machi_grey(const std::uint8_t* __restrict rgba, int count,
                                                std::uint8_t* __restrict grey) {
  // Whole pixels at a time: so the compiler takes several at once.
  const auto pixel = [rgba](int i) {
    std::uint32_t out = 0;
    std::memcpy(&out, rgba + 4 * static_cast<std::ptrdiff_t>(i), 4);
    return out;
  };
  const auto light = [](std::uint32_t p) {
    return ((p & 255) * 77 + (p >> 8 & 255) * 150 + (p >> 16 & 255) * 29) >> 8;
  };
  std::uint32_t solid = ~0u;
  for (int i = 0; i < count; ++i) {
    solid &= pixel(i);
    grey[i] = static_cast<std::uint8_t>(light(pixel(i)));
  }
  if (solid >> 24 == 255) return;
  for (int i = 0; i < count; ++i)
    grey[i] = static_cast<std::uint8_t>(255 - ((255 - light(pixel(i))) * (pixel(i) >> 24) + 127) / 255);
}

// `pixels`: width*height bytes, 0 black. The text, valid until the next call, or NULL when there is no
// readable symbol.
extern "C" EMSCRIPTEN_KEEPALIVE const char* machi_read_qr(const std::uint8_t* pixels, int width, int height) {
  return kept(machi::code::read_qr(picture(pixels, width, height), width, height));
}

// The same of a camera's next frame; begun anew, nothing of earlier frames counts.
extern "C" EMSCRIPTEN_KEEPALIVE const char* machi_scan_frame(const std::uint8_t* pixels, int width,
                                                             int height) {
  return kept(scan().frame(picture(pixels, width, height), width, height));
}
extern "C" EMSCRIPTEN_KEEPALIVE void machi_scan_begin() { scan() = machi::code::QrScan(); }

// The modules of the text's symbol, row by row, '1' dark; valid until the next call, or NULL when it is too
// long.
extern "C" EMSCRIPTEN_KEEPALIVE const char* machi_write_qr(const char* text) {
  static std::string modules;
  auto symbol = machi::code::write_qr(text == nullptr ? "" : text, machi::code::QrLevel::M);
  if (!symbol.ok()) return nullptr;
  modules = std::move(symbol->modules);
  return modules.c_str();
}
