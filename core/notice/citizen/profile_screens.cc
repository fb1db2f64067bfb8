// Overview, one question, settings.
#include "core/notice/citizen/profile_screens.h"

#include "core/notice/citizen/asked_book.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/notice/citizen/push_screen.h"

namespace machi::notice {

using screen::Icon;
using screen::Kind;
using screen::Nodes;
using screen::Tone;
using Move = PhoneStep::Move;

namespace {

constexpr const char* kThemes[] = {"child", "garbage", "health", "event", "procedure"};
constexpr const char* kRoles[] = {"carer", "foreign", "business"};
constexpr const char* kHandbooks[] = {"physical", "intellectual", "mental"};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) out.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

std::string joined(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : ",") + one;
  return out;
}

// "3、4" as people type it: full-width digits, any comma or space between.
std::string districts_of(std::string_view typed) {
  std::u32string points = base::to_code_points(base::fold_width(typed));
  for (char32_t& sign : points)
    if (sign == U'、' || sign == U'，' || sign == U' ' || sign == U'・' || sign == U'\n') sign = U',';
  return joined(split(base::from_code_points(points)));
}

std::string month_text(const words::Words& words, const std::string& text) {
  const auto day = base::Date::parse(text.size() == 7 ? text + "-01" : text);
  if (!day.ok()) return text;
  return words("notice.profile.month",
               {{"year", std::to_string(day->year())}, {"month", std::to_string(day->month())}});
}

std::string said(const words::Words& words, Question question, const std::string& answer) {
  if (answer.empty()) return words("notice.profile.nothing");
  std::string out;
  for (const std::string& one : split(answer)) {
    std::string shown = one;
    if (question == Question::Children || question == Question::Birth) shown = month_text(words, one);
    if (question == Question::Roles) shown = words("notice.role." + one);
    if (question == Question::Languages) shown = words.language_name(one);
    if (question == Question::Handbooks) {
      const std::size_t colon = one.find(':');
      shown = words("notice.handbook." + one.substr(0, colon));
      if (colon != std::string::npos)
        shown = words("notice.handbook.grade", {{"kind", shown}, {"grade", one.substr(colon + 1)}});
    }
    out += (out.empty() ? "" : "・") + shown;
  }
  return out;
}

std::string key(const char* what, Question question) {
  return std::string("notice.ask.") + std::string(name_of(question)) + what;
}

template <std::size_t N>
screen::Node several(const PhoneContext& context, const char* id, const std::string& name,
                     const std::string& prefix, const char* const (&values)[N],
                     const std::vector<std::string>& chosen) {
  std::vector<screen::Option> options;
  for (const char* value : values)
    options.push_back(screen::option(value, context.words(prefix + value),
                                     std::find(chosen.begin(), chosen.end(), value) != chosen.end()));
  return screen::choice(id, name, Kind::Multiple, std::move(options));
}

}  // namespace

void ProfileScreens::open(const PhoneContext& context, const std::string& name, const std::string& subject) {
  *this = {};
  const auto question = question_of(subject);
  if (name != kAsk || !question) return;
  const std::string answer = context.profile.answer(*question).value_or("");
  if (*question == Question::Districts || *question == Question::Birth) text_ = answer;
  if (*question == Question::Children) children_ = split(answer);
  if (*question == Question::Roles || *question == Question::Languages) chosen_ = split(answer);
  if (*question == Question::Handbooks)
    for (const std::string& one : split(answer)) {
      const std::size_t colon = one.find(':');
      chosen_.push_back(one.substr(0, colon));
      if (colon != std::string::npos) grade_ = one.substr(colon + 1);
    }
}

screen::Screen ProfileScreens::overview(const PhoneContext& context) const {
  const auto& words = context.words;
  screen::Screen out = phone_frame(context, kProfile, words("notice.profile"));
  out.main.push_back(screen::text("why", words("notice.profile.why")));
  screen::Node promise = screen::alert("promise", words("notice.profile.promise"), Tone::Success);
  promise.icon = Icon::Lock;
  out.main.push_back(std::move(promise));
  Nodes rows;
  bool any = false;
  for (const Question one : kQuestions) {
    const auto answer = context.profile.answer(one);
    any |= answer.has_value();
    rows.push_back(screen::row_button("ask." + std::string(name_of(one)), words(key("", one)),
                                      answer ? said(words, one, *answer) : words("notice.profile.unasked")));
  }
  out.main.push_back(screen::list("questions", words("notice.profile.questions"), std::move(rows)));
  if (any && asking_)
    out.main.push_back(screen::alert(
        "erase.ask", words("notice.profile.erase.ask"), Tone::Danger,
        {screen::button("erase.yes", words("notice.profile.erase.yes"), screen::Importance::Primary)}));
  else if (any)
    out.main.push_back(
        screen::button("erase", words("notice.profile.erase"), screen::Importance::Tertiary, Icon::Delete));
  return out;
}

screen::Screen ProfileScreens::ask(const PhoneContext& context, Question question) const {
  const auto& words = context.words;
  screen::Screen out = phone_frame(context, std::string(kAsk) + "/" + std::string(name_of(question)),
                                   words(key("", question)));
  out.main.push_back(screen::text("why", words(key(".why", question))));
  const auto field = [&](const char* id, const std::string& name, Kind kind, const std::string& value) {
    screen::Node node = screen::field(id, name, kind, value);
    if (!error_.empty()) node.error = words(error_);
    out.main.push_back(std::move(node));
  };
  switch (question) {
    case Question::Districts:
      field("text", words("notice.ask.districts.field"), Kind::Text, text_);
      out.main.back().hint = words("notice.ask.districts.hint");
      out.main.back().max_length = 40;
      break;
    case Question::Birth:
      field("text", words("notice.ask.birth.field"), Kind::Date, text_);
      break;
    case Question::Children: {
      Nodes rows;
      for (std::size_t i = 0; i < children_.size(); ++i)
        rows.push_back(
            screen::row("child." + std::to_string(i), month_text(words, children_[i]), "",
                        {screen::button("drop." + std::to_string(i), words("notice.ask.children.drop"),
                                        screen::Importance::Tertiary, Icon::Delete)}));
      if (!rows.empty())
        out.main.push_back(screen::list("children", words("notice.ask.children"), std::move(rows)));
      field("child", words("notice.ask.children.field"), Kind::Date, child_);
      out.main.push_back(
          screen::button("add", words("notice.ask.children.add"), screen::Importance::Secondary, Icon::Add));
      break;
    }
    case Question::Handbooks:
      out.main.push_back(several(context, "chosen", words("notice.ask.handbooks.field"), "notice.handbook.",
                                 kHandbooks, chosen_));
      if (std::find(chosen_.begin(), chosen_.end(), "physical") != chosen_.end()) {
        std::vector<screen::Option> grades;
        for (const char* one : {"1", "2", "3", "4", "5", "6"})
          grades.push_back(screen::option(one, words("notice.handbook.level", {{"n", one}}), grade_ == one));
        out.main.push_back(
            screen::choice("grade", words("notice.ask.handbooks.grade"), Kind::Single, std::move(grades)));
      }
      break;
    case Question::Roles:
      out.main.push_back(
          several(context, "chosen", words("notice.ask.roles.field"), "notice.role.", kRoles, chosen_));
      break;
    case Question::Languages: {
      std::vector<screen::Option> options;
      for (const words::Language& one : words::languages()) {
        options.push_back(
            screen::option(std::string(one.tag), words.language_name(one.tag),
                           std::find(chosen_.begin(), chosen_.end(), one.tag) != chosen_.end()));
      }
      out.main.push_back(
          screen::choice("chosen", words("notice.ask.languages.field"), Kind::Multiple, std::move(options)));
      break;
    }
  }
  out.foot.push_back(screen::button("save", words("notice.ask.save"), screen::Importance::Primary));
  if (question == Question::Children || question == Question::Handbooks)
    out.foot.push_back(screen::button("none", words(key(".none", question))));
  if (context.profile.answer(question))
    out.foot.push_back(
        screen::button("forget", words("notice.ask.forget"), screen::Importance::Tertiary, Icon::Delete));
  return out;
}

screen::Screen ProfileScreens::settings(const PhoneContext& context) const {
  const auto& words = context.words;
  screen::Screen out = phone_frame(context, kSettings, words("notice.settings"));
  const std::vector<std::string> off = split(context.profile.setting("off"));
  std::vector<screen::Option> options;
  for (const char* theme : kThemes)
    options.push_back(screen::option(theme, words(std::string("notice.theme.") + theme),
                                     std::find(off.begin(), off.end(), theme) == off.end()));
  out.main.push_back(
      screen::choice("themes", words("notice.settings.themes"), Kind::Multiple, std::move(options)));
  out.main.push_back(screen::text("always", words("notice.settings.always")));
  const std::string quiet = context.profile.setting("quiet");
  out.main.push_back(screen::choice("quiet", words("notice.settings.quiet"), Kind::Single,
                                    {screen::option("no", words("notice.settings.quiet.no"), quiet.empty()),
                                     screen::option("21:00-7:00", "21:00–7:00", quiet == "21:00-7:00"),
                                     screen::option("22:00-6:00", "22:00–6:00", quiet == "22:00-6:00")}));
  out.main.push_back(screen::text("quiet.how", words("notice.settings.quiet.how")));
  const bool counted = context.profile.setting("asked") != "no";
  out.main.push_back(screen::choice("asked", words("notice.settings.asked"), Kind::Single,
                                    {screen::option("yes", words("notice.settings.asked.yes"), counted),
                                     screen::option("no", words("notice.settings.asked.no"), !counted)}));
  out.main.push_back(screen::text("asked.how", words("notice.settings.asked.how")));
  if (context.channels) {
    Nodes rows;
    rows.push_back(screen::row_button("push", words("notice.push"), words("notice.push.hint")));
    out.main.push_back(screen::list("more", words("notice.push"), std::move(rows)));
    out.main.push_back(screen::choice(
        "count", words("notice.count"), Kind::Single,
        {screen::option("yes", words("notice.count.yes"), context.profile.setting("count") != "no"),
         screen::option("no", words("notice.count.no"), context.profile.setting("count") == "no")}));
    out.main.push_back(screen::text("count.how", words("notice.count.how")));
  }
  return out;
}

std::optional<screen::Screen> ProfileScreens::view(const PhoneContext& context, const std::string& name,
                                                   const std::string& subject) const {
  if (name == kProfile) return overview(context);
  if (name == kSettings) return settings(context);
  const auto question = question_of(subject);
  if (!question) return std::nullopt;
  return ask(context, *question);
}

PhoneStep ProfileScreens::save(const PhoneContext& context, Question question) {
  std::string answer;
  if (question == Question::Districts) answer = districts_of(text_);
  if (question == Question::Birth) answer = text_;
  if (question == Question::Children) {
    if (!child_.empty()) children_.push_back(child_);
    answer = joined(children_);
  }
  if (question == Question::Roles || question == Question::Languages) answer = joined(chosen_);
  if (question == Question::Handbooks) {
    std::vector<std::string> all;
    for (const std::string& one : chosen_)
      all.push_back(one == "physical" && !grade_.empty() ? one + ":" + grade_ : one);
    answer = joined(all);
  }
  // An answer that was begun and left empty says nothing: that is what "none" is for.
  const bool empty = answer.empty() && question != Question::Roles;
  const auto told = empty ? base::Status(base::fail(Code::BadInput, "empty"))
                          : context.profile.tell(question, answer, context.today());
  if (!told.ok()) {
    if (question == Question::Children && !child_.empty()) children_.pop_back();
    error_ = told.code() == Code::DateOutOfRange ? "notice.ask.date" : "notice.ask.missing";
    return {};
  }
  PhoneStep out;
  out.move = Move::Back;
  out.changed = true;
  return out;
}

PhoneStep ProfileScreens::act(const PhoneContext& context, const std::string& name,
                              const std::string& subject, const screen::Action& action) {
  PhoneStep out;
  if (name == kSettings) {
    if (action.node == "push" && action.action == "press" && context.channels) return go_to(kPush);
    if (action.node == "count" && action.action == "choose")
      out.changed = context.profile.set("count", action.value == "no" ? "no" : "").ok();
    if (action.node == "themes" && action.action == "choose") {
      std::vector<std::string> off;
      for (const char* theme : kThemes)
        if (std::find(action.values.begin(), action.values.end(), theme) == action.values.end())
          off.emplace_back(theme);
      out.changed = context.profile.set("off", joined(off)).ok();
    }
    if (action.node == "quiet" && action.action == "choose")
      out.changed = context.profile.set("quiet", action.value == "no" ? "" : action.value).ok();
    if (action.node == "asked" && action.action == "choose") {
      out.changed = context.profile.set("asked", action.value == "no" ? "no" : "").ok();
      // What was counted before goes with it.
      if (action.value == "no")
        static_cast<void>(AskedBook(context.database).forget(context.today().plus(1)));
    }
    return out;
  }
  if (name == kProfile) {
    const bool asked = std::exchange(asking_, false);
    if (action.action != "press") return out;
    if (action.node == "erase") asking_ = true;
    if (action.node == "erase.yes" && asked) out.changed = context.profile.erase_all().ok();
    if (action.node.starts_with("ask.")) return go_to(kAsk, action.node.substr(4));
    return out;
  }
  const auto question = question_of(subject);
  if (!question) return out;
  error_.clear();
  if (action.node == "text") text_ = action.value;
  if (action.node == "child") child_ = action.value;
  if (action.node == "chosen" && action.action == "choose") chosen_ = action.values;
  if (action.node == "grade" && action.action == "choose") grade_ = action.value;
  if (action.action != "press") return out;
  if (action.node == "add" && !child_.empty()) {
    const auto day = base::Date::parse(child_);
    if (!day.ok() || *day > context.today())
      error_ = "notice.ask.date";
    else if (children_.size() < 12)
      children_.push_back(std::exchange(child_, ""));
  }
  if (action.node.starts_with("drop.")) {
    for (std::size_t i = 0; i < children_.size(); ++i)
      if (action.node == "drop." + std::to_string(i)) {
        children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(i));
        break;
      }
  }
  if (action.node == "save") return save(context, *question);
  if (action.node == "none" || action.node == "forget") {
    const auto done = action.node == "none" ? context.profile.tell(*question, "", context.today())
                                            : context.profile.erase(*question);
    out.changed = done.ok();
    out.move = Move::Back;
  }
  return out;
}

}  // namespace machi::notice
