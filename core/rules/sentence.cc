// An answer as a sentence, put together from the pack's own phrases. Pure; any thread.
#include "core/rules/answer.h"

namespace machi::rules {
namespace {

std::string filled(std::string text,
                   std::initializer_list<std::pair<std::string_view, std::string_view>> arguments) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    for (const auto& [name, value] : arguments) {
      const std::string mark = "{" + std::string(name) + "}";
      if (text.compare(at, mark.size(), mark) != 0) continue;
      out += value;
      at += mark.size();
      found = true;
      break;
    }
    if (!found) out += text[at++];
  }
  return out;
}

struct Speaker {
  const Pack& pack;
  std::string_view language;

  std::string phrase(const char* key) const { return say(pack, pack.phrases.at(key), language); }
  const Fact& fact(int index) const { return pack.facts[static_cast<std::size_t>(index)]; }
  std::string label(int index) const { return say(pack, fact(index).label, language); }

  std::string ranges(int index, const Ranges& wanted) const {
    std::string out;
    for (const Span& span : wanted) {
      if (!out.empty()) out += phrase("or");
      const std::string from = span.from == -kEndless ? "" : value_text(pack, index, span.from, language);
      const std::string to = span.to == kEndless ? "" : value_text(pack, index, span.to, language);
      if (fact(index).type == FactType::Choice) {
        for (std::int64_t value = span.from; value <= span.to; ++value)
          out += (value == span.from ? "" : phrase("or")) + value_text(pack, index, value, language);
      } else if (span.from == span.to) {
        out += from;
      } else if (from.empty() || to.empty()) {
        out += filled(phrase(from.empty() ? "to" : "from"), {{"value", from.empty() ? to : from}});
      } else {
        out += filled(phrase("between"), {{"from", from}, {"to", to}});
      }
    }
    return out;
  }

  std::string reason(const Ground& ground, bool failed) const {
    if (ground.benefit >= 0) {
      const std::string name =
          say(pack, pack.benefits[static_cast<std::size_t>(ground.benefit)].name, language);
      const bool yes = ground.value && *ground.value == static_cast<std::int64_t>(Truth::Yes);
      return filled(phrase(yes ? "benefit-yes" : "benefit-no"), {{"name", name}});
    }
    const Fact& about = fact(ground.fact);
    if (about.type == FactType::Truth) {
      const Text& own = *ground.value != 0 ? about.yes : about.no;
      if (!own.empty()) return say(pack, own, language);
    }
    const std::string value = value_text(pack, ground.fact, *ground.value, language);
    const bool tell_wanted = failed && !ground.wanted.empty() && about.type != FactType::Truth;
    return filled(phrase(tell_wanted ? "reason-wanted" : "reason"),
                  {{"fact", label(ground.fact)},
                   {"value", value},
                   {"wanted", tell_wanted ? ranges(ground.fact, ground.wanted) : ""}});
  }
};

}  // namespace

std::string say(const Pack& pack, const Text& text, std::string_view language) {
  if (const auto found = text.find(std::string(language)); found != text.end()) return found->second;
  if (const auto first = text.find(pack.languages.front()); first != text.end()) return first->second;
  return "";
}

std::string value_text(const Pack& pack, int index, std::int64_t value, std::string_view language) {
  const Fact& fact = pack.facts[static_cast<std::size_t>(index)];
  switch (fact.type) {
    case FactType::Truth:
      return say(pack, pack.phrases.at(value != 0 ? "true" : "false"), language);
    case FactType::Date:
      // Days that no calendar of ours has come from bounds one past a limit.
      if (value < -719162 || value > 2932896) return "";
      return Date{static_cast<std::int32_t>(value)}.iso();
    case FactType::Choice:
      if (value < 0 || value >= static_cast<std::int64_t>(fact.choices.size())) return "";
      return say(pack, fact.choices[static_cast<std::size_t>(value)].label, language);
    case FactType::Number:
      return std::to_string(value) + say(pack, fact.unit, language);
    case FactType::Yen:
      break;
  }
  std::string digits = std::to_string(value);
  for (int at = static_cast<int>(digits.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return filled(say(pack, pack.phrases.at("yen"), language), {{"value", digits}});
}

std::string explain(const Pack& pack, const Answer& answer, std::string_view language) {
  const Speaker speaker{pack, language};
  if (answer.truth == Truth::Unknown) {
    const std::string question =
        answer.question < 0 ? "" : say(pack, speaker.fact(answer.question).question, language);
    return filled(speaker.phrase("unknown"), {{"question", question}});
  }
  const bool yes = answer.truth == Truth::Yes;
  const Benefit& benefit = pack.benefits[static_cast<std::size_t>(answer.benefit)];
  if (answer.grounds.empty() && yes) return speaker.phrase("everybody");
  std::string reasons;
  for (const Ground& ground : answer.grounds) {
    if (!reasons.empty()) reasons += speaker.phrase("join");
    reasons += speaker.reason(ground, !yes);
  }
  if (answer.grounds.empty()) {
    // Only its own dates can end what stands on nothing else.
    const auto& bound = benefit.to ? benefit.to : benefit.from;
    reasons = filled(speaker.phrase("until"),
                     {{"from", benefit.from ? benefit.from->iso() : ""}, {"to", bound ? bound->iso() : ""}});
  }
  return filled(speaker.phrase(yes ? "yes" : "no"), {{"reasons", reasons}});
}

}  // namespace machi::rules
