// The notices' feed as a phone follows it and as `machi feed verify` judges it: forged, rolled back, cut,
// withdrawn; and that what a phone asks for does not tell what concerns it.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/unit/notice/feed_town.h"

namespace machi::notice {
namespace {

using test::kNow;
using test::Phone;
using test::Town;
using Titles = std::vector<std::string>;

TEST(NoticeFeed, ReachesWhomItConcernsAndThePhoneAloneDecides) {
  Town town;
  town.publish("みんなへ");
  town.publish("赤ちゃんの健診", "child 6m..3y and district 3, 4");
  town.publish("事業者へ", "role business");
  town.write();
  Profile family;
  family.districts = {"3"};
  family.children = {Birth{*base::Date::parse("2024-05-10"), *base::Date::parse("2024-05-10")}};
  family.roles = std::vector<std::string>{};
  Profile shop;
  shop.districts = {"9"};
  shop.roles = {"business"};
  Phone one(town), other(town);
  ASSERT_TRUE(one.follow(town).ok());
  ASSERT_TRUE(other.follow(town).ok());
  EXPECT_EQ(one.titles(family), (Titles{"赤ちゃんの健診", "みんなへ"}));
  EXPECT_EQ(other.titles(shop), (Titles{"事業者へ", "みんなへ"}));
  EXPECT_EQ(other.titles(), (Titles{"事業者へ", "赤ちゃんの健診", "みんなへ"}));
  // Whoever watches the wire sees two phones that ask for the same.
  EXPECT_EQ(one.asked, other.asked);
}

TEST(NoticeFeed, OfAMonthIsCaughtUpInOneRoundTripPerTwoHundred) {
  Town town;
  town.publish("最初");
  town.write();
  Phone phone(town);
  ASSERT_TRUE(phone.follow(town).ok());
  for (int i = 0; i < 200; ++i)
    town.publish("お知らせ" + std::to_string(i),
                 "(child 6m..3y or handbook physical 1..2) and district 3, 4");
  town.at = town.at.plus_seconds(30 * 86400);
  town.write();
  ASSERT_TRUE(phone.follow(town).ok());
  EXPECT_EQ(phone.trips, 2);  // the head, and all the rest at once
  EXPECT_LE(town.pages.size(), 2u);
  EXPECT_EQ(phone.titles({}, town.at).size(), 201u);
  // Nothing new: one request, and its answer is small.
  ASSERT_TRUE(phone.follow(town).ok());
  EXPECT_EQ(phone.asked, Titles{std::string(kHeadFile)});
  EXPECT_LT(town.files[std::string(kHeadFile)].size(), 1024u);
}

TEST(NoticeFeed, CorrectsAndWithdrawsAndReallyForgets) {
  Town town;
  const auto wrong = town.publish("時刻の誤り");
  const auto secret = town.publish("出してはならない氏名");
  town.write();
  Phone phone(town);
  ASSERT_TRUE(phone.follow(town).ok());
  EXPECT_TRUE(phone.holds("出してはならない氏名"));
  town.correct(wrong, "正しい時刻");
  town.withdraw(secret);
  town.forget("出してはならない氏名");
  town.forget("時刻の誤り");
  town.write();
  ASSERT_TRUE(phone.follow(town).ok());
  EXPECT_EQ(phone.titles(), Titles{"正しい時刻"});
  EXPECT_FALSE(phone.holds("出してはならない氏名"));
  EXPECT_FALSE(phone.holds("時刻の誤り"));
  EXPECT_TRUE(town.verified().problems.empty()) << town.verified().problems[0].what;
  // A phone that comes later never had it; a server that still has the words cannot bring them back.
  Phone late(town);
  ASSERT_TRUE(late.follow(town).ok());
  EXPECT_EQ(late.titles(), Titles{"正しい時刻"});
  const auto entries = late.book.timeline({}, kNow);
  EXPECT_EQ(entries->at(0).serial, wrong);
  EXPECT_TRUE(entries->at(0).corrected.has_value());
}

TEST(NoticeFeed, IsTheSameInWhateverOrderItsItemsAreFolded) {
  Town forward;
  const auto a = forward.publish("甲");
  forward.correct(a, "甲の訂正");
  const auto b = forward.publish("乙");
  forward.withdraw(b);
  forward.correct(a, "甲の再訂正");
  Town backward = forward;
  std::reverse(backward.pages[0].items.begin(), backward.pages[0].items.end());
  for (Town* town : {&forward, &backward}) {
    town->write();
    Phone phone(*town);
    ASSERT_TRUE(phone.follow(*town).ok());
    EXPECT_EQ(phone.titles(), Titles{"甲の再訂正"});
  }
}

TEST(NoticeFeed, ShowsNothingOutsideItsTime) {
  Town town;
  NoticeHeader header;
  header.from = kNow.plus_seconds(3600);
  header.until = kNow.plus_seconds(7200);
  town.say(header, "あとで");
  town.write();
  Phone phone(town);
  ASSERT_TRUE(phone.follow(town).ok());
  EXPECT_EQ(phone.titles({}, kNow), Titles{});
  EXPECT_EQ(phone.titles({}, kNow.plus_seconds(3600)), Titles{"あとで"});
  EXPECT_EQ(phone.titles({}, kNow.plus_seconds(7200)), Titles{});
}

TEST(NoticeFeed, IsSearchedByTwoSignsInAnyKana) {
  Town town;
  town.publish("ごみの収集日");
  town.publish("ワクチン接種");
  town.write();
  Phone phone(town);
  ASSERT_TRUE(phone.follow(town).ok());
  const auto found = [&](std::string_view words) { return phone.book.search(words, {}, kNow)->size(); };
  EXPECT_EQ(found("ゴミ"), 1u);
  EXPECT_EQ(found("わくちん"), 1u);
  EXPECT_EQ(found("接種"), 1u);
  EXPECT_EQ(found("ﾜｸ"), 1u);
  EXPECT_EQ(found("選挙"), 0u);
  ASSERT_TRUE(phone.book.mark_read(0).ok());
  EXPECT_TRUE(phone.book.search("ゴミ", {}, kNow)->at(0).read);
}

TEST(NoticeFeed, ThatIsForgedRolledBackOrCutIsRefused) {
  Town town;
  town.publish("一つ目");
  town.write();
  Phone phone(town);
  ASSERT_TRUE(phone.follow(town).ok());
  const Town old = town;
  town.publish("二つ目");
  town.at = town.at.plus_seconds(60);
  town.write();
  ASSERT_TRUE(phone.follow(town).ok());

  EXPECT_EQ(phone.follow(old).code(), Code::Conflict);
  // A page cut in half, and one with another byte.
  Town cut = town;
  cut.publish("三つ目");
  cut.at = cut.at.plus_seconds(60);
  cut.write();
  auto& bytes = cut.files[page_file_name(0)];
  const Bytes whole = bytes;
  bytes.resize(bytes.size() / 2);
  EXPECT_FALSE(phone.follow(cut).ok());
  bytes = whole;
  bytes[whole.size() - 5] ^= 1;
  EXPECT_FALSE(phone.follow(cut).ok());
  bytes = whole;
  ASSERT_TRUE(phone.follow(cut).ok());
  EXPECT_EQ(phone.titles().size(), 3u);

  // An item by somebody else's key in a page that the editor's head names is left out; a head by it is
  // refused.
  Town forged = cut;
  forged.say({}, "偽の知らせ", 42);
  forged.at = forged.at.plus_seconds(60);
  forged.write();
  ASSERT_TRUE(phone.follow(forged).ok());
  EXPECT_EQ(phone.titles().size(), 3u);
  forged.files[std::string(kHeadFile)] = forged.head(42);
  EXPECT_EQ(phone.follow(forged).code(), Code::UnknownKey);
}

TEST(NoticeFeed, OfAKeyWhoseTimeIsOverIsRefused) {
  Town town;
  town.publish("昔の鍵");
  town.at = kNow.plus_seconds(500 * 86400);
  town.write();
  Phone phone(town);
  EXPECT_EQ(phone.follow(town).code(), Code::UnknownKey);
}

TEST(NoticeFeed, PassesOverWordsThatNoNoticeNames) {
  Town town;
  const auto gone = town.publish("取り下げる");
  town.publish("残る");
  town.withdraw(gone);
  town.write();  // the server has not forgotten
  Phone phone(town);
  ASSERT_TRUE(phone.follow(town).ok());
  EXPECT_FALSE(phone.holds("取り下げる"));
  EXPECT_EQ(phone.titles(), Titles{"残る"});
}

TEST(VerifyFeed, NamesEveryProblemWithItsFile) {
  Town good;
  const auto gone = good.publish("取り下げる");
  good.publish("残る", "district 3");
  good.withdraw(gone);
  good.forget("取り下げる");
  good.write();
  const FeedReport held = good.verified();
  EXPECT_TRUE(held.problems.empty()) << held.problems[0].file << held.problems[0].what;
  EXPECT_EQ(held.notices, 2u);
  EXPECT_EQ(held.withdrawn, 1u);
  EXPECT_EQ(held.bodies, 1u);

  const auto problem = [&](const std::function<void(Town&)>& harm, Instant now = kNow) {
    Town bad = good;
    harm(bad);
    std::string out;
    for (const FeedProblem& one : bad.verified(now).problems) out += one.file + " " + one.what + "\n";
    return out;
  };
  const auto has = [](const std::string& text, std::string_view what) {
    EXPECT_NE(text.find(what), std::string::npos) << what << " is not in:\n" << text;
  };
  has(problem([](Town& t) { t.files.erase(page_file_name(0)); }), "page-000000.cbor is missing");
  has(problem([](Town& t) { t.files[page_file_name(0)].pop_back(); }),
      "page-000000.cbor is not the page that the head names");
  has(problem([](Town& t) { t.files[std::string(kHeadFile)] = t.head(42); }), "head.cbor unknown-key");
  has(problem([](Town& t) { t.files.erase(std::string(kDelegationsFile)); }), "delegations.cbor is missing");
  has(problem([](Town& t) { t.texts[0].bodies.clear(), t.write(); }),
      "texts-000000.cbor the body of notice 1 is missing");
  has(problem([](Town&) {}, kNow.plus_seconds(3 * 86400)), "head.cbor is stale");
  has(problem([](Town& t) { t.say({}, "偽", 42), t.write(); }), "item 3: unknown-key");
  has(problem([](Town& t) { t.withdraw(99), t.write(); }), "about notice 99");
  has(problem([&](Town& t) {
        NoticeBody body;
        body.texts = {{"ja", "まだある", ""}};
        t.texts[0].bodies.push_back(encode_body(body));
        t.write();
      }),
      "withdrawn or forged");
  has(problem([](Town& t) {
        t.pages[0].previous.fill(1);
        t.write();
      }),
      "does not follow");
}

TEST(NoticeBody, RefusesWhatNoPhoneShouldOpen) {
  NoticeBody body;
  body.texts = {{"ja", "題", ""}};
  EXPECT_TRUE(decode_body(encode_body(body)).ok());
  body.link = "javascript:alert(1)";
  EXPECT_FALSE(decode_body(encode_body(body)).ok());
  body.link = "https://town.example/";
  body.attachments = {{Hash{}, 300u << 20, "image/png", "big.png"}};
  EXPECT_EQ(decode_body(encode_body(body)).code(), Code::TooLarge);
  EXPECT_FALSE(opens_as_itself("image/svg+xml"));
  EXPECT_FALSE(opens_as_itself("text/html"));
  EXPECT_TRUE(opens_as_itself("application/pdf"));
  body.attachments.clear();
  body.texts.clear();
  EXPECT_FALSE(decode_body(encode_body(body)).ok());
}

}  // namespace
}  // namespace machi::notice
