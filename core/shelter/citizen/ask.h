// Where is somebody of mine? A relative asks the town from the phone; the town answers by itself, and only of
// who wants it told. What was asked and answered stays on the phone for a week. Owned by the app; one thread.
#pragma once

#include "core/shelter/ask.h"
#include "core/shelter/citizen/said.h"

namespace machi::shelter {

inline constexpr const char* kAskScreen = "shelter.ask";

class AskForm {
 public:
  // The office's answer, inside the mail's transaction. NotAllowed from anybody else.
  static Status take(store::Database& database, const mail::Client& mail, const mail::Received& received);
  screen::Screen view(const PhoneContext& context) const;
  Step act(const PhoneContext& context, const screen::Action& action);
  // For the household's overview.
  static screen::Nodes nodes(const PhoneContext& context);

 private:
  std::string name_, birth_;
  std::string trouble_;  // key of the words
};

}  // namespace machi::shelter
