// Mail that takes another way than the hub: envelopes in a file between two devices of one office. The same
// seal and the same signature as by the hub; that the file is old, or comes twice, is for the reader's own
// ids.
#include <algorithm>

#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;

std::vector<crypto::SealKey> Client::epoch_keys(const MailboxId& mailbox) const {
  std::vector<crypto::SealKey> out;
  const auto found = state_->mailboxes.find(mailbox);
  if (found == state_->mailboxes.end()) return out;
  for (const auto& [epoch, secret] : found->second.epochs)
    out.push_back(crypto::seal_key(secret.secret.clone()));
  std::reverse(out.begin(), out.end());
  return out;
}

Result<Bytes> Client::write_apart(const MailboxId& office, std::string_view kind, code::Cbor content,
                                  Instant now) {
  MACHI_TRY_SET(to, self(office));
  Body body;
  body.kind = kind;
  body.written = now;
  body.content = std::move(content);
  return make_envelope(state_->entropy, state_->entropy.id<base::MessageTag>(), office, to.epoch,
                       to.epoch_key, state_->posting(office), body);
}

Result<Received> Client::read_apart(const MailboxId& office, ByteView bytes, Instant now) const {
  const auto found = state_->mailboxes.find(office);
  if (found == state_->mailboxes.end()) return fail(Code::NotFound, "mailbox");
  MACHI_TRY_SET(envelope, read_envelope(bytes));
  if (envelope.to != office) return fail(Code::NotAllowed, "another office");
  if (!found->second.log.was_reader(envelope.from)) return fail(Code::NotAllowed, "a stranger");
  const auto epoch = found->second.epochs.find(envelope.epoch);
  if (epoch == found->second.epochs.end()) return fail(Code::UnknownKey, "epoch");
  MACHI_TRY_SET(body, open_envelope(envelope, epoch->second.key));
  return Received{office,       0,  envelope.id, envelope.from, body.kind, body.written, now,
                  body.content, {}, {},          envelope.epoch};
}

}  // namespace machi::mail
