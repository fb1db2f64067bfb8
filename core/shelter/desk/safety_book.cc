// What families said of themselves, and what a relative who asks is told of it and of the stays.
#include <set>

#include "core/base/text.h"
#include "core/shelter/desk/shelter_desk.h"

namespace machi::shelter {
namespace {

constexpr std::size_t kAlike = 20;  // of one name

// Somebody who is nowhere, and whom no question finds.
Enter blank() {
  Enter out;
  out.shelter.bytes.fill(1);
  out.person.name = "-";
  return out;
}

}  // namespace

// The highest number holds, and of two with one number the smaller content: the same on every device.
Status ShelterDesk::keep_safety(const code::Cbor& content) {
  MACHI_TRY_SET(report, decode_safety(content));
  const base::Bytes bytes = code::encode(encode(report));
  {
    auto row = database_.prepare(
        "SELECT 1 FROM shelter_safety WHERE household = ? AND (number > ? OR (number = ? AND content <= ?))");
    const auto number = static_cast<std::int64_t>(report.number);
    row.bind(report.household).bind(number).bind(number).bind(bytes);
    MACHI_TRY_SET(newer, row.step());
    if (newer) return {};
  }
  MACHI_TRY(
      database_.prepare("DELETE FROM shelter_safe_person WHERE household = ?").bind(report.household).run());
  MACHI_TRY(database_.prepare("INSERT OR REPLACE INTO shelter_safety VALUES (?, ?, ?, ?, ?, ?, ?)")
                .bind(report.household)
                .bind(static_cast<std::int64_t>(report.number))
                .bind(report.at)
                .bind(report.safety == Safety::Help)
                .bind(report.tell)
                .bind(static_cast<std::int64_t>(report.people.size()))
                .bind(bytes)
                .run());
  for (const SafetyPerson& one : report.people)
    if (one.birth)
      MACHI_TRY(database_.prepare("INSERT OR REPLACE INTO shelter_safe_person VALUES (?, ?, ?)")
                    .bind(name_key(one.name))
                    .bind(one.birth->days)
                    .bind(report.household)
                    .run());
  return {};
}

Result<std::vector<ShelterDesk::SafetyLine>> ShelterDesk::safety(std::size_t limit) const {
  std::vector<SafetyLine> open, rest;
  auto row =
      database_.prepare("SELECT content FROM shelter_safety ORDER BY help DESC, at DESC, household LIMIT ?");
  row.bind(static_cast<std::int64_t>(limit));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) break;
    MACHI_TRY_SET(map, code::decode(row.blob(0)));
    MACHI_TRY_SET(report, decode_safety(map));
    MACHI_TRY_SET(told, book_.heads(report.household.bytes, Field::Helped));
    const bool helped = !told.empty() && told.front().number != 0;
    auto& to = report.safety == Safety::Help && !helped ? open : rest;
    to.push_back({std::move(report), helped});
  }
  open.insert(open.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
  return open;
}

Result<ShelterDesk::SafetyCounts> ShelterDesk::safety_counts() const {
  SafetyCounts out;
  auto row = database_.prepare(
      "SELECT help, SUM(people), SUM(help AND NOT EXISTS (SELECT 1 FROM shelter_value WHERE subject = "
      "household "
      "AND field = ? AND number <> 0)) FROM shelter_safety GROUP BY help");
  row.bind(static_cast<int>(Field::Helped));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    (row.integer(0) != 0 ? out.help : out.safe) = row.integer(1);
    if (row.integer(0) != 0) out.unhelped = row.integer(2);
  }
}

Result<std::optional<ShelterDesk::Told>> ShelterDesk::told(std::string_view name, Date birth,
                                                           int* compared) const {
  const std::string key = name_key(name);
  // All that has the name, whatever it is worth: what is told is decided when everything was looked at. Who
  // is not here costs what a person costs who is: places without anybody are filled, read and compared alike.
  StayBook::Filter filter;
  filter.words = base::trimmed(name);
  filter.open = true;
  MACHI_TRY_SET(lines, book_.find(filter, kAlike));
  const base::Bytes nobody = code::encode(encode(Fact{{}, {}, blank()}));
  while (lines.size() < kAlike) {
    MACHI_TRY_SET(map, code::decode(nobody));
    MACHI_TRY_SET(fact, decode_fact(map));
    StayLine line;
    line.person = std::move(std::get<Enter>(fact.what).person);
    lines.push_back(std::move(line));
  }
  Told answer;
  std::set<PersonId> people;
  bool tell = true, any = false;
  int looked = 0;
  for (const StayLine& line : lines) {
    ++looked;
    const bool same = (name_key(line.person.kana) == key || name_key(line.person.name) == key) &&
                      line.person.birth == birth;
    if (!same) continue;
    any = true;
    people.insert(line.person.id);
    tell = tell && line.person.tell;
    if (!line.said) answer.at = line.shelter;
    answer.safe = true;
  }
  auto row = database_.prepare(
      "SELECT s.help, s.tell FROM shelter_safe_person AS p JOIN shelter_safety AS s ON s.household = "
      "p.household "
      "WHERE p.name = ? AND p.birth = ?");
  row.bind(key).bind(birth.days);
  int reports = 0;
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) break;
    ++reports;
    any = true;
    tell = tell && row.integer(1) != 0;
    answer.safe = answer.safe || row.integer(0) == 0;
  }
  if (compared) *compared = looked;
  const bool one = people.size() <= 1 && reports <= 1;
  const bool tells = !key.empty() && any && tell && one && (answer.safe || answer.at);
  return tells ? std::optional(answer) : std::nullopt;
}

}  // namespace machi::shelter
