// A tour of screens in one language. What it comes to is kept by name: every name once, and with
// MACHIKADO_SCREENS=DIR as JSON (tour-LANGUAGE-NAME.json) for a presenter to draw (tests/browser/presenter:
// core_trees, tongues). Test code.
#pragma once

#include <cstdlib>
#include <fstream>

#include "core/screen/json.h"
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {

class Tour {
 public:
  explicit Tour(std::string language) : language_(std::move(language)) {}
  const std::string& language() const { return language_; }
  bool japanese() const { return language_ == "ja"; }

  // `what` names what is special about it where a screen is kept more than once.
  void keep(const Device& device, std::string_view wanted, std::string_view what = {}) {
    const std::string name(device.screen().name.substr(0, device.screen().name.find('/')));
    EXPECT_EQ(name, wanted) << device.text();
    EXPECT_EQ(device.screen().language, language_) << device.at();
    seen_.insert(name);
    const std::string kept = name + (what.empty() ? "" : "." + std::string(what));
    EXPECT_TRUE(kept_.insert(kept).second) << kept << " was kept before";
    if (const char* folder = std::getenv("MACHIKADO_SCREENS"))
      std::ofstream(std::string(folder) + "/tour-" + language_ + "-" + kept + ".json")
          << screen::to_json(device.screen());
  }
  // A desk that belongs to no school yet speaks Japanese.
  void keep_japanese(const Device& device, std::string_view wanted, std::string_view what = {}) {
    if (japanese()) return keep(device, wanted, what);
    EXPECT_TRUE(device.at(wanted)) << device.text();
    seen_.insert(std::string(wanted));
  }
  const std::set<std::string>& seen() const { return seen_; }

 private:
  std::string language_;
  std::set<std::string> seen_;
  std::set<std::string> kept_;
};

inline std::vector<std::string> language_tags() {
  std::vector<std::string> out;
  for (const words::Language& one : words::languages()) out.emplace_back(one.tag);
  return out;
}

// The name of a parameterised test.
inline std::string tag_name(const testing::TestParamInfo<std::string>& one) {
  std::string name = one.param;
  std::erase(name, '-');
  return name;
}

// What a person does who finds the button named so, whatever it says in their language.
inline void press_first(Device& device, std::string_view begin) {
  const screen::Node* found = first_of(device, begin);
  if (found == nullptr) found = first_of(device.screen().foot, begin);
  if (found == nullptr) {
    ADD_FAILURE() << device.name() << " has no " << begin << " on " << device.at() << ":\n" << device.text();
    return;
  }
  device.press(std::string(found->id));
}

}  // namespace machi::journeys
