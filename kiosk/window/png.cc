// libpng's simple interface; opacity is left out.
#include "kiosk/window/png.h"

#include <png.h>

#include <cstring>

namespace machi::kiosk {

base::Status write_png(const Pixels& pixels, const std::string& file) {
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(pixels.width);
  image.height = static_cast<png_uint_32>(pixels.height);
  image.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> rgb;
  rgb.reserve(pixels.rgba.size() / 4 * 3);
  for (std::size_t i = 0; i + 3 < pixels.rgba.size(); i += 4)
    rgb.insert(rgb.end(), &pixels.rgba[i], &pixels.rgba[i + 3]);
  if (png_image_write_to_file(&image, file.c_str(), 0, rgb.data(), 0, nullptr) == 0)
    return base::fail(base::Code::Storage, "picture");
  return {};
}

}  // namespace machi::kiosk
