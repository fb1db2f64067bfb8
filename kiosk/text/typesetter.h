// The typesetter: fonts by language in Dear ImGui's atlas, how wide a text is, and how it gets onto a draw
// list. Glyphs are drawn when they are first needed; what has to be shaped comes from the Shaper as a picture
// and is kept in the same atlas. Wants a current ImGui context. One thread.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/base/bytes.h"
#include "kiosk/look/theme.h"
#include "kiosk/text/font_table.h"
#include "kiosk/text/shaper.h"

struct ImDrawList;
struct ImFont;

namespace machi::kiosk {

// The bytes stay where they are while the typesetter lives. collection: the first two hold a face for each of
// the languages that share Han characters (face_of).
struct FontSet {
  base::ByteView regular, bold;
  base::ByteView rare;  // characters that the other two lack
  bool collection = false;
};

struct Style {
  float em = 36;  // pixels
  bool bold = false;
};

class Typesetter {
 public:
  static base::Result<std::unique_ptr<Typesetter>> open(const FontSet& fonts, std::unique_ptr<Shaper> shaper);
  ~Typesetter();

  // Han characters are drawn as this language writes them.
  void speak(std::string_view language);
  float advance(char32_t c, const Style& style);
  // Of a run that joins(); falls back to the sum of its plain characters.
  float shaped(const std::string& run, const Style& style);
  float width(std::u32string_view text, const Style& style);

  // x: the pen; y: the base line.
  void draw(ImDrawList& list, float x, float y, const std::string& text, bool is_shaped, const Style& style,
            Colour colour);

  // Characters that no font has, since it was last asked.
  std::set<char32_t> take_missing() { return std::exchange(missing_, {}); }
  // Pictures that were not drawn lately go: called once for each new screen.
  void forget_old();
  std::size_t pictures() const { return runs_.size(); }

 private:
  struct Run {
    int rectangle = -1;  // in the atlas; -1 = as plain characters
    std::string plain;   // these
    float left = 0, top = 0, advance = 0, width = 0, height = 0;
    std::uint64_t used = 0;
  };
  struct Face {
    ImFont* font = nullptr;
    float line = 1;
  };
  struct Width {
    float advance = 0;
    bool missing = false;
  };
  using Widths = std::unordered_map<char32_t, Width>;  // at one size
  Typesetter(const FontSet& fonts, std::unique_ptr<Shaper> shaper)
      : fonts_(fonts), shaper_(std::move(shaper)) {}
  Face& face(bool bold);
  Run& run(const std::string& text, const Style& style);

  FontSet fonts_;
  std::unique_ptr<Shaper> shaper_;
  int number_ = 0;  // of the face in the collection
  std::map<std::pair<int, bool>, Face> faces_;
  std::map<std::string, Run> runs_;
  std::map<std::tuple<int, bool, int>, Widths> widths_;  // face, bold, pixels
  Widths* widths_of_last_ = nullptr;
  std::tuple<int, bool, int> last_{-1, false, 0};
  std::set<char32_t> missing_;
  std::uint64_t clock_ = 0;
};

// The number of a language's face in Noto Sans CJK's collections: Japanese, Korean, simplified, traditional.
int face_of(std::string_view language);

}  // namespace machi::kiosk
