// The town pack: what makes an app this town's. JSON, public, part of the build; every app of the town has
// the same.
//   {"town": 32 hex signs, "root": 64 hex signs, "name": "日和町", "closedDays": ["2026-11-23", ...],
//    "site": "https://app.example",
//    "shelter": {"office": 32 hex signs, "epoch": 1, "key": 64 hex signs}}
// town and root are needed; shelter: to whom household passes are sealed, until the feed says something
// newer; what is not known is passed over. Values; any thread; pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/mail/town.h"

namespace machi::app {

// A pass key: an office of shelters, one of its epochs, the key of that.
struct ShelterKey {
  base::MailboxId office;
  std::uint64_t epoch = 0;
  mail::SealPublic key;
};

struct Pack {
  mail::Town town;
  std::string name;                     // of the town, as people say it
  std::vector<base::Date> closed_days;  // days without school in the whole town
  std::string site;                     // origin of the citizens' app: where a slip's link leads
  std::optional<ShelterKey> shelter;
};

// BadInput when it is no JSON or lacks the town's id or root key.
base::Result<Pack> read_pack(std::string_view json);

}  // namespace machi::app
