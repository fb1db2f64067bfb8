// Calls into a post office of the same process. Nothing fails on the way; what the office refuses, the client
// hears.
#include "platform/town/local_network.h"

namespace machi::town {

bool LocalNetwork::once(mail::Client& client, base::Instant now) {
  bool moved = false;
  for (mail::Call& call : client.take_calls(now)) {
    moved = true;
    hub::Request request;
    request.method = call.method;
    request.target = call.path;
    request.body = std::move(call.body);
    request.ticket = call.ticket;
    hub::Response response = office_.handle(request, now);
    if (!call.stream || !response.stream) {
      client.answer(call.id, response.status, response.body, now);
      continue;
    }
    streams_[call.id] = *response.stream;
    client.chunk(call.id, response.body.empty() ? hub::idle_frame() : response.body, now);
  }
  for (auto at = streams_.begin(); at != streams_.end();) {
    auto frames = office_.pull(at->second, now);
    if (!frames.ok()) {
      client.answer(at->first, 200, {}, now);
      at = streams_.erase(at);
      moved = true;
      continue;
    }
    if (!frames->empty()) {
      client.chunk(at->first, *frames, now);
      moved = true;
    }
    ++at;
  }
  return moved;
}

bool LocalNetwork::settle(mail::Client& client, base::Instant now) {
  bool any = false;
  for (int round = 0; round < 10000 && once(client, now); ++round) any = true;
  return any;
}

}  // namespace machi::town
