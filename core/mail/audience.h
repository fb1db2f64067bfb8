// Whom a message is for, as a type: a Recipient is one person or one office, an Audience everybody of a broadcast mailbox
// (a class, a grade, a school). Misaddressing is the leak that really happens, so the compiler holds it: what goes to an
// Audience must say of itself that it is for everybody, and nothing that names a pupil says so. Values; pure.
#pragma once

#include "core/mail/client.h"

namespace machi::mail {

// A content that may be read by a whole class: its type declares `static constexpr bool kForEverybody = true`.
template <class Content>
concept ForEverybody = requires { requires Content::kForEverybody; };

// A broadcast mailbox. Nothing turns it into a Recipient but post() below.
class Audience {
 public:
  Audience(MailboxId mailbox, std::uint64_t epoch, SealPublic epoch_key) : mailbox_{mailbox, epoch, epoch_key} {}

 private:
  template <ForEverybody Content>
  friend Result<MessageId> post(Client&, const MailboxId&, const Audience&, std::string_view, const Content&, Instant);
  Recipient mailbox_;
};

// As the office of which this device is a reader, to everybody. Inside the caller's transaction, as Client::send_as.
template <ForEverybody Content>
Result<MessageId> post(Client& client, const MailboxId& office, const Audience& to, std::string_view kind,
                       const Content& content, Instant now) {
  return client.send_as(office, to.mailbox_, kind, encode(content), now);
}

}  // namespace machi::mail
