// Facts for tests: short names for people, stays and shelters. Test code.
#pragma once

#include <gtest/gtest.h>

#include "core/shelter/stay_book.h"

namespace machi::shelter {

template <class Id>
Id id_of(int number) {
  Id id;
  id.bytes.fill(static_cast<std::uint8_t>(number));
  id.bytes[1] = static_cast<std::uint8_t>(number >> 8);
  return id;
}

inline Person person(int number, std::string name = "さくら ゆうこ") {
  Person out;
  out.id = id_of<PersonId>(number);
  out.household = id_of<HouseholdId>(number / 10);
  out.name = std::move(name);
  out.kana = out.name;
  return out;
}
inline Fact enter(int fact, int stay, int who, int where, std::vector<int> after = {}) {
  Enter what;
  what.stay = id_of<StayId>(stay);
  what.shelter = id_of<ShelterId>(where);
  what.person = person(who);
  for (const int one : after) what.after.push_back(id_of<StayId>(one));
  return {id_of<FactId>(fact), Instant{1'795'500'000'000 + fact}, std::move(what)};
}
inline Fact leave(int fact, int stay, Away away = Away::Home) {
  return {id_of<FactId>(fact), Instant{1'795'500'000'000 + fact}, Leave{id_of<StayId>(stay), away, {}}};
}
inline Fact undo(int fact, int of) {
  return {id_of<FactId>(fact), Instant{1'795'500'000'000 + fact}, Undo{id_of<FactId>(of)}};
}
inline Fact correct(int fact, SubjectId subject, Field field, std::string text, std::int64_t number = 0,
                    std::vector<int> replaces = {}) {
  Correct what{subject, field, std::move(text), number, {}};
  for (const int one : replaces) what.replaces.push_back(id_of<FactId>(one));
  return {id_of<FactId>(fact), Instant{1'795'500'000'000 + fact}, std::move(what)};
}

struct Book {
  Book() : database(std::move(*store::Database::open({}))), book(*database) {
    EXPECT_TRUE(database->migrate(StayBook::migrations()).ok());
  }
  void add(const Fact& fact) {
    const auto added = book.add(fact);
    EXPECT_TRUE(added.ok()) << added.error().detail;
  }
  Counts counts(int shelter) { return *book.counts(shelter == 0 ? ShelterId{} : id_of<ShelterId>(shelter)); }
  std::string shown() { return *book.shown(); }

  std::unique_ptr<store::Database> database;
  StayBook book;
};

}  // namespace machi::shelter
