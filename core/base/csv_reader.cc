// The reader: one pass, no look-ahead past a sign. What follows a closing quote belongs to the field, as
// spreadsheets read it.
#include "core/base/csv_reader.h"

#include "core/base/text.h"

namespace machi::base {

bool CsvRecord::blank() const {
  for (const std::string& field : fields)
    if (!trimmed(field).empty()) return false;
  return true;
}

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  if (first.find(',') != std::string_view::npos) return;
  if (first.find('\t') != std::string_view::npos)
    separator_ = '\t';
  else if (first.find(';') != std::string_view::npos)
    separator_ = ';';
}

bool CsvReader::take_line_end() {
  if (at_ >= text_.size() || (text_[at_] != '\r' && text_[at_] != '\n')) return false;
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
  return true;
}

bool CsvReader::next(CsvRecord& record) {
  if (at_ >= text_.size()) return false;
  record = {line_, {""}, false};
  while (at_ < text_.size()) {
    std::string& field = record.fields.back();
    if (take_line_end()) return true;
    if (text_[at_] == separator_) {
      ++at_;
      record.fields.emplace_back();
    } else if (text_[at_] == '"' && field.empty()) {
      ++at_;
      while (true) {
        if (at_ >= text_.size()) {
          record.open_quote = true;
          return true;
        }
        if (text_[at_] == '"') {
          ++at_;
          if (peek() != '"' || at_ >= text_.size()) break;
          field += '"';
          ++at_;
        } else if (take_line_end()) {
          field += '\n';
        } else {
          field += text_[at_++];
        }
      }
    } else {
      field += text_[at_++];
    }
  }
  return true;
}

}  // namespace machi::base
