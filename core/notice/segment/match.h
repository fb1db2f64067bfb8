// Whether a segment concerns the person of a profile on a day: yes, no, or not known (Kleene's logic, as
// core/rules decides). Pure; any thread; never fails.
#pragma once

#include "core/notice/segment/profile.h"
#include "core/notice/segment/segment.h"
#include "core/rules/evaluator.h"

namespace machi::notice {

using rules::Truth;

Truth match(const Segment& segment, const Profile& profile, Date today);

// Of a segment that is not known: the fields of the profile that it waits for, each once, in reading order -
// "districts", "children", "facts.NAME" - what a person may be asked for.
std::vector<std::string> missing(const Segment& segment, const Profile& profile, Date today);

// Facts worked out once for many segments on one day.
class Matcher {
 public:
  Matcher(const Profile& profile, Date today);
  Truth match(const Segment& segment) const { return truth(segment, segment.root); }

 private:
  friend std::vector<std::string> missing(const Segment&, const Profile&, Date);
  // Whole numbers that a thing known by month can be.
  struct Between {
    std::int64_t least = 0, most = 0;
  };
  Truth truth(const Segment& segment, int index) const;
  Truth leaf(const Node& node) const;
  Truth handbook(const Node& node) const;
  Truth fact(const Node& node) const;
  static Truth within(const Ranges& ranges, const Between& value);
  static Truth any_within(const Ranges& ranges, const std::optional<std::vector<Between>>& values);
  void wait_for(const Segment& segment, int index, std::vector<std::string>& out) const;

  const Profile& profile_;
  Date today_;
  std::optional<Between> age_;
  std::optional<std::vector<Between>> months_, born_, grades_;
};

}  // namespace machi::notice
