// The options, one a line.
#include "kiosk/main/options.h"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

namespace machi::kiosk {
namespace {

constexpr const char* kHelp =
    R"(machi_kiosk: the kiosk of the lobby.

  --config FILE.json     with the devices and the clerk that the file names
  --trial                without devices: F1 puts the card in and out (its PIN is 1234), F2 staff, F3 no paper,
                         F4 the terminal declines; nothing is charged or printed
  --dock                 takes lines on standard input, as `machi simulate dock` gives them; never on a kiosk that serves:
                         screen, tree, press NODE, choose NODE VALUE..., key N, touch X Y, picture FILE
  --place NAME           stands above every screen; 練習町役場 when not said
  --screen TREE.json     show this tree of widgets (core/screen; MACHIKADO_SCREENS=DIR keeps those of the tests)
  --screenshot FILE.png  draw once into a picture, and end
  --offscreen            without a display, into memory
  --fullscreen           the whole panel
  --size WxH             of the window; 1080x1920 when not said
  --mm-per-pixel N       of the panel, for the size of what is touched; 0.248 (21.5 inches) when not said
  --large --low --contrast   large letters, everything low, black and white
  --voice FILE.htsvoice  what the kiosk says is read out: Japanese by Open JTalk with this voice, other languages by eSpeak NG
                         (F9 quieter, F10 louder, F11 slower, F12 faster); the file's "voice" does the same
  --words DIR            catalogues (build/words) of the languages but Japanese
  --focus NODE[=VALUE]   the focus there; --page N: that page of a screen that has several

The file (`machi kiosk config` makes one; names of files are meant from its folder):
  place      stands above every screen and on receipts   key        this kiosk's key (machi kiosk key)
  journal    SQLite; made when it is not there           words      folder of the catalogues (build/words)
  clerk      http://ADDRESS:PORT                         printer    ipp://ADDRESS:PORT/ipp/print
  terminal   ADDRESS:PORT                                fees       {"resident-record": 300, ...}, all nine kinds
  sealKeys   [{"key", "from", "to"}] of the town's feed, dates in milliseconds since 1970
and, when they are there: voice (.htsvoice), receipts (ESC/POS: ADDRESS:PORT or a device's file), alarm (a program that
calls staff; it gets the session's number), totals (folder of the days' totals: kiosk-2026-11-22.csv), status (a file that
says each minute how the kiosk is, for Prometheus' textfile collector), staffPin (a hash: machi kiosk config
--staff-pin-file), staffDoor (true: the first screen has a button for staff), media, tray (of the printer), chargeMs,
settleMs, clearSeconds, staffKey and paperKey (the
function key, 1 to 12, that the staff's key switch or the tray's sensor types).
The card reader is the machine's (pcscd; PCSCLITE_CSOCK_NAME names another service).

Keys: Tab, arrows and Space move the focus, Enter chooses, Escape goes back: two switches are Space and Enter.
)";

}  // namespace

std::optional<Options> read_options(int count, char** arguments) {
  Options out;
  out.place = "練習町役場";
  bool fine = true;
  const std::map<std::string, std::function<void()>> plain = {
      {"--offscreen", [&] { out.window.offscreen = true; }},
      {"--fullscreen", [&] { out.window.fullscreen = true; }},
      {"--trial", [&] { out.trial = true; }},
      {"--dock", [&] { out.dock = true; }},
      {"--large", [&] { out.look.large = true; }},
      {"--low", [&] { out.look.low = true; }},
      {"--contrast", [&] { out.look.contrast = true; }},
  };
  const std::map<std::string, std::function<void(const std::string&)>> valued = {
      {"--config", [&](const std::string& value) { out.config = value; }},
      {"--place", [&](const std::string& value) { out.place = value; }},
      {"--screen", [&](const std::string& value) { out.tree = value; }},
      {"--screenshot", [&](const std::string& value) { out.picture = value; }},
      {"--size",
       [&](const std::string& value) {
         fine = std::sscanf(value.c_str(), "%dx%d", &out.window.width, &out.window.height) == 2;
       }},
      {"--mm-per-pixel",
       [&](const std::string& value) { out.look.mm_per_pixel = std::strtof(value.c_str(), nullptr); }},
      {"--voice", [&](const std::string& value) { out.voice = value; }},
      {"--words", [&](const std::string& value) { out.words = value; }},
      {"--focus", [&](const std::string& value) { out.focus = value; }},
      {"--page", [&](const std::string& value) { out.page = std::atoi(value.c_str()); }},
  };
  for (int i = 1; i < count; ++i) {
    const std::string name = arguments[i];
    if (name == "--help") {
      std::fputs(kHelp, stdout);
      return std::nullopt;
    }
    if (const auto one = plain.find(name); one != plain.end()) {
      one->second();
    } else if (const auto two = valued.find(name); two != valued.end() && i + 1 < count) {
      two->second(arguments[++i]);
    } else {
      fine = false;
    }
  }
  fine = fine && out.window.width >= 200 && out.window.height >= 200 && out.look.mm_per_pixel > 0 &&
         int{out.trial} + int{!out.tree.empty()} + int{!out.config.empty()} == 1;
  if (!fine) std::fputs(kHelp, stderr);
  return fine ? std::optional(out) : std::nullopt;
}

}  // namespace machi::kiosk
