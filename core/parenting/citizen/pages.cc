// Which page is shown, and what all of them share.
#include "core/parenting/citizen/pages.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/code/content.h"
#include "core/parenting/citizen/family_pages.h"
#include "core/rules/date_text.h"

namespace machi::parenting {

FamilyPages::FamilyPages() {
  auto tables = read_tables();
  MACHI_CHECK(tables.ok());  // built in, and read in a test
  tables_ = std::move(*tables);
}

Step FamilyPages::begin(const Context& context) {
  if (loaded_) return {};
  auto record = book(context).load(&broken_);
  failed_ = !record.ok();
  if (record.ok()) record_ = std::move(*record), loaded_ = true;
  return {};
}

Nodes FamilyPages::entries(const Context& context) const {
  Node row =
      screen::row_button(kFamily, context.words("parenting.title"), context.words("parenting.entry.hint"));
  row.icon = Icon::People;
  return {screen::list("parenting.list", "", {std::move(row)})};
}

FamilyPages::Subject FamilyPages::subject_of(const Route& route) const {
  Subject out;
  const auto slash = route.subject.find('/');
  const auto id = FactId::from_hex_text(route.subject.substr(0, slash));
  if (id.ok()) out.child = record_.child(*id);
  if (slash != std::string::npos) out.rest = route.subject.substr(slash + 1);
  return out;
}

void FamilyPages::open(const Context& context, const Route& route) {
  typed_.clear(), errors_.clear(), warned_.clear(), factor_.clear();
  asking_ = failed_ = false;
  read_.reset(), outcome_.clear(), took_ = 0;
  const Subject subject = subject_of(route);
  const auto day = [](Date on) { return on.iso(); };
  if (route.name == kEdit && subject.child) {
    const ChildSaid& said = subject.child->said;
    typed_["name"] = said.name;
    if (said.birth) typed_["birth"] = day(*said.birth);
    if (said.due) typed_["due"] = day(*said.due);
    if (said.sex) typed_["sex"] = *said.sex == Sex::Male ? "male" : "female";
  }
  if ((route.name == kDose || route.name == kMeasure || route.name == kEntry) && subject.child)
    typed_["on"] = day(context.today());
  if (route.name == kDose && subject.child) {
    const auto doses = record_.doses(subject.child->id);
    if (const KnownDose* known = dose_of(doses, subject.rest)) {
      typed_["vaccine"] = known->said.vaccine, typed_["on"] = day(known->said.on);
      typed_["lot"] = known->said.lot, typed_["place"] = known->said.place;
    } else if (!subject.rest.empty()) {
      typed_["vaccine"] = subject.rest;
    }
  }
  if (route.name == kMeasure && subject.child && !subject.rest.empty())
    for (const auto& known : record_.measurements(subject.child->id))
      if (known.facts.front().hex() == subject.rest) {
        typed_["on"] = day(known.said.on);
        const auto put = [&](const char* node, int value, int decimals) {
          if (value > 0) typed_[node] = decimal_text(context.words, value, decimals);
        };
        put("weight", known.said.grams, 3);
        put("length", known.said.length_mm, 1);
        put("head", known.said.head_mm, 1);
      }
  if (route.name == kEntry && subject.child) {
    for (const auto& known : record_.check_ups(subject.child->id))
      if (known.facts.front().hex() == subject.rest)
        typed_["on"] = day(known.said.on), typed_["place"] = known.said.place,
        typed_["text"] = known.said.note;
    for (const auto& known : record_.notes(subject.child->id))
      if (known.facts.front().hex() == subject.rest)
        typed_["on"] = day(known.said.on), typed_["text"] = known.said.text;
  }
}

std::optional<Screen> FamilyPages::view(const Context& context, const Route& route) const {
  const auto& words = context.words;
  const std::string& name = route.name;
  const Subject subject = subject_of(route);
  const auto with = [&](const std::string& title) {
    Screen out = pages::frame(context, route, title);
    add_trouble(context, out);
    return out;
  };
  if (name == kFamily) return family(context, with(words("parenting.title")));
  if (name == kShare) return share(context, with(words("parenting.share.title")));
  if (name == kTodo) return todo(context, with(words("parenting.todo.title")));
  if (name == kPoints) return points(context, with(words("parenting.points.title")));
  if (name == kAsk) return ask(context, route.subject, with(words("parenting.points.title")));
  if (name == kEdit && route.subject.empty())
    return edit(context, nullptr, with(words("parenting.child.new")));
  if (!subject.child) return std::nullopt;
  const KnownChild& child = *subject.child;
  const std::string called = child.said.name.empty() ? words("parenting.child.unnamed") : child.said.name;
  if (name == kEdit) return edit(context, &child, with(words("parenting.child.edit")));
  if (name == kChild) return one_child(context, child, with(called));
  if (name == kBook) return handbook(context, child, with(words("parenting.book.title")));
  if (name == kEntry) {
    const bool note = subject.rest == "note";
    std::string title = note ? words("parenting.note.title") : check_name(words, subject.rest);
    for (const auto& known : record_.check_ups(child.id))
      if (known.facts.front().hex() == subject.rest) title = check_name(words, known.said.form);
    for (const auto& known : record_.notes(child.id))
      if (known.facts.front().hex() == subject.rest) title = words("parenting.note.title");
    return entry(context, subject.rest, with(title));
  }
  if (!child.said.birth) return std::nullopt;
  if (name == kPlan) return plan(context, child, with(words("parenting.plan.title")));
  if (name == kDose) return dose(context, child, subject.rest, with(words("parenting.dose.title")));
  if (name == kGrowth) return growth(context, child, with(words("parenting.growth.title")));
  if (name == kMeasure) return measure(context, subject.rest, with(words("parenting.measure.title")));
  return std::nullopt;
}

Step FamilyPages::act(const Context& context, const Route& route, const Action& action) {
  if (action.action == "press" && action.node == kFamily) return pages::go_to(kFamily);
  failed_ = false;
  if (action.action == "enter") {
    typed_[action.node] = code::content::cleaned(action.value);
    errors_.erase(action.node);
    warned_.clear();
    return {};
  }
  if (action.action == "choose" && route.name != kAsk) {
    typed_[action.node] = action.value;
    errors_.erase(action.node);
    warned_.clear();
  }
  if (action.action == "press" && action.node == "erase") {
    asking_ = true;
    return {};
  }
  if (action.action == "press" && action.node == "print") {
    Step out;
    out.print = true;
    return out;
  }
  const Subject subject = subject_of(route);
  const std::string& name = route.name;
  if (name == kFamily) return act_family(context, action);
  if (name == kShare) return act_share(context, action);
  if (name == kPoints) return act_points(context, action);
  if (name == kAsk) return act_ask(context, route.subject, action);
  if (name == kEdit) return act_edit(context, subject.child ? &*subject.child : nullptr, action);
  if (!subject.child) return {};
  const KnownChild& child = *subject.child;
  if (name == kChild) return act_child(context, child, action);
  if (name == kPlan) return act_plan(context, child, action);
  if (name == kDose) return act_dose(context, child, subject.rest, action);
  if (name == kGrowth) return act_growth(context, child, action);
  if (name == kMeasure) return act_measure(context, child, subject.rest, action);
  if (name == kEntry) return act_entry(context, child, subject.rest, action);
  if (name == kBook && action.action == "press" && action.node.starts_with("entry."))
    return pages::go_to(kEntry, child.id.hex() + "/" + action.node.substr(6));
  return {};
}

bool FamilyPages::write(const Context& context, const FactId& child, Said said,
                        std::vector<FactId> replaces) {
  Fact fact;
  fact.child = child;
  fact.at = context.now;
  fact.replaces = std::move(replaces);
  fact.said = std::move(said);
  if (fact.replaces.size() > kReplaced) fact.replaces.resize(kReplaced);
  failed_ =
      context.entropy == nullptr || !book(context).write(record_, std::move(fact), *context.entropy).ok();
  return !failed_;
}

bool FamilyPages::erase(const Context& context, const FactId& child, const std::vector<FactId>& facts) {
  std::vector<FactId> all = record_.with_history(facts);
  for (std::size_t at = 0; at < all.size(); at += kReplaced) {
    const auto from = all.begin() + static_cast<std::ptrdiff_t>(at);
    const auto to = all.begin() + static_cast<std::ptrdiff_t>(std::min(at + kReplaced, all.size()));
    if (!write(context, child, Erased{}, {from, to})) return false;
  }
  return true;
}

std::string FamilyPages::typed(const std::string& node) const {
  const auto found = typed_.find(node);
  return found == typed_.end() ? "" : base::trimmed(found->second);
}

// The day in a field of this name; otherwise its error is set.
std::optional<Date> FamilyPages::typed_day(const Context& context, const std::string& node,
                                           const ChildSaid& child) {
  const auto day = rules::parse_day(typed(node));
  if (!day.ok()) {
    errors_[node] = "parenting.error.day";
    return std::nullopt;
  }
  if (const auto fits = check_day(*day, child, context.today()); !fits.ok()) {
    errors_[node] = *day > context.today() ? "parenting.error.future" : "parenting.error.early";
    return std::nullopt;
  }
  return *day;
}

Node FamilyPages::field(const Context& context, const std::string& id, const char* key, Kind kind,
                        std::size_t limit) const {
  Node out = screen::field(id, context.words(key), kind, typed(id));
  out.max_length = static_cast<std::int32_t>(limit);
  if (const auto error = errors_.find(id); error != errors_.end())
    out.error = error->second == "parenting.error.factor"
                    ? context.words("parenting.error.factor", {{"n", factor_}})
                    : context.words(error->second);
  return out;
}

void FamilyPages::add_erase(const Context& context, Screen& out, const char* key) const {
  if (!asking_) {
    out.main.push_back(
        screen::button("erase", context.words("parenting.erase"), Importance::Tertiary, Icon::Delete));
    return;
  }
  Node yes = screen::button("erase.yes", context.words("parenting.erase.yes"));
  yes.tone = Tone::Danger;
  out.main.push_back(screen::alert("erase.ask", context.words(key), Tone::Warning, {std::move(yes)}));
}

void FamilyPages::add_trouble(const Context& context, Screen& out) const {
  if (failed_) out.main.push_back(screen::alert("failed", context.words("parenting.failed"), Tone::Danger));
  if (broken_ > 0 && out.name == kFamily)
    out.main.push_back(screen::alert("broken", context.words("parenting.failed"), Tone::Warning));
}

std::unique_ptr<pages::PageSet> citizen_pages() { return std::make_unique<FamilyPages>(); }

}  // namespace machi::parenting
