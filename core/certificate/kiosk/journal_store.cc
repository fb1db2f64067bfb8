// The journal's one table.
#include "core/certificate/kiosk/journal_store.h"

namespace machi::certificate::kiosk {

std::vector<store::Migration> JournalStore::migrations() {
  return {{"kiosk.1", "CREATE TABLE kiosk_journal (number INTEGER PRIMARY KEY, record BLOB NOT NULL);"}};
}

Status JournalStore::append(const Record& record) {
  auto row = database_.prepare("INSERT INTO kiosk_journal (record) VALUES (?)");
  return row.bind(code::encode(encode_record(record))).run();
}

Result<std::vector<Record>> JournalStore::records() const {
  std::vector<Record> out;
  auto rows = database_.prepare("SELECT record FROM kiosk_journal ORDER BY number");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) return out;
    MACHI_TRY_SET(value, code::decode(rows.bytes(0)));
    MACHI_TRY_SET(record, decode_record(value));
    out.push_back(std::move(record));
  }
}

Result<Book> JournalStore::book() const {
  MACHI_TRY_SET(all, records());
  Book book;
  for (const Record& record : all) MACHI_TRY(book.take(record));
  return book;
}

}  // namespace machi::certificate::kiosk
