// The counter for readers: challenge, ticket, messages, stream, access entries, grants. See office_state.h.
// Every read asks the access log again: a key that was taken out reads nothing more, whatever ticket it
// holds.
#pragma once

#include "platform/hub/office_state.h"

namespace machi::hub {

struct ChallengeWork {
  MailboxId mailbox;
  SignPublic key;
};
Result<ChallengeWork> decode_challenge(const Request& request);
Result<Answer> give_challenge(OfficeState& office, const ChallengeWork& work, Instant now);

struct TicketWork {
  mail::TicketRequest request;
};
Result<TicketWork> decode_ticket(const Request& request);
Result<Answer> give_ticket(OfficeState& office, const TicketWork& work, Instant now);

struct MessagesWork {
  std::string ticket;
  std::uint64_t after = 0;
  std::uint64_t limit = 0;
};
Result<MessagesWork> decode_messages(const Request& request);
Result<Answer> read_messages(OfficeState& office, const MessagesWork& work, Instant now);

// The response carries the first frames and the cursor.
struct StreamWork {
  std::string ticket;
  std::uint64_t after = 0;
};
Result<StreamWork> decode_stream(const Request& request);
Result<Answer> open_stream(OfficeState& office, const StreamWork& work, Instant now);
// The next frames of a stream, at most 1 MB; empty when there is nothing new. An error ends the stream.
Result<Bytes> pull_stream(OfficeState& office, StreamCursor& cursor, Instant now);
// The frame of a stream that has nothing to say.
Bytes idle_frame();

struct AccessReadWork {
  std::string ticket;
  std::uint64_t after = 0;
};
Result<AccessReadWork> decode_access_read(const Request& request);
Result<Answer> read_access(OfficeState& office, const AccessReadWork& work, Instant now);

struct GrantsReadWork {
  std::string ticket;
};
Result<GrantsReadWork> decode_grants_read(const Request& request);
Result<Answer> read_grants(OfficeState& office, const GrantsReadWork& work, Instant now);

enum class Wish { Read, ReadOrAdmin };
// Whose ticket this is, if its key may do so now and the mailbox was confirmed since the last restore.
Result<TicketHolder> holder_of(OfficeState& office, std::string_view ticket, Wish wish, Instant now);

}  // namespace machi::hub
