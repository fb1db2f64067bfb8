// Memory that the kiosk's program gives back keeps nothing (kiosk/main/wiped_memory.cc, linked in here).
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

namespace machi::kiosk {
namespace {

constexpr std::size_t kSize = 600;

// The compiler knows no longer where it comes from: it may leave nothing out.
template <class T>
T* unknown(T* block) {
  asm volatile("" : "+r"(block) : : "memory");
  return block;
}

// What a block of that size, taken anew, has of the sign. The allocator hands out the block last given back;
// the first bytes are its own.
std::size_t left_over(char sign) {
  char* const block = unknown(static_cast<char*>(std::malloc(kSize)));
  std::size_t out = 0;
  for (std::size_t i = 32; i < kSize; ++i) out += block[i] == sign ? 1u : 0u;
  std::free(block);
  return out;
}

TEST(WipedMemory, KeepsNothingOfAText) {
  auto name = std::make_unique<std::string>();
  name->reserve(kSize - 1);
  name->assign(kSize - 1, 'H');
  unknown(name->data());
  name.reset();
  EXPECT_EQ(0u, left_over('H'));
}

TEST(WipedMemory, IsWhatPlainMemoryIsNot) {
  char* const block = static_cast<char*>(std::malloc(kSize));
  std::memset(block, 'P', kSize);
  std::free(unknown(block));
  EXPECT_GT(left_over('P'), 0u);  // so the test above can fail
}

}  // namespace
}  // namespace machi::kiosk
