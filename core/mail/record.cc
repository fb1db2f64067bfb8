// Writing and reading records. The chain is judged where the founder is known.
#include "core/mail/record.h"

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::size_t kMostFiles = 16;
constexpr std::size_t kLongestName = 255;

Result<RecordFile> read_file(const Cbor& map) {
  RecordFile file;
  MACHI_TRY_SET(name, map.text_at(1));
  MACHI_TRY_SET(media_type, map.text_at(2));
  MACHI_TRY_SET(hash, map.fixed_at<32>(3));
  MACHI_TRY_SET(size, map.integer_at(4));
  // A name is looked up beside the record: it leads nowhere else.
  if (name.empty() || name.size() > kLongestName || name.find_first_of("/\\") != std::string::npos ||
      name[0] == '.')
    return fail(Code::BadInput, "file name");
  if (media_type.size() > kLongestName || size < 0) return fail(Code::BadInput, "file");
  return RecordFile{std::move(name), std::move(media_type), hash, static_cast<std::uint64_t>(size)};
}

}  // namespace

RecordFile record_file(std::string name, std::string media_type, ByteView bytes) {
  return {std::move(name), std::move(media_type), crypto::hash(bytes), bytes.size()};
}

Bytes make_office_record(const OfficeRecord& record, const SignKey& desk) {
  code::CborArray files, chain;
  for (const RecordFile& file : record.files)
    files.push_back(Cbor::map({{1, file.name}, {2, file.media_type}, {3, file.hash}, {4, file.size}}));
  for (const Bytes& entry : record.chain) chain.emplace_back(ByteView(entry));
  return code::sign1(desk, typ::kRecord,
                     code::encode(Cbor::map({{1, record.office.view()},
                                             {2, record.day.days},
                                             {3, std::move(files)},
                                             {4, record.at.ms},
                                             {5, desk.open.bytes},
                                             {6, std::move(chain)}})));
}

Result<OfficeRecord> read_office_record(ByteView bytes) {
  MACHI_TRY_SET(peek, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(peek.payload));
  MACHI_TRY_SET(desk, map.fixed_at<32>(5));
  MACHI_TRY(code::verify_sign1(bytes, typ::kRecord, SignPublic{desk}));
  OfficeRecord record;
  record.desk = SignPublic{desk};
  MACHI_TRY_SET(office, map.fixed_at<16>(1));
  record.office = MailboxId{office};
  MACHI_TRY_SET(day, map.integer_at(2));
  MACHI_TRY_SET(at, map.integer_at(4));
  if (day < 0 || day > 84369 || at < 0) return fail(Code::BadInput, "day");
  record.day = base::Date{static_cast<std::int32_t>(day)};
  record.at = Instant{at};
  const Cbor* files = map.find(3);
  if (!files || !files->array() || files->array()->empty() || files->array()->size() > kMostFiles)
    return fail(Code::BadInput, "files");
  for (const Cbor& one : *files->array()) {
    MACHI_TRY_SET(file, read_file(one));
    record.files.push_back(std::move(file));
  }
  const Cbor* chain = map.find(6);
  if (!chain || !chain->array()) return fail(Code::BadInput, "chain");
  for (const Cbor& one : *chain->array()) {
    MACHI_TRY_SET(entry, one.bytes());
    record.chain.push_back(base::copy(entry));
  }
  return record;
}

}  // namespace machi::mail
