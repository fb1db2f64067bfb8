// Notes on a phone: each once, in the order of their times, unseen until a person opens them.
#include "core/absence/citizen/note_book.h"

#include <gtest/gtest.h>

namespace machi::absence {
namespace {

template <class Id>
Id id_of(int number) {
  Id id;
  id.bytes.fill(static_cast<std::uint8_t>(number));
  return id;
}

KeptNote note(int number, int pupil, std::int64_t written, bool mine) {
  KeptNote out;
  out.note.note = id_of<NoteId>(number);
  out.note.pupil = id_of<PupilId>(pupil);
  out.note.text = "𠮷 " + std::to_string(number);
  out.mine = mine;
  out.seen = mine;
  out.written = Instant{written};
  return out;
}

TEST(NoteBook, KeepsEachNoteOnceAndInOrder) {
  auto database = std::move(*store::Database::open({}));
  ASSERT_TRUE(database->migrate(NoteBook::migrations()).ok());
  NoteBook book(*database);
  ASSERT_TRUE(book.add(note(2, 9, 2000, false)).ok());
  ASSERT_TRUE(book.add(note(1, 9, 1000, true)).ok());
  ASSERT_TRUE(book.add(note(3, 8, 1500, false)).ok());
  KeptNote twin = note(2, 9, 9000, false);
  twin.note.text = "same id, other words";
  ASSERT_TRUE(book.add(twin).ok());
  const auto about = book.about(id_of<PupilId>(9));
  ASSERT_TRUE(about.ok());
  ASSERT_EQ(about->size(), 2u);
  EXPECT_TRUE((*about)[0].mine);
  EXPECT_EQ((*about)[1].note.text, "𠮷 2");
  EXPECT_EQ(book.unseen()->size(), 2u);
  ASSERT_TRUE(book.seen(id_of<PupilId>(9)).ok());
  ASSERT_EQ(book.unseen()->size(), 1u);
  EXPECT_EQ(book.unseen()->front().note.pupil, id_of<PupilId>(8));
}

TEST(NoteBook, KnowsTheEarliestReadingInWhateverOrderTheyCome) {
  for (const bool turned : {false, true}) {
    auto database = std::move(*store::Database::open({}));
    ASSERT_TRUE(database->migrate(NoteBook::migrations()).ok());
    NoteBook book(*database);
    ASSERT_TRUE(book.add(note(1, 9, 1000, true)).ok());
    EXPECT_FALSE(book.find(id_of<NoteId>(1))->read);
    const NoteRead first{id_of<NoteId>(1), Instant{5000}, "田村"}, second{id_of<NoteId>(1), Instant{6000}, "林"};
    ASSERT_TRUE(book.mark(turned ? second : first).ok());
    ASSERT_TRUE(book.mark(turned ? first : second).ok());
    ASSERT_TRUE(book.about(id_of<PupilId>(9))->front().read);
    EXPECT_EQ(book.about(id_of<PupilId>(9))->front().read->by, "田村");
    EXPECT_FALSE(book.find(id_of<NoteId>(2)));
  }
}

}  // namespace
}  // namespace machi::absence
