// Paper keys: what is printed is read back, a slip of the pen is noticed, a slot opens to its key alone.
#include "core/mail/paper.h"

#include <gtest/gtest.h>

#include "core/crypto/drbg.h"

namespace machi::mail {
namespace {

struct Papers : testing::Test {
  crypto::Drbg random = crypto::Drbg::of_number(11);
  PaperKey paper = make_paper(random);
};

TEST_F(Papers, AreReadBackAsTheyWerePrintedAndAsPeopleType) {
  const std::string printed = print_paper(paper);
  EXPECT_EQ(printed.size(), 39u);  // eight groups of four
  EXPECT_EQ(parse_paper(printed)->bytes.bytes(), paper.bytes.bytes());
  std::string typed;
  for (const char sign : printed)
    typed += sign == '-' ? ' ' : sign == '0' ? 'o' : static_cast<char>(std::tolower(sign));
  EXPECT_EQ(parse_paper(typed)->bytes.bytes(), paper.bytes.bytes());
}

TEST_F(Papers, NoticeEverySignThatWasMisread) {
  const std::string printed = print_paper(paper);
  int misread = 0;
  for (std::size_t at = 0; at < printed.size(); ++at) {
    if (printed[at] == '-') continue;
    std::string wrong = printed;
    wrong[at] = wrong[at] == '7' ? '4' : '7';
    misread += parse_paper(wrong).ok() ? 1 : 0;
  }
  EXPECT_EQ(misread, 0);
  EXPECT_FALSE(parse_paper(printed.substr(0, 34)).ok());
}

TEST_F(Papers, InAQrCodeNameTheirMailbox) {
  const auto mailbox = random.id<base::MailboxTag>();
  const auto sheet = paper_from_text("https://desk.example/#" + paper_fragment(mailbox, paper));
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->mailbox, mailbox);
  EXPECT_EQ(sheet->paper.bytes.bytes(), paper.bytes.bytes());
  const auto typed = paper_from_text(print_paper(paper));
  ASSERT_TRUE(typed.ok());
  EXPECT_FALSE(typed->mailbox.has_value());
  EXPECT_FALSE(paper_from_text("d=AAAA").ok());
}

TEST_F(Papers, OpenTheirSlotAndNoOther) {
  SlotContent content{random.id<base::MailboxTag>(), {}, Bytes{1, 2, 3}};
  random.fill(content.seed.bytes());
  crypto::Secret<32> secret;
  random.fill(secret.bytes());
  const SignKey author = crypto::sign_key(std::move(secret));
  const auto bytes = make_slot(random, paper, content, author);
  ASSERT_TRUE(bytes.ok());
  const auto record = read_slot(*bytes);
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(record->id, slot_id(paper));
  const auto opened = open_slot(paper, record->locked);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->mailbox, content.mailbox);
  EXPECT_EQ(opened->seed.bytes(), content.seed.bytes());
  EXPECT_EQ(opened->content, content.content);
  EXPECT_FALSE(open_slot(make_paper(random), record->locked).ok());
  content.content.resize(70000);
  random.fill(content.content);
  EXPECT_EQ(make_slot(random, paper, content, author).code(), base::Code::TooLarge);
}

}  // namespace
}  // namespace machi::mail
