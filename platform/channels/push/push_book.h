// The subscriptions to Web Push: an address, two keys of the browser's, and the few coarse topics that its
// owner chose (core/notice/channel/topics.h). No name, no time, no address of a network, nothing of a
// profile. One thread, that of the database.
#pragma once

#include <functional>

#include "core/notice/channel/topics.h"
#include "core/store/database.h"
#include "platform/channels/push/subscription.h"

namespace machi::channels {

class PushBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit PushBook(store::Database& database) : database_(database) {}

  // Anew or with other topics. Who knows the endpoint alone changes nothing: NotAllowed when the keys are
  // others. TooMany past `kMost`.
  base::Status keep(const Subscription& subscription, const notice::Topics& topics);
  // Whoever shows its secret; unknown ones are no error.
  base::Status drop(const Subscription& subscription);
  base::Status drop(std::int64_t id);
  base::Result<std::optional<Subscription>> find(std::int64_t id) const;
  base::Status each(const std::function<base::Status(std::int64_t id, const notice::Topics&)>& with) const;
  base::Result<std::int64_t> count() const;
  store::Database& database() { return database_; }

  static constexpr std::int64_t kMost = 2'000'000;

 private:
  store::Database& database_;
};

}  // namespace machi::channels
