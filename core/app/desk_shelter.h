// DeskShelter: the desk app at an office of shelters: its book, its pages, its post over the mail client, the
// keys that open household passes, and the exchange file. Owned by the desk app; one thread.
#pragma once

#include "core/app/app.h"
#include "core/mail/client.h"
#include "core/shelter/desk/pages.h"

namespace machi::app {

class DeskShelter final : private shelter::ShelterPost {
 public:
  DeskShelter(store::Database& database, mail::Client& client, base::Entropy& entropy)
      : client_(client), desk_(database, *this, entropy), pages_(desk_) {}
  static std::vector<store::Migration> migrations() { return shelter::ShelterDesk::migrations(); }

  // Whether a message is one of shelters', by its kind.
  static bool is_own(std::string_view kind);
  base::Status on_message(const mail::Received& mail) { return desk_.on_message(mail); }

  // Whether this office is one.
  bool open(const mail::MailboxId& office) const;
  void at(const mail::MailboxId& office) { office_ = office; }
  bool alone() const { return desk_.alone(); }
  base::Status settle(bool connected, base::Instant now) { return desk_.settle(connected, now); }

  struct Moment {
    const words::Words& words;
    base::Instant now;
    bool connected = false;
    std::optional<base::Instant> contact;
    bool drawing = false;
    bool lockable = false;
    // The key that signs what the office hangs up, and where residents open the app.
    std::function<std::optional<crypto::SignKey>()> pen = {};
    std::string site = {};
    std::function<base::Result<std::string>(std::string_view)> symbol = {};
  };
  screen::Screen view(const Moment& moment) const;
  base::Result<shelter::DeskAsk> act(const screen::Action& action, const Moment& moment,
                                     const std::string* text);
  void notice(std::string sentence) { pages_.notice(std::move(sentence)); }
  void warn(std::string sentence) { pages_.notice(std::move(sentence), true); }
  // The sealed file for another tablet of the office. It may not hold everything: then that is said.
  base::Result<std::string> exchange(const Moment& moment);

 private:
  base::Status note(std::string_view kind, code::Cbor content, base::Instant now) override;
  bool colleague(const crypto::SignPublic& from) const override;
  bool protects() const override;
  base::Status tell(const mail::Recipient& to, std::string_view kind, code::Cbor content,
                    base::Instant now) override;
  base::Status protect(code::Cbor content, base::Instant now) override;
  shelter::DeskView scene(const Moment& moment) const;
  household::PassReading read_pass(std::string_view text) const;
  std::string poster(const shelter::ShelterLine& of, const Moment& moment) const;
  base::Result<int> take_exchange(std::string_view text, base::Instant now);

  mail::Client& client_;
  mail::MailboxId office_;
  shelter::ShelterDesk desk_;
  shelter::ShelterPages pages_;
};

}  // namespace machi::app
