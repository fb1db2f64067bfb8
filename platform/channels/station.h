// The town's channels in one place: its database, the feed that it follows like any phone, and what it plans
// and sends by Web Push, e-mail and LINE. Lies in TOWN/channels: feed.db, channels.db and sums.json, which
// the town's press tells to the desks. look() and send() on one thread, serving requests on another: both
// take the lock, and hold it over no network.
#pragma once

#include <filesystem>
#include <mutex>

#include "core/crypto/drbg.h"
#include "core/notice/citizen/follower.h"
#include "platform/channels/line/line_channel.h"
#include "platform/channels/mail/mail_sender.h"
#include "platform/channels/push/push_sender.h"
#include "platform/channels/uses_book.h"

namespace machi::channels {

struct StationOptions {
  std::filesystem::path folder;  // made when it is not there
  mail::Town town;
  std::string name, hub, origin;  // of the town; of the hub; where this station is reached
  std::string contact;            // VAPID's subject
  PushServices services = PushServices::known();
  std::string from;              // of its letters; "" without e-mail
  std::optional<LineKeys> line;  // without them LINE is off
};

class Station {
 public:
  // NotFound without the key for Web Push (`machi push keys`).
  static base::Result<std::unique_ptr<Station>> open(StationOptions options, const words::Words& words);

  // Asks the hub for the feed's news and plans who is told. What was in force when the station first looked
  // is told to nobody. How many notices are new.
  base::Result<int> look(base::Instant now);
  // Sends what is due; how many messages were tried.
  base::Result<std::size_t> send(const MailSender::Send& letters, base::Instant now);
  base::Status write_sums();

  // --- for the server; under the lock
  std::mutex& lock() { return lock_; }
  PushBook& push() { return push_; }
  MailBook& mail() { return mail_; }
  LineChannel* line() { return line_ ? &*line_ : nullptr; }
  Sums& sums() { return sums_; }
  store::Database& database() { return *database_; }
  const Vapid& vapid() const { return vapid_; }
  const StationOptions& options() const { return options_; }
  std::optional<notice::NoticeEntry> notice(std::uint64_t serial, base::Instant now);

 private:
  Station(StationOptions options, const words::Words& words, std::unique_ptr<store::Database> database,
          std::unique_ptr<store::Database> feed, notice::NoticeBook book, host::P256Key key);
  base::Status follow(base::Instant now);
  base::Status plan(const notice::NoticeEntry& entry, bool tell, int& news, base::Instant now);

  StationOptions options_;
  std::mutex lock_;
  crypto::SystemEntropy entropy_;
  std::unique_ptr<store::Database> database_, feed_;
  notice::NoticeBook book_;
  notice::Follower follower_;
  Sums sums_;
  Queue queue_;
  Vapid vapid_;
  PushBook push_;
  PushSender push_sender_;
  MailBook mail_;
  MailTown mail_town_;
  const words::Words& words_;
  std::optional<LineChannel> line_;
  host::HttpClient client_;
  std::string written_;
};

}  // namespace machi::channels
