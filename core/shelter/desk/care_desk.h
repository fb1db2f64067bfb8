// CareDesk: what the desks of the town's few do that are no shelter's - the protection mailbox (who is behind
// another name), the evacuation plans (approved, shared, who was confirmed safe), and a group of supporters.
// Which one it is, the kind of its office says. Owned by the desk app; one thread. Storage | StorageFull;
// NotAllowed for messages of those who may not write them.
#pragma once

#include "core/base/entropy.h"
#include "core/shelter/plan_book.h"
#include "core/shelter/protection.h"

namespace machi::shelter {

enum class CareOffice { None, Protection, Support, Helpers };
CareOffice care_office(std::string_view kind);

// The office's post, as this desk uses it.
class CarePost {
 public:
  virtual ~CarePost() = default;
  // Inside the caller's transaction, durable when that commits: to the office itself, and as the office.
  virtual Status note(std::string_view kind, code::Cbor content, Instant now) = 0;
  virtual Status tell(const mail::Recipient& to, std::string_view kind, code::Cbor content, Instant now) = 0;
  virtual bool colleague(const crypto::SignPublic& from) const = 0;  // is, or was, a device of the office
  virtual std::string kind() const = 0;                              // of the office, by the directory
  virtual std::string kind_of(const mail::MailboxId& office) const = 0;
  // Of a group: its own mailbox as others write to it, and the town's desk of plans.
  virtual std::optional<mail::Recipient> support() const = 0;
  // Groups of supporters by the directory.
  virtual std::vector<std::pair<std::string, mail::Recipient>> groups() const = 0;
};

class CareDesk {
 public:
  static std::vector<store::Migration> migrations();
  CareDesk(store::Database& database, CarePost& post, base::Entropy& entropy)
      : database_(database), post_(post), entropy_(entropy), plans_(database) {}

  CareOffice office() const { return care_office(post_.kind()); }
  base::Entropy& entropy() const { return entropy_; }
  const CarePost& post() const { return post_; }
  Status on_message(const mail::Received& mail);
  // Tells the person and the supporters who was confirmed safe, once.
  Status settle(Instant now);

  // Who sits here: named in every look and approval.
  std::string officer() const;
  Status officer(std::string_view name);
  // What somebody looks at, and when: written down for all devices of the office before it is shown.
  Status look(std::string_view what, Instant now);
  Result<std::vector<ProtectionLook>> looks(std::size_t limit) const;

  // --- protection: those that are not over, the newest first
  struct AliasLine {
    AliasEntry entry;
    bool by_reception = false;  // a shelter's tablet wrote it, else somebody's phone
  };
  Result<std::vector<AliasLine>> aliases(std::size_t limit) const;

  // --- plans
  const PlanBook& plans() const { return plans_; }
  // A plan made, or made anew, at this desk.
  Status write(Plan plan, Instant now);
  // Conflict: it is another one by now.
  Status approve(const PlanId& plan, const PlanHash& seen, Instant now);
  // To those named who agree and can be reached; how many. NotAllowed: no consent, or not approved.
  Result<int> share(const PlanId& plan, Instant now);
  Status call(bool calls, Instant now);
  // A group's word that somebody is safe.
  Status safe(const PlanId& plan, std::string_view by, Instant now);

 private:
  Status keep_alias(const mail::Received& mail);
  Status keep_look(const code::Cbor& content);
  Status take_plan(const mail::Received& mail);    // of the support office
  Status take_shared(const mail::Received& mail);  // of a group
  Result<std::optional<PlanSecret>> secret(const PlanId& plan) const;
  Status tell_all(const PlanLine& line, std::string_view kind, const code::Cbor& content, Instant now);

  store::Database& database_;
  CarePost& post_;
  base::Entropy& entropy_;
  PlanBook plans_;
};

}  // namespace machi::shelter
