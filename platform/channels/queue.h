// What is still to be told to whom, by each channel: rows that live until they are sent, refused for good or
// too late. A channel killed at any moment goes on where it was; a receiver is told of a version of a notice
// once, but for the one message whose answer was lost. One thread, that of the database.
#pragma once

#include "platform/channels/news.h"
#include "platform/channels/outcome.h"
#include "platform/channels/sums.h"

namespace machi::channels {

struct Due {
  std::string channel;  // "push", "mail", "line"
  std::uint64_t serial = 0;
  std::int64_t receiver = 0;
  std::string topic;  // of notice::topic_for
  bool grave = false;
  base::Instant until;
  int tries = 0;
};

class Queue {
 public:
  static std::vector<store::Migration> migrations();
  Queue(store::Database& database, Sums& sums) : database_(database), sums_(sums) {}

  // Told once: false when this version of the notice was planned before.
  base::Result<bool> begin(const News& news, std::int64_t version);
  base::Status plan(std::string_view channel, const News& news, std::string_view topic, std::int64_t receiver,
                    base::Instant now);
  // The gravest first, then the oldest; what is too late is put aside and counted ("given-up").
  base::Result<std::vector<Due>> take(std::string_view channel, base::Instant now, std::size_t limit);
  // Of Later the row waits; of everything else it goes, and is counted by topic.
  base::Status settle(const Due& due, const Outcome& outcome, base::Instant now);
  // Whose service asked everybody to wait: nothing of it before.
  base::Status pause(std::string_view channel, std::string_view origin, base::Instant until);
  base::Result<base::Instant> paused(std::string_view channel, std::string_view origin) const;
  base::Status put_off(const Due& due, base::Instant until);
  base::Result<std::int64_t> waiting(std::string_view channel) const;
  // A receiver is no more.
  base::Status forget(std::string_view channel, std::int64_t receiver);

 private:
  store::Database& database_;
  Sums& sums_;
};

}  // namespace machi::channels
