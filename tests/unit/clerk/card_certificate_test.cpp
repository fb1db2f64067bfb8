// A card's certificate and signature: each thing that can be wrong with them has its own name, and the public
// authorities' certificates can be trusted.
#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "platform/host/card_certificate.h"
#include "tests/unit/clerk/test_authority.h"

namespace machi::host {
namespace {

using base::Bytes;
using base::Code;

class CardCertificate : public testing::Test {
 protected:
  static base::Instant now() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
  }
  static void SetUpTestSuite() {
    char name[] = "/tmp/machi-card-XXXXXX";
    folder_ = mkdtemp(name);
    authorities_ = new std::array<clerk::test::TestAuthority, 2>{
        clerk::test::TestAuthority(folder_ / "ours"),
        clerk::test::TestAuthority(folder_ / "other", "Other CA")};
  }
  static void TearDownTestSuite() {
    delete std::exchange(authorities_, nullptr);
    std::filesystem::remove_all(folder_);
  }
  Bytes file(const std::filesystem::path& path) { return *read_file(path, 1 << 20); }
  CardVerifier verifier() { return *CardVerifier::make({file(ours_.authority())}, {file(ours_.list())}); }

  static std::filesystem::path folder_;
  static std::array<clerk::test::TestAuthority, 2>* authorities_;  // an RSA key takes long to make
  clerk::test::TestAuthority& ours_ = (*authorities_)[0];
  clerk::test::TestAuthority& other_ = (*authorities_)[1];
  const Bytes challenge_ = Bytes(32, 7);
};
std::filesystem::path CardCertificate::folder_;
std::array<clerk::test::TestAuthority, 2>* CardCertificate::authorities_ = nullptr;

TEST_F(CardCertificate, HoldsOrSaysWhyNot) {
  const Bytes card = ours_.card("00ABCDEF01"), revoked = ours_.card("0102");
  const Bytes signature = ours_.sign(challenge_);
  const auto before = verifier();
  EXPECT_EQ("ABCDEF01", *before.check(card, challenge_, signature, now()));
  EXPECT_EQ("102", *before.check(revoked, challenge_, signature, now()));
  ours_.revoke(revoked);
  const auto cards = verifier();
  EXPECT_EQ(Code::Revoked, cards.check(revoked, challenge_, signature, now()).code());
  EXPECT_EQ(Code::Expired, cards.check(ours_.expired("0304"), challenge_, signature, now()).code());
  EXPECT_EQ(Code::UnknownKey, cards.check(other_.card("00ABCDEF01"), challenge_, signature, now()).code());
  EXPECT_EQ(Code::BadSignature, cards.check(card, Bytes(32, 8), signature, now()).code());
  EXPECT_EQ(Code::BadSignature, cards.check(card, challenge_, {}, now()).code());
  EXPECT_EQ(Code::BadInput, cards.check(file(ours_.authority()), challenge_, signature, now()).code());
  Bytes longer = card, changed = card;
  longer.push_back(0);
  changed[changed.size() - 10] ^= 1;
  EXPECT_EQ(Code::BadInput, cards.check(longer, challenge_, signature, now()).code());
  EXPECT_EQ(Code::BadSignature, cards.check(changed, challenge_, signature, now()).code());
  // An authority is no card, even when it signs.
  EXPECT_FALSE(cards.check({}, challenge_, signature, now()).ok());
}

TEST_F(CardCertificate, IsNotTakenWithoutAListOfToday) {
  const Bytes card = ours_.card("01");
  const Bytes signature = ours_.sign(challenge_);
  EXPECT_EQ(
      Code::Storage,
      CardVerifier::make({file(ours_.authority())}, {})->check(card, challenge_, signature, now()).code());
  const auto other_list = CardVerifier::make({file(ours_.authority())}, {file(other_.list())});
  EXPECT_EQ(Code::Storage, other_list->check(card, challenge_, signature, now()).code());
  EXPECT_EQ(Code::Storage,
            verifier().check(card, challenge_, signature, now().plus_seconds(40 * 86400)).code());
  EXPECT_EQ(Code::Missing, CardVerifier::make({}, {}).code());
  EXPECT_EQ(Code::BadInput, CardVerifier::make({base::copy(base::view("x"))}, {}).code());
  EXPECT_EQ(Code::BadInput, CardVerifier::make({card}, {}).code());
}

}  // namespace
}  // namespace machi::host
