// The byte strings behind handles. Owned by one shell; one thread.
#include "core/app/app.h"

namespace machi::app {

std::uint32_t Blobs::put(base::Bytes bytes) {
  if (bytes.size() > kLimit) return 0;
  do ++last_;
  while (last_ == 0 || held_.contains(last_));
  held_.emplace(last_, std::move(bytes));
  return last_;
}

std::uint32_t Blobs::append(std::uint32_t handle, base::ByteView bytes) {
  if (handle == 0) return put(base::copy(bytes));
  const auto found = held_.find(handle);
  if (found == held_.end() || bytes.size() > kLimit - found->second.size()) return 0;
  found->second.insert(found->second.end(), bytes.begin(), bytes.end());
  return handle;
}

base::ByteView Blobs::get(std::uint32_t handle) const {
  const auto found = held_.find(handle);
  return found == held_.end() ? base::ByteView() : base::ByteView(found->second);
}

base::Bytes Blobs::take(std::uint32_t handle) {
  const auto found = held_.find(handle);
  if (found == held_.end()) return {};
  base::Bytes bytes = std::move(found->second);
  held_.erase(found);
  return bytes;
}

void Blobs::drop(std::uint32_t handle) { held_.erase(handle); }

}  // namespace machi::app
