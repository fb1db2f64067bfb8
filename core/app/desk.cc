// The desk app: a school's tablet or PC. Events go to the mail or to the pages, then what follows is settled,
// and the host is told to draw when anything changed. One thread. What the tables refuse is said on the
// screen; nothing is lost by it.
#include "core/app/desk.h"

#include <algorithm>
#include <set>

#include "core/absence/desk/pages.h"
#include "core/absence/desk/tables.h"
#include "core/app/desk_files.h"
#include "core/app/desk_recovery.h"
#include "core/app/mail_host.h"
#include "core/app/pack.h"
#include "core/app/symbols.h"
#include "core/crypto/drbg.h"
#include "core/words/shelf.h"

namespace machi::app {
namespace {

using base::Instant;
using Joining = mail::Client::Joining;

constexpr std::string_view kClock = "desk";
constexpr int kClockMs = 20'000;
constexpr std::int64_t kContactMs = 60'000;      // without a word from the hub for so long: not connected
constexpr std::int64_t kQuietStartMs = 3'000;    // what comes in while the desk catches up makes no sound
constexpr std::int64_t kLongAwayMs = 3'600'000;  // so long without the hub is said on the screen
constexpr std::int64_t kInvitationSeconds = 24 * 3600;

class Desk final : public App {
 public:
  Desk(Config config, Pack pack, Blobs& blobs, std::unique_ptr<store::Database> database)
      : config_(std::move(config)),
        pack_(std::move(pack)),
        blobs_(blobs),
        database_(std::move(database)),
        host_(blobs, config_.hub),
        files_(blobs),
        symbol_(symbol_writer()) {}

  void update(const Event& event, std::vector<Effect>& out) override;
  screen::Screen view() override;
  base::Bytes picture(const std::string& id) override;

 private:
  struct Mail;
  void start(const Start& start, std::vector<Effect>& out);
  void open_link(std::string_view text);
  void act(const screen::Action& action, std::vector<Effect>& out, const absence::OpenedFile* file = nullptr);
  void open_file(const FileRead& read, std::vector<Effect>& out);
  void carry_out(absence::DeskWish wish, std::vector<Effect>& out);
  void keep_snapshot();
  void show_photo(const absence::Photo& photo);
  void pdf_made(const PdfMade& pdf, std::vector<Effect>& out);
  bool of_board() const;
  void invite();
  void rescue(const mail::MailboxId& school);
  void ask_in(const mail::MailboxId& school);
  void watch_guest();
  bool guest_is_over() const;
  void end_guest(std::vector<Effect>& out);
  void take_off_guests();
  void heard(const Event& event);
  void choose_language(const std::string& tag, std::vector<Effect>& out);
  void words_came(const WordsLoaded& loaded, std::vector<Effect>& out);
  void speak(std::vector<Effect>& out);
  void settle(std::vector<Effect>& out);
  void note_contact();
  bool joined() const;
  const std::string& site() const { return pack_.site.empty() ? config_.site : pack_.site; }
  absence::DeskScene scene() const;
  absence::GuestScene guest_scene() const;
  screen::Screen draw() const;
  void trouble(const base::Error& error, std::string_view where, std::vector<Effect>& out);

  Config config_;
  Pack pack_;
  Blobs& blobs_;
  std::unique_ptr<store::Database> database_;
  MailHost host_;
  DeskFiles files_;
  absence::SymbolWriter symbol_;
  std::unique_ptr<Mail> mail_;  // from Start on
  words::Words words_;
  words::Shelf shelf_;  // where words_ come from
  Instant now_;
  Instant started_;
  std::optional<Instant> contact_;  // when the hub last answered
  std::optional<Instant> contact_kept_;
  std::optional<Instant> away_;  // was away since, and no person has seen it yet
  bool catching_up_ = false;     // messages of that time are still coming
  Instant last_message_;
  int caught_ = 0;
  bool online_ = true;
  bool changed_ = true;
  bool bad_link_ = false;
  std::optional<Instant> guest_until_;  // this device was let in for a time
  bool guest_over_ = false;
  bool persists_ = false;  // the browser was asked to keep this device's storage
  std::set<crypto::SignPublic> taken_off_;  // guests whose time was over
  std::string invitation_;
  Instant invitation_to_;
  absence::Rescue rescue_;  // the board's, for a school
  std::map<mail::SlipCode, std::string> slip_links_;
  std::optional<absence::PhotoShown> photo_;
  std::vector<Log> logs_;
  std::int64_t revision_ = 1;
};

// What needs the host's entropy: made at Start.
struct Desk::Mail {
  Mail(store::Database& database, crypto::Secret<32> seed, mail::Town town, mail::ClientEvents events)
      : entropy(std::move(seed)),
        client(database, entropy, {town, true}, std::move(events)),
        post(client),
        school(database, post),
        board(database),
        recovery(database, client, post, school),
        pages(school, entropy) {}
  crypto::Drbg entropy;
  mail::Client client;
  absence::MailSchoolPost post;
  absence::SchoolDesk school;
  absence::BoardBook board;
  DeskRecovery recovery;
  absence::DeskPages pages;
};

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
    mail_->post.at(*school);
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
    const bool was_away = !contact_ || now_.ms - contact_->ms > kContactMs;
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
  if (!contact_ || (contact_kept_ && contact_->ms - contact_kept_->ms < kContactMs)) return;
  if (mail_->school.set("contact", std::to_string(contact_->ms)).ok()) contact_kept_ = contact_;
}

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

void Desk::update(const Event& event, std::vector<Effect>& out) {
  now_ = Instant{event.at};
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
  if (mail_->school.take_news() && now_.ms - started_.ms > kQuietStartMs && !catching_up_)
    out.push_back({Signal{"new-row"}});
}

void Desk::open_file(const FileRead& read, std::vector<Effect>& out) {
  const base::Bytes bytes = blobs_.take(read.body);
  const absence::OpenedFile file{read.body == 0 ? "" : read.encoding, std::string(base::text_view(bytes))};
  act(read.action, out, &file);
}

void Desk::act(const screen::Action& action, std::vector<Effect>& out, const absence::OpenedFile* file) {
  changed_ = true;
  if (!screen::still_means(draw(), action)) return;  // what was meant is gone: show what is
  if (!joined()) {
    if (mail_->recovery.act(action, now_)) return;
    if (action.node == "scanner") open_link(action.value);
    if (action.node == "guest") out.push_back({BeGuest{}});
    if (action.node == "school")
      if (const auto school = mail::MailboxId::from_hex_text(action.value); school.ok()) ask_in(*school);
    return;
  }
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
    if (const auto let =
            mail_->client.admit_guest(mail_->post.school(), wish.let_in->first, wish.let_in->second, now_);
        !let.ok())
      trouble(let.error(), "desk.guest", out);
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

// Nowhere kept, and gone from here as soon as another page is shown.
void Desk::show_photo(const absence::Photo& photo) {
  photo_ = absence::PhotoShown{photo.blob, {}, {}};
  mail_->client.fetch(mail_->post.school(), photo, now_);
}

base::Bytes Desk::picture(const std::string& id) {
  return photo_ && id == base::to_hex(photo_->hash) ? photo_->bytes : base::Bytes();
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
  if (!said->empty()) mail_->pages.notice(*said);
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

void Desk::trouble(const base::Error& error, std::string_view where, std::vector<Effect>& out) {
  changed_ = true;
  out.push_back({Log{std::string(where), std::string(base::code_name(error.code)) + " " + error.detail}});
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
  scene.connected = online_ && mail_->client.reachable() && contact_ && now_.ms - contact_->ms <= kContactMs;
  scene.waiting = mail_->client.waiting();
  scene.drawing = files_.drawing();
  if (of_board()) {
    scene.board = &mail_->board;
    scene.schools = mail_->recovery.schools();
    scene.rescue = rescue_;
  }
  scene.came = mail_->recovery.lines();
  if (const auto* log = mail_->client.access(school))
    for (const mail::Member& member : log->readers(now_)) {
      if (!member.rights.post) continue;  // a spare member: the paper key, the board
      scene.desks += member.to ? 0 : 1;  // an invitation has an end, and a guest
      const bool guest = member.to && !member.rights.admin;
      scene.devices.push_back(
          {member.key, mail_->post.mine(member.key), member.to && !guest, guest ? member.to : std::nullopt});
    }
  return scene;
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

screen::Screen Desk::draw() const {
  if (guest_over_) return absence::guest_over_screen(words_);
  if (!mail_) return absence::join_screen(words_, Joining::Waiting, "", false);
  if (joined()) return mail_->pages.view(scene());
  if (config_.guest) return absence::guest_screen(guest_scene());
  if (mail_->client.joining(mail_->post.school()) != Joining::Waiting)
    if (auto key = mail_->recovery.view(words_)) return std::move(*key);
  const auto office = mail_->client.office(mail_->post.school());
  return absence::join_screen(words_, mail_->client.joining(mail_->post.school()), office ? office->name : "",
                              bad_link_);
}

screen::Screen Desk::view() {
  screen::Screen screen = draw();
  screen.revision = revision_;
  return screen;
}

}  // namespace

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
  return std::unique_ptr<App>(std::make_unique<Desk>(config, std::move(pack), blobs, std::move(database)));
}

}  // namespace machi::app
