// MailSchoolPost: the school's post over the mail client of this desk. And the invitation that brings a new
// desk in. Borrows the client; one thread; sends inside the caller's transaction. NotAllowed before the desk
// has joined.
#pragma once

#include "core/absence/desk/people/enrolment.h"

namespace machi::absence {

class MailSchoolPost final : public SchoolPost {
 public:
  explicit MailSchoolPost(mail::Client& client) : client_(client) {}
  void at(const mail::MailboxId& school) {
    school_ = school;
    own_.reset();
  }
  const mail::MailboxId& school() const { return school_; }

  Status note(std::string_view kind, code::Cbor content, Instant now) override;
  Result<base::MessageId> tell(const mail::Recipient& person, std::string_view kind, code::Cbor content,
                               Instant now) override;
  bool arrived(const base::MessageId& message) const override;
  Status tell_board(std::string_view kind, code::Cbor content, Instant now) override;
  Status admit(const crypto::SignPublic& phone, Instant now) override;
  Result<base::Bytes> sign_slip(const IssuedSlip& slip, const SlipPen& pen, Instant now) const override;
  Status publish_slip(const IssuedSlip& slip, base::ByteView cose) override;
  mail::MailboxId office() const override { return school_; }
  bool mine(const crypto::SignPublic& desk) const override;
  bool colleague(const crypto::SignPublic& desk) const override;
  bool registrar(const crypto::SignPublic& desk) const override;
  bool present(const crypto::SignPublic& desk, Instant now) const override;
  bool opened_all() const override { return client_.opened_all(school_); }
  void meet() override { client_.read_access(school_); }

 private:
  mail::Client& client_;
  mail::MailboxId school_;
  mutable std::optional<crypto::SignPublic> own_;  // deriving it costs a signature's time
};

// What the QR of a joined desk says to a new one: the school's mailbox and the secret of PROTOCOL.md,
// Mailboxes.
struct Invitation {
  mail::MailboxId school;
  crypto::Secret<32> secret;
  bool by_board = false;  // the board made it, for a school without a device
};
// "d=" + base64url of {1: id, 2: secret, ? 3: true}: a URL's fragment.
std::string invitation_fragment(const Invitation& invitation);
// Out of a fragment or a whole URL. BadInput for anything else.
Result<Invitation> invitation_from_text(std::string_view text);

}  // namespace machi::absence
