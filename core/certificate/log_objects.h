// What the clerk signs about its log of issues: the head, which goes into the public feed every day, and the
// list of what was withdrawn (CERTIFICATE.md). Values; any thread; pure.
#pragma once

#include <map>
#include <optional>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/certificate/merkle.h"
#include "core/crypto/keys.h"

namespace machi::certificate {

using TownId = base::Id<base::TownTag>;

struct LogHead {
  TownId town;
  std::uint64_t size = 0;
  Hash root{};
  base::Instant at;  // whole seconds
  bool operator==(const LogHead&) const = default;
};
base::Bytes make_log_head(const LogHead& head, const crypto::SignKey& clerk);
base::Result<LogHead> read_log_head(base::ByteView bytes, const TownId& town,
                                    const crypto::SignPublic& clerk);
// That `newer` continues `older`: Conflict when the log was rewritten or went back. What a witness asks.
base::Status check_growth(const LogHead& older, const LogHead& newer, std::span<const Hash> proof);

struct Withdrawals {
  TownId town;
  base::Instant at;
  std::map<std::uint64_t, base::Date> leaves;  // leaf -> the day of its withdrawal

  std::optional<base::Date> day_of(std::uint64_t leaf) const;
  bool operator==(const Withdrawals&) const = default;
};
base::Bytes make_withdrawals(const Withdrawals& list, const crypto::SignKey& clerk);
base::Result<Withdrawals> read_withdrawals(base::ByteView bytes, const TownId& town,
                                           const crypto::SignPublic& clerk);

}  // namespace machi::certificate
