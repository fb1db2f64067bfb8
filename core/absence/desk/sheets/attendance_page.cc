// The register of a class for a month: a sheet of marks and sums, to print and to keep. Pure over the tables.
#include "core/absence/desk/page.h"
#include "core/absence/desk/sheets/outputs.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

Date month_of(const DeskScene& scene) {
  const Date now = first_of_month(base::date_of(scene.now));
  return scene.place.month && *scene.place.month <= now ? *scene.place.month : now;
}

std::optional<SchoolClass> class_of(const DeskScene& scene, const std::vector<SchoolClass>& classes) {
  for (const SchoolClass& one : classes)
    if (one.id == scene.place.class_id) return one;
  if (classes.empty()) return std::nullopt;
  return classes.front();
}

MonthSheet sheet_of(const DeskScene& scene, const SchoolClass& one) {
  return scene.school.month(one, month_of(scene), base::date_of(scene.now));
}

// What a day's column is called: its number, its weekday, and what is to be known of the whole day.
std::string day_head(const words::Words& words, const SheetDay& day) {
  std::string head = std::to_string(day.date.day());
  if (!words.easy())
    head += "\n" + words("date.weekday." + std::to_string(static_cast<int>(day.date.weekday())));
  const std::string sign = day_sign(words, day);
  return sign.empty() ? head : head + "\n" + sign;
}

Node sheet_table(const DeskScene& scene, const MonthSheet& sheet, const SchoolClass& one) {
  const auto& words = scene.words;
  std::vector<screen::Column> columns{{"number", words("desk.column.number")},
                                      {"pupil", words("desk.column.pupil")}};
  for (const SheetDay& day : sheet.days) columns.push_back({"day-" + day.date.iso(), day_head(words, day)});
  const SheetGrid grid = sheet_grid(words, sheet);
  const std::size_t sums = 2 + sheet.days.size();
  for (std::size_t i = sums; i < grid.head.size(); ++i)
    columns.push_back({"sum-" + std::to_string(i - sums), grid.head[i]});
  Nodes rows;
  rows.reserve(sheet.rows.size());
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    const Pupil& pupil = sheet.rows[r].pupil;
    const std::string id = pupil.record.pupil.hex();
    Nodes cells;
    cells.reserve(grid.rows[r].size());
    for (std::size_t i = 0; i < grid.rows[r].size(); ++i) {
      Node cell = screen::cell(columns[i].id + "." + id, i == 1 ? pupil_name(words, pupil) : grid.rows[r][i]);
      if (i >= 2 && i < sums && sheet.days[i - 2].lessons == Lessons::Off) cell.tone = Tone::Info;
      cells.push_back(std::move(cell));
    }
    rows.push_back(screen::table_row("row." + id, std::move(cells)));
  }
  Node table = screen::table("sheet", class_name(words, one), std::move(columns), std::move(rows));
  table.kind = screen::Kind::Sheet;
  return table;
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const auto classes = scene.school.roll().classes();
  const auto one = class_of(scene, classes);
  const std::string month = month_name(words, month_of(scene));
  const std::string title =
      one ? words("desk.register.title", {{"class", class_name(words, *one)}, {"month", month}}) : month;
  screen::Screen out = desk_frame(scene, "desk.register", title);
  out.main.push_back(screen::heading("heading", title));
  if (!one) {
    out.main.push_back(screen::progress("roll", words("desk.roll.coming")));
    return screen::finish(std::move(out));
  }
  std::vector<screen::Option> options;
  for (const SchoolClass& each : classes)
    options.push_back(screen::option(each.id.hex(), class_name(words, each), each.id == one->id));
  out.main.push_back(
      screen::choice("class", words("desk.slips.class"), screen::Kind::Single, std::move(options)));
  const MonthSheet sheet = sheet_of(scene, *one);
  Nodes turns{
      screen::text("lessons", words("desk.register.lessons", {{"n", std::to_string(sheet.lessons())}})),
      screen::button("month.previous", words("desk.month.previous"))};
  if (month_of(scene) < first_of_month(base::date_of(scene.now)))
    turns.push_back(screen::button("month.next", words("desk.month.next")));
  out.main.push_back(screen::group("month", "", std::move(turns)));
  if (sheet.open_days > 0)
    out.main.push_back(screen::alert(
        "open", words("desk.register.open", {{"n", std::to_string(sheet.open_days)}}), Tone::Info));
  if (sheet.unseen_days > 0)
    out.main.push_back(screen::alert(
        "unseen", words("desk.register.unseen", {{"n", std::to_string(sheet.unseen_days)}}), Tone::Warning));
  out.main.push_back(sheet_table(scene, sheet, *one));
  for (const std::string& note : sheet_notes(words, sheet))
    out.main.push_back(screen::text("note." + std::to_string(out.main.size()), note));
  out.main.push_back(screen::text("legend", legend(words)));
  out.main.push_back(outputs_group(scene));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  const Date month = month_of(turn.scene);
  if (action.node == "class") {
    MACHI_TRY_SET(id, ClassId::from_hex_text(action.value));
    turn.place.class_id = id;
    return true;
  }
  if (action.node == "month.previous" || action.node == "month.next") {
    turn.place.month =
        first_of_month(action.node == "month.next" ? last_of_month(month).plus(1) : month.plus(-1));
    return true;
  }
  if (action.node == "print") return turn.wish.print = true;
  const auto one = class_of(turn.scene, turn.school.roll().classes());
  if (!one || (action.node != "save.csv" && action.node != "save.pdf")) return false;
  const MonthSheet sheet = sheet_of(turn.scene, *one);
  const auto& words = turn.scene.words;
  if (action.node == "save.csv")
    turn.wish.save = sheet_csv(words, sheet, *one);
  else
    turn.wish.paper = sheet_paper(words, sheet, *one, turn.scene.school_name, turn.scene.now);
  return true;
}

}  // namespace

// Print, CSV, PDF: the same three on every page that can be kept.
Node outputs_group(const DeskScene& scene) {
  const auto& words = scene.words;
  Node pdf = screen::button("save.pdf", words("desk.save.pdf"));
  pdf.busy = scene.drawing;
  return screen::group("outputs", "",
                       {screen::button("print", words("desk.print")),
                        screen::button("save.csv", words("desk.save.csv")), std::move(pdf)});
}

const Page kAttendancePage{
    DeskPage::Attendance, "register", Icon::Calendar, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence
