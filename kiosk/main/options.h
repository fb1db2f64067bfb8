// What machi_kiosk is told on its command line.
#pragma once

#include <optional>
#include <string>

#include "kiosk/window/window.h"

namespace machi::kiosk {

struct Options {
  WindowOptions window;
  Look look;
  bool trial = false;   // without devices: everything behind the screen is played
  bool dock = false;    // commanded by lines of standard input (control.h)
  std::string config;   // a file: with the devices that it names
  std::string place;    // stands above every screen
  std::string tree;     // a kept tree to show
  std::string picture;  // draw once into this file, and end
  std::string focus;    // shown there
  std::string words;    // folder of the catalogues
  std::string voice;    // .htsvoice, for Japanese
  int page = 0;
};

// Nothing after --help or a mistake, which it has printed.
std::optional<Options> read_options(int count, char** arguments);

}  // namespace machi::kiosk
