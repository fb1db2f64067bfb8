// QR symbols by ZXing-C++, whose exceptions end here. Pure; any thread. Writing: TooLarge when the text does
// not fit a symbol; reading: BadInput for a picture that is none, NotFound when nothing readable is in it.
#include "core/code/qr.h"

#include <ZXing/CreateBarcode.h>
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>

namespace machi::code {
namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kTextLimit = 7089;  // digits in the largest symbol (ISO/IEC 18004, version 40-L)
constexpr int kSideLimit = 16384;         // of a picture, in pixels

constexpr std::string_view level_name(QrLevel level) {
  switch (level) {
    case QrLevel::L:
      return "L";
    case QrLevel::M:
      return "M";
    case QrLevel::Q:
      return "Q";
    case QrLevel::H:
      return "H";
  }
  return "M";
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

QrSymbol symbol_of(const ZXing::ImageView& matrix) {
  QrSymbol symbol;
  symbol.size = matrix.width();
  for (int y = 0; y < matrix.height(); ++y)
    for (int x = 0; x < matrix.width(); ++x) symbol.modules.push_back(*matrix.data(x, y) == 0 ? '1' : '0');
  return symbol;
}

}  // namespace

Result<QrSymbol> write_qr(std::string_view text, QrLevel level) {
  if (text.empty()) return fail(Code::BadInput, "empty symbol");
  if (text.size() > kTextLimit) return fail(Code::TooLarge, "symbol");
  // A code to say "UTF-8" is set for other than ASCII only: some readers stumble over it.
  const std::string options =
      "ecLevel=" + std::string(level_name(level)) + (is_ascii(text) ? "" : ",eci=UTF-8");
  try {
    const ZXing::Barcode barcode =
        ZXing::CreateBarcodeFromText(text, ZXing::CreatorOptions(ZXing::BarcodeFormat::QRCode, options));
    const ZXing::ImageView matrix = barcode.symbol();
    if (matrix.data() == nullptr || matrix.width() != matrix.height()) return fail(Code::TooLarge, "symbol");
    return symbol_of(matrix);
  } catch (const std::exception&) {
    return fail(Code::TooLarge, "symbol");
  }
}

Result<std::string> read_qr(base::ByteView pixels, int width, int height) {
  if (width <= 0 || height <= 0 || width > kSideLimit || height > kSideLimit ||
      pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
    return fail(Code::BadInput, "picture size");
  try {
    const ZXing::ImageView picture(pixels.data(), width, height, ZXing::ImageFormat::Lum);
    // One threshold for the whole picture reads some that thresholds by neighbourhood do not.
    for (const auto binarizer : {ZXing::Binarizer::LocalAverage, ZXing::Binarizer::GlobalHistogram}) {
      const auto options = ZXing::ReaderOptions()
                               .formats(ZXing::BarcodeFormat::QRCode)
                               .binarizer(binarizer)
                               .maxNumberOfSymbols(1);
      const ZXing::Barcode barcode = ZXing::ReadBarcode(picture, options);
      if (barcode.isValid()) return barcode.text(ZXing::TextMode::Plain);
    }
    return fail(Code::NotFound, "symbol");
  } catch (const std::exception&) {
    return fail(Code::NotFound, "symbol");
  }
}

}  // namespace machi::code
