// Three questions, no more.
#include "platform/clerk/serve/signer.h"

#include "platform/clerk/sealed_paper.h"

namespace machi::clerk {
namespace {

using base::Bytes;
using base::Code;
using base::fail;
using base::Result;
using code::Cbor;

constexpr int kSalts = 1, kSeal = 2, kHead = 3;
constexpr int kMilliseconds = 10'000;

}  // namespace

Result<Bytes> Signer::carry_out(base::ByteView question) {
  MACHI_TRY_SET(map, code::decode(question));
  MACHI_TRY_SET(what, map.integer_at(1));
  if (what == kSalts) return base::copy(certificate::salt_key(keys_.seal).view());
  MACHI_TRY(log_.refresh());
  if (what == kSeal) {
    MACHI_TRY_SET(payload, map.bytes_at(2));
    MACHI_TRY_SET(seal, certificate::decode_seal(payload));
    return sign_if_logged(seal, log_, keys_.seal);
  }
  if (what == kHead) {
    MACHI_TRY_SET(seconds, map.integer_at(2));
    if (seconds < 0) return fail(Code::BadInput, "seconds");
    return log_.sign_head(town_, base::Instant::from_seconds(seconds), keys_.clerk);
  }
  return fail(Code::Unsupported, "question");
}

Bytes Signer::answer(base::ByteView question) {
  auto done = carry_out(question);
  if (done.ok()) return code::encode(Cbor::map({{1, std::move(*done)}}));
  return code::encode(Cbor::map({{2, base::code_name(done.code())}}));
}

Result<Bytes> RemoteSigner::ask(const Bytes& question) {
  MACHI_TRY_SET(raw, channel_.call(question, kMilliseconds));
  MACHI_TRY_SET(map, code::decode(raw));
  if (map.find(2) != nullptr) {
    MACHI_TRY_SET(why, map.text_at(2));
    return fail(base::code_of(why).value_or(Code::Unsupported), "signer");
  }
  MACHI_TRY_SET(bytes, map.bytes_at(1));
  return base::copy(bytes);
}

Result<crypto::Secret<32>> RemoteSigner::salts() {
  MACHI_TRY_SET(bytes, ask(code::encode(Cbor::map({{1, kSalts}}))));
  MACHI_TRY_SET(fixed, base::fixed<32>(bytes));
  crypto::wipe(bytes);
  return crypto::Secret<32>(fixed);
}

Result<Bytes> RemoteSigner::sign(base::ByteView payload) {
  return ask(code::encode(Cbor::map({{1, kSeal}, {2, payload}})));
}

base::Status RemoteSigner::sign_head(base::Instant at) {
  MACHI_TRY(ask(code::encode(Cbor::map({{1, kHead}, {2, at.seconds()}}))));
  return {};
}

}  // namespace machi::clerk
