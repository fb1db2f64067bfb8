// The camera by V4L2, over a device that breaks on demand; and over a real one when MACHIKADO_CAMERA names
// it.
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/code/qr.h"
#include "core/code/qr_scan.h"
#include "platform/host/camera/v4l2_camera.h"
#include "tests/unit/host/faulty_video.h"

namespace machi::host {
namespace {

using base::Code;

constexpr std::string_view kText = "街角のカメラ";

// The symbol in the middle, a little grey, as a camera sees paper.
std::vector<std::uint8_t> picture_of_symbol(int width, int height) {
  const auto symbol = code::write_qr(kText, code::QrLevel::M);
  EXPECT_TRUE(symbol.ok());
  std::vector<std::uint8_t> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 200);
  const int scale = height / (symbol->size + 10);
  const int left = (width - symbol->size * scale) / 2, top = (height - symbol->size * scale) / 2;
  for (int y = 0; y < symbol->size * scale; ++y)
    for (int x = 0; x < symbol->size * scale; ++x)
      if (symbol->modules[static_cast<std::size_t>(y / scale * symbol->size + x / scale)] == '1')
        out[static_cast<std::size_t>((top + y) * width + left + x)] = 30;
  return out;
}

struct Desk {
  Desk() { video.picture = picture_of_symbol(1280, 720); }
  ~Desk() {
    camera.reset();
    EXPECT_TRUE(video.clean()) << "something stayed mapped or open";
  }
  V4l2Camera& open(V4l2Camera::Jpeg jpeg = {}) {
    camera = std::make_unique<V4l2Camera>(V4l2Camera::Options{"/dev/video0", {}, std::move(jpeg)}, video);
    return *camera;
  }
  FaultyVideo video;
  std::unique_ptr<V4l2Camera> camera;
};

TEST(Camera, GivesTheSameBrightnessInEveryFormat) {
  for (const std::uint32_t format :
       {V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_YUV420, V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_UYVY})
    for (const std::uint32_t padding : {0u, 48u}) {
      Desk desk;
      desk.video.formats = {{format, 30, padding}};
      const auto frame = desk.open().frame(500);
      ASSERT_TRUE(frame.ok()) << frame.error().detail;
      EXPECT_EQ((*frame)->width, 1280);
      ASSERT_EQ((*frame)->pixels.size(), desk.video.picture.size());
      EXPECT_TRUE(
          std::equal((*frame)->pixels.begin() + 1, (*frame)->pixels.end(), desk.video.picture.begin() + 1));
      code::QrScan scan;
      const auto text = scan.frame((*frame)->pixels, (*frame)->width, (*frame)->height);
      ASSERT_TRUE(text.ok());
      EXPECT_EQ(*text, kText);
    }
}

TEST(Camera, TakesTheFormatThatIsFastEnoughAndOfThoseTheCheapest) {
  const auto agreed = [](std::vector<FaultyVideo::Format> formats, bool jpeg) {
    Desk desk;
    desk.video.formats = std::move(formats);
    V4l2Camera::Jpeg decoder;
    if (jpeg)
      decoder = [](base::ByteView, GreyFrame& out) {
        out = {base::Bytes(1), 1, 1};
        return base::Status();
      };
    desk.video.jpeg = {0xff, 0xd8, 0xff};
    EXPECT_TRUE(desk.open(decoder).frame(500).ok());
    return desk.video.pixels;
  };
  EXPECT_EQ(agreed({{V4L2_PIX_FMT_YUYV}, {V4L2_PIX_FMT_NV12}}, false), V4L2_PIX_FMT_NV12);
  // Over a USB 2 line 720p comes raw ten times a second.
  EXPECT_EQ(agreed({{V4L2_PIX_FMT_YUYV, 10}, {V4L2_PIX_FMT_MJPEG, 30}}, true), V4L2_PIX_FMT_MJPEG);
  EXPECT_EQ(agreed({{V4L2_PIX_FMT_YUYV, 10}, {V4L2_PIX_FMT_MJPEG, 30}}, false), V4L2_PIX_FMT_YUYV);
  EXPECT_EQ(agreed({{V4L2_PIX_FMT_YUYV, 30}, {V4L2_PIX_FMT_MJPEG, 60}}, true), V4L2_PIX_FMT_YUYV);
}

TEST(Camera, SaysWhatItCannotRead) {
  const auto refused = [](auto change) {
    Desk desk;
    change(desk.video);
    const auto frame = desk.open().frame(100);
    EXPECT_FALSE(frame.ok());
    return frame.ok() ? base::Error{} : frame.error();
  };
  auto error = refused([](FaultyVideo& video) { video.formats = {{V4L2_PIX_FMT_MJPEG}}; });
  EXPECT_EQ(error.code, Code::Unsupported);
  EXPECT_EQ(error.detail, "jpeg only");
  error = refused([](FaultyVideo& video) { video.formats = {{V4L2_PIX_FMT_SRGGB8}, {V4L2_PIX_FMT_RGB24}}; });
  EXPECT_EQ(error.detail, "formats RGGB RGB3");
  error = refused([](FaultyVideo& video) { video.formats = {}; });
  EXPECT_EQ(error.detail, "formats none");
  error =
      refused([](FaultyVideo& video) { video.capabilities = V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_STREAMING; });
  EXPECT_EQ(error.code, Code::NotFound);
  error = refused([](FaultyVideo& video) { video.capabilities = V4L2_CAP_VIDEO_CAPTURE; });
  EXPECT_EQ(error.detail, "no streaming");
  EXPECT_EQ(refused([](FaultyVideo& video) { video.refused[VIDIOC_QUERYCAP] = ENOTTY; }).code,
            Code::NotFound);
  EXPECT_EQ(refused([](FaultyVideo& video) { video.open_error = EACCES; }).code, Code::NotAllowed);
  EXPECT_EQ(refused([](FaultyVideo& video) { video.open_error = ENOENT; }).code, Code::Unreachable);
  EXPECT_EQ(refused([](FaultyVideo& video) { video.refused[VIDIOC_S_FMT] = EBUSY; }).code, Code::Unreachable);
  EXPECT_EQ(refused([](FaultyVideo& video) { video.refused[VIDIOC_REQBUFS] = EBUSY; }).code,
            Code::Unreachable);
  EXPECT_EQ(refused([](FaultyVideo& video) { video.refused[VIDIOC_STREAMON] = ENOSPC; }).code,
            Code::Unsupported)
      << "a line too narrow";
  EXPECT_EQ(refused([](FaultyVideo& video) { video.buffers_given = 1; }).code, Code::Unsupported);
  EXPECT_EQ(refused([](FaultyVideo& video) { video.width = 100'000; }).detail, "size");
  EXPECT_EQ(refused([](FaultyVideo& video) { video.map_failures = 3; }).code, Code::Unreachable);
}

TEST(Camera, ComesBackAfterItWasPulledOut) {
  Desk desk;
  V4l2Camera& camera = desk.open();
  for (int round = 1; round <= 3; ++round) {
    ASSERT_TRUE(camera.frame(1000).ok()) << round;
    EXPECT_EQ(desk.video.opened, round);
    desk.video.plugged = false;
    const auto lost = camera.frame(100);
    ASSERT_FALSE(lost.ok());
    EXPECT_EQ(lost.code(), Code::Unreachable);
    EXPECT_TRUE(desk.video.clean()) << "a device that is gone is let go of";
    for (int i = 0; i < 20; ++i) EXPECT_EQ(camera.frame(100).code(), Code::Unreachable);
    desk.video.plugged = true;
  }
}

TEST(Camera, IsOpenedAnewWhenItStandsStill) {
  Desk desk;
  V4l2Camera& camera = desk.open();
  ASSERT_TRUE(camera.frame(1000).ok());
  desk.video.dead = true;
  Code last = Code::TooMany;
  for (int i = 0; i < 60 && last == Code::TooMany; ++i) last = camera.frame(100).code();
  EXPECT_EQ(last, Code::Unreachable);
  desk.video.dead = false;
  EXPECT_TRUE(camera.frame(1000).ok());
  EXPECT_EQ(desk.video.opened, 2);
}

TEST(Camera, ReadsTheNewestFrameAndPassesOverTornOnes) {
  Desk desk;
  V4l2Camera& camera = desk.open();
  desk.video.bend = [](std::uint64_t frame, v4l2_buffer& buffer) {
    if (frame % 3 == 1) buffer.flags = V4L2_BUF_FLAG_ERROR;
    if (frame % 3 == 2) buffer.bytesused = 1000;
    return true;
  };
  std::uint8_t before = 0;
  for (int i = 0; i < 5; ++i) {
    const auto frame = camera.frame(1000);
    ASSERT_TRUE(frame.ok());
    const std::uint8_t number = (*frame)->pixels[0];
    EXPECT_EQ(number % 3, 0) << "only every third was whole";
    EXPECT_GT(number, before);
    before = number;
  }
  desk.video.bend = nullptr;
  desk.video.pass(33 * 3);  // the reader was busy: four have gathered
  const std::uint64_t sent = desk.video.sent;
  const auto frame = camera.frame(1000);
  ASSERT_TRUE(frame.ok());
  EXPECT_GE(desk.video.sent, sent + 3);
  EXPECT_EQ((*frame)->pixels[0], static_cast<std::uint8_t>(desk.video.sent));
}

TEST(Camera, TrustsNoDriver) {
  Desk desk;
  desk.video.lies_about_index = true;
  EXPECT_EQ(desk.open().frame(200).code(), Code::Unreachable);
  desk.video.lies_about_index = false;
  EXPECT_TRUE(desk.camera->frame(2000).ok());
  // Ready, and nothing there: the wait ends all the same.
  desk.video.bend = [](std::uint64_t, v4l2_buffer&) { return false; };
  EXPECT_EQ(desk.camera->frame(200).code(), Code::TooMany);
}

TEST(Camera, LeavesAJpegToWhomItWasGiven) {
  Desk desk;
  desk.video.formats = {{V4L2_PIX_FMT_MJPEG}};
  desk.video.jpeg = {0xff, 0xd8, 0xff, 0xd9};
  int asked = 0;
  const auto decode = [&](base::ByteView picture, GreyFrame& out) -> base::Status {
    EXPECT_EQ(picture.size(), 4u);
    if (++asked < 3) return base::fail(Code::BadInput, "torn");
    out = {base::Bytes{5, 6}, 2, 1};
    return {};
  };
  const auto frame = desk.open(decode).frame(1000);
  ASSERT_TRUE(frame.ok());
  EXPECT_EQ(asked, 3);
  EXPECT_EQ((*frame)->pixels, (base::Bytes{5, 6}));
}

TEST(Luminance, RefusesLayoutsThatCannotBe) {
  GreyFrame out;
  const base::Bytes bytes(64);
  for (const PixelLayout& layout :
       {PixelLayout{V4L2_PIX_FMT_YUYV, 0, 4, 0}, PixelLayout{V4L2_PIX_FMT_YUYV, 4, -1, 0},
        PixelLayout{V4L2_PIX_FMT_YUYV, 8, 4, 8}, PixelLayout{V4L2_PIX_FMT_YUYV, 9000, 9000, 0},
        PixelLayout{V4L2_PIX_FMT_RGB24, 4, 4, 0}})
    EXPECT_EQ(luminance(layout, bytes, out).code(), Code::Unsupported);
  EXPECT_EQ(luminance({V4L2_PIX_FMT_GREY, 8, 9, 0}, bytes, out).code(), Code::BadInput);
  EXPECT_TRUE(luminance({V4L2_PIX_FMT_GREY, 8, 8, 0}, bytes, out).ok());
  // The last row need not be filled up.
  EXPECT_TRUE(luminance({V4L2_PIX_FMT_GREY, 4, 6, 12}, bytes, out).ok());
}

TEST(RealCamera, BringsFramesWhenOneIsNamed) {
  const char* const device = std::getenv("MACHIKADO_CAMERA");
  if (device == nullptr) GTEST_SKIP() << "MACHIKADO_CAMERA names no device";
  V4l2Camera camera({device, {}, {}});
  int frames = 0;
  for (int i = 0; i < 50 && frames < 20; ++i)
    if (const auto frame = camera.frame(500); frame.ok()) {
      ++frames;
      EXPECT_EQ((*frame)->pixels.size(),
                static_cast<std::size_t>((*frame)->width) * static_cast<std::size_t>((*frame)->height));
    }
  EXPECT_EQ(frames, 20);
}

}  // namespace
}  // namespace machi::host
