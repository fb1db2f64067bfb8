// The household on the phone: overview, a member, one question a page, the pass. Works without enrolment and
// without a network. The app keeps the way back and carries out what a step asks for. Owned by the app; one
// thread.
#pragma once

#include "core/household/alias.h"
#include "core/household/pass.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::household {

struct ScreenContext {
  HouseholdBook book;
  base::Entropy& entropy;
  const words::Words& words;
  Instant now;
  TownId town;
  std::optional<crypto::SealPublic> key;  // of the shelter office, as far as it is known
  bool kept = false;                      // the browser keeps the storage, or the app is installed
  bool online = true;
  // What other services say on the overview, above and below the family: arrived; the record by mail.
  screen::Nodes going = {};
  screen::Nodes sending = {};
};

inline constexpr const char* kOverview = "household";
inline constexpr const char* kMember = "household.member";  // subject: number
inline constexpr const char* kAsk = "household.ask";  // subject: "telephone", "3.kana", "new.kana", "3.sex+"
inline constexpr const char* kShow = "household.pass";

// Where an action leads, and what it asks for.
struct Step {
  enum class Move { Stay, Push, Replace, Back };
  Move move = Move::Stay;
  std::string name = {};
  std::string subject = {};
  bool persist = false;      // ask the browser to keep the storage
  bool sent = false;         // something was sent: worth a sound
  bool rolled_back = false;  // a transaction did not commit: nothing that it made may leave the phone
  bool print = false;
  std::string picture = {};  // the pass, to be saved as a picture
  std::vector<std::string> lines = {};
};

class Screens {
 public:
  // The screen is about to be shown. False: its subject is gone.
  bool open(const ScreenContext& context, const std::string& name, const std::string& subject);
  // Nothing when its subject is gone.
  std::optional<screen::Screen> view(const ScreenContext& context, const std::string& name,
                                     const std::string& subject) const;
  Step act(const ScreenContext& context, const std::string& name, const screen::Action& action);

 private:
  // ask.cc
  void read(const Household& household);
  std::string put(Household& household);
  Step save(const ScreenContext& context);
  screen::Screen ask(const ScreenContext& context, screen::Screen out) const;
  // overview.cc
  screen::Screen overview(const ScreenContext& context, const Household& household, screen::Screen out) const;
  screen::Screen member(const ScreenContext& context, const Household& household, const Member& member,
                        screen::Screen out) const;
  screen::Screen show(const ScreenContext& context, const Household& household, screen::Screen out) const;

  std::string who_;   // "", "new" or a member's number
  std::string what_;  // the question
  bool on_ = false;   // goes on to the next one
  std::string text_;  // as typed
  std::string more_;  // the supporter's telephone
  std::vector<std::string> chosen_;
  std::string error_;  // key of the words
};

// Of the phone's household: an empty one when there is none, or its row is broken.
Household household_of(const ScreenContext& context);
Member* member_of(Household& household, const std::string& number);

}  // namespace machi::household
