// A SQLite file system over a pool of files that were opened beforehand: for OPFS, where opening is
// asynchronous and reading is not, and for tests that break things. Each database owns two slots: itself and
// its rollback journal. One thread; one connection a database (a second one is refused, for there is no
// locking here).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/entropy.h"

namespace machi::store {

// The port: numbered files. A host implements it over sync access handles, a test in memory.
class SlotFiles {
 public:
  enum class Outcome { Done, Refused, Full };

  virtual ~SlotFiles() = default;
  virtual int count() const = 0;
  virtual std::int64_t size(int slot) = 0;  // bytes, or -1 when refused
  // Bytes read, fewer at the end of the file; -1 when refused.
  virtual std::int64_t read(int slot, std::int64_t offset, std::span<std::uint8_t> out) = 0;
  virtual Outcome write(int slot, std::int64_t offset, base::ByteView bytes) = 0;
  virtual Outcome truncate(int slot, std::int64_t size) = 0;
  // What was written before is durable once this is Done.
  virtual Outcome flush(int slot) = 0;
};

struct SlotRegistration;

// Registers a VFS of this name while it lives. databases[i] lies in slot 2i, its journal in slot 2i+1, so
// nothing but the files' own sizes says what exists: there is no directory that a crash could tear. The pool
// must outlive this object, and this object every Database opened with it. entropy: where SQLite's own
// randomness comes from; without it, from the machine's default VFS.
class SlotVfs {
 public:
  SlotVfs(std::string name, SlotFiles& files, std::vector<std::string> databases,
          base::Entropy* entropy = nullptr);
  ~SlotVfs();
  SlotVfs(const SlotVfs&) = delete;
  SlotVfs& operator=(const SlotVfs&) = delete;

  const std::string& name() const;
  // Overwrites a closed database and its journal with zeros and empties both. StorageFull, Storage, or
  // NotFound.
  base::Status erase(const std::string& database);

 private:
  std::unique_ptr<struct SlotRegistration> registration_;
};

}  // namespace machi::store
