// The kiosk's write-ahead journal: a record before each call of a device that moves money or paper, and one
// when its outcome is known. No person stands in it. The book is what the records add up to; it refuses a
// record that would break a promise (KIOSK.md), so that a mistake elsewhere stops the machine instead of
// charging twice. Values; any thread; pure.
#pragma once

#include "core/base/id.h"
#include "core/certificate/certificate.h"
#include "core/certificate/merkle.h"
#include "core/code/cbor.h"

namespace machi::certificate::kiosk {

using base::Instant;
struct SessionTag {};
struct RefTag {};
using SessionId = base::Id<SessionTag>;
using Ref = base::Id<RefTag>;  // our own name of a charge, a refund, a print job or a request to the clerk

struct OrderItem {
  Kind kind = Kind::ResidentRecord;
  Options options;
  bool household = false;
  int year = 0;  // of tax; 0 = none
  int copies = 1;
  bool operator==(const OrderItem&) const = default;
};
inline constexpr std::size_t kMostItems = 9;
inline constexpr int kMostCopies = 10;

// A certificate as the clerk offered it.
struct OfferedPaper {
  Kind kind = Kind::ResidentRecord;
  Hash document{};  // SHA-256 of its bytes
  int sheets = 1;
  int copies = 1;
  std::int64_t fee = 0;  // of all copies, yen
  bool operator==(const OfferedPaper&) const = default;
};

enum class Known { Yes = 1, No = 2, Unknown = 3 };  // what became of something that was begun
enum class Outcome { Delivered = 1, NotCharged = 2, Refunded = 3, OpenCase = 4 };
enum class Reason {
  Printing = 1,     // it stopped while printing, or was stopped: paper may lie in the tray
  Terminal = 2,     // the payment terminal does not say what it did
  WrongPerson = 3,  // somebody else's certificate was offered
  Staff = 4,        // taken out by hand
  Tray = 5,         // paper was not taken away, or nobody knows
};

// With what was paid, as far as the terminal says it; for the day's totals.
enum class Means { Unknown = 0, Card = 1, EMoney = 2, Code = 3, Cash = 4 };
std::string_view name_of(Means means);  // "card", "e-money", "code", "cash", "unknown"

enum class Mark {
  Began = 1,
  Asked = 2,
  Offered = 3,
  PayIntent = 4,
  PayKnown = 5,
  PrintIntent = 6,
  PrintKnown = 7,
  RefundIntent = 8,
  RefundKnown = 9,
  Ended = 10,
  ClerkTold = 11,
  OutOfService = 12,
  BackInService = 13,
  CaseSettled = 14,
  PaperTaken = 15,
  StaffCame = 16,     // their PIN was right, or their key turned
  StaffRefused = 17,  // a wrong PIN for staff
  CaseRefund = 18,    // staff pay a case back: before the terminal is asked
  CaseKnown = 19,     // what became of a payment or refund of a case
  CaseReprint = 20,   // staff allow one visit that prints what a case lacks
};

struct Record {
  Mark mark = Mark::Began;
  SessionId
      session;  // zero with what is no session's: OutOfService ... PaperTaken, StaffCame ... CaseReprint
  Instant at;
  Ref ref = {};
  Known known = Known::Unknown;
  Outcome outcome = Outcome::NotCharged;
  Reason reason = Reason::Staff;
  std::int64_t amount = 0;
  std::size_t paper = 0;                      // PrintIntent: index of the offered one
  std::optional<std::uint64_t> counter = {};  // PrintIntent: sheets that the printer had ever printed
  std::uint32_t number = 0;                   // of a case: Ended, Case...; Began: what it prints again
  std::vector<OrderItem> order = {};
  std::vector<OfferedPaper> papers = {};
  Means means = Means::Unknown;  // PayKnown
  bool operator==(const Record&) const = default;
};
code::Cbor encode_record(const Record& record);
Result<Record> decode_record(const code::Cbor& value);

struct Attempt {
  Ref ref;
  std::optional<Known> known;
  std::int64_t amount = 0;
  std::size_t paper = 0;
  std::optional<std::uint64_t> counter;
};

struct Session {
  SessionId id;
  std::vector<OrderItem> order;
  std::optional<Ref> request;
  std::vector<OfferedPaper> papers;
  std::vector<Attempt> payments, jobs, refunds;
  std::uint32_t reprints = 0;  // the case whose lacking papers it prints; they were paid for there

  std::int64_t total() const;  // to be paid
  bool paid() const;           // money is ours, or none was asked for
  bool charged() const;        // money is ours
  std::size_t delivered() const;
  // The one that was begun and whose outcome is not known; at most one over all three.
  const Attempt* open(const std::vector<Attempt>& attempts) const;
  bool doubtful() const;  // some outcome is Unknown for good
};

// A session that ended without anybody knowing how: staff find out, and pay back or print again.
struct Case {
  std::uint32_t number = 0;
  Instant at;
  Session session;
  bool reprint = false;  // staff have allowed a visit that prints what it lacks

  const Attempt* doubt() const;  // a payment or refund of which the terminal did not say what became
  bool refundable() const;       // the money is ours, and not all was delivered
  bool reprintable() const;
  std::vector<OrderItem> lacking() const;  // what was ordered and is not known to be delivered
};

struct Untold {  // the clerk does not know yet how it ended
  SessionId session;
  Ref request;
  Outcome outcome = Outcome::NotCharged;
};

class Book {
 public:
  // Conflict for what must never happen: nothing is changed then.
  Status take(const Record& record);

  const std::optional<Session>& open() const { return open_; }
  const std::vector<Untold>& untold() const { return untold_; }
  const std::optional<Reason>& out_of_service() const { return out_of_service_; }
  std::vector<std::uint32_t> cases() const;  // that staff have to settle
  const std::vector<Case>& open_cases() const { return cases_; }
  const Case* find_case(std::uint32_t number) const;
  const Case* refunding() const;  // a refund was begun, and what became of it is to be found out
  // Wrong PINs for staff since the last right one, and when the last was typed.
  int staff_refused() const { return staff_refused_; }
  Instant staff_refused_at() const { return staff_refused_at_; }
  bool tray() const { return tray_; }  // paper may lie in it: nobody else is served
  std::uint32_t next_case() const { return last_case_ + 1; }

 private:
  Status take_of_session(const Record& record);
  Status take_intent(const Record& record);
  Status take_known(std::vector<Attempt>& attempts, const Record& record);
  Status end(const Record& record);
  Status take_of_case(const Record& record);
  void end_reprint(const Record& record);
  void withdraw(const Session& session);

  std::optional<Session> open_;
  std::vector<Untold> untold_;
  std::optional<Reason> out_of_service_;
  std::vector<Case> cases_;
  std::uint32_t last_case_ = 0;
  bool tray_ = false;
  int staff_refused_ = 0;
  Instant staff_refused_at_;
};

}  // namespace machi::certificate::kiosk
