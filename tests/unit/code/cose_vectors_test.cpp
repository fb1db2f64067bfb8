// Published COSE_Sign1 and CWT examples: those of EdDSA by the core, those of ES256 by the adapter over
// OpenSSL. What must fail fails, and other algorithms and structures are named and refused.
#include <gtest/gtest.h>

#include "core/code/cose.h"
#include "core/code/cwt.h"
#include "core/code/token_reader.h"
#include "platform/host/es256_verifier.h"
#include "tests/unit/code/vectors.h"

namespace machi::code {
namespace {

constexpr std::string_view kFolder = "signed_qr/cose/";

struct Example {
  Json json;
  Bytes cose;
  Bytes external;

  explicit Example(std::string_view name)
      : json(json_file(data_path(std::string(kFolder) + std::string(name)))) {
    cose = hex(json["output"]["cbor"].get<std::string>());
    if (json["input"].contains("sign0") && json["input"]["sign0"].contains("external"))
      external = hex(json["input"]["sign0"]["external"].get<std::string>());
  }

  const Json& key() const { return json["input"]["sign0"]["key"]; }
  Bytes coordinate(const std::string& name) const {
    if (key().contains(name + "_hex")) return hex(key()[name + "_hex"].get<std::string>());
    return base64(key()[name].get<std::string>());
  }

  // As a verifier of ES256 sees it; the state is Fails when the bytes are no COSE_Sign1.
  SignatureState es256() const {
    const auto verifier = host::Es256Verifier::from_point(coordinate("x"), coordinate("y"));
    EXPECT_TRUE(verifier.ok());
    const auto sign1 = parse_sign1(cose, true);
    return sign1.ok() ? verifier->check(*sign1, external) : SignatureState::Fails;
  }
};

TEST(CoseVectors, EdDsaHoldsAndIsMadeAgainByteForByte) {
  ASSERT_TRUE(crypto::ready());
  const Example example("eddsa-examples/eddsa-sig-01.json");
  const auto sign1 = parse_sign1(example.cose);
  ASSERT_TRUE(sign1.ok());
  EXPECT_EQ(sign1->to_be_signed(), hex(example.json["intermediates"]["ToBeSign_hex"].get<std::string>()));
  const crypto::SignKey key =
      crypto::sign_key(crypto::Secret<32>(*base::fixed<32>(hex(example.key()["d_hex"].get<std::string>()))));
  EXPECT_EQ(base::to_hex(key.open.bytes), example.key()["x_hex"].get<std::string>());
  EXPECT_EQ(check_signature(*sign1, key.open), SignatureState::Holds);
  const auto again = crypto::sign(key, sign1->to_be_signed());
  EXPECT_EQ(base::copy(again), sign1->signature);
  // It names no purpose: nothing of ours would act on it.
  EXPECT_EQ(verify_sign1(example.cose, "machi-slip+cwt", key.open).error().detail, "unprotected headers");
}

TEST(CoseVectors, Es256HoldsInEveryExampleThatPasses) {
  for (const std::string_view name :
       {"CWT/A_3.json", "RFC8152/Appendix_C_2_1.json", "ecdsa-examples/ecdsa-sig-01.json",
        "sign1-tests/sign-pass-01.json", "sign1-tests/sign-pass-02.json", "sign1-tests/sign-pass-03.json"}) {
    const Example example(name);
    EXPECT_EQ(example.es256(), SignatureState::Holds) << name;
    EXPECT_EQ(parse_sign1(example.cose, true)->to_be_signed(example.external),
              hex(example.json["intermediates"]["ToBeSign_hex"].get<std::string>()))
        << name;
  }
}

TEST(CoseVectors, Es256FailsInEveryExampleThatFails) {
  for (const std::string_view name :
       {"sign1-tests/sign-fail-01.json", "sign1-tests/sign-fail-02.json", "sign1-tests/sign-fail-03.json",
        "sign1-tests/sign-fail-04.json", "sign1-tests/sign-fail-06.json", "sign1-tests/sign-fail-07.json"})
    EXPECT_NE(Example(name).es256(), SignatureState::Holds) << name;
}

TEST(CoseVectors, ExternalDataIsPartOfWhatIsSigned) {
  Example example("sign1-tests/sign-pass-02.json");
  example.external.back() ^= 1;
  EXPECT_EQ(example.es256(), SignatureState::Fails);
}

// Ed448, P-384 and P-521 are other algorithms than those that a token may have here; a MAC is no signature.
TEST(CoseVectors, OtherAlgorithmsAndStructuresAreNotTakenForOurs) {
  for (const std::string_view name :
       {"eddsa-examples/eddsa-sig-02.json", "ecdsa-examples/ecdsa-sig-02.json",
        "ecdsa-examples/ecdsa-sig-03.json", "ecdsa-examples/ecdsa-sig-04.json"}) {
    const auto sign1 = parse_sign1(Example(name).cose, true);
    ASSERT_TRUE(sign1.ok()) << name;
    const Example p256("CWT/A_3.json");
    EXPECT_EQ(host::Es256Verifier::from_point(p256.coordinate("x"), p256.coordinate("y"))->check(*sign1),
              SignatureState::KeyUnknown)
        << name;
    EXPECT_NE(check_signature(*sign1, crypto::SignPublic{}), SignatureState::Holds) << name;
  }
  EXPECT_EQ(parse_sign1(Example("CWT/A_4.json").cose, true).code(), base::Code::BadInput) << "COSE_Mac0";
}

TEST(CoseVectors, TheClaimsOfRfc8392AppendixA3AreRead) {
  const auto sign1 = parse_sign1(Example("CWT/A_3.json").cose);
  ASSERT_TRUE(sign1.ok());
  const auto claims = decode_claims(sign1->payload);
  ASSERT_TRUE(claims.ok());
  EXPECT_EQ(claims->issuer, "coap://as.example.com");
  EXPECT_EQ(claims->audience, "coap://light.example.com");
}

TEST(Es256Verifier, RefusesKeysThatAreNone) {
  const Example example("CWT/A_3.json");
  const Bytes x = example.coordinate("x");
  Bytes y = example.coordinate("y");
  y.back() ^= 1;
  EXPECT_EQ(host::Es256Verifier::from_point(x, y).code(), base::Code::BadInput);
  EXPECT_EQ(host::Es256Verifier::from_point(x, ByteView(y).first(31)).code(), base::Code::BadInput);
  EXPECT_EQ(host::Es256Verifier::from_key({}).code(), base::Code::BadInput);
  EXPECT_EQ(host::Es256Verifier::from_key(
                base::view("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
                .code(),
            base::Code::BadInput);
}

TEST(Es256Verifier, RefusesAnAlteredByteAndAShortSignature) {
  const Example example("CWT/A_3.json");
  const auto verifier = host::Es256Verifier::from_point(example.coordinate("x"), example.coordinate("y"));
  Sign1 sign1 = *parse_sign1(example.cose);
  for (std::uint8_t& byte : sign1.signature) {
    byte ^= 1;
    EXPECT_EQ(verifier->check(sign1), SignatureState::Fails);
    byte ^= 1;
  }
  EXPECT_EQ(verifier->check(sign1), SignatureState::Holds);
  sign1.signature.pop_back();
  EXPECT_EQ(verifier->check(sign1), SignatureState::Fails);
}

}  // namespace
}  // namespace machi::code
