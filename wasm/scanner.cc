// The scanner's module: reads a QR symbol from a grey picture, and writes one. Its worker's one thread;
// nothing is kept between calls.
#include <emscripten.h>

#include <cstdint>
#include <string>

#include "core/code/qr.h"

// `pixels`: width*height bytes, 0 black. The text, valid until the next call, or NULL when there is no
// readable symbol.
extern "C" EMSCRIPTEN_KEEPALIVE const char* machi_read_qr(const std::uint8_t* pixels, int width, int height) {
  static std::string text;
  if (pixels == nullptr || width <= 0 || height <= 0) return nullptr;
  const auto size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  auto read = machi::code::read_qr(machi::base::ByteView(pixels, size), width, height);
  if (!read.ok()) return nullptr;
  text = std::move(*read);
  return text.c_str();
}

// The modules of the text's symbol, row by row, '1' dark; valid until the next call, or NULL when it is too
// long.
extern "C" EMSCRIPTEN_KEEPALIVE const char* machi_write_qr(const char* text) {
  static std::string modules;
  auto symbol = machi::code::write_qr(text == nullptr ? "" : text, machi::code::QrLevel::M);
  if (!symbol.ok()) return nullptr;
  modules = std::move(symbol->modules);
  return modules.c_str();
}
