// Pages, texts, bodies and headers of the notices' feed from strangers. Invariants: what is taken is written
// as it came; a head, a page or texts that nobody signed change nothing of a phone's book.
#include "core/base/check.h"
#include "core/notice/feed/notice_book.h"
#include "core/notice/feed/verify.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/keys.h"

using namespace machi;

void fuzz::read(base::ByteView input) {
  static const auto kDatabase = *store::Database::open({});
  static const mail::Town kTown{{}, key().open};
  static auto book = *notice::NoticeBook::open(*kDatabase);
  if (const auto body = notice::decode_body(input); body.ok()) {
    const auto again = notice::decode_body(notice::encode_body(*body));
    MACHI_CHECK(again.ok() && again->texts == body->texts && again->attachments == body->attachments);
  }
  if (const auto texts = notice::decode_texts(input); texts.ok())
    MACHI_CHECK(notice::decode_texts(notice::encode_texts(*texts))->bodies == texts->bodies);
  if (const auto map = code::decode(input); map.ok())
    if (const auto header = notice::decode_header(*map); header.ok())
      MACHI_CHECK(notice::decode_header(notice::encode_header(*header))->segment == header->segment);
  const base::Instant now = base::Instant::from_seconds(1795500000);
  mail::Trust trust(kTown);
  MACHI_CHECK(!book.take_head(input, trust, now).ok());
  MACHI_CHECK(!book.take_page(0, input, trust, now).ok());
  if (const auto taken = book.take_texts(input); taken.ok()) MACHI_CHECK(*taken == 0);
  MACHI_CHECK(book.timeline({}, now)->empty());
  const auto report = notice::verify_feed(
      [&](const std::string&) -> base::Result<base::Bytes> { return base::copy(input); }, kTown, now);
  MACHI_CHECK(!report.problems.empty());
}
