// The window's host on a real kiosk: the app with its devices (platform/kiosk).
#pragma once

#include "kiosk/main/host.h"
#include "platform/kiosk/host_config.h"

namespace machi::kiosk {

class DeviceHost : public Host {
 public:
  // `wake`: from any thread, turn() has something to do. As KioskHost::open fails.
  static base::Result<std::unique_ptr<DeviceHost>> open(HostConfig config, std::function<void()> wake);

  void act(const screen::Action& action) override { host_->act(action); }
  bool turn() override;
  int wait_ms() const override { return changed_ ? 0 : host_->wait_ms(); }
  app::Kiosk& app() override { return host_->app(); }
  void on_speak(Speak speak) override { speak_ = std::move(speak); }
  bool well() const override { return host_->well(); }
  // Of the staff's key switch and the tray's sensor, which type a key each.
  void function_key(int key) override;

 private:
  DeviceHost(int staff_key, int tray_key) : staff_key_(staff_key), tray_key_(tray_key) {}
  int staff_key_, tray_key_;
  bool changed_ = true;
  Speak speak_;
  std::unique_ptr<KioskHost> host_;
};

}  // namespace machi::kiosk
