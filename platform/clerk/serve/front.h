// The front: parses what strangers send, in a process without rights. Only what a known kiosk signed, and -
// for papers - what a card of a trusted authority signed over the session's challenge, goes on to the office,
// which checks all of it once more and believes the front nothing. One thread.
#pragma once

#include <map>

#include "platform/clerk/office.h"
#include "platform/clerk/serve/channel.h"
#include "platform/host/http_server.h"

namespace machi::clerk {

inline constexpr std::string_view kClerkPath = "/clerk/1";

class Front final : public host::HttpService {
 public:
  Front(std::vector<crypto::SignPublic> kiosks, host::CardVerifier cards, int office, base::Instant (*now)(),
        const host::EventLog& log)
      : kiosks_(std::move(kiosks)), cards_(std::move(cards)), office_(office), now_(now), log_(log) {}

  void serve(host::HttpRequest request, std::function<void(host::HttpResponse)> respond) override;
  std::size_t body_limit(std::string_view method, std::string_view target) const override;
  std::string_view route_name(std::string_view method, std::string_view target) const override;

 private:
  Answer answer(const Asked& asked, base::ByteView question);
  Answer pass_on(base::ByteView question);
  struct Seen {
    Nonce nonce{};
    base::Instant until;
  };
  std::vector<crypto::SignPublic> kiosks_;
  host::CardVerifier cards_;
  Channel office_;
  base::Instant (*now_)();
  const host::EventLog& log_;
  std::map<certificate::kiosk::SessionId, Seen> seen_;
};

}  // namespace machi::clerk
