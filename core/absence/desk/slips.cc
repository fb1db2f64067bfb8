// Who has enrolled, class by class; and one pupil: guardians, slip to show or to take back, reports. Pure
// over the tables.
#include "core/absence/desk/scene.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::size_t kReportsShown = 20;

Node class_chooser(const DeskScene& scene, const std::vector<SchoolClass>& classes, const ClassId& chosen) {
  std::vector<screen::Option> options;
  for (const SchoolClass& one : classes)
    options.push_back(screen::option(
        one.id.hex(), scene.words("desk.class", {{"grade", std::to_string(one.grade)}, {"name", one.name}}),
        one.id == chosen));
  return screen::choice("class", scene.words("desk.slips.class"), screen::Kind::Single, std::move(options));
}

Node pupil_row(const DeskScene& scene, const Pupil& pupil) {
  const auto& words = scene.words;
  const std::string id = pupil.record.pupil.hex();
  const auto phones = scene.school.roll().guardians(pupil.record.pupil).size();
  Node name = screen::cell("name." + id, pupil_name(words, pupil));
  if (!words.easy()) name.hint = pupil.record.reading;
  Node enrolled = screen::cell("enrolled." + id, "");
  enrolled.children.push_back(
      phones > 0
          ? screen::badge("phones." + id, words.count("desk.slips.phones", static_cast<std::int64_t>(phones)),
                          Tone::Success, Icon::Check)
          : screen::badge("phones." + id, words("desk.slips.nobody")));
  if (phones == 0) enrolled.children.back().importance = Importance::Tertiary;
  return screen::table_row(
      "row." + id,
      {screen::cell("number." + id, std::to_string(pupil.record.number)), std::move(name),
       std::move(enrolled),
       screen::cell("open." + id, "", {screen::button("pupil." + id, words("desk.slips.open"))})});
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
  row.children.push_back(entry.all_read()
                             ? screen::badge("report-seen." + entry.report.hex(), words("desk.seen.short"),
                                             Tone::Success, Icon::Check)
                             : screen::badge("report-seen." + entry.report.hex(), words("desk.unread.one")));
  return row;
}

}  // namespace

screen::Screen slips_screen(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.slips", words("desk.slips.title"));
  out.main.push_back(screen::heading("heading", words("desk.slips.title")));
  const auto classes = scene.school.roll().classes();
  if (classes.empty()) {
    out.main.push_back(screen::progress("roll", words("desk.roll.coming")));
    return screen::finish(std::move(out));
  }
  ClassId chosen = classes.front().id;
  for (const SchoolClass& one : classes)
    if (one.id == scene.place.class_id) chosen = one.id;
  out.main.push_back(class_chooser(scene, classes, chosen));
  const auto pupils = scene.school.roll().pupils(chosen);
  Nodes rows;
  int enrolled = 0;
  for (const Pupil& pupil : pupils) {
    if (!scene.school.roll().guardians(pupil.record.pupil).empty()) ++enrolled;
    rows.push_back(pupil_row(scene, pupil));
  }
  out.main.push_back(screen::table(
      "pupils",
      words("desk.slips.sum", {{"n", std::to_string(enrolled)}, {"all", std::to_string(pupils.size())}}),
      {{"number", words("desk.column.number")},
       {"pupil", words("desk.column.pupil")},
       {"enrolled", words("desk.column.enrolled")},
       {"act", words("desk.column.act"), true}},
      std::move(rows)));
  return screen::finish(std::move(out));
}

screen::Screen pupil_screen(const DeskScene& scene) {
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

  Nodes rows;
  for (const Guardian& guardian : scene.school.roll().guardians(scene.place.pupil))
    rows.push_back(
        screen::row("guardian." + base::to_hex(guardian.phone.bytes), guardian.name,
                    words("desk.pupil.since", {{"date", words.moment(guardian.from, scene.now)}})));
  if (rows.empty())
    out.main.push_back(screen::text("no-guardian", words("desk.slips.nobody.long")));
  else
    out.main.push_back(screen::list("guardians", words("desk.pupil.guardians"), std::move(rows)));
  for (const std::string& digits : pupil->record.telephones)
    out.main.push_back(screen::link("call." + digits, words("desk.application.call", {{"telephone", digits}}),
                                    "tel:" + digits, Icon::Telephone));
  add_slip(scene, *pupil, out.main);

  Nodes reports;
  for (const Entry& entry : scene.school.reports(scene.place.pupil))
    if (reports.size() < kReportsShown) reports.push_back(report_row(scene, entry));
  if (!reports.empty())
    out.main.push_back(screen::list("reports", words("desk.pupil.reports"), std::move(reports)));
  return screen::finish(std::move(out));
}

}  // namespace machi::absence
