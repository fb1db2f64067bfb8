// PNG by libpng's simple interface, JPEG by libjpeg, which leaves by longjmp: nothing with a destructor lives
// across it.
#include "platform/machi/symbol_picture.h"

#include <jpeglib.h>
#include <png.h>

#include <csetjmp>

namespace machi::sample {
namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr int kQuiet = 4;
constexpr std::size_t kSideLimit = 16384;
constexpr std::size_t kPixelLimit = 100'000'000;

struct Image {
  png_image image{};
  ~Image() { png_image_free(&image); }
};

bool fits(std::size_t width, std::size_t height) {
  return width > 0 && height > 0 && width <= kSideLimit && height <= kSideLimit &&
         width * height <= kPixelLimit;
}

Result<GreyPicture> read_png(base::ByteView file) {
  Image in;
  in.image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&in.image, file.data(), file.size()) == 0)
    return fail(Code::BadInput, "png");
  if (!fits(in.image.width, in.image.height)) return fail(Code::TooLarge, "picture");
  in.image.format = PNG_FORMAT_GRAY;
  GreyPicture out{base::Bytes(PNG_IMAGE_SIZE(in.image)), static_cast<int>(in.image.width),
                  static_cast<int>(in.image.height)};
  const png_color white{255, 255, 255};  // under what is transparent
  if (png_image_finish_read(&in.image, &white, out.pixels.data(), 0, nullptr) == 0)
    return fail(Code::BadInput, "png");
  return out;
}

struct JpegErrors {
  jpeg_error_mgr base;
  std::jmp_buf back;
};

[[noreturn]] void leave(j_common_ptr jpeg) {
  std::longjmp(reinterpret_cast<JpegErrors*>(jpeg->err)->back, 1);  // base is its first member
}
void say_nothing(j_common_ptr) {}

// False when it is broken. `out` lies outside, so that a jump leaves nothing half destroyed.
bool decode_jpeg(base::ByteView file, GreyPicture& out, bool& too_large) {
  jpeg_decompress_struct jpeg{};
  JpegErrors errors{};
  jpeg.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = leave;
  errors.base.output_message = say_nothing;
  if (setjmp(errors.back) != 0) {
    jpeg_destroy_decompress(&jpeg);
    return false;
  }
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, file.data(), static_cast<unsigned long>(file.size()));
  jpeg_read_header(&jpeg, TRUE);
  too_large = !fits(jpeg.image_width, jpeg.image_height);
  if (!too_large) {
    jpeg.out_color_space = JCS_GRAYSCALE;
    jpeg_start_decompress(&jpeg);
    out.width = static_cast<int>(jpeg.output_width);
    out.height = static_cast<int>(jpeg.output_height);
    out.pixels.resize(static_cast<std::size_t>(jpeg.output_width) * jpeg.output_height);
    while (jpeg.output_scanline < jpeg.output_height) {
      JSAMPROW row = out.pixels.data() + static_cast<std::size_t>(jpeg.output_scanline) * jpeg.output_width;
      jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
  }
  jpeg_destroy_decompress(&jpeg);
  return !too_large;
}

}  // namespace

bool begins_as_picture(base::ByteView file) {
  return (file.size() > 8 && file[0] == 0x89 && file[1] == 'P') ||
         (file.size() >= 4 && file[0] == 0xFF && file[1] == 0xD8);
}

Result<GreyPicture> read_picture(base::ByteView file) {
  if (!begins_as_picture(file)) return fail(Code::BadInput, "neither PNG nor JPEG");
  if (file[0] == 0x89) return read_png(file);
  GreyPicture out;
  bool too_large = false;
  if (decode_jpeg(file, out, too_large)) return out;
  return too_large ? fail(Code::TooLarge, "picture") : fail(Code::BadInput, "jpeg");
}

Result<base::Bytes> symbol_png(const code::QrSymbol& symbol, int scale) {
  const int side = (symbol.size + 2 * kQuiet) * scale;
  base::Bytes pixels(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 255);
  for (int y = 0; y < symbol.size * scale; ++y)
    for (int x = 0; x < symbol.size * scale; ++x)
      if (symbol.modules[static_cast<std::size_t>((y / scale) * symbol.size + x / scale)] == '1')
        pixels[static_cast<std::size_t>((y + kQuiet * scale) * side + x + kQuiet * scale)] = 0;
  Image out;
  out.image.version = PNG_IMAGE_VERSION;
  out.image.width = out.image.height = static_cast<png_uint_32>(side);
  out.image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&out.image, nullptr, &size, 0, pixels.data(), 0, nullptr) == 0)
    return fail(Code::Storage, "png");
  base::Bytes png(size);
  if (png_image_write_to_memory(&out.image, png.data(), &size, 0, pixels.data(), 0, nullptr) == 0)
    return fail(Code::Storage, "png");
  png.resize(size);
  return png;
}

std::string symbol_svg(const code::QrSymbol& symbol, const std::string& name) {
  const std::string side = std::to_string(symbol.size + 2 * kQuiet);
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
                    "\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"" + name +
                    "\">"
                    "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"";
  for (int y = 0; y < symbol.size; ++y)
    for (int x = 0; x < symbol.size; ++x)
      if (symbol.modules[static_cast<std::size_t>(y * symbol.size + x)] == '1')
        out += "M" + std::to_string(x + kQuiet) + " " + std::to_string(y + kQuiet) + "h1v1h-1z";
  return out + "\"/></svg>";
}

}  // namespace machi::sample
