// Lists of benefits, and one of them.
#include "core/support/citizen/benefits.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/support/citizen/rules_state.h"

namespace machi::support {

using pages::Context;
using pages::Route;
using pages::Step;
using rules::Answer;
using rules::Benefit;
using rules::Truth;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

namespace {

constexpr int kSoonDays = 60;
constexpr std::size_t kGuideRows = 120;

Node badge_of(const Context& context, const Answer& answer) {
  const std::string id = "is." + context.shelf.pack()->benefits[static_cast<std::size_t>(answer.benefit)].id;
  switch (answer.truth) {
    case Truth::Yes:
      return screen::badge(id, context.words("support.is.yes"), Tone::Success, Icon::Check);
    case Truth::No:
      return screen::badge(id, context.words("support.is.no"), Tone::Neutral);
    case Truth::Unknown:
      break;
  }
  return screen::badge(id, context.words("support.is.unknown"), Tone::Info, Icon::Help);
}

Node row_of(const Context& context, const Shown& shown, const Answer& answer, bool with_badge) {
  const Benefit& benefit = shown.benefit(answer.benefit);
  std::string hint = amount_of(context, answer);
  if (hint.empty()) hint = kind_name(context.words, benefit.kind);
  Nodes badges;
  if (with_badge) badges.push_back(badge_of(context, answer));
  return screen::row_button("benefit." + benefit.id, said(context, benefit.name), hint, std::move(badges));
}

const Answer* answer_on(const Shown& shown, const std::string& id) {
  if (shown.pack == nullptr) return nullptr;
  const int index = shown.pack->benefit_of(id);
  for (const Answer& one : shown.decided)
    if (one.benefit == index && index >= 0) return &one;
  return nullptr;
}

// "特別児童扶養手当等の支給に関する法律 第26条の2（2025年4月1日）", or that it is invented.
std::string source_of(const Context& context, const rules::Source& source) {
  const auto& words = context.words;
  std::string out = source.invented ? words("support.source.invented") : source.law;
  for (const std::string& more : {source.article, source.page})
    if (!more.empty()) out += (out.empty() ? "" : " ") + more;
  if (source.as_of) out += words("support.source.as-of", {{"date", words.birth(*source.as_of)}});
  return out;
}

std::string becomes(const Context& context, const Shown& shown, const Change& change) {
  const auto& words = context.words;
  if (change.fact >= 0)
    return words("support.change.ends", {{"what", said(context, shown.fact(change.fact).label)}});
  const std::string name = said(context, shown.benefit(change.benefit).name);
  const char* key = change.becomes == Truth::Yes  ? "support.change.begins"
                    : change.becomes == Truth::No ? "support.change.stops"
                                                  : "support.change.again";
  return words(key, {{"what", name}});
}
std::string id_of(const Shown& shown, const Change& change) {
  return change.fact >= 0 ? "fact." + shown.fact(change.fact).id
                          : "benefit." + shown.benefit(change.benefit).id;
}

// All that a benefit's page says, for the voice.
std::string spoken(const Context& context, const Shown& shown, const Answer& answer) {
  const Benefit& benefit = shown.benefit(answer.benefit);
  const std::string language = tongue(*shown.pack, context.words);
  std::string out = said(context, benefit.name) + "\n" + rules::explain(*shown.pack, answer, language) + "\n";
  for (const rules::Text* part :
       {&benefit.how, &benefit.where, &benefit.documents, &benefit.deadline, &benefit.note})
    if (!part->empty()) out += said(context, *part) + "\n";
  return out;
}

}  // namespace

screen::Screen Benefits::mine(const Context& context, const Shown& shown, const Route& route) const {
  const auto& words = context.words;
  const int yes = shown.count(Truth::Yes);
  screen::Screen out = pages::frame(context, route, words.count("support.mine.title", yes));
  for (Node& node : rules_trouble(context)) out.main.push_back(std::move(node));
  if (shown.pack == nullptr) return out;
  out.main.push_back(screen::text("about", words("support.about", {{"name", called(words, shown.who)}})));
  Node promise = screen::text("promise", words("support.promise"));
  promise.icon = Icon::Lock;
  out.main.push_back(std::move(promise));
  out.main.push_back(
      screen::button("answers", words("support.answers.change"), Importance::Tertiary, Icon::Edit));
  std::map<std::string, Nodes> by_kind;
  std::vector<std::string> kinds;
  for (const Answer& one : shown.decided) {
    if (one.truth != Truth::Yes) continue;
    const std::string& kind = shown.benefit(one.benefit).kind;
    if (!by_kind.contains(kind)) kinds.push_back(kind);
    by_kind[kind].push_back(row_of(context, shown, one, false));
  }
  for (const std::string& kind : kinds)
    out.main.push_back(screen::group("kind." + kind, kind_name(words, kind),
                                     {screen::list("list." + kind, "", std::move(by_kind[kind]))}));
  if (kinds.empty()) out.main.push_back(screen::empty("none", words("support.mine.none")));

  const int next = shown.next_question();
  const int open = shown.count(Truth::Unknown);
  if (open > 0 && next >= 0) {
    Nodes inside{screen::text("open.count", words.count("support.open", open)),
                 in_tongue(context, screen::text("open.next", said(context, shown.fact(next).question)),
                           &shown.fact(next).question),
                 screen::button("ask", words("support.ask.go"),
                                yes == 0 ? Importance::Primary : Importance::Secondary, Icon::Edit)};
    out.main.push_back(screen::group("open", words("support.open.title"), std::move(inside)));
  }
  // What nobody on this phone can say, the town can.
  Nodes desk;
  for (const Answer& one : shown.decided) {
    if (one.truth != Truth::Unknown || next >= 0) continue;
    Node row = row_of(context, shown, one, false);
    // Whom that name tells nothing finds it on the benefit's own page.
    const rules::Text& where = shown.benefit(one.benefit).where;
    if (foreign_of(context, where).empty()) row.hint = said(context, where);
    desk.push_back(std::move(row));
  }
  if (!desk.empty()) {
    out.main.push_back(screen::group("ask-here", words("support.ask-here"),
                                     {screen::text("ask-here.why", words("support.ask-here.why")),
                                      screen::list("ask-here.list", "", std::move(desk))}));
  }
  for (Node& node : rules_date(context)) out.main.push_back(std::move(node));
  out.main.push_back(screen::text("estimate", words("support.estimate")));
  return out;
}

std::optional<screen::Screen> Benefits::one(const Context& context, const Shown& shown,
                                            const Route& route) const {
  const Answer* answer = answer_on(shown, route.subject);
  if (answer == nullptr) return std::nullopt;
  const auto& words = context.words;
  const Benefit& benefit = shown.benefit(answer->benefit);
  screen::Screen out = pages::frame(context, route, said(context, benefit.name));
  out.main.back().language = foreign_of(context, benefit.name);
  out.main.push_back(badge_of(context, *answer));
  if (const std::string amount = amount_of(context, *answer); !amount.empty())
    out.main.push_back(screen::facts("sums", "", {screen::fact("amount", words("support.amount"), amount)}));
  const std::string why = rules::explain(*shown.pack, *answer, tongue(*shown.pack, words));
  Nodes reasons{in_tongue(context, screen::text("why.text", why))};
  if (answer->question >= 0 && answer->truth != Truth::No)
    reasons.push_back(screen::button("question", words("support.ask.go"), Importance::Primary, Icon::Edit));
  out.main.push_back(screen::group("why", words("support.why"), std::move(reasons)));
  Nodes facts;
  const auto add = [&](const char* id, const char* key, const rules::Text& text) {
    if (text.empty()) return;
    facts.push_back(in_tongue(context, screen::fact(id, words(key), said(context, text)), &text));
  };
  add("how", "support.how", benefit.how);
  add("where", "support.where", benefit.where);
  add("documents", "support.documents", benefit.documents);
  add("deadline", "support.deadline", benefit.deadline);
  add("note", "support.note", benefit.note);
  if (benefit.to) facts.push_back(screen::fact("until", words("support.until"), words.birth(*benefit.to)));
  facts.push_back(screen::fact("source", words("support.source"), source_of(context, benefit.source)));
  // The names of laws stand as they are.
  if (!benefit.source.invented) facts.back().language = words.foreign(shown.pack->languages.front());
  out.main.push_back(screen::facts("facts", words("support.apply"), std::move(facts)));
  if (answer->next) {
    const Change change{answer->next->on, answer->benefit, -1, answer->next->becomes};
    out.main.push_back(screen::alert("next",
                                     words("support.change", {{"date", words.birth(change.on)},
                                                              {"what", becomes(context, shown, change)}}),
                                     Tone::Info));
    out.main.back().icon = Icon::Calendar;
  }
  const auto reminders = PersonBook(context.database).reminders(shown.who.id);
  const bool reminded = reminders.contains("benefit." + benefit.id);
  if (answer->truth != Truth::No)
    out.main.push_back(screen::button(reminded ? "forget" : "remind",
                                      words(reminded ? "support.remind.drop" : "support.remind"),
                                      Importance::Secondary, Icon::Clock));
  out.main.push_back(screen::button("speak", words(speaking_ ? "support.speak.stop" : "support.speak"),
                                    Importance::Tertiary));
  for (Node& node : rules_date(context)) out.main.push_back(std::move(node));
  out.main.push_back(screen::text("estimate", words("support.estimate")));
  return out;
}

screen::Screen Benefits::coming(const Context& context, const Shown& shown, const Route& route) const {
  const auto& words = context.words;
  screen::Screen out = pages::frame(context, route, words("support.changes"));
  out.main.push_back(screen::text("what", words("support.changes.what")));
  const auto kept = PersonBook(context.database).reminders(shown.who.id);
  Nodes wanted;
  for (const auto& [what, on] : kept) {
    if (!what.starts_with("benefit.")) continue;
    const Answer* answer = answer_on(shown, what.substr(8));
    if (answer == nullptr) continue;
    wanted.push_back(row_of(context, shown, *answer, true));
    wanted.back().id = "reminder." + shown.benefit(answer->benefit).id;
  }
  if (!wanted.empty())
    out.main.push_back(screen::group("wanted", words("support.remind.list"),
                                     {screen::list("wanted.list", "", std::move(wanted))}));
  Nodes rows;
  for (const Change& one : changes(shown)) {
    const std::string id = id_of(shown, one);
    Nodes badges;
    if (one.on <= shown.today.plus(kSoonDays))
      badges.push_back(screen::badge("soon." + id, words("support.soon"), Tone::Warning, Icon::Clock));
    rows.push_back(screen::row_button("change." + id, becomes(context, shown, one), words.birth(one.on),
                                      std::move(badges)));
  }
  if (rows.empty())
    out.main.push_back(screen::empty("none", words("support.changes.none")));
  else
    out.main.push_back(screen::list("list", words("support.changes"), std::move(rows)));
  if (!changes(shown).empty())
    out.main.push_back(
        screen::button("calendar", words("support.calendar"), Importance::Secondary, Icon::Calendar));
  return out;
}

screen::Screen Benefits::guide(const Context& context, const Shown& shown, const Route& route) const {
  const auto& words = context.words;
  screen::Screen out = pages::frame(context, route, words("support.guide"));
  for (Node& node : rules_trouble(context)) out.main.push_back(std::move(node));
  if (shown.pack == nullptr) return out;
  Node field = screen::field("search", words("support.search"), Kind::Text, words_);
  field.hint = words("support.search.hint");
  field.max_length = 40;
  out.main.push_back(std::move(field));
  std::vector<std::string> kinds;
  for (const Benefit& one : shown.pack->benefits)
    if (std::find(kinds.begin(), kinds.end(), one.kind) == kinds.end()) kinds.push_back(one.kind);
  std::vector<screen::Option> options{screen::option("all", words("support.kind.all"), kind_ == "all")};
  for (const std::string& kind : kinds)
    options.push_back(screen::option(kind, kind_name(words, kind), kind_ == kind));
  out.main.push_back(screen::choice("kind", words("support.kind"), Kind::Single, std::move(options)));
  const std::string wanted = base::search_form(words_);
  Nodes rows;
  for (const Answer& one : shown.decided) {
    const Benefit& benefit = shown.benefit(one.benefit);
    if (kind_ != "all" && benefit.kind != kind_) continue;
    if (!wanted.empty()) {
      std::string all;
      for (const rules::Text* text : {&benefit.name, &benefit.how, &benefit.where, &benefit.documents,
                                      &benefit.deadline, &benefit.note})
        for (const auto& [language, line] : *text) all += line + "\n";
      if (base::search_form(all).find(wanted) == std::string::npos) continue;
    }
    if (rows.size() < kGuideRows) rows.push_back(row_of(context, shown, one, true));
  }
  out.announce = words.count("support.guide.found", static_cast<std::int64_t>(rows.size()));
  out.main.push_back(screen::text("found", out.announce));
  if (rows.empty())
    out.main.push_back(screen::empty("none", words("support.guide.none")));
  else
    out.main.push_back(screen::list("list", words("support.guide"), std::move(rows)));
  return out;
}

int Benefits::soon(const Context& context, const Shown& shown) {
  int out = static_cast<int>(PersonBook(context.database).reminders(shown.who.id).size());
  for (const Change& one : changes(shown)) out += one.on <= shown.today.plus(kSoonDays) ? 1 : 0;
  return out;
}

Step Benefits::act(const Context& context, const Shown& shown, const Route& route,
                   const screen::Action& action) {
  if (action.node == "search" && action.action == "enter") words_ = base::trimmed(action.value);
  if (action.node == "kind" && action.action == "choose") kind_ = action.value;
  if (action.action != "press") return {};
  for (const std::string_view begin : {"benefit.", "reminder.", "change.benefit."})
    if (action.node.starts_with(begin)) return pages::go_to(kOne, action.node.substr(begin.size()));
  if (action.node.starts_with("change.fact.")) return pages::go_to(kAsk, action.node.substr(12));
  if (action.node == "answers") return pages::go_to(kAnswers);
  if (action.node == "ask") return pages::go_to(kAsk);
  if (action.node == "calendar") {
    std::string all;
    for (const Change& one : changes(shown))
      all += calendar_day(id_of(shown, one), words::plain(becomes(context, shown, one)), one.on, context.now);
    Step out;
    const std::string file =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Machikado//support//EN\r\n" + all + "END:VCALENDAR\r\n";
    out.save = pages::File{"support.ics", "text/calendar", base::copy(base::view(file))};
    return out;
  }
  const Answer* answer = answer_on(shown, route.subject);
  if (route.name != kOne || answer == nullptr) return {};
  const std::string what = "benefit." + route.subject;
  PersonBook book(context.database);
  if (action.node == "question") return pages::go_to(kAsk, shown.fact(answer->question).id);
  if (action.node == "remind") (void)book.remind(shown.who.id, what, shown.today);
  if (action.node == "forget") (void)book.drop_reminder(shown.who.id, what);
  if (action.node == "speak") {
    speaking_ = !speaking_;
    Step out;
    const std::string text = speaking_ ? spoken(context, shown, *answer) : "";
    out.speak = {text, tongue(*shown.pack, context.words)};
    return out;
  }
  return {};
}

std::string calendar_day(const std::string& uid, const std::string& title, base::Date on, base::Instant now) {
  const auto basic = [](base::Date day) {
    std::string out = day.iso();
    std::erase(out, '-');
    return out;
  };
  std::string safe;
  for (const char sign : title) {
    if (sign == ',' || sign == ';' || sign == '\\') safe += '\\';
    if (sign == '\n')
      safe += "\\n";
    else
      safe += sign;
  }
  // Lines of at most 75 octets, broken between characters (RFC 5545, 3.1).
  std::string summary = "SUMMARY:" + safe, folded;
  std::size_t width = 0;
  for (const char sign : summary) {
    const bool begins = (static_cast<unsigned char>(sign) & 0xC0) != 0x80;
    if (begins && width >= 71) folded += "\r\n ", width = 1;
    folded += sign;
    ++width;
  }
  return "BEGIN:VEVENT\r\nUID:" + uid + "." + basic(on) +
         "@machikado\r\nDTSTAMP:" + basic(base::date_of(now)) +
         "T000000Z\r\nDTSTART;VALUE=DATE:" + basic(on) + "\r\nDTEND;VALUE=DATE:" + basic(on.plus(1)) +
         "\r\n" + folded + "\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:" + "-" +
         "\r\nTRIGGER:-P7D\r\nEND:VALARM\r\nEND:VEVENT\r\n";
}

}  // namespace machi::support
