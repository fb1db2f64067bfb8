// Routes of disability support: the overview, the people, and whose page each of the others is.
#include "core/support/citizen/pages.h"

#include "core/base/text.h"
#include "core/support/citizen/asking.h"
#include "core/support/citizen/benefits.h"
#include "core/support/citizen/card.h"
#include "core/support/citizen/rules_state.h"

namespace machi::support {
namespace {

using pages::Context;
using pages::Route;
using pages::Step;
using rules::Truth;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;

constexpr std::size_t kNameSigns = 30;

class Pages final : public pages::PageSet {
 public:
  Pages(const TownId& town, std::optional<crypto::SealPublic> verifiers)
      : card_(town, std::move(verifiers)) {}
  std::string_view name() const override { return "support"; }
  std::vector<store::Migration> migrations() const override { return PersonBook::migrations(); }

  Step begin(const Context&) override {
    kept_.reset();  // other rules, another day
    return {};
  }

  Nodes entries(const Context& context) const override {
    Node row =
        screen::row_button("support", context.words("support.title"), context.words("support.entry.hint"));
    row.icon = Icon::Help;
    return {screen::list("support.list", "", {std::move(row)})};
  }

  void open(const Context& context, const Route& route) override {
    if (route.name == kAsk || route.name == kAnswers) asking_.open();
    if (route.name == kOne) benefits_.open();
    if (route.name == kCard || route.name == kCardForm) card_.open(context, now(context));
    name_.clear();
    asked_ = false;
  }

  std::optional<screen::Screen> view(const Context& context, const Route& route) const override {
    const Shown& now = this->now(context);
    if (route.name == kAsk) return asking_.question(context, now, route);
    if (route.name == kAnswers) return asking_.answers(context, now, route);
    if (route.name == kMine) return benefits_.mine(context, now, route);
    if (route.name == kOne) return benefits_.one(context, now, route);
    if (route.name == kChanges) return benefits_.coming(context, now, route);
    if (route.name == kGuide) return benefits_.guide(context, now, route);
    if (route.name == kCard) return card_.view(context, now, route);
    if (route.name == kCardForm) return card_.form(context, now, route);
    if (route.name == kPeople) return people(context, now, route);
    return overview(context, now, route);
  }

  Step act(const Context& context, const Route& route, const screen::Action& action) override {
    const Shown now = this->now(context);
    // Whoever presses there may have changed an answer, or the person.
    if (action.action != "enter" && (route.name == kAsk || route.name == kAnswers || route.name == kPeople))
      kept_.reset();
    if (action.action == "press" && action.node == "support") return pages::go_to(kOverview);
    if (route.name == kAsk || route.name == kAnswers) return asking_.act(context, now, route, action);
    if (route.name == kCard || route.name == kCardForm) return card_.act(context, now, route, action);
    if (route.name == kPeople) return act_people(context, now, action);
    if (route.name != kOverview) return benefits_.act(context, now, route, action);
    if (action.action != "press" || !action.node.starts_with("go.")) return {};
    return pages::go_to("support." + action.node.substr(3));
  }

 private:
  const Shown& now(const Context& context) const {
    const rules::Pack* pack = context.shelf.pack();
    if (!kept_ || kept_->pack != pack || (pack && kept_->version != pack->version) ||
        kept_->today != context.today())
      kept_ = shown(context, PersonBook(context.database).current());
    return *kept_;
  }

  screen::Screen overview(const Context& context, const Shown& now, const Route& route) const {
    const auto& words = context.words;
    screen::Screen out = pages::frame(context, route, words("support.title"));
    for (Node& node : rules_trouble(context)) out.main.push_back(std::move(node));
    out.main.push_back(screen::text("about", words("support.about", {{"name", called(words, now.who)}})));
    Node promise = screen::text("promise", words("support.promise"));
    promise.icon = Icon::Lock;
    out.main.push_back(std::move(promise));
    Nodes rows;
    const auto add = [&](const char* to, const std::string& title, const std::string& hint, Icon icon) {
      rows.push_back(screen::row_button(std::string("go.") + to, title, hint));
      rows.back().icon = icon;
    };
    if (now.pack != nullptr) {
      const int open = now.count(Truth::Unknown);
      add("mine", words.count("support.mine.title", now.count(Truth::Yes)), words("support.mine.hint"),
          Icon::Check);
      add("ask", words("support.ask.go"), words.count("support.open", open), Icon::Edit);
      const int soon = Benefits::soon(context, now);
      add("changes", words("support.changes"), words("support.changes.what"), Icon::Calendar);
      if (soon > 0)
        rows.back().children.push_back(screen::badge("soon", words.count("support.soon.count", soon),
                                                     screen::Tone::Warning, Icon::Clock));
      add("guide", words("support.guide"), words("support.guide.hint"), Icon::Search);
    }
    add("card", words("support.card"), words("support.card.hint"), Icon::Person);
    add("people", words("support.people"), words("support.people.hint"), Icon::People);
    out.main.push_back(screen::list("rows", "", std::move(rows)));
    for (Node& node : rules_date(context)) out.main.push_back(std::move(node));
    return out;
  }

  screen::Screen people(const Context& context, const Shown& now, const Route& route) const {
    const auto& words = context.words;
    screen::Screen out = pages::frame(context, route, words("support.people"));
    out.main.push_back(screen::text("what", words("support.people.what")));
    std::vector<screen::Option> options;
    for (const Somebody& one : PersonBook(context.database).people())
      options.push_back(screen::option(std::to_string(one.id), called(words, one), one.id == now.who.id));
    out.main.push_back(screen::choice("who", words("support.people.who"), Kind::Single, std::move(options)));
    Node field = screen::field("name", words("support.people.name"), Kind::Text, name_);
    field.max_length = static_cast<std::int32_t>(kNameSigns);
    if (empty_) field.error = words("support.people.empty");
    if (full_) field.error = words("support.people.full");
    out.main.push_back(std::move(field));
    out.main.push_back(screen::button("add", words("support.people.add"), Importance::Primary, Icon::Add));
    if (asked_)
      out.main.push_back(screen::alert(
          "erase.ask", words("support.erase.ask"), screen::Tone::Warning,
          {screen::button("erase.yes", words("support.erase.yes"), Importance::Secondary, Icon::Delete)}));
    else
      out.main.push_back(screen::button("erase",
                                        words("support.people.erase", {{"name", called(words, now.who)}}),
                                        Importance::Tertiary, Icon::Delete));
    return out;
  }

  Step act_people(const Context& context, const Shown& now, const screen::Action& action) {
    PersonBook book(context.database);
    empty_ = full_ = false;
    if (action.node == "who" && action.action == "choose") {
      for (const Somebody& one : book.people())
        if (std::to_string(one.id) == action.value) (void)book.choose(one.id);
      asked_ = false;
    }
    if (action.node == "name" && action.action == "enter") name_ = base::trimmed(action.value);
    if (action.action != "press") return {};
    if (action.node == "add") {
      empty_ = name_.empty();
      if (empty_) return {};
      const auto added = book.add(name_);
      full_ = !added.ok();
      if (added.ok()) name_.clear();
    }
    if (action.node == "erase") asked_ = true;
    if (action.node == "erase.yes") {
      asked_ = false;
      (void)book.erase(now.who.id);
    }
    return {};
  }

  mutable std::optional<Shown> kept_;
  Asking asking_;
  Benefits benefits_;
  Card card_;
  std::string name_;
  bool empty_ = false, full_ = false, asked_ = false;
};

}  // namespace

std::unique_ptr<pages::PageSet> citizen_pages(const TownId& town,
                                              std::optional<crypto::SealPublic> verifiers) {
  return std::make_unique<Pages>(town, std::move(verifiers));
}

}  // namespace machi::support
