// DeskNotice: the desk app at the office of the town's notices: its tables, its pages, its post over the mail
// client. Owned by the desk app; one thread.
#pragma once

#include "core/mail/client.h"
#include "core/notice/desk/pages.h"

namespace machi::app {

class DeskNotice final : private notice::NoticePost {
 public:
  DeskNotice(store::Database& database, mail::Client& client, base::Entropy& entropy)
      : client_(client), desk_(database, *this, entropy), pages_(desk_) {}
  static std::vector<store::Migration> migrations() { return notice::NoticeDesk::migrations(); }

  static bool is_own(std::string_view kind) { return notice::DraftBook::is_kind(kind); }
  base::Status on_message(const mail::Received& mail) {
    return desk_.on_message(mail.kind, mail.content, mail.from);
  }
  void at(const mail::MailboxId& office) { office_ = office; }
  bool open() const { return desk_.open(); }

  struct Moment {
    const words::Words& words;
    base::Instant now;
    bool connected = false;
    std::optional<base::Instant> contact;
    bool lockable = false;
  };
  screen::Screen view(const Moment& moment) const { return pages_.view(scene(moment)); }
  base::Result<notice::NoticeAsk> act(const screen::Action& action, const Moment& moment) {
    return pages_.act(action, scene(moment));
  }
  void notice(std::string sentence) { pages_.notice(std::move(sentence)); }

 private:
  base::Status note(std::string_view kind, code::Cbor content, base::Instant now) override;
  bool colleague(const crypto::SignPublic& from) const override;
  std::string kind() const override;
  crypto::SignPublic press() const override;
  crypto::SignPublic self() const override { return client_.posting_key(office_); }
  notice::NoticeView scene(const Moment& moment) const;

  mail::Client& client_;
  mail::MailboxId office_;
  notice::NoticeDesk desk_;
  notice::NoticePages pages_;
};

}  // namespace machi::app
