// Who may say what the log of a restored mailbox was. On the store's thread.
#include "platform/hub/restored.h"

#include <algorithm>

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t kKept = 2000;
constexpr std::size_t kEntriesKept = 8192;
constexpr std::size_t kWitnesses = 2;
// How long a restored hub still takes an entry whose author's dates have passed: as long as writers post
// again.
constexpr std::int64_t kAfterRestoreSeconds = 30 * 86400;

bool is_lasting_admin(const mail::Member& member) { return member.rights.admin && !member.to; }

// Desks and phones; spare members lie in a drawer.
bool is_working_admin(const mail::Member& member) { return is_lasting_admin(member) && member.rights.post; }

Status append(Restored& restored, ByteView bytes, Instant now) {
  MACHI_TRY_SET(entry, mail::read_access_entry(bytes));
  mail::AccessLog& log = restored.provisional.log;
  const auto author = log.members().find(entry.author);
  const bool known = author != log.members().end() && author->second.to &&
                     now < author->second.to->plus_seconds(kAfterRestoreSeconds);
  MACHI_TRY(known ? log.append_known(bytes) : log.append(bytes, now));
  if (entry.op == mail::AccessOp::Add) restored.provisional.ever.insert(entry.subject);
  restored.entries.push_back(base::copy(bytes));
  return {};
}

}  // namespace

Restored& RestoredMailboxes::at(const MailboxId& id, const Mailbox& present, Instant now) {
  if (auto found = known_.find(id); found != known_.end()) return found->second;
  if (known_.size() >= kKept) known_.clear();
  Restored restored;
  restored.base = present.log;
  restored.base_ever = present.ever;
  restored.provisional = present;
  restored.seen = now;
  return known_.emplace(id, std::move(restored)).first->second;
}

Status RestoredMailboxes::take(Restored& restored, std::uint64_t first, const std::vector<Bytes>& entries,
                               Instant now) {
  const std::uint64_t base = restored.base.next_number();
  if (first > restored.provisional.log.next_number())
    return fail(Code::Conflict, "entries are missing before these");
  Restored next = restored;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::uint64_t number = first + i;
    if (number < base) continue;  // compared with the store by the caller
    const auto at = static_cast<std::size_t>(number - base);
    if (at < next.entries.size()) {
      if (next.entries[at] == entries[i]) continue;
      // Another log: it is read from the backup on, and from now on it takes two admins.
      if (first > base) return fail(Code::Conflict, "another entry has this number");
      next.contested = true;
      next.entries.clear();
      next.provisional.log = next.base;
      next.provisional.ever = next.base_ever;
      for (std::size_t again = static_cast<std::size_t>(base - first); again < i; ++again)
        MACHI_TRY(append(next, entries[again], now));
    }
    if (next.entries.size() >= kEntriesKept) return fail(Code::TooLarge, "entries");
    MACHI_TRY(append(next, entries[i], now));
  }
  if (next.provisional.log.head() != restored.provisional.log.head()) next.began = Instant{};
  restored = std::move(next);
  return {};
}

std::optional<Hash> RestoredMailboxes::entry_at(const Restored& restored, std::uint64_t number) {
  const std::uint64_t base = restored.base.next_number();
  if (number + 1 == base) return restored.base.head();
  if (number < base || number - base >= restored.entries.size()) return std::nullopt;
  return crypto::hash(restored.entries[static_cast<std::size_t>(number - base)]);
}

bool RestoredMailboxes::state(Restored& restored, const SignPublic& admin, const Hash& head, Instant now) {
  const mail::AccessLog& log = restored.provisional.log;
  restored.heads[head].insert(admin);
  const auto newest = restored.heads.find(log.head());
  if (newest == restored.heads.end()) return false;
  if (restored.began == Instant{}) restored.began = now;
  std::set<SignPublic> stated = newest->second;
  for (std::uint64_t at = restored.base.next_number() - 1; at + 1 < log.next_number(); ++at)
    if (const auto older = restored.heads.find(*entry_at(restored, at)); older != restored.heads.end())
      stated.insert(older->second.begin(), older->second.end());

  const bool witnessed = now < restored.seen.plus_seconds(kWitnessSeconds) &&
                         std::count_if(restored.witnesses.begin(), restored.witnesses.end(),
                                       [&](const auto& one) { return one.second > log.epoch(); }) >=
                             static_cast<std::ptrdiff_t>(kWitnesses);
  if (witnessed) return false;

  // Only admins that the backup lists count: those that a log adds for itself prove nothing.
  const auto listed = [&](const SignPublic& key) {
    const auto before = restored.base.members().find(key);
    const auto member = log.members().find(key);
    return before != restored.base.members().end() && is_lasting_admin(before->second) &&
           member != log.members().end() && is_lasting_admin(member->second);
  };
  const auto agree = std::count_if(stated.begin(), stated.end(), listed);
  if (agree >= 2) return true;
  const auto working = std::count_if(restored.base.members().begin(), restored.base.members().end(),
                                     [](const auto& one) { return is_working_admin(one.second); });
  if (restored.contested) return false;
  return working <= 1 || now.ms - restored.began.ms >= kQuietSeconds * 1000;
}

void RestoredMailboxes::witness(const MailboxId& id, const Mailbox& present, const SignPublic& from,
                                std::uint64_t epoch, Instant now) {
  Restored& restored = at(id, present, now);
  if (epoch <= restored.base.epoch() || restored.witnesses.size() > 1000) return;
  std::uint64_t& highest = restored.witnesses[from];
  highest = std::max(highest, epoch);
}

}  // namespace machi::hub
