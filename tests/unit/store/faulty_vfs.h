// A SQLite file system whose disk is FaultySlots: it refuses, runs full, and at a power cut loses or tears
// what was not synced. Unlike SlotVfs it has the shared memory that a write-ahead log needs, so that a hub's
// store runs on it as it runs on a real disk. For one database ("/hub.db", its log and its journal) with one
// connection at a time. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sqlite3.h"
#include "tests/unit/store/faulty_slots.h"

namespace machi::store {

class FaultyVfs {
 public:
  static constexpr int kSlots = 3;  // the database, its journal, its log of changes

  FaultyVfs(std::string name, FaultySlots& disk) : name_(std::move(name)), disk_(disk) {
    machine_ = sqlite3_vfs_find(nullptr);
    vfs_.iVersion = 1;
    vfs_.szOsFile = sizeof(OpenFile);
    vfs_.mxPathname = 128;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xAccess = access;
    vfs_.xFullPathname = [](sqlite3_vfs*, const char* path, int capacity, char* out) {
      sqlite3_snprintf(capacity, out, "%s", path);
      return SQLITE_OK;
    };
    vfs_.xRandomness = [](sqlite3_vfs* vfs, int n, char* out) {
      return of(vfs).machine_->xRandomness(of(vfs).machine_, n, out);
    };
    vfs_.xSleep = [](sqlite3_vfs*, int) { return 0; };
    vfs_.xCurrentTime = [](sqlite3_vfs* vfs, double* now) {
      return of(vfs).machine_->xCurrentTime(of(vfs).machine_, now);
    };
    vfs_.xGetLastError = [](sqlite3_vfs*, int, char*) { return 0; };
    sqlite3_vfs_register(&vfs_, 0);
  }
  ~FaultyVfs() { sqlite3_vfs_unregister(&vfs_); }
  FaultyVfs(const FaultyVfs&) = delete;

  // A disk that says it synced and did not: what nothing can be built on.
  bool lies = false;
  // After a power cut, when every connection is closed: memory is gone, and the disk is what is left of it.
  void restart() {
    regions_.clear();
    disk_.restart();
  }

 private:
  using Outcome = SlotFiles::Outcome;
  struct OpenFile {
    sqlite3_file file;
    FaultyVfs* vfs;
    int slot;
  };

  static FaultyVfs& of(sqlite3_vfs* vfs) { return *static_cast<FaultyVfs*>(vfs->pAppData); }
  static OpenFile& of(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
  static int slot_of(const char* path) {
    const std::string_view name(path == nullptr ? "" : path);
    return name.ends_with("-journal") ? 1 : name.ends_with("-wal") ? 2 : 0;
  }
  static int code_of(Outcome outcome, int refused) {
    return outcome == Outcome::Done ? SQLITE_OK : outcome == Outcome::Full ? SQLITE_FULL : refused;
  }

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    const int slot = slot_of(path);
    const std::int64_t size = of(vfs).disk_.size(slot);
    if (size < 0 || (size == 0 && (flags & SQLITE_OPEN_CREATE) == 0)) return SQLITE_CANTOPEN;
    *reinterpret_cast<OpenFile*>(file) = {{&methods()}, &of(vfs), slot};
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* path, int) {
    FaultySlots& disk = of(vfs).disk_;
    if (disk.truncate(slot_of(path), 0) != Outcome::Done) return SQLITE_IOERR_DELETE;
    return code_of(disk.flush(slot_of(path)), SQLITE_IOERR_DELETE);
  }
  static int access(sqlite3_vfs* vfs, const char* path, int, int* there) {
    const std::int64_t size = of(vfs).disk_.size(slot_of(path));
    *there = size > 0 ? 1 : 0;
    return size < 0 ? SQLITE_IOERR_ACCESS : SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* out, int n, sqlite3_int64 offset) {
    auto* bytes = static_cast<std::uint8_t*>(out);
    const std::int64_t got =
        of(file).vfs->disk_.read(of(file).slot, offset, {bytes, static_cast<std::size_t>(n)});
    if (got < 0) return SQLITE_IOERR_READ;
    if (got == n) return SQLITE_OK;
    std::memset(bytes + got, 0, static_cast<std::size_t>(n - got));
    return SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* file, const void* from, int n, sqlite3_int64 offset) {
    const base::ByteView bytes(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(n));
    return code_of(of(file).vfs->disk_.write(of(file).slot, offset, bytes), SQLITE_IOERR_WRITE);
  }
  static int sync(sqlite3_file* file, int) {
    if (of(file).vfs->lies) return of(file).vfs->disk_.crashed() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
    return code_of(of(file).vfs->disk_.flush(of(file).slot), SQLITE_IOERR_FSYNC);
  }
  static int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    auto& regions = of(file).vfs->regions_;
    *out = nullptr;
    if (!regions.contains(region) && extend == 0) return SQLITE_OK;
    auto& bytes = regions.try_emplace(region, static_cast<std::size_t>(size)).first->second;
    *out = bytes.data();
    return SQLITE_OK;
  }

  static const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods kMethods = [] {
      sqlite3_io_methods m{};
      m.iVersion = 2;
      m.xClose = [](sqlite3_file*) { return SQLITE_OK; };
      m.xRead = read;
      m.xWrite = write;
      m.xTruncate = [](sqlite3_file* file, sqlite3_int64 size) {
        return code_of(of(file).vfs->disk_.truncate(of(file).slot, size), SQLITE_IOERR_TRUNCATE);
      };
      m.xSync = sync;
      m.xFileSize = [](sqlite3_file* file, sqlite3_int64* size) {
        *size = of(file).vfs->disk_.size(of(file).slot);
        return *size < 0 ? SQLITE_IOERR_FSTAT : SQLITE_OK;
      };
      m.xLock = [](sqlite3_file*, int) { return SQLITE_OK; };
      m.xUnlock = [](sqlite3_file*, int) { return SQLITE_OK; };
      m.xCheckReservedLock = [](sqlite3_file*, int* held) { return *held = 0, SQLITE_OK; };
      m.xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; };
      m.xSectorSize = [](sqlite3_file*) { return 512; };
      // As SQLite takes it of a Linux disk: a write spoils nothing beside it.
      m.xDeviceCharacteristics = [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; };
      m.xShmMap = shm_map;
      m.xShmLock = [](sqlite3_file*, int, int, int) { return SQLITE_OK; };
      m.xShmBarrier = [](sqlite3_file*) {};
      m.xShmUnmap = [](sqlite3_file* file, int forget) {
        if (forget != 0) of(file).vfs->regions_.clear();
        return SQLITE_OK;
      };
      return m;
    }();
    return kMethods;
  }

  std::string name_;
  FaultySlots& disk_;
  sqlite3_vfs* machine_ = nullptr;
  sqlite3_vfs vfs_{};
  std::map<int, std::vector<std::uint8_t>> regions_;
};

}  // namespace machi::store
