// The program's own operator new and delete: what is given back is zero, so that no block of memory keeps a
// visitor's name after their visit (core/certificate/KIOSK.md). Linked into the kiosk's program alone. What
// libraries in C take with malloc is not reached by this.
#include <malloc.h>

#include <cstdlib>
#include <new>

#include "core/crypto/sodium.h"

namespace {

void* take(std::size_t size) {
  void* const block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) std::abort();
  return block;
}

void* take(std::size_t size, std::align_val_t align) {
  void* block = nullptr;
  if (::posix_memalign(&block, static_cast<std::size_t>(align), size == 0 ? 1 : size) != 0) std::abort();
  return block;
}

void give_back(void* block) noexcept {
  if (block == nullptr) return;
  machi::crypto::wipe({static_cast<std::uint8_t*>(block), ::malloc_usable_size(block)});
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return take(size); }
void* operator new[](std::size_t size) { return take(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return take(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return take(size); }
void* operator new(std::size_t size, std::align_val_t align) { return take(size, align); }
void* operator new[](std::size_t size, std::align_val_t align) { return take(size, align); }
void operator delete(void* block) noexcept { give_back(block); }
void operator delete[](void* block) noexcept { give_back(block); }
void operator delete(void* block, std::size_t) noexcept { give_back(block); }
void operator delete[](void* block, std::size_t) noexcept { give_back(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { give_back(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { give_back(block); }
void operator delete(void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
