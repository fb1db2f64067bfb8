// Absence messages: what goes in comes out, and what breaks a rule is refused with the right code.
#include "core/absence/message.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "core/absence/content.h"
#include "core/absence/message_day.h"

namespace machi::absence {
namespace {

using base::Code;
using code::Cbor;
using code::CborMap;

template <class Id>
Id id_of(std::uint8_t first) {
  Id id;
  id.bytes.fill(first);
  return id;
}

Report sample() {
  Report report;
  report.report = id_of<ReportId>(1);
  report.version = id_of<VersionId>(2);
  report.replaces = {id_of<VersionId>(9), id_of<VersionId>(3)};
  report.pupil = id_of<PupilId>(4);
  report.date = *Date::of(2026, 11, 24);
  report.kind = ReportKind::Late;
  report.reason = Reason::Cold;
  report.symptoms = {Symptom::Headache, Symptom::Cough};
  report.temperature = 382;
  report.time = TimeOfDay{10 * 60 + 30};
  report.note = "咳が出ます。𠮷田医院に行きます 🤧\n二行目";
  report.language = "ja";
  return report;
}

// The same map with one key set to another value, or taken away.
Cbor with(const Cbor& map, std::int64_t key, std::optional<Cbor> value) {
  CborMap out;
  for (const auto& [k, v] : *map.map()) {
    if (k.integer().ok() && *k.integer() == key) continue;
    out.emplace_back(k, v);
  }
  if (value) out.emplace_back(key, *value);
  return Cbor(std::move(out));
}

Result<Report> over_the_wire(const Report& report) {
  auto bytes = code::encode(encode(report));
  auto content = code::decode(bytes);
  if (!content) return content.error();
  return decode_report(*content);
}

TEST(AbsenceReport, ComesOutAsItWentIn) {
  const auto back = over_the_wire(sample());
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_EQ(back->report, sample().report);
  EXPECT_EQ(back->version, sample().version);
  EXPECT_EQ(back->replaces, (std::vector{id_of<VersionId>(3), id_of<VersionId>(9)}));
  EXPECT_EQ(back->date.iso(), "2026-11-24");
  EXPECT_EQ(back->kind, ReportKind::Late);
  EXPECT_EQ(back->reason, Reason::Cold);
  EXPECT_EQ(back->symptoms, (std::vector{Symptom::Cough, Symptom::Headache}));
  EXPECT_EQ(back->temperature, 382);
  EXPECT_EQ(back->time, sample().time);
  EXPECT_EQ(back->note, sample().note);
  EXPECT_EQ(back->language, "ja");
}

TEST(AbsenceReport, IsWrittenTheSameWhateverTheOrderOfItsSets) {
  Report other = sample();
  std::reverse(other.replaces.begin(), other.replaces.end());
  std::reverse(other.symptoms.begin(), other.symptoms.end());
  EXPECT_EQ(code::encode(encode(other)), code::encode(encode(sample())));
}

TEST(AbsenceReport, CountsCharactersOfTheNoteAndNotBytes) {
  Report report = sample();
  report.note.clear();
  for (std::size_t i = 0; i < kNoteLimit; ++i) report.note += "𠮷";
  EXPECT_TRUE(over_the_wire(report).ok());
  report.note += "a";
  EXPECT_EQ(over_the_wire(report).code(), Code::TooLarge);
}

TEST(AbsenceReport, LosesSignsThatScreensWouldTakeForRubyOrDirections) {
  Report report = sample();
  report.note = "a\u200Bb\uFFF9c\uFFFAd\uFFFBe\u202Ef\x07g\n家族👨‍👩‍👧";
  EXPECT_EQ(over_the_wire(report)->note, "abcdefg\n家族👨‍👩‍👧");
}

TEST(AbsenceReport, NeedsAReasonUnlessItIsCancelled) {
  EXPECT_EQ(decode_report(with(encode(sample()), 7, {})).code(), Code::BadInput);
  Report cancelled = sample();
  cancelled.kind = ReportKind::Cancelled;
  EXPECT_EQ(over_the_wire(cancelled).code(), Code::BadInput);
  cancelled.reason.reset();
  cancelled.symptoms.clear();
  cancelled.temperature.reset();
  cancelled.time.reset();
  EXPECT_TRUE(over_the_wire(cancelled).ok());
}

TEST(AbsenceReport, IsRefusedWhenItReplacesItselfOrOneVersionTwice) {
  Report report = sample();
  report.replaces.push_back(report.version);
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
  report = sample();
  report.replaces.push_back(report.replaces.front());
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
  report.replaces.clear();
  for (std::uint8_t i = 10; i < 75; ++i) report.replaces.push_back(id_of<VersionId>(i));
  EXPECT_EQ(over_the_wire(report).code(), Code::TooLarge);
}

TEST(AbsenceReport, KeepsValuesWithinTheirBounds) {
  const Cbor good = encode(sample());
  EXPECT_EQ(decode_report(with(good, 9, Cbor(339))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 9, Cbor(431))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 9, Cbor(std::int64_t{1} << 40))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 10, Cbor(1440))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 10, Cbor(-1))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 5, Cbor(-1))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 5, Cbor(std::int64_t{1} << 40))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 6, Cbor(0))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 6, Cbor(6))).code(), Code::Unsupported);
  EXPECT_EQ(decode_report(with(good, 7, Cbor(9))).code(), Code::Unsupported);
  EXPECT_EQ(decode_report(with(good, 8, Cbor::array({Cbor(1), Cbor(1)}))).code(), Code::BadInput);
  EXPECT_EQ(decode_report(with(good, 12, Cbor(std::string(36, 'a')))).code(), Code::TooLarge);
}

TEST(AbsenceReport, HasATimeOnlyWhenThePupilComesLateOrLeavesEarly) {
  Report report = sample();
  report.kind = ReportKind::Absent;
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
  report.kind = ReportKind::LeavingEarly;
  EXPECT_TRUE(over_the_wire(report).ok());
}

TEST(AbsenceReport, CoversTheDaysFromItsFirstToItsLast) {
  Report report = sample();
  report.last = report.date.plus(3);
  const auto back = over_the_wire(report);
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_EQ(back->last, report.last);
  EXPECT_FALSE(back->covers(report.date.plus(-1)));
  EXPECT_TRUE(back->covers(report.date));
  EXPECT_TRUE(back->covers(report.date.plus(3)));
  EXPECT_FALSE(back->covers(report.date.plus(4)));
  report.last = report.date;
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
  report.last = report.date.plus(kRangeLimit);
  EXPECT_TRUE(over_the_wire(report).ok());
  report.last = report.date.plus(kRangeLimit + 1);
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
}

TEST(AbsenceReport, NamesADiseaseAndItsDaysOnlyBesideItsReason) {
  Report report = sample();
  report.disease = Disease::Influenza;
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
  report.reason = Reason::Infectious;
  report.onset = report.date.plus(-1);
  report.better = report.date.plus(2);
  const auto back = over_the_wire(report);
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_EQ(back->disease, Disease::Influenza);
  EXPECT_EQ(back->onset, report.onset);
  EXPECT_EQ(back->better, report.better);
  EXPECT_EQ(decode_report(with(encode(report), 14, Cbor(20))).code(), Code::Unsupported);
  report.better = report.date.plus(-2);
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
}

TEST(AbsenceReport, OfAPupilWhoIsBackHasNeitherAReasonNorALastDay) {
  Report report = sample();
  report.kind = ReportKind::Back;
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
  report.reason.reset();
  report.symptoms.clear();
  report.temperature.reset();
  EXPECT_TRUE(over_the_wire(report).ok());
  report.last = report.date.plus(1);
  EXPECT_EQ(over_the_wire(report).code(), Code::BadInput);
}

TEST(AbsenceReport, IgnoresKeysThatItDoesNotKnow) {
  EXPECT_TRUE(decode_report(with(encode(sample()), 99, Cbor("later"))).ok());
}

TEST(AbsenceMessages, RefuseGarbageInEveryField) {
  const std::vector<Cbor> garbage = {Cbor(nullptr),   Cbor(true),   Cbor(-7),
                                     Cbor(1.5),       Cbor("text"), Cbor(base::Bytes{1, 2, 3}),
                                     Cbor::array({}), Cbor::map({})};
  const Cbor report = encode(sample());
  for (const auto& [key, value] : *report.map()) {
    for (const Cbor& bad : garbage) {
      if (bad.value().index() == value.value().index())
        continue;  // another value of the same type may be right
      const auto result = decode_report(with(report, *key.integer(), bad));
      EXPECT_FALSE(result.ok()) << "key " << *key.integer();
    }
  }
  for (const Cbor& bad : garbage) {
    EXPECT_FALSE(decode_report(bad).ok());
    EXPECT_FALSE(decode_read_mark(bad).ok());
    EXPECT_FALSE(decode_enrolled(bad).ok());
    EXPECT_FALSE(decode_roll(bad).ok());
    EXPECT_FALSE(decode_slips(bad).ok());
    EXPECT_FALSE(decode_decision(bad).ok());
    EXPECT_FALSE(decode_day_closed(bad).ok());
    EXPECT_FALSE(decode_pupil_note(bad).ok());
    EXPECT_FALSE(decode_told_report(bad).ok());
  }
}

// The samples that fuzzing begins with are real messages: a format that changes takes its sample along.
TEST(AbsenceMessages, EverySampleOfTheFuzzerIsRead) {
  int samples = 0;
  for (const auto& file : std::filesystem::directory_iterator(std::string(MACHI_SOURCE_DIR) +
                                                              "/tests/fuzz/corpus/absence_message")) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const std::string name = file.path().filename().string();
    const auto content = code::decode(base::view(bytes));
    ASSERT_TRUE(content.ok()) << name;
    const std::map<std::string, bool> read = {
        {"report", decode_report(*content).ok()},     {"range", decode_report(*content).ok()},
        {"back", decode_report(*content).ok()},       {"read_mark", decode_read_mark(*content).ok()},
        {"enrolled", decode_enrolled(*content).ok()}, {"roll", decode_roll(*content).ok()},
        {"slips", decode_slips(*content).ok()},       {"decision", decode_decision(*content).ok()},
        {"closed", decode_day_closed(*content).ok()}, {"note", decode_pupil_note(*content).ok()},
        {"told", decode_told_report(*content).ok()}};
    if (!read.contains(name)) continue;
    ++samples;
    EXPECT_TRUE(read.at(name)) << name;
  }
  EXPECT_EQ(samples, 11);
}

TEST(AbsenceMessages, EveryCutOfTheBytesIsRefused) {
  const auto bytes = code::encode(encode(sample()));
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const auto content = code::decode(base::ByteView(bytes).first(n));
    EXPECT_FALSE(content.ok() && decode_report(*content).ok()) << n;
  }
}

TEST(ReadMark, ComesOutAsItWentIn) {
  const ReadMark mark{id_of<ReportId>(1), id_of<VersionId>(2), Instant{1'795'473'720'000}, "担任 田村"};
  const auto back = decode_read_mark(encode(mark));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->report, mark.report);
  EXPECT_EQ(back->version, mark.version);
  EXPECT_EQ(back->at, mark.at);
  EXPECT_EQ(back->by, mark.by);
}

TEST(DayClosed, ComesOutAsItWentIn) {
  const DayClosed closed{*Date::of(2026, 11, 24), Instant{1'795'473'720'000}, "教頭 林", true};
  const auto back = decode_day_closed(encode(closed));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->day, closed.day);
  EXPECT_EQ(back->at, closed.at);
  EXPECT_EQ(back->by, closed.by);
  EXPECT_TRUE(back->reopened);
}

TEST(PupilNote, ComesOutAsItWentInAndHasWords) {
  PupilNote note;
  note.note = id_of<NoteId>(1);
  note.pupil = id_of<PupilId>(4);
  note.text = "昨日の欠席は、遅刻の間違いでした。𠮷 🤧";
  note.language = "ja";
  note.report = id_of<ReportId>(5);
  note.answers = id_of<NoteId>(2);
  const auto back = decode_pupil_note(encode(note));
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_EQ(back->text, note.text);
  EXPECT_EQ(back->report, note.report);
  EXPECT_EQ(back->answers, note.answers);
  EXPECT_EQ(decode_pupil_note(with(encode(note), 3, Cbor(" \n"))).code(), Code::BadInput);
  EXPECT_EQ(decode_pupil_note(with(encode(note), 3, Cbor(std::string(501, 'a')))).code(), Code::TooLarge);
  EXPECT_EQ(decode_pupil_note(with(encode(note), 6, Cbor(note.note.bytes))).code(), Code::BadInput);
}

TEST(NoteRead, ComesOutAsItWentIn) {
  const NoteRead read{id_of<NoteId>(7), Instant{1'795'473'720'000}, "田村"};
  const auto back = decode_note_read(encode(read));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->note, read.note);
  EXPECT_EQ(back->at, read.at);
  EXPECT_EQ(back->by, read.by);
  EXPECT_EQ(decode_note_read(with(encode(read), 1, Cbor(3))).code(), Code::BadInput);
  EXPECT_EQ(decode_note_read(with(encode(read), 3, Cbor(std::string(400, 'a')))).code(), Code::TooLarge);
}

TEST(ToldReport, ComesOutAsItWentIn) {
  const ToldReport told{sample(), Instant{1'795'473'720'000}};
  const auto back = decode_told_report(encode(told));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(code::encode(encode(back->report)), code::encode(encode(sample())));
  EXPECT_EQ(back->written, told.written);
}

TEST(Enrolled, NamesPupilsExactlyWhenConfirmedAndACauseExactlyWhenRefused) {
  Enrolled enrolled;
  enrolled.slip.fill(7);
  enrolled.standing = Standing::Confirmed;
  EXPECT_EQ(decode_enrolled(encode(enrolled)).code(), Code::BadInput);
  enrolled.pupils = {{id_of<PupilId>(4), "佐倉 みお", "さくら みお", "3年1組"}};
  enrolled.closed_days = {*Date::of(2026, 11, 23)};
  const auto back = decode_enrolled(encode(enrolled));
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_EQ(back->pupils.front().reading, "さくら みお");
  EXPECT_EQ(back->closed_days, enrolled.closed_days);
  enrolled.why = Code::Expired;
  EXPECT_EQ(decode_enrolled(encode(enrolled)).code(), Code::BadInput);
  enrolled.standing = Standing::Refused;
  EXPECT_EQ(decode_enrolled(encode(enrolled)).code(), Code::BadInput);
  enrolled.pupils.clear();
  EXPECT_EQ(decode_enrolled(encode(enrolled))->why, Code::Expired);
}

TEST(Roll, ComesOutAsItWentInAndListsNoPupilTwice) {
  Roll roll{id_of<ClassId>(5), 3, "1組", "田村", {}};
  roll.pupils.push_back(
      {id_of<PupilId>(1), 1, "阿部 れん", "あべ れん", *Date::of(2017, 6, 3), {"0000123456"}});
  roll.pupils.push_back({id_of<PupilId>(2), 2, "佐倉 みお", "さくら みお", *Date::of(2017, 9, 12), {}});
  const auto back = decode_roll(encode(roll));
  ASSERT_TRUE(back.ok()) << back.error().detail;
  EXPECT_EQ(back->pupils.size(), 2u);
  EXPECT_EQ(back->pupils[0].telephones, roll.pupils[0].telephones);
  EXPECT_EQ(back->pupils[1].birth, roll.pupils[1].birth);
  roll.pupils[0].telephones = {"12-34"};
  EXPECT_EQ(decode_roll(encode(roll)).code(), Code::BadInput);
  roll.pupils[0].telephones.clear();
  roll.pupils[1].pupil = roll.pupils[0].pupil;
  EXPECT_EQ(decode_roll(encode(roll)).code(), Code::BadInput);
}

TEST(IssuedSlips, ComeOutAsTheyWentIn) {
  std::vector<IssuedSlip> slips(2);
  slips[0].code.fill(1);
  slips[0].pupil = id_of<PupilId>(1);
  slips[0].expires = Instant{1'796'000'000'000};
  slips[1].code.fill(2);
  slips[1].pupil = id_of<PupilId>(2);
  slips[1].revoked = true;
  const auto back = decode_slips(encode(slips));
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back->size(), 2u);
  EXPECT_EQ((*back)[0].expires, slips[0].expires);
  EXPECT_FALSE((*back)[0].revoked);
  EXPECT_TRUE((*back)[1].revoked);
  EXPECT_TRUE(decode_slips(encode(std::vector<IssuedSlip>{})).ok());
}

TEST(Decision, ComesOutAsItWentIn) {
  Decision decision;
  decision.slip.fill(1);
  decision.phone.fill(2);
  decision.person.fill(3);
  decision.standing = Standing::Confirmed;
  decision.pupil = id_of<PupilId>(4);
  const auto back = decode_decision(encode(decision));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->phone, decision.phone);
  EXPECT_EQ(back->person, decision.person);
  EXPECT_EQ(back->standing, decision.standing);
}

}  // namespace
}  // namespace machi::absence
