// absence.sums: what a school tells the board of education when it closes a day - numbers of the whole
// school, never a name, a class or a grade: a class's number could point at a child. And BoardBook, the
// board's side: the fold of such messages, in any order the same. Values, and a book that borrows the desk's
// database and its transaction.
#pragma once

#include "core/absence/desk/sheets/attendance.h"

namespace machi::absence {

inline constexpr std::string_view kKindSums = "absence.sums";  // school -> board of education: DaySums
inline constexpr std::string_view kBoardKind = "board";        // kind of the board's office in the directory

struct DaySums {
  ClosingId closing;                // of the day, at the school
  std::vector<ClosingId> replaces;  // earlier closings of the day, whose sums no longer hold
  Date day;
  int classes = 0;
  Counts counts;
};
code::Cbor encode(const DaySums& sums);
Result<DaySums> decode_day_sums(const code::Cbor& content);

struct SchoolSums {
  mail::MailboxId school;
  DaySums sums;
};

class BoardBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit BoardBook(store::Database& database) : database_(database) {}

  // Only what a school proved to be its own counts. Of two contents under one closing the smaller holds.
  Status on_message(const mail::Received& mail);
  // The sums in force of every school that has told any: of closings that did not know of each other the one
  // with the smaller id.
  std::vector<SchoolSums> on(Date day) const;

 private:
  store::Database& database_;
};

}  // namespace machi::absence
