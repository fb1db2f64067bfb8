// The card reader's contract, on the real service pcscd with a virtual reader, a card as a process of its
// own.
#include "core/certificate/card/my_number_card.h"
#include "core/crypto/sodium.h"
#include "platform/host/card/pcsc_card_reader.h"
#include "platform/host/card_certificate.h"
#include "tests/unit/clerk/test_authority.h"
#include "tests/unit/devices/card_service.h"

namespace machi::devices::test {
namespace {

using certificate::card::Trouble;
using host::CardSeen;
using host::PcscCardReader;

struct Shared {
  Shared() : authority(folder / "ca") {
    static_cast<void>(host::write_file(folder / "card.der", authority.card("0A11")).ok());
    files.certificate = (folder / "card.der").string();
    files.key = (folder / "ca/card.key").string();
  }
  Folder folder;
  clerk::test::TestAuthority authority;
  CardFiles files;
  CardService service;
};

class CardReader : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ASSERT_TRUE(crypto::ready());
    shared_ = std::make_unique<Shared>();
  }
  static void TearDownTestSuite() { shared_.reset(); }
  // The card of the test before is gone.
  void SetUp() override {
    PcscCardReader reader;
    ASSERT_EQ(CardSeen::Empty, settled(reader, CardSeen::Empty));
  }
  static Shared& shared() { return *shared_; }
  static CardSeen settled(PcscCardReader& reader, CardSeen expected) {
    CardSeen seen = reader.look();
    soon(
        [&] {
          if (seen != expected) seen = reader.wait(seen, 200);
          return seen == expected;
        },
        10);
    return seen;
  }
  static certificate::card::Transmit link(PcscCardReader& reader) {
    return [&reader](base::ByteView command) { return reader.transmit(command); };
  }
  static crypto::Secret<4> pin(std::string_view digits = "1234") {
    return crypto::Secret<4>(*base::fixed<4>(base::view(digits)));
  }

 private:
  inline static std::unique_ptr<Shared> shared_;
};

TEST_F(CardReader, ReadsACardThatIsLaidOnIt) {
  CardProcess card(shared().service, shared().files);
  PcscCardReader reader;
  EXPECT_EQ(CardSeen::Empty, settled(reader, CardSeen::Empty));
  EXPECT_EQ(base::Code::NotFound, reader.connect().code());
  ASSERT_TRUE(card.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(reader.connect().ok());
  const auto challenge = base::view("thirty-two bytes of the clerk's!");
  const auto reading = certificate::card::read(link(reader), pin(), challenge);
  ASSERT_EQ(Trouble::None, reading.trouble);
  EXPECT_EQ(shared().files.name, reading.items.name);
  EXPECT_EQ(shared().files.address, reading.items.address);
  EXPECT_EQ(*base::Date::of(1985, 4, 1), reading.items.birth);
  // What it signed is what an authority's verifier accepts, for this challenge alone.
  const auto verifier = host::CardVerifier::make({*host::read_file(shared().authority.authority(), 1 << 16)},
                                                 {*host::read_file(shared().authority.list(), 1 << 16)});
  const base::Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::system_clock::now().time_since_epoch())
                              .count()};
  const auto serial = verifier->check(reading.certificate, challenge, reading.signature, now);
  ASSERT_TRUE(serial.ok());
  EXPECT_EQ("A11", *serial);
  EXPECT_FALSE(verifier->check(reading.certificate, base::view("another"), reading.signature, now).ok());
}

TEST_F(CardReader, ACardThatWasLiftedIsGoneForThisConnectionAlsoWhenItComesBack) {
  CardProcess card(shared().service, shared().files);
  PcscCardReader reader;
  ASSERT_TRUE(card.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(reader.connect().ok());
  ASSERT_EQ(Trouble::None, certificate::card::look(link(reader)).trouble);
  ASSERT_TRUE(card.say("remove"));
  ASSERT_EQ(CardSeen::Empty, settled(reader, CardSeen::Empty));
  EXPECT_EQ(Trouble::Gone, certificate::card::look(link(reader)).trouble);
  ASSERT_TRUE(card.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  EXPECT_EQ(Trouble::Gone, certificate::card::look(link(reader)).trouble);
  ASSERT_TRUE(reader.connect().ok());
  EXPECT_EQ(Trouble::None, certificate::card::look(link(reader)).trouble);
}

TEST_F(CardReader, ACardLiftedAndLaidAgainBetweenTwoLooksWasAway) {
  CardProcess card(shared().service, shared().files);
  PcscCardReader reader, other;
  ASSERT_TRUE(card.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  EXPECT_EQ(CardSeen::Card, reader.wait(CardSeen::Card, 50));  // still the same stay
  ASSERT_TRUE(card.say("remove"));
  ASSERT_EQ(CardSeen::Empty, settled(other, CardSeen::Empty));
  ASSERT_TRUE(card.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(other, CardSeen::Card));
  EXPECT_EQ(CardSeen::Empty, reader.wait(CardSeen::Card, 5'000));
  EXPECT_EQ(CardSeen::Card, reader.wait(CardSeen::Empty, 5'000));
  EXPECT_EQ(CardSeen::Card, reader.wait(CardSeen::Card, 50));
}

TEST_F(CardReader, ACardExchangedWithoutALookBetweenIsNotTheSameOne) {
  CardProcess card(shared().service, shared().files);
  PcscCardReader reader;
  ASSERT_TRUE(card.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(reader.connect().ok());
  ASSERT_EQ(Trouble::None, certificate::card::look(link(reader)).trouble);
  ASSERT_TRUE(card.say("remove"));
  // The service looks at the slot a few times a second; whatever it saw, nothing is read through the old
  // connection once the card was another one.
  CardFiles other = shared().files;
  other.name = "日和　太郎";
  CardProcess second(shared().service, other);
  ASSERT_TRUE(second.say("insert"));
  EXPECT_EQ(Trouble::Gone, certificate::card::read(link(reader), pin(), base::view("x")).trouble);
}

TEST_F(CardReader, TwoCardsAtOnceAreNeitherOfThem) {
  CardProcess first(shared().service, shared().files), second(shared().service, shared().files, 1);
  PcscCardReader reader;
  ASSERT_TRUE(second.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(first.say("insert"));
  ASSERT_EQ(CardSeen::Several, settled(reader, CardSeen::Several));
  EXPECT_EQ(base::Code::Conflict, reader.connect().code());
  ASSERT_TRUE(first.say("remove"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(reader.connect().ok());
  EXPECT_EQ(Trouble::None, certificate::card::look(link(reader)).trouble);
}

TEST_F(CardReader, TellsAnotherCardAndOneUpsideDown) {
  CardProcess card(shared().service, shared().files);
  PcscCardReader reader;
  ASSERT_TRUE(card.say("other"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(reader.connect().ok());
  EXPECT_EQ(Trouble::NotMyNumber, certificate::card::look(link(reader)).trouble);
  reader.disconnect();
  ASSERT_TRUE(card.say("remove"));
  ASSERT_EQ(CardSeen::Empty, settled(reader, CardSeen::Empty));
  ASSERT_TRUE(card.say("upside-down"));
  // Something is there, and whatever the driver makes of it, nobody is read.
  ASSERT_TRUE(soon([&] { return reader.look() != CardSeen::Empty; }, 10));
  if (reader.connect().ok()) {
    EXPECT_NE(Trouble::None, certificate::card::look(link(reader)).trouble);
  }
}

TEST_F(CardReader, TheLastTryIsNeverSpentOverTheWholeWay) {
  CardProcess card(shared().service, shared().files, 0, {"--inserted"});
  PcscCardReader reader;
  ASSERT_TRUE(card.say("insert"));
  ASSERT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(reader.connect().ok());
  EXPECT_EQ(2, certificate::card::read(link(reader), pin("9999"), base::view("x")).tries);
  EXPECT_EQ(1, certificate::card::read(link(reader), pin("9999"), base::view("x")).tries);
  EXPECT_EQ(Trouble::LastTry, certificate::card::read(link(reader), pin(), base::view("x")).trouble);
  EXPECT_NE(std::string::npos, card.state().find("\"tries\":1")) << card.state();
}

TEST_F(CardReader, AServiceThatWasStartedAnewIsMetAgain) {
  PcscCardReader reader;
  EXPECT_EQ(CardSeen::Empty, settled(reader, CardSeen::Empty));
  shared().service.stop();
  EXPECT_EQ(CardSeen::NoReader, settled(reader, CardSeen::NoReader));
  EXPECT_FALSE(reader.connect().ok());
  shared().service.start();
  EXPECT_EQ(CardSeen::Empty, settled(reader, CardSeen::Empty));
  CardProcess card(shared().service, shared().files);
  ASSERT_TRUE(card.say("insert"));
  EXPECT_EQ(CardSeen::Card, settled(reader, CardSeen::Card));
  ASSERT_TRUE(reader.connect().ok());
  EXPECT_EQ(Trouble::None, certificate::card::look(link(reader)).trouble);
}

}  // namespace
}  // namespace machi::devices::test
