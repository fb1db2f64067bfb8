// Threads between a school and the guardians of a pupil, at two desks.
#include "core/absence/desk/messages/thread_book.h"

#include "core/absence/desk/devices/lock.h"
#include "core/crypto/drbg.h"
#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

class NotesAtDesks : public SchoolOfDesks {
 protected:
  PupilNote note(int number, int i, std::string text) {
    PupilNote out;
    out.note = an_id<NoteId>(number);
    out.pupil = pupil(i);
    out.text = std::move(text);
    out.language = "vi";
    return out;
  }
};

TEST_F(NotesAtDesks, AFamilysNoteWaitsOnEveryDeskUntilAPersonReadItOnOne) {
  apply(30, 0);
  settle();
  arrive(30, kKindNote, encode(note(1, 0, "Con tôi quên mũ")));
  settle();
  EXPECT_EQ(desk->school->notes_unread(), 1);
  EXPECT_EQ(other->school->notes_unread(), 1);
  ASSERT_TRUE(other->school->read_note(an_id<NoteId>(1), now).ok());
  settle();
  EXPECT_EQ(desk->school->notes_unread(), 0);
  ASSERT_EQ(desk->school->notes().about(pupil(0)).size(), 1u);
  EXPECT_TRUE(desk->school->notes().about(pupil(0))[0].read);
}

TEST_F(NotesAtDesks, AStrangersNoteIsKeptAndNotShownUntilThePhoneIsConfirmed) {
  arrive(30, kKindNote, encode(note(1, 0, "x")));
  settle();
  EXPECT_EQ(desk->school->notes_unread(), 0);
  apply(30, 0);
  settle();
  EXPECT_EQ(desk->school->notes_unread(), 1);
}

TEST_F(NotesAtDesks, AnAnswerGoesToTheOneGuardianAndCountsAsReading) {
  apply(30, 0);
  apply(31, 0);
  settle();
  arrive(30, kKindNote, encode(note(1, 0, "x")));
  settle();
  desk->told.clear();
  ASSERT_TRUE(desk->school->write_note(note(2, 0, "わかりました"), a_key(30), now).ok());
  ASSERT_EQ(desk->count(kKindNote), 1u);
  ASSERT_EQ(desk->count(kKindNoteRead), 1u);
  ASSERT_EQ(desk->told.size(), 2u);
  for (const Told& one : desk->told) EXPECT_EQ(one.person, an_id<mail::MailboxId>(30));
  EXPECT_EQ(decode_pupil_note(desk->told[1].content)->answers, an_id<NoteId>(1));
  settle();
  EXPECT_EQ(other->school->notes_unread(), 0);
  EXPECT_EQ(other->school->notes().about(pupil(0)).size(), 2u);
  EXPECT_FALSE(desk->school->write_note(note(3, 1, "x"), a_key(30), now).ok()) << "no guardian of that pupil";
}

TEST_F(NotesAtDesks, WhoeverWroteANoteHearsThatAPersonReadItAndNobodyElseDoes) {
  apply(30, 0);
  apply(31, 0);
  settle();
  arrive(30, kKindNote, encode(note(1, 0, "x")));
  settle();
  EXPECT_EQ(desk->count(kKindNoteRead) + other->count(kKindNoteRead), 0u)
      << "a desk that has it has not read it";
  ASSERT_TRUE(desk->school->rename("田村", now).ok());
  ASSERT_TRUE(desk->school->read_note(an_id<NoteId>(1), now).ok());
  ASSERT_TRUE(desk->school->read_note(an_id<NoteId>(1), now).ok());  // an impatient thumb
  settle();
  ASSERT_TRUE(other->school->read_note(an_id<NoteId>(1), now).ok());  // and a colleague who saw it later
  ASSERT_EQ(desk->count(kKindNoteRead), 1u);
  EXPECT_EQ(other->count(kKindNoteRead), 0u);
  const Told& told = desk->told.back();
  EXPECT_EQ(told.person, an_id<mail::MailboxId>(30));
  const auto read = decode_note_read(told.content);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->by, "田村");
  EXPECT_EQ(desk->school->read_note(an_id<NoteId>(9), now).code(), base::Code::NotFound);
}

TEST_F(NotesAtDesks, WhoWasLetGoInSilenceHearsNothingOfAReading) {
  apply(30, 0);
  settle();
  arrive(30, kKindNote, encode(note(1, 0, "x")));
  settle();
  ASSERT_TRUE(desk->school->part(pupil(0), a_key(30), Parting::Silent, now).ok());
  ASSERT_TRUE(desk->school->read_note(an_id<NoteId>(1), now).ok());
  EXPECT_EQ(desk->count(kKindNoteRead), 0u);
}

TEST_F(NotesAtDesks, AStrangerCannotSpeakAsTheSchool) {
  apply(30, 0);
  settle();
  arrive(31, kKindNoted, encode(Noted{note(1, 0, "x"), a_key(30), now}));
  settle();
  EXPECT_TRUE(desk->school->notes().about(pupil(0)).empty());
}

TEST_F(NotesAtDesks, TheLockTakesNoTryWhileItWaits) {
  crypto::Drbg entropy{crypto::Secret<32>(base::Array<32>{7})};
  DeskLock lock(*desk->school, entropy);
  EXPECT_FALSE(lock.locked());
  EXPECT_FALSE(lock.choose("12a4", now).ok());
  ASSERT_TRUE(lock.choose("2580", now).ok());
  EXPECT_EQ(desk->school->setting("lock.pin").find("2580"), std::string::npos);
  ASSERT_TRUE(lock.lock().ok());
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(*lock.open("1111", now));
  EXPECT_TRUE(lock.waits(now));
  EXPECT_FALSE(*lock.open("2580", now)) << "right, but too early";
  EXPECT_TRUE(*lock.open("2580", now.plus_seconds(11)));
  EXPECT_FALSE(lock.locked());
  EXPECT_EQ(lock.wrong(), 0);
}

}  // namespace
}  // namespace machi::absence
