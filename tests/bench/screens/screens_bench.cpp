// Every screen of the desk, built from its tables and written as JSON, over a school of 600 pupils and their
// families' phones with a full month behind it: drawn again, and drawn after a row was written, when nothing
// that was read before may be trusted. Beside each the same tree written by nlohmann/json, which builds
// nothing, in the same run. The median of many drawings. Prints microseconds and ratios; fails where a screen
// takes a millisecond or more. By `./dev bench screens`, in a release build. MACHIKADO_SCREENS names a folder
// for the screens' JSON, to look at them in the gallery (tests/browser/presenter); MACHIKADO_CATALOGUES one
// with the other languages.
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/absence/desk/pages.h"
#include "core/screen/json.h"
#include "core/screen/node.h"
#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

// This thread's processor time: what else the machine does is no cost of a screen.
double processor_time() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

constexpr int kGrades = 6, kClasses = 4, kSeats = 25;  // 600 pupils
constexpr double kBound = 1000;                        // microseconds

// Ids of any number: an_id has 256.
template <class Id>
Id id_of(std::uint32_t number) {
  Id id;
  for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  id.bytes[15] = 1;
  return id;
}

double median(std::vector<double> of) {
  std::sort(of.begin(), of.end());
  return of[of.size() / 2];
}

// What goes before an act is not counted.
template <class Before, class Do>
double microseconds(Before prepare, Do act) {
  std::vector<double> all;
  const double began = processor_time();
  do {
    prepare();
    const double before = processor_time();
    act();
    all.push_back(processor_time() - before);
  } while (all.size() < 15 || (all.size() < 400 && processor_time() - began < 300'000));
  return median(std::move(all));
}

class Screens : public testing::Test {
 protected:
  Date today = *Date::of(2026, 11, 30);
  Instant now = base::instant_of(today, {8 * 60 + 20});
  std::vector<mail::Received> log;
  std::vector<crypto::SignPublic> desks;
  DeskOfSchool desk{1, log, desks};

  void SetUp() override {
    desks = {desk.key};
    desk.school->closed_days({*Date::of(2026, 11, 3), *Date::of(2026, 11, 23)});
    std::uint32_t pupil = 0;
    for (int grade = 1; grade <= kGrades; ++grade)
      for (int number = 1; number <= kClasses; ++number) {
        Roll roll;
        roll.id = id_of<ClassId>(static_cast<std::uint32_t>(grade * 10 + number));
        roll.grade = grade;
        roll.name = std::to_string(number) + "組";
        roll.teacher = "田村";
        for (int seat = 1; seat <= kSeats; ++seat, ++pupil)
          roll.pupils.push_back({id_of<PupilId>(pupil),
                                 seat,
                                 pupil % 9 == 0 ? "マリア・フェルナンダ・サントス" : "佐倉 みお",
                                 "さくら みお",
                                 *Date::of(2017, 6, 3),
                                 {"0000120100"}});
        ASSERT_TRUE(desk.note(kKindRoll, encode(roll), now).ok());
      }
    desk.post();
    desk.read(now);
    families(pupil);
    month();
  }

  // A phone of each pupil, let in.
  void families(std::uint32_t pupils) {
    RollBook roll(*desk.database);
    for (std::uint32_t n = 0; n < pupils; ++n) {
      IssuedSlip slip;
      for (std::size_t i = 0; i < 4; ++i) slip.code[i] = static_cast<std::uint8_t>(n >> (8 * i));
      slip.pupil = id_of<PupilId>(n);
      slip.expires = now.plus_seconds(14 * 86400);
      mail::Application asked;
      asked.code = slip.code;
      asked.slip = mail::slip_id(slip.code);
      asked.guardian = "佐倉 あや";
      asked.birth = *Date::of(2017, 6, 3);
      asked.digits = "0100";
      asked.person = id_of<mail::MailboxId>(n);
      asked.epoch = 1;
      asked.language = "ja";
      mail::Received mail;
      mail.number = n + 1;
      mail.id = id_of<base::MessageId>(n);
      std::copy_n(asked.person.bytes.begin(), 16, mail.from.bytes.begin());
      mail.written = mail.at = now;
      Decision decision;
      decision.slip = asked.slip.bytes;
      decision.phone = mail.from.bytes;
      decision.person = asked.person.bytes;
      decision.standing = Standing::Confirmed;
      decision.pupil = slip.pupil;
      ASSERT_TRUE(roll.fold(std::vector{slip}).ok());
      ASSERT_TRUE(roll.fold(asked, mail).ok());
      ASSERT_TRUE(roll.fold(decision, mail).ok());
    }
  }

  // Every day of lessons: the roll called class by class, one pupil of twenty reported, the day closed.
  void month() {
    std::uint32_t report = 0, call = 0;
    for (Date day = first_of_month(today); day <= today; day = day.plus(1)) {
      if (!desk.school->days().open(day)) continue;
      const Instant at = base::instant_of(day, {8 * 60});
      for (const ClassDay& one : desk.school->whole_day(day)) {
        std::vector<PupilId> here;
        for (std::size_t i = 0; i < one.pupils.size(); ++i) {
          const PupilId id = one.pupils[i].pupil.record.pupil;
          here.push_back(id);
          if ((i + static_cast<std::size_t>(day.days)) % 20 != 0) continue;
          Report said;
          said.report = id_of<ReportId>(++report);
          said.version = id_of<VersionId>(report);
          said.pupil = id;
          said.date = day;
          said.kind = report % 4 == 0 ? ReportKind::Late : ReportKind::Absent;
          said.reason = report % 5 == 0 ? Reason::Infectious : Reason::Cold;
          if (report % 5 == 0) said.disease = Disease::Influenza;
          said.temperature = 382;
          said.note = report % 3 == 0 ? "けさから熱があります。" : "";
          ASSERT_TRUE(desk.school->enter(said, Channel::Telephone, "母", at).ok());
          here.pop_back();
        }
        ASSERT_TRUE(desk.school->call_roll(id_of<RollCallId>(++call), day, here, {}, at).ok());
      }
      if (day == today) continue;
      ASSERT_TRUE(desk.school->close_day(id_of<ClosingId>(call), day, at).ok());
    }
  }

  DeskScene scene(const words::Words& words, const DeskPlace& place) const {
    DeskScene out{*desk.school, words, place, now, "東小学校", true, now, 0, 1, {}, "", {}, {}, now};
    return out;
  }
};

// Japanese, and what MACHIKADO_CATALOGUES has.
std::map<std::string, words::Words> tongues() {
  std::map<std::string, words::Words> out;
  out.emplace("ja", words::Words());
  const char* folder = std::getenv("MACHIKADO_CATALOGUES");
  if (!folder) return out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".mo") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    auto catalogue = words::Catalogue::load(base::view(text));
    if (catalogue.ok()) out.insert_or_assign(entry.path().stem().string(), words::Words(*catalogue));
  }
  return out;
}

void keep(const std::string& name, const std::string& json) {
  if (const char* folder = std::getenv("MACHIKADO_SCREENS"))
    std::ofstream(std::filesystem::path(folder) / (name + ".json")) << json;
}

TEST_F(Screens, AreBuiltAndWrittenUnderAMillisecond) {
  const words::Words words;
  DeskPlace place;
  const auto classes = desk.school->roll().classes();
  place.class_id = classes.front().id;
  place.pupil = place.thread = id_of<PupilId>(7);
  place.find = "さくら";
  bool held = true;
  const auto measure = [&](const std::string& name, const Page& page, const DeskPlace& at) {
    std::string json;
    const auto draw = [&] {
      json.clear();
      const screen::Screen drawn = page.view(scene(words, at));
      screen::write(json, drawn);
    };
    const double again = microseconds([] {}, draw);
    int row = 0;
    const double ours =
        microseconds([&] { ASSERT_TRUE(desk.school->set("bench", std::to_string(++row)).ok()); }, draw);
    for (const auto& [tag, tongue] : tongues()) {
      std::string said;
      screen::write(said, page.view(scene(tongue, at)));
      keep(tag + "-" + name, said);
    }
    const auto tree = nlohmann::json::parse(json);
    std::size_t bytes = 0;
    const double peer = microseconds([] {}, [&] { bytes = tree.dump().size(); });
    const bool under = ours < kBound && again < kBound;
    held &= under;
    std::printf(
        "%-26s %6.0f us after a row was written, %6.0f us again; nlohmann writes it in %4.0f us: ratio "
        "%6.2f; "
        "%6zu bytes; %s\n",
        name.c_str(), ours, again, peer, ours / peer, bytes, under ? "held" : "NOT HELD");
  };
  for (const Page* page : desk_pages(scene(words, place))) {
    if (page->page == DeskPage::Picture) continue;  // of a photo, and this school has none
    DeskPlace at = place;
    at.page = page->page;
    const screen::Screen drawn = page->view(scene(words, at));
    measure(drawn.name.substr(0, drawn.name.find('/')), *page, at);
  }
  DeskPlace at = place;
  at.page = DeskPage::RollCall;
  at.roll.class_id = classes.front().id;
  measure("desk.roll-call of a class", kRollCallPage, at);
  at = place;
  at.page = DeskPage::Today;
  at.closing = true;
  measure("desk.today closing", kTodayPage, at);
  at = place;
  at.page = DeskPage::Entry;
  at.entry.pupil = id_of<PupilId>(7);
  at.entry.date = today.iso();
  at.entry.reason = "infectious";
  at.entry.disease = Disease::Influenza;
  measure("desk.entry of an illness", kEntryPage, at);
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace machi::absence
