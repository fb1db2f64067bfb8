// What this phone knows of its owner, for notices alone: asked one thing at a time, each with its reason,
// each erasable; and how notices shall come. Owned by the app; one thread.
#pragma once

#include "core/notice/citizen/context.h"

namespace machi::notice {

class ProfileScreens {
 public:
  static bool is_own(std::string_view name) { return name == kProfile || name == kAsk || name == kSettings; }
  void open(const PhoneContext& context, const std::string& name, const std::string& subject);
  std::optional<screen::Screen> view(const PhoneContext& context, const std::string& name,
                                     const std::string& subject) const;
  PhoneStep act(const PhoneContext& context, const std::string& name, const std::string& subject,
                const screen::Action& action);

 private:
  screen::Screen overview(const PhoneContext& context) const;
  screen::Screen ask(const PhoneContext& context, Question question) const;
  screen::Screen settings(const PhoneContext& context) const;
  PhoneStep save(const PhoneContext& context, Question question);
  std::string typed() const;

  std::string text_;                   // districts, birth
  std::vector<std::string> children_;  // "2024-05"
  std::string child_;                  // being typed
  std::vector<std::string> chosen_;    // roles, languages, handbooks
  std::string grade_;
  std::string error_;    // key of the words
  bool asking_ = false;  // to erase all
};

}  // namespace machi::notice
