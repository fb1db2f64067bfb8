// The plan's screens: the list, the form, one plan, the supporter's code; and the cards that stand at the top
// when a disaster has come. What has not left the phone is never called arrived.
#include "core/shelter/citizen/plan.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

const char* sent_key(Sent state) {
  return state == Sent::Saved     ? "shelter.said.saved"
         : state == Sent::Arrived ? "shelter.said.arrived"
                                  : "shelter.said.refused";
}

std::string approved_text(const PhoneContext& context, const PlanLine& line) {
  return context.words("plan.approved.by", {{"name", line.approved->officer},
                                            {"time", context.words.moment(line.approved->at, context.now)}});
}
std::string safe_text(const PhoneContext& context, const PlanSeen& seen) {
  return context.words("plan.safe.by",
                       {{"name", seen.by}, {"time", context.words.moment(seen.at, context.now)}});
}

// Whether somebody is safe, and the button for whoever may say so.
Nodes safety(const PhoneContext& context, const PlanLine& line, Instant since) {
  Nodes out;
  const std::string id = line.plan.id.hex();
  const bool safe = line.safe && line.safe->at >= since;
  if (safe) {
    out.push_back(screen::text("plan-safe-by:" + id, safe_text(context, *line.safe)));
    out.back().tone = Tone::Success;
  } else if (const auto said = safe_said(context, line.plan.id); said && said->at >= since) {
    const Sent state = state_of(context, said->message);
    out.push_back(screen::text("plan-safe-said:" + id, context.words(sent_key(state))));
  } else if (line.ticket) {
    out.push_back(screen::button("plan-safe:" + id, context.words("plan.safe.press"), Importance::Secondary,
                                 Icon::Check));
  }
  return out;
}

void one(const PhoneContext& context, const PlanLine& line, screen::Screen& out) {
  const words::Words& words = context.words;
  const Plan& plan = line.plan;
  const bool own = line.role == PlanRole::Own;
  if (line.approved) {
    out.main.push_back(screen::alert("approved", approved_text(context, line), Tone::Success));
  } else if (own) {
    out.main.push_back(screen::alert("waits", words("plan.waits"), Tone::Info));
  }
  for (Node& node : safety(context, line, emergency(context).value_or(Instant{})))
    out.main.push_back(std::move(node));
  Nodes facts;
  const auto add = [&](const char* id, const char* key, const std::string& value) {
    if (!value.empty()) facts.push_back(screen::fact(id, words(key), value));
  };
  add("where", "plan.place", plan.place);
  add("route", "plan.route", plan.route);
  add("help", "plan.help", plan.help);
  std::string needs;
  for (const household::Need need : household::list(plan.needs))
    needs += (needs.empty() ? "" : " / ") + words(household::words_of(need));
  add("needs", "household.ask.needs", needs);
  if (!own) add("address", "household.ask.address", plan.address);
  out.main.push_back(screen::facts("facts", "", std::move(facts)));
  const auto call = [](const std::string& id, const std::string& name, const std::string& number) {
    return number.empty() ? screen::text("name:" + id, name)
                          : screen::link("call:" + id, name + " " + number, "tel:" + number, Icon::Telephone);
  };
  if (!own && !plan.telephone.empty()) out.main.push_back(call("them", plan.name, plan.telephone));
  Nodes people;
  for (std::size_t at = 0; at < plan.supporters.size(); ++at)
    people.push_back(call(std::to_string(at), plan.supporters[at].name, plan.supporters[at].telephone));
  if (!people.empty())
    out.main.push_back(screen::group("supporters", words("plan.supporters"), std::move(people)));
}

}  // namespace

void PlanScreens::list(const PhoneContext& context, screen::Screen& out) const {
  const words::Words& words = context.words;
  out.main.push_back(screen::text("what", words("plan.what")));
  const auto home = context.book.load();
  PlanBook book(context.database);
  Nodes own, others;
  if (home.ok() && *home && support_of(context))
    for (const household::Member& member : (*home)->members) {
      std::string state = words("household.none");
      if (const auto known = own_plan(context, member.number)) {
        const auto line = book.find(plan_id(known->secret));
        if (line.ok() && *line && !(*line)->plan.withdrawn) {
          const Sent sent = state_of(context, known->message);
          state = (*line)->approved && sent == Sent::Arrived ? approved_text(context, **line)
                                                             : words(sent_key(sent));
          if (const auto since = emergency(context); since && (*line)->safe && (*line)->safe->at >= *since)
            state = safe_text(context, *(*line)->safe);
        }
      }
      own.push_back(screen::row_button("member:" + std::to_string(member.number), member.kana, state));
      own.back().icon = Icon::Person;
    }
  if (!own.empty()) out.main.push_back(screen::list("own", words("plan.own"), std::move(own)));
  if (const auto lines = book.lines(); lines.ok())
    for (const PlanLine& line : *lines)
      if (line.role == PlanRole::Supported)
        others.push_back(screen::row_button("plan:" + line.plan.id.hex(), line.plan.name, line.plan.place));
  if (!others.empty()) out.main.push_back(screen::list("others", words("plan.others"), std::move(others)));
  out.foot.push_back(screen::button("code", words("plan.code"), Importance::Secondary, Icon::Scan));
}

void PlanScreens::form(const PhoneContext& context, const std::string& subject, screen::Screen& out) const {
  const words::Words& words = context.words;
  if (!trouble_.empty()) out.main.push_back(screen::alert("trouble", words(trouble_), Tone::Danger));
  const auto own = own_plan(context, std::atoi(subject.c_str()));
  const auto line = own ? PlanBook(context.database).find(plan_id(own->secret))
                        : Result<std::optional<PlanLine>>(std::nullopt);
  const bool there = own && line.ok() && *line && !(*line)->plan.withdrawn;
  if (there) {
    const Sent sent = state_of(context, own->message);
    const bool approved = (*line)->approved && sent == Sent::Arrived;
    out.main.push_back(screen::alert("state",
                                     approved                ? approved_text(context, **line)
                                     : sent == Sent::Arrived ? words("plan.waits")
                                                             : words(sent_key(sent)),
                                     approved ? Tone::Success : Tone::Info));
    if ((*line)->safe) out.main.push_back(screen::text("safe", safe_text(context, *(*line)->safe)));
  }
  const auto add = [&](const char* id, const char* key, Kind kind, const std::string& value,
                       std::size_t most) {
    out.main.push_back(screen::field(id, words(key), kind, value));
    out.main.back().max_length = static_cast<std::int32_t>(most);
  };
  add("where", "plan.place", Kind::Text, draft_.place, household::kTextLimit);
  out.main.back().required = true;
  add("route", "plan.route", Kind::Multiline, draft_.route, kPlanTextLimit);
  add("help", "plan.help", Kind::Multiline, draft_.help, kPlanTextLimit);
  std::vector<screen::Option> people;
  for (std::size_t at = 0; at < draft_.supporters.size(); ++at)
    people.push_back(screen::option(std::to_string(at), draft_.supporters[at].name, !left_out_.contains(at),
                                    draft_.supporters[at].telephone));
  if (!people.empty())
    out.main.push_back(
        screen::choice("supporters", words("plan.supporters"), Kind::Multiple, std::move(people)));
  out.main.push_back(screen::button("scan", words("plan.scan"), Importance::Secondary, Icon::Scan));
  Node share = screen::choice("share", words("plan.share"), Kind::Single,
                              {screen::option("yes", words("household.consent.yes"), draft_.share),
                               screen::option("no", words("household.consent.no"), !draft_.share)});
  share.hint = words("plan.share.hint");
  out.main.push_back(std::move(share));
  out.foot.push_back(screen::button("send", words("plan.send"), Importance::Primary, Icon::Send));
  if (there)
    out.foot.push_back(
        screen::button("withdraw", words("plan.withdraw"), Importance::Tertiary, Icon::Delete));
}

// A symbol with this phone's mailbox: shown to whom one supports, and to nobody else.
void PlanScreens::code(const PhoneContext& context, screen::Screen& out) const {
  const words::Words& words = context.words;
  out.main.push_back(screen::text("what", words("plan.code.what")));
  const std::string me = supporter_name(context);
  out.main.push_back(screen::field("me", words("plan.code.name"), Kind::Text, me));
  out.main.back().max_length = static_cast<std::int32_t>(household::kNameLimit);
  const auto mailbox = context.mail.person();
  if (me.empty() || !mailbox) return;
  const auto to = context.mail.self(*mailbox);
  const auto home = context.book.load();
  if (to.ok())
    out.main.push_back(screen::qr("symbol", words("plan.code"),
                                  supporter_text({me, home.ok() && *home ? (*home)->telephone : "", *to}),
                                  ""));
}

std::optional<screen::Screen> PlanScreens::view(const PhoneContext& context, const std::string& name,
                                                const std::string& subject) const {
  const words::Words& words = context.words;
  screen::Screen out;
  out.name = subject.empty() ? name : name + "/" + subject;
  out.language = words.language();
  std::optional<PlanLine> line;
  std::string title = words(name == kPlanScan ? "plan.scan" : name == kPlanCode ? "plan.code" : "plan.title");
  if (name == kPlanOne) {
    const auto id = PlanId::from_hex_text(subject);
    auto found =
        id.ok() ? PlanBook(context.database).find(*id) : Result<std::optional<PlanLine>>(std::nullopt);
    if (!found.ok() || !*found || (*found)->plan.withdrawn) return std::nullopt;
    line = std::move(*found);
    title = line->plan.name;
  }
  out.title = words::plain(title);
  out.bar.push_back(screen::button("back", words("button.back"), Importance::Tertiary, Icon::Back));
  (words.easy() ? out.main : out.bar).push_back(screen::heading("title", title));
  if (line) {
    one(context, *line, out);
  } else if (name == kPlanForm) {
    form(context, subject, out);
  } else if (name == kPlanCode) {
    code(context, out);
  } else if (name == kPlanScan) {
    if (!trouble_.empty()) out.main.push_back(screen::alert("trouble", words(trouble_), Tone::Warning));
    out.main.push_back(screen::scanner("scanner", words("plan.code"), words("plan.scan.hint")));
  } else {
    list(context, out);
  }
  return out;
}

Nodes PlanScreens::top(const PhoneContext& context) {
  Nodes out;
  const auto since = emergency(context);
  const auto lines =
      since ? PlanBook(context.database).lines() : Result<std::vector<PlanLine>>(std::vector<PlanLine>());
  if (!lines.ok()) return out;
  for (const PlanLine& line : *lines) {
    const std::string id = line.plan.id.hex();
    const bool safe = line.safe && line.safe->at >= *since;
    Node card = screen::alert(
        "plan-now:" + id, context.words("plan.now", {{"name", line.plan.name}, {"place", line.plan.place}}),
        safe ? Tone::Success : Tone::Danger, {screen::button("plan:" + id, context.words("plan.open"))});
    card.hint = line.plan.route;
    out.push_back(std::move(card));
    for (Node& node : safety(context, line, *since)) out.push_back(std::move(node));
  }
  return out;
}

Nodes PlanScreens::nodes(const PhoneContext& context) {
  if (!support_of(context)) return {};
  return {screen::button("plans", context.words("plan.title"), Importance::Secondary, Icon::People)};
}

}  // namespace machi::shelter
