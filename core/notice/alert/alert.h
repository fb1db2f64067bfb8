// A disaster message of whatever kind as one object, from the Common Alerting Protocol (OASIS CAP 1.1, 1.2)
// or the Japan Meteorological Agency's 防災情報XML. Values; any thread; pure. What is not understood is
// refused with a reason, for staff to see; nothing is guessed into an alarm.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/notice/alert/element.h"

namespace machi::notice {

using base::Code;
using base::Instant;
using base::Result;

enum class AlertStatus { Actual, Exercise, Test };
enum class AlertType { Issue, Update, Cancel };
enum class Severity { Unknown, Minor, Moderate, Severe, Extreme };  // CAP's, in order

std::string_view name_of(AlertStatus status);  // "actual"
std::string_view name_of(AlertType type);      // "issue"
std::string_view name_of(Severity severity);   // "extreme"

struct AlertArea {
  std::string name;
  std::string code;                 // "" when there is none
  std::string kind;                 // whose code: "SAME", "気象・地震・火山情報／市町村等"
  std::vector<std::string> shapes;  // CAP's polygons and circles, as they are written
  bool operator==(const AlertArea&) const = default;
};

// One danger and where it is.
struct AlertPart {
  std::string event;               // "大雨警報", "Flash Flood Watch"
  std::string code;                // "03"
  std::string hazard;              // "rain", "tsunami", ...: assets/alerts/jma.csv; "" for CAP
  std::string category = "Other";  // CAP's: Met, Geo, ...
  Severity severity = Severity::Unknown;
  std::string urgency = "Unknown", certainty = "Unknown";  // CAP's
  bool lifted = false;                                     // this danger is over
  std::vector<AlertArea> areas;
};

struct AlertText {
  std::string language;  // BCP 47
  std::string title, headline, description, instruction;
};

struct Alert {
  std::string format;      // "cap", "jma"
  std::string source;      // who says it
  std::string identifier;  // of this message; the same message twice has the same
  std::string thread;      // of the event that it belongs to
  Instant sent;
  std::int64_t serial = 0;  // 0 when there is none
  AlertStatus status = AlertStatus::Test;
  AlertType type = AlertType::Issue;
  Severity severity = Severity::Unknown;  // the gravest of what is not over; of an all-clear, of all
  bool all_clear = false;                 // everything in it is over
  std::optional<Instant> expires;
  std::vector<AlertPart> parts;
  std::vector<AlertText> texts;
  std::vector<std::string> references;  // CAP's: "sender,identifier,sent" of what it replaces
};

// What the agency's names mean, one line each: field,match,text,hazard,category,severity - the first that
// fits counts. `field` is kind (a danger's name), info (the kind of message) or intensity; `match` exact,
// begins, ends or contains.
struct AlertMeaning {
  std::string field, match, text, hazard, category;
  Severity severity = Severity::Unknown;
};
class AlertMeanings {
 public:
  // BadInput with the line.
  static Result<AlertMeanings> read(std::string_view csv);
  const AlertMeaning* find(std::string_view field, std::string_view text) const;

 private:
  std::vector<AlertMeaning> lines_;
};

// Unsupported: another schema, or a status that no version known here has. BadInput: what its schema forbids,
// named by element.
Result<Alert> read_alert(const Element& root, const AlertMeanings& meanings);

// "2015-06-22T18:00:00+09:00", "...Z", with a fraction or without (XML Schema dateTime).
Result<Instant> parse_moment(std::string_view text);
std::string moment_text(Instant at);  // in +09:00

// The same as CAP 1.2, for other systems. `sender` stands for us (no spaces or commas).
std::string write_cap(const Alert& alert, std::string_view sender);

}  // namespace machi::notice
