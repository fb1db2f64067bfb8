// nlohmann/json without exceptions; every member is looked at before it is used.
#include "platform/channels/line/webhook.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "platform/channels/mail/message.h"
#include "platform/host/webpush/hmac.h"

namespace machi::channels {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t kEvents = 1000;

std::string text_of(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() && found->get_ref<const std::string&>().size() <= 300
             ? found->get<std::string>()
             : std::string();
}

}  // namespace

bool line_signature_holds(std::string_view secret, base::ByteView body, std::string_view signature) {
  const auto made = host::hmac_sha256(base::view(secret), body);
  const std::string expected = base64(base::text_view(made));
  return !secret.empty() && host::same_secret(base::view(expected), base::view(signature));
}

bool is_line_user(std::string_view id) {
  return id.size() == 33 && id[0] == 'U' && std::all_of(id.begin() + 1, id.end(), [](char sign) {
           return (sign >= '0' && sign <= '9') || (sign >= 'a' && sign <= 'f');
         });
}

base::Result<std::vector<LineEvent>> read_line_events(base::ByteView body) {
  if (body.size() > kLineBody) return fail(Code::TooLarge, "webhook");
  const auto json = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
  if (!json.is_object()) return fail(Code::BadInput, "json");
  const auto events = json.find("events");
  if (events == json.end() || !events->is_array()) return fail(Code::BadInput, "events");
  if (events->size() > kEvents) return fail(Code::TooLarge, "events");
  std::vector<LineEvent> out;
  for (const nlohmann::json& one : *events) {
    const auto source = one.is_object() ? one.find("source") : one.end();
    if (!one.is_object() || source == one.end() || text_of(*source, "type") != "user") continue;
    if (text_of(one, "mode") == "standby") continue;  // another module answers
    LineEvent event;
    event.id = text_of(one, "webhookEventId");
    event.user = text_of(*source, "userId");
    event.reply = text_of(one, "replyToken");
    if (!is_line_user(event.user)) continue;
    const std::string type = text_of(one, "type");
    if (type == "follow") {
      event.what = LineEvent::What::Follow;
    } else if (type == "unfollow") {
      event.what = LineEvent::What::Unfollow;
    } else if (type == "postback") {
      event.what = LineEvent::What::Choice;
      const auto postback = one.find("postback");
      if (postback == one.end()) continue;
      event.data = text_of(*postback, "data");
    } else if (type == "message") {
      event.what = LineEvent::What::Message;
    } else {
      continue;
    }
    out.push_back(std::move(event));
  }
  return out;
}

}  // namespace machi::channels
