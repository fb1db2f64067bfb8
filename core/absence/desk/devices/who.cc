// Who works at this desk now: the name that stands beside what is confirmed. Names used here before and the
// class teachers are one tap; a substitute teacher types theirs. Pure over the settings and the roll.
#include <algorithm>

#include "core/absence/content.h"
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

constexpr std::size_t kNamesKept = 12;
constexpr std::size_t kNameLimit = 20;

// The newest first, one a line.
std::vector<std::string> names_of(const SchoolDesk& school) {
  std::vector<std::string> out;
  std::string kept = school.setting("names");
  while (!kept.empty() && out.size() < kNamesKept) {
    const auto end = kept.find('\n');
    out.push_back(kept.substr(0, end));
    kept = end == std::string::npos ? "" : kept.substr(end + 1);
  }
  for (const SchoolClass& one : school.roll().classes())
    if (!one.teacher.empty() && std::find(out.begin(), out.end(), one.teacher) == out.end())
      out.push_back(one.teacher);
  return out;
}

Status take_name(SchoolDesk& school, const std::string& typed) {
  const std::u32string points = base::to_code_points(base::trimmed(content::cleaned(typed)));
  std::string name = base::from_code_points(points.substr(0, kNameLimit));
  std::erase(name, '\n');
  if (name.empty()) return {};
  std::string kept = name;
  std::size_t count = 1;
  for (const std::string& one : names_of(school))
    if (one != name && count++ < kNamesKept) kept += "\n" + one;
  MACHI_TRY(school.set("names", kept));
  return school.set("name", name);
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.who", words("desk.who.title"));
  out.main.push_back(screen::heading("heading", words("desk.who.title")));
  out.main.push_back(screen::text("how", words("desk.who.how")));
  std::vector<screen::Option> options;
  for (const std::string& name : names_of(scene.school))
    options.push_back(screen::option(name, name, name == scene.school.name()));
  if (!options.empty())
    out.main.push_back(
        screen::choice("who", words("desk.who.choose"), screen::Kind::Single, std::move(options)));
  screen::Node other = screen::field("who.new", words("desk.who.new"), screen::Kind::Text);
  other.hint = words("desk.who.new.hint");
  other.max_length = kNameLimit;
  out.main.push_back(std::move(other));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node != "who" && action.node != "who.new") return false;
  if (action.node == "who.new" && base::trimmed(action.value).empty()) return true;
  MACHI_TRY(take_name(turn.school, action.value));
  turn.place.page = DeskPage::Today;
  return true;
}

std::string hint(const DeskScene& scene) { return scene.school.name(); }

}  // namespace

const Page kWhoPage{DeskPage::Who, "who", screen::Icon::Person, DeskPage::Today, view, act, hint};

}  // namespace machi::absence
