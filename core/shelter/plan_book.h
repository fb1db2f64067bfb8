// The plans that a phone or a desk knows, what was said of them, and what holds: any order, any repetition,
// same result. Of a plan the highest counter holds, and nothing older is kept; an approval counts for the
// very content that it names. Over the caller's database; one thread. Storage | StorageFull.
#pragma once

#include "core/shelter/plan.h"
#include "core/store/database.h"

namespace machi::shelter {

enum class PlanRole { Own = 1, Supported = 2, Office = 3 };  // whose plan this device has, and why

struct PlanLine {
  Plan plan;
  PlanRole role = PlanRole::Own;
  std::optional<PlanApproval> approved;  // of what the plan is now; of several the earliest
  std::optional<PlanSeen> safe;          // the newest word that somebody is safe
  std::optional<TicketId> ticket;        // of a supporter's device: with what it says so
  std::vector<PlanTicket> shared;        // of the office: with whom, and of which revision
};

class PlanBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit PlanBook(store::Database& database) : database_(database) {}

  // --- inside the caller's transaction
  Status add(const Plan& plan, PlanRole role);
  Status approve(const PlanApproval& approval);
  Status share(const PlanTicket& ticket);                   // of the office
  Status hold(const PlanId& plan, const TicketId& ticket);  // of a supporter
  Status safe(const PlanSafe& safe);                        // of the office
  Status seen(const PlanSeen& seen);                        // of the others
  Status call(const PlanCall& call);

  // --- what holds
  Result<std::vector<PlanLine>> lines(bool withdrawn = false) const;  // by name
  Result<std::optional<PlanLine>> find(const PlanId& plan) const;
  Result<std::optional<PlanCall>> called() const;
  // Of the office: what those concerned were not told yet - who is safe, that a plan was withdrawn (without a
  // name) - and that they were.
  Result<std::vector<PlanSeen>> untold() const;
  Status told(const PlanSeen& seen);
  // Everything that holds, as one text: two books are the same when this is.
  Result<std::string> shown() const;

 private:
  Result<PlanLine> line(store::Statement& row) const;
  store::Database& database_;
};

}  // namespace machi::shelter
