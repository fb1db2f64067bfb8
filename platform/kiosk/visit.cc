// Effects until there is none, acts where the transaction waits for somebody.
#include "platform/kiosk/visit.h"

#include <chrono>

namespace machi::kiosk {

using base::Code;
using base::fail;
using base::Status;
using certificate::kiosk::Effect;
using certificate::kiosk::Stage;
namespace act = certificate::kiosk::act;

Status Visit::run(std::optional<Effect> effect) {
  while (effect) {
    Done done = devices_.perform(effect->work);
    effect = transaction_.on(effect->number, std::move(done.answer), now_());
  }
  if (transaction_.stage() == Stage::Stuck) return fail(Code::Storage, "the journal cannot be written");
  return {};
}

Status Visit::finish_what_is_open() { return run(transaction_.begin(now_())); }

Status Visit::serve(Visitor visitor, host::CardReader& reader) {
  if (transaction_.stage() != Stage::Free) return fail(Code::NotAllowed, "out of service");
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(visitor.card_milliseconds);
  for (auto seen = reader.look(); seen != host::CardSeen::Card; seen = reader.wait(seen, 500))
    if (std::chrono::steady_clock::now() > until) return fail(Code::NotFound, "no card");
  card_ = devices_.meet_card();
  if (card_.trouble != CardTrouble::None) {
    devices_.let_card_go();
    return fail(Code::NotAllowed, "card");
  }
  MACHI_TRY(run(transaction_.on(act::Start{std::move(visitor.order)}, now_())));
  for (bool waiting = true; waiting;) {
    switch (transaction_.stage()) {
      case Stage::Pin:
        // One PIN is all that this visitor knows.
        if (transaction_.card_trouble() != CardTrouble::None) {
          MACHI_TRY(run(transaction_.on(act::Cancel{}, now_())));
        } else {
          MACHI_TRY(run(transaction_.on(act::TypePin{{visitor.pin.clone()}}, now_())));
        }
        break;
      case Stage::Confirming:
        MACHI_TRY(run(transaction_.on(act::Confirm{}, now_())));
        break;
      case Stage::TakePaper:
        if (visitor.takes_paper) {
          MACHI_TRY(run(transaction_.on(act::TookPaper{}, now_())));
        } else {
          MACHI_TRY(run(transaction_.on(act::Cancel{}, now_())));
        }
        break;
      case Stage::Free:
      case Stage::Identifying:
      case Stage::Asking:
      case Stage::Paying:
      case Stage::Printing:
      case Stage::Undoing:
      case Stage::OutOfService:
      case Stage::Stuck:
        waiting = false;
    }
  }
  card_.trouble = transaction_.card_trouble();
  devices_.let_card_go();
  return {};
}

Status Visit::staff() {
  const std::vector<std::uint32_t> open = transaction_.book().cases();
  for (const std::uint32_t number : open) MACHI_TRY(run(transaction_.on(act::SettleCase{number}, now_())));
  MACHI_TRY(run(transaction_.on(act::EmptyTray{}, now_())));
  return run(transaction_.on(act::Idle{}, now_()));
}

}  // namespace machi::kiosk
