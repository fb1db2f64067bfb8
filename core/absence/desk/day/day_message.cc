// The codecs of a day's own messages. Lists are bounded by what a school can hold; a pupil named both ways,
// or an id twice, is nobody's honest work.
#include "core/absence/desk/day/day_message.h"

#include "core/absence/content.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;
using content::id_at;
using content::instant_at;

constexpr std::size_t kPupilsOfCall = 400;
constexpr std::size_t kCallsReplaced = 64;
constexpr std::size_t kVersionsOfDay = 3000;
constexpr std::size_t kClosingsOfDay = 64;

template <class Id>
Result<std::vector<Id>> ids_at(const Cbor& map, std::int64_t key, std::size_t limit) {
  MACHI_TRY_SET(ids, content::list_at<Id>(map, key, limit, [](const Cbor& one) -> Result<Id> {
                  MACHI_TRY_SET(raw, one.bytes());
                  return Id::from(raw);
                }));
  if (content::repeats(ids)) return fail(Code::BadInput, "an id twice");
  return ids;
}

template <class Id>
void put_ids(CborMap& map, std::int64_t key, const std::vector<Id>& ids) {
  if (ids.empty()) return;
  CborArray list;
  for (const Id& id : ids) list.emplace_back(id.bytes);
  map.emplace_back(key, std::move(list));
}

Result<Date> day_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(value, map.at(key));
  return content::date(*value);
}

Result<std::string> name_at(const Cbor& map, std::int64_t key) {
  const Cbor* value = map.find(key);
  if (!value) return std::string();
  return content::text(*value, content::kNameLimit);
}

void put_name(CborMap& map, std::int64_t key, const std::string& name) {
  if (!name.empty()) map.emplace_back(key, name);
}

}  // namespace

Cbor encode(const RollCall& call) {
  CborMap map{{1, call.id.bytes}, {2, call.day.days}};
  put_ids(map, 3, call.replaces);
  put_ids(map, 4, call.here);
  put_ids(map, 5, call.missing);
  map.emplace_back(6, call.at.ms);
  put_name(map, 7, call.by);
  return Cbor(std::move(map));
}

Result<RollCall> decode_roll_call(const Cbor& item) {
  RollCall call;
  MACHI_TRY_SET(id, id_at<RollCallId>(item, 1));
  MACHI_TRY_SET(day, day_at(item, 2));
  MACHI_TRY_SET(replaces, ids_at<RollCallId>(item, 3, kCallsReplaced));
  MACHI_TRY_SET(here, ids_at<PupilId>(item, 4, kPupilsOfCall));
  MACHI_TRY_SET(missing, ids_at<PupilId>(item, 5, kPupilsOfCall));
  MACHI_TRY_SET(at, instant_at(item, 6));
  MACHI_TRY_SET(by, name_at(item, 7));
  std::vector<PupilId> both = here;
  both.insert(both.end(), missing.begin(), missing.end());
  if (both.empty() || content::repeats(both)) return fail(Code::BadInput, "pupils of a roll call");
  if (std::find(replaces.begin(), replaces.end(), id) != replaces.end())
    return fail(Code::BadInput, "replaces itself");
  return RollCall{id, day, std::move(replaces), std::move(here), std::move(missing), at, std::move(by)};
}

Cbor encode(const Entered& entered) {
  CborMap map{{1, encode(entered.report)}, {2, static_cast<int>(entered.channel)}, {3, entered.at.ms}};
  put_name(map, 4, entered.by);
  put_name(map, 5, entered.caller);
  return Cbor(std::move(map));
}

Result<Entered> decode_entered(const Cbor& item) {
  MACHI_TRY_SET(content, item.at(1));
  MACHI_TRY_SET(report, decode_report(*content));
  MACHI_TRY_SET(channel_value, item.at(2));
  MACHI_TRY_SET(channel, content::member(*channel_value, Channel::InPerson));
  MACHI_TRY_SET(at, instant_at(item, 3));
  MACHI_TRY_SET(by, name_at(item, 4));
  MACHI_TRY_SET(caller, name_at(item, 5));
  return Entered{std::move(report), channel, at, std::move(by), std::move(caller)};
}

Cbor encode(const DayClosing& closed) {
  CborMap map{{1, closed.id.bytes}, {2, closed.day.days}};
  put_ids(map, 3, closed.seen);
  map.emplace_back(4, closed.at.ms);
  put_name(map, 5, closed.by);
  return Cbor(std::move(map));
}

Result<DayClosing> decode_day_closing(const Cbor& item) {
  MACHI_TRY_SET(id, id_at<ClosingId>(item, 1));
  MACHI_TRY_SET(day, day_at(item, 2));
  MACHI_TRY_SET(seen, ids_at<VersionId>(item, 3, kVersionsOfDay));
  MACHI_TRY_SET(at, instant_at(item, 4));
  MACHI_TRY_SET(by, name_at(item, 5));
  return DayClosing{id, day, std::move(seen), at, std::move(by)};
}

Cbor encode(const Reopened& reopened) {
  CborMap map;
  put_ids(map, 1, reopened.closings);
  map.emplace_back(2, reopened.day.days);
  map.emplace_back(3, reopened.at.ms);
  put_name(map, 4, reopened.by);
  return Cbor(std::move(map));
}

Result<Reopened> decode_reopened(const Cbor& item) {
  MACHI_TRY_SET(closings, ids_at<ClosingId>(item, 1, kClosingsOfDay));
  if (closings.empty()) return fail(Code::BadInput, "closings");
  MACHI_TRY_SET(day, day_at(item, 2));
  MACHI_TRY_SET(at, instant_at(item, 3));
  MACHI_TRY_SET(by, name_at(item, 4));
  return Reopened{std::move(closings), day, at, std::move(by)};
}

}  // namespace machi::absence
