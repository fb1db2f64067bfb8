// machi token read: what a printed or scanned token says. Decoding is core/code's; here it becomes JSON.
#include <unistd.h>

#include <algorithm>

#include "core/code/cbor_diagnostic.h"
#include "core/code/cwt.h"
#include "core/code/token_reader.h"
#include "platform/host/es256_verifier.h"
#include "platform/host/file.h"
#include "platform/machi/cbor_json.h"
#include "platform/machi/command.h"

namespace machi::program {
namespace {

constexpr std::size_t kFileLimit = 65536;

struct TokenRead {
  std::string token;
  std::string key;
};

struct Key {
  std::optional<crypto::SignPublic> ed25519;
  std::optional<host::Es256Verifier> certificate;
};

std::string read_standard_input() {
  std::string out;
  char piece[4096];
  for (;;) {
    const ssize_t got = ::read(0, piece, sizeof piece);
    if (got <= 0 || out.size() > kFileLimit) return out;
    out.append(piece, static_cast<std::size_t>(got));
  }
}

std::string trimmed(std::string text) {
  const auto space = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
  while (!text.empty() && space(text.back())) text.pop_back();
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), space));
  return text;
}

std::optional<crypto::SignPublic> ed25519_in(const std::string& text) {
  auto raw = base::from_hex(trimmed(text));
  if (!raw.ok()) return std::nullopt;
  auto fixed = base::fixed<32>(*raw);
  if (!fixed.ok()) return std::nullopt;
  return crypto::SignPublic{*fixed};
}

base::Result<Key> read_key(const std::string& words) {
  Key key;
  key.ed25519 = ed25519_in(words);
  if (key.ed25519) return key;
  MACHI_TRY_SET(bytes, host::read_file(words, kFileLimit));
  key.ed25519 = ed25519_in(std::string(base::text_view(bytes)));
  if (key.ed25519) return key;
  MACHI_TRY_SET(certificate, host::Es256Verifier::from_key(bytes));
  key.certificate = std::move(certificate);
  return key;
}

// Our links say what their fragment carries: #s=... is a slip's.
std::string without_label(const std::string& text) {
  const std::size_t label = text.find("#s=");
  return label == std::string::npos ? text : text.substr(label + 3);
}

const char* form_name(code::TokenForm form) {
  switch (form) {
    case code::TokenForm::Prefixed:
      return "prefixed";
    case code::TokenForm::Base45:
      return "base45";
    case code::TokenForm::Fragment:
      return "fragment";
  }
  return "";
}

nlohmann::json state_of(code::SignatureState state) {
  switch (state) {
    case code::SignatureState::Holds:
      return true;
    case code::SignatureState::Fails:
      return false;
    case code::SignatureState::KeyUnknown:
      return "key unknown";
  }
  return nullptr;
}

nlohmann::json algorithm_of(const code::Sign1& sign1) {
  const auto number = code::stated_algorithm(sign1);
  if (!number) return nullptr;
  if (*number == code::kAlgEdDsa) return "EdDSA";
  if (*number == code::kAlgEs256) return "ES256";
  if (*number == code::kAlgPs256) return "PS256";
  return *number;
}

int read(const TokenRead& options) {
  std::string text = options.token;
  if (text == "-") {
    text = read_standard_input();
  } else if (std::error_code error; std::filesystem::is_regular_file(options.token, error)) {
    auto bytes = host::read_file(options.token, kFileLimit);
    if (!bytes.ok()) return complain("The file cannot be read", bytes.error());
    text = std::string(base::text_view(*bytes));
  }
  Key key;
  if (!options.key.empty()) {
    auto found = read_key(options.key);
    if (!found.ok())
      return complain("--key is neither 64 hexadecimal signs nor a file with a key or certificate",
                      found.error());
    key = std::move(*found);
  }
  auto token = code::read_token(without_label(trimmed(text)), key.ed25519);
  if (!token.ok()) return complain("This is no token that can be read", token.error());
  code::SignatureState state = token->signature;
  if (key.certificate) state = key.certificate->check(token->sign1);
  print({{"form", form_name(token->form)},
         {"prefix", token->prefix},
         {"algorithm", algorithm_of(token->sign1)},
         {"purpose", token->sign1.typ()},
         {"kid", base::to_hex(token->sign1.kid())},
         {"protected", as_json(token->sign1.protected_headers)},
         {"unprotected", as_json(token->sign1.unprotected_headers)},
         {"claims", as_json(token->claims)},
         {"diagnostic", code::diagnostic(token->claims)},
         {"signature", state_of(state)}});
  return kDone;
}

}  // namespace

Action declare_token_read(CLI::App& app) {
  auto options = std::make_shared<TokenRead>();
  app.add_option("TEXT", options->token,
                 "The token's text (MK1:..., HC1:..., a link), a file that holds it, or - for standard input")
      ->required();
  app.add_option("--key", options->key,
                 "The key to check with: 64 hexadecimal signs (Ed25519), or a file with these, a certificate "
                 "or a public key (PEM or DER)");
  app.footer(
      "One JSON object; exit code 0 when it could be decoded, whatever its signature. Bytes are shown as "
      "{\"hex\": ...}.");
  return [options] { return read(*options); };
}

}  // namespace machi::program
