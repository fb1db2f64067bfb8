// Presses of the desk. Node ids say what they are about: "confirm.<report>", "enrol.<slip>.<phone>",
// "grade.3"; the node's version says which state of it the person saw. Errors are the tables' or a press that
// means nothing (BadInput).
#include "core/absence/desk/pages.h"

#include "core/absence/content.h"
#include "core/base/text.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kNameLimit = 20;
constexpr int kDaysBack = 30;

struct ApplicationKey {
  mail::SlipId slip;
  crypto::SignPublic phone;
};

Result<ApplicationKey> application_key(std::string_view subject) {
  const auto dot = subject.find('.');
  if (dot == std::string_view::npos) return fail(Code::BadInput, "application");
  MACHI_TRY_SET(slip, mail::SlipId::from_hex_text(subject.substr(0, dot)));
  MACHI_TRY_SET(raw, base::from_hex(subject.substr(dot + 1)));
  MACHI_TRY_SET(phone, base::fixed<32>(raw));
  return ApplicationKey{slip, crypto::SignPublic{phone}};
}

}  // namespace

screen::Screen DeskPages::view(const DeskScene& scene) const {
  switch (place_.page) {
    case DeskPage::Today:
      return today_screen(scene);
    case DeskPage::Applications:
      return applications_screen(scene);
    case DeskPage::Slips:
      return slips_screen(scene);
    case DeskPage::Pupil:
      return pupil_screen(scene);
    case DeskPage::Devices:
      return devices_screen(scene);
    case DeskPage::Language:
      return language_screen(scene);
  }
  return today_screen(scene);
}

Result<DeskWish> DeskPages::act(const screen::Action& action, const DeskScene& scene) {
  DeskWish wish;
  place_.notice.clear();
  if (action.action == "press") {
    MACHI_TRY(press(action, scene, wish));
  } else if (action.action == "back") {
    place_.page = place_.page == DeskPage::Pupil ? DeskPage::Slips : DeskPage::Today;
  } else if (action.node == "class") {
    MACHI_TRY_SET(id, ClassId::from_hex_text(action.value));
    place_.class_id = id;
  } else if (action.node == "name") {
    const std::u32string points = base::to_code_points(base::trimmed(content::cleaned(action.value)));
    MACHI_TRY(school_.rename(base::from_code_points(points.substr(0, kNameLimit))));
  } else if (action.node == "language") {
    wish.language = action.value;
  }
  return wish;
}

Status DeskPages::press(const screen::Action& action, const DeskScene& scene, DeskWish& wish) {
  const std::string_view node = action.node;
  if (node == "back")
    place_.page = DeskPage::Slips;
  else if (node == "invite")
    wish.invite = true;
  else if (node == "invite.hide")
    wish.hide_invitation = true;
  else if (node == "day.previous")
    turn_day(scene, -1);
  else if (node == "day.next")
    turn_day(scene, 1);
  else if (node == "page.applications")
    place_.page = DeskPage::Applications;
  else if (node == "page.slips")
    place_.page = DeskPage::Slips;
  else if (node == "page.devices")
    place_.page = DeskPage::Devices;
  else if (node == "page.language")
    place_.page = DeskPage::Language;
  else if (node == "slip.show" || node == "slip.revoke") {
    const auto slips = school_.roll().slips(place_.pupil);
    if (slips.empty()) return fail(Code::NotFound, "slip");
    if (node == "slip.revoke") return school_.revoke(slips.front(), scene.now);
    wish.fetch = slips.front().code;
  } else {
    const auto dot = node.find('.');
    if (dot == std::string_view::npos) return fail(Code::BadInput, "press");
    return press_with_subject(node.substr(0, dot), node.substr(dot + 1), action, scene);
  }
  return {};
}

Status DeskPages::press_with_subject(std::string_view verb, std::string_view subject,
                                     const screen::Action& action, const DeskScene& scene) {
  if (verb == "grade") {
    place_.page = DeskPage::Today;
    place_.grade = -1;
    for (const SchoolClass& one : school_.roll().classes())
      if (std::to_string(one.grade) == subject) place_.grade = one.grade;
    return {};
  }
  if (verb == "pupil") {
    MACHI_TRY_SET(id, PupilId::from_hex_text(subject));
    place_.pupil = id;
    place_.page = DeskPage::Pupil;
    return {};
  }
  if (verb == "confirm") {
    MACHI_TRY_SET(report, ReportId::from_hex_text(subject.substr(0, subject.find('.'))));
    MACHI_TRY_SET(version, VersionId::from_hex_text(action.version));
    return school_.confirm(report, version, scene.now);
  }
  if (verb == "called") {
    MACHI_TRY_SET(version, VersionId::from_hex_text(subject));
    return school_.called(version, scene.now);
  }
  if (verb == "enrol" || verb == "refuse") {
    MACHI_TRY_SET(key, application_key(subject));
    return school_.decide(key.slip, key.phone, verb == "enrol" ? Standing::Confirmed : Standing::Refused,
                          scene.now);
  }
  return fail(Code::BadInput, "press");
}

void DeskPages::turn_day(const DeskScene& scene, int direction) {
  const Date from = day_of(scene);
  for (int n = 1; n <= kDaysBack; ++n) {
    const Date day = from.plus(direction * n);
    if (!school_.days().open(day)) continue;
    place_.day = day;
    break;
  }
  // Back at today: follow the calendar again.
  if (place_.day == school_.days().next(base::date_of(scene.now))) place_.day.reset();
}

}  // namespace machi::absence
