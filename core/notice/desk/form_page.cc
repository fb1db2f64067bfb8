// The form in which a notice is written: words in several languages, whom it concerns - put together from
// parts, and said as a sentence - when it is shown, and an event for the calendar.
#include <span>

#include "core/base/text.h"
#include "core/notice/desk/pages.h"
#include "core/notice/segment/segment.h"

namespace machi::notice {

using base::fail;
using screen::Icon;
using screen::Kind;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr std::pair<const char*, Importance> kImportances[] = {{"normal", Importance::Normal},
                                                               {"important", Importance::Important},
                                                               {"emergency", Importance::Emergency}};
constexpr const char* kThemes[] = {"disaster", "child", "garbage", "health", "event", "procedure"};
constexpr const char* kParts[] = {"district", "child", "grade", "age", "handbook", "role", "language"};
constexpr const char* kHandbooks[] = {"physical", "intellectual", "mental"};
constexpr const char* kRoles[] = {"carer", "foreign", "business"};

Result<std::optional<Instant>> moment(const std::string& day, const std::string& time,
                                      const char* otherwise) {
  if (day.empty()) return std::optional<Instant>{};
  MACHI_TRY_SET(date, base::Date::parse(day));
  MACHI_TRY_SET(clock, base::TimeOfDay::parse(time.empty() ? otherwise : time));
  return std::optional<Instant>{base::instant_of(date, clock)};
}

screen::Node choice_of(const NoticeView& view, const char* id, std::string name, const std::string& prefix,
                       std::span<const char* const> values, const std::string& chosen, Kind kind) {
  std::vector<screen::Option> options;
  for (const char* value : values) {
    const bool there = (" " + chosen + ", ").find(std::string(" ") + value + ",") != std::string::npos;
    options.push_back(screen::option(value, view.words(prefix + value), there));
  }
  return screen::choice(id, std::move(name), kind, std::move(options));
}

// From and to, as a range of the language of segments.
void add_range(Nodes& out, const NoticeView& view, const std::string& part, const std::string& from,
               const std::string& to) {
  const auto value = [&](const std::string& key) {
    const auto found = view.place.form.said.find(key);
    return found == view.place.form.said.end() ? std::string() : found->second;
  };
  out.push_back(
      screen::field("said." + part + ".from", view.words(from), Kind::Number, value(part + ".from")));
  out.push_back(screen::field("said." + part + ".to", view.words(to), Kind::Number, value(part + ".to")));
}

void add_parts(Nodes& out, const NoticeView& view) {
  const NoticeForm& form = view.place.form;
  const auto& words = view.words;
  const auto said = [&](const std::string& key) {
    const auto found = form.said.find(key);
    return found == form.said.end() ? std::string() : found->second;
  };
  std::string chosen;
  for (const std::string& one : form.parts) chosen += (chosen.empty() ? "" : ", ") + one;
  out.push_back(choice_of(view, "parts", words("desk.notice.parts"), "desk.notice.part.", kParts, chosen,
                          Kind::Multiple));
  if (form.parts.size() > 1)
    out.push_back(screen::choice("join", words("desk.notice.join"), Kind::Single,
                                 {screen::option("all", words("desk.notice.join.all"), !form.either),
                                  screen::option("any", words("desk.notice.join.any"), form.either)}));
  if (form.parts.contains("district")) {
    screen::Node field =
        screen::field("said.district", words("desk.notice.part.district"), Kind::Text, said("district"));
    field.hint = words("desk.notice.part.district.hint");
    field.max_length = 100;
    out.push_back(std::move(field));
  }
  if (form.parts.contains("child"))
    add_range(out, view, "child", "desk.notice.part.child.from", "desk.notice.part.child.to");
  if (form.parts.contains("grade"))
    add_range(out, view, "grade", "desk.notice.part.grade.from", "desk.notice.part.grade.to");
  if (form.parts.contains("age"))
    add_range(out, view, "age", "desk.notice.part.age.from", "desk.notice.part.age.to");
  if (form.parts.contains("handbook"))
    out.push_back(choice_of(view, "said.handbook", words("desk.notice.part.handbook"), "notice.handbook.",
                            kHandbooks, said("handbook"), Kind::Multiple));
  if (form.parts.contains("role"))
    out.push_back(choice_of(view, "said.role", words("desk.notice.part.role"), "notice.role.", kRoles,
                            said("role"), Kind::Multiple));
  if (form.parts.contains("language")) {
    std::vector<screen::Option> options;
    for (const words::Language& one : words::languages())
      options.push_back(screen::option(
          std::string(one.tag), words.language_name(one.tag),
          (" " + said("language") + ", ").find(" " + std::string(one.tag) + ",") != std::string::npos));
    out.push_back(screen::choice("said.language", words("desk.notice.part.language"), Kind::Multiple,
                                 std::move(options)));
  }
}

std::string range_text(const std::map<std::string, std::string>& said, const std::string& part,
                       const char* from_unit, const char* to_unit) {
  const auto value = [&](const std::string& key, const char* unit) {
    const auto found = said.find(part + key);
    return found == said.end() || found->second.empty() ? std::string() : found->second + unit;
  };
  const std::string from = value(".from", from_unit), to = value(".to", to_unit);
  return from.empty() && to.empty() ? "" : from + ".." + to;
}

void add_words(Nodes& out, const NoticeView& view) {
  const NoticeForm& form = view.place.form;
  const auto& words = view.words;
  std::vector<screen::Option> options;
  for (const words::Language& one : words::languages()) {
    const NoticeText* there = form.find(one.tag);
    const std::string name = words.language_name(one.tag);
    const bool written = there && !there->title.empty();
    options.push_back(screen::option(std::string(one.tag),
                                     written ? words("desk.notice.written", {{"language", name}}) : name,
                                     one.tag == form.language));
  }
  out.push_back(screen::choice("language", words("desk.notice.language"), Kind::Single, std::move(options)));
  const NoticeText* text = form.find(form.language);
  screen::Node title =
      screen::field("title", words("desk.notice.headline"), Kind::Text, text ? text->title : "");
  title.max_length = 60;
  title.required = form.language == form.texts[0].language;
  if (form.tried && form.texts[0].title.empty() && title.required)
    title.error = words("desk.notice.headline.missing");
  title.version = form.language;
  out.push_back(std::move(title));
  screen::Node body =
      screen::field("text", words("desk.notice.text"), Kind::Multiline, text ? text->text : "");
  body.max_length = 4000;
  body.hint = words("desk.notice.text.hint");
  body.version = form.language;
  out.push_back(std::move(body));
}

void add_times(Nodes& out, const NoticeView& view) {
  const NoticeForm& form = view.place.form;
  const auto& words = view.words;
  const auto add = [&](const char* id, const char* key, Kind kind, const std::string& value) {
    out.push_back(screen::field(id, words(key), kind, value));
  };
  add("from_day", "desk.notice.from.day", Kind::Date, form.from_day);
  add("from_time", "desk.notice.from.time", Kind::Time, form.from_time);
  add("until_day", "desk.notice.until.day", Kind::Date, form.until_day);
  add("event_day", "desk.notice.event.day", Kind::Date, form.event_day);
  add("event_from", "desk.notice.event.from", Kind::Time, form.event_from);
  add("event_to", "desk.notice.event.to", Kind::Time, form.event_to);
  add("place", "desk.notice.place", Kind::Text, form.place);
  add("link", "desk.notice.link", Kind::Text, form.link);
  if (form.tried && !form.link.empty() && !form.link.starts_with("https://"))
    out.back().error = words("desk.notice.link.wrong");
  out.back().max_length = 500;
}

}  // namespace

const NoticeText* NoticeForm::find(std::string_view tag) const {
  for (const NoticeText& one : texts)
    if (one.language == tag) return &one;
  return nullptr;
}

NoticeText& NoticeForm::text() {
  for (NoticeText& one : texts)
    if (one.language == language) return one;
  return texts.emplace_back(NoticeText{language, "", ""});
}

void NoticeForm::compose() {
  segment.clear();
  const auto add = [this](const std::string& keyword, const std::string& value) {
    if (!parts.contains(keyword.substr(0, keyword.find(' '))) || value.empty()) return;
    segment += (segment.empty() ? "" : either ? " or " : " and ") + keyword + " " + value;
  };
  const auto plain = [this](const char* part) { return said.contains(part) ? said.at(part) : std::string(); };
  add("district", plain("district"));
  const std::string child = range_text(said, "child", "m", "y"), grade = range_text(said, "grade", "", "");
  if (!child.empty())
    add("child", child);
  else if (parts.contains("child"))
    add("child", "any");
  if (!grade.empty() && parts.contains("grade"))
    segment += (segment.empty() ? "" : either ? " or " : " and ") + ("child grade " + grade);
  add("age", range_text(said, "age", "", ""));
  add("handbook", plain("handbook").empty() ? "any" : plain("handbook"));
  add("role", plain("role"));
  add("language", plain("language"));
}

NoticeForm form_of(const Draft& draft) {
  NoticeForm out;
  out.texts = draft.body.texts;
  out.language = out.texts[0].language;
  for (const auto& [name, importance] : kImportances)
    if (importance == draft.header.importance) out.importance = name;
  out.theme = draft.header.theme;
  out.segment = draft.header.segment;
  out.link = draft.body.link;
  out.place = draft.body.place;
  const auto clock = [](Instant at) {
    const int minutes = base::time_of(at).minutes;
    const std::string hour = std::to_string(minutes / 60), minute = std::to_string(minutes % 60);
    return (hour.size() < 2 ? "0" : "") + hour + (minute.size() < 2 ? ":0" : ":") + minute;
  };
  if (draft.header.from) {
    out.from_day = base::date_of(*draft.header.from).iso();
    out.from_time = clock(*draft.header.from);
  }
  if (draft.header.until) out.until_day = base::date_of(draft.header.until->plus_seconds(-1)).iso();
  if (draft.body.begins) {
    out.event_day = base::date_of(*draft.body.begins).iso();
    out.event_from = clock(*draft.body.begins);
  }
  if (draft.body.ends) out.event_to = clock(*draft.body.ends);
  return out;
}

Result<Draft> draft_of(const NoticeForm& form) {
  Draft out;
  for (const NoticeText& text : form.texts) {
    const std::string title = base::trimmed(text.title);
    if (!title.empty()) out.body.texts.push_back({text.language, title, base::trimmed(text.text)});
  }
  if (out.body.texts.empty() || form.texts[0].title.empty()) return fail(Code::BadInput, "title");
  MACHI_TRY_SET(segment, parse_segment(form.segment));
  const std::string one_form = segment_text(segment);
  out.header.segment = one_form == "everyone" ? "" : one_form;
  for (const auto& [name, importance] : kImportances)
    if (form.importance == name) out.header.importance = importance;
  out.header.theme = form.theme;
  MACHI_TRY_SET(from, moment(form.from_day, form.from_time, "8:30"));
  MACHI_TRY_SET(until, moment(form.until_day, "", "0:00"));
  MACHI_TRY_SET(begins, moment(form.event_day, form.event_from, "0:00"));
  MACHI_TRY_SET(ends, moment(form.event_to.empty() ? "" : form.event_day, form.event_to, "0:00"));
  out.header.from = from;
  // The last day belongs to it.
  if (until) out.header.until = until->plus_seconds(86400);
  out.body.begins = begins;
  out.body.ends = ends;
  out.body.place = base::trimmed(form.place);
  out.body.link = base::trimmed(form.link);
  if (!out.body.link.empty() && !out.body.link.starts_with("https://")) return fail(Code::BadInput, "link");
  return out;
}

screen::Screen form_view(const NoticeView& view) {
  const NoticeForm& form = view.place.form;
  const auto& words = view.words;
  screen::Screen out = notice_frame(view, "desk.notice.form",
                                    words(form.corrects ? "desk.notice.correct"
                                          : form.of     ? "desk.notice.edit"
                                                        : "desk.notice.new"));
  if (form.corrects) out.main.push_back(screen::text("corrects", words("desk.notice.corrects")));
  if (const auto all = view.desk.templates(); all.ok() && !all->empty() && !form.of) {
    Nodes rows;
    for (const auto& [name, draft] : *all) rows.push_back(screen::row_button("template." + name, name));
    screen::Node group = screen::group("templates", words("desk.notice.templates"),
                                       {screen::list("templates.list", "", std::move(rows))});
    group.collapsed = true;
    out.main.push_back(std::move(group));
  }
  add_words(out.main, view);
  Nodes whom;
  add_parts(whom, view);
  whom.push_back(
      screen::text("sentence", words("desk.notice.whom.is", {{"whom", whom_sentence(form.segment, words)}})));
  screen::Node typed = screen::field("segment", words("desk.notice.segment"), Kind::Text, form.segment);
  typed.max_length = static_cast<std::int32_t>(kSegmentSigns);
  typed.hint = words("desk.notice.segment.hint");
  SegmentFault fault;
  if (!parse_segment(form.segment, &fault).ok())
    typed.error = words("desk.notice.whom.fault", {{"n", std::to_string(fault.at)}});
  whom.push_back(std::move(typed));
  out.main.push_back(screen::group("whom", words("desk.notice.whom"), std::move(whom)));
  Nodes kind;
  std::vector<screen::Option> importances;
  for (const auto& [name, importance] : kImportances)
    importances.push_back(
        screen::option(name, words(std::string("notice.importance.") + name), form.importance == name));
  kind.push_back(
      screen::choice("importance", words("desk.notice.importance"), Kind::Single, std::move(importances)));
  if (form.importance == "emergency") kind.push_back(screen::text("grave", words("desk.notice.grave")));
  kind.push_back(choice_of(view, "theme", words("desk.notice.theme"), "notice.theme.", kThemes, form.theme,
                           Kind::Single));
  out.main.push_back(screen::group("kind", words("desk.notice.about"), std::move(kind)));
  Nodes times;
  add_times(times, view);
  screen::Node when = screen::group("times", words("desk.notice.times"), std::move(times));
  when.collapsed = form.from_day.empty() && form.until_day.empty() && form.event_day.empty() &&
                   form.place.empty() && form.link.empty();
  out.main.push_back(std::move(when));
  screen::Node name = screen::field("name", words("desk.notice.template.name"), Kind::Text, form.name);
  name.max_length = static_cast<std::int32_t>(kEditorSigns);
  screen::Node keep = screen::group("keep", words("desk.notice.template.keep"),
                                    {std::move(name), screen::button("keep.yes", words("household.save"))});
  keep.collapsed = true;
  out.main.push_back(std::move(keep));
  out.foot.push_back(
      screen::button("hand", words("desk.notice.hand"), screen::Importance::Primary, Icon::Send));
  out.foot.push_back(screen::button("back", words("button.back"), screen::Importance::Secondary, Icon::Back));
  return screen::finish(std::move(out));
}

namespace {

bool enter(NoticeForm& form, const screen::Action& action) {
  std::string* const field = action.node == "from_day"     ? &form.from_day
                             : action.node == "from_time"  ? &form.from_time
                             : action.node == "until_day"  ? &form.until_day
                             : action.node == "event_day"  ? &form.event_day
                             : action.node == "event_from" ? &form.event_from
                             : action.node == "event_to"   ? &form.event_to
                             : action.node == "place"      ? &form.place
                             : action.node == "link"       ? &form.link
                             : action.node == "name"       ? &form.name
                             : action.node == "title"      ? &form.text().title
                             : action.node == "text"       ? &form.text().text
                                                           : nullptr;
  if (field) *field = action.value;
  return field != nullptr;
}

std::string listed(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& one : values) out += (out.empty() ? "" : ", ") + one;
  return out;
}

}  // namespace

Result<bool> form_act(NoticeTurn& turn, const screen::Action& action) {
  NoticeForm& form = turn.place.form;
  if (enter(form, action)) return true;
  if (action.node == "language" && action.action == "choose") form.language = action.value;
  if (action.node == "importance" && action.action == "choose") form.importance = action.value;
  if (action.node == "theme" && action.action == "choose") form.theme = action.value;
  if (action.node == "segment") {
    form.segment = action.value;
    form.parts.clear();
    return true;
  }
  if (action.node == "parts" && action.action == "choose") {
    form.parts = {action.values.begin(), action.values.end()};
    form.compose();
    return true;
  }
  if (action.node == "join") {
    form.either = action.value == "any";
    form.compose();
    return true;
  }
  if (const auto part = subject_of(action, "said")) {
    form.said[std::string(*part)] = action.action == "choose" ? listed(action.values) : action.value;
    form.compose();
    return true;
  }
  if (action.action != "press") return true;
  if (const auto name = subject_of(action, "template")) {
    MACHI_TRY_SET(all, turn.desk.templates());
    for (const auto& [called, draft] : all)
      if (called == *name) form = form_of(draft);
    return true;
  }
  form.tried = true;
  const auto draft = draft_of(form);
  if (!draft.ok()) {
    turn.place.notice = turn.view.words("desk.notice.incomplete");
    turn.place.warns = true;
    return true;
  }
  if (action.node == "keep.yes") {
    MACHI_TRY(turn.desk.keep_template(form.name, *draft));
    turn.say("desk.notice.template.kept");
    return true;
  }
  if (action.node != "hand") return false;
  MACHI_TRY_SET(id, turn.desk.write(*draft, form.of, turn.view.now));
  MACHI_TRY_SET(line, turn.desk.book().line(id));
  form = {};
  turn.place.draft = id;
  if (line) turn.place.seen = line->hash;
  turn.place.preview = "ja";
  turn.place.at = NoticePlace::At::One;
  turn.say("desk.notice.handed");
  return true;
}

}  // namespace machi::notice
