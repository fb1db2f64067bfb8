// ShelterDesk: what a tablet of the town's shelter office does - takes people in, lets them go, puts right,
// takes back - as facts that are in its book at once and in the outbox in the same transaction; and what
// comes from the others. It works without a network for days. Owned by the desk app; one thread. Storage |
// StorageFull; NotAllowed for messages of those who may not write them.
#pragma once

#include <functional>

#include "core/base/entropy.h"
#include "core/mail/client.h"
#include "core/shelter/protection.h"
#include "core/shelter/safety.h"
#include "core/shelter/stay_book.h"

namespace machi::shelter {

// The office's post, as this desk uses it.
class ShelterPost {
 public:
  virtual ~ShelterPost() = default;
  // To the office itself: inside the caller's transaction, durable when that commits.
  virtual Status note(std::string_view kind, code::Cbor content, Instant now) = 0;
  // Whether the town has a mailbox for protected names; what goes there is sealed, and nothing of it stays.
  virtual bool protects() const { return false; }
  virtual Status protect(code::Cbor, Instant) { return base::fail(base::Code::NotFound, "protection"); }
  // With the office's proof, to a phone; inside the caller's transaction.
  virtual Status tell(const mail::Recipient&, std::string_view, code::Cbor, Instant) {
    return base::fail(base::Code::NotFound, "tell");
  }
  // Whether this is, or was, a device of the office.
  virtual bool colleague(const crypto::SignPublic& from) const = 0;
};

class ShelterDesk {
 public:
  static std::vector<store::Migration> migrations();
  ShelterDesk(store::Database& database, ShelterPost& post, base::Entropy& entropy)
      : database_(database), post_(post), entropy_(entropy), book_(database) {}

  const StayBook& book() const { return book_; }
  base::Entropy& entropy() const { return entropy_; }
  // A message of this office, inside the mail's transaction.
  Status on_message(const mail::Received& mail);
  // Posts what came by file only, and says that this shelter is connected, when that is due.
  Status settle(bool connected, Instant now);

  // This device's own: "here" = the shelter where it stands in hex, or "hq".
  std::string setting(std::string_view name) const;
  Status set(std::string_view name, std::string_view value);
  ShelterId here() const;  // zero: not chosen, or headquarters
  bool headquarters() const { return setting("here") == "hq"; }
  bool alone() const { return setting("self") == "1"; }  // at the door, without staff

  // --- facts. What was written last can be taken back.
  Fact fact(decltype(Fact::what) what, Instant now) const {
    return {entropy_.id<FactTag>(), now, std::move(what)};
  }
  Status write(Facts facts, Instant now);
  Status undo_last(Instant now);
  bool can_undo() const { return !last_.empty(); }
  void forget_last() {
    last_.clear();
    last_alias_.reset();
  }

  struct Arrival {
    Person person;
    std::uint64_t counter = 0;
    Manner manner = Manner::Inside;
    std::string room, card;
    bool said = false;  // nobody of the staff has seen them
  };
  // Those who are in here already stay as they are, and those who said to be here are seen now: how many came
  // in.
  Result<int> enter(const std::vector<Arrival>& people, const ShelterId& at, Instant now);
  // Under another name: who they are goes to the protection mailbox in the same transaction.
  bool protects() const { return post_.protects(); }
  Status enter_under_alias(const std::vector<Arrival>& people, const AliasEntry& entry, const ShelterId& at,
                           Instant now);
  // Closes every open stay of these people at this shelter.
  Result<int> leave(const std::vector<PersonId>& people, const ShelterId& from, Away away, Instant now);
  // Out of every other shelter, and into this one.
  Status move(const std::vector<PersonId>& people, const ShelterId& to, Instant now);
  // A field of a subject becomes this; replaces what is known of it.
  Status say(const SubjectId& subject, Field field, std::string text, std::int64_t number, Instant now);

  // --- by file
  Result<int> take(const Facts& facts);  // how many were new

  // What a household wrote of itself at home and sent: names, addresses, what a pass has no room for.
  Result<std::optional<household::Household>> record(const HouseholdId& household) const;
  // The highest counter known of a household, of its passes and records; 0 for none.
  std::uint64_t newest(const HouseholdId& household) const;

  // --- safety (safety_book.cc)
  // The reports that stand, those who need help and have nobody yet first, then the newest.
  struct SafetyLine {
    SafetyReport report;
    bool helped = false;
  };
  Result<std::vector<SafetyLine>> safety(std::size_t limit) const;
  struct SafetyCounts {
    std::int64_t safe = 0, help = 0, unhelped = 0;  // people; households
  };
  Result<SafetyCounts> safety_counts() const;
  // A relative's question. What is told is where a person is, or that they said to be safe, of those who want
  // it told. Everything else is nothing, and takes the same steps: not here, no consent, a name that two
  // have; `compared` is how many entries were, the same for all of them.
  struct Told {
    std::optional<ShelterId> at;
    bool safe = false;
    bool operator==(const Told&) const = default;
  };
  Result<std::optional<Told>> told(std::string_view name, Date birth, int* compared = nullptr) const;

 private:
  Status keep_safety(const code::Cbor& content);
  Status keep_record(const code::Cbor& content);
  // phone_asks.cc
  Status keep_ask(const mail::Received& mail);
  Status answer_asks(Instant now);
  Result<Facts> left(const PersonId& person, const ShelterId* only, const ShelterId* but, Leave as,
                     Instant now) const;

  store::Database& database_;
  ShelterPost& post_;
  base::Entropy& entropy_;
  StayBook book_;
  std::vector<FactId> last_;
  std::optional<AliasEntry> last_alias_;  // of the last check-in under another name: its id and counter alone
};

}  // namespace machi::shelter
