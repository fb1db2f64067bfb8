// The fold: what is shown of one stay, one person, one presence is worked out anew from the facts about it,
// and the sums move by the difference. So the result depends on the set of facts alone, never on their order.
#include <algorithm>

#include "core/base/text.h"
#include "core/shelter/stay_book.h"
#include "core/shelter/sums.h"

namespace machi::shelter {
namespace {

// Not taken back; and for values not replaced by one that stands itself.
constexpr std::string_view kHeads =
    "SELECT fact, text, number, at, field FROM shelter_value AS v WHERE subject = ?1 AND (?2 = 0 OR field = "
    "?2)"
    " AND NOT EXISTS (SELECT 1 FROM shelter_undone WHERE fact = v.fact)"
    " AND NOT EXISTS (SELECT 1 FROM shelter_replaced AS r JOIN shelter_value AS w ON w.fact = r.by WHERE "
    "r.fact = v.fact"
    " AND w.fact <> v.fact AND w.subject = v.subject AND w.field = v.field AND NOT EXISTS"
    " (SELECT 1 FROM shelter_undone WHERE fact = r.by)) ORDER BY at DESC, fact";

Needs needs_of(std::int64_t number) { return Needs{static_cast<std::uint32_t>(number)}; }

}  // namespace

Result<std::vector<Head>> StayBook::heads(const SubjectId& subject, Field field) const {
  std::vector<Head> out;
  auto row = database_.prepare(kHeads);
  row.bind(subject).bind(static_cast<int>(field));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    out.push_back({row.id<FactId>(0), subject, row.text(1), row.integer(2), row.instant(3)});
  }
}

// All that was told of a subject, by one question: of most it is nothing. In a field the newest is first.
Result<StayBook::Told> StayBook::told_of(const SubjectId& subject) const {
  Told out;
  auto row = database_.prepare(kHeads);
  row.bind(subject).bind(0);
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    out[static_cast<Field>(row.integer(4))].push_back(
        {row.id<FactId>(0), subject, row.text(1), row.integer(2), row.instant(3)});
  }
}

// What a fact speaks of. One that takes back speaks of what that one did, once it is here.
Status StayBook::refresh(const Fact& fact, int depth) {
  if (const auto* enter = std::get_if<Enter>(&fact.what)) {
    MACHI_TRY(refresh_person(enter->person.id));
    return refresh_stay(enter->stay);
  }
  if (const auto* leave = std::get_if<Leave>(&fact.what)) return refresh_stay(leave->stay);
  if (const auto* correct = std::get_if<Correct>(&fact.what)) {
    MACHI_TRY(refresh_person(PersonId{correct->subject}));
    return refresh_stay(StayId{correct->subject});
  }
  // An undo of an undo does nothing: whoever changed their mind does it again.
  if (depth > 0) return {};
  MACHI_TRY_SET(of, this->fact(std::get<Undo>(fact.what).fact));
  return of ? refresh(*of, depth + 1) : Status{};
}

Status StayBook::refresh_stay(const StayId& stay) {
  struct Place {
    PersonId person;
    ShelterId shelter;
  };
  std::vector<Place> touched;
  {
    auto row = database_.prepare("SELECT person, shelter FROM shelter_stay WHERE stay = ?");
    row.bind(stay);
    MACHI_TRY_SET(there, row.step());
    if (there) touched.push_back({row.id<PersonId>(0), row.id<ShelterId>(1)});
  }
  FactId first;
  {
    auto row = database_.prepare(
        "SELECT fact FROM shelter_enter AS e WHERE stay = ? AND NOT EXISTS (SELECT 1 FROM shelter_undone "
        "WHERE fact = "
        "e.fact) ORDER BY fact LIMIT 1");
    row.bind(stay);
    MACHI_TRY_SET(there, row.step());
    if (there) first = row.id<FactId>(0);
  }
  if (first.is_zero()) {
    if (touched.empty()) return {};
    MACHI_TRY(database_.prepare("DELETE FROM shelter_stay WHERE stay = ?").bind(stay).run());
  } else {
    MACHI_TRY_SET(whole, fact(first));
    const auto& enter = std::get<Enter>(whole->what);
    const bool same = !touched.empty() && touched.front().person == enter.person.id &&
                      touched.front().shelter == enter.shelter;
    if (!same) touched.push_back({enter.person.id, enter.shelter});
    MACHI_TRY_SET(told, told_of(stay.bytes));
    const auto newest = [&](Field field) {
      const auto found = told.find(field);
      return found == told.end() ? nullptr : &found->second.front();
    };
    const Head *manner = newest(Field::Manner), *room = newest(Field::Room), *card = newest(Field::Card);
    std::optional<Instant> left;
    std::int64_t away = static_cast<std::int64_t>(Away::Home);
    {
      auto row = database_.prepare(
          "SELECT at, away FROM shelter_leave AS l WHERE stay = ? AND NOT EXISTS (SELECT 1 FROM "
          "shelter_undone WHERE "
          "fact = l.fact) ORDER BY at, fact LIMIT 1");
      row.bind(stay);
      MACHI_TRY_SET(there, row.step());
      if (there) {
        left = row.instant(0);
        away = row.integer(1);
      }
    }
    MACHI_TRY(
        database_
            .prepare("INSERT OR REPLACE INTO shelter_stay VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(stay)
            .bind(first)
            .bind(enter.person.id)
            .bind(enter.person.household)
            .bind(enter.shelter)
            .bind(manner == nullptr ? static_cast<std::int64_t>(enter.manner) : manner->number)
            .bind(enter.said && newest(Field::Seen) == nullptr)
            .bind(!left)
            .bind(room == nullptr ? enter.room : room->text)
            .bind(card == nullptr ? enter.card : card->text)
            .bind(whole->at)
            .bind(left)
            .bind(away)
            .run());
  }
  for (const Place& place : touched) {
    MACHI_TRY(refresh_presence(place.shelter, place.person));
    MACHI_TRY(refresh_presence(ShelterId{}, place.person));
  }
  return {};
}

// The enter that says who a person is: of the newest pass, and of those of one pass the one that tells most -
// the family's record may have come to one tablet before the other. Zero: none stands.
Result<FactId> StayBook::told_most(const PersonId& person) const {
  FactId best;
  std::int64_t counter = 0;
  std::vector<FactId> equal;
  {
    auto row = database_.prepare(
        "SELECT fact, counter FROM shelter_enter AS e WHERE person = ? AND NOT EXISTS (SELECT 1 FROM "
        "shelter_undone WHERE fact = e.fact) ORDER BY counter DESC, fact");
    row.bind(person);
    for (;;) {
      MACHI_TRY_SET(more, row.step());
      if (!more || (!equal.empty() && row.integer(1) != counter)) break;
      counter = row.integer(1);
      equal.push_back(row.id<FactId>(0));
    }
  }
  if (equal.size() < 2) return equal.empty() ? best : equal.front();
  std::size_t most = 0;
  for (const FactId& id : equal) {
    MACHI_TRY_SET(whole, fact(id));
    Enter alone;
    alone.person = std::get<Enter>(whole->what).person;
    const std::size_t tells = code::encode(encode(Fact{{}, {}, std::move(alone)})).size();
    if (tells > most) best = id;
    most = std::max(most, tells);
  }
  return best;
}

// The newest pass holds; over it stands what people put right.
Status StayBook::refresh_person(const PersonId& person) {
  MACHI_TRY_SET(newest, told_most(person));
  if (newest.is_zero()) {
    MACHI_TRY(database_.prepare("DELETE FROM shelter_person WHERE person = ?").bind(person).run());
    return {};
  }
  MACHI_TRY_SET(whole, fact(newest));
  Enter enter = std::get<Enter>(whole->what);
  Person& one = enter.person;
  bool disputed = false;
  MACHI_TRY_SET(told, told_of(person.bytes));
  const auto put_right = [&](Field field, auto take) {
    const auto found = told.find(field);
    if (found == told.end()) return;
    const Head& newest_word = found->second.front();
    take(newest_word);
    for (const Head& head : found->second)
      disputed |= head.text != newest_word.text || head.number != newest_word.number;
  };
  put_right(Field::Name, [&](const Head& head) { one.name = head.text; });
  put_right(Field::Kana, [&](const Head& head) { one.kana = head.text; });
  put_right(Field::Age, [&](const Head& head) {
    one.age = static_cast<int>(head.number);
    one.birth.reset();
  });
  put_right(Field::Sex, [&](const Head& head) { one.sex = static_cast<Sex>(head.number); });
  put_right(Field::NeedBits, [&](const Head& head) { one.needs = needs_of(head.number); });
  put_right(Field::Note, [&](const Head& head) { one.note = head.text; });
  put_right(Field::Telephone, [&](const Head& head) { one.telephone = head.text; });
  put_right(Field::Address, [&](const Head& head) { one.address = head.text; });
  put_right(Field::Tell, [&](const Head& head) { one.tell = head.number != 0; });
  std::string digits;
  for (const char sign : base::fold_width(one.telephone))
    if (sign >= '0' && sign <= '9') digits += sign;
  const std::string search = base::search_form(one.kana) + "\n" + base::search_form(one.name) + "\n" +
                             base::search_form(one.address) + "\n" + digits;
  const std::string sort = base::search_form(one.kana.empty() ? one.name : one.kana);
  enter.stay = {};
  MACHI_TRY(database_.prepare("INSERT OR REPLACE INTO shelter_person VALUES (?, ?, ?, ?, ?, ?)")
                .bind(person)
                .bind(code::encode(encode(Fact{newest, {}, enter})))
                .bind(search)
                .bind(sort)
                .bind(static_cast<std::int64_t>(one.needs.bits))
                .bind(disputed)
                .run());
  std::vector<ShelterId> places;
  {
    // Present is who stays somewhere: the stays lead there, and no presence of others is looked at.
    auto row = database_.prepare(
        "SELECT shelter FROM shelter_present WHERE person = ?1 AND needs <> ?2 AND shelter IN"
        " (SELECT shelter FROM shelter_stay WHERE person = ?1 UNION ALL SELECT zeroblob(16))");
    row.bind(person).bind(static_cast<std::int64_t>(one.needs.bits));
    for (;;) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      places.push_back(row.id<ShelterId>(0));
    }
  }
  for (const ShelterId& place : places) MACHI_TRY(refresh_presence(place, person));
  return {};
}

// A plus before a column: its stays are found by the person, who has few, never by the shelter, which has
// hundreds.
// An open stay and a closed one whose writers did not know of each other: by one record gone, by the other
// here.
Result<bool> StayBook::clashes(const ShelterId& shelter, const PersonId& person) const {
  auto row = database_.prepare(
      "SELECT 1 FROM shelter_stay AS o JOIN shelter_stay AS c ON c.person = o.person AND +c.shelter = "
      "o.shelter AND +c.open = 0 WHERE o.person = ? AND +o.shelter = ? AND +o.open = 1"
      " AND NOT EXISTS (SELECT 1 FROM shelter_after WHERE stay = o.stay AND before = c.stay)"
      " AND NOT EXISTS (SELECT 1 FROM shelter_after WHERE stay = c.stay AND before = o.stay) LIMIT 1");
  return row.bind(person).bind(shelter).step();
}

// A person counts once in a shelter, and once in the town (the zero shelter), however often they were checked
// in.
Status StayBook::refresh_presence(const ShelterId& shelter, const PersonId& person) {
  const bool town = shelter.is_zero();
  sums::Presence before, after;
  {
    auto row = database_.prepare(
        "SELECT manner, said, needs, doubt FROM shelter_present WHERE shelter = ? AND person = ?");
    row.bind(shelter).bind(person);
    MACHI_TRY_SET(there, row.step());
    if (there)
      before = {true, row.integer(0), row.integer(1) != 0, needs_of(row.integer(2)), row.integer(3) != 0};
  }
  {
    auto row = database_.prepare(town ? "SELECT COUNT(*), MIN(said * 8 + manner), COUNT(DISTINCT CASE said "
                                        "WHEN 0 THEN shelter END) FROM "
                                        "shelter_stay WHERE person = ? AND +open = 1"
                                      : "SELECT COUNT(*), MIN(said * 8 + manner), 0 FROM shelter_stay WHERE "
                                        "person = ? AND +open = 1 AND +shelter = ?");
    row.bind(person);
    if (!town) row.bind(shelter);
    MACHI_TRY_SET(there, row.step());
    if (there && row.integer(0) > 0)
      after = {true, row.integer(1) % 8, row.integer(1) >= 8, {}, row.integer(2) > 1};
  }
  if (after.here) {
    auto row = database_.prepare("SELECT needs FROM shelter_person WHERE person = ?");
    row.bind(person);
    MACHI_TRY_SET(there, row.step());
    if (there) after.needs = needs_of(row.integer(0));
    if (!town) {
      MACHI_TRY_SET(clash, clashes(shelter, person));
      after.doubt = clash;
    }
  }
  if (before == after) return {};
  for (const auto& [what, by] : sums::difference(before, after)) MACHI_TRY(count(shelter, what, by));
  if (!after.here)
    return database_.prepare("DELETE FROM shelter_present WHERE shelter = ? AND person = ?")
        .bind(shelter)
        .bind(person)
        .run();
  return database_.prepare("INSERT OR REPLACE INTO shelter_present VALUES (?, ?, ?, ?, ?, ?)")
      .bind(shelter)
      .bind(person)
      .bind(after.manner)
      .bind(after.said)
      .bind(static_cast<std::int64_t>(after.needs.bits))
      .bind(after.doubt)
      .run();
}

Status StayBook::count(const ShelterId& shelter, int what, int by) {
  return database_
      .prepare(
          "INSERT INTO shelter_sum VALUES (?, ?, ?) ON CONFLICT (shelter, what) DO UPDATE SET n = n + "
          "excluded.n")
      .bind(shelter)
      .bind(what)
      .bind(by)
      .run();
}

}  // namespace machi::shelter
