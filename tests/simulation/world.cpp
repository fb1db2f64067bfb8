// The simulated town: hub over a real SQLite file, streams pushed when there is news, every accident drawn
// from the seed.
#include "tests/simulation/world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/base/check.h"

namespace machi::simulation {
namespace {

constexpr std::int64_t kMorning =
    1795473600000;  // 2026-11-24 07:40 +09:00 less some hours; only its order matters

crypto::SignKey key_of(std::uint8_t number) {
  base::Array<32> seed{};
  seed.fill(number);
  return crypto::sign_key(crypto::Secret<32>(seed));
}

}  // namespace

Device::Device(World& world, std::string name, bool sends_have, std::int64_t off_ms, const std::string& file)
    : clock_off_ms(off_ms), world_(world), name_(std::move(name)), sends_have_(sends_have) {
  auto opened = store::Database::open({file, "", false});
  MACHI_CHECK(opened.ok());
  database_ = std::move(*opened);
  MACHI_CHECK(database_->migrate(mail::Client::migrations()).ok());
  // A copy of another device: all but who that one is.
  if (file != ":memory:")
    MACHI_CHECK(database_->prepare("delete from mail_note where name='seed'").run().ok());
  start();
}

Instant Device::now() const { return Instant{world_.now().ms + clock_off_ms}; }

void Device::start() {
  ++life_;
  entropy_ = std::make_unique<crypto::Drbg>(
      crypto::Drbg::of_number(static_cast<std::uint64_t>(world_.pick(0, 1LL << 60))));
  mail::ClientEvents events;
  events.on_message = [this](const mail::Received& received) {
    return on_message ? on_message(received) : base::Status{};
  };
  events.on_log = [this](std::string_view event, std::string_view detail) {
    world_.log.push_back(name_ + " " + std::string(event) + " " + std::string(detail));
  };
  events.on_snapshot = [this](const MailboxId&, ByteView bytes, std::uint64_t covers) -> base::Status {
    if (!on_snapshot) return base::fail(base::Code::Unsupported, "this device reads all");
    return on_snapshot(bytes, covers);
  };
  events.on_recovered = [this](const base::Result<Bytes>& bytes) {
    return on_recovered ? on_recovered(bytes) : base::Status{};
  };
  events.on_blob = [this](const mail::Hash& hash, base::Result<Bytes> bytes) {
    if (on_blob) on_blob(hash, std::move(bytes));
  };
  client_ = std::make_unique<mail::Client>(*database_, *entropy_,
                                           mail::ClientOptions{world_.town(), sends_have_}, events);
  MACHI_CHECK(client_->load(now()).ok());
}

void Device::close() {
  client_.reset();
  ++life_;
}

void Device::open() {
  if (running()) return;
  start();
  world_.pump(*this);
}

void Device::crash() {
  if (!running()) return;
  client_.reset();
  start();
  world_.at(world_.now().plus_seconds(1), [this] { world_.pump(*this); });
}

World::World(std::uint64_t seed) : random_(seed), now_{kMorning} {
  MACHI_CHECK(crypto::ready());
  town_.id.bytes.fill(0x77);
  town_.root = key_of(9).open;
  // Memory where there is some: a crash here is of the program, not of the power.
  std::string name =
      std::filesystem::exists("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path().string();
  name += "/machi-world-XXXXXX";
  MACHI_CHECK(mkdtemp(name.data()) != nullptr);
  folder_ = name;
  const auto roles = {std::pair{mail::TownRole::Directory, 10}, std::pair{mail::TownRole::Editor, 11},
                      std::pair{mail::TownRole::HubFreshness, 12}, std::pair{mail::TownRole::Office, 13},
                      std::pair{mail::TownRole::HubReceipt, 14}};
  for (const auto& [role, number] : roles)
    feed_.raw_delegations.push_back(
        mail::make_delegation({town_.id, role, key_of(static_cast<std::uint8_t>(number)).open,
                               now_.plus_seconds(-86400), now_.plus_seconds(400 * 86400)},
                              key_of(9)));
  feed_.pages.push_back(mail::encode_page({}));
  feed_.head_bytes = mail::make_head({town_.id, 1, crypto::hash(feed_.pages[0]), now_}, key_of(11));
  open_hub(false);
  beat();
}

World::~World() {
  office_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

crypto::SignKey World::role(std::uint8_t number) const { return key_of(number); }

void World::open_hub(bool new_incarnation) {
  store::OpenOptions options;
  options.path = folder_ + "/hub.db";
  options.wal = true;
  auto store = hub::SqliteMessageStore::open(options);
  MACHI_CHECK(store.ok());
  store_ = std::move(*store);
  hub_entropy_ =
      std::make_unique<crypto::Drbg>(crypto::Drbg::of_number(static_cast<std::uint64_t>(pick(0, 1LL << 60))));
  if (new_incarnation)
    MACHI_CHECK(store_->begin_incarnation(hub_entropy_->id<base::IncarnationTag>(), now_).ok());
  hub::OfficeKeys keys{town_, key_of(12), key_of(14)};
  auto office = hub::PostOffice::open(*store_, feed_, std::move(keys), *hub_entropy_, now_);
  MACHI_CHECK(office.ok());
  office_ = std::move(*office);
  office_->on_news(
      [this](std::span<const MailboxId> news) { news_.insert(news_.end(), news.begin(), news.end()); });
}

int World::flood(const mail::Recipient& to) {
  for (int i = 0; i == 0 || (i < 1000 && office_->rates().puzzle_bits() == 0); ++i) {
    base::Array<32> seed{};
    hub_entropy_->fill(seed);
    const crypto::SignKey stranger = crypto::sign_key(crypto::Secret<32>(seed));
    mail::Body body;
    body.kind = "test.noise";
    body.written = now_;
    auto envelope = mail::make_envelope(*hub_entropy_, hub_entropy_->id<base::MessageTag>(), to.mailbox,
                                        to.epoch, to.epoch_key, stranger, body);
    MACHI_CHECK(envelope.ok());
    static_cast<void>(office_->handle({"POST", "/v1/post", *envelope, "", "flood"}, now_));
  }
  return office_->rates().puzzle_bits();
}

void World::crash_hub() {
  log.push_back("hub crashes");
  end_streams(0);
  office_.reset();
  store_.reset();
  open_hub(false);
}

void World::take_backup() { MACHI_CHECK(store_->backup_to(folder_ + "/backup.db").ok()); }

void World::restore_backup() {
  log.push_back("hub restored from a backup");
  end_streams(0);
  office_.reset();
  store_.reset();
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(folder_ + "/hub.db" + suffix);
  std::filesystem::copy_file(folder_ + "/backup.db", folder_ + "/hub.db");
  open_hub(true);
}

Device& World::device(const std::string& name, bool sends_have, std::int64_t clock_off_ms) {
  auto made = std::make_unique<Device>(*this, name, sends_have, clock_off_ms, ":memory:");
  Device& device = *made;
  devices_.emplace(&device, std::move(made));
  pump(device);
  return device;
}

Device& World::device_like(Device& reader, const std::string& name, std::int64_t clock_off_ms) {
  const std::string file = folder_ + "/" + name + ".db";
  MACHI_CHECK(reader.database().backup_to(file).ok());
  auto made = std::make_unique<Device>(*this, name, false, clock_off_ms, file);
  Device& device = *made;
  devices_.emplace(&device, std::move(made));
  pump(device);
  return device;
}

void World::forget(Device& device) {
  device.close();
  device.database_.reset();
  std::filesystem::remove(folder_ + "/" + device.name() + ".db");
  auto found = devices_.extract(&device);
  forgotten_.push_back(std::move(found.mapped()));
}

void World::publish_office(Device& founder, const MailboxId& office, bool more) {
  auto self = founder.client().self(office);
  MACHI_CHECK(self.ok());
  mail::Office item;
  item.mailbox = office;
  item.kind = "school";
  item.name = "東小学校";
  item.founder = founder.client().posting_key(office);
  item.telephone = "0000-12-3456";
  item.epoch = self->epoch;
  item.epoch_key = self->epoch_key;
  items_.push_back(
      mail::make_item({town_.id, ++serial_, "office", now_, mail::encode_office(item)}, key_of(10)));
  if (more) return;
  // Pages of as many items as have room; each names the one before.
  constexpr std::size_t kPageBytes = 60000;
  feed_.pages.clear();
  mail::Page page{0, {}, {}};
  std::size_t bytes = 0;
  for (const Bytes& bytes_of_item : items_) {
    if (bytes + bytes_of_item.size() > kPageBytes) {
      feed_.pages.push_back(mail::encode_page(page));
      page = {page.number + 1, crypto::hash(feed_.pages.back()), {}};
      bytes = 0;
    }
    bytes += bytes_of_item.size() + 4;
    page.items.push_back(bytes_of_item);
  }
  feed_.pages.push_back(mail::encode_page(page));
  feed_.head_bytes =
      mail::make_head({town_.id, feed_.pages.size(), crypto::hash(feed_.pages.back()), now_}, key_of(11));
}

void World::at(Instant when, std::function<void()> what) { queue_.push({when, order_++, std::move(what)}); }

std::uint64_t World::forget_covered_mail() {
  auto gone = office_->forget_covered_mail(now_);
  MACHI_CHECK(gone.ok());
  return *gone;
}

void World::sleep(std::int64_t ms) {
  std::priority_queue<Happening> later;
  for (; !queue_.empty(); queue_.pop()) {
    Happening one = queue_.top();
    one.when.ms += ms;
    later.push(std::move(one));
  }
  queue_ = std::move(later);
  now_.ms += ms;
  for (auto& [address, device] : devices_)
    if (device->wake_) device->wake_->ms += ms;
}

void World::run_for(std::int64_t ms) {
  const Instant end{now_.ms + ms};
  while (!queue_.empty() && queue_.top().when <= end) {
    Happening next = queue_.top();
    queue_.pop();
    now_ = next.when;
    next.what();
  }
  now_ = end;
}

bool World::run_until(const std::function<bool()>& done, std::int64_t at_most_ms) {
  const Instant end{now_.ms + at_most_ms};
  while (!done()) {
    if (queue_.empty() || queue_.top().when > end) return false;
    Happening next = queue_.top();
    queue_.pop();
    now_ = next.when;
    next.what();
  }
  return true;
}

void World::pump(Device& device) {
  if (!device.running()) return;
  for (const mail::Call& call : device.client().take_calls(device.now())) carry(device, call);
  const auto wait = device.client().wait(device.now());
  if (!wait) return;
  const Instant when{now_.ms + *wait};
  if (device.wake_ && *device.wake_ > now_ && *device.wake_ <= when) return;
  device.wake_ = when;
  at(when, [this, &device] {
    if (device.wake_ == now_) device.wake_.reset();
    pump(device);
  });
}

void World::carry(Device& device, const mail::Call& call) {
  const std::int64_t life = device.life_;
  const Instant there{now_.ms + pick(1, weather.slowest_ms)};
  if (chance() < weather.lose_request) {
    answer(device, life, call.id, 0, {}, Instant{now_.ms + call.timeout_ms});
    return;
  }
  at(there, [this, &device, life, call] { arrive(device, life, call, false); });
  if (!call.stream && chance() < weather.repeat)
    at(Instant{there.ms + pick(1, 5000)}, [this, &device, life, call] { arrive(device, life, call, true); });
}

void World::arrive(Device& device, std::int64_t life, const mail::Call& call, bool repeated) {
  hub::Request request;
  request.method = call.method;
  request.target = call.path;
  request.body = call.body;
  request.ticket = call.ticket;
  request.address = device.name();
  hub::Response response = office_->handle(request, now_);
  ++requests;
  if (!repeated) {
    const Instant back{now_.ms + pick(1, weather.slowest_ms)};
    if (chance() < weather.lose_answer) {
      answer(device, life, call.id, 0, {}, Instant{now_.ms + call.timeout_ms});
    } else if (response.stream) {
      streams_[response.stream->mailbox].push_back({&device, life, call.id, *response.stream, back});
      piece(device, life, call.id, response.body, back);
    } else {
      answer(device, life, call.id, response.status, response.body, back);
    }
  }
  feed_news();
}

void World::answer(Device& device, std::int64_t life, std::int64_t call, int status, Bytes body,
                   Instant when) {
  at(when, [this, &device, life, call, status, body = std::move(body)] {
    if (device.life_ != life) return;
    device.client().answer(call, status, body, device.now());
    pump(device);
  });
}

void World::piece(Device& device, std::int64_t life, std::int64_t call, Bytes bytes, Instant when) {
  if (bytes.empty()) return;
  at(when, [this, &device, life, call, bytes = std::move(bytes)] {
    if (device.life_ != life) return;
    device.client().chunk(call, bytes, device.now());
    pump(device);
  });
}

// The hub's sign of life on every open stream: a frame of one null, every 20 s.
void World::beat() {
  for (auto& [mailbox, streams] : streams_) {
    feed_streams(mailbox);
    for (OpenStream& stream : streams) {
      stream.last = Instant{std::max(stream.last.ms, now_.ms) + 1};
      piece(*stream.device, stream.life, stream.call, {0, 0, 0, 1, 0xf6}, stream.last);
    }
  }
  std::erase_if(streams_, [](const auto& entry) { return entry.second.empty(); });
  at(now_.plus_seconds(20), [this] { beat(); });
}

void World::feed_news() {
  for (const MailboxId& mailbox : std::exchange(news_, {}))
    if (streams_.contains(mailbox)) feed_streams(mailbox);
}

void World::feed_streams(const MailboxId& mailbox) {
  auto& streams = streams_.at(mailbox);
  for (std::size_t i = 0; i < streams.size();) {
    OpenStream& stream = streams[i];
    if (stream.life != stream.device->life_) {  // its other end is gone
      streams.erase(streams.begin() + static_cast<std::ptrdiff_t>(i));
      continue;
    }
    auto more = office_->pull(stream.cursor, now_);
    if (!more.ok() || (!more->empty() && chance() < weather.break_stream) || stream.cursor.until <= now_) {
      answer(*stream.device, stream.life, stream.call, more.ok() ? 0 : 200, {},
             Instant{std::max(now_.ms, stream.last.ms) + 1});
      streams.erase(streams.begin() + static_cast<std::ptrdiff_t>(i));
      continue;
    }
    if (!more->empty()) {
      stream.last = Instant{std::max(stream.last.ms, now_.ms) + pick(1, weather.slowest_ms)};
      piece(*stream.device, stream.life, stream.call, *more, stream.last);
    }
    ++i;
  }
}

void World::end_streams(int status) {
  for (auto& [mailbox, streams] : streams_)
    for (OpenStream& stream : streams)
      answer(*stream.device, stream.life, stream.call, status, {},
             Instant{std::max(now_.ms, stream.last.ms) + 1});
  streams_.clear();
}

}  // namespace machi::simulation
