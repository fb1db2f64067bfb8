// machi alert read: a disaster message of whatever kind as one JSON object (core/notice/alert).
#include "core/notice/alert/alert.h"
#include "platform/host/file.h"
#include "platform/host/xml/xml_reader.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/rule_commands.h"
#include "platform/machi/tables.h"

namespace machi::program {
namespace {

using nlohmann::ordered_json;
using notice::Alert;

struct AlertRead {
  std::string file, meanings, sender;
  bool cap = false;
};

ordered_json text_or_null(const std::string& text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json shown(const notice::AlertArea& area) {
  ordered_json out = {
      {"name", area.name}, {"code", text_or_null(area.code)}, {"codeType", text_or_null(area.kind)}};
  if (!area.shapes.empty()) out["shapes"] = area.shapes;
  return out;
}

ordered_json shown(const Alert& alert) {
  ordered_json areas = ordered_json::array(), parts = ordered_json::array(), texts = ordered_json::array();
  std::vector<notice::AlertArea> seen;
  for (const auto& part : alert.parts) {
    ordered_json of_part = ordered_json::array();
    for (const auto& area : part.areas) {
      of_part.push_back(shown(area));
      if (std::find(seen.begin(), seen.end(), area) == seen.end()) {
        seen.push_back(area);
        areas.push_back(shown(area));
      }
    }
    parts.push_back({{"event", part.event},
                     {"code", text_or_null(part.code)},
                     {"hazard", text_or_null(part.hazard)},
                     {"category", part.category},
                     {"severity", name_of(part.severity)},
                     {"urgency", part.urgency},
                     {"certainty", part.certainty},
                     {"over", part.lifted},
                     {"areas", std::move(of_part)}});
  }
  for (const auto& text : alert.texts)
    texts.push_back({{"language", text.language},
                     {"title", text.title},
                     {"headline", text_or_null(text.headline)},
                     {"description", text_or_null(text.description)},
                     {"instruction", text_or_null(text.instruction)}});
  return {{"format", alert.format},
          {"source", alert.source},
          {"identifier", alert.identifier},
          {"thread", alert.thread},
          {"sent", notice::moment_text(alert.sent)},
          {"serial", alert.serial == 0 ? ordered_json() : ordered_json(alert.serial)},
          {"status", name_of(alert.status)},
          {"type", name_of(alert.type)},
          {"severity", name_of(alert.severity)},
          {"allClear", alert.all_clear},
          {"expires", alert.expires ? ordered_json(notice::moment_text(*alert.expires)) : ordered_json()},
          {"references", alert.references},
          {"areas", std::move(areas)},
          {"parts", std::move(parts)},
          {"texts", std::move(texts)}};
}

base::Result<Alert> alert_in(const AlertRead& options) {
  std::string csv(alert_meanings());
  if (!options.meanings.empty()) {
    MACHI_TRY_SET(bytes, host::read_file(options.meanings, 1 << 20));
    csv = std::string(base::text_view(bytes));
  }
  MACHI_TRY_SET(meanings, notice::AlertMeanings::read(csv));
  MACHI_TRY_SET(bytes, host::read_file(options.file, host::kXmlLimit));
  MACHI_TRY_SET(root, host::read_xml(bytes));
  return notice::read_alert(root, meanings);
}

int run(const AlertRead& options) {
  const auto alert = alert_in(options);
  if (!alert.ok()) return complain("This message is refused", alert.error());
  if (options.cap) {
    const std::string text = notice::write_cap(*alert, options.sender);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kDone;
  }
  print_in_order(shown(*alert));
  return kDone;
}

}  // namespace

Action declare_alert_read(CLI::App& app) {
  auto options = std::make_shared<AlertRead>();
  app.add_option("FILE.xml", options->file, "A message: CAP 1.1 or 1.2, or 気象庁防災情報XML")->required();
  app.add_option("--meanings", options->meanings,
                 "Another table of what the agency's names mean (assets/alerts/jma.csv)");
  app.add_flag("--cap", options->cap, "Write it as CAP 1.2 for other systems, instead of JSON");
  app.add_option("--sender", options->sender, "Who sends that CAP message")->default_val("machikado");
  app.footer(
      "One JSON object: format (cap, jma), source, identifier, thread (the event that it belongs to), sent, "
      "serial, status (actual, exercise, test), type (issue, update, cancel), severity (extreme, severe, "
      "moderate, minor, unknown; of what is not over), allClear, expires, references; areas [{name, code, "
      "codeType, shapes}]; parts [{event, code, hazard, category, severity, urgency, certainty, over, "
      "areas}]; "
      "texts [{language, title, headline, description, instruction}]. A message that is broken, of another "
      "schema, not public or has a DOCTYPE is refused with the reason: exit code 1.");
  return [options] { return run(*options); };
}

}  // namespace machi::program
