// The exchange file between tablets that have no hub, whatever each of them had heard before: one that saw a
// newer epoch and one that did not, one that came in while the other was away, one that was removed, and
// files that somebody else made.
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

struct Exchanges : testing::Test {
  Exchanges() { town.found_school(); }
  // A tablet at the gymnasium, which the first one opens.
  Device& gym(const std::string& name) {
    Device& made = town.shelter_desk(name);
    EXPECT_TRUE(made.at("desk.shelter.choose")) << made.text();
    town.run_for(2000);
    if (made.sees("東小体育館")) {
      made.press("東小体育館");
    } else {
      made.enter("own.name", "東小体育館");
      made.press("own.make");
    }
    EXPECT_TRUE(made.at("desk.shelter.reception")) << made.text();
    town.run_for(5000);
    return made;
  }
  static std::string inside(Device& desk) {
    desk.press("page.reception");
    const screen::Node* fact = desk.find("count.inside");
    return fact ? words::plain(fact->value) : "";
  }
  static void walk_in(Device& desk, const std::string& name) {
    desk.press("page.reception");
    desk.press("walkin");
    desk.enter("name", name);
    desk.press("enter");
    EXPECT_TRUE(desk.at("desk.shelter.reception")) << desk.text();
  }
  static std::string file_of(Device& desk) {
    desk.press("page.exchange");
    const std::size_t before = desk.saved.size();
    desk.press("save");
    EXPECT_EQ(desk.saved.size(), before + 1) << desk.text();
    return desk.saved.size() == before ? "" : std::string(base::text_view(desk.saved.back().bytes));
  }
  static void give(const std::string& file, Device& to) {
    to.press("page.exchange");
    to.choose_file("file", "shelter.txt", "utf-8", file);
  }
  static bool takes(const std::string& file, Device& to) {
    give(file, to);
    return to.sees("取りこみました");
  }
  // By another device of the office; the removed one is away.
  void remove(Device& by, const std::string& name) {
    by.press("page.settings");
    by.press("page.devices");
    std::string button;
    const auto listed = [&] {
      button.clear();
      if (const auto* devices = by.find("devices"))
        for (const auto& row : devices->children)
          if (row.name == name)
            for (const auto& child : row.children)
              if (child.id.starts_with("remove.")) button = child.id;
      return !button.empty();
    };
    ASSERT_TRUE(town.run_until(listed)) << by.text();
    by.press(button);
    by.press(button + ".yes");
    ASSERT_TRUE(town.run_until([&] { return !listed(); })) << by.text();
    town.run_for(5000);
    by.press("page.shelter");
  }
  void call(Device& desk, const std::string& name) {
    desk.press("page.settings");
    desk.press("page.devices");
    desk.enter("name", name);
    desk.press("page.shelter");
    town.run_for(5000);
  }
  // From now on nobody reaches the hub.
  void night(std::initializer_list<Device*> tablets) {
    town.hub_away(true);
    for (Device* one : tablets) one->online(false);
    town.run_for(60'000);
  }
  Town town;
};

TEST_F(Exchanges, WorkBothWaysWhenOnlyOneSawTheNewestEpoch) {
  Device& behind = gym("behind");
  Device& ahead = gym("ahead");
  behind.online(false);
  gym("third");  // with it a new epoch began
  town.run_for(10'000);
  night({&ahead});
  walk_in(ahead, "田中 うめ");
  walk_in(behind, "鈴木 たけ");
  EXPECT_TRUE(takes(file_of(ahead), behind)) << behind.text();
  EXPECT_EQ(inside(behind), "2人");
  EXPECT_TRUE(takes(file_of(behind), ahead)) << ahead.text();
  EXPECT_EQ(inside(ahead), "2人");
}

TEST_F(Exchanges, BeginWithTheOneThatSawLessJustAsWell) {
  Device& behind = gym("behind");
  Device& ahead = gym("ahead");
  behind.online(false);
  gym("third");
  night({&ahead});
  walk_in(behind, "鈴木 たけ");
  EXPECT_TRUE(takes(file_of(behind), ahead)) << ahead.text();
  walk_in(ahead, "田中 うめ");
  EXPECT_TRUE(takes(file_of(ahead), behind)) << behind.text();
  EXPECT_EQ(inside(ahead), "2人");
  EXPECT_EQ(inside(behind), "2人");
}

TEST_F(Exchanges, WorkWithATabletThatCameInWhileTheOtherWasAway) {
  Device& old = gym("old");
  old.online(false);
  Device& fresh = gym("fresh");
  night({&fresh});
  walk_in(old, "鈴木 たけ");
  walk_in(fresh, "田中 うめ");
  EXPECT_TRUE(takes(file_of(old), fresh)) << fresh.text();
  EXPECT_TRUE(takes(file_of(fresh), old)) << old.text();
  EXPECT_EQ(inside(fresh), "2人");
  EXPECT_EQ(inside(old), "2人");
  // After the program was started again it still knows the other, and the hub's word agrees in the end.
  old.stop();
  old.start();
  walk_in(old, "佐藤 まつ");
  EXPECT_TRUE(takes(file_of(old), fresh)) << fresh.text();
  town.hub_away(false);
  for (Device* one : {&old, &fresh}) one->online(true);
  const auto done = [&] { return inside(old) == "3人" && inside(fresh) == "3人" && !old.find("waiting"); };
  ASSERT_TRUE(town.run_until(done, 600'000)) << old.text();
  // What the hub tells is read from where its own log ends: the newer epoch is open to the one that was away.
  walk_in(fresh, "高橋 とめ");
  ASSERT_TRUE(town.run_until([&] { return inside(old) == "4人"; }, 600'000)) << old.text();
}

TEST_F(Exchanges, AreClosedToATabletThatWasRemoved) {
  Device& desk = gym("desk");
  Device& other = gym("other");
  Device& lost = gym("lost");
  call(lost, "紛失した端末");
  lost.online(false);
  other.online(false);
  remove(desk, "紛失した端末");
  night({&desk});
  walk_in(desk, "田中 うめ");
  walk_in(lost, "鈴木 たけ");
  const std::string file = file_of(desk);
  EXPECT_FALSE(takes(file, lost));
  EXPECT_TRUE(lost.sees("窓口から外されているようです")) << lost.text();
  EXPECT_EQ(inside(lost), "1人");
  EXPECT_FALSE(takes(file_of(lost), desk));
  EXPECT_TRUE(desk.sees("窓口から外された端末のファイルです")) << desk.text();
  EXPECT_EQ(inside(desk), "1人");
  // Who did not hear of it hears it by the file, and from then on keeps the removed one out too.
  EXPECT_TRUE(takes(file, other)) << other.text();
  walk_in(other, "佐藤 まつ");
  const std::string later = file_of(other);
  EXPECT_FALSE(takes(later, lost));
  EXPECT_TRUE(takes(later, desk)) << desk.text();
  EXPECT_FALSE(takes(file_of(lost), other));
  EXPECT_EQ(inside(other), "2人");
  EXPECT_EQ(inside(desk), "2人");
}

TEST_F(Exchanges, RefuseWhatIsForgedOrBelongsElsewhere) {
  Device& desk = gym("desk");
  Device& other = gym("other");
  night({&desk, &other});
  walk_in(desk, "田中 うめ");
  walk_in(other, "鈴木 たけ");
  const std::string file = file_of(desk), another = file_of(other);
  const auto lines = [](const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      out.push_back(text.substr(at, end - at));
      at = end + 1;
    }
    return out;
  };
  const auto mine = lines(file), theirs = lines(another);
  ASSERT_EQ(mine.size(), 3u) << "name, head, one envelope";
  // An envelope of one file behind the head of another, a bit of the head turned, a head alone cut short.
  const std::string name = mine[0] + "\n";
  std::string turned = mine[1];
  turned[turned.size() / 2] = turned[turned.size() / 2] == 'A' ? 'B' : 'A';
  for (const std::string& bad :
       {name + mine[1] + "\n" + theirs[2] + "\n", name + turned + "\n" + mine[2] + "\n",
        name + mine[1].substr(0, 200) + "\n", name + mine[2] + "\n" + mine[1] + "\n"}) {
    EXPECT_FALSE(takes(bad, other));
    EXPECT_TRUE(other.sees("記録は変わっていません")) << other.text();
  }
  EXPECT_EQ(inside(other), "1人");
  // Of another town's shelter: whole, and not for these.
  Town elsewhere(7);
  elsewhere.found_school();
  Device& far = elsewhere.shelter_desk("far");
  far.enter("own.name", "西公民館");
  far.press("own.make");
  walk_in(far, "山本 きく");
  EXPECT_FALSE(takes(file_of(far), other));
  EXPECT_TRUE(other.sees("ほかの窓口のファイルです")) << other.text();
  EXPECT_TRUE(takes(file, other)) << other.text();
  EXPECT_EQ(inside(other), "2人");
}

TEST_F(Exchanges, SayThatATabletWithoutRecordsGaveNoneNew) {
  Device& desk = gym("desk");
  Device& other = gym("other");
  night({&desk, &other});
  EXPECT_TRUE(takes(file_of(other), desk)) << desk.text();
}

}  // namespace
}  // namespace machi::journeys
