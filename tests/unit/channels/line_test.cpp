// LINE: webhooks that are forged, broken or come twice; who is told of what; posts that are limited or lost.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/crypto/drbg.h"
#include "platform/channels/line/line_channel.h"
#include "platform/channels/mail/message.h"
#include "platform/channels/uses_book.h"
#include "platform/host/webpush/hmac.h"

using namespace machi;
using base::Code;
using channels::LineEvent;
using nlohmann::json;

namespace {

constexpr base::Instant kNow{1'795'000'000'000};

std::string user(int number) {
  char out[40];
  std::snprintf(out, sizeof out, "U%032x", static_cast<unsigned>(number));
  return out;
}

json event(const char* type, int who, const std::string& id) {
  return {{"type", type},
          {"mode", "active"},
          {"timestamp", kNow.ms},
          {"source", {{"type", "user"}, {"userId", user(who)}}},
          {"webhookEventId", id},
          {"replyToken", "reply-" + id},
          {"deliveryContext", {{"isRedelivery", false}}}};
}

std::vector<LineEvent> read(const std::vector<json>& events) {
  const std::string body = json({{"destination", user(0)}, {"events", events}}).dump();
  const auto read = channels::read_line_events(base::view(body));
  EXPECT_TRUE(read.ok());
  return read.ok() ? *read : std::vector<LineEvent>{};
}

TEST(LineWebhook, HoldsOnlyWithTheChannelsSecretOverTheBytesAsTheyCame) {
  const std::string body = R"({"destination":"U0","events":[]})";
  const std::string signature =
      channels::base64(base::text_view(host::hmac_sha256(base::view("secret"), base::view(body))));
  EXPECT_TRUE(channels::line_signature_holds("secret", base::view(body), signature));
  EXPECT_FALSE(channels::line_signature_holds("Secret", base::view(body), signature));
  EXPECT_FALSE(channels::line_signature_holds("secret", base::view(body + " "), signature));
  EXPECT_FALSE(channels::line_signature_holds("secret", base::view(body), ""));
  const std::string unkeyed = channels::base64(base::text_view(host::hmac_sha256({}, base::view(body))));
  EXPECT_FALSE(channels::line_signature_holds("", base::view(body), unkeyed));
}

TEST(LineWebhook, PassesOverWhatItDoesNotKnow) {
  json group = event("message", 1, "g");
  group["source"] = {{"type", "group"}, {"groupId", "C1"}, {"userId", user(1)}};
  json standby = event("follow", 1, "s");
  standby["mode"] = "standby";
  json odd = event("follow", 1, "o");
  odd["source"]["userId"] = "U123";
  EXPECT_TRUE(read({group, standby, odd, event("beacon", 1, "b"), 5, nullptr, "x"}).empty());
  EXPECT_EQ(read({event("follow", 1, "f"), event("unfollow", 2, "u")}).size(), 2u);
  for (const char* bad : {"", "[]", "{}", "{\"events\":5}", "{\"events\":[", "\xff"})
    EXPECT_FALSE(channels::read_line_events(base::view(std::string_view(bad))).ok()) << bad;
  EXPECT_EQ(channels::read_line_events(base::Bytes(channels::kLineBody + 1, ' ')).code(), Code::TooLarge);
}

struct Town {
  crypto::SystemEntropy entropy;
  std::unique_ptr<store::Database> database = store::Database::open({}).value();
  channels::Sums sums{*database};
  words::Words words;
  std::mutex lock;
  channels::LineChannel line{*database, sums, entropy, words, "日和町", "https://news.town.example", lock};
  std::vector<channels::LineChannel::Call> calls;
  std::vector<int> statuses;  // in turn; then 200
  channels::LineChannel::Post post =
      [this](const channels::LineChannel::Call& call) -> base::Result<host::HttpAnswer> {
    calls.push_back(call);
    int status = 200;
    if (!statuses.empty()) {
      status = statuses.front();
      statuses.erase(statuses.begin());
    }
    if (status == 0) return base::fail(Code::Unreachable);
    return host::HttpAnswer{status, {}, {}};
  };
  Town() {
    std::vector<store::Migration> all = channels::Sums::migrations();
    for (store::Migration& one : channels::LineChannel::migrations()) all.push_back(one);
    EXPECT_TRUE(database->migrate(all).ok());
  }
  void take(const std::vector<json>& events) { EXPECT_TRUE(line.take(read(events), kNow).ok()); }
  void follow(int who, const std::string& topic) {
    take({event("follow", who, "f" + std::to_string(who))});
    if (topic.empty()) return;
    json choice = event("postback", who, "p" + std::to_string(who) + topic);
    choice["postback"] = {{"data", "topic=" + topic}};
    take({choice});
  }
  void quiet() {  // answers away
    EXPECT_TRUE(line.run(post, kNow).ok());
    calls.clear();
  }
  void tell(notice::Importance importance) {
    channels::News news;
    news.serial = 12;
    news.header.importance = importance;
    news.until = kNow.plus_seconds(3600);
    EXPECT_TRUE(line.plan(news, kNow).ok());
  }
};

TEST(LineChannel, AnswersAFollowerWithTheTopicsAndKeepsTheChoice) {
  Town town;
  town.follow(1, "disaster");
  ASSERT_TRUE(town.line.run(town.post, kNow).ok());
  ASSERT_EQ(town.calls.size(), 2u);
  EXPECT_EQ(town.calls[0].path, "/v2/bot/message/reply");
  EXPECT_EQ(town.calls[0].key, "");
  const json first = json::parse(town.calls[0].body), second = json::parse(town.calls[1].body);
  EXPECT_EQ(first["messages"][0]["quickReply"]["items"].size(), 3u);
  EXPECT_NE(first["messages"][0]["text"].get<std::string>(),
            second["messages"][0]["text"].get<std::string>());
  EXPECT_EQ(town.line.count().value(), 1);
}

TEST(LineChannel, TakesAnEventThatComesTwiceOnce) {
  Town town;
  town.follow(1, "");
  json choice = event("postback", 1, "same");
  choice["postback"] = {{"data", "topic=all"}};
  town.take({choice, choice});
  choice["deliveryContext"]["isRedelivery"] = true;
  town.take({choice});  // a second time it would turn the topic off again
  town.quiet();
  town.tell(notice::Importance::Normal);
  ASSERT_TRUE(town.line.run(town.post, kNow).ok());
  EXPECT_EQ(town.calls.size(), 1u);
}

TEST(LineChannel, ForgetsWhoNoLongerFollows) {
  Town town;
  town.follow(1, "all");
  town.take({event("unfollow", 1, "u1")});
  town.quiet();
  EXPECT_EQ(town.line.count().value(), 0);
  town.tell(notice::Importance::Normal);
  EXPECT_EQ(town.line.run(town.post, kNow).value(), 0u);
}

TEST(LineChannel, MulticastsATopicToFiveHundredAtATime) {
  Town town;
  for (int i = 0; i < 501; ++i) town.follow(i, "all");
  town.follow(900, "child");
  while (town.line.run(town.post, kNow).value() > 0) {
  }
  town.calls.clear();
  town.tell(notice::Importance::Normal);
  ASSERT_TRUE(town.line.run(town.post, kNow).ok());
  ASSERT_EQ(town.calls.size(), 2u);
  EXPECT_EQ(town.calls[0].path, "/v2/bot/message/multicast");
  const json first = json::parse(town.calls[0].body), second = json::parse(town.calls[1].body);
  EXPECT_EQ(first["to"].size(), 500u);
  EXPECT_EQ(second["to"].size(), 1u);
  EXPECT_NE(town.calls[0].key, town.calls[1].key);
  const json message = first["messages"][0];
  EXPECT_EQ(message["type"].get<std::string>(), "flex");
  EXPECT_EQ(message["contents"]["footer"]["contents"][0]["action"]["uri"].get<std::string>(),
            "https://news.town.example/n/12");
}

TEST(LineChannel, BroadcastsAnEmergency) {
  Town town;
  town.follow(1, "");
  town.quiet();
  town.tell(notice::Importance::Emergency);
  ASSERT_TRUE(town.line.run(town.post, kNow).ok());
  ASSERT_EQ(town.calls.size(), 1u);
  EXPECT_EQ(town.calls[0].path, "/v2/bot/message/broadcast");
}

TEST(LineChannel, SendsTheSameRetryKeyUntilLineHasTakenIt) {
  Town town;
  town.follow(1, "");
  town.quiet();
  town.tell(notice::Importance::Emergency);
  town.statuses = {0, 500, 409};
  ASSERT_TRUE(town.line.run(town.post, kNow).ok());
  ASSERT_TRUE(town.line.run(town.post, kNow.plus_seconds(31)).ok());
  ASSERT_TRUE(town.line.run(town.post, kNow.plus_seconds(95)).ok());
  ASSERT_EQ(town.calls.size(), 3u);
  EXPECT_EQ(town.calls[0].key.size(), 36u);
  EXPECT_EQ(town.calls[0].key, town.calls[1].key);
  EXPECT_EQ(town.calls[0].key, town.calls[2].key);
  EXPECT_EQ(town.line.run(town.post, kNow.plus_seconds(3000)).value(), 0u);
  EXPECT_EQ(town.sums.all().value()[channels::month_of(kNow)]["line.disaster.sent"], 1);
}

TEST(LineChannel, WaitsWithEverythingWhenItsLimitIsReached) {
  Town town;
  for (int i = 0; i < 3; ++i) town.follow(i, "all");
  town.quiet();
  town.tell(notice::Importance::Normal);
  town.tell(notice::Importance::Emergency);
  town.statuses = {429};
  EXPECT_EQ(town.line.run(town.post, kNow).value(), 1u);
  EXPECT_EQ(town.calls[0].path, "/v2/bot/message/broadcast");  // the gravest first
  EXPECT_EQ(town.line.run(town.post, kNow.plus_seconds(29)).value(), 0u);
  EXPECT_EQ(town.line.run(town.post, kNow.plus_seconds(31)).value(), 2u);
}

TEST(LineMenu, HasSixTilesThatLeadSomewhere) {
  const auto menu = channels::line_menu(
      "main", "メニュー",
      {"防災|topic=disaster", "子育て|topic=child", "電話|tel:0299000000", "アプリ|https://app.example/",
       "ごみ|https://app.example/", "役場|https://app.example/"});
  ASSERT_TRUE(menu.ok());
  const json read = json::parse(*menu);
  EXPECT_EQ(read["areas"].size(), 6u);
  int covered = 0;
  for (const json& area : read["areas"])
    covered += area["bounds"]["width"].get<int>() * area["bounds"]["height"].get<int>();
  EXPECT_EQ(covered, 2500 * 1686);
  EXPECT_FALSE(channels::line_menu("main", "メニュー", {"x|javascript:alert(1)"}).ok());
  EXPECT_FALSE(channels::line_menu("main", "メニュー", {}).ok());
  EXPECT_FALSE(channels::line_menu("main", "メニュー", std::vector<std::string>(7, "a|tel:1")).ok());
}

TEST(Uses, AreCountedByWordsOfAFixedListOnly) {
  const std::string month = channels::month_of(kNow);
  const auto good = channels::read_use_report(
      json({{"month", month}, {"what", "notice.opened"}, {"size", 3}}).dump(), kNow);
  ASSERT_TRUE(good.ok());
  Town town;
  ASSERT_TRUE(channels::add_use(*town.database, *good).ok());
  ASSERT_TRUE(channels::add_use(*town.database, *good).ok());
  EXPECT_EQ(town.sums.all().value()[month]["use.notice.opened"], 6);
  for (const json& bad : {json({{"month", month}, {"what", "hanako"}, {"size", 3}}),
                          json({{"month", month}, {"what", "notice.opened"}, {"size", 4}}),
                          json({{"month", month}, {"what", "notice.opened"}, {"size", 3}, {"who", "x"}}),
                          json({{"month", "2020-01"}, {"what", "notice.opened"}, {"size", 3}}),
                          json({{"month", month}, {"what", 5}, {"size", 3}}), json(5)})
    EXPECT_FALSE(channels::read_use_report(bad.dump(), kNow).ok()) << bad;
}

}  // namespace
