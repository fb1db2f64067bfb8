// The signer: a process with the seal's and the clerk's keys and nothing else. It reads the log of issues for
// itself and signs a seal only when its leaf stands there at its place; heads only of the log as it read it.
// One thread.
#pragma once

#include "platform/clerk/office.h"
#include "platform/clerk/serve/channel.h"

namespace machi::clerk {

struct SignerKeys {
  crypto::SignKey seal, clerk;
};

class Signer {
 public:
  Signer(SignerKeys keys, TownId town, IssueLog& log) : keys_(std::move(keys)), town_(town), log_(log) {}
  // question = {1: 1} salts | {1: 2, 2: payload} seal | {1: 3, 2: seconds} head; answer = {1: bstr} | {2:
  // why}
  base::Bytes answer(base::ByteView question);

 private:
  base::Result<base::Bytes> carry_out(base::ByteView question);
  SignerKeys keys_;
  TownId town_;
  IssueLog& log_;
};

// The other end of its channel.
class RemoteSigner final : public Signing {
 public:
  explicit RemoteSigner(int descriptor) : channel_(descriptor) {}
  base::Result<crypto::Secret<32>> salts();
  base::Result<base::Bytes> sign(base::ByteView payload) override;
  base::Status sign_head(base::Instant at) override;

 private:
  base::Result<base::Bytes> ask(const base::Bytes& question);
  Channel channel_;
};

}  // namespace machi::clerk
