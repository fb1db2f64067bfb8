// What the desk shows: the scene around the school's tables, and which screen there is before the school is
// known, for a guest, and after. Reads, and changes nothing.
#include <algorithm>

#include "core/app/desk_state.h"

namespace machi::app {

base::Bytes Desk::picture(const std::string& id) {
  return photo_ && id == base::to_hex(photo_->hash) ? photo_->bytes : base::Bytes();
}

absence::DeskScene Desk::scene() const {
  absence::DeskScene scene{
      mail_->school, words_,         mail_->pages.place(), now_,     "",      false, contact_, 0, 0, {},
      invitation_,   invitation_to_, slip_links_,          started_, &symbol_};
  scene.away = away_;
  scene.catching_up = catching_up_;
  scene.caught = caught_;
  scene.guest_until = guest_until_;
  scene.site = site();
  scene.photo = photo_ ? &*photo_ : nullptr;
  const auto& school = mail_->post.school();
  if (const auto office = mail_->client.office(school)) scene.school_name = office->name;
  for (const mail::Office& other : mail_->client.offices())
    if (other.kind == "school" && other.mailbox != school)
      if (auto to = mail_->client.recipient(other.mailbox); to.ok())
        scene.other_schools.emplace_back(*to, other.name);
  scene.connected =
      online_ && mail_->client.reachable() && contact_ && now_.ms - contact_->ms <= kDeskContactMs;
  scene.waiting = mail_->client.waiting();
  scene.drawing = files_.drawing();
  if (of_board()) {
    scene.board = &mail_->board;
    scene.schools = mail_->recovery.schools();
    scene.rescue = rescue_;
  }
  scene.plain = mail_->shelter.open(school) || mail_->care.open() || mail_->notice.open();
  scene.came = mail_->recovery.lines();
  if (const auto* log = mail_->client.access(school))
    for (const mail::Member& member : log->readers(now_)) {
      if (!member.rights.post) continue;  // a spare member: the paper key, the board
      scene.desks += member.to ? 0 : 1;   // an invitation has an end, and a guest
      const bool guest = member.to && !member.rights.admin;
      scene.devices.push_back(
          {member.key, mail_->post.mine(member.key), member.to && !guest, guest ? member.to : std::nullopt});
    }
  return scene;
}

bool Desk::at_shelter() const {
  return joined() && !settings_ && !mail_->pages.locked() && mail_->shelter.open(mail_->post.school());
}

bool Desk::at_care() const { return joined() && !settings_ && !mail_->pages.locked() && mail_->care.open(); }

DeskCare::Moment Desk::care_moment() const {
  return {words_, now_,
          online_ && mail_->client.reachable() && contact_ && now_.ms - contact_->ms <= kDeskContactMs,
          contact_, !mail_->school.setting("lock.pin").empty()};
}

bool Desk::at_notice() const {
  return joined() && !settings_ && !mail_->pages.locked() && mail_->notice.open();
}

DeskNotice::Moment Desk::notice_moment() const {
  return {words_, now_,
          online_ && mail_->client.reachable() && contact_ && now_.ms - contact_->ms <= kDeskContactMs,
          contact_, !mail_->school.setting("lock.pin").empty()};
}

DeskShelter::Moment Desk::moment() const {
  return {words_,
          now_,
          online_ && mail_->client.reachable() && contact_ && now_.ms - contact_->ms <= kDeskContactMs,
          contact_,
          files_.drawing(),
          !mail_->school.setting("lock.pin").empty(),
          [this]() -> std::optional<crypto::SignKey> {
            const auto pen = mail_->school.roll().pen(now_);
            return pen ? std::optional(crypto::sign_key(pen->seed.clone())) : std::nullopt;
          },
          site(),
          symbol_};
}

absence::GuestScene Desk::guest_scene() const {
  absence::GuestScene scene{words_, {}, mail_->post.school(), "", &symbol_};
  for (const mail::Office& office : mail_->client.offices())
    if (office.kind == "school") scene.schools.push_back({office.mailbox, office.name});
  std::sort(scene.schools.begin(), scene.schools.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  if (!scene.asked.is_zero()) scene.code = mail::print_guest_code(mail_->client.guest_code(scene.asked));
  return scene;
}

screen::Screen Desk::shown() const {
  if (guest_over_) return absence::guest_over_screen(words_);
  if (!mail_) return absence::join_screen(words_, Joining::Waiting, "", false, std::nullopt);
  if (at_shelter()) return mail_->shelter.view(moment());
  if (at_care()) return mail_->care.view(care_moment());
  if (at_notice()) return mail_->notice.view(notice_moment());
  if (joined()) {
    screen::Screen screen = mail_->pages.view(scene());
    if (settings_ && !screen.rail.empty())
      screen.rail.front().children.insert(screen.rail.front().children.begin(),
                                          screen::tab("page.shelter",
                                                      words_(mail_->notice.open() ? "desk.notice.back"
                                                             : mail_->care.open() ? "desk.care.back"
                                                                                  : "desk.shelter.page.back"),
                                                      false));
    return screen;
  }
  if (config_.guest) return absence::guest_screen(guest_scene());
  if (mail_->client.joining(mail_->post.school()) != Joining::Waiting)
    if (auto key = mail_->recovery.view(words_)) return std::move(*key);
  const auto office = mail_->client.office(mail_->post.school());
  const auto& school = mail_->post.school();
  auto waits = mail_->client.joining_waits(school);
  if (!online_ || !mail_->client.reachable()) waits = base::Code::Unreachable;
  return absence::join_screen(words_, mail_->client.joining(school), office ? office->name : "", bad_link_,
                              waits);
}

screen::Screen Desk::draw() const {
  screen::Screen screen = shown();
  screen.revision = revision_;
  return screen;
}

}  // namespace machi::app
