// Evacuation plans: what may be read, and that every order of the same words comes to the same.
#include <algorithm>

#include "core/crypto/sodium.h"
#include "core/shelter/plan_book.h"
#include "tests/unit/shelter/stays.h"

namespace machi::shelter {
namespace {

mail::Recipient phone(int number) {
  mail::Recipient out;
  out.mailbox = id_of<mail::MailboxId>(number);
  out.epoch = 1;
  out.epoch_key.bytes.fill(static_cast<std::uint8_t>(number));
  return out;
}
WrittenPlan written(int secret, std::uint64_t counter = 1) {
  WrittenPlan out;
  out.secret.fill(static_cast<std::uint8_t>(secret));
  Plan& plan = out.plan;
  plan.id = plan_id(out.secret);
  plan.counter = counter;
  plan.at = Instant{1'795'500'000'000 + static_cast<std::int64_t>(counter)};
  plan.name = "田中 うめ";
  plan.kana = "たなか うめ";
  plan.birth = *Date::of(1940, 5, 6);
  plan.sex = Sex::Female;
  plan.address = "日和町東1-2";
  plan.telephone = "0000120001";
  plan.needs = Needs{}.with(household::Need::Wheelchair);
  plan.help = "車いすを押す。薬を持つ。";
  plan.place = "東小体育館";
  plan.route = "川沿いを通らず、県道を行く";
  plan.supporters = {{"佐藤 たけし", "09000000001", "東1-3", true, phone(7)},
                     {"民生委員", "", "", false, std::nullopt}};
  plan.share = true;
  plan.reply = phone(8);
  return out;
}
PlanApproval approval(const Plan& plan, std::string officer = "山本", std::int64_t at = 5) {
  return {plan.id, plan.counter, hash_of(plan), Instant{1'795'500'100'000 + at}, std::move(officer)};
}

struct Kept {
  Kept() : database(std::move(*store::Database::open({}))), book(*database) {
    EXPECT_TRUE(database->migrate(PlanBook::migrations()).ok());
  }
  std::unique_ptr<store::Database> database;
  PlanBook book;
};

TEST(EvacuationPlans, ComeBackAsTheyWereWritten) {
  ASSERT_TRUE(crypto::ready());
  const WrittenPlan all = written(1);
  const auto again = decode_written(encode(all));
  ASSERT_TRUE(again.ok()) << again.error().detail;
  EXPECT_EQ(again->plan, all.plan);
  EXPECT_EQ(again->secret, all.secret);
  const SharedPlan shared{for_supporters(all.plan), approval(all.plan), id_of<TicketId>(9)};
  const auto told = decode_shared(encode(shared));
  ASSERT_TRUE(told.ok()) << told.error().detail;
  EXPECT_EQ(told->plan, shared.plan);
  EXPECT_FALSE(told->plan.reply) << "nobody's mailbox goes to others";
  EXPECT_FALSE(told->plan.supporters[0].phone);
  EXPECT_EQ(hash_of(told->plan), hash_of(all.plan)) << "it is what was approved";
  const auto code = supporter_from_text(" " + supporter_text({"佐藤 たけし", "0900", phone(7)}) + "\n");
  ASSERT_TRUE(code.ok()) << code.error().detail;
  EXPECT_EQ(code->name, "佐藤 たけし");
  EXPECT_EQ(code->phone.mailbox, phone(7).mailbox);
}

TEST(EvacuationPlans, AreRefusedWhenTheyAreNotTheWritersOrTooLarge) {
  WrittenPlan forged = written(1);
  forged.secret.fill(2);
  EXPECT_EQ(decode_written(encode(forged)).code(), base::Code::NotAllowed)
      << "who knows the id knows no secret";
  WrittenPlan large = written(1);
  for (int i = 0; i < 9; ++i) large.plan.supporters.push_back(large.plan.supporters[0]);
  EXPECT_EQ(decode_written(encode(large)).code(), base::Code::TooLarge);
  large = written(1);
  large.plan.help.assign(301, 'a');
  EXPECT_EQ(decode_written(encode(large)).code(), base::Code::TooLarge);
  WrittenPlan nobody = written(1);
  nobody.plan.name.clear();
  EXPECT_EQ(decode_written(encode(nobody)).code(), base::Code::BadInput);
  WrittenPlan never = written(1);
  never.plan.counter = 0;
  EXPECT_EQ(decode_written(encode(never)).code(), base::Code::BadInput);
  const Plan plan = for_supporters(written(1).plan);
  SharedPlan other{plan, approval(plan), id_of<TicketId>(9)};
  other.plan.place = "ほかの場所";
  EXPECT_EQ(decode_shared(encode(other)).code(), base::Code::NotAllowed) << "another plan was approved";
  PlanApproval unnamed = approval(plan, "");
  EXPECT_EQ(decode_approval(encode(unnamed)).code(), base::Code::BadInput);
  EXPECT_FALSE(supporter_from_text("https://example.com").ok());
  EXPECT_EQ(supporter_from_text("MP1:" + std::string(700, 'A')).code(), base::Code::TooLarge);
}

TEST(EvacuationPlans, WithdrawnHoldNobodyAnyMore) {
  WrittenPlan gone = written(1, 2);
  gone.plan.withdrawn = true;
  const auto again = decode_written(encode(gone));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->plan.withdrawn);
  EXPECT_EQ(again->plan.name, "");
  Kept kept;
  ASSERT_TRUE(kept.book.add(written(1).plan, PlanRole::Office).ok());
  ASSERT_TRUE(kept.book.add(gone.plan, PlanRole::Office).ok());
  ASSERT_TRUE(kept.book.add(written(1).plan, PlanRole::Office).ok()) << "the first one comes once more";
  EXPECT_TRUE(kept.book.lines()->empty());
  EXPECT_EQ(kept.book.lines(true)->size(), 1u);
  auto row = kept.database->prepare("SELECT COUNT(*) FROM plan_head WHERE instr(content, ?)");
  ASSERT_TRUE(*row.bind(base::view("うめ")).step());
  EXPECT_EQ(row.integer(0), 0) << "no name is left in the table";
}

TEST(EvacuationPlans, AreApprovedForTheVeryContentThatTheOfficerSaw) {
  Kept kept;
  const Plan first = written(1).plan;
  ASSERT_TRUE(kept.book.add(first, PlanRole::Office).ok());
  ASSERT_TRUE(kept.book.approve(approval(first)).ok());
  ASSERT_TRUE((*kept.book.find(first.id))->approved);
  EXPECT_EQ((*kept.book.find(first.id))->approved->officer, "山本");
  // Revised: approved no more, whoever says so of the old one, or of another text with the new number.
  Plan second = written(1, 2).plan;
  second.place = "北公民館";
  ASSERT_TRUE(kept.book.add(second, PlanRole::Office).ok());
  EXPECT_FALSE((*kept.book.find(first.id))->approved);
  ASSERT_TRUE(kept.book.approve(approval(first, "田村", 1)).ok());
  Plan imagined = second;
  imagined.place = "南公民館";
  ASSERT_TRUE(kept.book.approve(approval(imagined)).ok());
  EXPECT_FALSE((*kept.book.find(first.id))->approved);
  ASSERT_TRUE(kept.book.approve(approval(second)).ok());
  EXPECT_TRUE((*kept.book.find(first.id))->approved);
}

TEST(EvacuationPlans, ComeToTheSameInEveryOrderAndRepetition) {
  const Plan first = written(1).plan;
  Plan second = written(1, 2).plan, rival = written(1, 2).plan;
  rival.route = "ほかの道";
  const TicketId ticket = id_of<TicketId>(40);
  const PlanTicket shared{ticket, first.id, 2, 0, "佐藤 たけし", phone(7)};
  using Word = std::function<Status(PlanBook&)>;
  std::vector<Word> words{
      [=](PlanBook& book) { return book.add(first, PlanRole::Office); },
      [=](PlanBook& book) { return book.add(second, PlanRole::Office); },
      [=](PlanBook& book) { return book.add(rival, PlanRole::Office); },
      [=](PlanBook& book) { return book.approve(approval(second)); },
      [=](PlanBook& book) { return book.approve(approval(rival, "田村", 3)); },
      [=](PlanBook& book) { return book.share(shared); },
      [=](PlanBook& book) {
        return book.safe({ticket, Instant{1'795'500'200'000}, ""});
      },
  };
  std::vector<int> order{0, 1, 2, 3, 4, 5, 6};
  std::string wanted;
  int turn = 0;
  do {
    if (turn++ % 7 != 0) continue;  // 720 of 5,040, spread over all of them
    Kept kept;
    for (const int at : order) ASSERT_TRUE(words[static_cast<std::size_t>(at)](kept.book).ok());
    ASSERT_TRUE(words[static_cast<std::size_t>(order[0])](kept.book).ok());
    // The earlier and the later call, the later and the earlier word: by the order of this run.
    for (const int at : {order[0] % 2, 1 - order[0] % 2}) {
      ASSERT_TRUE(kept.book.call({static_cast<std::uint64_t>(at + 1), at == 0, Instant{7}}).ok());
      ASSERT_TRUE(kept.book.seen({first.id, Instant{100 + at}, at == 0 ? "甲" : "乙"}).ok());
    }
    const std::string shown = *kept.book.shown();
    if (wanted.empty()) wanted = shown;
    ASSERT_EQ(shown, wanted);
    const auto line = *kept.book.find(first.id);
    ASSERT_TRUE(line && line->approved && line->safe);
    ASSERT_EQ(line->safe->by, "佐藤 たけし");
    ASSERT_FALSE((*kept.book.called())->calls);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(EvacuationPlans, TakeNobodysWordThatSomebodyIsSafeWithoutATicket) {
  Kept kept;
  const Plan plan = written(1).plan;
  ASSERT_TRUE(kept.book.add(plan, PlanRole::Office).ok());
  ASSERT_TRUE(kept.book.safe({id_of<TicketId>(41), Instant{9}, "だれか"}).ok());
  EXPECT_FALSE((*kept.book.find(plan.id))->safe);
  EXPECT_TRUE(kept.book.untold()->empty());
  // The ticket came later than the word: then it counts, and those concerned are told once.
  ASSERT_TRUE(kept.book.share({id_of<TicketId>(41), plan.id, 1, 0, "佐藤 たけし", phone(7)}).ok());
  ASSERT_EQ(kept.book.untold()->size(), 1u);
  EXPECT_EQ(kept.book.untold()->front().by, "佐藤 たけし / だれか");
  ASSERT_TRUE(kept.book.told(kept.book.untold()->front()).ok());
  EXPECT_TRUE(kept.book.untold()->empty());
}

}  // namespace
}  // namespace machi::shelter
