// Asking the book: lists, sums, what was told of subjects. Lists come sorted by kana, as paper lists are.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/shelter/stay_book.h"
#include "core/shelter/sums.h"

namespace machi::shelter {
namespace {

constexpr std::string_view kLine =
    "SELECT s.stay, s.shelter, s.enter, p.content, s.manner, s.said, s.open, s.room, s.card, s.entered, "
    "s.gone, s.away,"
    " EXISTS (SELECT 1 FROM shelter_present WHERE person = s.person AND doubt = 1 AND shelter IN (s.shelter, "
    "zeroblob(16))),"
    " p.disputed FROM shelter_stay AS s JOIN shelter_person AS p ON p.person = s.person ";

Result<StayLine> line_of(const store::Statement& row) {
  StayLine line;
  line.stay = row.id<StayId>(0);
  line.shelter = row.id<ShelterId>(1);
  line.enter = row.id<FactId>(2);
  MACHI_TRY_SET(map, code::decode(row.blob(3)));
  MACHI_TRY_SET(fact, decode_fact(map));
  line.person = std::get<Enter>(fact.what).person;
  line.manner = static_cast<Manner>(row.integer(4));
  line.said = row.integer(5) != 0;
  line.open = row.integer(6) != 0;
  line.room = row.text(7);
  line.card = row.text(8);
  line.entered = row.instant(9);
  if (!row.is_null(10)) line.left = row.instant(10);
  line.away = static_cast<Away>(row.integer(11));
  line.doubt = row.integer(12) != 0;
  line.disputed = row.integer(13) != 0;
  return line;
}

Result<std::vector<StayLine>> lines(store::Statement& row) {
  std::vector<StayLine> out;
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    MACHI_TRY_SET(line, line_of(row));
    out.push_back(std::move(line));
  }
}

// Words as a LIKE pattern: what a person typed has no wildcards.
std::string pattern(std::string_view typed) {
  std::string words = base::search_form(typed), digits;
  for (const char sign : words)
    if (sign >= '0' && sign <= '9') digits += sign;
  const bool telephone = digits.size() >= 4 && words.find_first_not_of("0123456789-()+") == std::string::npos;
  std::string out = "%";
  for (const char sign : telephone ? digits : words) {
    if (sign == '%' || sign == '_' || sign == '\\') out += '\\';
    out += sign;
  }
  return out + "%";
}

}  // namespace

Result<Counts> StayBook::counts(const ShelterId& shelter) const {
  Counts out;
  auto row = database_.prepare("SELECT what, n FROM shelter_sum WHERE shelter = ?");
  row.bind(shelter);
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    const auto what = row.integer(0), n = row.integer(1);
    if (what == static_cast<int>(Manner::Inside)) out.inside = n;
    if (what == static_cast<int>(Manner::Car)) out.car = n;
    if (what == static_cast<int>(Manner::Home)) out.home = n;
    if (what == sums::kSaid) out.said = n;
    if (what == sums::kDoubts) out.doubts = n;
    if (what >= sums::kFirstNeed && what < sums::kFirstNeed + household::kNeeds)
      out.needs[static_cast<std::size_t>(what - sums::kFirstNeed)] = n;
  }
}

Result<std::vector<StayLine>> StayBook::find(const Filter& filter, std::size_t limit,
                                             std::size_t skip) const {
  std::string sql(kLine);
  std::string joint = "WHERE ";
  const auto when = [&](bool asked, std::string_view condition) {
    if (!asked) return;
    sql += joint + std::string(condition);
    joint = " AND ";
  };
  when(!filter.shelter.is_zero(), "s.shelter = ?");
  when(filter.open.has_value(), "s.open = ?");
  when(filter.said.has_value(), "s.said = ?");
  when(filter.room.has_value(), "s.room = ?");
  when(!filter.needs.empty(), "(p.needs & ?) <> 0");
  when(!filter.words.empty(), "p.search LIKE ? ESCAPE '\\'");
  when(filter.doubt,
       "s.open = 1 AND EXISTS (SELECT 1 FROM shelter_present WHERE person = s.person AND doubt = 1 AND "
       "shelter IN (s.shelter, zeroblob(16)))");
  sql += " ORDER BY p.sort, s.person, s.stay LIMIT ? OFFSET ?";
  auto row = database_.prepare(sql);
  if (!filter.shelter.is_zero()) row.bind(filter.shelter);
  if (filter.open) row.bind(*filter.open);
  if (filter.said) row.bind(*filter.said);
  if (filter.room) row.bind(*filter.room);
  if (!filter.needs.empty()) row.bind(static_cast<std::int64_t>(filter.needs.bits));
  if (!filter.words.empty()) row.bind(pattern(filter.words));
  row.bind(static_cast<std::int64_t>(limit)).bind(static_cast<std::int64_t>(skip));
  return lines(row);
}

Result<std::vector<StayLine>> StayBook::of_person(const PersonId& person) const {
  auto row = database_.prepare(std::string(kLine) + "WHERE s.person = ? ORDER BY s.stay");
  row.bind(person);
  return lines(row);
}

Result<std::vector<StayLine>> StayBook::of_household(const HouseholdId& household) const {
  auto row = database_.prepare(std::string(kLine) + "WHERE s.household = ? ORDER BY s.person, s.stay");
  row.bind(household);
  return lines(row);
}

Result<std::optional<StayLine>> StayBook::stay(const StayId& stay) const {
  auto row = database_.prepare(std::string(kLine) + "WHERE s.stay = ?");
  row.bind(stay);
  MACHI_TRY_SET(found, lines(row));
  return found.empty() ? std::optional<StayLine>() : std::optional<StayLine>(std::move(found.front()));
}

Result<std::vector<Head>> StayBook::heads(Field field, std::size_t limit) const {
  std::vector<Head> out;
  auto row = database_.prepare(
      "SELECT fact, subject, text, number, at FROM shelter_value AS v WHERE field = ?"
      " AND NOT EXISTS (SELECT 1 FROM shelter_undone WHERE fact = v.fact)"
      " AND NOT EXISTS (SELECT 1 FROM shelter_replaced AS r JOIN shelter_value AS w ON w.fact = r.by WHERE "
      "r.fact = v.fact"
      " AND w.fact <> v.fact AND w.subject = v.subject AND w.field = v.field AND NOT EXISTS"
      " (SELECT 1 FROM shelter_undone WHERE fact = r.by)) ORDER BY at DESC, fact LIMIT ?");
  row.bind(static_cast<int>(field)).bind(static_cast<std::int64_t>(limit));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    out.push_back({row.id<FactId>(0), row.fixed<16>(1), row.text(2), row.integer(3), row.instant(4)});
  }
}

Result<std::vector<ShelterLine>> StayBook::shelters() const {
  constexpr std::size_t kLimit = 5000;
  std::map<SubjectId, ShelterLine> all;
  // The newest is first: a later, older one changes nothing.
  for (const Field field : {Field::ShelterName, Field::Place, Field::Capacity, Field::Standing, Field::Rooms,
                            Field::ShelterPhone, Field::Spot}) {
    MACHI_TRY_SET(told, heads(field, kLimit));
    std::reverse(told.begin(), told.end());
    for (const Head& head : told) {
      if (field != Field::ShelterName && !all.contains(head.subject)) continue;
      ShelterLine& line = all[head.subject];
      line.id.bytes = head.subject;
      if (field == Field::ShelterName) line.name = head.text;
      if (field == Field::Place) line.place = head.text;
      if (field == Field::Capacity) line.capacity = head.number;
      if (field == Field::Standing) line.standing = static_cast<Standing>(head.number);
      if (field == Field::ShelterPhone) line.telephone = head.text;
      if (field == Field::Spot) line.spot = read_spot(head.text);
      if (field != Field::Rooms) continue;
      line.rooms.clear();
      for (std::size_t at = 0; at < head.text.size();) {
        const std::size_t end = std::min(head.text.find('\n', at), head.text.size());
        if (end > at) line.rooms.push_back(head.text.substr(at, end - at));
        at = end + 1;
      }
    }
  }
  auto row = database_.prepare("SELECT shelter, at FROM shelter_heard");
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) break;
    if (const auto found = all.find(row.fixed<16>(0)); found != all.end())
      found->second.heard = row.instant(1);
  }
  std::vector<ShelterLine> out;
  for (auto& [id, line] : all) out.push_back(std::move(line));
  std::sort(out.begin(), out.end(), [](const ShelterLine& a, const ShelterLine& b) {
    return std::tie(a.name, a.id) < std::tie(b.name, b.id);
  });
  return out;
}

Result<std::string> StayBook::shown() const {
  std::string out;
  for (const std::string_view sql :
       {"SELECT "
        "hex(stay)||hex(enter)||hex(person)||hex(household)||hex(shelter)||manner||said||open||room||'|'||"
        "card||'|'||entered||'|'||coalesce(gone,'-')||away "
        "FROM shelter_stay ORDER BY stay",
        "SELECT hex(person)||hex(content)||search||needs||disputed FROM shelter_person ORDER BY person",
        "SELECT hex(shelter)||hex(person)||manner||said||needs||'|'||doubt FROM shelter_present ORDER BY "
        "shelter, person",
        "SELECT hex(shelter)||'|'||what||'='||n FROM shelter_sum WHERE n <> 0 ORDER BY shelter, what",
        "SELECT hex(shelter)||at FROM shelter_heard ORDER BY shelter"}) {
    auto row = database_.prepare(sql);
    for (;;) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      out += row.text(0) + "\n";
    }
    out += "--\n";
  }
  return out;
}

}  // namespace machi::shelter
