// E-mail: addresses, letters, double opt-in, one click, and servers that are busy or know nobody.
#include <gtest/gtest.h>

#include "core/crypto/drbg.h"
#include "platform/channels/mail/mail_sender.h"
#include "platform/channels/page.h"
#include "platform/host/smtp_client.h"

using namespace machi;
using base::Code;

namespace {

constexpr base::Instant kNow{1'795'000'000'000};

notice::Topics wants(std::string_view text) { return notice::read_topics(text).value(); }

TEST(Address, IsTakenAsPeopleInJapanHaveIt) {
  EXPECT_EQ(channels::read_address("Hanako@Example.JP").value(), "Hanako@example.jp");
  EXPECT_EQ(channels::read_address(" a+b_c@mail.example.jp ").value(), "a+b_c@mail.example.jp");
  EXPECT_EQ(channels::read_address("a..b.@docomo.ne.jp").value(), "\"a..b.\"@docomo.ne.jp");
  EXPECT_EQ(channels::read_address("ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ").value(), "hana@example.jp");
}

TEST(Address, IsRefusedWithALineFeedAndWhateverElseCouldSpeakToTheServer) {
  for (const char* bad :
       {"a@example.jp\n", "a@example.jp\r\nBcc: b@example.jp", "a\n@example.jp", "a b@example.jp",
        "a@b@example.jp", "@example.jp", "a@", "a@jp", "a@-x.jp", "a@x..jp", "a@x.jp.", "a@[127.0.0.1]",
        "\"a b\"@example.jp", "a>@example.jp", "a,b@example.jp", "花子@example.jp", "a@例え.jp", ""})
    EXPECT_FALSE(channels::read_address(bad).ok()) << bad;
  EXPECT_EQ(channels::read_address(std::string(250, 'a') + "@x.jp").code(), Code::TooLarge);
}

TEST(Subject, IsInEncodedWordsOfWholeLetters) {
  EXPECT_EQ(channels::encoded_subject("Notice 12"), "Notice 12");
  EXPECT_EQ(channels::encoded_subject("日和町"), "=?UTF-8?B?5pel5ZKM55S6?=");
  const std::string subject = channels::encoded_subject(
      "日和町：防災のお知らせがあります。次のページで読めます。とても長い題名です。");
  std::size_t words = 0;
  for (std::string_view rest = subject; !rest.empty(); ++words) {
    const std::size_t line = std::min(rest.find("\r\n "), rest.size());
    EXPECT_LE(line, 75u);
    EXPECT_TRUE(rest.starts_with("=?UTF-8?B?"));
    rest.remove_prefix(std::min(line + 3, rest.size()));
  }
  EXPECT_GT(words, 1u);
  // What would end the header ends nothing.
  const std::string evil = channels::encoded_subject("a\r\nBcc: x@example.jp");
  EXPECT_EQ(evil.find("Bcc"), std::string::npos);
}

TEST(Base64, IsThatOfRfc4648) {
  EXPECT_EQ(channels::base64(""), "");
  EXPECT_EQ(channels::base64("f"), "Zg==");
  EXPECT_EQ(channels::base64("fo"), "Zm8=");
  EXPECT_EQ(channels::base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(channels::base64(std::string(60, 'x'), 76).find("\r\n"), 76u);
}

TEST(Letter, SaysHowToEndItWithOneClick) {
  const std::string text =
      channels::letter_text({"news@town.example", "日和町", "a@example.jp", "題", "本文\n二行目",
                             "notice.1.2", "https://news.town.example/mail/end?t=abc"},
                            kNow);
  EXPECT_NE(text.find("List-Unsubscribe: <https://news.town.example/mail/end?t=abc>\r\n"), std::string::npos);
  EXPECT_NE(text.find("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), std::string::npos);
  EXPECT_NE(text.find("Message-ID: <notice.1.2@town.example>\r\n"), std::string::npos);
  EXPECT_NE(text.find("Date: Wed, 18 Nov 2026 20:06:40 +0900\r\n"), std::string::npos) << text;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') {
      EXPECT_EQ(text[i - 1], '\r');
    }
}

TEST(SmtpClient, RefusesToSpeakForAStranger) {
  host::SmtpClient client({"smtp://127.0.0.1:1", "", "", true});
  EXPECT_EQ(client.send("a@b.jp", "x@y.jp>\r\nRCPT TO:<z@y.jp", "x\r\n").code(), Code::BadInput);
  EXPECT_EQ(client.send("a@b.jp", "x@y.jp", "x\n.\nMAIL FROM:<z@y.jp>").code(), Code::BadInput);
  EXPECT_EQ(client.send("a@b.jp", "x@y.jp", "x\r\n").value(), 0);  // nobody listens
}

struct Town {
  crypto::SystemEntropy entropy;
  std::unique_ptr<store::Database> database = store::Database::open({}).value();
  channels::Sums sums{*database};
  channels::Queue queue{*database, sums};
  channels::MailBook book{*database, entropy};
  std::mutex lock;
  words::Words words;
  std::map<std::string, int> replies;
  std::vector<std::pair<std::string, std::string>> sent;
  channels::MailSender sender{book,
                              queue,
                              words,
                              {"日和町", "news@town.example", "https://news.town.example"},
                              lock,
                              [this](const std::string& to, const std::string& letter) -> base::Result<int> {
                                sent.emplace_back(to, letter);
                                const auto found = replies.find(to);
                                return found == replies.end() ? 250 : found->second;
                              }};
  Town() {
    std::vector<store::Migration> all = channels::Sums::migrations();
    for (const auto& more : {channels::Queue::migrations(), channels::MailBook::migrations()})
      all.insert(all.end(), more.begin(), more.end());
    EXPECT_TRUE(database->migrate(all).ok());
  }
  void join(const std::string& address, std::string_view topics) {
    ASSERT_TRUE(book.wish(address, wants(topics), kNow).ok());
    const auto wishes = book.unsent(10, kNow).value();
    for (const auto& one : wishes)
      if (one.address == address) {
        ASSERT_TRUE(book.sent(one.id).ok());
        ASSERT_TRUE(book.confirm(one.token, kNow).ok());
      }
  }
  void tell(std::uint64_t serial) {
    channels::News news;
    news.serial = serial;
    news.until = kNow.plus_seconds(3600);
    ASSERT_TRUE(book.each([&](std::int64_t id, const notice::Topics& topics) {
                      const auto topic = notice::topic_for(topics, news.header, base::date_of(kNow));
                      return topic.empty() ? base::Status() : queue.plan("mail", news, topic, id, kNow);
                    })
                    .ok());
  }
};

TEST(MailBook, WritesToNobodyWhoHasNotConfirmed) {
  Town town;
  ASSERT_TRUE(town.book.wish("a@example.jp", wants("all"), kNow).ok());
  town.tell(1);
  ASSERT_EQ(town.sender.run(kNow).value(), 1u);  // the confirmation alone
  ASSERT_EQ(town.sender.run(kNow).value(), 0u);
  EXPECT_EQ(town.book.count().value(), 0);
  const auto& letter = town.sent.at(0).second;
  EXPECT_EQ(letter.find("List-Unsubscribe"), std::string::npos);
  EXPECT_EQ(town.book.confirm("nonsense", kNow).code(), Code::NotFound);
  EXPECT_EQ(town.book.confirm("", kNow).code(), Code::NotFound);
}

TEST(MailBook, AsksOneAddressOnceInTenMinutesAndForgetsAWishAfterADay) {
  Town town;
  ASSERT_TRUE(town.book.wish("a@example.jp", wants("all"), kNow).ok());
  EXPECT_EQ(town.book.wish("a@example.jp", wants("all"), kNow.plus_seconds(599)).code(), Code::TooMany);
  ASSERT_TRUE(town.book.wish("a@example.jp", wants("child"), kNow.plus_seconds(600)).ok());
  const std::string token = town.book.unsent(10, kNow.plus_seconds(600)).value().at(0).token;
  EXPECT_EQ(town.book.confirm(token, kNow.plus_seconds(600 + 86400)).code(), Code::NotFound);
  EXPECT_TRUE(town.book.confirm(token, kNow.plus_seconds(601)).ok());
  EXPECT_EQ(town.book.confirm(token, kNow.plus_seconds(602)).code(), Code::NotFound);
}

TEST(MailSender, SendsATopicAndALinkAndEndsWithOneClick) {
  Town town;
  town.join("a@example.jp", "all");
  town.tell(7);
  ASSERT_EQ(town.sender.run(kNow).value(), 1u);
  ASSERT_EQ(town.sent.size(), 1u);
  const std::string& letter = town.sent[0].second;
  const std::size_t at = letter.find("/mail/end?t=");
  ASSERT_NE(at, std::string::npos);
  const std::string token = letter.substr(at + 12, letter.find('>', at) - at - 12);
  EXPECT_TRUE(town.book.end(token).ok());
  EXPECT_EQ(town.book.count().value(), 0);
  town.tell(8);
  EXPECT_EQ(town.sender.run(kNow).value(), 0u);
}

TEST(MailSender, ForgetsAMailboxThatIsNoMoreAndTriesABusyOneLater) {
  Town town;
  town.join("dead@example.jp", "all");
  town.join("busy@example.jp", "all");
  town.join("live@example.jp", "all");
  town.replies = {{"dead@example.jp", 550}, {"busy@example.jp", 451}};
  town.tell(1);
  EXPECT_EQ(town.sender.run(kNow).value(), 3u);
  EXPECT_EQ(town.book.count().value(), 2);
  EXPECT_EQ(town.queue.waiting("mail").value(), 1);
  EXPECT_EQ(town.sender.run(kNow.plus_seconds(29)).value(), 0u);
  town.replies.clear();
  EXPECT_EQ(town.sender.run(kNow.plus_seconds(31)).value(), 1u);
  EXPECT_EQ(town.queue.waiting("mail").value(), 0);
}

TEST(MailSender, WaitsForAServerThatIsAway) {
  Town town;
  for (const char* name : {"a@example.jp", "b@example.jp", "c@example.jp"}) town.join(name, "all");
  town.replies = {{"a@example.jp", 0}, {"b@example.jp", 0}, {"c@example.jp", 0}};
  town.tell(1);
  EXPECT_EQ(town.sender.run(kNow).value(), 1u);
  EXPECT_EQ(town.sender.run(kNow.plus_seconds(10)).value(), 0u);
  town.replies.clear();
  EXPECT_EQ(town.sender.run(kNow.plus_seconds(31)).value(), 3u);
}

TEST(Page, ReadsAFormAsABrowserSendsIt) {
  const char* form =
      "address=a%40example.jp&topic=disaster&topic=all&district=%E5%8C%97+%E7%94%BA&empty=&odd";
  EXPECT_EQ(channels::form_value(form, "address"), "a@example.jp");
  EXPECT_EQ(channels::form_value(form, "topic"), "disaster,all");
  EXPECT_EQ(channels::form_value(form, "district"), "北 町");
  EXPECT_EQ(channels::form_value(form, "odd"), "");
  EXPECT_EQ(channels::form_value("a=%4&b=%zz", "b"), "%zz");
  EXPECT_EQ(channels::escaped("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
}

}  // namespace
