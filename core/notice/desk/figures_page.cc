// The figures that a town reports: uses, shares and satisfaction of a month as a table, the months beside
// each other as bars, and all of it as a file for a spreadsheet. Of nobody: what is below ten is not shown.
#include "core/base/csv.h"
#include "core/notice/desk/pages.h"

namespace machi::notice {

using screen::Kind;
using screen::Nodes;

namespace {

constexpr std::size_t kMonths = 24;  // to choose from
constexpr std::size_t kBars = 12;

std::string key_of(const Figure& figure) { return "desk.kpi.of." + std::string(figure.name); }

std::string shown(const words::Words& words, std::int64_t count) {
  return count < kShownFrom ? words("desk.kpi.few") : std::to_string(shown_count(count));
}

std::string percent(const std::optional<int>& share) {
  if (!share) return "–";
  return std::to_string(*share / 10) + "." + std::to_string(*share % 10) + " %";
}

std::int64_t opened(const Sums& sums) { return figures_of(sums).front().count; }

}  // namespace

Bytes figures_csv(const std::vector<Sums>& months, const words::Words& words) {
  const auto plain = [&words](const std::string& key) { return words::plain(words(key)); };
  std::vector<base::CsvRow> rows = {
      {plain("desk.kpi.month"), plain("desk.kpi.what"), plain("desk.kpi.count"), plain("desk.kpi.share")}};
  for (const Sums& one : months)
    for (const Figure& figure : figures_of(one))
      rows.push_back({one.month, plain(key_of(figure)), words::plain(shown(words, figure.count)),
                      figure.share ? percent(figure.share) : ""});
  return base::csv_file(rows);
}

screen::Screen figures_view(const NoticeView& view) {
  const auto& words = view.words;
  screen::Screen out = notice_frame(view, "desk.notice.figures", words("desk.kpi.title"));
  out.main.push_back(screen::text("how", words("desk.kpi.how")));
  const auto months = view.desk.months();
  if (!months.ok() || months->empty()) {
    out.main.push_back(screen::empty("none", words("desk.kpi.none")));
    return screen::finish(std::move(out));
  }
  const Sums* chosen = &months->front();
  std::vector<screen::Option> options;
  for (std::size_t i = 0; i < months->size() && i < kMonths; ++i) {
    const Sums& one = (*months)[i];
    if (one.month == view.place.month) chosen = &one;
  }
  for (std::size_t i = 0; i < months->size() && i < kMonths; ++i)
    options.push_back(screen::option((*months)[i].month, (*months)[i].month, &(*months)[i] == chosen));
  out.main.push_back(screen::choice("month", words("desk.kpi.month"), Kind::Single, std::move(options)));
  Nodes rows;
  for (const Figure& figure : figures_of(*chosen)) {
    const std::string id(figure.name);
    Nodes cells;
    cells.push_back(screen::cell("what." + id, words(key_of(figure))));
    cells.push_back(screen::cell("count." + id, shown(words, figure.count)));
    cells.push_back(screen::cell("share." + id, percent(figure.share)));
    rows.push_back(screen::table_row("figure." + id, std::move(cells)));
  }
  out.main.push_back(screen::table("figures", chosen->month,
                                   {{"what", words("desk.kpi.what")},
                                    {"count", words("desk.kpi.count")},
                                    {"share", words("desk.kpi.share")}},
                                   std::move(rows)));
  std::int64_t most = kShownFrom;
  for (std::size_t i = 0; i < months->size() && i < kBars; ++i) most = std::max(most, opened((*months)[i]));
  Nodes bars;
  for (std::size_t i = 0; i < months->size() && i < kBars; ++i) {
    const Sums& one = (*months)[i];
    const std::int64_t count = opened(one);
    bars.push_back(screen::progress("bar." + one.month, one.month + ": " + shown(words, count),
                                    count < kShownFrom ? 0 : static_cast<int>(count * 100 / most)));
  }
  out.main.push_back(screen::group("bars", words("desk.kpi.chart"), std::move(bars)));
  out.main.push_back(screen::button("csv", words("desk.kpi.csv")));
  out.main.push_back(screen::button("print", words("desk.kpi.print")));
  return screen::finish(std::move(out));
}

Result<bool> figures_act(NoticeTurn& turn, const screen::Action& action, NoticeAsk& ask) {
  if (action.node == "month" && action.action == "choose") {
    turn.place.month = action.value;
    return true;
  }
  if (action.action != "press") return false;
  if (action.node == "print") {
    ask.print = true;
    return true;
  }
  if (action.node != "csv") return false;
  MACHI_TRY_SET(months, turn.desk.months());
  ask.save = NoticeFile{"figures.csv", "text/csv", figures_csv(months, turn.view.words)};
  return true;
}

}  // namespace machi::notice
