// An office's record: files that it keeps, named by their hashes and signed by a device of the office, with
// the line of access entries that brought the device in (PROTOCOL.md, Records). It shows a change of a file,
// and whose it is, to whoever knows the office's founding admin - long after the mail is gone. Values; any
// thread; pure.
#pragma once

#include "core/mail/envelope.h"

namespace machi::mail {

struct RecordFile {
  std::string name;
  std::string media_type;
  Hash hash{};
  std::uint64_t size = 0;
};
RecordFile record_file(std::string name, std::string media_type, ByteView bytes);

struct OfficeRecord {
  MailboxId office;
  base::Date day;                 // that it is about
  std::vector<RecordFile> files;  // 1..16
  Instant at;                     // by the device's clock, for display
  SignPublic desk;                // the device's key at the office; it signs
  std::vector<Bytes> chain;       // access entries, founding admin first
};
Bytes make_office_record(const OfficeRecord& record, const SignKey& desk);
// Checks form and signature by the key that the record names; whether that key is the office's says
// check_chain.
Result<OfficeRecord> read_office_record(ByteView bytes);

}  // namespace machi::mail
