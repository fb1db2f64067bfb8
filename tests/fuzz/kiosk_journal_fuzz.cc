// The kiosk's journal: the input as a record, and as a list of records folded into a book. Invariants: what
// is read is written and read again as the same; whatever the records say, no book ever holds two charges,
// two jobs for a paper, or an end that its attempts do not bear out.
#include "core/certificate/kiosk/journal.h"
#include "tests/fuzz/frame.h"

using namespace machi;

namespace {

void check_book(const certificate::kiosk::Book& book) {
  using certificate::kiosk::Known;
  if (!book.open()) return;
  const auto& session = *book.open();
  std::size_t charged = 0, refunded = 0;
  for (const auto& one : session.payments) charged += one.known == Known::Yes ? 1 : 0;
  for (const auto& one : session.refunds) refunded += one.known == Known::Yes ? 1 : 0;
  MACHI_CHECK(charged <= 1 && refunded <= charged);
  MACHI_CHECK(session.jobs.size() <= session.papers.size());
  MACHI_CHECK(session.jobs.empty() || session.paid());
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  const auto value = code::decode(input);
  if (!value.ok()) return;
  if (const auto record = certificate::kiosk::decode_record(*value); record.ok()) {
    const auto again = certificate::kiosk::decode_record(certificate::kiosk::encode_record(*record));
    MACHI_CHECK(again.ok());
  }
  const auto* records = value->array();
  if (records == nullptr) return;
  certificate::kiosk::Book book;
  for (const code::Cbor& one : *records) {
    const auto record = certificate::kiosk::decode_record(one);
    if (!record.ok()) continue;
    (void)book.take(*record).ok();
    check_book(book);
  }
}
