// How the lobby answers the kiosk, and what is asked of every screen.
#include "tests/journeys/kiosk_hall.h"

#include <fstream>
#include <regex>

#include "core/crypto/password.h"
#include "core/screen/builder.h"
#include "core/screen/json.h"

namespace machi::journeys {
namespace {

using namespace app::kiosk_effect;
using lobby::Cause;

std::string_view call_of(const lobby::Work& work) {
  static constexpr std::string_view kCalls[] = {"write",  "challenge", "card",    "clerk", "look",
                                                "charge", "settle",    "refund",  "print", "watch",
                                                "clear",  "tell",      "receipt", "slip"};
  return kCalls[work.index()];
}

template <class Visit>
void walk(const screen::Nodes& nodes, const Visit& visit) {
  for (const screen::Node& node : nodes) {
    visit(node);
    walk(node.children, visit);
  }
}
template <class Visit>
void walk(const screen::Screen& shown, const Visit& visit) {
  for (const auto* region : {&shown.bar, &shown.rail, &shown.main, &shown.foot}) walk(*region, visit);
}

}  // namespace

Hall::Hall(std::uint64_t seed)
    : random_(crypto::Drbg::of_number(seed)), now_(base::instant_of(lobby::test::kToday, {600})) {
  world.book = [this]() -> const lobby::Book& { return app_->book(); };
  world.fault = [this](std::string_view call) {
    auto found = faults.find(std::string(call));
    if (found == faults.end() || found->second.empty()) return 0;
    const int what = found->second.front();
    found->second.erase(found->second.begin());
    return what;
  };
}

void Hall::start() {
  doing_.reset();
  timer_.reset();
  app::KioskConfig config;
  config.place = "日和町役場";
  config.fees = {300, 300, 300, 300, 450, 450, 300, 300, 300};
  config.seal_keys = lobby::test::World::seal_keys();
  if (!staff_pin.empty()) {
    config.staff_pin = *crypto::hash_password(random_, staff_pin);
    config.staff_door = true;
  }
  auto book = lobby::JournalStore(*world.disk).book();
  ASSERT_TRUE(book.ok()) << book.error().detail;
  app_ = app::open_kiosk(std::move(config), std::move(*book), random_);
  send(app::kiosk_event::Start{});
  if (card_) send(app::kiosk_event::CardIn{lobby::CardTrouble::None, tries, 1, true});
}

void Hall::send(decltype(app::KioskEvent::what) what) {
  std::vector<app::KioskEffect> effects;
  app_->update({now_, std::move(what)}, effects);
  take(std::move(effects));
  carry_out();
}

void Hall::take(std::vector<app::KioskEffect> effects) {
  bool render = false;
  for (app::KioskEffect& effect : effects) {
    if (auto* work = std::get_if<Do>(&effect)) {
      EXPECT_FALSE(doing_) << "two things at once";
      doing_ = std::move(work->effect);
    } else if (const auto* stop = std::get_if<StopCharge>(&effect)) {
      stopped_ = stop->ref;
    } else if (const auto* timer = std::get_if<Timer>(&effect)) {
      EXPECT_GE(timer->ms, 0);
      timer_ = timer->ms > 0 ? std::optional(now_.ms + timer->ms) : std::nullopt;
    } else if (const auto* speak = std::get_if<Speak>(&effect)) {
      if (!speak->text.empty()) said.push_back(speak->text);
    } else if (std::holds_alternative<CallStaff>(effect)) {
      ++calls;
    } else if (const auto* load = std::get_if<LoadWords>(&effect)) {
      std::ifstream file(std::string(MACHI_CATALOGUES) + "/" + load->language + ".mo", std::ios::binary);
      const std::string mo{std::istreambuf_iterator<char>(file), {}};
      std::vector<app::KioskEffect> more;
      app_->update(
          {now_, app::kiosk_event::WordsLoaded{load->language,
                                               words_reachable ? base::copy(base::view(mo)) : base::Bytes{}}},
          more);
      take(std::move(more));
    } else if (std::holds_alternative<Render>(effect)) {
      render = true;
    } else if (std::holds_alternative<Forget>(effect)) {
      ++forgets;
    } else if (std::holds_alternative<TestPrint>(effect)) {
      ++test_prints;
    } else if (const auto* save = std::get_if<SaveTotals>(&effect)) {
      saved.push_back(save->day);
      std::vector<app::KioskEffect> more;
      app_->update({now_, app::kiosk_event::TotalsSaved{!disk_full}}, more);
      take(std::move(more));
    } else if (std::holds_alternative<ReadMachine>(effect)) {
      lobby::Machine machine;
      machine.known = machine.printer = machine.terminal = machine.clerk = true;
      machine.sheets = static_cast<std::int64_t>(world.counter);
      machine.today = lobby::totals_of(world.journal(), base::date_of(now_));
      machine.log = lobby::log_of(world.journal(), 12);
      std::vector<app::KioskEffect> more;
      app_->update({now_, machine}, more);
      take(std::move(more));
    }
  }
  if (render) {
    ++renders;
    // Anew: assigned over the last one it would leave some of that in memory.
    screen_ = screen::Screen(app_->view());
    look();
  }
}

void Hall::carry_out() {
  if (inside_) return;
  inside_ = true;
  for (int steps = 0; doing_ && steps < 500; ++steps) {
    const bool charge = std::holds_alternative<lobby::work::Charge>(doing_->work);
    if (call_of(doing_->work) == hold && !(charge && stopped_) && --hold_nth <= 0) {
      held_ = true;
      break;
    }
    perform(*doing_);
  }
  inside_ = false;
}

void Hall::release() {
  hold.clear();
  held_ = false;
  carry_out();
}

void Hall::perform(const lobby::Effect& effect) {
  const lobby::Work work = effect.work;
  const std::uint64_t number = effect.number;
  doing_.reset();
  app::kiosk_event::Answered answered;
  answered.number = number;
  if (const auto* identify = std::get_if<lobby::work::Identify>(&work); identify != nullptr) {
    answered.answer = card_answers(*identify);
  } else {
    if (std::holds_alternative<lobby::work::Charge>(work) && stopped_)
      faults["charge"].insert(faults["charge"].begin(), 1);
    answered.answer = world.answer(work, person);
  }
  stopped_.reset();
  if (std::holds_alternative<lobby::work::Ask>(work)) answered.cause = clerk_cause;
  if (std::holds_alternative<lobby::work::LookAtPrinter>(work) ||
      std::holds_alternative<lobby::work::Print>(work))
    answered.cause = printer_cause;
  if (const auto* watch = std::get_if<lobby::work::Watch>(&work)) {
    answered.cause = printer_cause;
    const auto& open = app_->book().open();
    if (const auto job = world.jobs.find(watch->ref); job != world.jobs.end() && open) {
      const lobby::OfferedPaper& paper = open->papers[open->jobs.back().paper];
      answered.sheets = paper.sheets * paper.copies - static_cast<int>(job->second.left);
    }
    now_.ms += 500;
  }
  std::vector<app::KioskEffect> effects;
  const auto again = answered;
  app_->update({now_, std::move(answered)}, effects);
  take(std::move(effects));
  // The same answer once more changes nothing.
  std::vector<app::KioskEffect> twice;
  app_->update({now_, again}, twice);
  for (const app::KioskEffect& one : twice) EXPECT_FALSE(std::holds_alternative<Do>(one));
  take(std::move(twice));
}

lobby::Answer Hall::card_answers(const lobby::work::Identify& work) {
  if (!card_) return lobby::answer::Identified{lobby::CardTrouble::Unreadable, 0, {}, {}};
  const lobby::Answer trouble = world.answer(work, person);
  if (std::get<lobby::answer::Identified>(trouble).trouble != lobby::CardTrouble::None) return trouble;
  EXPECT_GT(tries, 1) << "the last try was spent";
  const std::string typed(work.pin->digits.bytes().begin(), work.pin->digits.bytes().end());
  if (typed == pin) {
    tries = 3;
    return trouble;
  }
  --tries;
  return lobby::answer::Identified{
      tries == 1 ? lobby::CardTrouble::LastTry : lobby::CardTrouble::WrongPin, tries, {}, {}};
}

void Hall::act(screen::Action action) {
  action.screen = screen_.name;
  action.revision = screen_.revision;
  if (const screen::Node* node = screen::find(screen_, action.node)) action.version = node->version;
  send(app::kiosk_event::Act{std::move(action)});
}

void Hall::touch(const std::string& node) {
  const screen::Node* found = screen::find(screen_, node);
  EXPECT_NE(found, nullptr) << node << " is not on " << screen_.name << ":\n" << text();
  if (found != nullptr) {
    EXPECT_FALSE(found->disabled) << node << " is disabled on " << screen_.name;
  }
  act({"", 0, node, "", "press", "", {}});
}

void Hall::choose(const std::string& node, const std::string& value) {
  EXPECT_TRUE(has(node)) << node << " is not on " << screen_.name << ":\n" << text();
  act({"", 0, node, "", "choose", value, {}});
}

void Hall::choose_all(const std::string& node, std::vector<std::string> values) {
  EXPECT_TRUE(has(node)) << node << " is not on " << screen_.name << ":\n" << text();
  act({"", 0, node, "", "choose", "", std::move(values)});
}

void Hall::type(const std::string& digits) {
  for (const char digit : digits) touch("key." + std::string(1, digit));
  touch("key.enter");
}

void Hall::put_card(lobby::CardTrouble trouble, int cards) {
  card_ = true;
  send(app::kiosk_event::CardIn{trouble, tries, cards});
}

void Hall::lift_card() {
  card_ = false;
  send(app::kiosk_event::CardOut{});
}

void Hall::take_paper() {
  world.tray.clear();
  send(app::kiosk_event::PaperTaken{});
}

void Hall::wait(std::int64_t ms) {
  const std::int64_t until = now_.ms + ms;
  while (timer_ && *timer_ <= until) {
    now_.ms = std::max(now_.ms, *timer_);
    timer_.reset();
    send(app::kiosk_event::Tick{});
  }
  now_.ms = std::max(now_.ms, until);
}

bool Hall::at(std::string_view name) const { return screen_.name == name; }

std::string Hall::text() const {
  std::string out;
  walk(screen_, [&out](const screen::Node& node) {
    for (const std::string* part : {&node.name, &node.value, &node.hint})
      if (!part->empty()) out += words::plain(*part) + "\n";
    for (const screen::Option& option : node.options)
      out += (option.selected ? "[x] " : "[ ] ") + words::plain(option.name) + "\n";
  });
  return out;
}

std::int64_t Hall::money() const {
  std::int64_t sum = 0;
  for (const auto& [ref, one] : world.charges)
    if (one.charged) sum += one.amount;
  for (const auto& [ref, one] : world.refunds)
    if (one.charged) sum -= one.amount;
  return sum;
}

std::optional<lobby::Outcome> Hall::last_outcome() const {
  std::optional<lobby::Outcome> out;
  for (const lobby::Record& record : world.journal())
    if (record.mark == lobby::Mark::Ended) out = record.outcome;
  return out;
}

void Hall::look() {
  for (const std::string& problem : screen::problems(screen_))
    ADD_FAILURE() << screen_.name << ": " << problem;
  static const std::regex key(R"((kiosk|button|language|number)\.[a-z0-9.-]+)");
  walk(screen_, [this](const screen::Node& node) {
    for (const std::string* shown : {&node.name, &node.hint, &node.value}) {
      EXPECT_FALSE(std::regex_match(*shown, key)) << screen_.name << " shows the key " << *shown;
      EXPECT_NE(*shown, "…") << screen_.name << " lacks a sentence at " << node.id;
      EXPECT_EQ(shown->find('{'), std::string::npos) << screen_.name << " lacks an argument: " << *shown;
    }
  });
  EXPECT_NE(screen::find(screen_, "help"), nullptr) << screen_.name << " has no help";
  const std::string json = screen::to_json(screen_);
  EXPECT_EQ(json.find(pin), std::string::npos) << screen_.name << " shows the PIN";
  // A person is named on one screen only, while their card lies there.
  for (int one = 0; one < 26; ++one) {
    if (json.find(world.holder(one).name) == std::string::npos) continue;
    EXPECT_EQ(screen_.name, "kiosk.confirm");
    EXPECT_EQ(one, person) << "somebody else's name";
    EXPECT_TRUE(card_) << "a name without its card";
  }
  // A session is named only while it is this one.
  if (const screen::Node* session = screen::find(screen_, "session")) {
    lobby::SessionId last{};
    for (const lobby::Record& record : world.journal())
      if (record.mark == lobby::Mark::Began) last = record.session;
    EXPECT_NE(session->name.find(lobby::number_of(last)), std::string::npos)
        << screen_.name << " names another session: " << session->name;
    EXPECT_FALSE(app_->blank());
  }
  if (app_->blank()) {
    EXPECT_TRUE(at("kiosk.attract") || at("kiosk.closed") || at("kiosk.card-left") || at("kiosk.languages"))
        << screen_.name;
  }
}

}  // namespace machi::journeys
