// Ages come from birth months as a span of whole months: what every day of it agrees on is known. Pure.
#include "core/notice/segment/match.h"

#include <algorithm>

#include "core/rules/age.h"

namespace machi::notice {
namespace {

Truth negated(Truth truth) {
  switch (truth) {
    case Truth::No:
      return Truth::Yes;
    case Truth::Unknown:
      return Truth::Unknown;
    case Truth::Yes:
      return Truth::No;
  }
  return Truth::Unknown;
}

Truth of(bool holds) { return holds ? Truth::Yes : Truth::No; }

Truth shared(const std::vector<std::string>& wanted, const std::optional<std::vector<std::string>>& had) {
  if (!had) return Truth::Unknown;
  return of(std::any_of(had->begin(), had->end(), [&](const std::string& one) {
    return std::find(wanted.begin(), wanted.end(), one) != wanted.end();
  }));
}

// 1 in the first year of primary school, 0 and less before.
std::int64_t grade_of(Date birth, Date today) {
  const auto start = rules::school_start(birth);
  return start.ok() ? today.school_year() - start->school_year() + 1 : -99;
}

}  // namespace

Matcher::Matcher(const Profile& profile, Date today) : profile_(profile), today_(today) {
  if (profile.birth)
    age_ = Between{rules::years_reached(profile.birth->last, today),
                   rules::years_reached(profile.birth->first, today)};
  if (!profile.children) return;
  months_.emplace();
  born_.emplace();
  grades_.emplace();
  for (const Birth& birth : *profile.children) {
    months_->push_back({rules::months_reached(birth.last, today), rules::months_reached(birth.first, today)});
    born_->push_back({birth.first.days, birth.last.days});
    grades_->push_back({grade_of(birth.last, today), grade_of(birth.first, today)});
  }
}

Truth Matcher::within(const Ranges& ranges, const Between& value) {
  Truth out = Truth::No;
  for (const Span& span : ranges) {
    if (value.least >= span.from && value.most <= span.to) return Truth::Yes;
    if (value.most >= span.from && value.least <= span.to) out = Truth::Unknown;
  }
  return out;
}

Truth Matcher::any_within(const Ranges& ranges, const std::optional<std::vector<Between>>& values) {
  if (!values) return Truth::Unknown;
  Truth out = Truth::No;
  for (const Between& value : *values) out = std::max(out, within(ranges, value));
  return out;
}

Truth Matcher::handbook(const Node& node) const {
  if (!profile_.handbooks) return Truth::Unknown;
  if (node.words.empty()) return of(!profile_.handbooks->empty());
  Truth out = Truth::No;
  for (const Handbook& one : *profile_.handbooks) {
    for (std::size_t i = 0; i < node.words.size(); ++i) {
      if (node.words[i] != one.kind) continue;
      const Span& span = node.ranges[i];
      const bool any = span.from == -rules::kEndless && span.to == rules::kEndless;
      if (any)
        out = Truth::Yes;
      else if (!one.grade)
        out = std::max(out, Truth::Unknown);
      else
        out = std::max(out, of(*one.grade >= span.from && *one.grade <= span.to));
    }
  }
  return out;
}

Truth Matcher::fact(const Node& node) const {
  const auto found = profile_.facts.find(node.name);
  if (found == profile_.facts.end()) return Truth::Unknown;
  const FactValue& value = found->second;
  const auto* number = std::get_if<std::int64_t>(&value);
  const auto* truth = std::get_if<bool>(&value);
  if (!node.words.empty()) {
    const auto* text = std::get_if<std::string>(&value);
    const std::string said = text ? *text : number ? std::to_string(*number) : *truth ? "yes" : "no";
    return of(std::find(node.words.begin(), node.words.end(), said) != node.words.end());
  }
  if (!node.ranges.empty()) return number ? within(node.ranges, {*number, *number}) : Truth::No;
  return truth ? of(*truth) : Truth::Yes;  // something is said of it
}

Truth Matcher::leaf(const Node& node) const {
  switch (node.part) {
    case Part::Everyone:
      return Truth::Yes;
    case Part::District:
      return shared(node.words, profile_.districts);
    case Part::Interest:
      return shared(node.words, profile_.interests);
    case Part::Language:
      return shared(node.words, profile_.languages);
    case Part::Role:
      return shared(node.words, profile_.roles);
    case Part::Handbook:
      return handbook(node);
    case Part::Age:
      return age_ ? within(node.ranges, *age_) : Truth::Unknown;
    case Part::Child:
      if (!months_) return Truth::Unknown;
      return node.ranges.empty() ? of(!months_->empty()) : any_within(node.ranges, months_);
    case Part::Born:
      return any_within(node.ranges, born_);
    case Part::Grade:
      return any_within(node.ranges, grades_);
    case Part::Day:
      return within(node.ranges, {today_.days, today_.days});
    case Part::Fact:
      return fact(node);
    case Part::All:
    case Part::Any:
    case Part::Not:
      break;
  }
  return Truth::Unknown;
}

Truth Matcher::truth(const Segment& segment, int index) const {
  const Node& node = segment.nodes[static_cast<std::size_t>(index)];
  if (node.part == Part::Not) return negated(truth(segment, node.children[0]));
  if (node.part == Part::All) {
    Truth out = Truth::Yes;
    for (const int child : node.children) {
      out = std::min(out, truth(segment, child));
      if (out == Truth::No) break;
    }
    return out;
  }
  if (node.part == Part::Any) {
    Truth out = Truth::No;
    for (const int child : node.children) {
      out = std::max(out, truth(segment, child));
      if (out == Truth::Yes) break;
    }
    return out;
  }
  return leaf(node);
}

void Matcher::wait_for(const Segment& segment, int index, std::vector<std::string>& out) const {
  if (truth(segment, index) != Truth::Unknown) return;
  const Node& node = segment.nodes[static_cast<std::size_t>(index)];
  for (const int child : node.children) wait_for(segment, child, out);
  std::string name;
  switch (node.part) {
    case Part::Everyone:
    case Part::All:
    case Part::Any:
    case Part::Not:
    case Part::Day:
      return;
    case Part::District:
      name = "districts";
      break;
    case Part::Interest:
      name = "interests";
      break;
    case Part::Language:
      name = "languages";
      break;
    case Part::Role:
      name = "roles";
      break;
    case Part::Handbook:
      name = "handbooks";
      break;
    case Part::Age:
      name = "birth";
      break;
    case Part::Child:
    case Part::Born:
    case Part::Grade:
      name = "children";
      break;
    case Part::Fact:
      name = "facts." + node.name;
      break;
  }
  if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
}

Truth match(const Segment& segment, const Profile& profile, Date today) {
  return Matcher(profile, today).match(segment);
}

std::vector<std::string> missing(const Segment& segment, const Profile& profile, Date today) {
  std::vector<std::string> out;
  Matcher(profile, today).wait_for(segment, segment.root, out);
  return out;
}

}  // namespace machi::notice
