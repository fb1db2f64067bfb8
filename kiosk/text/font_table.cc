// The table directory, then head (units in an em) and hhea (ascender, descender): OpenType 1.9, chapters
// "otff", "head", "hhea". Every read is bounded.
#include "kiosk/text/font_table.h"

namespace machi::kiosk {
namespace {

class Reader {
 public:
  explicit Reader(base::ByteView file) : file_(file) {}
  std::uint32_t u32(std::size_t at) { return (u16(at) << 16) | u16(at + 2); }
  std::uint32_t u16(std::size_t at) {
    if (at + 2 > file_.size()) {
      fine_ = false;
      return 0;
    }
    return static_cast<std::uint32_t>(file_[at] << 8 | file_[at + 1]);
  }
  float i16(std::size_t at) { return static_cast<float>(static_cast<std::int16_t>(u16(at))); }
  bool fine() const { return fine_; }

 private:
  base::ByteView file_;
  bool fine_ = true;
};

constexpr std::uint32_t tag(const char (&name)[5]) {
  return static_cast<std::uint32_t>(name[0]) << 24 | static_cast<std::uint32_t>(name[1]) << 16 |
         static_cast<std::uint32_t>(name[2]) << 8 | static_cast<std::uint32_t>(name[3]);
}

}  // namespace

base::Result<FontMeasure> measure_font(base::ByteView file, int face) {
  Reader in(file);
  std::size_t start = 0;
  if (in.u32(0) == tag("ttcf")) start = in.u32(12 + 4 * static_cast<std::size_t>(face));
  const std::uint32_t tables = in.u16(start + 4);
  std::size_t head = 0;
  std::size_t hhea = 0;
  for (std::size_t i = 0; i < tables && in.fine(); ++i) {
    const std::size_t entry = start + 12 + 16 * i;
    if (in.u32(entry) == tag("head")) head = in.u32(entry + 8);
    if (in.u32(entry) == tag("hhea")) hhea = in.u32(entry + 8);
  }
  const auto em = static_cast<float>(in.u16(head + 18));
  const float up = in.i16(hhea + 4);
  const float down = in.i16(hhea + 6);
  if (!in.fine() || head == 0 || hhea == 0 || em < 16 || up <= down)
    return base::fail(base::Code::BadInput, "no font");
  return FontMeasure{(up - down) / em, up / em};
}

}  // namespace machi::kiosk
