// Applications that a person decides after calling back, each with what was asked beside what the roll says.
// Two buttons. Below: what was decided lately. Pure over the tables.
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

std::string key_of(const Applicant& applicant) {
  return applicant.asked.slip.hex() + "." + base::to_hex(applicant.phone.bytes);
}

std::string subject_of(const DeskScene& scene, const PupilId& id) {
  const auto pupil = scene.school.roll().pupil(id);
  if (!pupil) return scene.words("desk.pupil.gone");
  return scene.words("desk.pupil.in-class",
                     {{"name", pupil_name(scene.words, *pupil)}, {"class", pupil->class_name}});
}

// With its year, as registers write it.
std::string birth_text(const words::Words& words, Date birth) {
  if (words.easy()) return words.date(birth);
  return std::to_string(birth.year()) + "/" + std::to_string(birth.month()) + "/" +
         std::to_string(birth.day());
}

Node compared(const DeskScene& scene, std::string id, std::string term, std::string asked, bool agrees) {
  Node fact = screen::fact(std::move(id), std::move(term), std::move(asked));
  fact.hint = scene.words(agrees ? "desk.application.agrees" : "desk.application.differs");
  fact.tone = agrees ? Tone::Success : Tone::Warning;
  return fact;
}

Node waiting_group(const DeskScene& scene, const Applicant& applicant, bool first) {
  const auto& words = scene.words;
  const std::string key = key_of(applicant);
  const Verdict verdict = judge(scene.school.roll(), applicant, applicant.at);
  Nodes facts;
  facts.push_back(screen::fact("asker." + key, words("desk.application.guardian"), applicant.asked.guardian));
  facts.push_back(compared(scene, "birth." + key, words("desk.application.birth"),
                           birth_text(words, applicant.asked.birth), verdict.birth_agrees));
  facts.push_back(compared(scene, "digits." + key, words("desk.application.digits"), applicant.asked.digits,
                           verdict.digits_agree));
  facts.push_back(
      screen::fact("at." + key, words("desk.application.at"), words.moment(applicant.written, scene.now)));

  Nodes inside{screen::facts("facts." + key, "", std::move(facts))};
  if (const auto pupil = scene.school.roll().pupil(verdict.pupil))
    for (const std::string& digits : pupil->record.telephones)
      inside.push_back(screen::link("call." + key + "." + digits,
                                    words("desk.application.call", {{"telephone", digits}}), "tel:" + digits,
                                    Icon::Telephone));
  if (scene.school.enrolment().proposed(applicant.asked.slip, applicant.phone)) {
    Node sending = screen::text("sending." + key, words("desk.application.sending"));
    sending.icon = Icon::Clock;
    inside.push_back(std::move(sending));
  } else {
    Node yes = screen::button("enrol." + key, words("desk.application.enrol"),
                              first ? Importance::Primary : Importance::Secondary);
    yes.version = applicant.message.hex();
    Node no = screen::button("refuse." + key, words("desk.application.refuse"));
    no.version = applicant.message.hex();
    no.tone = Tone::Danger;
    inside.push_back(std::move(yes));
    inside.push_back(std::move(no));
  }
  return screen::group("application." + key, subject_of(scene, verdict.pupil), std::move(inside));
}

Node decided_row(const DeskScene& scene, const Applicant& applicant) {
  const auto& words = scene.words;
  const bool enrolled = applicant.decision->standing == Standing::Confirmed;
  const std::string key = key_of(applicant);
  Node row = screen::row("decided." + key, subject_of(scene, applicant.decision->pupil),
                         words("desk.application.who", {{"guardian", applicant.asked.guardian}}));
  row.children.push_back(screen::badge(
      "standing." + key, words(enrolled ? "desk.application.enrolled" : "desk.application.refused"),
      enrolled ? Tone::Success : Tone::Neutral, enrolled ? Icon::Check : Icon::Close));
  return row;
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.applications", words("desk.applications.title"));
  out.main.push_back(screen::heading("heading", words("desk.applications.title")));
  bool first = true;
  for (const Applicant& applicant : scene.school.roll().undecided()) {
    if (!waits_for_a_person(scene, applicant)) continue;
    if (first) out.main.push_back(screen::text("how", words("desk.applications.how")));
    out.main.push_back(waiting_group(scene, applicant, first));
    first = false;
  }
  if (first) {
    Node none = screen::empty("none", words("desk.applications.none"));
    none.hint = words("desk.applications.none.hint");
    out.main.push_back(std::move(none));
  }
  Nodes rows;
  for (const Applicant& applicant : scene.school.roll().decided())
    rows.push_back(decided_row(scene, applicant));
  if (!rows.empty())
    out.main.push_back(screen::list("decided", words("desk.applications.decided"), std::move(rows)));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  const auto yes = subject(action, "enrol");
  const auto about = yes ? yes : subject(action, "refuse");
  if (!about) return false;
  const auto dot = about->find('.');
  if (dot == std::string_view::npos) return base::fail(base::Code::BadInput, "application");
  MACHI_TRY_SET(slip, mail::SlipId::from_hex_text(about->substr(0, dot)));
  MACHI_TRY_SET(raw, base::from_hex(about->substr(dot + 1)));
  MACHI_TRY_SET(phone, base::fixed<32>(raw));
  MACHI_TRY(turn.school.decide(slip, crypto::SignPublic{phone}, yes ? Standing::Confirmed : Standing::Refused,
                               turn.scene.now));
  return true;
}

std::string hint(const DeskScene& scene) {
  const int waiting = applications_waiting(scene);
  return waiting > 0 ? scene.words("desk.applications.waiting", {{"n", std::to_string(waiting)}}) : "";
}

}  // namespace

const Page kApplicationsPage{
    DeskPage::Applications, "applications", Icon::Phone, DeskPage::Today, view, act, hint};

}  // namespace machi::absence
