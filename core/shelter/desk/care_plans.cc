// Plans at the town's desk and at a group's: written, approved, shared, and who was confirmed safe.
#include <set>

#include "core/shelter/desk/care_desk.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;

}  // namespace

Status CareDesk::take_plan(const mail::Received& mail) {
  if (mail.kind == kKindPlan) {
    MACHI_TRY_SET(written, decode_written(mail.content));
    MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO care_secret VALUES (?, ?)")
                  .bind(written.plan.id)
                  .bind(written.secret)
                  .run());
    return plans_.add(written.plan, PlanRole::Office);
  }
  if (mail.kind == kKindSafe) {
    MACHI_TRY_SET(safe, decode_safe(mail.content));
    return plans_.safe(safe);
  }
  // The rest is the office's own word.
  if (!post_.colleague(mail.from)) return fail(Code::NotAllowed, "plan");
  if (mail.kind == kKindApproved) {
    MACHI_TRY_SET(approval, decode_approval(mail.content));
    return plans_.approve(approval);
  }
  if (mail.kind == kKindTicket) {
    MACHI_TRY_SET(ticket, decode_ticket(mail.content));
    return plans_.share(ticket);
  }
  if (mail.kind == kKindCall) {
    MACHI_TRY_SET(call, decode_call(mail.content));
    return plans_.call(call);
  }
  if (mail.kind == kKindSeen) {
    MACHI_TRY_SET(seen, decode_seen(mail.content));
    return plans_.told(seen);
  }
  return fail(Code::Unsupported, "kind");
}

Status CareDesk::take_shared(const mail::Received& mail) {
  if (!mail.office || post_.kind_of(mail.office->office) != kSupportOffice)
    return fail(Code::NotAllowed, "no desk of plans behind it");
  if (mail.kind == kKindShared) {
    MACHI_TRY_SET(shared, decode_shared(mail.content));
    MACHI_TRY(plans_.add(shared.plan, PlanRole::Supported));
    MACHI_TRY(plans_.hold(shared.plan.id, shared.ticket));
    return plans_.approve(shared.approval);
  }
  if (mail.kind == kKindPlan) {
    MACHI_TRY_SET(plan, decode_plan(mail.content));
    return plans_.add(plan, PlanRole::Supported);
  }
  if (mail.kind == kKindSeen) {
    MACHI_TRY_SET(seen, decode_seen(mail.content));
    return plans_.seen(seen);
  }
  if (mail.kind == kKindCall) {
    MACHI_TRY_SET(call, decode_call(mail.content));
    return plans_.call(call);
  }
  return fail(Code::Unsupported, "kind");
}

Result<std::optional<PlanSecret>> CareDesk::secret(const PlanId& plan) const {
  auto row = database_.prepare("SELECT secret FROM care_secret WHERE plan = ?");
  MACHI_TRY_SET(there, row.bind(plan).step());
  return there ? std::optional(row.fixed<16>(0)) : std::nullopt;
}

Status CareDesk::write(Plan plan, Instant now) {
  MACHI_TRY_SET(known, secret(plan.id));
  PlanSecret made{};
  if (known)
    made = *known;
  else
    entropy_.fill(made);
  plan.id = plan_id(made);
  plan.at = now;
  const WrittenPlan written{made, std::move(plan)};
  MACHI_TRY(decode_written(encode(written)));  // what others would refuse is refused here
  store::Transaction transaction(database_);
  MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO care_secret VALUES (?, ?)")
                .bind(written.plan.id)
                .bind(made)
                .run());
  MACHI_TRY(plans_.add(written.plan, PlanRole::Office));
  MACHI_TRY(post_.note(kKindPlan, encode(written), now));
  return transaction.commit();
}

Status CareDesk::approve(const PlanId& plan, const PlanHash& seen, Instant now) {
  if (officer().empty() || office() != CareOffice::Support) return fail(Code::NotAllowed, "officer");
  MACHI_TRY_SET(line, plans_.find(plan));
  if (!line || line->plan.withdrawn) return fail(Code::NotFound, "plan");
  if (hash_of(line->plan) != seen) return fail(Code::Conflict, "another plan");
  if (line->approved) return {};
  const PlanApproval approval{plan, line->plan.counter, seen, now, officer()};
  store::Transaction transaction(database_);
  MACHI_TRY(plans_.approve(approval));
  MACHI_TRY(post_.note(kKindApproved, encode(approval), now));
  if (line->plan.reply) MACHI_TRY(post_.tell(*line->plan.reply, kKindApproved, encode(approval), now));
  return transaction.commit();
}

Result<int> CareDesk::share(const PlanId& plan, Instant now) {
  MACHI_TRY_SET(line, plans_.find(plan));
  if (!line || line->plan.withdrawn) return fail(Code::NotFound, "plan");
  if (!line->approved || !line->plan.share) return fail(Code::NotAllowed, "no approval or no consent");
  store::Transaction transaction(database_);
  int told = 0;
  for (std::size_t at = 0; at < line->plan.supporters.size(); ++at) {
    const PlanSupporter& one = line->plan.supporters[at];
    if (!one.agrees || !one.phone) continue;
    bool known = false;
    for (const PlanTicket& ticket : line->shared)
      known |= ticket.counter == line->plan.counter && ticket.who == static_cast<int>(at);
    if (known) continue;
    const PlanTicket ticket{entropy_.id<TicketTag>(), plan,     line->plan.counter,
                            static_cast<int>(at),     one.name, *one.phone};
    const SharedPlan shared{for_supporters(line->plan), *line->approved, ticket.ticket};
    MACHI_TRY(plans_.share(ticket));
    MACHI_TRY(post_.note(kKindTicket, encode(ticket), now));
    MACHI_TRY(post_.tell(*one.phone, kKindShared, encode(shared), now));
    ++told;
  }
  // Who had an earlier one and is named no more keeps nothing of it.
  Plan gone;
  gone.id = plan;
  gone.counter = line->plan.counter;
  gone.at = now;
  gone.withdrawn = true;
  std::set<mail::MailboxId> left;
  for (const PlanTicket& ticket : line->shared) left.insert(ticket.to.mailbox);
  for (const PlanSupporter& one : line->plan.supporters)
    if (one.agrees && one.phone) left.erase(one.phone->mailbox);
  for (const PlanTicket& ticket : line->shared)
    if (left.erase(ticket.to.mailbox) > 0) MACHI_TRY(post_.tell(ticket.to, kKindPlan, encode(gone), now));
  MACHI_TRY(transaction.commit());
  return told;
}

// The person, and everybody with whom it was shared, once each.
Status CareDesk::tell_all(const PlanLine& line, std::string_view kind, const code::Cbor& content,
                          Instant now) {
  if (line.plan.reply) MACHI_TRY(post_.tell(*line.plan.reply, kind, content, now));
  std::set<mail::MailboxId> once;
  for (const PlanTicket& ticket : line.shared)
    if (once.insert(ticket.to.mailbox).second) MACHI_TRY(post_.tell(ticket.to, kind, content, now));
  return {};
}

Status CareDesk::call(bool calls, Instant now) {
  MACHI_TRY_SET(before, plans_.called());
  const PlanCall call{before ? before->number + 1 : 1, calls, now};
  MACHI_TRY_SET(all, plans_.lines());
  store::Transaction transaction(database_);
  MACHI_TRY(plans_.call(call));
  MACHI_TRY(post_.note(kKindCall, encode(call), now));
  for (const PlanLine& line : all) MACHI_TRY(tell_all(line, kKindCall, encode(call), now));
  return transaction.commit();
}

Status CareDesk::settle(Instant now) {
  if (office() != CareOffice::Support) return {};
  MACHI_TRY_SET(news, plans_.untold());
  if (news.empty()) return {};
  store::Transaction transaction(database_);
  for (const PlanSeen& seen : news) {
    MACHI_TRY_SET(line, plans_.find(seen.plan));
    if (!line) continue;
    if (line->plan.withdrawn)
      MACHI_TRY(tell_all(*line, kKindPlan, encode(for_supporters(line->plan)), now));
    else
      MACHI_TRY(tell_all(*line, kKindSeen, encode(seen), now));
    MACHI_TRY(post_.note(kKindSeen, encode(seen), now));
    MACHI_TRY(plans_.told(seen));
  }
  return transaction.commit();
}

Status CareDesk::safe(const PlanId& plan, std::string_view by, Instant now) {
  MACHI_TRY_SET(line, plans_.find(plan));
  const auto to = post_.support();
  if (!line || !line->ticket || !to) return fail(Code::NotFound, "ticket");
  const PlanSafe safe{*line->ticket, now, household::cleaned(by, household::kNameLimit)};
  store::Transaction transaction(database_);
  MACHI_TRY(plans_.seen({plan, now, safe.by}));
  MACHI_TRY(post_.tell(*to, kKindSafe, encode(safe), now));
  return transaction.commit();
}

}  // namespace machi::shelter
