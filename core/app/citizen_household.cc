// The household's screens in the citizen app: what they stand on, and what a step of theirs asks of the host.
#include "core/app/citizen_state.h"
#include "core/shelter/citizen/record.h"

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

// To whom what the family says of itself goes: whom the directory names, else whom the app was built with.
shelter::PhoneContext Citizen::shelter_context() const {
  std::optional<mail::Recipient> to;
  if (pack_.shelter) to = mail::Recipient{pack_.shelter->office, pack_.shelter->epoch, pack_.shelter->key};
  for (const mail::Office& office : mail_->client.offices())
    if (office.kind == "shelter" && (!pack_.shelter || office.mailbox == pack_.shelter->office))
      if (const auto known = mail_->client.recipient(office.mailbox); known.ok()) to = *known;
  return {*database_, household::HouseholdBook(*database_), mail_->entropy, mail_->client, words_, now_, to,
          online_};
}

bool Citizen::open_household(const Route& route) {
  return household_.open(household_context(), route.name, route.subject);
}

std::optional<screen::Screen> Citizen::draw_household(const Route& route) const {
  auto context = household_context();
  if (route.name == household::kOverview) {
    context.going = shelter::Arrival::nodes(shelter_context());
    for (screen::Node& node : shelter::SafetyForm::nodes(shelter_context()))
      context.going.push_back(std::move(node));
    for (screen::Node& node : shelter::AskForm::nodes(shelter_context()))
      context.going.push_back(std::move(node));
    for (screen::Node& node : shelter::PlanScreens::nodes(shelter_context()))
      context.going.push_back(std::move(node));
    context.sending = shelter::record_nodes(shelter_context());
    for (screen::Node& node : shelter::AliasScreen::nodes(shelter_context()))
      context.sending.push_back(std::move(node));
  }
  return household_.view(context, route.name, route.subject);
}

Outcome Citizen::act_household(const screen::Action& action, std::vector<Effect>& out) {
  if (action.action == "press" && routes_.back().name == household::kOverview) {
    if (action.node == "arrive") return absence::go(shelter::kArrivalScan);
    if (action.node == "said") return absence::go(shelter::kArrivalSaid);
    if (action.node == "alias") return absence::go(shelter::kAliasScreen);
    if (action.node == "plans") return absence::go(shelter::kPlans);
    if (action.node == "relative") return absence::go(shelter::kAskScreen);
    if (action.node == "safety") return absence::go(shelter::kSafetyForm);
    if (action.node == "safety-said") return absence::go(shelter::kSafetySaid);
    if (action.node == "send" || action.node == "send-stop")
      if (const auto kept = shelter::send_records(shelter_context(), action.node == "send"); !kept.ok())
        logs_.push_back({"citizen.household", std::string(base::code_name(kept.code()))});
  }
  Outcome next = outcome_of(household_.act(household_context(), routes_.back().name, action), out);
  send_household();
  recovery_.changed |= action.action == "press";  // the sheet and the second phone have it too
  return next;
}

Outcome Citizen::act_shelter(const screen::Action& action, std::vector<Effect>& out) {
  if (routes_.back().name == shelter::kAskScreen) return outcome_of(ask_.act(shelter_context(), action), out);
  if (shelter::SafetyForm::is_own(routes_.back().name))
    return outcome_of(safety_.act(shelter_context(), routes_.back().name, action), out);
  return outcome_of(arrival_.act(shelter_context(), routes_.back().name, action), out);
}

// A change of the household follows by mail, where the family wants it.
void Citizen::send_household() {
  store::Transaction transaction(*database_);
  const auto sent = shelter::send_record(shelter_context());
  const auto kept = sent.ok() ? transaction.commit() : base::Status(sent.error());
  if (kept.ok()) return;
  host_.forget_kept();
  logs_.push_back({"citizen.household", std::string(base::code_name(kept.code()))});
}

Outcome Citizen::outcome_of(household::Step step, std::vector<Effect>& out) {
  if (step.print) out.push_back({Print{}});
  if (!step.picture.empty())
    out.push_back({SavePicture{"machikado-pass.png", std::move(step.picture), std::move(step.lines)}});
  Outcome next;
  next.persist = step.persist;
  next.sent = step.sent;
  next.rolled_back = step.rolled_back;
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
