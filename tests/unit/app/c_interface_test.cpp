// The C interface over a small app of its own: events in, effects and screens out, bytes by handle.
#include <gtest/gtest.h>

#include "core/app/app.h"
#include "core/app/event_json.h"
#include "core/app/machi.h"
#include "core/screen/builder.h"
#include "core/screen/json.h"

namespace machi::app {
namespace {

// Counts its events, and answers an Answer by sending the body back.
class EchoApp final : public App {
 public:
  EchoApp(const Config& config, Blobs& blobs) : config_(config), blobs_(blobs) {}

  void update(const Event& event, std::vector<Effect>& out) override {
    ++count_;
    drawn_.reset();
    if (const auto* answer = std::get_if<Answer>(&event.what))
      out.push_back({Http{count_, "POST", config_.hub, {}, blobs_.put(blobs_.take(answer->body)), false, 0}});
    out.push_back({Render{}});
  }
  screen::Screen draw() const override {
    screen::Screen screen;
    screen.app = config_.app;
    screen.name = "echo";
    screen.title = screen.language = "en";
    screen.revision = count_;
    screen.main = {screen::heading("title", config_.pack)};
    return screen::finish(screen);
  }
  base::Bytes picture(const std::string& id) override {
    return base::copy(base::view(id == "none" ? "" : id));
  }

 private:
  Config config_;
  Blobs& blobs_;
  std::int64_t count_ = 0;
};

}  // namespace

// Stands in for core/app/open.cc in this program.
base::Result<std::unique_ptr<App>> open_app(const Config& config, Blobs& blobs) {
  if (config.app != "echo") return base::fail(base::Code::BadInput, "app");
  return std::unique_ptr<App>(new EchoApp(config, blobs));
}

namespace {

struct Shell {
  machi_core* m =
      machi_open(R"({"app":"echo","database":":memory:","pack":{"town":"日和町"},"hub":"http://hub"})");
  ~Shell() { machi_close(m); }
};

TEST(CInterface, TakesEventsAndGivesEffectsInOrder) {
  Shell shell;
  ASSERT_NE(shell.m, nullptr);
  EXPECT_EQ(machi_receive(shell.m), nullptr);
  ASSERT_EQ(machi_send(shell.m, to_json(Event{1, Answer{1, 200, 0}}).c_str()), 0);
  EXPECT_EQ(effect_from_json(machi_receive(shell.m))->what.index(), 0u);
  EXPECT_STREQ(machi_receive(shell.m), R"({"type":"render"})");
  EXPECT_EQ(machi_receive(shell.m), nullptr);
}

TEST(CInterface, RefusesWhatIsNoEvent) {
  Shell shell;
  EXPECT_EQ(machi_send(shell.m, "{}"), -1);
  EXPECT_EQ(machi_send(shell.m, nullptr), -1);
  EXPECT_EQ(machi_receive(shell.m), nullptr);
}

TEST(CInterface, ShowsTheScreenAndHandsOverTheTownPack) {
  Shell shell;
  const auto screen = screen::screen_from_json(machi_view(shell.m));
  ASSERT_TRUE(screen.ok());
  EXPECT_EQ(screen->main[0].name, R"({"town":"日和町"})");
}

TEST(CInterface, CarriesBytesInPieces) {
  Shell shell;
  const base::Bytes piece(60000, 7);
  const auto handle = machi_put(shell.m, 0, piece.data(), piece.size());
  ASSERT_NE(handle, 0u);
  EXPECT_EQ(machi_put(shell.m, handle, piece.data(), piece.size()), handle);
  machi_send(shell.m, to_json(Event{1, Answer{1, 200, handle}}).c_str());
  const auto sent = std::get<Http>(effect_from_json(machi_receive(shell.m))->what).body;
  base::Bytes out(65536);
  EXPECT_EQ(machi_get(shell.m, sent, 0, out.data(), out.size()), 120000u);
  EXPECT_EQ(machi_get(shell.m, sent, 65536, out.data(), out.size()), 120000u - 65536u);
  EXPECT_EQ(out[0], 7);
  EXPECT_EQ(machi_get(shell.m, sent, 120000, out.data(), out.size()), 0u);
  EXPECT_EQ(machi_get(shell.m, handle, 0, out.data(), out.size()), 0u) << "the app has read and dropped it";
  machi_drop(shell.m, sent);
  EXPECT_EQ(machi_get(shell.m, sent, 0, out.data(), out.size()), 0u);
}

TEST(CInterface, GivesAPictureByItsId) {
  Shell shell;
  const auto handle = machi_picture(shell.m, "ab12");
  ASSERT_NE(handle, 0u);
  base::Bytes out(8);
  ASSERT_EQ(machi_get(shell.m, handle, 0, out.data(), out.size()), 4u);
  EXPECT_EQ(base::text_view(base::ByteView(out).first(4)), "ab12");
  machi_drop(shell.m, handle);
  EXPECT_EQ(machi_get(shell.m, handle, 0, nullptr, 0), 0u);
  EXPECT_EQ(machi_picture(shell.m, "none"), 0u);
  EXPECT_EQ(machi_picture(shell.m, nullptr), 0u);
  EXPECT_EQ(machi_picture(nullptr, "ab12"), 0u);
}

TEST(CInterface, RefusesMoreThanFourMegabytesInAHandleAndUnknownHandles) {
  Shell shell;
  const base::Bytes piece(65536);
  std::uint32_t handle = 0;
  for (int i = 0; i < 64; ++i) ASSERT_NE(handle = machi_put(shell.m, handle, piece.data(), piece.size()), 0u);
  EXPECT_EQ(machi_put(shell.m, handle, piece.data(), 1), 0u);
  EXPECT_EQ(machi_get(shell.m, handle, 0, nullptr, 0), 4u << 20);
  EXPECT_EQ(machi_put(shell.m, 999, piece.data(), 1), 0u);
  EXPECT_EQ(machi_put(shell.m, 0, piece.data(), 65537), 0u);
}

TEST(CInterface, SaysOnceWhyItCouldNotBeOpened) {
  for (const char* config :
       {"", "{", "[]", R"({"app":"other"})", R"({"app":1})", R"({"app":"echo","pack":"x"})"}) {
    EXPECT_EQ(machi_open(config), nullptr) << config;
    const char* why = machi_receive(nullptr);
    ASSERT_NE(why, nullptr) << config;
    EXPECT_EQ(std::get<Log>(effect_from_json(why)->what).event, "open-refused");
    EXPECT_EQ(machi_receive(nullptr), nullptr);
  }
  EXPECT_EQ(machi_open(nullptr), nullptr);
  EXPECT_EQ(machi_send(nullptr, "{}"), -1);
  EXPECT_EQ(machi_view(nullptr), nullptr);
}

}  // namespace
}  // namespace machi::app
