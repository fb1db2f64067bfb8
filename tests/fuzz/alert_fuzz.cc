// Disaster messages from strangers, as XML. Invariants: what is refused has a reason; what is taken has an
// identifier and a thread, written as CAP it is read again as the same status, type and severity, and nothing
// that does not say "Actual" or 通常 is taken for real.
#include "core/base/check.h"
#include "core/notice/alert/alert.h"
#include "platform/host/xml/xml_reader.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void fuzz::read(base::ByteView input) {
  static const notice::AlertMeanings kMeanings = *notice::AlertMeanings::read(
      "field,match,text,hazard,category,severity\nkind,contains,警報,rain,Met,Severe\n");
  const auto root = host::read_xml(input);
  if (!root.ok()) {
    MACHI_CHECK(!root.error().detail.empty());
    return;
  }
  const auto alert = notice::read_alert(*root, kMeanings);
  if (!alert.ok()) {
    MACHI_CHECK(!alert.error().detail.empty());
    return;
  }
  MACHI_CHECK(!alert->identifier.empty() && !alert->thread.empty());
  const std::string text(base::text_view(input));
  if (alert->status == notice::AlertStatus::Actual && text.find("&#") == std::string::npos &&
      text.find('\0') == std::string::npos && text.find("encoding") == std::string::npos &&
      text.find("CDATA") == std::string::npos)
    MACHI_CHECK(text.find("Actual") != std::string::npos || text.find("通常") != std::string::npos ||
                text.find("<!--") != std::string::npos || text.find("<?") != std::string::npos);
  const auto tree = host::read_xml(base::view(notice::write_cap(*alert, "machikado")));
  MACHI_CHECK(tree.ok());
  const auto again = notice::read_alert(*tree, kMeanings);
  if (!again.ok()) return;  // an event of a name that CAP does not take
  MACHI_CHECK(again->status == alert->status && again->type == alert->type);
  MACHI_CHECK(again->severity == alert->severity && again->parts.size() == alert->parts.size());
}
