// What the station answers in HTTP, behind the town's proxy: phones subscribe to Web Push and tell their
// counts, people without a smartphone ask for e-mail and read a notice, LINE posts its events. README.md
// lists the addresses. serve() on the server's thread; it takes the station's lock.
#pragma once

#include <map>

#include "platform/channels/station.h"
#include "platform/host/http_server.h"

namespace machi::channels {

class ChannelServer final : public host::HttpService {
 public:
  using Clock = std::function<base::Instant()>;
  ChannelServer(Station& station, const words::Words& words, Clock clock)
      : station_(station), words_(words), clock_(std::move(clock)) {}

  void serve(host::HttpRequest request, std::function<void(host::HttpResponse)> respond) override {
    respond(answer(request));
  }
  std::size_t body_limit(std::string_view method, std::string_view target) const override;
  std::string_view route_name(std::string_view method, std::string_view target) const override;
  host::HttpResponse answer(const host::HttpRequest& request);

  // Requests of one route in a minute, from everybody together: who floods is stopped by the proxy.
  int most_a_minute = 6000;

 private:
  host::HttpResponse push(const host::HttpRequest& request);
  host::HttpResponse uses(const host::HttpRequest& request);
  host::HttpResponse line(const host::HttpRequest& request);
  host::HttpResponse mail(const host::HttpRequest& request);
  host::HttpResponse confirm(const host::HttpRequest& request);
  host::HttpResponse end(const host::HttpRequest& request);
  host::HttpResponse notice(std::string_view serial);
  bool too_many(std::string_view route);

  Station& station_;
  const words::Words& words_;
  Clock clock_;
  std::map<std::string, int, std::less<>> seen_;
  std::int64_t minute_ = 0;
};

}  // namespace machi::channels
