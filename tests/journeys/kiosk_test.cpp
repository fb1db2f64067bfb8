// Every path of a visitor as data: tests/data/kiosk/journeys.txt. A command a line:
//   order KINDS        from the attract screen to the card: KINDS chosen, each details screen passed
//   touch NODE, try NODE (whatever it does), choose NODE VALUE, all NODE VALUES, try-choose NODE VALUE, times
//   N ... card [two|not-my-number|unreadable|expired], lift, left N (tries of the card), pin DIGITS, type
//   DIGITS, takes fault CALL N... (kiosk_world.h), clerk|printer CAUSE, hold CALL [N], release, wait SECONDS,
//   crash, staff in, staff-pin DIGITS (the kiosk starts anew with it), disk-full, saved N, helped see, shows,
//   hides, disabled, money, sheets, end, called, tries, said, blank: what must be so
#include <fstream>
#include <sstream>

#include "core/screen/builder.h"
#include "tests/journeys/kiosk_hall.h"

namespace machi::journeys {
namespace {

using lobby::CardTrouble;
using lobby::Cause;
using lobby::Outcome;

struct Journey {
  std::string name;
  std::vector<std::string> lines;
};

std::vector<Journey> journeys() {
  std::ifstream file("tests/data/kiosk/journeys.txt");
  std::vector<Journey> out;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("journey "))
      out.push_back({line.substr(8), {}});
    else
      out.back().lines.push_back(line);
  }
  return out;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string each; std::getline(in, each, ',');) out.push_back(each);
  return out;
}

Cause cause_named(const std::string& name) {
  static const std::map<std::string, Cause> all = {
      {"none", Cause::None},      {"refused", Cause::Refused}, {"revoked", Cause::Revoked},
      {"silent", Cause::Silent},  {"jam", Cause::Jam},         {"paper-out", Cause::PaperOut},
      {"cover", Cause::Cover},    {"toner", Cause::Toner},     {"tray", Cause::Tray},
      {"offline", Cause::Offline}};
  return all.at(name);
}

std::string_view name_of(std::optional<Outcome> outcome) {
  if (!outcome) return "none";
  static constexpr std::string_view kNames[] = {"", "delivered", "not-charged", "refunded", "open-case"};
  return kNames[static_cast<int>(*outcome)];
}

class Runner {
 public:
  void run(const std::string& line) {
    std::istringstream in(line);
    std::string word;
    in >> word;
    std::string rest;
    std::getline(in >> std::ws, rest);
    std::istringstream words(rest);
    std::string first, second;
    words >> first >> second;
    const auto number = [&] { return std::stoi(first); };
    if (word == "order") {
      hall.touch("start");
      hall.choose_all("kinds", split(rest));
      for (std::size_t i = 0; i <= split(rest).size(); ++i) hall.touch("next");
    } else if (word == "touch") {
      hall.touch(rest);
    } else if (word == "try") {
      hall.act({"", 0, rest, "", "press", "", {}});
    } else if (word == "times") {
      for (int i = 0; i < number(); ++i) run(rest.substr(first.size() + 1));
    } else if (word == "choose") {
      hall.choose(first, second);
    } else if (word == "all") {
      hall.choose_all(first, split(second));
    } else if (word == "try-choose") {
      hall.act({"", 0, first, "", "choose", second, {second}});
    } else if (word == "back-to") {
      for (int i = 0; i < 9 && !hall.at(rest); ++i) hall.touch("back");
      EXPECT_TRUE(hall.at(rest)) << hall.screen().name;
    } else if (word == "card") {
      hall.put_card(first == "not-my-number" ? CardTrouble::NotMyNumber
                    : first == "unreadable"  ? CardTrouble::Unreadable
                    : first == "expired"     ? CardTrouble::Expired
                                             : CardTrouble::None,
                    first == "two" ? 2 : 1);
    } else if (word == "lift") {
      hall.lift_card();
    } else if (word == "left") {
      hall.tries = number();
    } else if (word == "child") {
      hall.world.born = 2016;
    } else if (word == "pin") {
      hall.type(rest);
    } else if (word == "type") {
      for (const char digit : rest) hall.touch("key." + std::string(1, digit));
    } else if (word == "takes") {
      hall.take_paper();
    } else if (word == "fault") {
      auto& queue = hall.faults[first];
      for (std::string each = second; !each.empty();) {
        queue.push_back(std::stoi(each));
        each.clear();
        words >> each;
      }
    } else if (word == "clerk") {
      hall.clerk_cause = cause_named(rest);
    } else if (word == "printer") {
      hall.printer_cause = cause_named(rest);
    } else if (word == "hold") {
      hall.hold = first;
      hall.hold_nth = second.empty() ? 1 : std::stoi(second);
    } else if (word == "release") {
      hall.release();
    } else if (word == "wait") {
      hall.wait(number() * std::int64_t{1000});
    } else if (word == "crash") {
      hall.hold.clear();
      hall.start();
    } else if (word == "staff") {
      hall.send(app::kiosk_event::StaffIn{});
    } else if (word == "staff-pin") {
      hall.staff_pin = rest;
      hall.start();
    } else if (word == "disk-full") {
      hall.disk_full = true;
    } else if (word == "saved") {
      EXPECT_EQ(hall.saved.size(), static_cast<std::size_t>(number()));
    } else if (word == "helped") {
      hall.send(app::kiosk_event::StaffCalled{rest == "yes"});
    } else if (word == "empty-tray") {
      hall.world.tray.clear();
    } else if (word == "paper-in-tray") {
      hall.world.tray.push_back({});
    } else if (word == "no-words") {
      hall.words_reachable = false;
    } else if (word == "see") {
      EXPECT_EQ(hall.screen().name, rest) << hall.text();
    } else if (word == "shows") {
      EXPECT_NE(shown().find(rest), std::string::npos) << "lacks " << rest << "\n" << hall.text();
    } else if (word == "hides") {
      EXPECT_EQ(shown().find(rest), std::string::npos) << "shows " << rest << "\n" << hall.text();
    } else if (word == "disabled") {
      const screen::Node* node = screen::find(hall.screen(), rest);
      EXPECT_TRUE(node != nullptr && node->disabled) << rest;
    } else if (word == "money") {
      EXPECT_EQ(hall.money(), number());
    } else if (word == "sheets") {
      EXPECT_EQ(hall.world.printed.size(), static_cast<std::size_t>(number()));
    } else if (word == "end") {
      EXPECT_EQ(name_of(hall.last_outcome()), rest);
    } else if (word == "called") {
      EXPECT_EQ(hall.calls, number());
    } else if (word == "tries") {
      EXPECT_EQ(hall.tries, number());
    } else if (word == "said") {
      EXPECT_TRUE(!hall.said.empty()) << "silent";
      bool found = false;
      for (const std::string& one : hall.said) found = found || whole(one).find(rest) != std::string::npos;
      EXPECT_TRUE(found) << rest << " was not said";
    } else if (word == "blank") {
      EXPECT_TRUE(hall.kiosk().blank());
    } else {
      ADD_FAILURE() << "no command: " << line;
    }
  }
  Hall hall;

 private:
  // Without the marks at which a line may break.
  static std::string whole(std::string text) {
    for (auto at = text.find("\u200b"); at != std::string::npos; at = text.find("\u200b")) text.erase(at, 3);
    return text;
  }
  std::string shown() const { return whole(hall.text()); }
};

class KioskJourney : public testing::TestWithParam<std::size_t> {};

TEST_P(KioskJourney, EndsAsItsDataSay) {
  const Journey journey = journeys()[GetParam()];
  Runner runner;
  runner.hall.start();
  EXPECT_TRUE(runner.hall.at("kiosk.attract"));
  for (const std::string& line : journey.lines) {
    SCOPED_TRACE(journey.name + ": " + line);
    runner.run(line);
    if (HasFailure()) return;
  }
  if (!runner.hall.kiosk().book().open()) {
    EXPECT_EQ(runner.hall.world.check(), "") << journey.name;
  }
}

std::string journey_name(const testing::TestParamInfo<std::size_t>& one) {
  const std::string name = journeys()[one.param].name;
  std::string out;
  for (const char sign : name) out += std::isalnum(static_cast<unsigned char>(sign)) ? sign : '_';
  return out;
}
INSTANTIATE_TEST_SUITE_P(All, KioskJourney, testing::Range<std::size_t>(0, journeys().size()), journey_name);

TEST(KioskJourneys, CoverEveryTroubleThatThereIs) {
  std::string all;
  for (const Journey& journey : journeys())
    for (const std::string& line : journey.lines) all += line + "\n";
  for (int i = 1; i <= static_cast<int>(lobby::Trouble::Broken); ++i) {
    const auto trouble = static_cast<lobby::Trouble>(i);
    if (trouble == lobby::Trouble::WalkedAway || trouble == lobby::Trouble::CardUnreadable)
      continue;  // no screen of their own
    EXPECT_NE(all.find("kiosk.trouble/" + std::string(lobby::name_of(trouble)) + "\n"), std::string::npos)
        << lobby::name_of(trouble);
  }
}

}  // namespace
}  // namespace machi::journeys
