// The words of 出席停止, and reading a temperature.
#include "core/absence/illness.h"

#include <algorithm>

#include "core/absence/message.h"
#include "core/base/text.h"

namespace machi::absence {
namespace {

using screen::Node;
using screen::Nodes;

std::string_view name_of(NoteFact fact) {
  switch (fact) {
    case NoteFact::Name:
      return "name";
    case NoteFact::Onset:
      return "onset";
    case NoteFact::SwellingOnset:
      return "swelling-onset";
    case NoteFact::FeverGone:
      return "fever-gone";
    case NoteFact::SymptomsEased:
      return "symptoms-eased";
    case NoteFact::SymptomsGone:
      return "symptoms-gone";
    case NoteFact::CoughOrTreatment:
      return "cough-or-treatment";
    case NoteFact::RashGone:
      return "rash-gone";
    case NoteFact::Crusted:
      return "crusted";
    case NoteFact::Well:
      return "well";
    case NoteFact::NoRisk:
      return "no-risk";
    case NoteFact::Cured:
      return "cured";
    case NoteFact::FirstDay:
      return "first-day";
  }
  return "";
}

std::string_view name_of(ExclusionEnd end) {
  switch (end) {
    case ExclusionEnd::Days:
      return "days";
    case ExclusionEnd::DaysAndWell:
      return "days-and-well";
    case ExclusionEnd::Signs:
      return "signs";
    case ExclusionEnd::Doctor:
      return "doctor";
    case ExclusionEnd::Cured:
      return "cured";
  }
  return "";
}

// イ, ロ, ハ are letters of a Japanese law; other languages count them as a, b, c.
std::string item_text(const words::Words& words, std::string_view item) {
  constexpr std::string_view kItems[] = {"イ", "ロ", "ハ", "ニ", "ホ", "ヘ", "ト", "チ"};
  if (words.language().starts_with("ja")) return std::string(item);
  const auto at = std::find(std::begin(kItems), std::end(kItems), item);
  return at == std::end(kItems) ? std::string()
                                : std::string(1, static_cast<char>('a' + (at - std::begin(kItems))));
}

}  // namespace

Result<int> parse_temperature(std::string_view text) {
  const std::string folded = base::trimmed(base::fold_width(text));
  int whole = 0;
  int tenth = 0;
  std::size_t at = 0;
  while (at < folded.size() && at < 2 && folded[at] >= '0' && folded[at] <= '9')
    whole = whole * 10 + (folded[at++] - '0');
  if (at == 0) return base::fail(base::Code::BadInput, "temperature");
  if (at < folded.size() && (folded[at] == '.' || folded[at] == ',')) {
    ++at;
    if (at == folded.size() || folded[at] < '0' || folded[at] > '9')
      return base::fail(base::Code::BadInput, "temperature");
    tenth = folded[at++] - '0';
  }
  if (std::string_view(folded).substr(at) == "℃" || std::string_view(folded).substr(at) == "度")
    at = folded.size();
  const int tenths = whole * 10 + tenth;
  if (at != folded.size() || tenths < kTemperatureLowest || tenths > kTemperatureHighest) {
    return base::fail(base::Code::BadInput, "temperature");
  }
  return tenths;
}

Node exclusion_group(const words::Words& words, const Exclusion& exclusion, const SchoolDays& days) {
  Nodes facts;
  // The rule may name a day without school: the school day behind it is what a family waits for.
  const auto school_day = [&](Date day) { return words.date(days.next(day).value_or(day)); };
  std::string back;
  if (exclusion.first_day_back)
    back = words("absence.exclusion.from", {{"date", school_day(*exclusion.first_day_back)}});
  else if (exclusion.not_before)
    back = words("absence.exclusion.not-before", {{"date", school_day(*exclusion.not_before)}});
  else
    back = words("absence.exclusion.until." + std::string(name_of(exclusion.end)));
  Node first = screen::fact("exclusion.back", words("absence.exclusion.back"), back);
  if (!exclusion.first_day_back && exclusion.not_before)
    first.hint = words("absence.exclusion.until." + std::string(name_of(exclusion.end)));
  facts.push_back(std::move(first));
  std::string note;
  for (const NoteFact fact : exclusion.note) {
    const std::string one = words("absence.exclusion.note." + std::string(name_of(fact)));
    note = note.empty() ? one : words("absence.exclusion.note.and", {{"facts", note}, {"fact", one}});
  }
  facts.push_back(screen::fact("exclusion.note", words("absence.exclusion.note"), note));
  const std::string item = item_text(words, exclusion.sub_item);
  facts.push_back(
      screen::fact("exclusion.law", words("absence.exclusion.law"),
                   words("absence.exclusion.law.value", {{"class", std::to_string(exclusion.disease_class)},
                                                         {"item", std::to_string(exclusion.item)},
                                                         {"sub", item}})));
  Node group = screen::group("exclusion", words("absence.exclusion"),
                             {screen::text("exclusion.what", words("absence.exclusion.what")),
                              screen::facts("exclusion.facts", "", std::move(facts))});
  return group;
}

}  // namespace machi::absence
