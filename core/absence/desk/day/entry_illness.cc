// Temperature, symptoms, a named disease with its days, and what 出席停止 comes to.
#include <algorithm>

#include "core/absence/desk/day/entry.h"
#include "core/absence/illness.h"
#include "core/absence/words_of.h"
#include "core/base/text.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;

constexpr int kDaysBack = 60;  // of an illness

Node day_field(const DeskScene& scene, std::string id, std::string label, const std::string& value) {
  const Date today = base::date_of(scene.now);
  Node field = screen::field(std::move(id), std::move(label), screen::Kind::Date, value);
  field.minimum = today.plus(-kDaysBack).iso();
  field.maximum = today.iso();
  if (const auto day = Date::parse(value); day.ok())
    field.options.push_back(screen::option(day->iso(), scene.words.date(*day), true));
  return field;
}

std::optional<Exclusion> exclusion(const DeskScene& scene, const Report& report) {
  if (!report.disease) return std::nullopt;
  const auto pupil = scene.school.roll().pupil(report.pupil);
  return exclusion_of(*report.disease, pupil && pupil->grade == 0, report.onset, report.better);
}

// The last day at home by the rule, where the pupil is absent from a day before it.
std::optional<Date> home_until(const DeskScene& scene, const Report& report) {
  const auto rule = exclusion(scene, report);
  if (!rule || !rule->not_before || report.kind != ReportKind::Absent) return std::nullopt;
  const Date last = rule->not_before->plus(-1);
  return last > report.date && last <= report.date.plus(kRangeLimit) ? std::optional(last) : std::nullopt;
}

void add_disease(const DeskScene& scene, const CheckedEntry& checked, Nodes& main) {
  const auto& words = scene.words;
  const EntryDraft& draft = scene.place.entry;
  std::vector<screen::Option> diseases;
  for (const Disease disease : kDiseases)
    diseases.push_back(
        screen::option(std::string(short_name(disease)), word_of(words, disease), draft.disease == disease));
  main.push_back(entry_node(
      screen::choice("disease", words("absence.form.disease"), screen::Kind::Single, std::move(diseases)),
      scene, checked));
  if (!draft.disease) return;
  if (counts_from_onset(*draft.disease)) {
    const bool swelling = draft.disease == Disease::Mumps;
    main.push_back(entry_node(
        day_field(scene, "onset", words(swelling ? "absence.form.onset.swelling" : "absence.form.onset"),
                  draft.onset),
        scene, checked));
  }
  if (counts_from_better(*draft.disease)) {
    const bool eased =
        draft.disease == Disease::Covid19 || draft.disease == Disease::PharyngoconjunctivalFever;
    main.push_back(entry_node(
        day_field(scene, "better", words(eased ? "absence.form.better.eased" : "absence.form.better"),
                  draft.better),
        scene, checked));
  }
  const auto rule = exclusion(scene, checked.report);
  if (!rule) return;
  Node group = exclusion_group(words, *rule, scene.school.days());
  if (const auto last = home_until(scene, checked.report); last && draft.last != last->iso())
    group.children.push_back(entry_node(
        screen::button("home-until", words("absence.exclusion.stay", {{"date", words.date(*last)}}),
                       Importance::Secondary, Icon::Calendar),
        scene, checked));
  main.push_back(std::move(group));
}

}  // namespace

void check_illness(const DeskScene& scene, Report& report, std::map<std::string, std::string>& errors) {
  const auto& words = scene.words;
  const EntryDraft& draft = scene.place.entry;
  if (!report.reason || !is_illness(*report.reason)) return;
  report.symptoms = draft.symptoms;
  if (!draft.temperature.empty()) {
    if (const auto tenths = parse_temperature(draft.temperature); tenths.ok())
      report.temperature = *tenths;
    else
      errors["temperature"] = words("absence.error.temperature");
  }
  if (report.reason != Reason::Infectious || !draft.disease) return;
  report.disease = draft.disease;
  const Date today = base::date_of(scene.now);
  const auto past_day = [&](const std::string& typed, const char* node, std::optional<Date>& day) {
    if (typed.empty()) return;
    const auto read = Date::parse(typed);
    if (!read.ok() || *read > today || *read < today.plus(-kDaysBack))
      errors[node] = words("absence.error.past-day");
    else
      day = *read;
  };
  if (counts_from_onset(*draft.disease)) past_day(draft.onset, "onset", report.onset);
  if (counts_from_better(*draft.disease)) past_day(draft.better, "better", report.better);
  if (report.onset && report.better && *report.better < *report.onset) {
    errors["better"] = words("absence.error.better-early");
    report.better.reset();
  }
}

void add_illness(const DeskScene& scene, const CheckedEntry& checked, Nodes& main) {
  const auto& words = scene.words;
  const EntryDraft& draft = scene.place.entry;
  if (!checked.report.reason || !is_illness(*checked.report.reason)) return;
  if (checked.report.reason == Reason::Infectious) add_disease(scene, checked, main);
  Node temperature = screen::field("temperature", words("absence.form.temperature"), screen::Kind::Number,
                                   draft.temperature);
  temperature.minimum = temperature_text(kTemperatureLowest);
  temperature.maximum = temperature_text(kTemperatureHighest);
  std::vector<screen::Option> symptoms;
  for (const Symptom symptom : kSymptoms)
    symptoms.push_back(screen::option(
        std::string(short_name(symptom)), word_of(words, symptom),
        std::find(draft.symptoms.begin(), draft.symptoms.end(), symptom) != draft.symptoms.end()));
  main.push_back(entry_node(std::move(temperature), scene, checked));
  main.push_back(entry_node(
      screen::choice("symptoms", words("absence.form.symptoms"), screen::Kind::Multiple, std::move(symptoms)),
      scene, checked));
}

bool act_on_illness(PageTurn& turn, const screen::Action& action) {
  EntryDraft& draft = turn.place.entry;
  const auto& node = action.node;
  if (node == "temperature")
    draft.temperature = base::trimmed(action.value);
  else if (node == "disease")
    draft.disease = disease_named(action.value);
  else if (node == "onset")
    draft.onset = base::trimmed(action.value);
  else if (node == "better")
    draft.better = base::trimmed(action.value);
  else if (node == "symptoms") {
    draft.symptoms.clear();
    for (const std::string& value : action.values)
      if (const auto symptom = symptom_named(value)) draft.symptoms.push_back(*symptom);
  } else if (node == "home-until") {
    if (const auto last = home_until(turn.scene, check_entry(turn.scene).report)) draft.last = last->iso();
  } else {
    return false;
  }
  return true;
}

}  // namespace machi::absence
