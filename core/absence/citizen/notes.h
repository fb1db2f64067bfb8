// The screen "absence.notes": what a family and a school wrote to each other about one child, and the next
// note. Its subject is the pupil, or the pupil and the report that the note is about. Owned by the citizen
// app; one thread.
#pragma once

#include "core/absence/citizen/context.h"
#include "core/absence/citizen/note_book.h"
#include "core/absence/citizen/photo.h"

namespace machi::absence {

class Notes {
 public:
  // The screen is about to be shown: what the school wrote counts as seen. False: no such child.
  bool open(const CitizenContext& context, const std::string& subject);
  std::optional<screen::Screen> view(const CitizenContext& context, const Route& route) const;
  Outcome act(const CitizenContext& context, const Route& route, const screen::Action& action);
  // A picture was chosen for the photo.
  void take(const CitizenContext& context, const ChosenPhoto& chosen);

  static std::string subject(const PupilId& pupil, const ReportId& report) {
    return pupil.hex() + "." + report.hex();
  }
  // For the home screen: a row for each child about whom the school wrote something unread; the subject of a
  // pressed one.
  static screen::Nodes rows(const CitizenContext& context);
  static std::optional<std::string> pressed(const screen::Action& action);

 private:
  Outcome send(const CitizenContext& context);
  PupilId pupil_;
  std::optional<ReportId> report_;
  NoteId next_;  // id of the note that is being written: a second press is the same note
  std::string text_;
  PhotoField photo_;
  bool tried_ = false;
  std::optional<base::Code> trouble_;
};

}  // namespace machi::absence
