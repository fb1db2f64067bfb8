// The enrolment slips of a class, as they are printed: eight to an A4 page, each with class, number, name,
// symbol, code in groups of four, last day and three steps. The paper speaks Japanese, easy Japanese and
// English, whatever the desk's language is. Slips are signed here, with the school's pen; nothing is fetched.
// Pure over the tables.
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::int64_t kSlipSeconds = 14 * 86400;
constexpr std::int64_t kFreshSeconds = 3 * 86400;  // a slip that ends sooner is not worth printing

std::optional<SchoolClass> class_of(const DeskScene& scene) {
  const auto classes = scene.school.roll().classes();
  for (const SchoolClass& one : classes)
    if (one.id == scene.place.class_id) return one;
  return classes.empty() ? std::nullopt : std::optional(classes.front());
}

// The slip that a family is given: a guardian's, not taken back, good for some days, with a phone left.
std::optional<IssuedSlip> good_slip(const RollBook& roll, const PupilId& pupil, Instant now) {
  for (const IssuedSlip& slip : roll.slips(pupil))
    if (!slip.revoked && slip.relation == Relation::Guardian && !slip.apart &&
        slip.expires > now.plus_seconds(kFreshSeconds) &&
        roll.phones_of(mail::slip_id(slip.code), crypto::SignPublic{}) < kPhonesOfASlip)
      return slip;
  return std::nullopt;
}

Node paper(const DeskScene& scene, const words::Words& paper_words, const Pupil& pupil,
           const IssuedSlip& slip, const std::string& link) {
  const std::string id = pupil.record.pupil.hex();
  const std::string code = mail::print_code(slip.code);
  Nodes inside;
  inside.push_back(
      screen::text("school." + id, paper_words("desk.paper.about", {{"school", scene.school_name}})));
  if (auto symbol = symbol_node(scene, "symbol." + id, code, link)) inside.push_back(std::move(*symbol));
  for (const char* step : {"desk.paper.step1", "desk.paper.step2", "desk.paper.step3"})
    inside.push_back(screen::text(std::string(step).substr(11) + "." + id, paper_words(step)));
  inside.push_back(screen::text("easy." + id, paper_words("desk.paper.easy")));
  inside.push_back(screen::text("english." + id, paper_words("desk.paper.english")));
  inside.push_back(screen::text(
      "until." + id,
      paper_words("desk.paper.until", {{"date", paper_words.date(base::date_of(slip.expires))}})));
  Node card = screen::card("paper." + id,
                           paper_words("desk.paper.whose", {{"class", pupil.class_name},
                                                            {"number", std::to_string(pupil.record.number)},
                                                            {"name", pupil.record.name}}),
                           std::move(inside));
  return card;
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const auto one = class_of(scene);
  const std::string title =
      one ? words("desk.sheets.title", {{"class", words("desk.class", {{"grade", std::to_string(one->grade)},
                                                                       {"name", one->name}})}})
          : words("desk.slips.title");
  screen::Screen out = desk_frame(scene, "desk.sheets", title);
  out.main.push_back(screen::link("back", words("button.back"), "", Icon::Back));
  out.main.push_back(screen::heading("heading", title));
  if (!one) return screen::finish(std::move(out));
  const bool pen = scene.school.roll().pen(scene.now).has_value();
  if (!pen) {
    Node alert = screen::alert("no-pen", words("desk.sheets.no-pen"), Tone::Warning);
    alert.hint = words("desk.sheets.no-pen.next");
    out.main.push_back(std::move(alert));
    return screen::finish(std::move(out));
  }
  const words::Words paper_words;  // Japanese
  Nodes papers;
  int missing = 0;
  for (const Pupil& pupil : scene.school.roll().pupils(one->id)) {
    const auto slip = good_slip(scene.school.roll(), pupil.record.pupil, scene.now);
    const auto cose = slip ? scene.school.signed_slip(*slip, scene.now)
                           : Result<base::Bytes>(base::fail(base::Code::NotFound, "slip"));
    if (!cose.ok()) {
      ++missing;
      continue;
    }
    papers.push_back(paper(scene, paper_words, pupil, *slip, scene.site + "/#" + mail::slip_fragment(*cose)));
  }
  out.main.push_back(screen::text("how", words("desk.sheets.how")));
  if (missing > 0) {
    out.main.push_back(screen::text("missing", words.count("desk.sheets.missing", missing)));
    out.main.push_back(screen::button("sheets.issue", words("desk.sheets.issue"),
                                      papers.empty() ? Importance::Primary : Importance::Secondary,
                                      Icon::Add));
  }
  if (!papers.empty()) {
    out.main.push_back(
        screen::button("sheets.print", words("desk.sheets.print"), Importance::Primary, Icon::Send));
    out.main.push_back(screen::group("papers", words("desk.sheets.papers"), std::move(papers)));
  }
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "sheets.print") {
    turn.wish.print = true;
    return true;
  }
  if (action.node != "sheets.issue") return false;
  const auto one = class_of(turn.scene);
  if (!one) return true;
  const Instant now = turn.scene.now;
  for (const Pupil& pupil : turn.school.roll().pupils(one->id)) {
    if (good_slip(turn.school.roll(), pupil.record.pupil, now)) continue;
    MACHI_TRY(turn.school.issue(pupil.record.pupil,
                                {now.plus_seconds(kSlipSeconds), Relation::Guardian, {}, false}, turn.entropy,
                                now));
  }
  return true;
}

}  // namespace

const Page kSheetsPage{DeskPage::Sheets, "", Icon::People, DeskPage::Slips, view, act, nullptr};

}  // namespace machi::absence
