// The register: marks, sums, months, counts; CSV; and what a school tells the board.
#include "core/absence/desk/sheets/attendance.h"

#include "core/absence/desk/sheets/sums.h"
#include "core/base/csv.h"
#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

using base::csv_cell;
using base::csv_file;

PupilDay a_day(DayStatus status, std::optional<Reason> reason = std::nullopt,
               std::optional<Disease> disease = std::nullopt) {
  PupilDay day;
  day.status = status;
  if (reason) {
    day.report.emplace();
    day.report->reason = reason;
    day.report->disease = disease;
  }
  return day;
}

TEST(Register, MarksADayByWhatThePupilsDayCameTo) {
  EXPECT_EQ(mark_of(a_day(DayStatus::Unknown)), Mark::Unseen);
  EXPECT_EQ(mark_of(a_day(DayStatus::Present, Reason::Cold)), Mark::Present);
  EXPECT_EQ(mark_of(a_day(DayStatus::Absent, Reason::Cold)), Mark::Ill);
  EXPECT_EQ(mark_of(a_day(DayStatus::Absent, Reason::Injury)), Mark::Ill);
  EXPECT_EQ(mark_of(a_day(DayStatus::Absent, Reason::Family)), Mark::Away);
  EXPECT_EQ(mark_of(a_day(DayStatus::Missing)), Mark::Unannounced);
  EXPECT_EQ(mark_of(a_day(DayStatus::Excluded, Reason::Infectious)), Mark::Excluded);
  EXPECT_EQ(mark_of(a_day(DayStatus::Bereaved, Reason::Bereavement)), Mark::Bereaved);
  EXPECT_EQ(mark_of(a_day(DayStatus::Late)), Mark::Late);
  EXPECT_EQ(mark_of(a_day(DayStatus::LateAndLeftEarly)), Mark::LateAndLeftEarly);
}

TEST(Register, KeepsExclusionAndBereavementApartFromAbsence) {
  const Sums sums =
      sums_of({Mark::None, Mark::Present, Mark::Ill, Mark::Excluded, Mark::Excluded, Mark::Bereaved,
               Mark::Late, Mark::LateAndLeftEarly, Mark::Unannounced, Mark::Away, Mark::None});
  EXPECT_EQ(sums.lessons, 9);
  EXPECT_EQ(sums.excluded, 3);
  EXPECT_EQ(sums.due, 6);
  EXPECT_EQ(sums.absent, 3);
  EXPECT_EQ(sums.present, 3);
  EXPECT_EQ(sums.late, 2);
  EXPECT_EQ(sums.early, 1);
}

// A class of one pupil in November 2026: holidays on the 3rd and 23rd, today is Wednesday the 25th.
struct AMonth {
  Date today = *Date::of(2026, 11, 25);
  SchoolDays days{{*Date::of(2026, 11, 3), *Date::of(2026, 11, 23)}};
  MonthAsked asked;
  std::map<Date, PupilDay> told;  // the rest was seen in class
  std::vector<Date> asked_days;
  AMonth() {
    asked.seats = {{{{an_id<PupilId>(1), 1, "佐倉 みお", "さくら みお", {}, {}}, {}, 3, "3年1組"}, {{}}}};
    asked.month = *Date::of(2026, 11, 9);
    asked.today = today;
    asked.open = [this](Date day) { return days.open(day); };
    asked.lessons = [](Date) { return Lessons::Held; };
    asked.closed = [](Date) { return true; };
  }
  static Date on(int day) { return *Date::of(2026, 11, day); }
  MonthSheet sheet() {
    return month_sheet(asked, [this](const std::vector<Date>& of, const std::vector<PupilId>& about) {
      asked_days = of;
      DaysOfPupils out;
      for (const PupilId& id : about)
        for (const Date day : of)
          out[id].push_back(told.contains(day) ? told.at(day) : a_day(DayStatus::Present));
      return out;
    });
  }
  Sums sums() { return sheet().rows.at(0).sums; }
};

TEST(Register, HasAWholeMonthAndCountsOnlyDaysOfLessonsThatAreOver) {
  AMonth month;
  month.told[AMonth::on(24)] = a_day(DayStatus::Absent, Reason::Cold);
  month.asked.closed = [](Date day) { return day == AMonth::on(24); };
  MonthSheet sheet = month.sheet();
  ASSERT_EQ(sheet.days.size(), 30U);
  EXPECT_EQ(sheet.first, AMonth::on(1));
  EXPECT_EQ(sheet.lessons(), 15);
  EXPECT_EQ(sheet.open_days, 14);
  EXPECT_EQ(month.asked_days.front(), AMonth::on(2));
  EXPECT_EQ(month.asked_days.back(), AMonth::on(24));
  EXPECT_EQ(sheet.rows[0].marks[23], Mark::Ill);
  EXPECT_EQ(sheet.rows[0].marks[22], Mark::None);  // a holiday
  EXPECT_EQ(sheet.rows[0].marks[24], Mark::None);  // today, which nobody has closed
  EXPECT_EQ(sheet.rows[0].sums.absent, 1);
  EXPECT_EQ(sheet.rows[0].sums.present, 14);
  month.asked.closed = [](Date) { return true; };
  EXPECT_EQ(month.sheet().lessons(), 16);
  EXPECT_EQ(month.sheet().open_days, 0);
}

TEST(Register, CallsNobodyPresentWhomNobodySaw) {
  AMonth month;
  month.told[AMonth::on(5)] = a_day(DayStatus::Unknown);
  month.told[AMonth::on(6)] = a_day(DayStatus::Unknown);
  const MonthSheet sheet = month.sheet();
  EXPECT_EQ(sheet.unseen_days, 2);
  EXPECT_EQ(sheet.rows[0].marks[4], Mark::Unseen);
  EXPECT_EQ(sheet.rows[0].sums.unseen, 2);
  EXPECT_EQ(sheet.rows[0].sums.lessons, 16);
  EXPECT_EQ(sheet.rows[0].sums.present, 14);
  EXPECT_EQ(sheet.rows[0].sums.absent, 0);
}

// 指導要録, 授業日数: a whole grade without lessons has no school day; a part of it has one, under
// 停止・忌引等.
TEST(Register, LeavesOutDaysOfAWholeGradeWithoutLessonsAndCountsThoseOfOneClassAsExclusion) {
  AMonth month;
  month.told[AMonth::on(9)] = a_day(DayStatus::Absent, Reason::Cold);  // reported before the class was closed
  month.asked.lessons = [](Date day) {
    if (day == AMonth::on(9) || day == AMonth::on(10)) return Lessons::PartOff;
    return day == AMonth::on(12) ? Lessons::Off : Lessons::Held;
  };
  const MonthSheet sheet = month.sheet();
  const Sums& sums = sheet.rows[0].sums;
  EXPECT_EQ(sums.lessons, 15);  // 16 days of school, one of them off for the grade
  EXPECT_EQ(sums.excluded, 2);
  EXPECT_EQ(sums.due, 13);
  EXPECT_EQ(sums.absent, 0);
  EXPECT_EQ(sums.present, 13);
  EXPECT_EQ(sheet.lessons(), 15);
  EXPECT_EQ(sheet.rows[0].marks[8], Mark::PartOff);
  EXPECT_EQ(sheet.rows[0].marks[11], Mark::None);
  EXPECT_TRUE(sheet.days[11].suspended());
  EXPECT_FALSE(sheet.days[2].suspended()) << "a holiday was never a day of lessons";
}

TEST(Register, CountsWhoComesOrGoesInTheMonthFromAndUpToTheirDay) {
  AMonth month;
  month.asked.seats[0].spans = {{AMonth::on(16), std::nullopt}};
  EXPECT_EQ(month.sums().lessons, 7);  // 16, 17, 18, 19, 20, 24, 25
  EXPECT_EQ(month.sums().present, 7);
  EXPECT_EQ(month.sheet().rows[0].marks[12], Mark::Elsewhere);
  EXPECT_EQ(month.sheet().rows[0].marks[15], Mark::Present);
  month.asked.seats[0].spans = {{std::nullopt, AMonth::on(10)}};
  month.told[AMonth::on(10)] = a_day(DayStatus::Excluded, Reason::Infectious);
  month.told[AMonth::on(11)] = a_day(DayStatus::Absent, Reason::Cold);  // about a day that is not theirs
  EXPECT_EQ(month.sums().lessons, 6);                                   // 2, 4, 5, 6, 9, 10
  EXPECT_EQ(month.sums().excluded, 1);
  EXPECT_EQ(month.sums().absent, 0);
  month.asked.seats[0].spans = {{std::nullopt, AMonth::on(10)}, {AMonth::on(24), std::nullopt}};
  EXPECT_EQ(month.sums().lessons, 8);
}

TEST(Register, HasNoDaysFromBeforeTheSchoolBeganUnlessSomebodyEnteredThem) {
  AMonth month;
  month.asked.began = AMonth::on(16);
  month.asked.closed = [](Date day) { return day == AMonth::on(24); };
  for (int day = 2; day < 30; ++day) month.told[AMonth::on(day)] = a_day(DayStatus::Unknown);
  month.told[AMonth::on(10)] = a_day(DayStatus::Absent, Reason::Cold);  // entered out of the paper register
  const MonthSheet sheet = month.sheet();
  EXPECT_EQ(sheet.rows[0].marks[8], Mark::Before);
  EXPECT_EQ(sheet.rows[0].marks[9], Mark::Ill);
  EXPECT_EQ(sheet.rows[0].marks[15], Mark::Unseen);
  EXPECT_FALSE(sheet.days[8].counted);
  EXPECT_TRUE(sheet.days[9].counted);
  EXPECT_EQ(sheet.rows[0].sums.lessons, 7);  // 10, 16, 17, 18, 19, 20, 24
  EXPECT_EQ(sheet.lessons(), 7);
  EXPECT_EQ(sheet.rows[0].sums.unseen, 6);
  EXPECT_EQ(sheet.unseen_days, 6);
}

TEST(Register, KnowsTheEndsOfMonths) {
  EXPECT_EQ(last_of_month(*Date::of(2028, 2, 10)), *Date::of(2028, 2, 29));
  EXPECT_EQ(last_of_month(*Date::of(2026, 12, 31)), *Date::of(2026, 12, 31));
  EXPECT_EQ(first_of_month(*Date::of(2026, 12, 31)), *Date::of(2026, 12, 1));
}

TEST(DayCounts, TellByDiseaseAndHowMuchOfAClassIsIll) {
  Counts counts;
  for (int i = 0; i < 24; ++i) counts.add(a_day(DayStatus::Present));
  for (int i = 0; i < 4; ++i) counts.add(a_day(DayStatus::Excluded, Reason::Infectious, Disease::Influenza));
  counts.add(a_day(DayStatus::Excluded, Reason::Infectious));
  counts.add(a_day(DayStatus::Absent, Reason::Cold));
  counts.add(a_day(DayStatus::Absent, Reason::Family));
  EXPECT_EQ(counts.pupils, 31);
  EXPECT_EQ(counts.excluded, 5);
  EXPECT_EQ(counts.diseases.at(Disease::Influenza), 4);
  EXPECT_EQ(counts.absent, 2);
  EXPECT_EQ(counts.ill, 1);
  EXPECT_EQ(counts.ill_percent(), 19);
  Counts twice = counts;
  twice.add(counts);
  EXPECT_EQ(twice.pupils, 62);
  EXPECT_EQ(twice.diseases.at(Disease::Influenza), 8);
  EXPECT_EQ(Counts().ill_percent(), 0);
}

TEST(Csv, HasABomLinesWithBothEndsAndQuotesWhatNeedsThem) {
  const base::Bytes file = csv_file({{"氏名", "備考"}, {"佐倉 みお", "38.2℃, \"だるい\"\n午後も"}});
  EXPECT_EQ(std::string(base::text_view(file)),
            "\xEF\xBB\xBF氏名,備考\r\n佐倉 みお,\"38.2℃, \"\"だるい\"\"\n午後も\"\r\n");
}

TEST(Csv, HasNoCellThatASpreadsheetTakesForAFormula) {
  for (const char* text :
       {"=1+1", "+81", "-3", "@SUM(A1)", "\t=1", "\r=1", "＝HYPERLINK", "＋1", "－1", "＠x"})
    EXPECT_TRUE(csv_cell(text).starts_with("\"'")) << csv_cell(text);
  EXPECT_EQ(csv_cell("0120"), "0120");
  EXPECT_EQ(csv_cell("a=b"), "a=b");
  EXPECT_EQ(csv_cell(""), "");
}

DaySums some_sums(int closing) {
  DaySums sums;
  sums.closing = an_id<ClosingId>(closing);
  sums.day = *Date::of(2026, 11, 24);
  sums.classes = 3;
  sums.counts.pupils = 90;
  sums.counts.absent = 5;
  sums.counts.ill = 4;
  sums.counts.excluded = 3;
  sums.counts.late = closing;
  sums.counts.diseases = {{Disease::Influenza, 2}, {Disease::Mumps, 1}};
  return sums;
}

TEST(DaySums, ComeBackAsTheyWere) {
  DaySums sums = some_sums(1);
  sums.replaces = {an_id<ClosingId>(2)};
  const auto back = decode_day_sums(encode(sums));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(code::encode(encode(*back)), code::encode(encode(sums)));
  EXPECT_EQ(back->counts.diseases, sums.counts.diseases);
  EXPECT_EQ(back->replaces, sums.replaces);
}

TEST(DaySums, AreRefusedWhenTheyCannotBe) {
  for (const auto& break_it : std::vector<std::function<void(DaySums&)>>{
           [](DaySums& sums) { sums.counts.absent = -1; }, [](DaySums& sums) { sums.counts.absent = 91; },
           [](DaySums& sums) { sums.counts.ill = 6; },
           [](DaySums& sums) { sums.counts.diseases[Disease::Mumps] = 2; },
           [](DaySums& sums) { sums.counts.diseases[Disease::Mumps] = 0; },
           [](DaySums& sums) { sums.replaces.resize(65); }, [](DaySums& sums) { sums.day = {-1}; }}) {
    DaySums sums = some_sums(1);
    break_it(sums);
    EXPECT_FALSE(decode_day_sums(encode(sums)).ok());
  }
}

class Board : public testing::Test {
 protected:
  Board() {
    database = std::move(*store::Database::open({}));
    EXPECT_TRUE(database->migrate(BoardBook::migrations()).ok());
    book = std::make_unique<BoardBook>(*database);
  }
  Status tell(int school, const DaySums& sums) {
    mail::Received mail;
    mail.kind = kKindSums;
    mail.content = encode(sums);
    if (school > 0) mail.office = mail::OfficeSender{an_id<mail::MailboxId>(school), a_key(1), 0, {}};
    return book->on_message(mail);
  }
  std::unique_ptr<store::Database> database;
  std::unique_ptr<BoardBook> book;
};

TEST_F(Board, TakesSumsOnlyWithTheProofOfASchool) {
  EXPECT_EQ(tell(0, some_sums(1)).code(), base::Code::NotAllowed);
  EXPECT_TRUE(book->on(*Date::of(2026, 11, 24)).empty());
  EXPECT_TRUE(tell(1, some_sums(1)).ok());
  EXPECT_TRUE(tell(2, some_sums(1)).ok());
  EXPECT_EQ(book->on(*Date::of(2026, 11, 24)).size(), 2U);
  EXPECT_TRUE(book->on(*Date::of(2026, 11, 25)).empty());
}

TEST_F(Board, GoesByTheLastClosingOfADayInWhateverOrderTheyCome) {
  DaySums first = some_sums(9), second = some_sums(5), third = some_sums(7);
  second.replaces = {first.closing};
  third.replaces = {first.closing, second.closing};
  const DaySums* orders[][3] = {{&first, &second, &third},
                                {&third, &first, &second},
                                {&second, &third, &first},
                                {&third, &third, &second}};
  for (const auto& order : orders) {
    ASSERT_TRUE(database->prepare("DELETE FROM board_sums").run().ok());
    for (const DaySums* sums : order) ASSERT_TRUE(tell(1, *sums).ok());
    const auto told = book->on(first.day);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].sums.closing, third.closing);
  }
}

TEST_F(Board, IsToldNumbersAndNothingElse) {
  EXPECT_EQ(encode(some_sums(1)).map()->size(), 11U);
  const code::Cbor told = encode(some_sums(1));
  for (const auto& [key, value] : *told.map()) EXPECT_FALSE(value.text().ok());
}

using ClosedDay = SchoolOfDesks;

TEST_F(ClosedDay, IsToldToTheBoardBySumsAndAgainWhenItWasOpenedAndClosed) {
  apply(1, 0);
  settle();
  arrive(1, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_TRUE(desk->school->close_day(an_id<ClosingId>(1), today, now).ok());
  ASSERT_EQ(desk->board.size(), 1U);
  EXPECT_EQ(desk->board[0].first, kKindSums);
  auto sums = decode_day_sums(desk->board[0].second);
  ASSERT_TRUE(sums.ok());
  EXPECT_EQ(sums->counts.pupils, 3);
  EXPECT_EQ(sums->counts.absent, 1);
  EXPECT_EQ(sums->classes, 1);
  EXPECT_TRUE(sums->replaces.empty());
  desk->post();
  settle();
  ASSERT_TRUE(other->school->reopen_day(today, now).ok());
  ASSERT_TRUE(other->school->close_day(an_id<ClosingId>(2), today, now).ok());
  ASSERT_EQ(other->board.size(), 1U);
  sums = decode_day_sums(other->board[0].second);
  ASSERT_TRUE(sums.ok());
  EXPECT_EQ(sums->replaces, std::vector{an_id<ClosingId>(1)});
}

TEST_F(ClosedDay, OfATimeBeforeTheFirstListHasNobodyUnseen) {
  const SchoolClass one = other->school->roll().classes().front();
  EXPECT_EQ(other->school->roll().first_day(), today);
  const MonthSheet sheet = other->school->month(one, today, today.plus(1));
  EXPECT_EQ(sheet.rows[0].marks[19], Mark::Before);  // Friday the 20th
  EXPECT_EQ(sheet.rows[0].marks[23], Mark::Unseen);
  EXPECT_EQ(sheet.lessons(), 1);
  EXPECT_EQ(sum_of(count_day(other->school->whole_day(today.plus(-4)))).pupils, 0);
  EXPECT_EQ(sum_of(count_day(other->school->whole_day(today))).pupils, 3);
}

TEST_F(ClosedDay, StandsInTheMonthAsEveryPupilsDayCameTo) {
  apply(1, 1);
  settle();
  arrive(1, kKindReport, encode(report(1, 1, today)));
  settle();
  const SchoolClass one = desk->school->roll().classes().front();
  const auto sheet = [&] { return desk->school->month(one, today, today); };
  EXPECT_EQ(sheet().rows[1].marks[23], Mark::None);
  ASSERT_TRUE(desk->school->close_day(an_id<ClosingId>(1), today, now).ok());
  EXPECT_EQ(sheet().rows[1].marks[23], Mark::Ill);
  EXPECT_EQ(sheet().rows[0].marks[23], Mark::Unseen) << "nobody called the roll";
  EXPECT_EQ(sheet().rows[1].sums.absent, 1);
  ASSERT_TRUE(desk->school->call_roll(an_id<RollCallId>(1), today, {pupil(0)}, {pupil(2)}, now).ok());
  EXPECT_EQ(sheet().rows[0].marks[23], Mark::Present);
  EXPECT_EQ(sheet().rows[2].marks[23], Mark::Unannounced);
}

}  // namespace
}  // namespace machi::absence
