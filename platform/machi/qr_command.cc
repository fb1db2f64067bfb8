// machi qr read, machi qr write: QR symbols in pictures, and as pictures (core/code/qr.h).
#include "core/code/qr.h"

#include <array>
#include <filesystem>

#include "platform/host/file.h"
#include "platform/machi/command.h"
#include "platform/machi/symbol_picture.h"

namespace machi::program {
namespace {

constexpr std::size_t kFileLimit = 64u << 20;

// One picture: {"file", "text"} or {"file", "text": null, "why"}.
nlohmann::json read_one(const std::string& file) {
  const auto refused = [&file](const char* why) {
    return nlohmann::json{{"file", file}, {"text", nullptr}, {"why", why}};
  };
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    return refused("This is a folder. Name the pictures in it.");
  const auto bytes = host::read_file(file, kFileLimit);
  if (!bytes.ok()) {
    if (bytes.code() == base::Code::TooLarge) return refused("The file is larger than 64 MB.");
    return refused(bytes.code() == base::Code::NotFound ? "There is no such file."
                                                        : "The file cannot be read. Who owns it?");
  }
  const auto picture = sample::read_picture(*bytes);
  if (!picture.ok()) {
    if (picture.code() == base::Code::TooLarge)
      return refused("The picture has more than 100 million pixels. Make it smaller.");
    return refused(sample::begins_as_picture(*bytes) ? "The picture is cut short or damaged."
                                                     : "This is no PNG or JPEG picture.");
  }
  const auto text = code::read_qr(picture->pixels, picture->width, picture->height);
  if (!text.ok()) return refused("No QR symbol that can be read is in the picture.");
  return {{"file", file}, {"text", *text}};
}

struct QrWrite {
  std::string text;
  std::string file;
  std::string level = "M";
  int scale = 8;
};

int write(const QrWrite& options) {
  constexpr std::array kLevels = {std::pair{"L", code::QrLevel::L}, std::pair{"M", code::QrLevel::M},
                                  std::pair{"Q", code::QrLevel::Q}, std::pair{"H", code::QrLevel::H}};
  code::QrLevel level = code::QrLevel::M;
  for (const auto& [name, one] : kLevels)
    if (options.level == name) level = one;
  const bool svg = options.file.ends_with(".svg");
  if (!svg && !options.file.ends_with(".png")) return complain("-o names a file that ends in .png or .svg.");
  const auto symbol = code::write_qr(options.text, level);
  if (!symbol.ok()) return complain("The text does not fit a symbol", symbol.error());
  base::Bytes bytes = base::copy(base::view(svg ? sample::symbol_svg(*symbol, "QR") + "\n" : ""));
  if (!svg) {
    auto png = sample::symbol_png(*symbol, options.scale);
    if (!png.ok()) return complain("The picture could not be made", png.error());
    bytes = std::move(*png);
  }
  if (const auto written = host::write_file(options.file, bytes); !written.ok())
    return complain("The file could not be written", written.error());
  print_line({{"file", options.file}, {"modules", symbol->size}, {"level", options.level}});
  return kDone;
}

}  // namespace

Action declare_qr_read(CLI::App& app) {
  auto files = std::make_shared<std::vector<std::string>>();
  app.add_option("FILE", *files, "Pictures: PNG or JPEG")->required();
  app.footer(
      "One line a picture: {\"file\", \"text\"}; where nothing was read text is null, and \"why\" says the "
      "reason. "
      "Exit code 0 when every picture was read, else 1.");
  return [files] {
    int code = kDone;
    for (const std::string& file : *files) {
      const nlohmann::json line = read_one(file);
      if (line["text"].is_null()) code = kFailed;
      print_line(line);
    }
    return code;
  };
}

Action declare_qr_write(CLI::App& app) {
  auto options = std::make_shared<QrWrite>();
  app.add_option("TEXT", options->text, "What the symbol says")->required();
  app.add_option("-o,--out", options->file, "The file to write: .png or .svg")->required();
  app.add_option("--level", options->level, "Error correction: L, M, Q or H")
      ->check(CLI::IsMember({"L", "M", "Q", "H"}))
      ->capture_default_str();
  app.add_option("--scale", options->scale, "Pixels a module, in a PNG")
      ->check(CLI::Range(1, 40))
      ->capture_default_str();
  return [options] { return write(*options); };
}

}  // namespace machi::program
