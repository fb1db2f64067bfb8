// The guardians of one pupil and what the school decides about each: a last day, no news between those who
// live apart, and the end of an enrolment, with or without a word to that phone. And a new slip, for whom.
// Pure over the tables.
#include "core/absence/desk/people/guardian.h"

#include <algorithm>

namespace machi::absence {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr std::int64_t kSlipSeconds = 14 * 86400;
constexpr int kDelegateDays = 30;  // when nobody says anything else
constexpr int kDelegateMost = 400;

Date until_of(const DeskPlace& place, Instant now) {
  const Date today = base::date_of(now);
  return place.slip_until > today ? place.slip_until : today.plus(kDelegateDays);
}

Result<Date> day_in(const std::string& text, Instant now) {
  MACHI_TRY_SET(day, Date::parse(text));
  const Date today = base::date_of(now);
  if (day < today || day > today.plus(kDelegateMost)) return base::fail(base::Code::DateOutOfRange, "until");
  return day;
}

Node until_field(const DeskScene& scene, std::string id, Date until) {
  const Date today = base::date_of(scene.now);
  Node field =
      screen::field(std::move(id), scene.words("desk.guardian.until"), screen::Kind::Date, until.iso());
  field.minimum = today.iso();
  field.maximum = today.plus(kDelegateMost).iso();
  field.options = {screen::option(until.iso(), scene.words.date(until), true)};
  return field;
}

void add_badges(const DeskScene& scene, const Guardian& guardian, const std::string& key, Nodes& badges) {
  const auto& words = scene.words;
  if (guardian.until)
    badges.push_back(screen::badge(
        "until." + key, words("desk.guardian.until.badge", {{"date", words.date(*guardian.until)}}),
        Tone::Info, Icon::Clock));
  if (guardian.apart)
    badges.push_back(screen::badge("apart." + key, words("desk.guardian.apart.badge"), Tone::Warning));
}

std::optional<Guardian> shown(const DeskScene& scene) {
  for (const Guardian& guardian : scene.school.roll().guardians(scene.place.pupil))
    if (guardian.phone == scene.place.phone) return guardian;
  return std::nullopt;
}

}  // namespace

void add_guardians(const DeskScene& scene, Nodes& main) {
  const auto& words = scene.words;
  Nodes rows;
  for (const Guardian& guardian : scene.school.roll().guardians(scene.place.pupil)) {
    const std::string key = base::to_hex(guardian.phone.bytes);
    Nodes badges;
    add_badges(scene, guardian, key, badges);
    Node row = screen::row_button(
        "guardian." + key, guardian.name,
        words("desk.pupil.since", {{"date", words.moment(guardian.from, scene.now)}}), std::move(badges));
    row.interactive = !scene.guest_until;  // a guest sees whom to call, and changes nothing
    rows.push_back(std::move(row));
  }
  if (rows.empty())
    main.push_back(screen::text("no-guardian", words("desk.slips.nobody.long")));
  else
    main.push_back(screen::list("guardians", words("desk.pupil.guardians"), std::move(rows)));
  Nodes over;
  for (const Guardian& one : scene.school.delegates_before(scene.place.pupil, base::date_of(scene.now)))
    over.push_back(screen::row("over." + base::to_hex(one.phone.bytes), one.name,
                               words("desk.guardian.over", {{"date", words.date(*one.until)}})));
  if (!over.empty()) main.push_back(screen::list("over", words("desk.guardian.over.list"), std::move(over)));
}

void add_new_slip(const DeskScene& scene, Nodes& main) {
  const auto& words = scene.words;
  if (!scene.school.roll().pen(scene.now)) return;
  const std::string& kind = scene.place.slip_kind;
  Nodes inside;
  inside.push_back(
      screen::choice("slip.for", words("desk.slip.for"), screen::Kind::Cards,
                     {screen::option("guardian", words("desk.slip.for.guardian"), kind.empty()),
                      screen::option("apart", words("desk.slip.for.apart"), kind == "apart",
                                     words("desk.slip.for.apart.hint")),
                      screen::option("delegate", words("desk.slip.for.delegate"), kind == "delegate",
                                     words("desk.slip.for.delegate.hint"))}));
  if (kind == "delegate")
    inside.push_back(until_field(scene, "slip.until.day", until_of(scene.place, scene.now)));
  Node issue = screen::button("slip.issue", words("desk.slip.issue"), Importance::Secondary, Icon::Add);
  issue.hint = words("desk.slip.issue.hint");
  inside.push_back(std::move(issue));
  main.push_back(screen::group("slip.new", words("desk.slip.new"), std::move(inside)));
}

void add_leaving(const DeskScene& scene, Nodes& main) {
  const auto& words = scene.words;
  std::vector<screen::Option> schools{
      screen::option("elsewhere", words("desk.pupil.leave.elsewhere"), scene.place.leave_to.is_zero())};
  for (const auto& [to, name] : scene.other_schools)
    schools.push_back(screen::option(to.mailbox.hex(), name, to.mailbox == scene.place.leave_to));
  if (schools.size() > 1)
    main.push_back(
        screen::choice("leave.to", words("desk.pupil.leave.to"), screen::Kind::Single, std::move(schools)));
  if (scene.place.asking == "leave") {
    main.push_back(second_press("leave", words("desk.pupil.leave.sure"), words("desk.pupil.leave.hint"),
                                words("desk.pupil.leave.yes")));
    return;
  }
  Node leave = screen::button("leave", words("desk.pupil.leave"), Importance::Tertiary);
  leave.tone = Tone::Danger;
  main.push_back(std::move(leave));
}

Result<bool> act_guardians(PageTurn& turn, const screen::Action& action) {
  const Instant now = turn.scene.now;
  if (const auto about = subject(action, "guardian")) {
    MACHI_TRY_SET(raw, base::from_hex(*about));
    MACHI_TRY_SET(phone, base::fixed<32>(raw));
    turn.place.phone.bytes = phone;
    turn.place.page = DeskPage::Guardian;
    return true;
  }
  if (action.node == "slip.for") {
    turn.place.slip_kind = action.value == "guardian" ? "" : action.value;
    return true;
  }
  if (action.node == "slip.until.day") {
    MACHI_TRY_SET(day, day_in(action.value, now));
    turn.place.slip_until = day;
    return true;
  }
  if (action.node == "slip.issue") {
    SlipTerms terms{now.plus_seconds(kSlipSeconds), Relation::Guardian, {}, turn.place.slip_kind == "apart"};
    if (turn.place.slip_kind == "delegate") {
      terms.relation = Relation::Delegate;
      terms.until = until_of(turn.place, now);
    }
    MACHI_TRY_SET(slip, turn.school.issue(turn.place.pupil, terms, turn.entropy, now));
    MACHI_TRY_SET(cose, turn.school.signed_slip(slip, now));
    turn.wish.show_slip = std::pair(slip.code, cose);
    return true;
  }
  if (action.node == "leave") {
    turn.place.asking = "leave";
    return true;
  }
  if (action.node == "leave.to") {
    const auto to = mail::MailboxId::from_hex_text(action.value);
    turn.place.leave_to = to.ok() ? *to : mail::MailboxId{};
    return true;
  }
  if (action.node == "leave.yes" && turn.asked) {
    const auto& schools = turn.scene.other_schools;
    const auto to = std::find_if(schools.begin(), schools.end(),
                                 [&](const auto& one) { return one.first.mailbox == turn.place.leave_to; });
    if (to != schools.end())
      MACHI_TRY(turn.school.transfer(turn.place.pupil, to->first, turn.scene.school_name, now));
    else
      MACHI_TRY(turn.school.leave(turn.place.pupil, now));
    turn.place.leave_to = {};
    turn.place.page = DeskPage::Slips;
    turn.place.notice = "desk.pupil.left";
    return true;
  }
  return false;
}

namespace {

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const auto pupil = scene.school.roll().pupil(scene.place.pupil);
  const auto guardian = shown(scene);
  const std::string key = base::to_hex(scene.place.phone.bytes);
  const std::string name = guardian ? guardian->name : words("desk.guardian.gone");
  screen::Screen out = desk_frame(scene, "desk.guardian/" + key, name);
  out.main.push_back(screen::link("back", words("button.back"), "", Icon::Back));
  Node heading = screen::heading("heading", name);
  if (pupil)
    heading.hint =
        words("desk.guardian.of", {{"name", pupil_name(words, *pupil)}, {"class", pupil->class_name}});
  out.main.push_back(std::move(heading));
  if (!guardian) return screen::finish(std::move(out));
  Nodes badges;
  add_badges(scene, *guardian, key, badges);
  for (Node& badge : badges) out.main.push_back(std::move(badge));
  out.main.push_back(
      screen::text("since", words("desk.pupil.since", {{"date", words.moment(guardian->from, scene.now)}})));

  Nodes terms;
  terms.push_back(screen::choice("relation", words("desk.guardian.relation"), screen::Kind::Cards,
                                 {screen::option("guardian", words("desk.guardian.relation.guardian"),
                                                 guardian->relation == Relation::Guardian),
                                  screen::option("delegate", words("desk.guardian.relation.delegate"),
                                                 guardian->relation == Relation::Delegate,
                                                 words("desk.guardian.relation.delegate.hint"))}));
  if (guardian->until) terms.push_back(until_field(scene, "until", *guardian->until));
  terms.push_back(
      screen::choice("news", words("desk.guardian.news"), screen::Kind::Cards,
                     {screen::option("shared", words("desk.guardian.news.shared"), !guardian->apart),
                      screen::option("apart", words("desk.guardian.news.apart"), guardian->apart,
                                     words("desk.guardian.news.apart.hint"))}));
  out.main.push_back(screen::group("terms", words("desk.guardian.terms"), std::move(terms)));

  Nodes ends;
  const std::string& asking = scene.place.asking;
  if (asking == "part.told") {
    ends.push_back(second_press("part.told", words("desk.guardian.part.told.sure"),
                                words("desk.guardian.part.told.hint"), words("desk.guardian.part.yes")));
  } else if (asking == "part.silent") {
    ends.push_back(second_press("part.silent", words("desk.guardian.part.silent.sure"),
                                words("desk.guardian.part.silent.hint"), words("desk.guardian.part.yes")));
  } else {
    ends.push_back(screen::text("part.how", words("desk.guardian.part.how")));
    for (const char* way : {"part.told", "part.silent"}) {
      Node button = screen::button(way, words("desk.guardian." + std::string(way)));
      button.tone = Tone::Danger;
      ends.push_back(std::move(button));
    }
  }
  out.main.push_back(screen::group("part", words("desk.guardian.part"), std::move(ends)));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  const auto guardian = shown(turn.scene);
  if (!guardian) return false;
  const Instant now = turn.scene.now;
  const PupilId& pupil = turn.place.pupil;
  const auto arrange = [&](bool apart, std::optional<Date> until) {
    return turn.school.arrange(pupil, guardian->phone, apart, until, now);
  };
  if (action.node == "relation") {
    MACHI_TRY(arrange(guardian->apart, action.value == "delegate"
                                           ? std::optional(base::date_of(now).plus(kDelegateDays))
                                           : std::nullopt));
    return true;
  }
  if (action.node == "until") {
    MACHI_TRY_SET(day, day_in(action.value, now));
    MACHI_TRY(arrange(guardian->apart, day));
    return true;
  }
  if (action.node == "news") {
    MACHI_TRY(arrange(action.value == "apart", guardian->until));
    return true;
  }
  if (action.node == "part.told" || action.node == "part.silent") {
    turn.place.asking = action.node;
    return true;
  }
  if (!turn.asked) return false;
  const bool silent = action.node == "part.silent.yes";
  MACHI_TRY(turn.school.part(pupil, guardian->phone, silent ? Parting::Silent : Parting::Told, now));
  turn.place.page = DeskPage::Pupil;
  turn.place.notice = silent ? "desk.guardian.parted.silent" : "desk.guardian.parted";
  return true;
}

}  // namespace

const Page kGuardianPage{DeskPage::Guardian, "", Icon::Person, DeskPage::Pupil, view, act, nullptr};

}  // namespace machi::absence
