// A request to the post office and its answer, without transport: an HTTP server, a simulation or a test
// carries them. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/crypto/keys.h"

namespace machi::hub {

using base::Bytes;
using base::ByteView;
using base::Instant;
using base::MailboxId;
using base::Result;
using base::Status;

struct Request {
  std::string method;  // "GET", "POST"
  std::string target;  // path and query
  Bytes body;
  std::string ticket;   // value of the header Machi-Ticket; "" when none
  std::string address;  // where it comes from, for rates; "" in process
};

struct Header {
  std::string name;
  std::string value;
};

// Where an open stream stands. It ends with its ticket, or when its key may read no longer.
struct StreamCursor {
  MailboxId mailbox;
  crypto::SignPublic key;
  std::uint64_t after = 0;
  Instant until;
};

struct Response {
  int status = 200;
  std::string content_type = "application/cbor";
  Bytes body;
  std::vector<Header> headers;
  std::optional<StreamCursor>
      stream;  // the body is the beginning of a stream: pull the rest (PostOffice::pull)
};

// {1: code, ? 2: seconds, ? 3: bits of a puzzle} with the status that the protocol gives to the code.
Response refusal(base::Code code, std::uint32_t retry_after = 0, int puzzle = 0);
Response cbor_response(Bytes body);

}  // namespace machi::hub
