// Three threads, two queues: tasks for the worker, events for the app.
#include "platform/kiosk/kiosk_host.h"

#include <spawn.h>
#include <sys/wait.h>

#include <array>
#include <cstring>

#include "core/crypto/sodium.h"
#include "platform/host/card/pcsc_card_reader.h"
#include "platform/kiosk/status.h"

extern char** environ;

namespace machi::kiosk {
namespace {

using namespace certificate::kiosk;
using namespace app::kiosk_event;
using Clock = std::chrono::steady_clock;
using What = decltype(app::KioskEvent::what);

constexpr int kLookMs = 500;  // longest until the card's watcher sees that it shall end
constexpr int kNoTries = 3;   // of a card that was not asked
constexpr std::chrono::minutes kStatusEvery(1);
constexpr std::int64_t kLongestCallMs = 5 * 60'000;
constexpr std::size_t kLog = 12;  // lines of it
constexpr std::size_t kWordsLimit = 4u << 20;

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

base::Instant now() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch()).count();
}

// What calls that have returned left below: names in short texts, pieces of answers.
[[gnu::noinline]] void wipe_stack() {
  std::array<char, 192 * 1024> below;
  ::explicit_bzero(below.data(), below.size());
}

// A page that names nobody, for the staff's test.
constexpr std::string_view kTestPage =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    "endobj\n4 0 obj<</Length 44>>stream\nBT /F 48 Tf 120 420 Td (TEST - 1 / 1) Tj ET \nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF\n";

bool call(const std::string& program, const std::string& session) {
  if (program.empty()) return false;
  std::string name = program, number = session;
  char* arguments[] = {name.data(), number.data(), nullptr};
  pid_t id = -1;
  if (::posix_spawnp(&id, name.c_str(), nullptr, nullptr, arguments, environ) != 0) return false;
  int status = -1;
  return ::waitpid(id, &status, 0) == id && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

base::Result<std::unique_ptr<KioskHost>> KioskHost::open(HostPlan plan, Presenter presenter) {
  std::unique_ptr<KioskHost> out(new KioskHost(std::move(plan), std::move(presenter)));
  MACHI_TRY(out->start());
  return out;
}

KioskHost::KioskHost(HostPlan plan, Presenter presenter)
    : plan_(std::move(plan)), presenter_(std::move(presenter)) {}

base::Status KioskHost::start() {
  MACHI_TRY_SET(lock, host::FileLock::take(plan_.journal.string() + ".lock"));
  lock_.emplace(std::move(lock));
  store::OpenOptions file;
  file.path = plan_.journal.string();
  file.wal = true;
  MACHI_TRY_SET(journal, store::Database::open(file));
  journal_ = std::move(journal);
  MACHI_TRY(journal_->migrate(JournalStore::migrations()));
  MACHI_TRY_SET(book, JournalStore(*journal_).book());
  base::Bytes seed = plan_.kiosk_key();
  auto fixed = base::fixed<32>(seed);
  crypto::wipe(seed);
  if (!fixed.ok()) return base::fail(base::Code::BadInput, "no kiosk key");
  crypto::SignKey key = crypto::sign_key(crypto::Secret<32>(*fixed));
  crypto::wipe(*fixed);
  reader_ = std::make_unique<host::PcscCardReader>();
  printer_ = std::make_unique<host::IppPrinter>(plan_.printer);
  terminal_ = std::make_unique<host::TcpTerminal>(plan_.terminal, plan_.times);
  if (plan_.receipts.empty()) {
    receipts_ = std::make_unique<host::NoReceiptPrinter>();
  } else {
    receipts_ = std::make_unique<host::EscPosPrinter>(plan_.receipts);
  }
  clerk_ = std::make_unique<ClerkLine>(plan_.clerk, std::move(key), worker_entropy_);
  devices_ = std::make_unique<Devices>(Devices::Ports{*reader_, *printer_, *terminal_, *receipts_, *clerk_,
                                                      *journal_, now, plan_.config.place});
  app_ = app::open_kiosk(plan_.config, std::move(book), entropy_);
  if (!plan_.totals.empty()) {
    std::error_code ignored;
    std::filesystem::create_directories(plan_.totals, ignored);  // what cannot be written is said then
  }
  worker_ = std::thread([this] { work(); });
  watcher_ = std::thread([this] { watch_card(); });
  if (!plan_.status.empty()) status_due_ = Clock::now() + std::chrono::seconds(1);
  update(Start{});
  return {};
}

KioskHost::~KioskHost() {
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    ending_ = true;
  }
  more_.notify_all();
  if (worker_.joinable()) worker_.join();
  if (watcher_.joinable()) watcher_.join();
  if (caller_.joinable()) caller_.join();
}

void KioskHost::act(const screen::Action& action) { update(app::kiosk_event::Act{action}); }

void KioskHost::post(What what) {
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    happened_.push_back(std::move(what));
  }
  if (presenter_.wake) presenter_.wake();
}

void KioskHost::later(std::function<void()> task) {
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    tasks_.push_back(std::move(task));
  }
  more_.notify_one();
}

void KioskHost::turn() {
  for (;;) {
    std::optional<What> next;
    {
      const std::lock_guard<std::mutex> guard(mutex_);
      if (!happened_.empty()) {
        next.emplace(std::move(happened_.front()));
        happened_.pop_front();
      }
    }
    if (!next) break;
    update(std::move(*next));
  }
  if (due_ && Clock::now() >= *due_) {
    due_.reset();
    update(Tick{});
  }
  if (status_due_ && Clock::now() >= *status_due_) {
    status_due_ = Clock::now() + kStatusEvery;
    write_status();
  }
}

bool KioskHost::well() const {
  const std::int64_t since = busy_since_;
  return app_->stage() != Stage::Stuck && (since == 0 || steady_ms() < since + kLongestCallMs);
}

// The book is the app's: what of it is told is put down here, and the devices are asked only between visits.
void KioskHost::write_status() {
  const bool free = app_->blank();
  later([this, free, book = app_->book(), stage = app_->stage(), file = plan_.status] {
    Machine seen;
    if (free) {
      seen = machine(std::nullopt);
    } else if (const auto records = JournalStore(*journal_).records(); records.ok()) {
      seen.today = totals_of(*records, base::date_of(now()));
    }
    // What cannot be written grows old, and its age is what is watched.
    static_cast<void>(host::write_file(file, base::view(status_text(seen, book, stage, now()))).ok());
  });
}

int KioskHost::wait_ms() const {
  const auto next = due_ && status_due_ ? std::min(due_, status_due_) : due_ ? due_ : status_due_;
  if (!next) return -1;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*next - Clock::now()).count();
  return left <= 0 ? 0 : static_cast<int>(left) + 1;
}

void KioskHost::update(What what) {
  std::vector<app::KioskEffect> effects;
  app_->update({now(), std::move(what)}, effects);
  for (app::KioskEffect& effect : effects) carry_out(effect);
}

void KioskHost::carry_out(app::KioskEffect& effect) {
  namespace todo = app::kiosk_effect;
  std::visit(Overload{[this](todo::Do& it) {
                        // A function must be copied, and an effect's record can be.
                        later([this, work = std::make_shared<Effect>(std::move(it.effect))] {
                          Done done = devices_->perform(work->work);
                          post(Answered{work->number, std::move(done.answer), done.cause, done.sheets});
                        });
                      },
                      [this](todo::StopCharge& it) { terminal_->abandon(it.ref); },
                      [this](todo::Speak& it) {
                        if (presenter_.speak) presenter_.speak(it.text, it.language);
                      },
                      [this](todo::CallStaff& it) {
                        if (caller_.joinable()) caller_.join();
                        caller_ = std::thread([this, session = it.session, program = plan_.alarm] {
                          post(StaffCalled{call(program, session)});
                        });
                      },
                      [this](todo::Timer& it) {
                        due_.reset();
                        if (it.ms > 0) due_ = Clock::now() + std::chrono::milliseconds(it.ms);
                      },
                      [this](todo::LoadWords& it) {
                        // The name comes from our own table of languages; a path in it would be a bug.
                        WordsLoaded loaded{it.language, {}};
                        auto bytes = host::read_file(plan_.words / (it.language + ".mo"), kWordsLimit);
                        if (bytes.ok()) loaded.mo = std::move(*bytes);
                        post(std::move(loaded));
                      },
                      [this](todo::Render&) {
                        if (presenter_.render) presenter_.render();
                      },
                      [this](todo::Forget&) {
                        if (presenter_.forget) presenter_.forget();
                        wipe_stack();
                        later([this] {
                          devices_->let_card_go();
                          clerk_->forget();
                          wipe_stack();
                        });
                      },
                      [this](todo::ReadMachine&) { later([this] { post(machine(std::nullopt)); }); },
                      [this](todo::TestPrint&) { later([this] { post(machine(test_print())); }); },
                      [this](todo::SaveTotals& it) {
                        later([this, day = it.day] { post(TotalsSaved{save_totals(day)}); });
                      },
                      [](todo::LeaveStaff&) {}},
             effect);
}

void KioskHost::work() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock<std::mutex> guard(mutex_);
      more_.wait(guard, [this] { return ending_ || !tasks_.empty(); });
      if (ending_) return;  // what is open is finished by the next start, as after a power cut
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    busy_since_ = steady_ms();
    task();
    busy_since_ = 0;
  }
}

void KioskHost::watch_card() {
  host::PcscCardReader reader;
  host::CardSeen before = host::CardSeen::NoReader;
  for (;;) {
    {
      const std::lock_guard<std::mutex> guard(mutex_);
      if (ending_) return;
    }
    const host::CardSeen seen = reader.wait(before, kLookMs);
    if (seen == before) continue;
    // It lay there before anybody looked: whose it is, nobody knows.
    const bool left = before == host::CardSeen::NoReader;
    const std::uint64_t stay = ++stay_;
    switch (seen) {
      case host::CardSeen::NoReader:
      case host::CardSeen::Empty:
        if (before != host::CardSeen::NoReader && before != host::CardSeen::Empty) post(CardOut{});
        break;
      case host::CardSeen::Several:
        post(CardIn{CardTrouble::None, kNoTries, 2, left});
        break;
      case host::CardSeen::Card:
      case host::CardSeen::Mute:
        later([this, stay, left] { meet_card(stay, left); });
    }
    before = seen;
  }
}

void KioskHost::meet_card(std::uint64_t stay, bool left) {
  const Devices::CardMet met = devices_->meet_card();
  if (met.seen != host::CardSeen::Card && met.seen != host::CardSeen::Mute) return;
  // Of a card that did not say how many tries it has, none are known to be spent.
  const bool counted = met.trouble == CardTrouble::None || met.trouble == CardTrouble::LastTry ||
                       met.trouble == CardTrouble::Locked;
  if (stay == stay_) post(CardIn{met.trouble, counted ? met.tries : kNoTries, 1, left});
}

Machine KioskHost::machine(std::optional<bool> test) {
  Machine out;
  const host::PrinterSeen printer = printer_->look();
  out.known = true;
  out.printer = printer.ready;
  out.cause = printer.ready ? Cause::None : devices_->printer_cause();
  out.terminal = terminal_->ready();
  out.clerk = clerk_->answers();
  if (printer.counter) out.sheets = static_cast<std::int64_t>(*printer.counter);
  out.test = test;
  const auto records = JournalStore(*journal_).records();
  if (!records.ok()) return out;
  out.today = totals_of(*records, base::date_of(now()));
  out.log = log_of(*records, kLog);
  return out;
}

bool KioskHost::save_totals(base::Date day) {
  if (plan_.totals.empty()) return false;
  const auto records = JournalStore(*journal_).records();
  if (!records.ok()) return false;
  const std::string text = totals_csv(totals_of(*records, day), plan_.config.place);
  return host::write_file(plan_.totals / totals_file(day), base::view(text)).ok();
}

bool KioskHost::test_print() {
  const Ref ref = worker_entropy_.id<RefTag>();
  if (printer_->print({ref, base::view(kTestPage), 1}) != Known::Yes) return false;
  for (int i = 0; i < 300; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const JobState state = printer_->watch(ref).state;
    if (state == JobState::Completed) return true;
    if (state != JobState::Working) break;
  }
  static_cast<void>(printer_->clear());
  return false;
}

}  // namespace machi::kiosk
