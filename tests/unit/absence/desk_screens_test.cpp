// What a desk keeps between two drawings never shows: after every step, on every page, the desk that has
// drawn all along shows what a desk shows that reads the same tables for the first time. And a redraw asks
// little.
#include "core/absence/desk/pages.h"
#include "core/screen/json.h"
#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

class DeskScreens : public SchoolOfDesks {
 protected:
  words::Words words;

  std::string drawn(const SchoolDesk& school, DeskPage page, bool closing = false) const {
    DeskPlace place;
    place.page = page;
    place.class_id = an_id<ClassId>(90);
    place.pupil = place.thread = pupil(0);
    place.find = "み";
    place.closing = closing;
    const DeskScene scene{school, words, place, now, "東小学校", true, now, 0, 1, {}, "", {}, {}, now};
    return screen::to_json(page_of(page).view(scene));
  }
  std::vector<std::string> all_pages(const SchoolDesk& school) const {
    std::vector<std::string> out;
    for (const DeskPage page :
         {DeskPage::Today, DeskPage::RollCall, DeskPage::Entry, DeskPage::Search, DeskPage::Messages,
          DeskPage::Attendance, DeskPage::Record, DeskPage::Applications, DeskPage::Slips, DeskPage::Pupil,
          DeskPage::Guardian, DeskPage::Sheets, DeskPage::Suspension})
      out.push_back(drawn(school, page));
    out.push_back(drawn(school, DeskPage::Today, true));
    return out;
  }
  // Of both desks. The one that has drawn before draws first: what the other writes would make it read anew.
  void expect_nothing_stale(const char* step) {
    for (DeskOfSchool* one : {desk.get(), other.get()}) {
      const auto kept = all_pages(*one->school);
      SchoolDesk fresh(*one->database, *one);
      ASSERT_TRUE(fresh.settle(now).ok());
      const auto anew = all_pages(fresh);
      for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept[i], anew[i]) << step << ", page " << i;
    }
  }
};

TEST_F(DeskScreens, ShowAtOnceWhatChanged) {
  SchoolDesk& school = *desk->school;
  const auto step = [&](const char* name, const Status& done) {
    ASSERT_TRUE(done.ok()) << name;
    expect_nothing_stale(name);
    settle();
    expect_nothing_stale(name);
  };
  expect_nothing_stale("at first");
  apply(20, 0);
  step("a phone applies", {});
  apply(21, 1, "9999");
  step("a phone applies that a person has to judge", {});
  step("it is let in", school.decide(mail::slip_id(code(1)), a_key(21), Standing::Confirmed, now));
  arrive(20, kKindReport, encode(report(50, 0, today)));
  step("a report comes", {});
  arrive(30, kKindReport, encode(report(51, 1, today)));
  step("one of a stranger", {});
  step("a report is confirmed", school.confirm(an_id<ReportId>(50), an_id<VersionId>(50), now));
  step("a call", school.called(an_id<VersionId>(51), now));
  step("a report by telephone", school.enter(report(52, 2, today), Channel::Telephone, "母", now));
  step("the roll is called", school.call_roll(an_id<RollCallId>(60), today, {pupil(0)}, {pupil(1)}, now));
  step("and again", school.call_roll(an_id<RollCallId>(61), today, {pupil(1), pupil(2)}, {}, now));
  step("the day is closed", school.close_day(an_id<ClosingId>(62), today, now));
  arrive(20, kKindReport, encode(report(53, 0, today.plus(1))));
  step("a report about the next day", {});
  step("the day is opened again", school.reopen_day(today, now));
  Suspension off{an_id<SuspensionId>(63), today, today, Breadth::Class, 0, an_id<ClassId>(90), {}, {}};
  step("a class has no lessons", school.suspend(off, now));
  step("and has them after all", school.resume(off.id, now));
  step("a guardian lives apart", school.arrange(pupil(0), a_key(20), true, std::nullopt, now));
  step("a slip is taken back", school.revoke(slip(2), now));
  school.closed_days({today});
  other->school->closed_days({today});
  SchoolDesk fresh(*desk->database, *desk);
  fresh.closed_days({today});
  EXPECT_EQ(drawn(school, DeskPage::Record), drawn(fresh, DeskPage::Record));
  school.closed_days({});
  other->school->closed_days({});
  step("a phone is let go", school.part(pupil(0), a_key(20), Parting::Told, now));
  step("a pupil leaves", school.leave(pupil(1), now));
  now = base::instant_of(today.plus(1), {7 * 60});
  today = today.plus(1);
  step("a night goes by", {});
}

TEST_F(DeskScreens, ForgetWhatARollbackTookBack) {
  expect_nothing_stale("before");
  {
    const store::Transaction undone(*desk->database);
    ASSERT_TRUE(desk->school->enter(report(70, 0, today), Channel::Paper, "", now).ok());
    ASSERT_TRUE(desk->school->leave(pupil(1), now).ok());
    for (const DeskPage page : {DeskPage::Today, DeskPage::Slips, DeskPage::Record})
      EXPECT_FALSE(drawn(*desk->school, page).empty());
  }
  expect_nothing_stale("afterwards");
}

// A row that came costs the reading of the day, and not of the school: what is asked does not grow with
// pupils.
TEST_F(DeskScreens, AskLittleWhenARowHasCome) {
  for (const DeskPage page : {DeskPage::Today, DeskPage::RollCall, DeskPage::Attendance, DeskPage::Record,
                              DeskPage::Search, DeskPage::Slips}) {
    for (int i = 0; i < 3; ++i)
      ASSERT_TRUE(desk->school->enter(report(80 + i, i, today), Channel::Paper, "", now).ok());
    drawn(*desk->school, page);
    const auto before = desk->database->work();
    drawn(*desk->school, page);
    const auto again = desk->database->work();
    ASSERT_TRUE(desk->school->set("a", std::to_string(static_cast<int>(page))).ok());
    const auto written = desk->database->work();
    drawn(*desk->school, page);
    const auto anew = desk->database->work();
    EXPECT_EQ(anew.compiled - written.compiled + again.compiled - before.compiled, 0u)
        << "page " << static_cast<int>(page);
    EXPECT_LE(again.run - before.run, 14u) << "page " << static_cast<int>(page);
    EXPECT_LE(anew.run - written.run, 30u) << "page " << static_cast<int>(page);
  }
}

}  // namespace
}  // namespace machi::absence
