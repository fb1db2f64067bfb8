// MACHI_CHECK: a bug stops the program with its place. Expected trouble is a Result (result.h), never this.
// Owned by core/base; any thread.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace machi::base {

[[noreturn]] inline void stop_for_bug(const char* what, const char* file, int line) {
  std::fprintf(stderr, "bug: %s at %s:%d\n", what, file, line);
  std::abort();
}

}  // namespace machi::base

#define MACHI_CHECK(condition)                                                        \
  do {                                                                                \
    if (!(condition)) ::machi::base::stop_for_bug(#condition, __FILE__, __LINE__);     \
  } while (false)
