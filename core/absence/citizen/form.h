// The form "absence.form": a report as a draft, its rules, and sending it. Four taps in the usual case: open,
// reason, send. One draft may become a report for each of several children. Owned by the citizen app; one
// thread. A draft that cannot be stored is kept in memory and the trouble is shown.
#pragma once

#include <map>

#include "core/absence/citizen/context.h"
#include "core/absence/citizen/draft.h"
#include "core/absence/citizen/photo.h"
#include "core/absence/citizen/write.h"
#include "core/absence/illness.h"

namespace machi::absence {

// A form's subject that begins so, with the pupil behind it: the child comes to school again.
inline constexpr std::string_view kBackSubject = "back:";

class ReportForm {
 public:
  // The screen is about to be shown. False: there is nothing to fill in (no child, or the report is gone).
  bool open(const CitizenContext& context, const std::string& subject);
  screen::Screen view(const CitizenContext& context, const Route& route) const;
  Outcome act(const CitizenContext& context, const Route& route, const screen::Action& action);
  // What was typed since the draft was last written, and writes it. False: the trouble stands on the screen.
  bool unsaved() const { return unsaved_; }
  bool keep(const CitizenContext& context);
  // A picture was chosen for the photo.
  void take(const CitizenContext& context, const ChosenPhoto& chosen);

 private:
  // What is wrong, by node; and the report (of the first child) when nothing is.
  struct Checked {
    std::map<std::string, std::string> errors;
    Report report;
    bool closed_books = false;  // the school has closed that day: only a note is left
  };
  Draft begin(const CitizenContext& context) const;
  Draft change(const CitizenContext& context, const Entry& entry) const;
  void take(const CitizenContext& context, const screen::Action& action);
  void begin_photo(const CitizenContext& context, bool typed, const std::optional<Photo>& photo);
  void offer_day(const CitizenContext& context);
  void edited(const CitizenContext& context);
  Outcome send(const CitizenContext& context);
  // The reports that sending makes, one a child, with what they end.
  std::vector<Outgoing> outgoing(const CitizenContext& context, const Report& report) const;
  std::optional<Entry> already(const CitizenContext& context) const;
  std::vector<Child> chosen(const CitizenContext& context) const;
  std::string key() const { return subject_.empty() ? "new" : subject_; }
  bool changes() const { return !subject_.empty() && !subject_.starts_with(kBackSubject); }

  // citizen/form_check.cc
  Checked check(const CitizenContext& context) const;
  void check_days(const CitizenContext& context, Checked& out) const;
  void check_illness(const CitizenContext& context, Checked& out) const;
  // The days of a child's school; without a child those of the first one chosen, or registered.
  SchoolDays days(const CitizenContext& context) const;
  SchoolDays days(const CitizenContext& context, const Child& child) const;
  // The school day nearest behind what was typed; the first one of all when that is no day for a report.
  Date next_day(const CitizenContext& context) const;
  bool ill() const { return draft_.kind != ReportKind::Back && draft_.reason.has_value(); }

  // citizen/form_view.cc
  screen::Node child_choice(const CitizenContext& context, const std::vector<Child>& children) const;
  void add_kind(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  void add_when(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  void add_why(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  void add_note(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  // What the doctor has to write is said on the screen: there the photo stands open, outside of the note.
  bool papers() const { return draft_.reason == Reason::Infectious && draft_.kind != ReportKind::Back; }
  screen::Node photo_node(const CitizenContext& context, const Checked& checked) const;
  void add_foot(const CitizenContext& context, const Checked& checked, screen::Nodes& foot) const;
  screen::Node with(screen::Node node, const Checked& checked) const;

  // citizen/form_illness.cc
  void add_symptoms(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  void add_disease(const CitizenContext& context, const Checked& checked, screen::Nodes& main) const;
  std::optional<Exclusion> exclusion(const CitizenContext& context) const;
  // The last day at home by the rule, as far as it is known; nothing when it lies before the first.
  std::optional<Date> home_until(const CitizenContext& context) const;

  std::string subject_;
  Draft draft_;
  std::optional<Date> begun_;  // the first day of a report that is changed while it runs
  PhotoField photo_;
  bool note_folded_ = true;
  bool unsaved_ = false;               // the draft is written once the screen was shown
  std::optional<base::Code> trouble_;  // why the last attempt to send did not come about
};

}  // namespace machi::absence
