// A town in one thread: mail clients, one hub, and a network that loses, repeats, delays and reorders, all
// from one seed. Virtual time; nothing sleeps. Test code.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <random>
#include <string>

#include "core/crypto/drbg.h"
#include "core/mail/client.h"
#include "platform/hub/post_office.h"
#include "platform/hub/sqlite_message_store.h"

namespace machi::simulation {

using base::Bytes;
using base::ByteView;
using base::Instant;
using base::MailboxId;

struct Weather {
  double lose_request = 0.0;  // never reaches the hub
  double lose_answer = 0.0;   // carried out, but the phone never hears
  double repeat = 0.0;        // reaches the hub twice, the second time later
  double break_stream = 0.0;  // each piece of a stream may be its last
  int slowest_ms = 200;
};

class World;

// One device: a client over its own database file in memory, which survives the device's crash.
class Device {
 public:
  // Over a database in memory, or a file that may be a copy of another device's.
  Device(World& world, std::string name, bool sends_have, std::int64_t off_ms, const std::string& file);
  mail::Client& client() { return *client_; }
  store::Database& database() { return *database_; }
  // The program dies and starts again from its database.
  void crash();
  // The person closes the app, and opens it again.
  void close();
  void open();
  bool running() const { return client_ != nullptr; }
  // What this device takes for the time.
  Instant now() const;
  std::int64_t clock_off_ms = 0;
  std::function<base::Status(const mail::Received&)> on_message;
  // Set before the device begins to read: it can begin with a snapshot.
  std::function<base::Status(base::ByteView bytes, std::uint64_t covers)> on_snapshot;
  std::function<void(const mail::Hash&, base::Result<Bytes>)> on_blob;
  std::function<base::Status(const base::Result<Bytes>&)> on_recovered;
  const std::string& name() const { return name_; }

 private:
  friend class World;
  void start();
  World& world_;
  std::string name_;
  bool sends_have_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<crypto::Drbg> entropy_;
  std::unique_ptr<mail::Client> client_;
  std::int64_t life_ = 0;  // answers to an earlier life are lost
  std::optional<Instant> wake_;
};

class World {
 public:
  explicit World(std::uint64_t seed);
  ~World();

  Device& device(const std::string& name, bool sends_have = false, std::int64_t clock_off_ms = 0);
  // A device that has read the directory on an earlier day, as this other one has: not again what it knows.
  Device& device_like(Device& reader, const std::string& name, std::int64_t clock_off_ms);
  // It is thrown away, with all it knew.
  void forget(Device& device);
  // Publishes an office of which `founder` has the mailbox; later than others, when `more` are to come.
  void publish_office(Device& founder, const MailboxId& office, bool more = false);

  // Keys that the hub does not know write to a mailbox, until it asks them for a puzzle; its bits.
  int flood(const mail::Recipient& to);
  void crash_hub();  // a new process over the same disk
  void take_backup();
  void restore_backup();  // an older disk, a new incarnation
  // What the hub does at night: how many messages went.
  std::uint64_t forget_covered_mail();
  // Everybody sleeps for so long: what was about to happen happens then.
  void sleep(std::int64_t ms);
  // Runs until nothing more happens before `until`.
  void run_for(std::int64_t ms);
  bool run_until(const std::function<bool()>& done, std::int64_t at_most_ms);

  Instant now() const { return now_; }
  const mail::Town& town() const { return town_; }
  mail::Trust role_trust() const;
  crypto::SignKey role(std::uint8_t number) const;
  double chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
  }
  void at(Instant when, std::function<void()> what);
  // After an event that changed a client: its calls go out.
  void pump(Device& device);

  Weather weather;
  std::vector<std::string> log;
  std::int64_t requests = 0;  // that reached the hub

 private:
  friend class Device;
  struct Happening {
    Instant when;
    std::uint64_t order;
    std::function<void()> what;
    bool operator<(const Happening& other) const {
      return when != other.when ? when > other.when : order > other.order;
    }
  };
  struct OpenStream {
    Device* device;
    std::int64_t life;
    std::int64_t call;
    hub::StreamCursor cursor;
    Instant last;  // pieces arrive in order
  };
  void open_hub(bool new_incarnation);
  void carry(Device& device, const mail::Call& call);
  void arrive(Device& device, std::int64_t life, const mail::Call& call, bool repeated);
  void answer(Device& device, std::int64_t life, std::int64_t call, int status, Bytes body, Instant when);
  void piece(Device& device, std::int64_t life, std::int64_t call, Bytes bytes, Instant when);
  void beat();
  void feed_streams(const MailboxId& mailbox);
  void feed_news();
  void end_streams(int status);

  std::mt19937_64 random_;
  Instant now_;
  std::uint64_t order_ = 0;
  std::priority_queue<Happening> queue_;
  mail::Town town_;
  hub::MemoryFeed feed_;
  std::string folder_;
  std::unique_ptr<crypto::Drbg> hub_entropy_;
  std::unique_ptr<hub::SqliteMessageStore> store_;
  std::unique_ptr<hub::PostOffice> office_;
  std::map<MailboxId, std::vector<OpenStream>> streams_;
  std::vector<MailboxId> news_;
  std::map<Device*, std::unique_ptr<Device>> devices_;
  std::vector<std::unique_ptr<Device>> forgotten_;  // what was on its way to them finds nobody
  std::uint64_t serial_ = 0;
  std::vector<Bytes> items_;
};

}  // namespace machi::simulation
