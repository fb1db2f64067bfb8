// "We are safe", "we need help": said from wherever the family is, with or without a network. Owned by the
// app; one thread.
#pragma once

#include "core/shelter/citizen/said.h"
#include "core/shelter/safety.h"

namespace machi::shelter {

inline constexpr const char* kSafetyForm = "shelter.safety";
inline constexpr const char* kSafetySaid = "shelter.safety-said";

inline constexpr std::string_view kSafetyRow = "safety";  // of what was said last

class SafetyForm {
 public:
  static bool is_own(const std::string& screen) { return screen.starts_with(kSafetyForm); }
  std::optional<screen::Screen> view(const PhoneContext& context, const std::string& name) const;
  Step act(const PhoneContext& context, const std::string& name, const screen::Action& action);
  // For the household's overview.
  static screen::Nodes nodes(const PhoneContext& context);

 private:
  screen::Screen form(const PhoneContext& context, screen::Screen out) const;
  Step send(const PhoneContext& context);

  std::optional<Safety> safety_;
  std::string where_, note_;
  std::set<int> absent_;  // of whom it is not said
  std::string trouble_;   // key of the words
};

}  // namespace machi::shelter
