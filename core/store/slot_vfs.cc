// The C callbacks of the slot file system. What the pool refuses becomes SQLite's own error codes; nothing
// throws.
#include "core/store/slot_vfs.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "core/base/check.h"
#include "sqlite3.h"

namespace machi::store {

using Outcome = SlotFiles::Outcome;

struct SlotRegistration {
  std::string name;
  SlotFiles& files;
  std::vector<std::string> databases;
  base::Entropy* entropy;
  sqlite3_vfs* machine;      // the default VFS: clock, sleep, randomness
  std::vector<bool> in_use;  // by slot
  sqlite3_vfs vfs{};

  // The slot of a path: "x.db" or "x.db-journal" of a known database; -1 for anything else.
  int slot_of(std::string_view path) const {
    for (std::size_t i = 0; i < databases.size(); ++i) {
      if (path == databases[i]) return static_cast<int>(2 * i);
      if (path == databases[i] + "-journal") return static_cast<int>(2 * i + 1);
    }
    return -1;
  }
};

namespace {

struct OpenSlot {
  sqlite3_file base;  // first, as SQLite wants it
  SlotFiles* files;
  std::vector<bool>* in_use;
  int slot;
  bool delete_on_close;
};

OpenSlot& open_slot(sqlite3_file* file) { return *reinterpret_cast<OpenSlot*>(file); }

int code_of(Outcome outcome, int refused) {
  switch (outcome) {
    case Outcome::Done:
      return SQLITE_OK;
    case Outcome::Refused:
      return refused;
    case Outcome::Full:
      return SQLITE_FULL;
  }
  return refused;
}

int close(sqlite3_file* file) {
  OpenSlot& open = open_slot(file);
  if (open.delete_on_close) (void)open.files->truncate(open.slot, 0);
  (*open.in_use)[static_cast<std::size_t>(open.slot)] = false;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* out, int n, sqlite3_int64 offset) {
  OpenSlot& open = open_slot(file);
  auto* bytes = static_cast<std::uint8_t*>(out);
  const std::int64_t got = open.files->read(open.slot, offset, {bytes, static_cast<std::size_t>(n)});
  if (got < 0) return SQLITE_IOERR_READ;
  if (got >= n) return SQLITE_OK;
  std::memset(bytes + got, 0, static_cast<std::size_t>(n - got));  // SQLite relies on the zeros
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int n, sqlite3_int64 offset) {
  OpenSlot& open = open_slot(file);
  const base::ByteView bytes(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(n));
  return code_of(open.files->write(open.slot, offset, bytes), SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  return code_of(open_slot(file).files->truncate(open_slot(file).slot, size), SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* file, int) {
  return code_of(open_slot(file).files->flush(open_slot(file).slot), SQLITE_IOERR_FSYNC);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = open_slot(file).files->size(open_slot(file).slot);
  return *size < 0 ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

int lock(sqlite3_file*, int) { return SQLITE_OK; }
int check_lock(sqlite3_file*, int* held) {
  *held = 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN; }

constexpr sqlite3_io_methods kMethods = {
    1,       close,      read,    write,       truncate,        sync,    file_size, lock,
    lock,    check_lock, control, sector_size, characteristics, nullptr, nullptr,   nullptr,
    nullptr, nullptr,    nullptr};

SlotRegistration& pool_of(sqlite3_vfs* vfs) { return *static_cast<SlotRegistration*>(vfs->pAppData); }

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  SlotRegistration& pool = pool_of(vfs);
  file->pMethods = nullptr;  // SQLite does not close what was not opened
  const int slot = path == nullptr ? -1 : pool.slot_of(path);
  if (slot < 0 || slot >= pool.files.count()) return SQLITE_CANTOPEN;
  if (pool.in_use[static_cast<std::size_t>(slot)]) return SQLITE_BUSY;
  const std::int64_t size = pool.files.size(slot);
  if (size < 0) return SQLITE_CANTOPEN;
  if (size == 0 && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
  pool.in_use[static_cast<std::size_t>(slot)] = true;
  *reinterpret_cast<OpenSlot*>(file) = {
      {&kMethods}, &pool.files, &pool.in_use, slot, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int) {
  SlotRegistration& pool = pool_of(vfs);
  const int slot = pool.slot_of(path);
  if (slot < 0) return SQLITE_IOERR_DELETE_NOENT;
  if (pool.files.truncate(slot, 0) != Outcome::Done) return SQLITE_IOERR_DELETE;
  return code_of(pool.files.flush(slot), SQLITE_IOERR_DELETE);
}

int access(sqlite3_vfs* vfs, const char* path, int, int* there) {
  SlotRegistration& pool = pool_of(vfs);
  const int slot = pool.slot_of(path);
  const std::int64_t size = slot < 0 ? 0 : pool.files.size(slot);
  *there = size > 0 ? 1 : 0;
  return size < 0 ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int capacity, char* out) {
  sqlite3_snprintf(capacity, out, "%s", path);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int n, char* out) {
  SlotRegistration& pool = pool_of(vfs);
  if (pool.entropy == nullptr) return pool.machine->xRandomness(pool.machine, n, out);
  pool.entropy->fill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(n)});
  return n;
}

int sleep(sqlite3_vfs* vfs, int us) { return pool_of(vfs).machine->xSleep(pool_of(vfs).machine, us); }
int clock(sqlite3_vfs* vfs, double* now) {
  return pool_of(vfs).machine->xCurrentTime(pool_of(vfs).machine, now);
}
int last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

SlotVfs::SlotVfs(std::string name, SlotFiles& files, std::vector<std::string> databases,
                 base::Entropy* entropy)
    : registration_(
          new SlotRegistration{std::move(name), files, std::move(databases), entropy, nullptr, {}}) {
  SlotRegistration& pool = *registration_;
  MACHI_CHECK(sqlite3_initialize() == SQLITE_OK);
  pool.machine = sqlite3_vfs_find(nullptr);
  MACHI_CHECK(pool.machine != nullptr);
  MACHI_CHECK(sqlite3_vfs_find(pool.name.c_str()) == nullptr);
  MACHI_CHECK(static_cast<std::size_t>(files.count()) >= 2 * pool.databases.size());
  pool.in_use.resize(2 * pool.databases.size());
  pool.vfs.iVersion = 1;
  pool.vfs.szOsFile = sizeof(OpenSlot);
  pool.vfs.mxPathname = 128;
  pool.vfs.zName = pool.name.c_str();
  pool.vfs.pAppData = &pool;
  pool.vfs.xOpen = open;
  pool.vfs.xDelete = remove;
  pool.vfs.xAccess = access;
  pool.vfs.xFullPathname = full_path;
  pool.vfs.xRandomness = randomness;
  pool.vfs.xSleep = sleep;
  pool.vfs.xCurrentTime = clock;
  pool.vfs.xGetLastError = last_error;
  MACHI_CHECK(sqlite3_vfs_register(&pool.vfs, 0) == SQLITE_OK);
}

SlotVfs::~SlotVfs() {
  for (const bool open : registration_->in_use) MACHI_CHECK(!open);  // a Database outlived its files
  sqlite3_vfs_unregister(&registration_->vfs);
}

const std::string& SlotVfs::name() const { return registration_->name; }

base::Status SlotVfs::erase(const std::string& database) {
  SlotRegistration& pool = *registration_;
  const int first = pool.slot_of(database);
  if (first < 0) return base::fail(base::Code::NotFound, "slot");
  const base::Bytes zeros(64 * 1024);
  for (int slot = first; slot <= first + 1; ++slot) {
    MACHI_CHECK(!pool.in_use[static_cast<std::size_t>(slot)]);
    const std::int64_t size = pool.files.size(slot);
    if (size < 0) return base::fail(base::Code::Storage, "slot size");
    const auto done = [](Outcome outcome) -> base::Status {
      if (outcome == Outcome::Done) return {};
      return base::fail(outcome == Outcome::Full ? base::Code::StorageFull : base::Code::Storage,
                        "slot erase");
    };
    for (std::int64_t at = 0; at < size; at += static_cast<std::int64_t>(zeros.size())) {
      const auto n = static_cast<std::size_t>(
          std::min<std::int64_t>(size - at, static_cast<std::int64_t>(zeros.size())));
      MACHI_TRY(done(pool.files.write(slot, at, base::ByteView(zeros).first(n))));
    }
    MACHI_TRY(done(pool.files.flush(slot)));
    MACHI_TRY(done(pool.files.truncate(slot, 0)));
    MACHI_TRY(done(pool.files.flush(slot)));
  }
  return {};
}

}  // namespace machi::store
