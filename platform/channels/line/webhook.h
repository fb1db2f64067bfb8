// What LINE's platform posts to the town (Messaging API, webhook): the signature over the raw body, and of
// the events those that the town needs. Nobody's name, picture or words are read. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace machi::channels {

struct LineEvent {
  enum class What { Follow, Unfollow, Choice, Message } what = What::Follow;
  std::string id;     // webhookEventId, for events that come twice
  std::string user;   // "U" and 32 hexadecimal signs
  std::string reply;  // replyToken; "" where there is none
  std::string data;   // of Choice: what our own button carries
};

inline constexpr std::size_t kLineBody = 256 * 1024;

// x-line-signature: base64 of HMAC-SHA-256 over the body as it came, with the channel's secret.
bool line_signature_holds(std::string_view secret, base::ByteView body, std::string_view signature);
// Events of other kinds, of groups and in standby are passed over. BadInput | TooLarge.
base::Result<std::vector<LineEvent>> read_line_events(base::ByteView body);
bool is_line_user(std::string_view id);

}  // namespace machi::channels
