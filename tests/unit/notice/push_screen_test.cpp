// Notifications and counts in the phone's app: what goes out, in which order, and what never does.
#include <gtest/gtest.h>

#include "core/app/notices.h"
#include "core/notice/citizen/push_screen.h"
#include "core/notice/citizen/use_book.h"

using namespace machi;
using app::Effect;

namespace {

constexpr std::int64_t kNow = 1'795'000'000'000;  // November 2026

struct Phone {
  app::Blobs blobs;
  std::unique_ptr<app::App> app;
  std::vector<Effect> effects;
  std::vector<std::pair<app::Http, std::string>> calls;  // since the last look
  std::string everything;                                // all that ever left
  std::int64_t at = kNow;

  explicit Phone(const std::string& channels = "https://news.example") {
    app::Config config;
    config.app = "notices";
    config.pack = R"({"town":")" + std::string(32, '1') + R"(","root":")" + std::string(64, '2') +
                  R"(","name":"日和町"})";
    config.hub = "https://hub.example";
    config.channels = channels;
    auto opened = app::open_notices(config, blobs);
    EXPECT_TRUE(opened.ok());
    app = std::move(*opened);
    app::Start start;
    start.seed = std::string(43, 'A');
    start.language = "ja";
    tell({at, start});
  }
  void tell(app::Event event) {
    event.at = at;
    effects.clear();
    app->update(event, effects);
    for (Effect& effect : effects)
      if (const auto* http = std::get_if<app::Http>(&effect.what)) {
        const std::string body(base::text_view(blobs.take(http->body)));
        everything += http->method + " " + http->url + "\n" + body + "\n";
        for (const auto& header : http->headers) everything += header.name + ": " + header.value + "\n";
        calls.emplace_back(*http, body);
      }
  }
  void act(const std::string& node, const std::string& action, const std::string& value = "",
           std::vector<std::string> values = {}) {
    screen::Action one;
    const screen::Screen& shown = app->view();
    one.screen = shown.name;
    one.revision = shown.revision;
    one.node = node;
    one.action = action;
    one.value = value;
    one.values = std::move(values);
    tell({at, app::Act{one}});
  }
  void press(const std::string& node) { act(node, "press"); }
  void answer(const app::Http& http, int status, const std::string& body = "") {
    app::Answer one;
    one.request = http.request;
    one.status = status;
    one.body = body.empty() ? 0 : blobs.put(base::copy(base::view(body)));
    tell({at, one});
  }
  const screen::Node* find(const std::string& id) {
    const screen::Screen& shown = app->view();
    for (const auto* nodes : {&shown.main, &shown.foot})
      for (const screen::Node& node : *nodes)
        if (node.id == id) return &node;
    return nullptr;
  }
  void to_push() {
    press("settings");
    press("push");
    EXPECT_EQ(app->view().name, notice::kPush);
    calls.clear();
  }
};

TEST(PushScreen, AsksTheTownsKeyThenTheBrowserThenTellsTheTown) {
  Phone phone;
  phone.to_push();
  ASSERT_NE(phone.find("knows"), nullptr);
  phone.act("topics", "choose", "", {"disaster", "child"});
  phone.act("district", "enter", "３");
  phone.press("save");
  ASSERT_EQ(phone.calls.size(), 1u);
  EXPECT_EQ(phone.calls[0].first.method + " " + phone.calls[0].first.url,
            "GET https://news.example/v1/channels");
  phone.answer(phone.calls[0].first, 200, R"({"push":"BKEY","mail":true})");
  ASSERT_EQ(phone.calls.size(), 2u);
  EXPECT_EQ(phone.calls[1].first.url, "push:");
  EXPECT_NE(phone.calls[1].second.find(R"("key":"BKEY")"), std::string::npos);
  EXPECT_NE(phone.calls[1].second.find("防災のお知らせがあります。"), std::string::npos)
      << phone.calls[1].second;
  phone.answer(phone.calls[1].first, 200,
               R"({"endpoint":"https://push.example/1","keys":{"auth":"x","p256dh":"y"}})");
  ASSERT_EQ(phone.calls.size(), 3u);
  EXPECT_EQ(phone.calls[2].first.method + " " + phone.calls[2].first.url,
            "POST https://news.example/v1/push");
  EXPECT_NE(phone.calls[2].second.find(R"("topics":"child,disaster,district:3")"), std::string::npos);
  EXPECT_NE(phone.calls[2].second.find("https://push.example/1"), std::string::npos);
  EXPECT_EQ(phone.find("end"), nullptr);  // not before the town has said so
  phone.answer(phone.calls[2].first, 200, "{}");
  ASSERT_NE(phone.find("end"), nullptr);
  EXPECT_EQ(phone.find("state")->tone, screen::Tone::Success);
}

TEST(PushScreen, EndsAtTheBrowserAndAtTheTown) {
  Phone phone;
  phone.to_push();
  phone.press("save");
  phone.answer(phone.calls[0].first, 200, R"({"push":"BKEY"})");
  phone.answer(phone.calls[1].first, 200, R"({"endpoint":"https://push.example/1"})");
  phone.answer(phone.calls[2].first, 200, "{}");
  phone.calls.clear();
  phone.press("end");
  ASSERT_EQ(phone.calls.size(), 2u);
  EXPECT_EQ(phone.calls[0].second, R"({"key":""})");
  EXPECT_NE(phone.calls[1].second.find(R"("topics":"")"), std::string::npos);
  EXPECT_NE(phone.calls[1].second.find("https://push.example/1"), std::string::npos);
  phone.answer(phone.calls[0].first, 200, "{}");
  phone.answer(phone.calls[1].first, 0);  // the line is gone: it is over here all the same
  EXPECT_EQ(phone.find("end"), nullptr);
}

TEST(PushScreen, SaysWhyItDoesNotGo) {
  for (const auto& [status, key] :
       {std::pair{403, "止められています"}, std::pair{501, "この電話では"}, std::pair{0, "登録できません"}}) {
    Phone phone;
    phone.to_push();
    phone.press("save");
    phone.answer(phone.calls[0].first, 200, R"({"push":"BKEY"})");
    phone.answer(phone.calls[1].first, status);
    ASSERT_NE(phone.find("error"), nullptr) << status;
    EXPECT_NE(words::plain(phone.find("error")->name).find(key), std::string::npos)
        << phone.find("error")->name;
    EXPECT_EQ(phone.calls.size(), 2u);
  }
  Phone phone;
  phone.to_push();
  phone.act("topics", "choose", "", {});
  phone.press("save");
  EXPECT_TRUE(phone.calls.empty());
  EXPECT_NE(phone.find("error"), nullptr);
}

TEST(PushScreen, IsNotThereWhereTheTownHasNoChannels) {
  Phone phone("");
  phone.press("settings");
  EXPECT_EQ(phone.find("more"), nullptr);
}

TEST(PushScreen, SendsNothingOfWhatThePhoneKnowsOfItsOwner) {
  Phone phone;
  phone.press("profile");
  phone.press("ask.districts");
  phone.act("text", "enter", "北のはずれ");
  phone.press("save");
  phone.press("ask.birth");
  phone.act("text", "enter", "1985-04-02");
  phone.press("save");
  phone.press("ask.roles");
  phone.act("chosen", "choose", "", {"carer", "foreign"});
  phone.press("save");
  phone.press("back");
  phone.to_push();
  phone.act("topics", "choose", "", {"disaster", "child", "all"});
  phone.press("save");
  phone.answer(phone.calls[0].first, 200, R"({"push":"BKEY"})");
  phone.answer(phone.calls[1].first, 200, R"({"endpoint":"https://push.example/1"})");
  phone.answer(phone.calls[2].first, 200, "{}");
  EXPECT_NE(phone.everything.find("child,disaster"), std::string::npos);
  for (const char* word : {"北のはずれ", "1985", "carer", "foreign", "roles", "birth"})
    EXPECT_EQ(phone.everything.find(word), std::string::npos) << word;
}

std::unique_ptr<store::Database> database() {
  auto out = store::Database::open({}).value();
  EXPECT_TRUE(out->migrate(notice::UseBook::migrations()).ok());
  return out;
}

TEST(UseBook, TellsARoughNumberOfAMonthThatIsOverAndOneThingAtATime) {
  const auto tables = database();
  notice::UseBook book(*tables);
  const base::Date november = base::Date::of(2026, 11, 24).value(),
                   december = base::Date::of(2026, 12, 1).value();
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(book.count("notice.opened", november).ok());
  ASSERT_TRUE(book.count("ask.asked", november).ok());
  EXPECT_FALSE(book.count("who.i.am", november).ok());
  EXPECT_FALSE(book.due(november).value().has_value());
  const auto first = book.due(december).value();
  EXPECT_EQ(first, R"({"month":"2026-11","size":1,"what":"ask.asked"})");
  EXPECT_EQ(book.due(december).value(), first);  // until it was taken
  ASSERT_TRUE(book.told().ok());
  EXPECT_EQ(book.due(december).value(), R"({"month":"2026-11","size":10,"what":"notice.opened"})");
  ASSERT_TRUE(book.told().ok());
  EXPECT_FALSE(book.due(december).value().has_value());
}

TEST(UseBook, ForgetsWhatNobodyAskedForInTime) {
  const auto tables = database();
  notice::UseBook book(*tables);
  ASSERT_TRUE(book.count("notice.opened", base::Date::of(2026, 9, 24).value()).ok());
  EXPECT_FALSE(book.due(base::Date::of(2026, 11, 1).value()).value().has_value());
}

TEST(Uses, AreRoundedBeforeTheyLeaveAPhoneAndBeforeAPersonSeesThem) {
  EXPECT_EQ(notice::use_size(0), 0);
  EXPECT_EQ(notice::use_size(1), 1);
  EXPECT_EQ(notice::use_size(5), 3);
  EXPECT_EQ(notice::use_size(6), 10);
  EXPECT_EQ(notice::use_size(5000), 30);
  EXPECT_EQ(notice::shown_count(9), 0);
  EXPECT_EQ(notice::shown_count(14), 10);
  EXPECT_EQ(notice::shown_count(15), 20);
}

}  // namespace
