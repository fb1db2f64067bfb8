// The class list: a file is chosen, every mistake is named by line and column, and what the list would change
// is shown before anything is taken over. Pure over the tables.
#include "core/absence/desk/roll/list.h"

#include "core/absence/content.h"
#include "core/absence/desk/page.h"
#include "core/absence/school_day.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;
using What = ListMistake::What;

constexpr std::size_t kMistakesShown = 50;
constexpr std::size_t kLinesShown = 200;
constexpr std::string_view kAccepts = ".csv,.txt,text/csv";

std::string column_name(const words::Words& words, const std::optional<ListColumn>& column) {
  if (!column) return words("desk.list.column.all");
  switch (*column) {
    case ListColumn::Grade:
      return words("desk.list.column.grade");
    case ListColumn::Class:
      return words("desk.list.column.class");
    case ListColumn::Number:
      return words("desk.list.column.number");
    case ListColumn::Name:
      return words("desk.list.column.name");
    case ListColumn::Reading:
      return words("desk.list.column.reading");
    case ListColumn::Birth:
      return words("desk.list.column.birth");
    case ListColumn::Telephone:
      return words("desk.list.column.telephone");
    case ListColumn::Teacher:
      return words("desk.list.column.teacher");
  }
  return "";
}

std::string what_is_wrong(const words::Words& words, const ListMistake& mistake) {
  const std::string other = std::to_string(mistake.other);
  switch (mistake.what) {
    case What::NoLines:
      return words("desk.list.wrong.no-lines");
    case What::ColumnMissing:
      return words("desk.list.wrong.column-missing");
    case What::ColumnTwice:
      return words("desk.list.wrong.column-twice");
    case What::Unreadable:
      return words("desk.list.wrong.unreadable");
    case What::OpenQuote:
      return words("desk.list.wrong.open-quote");
    case What::Empty:
      return words("desk.list.wrong.empty");
    case What::NotGrade:
      return words("desk.list.wrong.grade");
    case What::NotNumber:
      return words("desk.list.wrong.number");
    case What::NotDate:
      return words("desk.list.wrong.date");
    case What::NotTelephone:
      return words("desk.list.wrong.telephone");
    case What::TooLong:
      return words("desk.list.wrong.too-long");
    case What::NumberTwice:
      return words("desk.list.wrong.number-twice", {{"line", other}});
    case What::PupilTwice:
      return words("desk.list.wrong.pupil-twice", {{"line", other}});
    case What::ClassTooLarge:
      return words("desk.list.wrong.class-too-large");
    case What::TooMany:
      return words("desk.list.wrong.too-many");
  }
  return "";
}

void add_mistakes(const DeskScene& scene, const ListDraft& draft, Nodes& main) {
  const auto& words = scene.words;
  const auto& mistakes = draft.list.mistakes;
  Node alert =
      screen::alert("mistakes", words.count("desk.list.mistakes", static_cast<std::int64_t>(mistakes.size())),
                    Tone::Danger);
  alert.hint = words("desk.list.mistakes.next");
  main.push_back(std::move(alert));
  Nodes rows;
  for (const ListMistake& mistake : mistakes) {
    if (rows.size() == kMistakesShown) break;
    const std::string id = "mistake." + std::to_string(rows.size());
    rows.push_back(screen::table_row(
        id, {screen::cell(id + ".line", mistake.line == 0
                                            ? ""
                                            : words("desk.list.line", {{"n", std::to_string(mistake.line)}})),
             screen::cell(id + ".column", column_name(words, mistake.column)),
             screen::cell(id + ".what", what_is_wrong(words, mistake)),
             screen::cell(id + ".value", mistake.value)}));
  }
  main.push_back(screen::table("mistakes.table", words("desk.list.mistakes.table"),
                               {{"line", words("desk.list.column.line")},
                                {"column", words("desk.list.column.column")},
                                {"what", words("desk.list.column.what")},
                                {"value", words("desk.list.column.value")}},
                               std::move(rows)));
}

Node what_badge(const words::Words& words, std::string id, PlanLine::What what) {
  switch (what) {
    case PlanLine::What::Fresh:
      return screen::badge(std::move(id), words("desk.list.fresh"), Tone::Success, Icon::Add);
    case PlanLine::What::Moves:
      return screen::badge(std::move(id), words("desk.list.moves"), Tone::Neutral);
    case PlanLine::What::Changed:
      return screen::badge(std::move(id), words("desk.list.changed"), Tone::Info, Icon::Edit);
    case PlanLine::What::Leaves:
      return screen::badge(std::move(id), words("desk.list.leaves"), Tone::Warning, Icon::Close);
  }
  return {};
}

Node plan_row(const DeskScene& scene, const PlanLine& line) {
  const auto& words = scene.words;
  const std::string id = line.record.pupil.hex();
  Node name = screen::cell("name." + id, words.name(line.record.name, line.record.reading));
  if (line.look) name.hint = words("desk.list.was", {{"was", line.was}});
  Node place = screen::cell("place." + id, line.what == PlanLine::What::Leaves ? line.before : line.after);
  if (!line.before.empty() && !line.after.empty() && line.before != line.after)
    place.hint = words("desk.list.was", {{"was", line.before}});
  Node row = screen::table_row("plan." + id,
                               {screen::cell("what." + id, "", {what_badge(words, "badge." + id, line.what)}),
                                std::move(name), std::move(place)});
  if (line.look) row.tone = Tone::Warning;
  return row;
}

void add_plan(const DeskScene& scene, const ListDraft& draft, Nodes& main) {
  const auto& words = scene.words;
  const RollPlan& plan = draft.plan;
  const auto n = [](int number) { return std::to_string(number); };
  Node sums = screen::text("sums", words("desk.list.sums", {{"fresh", n(plan.fresh)},
                                                            {"changed", n(plan.changed)},
                                                            {"moves", n(plan.moves)},
                                                            {"leaves", n(plan.leaves)},
                                                            {"same", n(plan.same)}}));
  sums.importance = Importance::Primary;
  main.push_back(std::move(sums));
  if (!scene.school.roll().empty())
    main.push_back(screen::choice(
        "scope", words("desk.list.scope"), screen::Kind::Cards,
        {screen::option("school", words("desk.list.scope.school"), draft.scope == ListScope::School,
                        words("desk.list.scope.school.hint")),
         screen::option("classes", words("desk.list.scope.classes"), draft.scope == ListScope::Classes,
                        words("desk.list.scope.classes.hint"))}));
  if (plan.leaves > 0) {
    Node alert = screen::alert("leaving", words.count("desk.list.leaving", plan.leaves), Tone::Warning);
    alert.hint = words("desk.list.leaving.hint");
    main.push_back(std::move(alert));
  }
  if (plan.empty()) {
    main.push_back(screen::empty("none", words("desk.list.nothing")));
    return;
  }
  if (!scene.school.roll().empty()) {
    Node from = screen::field("from", words("desk.list.from"), screen::Kind::Date, draft.from.iso());
    from.options.push_back(screen::option(draft.from.iso(), words.date(draft.from), true));
    from.hint = words("desk.list.from.hint");
    main.push_back(std::move(from));
  }
  main.push_back(screen::button("take", words("desk.list.take"), Importance::Primary, Icon::Check));
  main.push_back(screen::button("drop", words("desk.list.drop")));
  Nodes rows;
  for (const PlanLine& line : plan.lines)
    if (rows.size() < kLinesShown) rows.push_back(plan_row(scene, line));
  if (rows.empty()) return;
  Node table = screen::table("plan", words("desk.list.plan"),
                             {{"what", words("desk.list.column.change")},
                              {"pupil", words("desk.column.pupil")},
                              {"place", words("desk.list.column.place")}},
                             std::move(rows));
  if (plan.lines.size() > kLinesShown)
    table.hint = words("desk.list.more", {{"n", std::to_string(plan.lines.size() - kLinesShown)}});
  main.push_back(std::move(table));
}

std::string encoding_name(const words::Words& words, const std::string& encoding) {
  if (encoding == "mixed") return words("desk.list.encoding.mixed");
  if (encoding == "shift_jis") return "Shift_JIS";
  return encoding.starts_with("utf-16") ? "UTF-16" : "UTF-8";
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.list", words("desk.list.title"));
  out.main.push_back(screen::link("back", words("button.back"), "", Icon::Back));
  out.main.push_back(screen::heading("heading", words("desk.list.title")));
  out.main.push_back(screen::text("how", words("desk.list.how")));
  out.main.push_back(screen::text("columns", words("desk.list.columns")));
  const ListDraft* draft = scene.place.list.get();
  out.main.push_back(screen::file("file", words(draft ? "desk.list.choose-again" : "desk.list.choose"),
                                  std::string(kAccepts), words("desk.list.choose.hint")));
  if (!draft) return screen::finish(std::move(out));
  out.main.push_back(screen::facts(
      "facts", "",
      {screen::fact("facts.file", words("desk.list.file"), draft->file),
       screen::fact("facts.encoding", words("desk.list.encoding"), encoding_name(words, draft->encoding)),
       screen::fact("facts.lines", words("desk.list.lines"), std::to_string(draft->list.pupils.size()))}));
  if (!draft->list.mistakes.empty())
    add_mistakes(scene, *draft, out.main);
  else
    add_plan(scene, *draft, out.main);
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  const auto plan = [&](ListDraft draft) {
    if (draft.list.mistakes.empty()) draft.plan = turn.school.plan(draft.list, draft.scope);
    turn.place.list = std::make_shared<const ListDraft>(std::move(draft));
  };
  if (action.action == "open" && action.node == "file" && turn.file) {
    turn.place.list.reset();
    if (turn.file->encoding.empty()) {
      turn.place.notice = "desk.list.unopened";
      return true;
    }
    ListDraft draft{content::cleaned(action.value),   turn.file->encoding,
                    read_class_list(turn.file->text), ListScope::School,
                    base::date_of(turn.scene.now),    {}};
    draft.scope = scope_of(turn.school.roll(), draft.list);
    plan(std::move(draft));
    return true;
  }
  if (!turn.place.list) return false;
  if (action.node == "scope") {
    ListDraft draft = *turn.place.list;
    draft.scope = action.value == "school" ? ListScope::School : ListScope::Classes;
    plan(std::move(draft));
    return true;
  }
  if (action.node == "from") {
    ListDraft draft = *turn.place.list;
    const Date today = base::date_of(turn.scene.now);
    if (const auto day = Date::parse(action.value);
        day.ok() && *day >= today.plus(-kDaysAhead) && *day <= today.plus(kDaysAhead))
      draft.from = *day;
    turn.place.list = std::make_shared<const ListDraft>(std::move(draft));
    return true;
  }
  if (action.node == "drop") {
    turn.place.list.reset();
    return true;
  }
  if (action.node != "take" || !turn.place.list->list.mistakes.empty()) return false;
  // The roll may have moved on since the list was read: then what is true now is shown first.
  const RollPlan seen = turn.place.list->plan;
  plan(*turn.place.list);
  const RollPlan& now = turn.place.list->plan;
  if (std::tuple(seen.fresh, seen.changed, seen.moves, seen.leaves) !=
      std::tuple(now.fresh, now.changed, now.moves, now.leaves)) {
    turn.place.notice = "desk.list.moved-on";
    return true;
  }
  MACHI_TRY(turn.school.take_over(now, turn.scene.now, turn.place.list->from));
  turn.place.list.reset();
  turn.place.page = DeskPage::Slips;
  turn.place.notice = "desk.list.taken";
  return true;
}

}  // namespace

const Page kListPage{DeskPage::List, "", Icon::People, DeskPage::Slips, view, act, nullptr};

}  // namespace machi::absence
