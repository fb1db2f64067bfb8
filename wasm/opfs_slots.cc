// SlotFiles over OPFS: numbered sync access handles that the worker opened before the core was started (Module.slots).
// Belongs to the worker's one thread. A handle that refuses (quota, eviction, taken by another tab) is an Outcome.
#include <emscripten.h>

#include <cerrno>
#include <cstdint>
#include <memory>

#include "core/store/slot_vfs.h"

// What a handle throws ends here: 0 done, 1 refused, 2 full.
EM_JS(int, machi_slot_count, (), { return Module.slots.length; });
EM_JS(double, machi_slot_size, (int slot), {
  try { return Module.slots[slot].getSize(); } catch { return -1; }
});
EM_JS(double, machi_slot_read, (int slot, double offset, uint8_t* out, size_t n), {
  try { return Module.slots[slot].read(HEAPU8.subarray(out, out + n), { at: offset }); } catch { return -1; }
});
EM_JS(int, machi_slot_write, (int slot, double offset, const uint8_t* bytes, size_t n), {
  try { return Module.slots[slot].write(HEAPU8.subarray(bytes, bytes + n), { at: offset }) === n ? 0 : 2; }
  catch (error) { return error.name === "QuotaExceededError" ? 2 : 1; }
});
EM_JS(int, machi_slot_truncate, (int slot, double size), {
  try { Module.slots[slot].truncate(size); return 0; }
  catch (error) { return error.name === "QuotaExceededError" ? 2 : 1; }
});
EM_JS(int, machi_slot_flush, (int slot), {
  try { Module.slots[slot].flush(); return 0; } catch { return 1; }
});

namespace machi::wasm {
namespace {

class OpfsSlots final : public store::SlotFiles {
 public:
  int count() const override { return machi_slot_count(); }
  std::int64_t size(int slot) override { return static_cast<std::int64_t>(machi_slot_size(slot)); }
  std::int64_t read(int slot, std::int64_t offset, std::span<std::uint8_t> out) override {
    return static_cast<std::int64_t>(machi_slot_read(slot, static_cast<double>(offset), out.data(), out.size()));
  }
  Outcome write(int slot, std::int64_t offset, base::ByteView bytes) override {
    return outcome(machi_slot_write(slot, static_cast<double>(offset), bytes.data(), bytes.size()));
  }
  Outcome truncate(int slot, std::int64_t size) override { return outcome(machi_slot_truncate(slot, static_cast<double>(size))); }
  Outcome flush(int slot) override { return outcome(machi_slot_flush(slot)); }

 private:
  static Outcome outcome(int code) {
    if (code == 0) return Outcome::Done;
    return code == 2 ? Outcome::Full : Outcome::Refused;
  }
};

struct Pool {
  OpfsSlots files;
  store::SlotVfs vfs{"opfs", files, {"app.db"}};
};

}  // namespace
}  // namespace machi::wasm

// There are no files but the slots. Without this, Emscripten's stand-in says that every file opens as number 0, and SQLite,
// looking for /dev/urandom, waits for ever for a better number. It seeds its own (never secret) numbers by the clock then.
extern "C" int __syscall_openat(int, std::intptr_t, int, ...) { return -ENOENT; }

// Makes the file system "opfs" with the database "app.db" over Module.slots, once, before machi_open. 0, or -1 when there
// are too few slots.
extern "C" EMSCRIPTEN_KEEPALIVE int machi_use_slots() {
  static std::unique_ptr<machi::wasm::Pool> pool;
  if (machi_slot_count() < 2) return -1;
  if (!pool) pool = std::make_unique<machi::wasm::Pool>();
  return 0;
}
