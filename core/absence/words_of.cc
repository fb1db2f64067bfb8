// Short names and words of the enumerations of a report.
#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

template <class Range>
auto named(const Range& all, std::string_view name) -> std::optional<typename Range::value_type> {
  for (const auto one : all) {
    if (short_name(one) == name) return one;
  }
  return std::nullopt;
}

std::string word(const words::Words& words, const char* group, std::string_view name) {
  return words(group + std::string(name));
}

}  // namespace

std::string_view short_name(ReportKind kind) {
  switch (kind) {
    case ReportKind::Absent:
      return "absent";
    case ReportKind::Late:
      return "late";
    case ReportKind::LeavingEarly:
      return "leaving-early";
    case ReportKind::Cancelled:
      return "cancelled";
    case ReportKind::Back:
      return "back";
  }
  return "";
}

std::string_view short_name(Reason reason) {
  switch (reason) {
    case Reason::Cold:
      return "cold";
    case Reason::Stomach:
      return "stomach";
    case Reason::Injury:
      return "injury";
    case Reason::Clinic:
      return "clinic";
    case Reason::Infectious:
      return "infectious";
    case Reason::Family:
      return "family";
    case Reason::Other:
      return "other";
    case Reason::Bereavement:
      return "bereavement";
  }
  return "";
}

std::string_view short_name(Symptom symptom) {
  switch (symptom) {
    case Symptom::Cough:
      return "cough";
    case Symptom::Headache:
      return "headache";
    case Symptom::RunnyNose:
      return "runny-nose";
    case Symptom::SoreThroat:
      return "sore-throat";
    case Symptom::Vomiting:
      return "vomiting";
    case Symptom::Diarrhoea:
      return "diarrhoea";
    case Symptom::Rash:
      return "rash";
  }
  return "";
}

std::string_view short_name(Disease disease) {
  switch (disease) {
    case Disease::Influenza:
      return "influenza";
    case Disease::Pertussis:
      return "pertussis";
    case Disease::Measles:
      return "measles";
    case Disease::Mumps:
      return "mumps";
    case Disease::Rubella:
      return "rubella";
    case Disease::Varicella:
      return "varicella";
    case Disease::PharyngoconjunctivalFever:
      return "pcf";
    case Disease::Covid19:
      return "covid19";
    case Disease::Tuberculosis:
      return "tuberculosis";
    case Disease::MeningococcalMeningitis:
      return "meningitis";
    case Disease::FirstClass:
      return "first-class";
    case Disease::Cholera:
      return "cholera";
    case Disease::Shigellosis:
      return "shigellosis";
    case Disease::EnterohaemorrhagicEColi:
      return "ehec";
    case Disease::TyphoidFever:
      return "typhoid";
    case Disease::ParatyphoidFever:
      return "paratyphoid";
    case Disease::EpidemicKeratoconjunctivitis:
      return "ekc";
    case Disease::AcuteHaemorrhagicConjunctivitis:
      return "ahc";
    case Disease::OtherThirdClass:
      return "other-infection";
  }
  return "";
}

std::optional<ReportKind> kind_named(std::string_view name) { return named(kReportKinds, name); }
std::optional<Reason> reason_named(std::string_view name) { return named(kReasons, name); }
std::optional<Symptom> symptom_named(std::string_view name) { return named(kSymptoms, name); }

std::optional<Disease> disease_named(std::string_view name) { return named(kDiseases, name); }

bool is_illness(Reason reason) {
  return reason == Reason::Cold || reason == Reason::Stomach || reason == Reason::Infectious;
}

std::string word_of(const words::Words& words, ReportKind kind) {
  return word(words, "absence.kind.", short_name(kind));
}
std::string word_of(const words::Words& words, Reason reason) {
  return word(words, "absence.reason.", short_name(reason));
}
std::string word_of(const words::Words& words, Symptom symptom) {
  return word(words, "absence.symptom.", short_name(symptom));
}

std::string word_of(const words::Words& words, Disease disease) {
  return word(words, "absence.disease.", short_name(disease));
}

std::string temperature_text(int tenths) {
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string cause_of(const words::Words& words, const Report& report) {
  if (!report.reason) return "";
  std::string out = report.disease ? word_of(words, *report.disease) : word_of(words, *report.reason);
  if (report.temperature) {
    out = words("absence.cause.temperature",
                {{"cause", out}, {"degrees", words.decimal(*report.temperature)}});
  }
  for (Symptom symptom : report.symptoms) {
    out = words("absence.cause.symptom", {{"cause", out}, {"symptom", word_of(words, symptom)}});
  }
  return out;
}

}  // namespace machi::absence
