// What a kiosk's machine is told in a file (machi kiosk config makes one): where its devices and its clerk
// are, which seals it accepts, what a paper costs.
#pragma once

#include "platform/kiosk/kiosk_host.h"

namespace machi::kiosk {

struct HostConfig {
  HostPlan plan;
  std::filesystem::path voice{};  // .htsvoice; "" = the kiosk says nothing aloud
  int staff_key = 0;              // the staff's key switch types this function key; 0 = there is none
  int tray_key = 0;               // so does the tray's sensor when the paper was taken
};

// BadInput with what is wrong; NotFound without the file. Relative names are meant from the file's folder.
base::Result<HostConfig> read_host_config(const std::filesystem::path& file);
base::Result<HostConfig> parse_host_config(const std::string& text, const std::filesystem::path& folder);

}  // namespace machi::kiosk
