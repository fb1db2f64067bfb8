// A device that is let in for a time: it asks, works until the end that stands in the log, and is wiped then.
// And the school's own devices, which take those off whose time is over.
#include "core/app/desk_state.h"

namespace machi::app {

// The end stands in the log, set by whoever let this device in: the hub enforces it, whatever this program
// says.
void Desk::watch_guest() {
  const auto& school = mail_->post.school();
  const auto schools = guest_scene().schools;
  if (school.is_zero() && schools.size() == 1 && mail_->client.directory_read()) ask_in(schools.front().id);
  if (const auto* log = mail_->client.access(school))
    if (const auto own = log->members().find(mail_->client.posting_key(school)); own != log->members().end())
      guest_until_ = own->second.to;
}

bool Desk::guest_is_over() const {
  return (guest_until_ && now_ >= *guest_until_) ||
         (config_.guest && mail_->client.joining(mail_->post.school()) == Joining::Refused);
}

void Desk::ask_in(const mail::MailboxId& school) {
  changed_ = true;
  if (const auto asked = mail_->client.ask_in(school, now_); !asked.ok())
    logs_.push_back({"desk.guest", std::string(base::code_name(asked.code()))});
  else
    mail_->post.at(school);
}

// What it shall show stands in the log before it is let in.
base::Status Desk::let_in(const absence::DeskWish& wish) {
  const auto& [guest, until] = *wish.let_in;
  store::Transaction transaction(*database_);
  MACHI_TRY(mail_->school.show_guest({guest.key, wish.let_in_for}, now_));
  MACHI_TRY(mail_->client.admit_guest(mail_->post.school(), guest, until, now_));
  return transaction.commit();
}

// Whose time is over is taken off the list by whichever desk is there: from then on mail is sealed to a new
// key.
void Desk::take_off_guests() {
  const auto& school = mail_->post.school();
  const auto* log = mail_->client.access(school);
  if (!log || config_.guest) return;
  for (const auto& [key, member] : log->members()) {
    if (!member.rights.read || !member.to || *member.to > now_ || !taken_off_.insert(key).second) continue;
    if (const auto removed = mail_->client.remove(school, key, now_); !removed.ok())
      logs_.push_back({"desk.guest", std::string(base::code_name(removed.code()))});
  }
}

// What this device knew of the school goes with it.
void Desk::end_guest(std::vector<Effect>& out) {
  mail_.reset();
  photo_.reset();
  guest_over_ = true;
  if (const auto wiped = database_->wipe(); !wiped.ok()) trouble(wiped.error(), "desk.guest", out);
  out.push_back({Log{"desk.guest", "over"}});
  ++revision_;
  out.push_back({Render{}});
}

}  // namespace machi::app
