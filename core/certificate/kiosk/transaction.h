// From an order to its end: paid and delivered, not charged, refunded, or an open case (KIOSK.md). A pure
// state machine: the host does one effect at a time and hands back its answer under the effect's number; what
// people do comes in between. A record is on the disk before the device call that it announces. After a
// crash the same code finishes what the journal left open. Owned by the kiosk's host; one thread.
#pragma once

#include <variant>

#include "core/base/entropy.h"
#include "core/certificate/kiosk/offer.h"

namespace machi::certificate::kiosk {

struct Pin {
  crypto::Secret<4> digits;
};

// What the host is to do. Views point into the transaction and hold until the answer.
namespace work {
struct Write {
  Record record;
};
struct Challenge {
  SessionId session;
};  // the clerk's nonce for this session
struct Identify {
  base::Array<32> nonce;
  const Pin* pin;
};  // card: items, signature over the nonce
struct Ask {
  SessionId session;
  Ref request;
  std::vector<OrderItem> order;
  ByteView proof;
};
struct LookAtPrinter {};
struct Charge {
  Ref ref;
  std::int64_t amount;
};
struct Settle {
  Ref ref;
};  // the terminal says what became of it, and from then on does nothing under it
struct Refund {
  Ref ref;
  Ref of;
  std::int64_t amount;
};
struct Print {
  Ref ref;
  SessionId session;
  const Paper* paper;
};
struct Watch {
  Ref ref;
};                       // the state of the print job
struct ClearPrinter {};  // cancels whatever it has
struct TellClerk {
  Untold outcome;
};
struct Receipt {
  SessionId session;
  std::int64_t amount;
  std::vector<OfferedPaper> papers;
};
struct Slip {
  std::uint32_t number;
};
}  // namespace work
using Work = std::variant<work::Write, work::Challenge, work::Identify, work::Ask, work::LookAtPrinter,
                          work::Charge, work::Settle, work::Refund, work::Print, work::Watch,
                          work::ClearPrinter, work::TellClerk, work::Receipt, work::Slip>;
struct Effect {
  std::uint64_t number = 0;
  Work work;
};

enum class CardTrouble { None, NotMyNumber, WrongPin, LastTry, Locked, Expired, Unreadable };
enum class JobState { Completed, Working, Stopped, NotFound, Silent };

namespace answer {
struct Written {
  bool ok = false;
};
struct Challenged {
  std::optional<base::Array<32>> nonce;
};
struct Identified {
  CardTrouble trouble = CardTrouble::None;
  int tries = 0;
  Holder holder;
  Bytes proof;
};
struct Offered {
  std::optional<Offer> offer;
};  // none: refused or silent; the person hears one sentence
struct PrinterSeen {
  bool ready = false;  // it answers, has paper and toner, its covers are shut
  bool queue_empty = false;
  bool tray_clear = true;                // false only when a sensor says so
  std::optional<std::uint64_t> counter;  // sheets it has ever printed
};
struct Done {
  Known known = Known::Unknown;
  Means means = Means::Unknown;
};  // Charge, Settle, Refund, Print; Unknown = no answer
struct Watched {
  JobState state = JobState::Silent;
};
struct Finished {
  bool ok = false;
};  // ClearPrinter, TellClerk, Receipt, Slip
}  // namespace answer
using Answer = std::variant<answer::Written, answer::Challenged, answer::Identified, answer::Offered,
                            answer::PrinterSeen, answer::Done, answer::Watched, answer::Finished>;

// What people do, and time.
namespace act {
struct Start {
  std::vector<OrderItem> order;
  std::uint32_t reprints = 0;  // the case whose papers these are; staff have allowed it
};                             // chosen; the card lies on the reader
struct TypePin {
  Pin pin;
};
struct Confirm {};  // what will be printed is right, and so is the price
struct Cancel {};   // or a time limit of a screen, also of the one that says to take the paper
struct CardOut {};
struct GiveUpPrinting {};  // its time limit
struct TookPaper {};       // by the tray's sensor, or their word at the screen that asks
struct PutOut {};          // staff take the kiosk out of service
struct EmptyTray {};       // staff have looked into the tray and queue
struct SettleCase {
  std::uint32_t number;
};
struct RefundCase {
  std::uint32_t number;
};  // asks the terminal what is not known first
struct ReprintCase {
  std::uint32_t number;
};  // one Start with its number follows
struct StaffKnock {
  bool ok = false;
};               // their PIN was right, or it was not
struct Idle {};  // now and then: the clerk may still have to be told
}  // namespace act
using Act = std::variant<act::Start, act::TypePin, act::Confirm, act::Cancel, act::CardOut,
                         act::GiveUpPrinting, act::TookPaper, act::PutOut, act::EmptyTray, act::SettleCase,
                         act::RefundCase, act::ReprintCase, act::StaffKnock, act::Idle>;

enum class Stage {
  Free,
  Pin,
  Identifying,
  Asking,
  Confirming,
  Paying,
  Printing,
  Undoing,
  TakePaper,
  OutOfService,
  Stuck
};

class Transaction {
 public:
  // `book` as the journal adds up; the references come from `entropy`.
  Transaction(Book book, std::vector<SealKey> keys, base::Entropy& entropy);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  // The first effect, when a crash left something open; call once.
  std::optional<Effect> begin(Instant now);
  // An answer of another number than the effect that is out is ignored, and so is an act that does not fit.
  std::optional<Effect> on(std::uint64_t number, Answer answer, Instant now);
  std::optional<Effect> on(Act act, Instant now);

  Stage stage() const;
  const Book& book() const { return book_; }
  // What the screen shows of this session; empty once it is over.
  const Holder* holder() const { return live_.holder ? &*live_.holder : nullptr; }
  CardTrouble card_trouble() const { return live_.trouble; }
  int tries() const { return live_.tries; }
  std::optional<Outcome> last_outcome() const { return last_outcome_; }
  // How the last RefundCase went: No = nothing was there to pay back, or the terminal refused; Unknown = it
  // does not say; none while it is under way.
  std::optional<Known> refunded() const { return refunded_; }

 private:
  struct Live {  // of this process and this session only
    bool card = false, confirmed = false, cancelled = false, declined = false;
    std::optional<base::Array<32>> nonce;
    std::optional<Pin> pin;
    std::optional<Holder> holder;
    Bytes proof;
    std::vector<Paper> papers;
    CardTrouble trouble = CardTrouble::None;
    int tries = 0;
  };
  struct Device {         // how far the dialogue with a device is; forgotten after each record
    bool begin = false;   // the intent was written by this process: the call may be made
    bool called = false;  // and was
    bool cleared = false, finishing = false, failed = false;
    int asked = 0, clears = 0;
    std::optional<answer::PrinterSeen> printer;
  };

  std::optional<Effect> go();
  std::optional<Effect> go_on_with_case();
  std::optional<Effect> settle_case(const Attempt& attempt);
  void take_of_case(answer::Done done);
  std::optional<Effect> front(const Session& session);
  std::optional<Effect> money(const Session& session);
  std::optional<Effect> undo(const Session& session);
  std::optional<Effect> settle(const Attempt& attempt, Mark known);
  std::optional<Effect> follow_job(const Session& session, const Attempt& job);
  std::optional<Effect> judge_job(const Session& session, const Attempt& job);
  std::optional<Effect> end(Outcome outcome);
  std::optional<Effect> out_of_service(Reason reason);
  std::optional<Effect> after();
  Record record(Mark mark) const;
  std::optional<Effect> write(Record record);
  std::optional<Effect> effect(Work work);
  void written(const Record& record);
  void take(answer::Done done);
  void take(answer::Offered offered);
  void forget();

  Book book_;
  std::vector<SealKey> keys_;
  base::Entropy& entropy_;
  Instant now_;
  Live live_;
  Device device_;
  std::optional<Effect> out_;  // what the host is doing
  std::uint64_t number_ = 0;
  bool stuck_ = false;  // the journal cannot be written: nothing more is done until a restart
  bool tell_ = false;
  bool printed_ = false;  // what lies in the tray was printed by this process, to somebody who is still here
  std::vector<Work> after_;
  std::optional<Outcome> last_outcome_;
  std::uint32_t refunding_ = 0;  // the case that staff pay back
  std::optional<Ref> asked_;     // what of it the terminal is asked for
  std::optional<Known> refunded_;
};

}  // namespace machi::certificate::kiosk
