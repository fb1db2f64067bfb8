// Nothing of a visit is kept here: what is shown is the app's, and what the window drew is replaced by the
// next screen.
#include "kiosk/main/device_host.h"

namespace machi::kiosk {

base::Result<std::unique_ptr<DeviceHost>> DeviceHost::open(HostConfig config, std::function<void()> wake) {
  std::unique_ptr<DeviceHost> out(new DeviceHost(config.staff_key, config.tray_key));
  KioskHost::Presenter presenter;
  presenter.render = [changed = &out->changed_] { *changed = true; };
  presenter.speak = [to = &out->speak_](const std::string& text, const std::string& language) {
    if (*to) (*to)(text, language);
  };
  presenter.wake = std::move(wake);
  MACHI_TRY_SET(host, KioskHost::open(std::move(config.plan), std::move(presenter)));
  out->host_ = std::move(host);
  return out;
}

bool DeviceHost::turn() {
  host_->turn();
  return std::exchange(changed_, false);
}

void DeviceHost::function_key(int key) {
  if (key == staff_key_) host_->post(app::kiosk_event::StaffIn{});
  if (key == tray_key_) host_->post(app::kiosk_event::PaperTaken{});
}

}  // namespace machi::kiosk
