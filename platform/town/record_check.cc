// The feed is believed item by item, as everywhere: each under the directory's key.
#include "platform/town/record_check.h"

#include <algorithm>

#include "core/code/zip.h"
#include "platform/host/file.h"
#include "platform/hub/feed_store.h"

namespace machi::town {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kRecordLimit = 65536;
constexpr std::size_t kFileLimit = 64u << 20;

FileState compared(base::ByteView bytes, const mail::RecordFile& file) {
  return bytes.size() == file.size && crypto::hash(bytes) == file.hash ? FileState::Holds
                                                                       : FileState::Changed;
}

FileState state_of(const std::filesystem::path& folder, const mail::RecordFile& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(folder / file.name, error)) return FileState::Missing;
  const auto bytes = host::read_file(folder / file.name, kFileLimit);
  return bytes.ok() ? compared(*bytes, file) : FileState::Changed;
}

FileState state_of(const std::vector<code::ZipFile>& archive, const mail::RecordFile& file) {
  const auto found = std::find_if(archive.begin(), archive.end(),
                                  [&](const code::ZipFile& one) { return one.name == file.name; });
  return found == archive.end() ? FileState::Missing : compared(found->bytes, file);
}

// The one signature of an archive.
base::Result<base::Bytes> signature_in(const std::vector<code::ZipFile>& archive) {
  const code::ZipFile* found = nullptr;
  for (const code::ZipFile& one : archive) {
    if (!one.name.ends_with(".cose")) continue;
    if (found) return fail(Code::BadInput, "two signatures");
    found = &one;
  }
  if (!found || found->bytes.size() > kRecordLimit) return fail(Code::NotFound, "signature in the archive");
  return found->bytes;
}

}  // namespace

bool RecordCheck::files_hold() const {
  return std::all_of(files.begin(), files.end(), [](FileState state) { return state == FileState::Holds; });
}

base::Result<mail::Office> office_of(const TownFolder& town, const mail::MailboxId& office,
                                     base::Instant now) {
  hub::FolderFeed feed(town.feed());
  mail::Trust trust(town.town);
  MACHI_TRY_SET(delegations, feed.delegations());
  for (const base::Bytes& delegation : delegations) (void)trust.admit(delegation);
  MACHI_TRY_SET(head, feed.head(now));
  MACHI_TRY_SET(said, hub::peek_head(head));
  std::optional<mail::Office> found;
  for (std::uint64_t number = 0; number < said.pages; ++number) {
    MACHI_TRY_SET(bytes, feed.page(number, now));
    MACHI_TRY_SET(page, mail::decode_page(bytes));
    for (const base::Bytes& raw : page.items) {
      const auto item = mail::read_item(raw, trust, now);
      if (!item.ok() || item->type != "office") continue;
      auto one = mail::decode_office(item->content);
      if (one.ok() && one->mailbox == office) found = std::move(*one);
    }
  }
  if (!found) return fail(Code::NotFound, "office");
  return std::move(*found);
}

base::Result<RecordCheck> check_record(const std::filesystem::path& file, const TownFolder* town,
                                       base::Instant now) {
  RecordCheck check;
  MACHI_TRY_SET(bytes, host::read_file(file, kFileLimit));
  std::optional<std::vector<code::ZipFile>> archive;
  if (code::looks_like_zip(bytes)) {
    MACHI_TRY_SET(files, code::unzip(bytes));
    archive = std::move(files);
    MACHI_TRY_SET(signature, signature_in(*archive));
    bytes = std::move(signature);
  }
  if (bytes.size() > kRecordLimit) return fail(Code::TooLarge, "record");
  MACHI_TRY_SET(record, mail::read_office_record(bytes));
  for (const mail::RecordFile& one : record.files)
    check.files.push_back(archive ? state_of(*archive, one) : state_of(file.parent_path(), one));
  if (town) {
    if (const auto office = office_of(*town, record.office, now); office.ok()) {
      const auto keys = mail::check_chain(record.chain, record.office, office->founder);
      if (keys.ok() && keys->desks.contains(record.desk)) check.of = office->name;
    }
  }
  check.record = std::move(record);
  return check;
}

}  // namespace machi::town
