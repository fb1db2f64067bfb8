// The state machine: what comes next follows from the book, what this process remembers, and the answer.
#include "core/certificate/kiosk/transaction.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/sodium.h"

namespace machi::certificate::kiosk {
namespace {

constexpr int kInquiries = 3;  // before the terminal counts as silent
constexpr int kSilences = 3;   // of the printer
constexpr int kClears = 3;
constexpr std::size_t kCharges = 3;  // that may be declined
constexpr std::size_t kRefunds = 2;

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

std::uint64_t sheets_of(const OfferedPaper& paper) {
  return static_cast<std::uint64_t>(paper.sheets) * static_cast<std::uint64_t>(paper.copies);
}

}  // namespace

Transaction::Transaction(Book book, std::vector<SealKey> keys, base::Entropy& entropy)
    : book_(std::move(book)), keys_(std::move(keys)), entropy_(entropy) {}
Transaction::~Transaction() { forget(); }

std::optional<Effect> Transaction::begin(Instant now) {
  now_ = now;
  tell_ = !book_.untold().empty();
  return go();
}

std::optional<Effect> Transaction::on(std::uint64_t number, Answer given, Instant now) {
  if (!out_ || out_->number != number) return std::nullopt;
  now_ = now;
  const Effect done = std::move(*out_);
  out_.reset();
  if (const auto* write = std::get_if<work::Write>(&done.work)) {
    const auto* result = std::get_if<answer::Written>(&given);
    if (result == nullptr || !result->ok) {
      stuck_ = true;
      forget();
      return std::nullopt;
    }
    written(write->record);
    return go();
  }
  std::visit(Overload{[](answer::Written) {},
                      [this](answer::Challenged& it) {
                        live_.nonce = it.nonce;
                        if (!it.nonce) live_.cancelled = true;
                      },
                      [this](answer::Identified& it) {
                        live_.pin.reset();
                        live_.trouble = it.trouble;
                        live_.tries = it.tries;
                        if (it.trouble == CardTrouble::None) {
                          live_.holder = std::move(it.holder);
                          live_.proof = std::move(it.proof);
                        } else if (it.trouble != CardTrouble::WrongPin) {
                          live_.cancelled = true;
                        }
                      },
                      [this](answer::Offered& it) { take(std::move(it)); },
                      [this](answer::PrinterSeen& it) { device_.printer = it; },
                      [this](answer::Done it) { take(it); },
                      [this](answer::Watched it) {
                        switch (it.state) {
                          case JobState::Completed:
                            device_.finishing = true;
                            break;
                          case JobState::Working:
                            device_.asked = 0;
                            break;
                          case JobState::Silent:
                            if (++device_.asked >= kSilences) device_.failed = true;
                            break;
                          case JobState::Stopped:
                          case JobState::NotFound:
                            device_.failed = true;
                            break;
                        }
                      },
                      [this, &done](answer::Finished it) {
                        if (std::holds_alternative<work::ClearPrinter>(done.work)) {
                          device_.cleared = it.ok;
                          ++device_.clears;
                        }
                        if (const auto* told = std::get_if<work::TellClerk>(&done.work);
                            told != nullptr && it.ok) {
                          Record one = record(Mark::ClerkTold);
                          one.session = told->outcome.session;
                          after_.insert(after_.begin(), work::Write{std::move(one)});
                        }
                      }},
             given);
  return go();
}

void Transaction::take(answer::Done done) {
  if (!book_.open()) return take_of_case(done);
  const Session& session = *book_.open();
  // Of a job the acceptance says nothing yet; of money the answer is the outcome.
  if (session.open(session.jobs) != nullptr) {
    device_.failed = device_.failed || done.known == Known::No;
    return;
  }
  const bool refund = session.open(session.refunds) != nullptr;
  const Attempt& attempt = refund ? *session.open(session.refunds) : *session.open(session.payments);
  if (done.known == Known::Unknown) return;  // settle() asks on
  Record known = record(refund ? Mark::RefundKnown : Mark::PayKnown);
  known.ref = attempt.ref;
  known.known = done.known;
  if (!refund && done.known == Known::Yes) known.means = done.means;
  after_.insert(after_.begin(), work::Write{std::move(known)});
}

void Transaction::take(answer::Offered given) {
  if (!given.offer) {
    live_.cancelled = true;
    return;
  }
  const auto status = check_offer(*given.offer, *book_.open(), *live_.holder, keys_, base::date_of(now_));
  if (!status.ok()) {
    // Whoever mixed up two people once may do it again: nobody is served before staff have looked.
    live_.cancelled = true;
    Record stop = record(Mark::OutOfService);
    stop.session = {};
    stop.reason = Reason::WrongPerson;
    after_.insert(after_.begin(), work::Write{std::move(stop)});
    return;
  }
  Record offer = record(Mark::Offered);
  offer.papers = offered(*given.offer);
  live_.papers = std::move(given.offer->papers);
  after_.insert(after_.begin(), work::Write{std::move(offer)});
}

std::optional<Effect> Transaction::on(Act done, Instant now) {
  now_ = now;
  if (stuck_) return std::nullopt;
  std::optional<Record> first;
  std::visit(
      Overload{[&](act::Start& it) {
                 if (out_ || book_.open() || book_.out_of_service() || book_.tray() || it.order.empty() ||
                     it.order.size() > kMostItems)
                   return;
                 for (const OrderItem& item : it.order)
                   if (item.copies < 1 || item.copies > kMostCopies) return;
                 forget();
                 last_outcome_.reset();
                 live_.card = true;
                 Record began = record(Mark::Began);
                 began.session = entropy_.id<SessionTag>();
                 if (it.reprints != 0) {
                   const Case* one = book_.find_case(it.reprints);
                   if (one == nullptr || !one->reprint || !one->reprintable() || one->lacking() != it.order)
                     return;
                 }
                 began.order = std::move(it.order);
                 began.number = it.reprints;
                 first = std::move(began);
               },
               [&](act::TypePin& it) {
                 if (!out_ && stage() == Stage::Pin) live_.pin = std::move(it.pin);
               },
               [&](act::Confirm) { live_.confirmed = live_.confirmed || stage() == Stage::Confirming; },
               [&](act::Cancel) {
                 live_.cancelled = true;
                 printed_ = printed_ && book_.open();  // walked away from the paper
               },
               [&](act::CardOut) {
                 live_.card = false;
                 live_.cancelled = true;
               },
               [&](act::GiveUpPrinting) {
                 if (book_.open() && book_.open()->open(book_.open()->jobs) != nullptr) device_.failed = true;
               },
               [&](act::TookPaper) {
                 if (!out_ && stage() == Stage::TakePaper) first = record(Mark::PaperTaken);
               },
               [&](act::PutOut) {
                 if (out_ || book_.open() || book_.out_of_service()) return;
                 first = record(Mark::OutOfService);
                 first->reason = Reason::Staff;
               },
               [&](act::EmptyTray) {
                 if (out_ || book_.open() || !book_.out_of_service()) return;
                 first = record(Mark::BackInService);
               },
               [&](act::SettleCase it) {
                 if (out_ || book_.open() || book_.find_case(it.number) == nullptr) return;
                 first = record(Mark::CaseSettled);
                 first->number = it.number;
               },
               [&](act::RefundCase it) {
                 if (out_ || book_.open() || book_.find_case(it.number) == nullptr) return;
                 device_ = {};
                 refunding_ = it.number;
                 refunded_.reset();
               },
               [&](act::ReprintCase it) {
                 const Case* one = book_.find_case(it.number);
                 if (out_ || book_.open() || one == nullptr || !one->reprintable()) return;
                 first = record(Mark::CaseReprint);
                 first->number = it.number;
               },
               [&](act::StaffKnock it) {
                 Record knock = record(it.ok ? Mark::StaffCame : Mark::StaffRefused);
                 knock.session = {};
                 after_.push_back(work::Write{std::move(knock)});
               },
               [&](act::Idle) { tell_ = !book_.untold().empty(); }},
      done);
  if (out_) return std::nullopt;
  return first ? write(std::move(*first)) : go();
}

std::optional<Effect> Transaction::go() {
  if (stuck_ || out_) return std::nullopt;
  if (!after_.empty()) return after();
  if (!book_.open()) {
    if (book_.tray() && !printed_ && !book_.out_of_service()) return out_of_service(Reason::Tray);
    if (book_.refunding() != nullptr || refunding_ != 0) {
      if (auto next = go_on_with_case()) return next;
    }
    if (!tell_ || book_.untold().empty()) return std::nullopt;
    tell_ = false;
    return effect(work::TellClerk{book_.untold().front()});
  }
  const Session& session = *book_.open();
  if (const Attempt* refund = session.open(session.refunds)) {
    if (device_.begin && !device_.called) {
      device_.called = true;
      const auto paid = std::find_if(session.payments.begin(), session.payments.end(),
                                     [](const Attempt& one) { return one.known == Known::Yes; });
      return effect(work::Refund{refund->ref, paid->ref, refund->amount});
    }
    return settle(*refund, Mark::RefundKnown);
  }
  if (const Attempt* job = session.open(session.jobs)) return follow_job(session, *job);
  if (const Attempt* payment = session.open(session.payments)) {
    if (device_.begin && !device_.called) {
      device_.called = true;
      return effect(work::Charge{payment->ref, payment->amount});
    }
    return settle(*payment, Mark::PayKnown);
  }
  if (session.doubtful()) return end(Outcome::OpenCase);
  if (!session.refunds.empty() || (!session.jobs.empty() && session.jobs.back().known == Known::No))
    return undo(session);
  if (!session.papers.empty() && session.delivered() == session.papers.size()) return end(Outcome::Delivered);
  return session.papers.empty() ? front(session) : money(session);
}

std::optional<Effect> Transaction::after() {
  Work next = std::move(after_.front());
  after_.erase(after_.begin());
  if (auto* write_work = std::get_if<work::Write>(&next)) return write(std::move(write_work->record));
  return effect(std::move(next));
}

// Nothing is known of a person yet, or not enough.
std::optional<Effect> Transaction::front(const Session& session) {
  if (!live_.card || live_.cancelled) return end(Outcome::NotCharged);
  if (!live_.nonce) return effect(work::Challenge{session.id});
  if (!live_.holder) {
    if (!live_.pin) return std::nullopt;
    return effect(work::Identify{*live_.nonce, &*live_.pin});
  }
  if (session.request) return effect(work::Ask{session.id, *session.request, session.order, live_.proof});
  Record asked = record(Mark::Asked);
  asked.ref = entropy_.id<RefTag>();
  return write(std::move(asked));
}

// Everything that was begun has ended, and no paper has failed: charge, or print the next one.
std::optional<Effect> Transaction::money(const Session& session) {
  const bool begun = !session.jobs.empty();
  const bool live = !live_.papers.empty() && !book_.out_of_service();
  if (!live || (!begun && (!live_.card || live_.cancelled))) return undo(session);
  if (!session.paid() || session.total() == 0) {
    if (session.payments.size() >= kCharges) return end(Outcome::NotCharged);
    if (!live_.confirmed && !begun) return std::nullopt;
  }
  // Before money and before each job: the printer is ready, and what lies in it is nobody else's.
  if (!device_.printer) return effect(work::LookAtPrinter{});
  const answer::PrinterSeen& printer = *device_.printer;
  if (!printer.ready || !printer.queue_empty) return undo(session);
  if (!begun && !printer.tray_clear) return out_of_service(Reason::Printing);
  if (!session.paid()) {
    Record intent = record(Mark::PayIntent);
    intent.ref = entropy_.id<RefTag>();
    intent.amount = session.total();
    return write(std::move(intent));
  }
  Record intent = record(Mark::PrintIntent);
  intent.ref = entropy_.id<RefTag>();
  intent.paper = session.jobs.size();
  intent.counter = printer.counter;
  return write(std::move(intent));
}

// Nothing more will be printed.
std::optional<Effect> Transaction::undo(const Session& session) {
  if (session.delivered() > 0) return end(Outcome::OpenCase);
  if (!session.charged()) return end(Outcome::NotCharged);
  if (!session.refunds.empty() && session.refunds.back().known == Known::Yes) return end(Outcome::Refunded);
  if (session.refunds.size() >= kRefunds) return end(Outcome::OpenCase);
  Record intent = record(Mark::RefundIntent);
  intent.ref = entropy_.id<RefTag>();
  intent.amount = session.total();
  return write(std::move(intent));
}

std::optional<Effect> Transaction::settle(const Attempt& attempt, Mark known) {
  if (device_.asked < kInquiries) {
    ++device_.asked;
    return effect(work::Settle{attempt.ref});
  }
  // A terminal that does not say what it did takes no more money.
  if (!book_.out_of_service()) return out_of_service(Reason::Terminal);
  Record lost = record(known);
  lost.ref = attempt.ref;
  lost.known = Known::Unknown;
  return write(std::move(lost));
}

std::optional<Effect> Transaction::follow_job(const Session& session, const Attempt& job) {
  if (device_.begin && !device_.called) {
    device_.called = printed_ = true;
    return effect(work::Print{job.ref, session.id, &live_.papers[job.paper]});
  }
  const bool interrupted = !device_.called;  // another process began it
  if (interrupted || device_.failed) {
    // Whatever comes out now comes out to nobody: cancelled, and no visitor before the tray was emptied.
    if (!book_.out_of_service()) return out_of_service(Reason::Printing);
    if (!device_.cleared && device_.clears < kClears) return effect(work::ClearPrinter{});
    if (interrupted && !device_.finishing && !device_.failed) return effect(work::Watch{job.ref});
  } else if (!device_.finishing) {
    return effect(work::Watch{job.ref});
  }
  if (!device_.printer) return effect(work::LookAtPrinter{});
  return judge_job(session, job);
}

std::optional<Effect> Transaction::judge_job(const Session& session, const Attempt& job) {
  const answer::PrinterSeen& printer = *device_.printer;
  const bool counted = job.counter && printer.counter;
  const std::uint64_t sheets = sheets_of(session.papers[job.paper]);
  Record known = record(Mark::PrintKnown);
  known.ref = job.ref;
  known.known = Known::Unknown;
  if (device_.finishing && !device_.failed) {
    if (printer.queue_empty && (!counted || *printer.counter == *job.counter + sheets))
      known.known = Known::Yes;
  } else if (device_.cleared && printer.queue_empty && counted && *printer.counter == *job.counter) {
    known.known = Known::No;  // not one sheet has left it since, and nothing is left in it
  }
  if (known.known != Known::Yes && !book_.out_of_service()) return out_of_service(Reason::Printing);
  return write(std::move(known));
}

std::optional<Effect> Transaction::out_of_service(Reason reason) {
  Record stop = record(Mark::OutOfService);
  stop.session = {};
  stop.reason = reason;
  return write(std::move(stop));
}

std::optional<Effect> Transaction::end(Outcome outcome) {
  Record ended = record(Mark::Ended);
  ended.outcome = outcome;
  // What is printed again stays the same case, with the same slip.
  const std::uint32_t again = book_.open()->reprints;
  if (outcome == Outcome::OpenCase) ended.number = again != 0 ? again : book_.next_case();
  return write(std::move(ended));
}

Record Transaction::record(Mark mark) const {
  Record out;
  out.mark = mark;
  out.at = now_;
  if (book_.open()) out.session = book_.open()->id;
  return out;
}

std::optional<Effect> Transaction::write(Record record) {
  // The book says no before the disk does: what must never happen is a bug, and stops here.
  Book trial = book_;
  MACHI_CHECK(trial.take(record).ok());
  return effect(work::Write{std::move(record)});
}

std::optional<Effect> Transaction::effect(Work work) {
  out_ = Effect{++number_, std::move(work)};
  return out_;
}

void Transaction::written(const Record& record) {
  const std::optional<Session> before = book_.open();
  MACHI_CHECK(book_.take(record).ok());
  // These come in between, and what is under way at a device goes on.
  const bool aside = record.mark == Mark::OutOfService || record.mark == Mark::StaffCame ||
                     record.mark == Mark::StaffRefused;
  if (!aside) device_ = {};
  device_.begin = device_.begin || record.mark == Mark::PayIntent || record.mark == Mark::PrintIntent ||
                  record.mark == Mark::RefundIntent || record.mark == Mark::CaseRefund;
  if (record.mark == Mark::PayKnown && record.known == Known::No) {
    live_.confirmed = false;  // declined: another card, or nothing
    live_.declined = true;
  }
  if (record.mark == Mark::CaseKnown) tell_ = tell_ || !book_.untold().empty();
  if (record.mark != Mark::Ended) return;
  last_outcome_ = record.outcome;
  if (record.outcome == Outcome::OpenCase) after_.push_back(work::Slip{record.number});
  if (record.outcome == Outcome::Delivered && before->charged())
    after_.push_back(work::Receipt{before->id, before->total(), before->papers});
  tell_ = !book_.untold().empty();
  forget();
}

void Transaction::forget() {
  for (Paper& paper : live_.papers) crypto::wipe(paper.document);
  crypto::wipe(live_.proof);
  if (live_.holder)
    crypto::wipe({reinterpret_cast<std::uint8_t*>(live_.holder->name.data()), live_.holder->name.size()});
  const CardTrouble trouble = live_.trouble;
  const int tries = live_.tries;
  live_ = {};
  live_.trouble = trouble;
  live_.tries = tries;
}

Stage Transaction::stage() const {
  if (stuck_) return Stage::Stuck;
  if (!book_.open())
    return book_.out_of_service() ? Stage::OutOfService : book_.tray() ? Stage::TakePaper : Stage::Free;
  const Session& session = *book_.open();
  if (!session.refunds.empty()) return Stage::Undoing;
  if (!session.jobs.empty()) return Stage::Printing;
  if (session.open(session.payments) != nullptr || session.charged()) return Stage::Paying;
  if (!session.papers.empty()) return live_.confirmed ? Stage::Paying : Stage::Confirming;
  if (session.request) return Stage::Asking;
  return live_.holder || out_ ? Stage::Identifying : Stage::Pin;
}

}  // namespace machi::certificate::kiosk
