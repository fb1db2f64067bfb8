// The references of photos: a fold like the others.
#include "core/absence/photo_book.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/absence/desk/messages/thread_book.h"

namespace machi::absence {
namespace {

Photo photo_of(std::uint8_t hash, std::uint64_t size = 1000) {
  Photo out;
  out.blob.fill(hash);
  out.key.fill(static_cast<std::uint8_t>(hash + 1));
  out.size = size;
  out.media_type = std::string(kPhotoType);
  return out;
}

struct Book {
  std::unique_ptr<store::Database> database = *store::Database::open({});
  PhotoBook book{*database};
  Book() { EXPECT_TRUE(database->migrate(PhotoBook::migrations()).ok()); }
};

constexpr base::Instant kNow{1'795'000'000'000};
const base::Bytes kName(16, 7);

TEST(PhotoBook, KeepsWhatWentWithAMessage) {
  Book one;
  EXPECT_TRUE(one.book.add(kName, {}, kNow).ok());
  EXPECT_FALSE(one.book.of(kName));
  ASSERT_TRUE(one.book.add(kName, {photo_of(3, 77), photo_of(1)}, kNow).ok());
  const auto photo = one.book.of(kName);
  ASSERT_TRUE(photo);
  EXPECT_EQ(photo->blob, photo_of(3).blob);
  EXPECT_EQ(photo->key, photo_of(3).key);
  EXPECT_EQ(photo->size, 77u);
  EXPECT_EQ(photo->media_type, kPhotoType);
  ASSERT_TRUE(one.book.named(photo->blob));
  EXPECT_FALSE(one.book.named(photo_of(1).blob)) << "the first counts";
  EXPECT_FALSE(one.book.of(base::Bytes(16, 8)));
}

TEST(PhotoBook, IsTheSameInAnyOrderAndAfterAnyRepetition) {
  std::vector<Photo> photos{photo_of(5), photo_of(2), photo_of(9), photo_of(2, 5)};
  std::sort(photos.begin(), photos.end(), [](const Photo& a, const Photo& b) {
    return std::tie(a.blob, a.size) < std::tie(b.blob, b.size);
  });
  std::optional<std::pair<mail::Hash, std::uint64_t>> first;
  do {
    Book one;
    for (int again = 0; again < 2; ++again)
      for (const Photo& photo : photos) ASSERT_TRUE(one.book.add(kName, {photo}, kNow).ok());
    const auto photo = one.book.of(kName);
    ASSERT_TRUE(photo);
    if (!first) first.emplace(photo->blob, photo->size);
    EXPECT_EQ(*first, std::pair(photo->blob, photo->size));
  } while (std::next_permutation(photos.begin(), photos.end(), [](const Photo& a, const Photo& b) {
    return std::tie(a.blob, a.size) < std::tie(b.blob, b.size);
  }));
}

TEST(PhotoBook, ForgetsTheKeysAfterNinetyDays) {
  Book one;
  ASSERT_TRUE(one.book.add(kName, {photo_of(3)}, kNow).ok());
  ASSERT_TRUE(one.book.drop_old(kNow.plus_seconds(kPhotoDays * 86400)).ok());
  EXPECT_TRUE(one.book.of(kName));
  ASSERT_TRUE(one.book.drop_old(kNow.plus_seconds(kPhotoDays * 86400 + 1)).ok());
  EXPECT_FALSE(one.book.of(kName));
}

TEST(PhotoBook, ANoteOfAnotherPhoneUnderTheSameIdIsAnotherName) {
  NoteId note;
  note.bytes.fill(4);
  crypto::SignPublic mother, other;
  mother.bytes.fill(1);
  other.bytes.fill(2);
  EXPECT_NE(photo_name(note, mother), photo_name(note, other));
}

}  // namespace
}  // namespace machi::absence
