// The book of stays: every fact that came, folded without clocks into who is where. Owned by whoever owns the
// database; one thread. Any order of arrival and any repetition give the same book: what is stored of facts
// are sets, and what is shown (stays, people, sums) is worked out anew from the facts about one stay or
// person whenever one of them came. Storage | StorageFull when the database refuses.
#pragma once

#include <array>
#include <map>

#include "core/shelter/fact.h"
#include "core/shelter/spot.h"
#include "core/store/database.h"

namespace machi::shelter {

// A stay as it is shown.
struct StayLine {
  StayId stay;
  ShelterId shelter;
  FactId enter;   // to be taken back
  Person person;  // with what was put right
  Manner manner = Manner::Inside;
  bool said = false;  // by a phone, and nobody of the staff has seen them yet
  bool open = true;
  std::string room, card;
  Instant entered;
  std::optional<Instant> left;
  Away away = Away::Home;
  bool doubt = false;     // in two shelters, or gone by one record and here by another: a person has to look
  bool disputed = false;  // two people put the same thing right in different ways
};

struct Counts {
  std::int64_t inside = 0, car = 0, home = 0;  // seen by staff
  std::int64_t said = 0;                       // say to be here
  std::int64_t doubts = 0;
  std::array<std::int64_t, household::kNeeds> needs{};  // of those seen, by need
  std::int64_t seen() const { return inside + car + home; }
  bool operator==(const Counts&) const = default;
};

// What somebody told of a field, not replaced since.
struct Head {
  FactId fact;
  SubjectId subject{};
  std::string text;
  std::int64_t number = 0;
  Instant at;
};

struct ShelterLine {
  ShelterId id;
  std::string name, place, telephone;
  std::vector<std::string> rooms;
  std::optional<Spot> spot;
  std::int64_t capacity = 0;  // 0: not known
  Standing standing = Standing::Closed;
  std::optional<Instant> heard;  // the newest word from there, by its own clock
};

enum class Whose { Own, Mailed, ByFile };  // how a fact came here

class StayBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit StayBook(store::Database& database) : database_(database) {}

  // Inside the caller's transaction. False: it was known.
  Result<bool> add(const Fact& fact, Whose whose = Whose::Mailed);
  Result<bool> knows(const FactId& fact) const;
  Status heard(const ShelterId& shelter, Instant at);

  // --- who is where. A zero shelter is the whole town, where everybody counts once.
  Result<Counts> counts(const ShelterId& shelter) const;
  struct Filter {
    ShelterId shelter;         // zero: any
    std::string words;         // kana, name, address, telephone: any of them, as typed
    std::optional<bool> open;  // nothing: those who left too
    std::optional<bool> said;
    bool doubt = false;  // only those
    Needs needs;         // having any of these
    std::optional<std::string> room;
  };
  Result<std::vector<StayLine>> find(const Filter& filter, std::size_t limit, std::size_t skip = 0) const;
  Result<std::vector<StayLine>> of_person(const PersonId& person) const;
  Result<std::vector<StayLine>> of_household(const HouseholdId& household) const;
  Result<std::optional<StayLine>> stay(const StayId& stay) const;

  // --- what was told of subjects
  Result<std::vector<Head>> heads(const SubjectId& subject, Field field) const;
  Result<std::vector<Head>> heads(Field field, std::size_t limit) const;  // of all subjects, the newest first
  Result<std::vector<ShelterLine>> shelters() const;                      // by name

  // --- for other devices
  // Facts in the order in which they came here, from behind `after`; the number of the last is set.
  Result<Facts> facts(std::int64_t& after, std::size_t limit) const;
  // Those that came by a file only, and marks them as mailed: whoever asks posts them.
  Result<Facts> take_unmailed(std::size_t limit);
  // For a file: first those that the hub may not have, then the newest.
  Result<Facts> wanted_elsewhere(std::size_t limit, std::size_t skip) const;
  Result<std::uint64_t> newest_pass(
      const HouseholdId& household) const;  // the highest counter seen; 0 for none
  Result<std::int64_t> size() const;
  // Everything that is shown, as one text: two books are the same when this is.
  Result<std::string> shown() const;

 private:
  Status store(const Fact& fact);
  Status forget(const FactId& fact, const Fact& old);
  Status refresh(const Fact& fact, int depth = 0);
  Status refresh_stay(const StayId& stay);
  Status refresh_person(const PersonId& person);
  Status refresh_presence(const ShelterId& shelter, const PersonId& person);
  Status count(const ShelterId& shelter, int what, int by);
  Result<bool> clashes(const ShelterId& shelter, const PersonId& person) const;
  Result<std::optional<Fact>> fact(const FactId& id) const;
  Result<FactId> told_most(const PersonId& person) const;
  using Told = std::map<Field, std::vector<Head>>;
  Result<Told> told_of(const SubjectId& subject) const;

  store::Database& database_;
};

}  // namespace machi::shelter
