// Whole files: read within a bound, written so that a reader or a crash sees the old one or the new one,
// locked against a second process. NotFound, TooLarge, Storage or StorageFull. Any thread.
#pragma once

#include <filesystem>

#include "core/base/bytes.h"

namespace machi::host {

base::Result<base::Bytes> read_file(const std::filesystem::path& file, std::size_t limit);

enum class Privacy { Open, Secret };  // modes 0644 and 0600
base::Status write_file(const std::filesystem::path& file, base::ByteView bytes,
                        Privacy privacy = Privacy::Open);

// Flushes a folder's list of names to the disk.
base::Status flush_folder(const std::filesystem::path& folder);

// Held while it lives, by one process at a time; the kernel takes it back from a process that dies.
class FileLock {
 public:
  // Conflict when another holds it.
  static base::Result<FileLock> take(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace machi::host
