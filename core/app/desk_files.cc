// A record goes out whole or not at all: CSV, PDF and signature in one archive, after the PDF has been drawn.
#include "core/app/desk_files.h"

#include "core/code/zip.h"
#include "core/screen/json.h"

namespace machi::app {

constexpr std::string_view kPdf = "application/pdf";

void DeskFiles::save(absence::FileToKeep file, std::vector<Effect>& out) {
  out.push_back(
      {SaveFile{std::move(file.name), std::move(file.media_type), blobs_.put(std::move(file.bytes))}});
}

void DeskFiles::draw(absence::PaperToKeep paper, std::vector<Effect>& out) {
  if (drawing()) return;
  std::string json;
  screen::write(json, paper.paper);
  paper_ = std::move(paper.name);
  out.push_back({MakePdf{++asked_, blobs_.put(base::copy(base::view(json)))}});
}

void DeskFiles::draw(absence::RecordToKeep record, std::vector<Effect>& out) {
  if (drawing()) return;
  draw(record.paper, out);
  record_ = std::move(record);
}

base::Result<std::string> DeskFiles::made(const PdfMade& pdf, const Sign& sign, std::vector<Effect>& out) {
  base::Bytes bytes = blobs_.take(pdf.body);
  if (!paper_ || pdf.request != asked_) return std::string();
  const std::string name = *std::exchange(paper_, std::nullopt);
  auto record = std::exchange(record_, std::nullopt);
  if (bytes.empty()) return std::string("desk.pdf.failed");
  absence::FileToKeep drawn{name, std::string(kPdf), std::move(bytes)};
  if (!record) {
    save(std::move(drawn), out);
    return std::string("desk.pdf.saved");
  }
  MACHI_TRY_SET(
      signature,
      sign(record->day, {mail::record_file(record->csv.name, record->csv.media_type, record->csv.bytes),
                         mail::record_file(drawn.name, drawn.media_type, drawn.bytes)}));
  const std::string whole = "record-" + record->day.iso();
  save({whole + ".zip", "application/zip",
        code::zip({{record->csv.name, std::move(record->csv.bytes)},
                   {drawn.name, std::move(drawn.bytes)},
                   {whole + ".cose", std::move(signature)}},
                  record->day)},
       out);
  return std::string("desk.record.saved");
}

}  // namespace machi::app
