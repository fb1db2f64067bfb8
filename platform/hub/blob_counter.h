// The counter for sealed attachments: named by their hash, at most 4 MB, from listed keys only. See
// office_state.h.
#pragma once

#include "platform/hub/office_state.h"

namespace machi::hub {

inline constexpr std::size_t kBlobLimit = 4 * 1024 * 1024;

struct BlobPostWork {
  mail::BlobPermit permit;  // signature, size and hash verified
  Bytes bytes;
};
Result<BlobPostWork> decode_blob_post(const Request& request);
Result<Answer> post_blob(OfficeState& office, const BlobPostWork& work, Instant now);

struct BlobReadWork {
  std::string ticket;
  Hash hash{};
};
Result<BlobReadWork> decode_blob_read(const Request& request);
Result<Answer> read_blob(OfficeState& office, const BlobReadWork& work, Instant now);

}  // namespace machi::hub
