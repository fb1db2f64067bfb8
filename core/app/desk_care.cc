// Between those pages and the mail: what they note goes to the office itself, what they tell goes with the
// office's proof.
#include "core/app/desk_care.h"

namespace machi::app {

using base::Instant;

bool DeskCare::is_own(std::string_view kind) {
  return kind.starts_with("protect.") || kind.starts_with("plan.");
}

base::Status DeskCare::note(std::string_view kind, code::Cbor content, Instant now) {
  MACHI_TRY_SET(self, client_.self(office_));
  MACHI_TRY(client_.send(self, kind, std::move(content), now));
  return {};
}

base::Status DeskCare::tell(const mail::Recipient& to, std::string_view kind, code::Cbor content,
                            Instant now) {
  // A newer epoch of a group's is known from its proofs.
  const auto newer = client_.recipient(to.mailbox);
  MACHI_TRY(client_.send_as(office_, newer.ok() && newer->epoch > to.epoch ? *newer : to, kind,
                            std::move(content), now));
  return {};
}

bool DeskCare::colleague(const crypto::SignPublic& from) const {
  const mail::AccessLog* log = client_.access(office_);
  return log && log->was_reader(from);
}

std::string DeskCare::kind_of(const mail::MailboxId& office) const {
  const auto known = client_.office(office);
  return known ? known->kind : "";
}

std::optional<mail::Recipient> DeskCare::support() const {
  for (const mail::Office& office : client_.offices())
    if (office.kind == shelter::kSupportOffice)
      if (auto to = client_.recipient(office.mailbox); to.ok()) return *to;
  return std::nullopt;
}

std::vector<std::pair<std::string, mail::Recipient>> DeskCare::groups() const {
  std::vector<std::pair<std::string, mail::Recipient>> out;
  for (const mail::Office& office : client_.offices())
    if (office.kind == shelter::kHelpersOffice)
      if (auto to = client_.recipient(office.mailbox); to.ok()) out.emplace_back(office.name, *to);
  return out;
}

shelter::CareView DeskCare::scene(const Moment& moment) const {
  const auto office = client_.office(office_);
  return {desk_,
          moment.words,
          pages_.place(),
          moment.now,
          office ? office->name : "",
          moment.connected,
          moment.contact,
          moment.lockable};
}

}  // namespace machi::app
