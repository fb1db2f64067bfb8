// CAP 1.1 and 1.2 (OASIS Standard CAP-V1.2, section 3.2): required elements and their values are asked for,
// what else stands there is passed over. Pure.
#include <algorithm>
#include <initializer_list>

#include "core/notice/alert/readers.h"

namespace machi::notice {
namespace {

using base::fail;
using base::Status;

Result<std::string> needed(const Element& in, std::string_view name) {
  const std::string_view text = in.text_of(name);
  if (text.empty())
    return fail(Code::BadInput, std::string(in.name) + ": <" + std::string(name) + "> is missing");
  if (text.size() > kAlertTextBytes) return fail(Code::TooLarge, std::string(name));
  return std::string(text);
}

Status one_of(const Element& in, std::string_view name, std::initializer_list<std::string_view> values) {
  MACHI_TRY_SET(text, needed(in, name));
  if (std::find(values.begin(), values.end(), text) == values.end())
    return fail(Code::BadInput, "<" + std::string(name) + "> has a value that CAP does not know");
  return {};
}

Result<Instant> moment(const Element& in, std::string_view name) {
  MACHI_TRY_SET(text, needed(in, name));
  const auto at = parse_moment(text);
  if (!at.ok()) return fail(Code::BadInput, "<" + std::string(name) + ">: " + at.error().detail);
  return *at;
}

Result<AlertStatus> status_of(const Element& root) {
  MACHI_TRY(one_of(root, "status", {"Actual", "Exercise", "System", "Test", "Draft"}));
  const std::string_view text = root.text_of("status");
  return text == "Actual"     ? AlertStatus::Actual
         : text == "Exercise" ? AlertStatus::Exercise
                              : AlertStatus::Test;
}

Result<AlertType> type_of(const Element& root) {
  MACHI_TRY(one_of(root, "msgType", {"Alert", "Update", "Cancel", "Ack", "Error"}));
  const std::string_view text = root.text_of("msgType");
  if (text == "Alert") return AlertType::Issue;
  if (text == "Update") return AlertType::Update;
  if (text == "Cancel") return AlertType::Cancel;
  return fail(Code::Unsupported, "an acknowledgement between systems is no message for people");
}

Result<std::vector<AlertArea>> areas_of(const Element& info) {
  std::vector<AlertArea> out;
  for (const Element& area : info.children) {
    if (area.name != "area") continue;
    MACHI_TRY_SET(name, needed(area, "areaDesc"));
    AlertArea plain{name, "", "", {}};
    std::vector<AlertArea> coded;
    for (const Element& part : area.children) {
      if (part.name == "polygon" || part.name == "circle")
        plain.shapes.push_back(part.name + " " + part.text.substr(0, kAlertTextBytes));
      if (part.name == "geocode" && !part.text_of("value").empty())
        coded.push_back(
            {name, std::string(part.text_of("value")), std::string(part.text_of("valueName")), {}});
    }
    if (coded.empty()) coded.push_back(plain);
    coded.front().shapes = plain.shapes;
    out.insert(out.end(), coded.begin(), coded.end());
    if (out.size() > kAlertAreas) return fail(Code::TooMany, "areas");
  }
  return out;
}

Status read_info(const Element& info, Alert& alert) {
  AlertPart part;
  MACHI_TRY(one_of(info, "category",
                   {"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport",
                    "Infra", "CBRNE", "Other"}));
  MACHI_TRY(one_of(info, "urgency", {"Immediate", "Expected", "Future", "Past", "Unknown"}));
  MACHI_TRY(
      one_of(info, "certainty", {"Observed", "Likely", "Possible", "Unlikely", "Unknown", "Very Likely"}));
  MACHI_TRY_SET(event, needed(info, "event"));
  MACHI_TRY_SET(severity_name, needed(info, "severity"));
  const auto severity = severity_of(severity_name);
  if (!severity) return fail(Code::BadInput, "<severity> has a value that CAP does not know");
  MACHI_TRY_SET(areas, areas_of(info));
  part.event = event;
  part.category = std::string(info.text_of("category"));
  part.urgency = std::string(info.text_of("urgency"));
  part.certainty = std::string(info.text_of("certainty"));
  part.severity = *severity;
  part.areas = std::move(areas);
  for (const Element& one : info.children) {
    if (one.name == "responseType" && one.text == "AllClear") part.lifted = true;
    if (one.name == "eventCode" && part.code.empty()) part.code = std::string(one.text_of("value"));
  }
  if (info.child("expires") && !info.text_of("expires").empty()) {
    MACHI_TRY_SET(expires, moment(info, "expires"));
    alert.expires = alert.expires ? std::max(*alert.expires, expires) : expires;
  }
  AlertText text;
  text.language = info.text_of("language").empty() ? "en-US" : std::string(info.text_of("language"));
  text.title = event;
  text.headline = std::string(info.text_of("headline").substr(0, kAlertTextBytes));
  text.description = std::string(info.text_of("description").substr(0, kAlertTextBytes));
  text.instruction = std::string(info.text_of("instruction").substr(0, kAlertTextBytes));
  alert.texts.push_back(std::move(text));
  alert.parts.push_back(std::move(part));
  return {};
}

// "sender,identifier,sent", several with spaces between.
std::vector<std::string> references_of(std::string_view text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size() && out.size() < 1000) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    const std::string_view triple = text.substr(at, end - at);
    const std::size_t first = triple.find(','), last = triple.rfind(',');
    if (first != std::string_view::npos && last > first) out.emplace_back(triple);
    at = end + 1;
  }
  return out;
}

// Sender and identifier of a reference, without its time.
std::string thread_of(const std::string& reference) { return reference.substr(0, reference.rfind(',')); }

}  // namespace

Result<Alert> read_cap(const Element& root) {
  if (root.space != "urn:oasis:names:tc:emergency:cap:1.1" &&
      root.space != "urn:oasis:names:tc:emergency:cap:1.2")
    return fail(Code::Unsupported, "CAP of another version than 1.1 and 1.2");
  Alert out;
  out.format = "cap";
  MACHI_TRY_SET(identifier, needed(root, "identifier"));
  MACHI_TRY_SET(sender, needed(root, "sender"));
  if ((identifier + sender).find_first_of(" ,<&") != std::string::npos)
    return fail(Code::BadInput, "<identifier> and <sender> have no spaces, commas, < or &");
  MACHI_TRY_SET(sent, moment(root, "sent"));
  MACHI_TRY_SET(status, status_of(root));
  MACHI_TRY_SET(type, type_of(root));
  MACHI_TRY(one_of(root, "scope", {"Public", "Restricted", "Private"}));
  if (root.text_of("scope") != "Public")
    return fail(Code::NotAllowed, "a message that is not public is shown to staff alone");
  out.identifier = identifier;
  out.source = sender;
  out.sent = sent;
  out.status = status;
  out.type = type;
  out.references = references_of(root.text_of("references"));
  if (type != AlertType::Issue && out.references.empty() && root.text_of("incidents").empty())
    return fail(Code::BadInput, "an update or a cancellation that names nothing");
  // A message that names others joins their event (AlertBook follows the line to its beginning).
  out.thread =
      "cap/" + (out.references.empty() ? sender + "," + identifier : thread_of(out.references.front()));
  for (const Element& info : root.children)
    if (info.name == "info") {
      if (out.parts.size() >= kAlertParts) return fail(Code::TooMany, "info");
      MACHI_TRY(read_info(info, out));
    }
  out.all_clear = !out.parts.empty();
  for (const AlertPart& part : out.parts) {
    if (part.lifted) continue;
    out.all_clear = false;
    out.severity = std::max(out.severity, part.severity);
  }
  if (out.all_clear)
    for (const AlertPart& part : out.parts) out.severity = std::max(out.severity, part.severity);
  return out;
}

}  // namespace machi::notice
