// "We are here": the phone reads a shelter's poster, the family ticks who came, and says so to the shelter
// office. It is queued without a network and said to be; staff count it apart until they have seen them. No
// poster is needed to be let in: every trouble leads to the pass and to the reception. Owned by the app; one
// thread.
#pragma once

#include "core/shelter/citizen/said.h"
#include "core/shelter/poster.h"

namespace machi::shelter {

inline constexpr const char* kArrivalScan = "shelter.scan";
inline constexpr const char* kArrivalWho = "shelter.who";
inline constexpr const char* kArrivalSaid = "shelter.said";

class Arrival {
 public:
  // A link or a scanned text that is a poster's.
  static bool is_own(std::string_view text);
  // Leads to the question who is here, or to the scanner with what is wrong.
  Step read(const PhoneContext& context, std::string_view text);
  std::optional<screen::Screen> view(const PhoneContext& context, const std::string& name) const;
  Step act(const PhoneContext& context, const std::string& name, const screen::Action& action);
  // For the household's overview: the way to the scanner, and where the last one stands.
  static screen::Nodes nodes(const PhoneContext& context);

 private:
  // arrival.cc
  base::Status check(const PhoneContext& context, base::ByteView cose);
  Step send(const PhoneContext& context);
  // arrival_view.cc
  screen::Screen scan(const PhoneContext& context, screen::Screen out) const;
  screen::Screen who(const PhoneContext& context, screen::Screen out) const;

  std::optional<Poster> poster_;
  std::set<int> absent_;  // numbers of members who are not here
  household::Place place_ = household::Place::Shelter;
  std::string trouble_;  // key of the words
};

inline constexpr std::string_view kArrivalRow = "said";

}  // namespace machi::shelter
