// Applications and the office's entries as CBOR. Pure; any thread.
#include "core/parenting/nursery/application.h"

#include "core/code/content.h"

namespace machi::parenting {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;
namespace content = code::content;

namespace {

constexpr std::int64_t kFirstBirth = -25567;
constexpr std::int64_t kMostPoints = 1'000'000;
constexpr std::size_t kMostReplaced = 64;

Result<std::string> nursery_id(const Cbor& value) {
  MACHI_TRY_SET(id, content::text(value, kIdSigns));
  if (id.empty()) return fail(Code::BadInput, "nursery");
  return id;
}

Result<ApplyingChild> read_child(const Cbor& value) {
  ApplyingChild out;
  MACHI_TRY_SET(name, content::text_at(value, 1, content::kNameLimit));
  MACHI_TRY_SET(birth_at, value.at(2));
  MACHI_TRY_SET(birth, content::date(*birth_at, kFirstBirth));
  MACHI_TRY_SET(choices, content::list_at<std::string>(value, 3, kMostChoices, nursery_id));
  if (name.empty() || choices.empty()) return fail(Code::BadInput, "a child has a name and a choice");
  if (content::repeats(choices)) return fail(Code::BadInput, "a choice twice");
  out.name = name, out.birth = birth;
  out.choices = std::move(choices);
  return out;
}

Result<std::int64_t> points_of(const Cbor& value) {
  MACHI_TRY_SET(points, value.integer());
  if (points < -kMostPoints || points > kMostPoints) return fail(Code::BadInput, "points");
  return points;
}
Result<std::vector<std::int64_t>> bonus_of(const Cbor& value) {
  return content::list_at<std::int64_t>(Cbor::map({{1, value}}), 1, kMostChoices, points_of);
}

}  // namespace

Cbor encode(const Application& application) {
  CborArray children;
  for (const ApplyingChild& child : application.children) {
    CborArray choices;
    for (const std::string& one : child.choices) choices.emplace_back(one);
    children.push_back(Cbor::map({{1, child.name}, {2, child.birth.days}, {3, std::move(choices)}}));
  }
  return Cbor::map({{1, application.id.view()},
                    {2, application.counter},
                    {3, application.at.ms},
                    {4, application.guardian},
                    {5, application.telephone},
                    {6, std::move(children)},
                    {7, static_cast<int>(application.wish) + 1},
                    {8, application.least},
                    {9, application.most}});
}

Result<Application> decode_application(const Cbor& value) {
  Application out;
  MACHI_TRY_SET(id, content::id_at<ApplicationId>(value, 1));
  MACHI_TRY_SET(counter, value.integer_at(2));
  MACHI_TRY_SET(at, content::instant_at(value, 3));
  MACHI_TRY_SET(guardian, content::text_at(value, 4, content::kNameLimit));
  MACHI_TRY_SET(telephone, content::text_at(value, 5, 20));
  MACHI_TRY_SET(children, content::list_at<ApplyingChild>(value, 6, kMostSiblings, read_child));
  MACHI_TRY_SET(wish, value.integer_at(7));
  MACHI_TRY_SET(least_at, value.at(8));
  MACHI_TRY_SET(most_at, value.at(9));
  MACHI_TRY_SET(least, points_of(*least_at));
  MACHI_TRY_SET(most, points_of(*most_at));
  if (id.is_zero() || counter < 1 || guardian.empty() || children.empty() || least > most)
    return fail(Code::BadInput, "application");
  if (wish < 1 || wish > 3) return fail(wish < 1 ? Code::BadInput : Code::Unsupported, "wish");
  out.id = id, out.counter = static_cast<std::uint64_t>(counter), out.at = at;
  out.guardian = guardian, out.telephone = telephone;
  out.children = std::move(children);
  out.wish = static_cast<Wish>(wish - 1);
  out.least = least, out.most = most;
  return out;
}

Cbor encode(const Entry& entry) {
  CborArray replaces;
  for (const EntryId& one : entry.replaces) replaces.emplace_back(one.view());
  CborMap out;
  out.emplace_back(1, entry.id.view());
  out.emplace_back(2, entry.application.view());
  out.emplace_back(3, entry.counter);
  out.emplace_back(4, entry.at.ms);
  out.emplace_back(5, entry.by);
  if (!replaces.empty()) out.emplace_back(6, std::move(replaces));
  out.emplace_back(7, static_cast<int>(entry.said.index()) + 1);
  if (const auto* set = std::get_if<PointsSet>(&entry.said)) {
    CborArray points, bonus;
    for (const std::int64_t one : set->points) points.emplace_back(one);
    for (const auto& row : set->bonus) {
      CborArray of;
      for (const std::int64_t one : row) of.emplace_back(one);
      bonus.emplace_back(std::move(of));
    }
    out.emplace_back(8, std::move(points));
    if (!bonus.empty()) out.emplace_back(9, std::move(bonus));
    out.emplace_back(10, set->why);
  } else if (const auto* back = std::get_if<SentBack>(&entry.said)) {
    out.emplace_back(10, back->why);
  }
  return Cbor(std::move(out));
}

Result<Entry> decode_entry(const Cbor& value) {
  Entry out;
  MACHI_TRY_SET(id, content::id_at<EntryId>(value, 1));
  MACHI_TRY_SET(application, content::id_at<ApplicationId>(value, 2));
  MACHI_TRY_SET(counter, value.integer_at(3));
  MACHI_TRY_SET(at, content::instant_at(value, 4));
  MACHI_TRY_SET(by, content::text_at(value, 5, content::kNameLimit));
  MACHI_TRY_SET(replaces,
                content::list_at<EntryId>(value, 6, kMostReplaced, [](const Cbor& one) -> Result<EntryId> {
                  MACHI_TRY_SET(raw, one.bytes());
                  return EntryId::from(raw);
                }));
  MACHI_TRY_SET(kind, value.integer_at(7));
  if (id.is_zero() || application.is_zero() || counter < 1 || by.empty())
    return fail(Code::BadInput, "entry");
  if (kind == 1) {
    PointsSet set;
    MACHI_TRY_SET(points, content::list_at<std::int64_t>(value, 8, kMostSiblings, points_of));
    MACHI_TRY_SET(bonus, content::list_at<std::vector<std::int64_t>>(value, 9, kMostSiblings, bonus_of));
    MACHI_TRY_SET(why, content::text_at(value, 10, kWhySigns));
    if (points.empty() || why.empty()) return fail(Code::BadInput, "points have a reason");
    set.points = std::move(points), set.bonus = std::move(bonus), set.why = why;
    out.said = std::move(set);
  } else if (kind == 2) {
    MACHI_TRY_SET(why, content::text_at(value, 10, kWhySigns));
    if (why.empty()) return fail(Code::BadInput, "a return has a reason");
    out.said = SentBack{why};
  } else if (kind == 3) {
    out.said = TakenBack{};
  } else {
    return fail(kind < 1 ? Code::BadInput : Code::Unsupported, "kind");
  }
  out.id = id, out.application = application, out.counter = static_cast<std::uint64_t>(counter);
  out.at = at, out.by = by;
  out.replaces = std::move(replaces);
  return out;
}

}  // namespace machi::parenting
