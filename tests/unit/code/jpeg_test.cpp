// Heads of JPEG pictures, made by hand: each segment is there for the rule that it keeps or breaks.
#include "core/code/jpeg.h"

#include <gtest/gtest.h>

namespace machi::code {
namespace {

using base::Bytes;
using base::Code;

void segment(Bytes& out, int marker, const Bytes& body) {
  const std::size_t length = body.size() + 2;
  const Bytes head{0xff, static_cast<std::uint8_t>(marker), static_cast<std::uint8_t>(length >> 8),
                   static_cast<std::uint8_t>(length)};
  out.insert(out.end(), head.begin(), head.end());
  out.insert(out.end(), body.begin(), body.end());
}

Bytes frame(int width, int height, int bits = 8, int parts = 3) {
  Bytes out{static_cast<std::uint8_t>(bits),   static_cast<std::uint8_t>(height >> 8),
            static_cast<std::uint8_t>(height), static_cast<std::uint8_t>(width >> 8),
            static_cast<std::uint8_t>(width),  static_cast<std::uint8_t>(parts)};
  out.resize(out.size() + static_cast<std::size_t>(3 * parts), 1);
  return out;
}

struct Picture {
  int coding = 0xc0;
  Bytes head = frame(1600, 1200);
  int extra = 0;  // marker of one more segment
};

Bytes picture(const Picture& of = {}) {
  Bytes out{0xff, 0xd8};
  segment(out, 0xe0, {'J', 'F', 'I', 'F', 0});
  if (of.extra != 0) segment(out, of.extra, {'E', 'x', 'i', 'f', 0, 0});
  segment(out, 0xdb, Bytes(65, 1));
  segment(out, of.coding, of.head);
  out.push_back(0xff);  // markers may be filled up
  segment(out, 0xda, Bytes(10, 0));
  out.insert(out.end(), {1, 2, 3, 0xff, 0xd9});
  return out;
}

TEST(Jpeg, TellsItsSize) {
  for (const int coding : {0xc0, 0xc1, 0xc2}) {
    const auto head = read_jpeg(picture({coding, frame(1600, 1200, 8, 1)}));
    ASSERT_TRUE(head.ok()) << coding;
    EXPECT_EQ(head->width, 1600);
    EXPECT_EQ(head->height, 1200);
    EXPECT_FALSE(head->tells_more);
  }
}

TEST(Jpeg, SaysWhenItTellsMoreThanThePicture) {
  for (const int more : {0xe1, 0xe3, 0xed, 0xef, 0xfe})
    EXPECT_TRUE(read_jpeg(picture({0xc0, frame(8, 8), more}))->tells_more) << more;
  for (const int plain : {0xe2, 0xee})
    EXPECT_FALSE(read_jpeg(picture({0xc0, frame(8, 8), plain}))->tells_more) << plain;
}

TEST(Jpeg, IsRefusedWhenADecoderWouldNeedTooMuch) {
  EXPECT_EQ(read_jpeg(picture({0xc0, frame(65535, 65535)})).code(), Code::TooLarge);
  EXPECT_EQ(read_jpeg(picture({0xc0, frame(4097, 1)})).code(), Code::TooLarge);
  EXPECT_TRUE(read_jpeg(picture({0xc0, frame(4096, 4096)})).ok());
}

TEST(Jpeg, IsRefusedWhenBrowsersDoNotShowItsKind) {
  for (const int coding : {0xc3, 0xc5, 0xc9, 0xcf})
    EXPECT_EQ(read_jpeg(picture({coding, frame(8, 8)})).code(), Code::Unsupported) << coding;
  EXPECT_EQ(read_jpeg(picture({0xc0, frame(8, 8, 12)})).code(), Code::Unsupported);
  EXPECT_EQ(read_jpeg(picture({0xc0, frame(8, 8, 8, 4)})).code(), Code::Unsupported);
}

TEST(Jpeg, IsRefusedWhenItIsSomethingElseOrCutOffAnywhere) {
  const Bytes good = picture();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_EQ(read_jpeg(base::ByteView(good).first(size)).code(), Code::BadInput) << size;
  EXPECT_EQ(read_jpeg(base::view("\x89PNG\r\n\x1a\n and so on")).code(), Code::BadInput);
  EXPECT_EQ(read_jpeg(picture({0xc0, frame(0, 8)})).code(), Code::BadInput);
  EXPECT_EQ(read_jpeg(picture({0xc0, {8, 0, 1}})).code(), Code::BadInput) << "a frame without its parts";
  Bytes no_frame{0xff, 0xd8};
  segment(no_frame, 0xda, Bytes(10, 0));
  no_frame.insert(no_frame.end(), {0xff, 0xd9});
  EXPECT_EQ(read_jpeg(no_frame).code(), Code::BadInput);
}

TEST(Jpeg, WithAnyByteChangedIsReadOrRefusedAndNothingElse) {
  const Bytes good = picture();
  for (std::size_t at = 0; at < good.size(); ++at)
    for (const int value : {0x00, 0xff, 0xd8, 0xda, 0xc0}) {
      Bytes bad = good;
      bad[at] = static_cast<std::uint8_t>(value);
      const auto head = read_jpeg(bad);
      EXPECT_TRUE(!head.ok() || (head->width > 0 && head->width <= kJpegSide)) << at;
    }
}

}  // namespace
}  // namespace machi::code
