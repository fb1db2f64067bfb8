// Lays a VirtualCard on a virtual reader: dials in to vsmartcard's vpcd (a driver of pcscd) and answers what
// the reader sends. A connection is a card that lies there; closing it takes the card away. One thread.
#pragma once

#include "platform/host/simulated/virtual_card.h"
#include "platform/host/socket.h"

namespace machi::host {

class VpcdCard {
 public:
  VpcdCard(VirtualCard& card, std::string address) : card_(card), address_(std::move(address)) {}
  // Unreachable when no reader listens there. Mute: something that lies there and is no card, as one upside
  // down.
  base::Status insert(bool mute = false);
  void remove() { line_.close(); }
  bool inserted() const { return line_.open(); }
  int descriptor() const { return line_.descriptor(); }  // to wait for
  // Answers what has come; the card is out when the reader went away.
  void serve();

 private:
  void answer(base::ByteView message);
  VirtualCard& card_;
  std::string address_;
  Socket line_;
  base::Bytes buffer_;
  bool mute_ = false;
};

}  // namespace machi::host
