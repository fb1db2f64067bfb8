// A day as it came to be: numbers by class and disease, who was not simply present, and the official record
// to keep once the day is closed. Pure over the tables.
#include "core/absence/desk/page.h"
#include "core/absence/desk/sheets/outputs.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr int kDaysBack = 400;

// The day that the page shows: never one to come.
Date shown(const DeskScene& scene) {
  const Date today = base::date_of(scene.now);
  Date day = scene.place.record_day.value_or(today);
  for (int n = 0; n < kDaysBack && (day > today || !scene.school.days().open(day)); ++n) day = day.plus(-1);
  return day;
}

std::optional<Date> beside(const DeskScene& scene, Date from, int direction) {
  const Date today = base::date_of(scene.now);
  for (int n = 1; n <= kDaysBack; ++n) {
    const Date day = from.plus(n * direction);
    if (day > today) return std::nullopt;
    if (scene.school.days().open(day)) return day;
  }
  return std::nullopt;
}

Nodes counts_row(const words::Words& words, const std::string& id, const std::string& of,
                 const Counts& counts) {
  std::vector<std::string> texts = counts_cells(words, counts);
  Nodes cells;
  cells.reserve(texts.size() + 1);
  cells.push_back(screen::cell("class." + id, of));
  std::size_t at = 0;
  for (std::string& text : texts)
    cells.push_back(screen::cell("c" + std::to_string(at++) + "." + id, std::move(text)));
  return cells;
}

}  // namespace

Node counts_table(const words::Words& words, std::string id, std::string name, std::string_view of,
                  const std::vector<CountsLine>& lines) {
  std::vector<screen::Column> columns;
  for (const std::string& head : counts_head(words, of))
    columns.push_back({"c" + std::to_string(columns.size()), head});
  Nodes rows;
  rows.reserve(lines.size());
  for (const CountsLine& line : lines)
    rows.push_back(screen::table_row("row." + line.id, counts_row(words, line.id, line.name, line.counts)));
  return screen::table(std::move(id), std::move(name), std::move(columns), std::move(rows));
}

namespace {

Node who_table(const DeskScene& scene, const WholeDay& whole) {
  const auto& words = scene.words;
  Nodes rows;
  for (const ClassDay& one : whole)
    for (const auto& [pupil, day] : one.pupils) {
      if (!stands_out(mark_of(day))) continue;
      const std::string id = pupil.record.pupil.hex();
      Node sign = screen::cell("mark." + id, mark_sign(words, mark_of(day)));
      rows.push_back(screen::table_row(
          "pupil." + id,
          {screen::cell("of." + id, class_name(words, one.of)),
           screen::cell("name." + id, pupil_name(words, pupil)), std::move(sign),
           day.report ? cause_cell(words, "cause." + id, *day.report) : screen::cell("cause." + id, "")}));
    }
  if (rows.empty()) return screen::text("who.none", words("desk.record.who.none"));
  return screen::table("who.table", words("desk.record.who"),
                       {{"of", words("desk.count.class")},
                        {"name", words("desk.column.pupil")},
                        {"mark", words("desk.record.sign")},
                        {"cause", words("desk.count.reason")}},
                       std::move(rows));
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const Date day = shown(scene);
  const std::string title = words("desk.record.title", {{"date", words.date(day)}});
  screen::Screen out = desk_frame(scene, "desk.record", title);
  out.main.push_back(screen::heading("heading", title));
  Nodes turns{screen::button("record.previous", words("desk.day.previous"))};
  if (beside(scene, day, 1)) turns.push_back(screen::button("record.next", words("desk.day.next")));
  out.main.push_back(screen::group("day", "", std::move(turns)));
  if (scene.school.roll().empty()) {
    out.main.push_back(screen::progress("roll", words("desk.roll.coming")));
    return screen::finish(std::move(out));
  }
  const auto closed = scene.school.book().closed(day);
  if (closed) {
    const std::string time = words.moment(closed->at, scene.now);
    out.main.push_back(screen::alert("closed",
                                     closed->by.empty()
                                         ? words("desk.record.closed.nobody", {{"time", time}})
                                         : words("desk.record.closed", {{"time", time}, {"by", closed->by}}),
                                     Tone::Success));
  } else {
    out.main.push_back(screen::alert("open", words("desk.record.open"), Tone::Info));
  }
  const auto seen = scene.school.seen(day);
  const WholeDay& whole = *seen;
  for (const std::string& note : day_notes(words, scene.school, whole, day))
    out.main.push_back(screen::alert("note." + std::to_string(out.main.size()), note, Tone::Warning));
  const auto classes = count_day(whole);
  std::vector<CountsLine> lines;
  for (const ClassCounts& one : classes)
    lines.push_back({one.of.id.hex(), class_name(words, one.of), one.counts});
  lines.push_back({"all", words("desk.record.all"), sum_of(classes)});
  out.main.push_back(screen::group(
      "classes", words("desk.record.classes"),
      {counts_table(words, "classes.table", words("desk.record.classes"), "desk.count.class", lines)}));
  out.main.push_back(screen::group("who", words("desk.record.who"), {who_table(scene, whole)}));
  out.main.push_back(outputs_group(scene));
  if (closed) {
    Node save = screen::button("record.save", words("desk.record.save"), Importance::Primary);
    save.hint = words("desk.record.save.hint");
    save.busy = scene.drawing;
    out.foot.push_back(std::move(save));
  }
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  const Date day = shown(turn.scene);
  const auto& words = turn.scene.words;
  if (action.node == "record.previous" || action.node == "record.next") {
    if (const auto to = beside(turn.scene, day, action.node == "record.next" ? 1 : -1))
      turn.place.record_day = to;
    return true;
  }
  if (action.node == "print") return turn.wish.print = true;
  if (action.node == "save.csv")
    turn.wish.save = day_csv(words, turn.school, day);
  else if (action.node == "save.pdf")
    turn.wish.paper = day_paper(words, turn.school, day, turn.scene.school_name);
  else if (action.node == "record.save" && turn.school.book().closed(day))
    turn.wish.record = RecordToKeep{day, day_csv(words, turn.school, day),
                                    day_paper(words, turn.school, day, turn.scene.school_name)};
  else
    return false;
  return true;
}

}  // namespace

const Page kRecordPage{DeskPage::Record, "record", Icon::Check, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
