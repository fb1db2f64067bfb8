// A child as its family writes it down: born, or awaited.
#include "core/parenting/citizen/family_pages.h"
#include "core/rules/date_text.h"

namespace machi::parenting {

Screen FamilyPages::edit(const Context& context, const KnownChild* child, Screen out) const {
  const auto& words = context.words;
  out.main.push_back(field(context, "name", "parenting.name", Kind::Text, kNameSigns));
  Node birth = field(context, "birth", "parenting.birth", Kind::Text, 20);
  birth.hint = words("parenting.day.hint");
  out.main.push_back(std::move(birth));
  Node due = field(context, "due", "parenting.due", Kind::Text, 20);
  due.hint = words("parenting.due.hint");
  out.main.push_back(std::move(due));
  const std::string sex = typed("sex");
  Node choice = screen::choice("sex", words("parenting.sex"), Kind::Single,
                               {screen::option("female", words("parenting.sex.female"), sex == "female"),
                                screen::option("male", words("parenting.sex.male"), sex == "male")});
  choice.hint = words("parenting.sex.hint");
  out.main.push_back(std::move(choice));
  if (child != nullptr) add_erase(context, out, "parenting.erase.child");
  out.foot.push_back(screen::button("save", words("parenting.save"), Importance::Primary));
  return out;
}

Step FamilyPages::act_edit(const Context& context, const KnownChild* child, const Action& action) {
  if (action.action != "press") return {};
  const Date today = context.today();
  if (action.node == "erase.yes" && asking_ && child != nullptr)
    return erase(context, child->id, record_.all_about(child->id)) ? pages::back() : Step{};
  if (action.node != "save") return {};
  errors_.clear();
  ChildSaid said;
  said.name = typed("name");
  if (const std::string text = typed("birth"); !text.empty()) {
    const auto day = rules::parse_birth(text, today);
    if (day.ok())
      said.birth = *day;
    else
      errors_["birth"] =
          day.code() == base::Code::DateOutOfRange ? "parenting.error.birth" : "parenting.error.day";
  }
  if (const std::string text = typed("due"); !text.empty()) {
    const auto day = rules::parse_day(text);
    if (day.ok())
      said.due = *day;
    else
      errors_["due"] = "parenting.error.day";
  }
  if (const std::string sex = typed("sex"); !sex.empty()) said.sex = sex == "male" ? Sex::Male : Sex::Female;
  if (!errors_.empty()) return {};
  if (const auto fits = check_child(said, today); !fits.ok()) {
    const std::string& what = fits.error().detail;
    if (what == "name") errors_["name"] = "parenting.error.name";
    if (what == "due") errors_["due"] = "parenting.error.due";
    if (what == "birth") errors_["birth"] = said.birth ? "parenting.error.birth" : "parenting.error.dates";
    return {};
  }
  if (child != nullptr && said == child->said && !child->other) return pages::back();
  const bool kept =
      child != nullptr ? write(context, child->id, said, child->facts) : write(context, {}, said);
  return kept ? pages::back() : Step{};
}

}  // namespace machi::parenting
