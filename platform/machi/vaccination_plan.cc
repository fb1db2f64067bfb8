// machi vaccination plan: a child's doses beside the routine schedule (core/parenting/vaccination.h).
#include "core/parenting/vaccination.h"
#include "platform/machi/json_input.h"
#include "platform/machi/rule_commands.h"
#include "platform/machi/tables.h"

namespace machi::program {
namespace {

using nlohmann::ordered_json;
using parenting::Turn;
using parenting::Verdict;

struct Vaccination {
  std::string file, schedule, today, language;
};

struct Asked {
  parenting::Child child;
  std::vector<parenting::Given> given;
  ordered_json records = ordered_json::array();
};

base::Result<Asked> read_child(const nlohmann::json& input, const parenting::Schedule& schedule,
                               base::Date today) {
  const Field root(input);
  MACHI_TRY(root.only({"birth", "sex", "doses"}));
  Asked out;
  MACHI_TRY_SET(birth, root["birth"].birth(today));
  MACHI_TRY_SET(sex, root["sex"].text());
  if (sex != "male" && sex != "female")
    return root["sex"].fault(base::Code::BadInput, "\"male\" or \"female\" is expected");
  out.child = {birth, sex == "male" ? parenting::Sex::Male : parenting::Sex::Female};
  MACHI_TRY_SET(doses, root["doses"].items());
  for (const Field& dose : doses) {
    MACHI_TRY(dose.only({"vaccine", "date", "lot", "place"}));
    MACHI_TRY_SET(vaccine, dose["vaccine"].text());
    MACHI_TRY_SET(date, dose["date"].day());
    const int series = schedule.find(vaccine);
    if (series < 0) return dose["vaccine"].fault(base::Code::NotFound, "the schedule has no such vaccine");
    if (date < birth) return dose["date"].fault(base::Code::DateOutOfRange, "a dose before the birth");
    if (date > today) return dose["date"].fault(base::Code::DateOutOfRange, "a dose in the future");
    ordered_json record = {{"vaccine", vaccine}, {"date", date.iso()}};
    for (const char* key : {"lot", "place"}) {
      record[key] = nullptr;  // not recorded
      if (!dose[key].given()) continue;
      MACHI_TRY_SET(text, dose[key].text());
      if (text.size() > 100) return dose[key].fault(base::Code::TooLarge, "at most 100 bytes are kept");
      record[key] = text;
    }
    out.given.push_back({series, date});
    out.records.push_back(std::move(record));
  }
  return out;
}

std::string word_of(const parenting::Judged& judged) {
  const std::string early = std::to_string(judged.early_days);
  switch (judged.verdict) {
    case Verdict::Counts:
      return "counts as dose " + std::to_string(judged.dose);
    case Verdict::AfterTheTime:
      return "counts as dose " + std::to_string(judged.dose) + ", after the routine period";
    case Verdict::TooYoung:
      return "does not count: " + early + " days before the age";
    case Verdict::TooSoon:
      return "does not count: " + early + " days too soon after the dose before";
    case Verdict::AfterLive:
      return "ask a doctor: " + early + " days too soon after another injected live vaccine";
    case Verdict::Twice:
      return "does not count: the same vaccine on the same day";
    case Verdict::NotNeeded:
      return "does not count: the series was complete or another of its kind was begun";
  }
  return "";
}

const char* word_of(Turn turn) {
  switch (turn) {
    case Turn::Today:
      return "may be given today";
    case Turn::Early:
      return "too early";
    case Turn::Over:
      return "the routine period is over";
    case Turn::Complete:
      return "complete";
    case Turn::NotForThis:
      return "not for this child";
  }
  return "";
}

ordered_json shown(const parenting::Next& next, const parenting::Schedule& schedule,
                   const std::string& language) {
  const auto& series = schedule.series[static_cast<std::size_t>(next.series)];
  const auto name = series.name.find(language);
  ordered_json out = {{"vaccine", series.id},
                      {"name", name == series.name.end() ? series.id : name->second},
                      {"state", word_of(next.turn)}};
  if (next.turn == Turn::Complete || next.turn == Turn::NotForThis) return out;
  out["dose"] = next.dose;
  out["of"] = next.doses;
  out["earliest"] = next.earliest.iso();
  out["latest"] = next.latest.iso();
  if (next.usual_from) out["usualFrom"] = next.usual_from->iso();
  if (next.usual_to) out["usualTo"] = next.usual_to->iso();
  if (next.turn == Turn::Early) out["tooEarlyByDays"] = next.early_days;
  if (next.waits_for_live) {
    out["waitsForLiveVaccine"] = true;
    out["ruleConfirmed"] = schedule.live_gap_confirmed;
  }
  if (next.late_start) out["notAdvisedToBegin"] = true;
  if (next.urgent) out["doNotForget"] = true;
  out["source"] = series.source;
  return out;
}

base::Result<parenting::Schedule> schedule_in(const std::string& file) {
  MACHI_TRY_SET(json, file.empty() ? parse_json(japanese_schedule()) : read_json(file));
  MACHI_TRY_SET(written, as_cbor(json));
  return parenting::read_schedule(written);
}

int run(const Vaccination& options) {
  const auto today = day_asked(options.today);
  if (!today.ok()) return complain("--today is no day", today.error());
  const auto schedule = schedule_in(options.schedule);
  if (!schedule.ok()) return complain("The schedule is refused", schedule.error());
  const auto input = read_json(options.file);
  if (!input.ok()) return complain("The child's file cannot be read", input.error());
  auto asked = read_child(*input, *schedule, *today);
  if (!asked.ok()) return complain("These doses cannot be used", asked.error());
  const auto plan = parenting::plan_vaccination(*schedule, asked->child, asked->given, *today);
  if (!plan.ok()) return complain("No plan can be made", plan.error());
  ordered_json next = ordered_json::array(), proposed = ordered_json::array();
  for (std::size_t i = 0; i < plan->given.size(); ++i) asked->records[i]["verdict"] = word_of(plan->given[i]);
  for (const auto& one : plan->next) next.push_back(shown(one, *schedule, options.language));
  for (const auto& one : plan->proposed)
    proposed.push_back({{"date", one.on.iso()},
                        {"vaccine", schedule->series[static_cast<std::size_t>(one.series)].id},
                        {"dose", one.dose}});
  print_in_order({{"schedule", schedule->id},
                  {"asOf", schedule->as_of.iso()},
                  {"today", today->iso()},
                  {"given", std::move(asked->records)},
                  {"next", std::move(next)},
                  {"proposed", std::move(proposed)}});
  return kDone;
}

}  // namespace

Action declare_vaccination_plan(CLI::App& app) {
  auto options = std::make_shared<Vaccination>();
  app.add_option("CHILD.json", options->file, "The child and its doses, or - for standard input")->required();
  app.add_option("--schedule", options->schedule,
                 "Another schedule; by default the Japanese routine one in the program");
  app.add_option("--today", options->today, "Taken as today; by default the day in Japan");
  app.add_option("--language", options->language, "Of the vaccines' names: ja or en")->default_val("ja");
  app.footer(
      "Reads {\"birth\": \"2026-05-10\", \"sex\": \"female\", \"doses\": [{\"vaccine\": \"hepb\", \"date\": "
      "\"2026-07-10\", \"lot\": \"...\", \"place\": "
      "\"...\"}]}; lot and place may be left out. One JSON object: for each dose whether it counts, and by "
      "how many days it was too early; "
      "for each vaccine the next dose, its first and last day, what may be given today, what is too early by "
      "how many days, what must not "
      "be forgotten; and a proposed calendar. It says what the schedule says; whether this child may be "
      "vaccinated today, a doctor says.");
  return [options] { return run(*options); };
}

}  // namespace machi::program
