// HttpNetwork: the same to a hub that runs, over HTTP. Where a client wants a stream it is given what there
// is, page by page, and the stream stays open without a word more. One thread.
#pragma once

#include <vector>

#include "platform/host/http_client.h"
#include "platform/town/network.h"

namespace machi::town {

class HttpNetwork final : public Network {
 public:
  // `hub`: its origin, as http://localhost:8081.
  explicit HttpNetwork(std::string hub) : hub_(std::move(hub)) {}
  bool settle(mail::Client& client, base::Instant now) override;
  void look_again(mail::Client& client, base::Instant now) override;

 private:
  bool carry(mail::Client& client, mail::Call call, base::Instant now);
  std::string hub_;
  host::HttpClient http_;
  std::vector<std::int64_t> held_;  // streams that the client takes for open
};

}  // namespace machi::town
