// Web Push by the batch: what is due is encrypted, each message with a key of its own, and posted to the
// browsers' push services over a few connections at once (RFC 8030). A subscription that is gone is dropped,
// a service that asks to wait is left alone until then, and what is counted is sums. The text says the topic
// and nothing else, and is of one length. run() blocks; the database is touched under the lock alone.
#pragma once

#include <functional>
#include <mutex>

#include "platform/channels/push/push_book.h"
#include "platform/channels/push/vapid.h"
#include "platform/channels/queue.h"
#include "platform/host/http_client.h"

namespace machi::channels {

// One message, ready for the wire.
struct PushPost {
  std::string url;
  std::vector<host::HttpHeader> headers;
  base::Bytes body;
};

// `authorization` as Vapid gives it. Urgency and life by how grave it is; a newer version of a notice takes
// the place of one that still waits at the service (its Topic).
base::Result<PushPost> push_post(const Subscription& to, const Due& due, const std::string& authorization,
                                 base::Instant now);

class PushSender {
 public:
  using Post = std::function<base::Result<host::HttpAnswer>(const PushPost&)>;
  // A `post` for each of the connections.
  using Connect = std::function<Post()>;
  PushSender(PushBook& book, Queue& queue, Vapid& vapid, std::mutex& lock, Connect connect)
      : book_(book), queue_(queue), vapid_(vapid), lock_(lock), connect_(std::move(connect)) {}

  // One batch; how many messages were tried. 0: nothing is due now.
  base::Result<std::size_t> run(base::Instant now);

  std::size_t batch = 512;
  std::size_t connections = 8;

 private:
  struct Work {
    Due due;
    Subscription to;
    std::string authorization;
    Outcome outcome;
    std::optional<base::Instant> put_off;  // not tried: its service had asked to wait
  };
  base::Result<std::vector<Work>> prepare(base::Instant now, std::size_t& taken);
  base::Status settle(const std::vector<Work>& work, base::Instant now);

  PushBook& book_;
  Queue& queue_;
  Vapid& vapid_;
  std::mutex& lock_;
  Connect connect_;
};

// Over libcurl.
PushSender::Post over_http();

}  // namespace machi::channels
