// Files by POSIX calls, because durability needs fsync and locks need flock. Any thread.
#include "platform/host/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace machi::host {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using base::Result;
using base::Status;

namespace {

base::Error refused() {
  if (errno == ENOENT || errno == ENOTDIR) return fail(Code::NotFound, "file");
  if (errno == ENOSPC || errno == EDQUOT) return fail(Code::StorageFull, "file");
  return fail(Code::Storage, "file, errno " + std::to_string(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

Status write_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return refused();
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return refused();
  return {};
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& file, std::size_t limit) {
  Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.number() < 0) return refused();
  struct stat about {};
  if (::fstat(in.number(), &about) != 0) return refused();
  if (!S_ISREG(about.st_mode)) return fail(Code::NotFound, "no plain file");
  Bytes out;
  std::uint8_t piece[16384];
  for (;;) {
    const ssize_t got = ::read(in.number(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused();
    if (got == 0) return out;
    if (out.size() + static_cast<std::size_t>(got) > limit) return fail(Code::TooLarge, "file");
    out.insert(out.end(), piece, piece + got);
  }
}

Status write_file(const std::filesystem::path& file, ByteView bytes, Privacy privacy) {
  const std::filesystem::path beside = file.string() + ".new";
  const mode_t mode = privacy == Privacy::Secret ? 0600 : 0644;
  ::unlink(beside.c_str());
  {
    Descriptor out(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (out.number() < 0) return refused();
    if (auto written = write_all(out.number(), bytes); !written.ok()) {
      ::unlink(beside.c_str());
      return written;
    }
  }
  if (::rename(beside.c_str(), file.c_str()) != 0) return refused();
  return flush_folder(file.parent_path());
}

Status flush_folder(const std::filesystem::path& folder) {
  Descriptor names(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (names.number() < 0 || ::fsync(names.number()) != 0) return refused();
  return {};
}

Result<FileLock> FileLock::take(const std::filesystem::path& file) {
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.number() < 0) return refused();
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return fail(Code::Conflict, "locked");
    return refused();
  }
  return FileLock(lock.release());
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace machi::host
