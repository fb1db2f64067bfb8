// The strokes. A line of the table: M x y begins, L x y draws on, Z closes; O x y r is a circle; A x y r from
// to an arc in degrees, clockwise from the right; D x y r a disc.
#include "kiosk/draw/icons.h"

#include <imgui.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <numbers>

namespace machi::kiosk {
namespace {

const std::map<std::string_view, std::string_view>& strokes() {
  static const std::map<std::string_view, std::string_view> all = {
      {"school", "M 2 9 L 12 4 L 22 9 L 12 14 Z M 6 11 L 6 17 L 12 20 L 18 17 L 18 11"},
      {"check", "O 12 12 9 M 8 12 L 11 15 L 16 9"},
      {"tick", "M 5 12.5 L 10 17.5 L 19.5 7"},
      {"clock", "O 12 12 9 M 12 7 L 12 12 L 15.5 14"},
      {"phone", "M 7 3 L 17 3 L 17 21 L 7 21 Z M 11 18 L 13 18"},
      {"telephone",
       "M 5 4 L 9 4 L 11 9 L 8.5 11 L 13 15.5 L 15 13 L 20 15 L 20 19 L 17 20 L 10 17 L 7 14 L 4 7 Z"},
      {"warning", "M 12 3.5 L 22 20 L 2 20 Z M 12 10 L 12 14.5 M 12 17 L 12 17.2"},
      {"failed", "O 12 12 9 M 9 9 L 15 15 M 15 9 L 9 15"},
      {"info", "O 12 12 9 M 12 11 L 12 16.5 M 12 7.6 L 12 7.8"},
      {"back", "M 14.5 6 L 8.5 12 L 14.5 18"},
      {"forward", "M 9.5 6 L 15.5 12 L 9.5 18"},
      {"up", "M 6 15 L 12 9 L 18 15"},
      {"down", "M 6 9 L 12 15 L 18 9"},
      {"close", "M 6 6 L 18 18 M 18 6 L 6 18"},
      {"add", "M 12 5 L 12 19 M 5 12 L 19 12"},
      {"less", "M 5 12 L 19 12"},
      {"edit", "M 4 20 L 5 15.5 L 16 4.5 L 19.5 8 L 8.5 19 Z M 13.5 7 L 17 10.5"},
      {"calendar", "M 4 6 L 20 6 L 20 20 L 4 20 Z M 4 10.5 L 20 10.5 M 8 3.5 L 8 7.5 M 16 3.5 L 16 7.5"},
      {"send", "M 3.5 11 L 20.5 3.5 L 14 20.5 L 11 13.5 Z M 20.5 3.5 L 11 13.5"},
      {"retry", "A 12 12 8 -60 210 M 12 1.6 L 16 5.2 L 12 9"},
      {"scan",
       "M 4 8 L 4 4 L 8 4 M 16 4 L 20 4 L 20 8 M 20 16 L 20 20 L 16 20 M 8 20 L 4 20 L 4 16 M 7 12 L 17 12"},
      {"picture", "M 4 4 L 20 4 L 20 20 L 4 20 Z O 9 9 1.6 M 4 17 L 10 12 L 14 16 L 17 13.5 L 20 16"},
      {"language",
       "O 12 12 9 M 3 12 L 21 12 M 12 3 L 9 7.5 L 8.4 12 L 9 16.5 L 12 21 L 15 16.5 L 15.6 12 L 15 7.5 Z"},
      {"home",
       "M 3.5 11.5 L 12 4 L 20.5 11.5 M 6 9.8 L 6 20 L 18 20 L 18 9.8 M 10 20 L 10 14 L 14 14 L 14 20"},
      {"person", "O 12 8 4 A 12 21 7 180 360"},
      {"people", "O 9 8 3.6 A 9 20.5 6.4 180 360 A 16 8 3.2 -90 90 M 18 14.6 L 20.6 17 L 21.6 20.5"},
      {"lock", "M 5 11 L 19 11 L 19 20.5 L 5 20.5 Z M 8 11 L 8 7.6 A 12 7.6 4 180 360 M 16 7.6 L 16 11"},
      {"online", "A 12 19 12 228 312 A 12 19 7.5 228 312 D 12 18 1.5"},
      {"offline", "A 12 19 12 228 312 A 12 19 7.5 228 312 D 12 18 1.5 M 4 3 L 20 21"},
      {"delete", "M 4 7 L 20 7 M 9 7 L 9 4 L 15 4 L 15 7 M 6 7 L 7 20.5 L 17 20.5 L 18 7"},
      {"search", "O 10.5 10.5 6.5 M 15.5 15.5 L 20.5 20.5"},
      {"settings",
       "O 12 12 3.2 M 12 2.8 L 12 6 M 12 18 L 12 21.2 M 2.8 12 L 6 12 M 18 12 L 21.2 12 M 5.5 5.5 L 7.8 7.8 "
       "M 16.2 16.2 L 18.5 18.5 M 5.5 18.5 L 7.8 16.2 M 16.2 7.8 L 18.5 5.5"},
      {"mail", "M 3 5.5 L 21 5.5 L 21 18.5 L 3 18.5 Z M 3 7 L 12 13 L 21 7"},
      {"help", "O 12 12 9 A 12 9.8 2.6 180 400 M 13.6 11.9 L 12 13.4 L 12 14.2 M 12 17 L 12 17.2"},
      {"staff",
       "M 5 17 L 19 17 L 17 14.5 L 17 10 A 12 10 5 180 360 M 7 10 L 7 14.5 L 5 17 M 10.5 20 L 13.5 20 M 12 3 "
       "L 12 5"},
      {"bell",
       "M 5 17 L 19 17 L 17 14.5 L 17 10 A 12 10 5 180 360 M 7 10 L 7 14.5 L 5 17 M 10.5 20 L 13.5 20 M 12 3 "
       "L 12 5"},
      {"voice", "M 3.5 9.5 L 7 9.5 L 12 5 L 12 19 L 7 14.5 L 3.5 14.5 Z A 12 12 4 -45 45 A 12 12 8 -45 45"},
      {"letters",
       "M 2.5 19 L 8 5 L 13.5 19 M 4.6 14 L 11.4 14 M 14.5 19 L 18 10 L 21.5 19 M 15.8 16 L 20.2 16"},
      {"low", "M 12 3.5 L 12 15 M 7 10 L 12 15 L 17 10 M 4 20 L 20 20"},
      {"contrast", "O 12 12 9 D 12 12 4.5"},
      {"card",
       "M 2.5 5.5 L 21.5 5.5 L 21.5 18.5 L 2.5 18.5 Z O 8 11 2 M 5 16 L 11 16 M 14 10 L 18.5 10 M 14 14 L "
       "18.5 14"},
      {"paper",
       "M 6 2.5 L 14.5 2.5 L 19 7 L 19 21.5 L 6 21.5 Z M 14 2.5 L 14 7.5 L 19 7.5 M 9 12 L 16 12 M 9 16 L 16 "
       "16"},
      {"printer",
       "M 7 8 L 7 3.5 L 17 3.5 L 17 8 M 7 17 L 3.5 17 L 3.5 8 L 20.5 8 L 20.5 17 L 17 17 M 7 13.5 L 17 13.5 "
       "L 17 20.5 L 7 20.5 Z"},
      {"money",
       "O 12 12 9 M 8.5 7 L 12 11.5 L 15.5 7 M 12 11.5 L 12 17 M 9 12.2 L 15 12.2 M 9 14.6 L 15 14.6"},
  };
  return all;
}

class Pencil {
 public:
  Pencil(ImDrawList& list, const Box& box, Colour colour, float width)
      : list_(list), box_(box), colour_(colour), width_(width) {}

  void follow(std::string_view path) {
    const std::string text(path);  // ends with a zero, which strtof wants
    const char* at = text.c_str();
    while (*at != 0) {
      const char word = *at++;
      if (word == 'M' || word == 'Z') end(word == 'Z');
      if (word == 'M' || word == 'L') {
        const float x = number(at);
        list_.PathLineTo(place(x, number(at)));
        open_ = true;
      }
      if (word == 'O' || word == 'D') circle(at, word == 'D');
      if (word == 'A') arc(at);
    }
    end(false);
  }

 private:
  static float number(const char*& at) {
    char* next = nullptr;
    const float value = std::strtof(at, &next);
    at = next;
    return value;
  }
  ImVec2 place(float x, float y) const { return {box_.x + x * box_.w / 24, box_.y + y * box_.h / 24}; }
  void circle(const char*& at, bool disc) {
    end(false);
    const float x = number(at);
    const float y = number(at);
    const float r = number(at) * box_.w / 24;
    if (disc)
      list_.AddCircleFilled(place(x, y), r, colour_);
    else
      list_.AddCircle(place(x, y), r, colour_, 0, width_);
  }
  void arc(const char*& at) {
    const float x = number(at);
    const float y = number(at);
    const float r = number(at) * box_.w / 24;
    const float from = number(at) * std::numbers::pi_v<float> / 180;
    const float to = number(at) * std::numbers::pi_v<float> / 180;
    list_.PathArcTo(place(x, y), r, from, to);
    open_ = true;
  }
  void end(bool closed) {
    if (!open_) return;
    const ImVec2 first = list_._Path.front();
    const ImVec2 last = list_._Path.back();
    list_.PathStroke(colour_, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width_);
    if (!closed) {
      list_.AddCircleFilled(first, width_ / 2, colour_);
      list_.AddCircleFilled(last, width_ / 2, colour_);
    }
    open_ = false;
  }

  ImDrawList& list_;
  Box box_;
  Colour colour_;
  float width_;
  bool open_ = false;
};

}  // namespace

bool has_icon(std::string_view name) { return strokes().contains(name); }

void draw_icon(ImDrawList& list, std::string_view name, const Box& box, Colour colour, float width) {
  const auto found = strokes().find(name);
  if (found != strokes().end()) Pencil(list, box, colour, width).follow(found->second);
}

}  // namespace machi::kiosk
