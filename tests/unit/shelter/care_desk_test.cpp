// The desk of plans and a group of supporters: whose word counts for what.
#include "core/crypto/sodium.h"
#include "tests/unit/shelter/care.h"
#include "tests/unit/shelter/stays.h"

namespace machi::shelter {
namespace {

mail::Recipient phone(int number) {
  mail::Recipient out;
  out.mailbox = id_of<mail::MailboxId>(number);
  out.epoch = 1;
  return out;
}
WrittenPlan written(std::uint64_t counter = 1, bool share = true) {
  WrittenPlan out;
  out.secret.fill(3);
  out.plan.id = plan_id(out.secret);
  out.plan.counter = counter;
  out.plan.at = kNow;
  out.plan.name = "田中 うめ";
  out.plan.birth = *Date::of(1940, 5, 6);
  out.plan.place = "東小体育館";
  out.plan.supporters = {{"佐藤 たけし", "", "", true, phone(7)},
                         {"鈴木 はる", "", "", false, phone(8)},
                         {"民生委員", "", "", true, phone(9)}};
  out.plan.share = share;
  out.plan.reply = phone(6);
  return out;
}
struct Town {
  Town() {
    EXPECT_TRUE(crypto::ready());
    desk.office = kSupportOffice;
    EXPECT_TRUE(desk.desk->officer("山本").ok());
  }
  PlanId id() const { return written().plan.id; }
  void takes(const WrittenPlan& plan) { ASSERT_TRUE(desk.take(kKindPlan, encode(plan)).ok()); }
  int count(std::string_view kind) const {
    int out = 0;
    for (const auto& one : desk.told) out += one.kind == kind ? 1 : 0;
    return out;
  }
  Officers desk;
};

TEST(TheDeskOfPlans, BelievesItsOwnDevicesAloneThatAPlanIsApproved) {
  Town town;
  town.takes(written());
  const PlanApproval approval{town.id(), 1, hash_of(written().plan), kNow, "だれか"};
  EXPECT_EQ(town.desk.take(kKindApproved, encode(approval), 9).code(), base::Code::NotAllowed);
  EXPECT_EQ(town.desk.take(kKindTicket, encode(PlanTicket{}), 9).code(), base::Code::NotAllowed);
  EXPECT_EQ(town.desk.take(kKindCall, encode(PlanCall{}), 9).code(), base::Code::NotAllowed);
  EXPECT_FALSE((*town.desk.desk->plans().find(town.id()))->approved);
  EXPECT_TRUE(town.desk.take(kKindApproved, encode(approval), 1).ok());
  EXPECT_TRUE((*town.desk.desk->plans().find(town.id()))->approved);
  // Another one's plan, by whoever knows its id alone.
  WrittenPlan forged = written(2);
  forged.secret.fill(4);
  EXPECT_EQ(town.desk.take(kKindPlan, encode(forged)).code(), base::Code::NotAllowed);
}

TEST(TheDeskOfPlans, SharesWithThoseWhoAgreeWhenThePersonDoesAndItIsApproved) {
  Town town;
  town.takes(written());
  EXPECT_EQ(town.desk.desk->share(town.id(), kNow).code(), base::Code::NotAllowed) << "not approved";
  ASSERT_TRUE(town.desk.desk->approve(town.id(), hash_of(written().plan), kNow).ok());
  EXPECT_EQ(town.count(kKindApproved), 1) << "the person hears of it";
  EXPECT_EQ(*town.desk.desk->share(town.id(), kNow), 2);
  EXPECT_EQ(town.count(kKindShared), 2);
  for (const auto& one : town.desk.told) {
    if (one.kind == kKindShared) {
      EXPECT_NE(one.to, phone(8).mailbox) << "who does not agree gets nothing";
      EXPECT_TRUE(decode_shared(one.content).ok());
    }
  }
  EXPECT_EQ(*town.desk.desk->share(town.id(), kNow), 0) << "once";
  // Revised, without one of them: the one who is left out is told that it is over.
  WrittenPlan second = written(2);
  second.plan.supporters.pop_back();
  town.takes(second);
  EXPECT_EQ(town.desk.desk->share(town.id(), kNow).code(), base::Code::NotAllowed);
  ASSERT_TRUE(town.desk.desk->approve(town.id(), hash_of(second.plan), kNow).ok());
  town.desk.told.clear();
  EXPECT_EQ(*town.desk.desk->share(town.id(), kNow), 1);
  ASSERT_EQ(town.count(kKindPlan), 1);
  for (const auto& one : town.desk.told) {
    if (one.kind == kKindPlan) {
      EXPECT_EQ(one.to, phone(9).mailbox);
      EXPECT_TRUE(decode_plan(one.content)->withdrawn);
    }
  }
  // The person no longer wants it told.
  WrittenPlan third = written(3, false);
  town.takes(third);
  ASSERT_TRUE(town.desk.desk->approve(town.id(), hash_of(third.plan), kNow).ok());
  EXPECT_EQ(town.desk.desk->share(town.id(), kNow).code(), base::Code::NotAllowed);
}

TEST(TheDeskOfPlans, ApprovesWhatTheOfficerReadAndNothingElse) {
  Town town;
  town.takes(written());
  EXPECT_EQ(town.desk.desk->approve(town.id(), hash_of(written(2).plan), kNow).code(), base::Code::Conflict);
  EXPECT_EQ(town.desk.desk->approve(id_of<PlanId>(9), {}, kNow).code(), base::Code::NotFound);
  Town nobody;
  nobody.takes(written());
  ASSERT_TRUE(nobody.desk.desk->officer("").ok());
  EXPECT_EQ(nobody.desk.desk->approve(town.id(), hash_of(written().plan), kNow).code(),
            base::Code::NotAllowed);
  Town protection;
  protection.desk.office = kProtectionOffice;
  EXPECT_FALSE(protection.desk.take(kKindPlan, encode(written())).ok());
  EXPECT_FALSE(protection.desk.desk->approve(town.id(), hash_of(written().plan), kNow).ok());
}

TEST(TheDeskOfPlans, TellsThoseConcernedOnceWhoIsSafeAndThatAPlanIsWithdrawn) {
  Town town;
  town.takes(written());
  ASSERT_TRUE(town.desk.desk->approve(town.id(), hash_of(written().plan), kNow).ok());
  ASSERT_EQ(*town.desk.desk->share(town.id(), kNow), 2);
  SharedPlan shared;
  for (const auto& one : town.desk.told)
    if (one.kind == kKindShared && one.to == phone(7).mailbox) shared = *decode_shared(one.content);
  ASSERT_TRUE(town.desk.take(kKindSafe, encode(PlanSafe{shared.ticket, kNow, ""})).ok());
  town.desk.told.clear();
  ASSERT_TRUE(town.desk.desk->settle(kNow).ok());
  ASSERT_TRUE(town.desk.desk->settle(kNow).ok());
  EXPECT_EQ(town.count(kKindSeen), 3) << "the person and the two with whom it was shared";
  EXPECT_EQ(decode_seen(town.desk.told[0].content)->by, "佐藤 たけし");
  WrittenPlan gone = written(2);
  gone.plan.withdrawn = true;
  gone.plan.at = kNow.plus_seconds(60);
  town.takes(gone);
  town.desk.told.clear();
  ASSERT_TRUE(town.desk.desk->settle(kNow).ok());
  ASSERT_TRUE(town.desk.desk->settle(kNow).ok());
  EXPECT_EQ(town.count(kKindPlan), 3);
  EXPECT_TRUE(town.desk.desk->plans().lines()->empty());
}

TEST(AGroupOfSupporters, BelievesTheDeskOfPlansAlone) {
  Town town;
  town.desk.office = kHelpersOffice;
  const Plan plan = for_supporters(written().plan);
  const SharedPlan shared{plan, {plan.id, 1, hash_of(plan), kNow, "山本"}, id_of<TicketId>(5)};
  EXPECT_EQ(town.desk.take(kKindShared, encode(shared)).code(), base::Code::NotAllowed) << "no proof";
  EXPECT_EQ(town.desk.take(kKindShared, encode(shared), 9, true).code(), base::Code::NotAllowed)
      << "a shelter's desk is behind it";
  town.desk.writer = kSupportOffice;
  ASSERT_TRUE(town.desk.take(kKindShared, encode(shared), 9, true).ok());
  EXPECT_EQ(town.desk.desk->plans().lines()->size(), 1u);
  EXPECT_FALSE(town.desk.desk->approve(plan.id, hash_of(plan), kNow).ok()) << "it approves nothing";
  ASSERT_TRUE(town.desk.desk->safe(plan.id, "堀", kNow).ok());
  ASSERT_EQ(town.count(kKindSafe), 1);
  EXPECT_EQ(decode_safe(town.desk.told.back().content)->by, "堀");
}

}  // namespace
}  // namespace machi::shelter
