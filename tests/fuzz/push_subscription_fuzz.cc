// A subscription to Web Push, coarse topics, an e-mail address and a form, as strangers send them: what is
// taken can be encrypted to, and speaks to no server but a push service's.
#include <cstdlib>

#include "core/notice/channel/topics.h"
#include "platform/channels/mail/message.h"
#include "platform/channels/page.h"
#include "platform/channels/push/subscription.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace machi;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto services = channels::PushServices::known();
  if (const auto read = channels::read_subscription(text, services); read.ok()) {
    if (!host::is_point(read->key) || !read->endpoint.starts_with("https://")) std::abort();
    if (read->endpoint.find_first_of("\r\n ") != std::string::npos) std::abort();
  }
  if (const auto topics = notice::read_topics(text); topics.ok()) {
    const auto again = notice::read_topics(notice::topics_text(*topics));
    if (!again.ok() || !(*again == *topics)) std::abort();
  }
  if (const auto address = channels::read_address(text); address.ok())
    if (address->find_first_of("\r\n<> ") != std::string::npos) std::abort();
  if (channels::encoded_subject(text).find("\n\n") != std::string::npos) std::abort();
  channels::form_value(text, "t");
  return 0;
}
