// A town's evening at its shelters, from a printed seed (MACHIKADO_SEED=n): households arrive for two hours,
// three tenths of the shelters have no network for the first, two tables take in the same family, people
// leave and move, tablets go out and come back, and one in a while is destroyed - after its neighbour was
// given its file. Afterwards headquarters' book is held against what really happened:
//   nothing lost      everybody who is at a shelter is at that shelter in the book;
//   nothing double    a shelter counts each person once, and the town each person once;
//   nothing in silence whoever is in the book and not in the shelter is marked for a person to look at.
// MACHIKADO_CITY=1 runs the city of 400,000: 60,000 households at 150 shelters; another number that many
// shelters with 400 households each (MACHIKADO_HOUSEHOLDS: with so many).
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <map>
#include <random>
#include <set>

#include "core/crypto/drbg.h"
#include "core/shelter/desk/shelter_desk.h"

namespace machi::shelter {
namespace {

constexpr int kTicks = 720;  // of ten seconds: two hours
constexpr std::int64_t kTickMs = 10'000;
constexpr std::size_t kPostedATick = 2;   // by a tablet over a poor line
constexpr std::size_t kReadATick = 4000;  // by headquarters

// Whom a message concerns is worked out once, when it is posted: three hundred tablets that each decode
// everybody's mail were most of a city's time.
struct Posted {
  mail::Received mail;
  bool facts = false;
  std::optional<ShelterId> shelter;  // where it lets somebody in; nothing: it concerns all
};
struct Hub {
  std::vector<Posted> log;
};

class Tablet final : public ShelterPost {
 public:
  Tablet(std::uint64_t seed, Hub& hub, ShelterId at)
      : entropy_(crypto::Drbg::of_number(seed)), hub_(hub), at_(at) {
    // Whose mail is one's own goes by the key: no two of three hundred may have the same.
    for (std::size_t i = 0; i < 8; ++i) key_.bytes[i] = static_cast<std::uint8_t>(seed >> (8 * i));
    database_ = std::move(*store::Database::open({}));
    EXPECT_TRUE(database_->migrate(ShelterDesk::migrations()).ok());
    start();
    EXPECT_TRUE(desk_->set("here", at.hex()).ok());
  }
  // The program ends and begins again over the same disk.
  void start() { desk_ = std::make_unique<ShelterDesk>(*database_, *this, entropy_); }
  ShelterDesk& desk() { return *desk_; }
  const ShelterId& at() const { return at_; }
  bool works(int tick) const { return !destroyed && tick >= off_until; }
  bool connected(int tick) const { return works(tick) && tick >= online_from; }

  Status note(std::string_view kind, code::Cbor content, Instant now) override {
    mail::Received mail;
    mail.from = key_;
    mail.kind = kind;
    mail.content = std::move(content);
    mail.written = mail.at = now;
    outbox_.push_back(std::move(mail));
    return {};
  }
  bool colleague(const crypto::SignPublic&) const override { return true; }
  void post() {
    const std::size_t n = std::min(outbox_.size(), kPostedATick);
    for (std::size_t i = 0; i < n; ++i) hub_.log.push_back(concerning(std::move(outbox_[i])));
    outbox_.erase(outbox_.begin(), outbox_.begin() + static_cast<std::ptrdiff_t>(n));
  }
  // `mine`: what does not concern this shelter is passed over, as in a city no tablet has to show it.
  void read(bool mine) {
    store::Transaction transaction(*database_);
    for (std::size_t n = 0; read_ < hub_.log.size() && n < kReadATick; ++read_, ++n) {
      const Posted& posted = hub_.log[read_];
      const mail::Received& mail = posted.mail;
      const bool near = posted.facts && (!posted.shelter || *posted.shelter == at_);
      if (mail.from == key_ || (mine && !near)) continue;
      const auto taken = desk_->on_message(mail);
      EXPECT_TRUE(taken.ok()) << taken.error().detail;
    }
    EXPECT_TRUE(transaction.commit().ok());
  }
  bool has_read_all() const { return read_ == hub_.log.size(); }
  bool has_posted_all() const { return outbox_.empty(); }
  Facts file() const {
    Facts all;
    for (std::size_t skip = 0;; skip += 500) {
      const auto some = desk_->book().wanted_elsewhere(500, skip);
      if (some->empty()) return all;
      all.insert(all.end(), some->begin(), some->end());
    }
  }

  int online_from = 0;
  int off_until = 0;
  bool destroyed = false;

 private:
  static Posted concerning(mail::Received mail) {
    Posted out{std::move(mail), false, {}};
    out.facts = out.mail.kind == kKindFacts;
    if (!out.facts) return out;
    const auto facts = decode_facts(out.mail.content);
    for (const Fact& fact : *facts)
      if (const auto* enter = std::get_if<Enter>(&fact.what)) {
        out.shelter = enter->shelter;
        break;
      }
    return out;
  }

  crypto::Drbg entropy_;
  crypto::SignPublic key_;
  Hub& hub_;
  ShelterId at_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<ShelterDesk> desk_;
  std::vector<mail::Received> outbox_;
  std::size_t read_ = 0;
};

struct Plan {
  int shelters, households;
};

struct Evening {
  Evening(Plan plan, unsigned seed) : dice(seed) {
    for (int i = 0; i < plan.shelters; ++i) {
      ShelterId id;
      id.bytes[0] = 1;
      id.bytes[1] = static_cast<std::uint8_t>(i);
      for (int table = 0; table < 2; ++table) {
        tablets.push_back(std::make_unique<Tablet>(seed * 1000u + tablets.size() + 1, hub, id));
        tablets.back()->online_from = i * 10 < plan.shelters * 3 ? kTicks / 2 : 0;
      }
    }
    for (int h = 0; h < plan.households; ++h) arrivals[roll(kTicks)].push_back(h);
    hq = std::make_unique<Tablet>(seed * 1000u, hub, ShelterId{});
    EXPECT_TRUE(hq->desk().set("here", "hq").ok());
  }
  int roll(int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); }
  Instant now(int tick) const { return {1'795'500'000'000 + tick * kTickMs}; }
  Tablet& table(int shelter, int which) { return *tablets[static_cast<std::size_t>(2 * shelter + which)]; }
  int shelters() const { return static_cast<int>(tablets.size() / 2); }

  std::vector<ShelterDesk::Arrival> household(int h) {
    std::vector<ShelterDesk::Arrival> out;
    std::mt19937 own(static_cast<unsigned>(h) + 77u);
    const int people = 1 + static_cast<int>(own() % 4);
    for (int i = 0; i < people; ++i) {
      ShelterDesk::Arrival one;
      for (int b = 0; b < 4; ++b)
        one.person.id.bytes[static_cast<std::size_t>(b)] =
            one.person.household.bytes[static_cast<std::size_t>(b)] = static_cast<std::uint8_t>(h >> (8 * b));
      one.person.id.bytes[8] = static_cast<std::uint8_t>(i + 1);
      one.person.household.bytes[15] = 1;
      one.person.name = "人" + std::to_string(h) + "の" + std::to_string(i);
      one.person.needs.bits = own() % 8 == 0 ? 1u : 0u;
      one.counter = 1;
      out.push_back(std::move(one));
    }
    return out;
  }

  void arrive(int h, int tick) {
    const int where = roll(shelters());
    Tablet* first = &table(where, roll(2));
    Tablet* other = first == &table(where, 0) ? &table(where, 1) : &table(where, 0);
    if (!first->works(tick)) std::swap(first, other);
    if (!first->works(tick))
      return arrivals[tick + 5].push_back(h);  // both are being charged: they wait in the rain
    const auto people = household(h);
    EXPECT_TRUE(first->desk().enter(people, first->at(), now(tick)).ok());
    if (roll(4) == 0 && other->works(tick)) {
      EXPECT_TRUE(other->desk().enter(people, other->at(), now(tick)).ok());
    }
    for (const auto& one : people) truth[one.person.id] = first->at();
    const int fate = roll(100);
    if (fate < 30) going[tick + 60 + roll(60)].push_back({h, first, fate < 10});
  }
  struct Going {
    int household;
    Tablet* knows;
    bool moves;
  };
  void go(const Going& one, int tick) {
    if (!one.knows->works(tick)) return;
    std::vector<PersonId> people;
    for (const auto& arrival : household(one.household)) people.push_back(arrival.person.id);
    if (one.moves) {
      const ShelterId to = table(roll(shelters()), 0).at();
      EXPECT_TRUE(one.knows->desk().move(people, to, now(tick)).ok());
      for (const PersonId& id : people) truth[id] = to;
    } else {
      EXPECT_TRUE(one.knows->desk().leave(people, one.knows->at(), Away::Home, now(tick)).ok());
      for (const PersonId& id : people) truth.erase(id);
    }
  }
  void exchange(int shelter, int tick) {
    Tablet &a = table(shelter, 0), &b = table(shelter, 1);
    if (!a.works(tick) || !b.works(tick)) return;
    EXPECT_TRUE(b.desk().take(a.file()).ok());
    EXPECT_TRUE(a.desk().take(b.file()).ok());
  }
  // Everybody who has a network posts and reads; true while anything is on its way.
  bool carry(int tick, bool city) {
    bool busy = false;
    for (auto& one : tablets) {
      if (!one->works(tick)) continue;
      if (tick % 6 == 0 || tick > kTicks) {
        EXPECT_TRUE(one->desk().settle(false, now(tick)).ok());
      }
      if (!one->connected(tick)) continue;
      one->post();
      if (!city || tick % 30 == 0) one->read(city);
      busy |= !one->has_posted_all();
    }
    hq->read(false);
    return busy || !hq->has_read_all();
  }

  std::mt19937 dice;
  Hub hub;
  std::vector<std::unique_ptr<Tablet>> tablets;
  std::unique_ptr<Tablet> hq;
  std::map<int, std::vector<int>> arrivals;
  std::map<int, std::vector<Going>> going;
  std::map<PersonId, ShelterId> truth;
  int destroyed = 0;
};

void hold(Evening& evening) {
  const StayBook& book = evening.hq->desk().book();
  std::map<ShelterId, std::set<PersonId>> there;
  std::set<PersonId> anywhere;
  std::size_t silent = 0, doubtful = 0;
  for (int i = 0; i < evening.shelters(); ++i) {
    const ShelterId id = evening.table(i, 0).at();
    StayBook::Filter filter;
    filter.shelter = id;
    filter.open = true;
    const auto lines = book.find(filter, 1'000'000);
    ASSERT_TRUE(lines.ok());
    for (const StayLine& line : *lines) {
      if (!there[id].insert(line.person.id).second) continue;
      anywhere.insert(line.person.id);
      const auto truly = evening.truth.find(line.person.id);
      if (truly != evening.truth.end() && truly->second == id) continue;
      ++(line.doubt ? doubtful : silent);
    }
    EXPECT_EQ(book.counts(id)->seen(), static_cast<std::int64_t>(there[id].size())) << "nothing double";
  }
  EXPECT_EQ(book.counts(ShelterId{})->seen(), static_cast<std::int64_t>(anywhere.size()))
      << "nothing double in the town";
  std::size_t lost = 0;
  for (const auto& [person, shelter] : evening.truth) lost += there[shelter].contains(person) ? 0 : 1;
  EXPECT_EQ(lost, 0u) << "nothing lost";
  EXPECT_EQ(silent, 0u) << "nothing wrong in silence";
  std::printf("%zu people, %zu records to be looked at, %zu messages, %d tablets destroyed\n",
              evening.truth.size(), doubtful, evening.hub.log.size(), evening.destroyed);
}

void run(Plan plan, unsigned seed, bool city) {
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  std::printf("seed %u: %d shelters, %d households\n", seed, plan.shelters, plan.households);
  Evening evening(plan, seed);
  int tick = 0;
  for (; tick < kTicks + 120; ++tick) {
    if (const auto found = evening.arrivals.find(tick); found != evening.arrivals.end())
      for (const int h : std::vector<int>(found->second)) evening.arrive(h, tick);
    if (const auto found = evening.going.find(tick); found != evening.going.end())
      for (const auto& one : found->second) evening.go(one, tick);
    const int shelter = evening.roll(evening.shelters());
    Tablet& one = evening.table(shelter, evening.roll(2));
    const int fate = evening.roll(400);
    if (fate < 4 && one.works(tick)) {  // out of power; the program begins again over its disk
      one.off_until = tick + 60;
      one.start();
    } else if (fate < 7 && one.works(tick) &&
               evening.table(shelter, &one == &evening.table(shelter, 0)).works(tick)) {
      evening.exchange(shelter, tick);
      one.destroyed = true;
      ++evening.destroyed;
    } else if (fate < 16) {
      evening.exchange(shelter, tick);
    }
    evening.carry(tick, city);
    if (city && tick % 60 == 0)
      std::printf("minute %d: %zu messages, %.1f s of the processor\n", tick / 6, evening.hub.log.size(),
                  static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC),
          std::fflush(stdout);
    if (tick == kTicks / 2) {
      int behind = 0;
      while (evening.carry(tick, city)) ++behind;
      std::printf("an hour without a network: headquarters had caught up after %d s of posting\n",
                  behind * 10);
    }
  }
  for (auto& tablet : evening.tablets) tablet->off_until = 0;
  int last = 0;
  while (evening.carry(tick, city)) ++last;
  std::printf("at the end: caught up after %d s\n", last * 10);
  hold(evening);
  std::printf("%.1f s, of the processor %.1f s\n",
              std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
              static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC);
}

unsigned seed_of() {
  const char* given = std::getenv("MACHIKADO_SEED");
  return given ? static_cast<unsigned>(std::atoi(given)) : 20261124u;
}

TEST(ShelterEvening, LosesNobodyAndCountsNobodyTwice) {
  if (const char* city = std::getenv("MACHIKADO_CITY")) {
    const int shelters = std::atoi(city) > 1 ? std::min(std::atoi(city), 255) : 150;
    const char* each = std::getenv("MACHIKADO_HOUSEHOLDS");
    return run({shelters, (each != nullptr ? std::atoi(each) : 400) * shelters}, seed_of(), true);
  }
  for (unsigned round = 0; round < 2; ++round) run({4, 60}, seed_of() + round, false);
}

}  // namespace
}  // namespace machi::shelter
