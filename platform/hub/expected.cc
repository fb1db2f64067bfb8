// One function a kind of work: its mailbox, and whether it will be written. Pure; any thread.
#include "platform/hub/expected.h"

#include "platform/hub/tickets.h"

namespace machi::hub {
namespace {

using Out = std::vector<Expected>;

template <class T>
void expect(Out&, const T&) {}  // asks nothing of the store, or nothing of a mailbox

void expect(Out& out, const PostWork& work) {
  out.push_back({work.envelope.to, true, std::pair{work.envelope.from, work.envelope.id}});
}
void expect(Out& out, const AccessWork& work) { out.push_back({work.read[0].mailbox, true, {}}); }
void expect(Out& out, const GrantsWork& work) { out.push_back({work.read[0].mailbox, true, {}}); }
void expect(Out& out, const AccessHeadWork& work) { out.push_back({work.head.mailbox, true, {}}); }
void expect(Out& out, const BlobPostWork& work) { out.push_back({work.permit.mailbox, true, {}}); }
void expect(Out& out, const SlipRecordWork& work) { out.push_back({work.record.office, true, {}}); }
void expect(Out& out, const SnapshotPostWork& work) { out.push_back({work.snapshot.mailbox, true, {}}); }
void expect(Out& out, const SlotPostWork& work) { out.push_back({work.record.mailbox, true, {}}); }
void expect(Out& out, const TicketWork& work) { out.push_back({work.request.mailbox, false, {}}); }

void expect_holder(Out& out, const std::string& ticket) {
  if (auto claim = read_ticket(ticket); claim.ok()) out.push_back({claim->mailbox, false, {}});
}
void expect(Out& out, const MessagesWork& work) { expect_holder(out, work.ticket); }
void expect(Out& out, const StreamWork& work) { expect_holder(out, work.ticket); }
void expect(Out& out, const AccessReadWork& work) { expect_holder(out, work.ticket); }
void expect(Out& out, const GrantsReadWork& work) { expect_holder(out, work.ticket); }
void expect(Out& out, const BlobReadWork& work) { expect_holder(out, work.ticket); }
void expect(Out& out, const SnapshotReadWork& work) { expect_holder(out, work.ticket); }

}  // namespace

std::vector<Expected> expected_of(std::span<const Prepared> batch) {
  Out out;
  out.reserve(batch.size());
  for (const Prepared& prepared : batch)
    std::visit([&](const auto& work) { expect(out, work); }, prepared.work);
  return out;
}

}  // namespace machi::hub
