// The citizen app: events go to the mail or to the screen that is shown; then what follows is settled, and
// the host is told to draw. Nothing is said on a screen that did not happen; what the tables refuse is said
// there too.
#include "core/app/citizen.h"

#include <algorithm>

#include "core/absence/citizen/again.h"
#include "core/absence/citizen/calendar.h"
#include "core/absence/citizen/copies.h"
#include "core/absence/citizen/mail.h"
#include "core/absence/citizen/status.h"
#include "core/app/citizen_state.h"
#include "core/base/text.h"

namespace machi::app {
namespace {

constexpr std::string_view kSettings =
    "CREATE TABLE citizen_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";
constexpr std::string_view kClock = "clock";
constexpr std::int64_t kLongestClock = 3'600'000;
constexpr std::string_view kTab = "tab.";

namespace screens = absence::screens;
using absence::Outcome;
using absence::Route;
using Move = absence::Outcome::Move;

}  // namespace

base::Result<std::unique_ptr<App>> open_citizen(const Config& config, Blobs& blobs) {
  MACHI_TRY_SET(pack, read_pack(config.pack));
  MACHI_TRY_SET(database, store::Database::open({config.database, config.vfs, false}));
  MACHI_TRY(database->migrate(Citizen::migrations()));
  return std::unique_ptr<App>(std::make_unique<Citizen>(config, std::move(pack), blobs, std::move(database)));
}

std::vector<store::Migration> Citizen::migrations() {
  std::vector<store::Migration> all = mail::Client::migrations();
  for (const auto& part :
       {absence::ReportBook::migrations(), absence::ChildBook::migrations(), absence::DraftBook::migrations(),
        absence::NoteBook::migrations(), absence::PhotoBook::migrations(),
        household::HouseholdBook::migrations(), shelter::PlanBook::migrations()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  all.push_back({"citizen.1", kSettings});
  return all;
}

Citizen::Citizen(Config config, Pack pack, Blobs& blobs, std::unique_ptr<store::Database> database)
    : config_(std::move(config)),
      pack_(std::move(pack)),
      blobs_(blobs),
      database_(std::move(database)),
      host_(blobs, config_.hub),
      reports_(*database_),
      children_(*database_) {}

absence::CitizenContext Citizen::context() const {
  return {*database_, mail_->entropy, mail_->client,
          reports_,   children_,      words_,
          now_,       online_,        installed_ || storage_ == "persistent" || backed_up()};
}

bool Citizen::has_children() const {
  const auto children = children_.children();
  return children.ok() && !children->empty();
}

Route Citizen::root() const {
  const auto applications = children_.applications();
  return {applications.ok() && !applications->empty() ? "home" : "first", ""};
}

void Citizen::start(const Start& start, std::vector<Effect>& out) {
  if (mail_) return;
  const auto raw = base::from_base64url(start.seed);
  const auto seed = base::fixed<32>(raw.ok() ? base::ByteView(*raw) : base::ByteView());
  if (!seed.ok()) {
    logs_.push_back({"citizen.seed", std::string(base::code_name(seed.code()))});
    return;
  }
  mail::ClientEvents events;
  host_.listen(events);
  listen_for_record(events);
  events.on_message = [this](const mail::Received& mail) -> base::Status {
    recovery_.changed = true;
    if (shelter::PlanScreens::is_kind(mail.kind))
      return shelter::PlanScreens::take(*database_, mail_->client, mail);
    if (mail.kind == shelter::kKindAnswer) return shelter::AskForm::take(*database_, mail_->client, mail);
    if (mail.kind == absence::kKindCopy) return absence::take_copy(context(), mail);
    if (mail.kind == absence::kKindWelcome) {
      if (!mail.office) return base::fail(base::Code::NotAllowed, "no office behind it");
      MACHI_TRY_SET(welcome, absence::decode_welcome(mail.content));
      return absence::SlipFlow::welcomed(context(), mail.office->office, welcome);
    }
    absence::NoteBook notes(*database_);
    return absence::fold_for_citizen(reports_, children_, notes, mail);
  };
  events.on_change = [this] { changed_ = true; };
  events.on_slip = [this](const mail::SlipCode& code, const base::Result<base::Bytes>& slip) {
    changed_ = true;
    if (!recovery_answered(code, slip)) slips_.on_slip(code, slip);
  };
  events.on_log = [this](std::string_view what, std::string_view detail) {
    logs_.push_back({std::string(what), std::string(detail)});
  };
  mail_ = std::make_unique<Mail>(*database_, crypto::Secret<32>(*seed), pack_.town, std::move(events));
  host_.attach(mail_->client);
  online_ = start.online;
  installed_ = start.installed;
  if (const auto loaded = mail_->client.load(now_); !loaded.ok()) {
    broken_ = true;
    logs_.push_back({"citizen.load", std::string(base::code_name(loaded.code()))});
    return;
  }
  if (const auto dropped = absence::PhotoBook(*database_).drop_old(now_); !dropped.ok())
    logs_.push_back({"citizen.photos", std::string(base::code_name(dropped.code()))});
  mail_->client.online(start.online, now_);
  std::string tag = setting("language");
  if (tag.empty()) tag = words::language_for(start.language);
  if (tag != "ja") choose_language(tag, out);
  // A database that was never begun, in a browser that knows us: it has dropped the one before.
  if (setting("begun").empty()) {
    set("begun", "1");
    if (start.known) set("evicted", "1");
  }
  evicted_ = !setting("evicted").empty();
  if (root().name == "first" && put_out())
    if (const auto begun = mail_->client.start_over(now_); !begun.ok())
      logs_.push_back({"citizen.anew", std::string(base::code_name(begun.code()))});
  recovery_.again = !setting("recovery.again").empty();
  recovery_.changed = true;
  routes_ = {root()};
  if (has_children()) out.push_back({Persist{}});
  if (!start.link.empty()) {
    open_link(start.link, out);
  } else if (slips_.resume(context())) {
    go(absence::go(screens::kCheck), out);
  }
}

void Citizen::update(const Event& event, std::vector<Effect>& out) {
  rest(out);
  now_ = base::Instant{event.at};
  // Past the moment of change the screen that is shown says what is no more.
  if (clock_due_ && now_.ms >= *clock_due_) drawn_.reset();
  children_.today(base::date_of(now_));
  const std::int64_t revision = revision_;
  if (const auto* begin = std::get_if<Start>(&event.what)) {
    start(*begin, out);
    changed_ = true;
  }
  if (!mail_ || broken_) {
    drawn_.reset();
    if (changed_) ++revision_;
  } else {
    host_.update(event);
    if (const auto* action = std::get_if<Act>(&event.what)) act(action->action, out);
    if (const auto* photo = std::get_if<PhotoRead>(&event.what)) take_photo(*photo);
    if (const auto* link = std::get_if<Link>(&event.what)) open_link(link->text, out);
    if (const auto* loaded = std::get_if<WordsLoaded>(&event.what)) words_came(*loaded, out);
    if (const auto* online = std::get_if<Online>(&event.what)) online_ = online->online;
    if (const auto* turned = std::get_if<Turned>(&event.what)) {
      beside_failed_ = turned->failed;
      if (!turned->failed) go(turned->place == "home" ? absence::home() : absence::go(turned->place), out);
    }
    if (const auto* beside = std::get_if<Beside>(&event.what)) beside_ = *beside;
    if (const auto* storage = std::get_if<Storage>(&event.what)) storage_ = storage->state;
    const auto* tick = std::get_if<Tick>(&event.what);
    if (tick && tick->timer == kClock) clock_due_.reset();
    const bool from_mail = std::holds_alternative<Answer>(event.what) ||
                           std::holds_alternative<Chunk>(event.what) || (tick && tick->timer != kClock);
    if (!from_mail) changed_ = true;
    settle_record(out);
    settle(out);
    const std::size_t before = out.size();
    host_.flush(now_, out);
    if (out.size() != before) drawn_.reset();
    if (changed_) ++revision_;
    if (drawn_) drawn_->revision = revision_;
  }
  for (Log& log : logs_) out.push_back({std::move(log)});
  logs_.clear();
  changed_ = false;
  if (revision_ != revision) out.push_back({Render{}});
}

// A draft that cannot be written is told of on the screen.
void Citizen::rest(std::vector<Effect>& out) {
  if (!mail_ || broken_ || !form_.unsaved() || form_.keep(context())) return;
  drawn_.reset();
  ++revision_;
  out.push_back({Render{}});
}

// What follows from an event: slips that can be judged now, screens whose subject is gone, the next moment of
// change.
void Citizen::settle(std::vector<Effect>& out) {
  if (routes_.back().name == screens::kCheck) {
    if (const auto next = slips_.settle(context())) go(*next, out);
  }
  if (routes_.size() == 1 && (routes_.back().name == "first" || routes_.back().name == "home"))
    routes_.back() = root();
  drawn_.reset();
  while (routes_.size() > 1 && !drawn_) {
    if (auto screen = draw(routes_.back()))
      drawn_ = closed(std::move(*screen));
    else
      routes_.pop_back();
  }
  std::int64_t due = absence::next_change(context()).ms;
  if (const auto record = record_due()) due = std::min(due, record->ms);
  if (!clock_due_ || *clock_due_ > due || *clock_due_ <= now_.ms) {
    clock_due_ = std::min(due, now_.ms + kLongestClock);
    out.push_back({Timer{std::string(kClock),
                         static_cast<std::int32_t>(std::max<std::int64_t>(*clock_due_ - now_.ms, 1))}});
  }
}

void Citizen::act(const screen::Action& action, std::vector<Effect>& out) {
  // Judged by the screen that is shown: a late press on what is gone means nothing.
  if (!screen::still_means(view(), action)) return;
  go(dispatch(action, out), out);
}

void Citizen::take_photo(const PhotoRead& read) {
  absence::ChosenPhoto chosen{read.why, blobs_.take(read.body)};
  if (!screen::still_means(view(), read.action)) return;
  if (routes_.back().name == screens::kForm) form_.take(context(), chosen);
  if (routes_.back().name == screens::kNotes) notes_.take(context(), chosen);
}

base::Bytes Citizen::picture(const std::string& id) {
  return mail_ ? absence::picture_of(*database_, mail_->client, id) : base::Bytes();
}

Outcome Citizen::dispatch(const screen::Action& action, std::vector<Effect>& out) {
  const Route& here = routes_.back();
  if (action.action == "back" || action.node == "back") return absence::back();
  if (action.action == "press" && action.node == "language") return absence::go("language");
  const bool support = action.node == "support";
  if (action.action == "press" && (action.node == "tab.notices" || action.node == "notices" || support)) {
    beside_failed_ = false;
    out.push_back({OpenApp{support ? "support" : "notices", "home", shelf_.wanted()}});
    return absence::stay();
  }
  if (action.action == "choose" && action.node == "languages") {
    choose_language(action.value, out);
    return absence::stay();
  }
  if (here.name == screens::kForm) return form_.act(context(), here, action);
  if (here.name == screens::kSent || here.name == screens::kCancel) return sent_.act(context(), here, action);
  if (here.name == screens::kNotes) return notes_.act(context(), here, action);
  if (here.name.starts_with(household::kOverview)) return act_household(action, out);
  if (here.name.starts_with("shelter.")) return act_shelter(action, out);
  if (here.name == shelter::kAliasScreen) {
    Outcome next = outcome_of(alias_.act(shelter_context(), action), out);
    if (next.sent) send_household();
    return next;
  }
  if (shelter::PlanScreens::is_own(here.name))
    return outcome_of(plans_.act(shelter_context(), here.name, here.subject, action), out);
  if (auto plan = shelter::PlanScreens::pressed(shelter_context(), action))
    return outcome_of(std::move(*plan), out);
  if (here.name.starts_with("re")) return act_recovery(action, out);
  const bool poster = shelter::Arrival::is_own(action.value);
  if (here.name == screens::kScan && action.action == "scan" && (poster || is_recovery(action.value))) {
    Outcome next = poster ? outcome_of(arrival_.read(shelter_context(), action.value), out)
                          : read_recovery(action.value);
    next.move = Move::Replace;
    return next;
  }
  if (here.name.starts_with("slip.")) return slips_.act(context(), here, action);
  if (action.action != "press") return absence::stay();
  if (std::string_view(action.node).starts_with(kTab)) {
    const std::string tab = action.node.substr(kTab.size());
    if (tab == "home") return absence::home();
    return here.name == tab ? absence::stay()
                            : Outcome{routes_.size() > 1 ? Move::Replace : Move::Push, {tab, ""}};
  }
  if (action.node == "report") return absence::go(screens::kForm);
  if (action.node == "scan") return absence::go(screens::kScan);
  if (action.node == "recovery" || action.node == "restore" || action.node == "restore.anew")
    return absence::go(action.node);
  if (action.node == "history" || action.node == "household") return absence::go(action.node);
  if (const auto report = absence::SentReports::pressed(action)) return absence::go(screens::kSent, *report);
  if (const auto subject = absence::Notes::pressed(action)) return absence::go(screens::kNotes, *subject);
  if (const auto again = absence::again_pressed(context(), action)) return *again;
  if (here.name == "history") {
    if (const auto month = absence::month_pressed(context(), here.subject, action))
      return absence::replace("history", *month);
  }
  if (const auto route = absence::SlipFlow::pressed(context(), action))
    return absence::go(route->name, route->subject);
  if (std::string_view(action.node).starts_with("news-seen:")) {
    const auto pupil = absence::PupilId::from_hex_text(std::string_view(action.node).substr(10));
    if (const auto seen = pupil.ok() ? children_.news_seen(*pupil) : base::Status(pupil.error());
        !seen.ok()) {
      logs_.push_back({"citizen.news", std::string(base::code_name(seen.code()))});
    }
  }
  return absence::stay();
}

// A slip from outside stands on top of what is shown: a half-filled form is there again on the way back.
void Citizen::open_link(const std::string& text, std::vector<Effect>& out) {
  if (base::trimmed(text).empty()) return;
  const bool poster = shelter::Arrival::is_own(text);
  if (!poster && put_out() && root().name == "home") return go(absence::go("restore.anew"), out);
  Outcome next = is_recovery(text) ? read_recovery(text)
                 : poster          ? outcome_of(arrival_.read(shelter_context(), text), out)
                                   : slips_.read(context(), text);
  const std::string_view own = poster ? "shelter." : "slip.";
  if (next.move == Move::Replace && !routes_.back().name.starts_with(own)) next.move = Move::Push;
  go(next, out);
}

void Citizen::leave_slips() {
  const std::string& name = routes_.back().name;
  if (name == "recovery.sheet") recovery_.sheet.reset();
  if (name == "restore") recovery_.mistyped = false;
  const bool reading = name == screens::kCheck || name == screens::kApply ||
                       (name == screens::kProblem && routes_.back().subject.empty());
  if (reading) slips_.leave(context());
}

void Citizen::go(const Outcome& outcome, std::vector<Effect>& out) {
  if (outcome.rolled_back) host_.forget_kept();
  if (outcome.sent) out.push_back({Signal{"sent"}});
  if (outcome.persist) out.push_back({Persist{}});
  recovery_.changed |= outcome.sent;
  Move move = outcome.move;
  if (move == Move::Replace && routes_.size() == 1) move = Move::Push;
  const bool opens = move == Move::Push || move == Move::Replace;
  if (opens && outcome.to.name == screens::kForm && !form_.open(context(), outcome.to.subject)) return;
  if (opens && outcome.to.name.starts_with(household::kOverview) && !open_household(outcome.to)) return;
  if (opens && outcome.to.name == shelter::kAliasScreen) alias_.open(shelter_context());
  if (opens && shelter::PlanScreens::is_own(outcome.to.name) &&
      !plans_.open(shelter_context(), outcome.to.name, outcome.to.subject))
    return;
  if (opens && outcome.to.name == screens::kNotes && !notes_.open(context(), outcome.to.subject)) return;
  switch (move) {
    case Move::Stay:
      return;
    case Move::Push:
      if (routes_.back() != outcome.to) routes_.push_back(outcome.to);
      return;
    case Move::Replace:
      routes_.back() = outcome.to;
      return;
    case Move::Back:
      leave_slips();
      if (routes_.size() > 1) routes_.pop_back();
      break;
    case Move::Home:
      leave_slips();
      routes_ = {root()};
      break;
  }
  if (routes_.size() == 1) routes_ = {root()};
}

std::optional<screen::Screen> Citizen::draw(const Route& route) const {
  if (route.name == screens::kForm) return form_.view(context(), route);
  if (route.name == screens::kSent || route.name == screens::kCancel) return sent_.view(context(), route);
  if (route.name == screens::kNotes) return notes_.view(context(), route);
  if (route.name.starts_with("slip.")) return slips_.view(context(), route);
  if (route.name.starts_with(household::kOverview)) return draw_household(route);
  if (shelter::SafetyForm::is_own(route.name)) return safety_.view(shelter_context(), route.name);
  if (route.name == shelter::kAskScreen) return ask_.view(shelter_context());
  if (route.name == shelter::kAliasScreen) return alias_.view(shelter_context());
  if (shelter::PlanScreens::is_own(route.name))
    return plans_.view(shelter_context(), route.name, route.subject);
  if (route.name.starts_with("shelter.")) return arrival_.view(shelter_context(), route.name);
  if (route.name.starts_with("re")) return draw_recovery(route);
  if (route.name == "home") return home(route);
  if (route.name == "history") return history(route);
  if (route.name == "language") return languages(route);
  return first(route);
}

screen::Screen Citizen::draw() const {
  if (!mail_ || broken_) return closed(refused());
  auto shown = draw(routes_.back());
  return closed(shown ? std::move(*shown) : first({"first", ""}));
}

screen::Screen Citizen::closed(screen::Screen shown) const {
  shown.app = "citizen";
  shown.revision = revision_;
  return screen::finish(std::move(shown));
}

void Citizen::choose_language(const std::string& tag, std::vector<Effect>& out) {
  const std::string load = shelf_.choose(tag);
  if (shelf_.wanted() != tag) return;
  set("language", tag);
  words_ = shelf_.words();
  if (!load.empty()) out.push_back({LoadWords{load}});
}

void Citizen::words_came(const WordsLoaded& loaded, std::vector<Effect>& out) {
  const base::Bytes bytes = blobs_.take(loaded.body);
  if (const std::string more = shelf_.came(loaded.language, bytes); !more.empty())
    out.push_back({LoadWords{more}});
  words_ = shelf_.words();
}

std::string Citizen::setting(std::string_view name) const {
  auto row = database_->prepare("SELECT value FROM citizen_setting WHERE name = ?");
  row.bind(name);
  const auto there = row.step();
  return there.ok() && *there ? row.text(0) : "";
}

void Citizen::set(std::string_view name, std::string_view value) {
  auto row = database_->prepare("INSERT OR REPLACE INTO citizen_setting (name, value) VALUES (?, ?)");
  if (const auto saved = row.bind(name).bind(value).run(); !saved.ok()) {
    logs_.push_back({"citizen.setting", std::string(base::code_name(saved.code()))});
  }
}

}  // namespace machi::app
