// The form's part about illness: symptoms, a named disease, and what 出席停止 comes to.
#include <algorithm>

#include "core/absence/citizen/form.h"
#include "core/absence/citizen/frame.h"
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;

}  // namespace

std::optional<Exclusion> ReportForm::exclusion(const CitizenContext& context) const {
  if (draft_.kind == ReportKind::Back || draft_.reason != Reason::Infectious || !draft_.disease)
    return std::nullopt;
  const Checked checked = check(context);
  const auto children = chosen(context);
  const bool preschool =
      std::any_of(children.begin(), children.end(), [](const Child& child) { return child.card.preschool; });
  return exclusion_of(*draft_.disease, preschool, checked.report.onset, checked.report.better);
}

std::optional<Date> ReportForm::home_until(const CitizenContext& context) const {
  const auto rule = exclusion(context);
  const auto first = Date::parse(draft_.date);
  if (!rule || !rule->not_before || !first.ok() || draft_.kind != ReportKind::Absent) return std::nullopt;
  const Date last = rule->not_before->plus(-1);
  return last > *first && last <= context.today().plus(kDaysAhead) ? std::optional(last) : std::nullopt;
}

void ReportForm::add_disease(const CitizenContext& context, const Checked& checked, Nodes& main) const {
  const words::Words& words = context.words;
  std::vector<screen::Option> diseases;
  for (const Disease disease : kDiseases) {
    diseases.push_back(
        screen::option(std::string(short_name(disease)), word_of(words, disease), draft_.disease == disease));
  }
  Node choice = screen::choice("disease", words("absence.form.disease"), Kind::Single, std::move(diseases));
  choice.hint = words("absence.form.disease.hint");
  main.push_back(with(std::move(choice), checked));
  if (!draft_.disease) return;
  const auto day_field = [&](const char* node, const std::string& label, const std::string& value) {
    Node field = screen::field(node, label, Kind::Date, value);
    field.minimum = context.today().plus(-kDaysAhead).iso();
    field.maximum = context.today().iso();
    if (const auto day = Date::parse(value); day.ok())
      field.options.push_back(screen::option(day->iso(), words.date(*day), true));
    return field;
  };
  if (counts_from_onset(*draft_.disease)) {
    const bool swelling = draft_.disease == Disease::Mumps;
    main.push_back(
        with(day_field("onset", words(swelling ? "absence.form.onset.swelling" : "absence.form.onset"),
                       draft_.onset),
             checked));
  }
  if (counts_from_better(*draft_.disease)) {
    const bool eased =
        draft_.disease == Disease::Covid19 || draft_.disease == Disease::PharyngoconjunctivalFever;
    Node better = day_field("better", words(eased ? "absence.form.better.eased" : "absence.form.better"),
                            draft_.better);
    better.hint = words("absence.form.better.hint");
    main.push_back(with(std::move(better), checked));
  }
  Node group = exclusion_group(context.words, *exclusion(context), days(context));
  if (const auto last = home_until(context); last && draft_.last != last->iso()) {
    const std::string label = words("absence.exclusion.stay", {{"date", words.date(*last)}});
    group.children.push_back(
        with(screen::button("home-until", label, Importance::Secondary, Icon::Calendar), checked));
  }
  main.push_back(std::move(group));
}

void ReportForm::add_symptoms(const CitizenContext& context, const Checked& checked, Nodes& main) const {
  const words::Words& words = context.words;
  Node temperature =
      screen::field("temperature", words("absence.form.temperature"), Kind::Number, draft_.temperature);
  temperature.minimum = temperature_text(kTemperatureLowest);
  temperature.maximum = temperature_text(kTemperatureHighest);
  std::vector<screen::Option> symptoms;
  for (Symptom symptom : kSymptoms) {
    const bool chosen =
        std::find(draft_.symptoms.begin(), draft_.symptoms.end(), symptom) != draft_.symptoms.end();
    symptoms.push_back(screen::option(std::string(short_name(symptom)), word_of(words, symptom), chosen));
  }
  Node choice =
      screen::choice("symptoms", words("absence.form.symptoms"), Kind::Multiple, std::move(symptoms));
  Node group = screen::group("illness", words("absence.form.illness"),
                             {with(std::move(temperature), checked), with(std::move(choice), checked)});
  group.hint = words("absence.form.optional");
  main.push_back(std::move(group));
}

}  // namespace machi::absence
