// Events and effects as JSON: every alternative there and back, and texts that are none.
#include "core/app/event_json.h"

#include <gtest/gtest.h>

namespace machi::app {
namespace {

TEST(EventJson, OfEveryKindComesBackAsItWas) {
  screen::Action action{"absence.form", 7, "send", "v1", "choose", "x", {"a", "b"}};
  for (const auto& what : std::vector<decltype(Event::what)>{
           Start{"c2VlZA", false, true, true, "vi-VN", "k=1"}, Start{}, Act{action},
           Link{"https://example.jp/#x"}, Answer{5, 200, 3}, Answer{5, 0, 0}, Chunk{5, 4}, Tick{"outbox"},
           Online{false}, Visible{false}, WordsLoaded{"en", 9}, Posted{"id", 409, 1}, Storage{"persistent"},
           PdfMade{3, 4}, PdfMade{3, 0}, FileRead{action, "shift_jis", 2}}) {
    const Event event{1795473600000, what};
    const std::string json = to_json(event);
    const auto back = event_from_json(json);
    ASSERT_TRUE(back.ok()) << json;
    EXPECT_EQ(back->at, event.at);
    EXPECT_EQ(back->what.index(), what.index());
    EXPECT_EQ(to_json(*back), json);
  }
}

TEST(EffectJson, OfEveryKindComesBackAsItWas) {
  for (const auto& what : std::vector<decltype(Effect::what)>{
           Http{1,
                "POST",
                "http://localhost:8081/mail",
                {{"Content-Type", "application/cbor"}},
                2,
                true,
                15000},
           CancelHttp{1}, Timer{"outbox", 500}, Render{}, LoadWords{"en"}, KeepForSync{"id", "/mail", 3},
           ForgetForSync{"id"}, Persist{}, Signal{"sent"}, SaveFile{"a.csv", "text/csv", 4}, Print{},
           MakePdf{2, 5}, Log{"outbox.sent", "1"}}) {
    const std::string json = to_json(Effect{what});
    const auto back = effect_from_json(json);
    ASSERT_TRUE(back.ok()) << json;
    EXPECT_EQ(back->what.index(), what.index());
    EXPECT_EQ(to_json(*back), json);
  }
}

TEST(EffectJson, IsWrittenWhole) {
  EXPECT_EQ(to_json(Effect{Render{}}), R"({"type":"render"})");
  EXPECT_EQ(
      to_json(Effect{Http{1, "GET", "/a", {}, 0, false, 0}}),
      R"({"type":"http","request":1,"method":"GET","url":"/a","headers":[],"body":0,"stream":false,"timeout_ms":0})");
}

TEST(EventJson, TakesWhatIsLeftOutAsItsDefault) {
  const auto event = event_from_json(R"({"type":"start","at":1,"seed":"AA"})");
  ASSERT_TRUE(event.ok());
  EXPECT_TRUE(std::get<Start>(event->what).online);
}

TEST(EventJson, RefusesWhatIsNoEvent) {
  for (const char* text :
       {"", "[]", R"({"type":"tick","timer":"a"})", R"({"type":"tick","at":-1,"timer":"a"})",
        R"({"type":"tick","at":1})", R"({"type":"tock","at":1,"timer":"a"})", R"({"type":1,"at":1})",
        R"({"at":1,"timer":"a"})", R"({"type":"chunk","at":1,"request":1,"body":-1})",
        R"({"type":"chunk","at":1,"request":1,"body":4294967296})",
        R"({"type":"answer","at":1,"request":1,"status":3000000000})",
        R"({"type":"act","at":1,"action":{}})"})
    EXPECT_EQ(event_from_json(text).code(), base::Code::BadInput) << text;
}

}  // namespace
}  // namespace machi::app
