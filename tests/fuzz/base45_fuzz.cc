// Text forms of bytes, and zlib streams, from strangers. Invariants: text that is taken is the text that we
// write for its bytes (Base45, base64url; base32 and hexadecimal after one pass); bytes come back from each
// form; inflating never exceeds its limit and gives back what was deflated.
#include "core/code/cwt.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  constexpr std::size_t kLimit = 4096;
  const base::ByteView bytes = input;
  const std::string_view text = base::text_view(bytes);
  if (const auto found = code::from_base45(text); found.ok()) MACHI_CHECK(code::to_base45(*found) == text);
  if (const auto found = base::from_base64url(text); found.ok())
    MACHI_CHECK(base::to_base64url(*found) == text);
  if (const auto found = base::from_crockford(text); found.ok()) {
    const auto again = base::from_crockford(base::to_crockford(*found));
    MACHI_CHECK(again.ok() && *again == *found);
  }
  if (const auto found = base::from_hex(text); found.ok())
    MACHI_CHECK(base::to_hex(*found).size() == text.size());
  if (const auto found = code::inflate(bytes, kLimit); found.ok()) MACHI_CHECK(found->size() <= kLimit);
  const auto same = [bytes](const auto& found) { return found.ok() && base::equal(*found, bytes); };
  MACHI_CHECK(same(code::from_base45(code::to_base45(bytes))));
  MACHI_CHECK(same(base::from_base64url(base::to_base64url(bytes))));
  MACHI_CHECK(same(base::from_crockford(base::to_crockford(bytes))));
  MACHI_CHECK(same(code::inflate(code::deflate(bytes), bytes.size())));
}
