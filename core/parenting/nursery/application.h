// An application for a nursery, as a family sends it and the office reviews it: children with up to fifteen
// ranked choices, what siblings wish; the office's points with every change, returns with a reason, a
// withdrawal. Values; any thread; pure. NURSERY.md has the form on the wire.
#pragma once

#include <optional>
#include <variant>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/code/cbor.h"
#include "core/parenting/placement.h"

namespace machi::parenting {

struct ApplicationTag {};
struct EntryTag {};
using ApplicationId = base::Id<ApplicationTag>;
using EntryId = base::Id<EntryTag>;

inline constexpr std::size_t kMostChoices = 15;
inline constexpr std::size_t kMostSiblings = 6;
inline constexpr std::size_t kIdSigns = 64;
inline constexpr std::size_t kWhySigns = 200;

struct ApplyingChild {
  std::string name;
  base::Date birth;
  std::vector<std::string> choices;  // ids of nurseries, the dearest first
  bool operator==(const ApplyingChild&) const = default;
};
// A version of an application: the higher counter holds, of two with one counter the one that is more as
// bytes.
struct Application {
  ApplicationId id;
  std::uint64_t counter = 1;
  base::Instant at;
  std::string guardian, telephone;
  std::vector<ApplyingChild> children;
  Wish wish = Wish::Same;
  std::int64_t least = 0, most = 0;  // the points that the family's phone counted
  bool operator==(const Application&) const = default;
};
code::Cbor encode(const Application& application);
// BadInput: no choice or one twice, no child, signs that no form lets through. TooLarge: more than fifteen.
Result<Application> decode_application(const code::Cbor& value);

// What the office writes. Entries never change; the points that hold are those that no other entry replaces -
// of several the least, until somebody settles them.
struct PointsSet {
  std::vector<std::int64_t> points;              // one a child
  std::vector<std::vector<std::int64_t>> bonus;  // one a choice, or none: a brother or sister there already
  std::string why;
};
struct SentBack {
  std::string why;
};
struct TakenBack {};
struct Entry {
  EntryId id;
  ApplicationId application;
  std::uint64_t counter = 0;  // of the version that was looked at
  base::Instant at;
  std::string by;
  std::vector<EntryId> replaces;
  std::variant<PointsSet, SentBack, TakenBack> said;
};
code::Cbor encode(const Entry& entry);
Result<Entry> decode_entry(const code::Cbor& value);

}  // namespace machi::parenting
