#include <gtest/gtest.h>

#include "core/mail/feed.h"
#include "tests/unit/mail/people.h"

namespace machi::mail::test {
namespace {

using base::Code;

// A town whose role keys are devices 10 (directory), 11 (editor), 12 (freshness), 13 (office).
struct TownHall {
  crypto::SignKey root = device(9).posting(mailbox(0));
  Town town{TownId{}, root.open};
  TownHall() { town.id.bytes.fill(0x77); }
  crypto::SignKey key(std::uint8_t n) const { return device(n).posting(mailbox(0)); }
  Bytes delegation(TownRole role, std::uint8_t n, std::int64_t from = -3600, std::int64_t to = 86400) const {
    return make_delegation({town.id, role, key(n).open, kNow.plus_seconds(from), kNow.plus_seconds(to)},
                           root);
  }
  FeedAnswer answer(std::uint64_t pages = 1) const {
    Head head{town.id, pages, {}, kNow};
    FeedAnswer out;
    out.head = make_head(head, key(11));
    out.fresh = make_fresh(town.id, out.head, kNow, key(12));
    out.delegations = {delegation(TownRole::Directory, 10), delegation(TownRole::Editor, 11),
                       delegation(TownRole::HubFreshness, 12)};
    return out;
  }
};

TEST(Trust, HoldsWithinItsDatesAndFortyEightHoursOfGrace) {
  TownHall hall;
  Trust trust(hall.town);
  ASSERT_TRUE(trust.admit(hall.delegation(TownRole::Editor, 11)).ok());
  EXPECT_TRUE(trust.holds(TownRole::Editor, hall.key(11).open, kNow));
  EXPECT_FALSE(trust.holds(TownRole::Directory, hall.key(11).open, kNow));
  EXPECT_TRUE(trust.holds(TownRole::Editor, hall.key(11).open, kNow.plus_seconds(86400 + 47 * 3600)));
  EXPECT_FALSE(trust.holds(TownRole::Editor, hall.key(11).open, kNow.plus_seconds(86400 + 49 * 3600)));
}

TEST(Trust, RefusesAnotherRootAnotherTownAndAKeyWithTwoRoles) {
  TownHall hall;
  Trust trust(hall.town);
  EXPECT_EQ(
      trust
          .admit(make_delegation(
              {hall.town.id, TownRole::Editor, hall.key(11).open, kNow, kNow.plus_seconds(9)}, hall.key(11)))
          .code(),
      Code::BadSignature);
  TownHall other;
  other.town.id.bytes.fill(0x78);
  EXPECT_EQ(trust.admit(other.delegation(TownRole::Editor, 11)).code(), Code::WrongTown);
  ASSERT_TRUE(trust.admit(hall.delegation(TownRole::Editor, 11)).ok());
  EXPECT_EQ(trust.admit(hall.delegation(TownRole::HubReceipt, 11)).code(), Code::NotAllowed);
}

TEST(Feed, HeadHoldsWithItsFreshness) {
  TownHall hall;
  Trust trust(hall.town);
  auto answer = decode_feed_answer(encode_feed_answer(hall.answer(3)));
  ASSERT_TRUE(answer.ok());
  auto checked = check_head(*answer, trust, kNow);
  ASSERT_TRUE(checked.ok()) << checked.error().detail;
  EXPECT_EQ(checked->head.pages, 3u);
  EXPECT_EQ(checked->fresh, kNow);
}

TEST(Feed, HubThatHoldsOnlyFreshnessCannotForgeAHead) {
  TownHall hall;
  Trust trust(hall.town);
  FeedAnswer forged = hall.answer();
  forged.head = make_head({hall.town.id, 9, {}, kNow}, hall.key(12));
  forged.fresh = make_fresh(hall.town.id, forged.head, kNow, hall.key(12));
  EXPECT_EQ(check_head(forged, trust, kNow).code(), Code::UnknownKey);
  FeedAnswer swapped = hall.answer();
  swapped.head = make_head({hall.town.id, 2, {}, kNow}, hall.key(11));
  EXPECT_EQ(check_head(swapped, trust, kNow).code(), Code::BadSignature) << "freshness of another head";
}

TEST(Feed, OfficeComesFromTheDirectoryAlone) {
  TownHall hall;
  Trust trust(hall.town);
  ASSERT_TRUE(check_head(hall.answer(), trust, kNow).ok());
  Office school;
  school.mailbox = mailbox(1);
  school.kind = "school";
  school.name = "東小学校";
  school.telephone = "0000-12-3456";
  school.epoch = 1;
  school.please_call = base::TimeOfDay{8 * 60};
  const Item item{hall.town.id, 1, "office", kNow, encode_office(school)};
  auto read = read_item(make_item(item, hall.key(10)), trust, kNow);
  ASSERT_TRUE(read.ok());
  auto office = decode_office(read->content);
  ASSERT_TRUE(office.ok());
  EXPECT_EQ(office->name, "東小学校");
  EXPECT_EQ(office->please_call, base::TimeOfDay{480});
  EXPECT_EQ(read_item(make_item(item, hall.key(11)), trust, kNow).code(), Code::UnknownKey);
}

TEST(Feed, PageSurvivesTheWireAndHasALimit) {
  Page page{4, {}, {Bytes{1, 2}, Bytes{3}}};
  page.previous[5] = 9;
  auto read = decode_page(encode_page(page));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->number, 4u);
  EXPECT_EQ(read->items, page.items);
  EXPECT_EQ(decode_page(Bytes(kPageLimit + 1)).code(), Code::TooLarge);
}

}  // namespace
}  // namespace machi::mail::test
