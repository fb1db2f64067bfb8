// Local headers with the bytes, the directory, its end. Reading goes by the directory, as every program does.
#include "core/code/zip.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"

namespace machi::code {
namespace {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;

constexpr std::uint32_t kLocal = 0x04034b50, kEntry = 0x02014b50, kEnd = 0x06054b50;
constexpr std::size_t kLocalSize = 30, kEntrySize = 46, kEndSize = 22;
constexpr std::uint16_t kVersion = 20, kUtf8 = 0x0800;

void put(Bytes& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

// Zero past the end: every length is checked against the archive before it is used.
std::uint32_t get(ByteView bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i)
    value |= static_cast<std::uint32_t>(bytes[at + i]) << (8 * i);
  return value;
}

// ISO 3309, as ZIP has it.
std::uint32_t crc_of(ByteView bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> out{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) ? 0xEDB88320u : 0u);
      out[i] = value;
    }
    return out;
  }();
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const std::uint8_t byte : bytes) crc = table[(crc ^ byte) & 0xFFu] ^ (crc >> 8);
  return crc ^ 0xFFFFFFFFu;
}

// What both headers say about a file, from "flags" to "length of the name".
void put_facts(Bytes& out, const ZipFile& file, base::Date date, std::uint32_t crc) {
  put(out, kUtf8, 2);
  put(out, 0, 2);  // stored
  put(out, 0, 2);  // midnight
  put(out, static_cast<std::uint64_t>((date.year() - 1980) << 9 | date.month() << 5 | date.day()), 2);
  put(out, crc, 4);
  put(out, file.bytes.size(), 4);
  put(out, file.bytes.size(), 4);
  put(out, file.name.size(), 2);
}

void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

}  // namespace

Bytes zip(const std::vector<ZipFile>& files, base::Date date) {
  Bytes out, directory;
  for (const ZipFile& file : files) {
    const std::size_t at = out.size();
    const std::uint32_t crc = crc_of(file.bytes);
    put(out, kLocal, 4);
    put(out, kVersion, 2);
    put_facts(out, file, date, crc);
    put(out, 0, 2);
    append(out, base::view(file.name));
    append(out, file.bytes);
    put(directory, kEntry, 4);
    put(directory, kVersion, 2);
    put(directory, kVersion, 2);
    put_facts(directory, file, date, crc);
    put(directory, 0, 2);  // no extra field, no comment, first disk, attributes
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 4);
    put(directory, at, 4);
    append(directory, base::view(file.name));
  }
  const std::size_t at = out.size();
  append(out, directory);
  put(out, kEnd, 4);
  put(out, 0, 4);
  put(out, files.size(), 2);
  put(out, files.size(), 2);
  put(out, directory.size(), 4);
  put(out, at, 4);
  put(out, 0, 2);
  return out;
}

bool looks_like_zip(ByteView bytes) { return bytes.size() >= kEndSize && get(bytes, 0, 4) == kLocal; }

base::Result<std::vector<ZipFile>> unzip(ByteView archive) {
  // Ours has no comment behind the end; a comment of another program is passed over.
  if (archive.size() < kEndSize) return fail(Code::BadInput, "archive");
  std::size_t end = archive.size() - kEndSize;
  const std::size_t lowest = end > 0xFFFF ? end - 0xFFFF : 0;
  while (get(archive, end, 4) != kEnd) {
    if (end == lowest) return fail(Code::BadInput, "archive");
    --end;
  }
  const std::size_t count = get(archive, end + 10, 2);
  std::size_t at = get(archive, end + 16, 4);
  if (count > kZipFiles) return fail(Code::TooLarge, "files of an archive");
  std::vector<ZipFile> out;
  for (std::size_t i = 0; i < count; ++i) {
    if (at > end || end - at < kEntrySize || get(archive, at, 4) != kEntry)
      return fail(Code::BadInput, "entry of an archive");
    if (get(archive, at + 10, 2) != 0 || (get(archive, at + 8, 2) & 1) != 0)
      return fail(Code::Unsupported, "compressed archive");
    const std::size_t size = get(archive, at + 24, 4), name = get(archive, at + 28, 2),
                      behind = get(archive, at + 30, 2) + get(archive, at + 32, 2),
                      local = get(archive, at + 42, 4);
    if (end - at - kEntrySize < name + behind) return fail(Code::BadInput, "entry of an archive");
    if (local > end || end - local < kLocalSize || get(archive, local, 4) != kLocal)
      return fail(Code::BadInput, "file of an archive");
    const std::size_t begin = local + kLocalSize + get(archive, local + 26, 2) + get(archive, local + 28, 2);
    if (begin > end || end - begin < size) return fail(Code::BadInput, "file of an archive");
    out.push_back({std::string(base::text_view(archive.subspan(at + kEntrySize, name))),
                   base::copy(archive.subspan(begin, size))});
    at += kEntrySize + name + behind;
  }
  return out;
}

}  // namespace machi::code
