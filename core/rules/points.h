// Usage-adjustment points (利用調整指数): the highest base item of each guardian, put together, and every
// adjustment that applies. What is not known yet widens the count to a range. Owned by core/rules; any
// thread; pure.
#pragma once

#include "core/rules/answer.h"

namespace machi::rules {

struct CountedItem {
  const PointItem* item = nullptr;
  Truth applies = Truth::Yes;
  int guardian = -1;  // 0, 1: base points; -1: adjustment
  std::vector<Ground> grounds;
};

struct Points {
  std::int64_t least = 0, most = 0;
  std::vector<CountedItem> items;  // those that count, and those that may
};

// `scheme` by index. A person without guardians has no base points.
Points count_points(const Pack& pack, const Person& person, Date today, int scheme);

}  // namespace machi::rules
