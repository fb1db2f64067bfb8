// Names, moments, and which reader an XML document belongs to. Pure.
#include "core/notice/alert/alert.h"

#include <charconv>

#include "core/base/csv_reader.h"
#include "core/notice/alert/readers.h"

namespace machi::notice {

using base::fail;

std::string_view name_of(AlertStatus status) {
  switch (status) {
    case AlertStatus::Actual:
      return "actual";
    case AlertStatus::Exercise:
      return "exercise";
    case AlertStatus::Test:
      return "test";
  }
  return "";
}

std::string_view name_of(AlertType type) {
  switch (type) {
    case AlertType::Issue:
      return "issue";
    case AlertType::Update:
      return "update";
    case AlertType::Cancel:
      return "cancel";
  }
  return "";
}

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::Unknown:
      return "unknown";
    case Severity::Minor:
      return "minor";
    case Severity::Moderate:
      return "moderate";
    case Severity::Severe:
      return "severe";
    case Severity::Extreme:
      return "extreme";
  }
  return "";
}

std::optional<Severity> severity_of(std::string_view name) {
  constexpr std::string_view kNames[] = {"Unknown", "Minor", "Moderate", "Severe", "Extreme"};
  for (int i = 0; i < 5; ++i)
    if (kNames[i] == name) return static_cast<Severity>(i);
  return std::nullopt;
}

Result<AlertMeanings> AlertMeanings::read(std::string_view csv) {
  AlertMeanings out;
  base::CsvReader reader(csv);
  base::CsvRecord record;
  bool first = true;
  while (reader.next(record)) {
    if (record.blank() || record.fields[0].starts_with("#")) continue;
    const std::string line = "line " + std::to_string(record.line);
    if (record.fields.size() != 6) return fail(Code::BadInput, line + ": six fields are expected");
    if (first) {
      first = false;
      continue;
    }
    const auto& f = record.fields;
    const auto severity = severity_of(f[5]);
    const bool match = f[1] == "exact" || f[1] == "begins" || f[1] == "ends" || f[1] == "contains";
    if (!severity || !match || f[2].empty()) return fail(Code::BadInput, line + ": no meaning");
    out.lines_.push_back({f[0], f[1], f[2], f[3], f[4], *severity});
  }
  return out;
}

const AlertMeaning* AlertMeanings::find(std::string_view field, std::string_view text) const {
  for (const AlertMeaning& line : lines_) {
    if (line.field != field) continue;
    if ((line.match == "exact" && text == line.text) ||
        (line.match == "begins" && text.starts_with(line.text)) ||
        (line.match == "ends" && text.ends_with(line.text)) ||
        (line.match == "contains" && text.find(line.text) != std::string_view::npos))
      return &line;
  }
  return nullptr;
}

namespace {

bool digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
  if (at + count > text.size()) return false;
  out = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  return true;
}

}  // namespace

Result<Instant> parse_moment(std::string_view text) {
  const auto wrong = fail(Code::BadInput, "a date and time with its offset is expected");
  int hour = 0, minute = 0, second = 0;
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return wrong;
  const auto date = base::Date::parse(text.substr(0, 10));
  if (!date.ok() || !digits(text, 11, 2, hour) || !digits(text, 14, 2, minute) ||
      !digits(text, 17, 2, second))
    return wrong;
  if (hour > 23 || minute > 59 || second > 60) return wrong;
  std::size_t at = 19;
  if (text[at] == '.') {
    ++at;
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == begin) return wrong;
  }
  std::int64_t offset = 0;
  const std::string_view zone = text.substr(std::min(at, text.size()));
  if (zone != "Z") {
    int hours = 0, minutes = 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' ||
        !digits(zone, 1, 2, hours) || !digits(zone, 4, 2, minutes) || hours > 14 || minutes > 59)
      return wrong;
    offset = (hours * 60 + minutes) * 60 * (zone[0] == '-' ? -1 : 1);
  }
  const std::int64_t seconds = std::int64_t{date->days} * 86400 + hour * 3600 + minute * 60 + second - offset;
  return Instant::from_seconds(seconds);
}

std::string moment_text(Instant at) {
  const std::int64_t second = ((at.seconds() % 60) + 60) % 60;
  std::string out = base::date_of(at).iso() + "T" + base::time_of(at).iso() + ":";
  if (second < 10) out += '0';
  return out + std::to_string(second) + "+09:00";
}

Result<Alert> read_alert(const Element& root, const AlertMeanings& meanings) {
  if (root.name == "alert" && root.space.starts_with("urn:oasis:names:tc:emergency:cap:"))
    return read_cap(root);
  if (root.name == "Report" && root.space == "http://xml.kishou.go.jp/jmaxml1/")
    return read_jma(root, meanings);
  return fail(Code::Unsupported, "neither CAP nor 防災情報XML: the root is " +
                                     (root.name.size() > 60 ? std::string("of a long name") : root.name));
}

}  // namespace machi::notice
