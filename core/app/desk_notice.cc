// Between the pages of notices and the mail.
#include "core/app/desk_notice.h"

namespace machi::app {

base::Status DeskNotice::note(std::string_view kind, code::Cbor content, base::Instant now) {
  MACHI_TRY_SET(self, client_.self(office_));
  MACHI_TRY(client_.send(self, kind, std::move(content), now));
  return {};
}

bool DeskNotice::colleague(const crypto::SignPublic& from) const {
  const mail::AccessLog* log = client_.access(office_);
  return log && log->was_reader(from);
}

std::string DeskNotice::kind() const {
  const auto known = client_.office(office_);
  return known ? known->kind : "";
}

// The founding device is the town's own program, which holds the editor's key.
crypto::SignPublic DeskNotice::press() const {
  const auto known = client_.office(office_);
  return known ? known->founder : crypto::SignPublic{};
}

notice::NoticeView DeskNotice::scene(const Moment& moment) const {
  const auto office = client_.office(office_);
  return {desk_,
          moment.words,
          pages_.place(),
          moment.now,
          office ? office->name : "",
          moment.connected,
          moment.contact,
          moment.lockable};
}

}  // namespace machi::app
