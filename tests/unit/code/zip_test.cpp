// Archives: what is put in comes out, other programs read them, and whatever is cut off or bent is refused.
#include "core/code/zip.h"

#include <gtest/gtest.h>

namespace machi::code {
namespace {

std::vector<ZipFile> some() {
  return {{"record.csv", base::copy(base::view("名前,欠席\r\n"))},
          {"出席簿.pdf", base::Bytes(3000, 7)},
          {"empty", {}}};
}

TEST(Zip, GivesBackWhatWasPutIn) {
  const auto back = unzip(zip(some(), *base::Date::of(2026, 11, 24)));
  ASSERT_TRUE(back.ok());
  ASSERT_EQ(back->size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*back)[i].name, some()[i].name);
    EXPECT_EQ((*back)[i].bytes, some()[i].bytes);
  }
}

// The whole archive of one file "a" with "hello", written down by hand from APPNOTE 6.3: CRC-32 of "hello" is
// 3610A686.
TEST(Zip, IsWhatTheFormatSays) {
  const base::Bytes archive = zip({{"a", base::copy(base::view("hello"))}}, *base::Date::of(2026, 11, 24));
  EXPECT_EQ(base::to_hex(archive),
            "504b0304"
            "1400"
            "0008"
            "0000"
            "0000"
            "785d"
            "86a61036"
            "05000000"
            "05000000"
            "0100"
            "0000"
            "61"
            "68656c6c6f"
            "504b0102"
            "1400"
            "1400"
            "0008"
            "0000"
            "0000"
            "785d"
            "86a61036"
            "05000000"
            "05000000"
            "0100"
            "0000"
            "0000"
            "0000"
            "0000"
            "00000000"
            "00000000"
            "61"
            "504b0506"
            "0000"
            "0000"
            "0100"
            "0100"
            "2f000000"
            "24000000"
            "0000");
}

TEST(Zip, RefusesWhatIsCutOffAndReadsNothingOutsideOfIt) {
  const base::Bytes archive = zip(some(), *base::Date::of(2026, 11, 24));
  for (std::size_t size = 0; size < archive.size(); size += size < 40 ? 1 : 37)
    EXPECT_FALSE(unzip(base::ByteView(archive).first(size)).ok()) << size;
  for (std::size_t at = 0; at < archive.size(); at += 3)
    for (const int bit : {0x01, 0x80}) {
      base::Bytes bent = archive;
      bent[at] = static_cast<std::uint8_t>(bent[at] ^ bit);
      (void)unzip(bent);  // whatever it says, under the sanitizers
    }
  EXPECT_FALSE(looks_like_zip(base::view("PK")));
  EXPECT_TRUE(looks_like_zip(archive));
}

}  // namespace
}  // namespace machi::code
