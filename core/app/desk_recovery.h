// DeskRecovery: how a tablet comes into its school when no other is left - by the paper key, or by an
// invitation of the board - and the board's part in it. Owned by the desk app, beside its mail; one thread;
// changes are the caller's to draw.
#pragma once

#include "core/absence/desk/devices/recovery.h"
#include "core/screen/node.h"

namespace machi::app {

class DeskRecovery {
 public:
  DeskRecovery(store::Database& database, mail::Client& client, absence::MailSchoolPost& post,
               absence::SchoolDesk& school)
      : client_(client), post_(post), school_(school), book_(database), database_(database) {}

  // --- before there is a school
  // False: it is no paper key.
  bool read(std::string_view text, base::Instant now);
  bool act(const screen::Action& action, base::Instant now);  // false: not ours
  std::optional<screen::Screen> view(const words::Words& words) const;
  void invited(bool by_board) { static_cast<void>(school_.set("came", by_board ? "board" : "")); }

  // --- in it
  // Tells colleagues and the board how this device came; the board's asks every school to be its spare
  // member.
  base::Status settle(bool of_board, base::Instant now);
  // absence.came and absence.spare; inside the mail's transaction.
  base::Status on_message(const mail::Received& mail);
  static bool is_own(std::string_view kind) {
    return kind == absence::kKindCame || kind == absence::kKindSpare;
  }
  void seen() { static_cast<void>(book_.seen()); }
  // The board invites a device to this school; the link's fragment.
  base::Result<std::string> rescue(const mail::MailboxId& school, base::Instant to, base::Instant now);
  std::vector<absence::BoardSchool> schools() const;  // of the directory, by name
  std::vector<absence::CameLine> lines() const;

 private:
  void enter(const mail::MailboxId& school, base::Instant now);
  bool refused() const;  // the key that was read here opens nothing

  mail::Client& client_;
  absence::MailSchoolPost& post_;
  absence::SchoolDesk& school_;
  absence::CameBook book_;
  store::Database& database_;
  bool open_ = false;
  std::string trouble_;
  std::optional<mail::PaperKey> paper_;  // typed, and no school chosen yet
};

}  // namespace machi::app
