// The whole record as a file that a family takes to another town, or to the other parent's phone: signed by
// the phone that wrote it (RECORD.md). Whoever holds the file can read it. Text, since that is what is chosen
// and read everywhere. Pure; any thread.
#pragma once

#include "core/code/cose.h"
#include "core/parenting/citizen/record.h"

namespace machi::parenting {

inline constexpr std::string_view kRecordTyp = "machi-family-record+cose";
inline constexpr std::string_view kRecordHead = "MACHI-FAMILY-RECORD-1";
inline constexpr std::int64_t kRecordVersion = 1;
inline constexpr std::size_t kRecordFileLimit = 4 << 20;  // signs; what a host hands over in one piece

struct RecordFile {
  Instant made;
  crypto::SignPublic writer;
  Record record;
  int unknown = 0;  // facts that a newer program wrote, left aside
};

std::string write_record_file(const Record& record, const crypto::SignKey& writer, Instant now);
// BadInput: no such file, or cut. BadSignature: changed since it was written. Unsupported: a newer form.
// TooLarge, TooMany. DateOutOfRange: something in it lies in the future of `today` (a day of grace is given).
Result<RecordFile> read_record_file(std::string_view text, Date today);

// What a person compares on two phones: three groups of four digits of the writer's key.
std::string writer_digits(const crypto::SignPublic& writer);

}  // namespace machi::parenting
