// Signs, verifies and reads tokens for the interoperability test: a thin shell over core/code, all bytes in
// hexadecimal.
//   cose_tool sign SEED TYP PAYLOAD [KID]   the COSE_Sign1
//   cose_tool verify PUBLIC TYP COSE        the payload; else the error's name, exit 1
//   cose_tool read TEXT PUBLIC              prefix, signature and claims of a printed token, a line each
//   cose_tool print COSE                    the token as printed: prefix + Base45, then the fragment
#include <cstdio>
#include <string>
#include <vector>

#include "core/code/cbor_diagnostic.h"
#include "core/code/cwt.h"
#include "core/code/token_reader.h"

using namespace machi;

namespace {

using Words = std::vector<std::string>;

base::Result<std::string> sign(const Words& words) {
  MACHI_TRY_SET(raw, base::from_hex(words[1]));
  MACHI_TRY_SET(seed, base::fixed<32>(raw));
  MACHI_TRY_SET(payload, base::from_hex(words[3]));
  MACHI_TRY_SET(kid, base::from_hex(words.size() > 4 ? words[4] : ""));
  return base::to_hex(code::sign1(crypto::sign_key(crypto::Secret<32>(seed)), words[2], payload, kid));
}

base::Result<crypto::SignPublic> public_key(const std::string& hex) {
  MACHI_TRY_SET(raw, base::from_hex(hex));
  MACHI_TRY_SET(bytes, base::fixed<32>(raw));
  return crypto::SignPublic{bytes};
}

base::Result<std::string> verify(const Words& words) {
  MACHI_TRY_SET(key, public_key(words[1]));
  MACHI_TRY_SET(cose, base::from_hex(words[3]));
  MACHI_TRY_SET(found, code::verify_sign1(cose, words[2], key));
  return base::to_hex(found.payload);
}

base::Result<std::string> read(const Words& words) {
  MACHI_TRY_SET(key, public_key(words[2]));
  MACHI_TRY_SET(found, code::read_token(words[1], key));
  const char* state = "key unknown";
  switch (found.signature) {
    case code::SignatureState::Holds:
      state = "holds";
      break;
    case code::SignatureState::Fails:
      state = "fails";
      break;
    case code::SignatureState::KeyUnknown:
      break;
  }
  return found.prefix + "\n" + state + "\n" + code::diagnostic(found.claims);
}

base::Result<std::string> print(const Words& words) {
  MACHI_TRY_SET(cose, base::from_hex(words[1]));
  return code::to_token(cose) + "\n" + code::to_fragment(cose);
}

base::Result<std::string> run(const Words& words) {
  const std::size_t count = words.size();
  if ((count == 4 || count == 5) && words[0] == "sign") return sign(words);
  if (count == 4 && words[0] == "verify") return verify(words);
  if (count == 3 && words[0] == "read") return read(words);
  if (count == 2 && words[0] == "print") return print(words);
  return base::fail(base::Code::BadInput, "usage: see the head of cose_tool.cc");
}

}  // namespace

int main(int argc, char** argv) {
  if (!crypto::ready()) return 2;
  const auto answer = run(Words(argv + 1, argv + argc));
  if (answer.ok()) {
    std::puts(answer->c_str());
    return 0;
  }
  std::puts(std::string(base::code_name(answer.code())).c_str());
  std::fprintf(stderr, "cose_tool: %s\n", answer.error().detail.c_str());
  return 1;
}
