// Visitors who do anything at all, from a printed seed: they press what they find, put cards in and take them
// out, stay away, while devices fail and the power does. After each of them nothing of them is left: neither
// on the screen nor anywhere in the program's memory (operator new below knows every live block). Every
// screen is of this session and of this card alone (kiosk_hall.cpp looks), an action that was meant for
// another visitor's screen does nothing, and money and paper come out even (kiosk_world.h).
#include <cstdlib>
#include <cstring>
#include <new>

#include "core/screen/builder.h"
#include "core/screen/json.h"
#include "tests/journeys/kiosk_hall.h"
#include "tests/seeds.h"

namespace {

// Every block that is alive, in a ring.
struct alignas(16) Block {
  Block* next;
  Block* before;
  std::size_t size;
};
Block ring = {&ring, &ring, 0};

bool memory_holds(std::string_view what) {
  for (const Block* block = ring.next; block != &ring; block = block->next) {
    const char* bytes = reinterpret_cast<const char*>(block + 1);
    const auto at = std::string_view(bytes, block->size).find(what);
    if (at == std::string_view::npos) continue;
    std::printf("at %zu of a block of %zu bytes: ", at, block->size);
    for (std::size_t i = at < 40 ? 0 : at - 40; i < at && i < block->size; ++i)
      std::printf("%c", bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : '.');
    std::printf("\n");
    return true;
  }
  return false;
}

}  // namespace

void* operator new(std::size_t size) {
  auto* block = static_cast<Block*>(std::malloc(size + sizeof(Block)));
  if (block == nullptr) std::abort();
  *block = {ring.next, &ring, size};
  ring.next->before = block;
  ring.next = block;
  std::memset(static_cast<void*>(block + 1), 0, size);  // what was here before is another test's
  return block + 1;
}
void operator delete(void* pointer) noexcept {
  if (pointer == nullptr) return;
  Block* block = static_cast<Block*>(pointer) - 1;
  block->before->next = block->next;
  block->next->before = block->before;
  std::free(block);
}
void operator delete(void* pointer, std::size_t) noexcept { operator delete(pointer); }

namespace machi::journeys {
namespace {

struct Dice {
  explicit Dice(std::uint64_t seed) : random(crypto::Drbg::of_number(seed)) {}
  std::size_t of(std::size_t sides) {
    base::Array<4> bytes{};
    random.fill(bytes);
    const std::size_t number = static_cast<std::size_t>(bytes[0]) | static_cast<std::size_t>(bytes[1]) << 8 |
                               static_cast<std::size_t>(bytes[2]) << 16;
    return number % sides;
  }
  bool once_in(std::size_t times) { return of(times) == 0; }
  crypto::Drbg random;
};

void collect(const screen::Nodes& nodes, std::vector<screen::Node>& out) {
  for (const screen::Node& node : nodes) {
    const bool pressed = node.role == screen::Role::Button || node.role == screen::Role::Choice;
    if (pressed && !node.disabled) out.push_back(node);
    collect(node.children, out);
  }
}

class Wanderer {
 public:
  explicit Wanderer(std::uint64_t seed) : hall_(seed + 1), dice_(seed) { hall_.start(); }

  void step() {
    if (hall_.kiosk().blank()) begin_anew();
    switch (dice_.of(16)) {
      case 0:
        if (hall_.card() && dice_.once_in(3)) return hall_.lift_card();
        break;
      case 1:
        if (!hall_.card()) return put_card();
        if (dice_.once_in(8)) return hall_.put_card(lobby::CardTrouble::None, 2);
        break;
      case 2:
        return hall_.wait(static_cast<std::int64_t>(dice_.of(40)) * 1000);
      case 3:
        if (dice_.once_in(4)) return hall_.wait(static_cast<std::int64_t>(dice_.of(400)) * 1000);
        break;
      case 4:
        if (dice_.once_in(3)) break_something();
        break;
      case 5:
        hall_.release();
        break;
      case 6:
        if (hall_.at("kiosk.take")) return hall_.take_paper();
        break;
      case 7:
        if (dice_.once_in(40)) return hall_.start();  // the power
        break;
      case 8:
        if (stale_.screen.empty()) break;
        return send_stale();
      default:
        break;
    }
    if (hall_.at("kiosk.card") && !hall_.card() && dice_.once_in(2)) return put_card();
    if (hall_.at("kiosk.pin") && dice_.once_in(3)) return hall_.type(dice_.once_in(4) ? "1234" : hall_.pin);
    press_something();
  }

  // Whatever was going on, to its end.
  void finish() {
    hall_.release();
    hall_.faults.clear();
    hall_.lift_card();
    for (int i = 0; i < 30 && !hall_.kiosk().blank(); ++i) hall_.wait(100'000);
    EXPECT_TRUE(hall_.kiosk().blank()) << hall_.screen().name << "\n" << hall_.text();
    begin_anew();
  }
  int visits() const { return visits_; }
  int delivered() const {
    int sum = 0;
    for (const lobby::Record& record : hall_.world.journal())
      if (record.mark == lobby::Mark::Ended && record.outcome == lobby::Outcome::Delivered) ++sum;
    return sum;
  }

 private:
  // Nobody is there: nothing of anybody may be.
  void begin_anew() {
    hall_.said.clear();
    EXPECT_FALSE(memory_holds("渡邉　")) << "a name is still in memory at " << hall_.screen().name;
    if (!hall_.kiosk().book().open()) {
      EXPECT_EQ(hall_.world.check(), "");
    }
    if (hall_.at("kiosk.card-left") && dice_.once_in(2)) hall_.lift_card();
    if (hall_.at("kiosk.closed") && dice_.once_in(3)) staff();
    if (!hall_.at("kiosk.attract") || hall_.card() || hall_.kiosk().book().open()) return;
    ++visits_;
    hall_.person = visits_ % 26;
    hall_.tries = dice_.once_in(8) ? static_cast<int>(dice_.of(4)) : 3;
    hall_.world.born = dice_.once_in(6) ? 2010 : 1970;
    if (dice_.once_in(2)) hall_.faults.clear();
  }

  void put_card() {
    const auto trouble = dice_.once_in(8)   ? lobby::CardTrouble::NotMyNumber
                         : dice_.once_in(8) ? lobby::CardTrouble::Expired
                                            : lobby::CardTrouble::None;
    hall_.put_card(trouble, dice_.once_in(12) ? 2 : 1);
  }

  void break_something() {
    static constexpr std::pair<const char*, int> kCalls[] = {
        {"challenge", 1}, {"card", 3},  {"clerk", 6}, {"look", 2},  {"charge", 4}, {"settle", 1},
        {"refund", 3},    {"print", 3}, {"watch", 4}, {"clear", 1}, {"tell", 2},   {"receipt", 1}};
    const auto& [call, kinds] = kCalls[dice_.of(std::size(kCalls))];
    if (dice_.once_in(5)) {
      hall_.hold = call;
      hall_.hold_nth = 1;
      return;
    }
    hall_.faults[call].push_back(1 + static_cast<int>(dice_.of(static_cast<std::size_t>(kinds))));
    hall_.printer_cause = static_cast<lobby::Cause>(3 + dice_.of(6));
    hall_.clerk_cause = dice_.once_in(2) ? lobby::Cause::Refused : lobby::Cause::Silent;
  }

  void press_something() {
    std::vector<screen::Node> all;
    const screen::Screen shown = hall_.screen();
    for (const auto* region : {&shown.main, &shown.foot}) collect(*region, all);
    if (all.empty() || dice_.once_in(12)) collect(shown.rail, all);
    if (all.empty()) return;
    screen::Node node = all[dice_.of(all.size())];
    // Most go on; few leave, and fewer change the language.
    if (!dice_.once_in(4))
      for (const screen::Node& one : all)
        if (one.importance == screen::Importance::Primary) node = one;
    if (node.id == "language" && !dice_.once_in(30)) return;
    if (dice_.once_in(6)) stale_ = {shown.name, shown.revision, node.id, node.version, "press", "", {}};
    if (node.role != screen::Role::Choice) return hall_.touch(node.id);
    if (node.kind != screen::Kind::Multiple)
      return hall_.choose(node.id, node.options[dice_.of(node.options.size())].value);
    std::vector<std::string> values;
    for (const screen::Option& option : node.options)
      if (dice_.once_in(3)) values.push_back(option.value);
    hall_.choose_all(node.id, values);
  }

  // A finger that comes too late: it was meant for what another visitor saw.
  void send_stale() {
    const screen::Node* node = screen::find(hall_.screen(), stale_.node);
    if (node != nullptr && node->version == stale_.version) return;
    const std::string before = screen::to_json(hall_.screen());
    hall_.send(app::kiosk_event::Act{stale_});
    EXPECT_EQ(before, screen::to_json(hall_.screen())) << stale_.node << " was pressed by nobody";
  }

  void staff() {
    hall_.release();
    hall_.world.tray.clear();
    for (auto& [ref, job] : hall_.world.jobs) job.cancelled = true;
    hall_.send(app::kiosk_event::StaffIn{});
    if (!hall_.at("kiosk.staff")) return;
    while (!hall_.kiosk().book().cases().empty()) {
      const std::size_t before = hall_.kiosk().book().cases().size();
      hall_.touch("case." + std::to_string(hall_.kiosk().book().cases().front()));
      hall_.touch("settle");
      if (hall_.kiosk().book().cases().size() == before) break;
    }
    if (hall_.has("put-in")) hall_.touch("put-in");
    hall_.touch("close");
  }

  Hall hall_;
  Dice dice_;
  screen::Action stale_;
  int visits_ = 0;
};

TEST(KioskVisitors, LeaveNothingBehindWhateverTheyDo) {
  int visits = 0, delivered = 0;
  for_seeds(1, 6, [&](std::uint64_t seed) {
    Wanderer wanderer(seed);
    for (int i = 0; i < 600 && !HasFailure(); ++i) wanderer.step();
    wanderer.finish();
    visits += wanderer.visits();
    delivered += wanderer.delivered();
  });
  EXPECT_GT(delivered, 0);
  std::printf("%d visitors, %d certificates\n", visits, delivered);
}

// The test above proves something: a name that stays is found.
TEST(KioskVisitors, AreFoundInMemoryWhereTheyAre) {
  EXPECT_FALSE(memory_holds("渡邉　"));
  Hall hall;
  hall.start();
  hall.touch("start");
  hall.choose_all("kinds", {"resident-record"});
  hall.touch("next");
  hall.touch("next");
  hall.put_card();
  hall.type(hall.pin);
  EXPECT_TRUE(hall.at("kiosk.confirm"));
  EXPECT_TRUE(memory_holds("渡邉　"));
}

}  // namespace
}  // namespace machi::journeys
