// DeskFiles: between what a desk gives out (core/absence/desk/outputs.h) and the host - files are saved,
// documents drawn by the host and then saved, an official record drawn, signed and saved whole. Owned by the
// desk app; one thread. One document at a time is drawn; what was asked meanwhile is dropped, its button
// being busy.
#pragma once

#include "core/absence/desk/sheets/outputs.h"
#include "core/app/app.h"
#include "core/mail/record.h"

namespace machi::app {

class DeskFiles {
 public:
  explicit DeskFiles(Blobs& blobs) : blobs_(blobs) {}

  bool drawing() const { return paper_.has_value(); }
  void save(absence::FileToKeep file, std::vector<Effect>& out);
  void draw(absence::PaperToKeep paper, std::vector<Effect>& out);
  void draw(absence::RecordToKeep record, std::vector<Effect>& out);

  // What came of a drawing; the key of a sentence to show, "" when it was not asked for. `sign` makes the
  // record's signature.
  using Sign = std::function<base::Result<base::Bytes>(base::Date day, std::vector<mail::RecordFile> files)>;
  base::Result<std::string> made(const PdfMade& pdf, const Sign& sign, std::vector<Effect>& out);

 private:
  Blobs& blobs_;
  std::int64_t asked_ = 0;
  std::optional<std::string> paper_;  // name of the PDF that is being drawn
  std::optional<absence::RecordToKeep> record_;
};

}  // namespace machi::app
