// A body that says it comes from LINE: read to its end or refused, and what is read has a user.
#include <cstdlib>

#include "platform/channels/line/webhook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const machi::base::ByteView body(data, size);
  const auto events = machi::channels::read_line_events(body);
  if (events.ok())
    for (const auto& event : *events)
      if (!machi::channels::is_line_user(event.user)) std::abort();
  if (machi::channels::line_signature_holds("secret", body, machi::base::text_view(body))) std::abort();
  return 0;
}
