// Reading with nlohmann/json without exceptions.
#include "platform/channels/push/subscription.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace machi::channels {

using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr std::size_t kEndpointBytes = 2048;

std::string text_of(const nlohmann::json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// Some browsers' libraries pad, which base64url of RFC 7515 does not.
Result<base::Bytes> from_either(std::string text) {
  while (text.ends_with('=')) text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return base::from_base64url(text);
}

}  // namespace

PushServices PushServices::known() {
  return {{"fcm.googleapis.com", ".push.services.mozilla.com", "web.push.apple.com", ".push.apple.com",
           ".notify.windows.com"},
          false};
}

bool PushServices::has(std::string_view endpoint) const {
  const bool secure = endpoint.starts_with("https://");
  if (!secure && !(plain && endpoint.starts_with("http://"))) return false;
  endpoint.remove_prefix(secure ? 8 : 7);
  std::string_view host = endpoint.substr(0, endpoint.find_first_of("/?#"));
  if (plain) host = host.substr(0, host.find(':'));  // a test's port
  if (host.empty() || host.find_first_of("@:[]\\") != std::string_view::npos) return false;
  return std::any_of(hosts.begin(), hosts.end(), [host](const std::string& one) {
    return one.starts_with('.') ? host.ends_with(one) && host.size() > one.size() : host == one;
  });
}

std::string origin_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t end = url.find_first_of("/?#", scheme + 3);
  return std::string(url.substr(0, end));
}

Result<Subscription> read_subscription(std::string_view text, const PushServices& services) {
  if (text.size() > kSubscriptionBytes) return fail(Code::TooLarge, "subscription");
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return fail(Code::BadInput, "json");
  Subscription out;
  out.endpoint = text_of(json, "endpoint");
  if (out.endpoint.size() > kEndpointBytes) return fail(Code::TooLarge, "endpoint");
  for (const char sign : out.endpoint)
    if (static_cast<unsigned char>(sign) <= 0x20 || static_cast<unsigned char>(sign) >= 0x7F)
      return fail(Code::BadInput, "endpoint");
  if (!services.has(out.endpoint)) return fail(Code::NotAllowed, "endpoint");
  const auto keys = json.find("keys");
  if (keys == json.end()) return fail(Code::BadInput, "keys");
  MACHI_TRY_SET(key, from_either(text_of(*keys, "p256dh")));
  MACHI_TRY_SET(point, base::fixed<host::kPointBytes>(key));
  MACHI_TRY_SET(secret, from_either(text_of(*keys, "auth")));
  MACHI_TRY_SET(auth, base::fixed<16>(secret));
  if (!host::is_point(point)) return fail(Code::BadInput, "p256dh");
  out.key = point;
  out.auth = auth;
  return out;
}

}  // namespace machi::channels
