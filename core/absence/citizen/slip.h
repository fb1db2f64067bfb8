// Enrolment on the phone: a slip is read (camera, picture, link, typed code), checked against the town's
// keys, and turned into an application that the school answers. Opening a slip uses nothing up (DESIGN.md,
// Enrolment). Owned by the citizen app; one thread. What was read and typed is kept as a draft until it is
// sent.
#pragma once

#include <map>

#include "core/absence/citizen/context.h"
#include "core/absence/citizen/draft.h"

namespace machi::absence {

class SlipFlow {
 public:
  // A link, "MK1:" text or code that came from anywhere. Leads to slip.check, and from there where settle()
  // says.
  Outcome read(const CitizenContext& context, const std::string& text);
  // A slip that was read before the app was closed. False: there is none.
  bool resume(const CitizenContext& context);
  // The hub's answer to a typed code (mail::ClientEvents::on_slip); settle() goes on with it.
  void on_slip(const mail::SlipCode& code, const Result<base::Bytes>& slip);
  // Goes on when what was waited for has come: after every event, while slip.check is shown.
  std::optional<Outcome> settle(const CitizenContext& context);

  std::optional<screen::Screen> view(const CitizenContext& context, const Route& route) const;
  Outcome act(const CitizenContext& context, const Route& route, const screen::Action& action);
  // A school of the town welcomes a child that this phone had at another one: it applies there by itself.
  static Status welcomed(const CitizenContext& context, const MailboxId& office, const Welcome& welcome);
  // The person left the flow: what was read is forgotten.
  void leave(const CitizenContext& context);

  // Rows of applications on their way, for the home screen; the route of a pressed row.
  static screen::Nodes rows(const CitizenContext& context);
  static std::optional<Route> pressed(const CitizenContext& context, const screen::Action& action);

 private:
  struct Problem {
    base::Code code = base::Code::BadInput;
    std::optional<mail::Slip> slip;  // only when its signature holds
    bool ended = false;              // it was good once: the school has ended the enrolment
  };
  struct Pending {
    base::Bytes slip;  // COSE bytes; empty while only a code is known
    std::optional<mail::SlipCode> code;
    std::optional<Result<base::Bytes>> fetched;
  };
  std::map<std::string, std::string> check(const CitizenContext& context) const;
  Outcome fail_with(const CitizenContext& context, base::Code code, std::optional<mail::Slip> slip = {});
  std::optional<Outcome> settle_slip(const CitizenContext& context);
  Outcome apply(const CitizenContext& context);
  static Status write_application(const CitizenContext& context, mail::Application application,
                                  const MailboxId& office);

  // citizen_slip_view.cc
  screen::Screen scan(const CitizenContext& context, const Route& route) const;
  screen::Screen checking(const CitizenContext& context, const Route& route) const;
  screen::Screen form(const CitizenContext& context, const Route& route) const;
  screen::Screen problem(const CitizenContext& context, const Route& route, const Problem& what,
                         const MailboxId& office, const std::string& office_name) const;
  screen::Screen waiting(const CitizenContext& context, const Route& route,
                         const ApplicationState& application) const;

  std::optional<Pending> pending_;
  std::optional<Problem> problem_;
  std::optional<mail::Slip> slip_;
  SlipDraft draft_;
  std::optional<base::Code> trouble_;
};

}  // namespace machi::absence
