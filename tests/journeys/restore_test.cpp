// The hub's disk is lost and an hour-old backup takes its place, under whole apps: phones and desks as people
// use them, the real post office, a network that comes and goes. What was said to a person stays true:
//   1. A report that a phone calls saved stands on every desk, in its last version, and on a desk that joins
//      after the restore too.
//   2. What a person confirmed stays confirmed, on every desk and on the phone that was told so.
//   3. All desks show the same day.
//   4. Who was removed before the restore reads nothing after it.
// The seed is printed; MACHIKADO_SEED repeats one, MACHIKADO_SEEDS=N runs N of them.
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"
#include "tests/seeds.h"

namespace machi::journeys {
namespace {

constexpr std::int64_t kMinute = 60'000;

Instant at_time(int hour, int minute) {
  return base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{static_cast<std::int16_t>(hour * 60 + minute)});
}

std::string said_by(const std::map<std::string, DayRow>& rows) {
  std::string out;
  for (const auto& [report, row] : rows) out += report + " " + row.version + ": " + row.words + "\n";
  return out;
}

// The report whose screen a phone shows.
std::string report_on(const Device& phone) { return phone.at().substr(phone.at().find('/') + 1); }

Device& joins(Town& town, Device& first, const std::string& name) {
  if (!first.at("desk.devices")) first.press("page.devices");
  first.press("invite");
  const std::string link = first.find("invite.symbol")->value;
  first.press("invite.hide");
  first.press("grade.all");
  town.run_for(5000);
  Device& desk = town.device(name, "desk");
  desk.start(link.substr(link.find('#') + 1));
  EXPECT_TRUE(town.run_until([&] { return desk.at("desk.today"); }, 15 * kMinute)) << desk.text();
  town.run_for(5000);
  return desk;
}

bool press_confirm(Device& desk) {
  const screen::Node* button = first_of(desk, "confirm.");
  if (button == nullptr) return false;
  desk.press(std::string(button->id));
  return true;
}

TEST(RestoredAtTenToEight, NothingOfTheHourThatTheBackupLacksIsLost) {
  School school(at_time(6, 30));
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& other = joins(town, desk, "other");
  Device& lost = joins(town, desk, "lost");
  lost.press("page.devices");
  lost.enter("name", "なくした端末");
  Device& mio = enrolled_phone(town, "mio");
  Device& sora = enrolled_phone(town, "sora", "佐倉 そら");
  town.run_to(6, 50);
  town.take_backup();

  // 7:00: a report is read, and its family knows.
  town.run_to(7, 0);
  report(mio, "cold");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); }));
  ASSERT_TRUE(press_confirm(desk));
  ASSERT_TRUE(town.run_until([&] { return mio.sees("学校が確認しました"); })) << mio.text();
  // 7:10: a slip is given out, by its number only.
  town.run_to(7, 10);
  desk.press("page.slips");
  turn_to_class(desk, "3年1組");
  desk.press("pupil." + town.pupil("阿部 れん").pupil.hex());
  desk.press("slip.issue");
  ASSERT_NE(desk.find("slip.code"), nullptr) << desk.text();
  const std::string number = desk.find("slip.code")->value;
  // 7:20: a lost tablet is removed.
  town.run_to(7, 20);
  desk.press("page.devices");
  const auto remove_of = [&]() -> std::string {
    const auto* devices = desk.find("devices");
    if (devices == nullptr) return {};
    for (const auto& row : devices->children)
      if (row.name == "なくした端末")
        if (const auto* button = first_of(row.children, "remove.")) return button->id;
    return {};
  };
  ASSERT_TRUE(town.run_until([&] { return !remove_of().empty(); })) << desk.text();
  const std::string remove = remove_of();
  desk.press(remove);
  desk.press(remove + ".yes");
  ASSERT_TRUE(town.run_until([&] { return lost.at("desk.join"); })) << lost.text();
  desk.press("grade.all");
  // 7:30: by telephone, at the other desk.
  town.run_to(7, 30);
  other.press("page.entry");
  other.enter("find", "あべ");
  other.press("entry." + town.pupil("阿部 れん").pupil.hex());
  other.choose("reason", "family");
  other.press("entry.save");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("阿部 れん"); })) << desk.text();
  // 7:48: the school's line is away; what the hub has taken, and said so, no desk has read.
  town.run_to(7, 48);
  desk.online(false);
  other.online(false);
  report(sora, "stomach");
  ASSERT_TRUE(town.run_until([&] { return sora.sees("町に届きました"); })) << sora.text();
  mio.press("change");
  mio.choose("kind", "late");
  mio.enter("time", "10:30");
  mio.press("send");
  ASSERT_TRUE(town.run_until([&] { return mio.sees("変更が町に届きました"); })) << mio.text();
  town.run_to(7, 50);
  town.restore_backup();
  town.run_for(5000);
  desk.online(true);
  other.online(true);

  for (Device* one : {&desk, &other}) {
    ASSERT_TRUE(
        town.run_until([&] { return day_rows(*one).size() == 3 && one->sees("10:30"); }, 15 * kMinute))
        << one->name() << "\n"
        << one->text();
    EXPECT_TRUE(one->sees("家の都合")) << one->text();
    EXPECT_TRUE(one->sees("お腹") || one->sees("おなか") || one->sees("腹痛")) << one->text();
  }
  // What was read is still read, and the change is not read yet.
  const auto read = [](const Device& phone) { return phone.find("step.read")->state == screen::State::Done; };
  EXPECT_FALSE(read(mio)) << mio.text();
  while (press_confirm(desk)) town.run_for(1000);
  ASSERT_TRUE(town.run_until([&] { return read(mio) && read(sora); }, 5 * kMinute))
      << mio.text() << sora.text();
  // A desk that knows nothing but the restored hub.
  Device& fresh = joins(town, desk, "fresh");
  ASSERT_TRUE(
      town.run_until([&] { return said_by(day_rows(fresh)) == said_by(day_rows(desk)); }, 5 * kMinute))
      << said_by(day_rows(fresh)) << "\ninstead of\n"
      << said_by(day_rows(desk));
  EXPECT_EQ(said_by(day_rows(other)), said_by(day_rows(desk)));
  // The slip of 7:10 is found by its number.
  Device& ren = town.phone("ren");
  ren.start();
  ren.press("scan");
  ren.scan(number);
  ASSERT_TRUE(town.run_until([&] { return ren.at("slip.apply"); })) << ren.text();
  apply_for(ren, "2017-06-03", "1234");
  ASSERT_TRUE(town.run_until([&] { return ren.sees("登録できました"); })) << ren.text();
  // The tablet that was removed at 7:20 is in the backup; it reads nothing of what came.
  lost.stop();
  lost.start();
  town.run_for(15 * kMinute);
  EXPECT_FALSE(lost.sees("佐倉")) << lost.text();
}

TEST(RestoredAtTenToEight, AReportWhoseWriterHasClosedTheAppReachesTheDeskThatWasAway) {
  School school(at_time(6, 40));
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& other = joins(town, desk, "other");
  Device& mio = enrolled_phone(town, "mio");
  town.run_to(6, 50);
  town.take_backup();
  other.online(false);
  report(mio, "cold");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); })) << desk.text();
  ASSERT_TRUE(press_confirm(desk));
  ASSERT_TRUE(town.run_until([&] { return mio.sees("学校が確認しました"); })) << mio.text();
  mio.stop();  // for good: it is told that all is well
  town.run_to(7, 50);
  town.restore_backup();
  other.online(true);
  ASSERT_TRUE(
      town.run_until([&] { return said_by(day_rows(other)) == said_by(day_rows(desk)); }, 15 * kMinute))
      << said_by(day_rows(other)) << "\ninstead of\n"
      << said_by(day_rows(desk));
  EXPECT_EQ(day_rows(other).size(), 1u);
  Device& fresh = joins(town, desk, "fresh");
  EXPECT_TRUE(
      town.run_until([&] { return said_by(day_rows(fresh)) == said_by(day_rows(desk)); }, 5 * kMinute))
      << fresh.text();
}

// Every tablet is gone together with the hub's disk: what there is, is the paper key and the backup.
TEST(RestoredAtTenToEight, ThePaperKeyStillBringsAFreshTabletIn) {
  School school(at_time(6, 40));
  Town& town = school.town;
  const mail::PaperKey paper = town.paper_key(77);
  Device& other = town.desk("other");
  Device& mio = enrolled_phone(town, "mio");
  town.run_to(6, 50);
  town.take_backup();
  town.run_to(7, 10);
  report(mio, "cold");
  ASSERT_TRUE(town.run_until([&] { return other.sees("佐倉 みお"); })) << other.text();
  town.run_to(7, 50);
  town.restore_backup();
  ASSERT_TRUE(town.run_until([&] { return mio.sees("町に届きました"); }, 15 * kMinute)) << mio.text();
  town.run_for(kMinute);
  Device& fresh = town.device("fresh", "desk");
  fresh.start();
  town.run_for(2000);
  fresh.press("key");
  fresh.scan(mail::print_paper(paper));
  fresh.press("school." + town.school().hex());
  const Instant began = town.now();
  const auto seconds = [&] { return (town.now().ms - began.ms) / 1000; };
  ASSERT_TRUE(town.run_until([&] { return fresh.at("desk.today") && fresh.sees("佐倉 みお"); }, 15 * kMinute))
      << fresh.text();
  EXPECT_LE(seconds(), 20);
}

// As soon as the hub knows who belongs to the school, whoever stands before a fresh tablet sees it come.
TEST(RestoredAtTenToEight, AFreshTabletComesWithinSecondsOnceTwoDesksHaveSpoken) {
  School school(at_time(6, 40));
  Town& town = school.town;
  const mail::PaperKey paper = town.paper_key(78);
  town.slip("佐倉 みお");  // the hall's next word to the town: the key stands in the school's list
  town.slip("佐倉 みお");  // the hall's next word to the town: with it the key stands in the school's list
  // Each of the two has entries that the other has not read yet, as always.
  Device& other = joins(town, *school.tablet, "other");
  Device& mio = enrolled_phone(town, "mio");
  town.run_to(6, 50);
  town.take_backup();
  school.tablet->online(false);
  other.online(false);
  town.run_to(7, 50);
  town.restore_backup();
  report(mio, "cold");
  town.run_for(kMinute);
  Device& fresh = town.device("fresh", "desk");
  fresh.start();
  town.run_for(2000);
  fresh.press("key");
  fresh.scan(mail::print_paper(paper));
  fresh.press("school." + town.school().hex());
  town.run_for(5 * kMinute);  // by now the wait between tries would have grown to a minute
  EXPECT_TRUE(fresh.sees("長くて10分です。")) << fresh.text();
  school.tablet->online(true);
  other.online(true);
  ASSERT_TRUE(town.run_until([&] { return day_rows(other).size() == 1; }, 2 * kMinute)) << other.text();
  const Instant began = town.now();
  ASSERT_TRUE(town.run_until([&] { return fresh.at("desk.today"); }, 2 * kMinute)) << fresh.text();
  EXPECT_LE(town.now().ms - began.ms, 15'000);
}

// --- any history

class History {
 public:
  explicit History(std::uint64_t seed)
      : random_(crypto::Drbg::of_number(seed)), school_(at_time(6, 30)), town_(school_.town) {
    desks_.push_back(school_.tablet);
    desks_.push_back(&joins(town_, *school_.tablet, "other"));
    phones_.push_back({&enrolled_phone(town_, "mother"), {}, false});
    phones_.push_back({&enrolled_phone(town_, "father"), {}, false});
    phones_.push_back({&enrolled_phone(town_, "sora", "佐倉 そら"), {}, false});
    town_.run_to(6, 50);
    town_.take_backup();
  }

  void run() {
    const int restore_at = 20 + below(25);
    for (int step = 0; step < 50; ++step) {
      if (step == restore_at) {
        // The mother's app is closed once the school has what it wrote, and is not opened again.
        settle(phones_[0]);
        town_.restore_backup();
      }
      something();
      town_.run_for(100 + below(90'000));
    }
    // The end of the storm: all are there again, but for phones that heard that a desk has what they wrote.
    for (Phone& phone : phones_) {
      if (phone.closed) continue;
      open(*phone.device);
      phone.device->online(true);
    }
    for (Device* desk : desks_) {
      open(*desk);
      desk->online(true);
    }
    town_.run_for(20 * kMinute);
  }

  std::size_t written() const {
    std::size_t all = 0;
    for (const Phone& phone : phones_) all += phone.written.size();
    return all;
  }

  void check() {
    Device& fresh = joins(town_, *desks_[0], "fresh");
    EXPECT_TRUE(town_.run_until([&] { return said_by(day_rows(fresh)) == said_by(day_rows(*desks_[0])); },
                                20 * kMinute))
        << said_by(day_rows(fresh)) << "\ninstead of\n"
        << said_by(day_rows(*desks_[0]));
    desks_.push_back(&fresh);
    for (Device* desk : desks_) {
      const auto rows = day_rows(*desk);
      EXPECT_EQ(said_by(rows), said_by(day_rows(*desks_[0]))) << desk->name();
      for (const Phone& phone : phones_)
        for (const auto& [report, kind] : phone.written) {
          const auto row = rows.find(report);
          if (row == rows.end()) {
            ADD_FAILURE() << desk->name() << " lacks " << report << " of " << phone.device->name();
            continue;
          }
          EXPECT_NE(row->second.words.find(kind), std::string::npos)
              << desk->name() << " shows another version than the last of " << phone.device->name() << ": "
              << row->second.words;
        }
      for (const auto& [report, version] : confirmed_) {
        const auto row = rows.find(report);
        EXPECT_FALSE(row != rows.end() && row->second.version == version && row->second.waits)
            << desk->name() << " asks again for " << report;
      }
      EXPECT_EQ(desk->sees("阿部 れん"), entered_) << desk->name() << ": what came by telephone";
    }
    if (testing::Test::HasFailure())
      for (std::size_t i = town_.log.size() > 60 ? town_.log.size() - 60 : 0; i < town_.log.size(); ++i)
        std::fprintf(stderr, "  %s\n", town_.log[i].c_str());
  }

 private:
  struct Phone {
    Device* device = nullptr;
    std::map<std::string, std::string> written;  // report -> the word of its last version's kind
    bool closed = false;
  };

  int below(int limit) {
    base::Array<4> bytes{};
    random_.fill(bytes);
    return static_cast<int>((bytes[0] | bytes[1] << 8 | bytes[2] << 16) % limit);
  }
  static void open(Device& device) {
    device.stop();
    device.start();
  }

  // Closed for good, when the first desk shows the last word of everything it wrote.
  void settle(Phone& phone) {
    Device& desk = *desks_[0];
    open(desk);
    desk.online(true);
    open(*phone.device);
    phone.device->online(true);
    town_.run_for(5 * kMinute);
    const auto rows = day_rows(desk);
    for (const auto& [report, kind] : phone.written) {
      const auto row = rows.find(report);
      if (row == rows.end() || row->second.words.find(kind) == std::string::npos) return;
    }
    phone.device->stop();
    phone.closed = true;
  }

  void something() {
    Phone& phone = phones_[static_cast<std::size_t>(below(static_cast<int>(phones_.size())))];
    Device& desk = *desks_[static_cast<std::size_t>(below(2))];
    if (phone.closed) return;
    switch (below(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return family(phone);
      case 4:
      case 5:
      case 6:
        return confirm(desk);
      case 7:
        return telephone(desk);
      case 8:
        return open(*phone.device);
      case 9:
        return open(desk);
      case 10:
        return phone.device->online(below(2) == 0);
      case 11:
        return below(3) == 0 ? town_.crash_hub() : desk.online(below(3) != 0);
    }
  }

  void family(Phone& phone) {
    Device& device = *phone.device;
    if (device.at("absence.sent")) {
      const std::string report = report_on(device);
      const bool mine = phone.written.contains(report);
      if (mine && below(2) == 0 && device.pressable("cancel")) {
        device.press("cancel");
        device.press("confirm");
        if (device.at("absence.sent")) phone.written[report] = "取り消";
        return;
      }
      if (mine && below(2) == 0 && device.pressable("change")) {
        device.press("change");
        device.choose("kind", "late");
        device.enter("time", "10:3" + std::to_string(below(10)));
        device.press("send");
        if (device.at("absence.sent")) phone.written[report] = "遅刻";
        return;
      }
    }
    if (device.pressable("home")) device.press("home");
    while (device.at() != "home" && device.find("back")) device.back();
    if (!device.pressable("report")) return;
    device.press("report");
    device.choose("reason", below(2) == 0 ? "cold" : "stomach");
    device.press("send");
    if (device.at("absence.sent"))
      phone.written[report_on(device)] = "欠席";
    else
      device.back();
  }

  void confirm(Device& desk) {
    const auto rows = day_rows(desk);
    const screen::Node* button = first_of(desk, "confirm.");
    if (button == nullptr) return;
    const std::string report = button->id.substr(std::string_view("confirm.").size());
    confirmed_.emplace_back(report, button->version);
    desk.press(std::string(button->id));
  }

  void telephone(Device& desk) {
    if (entered_) return;
    desk.press("page.entry");
    desk.enter("find", "あべ");
    desk.press("entry." + town_.pupil("阿部 れん").pupil.hex());
    desk.choose("reason", "family");
    desk.press("entry.save");
    desk.press("grade.all");
    entered_ = true;
  }

  crypto::Drbg random_;
  School school_;
  Town& town_;
  std::vector<Device*> desks_;
  std::vector<Phone> phones_;
  std::vector<std::pair<std::string, std::string>> confirmed_;  // report, version
  bool entered_ = false;
};

// Without the compiler's help a morning takes four seconds.
#ifdef __OPTIMIZE__
constexpr std::uint64_t kMornings = 10;
#else
constexpr std::uint64_t kMornings = 2;
#endif

TEST(RestoredAtTenToEight, EveryHistoryOfAMorningEndsWithWhatPeopleWereTold) {
  for_seeds(1, kMornings, [](std::uint64_t seed) {
    History history(seed);
    if (testing::Test::HasFailure()) return;
    history.run();
    history.check();
    std::printf("seed %llu: %zu reports\n", static_cast<unsigned long long>(seed), history.written());
    EXPECT_GT(history.written(), 0u);
  });
}

}  // namespace
}  // namespace machi::journeys
