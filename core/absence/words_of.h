// The words for what a report says: kinds, reasons, symptoms, and a whole cause in one line. For phone and
// desk alike. The short names are the values of options and the last parts of word keys
// ("absence.kind.late"). Pure; any thread.
#pragma once

#include <array>

#include "core/absence/message.h"
#include "core/words/words.h"

namespace machi::absence {

inline constexpr std::array kReportKinds = {ReportKind::Absent, ReportKind::Late, ReportKind::LeavingEarly,
                                            ReportKind::Back};
inline constexpr std::array kReasons = {Reason::Cold,   Reason::Stomach,    Reason::Injury,
                                        Reason::Clinic, Reason::Infectious, Reason::Bereavement,
                                        Reason::Family, Reason::Other};
inline constexpr std::array kSymptoms = {Symptom::Cough,      Symptom::Headache, Symptom::RunnyNose,
                                         Symptom::SoreThroat, Symptom::Vomiting, Symptom::Diarrhoea,
                                         Symptom::Rash};

// As the form offers them: what is common first, what a hospital finds last.
inline constexpr std::array kDiseases = {
    Disease::Influenza,
    Disease::Covid19,
    Disease::Varicella,
    Disease::PharyngoconjunctivalFever,
    Disease::Mumps,
    Disease::Pertussis,
    Disease::Measles,
    Disease::Rubella,
    Disease::EpidemicKeratoconjunctivitis,
    Disease::AcuteHaemorrhagicConjunctivitis,
    Disease::EnterohaemorrhagicEColi,
    Disease::Tuberculosis,
    Disease::MeningococcalMeningitis,
    Disease::Shigellosis,
    Disease::Cholera,
    Disease::TyphoidFever,
    Disease::ParatyphoidFever,
    Disease::FirstClass,
    Disease::OtherThirdClass,
};

std::string_view short_name(ReportKind kind);  // "absent", "late", "leaving-early", "cancelled", "back"
std::string_view short_name(Reason reason);    // "cold", ...
std::string_view short_name(Symptom symptom);  // "cough", ...
std::string_view short_name(Disease disease);  // "influenza", ...
std::optional<ReportKind> kind_named(std::string_view name);
std::optional<Reason> reason_named(std::string_view name);
std::optional<Symptom> symptom_named(std::string_view name);
std::optional<Disease> disease_named(std::string_view name);

// Whether symptoms and a temperature are asked for.
bool is_illness(Reason reason);

std::string word_of(const words::Words& words, ReportKind kind);  // 欠席
std::string word_of(const words::Words& words, Reason reason);    // かぜ・発熱
std::string word_of(const words::Words& words, Symptom symptom);  // せき
std::string word_of(const words::Words& words, Disease disease);  // インフルエンザ
// かぜ・発熱 38.2℃、せき; インフルエンザ 38.2℃. "" for a cancellation, and for a pupil who is back.
std::string cause_of(const words::Words& words, const Report& report);
// "38.2" out of tenths.
std::string temperature_text(int tenths);

}  // namespace machi::absence
