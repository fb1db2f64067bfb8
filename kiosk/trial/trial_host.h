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
    std::function<std::int64_t()> now_ms;                               // since 1970
    std::function<base::Bytes(const std::string& language)> catalogue;  // .mo; empty = none
  };
  explicit TrialHost(Plan plan);

  void act(const screen::Action& action) override;
  bool turn() override;
  int wait_ms() const override;
  app::Kiosk& app() override { return *app_; }
  // F1 the card in and out (its PIN is 1234), F2 staff, F3 the paper runs out and comes back, F4 the terminal
  // declines.
  void function_key(int key) override;

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

  Plan plan_;
  crypto::SystemEntropy entropy_;
  crypto::SignKey key_;
  std::unique_ptr<app::Kiosk> app_;
  std::deque<Due> due_;
  bool changed_ = true;
  bool card_ = false, paper_out_ = false, declines_ = false;
  int tries_ = 3;
  int sheets_ = 0, sheets_left_ = 0;  // of the job
  std::int64_t printed_ = 0;
  std::uint64_t leaf_ = 1;
};

}  // namespace machi::kiosk
