// Card readers by PC/SC: libpcsclite, which speaks to the service pcscd over a local socket
// (PCSCLITE_CSOCK_NAME names another one than the machine's). All readers that are plugged in count as one
// place to lay a card on. A service that was started anew is met again by the next look(). One thread.
#pragma once

#include <memory>

#include "platform/host/card/card_reader.h"

namespace machi::host {

class PcscCardReader final : public CardReader {
 public:
  PcscCardReader();
  ~PcscCardReader() override;
  CardSeen look() override;
  CardSeen wait(CardSeen before, int milliseconds) override;
  base::Status connect() override;
  base::Result<base::Bytes> transmit(base::ByteView command) override;
  void disconnect() override;

 private:
  struct Link;
  std::unique_ptr<Link> link_;
};

}  // namespace machi::host
