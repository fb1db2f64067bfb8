// machi qr camera: reads QR symbols from a camera of this machine, as the kiosk does
// (platform/host/camera/v4l2_camera.h, core/code/qr_scan.h).
#include <chrono>
#include <csignal>

#include "core/code/qr_scan.h"
#include "platform/host/camera/v4l2_camera.h"
#include "platform/machi/command.h"
#include "platform/machi/symbol_picture.h"

namespace machi::program {
namespace {

constexpr int kWaitMs = 250;
constexpr std::int64_t kSameMs = 2000;  // a symbol that is held still is one reading

volatile std::sig_atomic_t stop_asked = 0;

struct QrCamera {
  std::string device;
  int seconds = 0, count = 0;
  int width = 1280, height = 720;
};

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

base::Status grey_of_jpeg(base::ByteView picture, host::GreyFrame& out) {
  MACHI_TRY_SET(grey, sample::read_picture(picture));
  out = {std::move(grey.pixels), grey.width, grey.height};
  return {};
}

// What a person can do about it; nothing: it may pass by itself.
std::string sentence(const base::Error& error, const std::string& device) {
  switch (error.code) {
    case base::Code::NotAllowed:
      return device + " may not be opened: put this user into the group video.";
    case base::Code::NotFound:
      return device + " is no camera.";
    case base::Code::Unsupported:
      return device + " sends nothing that is read here (" + error.detail +
             "). A camera with YUYV, NV12, GREY or MJPEG is wanted.";
    default:
      return "";
  }
}

int read(const QrCamera& options) {
  host::V4l2Camera camera({options.device, {options.width, options.height}, grey_of_jpeg});
  code::QrScan scan;
  const std::int64_t began = now_ms();
  std::string last;
  std::int64_t seen = 0;
  int read = 0;
  bool away = false;
  std::signal(SIGINT, [](int) { stop_asked = 1; });
  std::signal(SIGTERM, [](int) { stop_asked = 1; });
  while (stop_asked == 0 &&
         (options.seconds == 0 || now_ms() - began < options.seconds * std::int64_t{1000})) {
    const auto frame = camera.frame(kWaitMs);
    if (!frame.ok()) {
      if (const std::string said = sentence(frame.error(), options.device); !said.empty())
        return complain(said);
      if (frame.code() == base::Code::Unreachable && !away) {
        complain(options.device + " is away or in use (" + frame.error().detail + "): waiting for it.");
        scan = {};
      }
      away |= frame.code() == base::Code::Unreachable;
      continue;
    }
    if (away) complain(options.device + " is there.");
    away = false;
    const auto text = scan.frame((*frame)->pixels, (*frame)->width, (*frame)->height);
    if (!text.ok()) continue;
    const std::int64_t now = now_ms();
    const bool same = *text == last && now - seen < kSameMs;
    last = *text;
    seen = now;
    if (same) continue;
    print_line({{"text", *text}, {"ms", now - began}});
    std::fflush(stdout);
    if (++read == options.count) break;
  }
  return read > 0 ? kDone : kFailed;
}

}  // namespace

Action declare_qr_camera(CLI::App& app) {
  auto options = std::make_shared<QrCamera>();
  app.add_option("DEVICE", options->device, "The camera: /dev/video0, or its name in /dev/v4l/by-id")
      ->required();
  app.add_option("--seconds", options->seconds, "Stop after so many; 0: never")
      ->check(CLI::Range(0, 86'400))
      ->capture_default_str();
  app.add_option("--count", options->count, "Stop after so many symbols; 0: never")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  app.add_option("--width", options->width, "Wished for; the camera decides")
      ->check(CLI::Range(64, 8192))
      ->capture_default_str();
  app.add_option("--height", options->height)->check(CLI::Range(64, 8192))->capture_default_str();
  app.footer(
      "One line a symbol read: {\"text\", \"ms\"} (milliseconds since the start); one that is held still is "
      "one "
      "line. A camera that is pulled out is waited for. Formats: GREY, NV12, NV21, YU12, YV12, 422P, YUYV, "
      "YVYU, "
      "UYVY, VYUY, and MJPEG. Exit code 0 when a symbol was read, else 1.");
  return [options] { return read(*options); };
}

}  // namespace machi::program
