// LINE's Messaging API: who follows the town's account and which coarse topics they chose there, and what is
// posted to them - a topic and a link. Emergencies go to all followers (broadcast), everything else to those
// of a topic, 500 at a time (multicast); each post has a retry key of its own, so that one whose answer was
// lost is never shown twice. Without keys it is off. The database is touched under the lock alone.
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "core/base/entropy.h"
#include "core/words/words.h"
#include "platform/channels/line/webhook.h"
#include "platform/channels/queue.h"
#include "platform/host/http_client.h"

namespace machi::channels {

struct LineKeys {
  std::string secret, token;                      // of the channel
  std::string api = "https://api.line.me";        // where posts go
  std::string data = "https://api-data.line.me";  // where pictures go
};

// As the Messaging API reads it: one flex message of a sentence and a button that opens `url`.
std::string line_flex(const std::string& sentence, const std::string& button, const std::string& url);
// A menu of six tiles (2 rows of 3, 2500 x 1686) from "label|https://..." or "label|topic=disaster" each.
base::Result<std::string> line_menu(const std::string& name, const std::string& bar,
                                    const std::vector<std::string>& tiles);

class LineChannel {
 public:
  // One request: method, path, retry key ("" for none), body as JSON.
  struct Call {
    std::string path, key, body;
  };
  using Post = std::function<base::Result<host::HttpAnswer>(const Call&)>;

  static std::vector<store::Migration> migrations();
  LineChannel(store::Database& database, Sums& sums, base::Entropy& entropy, const words::Words& words,
              std::string town, std::string origin, std::mutex& lock)
      : database_(database),
        sums_(sums),
        entropy_(entropy),
        words_(words),
        town_(std::move(town)),
        origin_(std::move(origin)),
        lock_(lock) {}

  // Under the lock: events of a webhook whose signature held; and a notice to tell.
  base::Status take(const std::vector<LineEvent>& events, base::Instant now);
  base::Status plan(const News& news, base::Instant now);
  // Takes the lock; how many posts were tried.
  base::Result<std::size_t> run(const Post& post, base::Instant now);
  base::Result<std::int64_t> count() const;

  static constexpr std::size_t kMulticast = 500;

 private:
  base::Status put(std::string path, bool keyed, std::string body, std::string topic, std::int64_t readers,
                   base::Instant until, base::Instant now);
  base::Status answer(const LineEvent& event, const notice::Topics& topics, base::Instant now);
  base::Result<std::optional<notice::Topics>> topics_of(const std::string& user) const;
  std::string uuid() const;

  store::Database& database_;
  Sums& sums_;
  base::Entropy& entropy_;
  const words::Words& words_;
  std::string town_, origin_;
  std::mutex& lock_;
};

// Over libcurl, with the channel's access token.
LineChannel::Post line_over_http(const LineKeys& keys);

}  // namespace machi::channels
