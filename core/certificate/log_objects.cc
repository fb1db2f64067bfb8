// The log's head and the list of withdrawals, signed and read. Pure.
#include "core/certificate/log_objects.h"

#include "core/code/content.h"
#include "core/mail/town.h"

namespace machi::certificate {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::string_view kHeadTyp = "machi-log-head+cose";
constexpr std::string_view kWithdrawnTyp = "machi-withdrawn+cose";
constexpr std::size_t kMostWithdrawn = 30000;

base::Result<Cbor> signed_map(base::ByteView bytes, std::string_view typ, const TownId& town,
                              const crypto::SignPublic& clerk) {
  MACHI_TRY_SET(sign1, code::verify_sign1(bytes, typ, clerk));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(raw, map.bytes_at(1));
  MACHI_TRY_SET(id, TownId::from(raw));
  if (id != town) return fail(Code::WrongTown, "log");
  return map;
}

base::Result<base::Instant> seconds_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(seconds, map.integer_at(key));
  if (seconds < 0 || seconds > (code::content::kLastDay + 1) * 86400) return fail(Code::BadInput, "instant");
  return base::Instant::from_seconds(seconds);
}

}  // namespace

base::Bytes make_log_head(const LogHead& head, const crypto::SignKey& clerk) {
  const Cbor map = Cbor::map({{1, head.town.view()}, {2, head.size}, {3, head.root}, {4, head.at.seconds()}});
  return code::sign1(clerk, kHeadTyp, code::encode(map), mail::key_id(clerk.open));
}

base::Result<LogHead> read_log_head(base::ByteView bytes, const TownId& town,
                                    const crypto::SignPublic& clerk) {
  MACHI_TRY_SET(map, signed_map(bytes, kHeadTyp, town, clerk));
  MACHI_TRY_SET(size, map.integer_at(2));
  MACHI_TRY_SET(root, map.fixed_at<32>(3));
  MACHI_TRY_SET(at, seconds_at(map, 4));
  if (size < 0) return fail(Code::BadInput, "size");
  return LogHead{town, static_cast<std::uint64_t>(size), root, at};
}

base::Status check_growth(const LogHead& older, const LogHead& newer, std::span<const Hash> proof) {
  if (older.town != newer.town) return fail(Code::WrongTown, "log");
  if (newer.size < older.size) return fail(Code::Conflict, "the log went back");
  if (!proves_consistency(older.size, older.root, newer.size, newer.root, proof))
    return fail(Code::Conflict, "the log was rewritten");
  return {};
}

std::optional<base::Date> Withdrawals::day_of(std::uint64_t leaf) const {
  const auto found = leaves.find(leaf);
  return found == leaves.end() ? std::nullopt : std::optional(found->second);
}

base::Bytes make_withdrawals(const Withdrawals& list, const crypto::SignKey& clerk) {
  code::CborArray leaves;
  for (const auto& [leaf, day] : list.leaves) leaves.push_back(Cbor::array({leaf, day.days}));
  const Cbor map = Cbor::map({{1, list.town.view()}, {2, list.at.seconds()}, {3, std::move(leaves)}});
  return code::sign1(clerk, kWithdrawnTyp, code::encode(map), mail::key_id(clerk.open));
}

base::Result<Withdrawals> read_withdrawals(base::ByteView bytes, const TownId& town,
                                           const crypto::SignPublic& clerk) {
  MACHI_TRY_SET(map, signed_map(bytes, kWithdrawnTyp, town, clerk));
  Withdrawals out;
  out.town = town;
  MACHI_TRY_SET(at, seconds_at(map, 2));
  out.at = at;
  using Pair = std::pair<std::uint64_t, base::Date>;
  const auto read_pair = [](const Cbor& value) -> base::Result<Pair> {
    const auto* items = value.array();
    if (items == nullptr || items->size() < 2) return fail(Code::BadInput, "withdrawal");
    MACHI_TRY_SET(leaf, (*items)[0].integer());
    MACHI_TRY_SET(day, code::content::date((*items)[1]));
    if (leaf < 0) return fail(Code::BadInput, "withdrawal");
    return Pair{static_cast<std::uint64_t>(leaf), day};
  };
  MACHI_TRY_SET(pairs, code::content::list_at<Pair>(map, 3, kMostWithdrawn, read_pair));
  for (const Pair& pair : pairs)
    if (!out.leaves.insert(pair).second) return fail(Code::BadInput, "withdrawn twice");
  return out;
}

}  // namespace machi::certificate
