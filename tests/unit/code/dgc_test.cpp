// Health certificates of the EU's test data, end to end: the same Base45, zlib, COSE and CWT as our tokens,
// made by nobody here. Each file says by EXPECTEDRESULTS what must hold and what must not; every entry is
// checked, but for two kinds that judge the certificate's medical content and not the code:
//   EXPECTEDSCHEMAVALIDATION, EXPECTEDVALIDOBJECT: the JSON schema of health certificates (DGC1 and DGC2
//   differ from the others in this alone). This program reads such tokens; it does not judge vaccinations.
// B1 expects its picture to be read, but the published file holds none.
#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <map>
#include <set>

#include "core/base/time.h"
#include "core/code/cwt.h"
#include "core/code/qr.h"
#include "core/code/token_reader.h"
#include "platform/host/es256_verifier.h"
#include "tests/unit/code/png_picture.h"
#include "tests/unit/code/vectors.h"

namespace machi::code {
namespace {

constexpr std::string_view kPrefix = "HC1:";
constexpr std::int64_t kHcert = -260;

// A token's value as JSON, as health certificates are compared: tags are dropped, keys are text.
Json json_of(const Cbor& value) {
  struct Converter {
    Json operator()(CborNull) const { return nullptr; }
    Json operator()(CborUndefined) const { return nullptr; }
    Json operator()(bool held) const { return held; }
    Json operator()(CborSimple held) const { return held.number; }
    Json operator()(std::uint64_t held) const { return held; }
    Json operator()(CborNegative held) const { return -1 - static_cast<std::int64_t>(held.n); }
    Json operator()(double held) const { return held; }
    Json operator()(const Bytes& held) const { return base::to_hex(held); }
    Json operator()(const std::string& held) const { return held; }
    Json operator()(const CborArray& held) const {
      Json items = Json::array();
      for (const Cbor& item : held) items.push_back(json_of(item));
      return items;
    }
    Json operator()(const CborMap& held) const {
      Json object = Json::object();
      for (const auto& [key, content] : held)
        object[key.text().ok() ? *key.text() : std::to_string(*key.integer())] = json_of(content);
      return object;
    }
    Json operator()(const std::vector<CborTag>& held) const { return json_of(held.front().content); }
  };
  return std::visit(Converter{}, value.value());
}

// The health certificate inside claims: -260 -> 1.
const Cbor* certificate_in(const Cbor& claims) {
  const Cbor* hcert = claims.find(kHcert);
  return hcert == nullptr ? nullptr : hcert->find(1);
}

// "2021-05-03T18:00:00Z", with fraction or offset, as an instant.
base::Instant instant(const std::string& text) {
  const base::Date date = *base::Date::parse(text.substr(0, 10));
  const base::TimeOfDay time = *base::TimeOfDay::parse(text.substr(11, 5));
  std::int64_t seconds =
      base::instant_of(date, time).plus_seconds(9 * 3600 + std::stoi(text.substr(17, 2))).seconds();
  if (const auto offset = text.find_first_of("+-", 19); offset != std::string::npos) {
    const std::int64_t minutes = base::TimeOfDay::parse(text.substr(offset + 1, 5))->minutes;
    seconds -= (text[offset] == '-' ? -60 : 60) * minutes;
  }
  return base::Instant::from_seconds(seconds);
}

// The purposes that a certificate's extended key usage names, of "test", "vaccination", "recovery"; none
// means any.
std::set<std::string> purposes(const Bytes& der) {
  const std::map<std::string, std::string> names = {
      {"1.3.6.1.4.1.1847.2021.1.1", "t"},   {"1.3.6.1.4.1.1847.2021.1.2", "v"},
      {"1.3.6.1.4.1.1847.2021.1.3", "r"},   {"1.3.6.1.4.1.0.1847.2021.1.1", "t"},
      {"1.3.6.1.4.1.0.1847.2021.1.2", "v"}, {"1.3.6.1.4.1.0.1847.2021.1.3", "r"}};
  std::set<std::string> found;
  const unsigned char* at = der.data();
  X509* certificate = d2i_X509(nullptr, &at, static_cast<long>(der.size()));
  auto* usages =
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr));
  for (int i = 0; usages != nullptr && i < sk_ASN1_OBJECT_num(usages); ++i) {
    char text[80];
    OBJ_obj2txt(text, sizeof text, sk_ASN1_OBJECT_value(usages, i), 1);
    if (const auto name = names.find(text); name != names.end()) found.insert(name->second);
  }
  EXTENDED_KEY_USAGE_free(usages);
  X509_free(certificate);
  return found;
}

class Certificate {
 public:
  explicit Certificate(const std::filesystem::path& path) : json_(json_file(path)) {}

  const Json& expected() const { return json_["EXPECTEDRESULTS"]; }

  bool decodes() const {
    const auto value = decode_lenient(hex(text("CBOR")));
    if (!value.ok()) return false;
    // Germany's files give all claims here, the others the certificate alone.
    const Cbor* inside = certificate_in(*value);
    return json_of(inside != nullptr ? *inside : *value) == json_["JSON"];
  }
  bool verifies() const {
    const auto verifier = host::Es256Verifier::from_key(signer());
    const auto sign1 = cose();
    return verifier.ok() && sign1.ok() && decode_lenient(sign1->payload).ok() &&
           verifier->check(*sign1) == SignatureState::Holds;
  }
  bool unprefixes() const {
    return text("PREFIX").starts_with(kPrefix) && text("PREFIX").substr(kPrefix.size()) == text("BASE45");
  }
  bool is_valid_json() const {
    const auto reading = read_token(text("PREFIX"));
    if (!reading.ok() || reading->prefix != kPrefix) return false;
    const Cbor* found = certificate_in(reading->claims);
    return found != nullptr && json_of(*found) == json_["JSON"];
  }
  bool decompresses() const {
    const auto found = inflate(hex(text("COMPRESSED")), kTokenLimit);
    return found.ok() && *found == hex(text("COSE"));
  }
  bool decodes_base45() const {
    const auto found = from_base45(text("BASE45"));
    return found.ok() && *found == hex(text("COMPRESSED"));
  }
  bool decodes_picture() const {
    const auto picture = read_png(base64(text("2DCODE")));
    if (!picture.ok()) return false;
    const auto found = read_qr(picture->grey, picture->width, picture->height);
    return found.ok() && *found == text("PREFIX");
  }
  bool is_in_date() const {
    const auto sign1 = cose();
    const auto claims = sign1.ok() ? decode_lenient(sign1->payload) : Result<Cbor>(sign1.error());
    if (!claims.ok()) return false;
    const auto expires = claims->integer_at(4);
    const auto issued = claims->integer_at(6);
    const std::int64_t now = instant(json_["TESTCTX"]["VALIDATIONCLOCK"]).seconds();
    return expires.ok() && issued.ok() && *issued <= now && now < *expires;
  }
  bool has_key_usage() const {
    const auto sign1 = cose();
    const auto claims = sign1.ok() ? decode_lenient(sign1->payload) : Result<Cbor>(sign1.error());
    const Cbor* found = claims.ok() ? certificate_in(*claims) : nullptr;
    if (!verifies() || found == nullptr) return false;
    const std::set<std::string> allowed = purposes(signer());
    for (const std::string kind : {"t", "v", "r"}) {
      const Cbor* entries = found->find(std::string_view(kind));
      const bool present = entries != nullptr && entries->array() != nullptr && !entries->array()->empty();
      if (present && !allowed.empty() && !allowed.contains(kind)) return false;
    }
    return true;
  }

 private:
  std::string text(const char* name) const {
    return json_.contains(name) && json_[name].is_string() ? json_[name] : "";
  }
  Bytes signer() const { return base64(json_["TESTCTX"]["CERTIFICATE"]); }
  Result<Sign1> cose() const { return parse_sign1(hex(text("COSE")), true); }

  Json json_;
};

using Check = bool (Certificate::*)() const;
const std::map<std::string, Check>& checks() {
  static const std::map<std::string, Check> kChecks = {
      {"EXPECTEDDECODE", &Certificate::decodes},
      {"EXPECTEDVERIFY", &Certificate::verifies},
      {"EXPECTEDUNPREFIX", &Certificate::unprefixes},
      {"EXPECTEDVALIDJSON", &Certificate::is_valid_json},
      {"EXPECTEDCOMPRESSION", &Certificate::decompresses},
      {"EXPECTEDB45DECODE", &Certificate::decodes_base45},
      {"EXPECTEDPICTUREDECODE", &Certificate::decodes_picture},
      {"EXPECTEDEXPIRATIONCHECK", &Certificate::is_in_date},
      {"EXPECTEDKEYUSAGE", &Certificate::has_key_usage}};
  return kChecks;
}

const std::set<std::string>& out_of_scope() {
  static const std::set<std::string> kNames = {"EXPECTEDSCHEMAVALIDATION", "EXPECTEDVALIDOBJECT"};
  return kNames;
}

// How many files and checks a folder holds; every check's outcome is compared with what the file expects.
std::pair<std::size_t, std::size_t> run_folder(std::string_view folder) {
  std::size_t done = 0;
  const auto files = files_of(data_path("signed_qr/dgc") / folder, ".json");
  for (const auto& path : files) {
    const Certificate certificate(path);
    for (const auto& [name, expected] : certificate.expected().items()) {
      if (out_of_scope().contains(name) || (path.stem() == "B1" && name == "EXPECTEDPICTUREDECODE")) continue;
      const auto check = checks().find(name);
      if (check == checks().end()) {
        ADD_FAILURE() << path.filename() << " expects something unknown: " << name;
        continue;
      }
      EXPECT_EQ((certificate.*check->second)(), expected.get<bool>())
          << path.parent_path().filename() << "/" << path.filename() << " " << name;
      ++done;
    }
  }
  return {files.size(), done};
}

TEST(HealthCertificates, OfTheCommonTestDataAreJudgedAsTheySay) {
  const auto [files, done] = run_folder("common");
  EXPECT_EQ(files, 38u);
  EXPECT_EQ(done, 55u);
}

TEST(HealthCertificates, OfAustriaAreReadAndVerified) { EXPECT_EQ(run_folder("AT").first, 4u); }
TEST(HealthCertificates, OfGermanyAreReadAndVerified) { EXPECT_EQ(run_folder("DE").first, 4u); }
TEST(HealthCertificates, OfSwedenAreReadAndVerified) { EXPECT_EQ(run_folder("SE").first, 5u); }

TEST(HealthCertificates, FailWithAnAlteredByteUnderTheSameCertificate) {
  const Json json = json_file(data_path("signed_qr/dgc/common/CO3.json"));
  const auto verifier = host::Es256Verifier::from_key(base64(json["TESTCTX"]["CERTIFICATE"]));
  ASSERT_TRUE(verifier.ok());
  Sign1 sign1 = *parse_sign1(hex(json["COSE"].get<std::string>()), true);
  EXPECT_EQ(verifier->check(sign1), SignatureState::Holds);
  sign1.payload.back() ^= 1;
  EXPECT_EQ(verifier->check(sign1), SignatureState::Fails);
}

}  // namespace
}  // namespace machi::code
