// Files as spreadsheets leave them: every encoding comes out as the same text, and lines that differ are
// marked.
#include "platform/host/text_file.h"

#include <gtest/gtest.h>

namespace machi::host {
namespace {

TextFile of(std::string_view bytes) { return read_text(base::view(bytes)); }

// 氏名 and みお in Shift_JIS; ﾐｵ in half-width kana; 髙 and ① which only the Windows table has.
constexpr std::string_view kJis = "\x8E\x81\x96\xBC,\x82\xDD\x82\xA8\r\n\xD0\xB5,\xFB\xFC\x87\x40\r\n";

TEST(TextFile, ReadsShiftJisAsSpreadsheetsWriteIt) {
  const TextFile file = of(kJis);
  EXPECT_EQ(file.encoding, "shift_jis");
  EXPECT_EQ(file.text, "氏名,みお\r\nﾐｵ,髙①\r\n");
}

TEST(TextFile, ReadsUtf8WithAndWithoutItsMarkAndUtf16) {
  EXPECT_EQ(of("氏名\n").encoding, "utf-8");
  EXPECT_EQ(of("\xEF\xBB\xBF氏名\n").text, "氏名\n");
  EXPECT_EQ(of("plain\n").encoding, "utf-8");
  EXPECT_EQ(of("").text, "");
  EXPECT_EQ(of(std::string_view("\xFF\xFE\x0F\x6C\x0A\x00", 6)).text, "氏\n");
}

TEST(TextFile, MarksTheLinesThatAreWrittenInAnotherEncoding) {
  const TextFile mixed = of(std::string(kJis) + "佐倉 みお\n");
  EXPECT_EQ(mixed.encoding, "mixed");
  EXPECT_EQ(mixed.text, "氏名,みお\r\nﾐｵ,髙①\r\n\xEF\xBF\xBD佐倉 みお\n");
  const TextFile other = of("佐倉\n長峰\n榎並\n" + std::string(kJis.substr(0, 11)));
  EXPECT_EQ(other.encoding, "mixed");
  EXPECT_EQ(other.text, "佐倉\n長峰\n榎並\n\xEF\xBF\xBD氏名,みお\r\n");
}

TEST(TextFile, PutsAMarkWhereNothingCanBeRead) {
  const TextFile broken = of("\x8E\x81\x96\xBC\n\x82\xDD\x82,\n");
  EXPECT_EQ(broken.encoding, "shift_jis");
  EXPECT_NE(broken.text.find("\xEF\xBF\xBD"), std::string::npos);
  EXPECT_TRUE(broken.text.starts_with("氏名\n"));
}

}  // namespace
}  // namespace machi::host
