// machi segment match: whether a segment concerns the person of a profile (core/notice/segment/SEGMENT.md).
#include "core/notice/desk/sentence.h"
#include "core/notice/segment/match.h"
#include "platform/machi/json_input.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/rule_commands.h"

namespace machi::program {
namespace {

struct SegmentMatch {
  std::string segment, profile, today;
};

const char* word_of(rules::Truth truth) {
  switch (truth) {
    case rules::Truth::No:
      return "no";
    case rules::Truth::Unknown:
      return "unknown";
    case rules::Truth::Yes:
      return "yes";
  }
  return "";
}

base::Result<notice::Profile> profile_in(const std::string& file, base::Date today) {
  MACHI_TRY_SET(json, read_json(file));
  MACHI_TRY_SET(written, as_cbor(json));
  return notice::read_profile(written, today);
}

int run(const SegmentMatch& options) {
  const auto today = day_asked(options.today);
  if (!today.ok()) return complain("--today is no day", today.error());
  notice::SegmentFault fault;
  const auto segment = notice::parse_segment(options.segment, &fault);
  if (!segment.ok())
    return complain("The segment is refused at sign " + std::to_string(fault.at) + ": " + fault.why);
  const auto profile = profile_in(options.profile, *today);
  if (!profile.ok()) return complain("The profile cannot be read", profile.error());
  nlohmann::ordered_json missing = nlohmann::ordered_json::array();
  for (const std::string& name : notice::missing(*segment, *profile, *today)) missing.push_back(name);
  print_in_order({{"match", word_of(notice::match(*segment, *profile, *today))},
                  {"segment", notice::segment_text(*segment)},
                  {"sentence", words::plain(notice::segment_sentence(*segment, words::Words()))},
                  {"today", today->iso()},
                  {"missing", std::move(missing)}});
  return kDone;
}

}  // namespace

Action declare_segment_match(CLI::App& app) {
  auto options = std::make_shared<SegmentMatch>();
  app.add_option("SEGMENT", options->segment, "Whom a notice concerns: 'child 6m..3y and district 3, 4'")
      ->required();
  app.add_option("PROFILE.json", options->profile, "A person's profile, or - for standard input")->required();
  app.add_option("--today", options->today, "Taken as today; by default the day in Japan");
  app.footer(
      "A segment puts tests together with and, or, not and brackets: everyone; district 3, 4; child 6m..3y; "
      "child born 2024-04-02..2025-04-01; child grade 1..6; child any; age 65..; handbook physical 1..2, "
      "mental; handbook any; interest sports; language vi, en; role carer, foreign, business; day "
      "2026-12-01..2026-12-24; fact NAME, fact NAME 4.., fact NAME = word. Japanese words are read as well "
      "(core/notice/segment/SEGMENT.md).\n"
      "The profile is {\"districts\": [\"3\"], \"birth\": \"1985-04\", \"children\": [{\"birth\": "
      "\"2024-05\"}], \"handbooks\": [{\"kind\": \"physical\", \"grade\": 2}], \"interests\": [\"sports\"], "
      "\"languages\": [\"ja\"], \"roles\": [\"carer\"], \"facts\": {\"car\": true}}; what is missing or null "
      "is not known, an empty list is known to be empty.\n"
      "One JSON object: match (yes, no or unknown), the segment in its one form and as the sentence that its "
      "editor reads, the day, and the fields of "
      "the profile for which an unknown answer waits. A segment with a mistake: exit code 1, and the place "
      "counted in signs from 1.");
  return [options] { return run(*options); };
}

}  // namespace machi::program
