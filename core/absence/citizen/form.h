// The form "absence.form": a report as a draft, its rules, and sending it. Four taps in the usual case: open, reason, send.
// Owned by the citizen app; one thread. A draft that cannot be stored is kept in memory and the trouble is shown.
#pragma once

#include <map>

#include "core/absence/citizen/context.h"
#include "core/absence/citizen/draft.h"

namespace machi::absence {

class ReportForm {
 public:
  // The screen is about to be shown. False: there is nothing to fill in (no child, or the report is gone).
  bool open(const CitizenContext& context, const std::string& subject);
  screen::Screen view(const CitizenContext& context, const Route& route) const;
  Outcome act(const CitizenContext& context, const Route& route, const screen::Action& action);

 private:
  // What is wrong, by node; and the report when nothing is.
  struct Checked {
    std::map<std::string, std::string> errors;
    Report report;
  };
  Checked check(const CitizenContext& context) const;
  Draft begin(const CitizenContext& context) const;
  Draft change(const CitizenContext& context, const Entry& entry) const;
  void take(const CitizenContext& context, const screen::Action& action);
  void offer_day(const CitizenContext& context);
  // The school day nearest behind what was typed; the first one of all when that is no day for a report.
  Date next_day(const CitizenContext& context) const;
  void save(const CitizenContext& context);
  Outcome send(const CitizenContext& context);
  SchoolDays days(const CitizenContext& context) const;
  std::optional<Entry> already(const CitizenContext& context) const;
  std::string key() const { return subject_.empty() ? "new" : subject_; }
  bool changes() const { return !subject_.empty(); }

  // citizen_form_view.cc
  screen::Node child_choice(const CitizenContext& context, const std::vector<Child>& children) const;
  void add_when(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  void add_why(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  screen::Node with(screen::Node node, const Checked& checked) const;

  std::string subject_;
  Draft draft_;
  bool note_folded_ = true;
  std::optional<base::Code> trouble_;   // why the last attempt to send did not come about
};

// Writes one version of a report to the child's school: book and outbox in one transaction. Used for cancelling too.
Status write_report(const CitizenContext& context, const Report& report, const MailboxId& office,
                    const std::string& draft_key);

// "38.2", "38", full-width digits, comma or point: tenths of a degree. BadInput outside 34.0 to 43.0.
Result<int> parse_temperature(std::string_view text);

}  // namespace machi::absence
