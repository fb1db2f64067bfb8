// The stage: Dear ImGui's context, of which only the font atlas and the draw lists are used. begin() and
// end() hold one frame. One thread; one stage at a time.
#pragma once

#include "kiosk/text/typesetter.h"

struct ImDrawList;

namespace machi::kiosk {

class Stage {
 public:
  Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  ~Stage();

  // Without a renderer: textures are taken as uploaded. For measuring, and for tests.
  void no_renderer();
  ImDrawList& begin(float width, float height);
  void end();
  // Frees what frames have allocated for textures that nobody draws: bytes of all atlas textures.
  std::size_t texture_bytes() const;

 private:
  bool renders_ = true;
};

}  // namespace machi::kiosk
