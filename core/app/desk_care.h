// DeskCare: the desk app at the protection mailbox, at the desk of evacuation plans, or at a group of
// supporters: its tables, its pages, its post over the mail client. Owned by the desk app; one thread.
#pragma once

#include "core/mail/client.h"
#include "core/shelter/desk/care_pages.h"

namespace machi::app {

class DeskCare final : private shelter::CarePost {
 public:
  DeskCare(store::Database& database, mail::Client& client, base::Entropy& entropy)
      : client_(client), desk_(database, *this, entropy), pages_(desk_) {}
  static std::vector<store::Migration> migrations() { return shelter::CareDesk::migrations(); }

  static bool is_own(std::string_view kind);
  base::Status on_message(const mail::Received& mail) { return desk_.on_message(mail); }
  void at(const mail::MailboxId& office) { office_ = office; }
  bool open() const { return desk_.office() != shelter::CareOffice::None; }
  base::Status settle(base::Instant now) { return desk_.settle(now); }

  struct Moment {
    const words::Words& words;
    base::Instant now;
    bool connected = false;
    std::optional<base::Instant> contact;
    bool lockable = false;
  };
  screen::Screen view(const Moment& moment) const { return pages_.view(scene(moment)); }
  base::Result<shelter::CareAsk> act(const screen::Action& action, const Moment& moment) {
    return pages_.act(action, scene(moment));
  }
  void notice(std::string sentence) { pages_.notice(std::move(sentence)); }

 private:
  base::Status note(std::string_view kind, code::Cbor content, base::Instant now) override;
  base::Status tell(const mail::Recipient& to, std::string_view kind, code::Cbor content,
                    base::Instant now) override;
  bool colleague(const crypto::SignPublic& from) const override;
  std::string kind() const override { return kind_of(office_); }
  std::string kind_of(const mail::MailboxId& office) const override;
  std::optional<mail::Recipient> support() const override;
  std::vector<std::pair<std::string, mail::Recipient>> groups() const override;
  shelter::CareView scene(const Moment& moment) const;

  mail::Client& client_;
  mail::MailboxId office_;
  shelter::CareDesk desk_;
  shelter::CarePages pages_;
};

}  // namespace machi::app
