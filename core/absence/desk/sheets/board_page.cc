// The board of education's desk: a day across the schools, by the sums that each sent when it closed the day.
// Pure.
#include <algorithm>

#include "core/absence/desk/page.h"
#include "core/absence/desk/sheets/outputs.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr int kDaysBack = 400;

Date shown(const DeskScene& scene) {
  const Date today = base::date_of(scene.now);
  Date day = std::min(scene.place.record_day.value_or(today), today);
  for (int n = 0; n < kDaysBack && !scene.school.days().open(day); ++n) day = day.plus(-1);
  return day;
}

std::optional<Date> beside(const DeskScene& scene, Date from, int direction) {
  for (int n = 1; n <= kDaysBack; ++n) {
    const Date day = from.plus(n * direction);
    if (day > base::date_of(scene.now)) return std::nullopt;
    if (scene.school.days().open(day)) return day;
  }
  return std::nullopt;
}

struct BoardDay {
  std::vector<CountsLine> lines;  // schools that closed the day, by name; then the sum
  std::vector<std::string> waiting;
};

// Only offices that the directory calls schools: what another office says of itself is no school's count.
BoardDay day_of_board(const DeskScene& scene, Date day) {
  BoardDay out;
  const auto told = scene.board->on(day);
  Counts sum;
  for (const BoardSchool& school : scene.schools) {
    const auto of = std::find_if(told.begin(), told.end(),
                                 [&](const SchoolSums& one) { return one.school == school.id; });
    if (of == told.end()) {
      out.waiting.push_back(school.name);
      continue;
    }
    out.lines.push_back({school.id.hex(), school.name, of->sums.counts});
    sum.add(of->sums.counts);
  }
  if (!out.lines.empty()) out.lines.push_back({"all", scene.words("desk.board.sum"), sum});
  return out;
}

std::string title_of(const DeskScene& scene, Date day) {
  return scene.words("desk.board.title", {{"date", scene.words.date(day)}});
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const Date day = shown(scene);
  screen::Screen out = desk_frame(scene, "desk.board", title_of(scene, day));
  out.main.push_back(screen::heading("heading", title_of(scene, day)));
  Nodes turns{screen::button("record.previous", words("desk.day.previous"))};
  if (beside(scene, day, 1)) turns.push_back(screen::button("record.next", words("desk.day.next")));
  out.main.push_back(screen::group("day", "", std::move(turns)));
  const BoardDay board = day_of_board(scene, day);
  if (board.lines.empty()) {
    Node none = screen::empty("none", words("desk.board.none"));
    none.hint = words("desk.board.how");
    out.main.push_back(std::move(none));
  } else {
    out.main.push_back(
        counts_table(words, "schools", title_of(scene, day), "desk.board.school", board.lines));
    out.main.push_back(screen::text("how", words("desk.board.how")));
  }
  if (!board.waiting.empty()) {
    Nodes rows;
    for (std::size_t i = 0; i < board.waiting.size(); ++i)
      rows.push_back(screen::row("waiting." + std::to_string(i), board.waiting[i]));
    out.main.push_back(
        screen::group("waiting", words("desk.board.waiting"),
                      {screen::list("waiting.list", words("desk.board.waiting"), std::move(rows))}));
  }
  if (!board.lines.empty()) out.main.push_back(outputs_group(scene));
  return screen::finish(std::move(out));
}

std::vector<CsvRow> rows_of(const DeskScene& scene, Date day) {
  std::vector<CsvRow> rows{counts_head(scene.words, "desk.board.school")};
  for (const CountsLine& line : day_of_board(scene, day).lines) {
    rows.push_back({words::plain(line.name)});
    for (std::string& cell : counts_cells(scene.words, line.counts)) rows.back().push_back(std::move(cell));
  }
  return rows;
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  const DeskScene& scene = turn.scene;
  const Date day = shown(scene);
  if (action.node == "record.previous" || action.node == "record.next") {
    if (const auto to = beside(scene, day, action.node == "record.next" ? 1 : -1)) turn.place.record_day = to;
    return true;
  }
  if (action.node == "print") return turn.wish.print = true;
  if (action.node == "save.csv") {
    turn.wish.save =
        FileToKeep{"schools-" + day.iso() + ".csv", "text/csv;charset=utf-8", csv_file(rows_of(scene, day))};
    return true;
  }
  if (action.node != "save.pdf") return false;
  screen::Paper paper;
  paper.title = words::plain(title_of(scene, day));
  paper.language = scene.words.language();
  paper.lines = {scene.school_name};
  screen::PaperTable table;
  for (CsvRow& row : rows_of(scene, day)) table.rows.push_back({std::move(row)});
  table.widths.assign(table.rows.front().cells.size(), 0);
  table.widths.back() = 1;
  paper.tables.push_back(std::move(table));
  paper.foot = scene.school_name + "  " + day.iso();
  turn.wish.paper = PaperToKeep{"schools-" + day.iso() + ".pdf", std::move(paper)};
  return true;
}

}  // namespace

const Page kBoardPage{DeskPage::Board, "board", Icon::School, DeskPage::Board, view, act, nullptr};

}  // namespace machi::absence
