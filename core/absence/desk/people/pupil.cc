// One pupil: guardians, slip to show or to take back, reports. Pure over the tables.
#include "core/absence/desk/people/guardian.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::size_t kReportsShown = 20;

std::string whose(const words::Words& words, const IssuedSlip& slip) {
  if (slip.until) return words("desk.slip.whose.delegate", {{"date", words.date(*slip.until)}});
  return words(slip.apart ? "desk.slip.for.apart" : "desk.slip.for.guardian");
}

void add_slip(const DeskScene& scene, const Pupil& pupil, Nodes& main) {
  const auto& words = scene.words;
  const auto slips = scene.school.roll().slips(pupil.record.pupil);
  if (slips.empty()) {
    main.push_back(screen::text("no-slip", words("desk.slip.none")));
    return;
  }
  const IssuedSlip& slip = slips.front();
  const std::string code = mail::print_code(slip.code);
  const int used = scene.school.roll().phones_of(mail::slip_id(slip.code), crypto::SignPublic{});
  const bool over = scene.now > slip.expires;
  Nodes facts{screen::fact("slip.code", words("desk.slip.code"), code),
              screen::fact("slip.whose", words("desk.slip.whose"), whose(words, slip)),
              screen::fact("slip.until", words("desk.slip.until"), words.date(base::date_of(slip.expires))),
              screen::fact("slip.used", words("desk.slip.used"),
                           words("desk.slip.used.of",
                                 {{"n", std::to_string(used)}, {"limit", std::to_string(kPhonesOfASlip)}}))};
  Nodes inside{screen::facts("slip.facts", "", std::move(facts))};
  if (slip.revoked || over) {
    inside.push_back(screen::alert("slip.dead", words(slip.revoked ? "desk.slip.revoked" : "desk.slip.over"),
                                   Tone::Warning));
  } else {
    const auto link = scene.slip_links.find(slip.code);
    if (link == scene.slip_links.end()) {
      inside.push_back(
          screen::button("slip.show", words("desk.slip.show"), Importance::Secondary, Icon::Scan));
    } else if (auto symbol = symbol_node(scene, "slip.symbol", words("desk.slip.symbol", {{"code", code}}),
                                         link->second)) {
      inside.push_back(std::move(*symbol));
    } else {
      inside.push_back(screen::text("slip.link", link->second));
    }
    Node revoke = screen::button("slip.revoke", words("desk.slip.revoke"));
    revoke.version = mail::slip_id(slip.code).hex();
    revoke.tone = Tone::Danger;
    revoke.hint = words("desk.slip.revoke.hint");
    inside.push_back(std::move(revoke));
  }
  main.push_back(screen::group("slip", words("desk.slip"), std::move(inside)));
}

Node report_row(const DeskScene& scene, const Entry& entry) {
  const auto& words = scene.words;
  const Report& report = entry.shown().report;
  Node row = screen::row(
      "report." + entry.report.hex(),
      words("desk.pupil.report", {{"date", words.date(report.date)}, {"kind", word_of(words, report.kind)}}),
      cause_of(words, report));
  add_photo_button(scene, entry.shown().message.view(), row.children);
  row.children.push_back(entry.all_read()
                             ? screen::badge("report-seen." + entry.report.hex(), words("desk.seen.short"),
                                             Tone::Success, Icon::Check)
                             : screen::badge("report-seen." + entry.report.hex(), words("desk.unread.one")));
  return row;
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const std::string id = scene.place.pupil.hex();
  const auto pupil = scene.school.roll().pupil(scene.place.pupil);
  const std::string name = pupil ? pupil_name(words, *pupil) : words("desk.pupil.gone");
  screen::Screen out = desk_frame(scene, "desk.pupil/" + id, name);
  out.main.push_back(screen::link("back", words("button.back"), "", Icon::Back));
  Node heading = screen::heading("heading", name);
  if (pupil)
    heading.hint = words("desk.pupil.about",
                         {{"class", pupil->class_name}, {"number", std::to_string(pupil->record.number)}});
  out.main.push_back(std::move(heading));
  if (!pupil) return screen::finish(std::move(out));

  add_guardians(scene, out.main);
  for (const std::string& digits : pupil->record.telephones)
    out.main.push_back(screen::link("call." + digits, words("desk.application.call", {{"telephone", digits}}),
                                    "tel:" + digits, Icon::Telephone));
  out.main.push_back(
      screen::button("enter." + id, words("desk.pupil.enter"), Importance::Secondary, Icon::Telephone));
  out.main.push_back(
      screen::button("write." + id, words("desk.pupil.write"), Importance::Secondary, Icon::Mail));
  if (!scene.guest_until) {
    add_slip(scene, *pupil, out.main);
    add_new_slip(scene, out.main);
  }

  Nodes reports;
  for (const Entry& entry : scene.school.reports(scene.place.pupil))
    if (reports.size() < kReportsShown) reports.push_back(report_row(scene, entry));
  if (!reports.empty())
    out.main.push_back(screen::list("reports", words("desk.pupil.reports"), std::move(reports)));
  if (!scene.guest_until) add_leaving(scene, out.main);
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (subject(action, "enter")) {
    open_entry(turn, turn.place.pupil);
    return true;
  }
  if (subject(action, "write")) {
    open_thread(turn, turn.place.pupil);
    return true;
  }
  if (action.node != "slip.show" && action.node != "slip.revoke") return act_guardians(turn, action);
  const auto slips = turn.school.roll().slips(turn.place.pupil);
  if (slips.empty()) return base::fail(base::Code::NotFound, "slip");
  if (action.node == "slip.revoke") MACHI_TRY(turn.school.revoke(slips.front(), turn.scene.now));
  if (action.node == "slip.show") {
    // Signed here when the school has its pen; else the hub has the slip.
    if (auto cose = turn.school.signed_slip(slips.front(), turn.scene.now); cose.ok())
      turn.wish.show_slip = std::pair(slips.front().code, std::move(*cose));
    else
      turn.wish.fetch = slips.front().code;
  }
  return true;
}

}  // namespace

const Page kPupilPage{DeskPage::Pupil, "", Icon::Person, DeskPage::Slips, view, act, nullptr};

}  // namespace machi::absence
