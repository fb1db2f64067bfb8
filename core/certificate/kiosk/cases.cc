// Cases that staff settle: what the book lets them do about money and paper of a session whose end nobody
// knew. Pure.
#include <algorithm>

#include "core/certificate/kiosk/journal.h"

namespace machi::certificate::kiosk {

using base::Code;
using base::fail;

namespace {

const Attempt* unknown(const std::vector<Attempt>& attempts) {
  const auto found = std::find_if(attempts.begin(), attempts.end(),
                                  [](const Attempt& one) { return one.known == Known::Unknown; });
  return found == attempts.end() ? nullptr : &*found;
}

bool given_back(const Session& session) {
  return std::any_of(session.refunds.begin(), session.refunds.end(),
                     [](const Attempt& one) { return one.known != Known::No; });
}

}  // namespace

std::string_view name_of(Means means) {
  switch (means) {
    case Means::Unknown:
      return "unknown";
    case Means::Card:
      return "card";
    case Means::EMoney:
      return "e-money";
    case Means::Code:
      return "code";
    case Means::Cash:
      return "cash";
  }
  return "unknown";
}

const Attempt* Case::doubt() const {
  const Attempt* payment = unknown(session.payments);
  return payment != nullptr ? payment : unknown(session.refunds);
}

// A refund that is under way, or of which nobody knows, bars another: it is settled first.
bool Case::refundable() const {
  return session.charged() && doubt() == nullptr && !given_back(session) &&
         session.delivered() < session.papers.size();
}

bool Case::reprintable() const {
  return session.paid() && doubt() == nullptr && !given_back(session) &&
         session.delivered() < session.papers.size();
}

std::vector<OrderItem> Case::lacking() const {
  // Papers are printed in their order, each behind one that was delivered.
  const auto from = static_cast<std::ptrdiff_t>(std::min(session.delivered(), session.order.size()));
  return {session.order.begin() + from, session.order.end()};
}

std::vector<std::uint32_t> Book::cases() const {
  std::vector<std::uint32_t> out;
  for (const Case& one : cases_) out.push_back(one.number);
  return out;
}

const Case* Book::find_case(std::uint32_t number) const {
  const auto found =
      std::find_if(cases_.begin(), cases_.end(), [number](const Case& one) { return one.number == number; });
  return found == cases_.end() ? nullptr : &*found;
}

const Case* Book::refunding() const {
  const auto found = std::find_if(cases_.begin(), cases_.end(), [](const Case& one) {
    return one.session.open(one.session.refunds) != nullptr;
  });
  return found == cases_.end() ? nullptr : &*found;
}

// What was issued for it and delivered to nobody shall not be valid.
void Book::withdraw(const Session& session) {
  if (!session.request || session.delivered() > 0) return;
  std::erase_if(untold_, [&](const Untold& one) { return one.session == session.id; });
  untold_.push_back({session.id, *session.request, Outcome::Refunded});
}

Status Book::take_of_case(const Record& record) {
  const auto found = std::find_if(cases_.begin(), cases_.end(),
                                  [&](const Case& one) { return one.number == record.number; });
  if (found == cases_.end()) return fail(Code::Conflict, "no such case");
  Case& one = *found;
  Session& s = one.session;
  const bool under_way = s.open(s.refunds) != nullptr;
  if (record.mark == Mark::CaseKnown) {
    for (auto* attempts : {&s.payments, &s.refunds})
      for (Attempt& attempt : *attempts) {
        if (attempt.ref != record.ref || attempt.known == Known::Yes || attempt.known == Known::No) continue;
        attempt.known = record.known;
        if (attempts == &s.refunds && record.known == Known::Yes) {
          withdraw(s);
          cases_.erase(found);
        }
        return {};
      }
    return fail(Code::Conflict, "that is known");
  }
  if (under_way) return fail(Code::Conflict, "something is still unknown");
  if (record.mark == Mark::CaseRefund) {
    if (!one.refundable() || record.ref.is_zero() || record.amount != s.total())
      return fail(Code::Conflict, "a second refund");
    for (const auto* attempts : {&s.payments, &s.jobs, &s.refunds})
      for (const Attempt& attempt : *attempts)
        if (attempt.ref == record.ref) return fail(Code::Conflict, "a reference twice");
    one.reprint = false;
    s.refunds.push_back({record.ref, std::nullopt, record.amount, 0, std::nullopt});
    return {};
  }
  if (record.mark == Mark::CaseReprint) {
    if (!one.reprintable()) return fail(Code::Conflict, "nothing to print again");
    one.reprint = true;
    return {};
  }
  cases_.erase(found);  // CaseSettled
  return {};
}

// Delivered: the case is settled by it. Not charged: nothing came out, all is as before. Open: what was
// delivered of it counts, and staff decide again.
void Book::end_reprint(const Record& record) {
  const auto found = std::find_if(cases_.begin(), cases_.end(),
                                  [&](const Case& one) { return one.number == open_->reprints; });
  if (found == cases_.end()) return;
  Session& before = found->session;
  if (record.outcome == Outcome::Delivered) {
    withdraw(before);
    cases_.erase(found);
    return;
  }
  const std::size_t from = before.delivered();
  for (std::size_t i = 0; i < open_->delivered(); ++i) {
    Attempt job = open_->jobs[i];
    job.paper = from + i;
    if (from + i < before.jobs.size())
      before.jobs[from + i] = job;
    else
      before.jobs.push_back(job);
  }
}

}  // namespace machi::certificate::kiosk
