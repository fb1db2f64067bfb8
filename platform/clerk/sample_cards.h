// Cards of an invented town: an authority made by the `openssl` program (RSA of 2048 bits, certificates in
// the manner of those for user authentication: issuer's key id, key usage, no authority; a revocation list),
// and the residents who carry its cards. For samples and tests; nobody else trusts it. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "platform/clerk/registry.h"

namespace machi::clerk {

class SampleAuthority {
 public:
  // Made in the folder, or taken up there again. Missing without the program; Storage when it fails.
  static base::Result<SampleAuthority> open(const std::filesystem::path& folder,
                                            const std::string& name = "Test auth CA");

  // A certificate of this serial number, hexadecimal. One key stands behind all cards: making one takes long.
  base::Result<base::Bytes> card(const std::string& serial) const;
  // One that held for a day, long ago.
  base::Result<base::Bytes> expired(const std::string& serial) const;
  base::Status revoke(const base::Bytes& certificate) const;
  // RSA, PKCS#1 v1.5, SHA-256: what the card does with the challenge.
  base::Result<base::Bytes> sign(base::ByteView challenge) const;
  base::Status renew_list(const std::string& how = "-crldays 30") const;

  std::filesystem::path authority() const { return folder_ / "ca.pem"; }
  std::filesystem::path list() const { return folder_ / "crl.pem"; }
  std::filesystem::path card_key() const { return folder_ / "card.key"; }

 private:
  explicit SampleAuthority(std::filesystem::path folder) : folder_(std::move(folder)) {}
  base::Status tool(const std::string& words) const;
  base::Result<base::Bytes> read(const char* name) const;
  std::filesystem::path folder_;
};

// Who of the sample town has a card: residents by what becomes of them at the clerk.
struct SampleHolders {
  std::size_t anybody = 0;     // a head of household: everything is issued
  std::size_t guarded = 0;     // 支援措置: please ask at the counter
  std::size_t moved = 0;       // lives elsewhere now
  std::size_t child = 0;       // too young for a seal certificate
  std::size_t unsettable = 0;  // a name that the font cannot set
  std::size_t untaxed = 0;     // nothing to tax
  std::size_t late = 0;        // for whom the card is revoked later
};
// Gives them cards, by serial number, and the one the name. By the number of the resident.
base::Result<std::map<std::string, base::Bytes>> give_sample_cards(std::vector<Resident>& residents,
                                                                   const SampleAuthority& authority,
                                                                   Date today, SampleHolders& holders);

}  // namespace machi::clerk
