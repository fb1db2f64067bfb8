// Screens of enrolment: reading, checking, applying, waiting, and what to do when a slip cannot be used.
#include "core/absence/citizen/frame.h"
#include "core/absence/citizen/slip.h"

namespace machi::absence {
namespace {

using base::Code;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

constexpr std::string_view kRow = "application:";
constexpr int kOldestChildYears = 20;

// The last part of the keys "slip.problem.*": causes that lead to the same next step share their words.
std::string problem_name(Code code) {
  switch (code) {
    case Code::Expired:
      return "expired";
    case Code::UsedUp:
      return "used-up";
    case Code::Revoked:
      return "revoked";
    case Code::WrongTown:
      return "other-town";
    case Code::NotFound:
      return "not-found";
    case Code::Unsupported:
      return "outdated";
    case Code::BadSignature:
    case Code::UnknownKey:
      return "forged";
    case Code::NotAllowed:
      return "declined";
    case Code::BadInput:
    case Code::WrongPurpose:
    case Code::Conflict:
    case Code::TooLarge:
    case Code::TooMany:
    case Code::HeadNeeded:
    case Code::Unreachable:
    case Code::Storage:
    case Code::StorageFull:
    case Code::NotSchoolDay:
    case Code::DateOutOfRange:
    case Code::Missing:
      return "unreadable";
  }
  return "unreadable";
}

// Enough of the number to find the slip in the school's list; the rest is the secret.
std::string slip_number(const mail::SlipCode& code) { return mail::print_code(code).substr(0, 7); }

std::string step_when(const CitizenContext& context, const std::optional<Instant>& at) {
  return at ? context.words.moment(*at, context.now) : std::string();
}

}  // namespace

std::optional<screen::Screen> SlipFlow::view(const CitizenContext& context, const Route& route) const {
  if (route.name == screens::kScan) return scan(context, route);
  if (route.name == screens::kCheck) return pending_ ? std::optional(checking(context, route)) : std::nullopt;
  if (route.name == screens::kApply) return slip_ ? std::optional(form(context, route)) : std::nullopt;
  if (route.name == screens::kProblem && route.subject.empty()) {
    if (!problem_) return std::nullopt;
    const auto& slip = problem_->slip;
    return problem(context, route, *problem_, slip ? slip->office : MailboxId(),
                   slip ? slip->office_name : "");
  }
  const auto raw = base::from_hex(route.subject);
  const auto id = raw.ok() ? base::fixed<16>(*raw) : Result<SlipBytes>(raw.error());
  if (!id.ok()) return std::nullopt;
  const auto application = context.children.application(*id);
  if (!application.ok() || !*application) return std::nullopt;
  if ((*application)->standing != Standing::Refused) return waiting(context, route, **application);
  Problem what;
  what.code = (*application)->why.value_or(Code::NotAllowed);
  what.ended = what.code == Code::Revoked && context.children.brought(*id);
  return problem(context, route, what, (*application)->office, (*application)->office_name);
}

screen::Screen SlipFlow::scan(const CitizenContext& context, const Route& route) const {
  const words::Words& words = context.words;
  screen::Screen out = titled(context, route, words("slip.scan.title"));
  out.main.push_back(screen::text("explain", words("slip.scan.explain")));
  out.main.push_back(screen::scanner("scanner", words("slip.scan.scanner"), words("slip.scan.hint")));
  return out;
}

screen::Screen SlipFlow::checking(const CitizenContext& context, const Route& route) const {
  const words::Words& words = context.words;
  screen::Screen out = titled(context, route, words("slip.check.title"));
  if (context.connected()) {
    out.main.push_back(screen::progress("progress", words("slip.check.progress")));
  } else {
    Node alert = screen::alert(
        "offline", words(context.online ? "slip.check.unreachable" : "slip.check.offline"), Tone::Warning);
    alert.icon = Icon::Offline;
    alert.hint = words("slip.check.kept");
    out.main.push_back(std::move(alert));
    out.foot.push_back(screen::button("retry", words("slip.check.retry"), Importance::Primary, Icon::Retry));
  }
  return out;
}

screen::Screen SlipFlow::form(const CitizenContext& context, const Route& route) const {
  const words::Words& words = context.words;
  const std::string school = office_name(context, slip_->office, slip_->office_name);
  const auto errors = check(context);
  const auto with = [&](Node node) {
    node.version = base::to_hex(draft_.version);
    node.required = true;
    const auto error = errors.find(node.id);
    const bool typed =
        (node.id == "birth" && !draft_.birth.empty()) || (node.id == "digits" && !draft_.digits.empty());
    if (error != errors.end() && (draft_.tried || typed)) node.error = error->second;
    return node;
  };
  screen::Screen out = titled(context, route, words("slip.apply.title"));
  if (trouble_) {
    Node alert = screen::alert("trouble", words(base::message_key(*trouble_) + ".what"), Tone::Danger);
    alert.hint = words(base::message_key(*trouble_) + ".next");
    out.main.push_back(std::move(alert));
  }
  out.main.push_back(
      screen::facts("slip", "",
                    {screen::fact("school", words("slip.apply.school"), school),
                     screen::fact("number", words("slip.apply.number"), slip_number(slip_->code))}));
  out.main.push_back(screen::text("explain", words("slip.apply.explain")));
  Node guardian = screen::field("guardian", words("slip.apply.guardian"), Kind::Text, draft_.guardian);
  guardian.max_length = 100;
  out.main.push_back(with(std::move(guardian)));
  Node birth = screen::field("birth", words("slip.apply.birth"), Kind::Date, draft_.birth);
  birth.minimum = Date::of(context.today().year() - kOldestChildYears, 1, 1)->iso();
  birth.maximum = context.today().iso();
  if (const auto day = Date::parse(draft_.birth); day.ok()) {
    const std::string written =
        words("date.with-year", {{"year", std::to_string(day->year())}, {"date", words.date(*day)}});
    birth.options.push_back(screen::option(day->iso(), written, true));
  }
  out.main.push_back(with(std::move(birth)));
  Node digits = screen::field("digits", words("slip.apply.digits"), Kind::Telephone, draft_.digits);
  digits.hint = words("slip.apply.digits.hint");
  out.main.push_back(with(std::move(digits)));
  out.foot.push_back(with(screen::button("apply", words("slip.apply.send", {{"office", school}}),
                                         Importance::Primary, Icon::Send)));
  out.foot.back().required = false;
  out.foot.push_back(screen::text("readers", words("absence.form.readers", {{"office", school}})));
  return out;
}

screen::Screen SlipFlow::problem(const CitizenContext& context, const Route& route, const Problem& what,
                                 const MailboxId& office, const std::string& named) const {
  const words::Words& words = context.words;
  const std::string key = "slip.problem." + (what.ended ? "ended" : problem_name(what.code));
  const std::string school =
      named.empty() ? words("slip.problem.school") : office_name(context, office, named);
  Node heading = screen::heading("outcome", words(key + ".title"));
  heading.icon = what.code == Code::Expired ? Icon::Clock : Icon::Warning;
  heading.tone = Tone::Warning;
  screen::Screen out = outcome(context, route, words("slip.problem.bar"), std::move(heading));
  const bool dated = what.code == Code::Expired && what.slip;
  const std::string happened =
      dated ? words("slip.problem.expired.date", {{"date", words.date(base::date_of(what.slip->expires))}})
            : words(key + ".what");
  out.main.push_back(
      screen::group("what", words("error.heading.what"), {screen::text("what.text", happened)}));
  out.main.push_back(screen::group("next", words("error.heading.next"),
                                   {screen::text("next.text", words(key + ".next", {{"office", school}}))}));
  const auto children = context.children.children();
  const bool some = children.ok() && !children->empty();
  Node kept = screen::group(
      "kept", words("error.heading.kept"),
      {screen::text("kept.text", words(some ? "slip.problem.kept" : "slip.problem.kept.none"))});
  kept.tone = Tone::Success;
  out.main.push_back(std::move(kept));
  if (what.slip) {
    out.main.push_back(screen::text(
        "number",
        words("slip.problem.number", {{"office", school}, {"number", slip_number(what.slip->code)}})));
  }
  auto call = call_link(context, "call", office, named);
  if (call) {
    call->importance = Importance::Primary;
    out.foot.push_back(std::move(*call));
  }
  out.foot.push_back(screen::button("scan-again", words("slip.problem.again"),
                                    call ? Importance::Secondary : Importance::Primary, Icon::Scan));
  if (!route.subject.empty())
    out.foot.push_back(screen::button("forget", words("slip.problem.forget"), Importance::Tertiary));
  return out;
}

screen::Screen SlipFlow::waiting(const CitizenContext& context, const Route& route,
                                 const ApplicationState& application) const {
  const words::Words& words = context.words;
  const std::string school = office_name(context, application.office, application.office_name);
  const auto post = context.mail.state(application.message);
  const bool confirmed = application.standing == Standing::Confirmed;
  const bool arrived = application.answered || (post && (post->arrived || post->had));
  const char* stage = confirmed ? (context.kept ? "slip.waiting.registered" : "slip.waiting.confirmed")
                      : application.answered ? "slip.waiting.checking"
                      : arrived              ? "slip.waiting.arrived"
                                             : "slip.waiting.saved";
  Node heading = screen::heading("outcome", words(stage));
  heading.icon = confirmed ? Icon::School : arrived ? Icon::Mail : Icon::Phone;
  heading.tone = confirmed ? Tone::Success : arrived ? Tone::Info : Tone::Warning;
  screen::Screen out = outcome(context, route, words("slip.waiting.bar"), std::move(heading));

  if (confirmed) {
    const auto children = context.children.children();
    for (const Child& child : children.ok() ? *children : std::vector<Child>()) {
      if (child.office != application.office) continue;
      out.main.push_back(screen::text("child:" + child.card.pupil.hex(),
                                      words("slip.waiting.child", {{"name", full_name(context, child)}})));
    }
    if (!context.kept) {
      Node alert = screen::alert("storage", words("citizen.storage.best-effort"), Tone::Warning);
      alert.hint = words("citizen.storage.next");
      out.main.push_back(std::move(alert));
    }
    out.foot.push_back(screen::button("report", words("citizen.report"), Importance::Primary, Icon::School));
    out.foot.push_back(screen::button("home", words("button.home"), Importance::Tertiary));
    return out;
  }
  const char* explain = application.answered  ? "slip.waiting.explain.checking"
                        : arrived             ? "slip.waiting.explain.arrived"
                        : context.connected() ? "slip.waiting.explain.sending"
                                              : "slip.waiting.explain.saved";
  const bool refused = post && post->refused && !arrived;
  out.main.push_back(
      screen::text("explain", refused ? words(base::message_key(*post->refused) + ".what") : words(explain)));
  Nodes steps;
  steps.push_back(screen::step("step.saved", words("absence.step.saved"), State::Done,
                               step_when(context, application.made)));
  if (refused) {
    steps.push_back(screen::step("step.arrived", words("absence.step.refused"), State::Failed));
  } else {
    steps.push_back(screen::step(
        "step.arrived", words(arrived ? "absence.step.arrived" : "absence.step.sending"),
        arrived ? State::Done : State::Waiting, step_when(context, post ? post->arrived : std::nullopt)));
  }
  steps.push_back(
      screen::step("step.confirmed", words("slip.step.confirm"), arrived ? State::Waiting : State::Todo));
  out.main.push_back(screen::steps("steps", words("slip.steps"), std::move(steps)));
  Nodes call;
  if (auto link = call_link(context, "call", application.office, application.office_name))
    call.push_back(std::move(*link));
  out.main.push_back(
      screen::alert("until-then", words("slip.waiting.until-then"), Tone::Info, std::move(call)));
  out.main.back().icon = Icon::Telephone;
  if (arrived) {
    out.foot.push_back(screen::button("home", words("button.home"), Importance::Primary));
  } else {
    out.foot.push_back(screen::button("retry", words("button.retry"), Importance::Primary, Icon::Retry));
    out.foot.push_back(screen::button("home", words("button.home"), Importance::Tertiary));
  }
  return out;
}

Nodes SlipFlow::rows(const CitizenContext& context) {
  Nodes rows;
  const auto applications = context.children.applications();
  if (!applications.ok()) return rows;
  for (const ApplicationState& one : *applications) {
    if (one.standing == Standing::Confirmed) continue;
    const std::string slip = base::to_hex(one.slip);
    const bool refused = one.standing == Standing::Refused;
    const auto post = context.mail.state(one.message);
    const bool arrived = one.answered || (post && (post->arrived || post->had));
    const bool ended = refused && one.why == Code::Revoked && context.children.brought(one.slip);
    const char* key = ended     ? "slip.badge.ended"
                      : refused ? "slip.badge.refused"
                      : arrived ? "slip.badge.waiting"
                                : "slip.badge.saved";
    Node badge = screen::badge("badge:" + slip, context.words(key),
                               refused   ? Tone::Danger
                               : arrived ? Tone::Info
                                         : Tone::Warning,
                               refused ? Icon::Failed : Icon::Clock);
    Node row = screen::row_button(
        std::string(kRow) + slip,
        context.words("slip.row", {{"office", office_name(context, one.office, one.office_name)}}), {},
        {std::move(badge)});
    row.icon = Icon::Person;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::optional<Route> SlipFlow::pressed(const CitizenContext& context, const screen::Action& action) {
  if (action.action != "press" || !std::string_view(action.node).starts_with(kRow)) return std::nullopt;
  const std::string subject = action.node.substr(kRow.size());
  const auto raw = base::from_hex(subject);
  const auto id = raw.ok() ? base::fixed<16>(*raw) : Result<SlipBytes>(raw.error());
  const auto known =
      id.ok() ? context.children.application(*id) : Result<std::optional<ApplicationState>>(id.error());
  if (!known.ok() || !*known) return std::nullopt;
  return Route{(*known)->standing == Standing::Refused ? screens::kProblem : screens::kWaiting, subject};
}

}  // namespace machi::absence
