// Rows, files and documents. Names of files are the same in every language: a school's archive sorts by them.
#include "core/absence/desk/sheets/outputs.h"

#include <algorithm>

#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

constexpr std::string_view kCsv = "text/csv;charset=utf-8";

std::string plain(const std::string& text) { return words::plain(text); }

std::string number(int n) { return std::to_string(n); }

// 2026-11.
std::string month_iso(Date month) { return month.iso().substr(0, 7); }

std::string file_class(const SchoolClass& of) { return number(of.grade) + "-" + of.name; }

CsvRow sums_cells(const Sums& sums) {
  return {number(sums.lessons), number(sums.excluded), number(sums.due),   number(sums.absent),
          number(sums.present), number(sums.late),     number(sums.early), number(sums.unseen)};
}

std::string_view short_name(Mark mark) {
  switch (mark) {
    case Mark::None:
    case Mark::Present:
      return "";
    case Mark::Elsewhere:
    case Mark::Before:
      return "elsewhere";
    case Mark::Unseen:
      return "unseen";
    case Mark::PartOff:
      return "part-off";
    case Mark::Ill:
      return "ill";
    case Mark::Away:
      return "away";
    case Mark::Unannounced:
      return "unannounced";
    case Mark::Excluded:
      return "excluded";
    case Mark::Bereaved:
      return "bereaved";
    case Mark::Late:
      return "late";
    case Mark::LeftEarly:
      return "left-early";
    case Mark::LateAndLeftEarly:
      return "late-left-early";
  }
  return "";
}

// A pupil's status as the official record writes it.
std::string status_word(const words::Words& words, Mark mark) {
  switch (mark) {
    case Mark::None:
    case Mark::PartOff:
      return plain(words("desk.suspension.none"));
    case Mark::Elsewhere:
    case Mark::Before:
      return "";
    case Mark::Unseen:
      return plain(words("desk.meaning.unseen"));
    case Mark::Present:
      return plain(words("desk.sum.present"));
    case Mark::Ill:
    case Mark::Away:
    case Mark::Unannounced:
      return plain(words("desk.sum.absent"));
    case Mark::Excluded:
      return plain(words("desk.count.excluded"));
    case Mark::Bereaved:
      return plain(words("desk.count.bereaved"));
    case Mark::Late:
      return plain(words("desk.sum.late"));
    case Mark::LeftEarly:
      return plain(words("desk.sum.early"));
    case Mark::LateAndLeftEarly:
      return plain(words("desk.sum.late")) + " " + plain(words("desk.sum.early"));
  }
  return "";
}

struct DayRow {
  Mark mark = Mark::Present;
  CsvRow cells;  // class, number, name, reading, status, sign, cause, note, read
};

std::vector<DayRow> day_rows(const words::Words& words, const WholeDay& whole) {
  std::vector<DayRow> out;
  for (const ClassDay& one : whole)
    for (const auto& [pupil, of] : one.pupils) {
      const Mark mark = mark_of(of);
      out.push_back({mark,
                     {class_name(words, one.of), number(pupil.record.number), pupil.record.name,
                      pupil.record.reading, status_word(words, mark), mark_sign(words, mark),
                      of.report ? plain(cause_of(words, *of.report)) : "", of.report ? of.report->note : "",
                      of.report && of.read ? plain(words("desk.seen.short")) : ""}});
    }
  return out;
}

CsvRow day_head(const words::Words& words) {
  return {plain(words("desk.count.class")),  plain(words("desk.column.number")),
          plain(words("desk.column.pupil")), plain(words("desk.record.reading")),
          plain(words("desk.column.kind")),  plain(words("desk.record.sign")),
          plain(words("desk.count.reason")), plain(words("desk.record.note")),
          plain(words("desk.column.seen"))};
}

}  // namespace

std::string class_name(const words::Words& words, const SchoolClass& one) {
  return plain(words("desk.class", {{"grade", number(one.grade)}, {"name", one.name}}));
}

std::string month_name(const words::Words& words, Date month) {
  return words("desk.month",
               {{"year", number(month.year())}, {"month", words("date.month." + number(month.month()))}});
}

std::string mark_sign(const words::Words& words, Mark mark) {
  const std::string name(short_name(mark));
  return name.empty() ? "" : plain(words("desk.mark." + name));
}

std::string day_sign(const words::Words& words, const SheetDay& day) {
  if (day.suspended()) return plain(words("desk.mark.off"));
  return day.counted && !day.closed ? "*" : "";
}

std::vector<std::string> sheet_notes(const words::Words& words, const MonthSheet& sheet) {
  std::vector<std::string> out;
  std::string grade, part;
  const std::string_view comma = words.language().starts_with("ja") ? "、" : ", ";
  for (const SheetDay& day : sheet.days) {
    if (!day.suspended()) continue;
    std::string& list = day.lessons == Lessons::Off ? grade : part;
    list += (list.empty() ? "" : std::string(comma)) + words.date(day.date);
  }
  if (!grade.empty()) out.push_back(words("desk.register.off", {{"days", grade}}));
  if (!part.empty()) out.push_back(words("desk.register.part-off", {{"days", part}}));
  for (const SheetRow& row : sheet.rows) {
    const auto before = std::find(row.marks.rbegin(), row.marks.rend(), Mark::Before);
    if (before == row.marks.rend()) continue;
    const auto last = static_cast<int>(row.marks.rend() - before);
    out.push_back(words("desk.register.before", {{"date", words.date(sheet.first.plus(last - 1))}}));
    break;
  }
  // The first and last days of those who were not in the class all the month.
  for (const SheetRow& row : sheet.rows) {
    if (std::find(row.marks.begin(), row.marks.end(), Mark::Elsewhere) == row.marks.end()) continue;
    std::size_t from = 0, to = row.marks.size();
    while (from < to && row.marks[from] == Mark::Elsewhere) ++from;
    while (to > from && row.marks[to - 1] == Mark::Elsewhere) --to;
    if (from > 0 && from < row.marks.size())
      out.push_back(words("desk.register.came",
                          {{"name", row.pupil.record.name}, {"date", words.date(sheet.days[from].date)}}));
    if (to > from && to < row.marks.size())
      out.push_back(words("desk.register.went",
                          {{"name", row.pupil.record.name}, {"date", words.date(sheet.days[to - 1].date)}}));
  }
  return out;
}

std::vector<std::string> day_notes(const words::Words& words, const SchoolDesk& school, const WholeDay& whole,
                                   Date day) {
  const std::string_view comma = words.language().starts_with("ja") ? "、" : ", ";
  std::string uncalled, off;
  for (const ClassDay& one : whole) {
    if (one.pupils.empty() || (one.lessons == Lessons::Held && one.called())) continue;
    std::string& list = one.lessons == Lessons::Held ? uncalled : off;
    list += (list.empty() ? "" : std::string(comma)) + class_name(words, one.of);
  }
  std::vector<std::string> out;
  if (school.days().open(day) && !off.empty()) out.push_back(words("desk.record.off", {{"classes", off}}));
  if (!uncalled.empty()) out.push_back(words("desk.record.uncalled", {{"classes", uncalled}}));
  return out;
}

std::string legend(const words::Words& words) {
  std::string out;
  for (const Mark mark : {Mark::Ill, Mark::Away, Mark::Unannounced, Mark::Excluded, Mark::Bereaved,
                          Mark::Late, Mark::LeftEarly, Mark::PartOff, Mark::Unseen}) {
    if (!out.empty()) out += words.language().starts_with("ja") ? "　" : ", ";
    const std::string name(short_name(mark));
    out += words("desk.register.legend",
                 {{"sign", words("desk.mark." + name)}, {"meaning", words("desk.meaning." + name)}});
  }
  return out;
}

SheetGrid sheet_grid(const words::Words& words, const MonthSheet& sheet) {
  SheetGrid grid;
  grid.head = {plain(words("desk.column.number")), plain(words("desk.column.pupil"))};
  for (const SheetDay& day : sheet.days) grid.head.push_back(number(day.date.day()) + day_sign(words, day));
  for (const char* sum : {"lessons", "excluded", "due", "absent", "present", "late", "early", "unseen"})
    grid.head.push_back(plain(words("desk.sum." + std::string(sum))));
  if (sheet.unseen_days == 0) grid.head.pop_back();
  for (const SheetRow& row : sheet.rows) {
    CsvRow cells{number(row.pupil.record.number), row.pupil.record.name};
    for (const Mark mark : row.marks) cells.push_back(mark_sign(words, mark));
    for (std::string& sum : sums_cells(row.sums)) cells.push_back(std::move(sum));
    if (sheet.unseen_days == 0) cells.pop_back();
    grid.rows.push_back(std::move(cells));
  }
  return grid;
}

FileToKeep sheet_csv(const words::Words& words, const MonthSheet& sheet, const SchoolClass& of) {
  const SheetGrid grid = sheet_grid(words, sheet);
  std::vector<CsvRow> rows{grid.head};
  rows.insert(rows.end(), grid.rows.begin(), grid.rows.end());
  return {"attendance-" + month_iso(sheet.first) + "-" + file_class(of) + ".csv", std::string(kCsv),
          csv_file(rows)};
}

PaperToKeep sheet_paper(const words::Words& words, const MonthSheet& sheet, const SchoolClass& of,
                        const std::string& school, Instant now) {
  const SheetGrid grid = sheet_grid(words, sheet);
  screen::Paper paper;
  paper.title = plain(words("desk.register.title",
                            {{"class", class_name(words, of)}, {"month", month_name(words, sheet.first)}}));
  paper.language = words.language();
  paper.landscape = true;
  paper.lines = {school + "  " + of.teacher,
                 plain(words("desk.register.lessons", {{"n", number(sheet.lessons())}}))};
  screen::PaperTable table;
  table.rows.push_back({grid.head});
  for (const CsvRow& row : grid.rows) table.rows.push_back({row});
  for (std::size_t i = 0; i < grid.head.size(); ++i)
    table.widths.push_back(i >= 2 && i < 2 + sheet.days.size() ? 1 : 0);
  paper.tables.push_back(std::move(table));
  for (const std::string& note : sheet_notes(words, sheet)) paper.notes.push_back(plain(note));
  if (sheet.unseen_days > 0)
    paper.notes.push_back(plain(words("desk.register.unseen", {{"n", number(sheet.unseen_days)}})));
  paper.notes.push_back(plain(legend(words)));
  if (sheet.open_days > 0) paper.notes.push_back(plain(words("desk.register.open-mark")));
  paper.foot = school + "  " + plain(words.date(base::date_of(now)));
  return {"attendance-" + month_iso(sheet.first) + "-" + file_class(of) + ".pdf", std::move(paper)};
}

std::string diseases_text(const words::Words& words, const Counts& counts) {
  std::string out;
  int named = 0;
  const auto add = [&](const std::string& name, int n) {
    out += (out.empty() ? std::string() : std::string(words.language().starts_with("ja") ? "、" : ", ")) +
           plain(words("desk.count.disease", {{"name", name}, {"n", number(n)}}));
  };
  for (const auto& [disease, n] : counts.diseases) {
    add(plain(word_of(words, disease)), n);
    named += n;
  }
  if (counts.excluded > named) add(plain(words("desk.count.unknown")), counts.excluded - named);
  return out;
}

CsvRow counts_head(const words::Words& words, std::string_view of) {
  CsvRow head{plain(words(of))};
  for (const char* part : {"pupils", "absent", "ill", "excluded", "bereaved", "late", "early", "suspended",
                           "percent", "diseases"})
    head.push_back(plain(words("desk.count." + std::string(part))));
  return head;
}

CsvRow counts_cells(const words::Words& words, const Counts& counts) {
  return {number(counts.pupils),       number(counts.absent),    number(counts.ill),
          number(counts.excluded),     number(counts.bereaved),  number(counts.late),
          number(counts.early),        number(counts.suspended), number(counts.ill_percent()) + "%",
          diseases_text(words, counts)};
}

FileToKeep day_csv(const words::Words& words, const SchoolDesk& school, Date day) {
  CsvRow head{plain(words("desk.record.date"))};
  for (std::string& name : day_head(words)) head.push_back(std::move(name));
  std::vector<CsvRow> rows{std::move(head)};
  for (DayRow& row : day_rows(words, school.whole_day(day))) {
    CsvRow cells{day.iso()};
    for (std::string& cell : row.cells) cells.push_back(std::move(cell));
    rows.push_back(std::move(cells));
  }
  return {"record-" + day.iso() + ".csv", std::string(kCsv), csv_file(rows)};
}

PaperToKeep day_paper(const words::Words& words, const SchoolDesk& school, Date day,
                      const std::string& name) {
  screen::Paper paper;
  paper.title = plain(words("desk.record.title", {{"date", number(day.year()) + " " + words.date(day)}}));
  paper.language = words.language();
  paper.lines = {name};
  if (const auto closed = school.book().closed(day)) {
    const std::string time = plain(words.time(base::time_of(closed->at)));
    paper.lines.push_back(plain(closed->by.empty()
                                    ? words("desk.record.closed.nobody", {{"time", time}})
                                    : words("desk.record.closed", {{"time", time}, {"by", closed->by}})));
  } else {
    paper.lines.push_back(plain(words("desk.record.open")));
  }
  const WholeDay whole = school.whole_day(day);
  for (const std::string& note : day_notes(words, school, whole, day)) paper.lines.push_back(plain(note));
  const auto classes = count_day(whole);
  screen::PaperTable counts{
      plain(words("desk.record.classes")), {{counts_head(words, "desk.count.class")}}, {}};
  const auto add = [&](const std::string& of, const Counts& one) {
    CsvRow cells{of};
    for (std::string& cell : counts_cells(words, one)) cells.push_back(std::move(cell));
    counts.rows.push_back({std::move(cells)});
  };
  for (const ClassCounts& one : classes) add(class_name(words, one.of), one.counts);
  add(plain(words("desk.record.all")), sum_of(classes));
  counts.widths.assign(counts.rows.front().cells.size(), 0);
  counts.widths.back() = 1;
  paper.tables.push_back(std::move(counts));

  screen::PaperTable who{plain(words("desk.record.who")), {{day_head(words)}}, {}};
  for (DayRow& row : day_rows(words, whole))
    if (stands_out(row.mark)) who.rows.push_back({std::move(row.cells)});
  if (who.rows.size() == 1) {
    paper.notes.push_back(plain(words("desk.record.who.none")));
  } else {
    who.widths.assign(who.rows.front().cells.size(), 0);
    who.widths[6] = who.widths[7] = 1;
    paper.tables.push_back(std::move(who));
  }
  paper.notes.push_back(plain(legend(words)));
  paper.foot = name + "  " + day.iso();
  return {"record-" + day.iso() + ".pdf", std::move(paper)};
}

}  // namespace machi::absence
