// Every screen of the kiosk, in any language, made by the functions that make them for visitors; and a stage
// to lay them out on, without a window. Test code.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/certificate/kiosk/screens.h"
#include "kiosk/draw/stage.h"
#include "kiosk/presenter.h"
#include "kiosk/window/fonts.h"

namespace machi::kiosk::test {

struct Picture {
  std::string name;  // "kiosk.pin.wrong"
  screen::Screen screen;
};

std::vector<Picture> gallery(const std::string& language);
std::vector<std::string> languages();

// Panels and manners: "portrait", "large", "low", "landscape", "low large".
struct Panel {
  std::string name;
  Look look;
};
std::vector<Panel> panels(const std::string& language);

class Room {
 public:
  Room();
  Typesetter& type() { return *type_; }
  Stage& stage() { return stage_; }

 private:
  InstalledFonts fonts_;
  Stage stage_;
  std::unique_ptr<Typesetter> type_;
};
// One for all: there is one stage at a time.
Room& room();

}  // namespace machi::kiosk::test
