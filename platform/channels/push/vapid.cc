// A JWT by hand: two small JSON objects, and ES256.
#include "platform/channels/push/vapid.h"

#include <nlohmann/json.hpp>

namespace machi::channels {

namespace {

constexpr std::int64_t kLife = 12 * 3600;  // at most 24 h (RFC 8292 section 2)

}  // namespace

std::string Vapid::public_key() const { return base::to_base64url(key_.point()); }

base::Result<std::string> Vapid::authorization(const std::string& origin, base::Instant now) {
  if (const auto kept = kept_.find(origin); kept != kept_.end() && now < kept->second.until)
    return kept->second.value;
  const nlohmann::json claims = {
      {"aud", origin}, {"exp", now.plus_seconds(kLife).seconds()}, {"sub", subject_}};
  const std::string text =
      base::to_base64url(base::view(std::string_view(R"({"typ":"JWT","alg":"ES256"})"))) + "." +
      base::to_base64url(base::view(claims.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)));
  MACHI_TRY_SET(signature, key_.sign(base::view(text)));
  Kept made{"vapid t=" + text + "." + base::to_base64url(signature) + ", k=" + public_key(),
            now.plus_seconds(kLife / 2)};
  return kept_.insert_or_assign(origin, std::move(made)).first->second.value;
}

}  // namespace machi::channels
