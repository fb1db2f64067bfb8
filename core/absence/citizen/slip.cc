// From a text that was read to an application that was sent.
#include "core/absence/citizen/slip.h"

#include "core/absence/citizen/copies.h"
#include "core/absence/citizen/frame.h"
#include "core/absence/content.h"

namespace machi::absence {

using base::Code;

namespace {

constexpr std::string_view kKindApplication = "slip.application";
constexpr int kOldestChildYears = 20;
constexpr std::size_t kTextLimit = 8192;

// The last four digits of what was typed; "" when there are fewer, or something that is no digit.
std::string last_four(std::string_view typed) {
  std::string digits;
  for (char sign : base::trimmed(base::fold_width(typed))) {
    if (sign == '-' || sign == ' ' || sign == '(' || sign == ')') continue;
    if (sign < '0' || sign > '9') return "";
    digits += sign;
  }
  return digits.size() < 4 ? "" : digits.substr(digits.size() - 4);
}

SlipBytes slip_bytes(const mail::SlipCode& code) { return mail::slip_id(code).bytes; }

}  // namespace

Outcome SlipFlow::read(const CitizenContext& context, const std::string& text) {
  problem_.reset();
  pending_.reset();
  slip_.reset();
  const std::string typed = base::trimmed(text);
  if (typed.size() > kTextLimit) return fail_with(context, Code::BadInput);
  Pending pending;
  auto slip = mail::slip_from_text(typed);
  if (slip.ok()) {
    pending.slip = std::move(*slip);
  } else if (const auto code = mail::parse_code(base::fold_width(typed)); code.ok()) {
    pending.code = *code;
    context.mail.fetch_slip(*code, context.now);
  } else {
    return fail_with(context, Code::BadInput);
  }
  pending_ = std::move(pending);
  // What cannot be decided yet is decided as soon as the town's keys are here.
  context.mail.hurry(context.now);
  return settle(context).value_or(go(screens::kCheck));
}

bool SlipFlow::resume(const CitizenContext& context) {
  const auto kept = DraftBook(context.database).load_slip();
  if (!kept.ok() || !*kept || (*kept)->slip.empty()) return false;
  pending_ = Pending{(*kept)->slip, {}, {}};
  return true;
}

void SlipFlow::on_slip(const mail::SlipCode& code, const Result<base::Bytes>& slip) {
  if (pending_ && pending_->code == code) pending_->fetched = slip;
}

Outcome SlipFlow::fail_with(const CitizenContext& context, Code code, std::optional<mail::Slip> slip) {
  leave(context);
  problem_ = Problem{code, std::move(slip)};
  return replace(screens::kProblem);
}

std::optional<Outcome> SlipFlow::settle(const CitizenContext& context) {
  if (!pending_) return std::nullopt;
  if (pending_->slip.empty()) {
    if (!pending_->fetched) return std::nullopt;
    if (!pending_->fetched->ok()) {
      const Code code = pending_->fetched->code();
      pending_->fetched.reset();
      if (!base::is_retryable(code)) return fail_with(context, code);
      context.mail.fetch_slip(*pending_->code, context.now);
      return std::nullopt;
    }
    pending_->slip = **pending_->fetched;
  }
  return settle_slip(context);
}

std::optional<Outcome> SlipFlow::settle_slip(const CitizenContext& context) {
  const auto peeked = mail::peek_slip(pending_->slip);
  if (!peeked.ok()) return fail_with(context, peeked.code());
  if (peeked->town != context.mail.trust().town().id) return fail_with(context, Code::WrongTown);
  if (!context.mail.feed_known()) return std::nullopt;
  // The head is here before the pages that list the offices.
  const auto office = context.mail.office(peeked->office);
  if (!office && !context.mail.directory_read()) return std::nullopt;
  if (!office) return fail_with(context, Code::UnknownKey);
  const auto slip = mail::read_slip(pending_->slip, context.mail.trust().town(), *office, context.now);
  if (!slip.ok()) {
    // The date is judged after the signature: an expired slip is the office's own.
    return fail_with(context, slip.code(),
                     slip.code() == Code::Expired ? std::optional(*peeked) : std::nullopt);
  }
  const auto known = context.children.application(slip_bytes(slip->code));
  if (known.ok() && *known && (*known)->standing != Standing::Refused) {
    const std::string subject = base::to_hex((*known)->slip);
    leave(context);
    return replace(screens::kWaiting, subject);
  }
  DraftBook drafts(context.database);
  const auto kept = drafts.load_slip();
  draft_ = kept.ok() && *kept && (*kept)->slip == pending_->slip ? **kept : SlipDraft();
  if (draft_.slip.empty()) {
    draft_.slip = pending_->slip;
    context.entropy.fill(draft_.version);
  }
  trouble_.reset();
  if (const Status saved = drafts.save_slip(draft_); !saved.ok()) trouble_ = saved.code();
  slip_ = *slip;
  pending_.reset();
  return replace(screens::kApply);
}

void SlipFlow::leave(const CitizenContext& context) {
  pending_.reset();
  slip_.reset();
  problem_.reset();
  draft_ = SlipDraft();
  // A draft that stays behind is offered once more, no worse.
  if (const Status dropped = DraftBook(context.database).drop_slip(); !dropped.ok())
    trouble_ = dropped.code();
}

std::map<std::string, std::string> SlipFlow::check(const CitizenContext& context) const {
  std::map<std::string, std::string> errors;
  const std::string guardian = content::cleaned(base::trimmed(draft_.guardian));
  if (guardian.empty() || base::count_code_points(guardian) > content::kNameLimit) {
    errors["guardian"] = context.words("slip.error.guardian");
  }
  const auto birth = Date::parse(draft_.birth);
  const bool possible =
      birth.ok() && *birth <= context.today() && birth->year() >= context.today().year() - kOldestChildYears;
  if (!possible) errors["birth"] = context.words("slip.error.birth");
  if (last_four(draft_.digits).empty()) errors["digits"] = context.words("slip.error.digits");
  return errors;
}

Outcome SlipFlow::act(const CitizenContext& context, const Route& route, const screen::Action& action) {
  trouble_.reset();
  if (action.node == "scanner" && action.action == "scan") {
    Outcome next = read(context, action.value);
    if (next.move == Outcome::Move::Push) next.move = Outcome::Move::Replace;
    return next;
  }
  if (action.action == "press") {
    if (action.node == "home") return home();
    if (action.node == "report") return replace(screens::kForm);
    if (action.node == "scan-again") return replace(screens::kScan);
    if (action.node == "retry") {
      context.mail.hurry(context.now);
      return settle(context).value_or(stay());
    }
    if (action.node == "forget") {
      const auto slip = base::from_hex(route.subject);
      const auto fixed = slip.ok() ? base::fixed<16>(*slip) : Result<SlipBytes>(slip.error());
      if (fixed.ok() && context.children.forget(*fixed).ok()) return home();
      return stay();
    }
    if (action.node == "apply") return apply(context);
  }
  if (action.action != "enter") return stay();
  if (action.node == "guardian") draft_.guardian = action.value;
  if (action.node == "birth") draft_.birth = base::trimmed(action.value);
  if (action.node == "digits") draft_.digits = action.value;
  if (const Status saved = DraftBook(context.database).save_slip(draft_); !saved.ok())
    trouble_ = saved.code();
  return stay();
}

Outcome SlipFlow::apply(const CitizenContext& context) {
  if (!slip_) return home();
  if (!check(context).empty()) {
    draft_.tried = true;
    if (const Status saved = DraftBook(context.database).save_slip(draft_); !saved.ok())
      trouble_ = saved.code();
    return stay();
  }
  const std::string subject = base::to_hex(slip_bytes(slip_->code));
  const auto write = [&]() -> Status {
    mail::Application application;
    application.code = slip_->code;
    application.guardian = content::cleaned(base::trimmed(draft_.guardian));
    MACHI_TRY_SET(birth, Date::parse(draft_.birth));
    application.birth = birth;
    application.digits = last_four(draft_.digits);
    store::Transaction transaction(context.database);
    MACHI_TRY(write_application(context, std::move(application), slip_->office));
    MACHI_TRY(DraftBook(context.database).drop_slip());
    return transaction.commit();
  };
  if (const Status written = write(); !written.ok()) {
    trouble_ = written.code();
    Outcome failed;
    failed.rolled_back = true;
    return failed;
  }
  slip_.reset();
  draft_ = SlipDraft();
  Outcome out = replace(screens::kWaiting, subject);
  out.sent = true;
  out.persist = true;
  return out;
}

Status SlipFlow::write_application(const CitizenContext& context, mail::Application application,
                                   const MailboxId& to) {
  MACHI_TRY_SET(person, context.mail.person_mailbox(context.now));
  MACHI_TRY_SET(self, context.mail.self(person));
  MACHI_TRY_SET(recipient, context.mail.recipient(to));
  application.slip = mail::slip_id(application.code);
  application.person = person;
  application.epoch = self.epoch;
  application.epoch_key = self.epoch_key;
  application.language = context.words.language();
  const auto office = context.mail.office(to);
  MACHI_TRY(
      copy_application(context, application.slip.bytes, application.code, to, office ? office->name : ""));
  MACHI_TRY_SET(message, context.mail.send(recipient, kKindApplication, mail::encode_application(application),
                                           context.now));
  ApplicationState state;
  state.slip = application.slip.bytes;
  state.code = application.code;
  state.office = to;
  if (office) state.office_name = office->name;
  state.message = message;
  state.made = context.now;
  return context.children.apply(state);
}

Status SlipFlow::welcomed(const CitizenContext& context, const MailboxId& office, const Welcome& welcome) {
  MACHI_TRY_SET(before, context.children.application(slip_bytes(welcome.code)));
  if (before) return {};
  if (!context.children.was_let_go(welcome.pupil))
    return base::fail(Code::NotAllowed, "welcome of another child");
  mail::Application application;
  application.code = welcome.code;
  application.guardian = welcome.guardian;
  application.birth = welcome.birth;
  return write_application(context, std::move(application), office);
}

}  // namespace machi::absence
