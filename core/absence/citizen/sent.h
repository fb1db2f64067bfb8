// What became of a report: "absence.sent" with its three true states, "absence.cancel" before it is taken back, and rows
// for the home screen and the history. Reads the books and the mail; one thread.
#pragma once

#include "core/absence/citizen/context.h"
#include "core/absence/citizen/status.h"

namespace machi::absence {

class SentReports {
 public:
  // absence.sent and absence.cancel. Nothing when there is no such report.
  std::optional<screen::Screen> view(const CitizenContext& context, const Route& route) const;
  Outcome act(const CitizenContext& context, const Route& route, const screen::Action& action);

  // Reports of today and later days for the home screen; any reports as rows that open them; the subject of a pressed row.
  static screen::Nodes coming(const CitizenContext& context);
  static screen::Nodes rows(const CitizenContext& context, const std::vector<Entry>& entries);
  static std::optional<std::string> pressed(const screen::Action& action);

 private:
  screen::Screen sent(const CitizenContext& context, const Route& route, const Entry& entry) const;
  screen::Screen told(const CitizenContext& context, const Route& route, const Entry& entry, const Progress& progress) const;
  screen::Screen cancel(const CitizenContext& context, const Route& route, const Entry& entry) const;
  Outcome take_back(const CitizenContext& context, const Entry& entry);
  std::optional<base::Code> trouble_;
};

}  // namespace machi::absence
