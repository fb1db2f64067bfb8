// The handbook's record pages: check-ups in the order of the ministry's form, and notes.
#include <algorithm>

#include "core/parenting/citizen/family_pages.h"

namespace machi::parenting {

Screen FamilyPages::handbook(const Context& context, const KnownChild& child, Screen out) const {
  const auto& words = context.words;
  const auto done = record_.check_ups(child.id);
  Nodes rows;
  for (const CheckForm& form : kCheckForms) {
    bool had = false;
    for (const auto& known : done) {
      if (known.said.form != form.id) continue;
      had = true;
      const std::string id = known.facts.front().hex();
      rows.push_back(screen::row_button(
          "entry." + id, check_name(words, form.id),
          words.birth(known.said.on) + (known.said.place.empty() ? "" : " / " + known.said.place)));
      rows.back().children.push_back(
          screen::badge("done." + id, words("parenting.book.done"), Tone::Success, Icon::Check));
    }
    // There are many check-ups before the birth and of the teeth.
    if (!had || form.months == 0)
      rows.push_back(screen::row_button(std::string("entry.") + form.id, check_name(words, form.id),
                                        words("parenting.book.write")));
  }
  out.main.push_back(screen::group("checks", words("parenting.book.checks"),
                                   {screen::list("checks.list", "", std::move(rows))}));
  Nodes notes;
  const auto all = record_.notes(child.id);
  for (auto known = all.rbegin(); known != all.rend(); ++known)
    notes.push_back(screen::row_button("entry." + known->facts.front().hex(), words.birth(known->said.on),
                                       known->said.text));
  if (!notes.empty())
    out.main.push_back(screen::group("notes", words("parenting.book.notes"),
                                     {screen::list("notes.list", "", std::move(notes))}));
  out.main.push_back(
      screen::button("entry.note", words("parenting.book.note"), Importance::Secondary, Icon::Add));
  out.main.push_back(screen::button("print", words("parenting.print"), Importance::Secondary));
  return out;
}

Screen FamilyPages::entry(const Context& context, const std::string& rest, Screen out) const {
  const auto& words = context.words;
  Node on = field(context, "on", "parenting.on", Kind::Text, 20);
  on.hint = words("parenting.day.hint");
  out.main.push_back(std::move(on));
  bool note = rest == "note", there = false;
  const auto id = FactId::from_hex_text(rest);
  if (id.ok())
    if (const auto fact = record_.facts().find(*id); fact != record_.facts().end()) {
      there = true;
      note = std::holds_alternative<Noted>(fact->second.said);
    }
  if (!note) out.main.push_back(field(context, "place", "parenting.place", Kind::Text, kPlaceSigns));
  out.main.push_back(field(context, "text", note ? "parenting.note.text" : "parenting.entry.text",
                           Kind::Multiline, kNoteSigns));
  if (there) add_erase(context, out, "parenting.erase.ask");
  out.foot.push_back(screen::button("save", words("parenting.save"), Importance::Primary));
  return out;
}

Step FamilyPages::act_entry(const Context& context, const KnownChild& child, const std::string& rest,
                            const Action& action) {
  if (action.action != "press") return {};
  std::vector<FactId> replaces;
  std::string form = rest;
  bool note = rest == "note";
  for (const auto& known : record_.check_ups(child.id))
    if (known.facts.front().hex() == rest) replaces = known.facts, form = known.said.form;
  for (const auto& known : record_.notes(child.id))
    if (known.facts.front().hex() == rest) replaces = known.facts, note = true;
  if (action.node == "erase.yes" && asking_ && !replaces.empty())
    return erase(context, child.id, replaces) ? pages::back() : Step{};
  if (action.node != "save") return {};
  const bool known = std::any_of(std::begin(kCheckForms), std::end(kCheckForms),
                                 [&](const CheckForm& one) { return form == one.id; });
  if (!note && !known) return {};  // what was looked at is gone
  errors_.clear();
  const auto on = typed_day(context, "on", child.said);
  const std::string text = typed("text");
  if (note && text.empty()) errors_["text"] = "parenting.error.text";
  if (!errors_.empty() || !on) return {};
  const Said said = note ? Said(Noted{*on, text}) : Said(CheckUp{form, *on, typed("place"), text});
  return write(context, child.id, said, replaces) ? pages::back() : Step{};
}

}  // namespace machi::parenting
