// An authority for the cards of tests, made by the `openssl` program: RSA of 2048 bits, certificates in the
// manner of those for user authentication (issuer's key id, key usage, no authority), a revocation list.
// Tests only.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/bytes.h"
#include "platform/host/file.h"

namespace machi::clerk::test {

class TestAuthority {
 public:
  explicit TestAuthority(std::filesystem::path folder, const std::string& name = "Test auth CA")
      : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "index.txt");
    std::ofstream(folder_ / "crlnumber") << "01\n";
    std::ofstream(folder_ / "ca.cnf")
        << "[ca]\ndefault_ca=here\n[here]\ndatabase=index.txt\nnew_certs_dir=.\n"
           "certificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=any\n"
           "crlnumber=crlnumber\nx509_extensions=card\ncopy_extensions=none\n"
           "unique_subject=no\n[any]\ncommonName=supplied\n"
           "[card]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
           "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
           "[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
           "subjectKeyIdentifier=hash\n[req]\ndistinguished_name=dn\n[dn]\n";
    tool("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj '/CN=" + name +
         "' -config ca.cnf -extensions root");
    tool("genrsa -out card.key 2048");  // one key for all cards: making one takes long
    renew_list();
  }

  // A certificate of this serial number, hexadecimal.
  base::Bytes card(const std::string& serial) {
    tool("req -new -key card.key -subj '/CN=" + serial + "' -config ca.cnf -out card.csr");
    tool("x509 -req -in card.csr -CA ca.pem -CAkey ca.key -set_serial 0x" + serial +
         " -extfile ca.cnf -extensions card -out card.pem -days 3650 -sha256");
    tool("x509 -in card.pem -outform DER -out card.der");
    return *host::read_file(folder_ / "card.der", 1 << 16);
  }
  // One that held for a day, long ago.
  base::Bytes expired(const std::string& serial) {
    std::ofstream(folder_ / "serial") << serial << "\n";
    tool("req -new -key card.key -subj '/CN=" + serial + "' -config ca.cnf -out card.csr");
    const std::string config = slurp("ca.cnf");
    const auto at = config.find("database=");
    std::ofstream(folder_ / "old.cnf") << config.substr(0, at) << "serial=serial\n" << config.substr(at);
    tool(
        "ca -batch -config old.cnf -in card.csr -out card.pem -notext -startdate 200101000000Z -enddate "
        "200102000000Z");
    tool("x509 -in card.pem -outform DER -out card.der");
    return *host::read_file(folder_ / "card.der", 1 << 16);
  }
  void revoke(const base::Bytes& certificate) {
    static_cast<void>(host::write_file(folder_ / "revoked.der", certificate).ok());
    tool("x509 -inform DER -in revoked.der -out revoked.pem");
    tool("ca -config ca.cnf -revoke revoked.pem");
    renew_list();
  }
  // RSA, PKCS#1 v1.5, SHA-256: what the card does with the challenge.
  base::Bytes sign(base::ByteView challenge) const {
    static_cast<void>(host::write_file(folder_ / "challenge", challenge).ok());
    tool("dgst -sha256 -sign card.key -out signature challenge");
    return *host::read_file(folder_ / "signature", 4096);
  }
  std::filesystem::path authority() const { return folder_ / "ca.pem"; }
  std::filesystem::path list() const { return folder_ / "crl.pem"; }
  void renew_list(const std::string& how = "-crldays 30") {
    tool("ca -config ca.cnf -gencrl " + how + " -out crl.pem");
  }

 private:
  std::string slurp(const char* name) const {
    const auto bytes = host::read_file(folder_ / name, 1 << 16);
    return bytes.ok() ? std::string(base::text_view(*bytes)) : "";
  }
  void tool(const std::string& words) const {
    const std::string line = "cd '" + folder_.string() + "' && openssl " + words + " >said 2>&1";
    if (std::system(line.c_str()) != 0) {
      std::fprintf(stderr, "openssl %s: %s\n", words.c_str(), slurp("said").c_str());
      std::abort();
    }
  }
  std::filesystem::path folder_;
};

}  // namespace machi::clerk::test
