// A printer by IPP, as the dock starts it (platform/host/simulated). Tests only.
#pragma once

#include <fstream>
#include <sstream>

#include "platform/host/file.h"
#include "platform/host/simulated/printer_service.h"
#include "platform/host/socket.h"
#include "tests/unit/devices/process.h"

namespace machi::devices::test {

class PrinterService : public host::PrinterService {
 public:
  explicit PrinterService(const std::string& seconds_a_sheet = "0.1")
      : host::PrinterService(seconds_a_sheet) {
    start();
  }
  void start() {
    const auto done = host::PrinterService::start();
    EXPECT_TRUE(done.ok()) << log();
  }
};

}  // namespace machi::devices::test
