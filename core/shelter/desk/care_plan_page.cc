// The plans: which there are and how each stands, one of them, the form for one that is made at this desk,
// and the call when a disaster has come. A group of supporters sees what was shared with it, and says who is
// safe.
#include "core/base/text.h"
#include "core/shelter/desk/care_pages.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

bool shared_now(const PlanLine& line) {
  for (const PlanTicket& ticket : line.shared)
    if (ticket.counter == line.plan.counter) return true;
  return false;
}
const char* state_key(const PlanLine& line) {
  if (!line.approved) return line.plan.counter > 1 ? "desk.plans.state.revised" : "desk.plans.state.sent";
  return shared_now(line) ? "desk.plans.state.shared" : "desk.plans.state.approved";
}
std::string safe_text(const CareView& view, const PlanSeen& seen) {
  return view.words("plan.safe.by", {{"name", seen.by}, {"time", view.words.moment(seen.at, view.now)}});
}
// Since the last call; outside of one, the newest there is.
bool safe_now(const CareView& view, const PlanLine& line) {
  const auto call = view.desk.plans().called();
  return line.safe && (!call.ok() || !*call || !(*call)->calls || line.safe->at >= (*call)->at);
}
bool called(const CareView& view) {
  const auto call = view.desk.plans().called();
  return call.ok() && *call && (*call)->calls;
}

Node row_of(const CareView& view, const PlanLine& line) {
  const auto& words = view.words;
  const std::string id = "plan." + line.plan.id.hex();
  Node row = screen::row_button(id, line.plan.name, line.plan.place);
  const bool group = line.role == PlanRole::Supported;
  if (!group) row.children.push_back(screen::badge(id + ".state", words(state_key(line))));
  if (safe_now(view, line))
    row.children.push_back(screen::badge(id + ".safe", words("desk.plans.safe"), Tone::Success, Icon::Check));
  else if (called(view))
    row.children.push_back(
        screen::badge(id + ".safe", words("desk.plans.unsafe"), Tone::Warning, Icon::Warning));
  return row;
}

void plan_facts(const CareView& view, const Plan& plan, Nodes& main) {
  const auto& words = view.words;
  Nodes facts;
  const auto add = [&](const char* id, const std::string& name, const std::string& value) {
    if (!value.empty()) facts.push_back(screen::fact(id, name, value));
  };
  add("name", words("desk.shelter.name"), plan.name);
  add("kana", words("desk.shelter.kana"), plan.kana);
  add("birth", words("household.ask.birth"), words.birth(plan.birth));
  if (plan.sex)
    add("sex", words("desk.shelter.sex"), words("desk.shelter.sex." + std::string(name_of(*plan.sex))));
  add("address", words("desk.shelter.address"), plan.address);
  add("telephone", words("desk.shelter.telephone"), plan.telephone);
  add("needs", words("desk.shelter.needs"), needs_words(words, plan.needs));
  add("help", words("plan.help"), plan.help);
  add("where", words("plan.place"), plan.place);
  add("route", words("plan.route"), plan.route);
  add("consent", words("plan.share"), words(plan.share ? "desk.shelter.tell.yes" : "desk.shelter.tell.no"));
  main.push_back(screen::facts("facts", "", std::move(facts)));
  Nodes rows;
  for (std::size_t at = 0; at < plan.supporters.size(); ++at) {
    const PlanSupporter& one = plan.supporters[at];
    std::string hint = one.telephone;
    if (!one.agrees) hint += (hint.empty() ? "" : "　") + words("desk.plans.not-agreed");
    rows.push_back(screen::row("supporter." + std::to_string(at), one.name, hint));
  }
  if (!rows.empty()) main.push_back(screen::list("supporters", words("plan.supporters"), std::move(rows)));
}

screen::Screen one_view(const CareView& view, const PlanLine& line) {
  const auto& words = view.words;
  screen::Screen out = care_frame(view, "desk.plan", line.plan.name);
  if (line.safe)
    out.main.push_back(screen::alert("safe", safe_text(view, *line.safe),
                                     safe_now(view, line) ? Tone::Success : Tone::Info));
  const bool group = line.role == PlanRole::Supported;
  if (!group) out.main.push_back(screen::badge("state", words(state_key(line))));
  if (line.approved)
    out.main.push_back(screen::text(
        "approved", words("plan.approved.by", {{"name", line.approved->officer},
                                               {"time", words.moment(line.approved->at, view.now)}})));
  plan_facts(view, line.plan, out.main);
  if (group) {
    Node by = screen::field("by", words("desk.care.officer.name"), Kind::Text, view.place.by);
    by.max_length = 40;
    out.main.push_back(std::move(by));
    out.foot.push_back(
        screen::button("safe.press", words("plan.safe.press"), Importance::Primary, Icon::Check));
  } else if (!line.approved) {
    out.foot.push_back(
        screen::button("approve", words("desk.plans.approve"), Importance::Primary, Icon::Check));
  } else if (!line.plan.share) {
    out.main.push_back(screen::alert("no-share", words("desk.plans.no-share"), Tone::Info));
  } else {
    int reach = 0;
    for (const PlanSupporter& one : line.plan.supporters) reach += one.agrees && one.phone ? 1 : 0;
    if (reach == 0)
      out.main.push_back(screen::alert("no-reach", words("desk.plans.no-reach"), Tone::Info));
    else if (!shared_now(line))
      out.foot.push_back(screen::button("share", words("desk.plans.share"), Importance::Primary, Icon::Send));
  }
  if (!group) out.foot.push_back(screen::button("revise", words("desk.plans.revise")));
  out.foot.push_back(screen::button("back", words("button.back"), Importance::Tertiary, Icon::Back));
  return screen::finish(std::move(out));
}

screen::Screen form_view(const CareView& view) {
  const auto& words = view.words;
  const CarePlace& place = view.place;
  const Plan& draft = place.draft;
  screen::Screen out = care_frame(view, "desk.plan.form", words("desk.plans.form"));
  const auto add = [&](const char* id, const std::string& name, Kind kind, const std::string& value,
                       std::int32_t most) -> Node& {
    out.main.push_back(screen::field(id, name, kind, value));
    out.main.back().max_length = most;
    return out.main.back();
  };
  Node& name = add("name", words("desk.shelter.name"), Kind::Text, draft.name, 40);
  name.required = true;
  if (place.tried && base::trimmed(draft.name).empty()) name.error = words("desk.shelter.name.missing");
  add("kana", words("desk.shelter.kana"), Kind::Text, draft.kana, 40);
  Node& birth = add("birth", words("household.ask.birth"), Kind::Date, place.birth, 10);
  birth.required = true;
  birth.maximum = base::date_of(view.now).iso();
  if (place.tried && !Date::parse(place.birth).ok()) birth.error = words("desk.shelter.answer.birth.missing");
  add("address", words("desk.shelter.address"), Kind::Text, draft.address, 200);
  add("telephone", words("desk.shelter.telephone"), Kind::Telephone, draft.telephone, 20);
  std::vector<screen::Option> needs;
  for (int i = 0; i < household::kNeeds; ++i) {
    const auto need = static_cast<household::Need>(i);
    const std::string one(name_of(need));
    needs.push_back(screen::option(one, words("need." + one), draft.needs.has(need)));
  }
  out.main.push_back(screen::choice("needs", words("desk.shelter.needs"), Kind::Multiple, std::move(needs)));
  add("help", words("plan.help"), Kind::Multiline, draft.help, 300);
  add("where", words("plan.place"), Kind::Text, draft.place, 200);
  add("route", words("plan.route"), Kind::Multiline, draft.route, 300);
  Nodes rows;
  for (std::size_t at = 0; at < draft.supporters.size(); ++at)
    rows.push_back(screen::row("supporter." + std::to_string(at), draft.supporters[at].name,
                               draft.supporters[at].telephone));
  Nodes people;
  if (!rows.empty()) people.push_back(screen::list("supporters", "", std::move(rows)));
  if (draft.supporters.size() < kPlanSupporters) {
    people.push_back(screen::field("supporter", words("desk.shelter.name"), Kind::Text, place.supporter));
    people.back().max_length = 40;
    people.push_back(
        screen::field("supporter-phone", words("desk.shelter.telephone"), Kind::Telephone, place.telephone));
    people.push_back(screen::button("supporter-add", words("desk.plans.supporter.add")));
    for (const auto& [called, to] : view.desk.post().groups())
      people.push_back(
          screen::button("group." + to.mailbox.hex(), words("desk.plans.group", {{"name", called}})));
  }
  out.main.push_back(screen::group("people", words("plan.supporters"), std::move(people)));
  out.main.push_back(screen::choice("share", words("plan.share"), Kind::Single,
                                    {screen::option("yes", words("desk.shelter.tell.yes"), draft.share),
                                     screen::option("no", words("desk.shelter.tell.no"), !draft.share)}));
  out.foot.push_back(screen::button("keep", words("household.save"), Importance::Primary));
  out.foot.push_back(screen::button("back", words("desk.shelter.stop"), Importance::Tertiary));
  return screen::finish(std::move(out));
}

std::optional<PlanLine> shown_line(const CareView& view) {
  if (view.place.at != CarePlace::At::One) return std::nullopt;
  auto line = view.desk.plans().find(view.place.plan);
  return line.ok() && *line && !(*line)->plan.withdrawn ? std::move(*line) : std::nullopt;
}

Result<bool> form_act(CareTurn& turn, const screen::Action& action) {
  CarePlace& place = turn.place;
  Plan& draft = place.draft;
  if (action.node == "name") draft.name = action.value;
  if (action.node == "kana") draft.kana = action.value;
  if (action.node == "birth") place.birth = action.value;
  if (action.node == "address") draft.address = action.value;
  if (action.node == "telephone") draft.telephone = action.value;
  if (action.node == "help") draft.help = action.value;
  if (action.node == "where") draft.place = action.value;
  if (action.node == "route") draft.route = action.value;
  if (action.node == "supporter") place.supporter = action.value;
  if (action.node == "supporter-phone") place.telephone = action.value;
  if (action.node == "share") draft.share = action.value == "yes";
  if (action.node == "needs") {
    draft.needs = {};
    for (const std::string& value : action.values)
      if (const auto need = household::need_named(value)) draft.needs = draft.needs.with(*need);
  }
  if (action.node == "supporter-add") {
    PlanSupporter one;
    one.name = household::cleaned(place.supporter, household::kNameLimit);
    one.telephone = household::cleaned(place.telephone, 20);
    one.agrees = true;
    if (!one.name.empty() && draft.supporters.size() < kPlanSupporters)
      draft.supporters.push_back(std::move(one));
    place.supporter.clear();
    place.telephone.clear();
    return true;
  }
  if (const auto id = care_subject(action, "group")) {
    for (const auto& [name, to] : turn.view.desk.post().groups())
      if (to.mailbox.hex() == *id && draft.supporters.size() < kPlanSupporters)
        draft.supporters.push_back({household::cleaned(name, household::kNameLimit), "", "", true, to});
    return true;
  }
  if (action.node != "keep") return action.action != "press";
  place.tried = true;
  const auto birth = Date::parse(place.birth);
  draft.name = household::cleaned(draft.name, household::kNameLimit);
  if (draft.name.empty() || !birth.ok()) return true;
  draft.kana = household::cleaned(draft.kana, household::kNameLimit);
  draft.birth = *birth;
  draft.address = household::cleaned(draft.address, household::kTextLimit);
  draft.telephone = household::cleaned(draft.telephone, 20);
  draft.help = household::cleaned(draft.help, kPlanTextLimit);
  draft.place = household::cleaned(draft.place, household::kTextLimit);
  draft.route = household::cleaned(draft.route, kPlanTextLimit);
  MACHI_TRY(turn.desk.write(std::move(draft), turn.view.now));
  place = {};
  place.notice = turn.view.words("desk.plans.kept");
  return true;
}

}  // namespace

screen::Screen plans_view(const CareView& view) {
  const auto& words = view.words;
  if (view.place.at == CarePlace::At::Form) return form_view(view);
  if (const auto line = shown_line(view)) return one_view(view, *line);
  screen::Screen out = care_frame(view, "desk.plans", words("desk.plans.title"));
  const bool town = view.desk.office() == CareOffice::Support;
  const bool calls = called(view);
  if (calls) out.main.push_back(screen::alert("called", words("desk.plans.called"), Tone::Warning));
  Nodes rows;
  if (const auto lines = view.desk.plans().lines(); lines.ok()) {
    // When it has come to it, those of whom nobody knows stand first.
    for (const bool safe : {false, true})
      for (const PlanLine& line : *lines)
        if (safe == (calls && safe_now(view, line))) rows.push_back(row_of(view, line));
  }
  if (rows.empty())
    out.main.push_back(screen::empty("none", words("desk.plans.none")));
  else
    out.main.push_back(screen::list("plans", words("desk.plans.title"), std::move(rows)));
  if (!town) return screen::finish(std::move(out));
  if (view.place.asking == "call") {
    Node yes = screen::button("call.yes", words("desk.plans.call"), Importance::Secondary);
    yes.tone = Tone::Danger;
    out.main.push_back(
        screen::alert("call.ask", words("desk.plans.call.ask"), Tone::Danger, {std::move(yes)}));
  }
  out.foot.push_back(screen::button("new", words("desk.plans.new"), Importance::Primary, Icon::Add));
  out.foot.push_back(calls ? screen::button("call-end", words("desk.plans.call.end"))
                           : screen::button("call", words("desk.plans.call")));
  return screen::finish(std::move(out));
}

Result<bool> plans_act(CareTurn& turn, const screen::Action& action) {
  CarePlace& place = turn.place;
  const Instant now = turn.view.now;
  const auto& words = turn.view.words;
  if (place.at == CarePlace::At::Form) return form_act(turn, action);
  if (const auto id = care_subject(action, "plan")) {
    MACHI_TRY_SET(plan, PlanId::from_hex_text(*id));
    MACHI_TRY_SET(line, turn.desk.plans().find(plan));
    if (!line) return false;
    MACHI_TRY(turn.desk.look(line->plan.name, now));
    place.plan = plan;
    place.seen = hash_of(line->plan);
    place.at = CarePlace::At::One;
    return true;
  }
  if (action.node == "by") place.by = action.value;
  if (action.node == "new") {
    place = {};
    place.at = CarePlace::At::Form;
    return true;
  }
  if (action.node == "call" || action.node == "call-end" || turn.asked) {
    if (action.node == "call") {
      place.asking = "call";
      return true;
    }
    MACHI_TRY(turn.desk.call(turn.asked, now));
    return true;
  }
  const auto line = shown_line(turn.view);
  if (!line) return action.action != "press";
  if (action.node == "approve") {
    const auto approved = turn.desk.approve(place.plan, place.seen, now);
    place.warns = !approved.ok();
    if (!approved.ok() && approved.code() != base::Code::Conflict) return approved.error();
    place.seen = hash_of(line->plan);  // what is shown from here on
    place.notice = words(approved.ok() ? "desk.plans.approved" : "desk.plans.changed");
    return true;
  }
  if (action.node == "share") {
    MACHI_TRY_SET(told, turn.desk.share(place.plan, now));
    place.notice = words("desk.plans.shared", {{"n", std::to_string(told)}});
    return true;
  }
  if (action.node == "revise") {
    Plan draft = line->plan;
    ++draft.counter;
    place = {};
    place.at = CarePlace::At::Form;
    place.birth = draft.birth.iso();
    place.draft = std::move(draft);
    return true;
  }
  if (action.node == "safe.press") {
    MACHI_TRY(turn.desk.safe(place.plan, place.by.empty() ? turn.desk.officer() : place.by, now));
    place.notice = words("plan.safe.said");
    return true;
  }
  return action.action != "press";
}

}  // namespace machi::shelter
