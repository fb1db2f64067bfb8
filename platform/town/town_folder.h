// A town's folder: its keys, its feed, and what its apps are built with. `machi town new`, `machi hub` and
// `machi sample` share it. Files are whole or not there; secrets have mode 0600. One program at a time
// writes; any thread.
//
//   root/root.key          the root's seed: printed, put into two envelopes, taken off this machine; with it
//   its root/next-root.key     successor's, whose hash the root has signed (feed/successor.cbor)
//   keys/directory.key     signs the directory; keys/editor.key signs items and heads; keys/office.key signs
//   slips;
//                          keys/seal.key and keys/clerk.key wait for certificates and for offices without
//                          people
//   board/board.key        the board's device: a spare member of every office, which can let a new device in
//   hub/freshness.key      the hub's only secrets, beside
//   hub/receipt.key        its database hub/hub.db and its lock hub/lock
//   feed/                  the signed feed (platform/hub/feed_writer.h)
//   pack.json              the town pack: public, the same in every app (core/app/pack.h)
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/app/pack.h"
#include "core/base/entropy.h"
#include "core/mail/feed.h"
#include "platform/hub/office_state.h"

namespace machi::town {

using base::Instant;
using base::Result;
using base::Status;

inline constexpr std::string_view kKeySuffix = ".key";

struct TownPlan {
  std::string name;                             // 日和町
  std::vector<base::Date> closed_days;          // days without school in the whole town
  std::string site;                             // origin of the citizens' app; may be ""
  std::optional<app::ShelterKey> shelter = {};  // to whom household passes are sealed
};

struct TownFolder {
  std::filesystem::path path;
  mail::Town town;
  TownPlan plan;

  std::filesystem::path hub_database() const { return path / "hub" / "hub.db"; }
  std::filesystem::path hub_lock() const { return path / "hub" / "lock"; }
  std::filesystem::path feed() const { return path / "feed"; }
  std::string pack() const;  // as JSON text
};

// A delegation holds from two days before `now` for so long.
inline constexpr std::int64_t kDelegationSeconds = 400 * 86400;

// Makes root, keys, delegations, an empty feed with its first head, and the pack. Conflict when there is a
// town already.
Result<TownFolder> found_town(const std::filesystem::path& path, TownPlan plan, base::Entropy& entropy,
                              Instant now);
// NotFound when there is no town.
Result<TownFolder> open_town(const std::filesystem::path& path);
// Writes the pack anew after the plan was changed.
Status write_pack(const TownFolder& folder);

// "directory", "editor", "office": keys/NAME.key. NotFound when it was taken away.
Result<crypto::SignKey> read_key(const TownFolder& folder, std::string_view name);
Result<hub::OfficeKeys> read_hub_keys(const TownFolder& folder);
// The board's device. NotFound when its key was taken to the board already.
Result<crypto::DeviceSeed> read_board(const TownFolder& folder);

// Puts an office into the directory and publishes the head.
Status publish_office(const TownFolder& folder, const mail::Office& office, Instant now);

}  // namespace machi::town
