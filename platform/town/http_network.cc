// Calls over HTTP. What is not answered is status 0 to the client, which says so.
#include "platform/town/http_network.h"

#include "core/code/cbor.h"

namespace machi::town {
namespace {

using code::Cbor;

constexpr std::string_view kStream = "/v1/stream?";
constexpr std::string_view kMessages = "/v1/messages?limit=1000&";
constexpr int kMostRounds = 10000;

// The frames of a stream that would say the same: 4 bytes of length, then [number, envelope].
base::Bytes frames_of(const Cbor& answer) {
  base::Bytes out;
  const Cbor* list = answer.find(2);
  if (!list || !list->array()) return out;
  for (const Cbor& one : *list->array()) {
    const base::Bytes frame = code::encode(one);
    for (int shift = 24; shift >= 0; shift -= 8)
      out.push_back(static_cast<std::uint8_t>(frame.size() >> shift));
    out.insert(out.end(), frame.begin(), frame.end());
  }
  return out;
}

std::optional<std::int64_t> last_number(const Cbor& answer) {
  const Cbor* list = answer.find(2);
  if (!list || !list->array() || list->array()->empty()) return std::nullopt;
  const Cbor& last = list->array()->back();
  if (!last.array() || last.array()->empty()) return std::nullopt;
  const auto number = last.array()->front().integer();
  return number.ok() ? std::optional(*number) : std::nullopt;
}

}  // namespace

bool HttpNetwork::carry(mail::Client& client, mail::Call call, base::Instant now) {
  std::vector<host::HttpHeader> headers{{"Content-Type", "application/cbor"}};
  if (!call.ticket.empty()) headers.push_back({"Machi-Ticket", call.ticket});
  std::string path = call.path;
  if (call.stream) {
    path = std::string(kMessages) + path.substr(kStream.size());
    held_.push_back(call.id);
  }
  for (int pages = 0; pages < kMostRounds; ++pages) {
    const auto answer = http_.request(call.method, hub_ + path, call.body, headers);
    if (!answer.ok()) {
      client.answer(call.id, 0, {}, now);
      return false;
    }
    if (!call.stream || answer->status != 200) {
      client.answer(call.id, answer->status, answer->body, now);
      return answer->status == 200;
    }
    const auto content = code::decode(answer->body);
    const auto last = content.ok() ? last_number(*content) : std::nullopt;
    if (!last) return true;
    client.chunk(call.id, frames_of(*content), now);
    path = std::string(kMessages) + "after=" + std::to_string(*last);
  }
  return true;
}

void HttpNetwork::look_again(mail::Client& client, base::Instant now) {
  for (const std::int64_t stream : std::exchange(held_, {})) client.answer(stream, 200, {}, now);
}

bool HttpNetwork::settle(mail::Client& client, base::Instant now) {
  bool any = false;
  for (int round = 0; round < kMostRounds; ++round) {
    bool moved = false;
    for (mail::Call& call : client.take_calls(now)) moved |= carry(client, std::move(call), now);
    if (!moved) break;
    any = true;
  }
  return any;
}

}  // namespace machi::town
