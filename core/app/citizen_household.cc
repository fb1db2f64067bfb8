// The household's screens in the citizen app: what they stand on, and what a step of theirs asks of the host.
#include "core/app/citizen_state.h"

namespace machi::app {

using absence::Outcome;

household::ScreenContext Citizen::household_context() const {
  // The directory's word is newer than what the app was built with.
  std::optional<crypto::SealPublic> key;
  if (pack_.shelter) key = pack_.shelter->key;
  for (const mail::Office& office : mail_->client.offices())
    if (office.kind == "shelter" && (!pack_.shelter || office.mailbox == pack_.shelter->office))
      key = office.epoch_key;
  return {household::HouseholdBook(*database_),   mail_->entropy, words_, now_, pack_.town.id, key,
          installed_ || storage_ == "persistent", online_};
}

bool Citizen::open_household(const Route& route) {
  return household_.open(household_context(), route.name, route.subject);
}

std::optional<screen::Screen> Citizen::draw_household(const Route& route) const {
  return household_.view(household_context(), route.name, route.subject);
}

Outcome Citizen::act_household(const screen::Action& action, std::vector<Effect>& out) {
  household::Step step = household_.act(household_context(), routes_.back().name, action);
  if (step.print) out.push_back({Print{}});
  if (!step.picture.empty())
    out.push_back({SavePicture{"machikado-pass.png", std::move(step.picture), std::move(step.lines)}});
  Outcome next;
  next.persist = step.persist;
  next.to = {std::move(step.name), std::move(step.subject)};
  using Move = Outcome::Move;
  switch (step.move) {
    case household::Step::Move::Stay:
      break;
    case household::Step::Move::Push:
      next.move = Move::Push;
      break;
    case household::Step::Move::Replace:
      next.move = Move::Replace;
      break;
    case household::Step::Move::Back:
      next.move = Move::Back;
      break;
  }
  return next;
}

}  // namespace machi::app
