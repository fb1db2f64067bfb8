// The pages of the protection mailbox, of the desk of plans and of a group of supporters: who sits here, what
// there is, one of it, and who looked. The app shows view(), hands actions to act(). Owned by the desk app;
// one thread.
#pragma once

#include "core/screen/builder.h"
#include "core/shelter/desk/care_desk.h"
#include "core/words/words.h"

namespace machi::shelter {

struct CarePlace {
  enum class At { List, One, Form, Looks };
  At at = At::List;
  std::string notice;  // a sentence, until the next press
  bool warns = false;
  std::string officer;   // as typed
  bool renamed = false;  // somebody else sits down
  bool tried = false;
  std::string words;  // looked for
  AliasId alias;
  PlanId plan;
  PlanHash seen{};  // the plan's content as it was shown
  std::string asking;
  Plan draft;
  std::string birth, supporter, telephone;  // as typed
  std::string by;                           // of a group: who of it
};

struct CareView {
  const CareDesk& desk;
  const words::Words& words;
  const CarePlace& place;
  Instant now;
  std::string office;  // its name
  bool connected = false;
  std::optional<Instant> contact = {};
  bool lockable = false;
};

struct CareAsk {
  bool lock = false;
  bool settings = false;
};
struct CareTurn {
  CareDesk& desk;
  CarePlace& place;
  const CareView& view;
  bool asked = false;  // "<asking>.yes": the second press
};

class CarePages {
 public:
  explicit CarePages(CareDesk& desk) : desk_(desk) {}
  const CarePlace& place() const { return place_; }
  screen::Screen view(const CareView& view) const;
  Result<CareAsk> act(const screen::Action& action, const CareView& view);
  void notice(std::string sentence) {
    place_.notice = std::move(sentence);
    place_.warns = true;
  }
  // Nothing that was shown stays on the screen of a desk that was locked or left.
  void leave() { place_ = {}; }

 private:
  CareDesk& desk_;
  CarePlace place_;
};

// --- the pages (care_protect_page.cc, care_plan_page.cc); act: false = not theirs
screen::Screen care_frame(const CareView& view, std::string name, std::string title);
screen::Screen protect_view(const CareView& view);
Result<bool> protect_act(CareTurn& turn, const screen::Action& action);
screen::Screen plans_view(const CareView& view);
Result<bool> plans_act(CareTurn& turn, const screen::Action& action);
std::string needs_words(const words::Words& words, Needs needs);
inline std::optional<std::string_view> care_subject(const screen::Action& action, std::string_view verb) {
  std::string_view node = action.node;
  if (!node.starts_with(verb) || node.size() <= verb.size() || node[verb.size()] != '.') return std::nullopt;
  return node.substr(verb.size() + 1);
}

}  // namespace machi::shelter
