// Staff pay a case back or let it be printed again, and the process is killed before and after every journal
// write and every device call on the way: the money goes back once, the paper comes out once for each time
// that staff said so, and the case ends. And what the day's totals make of it.
#include <gtest/gtest.h>

#include "core/certificate/kiosk/day.h"
#include "tests/seeds.h"
#include "tests/unit/certificate/kiosk_world.h"

namespace machi::certificate::kiosk::test {
namespace {

constexpr int kStride = 9;  // of the points, each way begins at another; MACHIKADO_KILLS=1 takes them all
using Faults = std::map<std::string, std::vector<int>, std::less<>>;

void go_wrong(World& world, Faults faults) {
  auto left = std::make_shared<Faults>(std::move(faults));
  world.fault = [left](std::string_view call) {
    const auto found = left->find(call);
    if (found == left->end() || found->second.empty()) return 0;
    const int what = found->second.front();
    found->second.erase(found->second.begin());
    return what;
  };
}

// How a case comes about: the printer stops on its way; the terminal does not say what it did.
const std::vector<Faults> kCases = {{{"watch", {0, 1}}},
                                    {{"watch", {0, 0, 1}}},
                                    {{"charge", {2}}, {"settle", {1, 1, 1}}},
                                    {{"charge", {3}}, {"settle", {1, 1, 1}}},
                                    {{"watch", {1}}, {"refund", {2}}, {"settle", {1, 1, 1}}}};

// Until `act` has come to its end; killed at these points, a life each.
template <class Act>
void through(World& world, std::vector<int> kills, const Act& act) {
  bool started = true;
  for (std::size_t life = 0; life < 8; ++life) {
    world.kill_at = life < kills.size() ? kills[life] : -1;
    try {
      if (!started) world.start_process();
      started = true;
      act();
      world.kill_at = -1;
      return;
    } catch (const Killed&) {
      world.power_cut();
      started = false;
    }
  }
  ADD_FAILURE() << "it does not come up";
}

std::int64_t net(const World& world) {
  std::int64_t out = 0;
  for (const auto& [ref, one] : world.charges)
    if (one.charged) out += one.amount;
  for (const auto& [ref, one] : world.refunds)
    if (one.charged) out -= one.amount;
  return out;
}
bool is_case(const World& world) { return world.kiosk->book().find_case(1) != nullptr; }

void refund(const Faults& how, const Faults& meanwhile, std::vector<int> kills, int* points = nullptr) {
  World world;
  go_wrong(world, how);
  world.start_process();
  world.visit_through(0);
  ASSERT_TRUE(is_case(world));
  go_wrong(world, meanwhile);
  world.points = 0;
  // Staff press again when the terminal said no, or nothing.
  through(world, kills, [&] {
    for (int i = 0; i < 4 && is_case(world); ++i) {
      world.act(act::RefundCase{1});
      ASSERT_TRUE(world.kiosk->refunded());
      if (is_case(world) && !world.kiosk->book().find_case(1)->refundable() &&
          world.kiosk->book().find_case(1)->doubt() == nullptr)
        break;  // nothing had been taken
    }
  });
  if (points != nullptr) *points = world.points;
  EXPECT_EQ(0, net(world));
  if (is_case(world)) {
    EXPECT_TRUE(!world.kiosk->book().find_case(1)->session.charged());
    world.act(act::SettleCase{1});
  }
  EXPECT_FALSE(is_case(world));
  EXPECT_EQ("", world.check());
  world.empty_tray();
  for (int i = 0; i < 3; ++i) world.idle();
  EXPECT_TRUE(world.kiosk->book().untold().empty());
  world.visit_through(1);
  EXPECT_EQ("", world.check());
  EXPECT_EQ(0, totals_of(world.journal(), kToday).yen() - net(world));
}

TEST(KioskCase, IsPaidBackOnceWhereverTheProcessIsKilled) {
  const auto stride = static_cast<int>(number_from("MACHIKADO_KILLS", kStride));
  int runs = 0, first = 0;
  for (const Faults& how : kCases)
    for (const Faults& meanwhile :
         {Faults{}, Faults{{"refund", {1}}}, Faults{{"refund", {2}}}, Faults{{"refund", {3}}},
          Faults{{"refund", {2}}, {"settle", {1, 1, 1}}}}) {
      int points = 0;
      refund(how, meanwhile, {}, &points);
      for (int kill = first++ % stride; kill < points; kill += stride) {
        refund(how, meanwhile, {kill, kill % 5});
        if (testing::Test::HasFailure()) {
          FAIL() << "case " << (&how - kCases.data()) << " killed at " << kill;
        }
        ++runs;
      }
    }
  EXPECT_GT(runs, 200 / stride);
}

void reprint(const Faults& how, const Faults& meanwhile, std::vector<int> kills, int* points = nullptr) {
  World world;
  go_wrong(world, how);
  world.start_process();
  world.visit_through(0);
  ASSERT_TRUE(is_case(world));
  go_wrong(world, {});
  if (!world.kiosk->book().find_case(1)->reprintable()) return;  // of its money nobody knows yet
  go_wrong(world, meanwhile);
  world.points = 0;
  world.reprints = 1;
  through(world, kills, [&] {
    for (int i = 0; i < 4 && is_case(world); ++i) {
      world.empty_tray();
      world.act(act::ReprintCase{1});
      world.visit(0);
    }
  });
  if (points != nullptr) *points = world.points;
  EXPECT_FALSE(is_case(world));
  EXPECT_EQ("", world.check());
  EXPECT_EQ(900, net(world));  // what the first visit paid
  world.reprints = 0;
  world.empty_tray();
  for (int i = 0; i < 4; ++i) world.idle();
  EXPECT_TRUE(world.kiosk->book().untold().empty());
  EXPECT_EQ(900, totals_of(world.journal(), kToday).yen());
}

TEST(KioskCase, IsPrintedAgainWithoutAnotherChargeWhereverTheProcessIsKilled) {
  const auto stride = static_cast<int>(number_from("MACHIKADO_KILLS", kStride));
  int runs = 0, first = 0;
  for (const Faults& how : kCases)
    for (const Faults& meanwhile : {Faults{}, Faults{{"watch", {1}}}, Faults{{"watch", {0, 1}}},
                                    Faults{{"look", {1}}}, Faults{{"leave", {1}}}}) {
      int points = 0;
      reprint(how, meanwhile, {}, &points);
      for (int kill = first++ % stride; kill < points; kill += stride, ++runs) {
        reprint(how, meanwhile, {kill});
        if (testing::Test::HasFailure()) {
          FAIL() << "case " << (&how - kCases.data()) << " killed at " << kill;
        }
      }
    }
  EXPECT_GT(runs, 200 / stride);
}

TEST(KioskCase, IsNeverPrintedAgainWithoutStaff) {
  World world;
  go_wrong(world, kCases[0]);
  world.start_process();
  world.visit_through(0);
  world.empty_tray();
  ASSERT_TRUE(is_case(world));
  const std::size_t before = world.printed.size();
  world.reprints = 1;
  world.visit(0);
  EXPECT_EQ(before, world.printed.size());
  world.act(act::ReprintCase{1});
  world.visit(0);
  EXPECT_GT(world.printed.size(), before);
  EXPECT_FALSE(is_case(world));
  const std::size_t after = world.printed.size();
  world.visit(0);
  EXPECT_EQ(after, world.printed.size());
  EXPECT_EQ("", world.check());
}

TEST(KioskCase, ThatIsPaidBackIsNotPrintedAgain) {
  Book book;
  World world;
  go_wrong(world, kCases[0]);
  world.start_process();
  world.visit_through(0);
  world.act(act::RefundCase{1});
  EXPECT_EQ(Known::Yes, world.kiosk->refunded());
  Record allow;
  allow.mark = Mark::CaseReprint;
  allow.number = 1;
  bool refused_after_intent = false;
  for (const Record& record : world.journal()) {
    ASSERT_TRUE(book.take(record).ok());
    if (record.mark != Mark::CaseRefund) continue;
    Record second = record;
    second.ref.bytes[0] ^= 1;
    refused_after_intent = !book.take(second).ok() && !book.take(allow).ok();
  }
  EXPECT_TRUE(refused_after_intent);
}

TEST(KioskStaff, AreKeptWaitingLongerWithEachWrongPin) {
  Book book;
  Record wrong;
  wrong.mark = Mark::StaffRefused;
  for (int i = 1; i <= 7; ++i) {
    wrong.at = {i * 1000};
    ASSERT_TRUE(book.take(wrong).ok());
    EXPECT_EQ(i, book.staff_refused());
    EXPECT_EQ(i * 1000, book.staff_refused_at().ms);
  }
  wrong.mark = Mark::StaffCame;
  ASSERT_TRUE(book.take(wrong).ok());
  EXPECT_EQ(0, book.staff_refused());
}

TEST(KioskTotals, SayTheDaysMoneyByItemAndByWhatItWasPaidWith) {
  Record record;
  record.session = SessionId{{1}};
  record.at = base::instant_of(kToday, {600});
  std::vector<Record> journal;
  const auto add = [&](Mark mark) {
    record.mark = mark;
    journal.push_back(record);
  };
  add(Mark::Began);
  record.papers = {{Kind::ResidentRecord, {}, 1, 2, 600}, {Kind::SealRegistration, {}, 1, 1, 300}};
  add(Mark::Offered);
  record.papers.clear();
  record.known = Known::Yes;
  record.means = Means::EMoney;
  add(Mark::PayKnown);
  record.outcome = Outcome::Delivered;
  add(Mark::Ended);
  for (const Record& one : journal) EXPECT_EQ(one, *decode_record(encode_record(one)));
  const DayTotals day = totals_of(journal, kToday);
  EXPECT_EQ(900, day.yen());
  EXPECT_EQ(3, day.copies());
  EXPECT_EQ(1, day.delivered);
  EXPECT_EQ(3, day.sheets);
  EXPECT_EQ(0, totals_of(journal, kToday.plus(1)).yen());
  const std::string csv = totals_csv(day, "=1+1 \"役場\"");
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF日付,")) << csv;
  EXPECT_NE(std::string::npos, csv.find("\"'=1+1 \"\"役場\"\"\",交付,住民票の写し,電子マネー,2,600\r\n"))
      << csv;
  EXPECT_NE(std::string::npos, csv.find("合計,,,3,900\r\n")) << csv;
}

}  // namespace
}  // namespace machi::certificate::kiosk::test
