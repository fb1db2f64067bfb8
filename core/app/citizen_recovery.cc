// A record that outlives its phone: the sheet, the second device, and the way back on a new one. The screens
// follow the steps; what the mail layer does by itself (the slot, the offices) is only watched here.
#include <algorithm>

#include "core/absence/citizen/copies.h"
#include "core/absence/citizen/recovery.h"
#include "core/app/citizen_state.h"
#include "core/base/text.h"

namespace machi::app {
namespace {

using absence::Outcome;
using base::Code;
using screen::Node;
using screen::Nodes;

constexpr std::int64_t kHandOverSeconds = 15 * 60;
constexpr std::int64_t kCopySeconds = 10;
constexpr std::string_view kCode = "p=";
constexpr std::string_view kMade = "recovery.made";    // the day on which the sheet that holds was made
constexpr std::string_view kTaken = "recovery.taken";  // it was printed or saved
constexpr std::string_view kAgain = "recovery.again";

std::string_view behind_hash(std::string_view text) {
  const auto hash = text.find('#');
  return hash == std::string_view::npos ? text : text.substr(hash + 1);
}

}  // namespace

// A sheet's symbol or a second device's, out of whatever was scanned or opened.
bool Citizen::is_recovery(std::string_view text) {
  const std::string_view rest = behind_hash(text);
  return rest.starts_with("k=") || rest.starts_with(kCode) || mail::parse_paper(text).ok();
}

std::string Citizen::link(const std::string& fragment) const {
  return (pack_.site.empty() ? config_.site : pack_.site) + "/#" + fragment;
}

// Everything, or what the slot can hold of it.
base::Result<base::Bytes> Citizen::record(int days) const {
  return absence::record_as_bytes(*database_, days == 0 ? base::Date{} : base::date_of(now_).plus(-days));
}

void Citizen::listen_for_record(mail::ClientEvents& events) {
  const auto arrived = events.on_arrived;
  events.on_arrived = [this, arrived](const base::MessageId& id) {
    recovery_.changed = true;
    if (const auto copied = absence::copy_arrived(context(), id); !copied.ok())
      logs_.push_back({"citizen.copy", std::string(base::code_name(copied.code()))});
    arrived(id);
  };
  events.on_recovered = [this](const base::Result<base::Bytes>& bytes) -> base::Status {
    changed_ = true;
    recovery_.restored = false;
    recovery_.trouble.reset();
    if (!bytes.ok()) {
      recovery_.trouble = bytes.code();
      return base::Status();
    }
    MACHI_TRY(take_record(*bytes));
    set(kTaken, "1");  // it was read just now
    return base::Status();
  };
  events.on_snapshot = [this](const mail::MailboxId&, base::ByteView bytes, std::uint64_t) -> base::Status {
    const auto applications = children_.applications();
    // What came by the sheet, or was written here, is newer.
    if (!applications.ok() || !applications->empty())
      return base::fail(Code::Conflict, "a record of its own");
    return take_record(bytes);
  };
}

base::Status Citizen::take_record(base::ByteView bytes) {
  MACHI_TRY(absence::record_from_bytes(*database_, bytes));
  set(kAgain, "1");
  recovery_.restored = recovery_.again = true;
  changed_ = true;
  return {};
}

// Whom the children's reports go to: before the town's directory is here nothing can be written.
bool Citizen::knows_offices() const {
  const auto children = children_.children();
  if (!children.ok()) return false;
  return std::all_of(children->begin(), children->end(), [this](const absence::Child& child) {
    return mail_->client.recipient(child.office).ok();
  });
}

// What follows from an event: a record that came, the copy behind the sheet.
void Citizen::settle_record(std::vector<Effect>& out) {
  auto& client = mail_->client;
  if (recovery_.restored && knows_offices()) {
    recovery_.restored = false;
    recovery_.asked = false;
    if (const std::string tag = setting("language"); !tag.empty() && tag != words_.language())
      choose_language(tag, out);
    routes_ = {root(), {"restore.done", ""}};
    out.push_back({Persist{}});
  } else if (recovery_.asked) {
    if (recovery_.joining && put_out()) recovery_.trouble = Code::NotAllowed;
    if (recovery_.trouble) {
      recovery_.asked = false;
      if (routes_.back().name == "restore.going") routes_.back() = {"restore.problem", ""};
    }
  }
  if (evicted_ && root().name == "home") {
    evicted_ = false;
    set("evicted", "");
  }
  if (recovery_.again) {
    const auto sent = absence::send_again(context());
    if (!sent.ok()) host_.forget_kept();
    if (sent.ok() && *sent) {
      recovery_.again = false;
      set(kAgain, "");
    }
  }
  if (!recovery_.changed || !client.has_recovery()) return;
  if (now_ < recovery_.copied.plus_seconds(kCopySeconds)) return;
  recovery_.changed = false;
  recovery_.copied = now_;
  base::Status kept;
  for (const int days : {0, 400, 60}) {
    const auto bytes = record(days);
    kept = bytes.ok() ? client.keep_recovery(*bytes, now_) : base::Status(bytes.error());
    if (kept.ok() || kept.code() != Code::TooLarge) break;
  }
  if (!kept.ok()) logs_.push_back({"citizen.recovery", std::string(base::code_name(kept.code()))});
}

std::optional<base::Instant> Citizen::record_due() const {
  if (recovery_.changed && mail_->client.has_recovery()) return recovery_.copied.plus_seconds(kCopySeconds);
  if (recovery_.shown && recovery_.shown_until > now_) return recovery_.shown_until;
  return std::nullopt;
}

bool Citizen::backed_up() const { return !setting(kTaken).empty() && mail_->client.has_recovery(); }

Outcome Citizen::read_recovery(std::string_view text) {
  recovery_.trouble.reset();
  recovery_.mistyped = recovery_.joining = false;
  recovery_.code.reset();
  const std::string typed = base::trimmed(base::fold_width(text));
  const std::string_view rest = behind_hash(typed);
  const auto code = mail::parse_code(rest.starts_with(kCode) ? rest.substr(kCode.size()) : rest);
  auto sheet = mail::paper_from_text(typed);
  if (!code.ok() && !sheet.ok()) {
    if (mail::slip_from_text(typed).ok()) return slips_.read(context(), typed);  // a slip helps, too
    recovery_.mistyped = true;
    return absence::go("restore");
  }
  if (has_children()) {
    recovery_.trouble = Code::Conflict;
    return absence::go("restore.problem");
  }
  auto& client = mail_->client;
  if (code.ok()) {
    recovery_.code = *code;
    client.fetch_slip(*code, now_);
  } else {
    client.recover(std::move(sheet->paper), now_);
  }
  recovery_.asked = true;
  client.hurry(now_);
  return absence::go("restore.going");
}

// The hub's answer to a code: an invitation, or a slip that was typed here.
bool Citizen::recovery_answered(const mail::SlipCode& code, const base::Result<base::Bytes>& bytes) {
  if (recovery_.code != code) return false;
  if (!bytes.ok() && base::is_retryable(bytes.code())) {
    mail_->client.fetch_slip(code, now_);
    return true;
  }
  recovery_.code.reset();
  const base::Status taken = bytes.ok() ? mail_->client.take_over(*bytes, now_) : base::Status(bytes.error());
  recovery_.joining = taken.ok();
  if (!taken.ok()) recovery_.trouble = taken.code();
  return true;
}

bool Citizen::put_out() const { return mail_->client.put_out() != mail::Client::PutOut::No; }

// A key that was taken off does not come back: the record goes first, then the keys, so that a program that
// ends between the two ends what it began (start).
base::Status Citizen::start_over() {
  form_ = {};
  notes_ = {};
  slips_ = {};
  recovery_ = {};
  MACHI_TRY(absence::forget_record(*database_));
  MACHI_TRY(mail_->client.start_over(now_));
  routes_ = {root()};
  return {};
}

Outcome Citizen::act_recovery(const screen::Action& action, std::vector<Effect>& out) {
  auto& client = mail_->client;
  const std::string& here = routes_.back().name;
  if (action.node == "scanner" && action.action == "scan") {
    Outcome next = read_recovery(action.value);
    if (next.move == Outcome::Move::Push && next.to.name != here) next.move = Outcome::Move::Replace;
    return next;
  }
  if (action.action != "press") return absence::stay();
  if (action.node == "home") return absence::home();
  if (action.node == "keep") return absence::back();
  if (action.node == "scan-again") return absence::replace("restore");
  if (action.node == "retry") {
    client.hurry(now_);
  } else if (action.node == "make") {
    // The record says of itself when it was made: that day is in it from the first copy on.
    const std::string made = setting(kMade), taken = setting(kTaken);
    set(kMade, base::date_of(now_).iso());
    set(kTaken, "");
    const auto bytes = record(0);
    auto paper =
        bytes.ok() ? client.make_recovery(*bytes, now_) : base::Result<mail::PaperKey>(bytes.error());
    if (!paper.ok() && paper.code() == Code::TooLarge)
      if (const auto less = record(400); less.ok()) paper = client.make_recovery(*less, now_);
    recovery_.trouble.reset();
    if (!paper.ok()) {
      recovery_.trouble = paper.code();
      set(kMade, made);
      set(kTaken, taken);
      return absence::stay();
    }
    recovery_.sheet = std::move(*paper);
    return absence::go("recovery.sheet");
  } else if (action.node == "print") {
    set(kTaken, "1");
    recovery_.changed = true;
    out.push_back({Print{}});
  } else if (action.node == "picture" && recovery_.sheet) {
    set(kTaken, "1");
    recovery_.changed = true;
    SavePicture picture{"machikado-" + setting(kMade) + ".png", sheet_link(), {}};
    picture.lines.push_back(words::plain(words_("citizen.sheet.title")));
    for (const Node& node : sheet()) {
      picture.lines.push_back(words::plain(node.name));
      for (const Node& child : node.children) {
        picture.lines.push_back(words::plain(child.value.empty() || child.role == screen::Role::Qr
                                                 ? child.name
                                                 : child.name + "  " + child.value));
      }
    }
    out.push_back({std::move(picture)});
  } else if (action.node == "second") {
    recovery_.trouble.reset();
    recovery_.shown_until = now_.plus_seconds(kHandOverSeconds);
    const auto bytes = record(0);
    const auto code = bytes.ok() ? client.hand_over(*bytes, recovery_.shown_until, now_)
                                 : base::Result<mail::SlipCode>(bytes.error());
    if (!code.ok()) {
      recovery_.trouble = code.code();
      return absence::stay();
    }
    recovery_.shown = *code;
    return absence::go("recovery.second");
  } else if (action.node == "anew.yes") {
    const auto begun = start_over();
    if (!begun.ok()) recovery_.trouble = begun.code();
  } else if (action.node == "remove.yes") {
    const auto phone = phone_of(routes_.back().subject);
    const auto cut = phone ? client.cut_off(*phone, now_) : base::Status();
    recovery_.trouble = cut.ok() ? std::nullopt : std::optional(cut.code());
    if (!cut.ok()) return absence::stay();
    client.hurry(now_);
    return absence::back();
  } else if (action.node.starts_with("remove.")) {
    recovery_.trouble.reset();
    return absence::go("recovery.remove", action.node.substr(7));
  }
  return absence::stay();
}

}  // namespace machi::app
