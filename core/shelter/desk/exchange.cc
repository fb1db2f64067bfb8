// A line is the base64url of the head or of an envelope; its own signature tells damage.
#include "core/shelter/desk/exchange.h"

#include "core/base/text.h"

namespace machi::shelter {

using base::Code;
using base::fail;

std::string write_exchange(const base::Bytes& head, const std::vector<base::Bytes>& envelopes) {
  std::string out(kExchangeHead);
  out += '\n' + base::to_base64url(head) + '\n';
  for (const base::Bytes& envelope : envelopes) out += base::to_base64url(envelope) + '\n';
  return out;
}

base::Result<Exchange> read_exchange(std::string_view text) {
  if (text.size() > kExchangeBytes + 4096) return fail(Code::TooLarge, "exchange file");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Exchange out;
  bool head = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = base::trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (!head) {
      if (line != kExchangeHead) return fail(Code::BadInput, "no exchange file");
      head = true;
      continue;
    }
    auto envelope = base::from_base64url(line);
    if (out.head.empty()) {
      if (!envelope.ok() || envelope->empty()) return fail(Code::BadInput, "head");
      out.head = std::move(*envelope);
    } else if (envelope.ok())
      out.envelopes.push_back(std::move(*envelope));
    else
      ++out.damaged;
  }
  if (!head || out.head.empty()) return fail(Code::BadInput, "no exchange file");
  return out;
}

}  // namespace machi::shelter
