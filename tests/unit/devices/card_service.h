// The machine's card service and the card on its virtual reader, as the dock starts them
// (platform/host/simulated). Tests only.
#pragma once

#include <memory>

#include "platform/host/simulated/card_service.h"
#include "tests/unit/devices/process.h"

namespace machi::devices::test {

using host::CardFiles;

class CardService : public host::CardService {
 public:
  CardService() { start(); }
  void start() {
    const auto done = host::CardService::start();
    EXPECT_TRUE(done.ok()) << log();
  }
};

// `machi simulate card`, on slot 0 or 1 of the service's reader.
class CardProcess {
 public:
  CardProcess(const CardService& service, const CardFiles& files, int slot = 0,
              const std::vector<std::string>& more = {})
      : process_(words(service, files, slot, more)) {
    started_ = process_.hear();
  }
  bool say(const std::string& line) {
    // pcscd opens the slot's port a moment after its socket.
    std::string said;
    return soon([&] {
             said = process_.say(line);
             return said.find("trouble") == std::string::npos;
           }) &&
           !said.empty();
  }
  std::string state() { return process_.say("state"); }
  const std::string& started() const { return started_; }

 private:
  static std::vector<std::string> words(const CardService& service, const CardFiles& files, int slot,
                                        const std::vector<std::string>& more) {
    std::vector<std::string> out = host::card_words(MACHI_PROGRAM, service, files, slot);
    out.insert(out.end(), more.begin(), more.end());
    return out;
  }
  Process process_;
  std::string started_;
};

}  // namespace machi::devices::test
