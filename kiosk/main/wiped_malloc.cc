// What libraries in C give back to malloc is zero too: libcurl's request with the card's items, libcups'
// pages, pcsclite's answers. In a program that links this its free() is everybody's. glibc only: elsewhere
// libraries keep their own.
#include <malloc.h>

#include <cerrno>
#include <cstring>

#ifdef __GLIBC__

extern "C" {

void* __libc_malloc(std::size_t size) noexcept;
void __libc_free(void* block) noexcept;

void free(void* block) noexcept {
  if (block == nullptr) return;
  const int error = errno;
  explicit_bzero(block, ::malloc_usable_size(block));
  __libc_free(block);
  errno = error;
}

// Never in place of itself: what it leaves behind must be wiped.
void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return __libc_malloc(size);
  const std::size_t before = ::malloc_usable_size(block);
  if (size == 0) {
    free(block);
    return nullptr;
  }
  if (size <= before && size >= before / 2) return block;
  void* const out = __libc_malloc(size);
  if (out == nullptr) return nullptr;
  std::memcpy(out, block, before < size ? before : size);
  free(block);
  return out;
}
}

#endif
