// Any bytes as a .mo file: refused or read, and what was read can be looked up, counted and shown.
#include <cstddef>
#include <cstdint>

#include "core/words/words.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto loaded = machi::words::Catalogue::load({data, size});
  if (!loaded.ok()) return 0;
  const machi::words::Words words(*loaded);
  for (const std::string& key : (*loaded)->keys()) {
    for (const std::int64_t n : {INT64_MIN, std::int64_t{0}, std::int64_t{1}, INT64_MAX})
      (void)machi::words::plain(words.count(key, n, {{"name", "{a|b}"}}), n == 0);
  }
  (void)words.date(machi::base::Date{20000});
  return 0;
}
