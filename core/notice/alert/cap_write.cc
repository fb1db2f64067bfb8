// A neutral alert as CAP 1.2: one <info> for each danger and language. Pure.
#include "core/base/text.h"
#include "core/notice/alert/alert.h"

namespace machi::notice {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char32_t sign : base::to_code_points(text)) {
    const bool allowed = sign == U'\n' || sign == U'\t' || (sign >= 0x20 && sign != 0xFFFE && sign != 0xFFFF);
    if (!allowed) continue;
    if (sign == U'&')
      out += "&amp;";
    else if (sign == U'<')
      out += "&lt;";
    else if (sign == U'>')
      out += "&gt;";
    else
      out += base::from_code_points(std::u32string(1, sign));
  }
  return out;
}

// Identifiers have no spaces and no commas.
std::string identifier(std::string_view text) {
  std::string out;
  for (const char sign : text) out += sign == ' ' || sign == ',' || sign == '<' || sign == '&' ? '_' : sign;
  return out;
}

class CapWriter {
 public:
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  void open(std::string_view name) { line("<" + std::string(name) + ">"), depth_ += 1; }
  void close(std::string_view name) { depth_ -= 1, line("</" + std::string(name) + ">"); }
  void put(std::string_view name, std::string_view value) {
    line("<" + std::string(name) + ">" + escaped(value) + "</" + std::string(name) + ">");
  }
  void put_if(std::string_view name, std::string_view value) {
    if (!value.empty()) put(name, value);
  }
  void line(const std::string& what) { text += std::string(depth_ * 2, ' ') + what + "\n"; }

 private:
  std::size_t depth_ = 0;
};

std::string_view cap_name(Severity severity) {
  switch (severity) {
    case Severity::Unknown:
      return "Unknown";
    case Severity::Minor:
      return "Minor";
    case Severity::Moderate:
      return "Moderate";
    case Severity::Severe:
      return "Severe";
    case Severity::Extreme:
      return "Extreme";
  }
  return "Unknown";
}

void write_area(CapWriter& out, const AlertArea& area) {
  out.open("area");
  out.put("areaDesc", area.name.empty() ? area.code : area.name);
  for (const std::string& shape : area.shapes) {
    const auto space = shape.find(' ');
    if (space != std::string::npos) out.put(shape.substr(0, space), shape.substr(space + 1));
  }
  if (!area.code.empty()) {
    out.open("geocode");
    out.put("valueName", area.kind.empty() ? "code" : area.kind);
    out.put("value", area.code);
    out.close("geocode");
  }
  out.close("area");
}

void write_info(CapWriter& out, const Alert& alert, const AlertPart& part, const AlertText& words) {
  out.open("info");
  out.put("language", words.language);
  out.put("category", part.category);
  out.put("event", part.event);
  if (part.lifted) out.put("responseType", "AllClear");
  out.put("urgency", part.urgency);
  out.put("severity", cap_name(part.severity));
  out.put("certainty", part.certainty);
  if (!part.code.empty()) {
    out.open("eventCode");
    out.put("valueName", alert.format == "jma" ? "気象庁防災情報XML" : "code");
    out.put("value", part.code);
    out.close("eventCode");
  }
  if (alert.expires) out.put("expires", moment_text(*alert.expires));
  out.put("senderName", alert.source);
  out.put_if("headline", words.headline.empty() ? words.title : words.headline);
  out.put_if("description", words.description);
  out.put_if("instruction", words.instruction);
  for (const AlertArea& area : part.areas) write_area(out, area);
  out.close("info");
}

}  // namespace

std::string write_cap(const Alert& alert, std::string_view sender) {
  CapWriter out;
  out.line("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">");
  out.put("identifier", identifier(alert.identifier));
  out.put("sender", identifier(sender));
  out.put("sent", moment_text(alert.sent));
  out.put("status", alert.status == AlertStatus::Actual     ? "Actual"
                    : alert.status == AlertStatus::Exercise ? "Exercise"
                                                            : "Test");
  out.put("msgType", alert.type == AlertType::Issue    ? "Alert"
                     : alert.type == AlertType::Update ? "Update"
                                                       : "Cancel");
  out.put("scope", "Public");
  std::string references;
  for (const std::string& one : alert.references) references += (references.empty() ? "" : " ") + one;
  out.put_if("references", references);
  out.put("incidents", identifier(alert.thread));
  // A message of CAP has one <info> a language already; of the agency's, each danger is said in each
  // language.
  const bool paired = alert.format == "cap" && alert.parts.size() == alert.texts.size();
  for (std::size_t i = 0; i < alert.parts.size(); ++i) {
    if (paired)
      write_info(out, alert, alert.parts[i], alert.texts[i]);
    else
      for (const AlertText& words : alert.texts) write_info(out, alert, alert.parts[i], words);
  }
  out.line("</alert>");
  return out.text;
}

}  // namespace machi::notice
