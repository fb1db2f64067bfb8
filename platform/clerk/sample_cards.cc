// One shell line a call of the program; what it said stays in the folder.
#include "platform/clerk/sample_cards.h"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <functional>

#include "platform/host/file.h"

namespace machi::clerk {
namespace {

constexpr std::size_t kLimit = 1 << 16;
constexpr const char* kConfig =
    "[ca]\ndefault_ca=here\n[here]\ndatabase=index.txt\nnew_certs_dir=.\n"
    "certificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=any\n"
    "crlnumber=crlnumber\nx509_extensions=card\ncopy_extensions=none\n"
    "unique_subject=no\n[any]\ncommonName=supplied\n"
    "[card]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n"
    "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    "[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
    "subjectKeyIdentifier=hash\n[req]\ndistinguished_name=dn\n[dn]\n";

}  // namespace

base::Result<SampleAuthority> SampleAuthority::open(const std::filesystem::path& folder,
                                                    const std::string& name) {
  SampleAuthority out(folder);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return base::fail(base::Code::Storage, "folder");
  if (!std::filesystem::exists(folder / "card.key", error)) {
    std::ofstream(folder / "index.txt").flush();
    std::ofstream(folder / "crlnumber") << "01\n";
    std::ofstream(folder / "ca.cnf") << kConfig;
    MACHI_TRY(out.tool("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj '/CN=" +
                       name + "' -config ca.cnf -extensions root"));
    MACHI_TRY(out.tool("genrsa -out card.key 2048"));
  }
  MACHI_TRY(out.renew_list());
  return out;
}

base::Result<base::Bytes> SampleAuthority::card(const std::string& serial) const {
  MACHI_TRY(tool("req -new -key card.key -subj '/CN=" + serial + "' -config ca.cnf -out card.csr"));
  MACHI_TRY(tool("x509 -req -in card.csr -CA ca.pem -CAkey ca.key -set_serial 0x" + serial +
                 " -extfile ca.cnf -extensions card -out card.pem -days 3650 -sha256"));
  MACHI_TRY(tool("x509 -in card.pem -outform DER -out card.der"));
  return read("card.der");
}

base::Result<base::Bytes> SampleAuthority::expired(const std::string& serial) const {
  std::ofstream(folder_ / "serial") << serial << "\n";
  MACHI_TRY(tool("req -new -key card.key -subj '/CN=" + serial + "' -config ca.cnf -out card.csr"));
  const std::string config = kConfig;
  const auto at = config.find("database=");
  std::ofstream(folder_ / "old.cnf") << config.substr(0, at) << "serial=serial\n" << config.substr(at);
  MACHI_TRY(
      tool("ca -batch -config old.cnf -in card.csr -out card.pem -notext -startdate 200101000000Z -enddate "
           "200102000000Z"));
  MACHI_TRY(tool("x509 -in card.pem -outform DER -out card.der"));
  return read("card.der");
}

base::Status SampleAuthority::revoke(const base::Bytes& certificate) const {
  MACHI_TRY(host::write_file(folder_ / "revoked.der", certificate));
  MACHI_TRY(tool("x509 -inform DER -in revoked.der -out revoked.pem"));
  MACHI_TRY(tool("ca -config ca.cnf -revoke revoked.pem"));
  return renew_list();
}

base::Result<base::Bytes> SampleAuthority::sign(base::ByteView challenge) const {
  MACHI_TRY(host::write_file(folder_ / "challenge", challenge));
  MACHI_TRY(tool("dgst -sha256 -sign card.key -out signature challenge"));
  return read("signature");
}

base::Status SampleAuthority::renew_list(const std::string& how) const {
  return tool("ca -config ca.cnf -gencrl " + how + " -out crl.pem");
}

base::Status SampleAuthority::tool(const std::string& words) const {
  const std::string line = "cd '" + folder_.string() + "' && openssl " + words + " >said 2>&1";
  const int status = std::system(line.c_str());
  if (status == 0) return {};
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
    return base::fail(base::Code::Missing, "the program openssl");
  return base::fail(base::Code::Storage, "openssl " + words.substr(0, words.find(' ')));
}

base::Result<base::Bytes> SampleAuthority::read(const char* name) const {
  return host::read_file(folder_ / name, kLimit);
}

base::Result<std::map<std::string, base::Bytes>> give_sample_cards(std::vector<Resident>& residents,
                                                                   const SampleAuthority& authority,
                                                                   Date today, SampleHolders& holders) {
  using Is = std::function<bool(const Resident&)>;
  const auto lives = [](const Resident& one) { return one.standing == Standing::Resident && !one.guarded; };
  const struct {
    std::size_t& index;
    const char* serial;
    Is is;
  } wanted[] = {
      {holders.anybody, "0A11",
       [&](const Resident& one) {
         return lives(one) && one.person.nationality.empty() && one.person.relationship == "世帯主";
       }},
      {holders.guarded, "0B22",
       [](const Resident& one) { return one.standing == Standing::Resident && one.guarded; }},
      {holders.moved, "0C33",
       [](const Resident& one) { return one.standing == Standing::MovedOut && !one.guarded; }},
      {holders.child, "0D44",
       [&](const Resident& one) { return lives(one) && one.person.birth.year() > today.year() - 14; }},
      {holders.unsettable, "0E55",
       [&](const Resident& one) { return lives(one) && one.person.relationship == "妻"; }},
      {holders.untaxed, "1A99",
       [&](const Resident& one) { return lives(one) && !one.taxes.empty() && one.taxes.back().amount == 0; }},
      {holders.late, "1BAA", lives},
  };
  std::map<std::string, base::Bytes> out;
  for (const auto& one : wanted) {
    bool found = false;
    for (std::size_t i = 0; i < residents.size() && !found; ++i) {
      if (!one.is(residents[i]) || out.contains(residents[i].number)) continue;
      found = true;
      one.index = i;
      MACHI_TRY_SET(number, card_number(one.serial));
      residents[i].card = std::move(number);
      MACHI_TRY_SET(certificate, authority.card(one.serial));
      out[residents[i].number] = std::move(certificate);
    }
    if (!found) return base::fail(base::Code::NotFound, "a resident for each card");
  }
  residents[holders.unsettable].person.name = "渡邉\U000E01EE　花子";
  return out;
}

}  // namespace machi::clerk
