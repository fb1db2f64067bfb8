// A kiosk without devices, to try and to train with: the card, the clerk, the terminal and the printer are
// played here, in memory. Its papers are sealed with a key of the moment and are worth nothing; nothing is
// charged, nothing is printed. One thread; the clock is the caller's.
#pragma once

#include <deque>
#include <functional>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "kiosk/main/host.h"

namespace machi::kiosk {

class TrialHost : public Host {
 public:
  struct Plan {
    std::string place;
    std::function<std::int64_t()> now_ms;  // since 1970
    // .mo; empty = there is none, nothing = it comes later (words_loaded).
    std::function<std::optional<base::Bytes>(const std::string& language)> catalogue;
    base::Entropy* entropy = nullptr;  // the machine's own when not given; lives longer than the host
  };
  explicit TrialHost(Plan plan);

  void act(const screen::Action& action) override;
  bool turn() override;
  int wait_ms() const override;
  app::Kiosk& app() override { return *app_; }
  void on_speak(Speak speak) override { speak_ = std::move(speak); }
  // F1 the card in and out (its PIN is 1234), F2 staff, F3 the paper runs out and comes back, F4 the terminal
  // declines.
  void function_key(int key) override;
  // What a dock says: "insert", "insert locked", "insert last-try", "insert expired", "insert strange",
  // "insert two", "remove"; "paper empty", "jam", "cover", "mend"; "terminal approve|decline|wait", "pay";
  // "network on|off"; "power" (cut, and back: what the journal kept is all that is left); "staff", "taken".
  // False for anything else.
  bool command(std::string_view line);
  void words_loaded(const std::string& language, base::Bytes catalogue);
  struct Played {
    bool card = false, network = true;
    certificate::kiosk::Cause fault = certificate::kiosk::Cause::None;
    std::int64_t sheets = 0;
    enum class Manner { Approve, Decline, Wait } terminal = Manner::Approve;
  };
  const Played& played() const { return played_; }

 private:
  using What = decltype(app::KioskEvent::what);
  struct Due {
    std::int64_t at;
    What what;
    bool timer = false;
    bool charge = false;
  };
  void update(What what);
  void later(int ms, What what);
  void carry_out(const app::KioskEffect& effect);
  void perform(const certificate::kiosk::Effect& effect);
  certificate::kiosk::Offer offer(const certificate::kiosk::work::Ask& ask);
  certificate::kiosk::Machine machine() const;
  void start();
  bool lay_card(std::string_view what);
  bool on_device(std::string_view line);
  void fail(certificate::kiosk::Cause cause);

  Plan plan_;
  Speak speak_;
  crypto::SystemEntropy own_entropy_;
  base::Entropy& entropy_;
  certificate::kiosk::Book book_;  // what the journal of a real one would keep
  crypto::SignKey key_;
  std::unique_ptr<app::Kiosk> app_;
  std::deque<Due> due_;
  bool changed_ = true;
  Played played_;
  int tries_ = 3;
  int sheets_ = 0, sheets_left_ = 0;  // of the job
  std::uint64_t leaf_ = 1;
};

}  // namespace machi::kiosk
