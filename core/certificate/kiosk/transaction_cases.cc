// Staff pay a case back: what is not known of its money is asked for, then the refund is written down, done,
// and its outcome written down; killed anywhere, the next process asks for what it had begun.
#include "core/certificate/kiosk/transaction.h"

namespace machi::certificate::kiosk {
namespace {

constexpr int kInquiries = 3;  // before the terminal counts as silent

}  // namespace

std::optional<Effect> Transaction::go_on_with_case() {
  const Case* under_way = book_.refunding();
  const Case* one = under_way != nullptr ? under_way : book_.find_case(refunding_);
  if (one == nullptr) {  // it was paid back, and is settled by that
    refunding_ = 0;
    return std::nullopt;
  }
  const Session& session = one->session;
  if (const Attempt* refund = session.open(session.refunds)) {
    asked_ = refund->ref;
    if (device_.begin && !device_.called) {
      device_.called = true;
      for (const Attempt& payment : session.payments)
        if (payment.known == Known::Yes)
          return effect(work::Refund{refund->ref, payment.ref, refund->amount});
    }
    if (device_.asked < kInquiries) return settle_case(*refund);
    // Nobody knows: another try asks for the same refund again.
    Record lost = record(Mark::CaseKnown);
    lost.number = one->number;
    lost.ref = refund->ref;
    lost.known = Known::Unknown;
    refunded_ = Known::Unknown;
    refunding_ = 0;
    return write(std::move(lost));
  }
  if (refunded_) {  // refused, or nothing to pay back
    refunding_ = 0;
    return std::nullopt;
  }
  if (const Attempt* doubt = one->doubt()) {
    if (device_.asked < kInquiries) return settle_case(*doubt);
    refunded_ = Known::Unknown;
    refunding_ = 0;
    return std::nullopt;
  }
  if (!one->refundable()) {
    refunded_ = Known::No;
    refunding_ = 0;
    return std::nullopt;
  }
  Record intent = record(Mark::CaseRefund);
  intent.number = one->number;
  intent.ref = entropy_.id<RefTag>();
  intent.amount = session.total();
  return write(std::move(intent));
}

std::optional<Effect> Transaction::settle_case(const Attempt& attempt) {
  ++device_.asked;
  asked_ = attempt.ref;
  return effect(work::Settle{attempt.ref});
}

void Transaction::take_of_case(answer::Done done) {
  if (done.known == Known::Unknown || !asked_) return;  // it is asked again
  for (const Case& one : book_.open_cases())
    for (const auto* attempts : {&one.session.payments, &one.session.refunds})
      for (const Attempt& attempt : *attempts) {
        if (attempt.ref != *asked_) continue;
        Record known = record(Mark::CaseKnown);
        known.number = one.number;
        known.ref = attempt.ref;
        known.known = done.known;
        if (attempts == &one.session.payments && done.known == Known::Yes) known.means = done.means;
        // A refund that the terminal refused is tried again only when staff ask for it again.
        if (attempts == &one.session.refunds) refunded_ = done.known;
        after_.insert(after_.begin(), work::Write{std::move(known)});
        asked_.reset();
        return;
      }
}

}  // namespace machi::certificate::kiosk
