// The adapter to the mail client, and the invitation's text. One thread.
#include "core/absence/desk/post.h"

#include "core/absence/desk/sheets/sums.h"
#include "core/base/text.h"

namespace machi::absence {

using base::Code;
using base::fail;

Status MailSchoolPost::note(std::string_view kind, code::Cbor content, Instant now) {
  MACHI_TRY_SET(self, client_.self(school_));
  MACHI_TRY(client_.send(self, kind, std::move(content), now));
  return {};
}

Result<base::MessageId> MailSchoolPost::tell(const mail::Recipient& person, std::string_view kind,
                                             code::Cbor content, Instant now) {
  return client_.send_as(school_, person, kind, std::move(content), now);
}

bool MailSchoolPost::arrived(const base::MessageId& message) const {
  const auto state = client_.state(message);
  return !state || state->arrived || state->had || state->refused;
}

Status MailSchoolPost::tell_board(std::string_view kind, code::Cbor content, Instant now) {
  for (const mail::Office& office : client_.offices()) {
    if (office.kind != kBoardKind) continue;
    MACHI_TRY_SET(board, client_.recipient(office.mailbox));
    MACHI_TRY(client_.send_as(school_, board, kind, content, now));
  }
  return {};
}

Status MailSchoolPost::admit(const crypto::SignPublic& phone, Instant now) {
  const mail::AccessLog* log = client_.access(school_);
  if (log && log->find(phone, now)) return {};
  return client_.admit(school_, phone, mail::kPostOnly, now);
}

Result<base::Bytes> MailSchoolPost::sign_slip(const IssuedSlip& slip, const SlipPen& pen, Instant now) const {
  const auto office = client_.office(school_);
  if (!office) return fail(Code::NotFound, "the school in the directory");
  return mail::make_slip({client_.trust().town().id, slip.code, school_, office->name, now, slip.expires},
                         crypto::sign_key(pen.seed.clone()));
}

Status MailSchoolPost::publish_slip(const IssuedSlip& slip, base::ByteView cose) {
  return client_.post_slip(school_, slip.code, cose, slip.expires);
}

bool MailSchoolPost::mine(const crypto::SignPublic& desk) const {
  if (!own_) own_ = client_.posting_key(school_);
  return *own_ == desk;
}

bool MailSchoolPost::colleague(const crypto::SignPublic& desk) const {
  const mail::AccessLog* log = client_.access(school_);
  return log && log->was_reader(desk);
}

bool MailSchoolPost::registrar(const crypto::SignPublic& desk) const {
  const mail::AccessLog* log = client_.access(school_);
  return log && log->was_admin(desk);
}

bool MailSchoolPost::present(const crypto::SignPublic& desk, Instant now) const {
  const mail::AccessLog* log = client_.access(school_);
  const mail::Member* member = log ? log->find(desk, now) : nullptr;
  return member && member->rights.read;
}

std::string invitation_fragment(const Invitation& invitation) {
  code::CborMap map{{1, invitation.school.bytes}, {2, invitation.secret.bytes()}};
  if (invitation.by_board) map.emplace_back(3, true);
  return "d=" + base::to_base64url(code::encode(code::Cbor(std::move(map))));
}

Result<Invitation> invitation_from_text(std::string_view text) {
  const std::string trimmed = base::trimmed(text);
  std::string_view rest = trimmed;
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) rest.remove_prefix(hash + 1);
  if (!rest.starts_with("d=")) return fail(Code::BadInput, "no invitation");
  MACHI_TRY_SET(raw, base::from_base64url(rest.substr(2)));
  MACHI_TRY_SET(map, code::decode(raw));
  MACHI_TRY_SET(school, map.fixed_at<16>(1));
  MACHI_TRY_SET(secret, map.fixed_at<32>(2));
  Invitation out{mail::MailboxId{school}, crypto::Secret<32>(secret)};
  if (const code::Cbor* value = map.find(3)) {
    MACHI_TRY_SET(by_board, value->boolean());
    out.by_board = by_board;
  }
  return out;
}

}  // namespace machi::absence
