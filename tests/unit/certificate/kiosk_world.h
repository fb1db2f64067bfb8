// The world around a kiosk, in one process: clerk, card, terminal, printer with its tray, and a journal in
// SQLite that outlives the kiosk's process. Each call asks `fault` what goes wrong (0 = nothing), and can be
// the moment at which the kiosk dies. What really happened to money and paper is kept apart from what the
// kiosk believes, and check() compares the two.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "core/certificate/document.h"
#include "core/certificate/kiosk/journal_store.h"
#include "core/certificate/kiosk/transaction.h"
#include "core/crypto/drbg.h"
#include "tests/unit/certificate/people.h"

namespace machi::certificate::kiosk::test {

using certificate::test::day;
using certificate::test::kToday;

struct Killed {};

struct World {
  // What goes wrong at a call: 0 nothing; else a number that the call understands.
  std::function<int(std::string_view call)> fault = [](std::string_view) { return 0; };
  int kill_at = -1;         // the how manyeth point from now: 0 = the next
  int points = 0;           // passed so far
  bool counts = true;       // the printer counts its sheets
  bool takes_paper = true;  // the visitor takes what lies in the tray at the end
  std::int64_t fee = 300;
  int born = 1970;  // the first person; each next one a year later
  std::vector<OrderItem> order = {{Kind::ResidentRecord, {}, false, 0, 2},
                                  {Kind::SealRegistration, {}, false, 0, 1}};

  World();
  void start_process();    // reads the journal and finishes what it left open
  bool visit(int person);  // false when the kiosk serves nobody; may be killed inside
  // Visits, and restarts the process as often as it dies (kills: the points of each life).
  void visit_through(int person, std::vector<int> kills = {});
  void staff();  // empties the tray, settles what is open, lets the kiosk serve again
  void idle();
  void act(Act what) { run(kiosk->on(std::move(what), now_)); }
  void empty_tray();
  void power_cut();            // the process is gone; the printer goes on by itself, or its power went too
  std::uint32_t reprints = 0;  // the next visit prints what this case lacks
  // "" or which promise was broken.
  std::string check() const;

  struct Money {
    SessionId session;
    std::int64_t amount = 0;
    bool charged = false, closed = false, late = false;
  };
  struct Sheet {
    SessionId session;
    int owner = -1;
    std::size_t paper = 0;
  };
  struct Job {
    SessionId session;
    int owner = -1;
    std::size_t paper = 0;
    std::uint64_t left = 0;
    bool stopped = false, cancelled = false, lost = false;
  };
  std::map<Ref, Money> charges, refunds;
  std::map<Ref, Job> jobs;
  std::vector<Sheet> printed, tray;
  std::uint64_t counter = 1000;
  std::map<SessionId, int> owners;
  std::map<SessionId, Outcome> told;
  std::string broken;  // seen while it happened
  int slips = 0, receipts = 0;
  crypto::Drbg random = crypto::Drbg::of_number(1);
  std::unique_ptr<store::Database> disk;
  std::unique_ptr<Transaction> kiosk;
  // Whose book says which session is open: the transaction's above, or that of an app around one.
  std::function<const Book&()> book = [this]() -> const Book& { return kiosk->book(); };

  // What the devices answer, for a person at the kiosk.
  Answer answer(const Work& work, int person);
  Holder holder(int person) const;
  static std::vector<SealKey> seal_keys();

  std::vector<Record> journal() const { return *JournalStore(*disk).records(); }
  std::optional<Outcome> outcome(std::size_t visit) const;  // of the nth session that ended

 private:
  void point();
  void run(std::optional<Effect> effect);
  Answer perform(const Work& work);
  Answer print(const work::Print& print);
  Answer watch(const Ref& ref);
  Answer ask(const work::Ask& ask);
  Offer offer(const SessionId& session, const Ref& request, const std::vector<OrderItem>& order, int person);
  void come_true();  // what was late arrives
  void put_out(Job& job, std::uint64_t sheets);

  int person_ = 0;
  std::uint64_t leaf_ = 0;
  Instant now_ = base::instant_of(kToday, {600});
  std::optional<Offer> last_offer_;
  bool killed_while_printing_ = false;
};

}  // namespace machi::certificate::kiosk::test
