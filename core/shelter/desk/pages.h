// ShelterPages: where the person at a shelter's desk is. The app shows view(), hands actions to act(), and
// carries out what is asked of it. Owned by the desk app; one thread.
#pragma once

#include "core/shelter/desk/page.h"

namespace machi::shelter {

class ShelterPages {
 public:
  explicit ShelterPages(ShelterDesk& desk) : desk_(desk) {}

  const DeskPlace& place() const { return place_; }
  screen::Screen view(const DeskView& view) const;
  struct Outside {
    const std::string* text = nullptr;
    std::function<household::PassReading(std::string_view)> read_pass;
    std::function<Result<int>(std::string_view)> take_exchange;
  };
  Result<DeskAsk> act(const screen::Action& action, const DeskView& view, Outside outside);
  void notice(std::string sentence, bool warns = false) {
    place_.notice = std::move(sentence);
    place_.warns = warns;
  }

 private:
  const Page& shown(const DeskView& view) const;
  ShelterDesk& desk_;
  DeskPlace place_;
};

}  // namespace machi::shelter
