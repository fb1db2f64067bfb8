// The desk app: a school's tablet or PC. Events go to the mail or to the pages, then what follows is settled,
// and the host is told to draw when anything changed. One thread. What the tables refuse is said on the
// screen; nothing is lost by it.
#include "core/app/desk.h"

#include "core/absence/desk/tables.h"
#include "core/app/desk_state.h"

namespace machi::app {
namespace {

constexpr std::string_view kClock = "desk";
constexpr int kClockMs = 20'000;
constexpr std::int64_t kQuietStartMs = 3'000;    // what comes in while the desk catches up makes no sound
constexpr std::int64_t kLongAwayMs = 3'600'000;  // so long without the hub is said on the screen

}  // namespace

void Desk::start(const Start& start, std::vector<Effect>& out) {
  if (mail_) return;
  const auto raw = base::from_base64url(start.seed);
  const auto seed = base::fixed<32>(raw.ok() ? base::ByteView(*raw) : base::ByteView());
  if (!seed.ok()) return trouble(seed.error(), "desk.seed", out);
  mail::ClientEvents events;
  host_.listen(events);
  events.on_message = [this](const mail::Received& mail) {
    last_message_ = now_;
    ++caught_;
    if (mail.mailbox != mail_->post.school()) return base::Status{};
    if (DeskNotice::is_own(mail.kind)) return mail_->notice.on_message(mail);
    if (DeskCare::is_own(mail.kind)) return mail_->care.on_message(mail);
    if (DeskShelter::is_own(mail.kind)) return mail_->shelter.on_message(mail);
    if (DeskRecovery::is_own(mail.kind)) return mail_->recovery.on_message(mail);
    return mail.kind == absence::kKindSums ? mail_->board.on_message(mail) : mail_->school.on_message(mail);
  };
  events.on_snapshot = [this](const mail::MailboxId& mailbox, base::ByteView tables,
                              std::uint64_t) -> base::Status {
    if (mailbox != mail_->post.school()) return base::fail(base::Code::NotFound, "mailbox");
    MACHI_TRY(absence::tables_from_bytes(*database_, tables));
    logs_.push_back({"desk.snapshot", "taken"});
    changed_ = true;
    return base::Status{};
  };
  events.on_change = [this] { changed_ = true; };
  events.on_blob = [this](const mail::Hash& hash, base::Result<base::Bytes> bytes) {
    if (!photo_ || photo_->hash != hash) return;
    const auto good = bytes.ok() ? absence::check_photo(*bytes) : base::Status(bytes.error());
    if (good.ok())
      photo_->bytes = std::move(*bytes);
    else
      photo_->trouble = good.code();
    changed_ = true;
  };
  events.on_slip = [this](const mail::SlipCode& code, const base::Result<base::Bytes>& slip) {
    changed_ = true;
    if (slip.ok())
      slip_links_[code] = site() + "/#" + mail::slip_fragment(*slip);
    else
      mail_->pages.notice(base::message_key(slip.code()));
  };
  events.on_log = [this](std::string_view what, std::string_view detail) {
    logs_.push_back({std::string(what), std::string(detail)});
  };
  mail_ = std::make_unique<Mail>(*database_, crypto::Secret<32>(*seed), pack_.town, std::move(events));
  host_.attach(mail_->client);
  started_ = now_;
  online_ = start.online;
  mail_->school.closed_days(pack_.closed_days);
  if (const auto school = mail::MailboxId::from_hex_text(mail_->school.setting("school")); school.ok())
    mail_->post.at(*school), mail_->care.at(*school), mail_->notice.at(*school);
  if (config_.guest) mail_->school.as_guest();
  if (const auto kept = mail_->school.setting("contact"); !kept.empty())
    contact_ = contact_kept_ = Instant{std::stoll(kept)};
  if (const auto loaded = mail_->client.load(now_); !loaded.ok()) trouble(loaded.error(), "desk.load", out);
  mail_->client.online(start.online, now_);
  if (const std::string tag = mail_->school.setting("language"); !tag.empty()) choose_language(tag, out);
  if (!start.link.empty() && !config_.guest) open_link(start.link);
  out.push_back({Timer{std::string(kClock), kClockMs}});
}

// The board of education has a desk too: of sums, and of no pupil.
bool Desk::of_board() const {
  const auto office = mail_->client.office(mail_->post.school());
  return office && office->kind == absence::kBoardKind;
}

bool Desk::joined() const { return mail_ && mail_->client.joining(mail_->post.school()) == Joining::Joined; }

void Desk::open_link(std::string_view text) {
  if (config_.guest) return;  // it is let in by its number, and by nothing else
  changed_ = true;
  if (!joined() && mail_->recovery.read(text, now_)) return;
  auto invitation = absence::invitation_from_text(text);
  bad_link_ = !invitation.ok();
  if (bad_link_) return;
  if (joined()) {
    if (invitation->school != mail_->post.school()) mail_->pages.notice("desk.join.already");
    return;
  }
  const auto school = invitation->school;
  mail_->recovery.invited(invitation->by_board);
  const auto asked = mail_->client.join(school, std::move(invitation->secret), now_);
  auto kept = asked.ok() ? mail_->school.set("school", school.hex()) : asked;
  bad_link_ = !kept.ok();
  if (kept.ok()) mail_->post.at(school);
}

void Desk::heard(const Event& event) {
  const auto* answer = std::get_if<Answer>(&event.what);
  if (std::holds_alternative<Chunk>(event.what) || (answer && answer->status != 0)) {
    const bool was_away = !contact_ || now_.ms - contact_->ms > kDeskContactMs;
    if (contact_ && now_.ms - contact_->ms > kLongAwayMs) {
      if (!away_) away_ = contact_;
      catching_up_ = true;
      last_message_ = now_;
      caught_ = 0;
    }
    contact_ = now_;
    changed_ |= was_away;
  }
}

void Desk::note_contact() {
  if (!contact_ || (contact_kept_ && contact_->ms - contact_kept_->ms < kDeskContactMs)) return;
  if (mail_->school.set("contact", std::to_string(contact_->ms)).ok()) contact_kept_ = contact_;
}

// An action is judged by the screen that the person has, unless its time is over.
void Desk::update(const Event& event, std::vector<Effect>& out) {
  if (event.at - now_.ms > kClockMs) drawn_.reset();
  now_ = Instant{event.at};
  take(event, out);
  drawn_.reset();
}

void Desk::take(const Event& event, std::vector<Effect>& out) {
  if (const auto* begin = std::get_if<Start>(&event.what)) start(*begin, out);
  if (!mail_) return;
  if (guest_is_over()) return end_guest(out);
  heard(event);
  if (!host_.update(event)) {
    if (const auto* action = std::get_if<Act>(&event.what))
      act(action->action, out);
    else if (const auto* link = std::get_if<Link>(&event.what))
      open_link(link->text);
    else if (const auto* loaded = std::get_if<WordsLoaded>(&event.what))
      words_came(*loaded, out);
    else if (const auto* pdf = std::get_if<PdfMade>(&event.what))
      pdf_made(*pdf, out);
    else if (const auto* read = std::get_if<FileRead>(&event.what))
      open_file(*read, out);
    else if (const auto* online = std::get_if<Online>(&event.what)) {
      online_ = online->online;
      changed_ = true;
    } else if (const auto* tick = std::get_if<Tick>(&event.what); tick && tick->timer == kClock) {
      changed_ = true;  // the badge tells the minute, and grows stale
      if (!invitation_.empty() && now_ > invitation_to_) invitation_.clear();
      if (now_ > rescue_.to) rescue_ = {};
      note_contact();
      take_off_guests();
      if (catching_up_ && now_.ms - last_message_.ms > kQuietStartMs) catching_up_ = false;
      if (mail_->shelter.alone()) mail_->pages.touch(now_);  // it stands at the door for all to use
      if (const auto ticked = mail_->pages.tick(now_); !ticked.ok())
        trouble(ticked.error(), "desk.lock", out);
      out.push_back({Timer{std::string(kClock), kClockMs}});
    }
  }
  if (config_.guest) watch_guest();
  if (guest_is_over()) return end_guest(out);
  settle(out);
  host_.flush(now_, out);
  for (Log& log : std::exchange(logs_, {})) out.push_back({std::move(log)});
  if (!std::exchange(changed_, false)) return;
  ++revision_;
  out.push_back({Render{}});
}

void Desk::settle(std::vector<Effect>& out) {
  if (photo_ && mail_->pages.place().page != absence::DeskPage::Picture) {
    mail_->client.forget(photo_->hash);
    photo_.reset();
  }
  if (!joined()) return;
  mail_->shelter.at(mail_->post.school());
  mail_->care.at(mail_->post.school());
  mail_->notice.at(mail_->post.school());
  // What is kept from here on is a school's; before, and for a guest, the browser keeps nothing of it.
  if (!config_.guest && !std::exchange(persists_, true)) out.push_back({Persist{}});
  if (const auto settled = mail_->school.settle(now_); !settled.ok()) {
    host_.forget_kept();
    trouble(settled.error(), "desk.settle", out);
  }
  if (config_.guest) {
    // Who may come and go is nothing that a guest's device settles.
  } else if (const auto told = mail_->recovery.settle(of_board(), now_); !told.ok()) {
    host_.forget_kept();
    trouble(told.error(), "desk.recovery", out);
  }
  if (mail_->shelter.open(mail_->post.school()))
    if (const auto settled = mail_->shelter.settle(moment().connected, now_); !settled.ok()) {
      host_.forget_kept();
      trouble(settled.error(), "desk.shelter", out);
    }
  if (mail_->care.open())
    if (const auto settled = mail_->care.settle(now_); !settled.ok()) {
      host_.forget_kept();
      trouble(settled.error(), "desk.care", out);
    }
  if (mail_->school.take_news() && now_.ms - started_.ms > kQuietStartMs && !catching_up_)
    out.push_back({Signal{"new-row"}});
}

void Desk::trouble(const base::Error& error, std::string_view where, std::vector<Effect>& out) {
  changed_ = true;
  out.push_back({Log{std::string(where), std::string(base::code_name(error.code)) + " " + error.detail}});
}

base::Result<std::unique_ptr<App>> open_desk(const Config& config, Blobs& blobs) {
  MACHI_TRY_SET(pack, read_pack(config.pack));
  store::OpenOptions options;
  options.path = config.guest ? ":memory:" : config.database;
  options.vfs = config.vfs;
  MACHI_TRY_SET(database, store::Database::open(options));
  MACHI_TRY(database->migrate(mail::Client::migrations()));
  MACHI_TRY(database->migrate(absence::SchoolDesk::migrations()));
  MACHI_TRY(database->migrate(absence::BoardBook::migrations()));
  MACHI_TRY(database->migrate(absence::CameBook::migrations()));
  MACHI_TRY(database->migrate(DeskShelter::migrations()));
  MACHI_TRY(database->migrate(DeskCare::migrations()));
  MACHI_TRY(database->migrate(DeskNotice::migrations()));
  return std::unique_ptr<App>(std::make_unique<Desk>(config, std::move(pack), blobs, std::move(database)));
}

}  // namespace machi::app
