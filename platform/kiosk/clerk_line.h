// The kiosk's way to the clerk: signed questions over HTTP, papers in a box that only this session's key
// opens (core/certificate/CERTIFICATE.md, The clerk). The session's key is made with the challenge and gone
// with forget(). One thread; each call waits at most some seconds.
#pragma once

#include "core/certificate/clerk/messages.h"
#include "core/certificate/kiosk/scene.h"
#include "core/certificate/kiosk/transaction.h"
#include "platform/host/http_client.h"

namespace machi::kiosk {

using certificate::kiosk::Cause;

class ClerkLine {
 public:
  // `url`: http://10.0.0.5:8084
  ClerkLine(std::string url, crypto::SignKey kiosk, base::Entropy& entropy);

  bool answers();
  std::optional<base::Array<32>> challenge(const certificate::kiosk::SessionId& session);
  struct Offered {
    std::optional<certificate::kiosk::Offer> offer;
    Cause cause = Cause::Silent;  // or Refused
  };
  Offered ask(const certificate::kiosk::work::Ask& ask);
  bool tell(const certificate::kiosk::Untold& outcome);
  void forget() { key_.reset(); }

 private:
  base::Result<certificate::clerk::Answer> post(const certificate::clerk::Question& question);
  std::string url_;
  crypto::SignKey kiosk_;
  base::Entropy& entropy_;
  host::HttpClient http_;
  std::optional<crypto::SealKey> key_;
};

}  // namespace machi::kiosk
