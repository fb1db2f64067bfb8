// The machine's card service with a virtual reader of two slots (pcscd with the driver of vsmartcard-vpcd),
// in a network and a mount namespace of its own: vpcd listens on all addresses, and pcscd's socket has one
// fixed place. Where a machine forbids namespaces it is started without; then one at a time has it. One
// thread.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "platform/host/simulated/child_process.h"

namespace machi::host {

class CardService {
 public:
  CardService();
  ~CardService();
  CardService(const CardService&) = delete;
  CardService& operator=(const CardService&) = delete;

  // Unreachable, with what pcscd said. Sets PCSCLITE_CSOCK_NAME for this program and those that it starts.
  base::Status start();
  void stop() { process_.reset(); }
  const std::string& socket() const { return socket_; }
  // In front of a program that is to reach the virtual reader.
  std::vector<std::string> inside() const;
  std::string log() const;

 private:
  PassingFolder folder_;
  std::string how_, socket_;
  int lock_ = -1;
  std::unique_ptr<ChildProcess> process_;
};

// Whose card: the files of its certificate and key, and what its basic items say.
struct CardFiles {
  std::string certificate, key;
  std::string name = "日和　花子", address = "日和町大字日和一丁目2番3号", birth = "19850401", sex = "2",
              pin = "1234";
};
// The command line of `machi simulate card` on slot 0 or 1 of the service's reader.
std::vector<std::string> card_words(const std::string& machi, const CardService& service,
                                    const CardFiles& files, int slot = 0);

}  // namespace machi::host
