// What a person's press asks of the desk, and what the host brings back for it: files, papers, photos,
// snapshots, invitations, another language. What the tables refuse is said on the screen; nothing is lost by
// it.
#include "core/absence/desk/tables.h"
#include "core/app/desk_state.h"

namespace machi::app {
namespace {

constexpr std::int64_t kInvitationSeconds = 24 * 3600;

}  // namespace

void Desk::open_file(const FileRead& read, std::vector<Effect>& out) {
  const base::Bytes bytes = blobs_.take(read.body);
  const absence::OpenedFile file{read.body == 0 ? "" : read.encoding, std::string(base::text_view(bytes))};
  act(read.action, out, &file);
}

void Desk::act(const screen::Action& action, std::vector<Effect>& out, const absence::OpenedFile* file) {
  changed_ = true;
  if (!screen::still_means(view(), action)) return;  // what was meant is gone: show what is
  if (!joined()) {
    if (action.node == "join.retry") return mail_->client.hurry(now_);
    if (mail_->recovery.act(action, now_)) return;
    if (action.node == "scanner") open_link(action.value);
    if (action.node == "guest") out.push_back({BeGuest{}});
    if (action.node == "school")
      if (const auto school = mail::MailboxId::from_hex_text(action.value); school.ok()) ask_in(*school);
    return;
  }
  if (at_shelter()) return act_shelter(action, out, file);
  if (at_care()) return act_care(action, out);
  if (at_notice()) return act_notice(action, out);
  if (std::exchange(settings_, settings_ && action.node != "page.shelter") && !settings_) return;
  auto wish = mail_->pages.act(action, scene(), file);
  if (!wish.ok()) {
    host_.forget_kept();
    mail_->pages.notice(base::message_key(wish.code()));
    return trouble(wish.error(), "desk.act", out);
  }
  carry_out(std::move(*wish), out);
}

void Desk::carry_out(absence::DeskWish wish, std::vector<Effect>& out) {
  if (!wish.language.empty()) choose_language(wish.language, out);
  if (wish.fetch) mail_->client.fetch_slip(*wish.fetch, now_);
  if (wish.hide_invitation) invitation_.clear(), rescue_ = {};
  if (wish.seen_came) mail_->recovery.seen();
  if (wish.rescue) rescue(*wish.rescue);
  if (wish.seen_away) away_.reset();
  if (wish.invite) invite();
  if (wish.let_in)
    if (const auto let = let_in(wish); !let.ok()) {
      host_.forget_kept();
      trouble(let.error(), "desk.guest", out);
    }
  if (wish.closed) keep_snapshot();
  if (wish.print) out.push_back({Print{}});
  if (wish.photo) show_photo(*wish.photo);
  if (wish.save) files_.save(std::move(*wish.save), out);
  if (wish.paper) files_.draw(std::move(*wish.paper), out);
  if (wish.record) files_.draw(std::move(*wish.record), out);
  if (wish.show_slip)
    slip_links_[wish.show_slip->first] = site() + "/#" + mail::slip_fragment(wish.show_slip->second);
  if (wish.remove)
    if (const auto removed = mail_->client.remove(mail_->post.school(), *wish.remove, now_); !removed.ok())
      trouble(removed.error(), "desk.remove", out);
}

void Desk::act_shelter(const screen::Action& action, std::vector<Effect>& out,
                       const absence::OpenedFile* file) {
  mail_->pages.touch(now_);
  const bool readable = file && !file->encoding.empty();
  auto ask = mail_->shelter.act(action, moment(), readable ? &file->text : nullptr);
  if (!ask.ok()) {
    host_.forget_kept();
    mail_->shelter.notice(words_(base::message_key(ask.code()) + ".what"));
    return trouble(ask.error(), "desk.shelter", out);
  }
  settings_ = ask->settings;
  if (ask->lock)
    if (const auto locked = mail_->pages.lock_now(); !locked.ok()) trouble(locked.error(), "desk.lock", out);
  if (ask->save)
    files_.save({std::move(ask->save->name), std::move(ask->save->media_type), std::move(ask->save->bytes)},
                out);
  if (ask->print) out.push_back({Print{}});
  if (ask->paper) files_.draw({std::move(ask->paper->first), std::move(ask->paper->second)}, out);
  if (!ask->exchange) return;
  auto text = mail_->shelter.exchange(moment());
  if (!text.ok() && text.code() == base::Code::Revoked)
    return mail_->shelter.warn(words_("desk.shelter.exchange.unlisted"));
  if (!text.ok()) return trouble(text.error(), "desk.shelter", out);
  files_.save({"shelter-" + base::date_of(now_).iso() + ".txt", "text/plain", base::copy(base::view(*text))},
              out);
}

void Desk::act_care(const screen::Action& action, std::vector<Effect>& out) {
  mail_->pages.touch(now_);
  auto ask = mail_->care.act(action, care_moment());
  if (!ask.ok()) {
    host_.forget_kept();
    mail_->care.notice(words_(base::message_key(ask.code()) + ".what"));
    return trouble(ask.error(), "desk.care", out);
  }
  settings_ = ask->settings;
  if (!ask->lock) return;
  if (const auto locked = mail_->pages.lock_now(); !locked.ok()) trouble(locked.error(), "desk.lock", out);
}

void Desk::act_notice(const screen::Action& action, std::vector<Effect>& out) {
  mail_->pages.touch(now_);
  auto ask = mail_->notice.act(action, notice_moment());
  if (!ask.ok()) {
    host_.forget_kept();
    mail_->notice.notice(words_(base::message_key(ask.code()) + ".what"));
    return trouble(ask.error(), "desk.notice", out);
  }
  if (ask->print) out.push_back({Print{}});
  if (ask->save)
    files_.save({std::move(ask->save->name), std::move(ask->save->media_type), std::move(ask->save->bytes)},
                out);
  settings_ = ask->settings;
  if (!ask->lock) return;
  if (const auto locked = mail_->pages.lock_now(); !locked.ok()) trouble(locked.error(), "desk.lock", out);
}

// Nowhere kept, and gone from here as soon as another page is shown.
void Desk::show_photo(const absence::Photo& photo) {
  photo_ = absence::PhotoShown{photo.blob, {}, {}};
  mail_->client.fetch(mail_->post.school(), photo, now_);
}

// A new device begins with it, and mail that it covers may go one day. Whatever hinders it, the next day's
// will do.
void Desk::keep_snapshot() {
  const auto& school = mail_->post.school();
  store::Transaction transaction(*database_);
  const auto tables = absence::tables_as_bytes(*database_);
  auto kept = tables.ok() ? mail_->client.post_snapshot(school, *tables, mail_->client.folded(school), now_)
                          : base::Status(tables.error());
  if (kept.ok()) kept = transaction.commit();
  logs_.push_back({"desk.snapshot", kept.ok() ? "kept" : std::string(base::code_name(kept.code()))});
}

void Desk::pdf_made(const PdfMade& pdf, std::vector<Effect>& out) {
  changed_ = true;
  const auto said = files_.made(
      pdf,
      [this](base::Date day, std::vector<mail::RecordFile> files) {
        return mail_->client.sign_record({mail_->post.school(), day, std::move(files), now_, {}, {}});
      },
      out);
  if (!said.ok()) {
    mail_->pages.notice(base::message_key(said.code()));
    return trouble(said.error(), "desk.record", out);
  }
  if (said->empty()) return;
  mail_->pages.notice(*said);
  mail_->shelter.notice(words_(*said));
}

void Desk::invite() {
  invitation_to_ = now_.plus_seconds(kInvitationSeconds);
  auto secret = mail_->client.invite(mail_->post.school(), invitation_to_, now_);
  if (!secret.ok()) return mail_->pages.notice(base::message_key(secret.code()));
  invitation_ =
      config_.site + "/#" + absence::invitation_fragment({mail_->post.school(), std::move(*secret)});
}

// The board, for a school without a device.
void Desk::rescue(const mail::MailboxId& school) {
  const Instant to = now_.plus_seconds(kInvitationSeconds);
  auto fragment = mail_->recovery.rescue(school, to, now_);
  if (!fragment.ok()) return mail_->pages.notice(base::message_key(fragment.code()));
  const auto office = mail_->client.office(school);
  rescue_ = {config_.site + "/#" + *fragment, office ? office->name : "", to};
}

void Desk::choose_language(const std::string& tag, std::vector<Effect>& out) {
  if (const std::string load = shelf_.choose(tag); !load.empty()) out.push_back({LoadWords{load}});
  speak(out);
}

void Desk::words_came(const WordsLoaded& loaded, std::vector<Effect>& out) {
  const base::Bytes bytes = blobs_.take(loaded.body);
  if (const std::string more = shelf_.came(loaded.language, bytes); !more.empty())
    out.push_back({LoadWords{more}});
  if (shelf_.failed()) mail_->pages.notice("language.unavailable");
  speak(out);
}

// A language is kept once it is here.
void Desk::speak(std::vector<Effect>& out) {
  changed_ = true;
  words_ = shelf_.words();
  if (shelf_.waiting() || shelf_.failed() || words_.language() == mail_->school.setting("language")) return;
  if (const auto kept = mail_->school.set("language", words_.language()); !kept.ok())
    trouble(kept.error(), "desk.language", out);
}

}  // namespace machi::app
