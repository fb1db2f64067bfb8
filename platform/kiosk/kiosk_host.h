// The kiosk's app with its devices: whoever draws gives it touches and asks it for the screen; it does the
// rest. The app lives in the caller's thread; devices in one of their own, so that a payment that takes a
// minute stops no frame; the card's place is watched by a third. Everything that happens comes back through
// turn().
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "core/app/kiosk.h"
#include "core/crypto/drbg.h"
#include "platform/host/file.h"
#include "platform/host/printer/ipp_printer.h"
#include "platform/host/terminal/tcp_terminal.h"
#include "platform/kiosk/devices.h"

namespace machi::kiosk {

struct HostPlan {
  app::KioskConfig config;
  std::filesystem::path journal;
  std::string clerk, terminal;  // http://ADDRESS:PORT, ADDRESS:PORT
  host::IppPlan printer;
  host::TerminalTimes times;
  std::string receipts;                      // ESC/POS: ADDRESS:PORT, a device's file, or ""
  std::filesystem::path words;               // LANGUAGE.mo of each language but Japanese
  std::filesystem::path status{};            // a file, written anew each minute (status.h); empty = none
  std::filesystem::path totals{};            // folder of the days' totals; empty = none are written
  std::string alarm;                         // program that calls staff; it gets the session's number
  std::function<base::Bytes()> kiosk_key{};  // 32 bytes (machi kiosk key)
};

class KioskHost {
 public:
  struct Presenter {
    std::function<void()> render;  // the screen has changed
    std::function<void(const std::string& text, const std::string& language)> speak;
    std::function<void()> forget;  // wipe what is kept of the visit
    std::function<void()> wake;    // from any thread: turn() has something to do
  };
  // Conflict when another kiosk has the journal; what opening and reading it says.
  static base::Result<std::unique_ptr<KioskHost>> open(HostPlan plan, Presenter presenter);
  ~KioskHost();

  void act(const screen::Action& action);
  // PaperTaken of a tray's sensor, StaffIn of a key switch. Any thread.
  void post(decltype(app::KioskEvent::what) what);
  // Takes what has happened. The caller's thread.
  void turn();
  // Until turn() has something to do by the clock; -1 when nothing waits for the clock.
  int wait_ms() const;
  app::Kiosk& app() { return *app_; }
  // False when a device's call has taken longer than any may, or nothing more can be written down: whoever
  // supervises starts the process anew.
  bool well() const;

 private:
  explicit KioskHost(HostPlan plan, Presenter presenter);
  base::Status start();
  void update(decltype(app::KioskEvent::what) what);
  void carry_out(app::KioskEffect& effect);
  void later(std::function<void()> work);
  void work();
  void watch_card();
  void meet_card(std::uint64_t stay, bool left);
  certificate::kiosk::Machine machine(std::optional<bool> test);
  bool test_print();
  bool save_totals(base::Date day);
  void write_status();

  HostPlan plan_;
  Presenter presenter_;
  std::optional<host::FileLock> lock_;
  crypto::SystemEntropy entropy_;  // the app's
  std::unique_ptr<app::Kiosk> app_;
  std::optional<std::chrono::steady_clock::time_point> due_, status_due_;
  std::atomic<std::int64_t> busy_since_ = 0;  // ms of the steady clock; 0 = the worker waits

  // The worker's.
  crypto::SystemEntropy worker_entropy_;
  std::unique_ptr<store::Database> journal_;
  std::unique_ptr<host::CardReader> reader_;
  std::unique_ptr<host::Printer> printer_;
  std::unique_ptr<host::PaymentTerminal> terminal_;
  std::unique_ptr<host::ReceiptPrinter> receipts_;
  std::unique_ptr<ClerkLine> clerk_;
  std::unique_ptr<Devices> devices_;

  std::mutex mutex_;
  std::condition_variable more_;
  std::deque<std::function<void()>> tasks_;
  std::deque<decltype(app::KioskEvent::what)> happened_;
  bool ending_ = false;
  std::atomic<std::uint64_t> stay_ = 0;  // of a card on the reader: what is met late counts for nothing
  std::thread worker_, watcher_, caller_;
};

}  // namespace machi::kiosk
