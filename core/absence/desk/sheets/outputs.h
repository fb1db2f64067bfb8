// What a desk gives out of its tables: rows that screen, CSV and paper share, and the day's record as an
// office keeps it. Texts are in the desk's language, without ruby. Values; any thread; pure; cannot fail.
#pragma once

#include "core/absence/desk/school.h"
#include "core/absence/desk/sheets/attendance.h"
#include "core/absence/desk/sheets/sums.h"
#include "core/base/csv.h"
#include "core/screen/paper.h"
#include "core/words/words.h"

namespace machi::absence {

using base::csv_file;
using base::CsvRow;

// A file for the person, or a document to be drawn for one.
struct FileToKeep {
  std::string name;
  std::string media_type;
  base::Bytes bytes;
};
struct PaperToKeep {
  std::string name;  // of the PDF
  screen::Paper paper;
};
// What a school keeps of a closed day: drawn, then signed together (core/mail/record.h).
struct RecordToKeep {
  Date day;
  FileToKeep csv;
  PaperToKeep paper;
};

// What stands over a day's column: ＊ while it is open, 休 when it was called off; "" = nothing.
std::string day_sign(const words::Words& words, const SheetDay& day);
// Days without lessons, and who came or went in the month: one sentence each.
std::vector<std::string> sheet_notes(const words::Words& words, const MonthSheet& sheet);
// One sign, as the register has it; "" for Present and None.
std::string mark_sign(const words::Words& words, Mark mark);
// 病＝病気やけが　事＝...: every sign that the register has, with its meaning.
std::string legend(const words::Words& words);
// Head and lines: number, name, a cell a day, the seven sums; an eighth while somebody's day is unknown.
struct SheetGrid {
  CsvRow head;
  std::vector<CsvRow> rows;
};
SheetGrid sheet_grid(const words::Words& words, const MonthSheet& sheet);
std::string month_name(const words::Words& words, Date month);
FileToKeep sheet_csv(const words::Words& words, const MonthSheet& sheet, const SchoolClass& of);
PaperToKeep sheet_paper(const words::Words& words, const MonthSheet& sheet, const SchoolClass& of,
                        const std::string& school, Instant now);

// インフルエンザ 3人、水ぼうそう 1人.
std::string diseases_text(const words::Words& words, const Counts& counts);
CsvRow counts_head(const words::Words& words, std::string_view of);
// pupils, absent, of them ill, excluded, bereaved, late, early, no lessons, percent, diseases.
CsvRow counts_cells(const words::Words& words, const Counts& counts);

// The day of every pupil, by class and number: what the official record says.
FileToKeep day_csv(const words::Words& words, const SchoolDesk& school, Date day);
PaperToKeep day_paper(const words::Words& words, const SchoolDesk& school, Date day, const std::string& name);

// Classes whose roll nobody called, and those without lessons: what a reader of the numbers has to know.
std::vector<std::string> day_notes(const words::Words& words, const SchoolDesk& school, const WholeDay& whole,
                                   Date day);

std::string class_name(const words::Words& words, const SchoolClass& one);

}  // namespace machi::absence
