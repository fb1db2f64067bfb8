// The small signed forms between client and hub: receipts, tickets, blob permits (PROTOCOL.md, Receipts and
// HTTP). Values; any thread; pure.
#pragma once

#include "core/mail/envelope.h"

namespace machi::mail {

using base::IncarnationId;

struct Receipt {
  Hash envelope{};
  MailboxId mailbox;
  std::uint64_t number = 0;
  IncarnationId incarnation;
  Instant at;
};
Bytes make_receipt(const Receipt& receipt, const SignKey& hub_receipt);
Result<Receipt> read_receipt(ByteView bytes, const SignPublic& hub_receipt);

struct TicketRequest {
  base::Array<32> challenge{};
  MailboxId mailbox;
  SignPublic key;
  IncarnationId incarnation;
};
Bytes make_ticket_request(const TicketRequest& request, const SignKey& key);
Result<TicketRequest> read_ticket_request(ByteView bytes);

struct BlobPermit {
  MailboxId mailbox;
  Hash blob{};
  std::uint64_t size = 0;
  SignPublic key;
};
Bytes make_blob_permit(const BlobPermit& permit, const SignKey& key);
Result<BlobPermit> read_blob_permit(ByteView bytes);

// An error on the wire: {1: name, ? 2: seconds, ? 3: first number that is still there, ? 4: the incarnation
// in which the ones before it went, ? 5: bits of a puzzle (puzzle.h) that would spare the wait}.
struct WireError {
  base::Code code = base::Code::BadInput;
  std::uint32_t retry_after = 0;
  std::uint64_t starts = 0;
  IncarnationId starts_of{};
  int puzzle = 0;
};
Bytes encode_error(const WireError& error);
// BadInput's code for anything that is no error body.
WireError decode_error(ByteView bytes);

}  // namespace machi::mail
